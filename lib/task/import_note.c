/*
 * What is noted of a record that came from a list.  All absences of a record
 * are read by one statement, which is kept: most rows of a new edition say
 * what is known, and only have to be compared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "task/import_note.h"

/* Why a field has no value, as noted. */
struct absence {
	int64_t id;
	char field[48], reason[48];
};

struct hc_import_notes {
	struct hc_store *store;
	const struct hc_entity *key, *absence, *cells;
	struct hc_stmt *absences_of, *cells_of;
	struct absence *absences;	/* of the record last read */
	size_t len, room;
};

enum hc_status
hc_import_note_new(struct hc_import_notes **out, struct hc_store *store)
{
	static const char absence_sql[] =
	    "SELECT id, field, reason FROM absence WHERE office = :office"
	    " AND entity = :entity AND record = :record ORDER BY id";
	static const char cells_sql[] =
	    "SELECT id, cells FROM source_row WHERE office = :office"
	    " AND entity = :entity AND record = :record"
	    " AND source = :source ORDER BY id LIMIT 1";
	struct hc_import_notes *n;
	enum hc_status rc;

	if ((*out = n = calloc(1, sizeof(*n))) == NULL)
		return hc_db_nomem(store->db);
	n->store = store;
	n->key = hc_catalogue_entity(store->catalogue, "source_key");
	n->absence = hc_catalogue_entity(store->catalogue, "absence");
	n->cells = hc_catalogue_entity(store->catalogue, "source_row");
	if ((rc = hc_stmt_new(&n->absences_of, store->db, absence_sql)) !=
	    HC_OK ||
	    (rc = hc_stmt_new(&n->cells_of, store->db, cells_sql)) != HC_OK) {
		hc_import_note_free(n);
		*out = NULL;
	}
	return rc;
}

void
hc_import_note_free(struct hc_import_notes *n)
{
	if (n == NULL)
		return;
	hc_stmt_free(n->absences_of);
	hc_stmt_free(n->cells_of);
	free(n->absences);
	free(n);
}

/* ---- Writing one note ---- */

static enum hc_status
set(struct hc_import_notes *n, struct hc_row *note, const char *name,
    const char *text)
{
	return hc_row_set(note, hc_catalogue_field(note->entity, name),
	    text) == HC_OK ? HC_OK : hc_db_nomem(n->store->db);
}

/* A new note of ${entity} about ${row}. */
static enum hc_status
new_note(struct hc_import_notes *n, const struct hc_entity *entity,
    const struct hc_row *row, struct hc_row **note)
{
	char id[24];
	enum hc_status rc;

	snprintf(id, sizeof(id), "%lld", (long long)row->id);
	if (hc_row_new(note, entity) != HC_OK)
		return hc_db_nomem(n->store->db);
	if ((rc = set(n, *note, "entity", row->entity->name)) != HC_OK)
		return rc;
	return set(n, *note, "record", id);
}

enum hc_status
hc_import_note_key(struct hc_import_notes *n,
    const struct hc_import_note_list *list, const struct hc_row *row)
{
	struct hc_row *note = NULL;
	enum hc_status rc;

	if ((rc = new_note(n, n->key, row, &note)) == HC_OK &&
	    (rc = set(n, note, "source", list->source)) == HC_OK &&
	    (rc = set(n, note, "key", list->key)) == HC_OK &&
	    (rc = set(n, note, "said", list->said)) == HC_OK &&
	    (rc = set(n, note, "others", list->others)) == HC_OK)
		rc = hc_record_insert(n->store, note);
	hc_row_free(note);
	return rc;
}

enum hc_status
hc_import_note_said(struct hc_import_notes *n, int64_t id, const char *said)
{
	struct hc_row *note = NULL;
	enum hc_status rc;

	if ((rc = hc_row_load(n->store, n->key, id, &note)) == HC_OK &&
	    (rc = set(n, note, "said", said)) == HC_OK)
		rc = hc_record_update(n->store, note);
	hc_row_free(note);
	return rc;
}

/* ---- Absences ---- */

static enum hc_status
add_absence(struct hc_import_notes *n, const struct hc_stmt *st)
{
	struct absence *a;

	if (n->len == n->room) {
		n->room = n->room ? n->room * 2 : 16;
		a = realloc(n->absences, n->room * sizeof(*a));
		if (a == NULL)
			return hc_db_nomem(n->store->db);
		n->absences = a;
	}
	a = &n->absences[n->len++];
	a->id = hc_stmt_get_int(st, 0);
	snprintf(a->field, sizeof(a->field), "%s", hc_stmt_get_text(st, 1));
	snprintf(a->reason, sizeof(a->reason), "%s", hc_stmt_get_text(st, 2));
	return HC_OK;
}

