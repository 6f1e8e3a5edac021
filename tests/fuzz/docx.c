/*
 * Anything as a Word document: what begins with PK is a package, all else its
 * main part.  Texts are valid, no row is empty, none comes before another.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/docx.h"
#include "base/utf8.h"

#include "../package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(int truth)
{
	if (!truth)
		abort();
}

static void
require_text(const char *text)
{
	require(hc_utf8_valid(text, strlen(text), NULL));
	require(strlen(text) <= HC_BOOK_CELL_MAX);
}

static void
read_sheet(struct hc_book *book, size_t sheet)
{
	struct hc_book_row row;
	size_t i, last = 0;

	require_text(book->sheets[sheet].name);
	require(hc_book_select(book, sheet) == HC_OK);
	while (hc_book_next(book, &row) == HC_OK) {
		require(row.number > last && row.ncells > 0);
		last = row.number;
		for (i = 0; i < row.ncells; i++) {
			require_text(row.cells[i].text);
			if (row.cells[i].kana != NULL)
				require_text(row.cells[i].kana);
		}
	}
}

static char *
wrap(const uint8_t *data, size_t size, size_t *len)
{
	struct package p = { .count = 0 };
	char *bytes;

	if (size >= 2 && memcmp(data, "PK", 2) == 0) {
		if ((bytes = malloc(size)) == NULL)
			abort();
		memcpy(bytes, data, size);
		*len = size;
		return bytes;
	}
	package_add(&p, "word/document.xml", (const char *)data, size);
	p.parts[0].stored = true;
	return package_bytes(&p, len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_error error = { "" };
	struct hc_book *book;
	struct hc_zip *zip;
	size_t len, i;
	char *bytes = wrap(data, size, &len);

	if (hc_zip_open_bytes(&zip, bytes, len, &error) == HC_OK) {
		if (hc_docx_open(&book, zip, &error) == HC_OK) {
			for (i = 0; i < book->nsheets; i++)
				read_sheet(book, i);
			hc_book_close(book);
		} else
			require(error.text[0] != '\0');
	}
	free(bytes);
	return 0;
}
