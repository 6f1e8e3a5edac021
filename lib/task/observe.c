/* Beginning and ending the observation of episodes. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/observe.h"

static const struct hc_table_word dones[] = {
	{ "closed", N_("closed") }, { "opened", N_("opened") },
	{ "added", N_("added") }, { NULL, NULL }
};

/* What the situation says of an open episode. */
struct seen {
	int64_t episode, person;
	char until[HC_DATE_SIZE];	/* "" where nothing says when */
};

struct all_seen {
	struct seen *items;
	size_t len, room;
};

static enum hc_status
begin_table(struct hc_observe *o)
{
	const struct hc_table_column columns[] = {
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "person", _("person"), HC_TYPE_REF },
		{ "done", _("done"), HC_TYPE_TEXT, hc_table_show_words,
		    dones },
		{ "day", _("day"), HC_TYPE_DATE },
	};

	if (o->table != NULL || hc_table_new(&o->table, columns, 4) == HC_OK)
		return HC_OK;
	return hc_db_nomem(o->edit->store->db);
}

static enum hc_status
add_done(struct hc_observe *o, int64_t episode, int64_t person,
    const char *done)
{
	char ids[2][24];
	const char *cells[] = { ids[0], ids[1], done, o->edit->clock->today };

	snprintf(ids[0], sizeof(ids[0]), "%" PRId64, episode);
	snprintf(ids[1], sizeof(ids[1]), "%" PRId64, person);
	if (hc_table_row(o->table, cells) != HC_OK)
		return hc_db_nomem(o->edit->store->db);
	return HC_OK;
}

static void
refuse(struct hc_observe *o, const char *words)
{
	o->refused++;
	o->edit->fault(o->edit->arg, HC_EDIT_WRONG, NULL, words);
}

/* The name of a field for the short word that people type. */
static const char *
field_name(const char *word)
{
	static const char *const names[][2] = {
		{ "reason", "close_reason" }, { "date", "closed_at" },
		{ "from", "observe_from" }, { "until", "observe_until" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i][0], word) == 0)
			return names[i][1];
	return word;
}

static const char *
said(const struct hc_observe *o, const char *field)
{
	size_t i;

	for (i = 0; i < o->len; i++)
		if (strcmp(field_name(o->pairs[i].name), field) == 0)
			return o->pairs[i].value;
	return NULL;
}

/*
 * Save ${own} and what was said, which comes later and so counts; the number
 * of a new episode goes to ${id}.  Faults are told; HC_INVALID then.
 */
static enum hc_status
save(struct hc_observe *o, int64_t *id, const struct hc_edit_pair *own,
    size_t nown)
{
	struct hc_edit_pair *pairs;
	enum hc_status rc;
	size_t i;

	if ((pairs = calloc(nown + o->len, sizeof(*pairs))) == NULL)
		return hc_db_nomem(o->edit->store->db);
	memcpy(pairs, own, nown * sizeof(*own));
	for (i = 0; i < o->len; i++)
		pairs[nown + i] = (struct hc_edit_pair){
		    field_name(o->pairs[i].name), o->pairs[i].value };
	rc = hc_edit_save(o->edit, id, 0, pairs, nown + o->len);
	free(pairs);
	if (rc == HC_NOTFOUND) {
		refuse(o, hc_store_error(o->edit->store));
		return HC_INVALID;
	}
	if (rc == HC_INVALID)
		o->refused++;
	return rc;
}

/* ---- Ending ---- */

