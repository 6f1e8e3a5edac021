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

/* Under which key of which list a record is known. */
struct hc_import_note_list {
	const char *source, *key;
	const char *said;	/* by the row (import_said.h); NULL: unknown */
	const char *others;	/* made with it (import_key.h); NULL */
};

/* hc_import_note_key(notes, list, row): that this is the record. */
enum hc_status hc_import_note_key(struct hc_import_notes *notes,
    const struct hc_import_note_list *list, const struct hc_row *row);

/* hc_import_note_said(notes, id, said): that source_key's row says something
   else now. */
enum hc_status hc_import_note_said(struct hc_import_notes *notes, int64_t id,
    const char *said);

/*
 * hc_import_note_read(notes, row):
 * Read the absences of ${row}, for hc_import_note_absence(); NULL, a new
 * record, has none.
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
