/*
 * Anything as an xls workbook: as the file, and as the stream within it, of
 * which the fuzzer could not mend the sectors.  Every sheet is read through;
 * no cell may be without text.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SECTOR 512
#define END 0xfffffffeU
#define FREE 0xffffffffU

static void
put32(uint8_t *at, uint32_t value)
{
	int i;

	for (i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (i * 8));
}

/* The name, kind and place of a stream or the root. */
static void
put_entry(uint8_t *e, const char *name, uint8_t kind, uint32_t first,
    uint32_t size)
{
	size_t i, n = strlen(name);

	for (i = 0; i < n; i++)
		e[i * 2] = (uint8_t)name[i];
	e[64] = (uint8_t)(n * 2 + 2);
	e[66] = kind;
	put32(e + 68, FREE);
	put32(e + 72, FREE);
	put32(e + 76, kind == 5 ? 1 : FREE);
	put32(e + 116, first);
	put32(e + 120, size);
}

/* A compound file around the stream: one sector of FAT, the directory, and
   the stream; NULL if it is too long for that. */
static uint8_t *
wrap(const uint8_t *data, size_t size, size_t *len)
{
	static const char magic[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	size_t n = (size + SECTOR - 1) / SECTOR, i;
	uint8_t *file, *fat;

	if (n == 0 || n > 100)
		return NULL;
	*len = (3 + n) * SECTOR;
	if ((file = calloc(1, *len)) == NULL)
		return NULL;
	memcpy(file, magic, 8);
	file[30] = 9;
	put32(file + 48, 1);
	put32(file + 60, END);
	put32(file + 68, END);
	memset(file + 76, 0xff, SECTOR - 76);
	put32(file + 76, 0);
	fat = file + SECTOR;
	memset(fat, 0xff, SECTOR);
	put32(fat + 4, END);
	for (i = 0; i < n; i++)
		put32(fat + 8 + i * 4, i + 1 < n ? (uint32_t)i + 3 : END);
	put_entry(file + SECTOR * 2, "Root Entry", 5, END, 0);
	put_entry(file + SECTOR * 2 + 128, "Workbook", 2, 2, (uint32_t)size);
	memcpy(file + SECTOR * 3, data, size);
	return file;
}

static void
require(int truth)
{
	if (!truth)
		abort();
}

static void
read_book(const void *data, size_t size)
{
	struct hc_error error = { "" };
	struct hc_book_row row;
	struct hc_book *book;
	enum hc_status rc;
	size_t i, j, last;

	if (hc_xls_open_here(&book, data, size, &error) != HC_OK) {
		require(error.text[0] != '\0');
		return;
	}
	for (i = 0; i < book->nsheets && i < 4; i++) {
		require(hc_utf8_valid(book->sheets[i].name,
		    strlen(book->sheets[i].name), NULL));
		if (hc_book_select(book, i) != HC_OK)
			continue;
		last = 0;
		while ((rc = hc_book_next(book, &row)) == HC_OK) {
			require(row.number > last && row.ncells > 0);
			last = row.number;
			for (j = 0; j < row.ncells; j++)
				require(hc_utf8_valid(row.cells[j].text,
				    strlen(row.cells[j].text), NULL));
		}
		require(rc == HC_NOTFOUND || rc == HC_INVALID);
	}
	hc_book_close(book);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *file;
	size_t len;

	read_book(data, size);
	if ((file = wrap(data, size, &len)) != NULL)
		read_book(file, len);
	free(file);
	return 0;
}
