/* Households by address and telephone number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/i18n.h"
#include "store/row.h"
#include "task/import_seen.h"

#include "task/households.h"

#define MOST 12		/* of one number; more are no household */

struct member {
	struct hc_row *row;
	struct hc_buf address;	/* folded */
};

struct look {
	struct hc_store *store;
	const struct hc_entity *person;
	struct hc_table *table;
	struct hc_import_seen listed;	/* persons */
	struct member members[MOST];	/* of the present number, by id */
	size_t n;
	size_t holders;			/* MOST and more, too */
	char digits[24];
};

static void
clear(struct look *l)
{
	while (l->n > 0) {
		l->n--;
		hc_row_free(l->members[l->n].row);
		hc_buf_free(&l->members[l->n].address);
		l->members[l->n].row = NULL;
	}
	l->holders = 0;
}

/* A person of the present number, with an address and not merged. */
static enum hc_status
add_member(struct look *l, int64_t id)
{
	struct member *m = &l->members[l->n];
	enum hc_status rc;

	rc = hc_row_load(l->store, l->person, id, &m->row);
	if (rc != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	l->n++;
	if (hc_row_value(m->row, "address") != NULL &&
	    hc_row_value(m->row, "merged_into") == NULL)
		hc_fold_name(&m->address, hc_row_value(m->row, "address"));
	return hc_buf_failed(&m->address) ? hc_db_nomem(l->store->db) :
	    HC_OK;
}

static bool
lives_with(const struct member *a, const struct member *b)
{
	return a->address.len > 0 && b->address.len > 0 &&
	    strcmp(a->address.data, b->address.data) == 0;
}

/*
 * The household of those who live with member ${i}: what one of them has, ""
 * if none has any; NULL if there is nothing to propose, since they have the
 * same already, or different ones, or he is alone.
 */
static const char *
common_household(const struct look *l, size_t i)
{
	const char *common = "", *own;
	size_t j, people = 0, without = 0;

	for (j = 0; j < l->n; j++) {
		if (!lives_with(&l->members[i], &l->members[j]))
			continue;
		people++;
		own = hc_row_value(l->members[j].row, "household");
		if (own == NULL)
			without++;
		else if (*common != '\0' && strcmp(common, own) != 0)
			return NULL;
		else
			common = own;
	}
	return people > 1 && without > 0 ? common : NULL;
}

static enum hc_status
put_row(struct look *l, const struct hc_row *row, const char *household)
{
	char id[24], revision[24];
	const char *cells[7] = { id, revision, household,
	    hc_row_value(row, "name"), hc_row_value(row, "birth_date"),
	    hc_row_value(row, "address"), l->digits };

	snprintf(id, sizeof(id), "%lld", (long long)row->id);
	snprintf(revision, sizeof(revision), "%lld",
	    (long long)row->revision);
	return hc_table_row(l->table, cells) == HC_OK ? HC_OK :
	    hc_db_nomem(l->store->db);
}

/* Everybody who lives with member ${i}, unless one is listed already under
   another number. */
static enum hc_status
put_household(struct look *l, size_t i)
{
	const char *household = common_household(l, i);
	struct hc_import_seen_row *seen;
	enum hc_status rc = HC_OK;
	char number[24];
	size_t j;

	if (household == NULL)
		return HC_OK;
	if (*household == '\0') {
		snprintf(number, sizeof(number), "%lld",
		    (long long)l->members[i].row->id);
		household = number;
	}
	for (j = 0; rc == HC_OK && j < l->n; j++) {
		if (!lives_with(&l->members[i], &l->members[j]))
			continue;
		seen = hc_import_seen_find(&l->listed,
		    (uint64_t)l->members[j].row->id);
		if (seen == NULL)
			return hc_db_nomem(l->store->db);
		if (seen->count++ == 0)
			rc = put_row(l, l->members[j].row, household);
	}
	return rc;
}

/* All of the present number are there. */
static enum hc_status
end_number(struct look *l)
{
	enum hc_status rc = HC_OK;
	size_t i, j;

	for (i = 0; rc == HC_OK && l->holders <= MOST && i < l->n; i++) {
		for (j = 0; j < i; j++)
			if (lives_with(&l->members[i], &l->members[j]))
				break;
		if (j == i)	/* the first of an address */
			rc = put_household(l, i);
	}
	clear(l);
	return rc;
}

/* Only numbers of several people are asked for. */
static enum hc_status
look_at_all(struct look *l)
{
	static const char shared_sql[] = "SELECT digits, person FROM phone"
	    " WHERE office = :office AND digits IN (SELECT digits FROM phone"
	    " WHERE office = :office AND digits IS NOT NULL GROUP BY digits"
	    " HAVING min(person) < max(person)) ORDER BY digits, person";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	const char *digits;
	int64_t id;

	rc = hc_stmt_new(&st, l->store->db, shared_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		digits = hc_stmt_get_text(st, 0);
		id = hc_stmt_get_int(st, 1);
		if (strcmp(digits, l->digits) != 0)
			rc = end_number(l);
		snprintf(l->digits, sizeof(l->digits), "%s", digits);
		if (l->n > 0 && l->members[l->n - 1].row->id == id)
			continue;	/* it has the number twice */
		if (rc == HC_OK && l->holders++ < MOST)
			rc = add_member(l, id);
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? end_number(l) : rc;
}

enum hc_status
hc_households(struct hc_store *store, struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "person", _("person"), HC_TYPE_REF },
		{ "revision", _("revision"), HC_TYPE_INTEGER },
		{ "household", _("household"), HC_TYPE_TEXT },
		{ "name", _("name"), HC_TYPE_TEXT },
		{ "birth_date", _("date of birth"), HC_TYPE_DATE },
		{ "address", _("address"), HC_TYPE_TEXT },
		{ "number", _("telephone number"), HC_TYPE_TEXT },
	};
	struct look l = { .store = store, .person = hc_catalogue_entity(
	    store->catalogue, "person") };
	enum hc_status rc;

	*table = NULL;
	if (hc_table_new(table, columns, 7) != HC_OK)
		return hc_db_nomem(store->db);
	l.table = *table;
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	rc = look_at_all(&l);
	hc_db_snapshot_end(store->db);
	clear(&l);
	hc_import_seen_clear(&l.listed);
	return rc;
}
