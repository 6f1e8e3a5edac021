/*
 * What is noted of a record that came from a list: its number there, why a
 * field has no value, and the cells that no field took.
 */
#ifndef HC_TASK_IMPORT_NOTE_H
#define HC_TASK_IMPORT_NOTE_H

#include "record/record.h"

struct hc_import_notes;

/* hc_import_note_new(notes, store): the caller frees it with
   hc_import_note_free(). */
enum hc_status hc_import_note_new(struct hc_import_notes **notes,
    struct hc_store *store);
void hc_import_note_free(struct hc_import_notes *notes);

/* hc_import_note_key(notes, source, key, row, said): under ${key} of the list
   ${source} the record is known, where it said ${said} (import_said.h; NULL:
   not known). */
enum hc_status hc_import_note_key(struct hc_import_notes *notes,
    const char *source, const char *key, const struct hc_row *row,
    const char *said);

/* hc_import_note_said(notes, id, said): that source_key's row says something
   else now. */
enum hc_status hc_import_note_said(struct hc_import_notes *notes, int64_t id,
    const char *said);

/*
 * hc_import_note_read(notes, row):
 * Read the absences of ${row}, for hc_import_note_absence(); a record that
 * is not yet written has none.
 */
enum hc_status hc_import_note_read(struct hc_import_notes *notes,
    const struct hc_row *row);

/*
 * hc_import_note_absence(notes, row, field, reason, write, changed):
 * The record last read has no value in ${field} for ${reason}; NULL: it has
 * one, or nobody says why not, and an earlier reason is taken back.
 * ${changed} is set where that differs from what is noted; without ${write}
 * nothing is written.
 */
enum hc_status hc_import_note_absence(struct hc_import_notes *notes,
    const struct hc_row *row, const struct hc_field *field,
    const char *reason, bool write, bool *changed);

/* Where a row of a list stands, and its cells as JSON. */
struct hc_import_note_origin {
	const char *source, *file;
	size_t line;
	const char *cells;
};

/*
 * hc_import_note_cells(notes, row, origin, write, changed):
 * Keep the cells that no field took; the same cells as before change
 * nothing, though the file may have another name.
 */
enum hc_status hc_import_note_cells(struct hc_import_notes *notes,
    const struct hc_row *row, const struct hc_import_note_origin *origin,
    bool write, bool *changed);

#endif