enum hc_status
hc_import_note_read(struct hc_import_notes *n, const struct hc_row *row)
{
	struct hc_stmt *st = n->absences_of;
	enum hc_status rc;

	n->len = 0;
	if (row == NULL)
		return HC_OK;
	if ((rc = hc_stmt_text(st, ":entity", row->entity->name)) != HC_OK ||
	    (rc = hc_stmt_int(st, ":record", row->id)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = add_absence(n, st)) != HC_OK)
			break;
	hc_stmt_reset(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
insert_absence(struct hc_import_notes *n, const struct hc_row *row,
    const char *field, const char *reason)
{
	struct hc_row *note = NULL;
	enum hc_status rc;

	if ((rc = new_note(n, n->absence, row, &note)) == HC_OK &&
	    (rc = set(n, note, "field", field)) == HC_OK &&
	    (rc = set(n, note, "reason", reason)) == HC_OK)
		rc = hc_record_insert(n->store, note);
	hc_row_free(note);
	return rc;
}

static enum hc_status
update_absence(struct hc_import_notes *n, int64_t id, const char *reason)
{
	struct hc_row *note = NULL;
	enum hc_status rc;

	if ((rc = hc_row_load(n->store, n->absence, id, &note)) == HC_OK &&
	    (rc = set(n, note, "reason", reason)) == HC_OK)
		rc = hc_record_update(n->store, note);
	hc_row_free(note);
	return rc;
}

enum hc_status
hc_import_note_absence(struct hc_import_notes *n, const struct hc_row *row,
    const struct hc_field *field, const char *reason, bool write,
    bool *changed)
{
	const struct absence *a = NULL;
	size_t i;

	for (i = 0; i < n->len && a == NULL; i++)
		if (strcmp(n->absences[i].field, field->name) == 0)
			a = &n->absences[i];
	if (a == NULL ? reason == NULL :
	    reason != NULL && strcmp(a->reason, reason) == 0)
		return HC_OK;
	*changed = true;
	if (!write)
		return HC_OK;
	if (a == NULL)
		return insert_absence(n, row, field->name, reason);
	if (reason == NULL)
		return hc_record_delete(n->store, n->absence, a->id);
	return update_absence(n, a->id, reason);
}

/* ---- Cells that no field took ---- */

static enum hc_status
write_cells(struct hc_import_notes *n, struct hc_row *note,
    const struct hc_import_note_origin *origin)
{
	enum hc_status rc;
	char line[24];

	snprintf(line, sizeof(line), "%zu", origin->line);
	if ((rc = set(n, note, "source", origin->source)) != HC_OK ||
	    (rc = set(n, note, "file", origin->file)) != HC_OK ||
	    (rc = set(n, note, "row", line)) != HC_OK ||
	    (rc = set(n, note, "cells", origin->cells)) != HC_OK)
		return rc;
	return note->id == 0 ? hc_record_insert(n->store, note) :
	    hc_record_update(n->store, note);
}

/* The note that keeps the row's cells, and whether it has just these;
   ${id} is 0 if there is none. */
static enum hc_status
find_cells(struct hc_import_notes *n, const struct hc_row *row,
    const struct hc_import_note_origin *origin, int64_t *id, bool *same)
{
	struct hc_stmt *st = n->cells_of;
	enum hc_status rc;
	const char *cells;

	*id = 0;
	*same = false;
	if (row->id == 0)
		return HC_OK;
	if ((rc = hc_stmt_text(st, ":entity", row->entity->name)) != HC_OK ||
	    (rc = hc_stmt_int(st, ":record", row->id)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":source", origin->source)) != HC_OK ||
	    (rc = hc_stmt_next(st)) != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	*id = hc_stmt_get_int(st, 0);
	cells = hc_stmt_get_text(st, 1);
	*same = cells != NULL && strcmp(cells, origin->cells) == 0;
	hc_stmt_reset(st);
	return HC_OK;
}

enum hc_status
hc_import_note_cells(struct hc_import_notes *n, const struct hc_row *row,
    const struct hc_import_note_origin *origin, bool write, bool *changed)
{
	struct hc_row *note = NULL;
	enum hc_status rc;
	int64_t id;
	bool same;

	if (origin->cells == NULL)
		return HC_OK;
	if ((rc = find_cells(n, row, origin, &id, &same)) != HC_OK || same)
		return rc;
	*changed = true;
	if (!write)
		return HC_OK;
	rc = id != 0 ? hc_row_load(n->store, n->cells, id, &note) :
	    new_note(n, n->cells, row, &note);
	if (rc == HC_OK)
		rc = write_cells(n, note, origin);
	hc_row_free(note);
	return rc;
}
