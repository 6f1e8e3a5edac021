/*
 * Pairs of persons worth a comparison, in time that grows with the persons,
 * not with their pairs: the indexes give groups of those who share
 * something, and within a group only the birth date or the name decides.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fold.h"
#include "task/alike.h"
#include "task/alike_name.h"

#include "task/duplicates.h"

#define UNDATED 512	/* pairs of one name where a birth date is missing */
#define HOLDERS 12	/* of one telephone number */
#define BORN 512	/* on one day */

struct member {
	int64_t id;
	int32_t day;
	int32_t of_year;	/* month and day; HC_DATE_NONE */
	char *name;		/* folded, owned; or NULL */
};

struct group {
	struct member *items;
	size_t len, room;
};

struct find {
	struct hc_store *store;
	struct hc_duplicates_pairs *pairs;
	struct group group;
	struct group people;	/* everybody, by id */
};

static enum hc_status
add_pair(struct find *f, int64_t a, int64_t b)
{
	struct hc_duplicates_pairs *p = f->pairs;
	struct hc_duplicates_pair *grown;
	size_t room;

	if (p->len == p->room) {
		room = p->room > 0 ? p->room * 2 : 1024;
		grown = realloc(p->items, room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(f->store->db);
		p->items = grown;
		p->room = room;
	}
	p->items[p->len].a = a < b ? a : b;
	p->items[p->len++].b = a < b ? b : a;
	return HC_OK;
}

static void
clear_group(struct group *g)
{
	while (g->len > 0)
		free(g->items[--g->len].name);
}

static enum hc_status
add_member(struct find *f, struct group *g, int64_t id, int32_t day,
    char *name)
{
	struct member *grown, *m;
	int month, of_month;
	size_t room;

	if (g->len == g->room) {
		room = g->room > 0 ? g->room * 2 : 64;
		grown = realloc(g->items, room * sizeof(*grown));
		if (grown == NULL) {
			free(name);
			return hc_db_nomem(f->store->db);
		}
		g->items = grown;
		g->room = room;
	}
	m = &g->items[g->len++];
	*m = (struct member){ .id = id, .day = day, .name = name,
	    .of_year = HC_DATE_NONE };
	if (day != HC_DATE_NONE) {
		hc_date_split(day, NULL, &month, &of_month);
		m->of_year = month * 100 + of_month;
	}
	return HC_OK;
}

/* ---- One name, or one sound ---- */

static int
by_day(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static int
by_day_of_year(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return (x->of_year > y->of_year) - (x->of_year < y->of_year);
}

static int
year_of(const struct member *m)
{
	int year;

	hc_date_split(m->day, &year, NULL, NULL);
	return year;
}

/*
 * Two days that may be one have the year or the rest in common: so sorted,
 * those who do stand next to each other.
 */
static enum hc_status
pair_days(struct find *f, bool years)
{
	struct member *m = f->group.items;
	enum hc_status rc = HC_OK;
	size_t i, j, n = f->group.len;

	qsort(m, n, sizeof(*m), years ? by_day : by_day_of_year);
	for (i = 0; i < n; i++) {
		if (m[i].day == HC_DATE_NONE)
			continue;
		for (j = i + 1; rc == HC_OK && j < n && (years ?
		    year_of(&m[i]) == year_of(&m[j]) :
		    m[i].of_year == m[j].of_year); j++)
			if (m[i].id != m[j].id &&
			    hc_alike_birth(m[i].day, m[j].day) != 0)
				rc = add_pair(f, m[i].id, m[j].id);
	}
	return rc;
}

/* Whoever has no birth date is anybody's pair, unless the name is common. */
static enum hc_status
pair_undated(struct find *f)
{
	struct member *m = f->group.items;
	enum hc_status rc = HC_OK;
	size_t i, j, undated = 0, n = f->group.len;

	/* By day: those without one come first. */
	qsort(m, n, sizeof(*m), by_day);
	while (undated < n && m[undated].day == HC_DATE_NONE)
		undated++;
	for (i = 0; undated * n <= UNDATED && i < undated; i++)
		for (j = i + 1; rc == HC_OK && j < n; j++)
			rc = add_pair(f, m[i].id, m[j].id);
	return rc;
}

static enum hc_status
pair_named(struct find *f)
{
	enum hc_status rc = HC_OK;

	if (f->group.len > 1 && (rc = pair_days(f, true)) == HC_OK &&
	    (rc = pair_days(f, false)) == HC_OK)
		rc = pair_undated(f);
	clear_group(&f->group);
	return rc;
}

static int32_t
day_of(const struct hc_stmt *st, int column)
{
	return hc_stmt_is_null(st, column) ? HC_DATE_NONE :
	    (int32_t)hc_stmt_get_int(st, column);
}

/* Names of facilities have groups of their own; the few pairs that these make
   do not stand comparison as persons. */
static enum hc_status
find_named(struct find *f)
{
	static const char named_sql[] = "SELECT k.hash, k.record, k.day"
	    " FROM name_key k WHERE k.office = :office"
	    " ORDER BY k.hash, k.record";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t hash = 0;

	rc = hc_stmt_new(&st, f->store->db, named_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		if (hc_stmt_get_int(st, 0) != hash)
			rc = pair_named(f);
		hash = hc_stmt_get_int(st, 0);
		if (rc == HC_OK)
			rc = add_member(f, &f->group,
			    hc_stmt_get_int(st, 1), day_of(st, 2), NULL);
	}
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND)
		rc = pair_named(f);
	return rc;
}

/* ---- One birth date ---- */

/* Are they nearly one name?  Foreign ones may have further words. */
static bool
nearly(const char *a, const char *b)
{
	return hc_alike_name_slipped(a, b, 3) ||
	    ((unsigned char)a[0] < 0x80 && (unsigned char)b[0] < 0x80 &&
	    hc_alike_name_words(a, b));
}

static enum hc_status
pair_born(struct find *f)
{
	struct member *m = f->group.items;
	enum hc_status rc = HC_OK;
	size_t i, j, n = f->group.len;

	for (i = 0; n <= BORN && i < n; i++)
		for (j = i + 1; rc == HC_OK && j < n; j++)
			if (nearly(m[i].name, m[j].name))
				rc = add_pair(f, m[i].id, m[j].id);
	clear_group(&f->group);
	return rc;
}

/* The name of the present row joins those of its day. */
static enum hc_status
add_born(struct find *f, int64_t id, int32_t day, const char *name)
{
	struct hc_buf folded = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	if (f->group.len > 0 && f->group.items[0].day != day)
		rc = pair_born(f);
	if (rc != HC_OK || name == NULL || day == HC_DATE_NONE)
		return rc;
	hc_fold_text(&folded, name);
	if (hc_buf_failed(&folded))
		rc = hc_db_nomem(f->store->db);
	else if (folded.len > 0)
		return add_member(f, &f->group, id, day, folded.data);
	hc_buf_free(&folded);
	return rc;
}

/* All persons are met on the way. */
static enum hc_status
find_born(struct find *f)
{
	static const char born_sql[] = "SELECT id, birth_date, name FROM person"
	    " WHERE office = :office ORDER BY birth_date, name";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int32_t day;
	int64_t id;

	rc = hc_stmt_new(&st, f->store->db, born_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		id = hc_stmt_get_int(st, 0);
		if (hc_stmt_is_null(st, 1) || hc_date_parse_iso(
		    hc_stmt_get_text(st, 1), &day) != HC_OK)
			day = HC_DATE_NONE;
		if ((rc = add_member(f, &f->people, id, day, NULL)) == HC_OK)
			rc = add_born(f, id, day, hc_stmt_get_text(st, 2));
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? pair_born(f) : rc;
}

/* ---- One telephone number ---- */

static int
by_id(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int32_t
birth_of(const struct find *f, int64_t id)
{
	const struct member key = { .id = id }, *m;

	m = bsearch(&key, f->people.items, f->people.len, sizeof(key), by_id);
	return m != NULL ? m->day : HC_DATE_NONE;
}

static enum hc_status
pair_holders(struct find *f)
{
	struct member *m = f->group.items;
	enum hc_status rc = HC_OK;
	size_t i, j, n = f->group.len;

	for (i = 0; n <= HOLDERS && i < n; i++)
		for (j = i + 1; rc == HC_OK && j < n; j++)
			if (m[i].id != m[j].id &&
			    (m[i].day == HC_DATE_NONE ||
			    m[j].day == HC_DATE_NONE ||
			    hc_alike_birth(m[i].day, m[j].day) != 0))
				rc = add_pair(f, m[i].id, m[j].id);
	clear_group(&f->group);
	return rc;
}

static enum hc_status
find_holders(struct find *f)
{
	static const char phone_sql[] = "SELECT digits, person FROM phone"
	    " WHERE office = :office AND digits IS NOT NULL ORDER BY digits";
	struct hc_stmt *st = NULL;
	char digits[24] = "";
	enum hc_status rc;
	int64_t id;

	if (f->people.len > 0)
		qsort(f->people.items, f->people.len, sizeof(struct member),
		    by_id);
	rc = hc_stmt_new(&st, f->store->db, phone_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		if (strcmp(hc_stmt_get_text(st, 0), digits) != 0)
			rc = pair_holders(f);
		snprintf(digits, sizeof(digits), "%s",
		    hc_stmt_get_text(st, 0));
		id = hc_stmt_get_int(st, 1);
		if (rc == HC_OK)
			rc = add_member(f, &f->group, id, birth_of(f, id),
			    NULL);
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? pair_holders(f) : rc;
}

/* ---- All ---- */

static int
by_ids(const void *a, const void *b)
{
	const struct hc_duplicates_pair *x = a, *y = b;

	if (x->a != y->a)
		return x->a > y->a ? 1 : -1;
	return (x->b > y->b) - (x->b < y->b);
}

/* Sort them and keep each once. */
static void
settle(struct hc_duplicates_pairs *p)
{
	size_t i, n = 0;

	if (p->len > 0)
		qsort(p->items, p->len, sizeof(*p->items), by_ids);
	for (i = 0; i < p->len; i++)
		if (n == 0 || by_ids(&p->items[n - 1], &p->items[i]) != 0)
			p->items[n++] = p->items[i];
	p->len = n;
}

enum hc_status
hc_duplicates_find(struct hc_store *store, struct hc_duplicates_pairs *pairs)
{
	struct find f = { .store = store, .pairs = pairs };
	enum hc_status rc;

	memset(pairs, 0, sizeof(*pairs));
	if ((rc = find_named(&f)) == HC_OK && (rc = find_born(&f)) == HC_OK)
		rc = find_holders(&f);
	settle(pairs);
	clear_group(&f.group);
	free(f.group.items);
	free(f.people.items);
	return rc;
}
