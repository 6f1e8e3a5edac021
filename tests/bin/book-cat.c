/*
 * book-cat: print what a workbook holds, for tests.  One line a cell that is
 * not empty, TSV: sheet, cell, kind, text, furigana; marks are "h" (hidden
 * row), "c" (hidden column), "s" (hidden sheet), "m" (repeats a merged cell).
 *
 *	book-cat FILE		("-" is standard input)
 *	book-cat -n FILE	only read it: prints how many rows and cells,
 *				and how many kB of memory that took
 */
#include <sys/resource.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/book.h"
#include "base/tsv.h"

static bool count_only;
static size_t rows, cells;

static void
print_cell(const struct hc_book *book, const struct hc_book_sheet *sheet,
    const struct hc_book_row *row, size_t column)
{
	static const char *const kinds[] = { "empty", "text", "number",
		"date", "time", "bool", "error" };
	const struct hc_book_cell *cell = &row->cells[column];
	struct hc_buf line = HC_BUF_INIT;
	char letter[8];

	hc_book_letter(column, letter);
	hc_tsv_escape(&line, sheet->name);
	hc_buf_printf(&line, "\t%s%zu\t%s\t", letter, row->number,
	    kinds[cell->kind]);
	hc_tsv_escape(&line, cell->text);
	hc_buf_putc(&line, '\t');
	hc_tsv_escape(&line, cell->kana != NULL ? cell->kana : "");
	hc_buf_printf(&line, "\t%s%s%s%s\n", sheet->hidden ? "s" : "",
	    row->hidden ? "h" : "", hc_book_hidden(book, column) ? "c" : "",
	    cell->merged ? "m" : "");
	fputs(hc_buf_text(&line), stdout);
	hc_buf_free(&line);
}

static enum hc_status
print_sheet(struct hc_book *book, size_t sheet)
{
	struct hc_book_row row;
	enum hc_status rc;
	size_t i;

	if ((rc = hc_book_select(book, sheet)) != HC_OK)
		return rc;
	while ((rc = hc_book_next(book, &row)) == HC_OK) {
		rows++;
		for (i = 0; i < row.ncells; i++) {
			if (row.cells[i].kind == HC_BOOK_EMPTY)
				continue;
			cells++;
			if (!count_only)
				print_cell(book, &book->sheets[sheet], &row,
				    i);
		}
	}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

int
main(int argc, char *argv[])
{
	struct hc_error error = { "" };
	struct hc_book *book = NULL;
	struct rusage usage;
	enum hc_status rc;
	size_t i;
	int fd = STDIN_FILENO;

	if (argc > 1 && strcmp(argv[1], "-n") == 0) {
		count_only = true;
		argc--;
		argv++;
	}
	if (argc != 2)
		errx(EX_USAGE, "usage: book-cat [-n] FILE");
	if (strcmp(argv[1], "-") != 0 &&
	    (fd = open(argv[1], O_RDONLY | O_CLOEXEC)) == -1)
		err(EX_NOINPUT, "%s", argv[1]);
	rc = hc_book_open(&book, fd, &error);
	for (i = 0; rc == HC_OK && i < book->nsheets; i++)
		if ((rc = print_sheet(book, i)) != HC_OK)
			error = book->error;
	if (rc != HC_OK)
		warnx("%s: %s", argv[1], error.text);
	if (count_only) {
		getrusage(RUSAGE_SELF, &usage);
		printf("%zu\t%zu\t%ld\n", rows, cells, usage.ru_maxrss);
	}
	hc_book_close(book);
	return hc_status_exit(rc);
}
