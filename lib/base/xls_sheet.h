/*
 * One sheet of an xls workbook: which cells it has, from a first scan, then
 * row by row what stands in them.
 */
#ifndef HC_BASE_XLS_SHEET_H
#define HC_BASE_XLS_SHEET_H

#include <stdint.h>

#include "base/arena.h"
#include "base/biff.h"
#include "base/book.h"
#include "base/merge.h"
#include "base/xls_string.h"

#define HC_XLS_SHEET_COLUMNS	256
#define HC_XLS_SHEET_ROWS	65536

struct hc_xls_sheet_cell;

struct hc_xls_sheet {
	struct hc_xls_sheet_cell *found;	/* by row and column */
	size_t count, room;
	size_t at;			/* the next to give */
	struct hc_merge *merge;
	unsigned char hidden_rows[HC_XLS_SHEET_ROWS / 8];
	bool hidden_columns[HC_XLS_SHEET_COLUMNS];
	struct hc_arena texts;		/* of the row */
	struct hc_buf text;
	struct hc_book_cell cells[HC_XLS_SHEET_COLUMNS];
};

/* What the workbook says for all its sheets. */
struct hc_xls_sheet_ways {
	struct hc_xls_string strings;
	uint16_t *formats;		/* the format of each XF */
	size_t nformats;
	unsigned char serial[65536];	/* enum hc_serial of each format */
	bool from1904;
};

/*
 * hc_xls_sheet_scan(s, b, err):
 * Find the cells of the sheet whose BOF record ${b} will read next.  HC_OK,
 * HC_INVALID, HC_NOMEM.
 */
enum hc_status hc_xls_sheet_scan(struct hc_xls_sheet *s, struct hc_biff *b,
    struct hc_error *err);

/* hc_xls_sheet_next(s, b, ways, row, err): as hc_book_next(). */
enum hc_status hc_xls_sheet_next(struct hc_xls_sheet *s, struct hc_biff *b,
    const struct hc_xls_sheet_ways *ways, struct hc_book_row *row,
    struct hc_error *err);

/* hc_xls_sheet_clear(s): ready for another sheet; all memory given back. */
void hc_xls_sheet_clear(struct hc_xls_sheet *s);

#endif
