/*
 * Any bytes as a workbook: no crash, nothing beyond the limits of book.h.
 *
 * What begins with PK is a package; else the input is a sheet, its strings,
 * its styles, the workbook and its relationships, with NULs between them,
 * those that are missing being as usual.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xlsx.h"

#include "../package.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/" \
	"relationships/"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_text(const char *text, size_t max)
{
	size_t len = strlen(text);

	if (len > max || !hc_utf8_valid(text, len, NULL))
		abort();
}

static void
read_sheet(struct hc_book *book, size_t sheet)
{
	struct hc_book_row row;
	enum hc_status rc;
	size_t i;

	rc = hc_book_select(book, sheet);
	while (rc == HC_OK && (rc = hc_book_next(book, &row)) == HC_OK) {
		if (row.number == 0 || row.number > HC_BOOK_ROWS_MAX ||
		    row.ncells == 0 || row.ncells > HC_BOOK_COLUMNS_MAX)
			abort();
		for (i = 0; i < row.ncells; i++) {
			check_text(row.cells[i].text, HC_BOOK_CELL_MAX);
			if ((row.cells[i].kind == HC_BOOK_EMPTY) !=
			    (*row.cells[i].text == '\0'))
				abort();
			if (row.cells[i].kana != NULL)
				check_text(row.cells[i].kana,
				    4 * HC_BOOK_CELL_MAX);
			hc_book_hidden(book, i);
		}
	}
	if (rc != HC_NOTFOUND && *book->error.text == '\0')
		abort();
}

static char *
make(const char *s, size_t size, size_t *len)
{
	static const char *const names[] = { "xl/worksheets/sheet1.xml",
		"xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
		"xl/_rels/workbook.xml.rels" };
	static const char *const usual[] = { "<worksheet/>",
		"<sst><si><t>x</t></si><si><t>y</t><rPh sb='0' eb='1'><t>z</t>"
		"</rPh></si></sst>", "<styleSheet><cellXfs><xf/>"
		"<xf numFmtId='56'/><xf numFmtId='22'/></cellXfs></styleSheet>",
		"<workbook xmlns='" MAIN "' xmlns:r='http://schemas."
		"openxmlformats.org/officeDocument/2006/relationships'>"
		"<sheets><sheet name='a' r:id='a'/></sheets></workbook>",
		"<Relationships><Relationship Id='a' Type='" REL "worksheet' "
		"Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='"
		REL "sharedStrings' Target='sharedStrings.xml'/>"
		"<Relationship Id='c' Type='" REL "styles' "
		"Target='styles.xml'/></Relationships>" };
	struct package p = { .count = 0 };
	const char *end = s + size, *nul;
	size_t i, n;

	for (i = 0; i < 5; i++) {
		n = (size_t)(end - s);
		nul = n > 0 ? memchr(s, '\0', n) : NULL;
		if (nul != NULL)
			n = (size_t)(nul - s);
		if (n > 0)
			package_add(&p, names[i], s, n);
		else
			package_add(&p, names[i], usual[i], strlen(usual[i]));
		p.parts[i].stored = true;
		s = nul != NULL ? nul + 1 : end;
	}
	return package_bytes(&p, len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool whole = size > 2 && data[0] == 'P' && data[1] == 'K';
	const char *bytes = (const char *)data;
	struct hc_error err = { "" };
	struct hc_book *book = NULL;
	struct hc_zip *zip;
	char *made = NULL;
	size_t i;

	if (!whole)
		bytes = made = make(bytes, size, &size);
	if (hc_zip_open_bytes(&zip, bytes, size, &err) == HC_OK &&
	    hc_xlsx_open(&book, zip, &err) == HC_OK)
		for (i = 0; i < book->nsheets && i < 3; i++)
			read_sheet(book, i);
	else if (*err.text == '\0')
		abort();
	hc_book_close(book);
	free(made);
	return 0;
}
