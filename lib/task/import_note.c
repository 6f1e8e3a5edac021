/* What is noted of a record that came from a list. */
#include <stdio.h>
#include <string.h>

#include "task/import_note.h"

static enum hc_status
set(struct hc_store *store, struct hc_row *row, const char *name,
    const char *text)
{
	return hc_row_set(row, hc_catalogue_field(row->entity, name), text) ==
	    HC_OK ? HC_OK : hc_db_nomem(store->db);
}

/* A new note of the entity ${name} about ${row}. */
static enum hc_status
new_note(struct hc_store *store, const char *name, const struct hc_row *row,
    struct hc_row **note)
{
	char id[24];
	enum hc_status rc;

	snprintf(id, sizeof(id), "%lld", (long long)row->id);
	if (hc_row_new(note, hc_catalogue_entity(store->catalogue, name)) !=
	    HC_OK)
		return hc_db_nomem(store->db);
	if ((rc = set(store, *note, "entity", row->entity->name)) != HC_OK)
		return rc;
	return set(store, *note, "record", id);
}

enum hc_status
hc_note_key(struct hc_store *store, const char *source, const char *key,
    const struct hc_row *row)
{
	struct hc_row *note = NULL;
	enum hc_status rc;

	if ((rc = new_note(store, "source_key", row, &note)) == HC_OK &&
	    (rc = set(store, note, "source", source)) == HC_OK &&
	    (rc = set(store, note, "key", key)) == HC_OK)
		rc = hc_record_insert(store, note);
	hc_row_free(note);
	return rc;
}

/* The note of the entity ${name} about ${row} with one more value. */
static enum hc_status
find_note(struct hc_store *store, const char *name, const struct hc_row *row,
    const char *field, const char *value, struct hc_row **note)
{
	const char *names[] = { "entity", "record", field, NULL };
	const char *values[] = { row->entity->name, NULL, value };
	char id[24];

	snprintf(id, sizeof(id), "%lld", (long long)row->id);
	values[1] = id;
	return hc_record_find(store, hc_catalogue_entity(store->catalogue,
	    name), names, values, note);
}

static enum hc_status
insert_absence(struct hc_store *store, const struct hc_row *row,
    const char *field, const char *reason)
{
	struct hc_row *note = NULL;
	enum hc_status rc;

	if ((rc = new_note(store, "absence", row, &note)) == HC_OK &&
	    (rc = set(store, note, "field", field)) == HC_OK &&
	    (rc = set(store, note, "reason", reason)) == HC_OK)
		rc = hc_record_insert(store, note);
	hc_row_free(note);
	return rc;
}

enum hc_status
hc_note_absence(struct hc_store *store, const struct hc_row *row,
    const struct hc_field *field, const char *reason, bool write,
    bool *changed)
{
	struct hc_row *note = NULL;
	enum hc_status rc = HC_NOTFOUND;

	if (row->id != 0)
		rc = find_note(store, "absence", row, "field", field->name,
		    &note);
	if (rc == HC_NOTFOUND) {
		if (reason == NULL)
			return HC_OK;
		*changed = true;
		return write ? insert_absence(store, row, field->name,
		    reason) : HC_OK;
	}
	if (rc != HC_OK)
		return rc;
	if (reason == NULL) {
		*changed = true;
		if (write)
			rc = hc_record_delete(store, note->entity, note->id);
	} else if (strcmp(hc_row_value(note, "reason"), reason) != 0) {
		*changed = true;
		if (write && (rc = set(store, note, "reason", reason)) ==
		    HC_OK)
			rc = hc_record_update(store, note);
	}
	hc_row_free(note);
	return rc;
}

static enum hc_status
write_origin(struct hc_store *store, struct hc_row *note,
    const struct hc_note_origin *origin)
{
	enum hc_status rc;
	char line[24];

	snprintf(line, sizeof(line), "%zu", origin->line);
	if ((rc = set(store, note, "source", origin->source)) != HC_OK ||
	    (rc = set(store, note, "file", origin->file)) != HC_OK ||
	    (rc = set(store, note, "row", line)) != HC_OK ||
	    (rc = set(store, note, "cells", origin->cells)) != HC_OK)
		return rc;
	return note->id == 0 ? hc_record_insert(store, note) :
	    hc_record_update(store, note);
}

enum hc_status
hc_note_cells(struct hc_store *store, const struct hc_row *row,
    const struct hc_note_origin *origin, bool write, bool *changed)
{
	struct hc_row *note = NULL;
	enum hc_status rc = HC_NOTFOUND;
	const char *cells;

	if (row->id != 0)
		rc = find_note(store, "source_row", row, "source",
		    origin->source, &note);
	if (rc == HC_NOTFOUND) {
		if (origin->cells == NULL)
			return HC_OK;
		*changed = true;
		rc = write ? new_note(store, "source_row", row, &note) :
		    HC_OK;
	} else if (rc == HC_OK) {
		cells = hc_row_value(note, "cells");
		if (origin->cells == NULL ||
		    (cells != NULL && strcmp(cells, origin->cells) == 0))
			goto out;
		*changed = true;
	}
	if (rc == HC_OK && write)
		rc = write_origin(store, note, origin);
out:
	hc_row_free(note);
	return rc;
}
