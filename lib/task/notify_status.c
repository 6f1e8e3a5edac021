/* How the outbox stands, and what one mail looks like. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/access.h"
#include "record/value.h"
#include "task/notify_row.h"

#include "task/notify_status.h"

#define STATES_MAX 16

/* ---- Counts ---- */

struct counts {
	struct hc_store *store;
	const struct hc_choice_list *purposes, *states;
	int64_t *cells;		/* purposes by states, and one for not_open */
	char (*oldest)[21];	/* by purpose */
	size_t width;
};

/* The place of a code in its list, or the list's length. */
static size_t
place(const struct hc_choice_list *list, const char *code)
{
	size_t i;

	for (i = 0; i < list->len; i++)
		if (strcmp(list->items[i].code, code) == 0)
			break;
	return i;
}

static enum hc_status
count_messages(struct counts *c, const char *day)
{
	static const char count_sql[] =
	    "SELECT m.purpose, m.state, count(*),"
	    " count(*) FILTER (WHERE m.state IN ('waiting', 'doubtful')"
	    " AND m.invitation IS NOT NULL AND i.opened_at IS NULL),"
	    " min(m.created_at) FILTER (WHERE m.state = 'waiting')"
	    " FROM message m LEFT JOIN invitation i"
	    " ON i.id = m.invitation AND i.office = :office"
	    " WHERE m.office = :office AND (:day = '' OR m.day = :day)"
	    " GROUP BY m.purpose, m.state";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	size_t p, s;

	if ((rc = hc_stmt_new(&st, c->store->db, count_sql)) == HC_OK)
		rc = hc_stmt_text(st, ":day", day != NULL ? day : "");
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		p = place(c->purposes, hc_stmt_get_text(st, 0));
		s = place(c->states, hc_stmt_get_text(st, 1));
		if (p == c->purposes->len || s == c->states->len)
			continue;
		c->cells[p * c->width + s] = hc_stmt_get_int(st, 2);
		c->cells[p * c->width + c->states->len] +=
		    hc_stmt_get_int(st, 3);
		if (!hc_stmt_is_null(st, 4))
			snprintf(c->oldest[p], sizeof(c->oldest[p]), "%s",
			    hc_stmt_get_text(st, 4));
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
new_count_table(struct counts *c, struct hc_table **table)
{
	struct hc_table_column columns[STATES_MAX + 3] = { { 0 } };
	size_t i, n = 0;

	columns[n++] = hc_value_column_of(c->store->catalogue, "message",
	    "purpose");
	for (i = 0; i < c->states->len; i++) {
		columns[n].name = c->states->items[i].code;
		columns[n].label =
		    hc_catalogue_choice_label(&c->states->items[i]);
		columns[n++].type = HC_TYPE_INTEGER;
	}
	columns[n].name = "not_open";
	columns[n].label = _("link not open");
	columns[n++].type = HC_TYPE_INTEGER;
	columns[n].name = "oldest_waiting";
	columns[n].label = _("oldest waiting");
	columns[n++].type = HC_TYPE_INSTANT;
	return hc_table_new(table, columns, n);
}

static enum hc_status
add_count_row(struct counts *c, size_t purpose, struct hc_table *table)
{
	const char *cells[STATES_MAX + 3];
	char numbers[STATES_MAX + 1][24];
	size_t i, n = 0;

	cells[n++] = c->purposes->items[purpose].code;
	for (i = 0; i < c->width; i++) {
		snprintf(numbers[i], sizeof(numbers[i]), "%lld",
		    (long long)c->cells[purpose * c->width + i]);
		cells[n++] = numbers[i];
	}
	cells[n++] = c->oldest[purpose][0] != '\0' ? c->oldest[purpose] :
	    NULL;
	return hc_table_row(table, cells);
}

enum hc_status
hc_notify_status(struct hc_store *store, const char *day,
    struct hc_table **table)
{
	struct counts c = { .store = store };
	enum hc_status rc;
	size_t i;

	*table = NULL;
	c.purposes = hc_catalogue_choices(store->catalogue, "purpose");
	c.states = hc_catalogue_choices(store->catalogue, "message_state");
	if (c.purposes == NULL || c.states == NULL ||
	    c.states->len > STATES_MAX)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("the choices of '%s' are missing or too many"),
		    "message_state");
	c.width = c.states->len + 1;
	c.cells = calloc(c.purposes->len * c.width + 1, sizeof(*c.cells));
	c.oldest = calloc(c.purposes->len + 1, sizeof(*c.oldest));
	if (c.cells == NULL || c.oldest == NULL)
		rc = hc_db_nomem(store->db);
	else
		rc = count_messages(&c, day);
	if (rc == HC_OK && (rc = new_count_table(&c, table)) != HC_OK)
		rc = hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < c.purposes->len; i++)
		if ((rc = add_count_row(&c, i, *table)) != HC_OK)
			rc = hc_db_nomem(store->db);
	free(c.cells);
	free(c.oldest);
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	return rc;
}