static enum hc_status
keep_seen(struct hc_observe *o, struct all_seen *all, struct hc_situation *s,
    int until)
{
	const char *day = hc_situation_value(s, until);
	struct seen *grown;

	if (all->len == all->room) {
		all->room = all->room ? all->room * 2 : 256;
		grown = realloc(all->items, all->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(o->edit->store->db);
		all->items = grown;
	}
	grown = &all->items[all->len++];
	grown->episode = hc_situation_episode(s);
	grown->person = hc_situation_person(s);
	snprintf(grown->until, sizeof(grown->until), "%s",
	    day != NULL ? day : "");
	return HC_OK;
}

static int
compare(const void *a, const void *b)
{
	const int64_t *id = a;
	const struct seen *seen = b;

	return (*id > seen->episode) - (*id < seen->episode);
}

static int
compare_seen(const void *a, const void *b)
{
	return compare(&((const struct seen *)a)->episode, b);
}

/* All that are open, or the one, by their numbers. */
static enum hc_status
look(struct hc_observe *o, const int64_t *ids, size_t n,
    struct all_seen *all)
{
	struct hc_situation_filter one = { .episode = n == 1 ? ids[0] : 0 };
	struct hc_store *store = o->edit->store;
	struct hc_situation *s = NULL;
	enum hc_status rc;
	int until;

	if ((rc = hc_situation_new(&s, store, o->edit->clock)) == HC_OK &&
	    (rc = hc_situation_want(s, "observe_until", &until,
	    hc_db_error_buffer(store->db))) == HC_OK)
		rc = hc_situation_begin(s, &one);
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK)
		rc = keep_seen(o, all, s, until);
	hc_situation_free(s);
	if (all->len > 1)
		qsort(all->items, all->len, sizeof(*all->items),
		    compare_seen);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
end_one(struct hc_observe *o, const struct seen *seen)
{
	const struct hc_edit_pair own[] = {
		{ "status", "closed" },
		{ "closed_at", o->edit->clock->today },
		{ "close_reason", "released" },
	};
	int64_t id = seen->episode;
	struct hc_error words;
	enum hc_status rc;

	if (said(o, "close_reason") == NULL &&
	    strcmp(seen->until, o->edit->clock->today) >= 0) {
		hc_error_set(&words, HC_INVALID, _("is under observation "
		    "until %s: say reason=... to end it before"),
		    seen->until);
		refuse(o, words.text);
		return HC_OK;
	}
	rc = save(o, &id, own, sizeof(own) / sizeof(own[0]));
	if (rc == HC_OK)
		rc = add_done(o, id, seen->person, "closed");
	return rc == HC_INVALID ? HC_OK : rc;
}

enum hc_status
hc_observe_end(struct hc_observe *o, const int64_t *ids, size_t n)
{
	struct all_seen all = { 0 };
	const struct seen *seen;
	enum hc_status rc;
	size_t i;

	if ((rc = begin_table(o)) == HC_OK && n > 0)
		rc = look(o, ids, n, &all);
	for (i = 0; rc == HC_OK && i < n; i++) {
		o->episode = ids[i];
		seen = all.len == 0 ? NULL : bsearch(&ids[i], all.items,
		    all.len, sizeof(*all.items), compare);
		if (seen != NULL)
			rc = end_one(o, seen);
		else
			refuse(o, _("there is no such open episode"));
	}
	free(all.items);
	return rc;
}

/* ---- Beginning ---- */

/* Whose episode it is. */
static enum hc_status
find_person(struct hc_observe *o, int64_t episode, int64_t *person)
{
	static const char person_sql[] = "SELECT person FROM episode"
	    " WHERE office = :office AND id = :id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, o->edit->store->db, person_sql)) ==
	    HC_OK &&
	    (rc = hc_stmt_int(st, ":id", episode)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		*person = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_observe_begin(struct hc_observe *o, const int64_t *ids, size_t n)
{
	static const struct hc_edit_pair own[] = {
		{ "status", "open" }, { "closed_at", "" },
		{ "close_reason", "" },
	};
	enum hc_status rc;
	int64_t id, person;
	size_t i;

	rc = begin_table(o);
	for (i = 0; rc == HC_OK && i < n; i++) {
		o->episode = id = ids[i];
		rc = save(o, &id, own, sizeof(own) / sizeof(own[0]));
		if (rc == HC_INVALID) {
			rc = HC_OK;
			continue;
		}
		if (rc == HC_OK &&
		    (rc = find_person(o, id, &person)) == HC_OK)
			rc = add_done(o, id, person, "opened");
	}
	return rc;
}

enum hc_status
hc_observe_add(struct hc_observe *o, int64_t person)
{
	static const char open_sql[] = "SELECT id FROM episode"
	    " WHERE office = :office AND person = :person"
	    " AND status = 'open' ORDER BY id";
	char number[24];
	const struct hc_edit_pair own[] = {
		{ "person", number }, { "status", "open" },
		{ "observe_from", o->edit->clock->today },
	};
	struct hc_stmt *st = NULL;
	struct hc_error words;
	int64_t id = 0;
	enum hc_status rc;

	o->episode = 0;
	snprintf(number, sizeof(number), "%" PRId64, person);
	if ((rc = begin_table(o)) == HC_OK &&
	    (rc = hc_stmt_new(&st, o->edit->store->db, open_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":person", person)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK) {
		hc_error_set(&words, HC_INVALID, _("the person has the open "
		    "episode %lld already"),
		    (long long)hc_stmt_get_int(st, 0) % HC_ID_SPAN);
		refuse(o, words.text);
	} else if (rc == HC_NOTFOUND && (rc = save(o, &id, own,
	    sizeof(own) / sizeof(own[0]))) == HC_OK)
		rc = add_done(o, id, person, "added");
	hc_stmt_free(st);
	return rc == HC_INVALID ? HC_OK : rc;
}
