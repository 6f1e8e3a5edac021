/*
 * A workbook, whatever kind of file it was: sheets of rows of cells, each
 * cell as the text that a person sees or types.
 *
 * Who reads a kind of file (xlsx.h, xls.h, docx.h) returns a struct hc_book;
 * all else goes through the calls here.
 */
#ifndef HC_BASE_BOOK_H
#define HC_BASE_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* What is longer is refused; Excel has at most 32,767 characters in a cell. */
#define HC_BOOK_CELL_MAX	131072	/* bytes */
#define HC_BOOK_ROW_MAX		4194304	/* bytes of all cells */
#define HC_BOOK_COLUMNS_MAX	16384
#define HC_BOOK_ROWS_MAX	1048576

enum hc_book_kind {
	HC_BOOK_EMPTY,
	HC_BOOK_TEXT,		/* as typed; "001" stays "001" */
	HC_BOOK_NUMBER,		/* shortest decimal that gives the number */
	HC_BOOK_DATE,		/* 2020-03-14, or 2020-03-14T09:30:00 if it is
				   not midnight */
	HC_BOOK_TIME,		/* 09:30:00, hours may pass 24 */
	HC_BOOK_BOOL,		/* TRUE, FALSE */
	HC_BOOK_ERROR		/* #N/A, or "=..." for a formula without its
				   result: no value, and to be said */
};

struct hc_book_cell {
	const char *text;	/* UTF-8; "" if empty, never NULL */
	const char *kana;	/* its furigana; NULL if it has none */
	enum hc_book_kind kind;
	bool merged;		/* repeats the first cell of a merged area */
};

struct hc_book_row {
	const struct hc_book_cell *cells;
	size_t ncells;
	size_t number;		/* as the spreadsheet counts, from 1 */
	bool hidden;
};

struct hc_book_sheet {
	const char *name;	/* UTF-8 */
	bool hidden;
};

struct hc_book;

/* What a reader of files provides; used only by book.c. */
struct hc_book_driver {
	enum hc_status (*select)(struct hc_book *book, size_t sheet);
	enum hc_status (*next)(struct hc_book *book,
	    struct hc_book_row *row);
	bool (*hidden)(const struct hc_book *book, size_t column);
	void (*close)(struct hc_book *book);
};

/* The head of each reader's own struct. */
struct hc_book {
	const struct hc_book_driver *driver;
	struct hc_book_sheet *sheets;
	size_t nsheets;
	bool document;		/* they are the tables of one text */
	struct hc_error error;
};

/*
 * hc_book_open(book, fd, err):
 * Open the workbook that ${fd} holds, from its beginning, whatever it is by
 * its content.  ${fd} stays the caller's, its position is lost.
 *
 * HC_OK; HC_NOTFOUND if it is a text (see csv.h), or nothing at all;
 * HC_INVALID with what it is and what to do, if it is anything else, damaged
 * or too large; HC_IO; HC_NOMEM.  ${book} is then NULL.
 */
enum hc_status hc_book_open(struct hc_book **book, int fd,
    struct hc_error *err);

/*
 * hc_book_select(book, sheet):
 * Stand before the first row of a sheet, counted from 0; also to read it
 * again.  HC_OK; HC_NOTFOUND if there is no such sheet; HC_INVALID if it is
 * damaged or too large; HC_IO, HC_NOMEM.  Words are in book->error.
 */
enum hc_status hc_book_select(struct hc_book *book, size_t sheet);

/*
 * hc_book_next(book, row):
 * The next row that holds anything of its own, not only what a merged area
 * repeats; ${row} and its texts are valid until the next call.  HC_OK;
 * HC_NOTFOUND after the last; HC_INVALID, after which nothing more comes;
 * HC_IO, HC_NOMEM.
 */
enum hc_status hc_book_next(struct hc_book *book, struct hc_book_row *row);

/* hc_book_hidden(book, column): is that column of the sheet hidden? */
bool hc_book_hidden(const struct hc_book *book, size_t column);

/* hc_book_letter(column, out): 0 is "A", 26 is "AA". */
void hc_book_letter(size_t column, char out[8]);

/* hc_book_close(book): give all back; NULL is fine. */
void hc_book_close(struct hc_book *book);

#endif