/* ---- What went wrong ---- */

#define FAILED_COLUMNS 10

static enum hc_status
new_failed_table(struct hc_store *store, struct hc_table **table)
{
	const struct hc_table_column columns[FAILED_COLUMNS] = {
		{ "message", _("message"), HC_TYPE_REF },
		hc_value_column_of(store->catalogue, "message", "purpose"),
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "person", _("person"), HC_TYPE_REF },
		{ "day", _("day"), HC_TYPE_DATE },
		{ "address", _("address"), HC_TYPE_EMAIL },
		hc_value_column_of(store->catalogue, "message", "state"),
		{ "tries", _("tries"), HC_TYPE_INTEGER },
		{ "next_at", _("next try"), HC_TYPE_INSTANT },
		{ "reply", _("reason"), HC_TYPE_TEXT },
	};

	return hc_table_new(table, columns, FAILED_COLUMNS);
}

/* Ids of persons, for the access log. */
struct persons {
	int64_t *items;
	size_t len, room;
};

static bool
add_person(struct persons *p, int64_t id)
{
	int64_t *grown;

	if (p->len == p->room) {
		p->room = p->room > 0 ? p->room * 2 : 64;
		grown = realloc(p->items, p->room * sizeof(*grown));
		if (grown == NULL)
			return false;
		p->items = grown;
	}
	p->items[p->len++] = id;
	return true;
}

static bool
add_failed(struct hc_stmt *st, struct hc_table *table, struct persons *seen)
{
	const char *cells[FAILED_COLUMNS];
	char numbers[FAILED_COLUMNS][24];
	int i;

	for (i = 0; i < FAILED_COLUMNS; i++) {
		cells[i] = NULL;
		if (hc_stmt_is_null(st, i))
			continue;
		if (i == 0 || i == 2 || i == 3 || i == 7) {
			snprintf(numbers[i], sizeof(numbers[i]), "%lld",
			    (long long)hc_stmt_get_int(st, i));
			cells[i] = numbers[i];
		} else {
			cells[i] = hc_stmt_get_text(st, i);
		}
	}
	return hc_table_row(table, cells) == HC_OK &&
	    add_person(seen, hc_stmt_get_int(st, 3));
}

enum hc_status
hc_notify_status_failed(struct hc_store *store, const char *day,
    struct hc_table **table)
{
	static const char failed_sql[] =
	    "SELECT id, purpose, episode, person, day, address, state, tries,"
	    " next_at, reply FROM message WHERE office = :office"
	    " AND (state IN ('failed', 'doubtful')"
	    " OR (state = 'waiting' AND tries > 0))"
	    " AND (:day = '' OR day = :day) ORDER BY id DESC";
	struct persons seen = { NULL, 0, 0 };
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*table = NULL;
	if (new_failed_table(store, table) != HC_OK)
		return hc_db_nomem(store->db);
	if ((rc = hc_stmt_new(&st, store->db, failed_sql)) == HC_OK)
		rc = hc_stmt_text(st, ":day", day != NULL ? day : "");
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		if (!add_failed(st, *table, &seen))
			rc = hc_db_nomem(store->db);
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND)
		rc = hc_access_note(store, "person", seen.items, seen.len);
	free(seen.items);
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	return rc;
}

/* ---- One mail ---- */

