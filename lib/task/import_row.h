/*
 * One row of a list, its cells read as the fields that they mean.
 */
#ifndef HC_TASK_IMPORT_ROW_H
#define HC_TASK_IMPORT_ROW_H

#include <stdio.h>

#include "task/import_cell.h"
#include "task/import_sheet.h"

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
 * Read the next row that holds data: what holds none (import_skip.h) is passed
 * over and counted (hc_import_reader_skipped()), 〃 and 同上 mean the cell
 * above.  ${row} is valid until the next call.
 *
 * HC_OK; HC_INVALID if cells are wrong, each told to ${fault}; HC_NOTFOUND
 * after the last row; a failure.
 */
enum hc_status hc_import_reader_next(struct hc_import_reader *reader,
    struct hc_import_row **row, hc_import_fault *fault, void *arg);

/* hc_import_reader_written(reader, column): the cell of the sheet's column in
   the row last read, or the one above that it means (〃). */
const char *hc_import_reader_written(const struct hc_import_reader *reader,
    size_t column);

/* hc_import_reader_year(reader): the year of dates without one, as a row that
   holds nothing else has said; 0. */
int hc_import_reader_year(const struct hc_import_reader *reader);

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
