/*
 * One row of a list, its cells read as the fields that they mean.
 */
#ifndef HC_TASK_IMPORT_ROW_H
#define HC_TASK_IMPORT_ROW_H

#include <stdio.h>

#include "record/value.h"
#include "task/import_map.h"

/* A cell after reading. */
struct hc_import_cell {
	const char *text;	/* canonical ("T600" is a time without a day,
				   in minutes); of NONE, NAMED, CASE and KEY as
				   written, of PHONES the numbers joined by
				   newlines; NULL: empty */
	const char *reason;	/* why there is no value; then text is what
				   was written */
	const char *band;	/* of AGE where only a band is known */
	const char *fields;	/* names of fields that it says yes to, each
				   with a newline; NULL */
	const char *rest;	/* as written, where the field takes only a
				   part; NULL */
};

struct hc_import_row {
	struct hc_arena arena;		/* the texts */
	struct hc_import_cell *cells;	/* by column */
	size_t ncells;
	size_t line;
	const char *extra;		/* cells beyond the headings; NULL */
};

/* Is told each fault of a row. */
typedef void hc_import_fault(void *arg, size_t line, size_t column,
    const char *value, const char *words);

struct hc_import_reader;

/*
 * hc_import_reader_new(reader, store, map, sheet, rule):
 * Reads rows of ${sheet} by ${map}; it remembers what each column's words
 * mean.  The caller frees it with hc_import_reader_free().
 */
enum hc_status hc_import_reader_new(struct hc_import_reader **reader,
    struct hc_store *store, const struct hc_import_map *map,
    struct hc_import_sheet *sheet, const struct hc_value_rule *rule);
void hc_import_reader_free(struct hc_import_reader *reader);

/*
 * hc_import_reader_next(reader, row, fault, arg):
 * Read the next row that holds data: repeated headings and totals are passed
 * over and counted (hc_import_reader_skipped()), 〃 and 同上 mean the cell
 * above.  ${row} is valid until the next call.
 *
 * HC_OK; HC_INVALID if cells are wrong, each told to ${fault}; HC_NOTFOUND
 * after the last row; a failure.
 */
enum hc_status hc_import_reader_next(struct hc_import_reader *reader,
    struct hc_import_row **row, hc_import_fault *fault, void *arg);

/* hc_import_reader_skipped(reader): rows passed over so far. */
size_t hc_import_reader_skipped(const struct hc_import_reader *reader);

/*
 * Staging: a row as a line of a private file, and back.  hc_import_row_read()
 * fills ${row}, whose cells must have room; HC_NOTFOUND at the end.
 */
enum hc_status hc_import_row_write(const struct hc_import_row *row,
    FILE *file);
enum hc_status hc_import_row_read(struct hc_import_row *row, FILE *file);

#endif
