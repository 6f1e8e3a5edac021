/*
 * A list as a file holds it: rows of cells, whatever its encoding and
 * delimiter, and where its headings stand.
 */
#ifndef HC_TASK_IMPORT_SHEET_H
#define HC_TASK_IMPORT_SHEET_H

#include <stddef.h>

#include "base/buf.h"
#include "base/charset.h"
#include "base/csv.h"
#include "base/status.h"

struct hc_import_sheet {
	struct hc_buf text;	/* the whole file as UTF-8 */
	enum hc_charset charset;
	char *name;		/* for messages */
	struct hc_csv_reader *csv;
	size_t records;		/* read so far, without blank lines */
};

/*
 * hc_import_sheet_open(sheet, fd, name, err):
 * Read the whole file from ${fd} (the caller's) and find out what it is.
 * The caller empties ${sheet} with hc_import_sheet_close() in any case.
 *
 * Returns HC_OK; HC_INVALID with what the file is, if it is no list, or
 * where bytes stand that are no characters; HC_IO; HC_NOMEM.
 */
enum hc_status hc_import_sheet_open(struct hc_import_sheet *sheet, int fd,
    const char *name, struct hc_error *err);
void hc_import_sheet_close(struct hc_import_sheet *sheet);

/* hc_import_sheet_rewind(sheet, err): the next row is the first again. */
enum hc_status hc_import_sheet_rewind(struct hc_import_sheet *sheet,
    struct hc_error *err);

/*
 * hc_import_sheet_next(sheet, err): the next row that is not blank; HC_OK,
 * HC_NOTFOUND after the last, HC_INVALID with file, line and fault.
 */
enum hc_status hc_import_sheet_next(struct hc_import_sheet *sheet,
    struct hc_error *err);

/* The present row: its cells ("" where there is none), and its number as a
   spreadsheet counts, where a cell of several lines is one row. */
size_t hc_import_sheet_cells(const struct hc_import_sheet *sheet);
const char *hc_import_sheet_cell(const struct hc_import_sheet *sheet,
    size_t column);
size_t hc_import_sheet_row(const struct hc_import_sheet *sheet);

/* hc_import_sheet_letter(column, out): 0 is "A", 26 is "AA". */
void hc_import_sheet_letter(size_t column, char out[8]);

#endif
