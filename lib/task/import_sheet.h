/*
 * A list as a file holds it: rows of cells, whether it is a workbook or a
 * text of any encoding and delimiter.
 */
#ifndef HC_TASK_IMPORT_SHEET_H
#define HC_TASK_IMPORT_SHEET_H

#include <stddef.h>

#include "base/book.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/status.h"
#include "base/textfile.h"

struct hc_import_sheet {
	const char *name;	/* for messages: of the file, and of the sheet
				   where there are several */
	size_t nsheets;		/* 1 for a text */
	size_t sheet;		/* the present one, from 0 */
	struct hc_book *book;	/* NULL for a text */
	enum hc_charset charset;	/* of a text */
	bool damaged;		/* why there was HC_IO */
	/* Private: */
	char *file;
	struct hc_buf place;
	struct hc_book_row row;
	struct hc_textfile text;
	struct hc_csv_reader *csv;
	size_t records;		/* of a text, so far, without blank lines */
};

/*
 * hc_import_sheet_open(sheet, fd, folder, name, err):
 * Find out what the file ${fd} (the caller's) is, and stand before the first
 * row of its first visible sheet.  Private files are made in ${folder}.  The
 * caller empties ${sheet} with hc_import_sheet_close() in any case.
 *
 * Returns HC_OK; HC_INVALID with what the file is and what to do, if it is no
 * list, or where bytes stand that are no characters; HC_NOINPUT for a folder;
 * HC_IO; HC_NOMEM.
 */
enum hc_status hc_import_sheet_open(struct hc_import_sheet *sheet, int fd,
    const char *folder, const char *name, struct hc_error *err);
void hc_import_sheet_close(struct hc_import_sheet *sheet);

/* hc_import_sheet_open_book(sheet, book, name, err): the same of a workbook
   that is open already; hc_import_sheet_close() closes it. */
enum hc_status hc_import_sheet_open_book(struct hc_import_sheet *sheet,
    struct hc_book *book, const char *name, struct hc_error *err);

/* hc_import_sheet_select(sheet, n, err): go before the first row of sheet
   ${n}, counted from 0.  HC_OK, HC_NOTFOUND. */
enum hc_status hc_import_sheet_select(struct hc_import_sheet *sheet,
    size_t n, struct hc_error *err);

/*
 * hc_import_sheet_find(sheet, word, n, err):
 * The sheet that is called ${word}, else the one of that number, from 1.
 * HC_OK; HC_NOTFOUND with the names that there are.
 */
enum hc_status hc_import_sheet_find(const struct hc_import_sheet *sheet,
    const char *word, size_t *n, struct hc_error *err);

/* hc_import_sheet_title(sheet, n): its name; NULL for a text. */
const char *hc_import_sheet_title(const struct hc_import_sheet *sheet,
    size_t n);

/* hc_import_sheet_visible(sheet, n): does a spreadsheet show it? */
bool hc_import_sheet_visible(const struct hc_import_sheet *sheet, size_t n);

/* hc_import_sheet_rewind(sheet, err): the next row is the first again. */
enum hc_status hc_import_sheet_rewind(struct hc_import_sheet *sheet,
    struct hc_error *err);

/*
 * hc_import_sheet_next(sheet, err): the next row that is not blank; HC_OK,
 * HC_NOTFOUND after the last, HC_INVALID with file, line and fault of a text
 * that can be read on all the same; HC_IO, also of a damaged workbook;
 * HC_NOMEM.
 */
enum hc_status hc_import_sheet_next(struct hc_import_sheet *sheet,
    struct hc_error *err);

/* The present row: its cells ("" where there is none), and its number as a
   spreadsheet counts, where a cell of several lines is one row. */
size_t hc_import_sheet_cells(const struct hc_import_sheet *sheet);
const char *hc_import_sheet_cell(const struct hc_import_sheet *sheet,
    size_t column);
size_t hc_import_sheet_row(const struct hc_import_sheet *sheet);

/* hc_import_sheet_broken(sheet, column): is the cell an error value, such as
   #N/A, or a formula without its result? */
bool hc_import_sheet_broken(const struct hc_import_sheet *sheet,
    size_t column);

/* hc_import_sheet_kana(sheet, column): the cell's furigana in a workbook;
   NULL if it has none. */
const char *hc_import_sheet_kana(const struct hc_import_sheet *sheet,
    size_t column);

/* Is the present row hidden in the workbook, or that column of the sheet? */
bool hc_import_sheet_hidden_row(const struct hc_import_sheet *sheet);
bool hc_import_sheet_hidden_column(const struct hc_import_sheet *sheet,
    size_t column);

#endif
