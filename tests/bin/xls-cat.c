/*
 * xls-cat FILE: every sheet and cell of an xls workbook, a line each, for
 * comparing with what others read:
 *
 *	sheet	NUMBER	visible|hidden	NAME
 *	NUMBER	ROW	COLUMN	KIND	TEXT	KANA
 *
 * counted from 1, with "hidden" and "merged" behind where it is so.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/xls.h"

static void
print_text(const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
		case '\n':
			fputs("\\n", stdout);
			break;
		case '\r':
			fputs("\\r", stdout);
			break;
		case '\t':
			fputs("\\t", stdout);
			break;
		default:
			putchar(*text);
		}
}

static void
print_row(const struct hc_book *book, size_t sheet,
    const struct hc_book_row *row)
{
	static const char *const kinds[] = { "empty", "text", "number",
		"date", "time", "bool", "error" };
	const struct hc_book_cell *cell;
	size_t i;

	for (i = 0; i < row->ncells; i++) {
		cell = &row->cells[i];
		if (cell->kind == HC_BOOK_EMPTY && !cell->merged)
			continue;
		printf("%zu\t%zu\t%zu\t%s\t", sheet + 1, row->number, i + 1,
		    kinds[cell->kind]);
		print_text(cell->text);
		putchar('\t');
		print_text(cell->kana != NULL ? cell->kana : "");
		printf("%s%s\n", row->hidden || hc_book_hidden(book, i) ?
		    "\thidden" : "", cell->merged ? "\tmerged" : "");
	}
}

static void
print_book(struct hc_book *book)
{
	struct hc_book_row row;
	enum hc_status rc;
	size_t i;

	for (i = 0; i < book->nsheets; i++) {
		printf("sheet\t%zu\t%s\t%s\n", i + 1, book->sheets[i].hidden ?
		    "hidden" : "visible", book->sheets[i].name);
		if ((rc = hc_book_select(book, i)) == HC_OK)
			while ((rc = hc_book_next(book, &row)) == HC_OK)
				print_row(book, i, &row);
		if (rc != HC_NOTFOUND)
			errx(hc_status_exit(rc), "%s", book->error.text);
	}
}

int
main(int argc, char *argv[])
{
	struct hc_error error = { "" };
	struct hc_buf bytes = HC_BUF_INIT;
	struct hc_book *book;
	enum hc_status rc;
	char block[65536];
	size_t n;
	FILE *f;

	if (argc != 2)
		errx(EX_USAGE, "usage: xls-cat file");
	if ((f = fopen(argv[1], "rb")) == NULL)
		err(EX_NOINPUT, "%s", argv[1]);
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		hc_buf_add(&bytes, block, n);
	fclose(f);
	rc = hc_xls_open(&book, hc_buf_text(&bytes), bytes.len, &error);
	hc_buf_free(&bytes);
	if (rc != HC_OK)
		errx(hc_status_exit(rc), "%s", error.text);
	print_book(book);
	hc_book_close(book);
	return 0;
}
