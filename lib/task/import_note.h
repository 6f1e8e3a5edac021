/*
 * What is noted of a record that came from a list: its number there, why a
 * field has no value, and the cells that no field took.
 */
#ifndef HC_TASK_IMPORT_NOTE_H
#define HC_TASK_IMPORT_NOTE_H

#include "record/record.h"

/* hc_note_key(store, source, key, row): under ${key} of the list ${source}
   the record is known. */
enum hc_status hc_note_key(struct hc_store *store, const char *source,
    const char *key, const struct hc_row *row);

/*
 * hc_note_absence(store, row, field, reason, write, changed):
 * The record has no value in ${field} for ${reason}; NULL: it has one, or
 * nobody says why not, and an earlier reason is taken back.  ${changed} is
 * set where that differs from what is noted; without ${write} nothing is
 * written.
 */
enum hc_status hc_note_absence(struct hc_store *store,
    const struct hc_row *row, const struct hc_field *field,
    const char *reason, bool write, bool *changed);

/* Where a row of a list stands, and its cells as JSON. */
struct hc_note_origin {
	const char *source, *file;
	size_t line;
	const char *cells;
};

/*
 * hc_note_cells(store, row, origin, write, changed):
 * Keep the cells that no field took; the same cells as before change
 * nothing, though the file may have another name.
 */
enum hc_status hc_note_cells(struct hc_store *store,
    const struct hc_row *row, const struct hc_note_origin *origin,
    bool write, bool *changed);

#endif
