/*
 * A row of a workbook while it is read: what its cells say of themselves
 * becomes what a person sees.  Used only by xlsx_sheet.c.
 */
#ifndef HC_BASE_XLSX_ROW_H
#define HC_BASE_XLSX_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/book.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/xlsx_strings.h"
#include "base/xlsx_style.h"
#include "base/xlsx_text.h"
#include "base/zip.h"

/* What sheets are read from; all of it stays the caller's. */
struct hc_xlsx_source {
	struct hc_zip *zip;
	struct hc_xlsx_strings *strings;	/* NULL if there are none */
	struct hc_xlsx_style *style;		/* the same */
	bool from1904;
	struct hc_error *err;			/* takes all words */
};

/* What a cell says that it is: its attribute t. */
enum hc_xlsx_type {
	HC_XLSX_NUMBER, HC_XLSX_SHARED, HC_XLSX_STRING, HC_XLSX_INLINE,
	HC_XLSX_BOOL, HC_XLSX_ERROR, HC_XLSX_ISO
};

struct hc_xlsx_row {
	struct hc_xlsx_source source;
	struct hc_book_row row;
	/* HC_BOOK_COLUMNS_MAX cells.  Only those are written that hold
	   something; all behind row.ncells are empty at any time. */
	struct hc_book_cell *cells;
	struct hc_arena arena;		/* their texts */
	size_t text_len;		/* of these */

	/* The present cell. */
	size_t column;
	enum hc_xlsx_type type;
	size_t style;
	bool has_formula, has_inline;
	struct hc_buf value, formula;	/* what stands in v and in f */
	struct hc_xlsx_text text;	/* what stands in is */
};

/*
 * hc_xlsx_row_init(r, source), hc_xlsx_row_free(r):
 * For a sheet; HC_OK or HC_NOMEM.  All functions here return these, or
 * HC_INVALID with words that name the cell.
 */
enum hc_status hc_xlsx_row_init(struct hc_xlsx_row *r,
    const struct hc_xlsx_source *source);
void hc_xlsx_row_free(struct hc_xlsx_row *r);

/* The next row and the next cell begin, with these attributes. */
enum hc_status hc_xlsx_row_begin(struct hc_xlsx_row *r,
    const char **attributes);
enum hc_status hc_xlsx_row_cell(struct hc_xlsx_row *r,
    const char **attributes);

/* hc_xlsx_row_add(r, into, bytes, len): more of the present cell's v or f,
   which is ${into}. */
enum hc_status hc_xlsx_row_add(struct hc_xlsx_row *r, struct hc_buf *into,
    const char *bytes, size_t len);

/* The present cell's is, and the cell itself, are complete. */
enum hc_status hc_xlsx_row_end_inline(struct hc_xlsx_row *r);
enum hc_status hc_xlsx_row_end_cell(struct hc_xlsx_row *r);

/* hc_xlsx_row_true(value): is the attribute there, and true? */
bool hc_xlsx_row_true(const char *value);

#endif