static enum hc_status
find_episode(struct hc_store *store, const struct hc_notify_preview *p,
    int64_t *episode)
{
	static const char last_sql[] =
	    "SELECT id FROM episode WHERE office = :office"
	    " AND (id = :episode OR person = :person)"
	    " ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, id DESC"
	    " LIMIT 1";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, last_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":episode", p->episode)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":person", p->person)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		*episode = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND)
		return hc_db_fail(store->db, rc, p->episode != 0 ?
		    _("there is no such episode") :
		    _("there is no such person with an episode"));
	return rc;
}

/* The last message of the purpose, if there is one. */
static enum hc_status
find_message(struct hc_store *store, const char *purpose, int64_t episode,
    struct hc_row **row)
{
	static const char message_sql[] =
	    "SELECT id FROM message WHERE office = :office"
	    " AND episode = :episode AND purpose = :purpose"
	    " ORDER BY id DESC LIMIT 1";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t id = 0;

	if ((rc = hc_stmt_new(&st, store->db, message_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":episode", episode)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":purpose", purpose)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		id = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	if (rc != HC_OK)
		return rc;
	return hc_row_load(store, hc_catalogue_entity(store->catalogue,
	    "message"), id, row);
}

/* What would be sent today: a message that is not written anywhere. */
static enum hc_status
fill_message(struct hc_store *store, const struct hc_notify_preview *p,
    struct hc_stmt *st, struct hc_row *row)
{
	enum hc_status rc;

	if (hc_stmt_is_null(st, 0))
		return hc_db_fail(store->db, HC_INVALID,
		    _("no mail address is known"));
	snprintf(row->created_at, sizeof(row->created_at), "%s", p->now);
	if ((rc = hc_notify_row_set(store, row, "purpose", p->purpose)) !=
	    HC_OK ||
	    (rc = hc_notify_row_set(store, row, "address",
	    hc_stmt_get_text(st, 0))) != HC_OK ||
	    (rc = hc_notify_row_set(store, row, "language",
	    hc_stmt_get_text(st, 1))) != HC_OK ||
	    (rc = hc_notify_row_set(store, row, "until",
	    hc_stmt_get_text(st, 2))) != HC_OK ||
	    (rc = hc_notify_row_int(store, row, "person",
	    hc_stmt_get_int(st, 3))) != HC_OK ||
	    (rc = hc_notify_row_set(store, row, "day", p->today)) != HC_OK ||
	    (rc = hc_notify_row_set(store, row, "invitation", "0")) != HC_OK)
		return rc;
	return hc_notify_row_set(store, row, "message_id",
	    "0.preview@localhost");
}

static enum hc_status
make_message(struct hc_store *store, const struct hc_notify_preview *p,
    int64_t episode, struct hc_row **row)
{
	static const char person_sql[] =
	    "SELECT p.email, p.language, e.observe_until, p.id"
	    " FROM episode e JOIN person p"
	    " ON p.id = e.person AND p.office = :office"
	    " WHERE e.office = :office AND e.id = :episode";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, person_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":episode", episode)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK &&
	    (rc = hc_notify_row_new(store, "message", row)) == HC_OK)
		rc = fill_message(store, p, st, *row);
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_notify_status_preview(struct hc_store *store,
    const struct hc_notify_preview *p, struct hc_buf *out)
{
	const struct hc_choice_list *purposes;
	struct hc_notify_letter *letter = NULL;
	struct hc_row *row = NULL;
	int64_t episode = 0, person;
	enum hc_status rc;

	purposes = hc_catalogue_choices(store->catalogue, "purpose");
	if (purposes == NULL ||
	    hc_catalogue_choice(purposes, p->purpose) == NULL)
		return hc_db_fail(store->db, HC_INVALID,
		    _("'%s' is no purpose of a mail"), p->purpose);
	if ((rc = find_episode(store, p, &episode)) != HC_OK)
		return rc;
	rc = find_message(store, p->purpose, episode, &row);
	if (rc == HC_NOTFOUND)
		rc = make_message(store, p, episode, &row);
	if (rc == HC_OK &&
	    (rc = hc_notify_letter_new(&letter, store, &p->letter)) == HC_OK)
		rc = hc_notify_letter_build(letter, row, true, out,
		    hc_db_error_buffer(store->db));
	if (rc == HC_OK) {
		person = strtoll(hc_row_value(row, "person"), NULL, 10);
		rc = hc_access_note(store, "person", &person, 1);
	}
	hc_notify_letter_free(letter);
	hc_row_free(row);
	return rc;
}
