/* Workbooks, made here from their XML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/xlsx.h"

#include "../package.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/" \
	"relationships"
#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define STRICT_REL "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define PACKAGE_REL "http://schemas.openxmlformats.org/package/2006/" \
	"relationships"

/* The parts of a workbook; those that are NULL are as usual, "" are not
   there. */
struct parts {
	const char *rels, *workbook, *workbook_rels, *strings, *styles;
	const char *sheet;
};

static const struct parts usual = {
	HEAD "<Relationships xmlns='" PACKAGE_REL "'><Relationship Id='a' "
	    "Type='" REL "/officeDocument' Target='xl/workbook.xml'/>"
	    "</Relationships>",
	HEAD "<workbook xmlns='" MAIN "' xmlns:r='" REL "'><sheets>"
	    "<sheet name='一覧' sheetId='1' r:id='s1'/></sheets></workbook>",
	HEAD "<Relationships xmlns='" PACKAGE_REL "'>"
	    "<Relationship Id='s1' Type='" REL "/worksheet' "
	    "Target='worksheets/sheet1.xml'/>"
	    "<Relationship Id='s2' Type='" REL "/worksheet' "
	    "Target='/xl/worksheets/sheet2.xml'/>"
	    "<Relationship Id='t' Type='" REL "/sharedStrings' "
	    "Target='../xl/./sharedStrings.xml'/>"
	    "<Relationship Id='u' Type='" REL "/styles' "
	    "Target='styles.xml'/>"
	    "<Relationship Id='c' Type='" REL "/chartsheet' "
	    "Target='chartsheets/sheet1.xml'/>"
	    "<Relationship Id='x' Type='" REL "/worksheet' "
	    "Target='file:///etc/passwd' TargetMode='External'/>"
	    "</Relationships>",
	HEAD "<sst xmlns='" MAIN "'><si><t>氏名</t></si><si><r><t>高</t></r>"
	    "<r><rPr><b/></rPr><t xml:space='preserve'>橋　一郎 </t></r>"
	    "<rPh sb='0' eb='2'><t>タカハシ</t></rPh>"
	    "<rPh sb='3' eb='5'><t>イチロウ</t></rPh><phoneticPr fontId='1'/>"
	    "</si><si><t>a_x000D_\nb_x0009_c_x005F_d_xD842__xDFB7_</t></si>"
	    "<si><t/></si><si><t>𠮷田</t><rPh sb='0' eb='2'><t>ヨシ</t></rPh>"
	    "</si></sst>",
	HEAD "<styleSheet xmlns='" MAIN "'><numFmts>"
	    "<numFmt numFmtId='164' formatCode='[$-411]ge.m.d;@'/>"
	    "<numFmt numFmtId='165' formatCode='yyyy/m/d\\ h:mm'/>"
	    "<numFmt numFmtId='166' formatCode='[Red]0.0'/>"
	    "<numFmt numFmtId='167' formatCode='[h]:mm'/></numFmts>"
	    "<cellStyleXfs><xf numFmtId='14'/><xf numFmtId='14'/>"
	    "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='56'/>"
	    "<xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>"
	    "<xf numFmtId='167'/><xf numFmtId='20'/></cellXfs><dxfs><dxf>"
	    "<numFmt numFmtId='0' formatCode='yyyy'/></dxf></dxfs>"
	    "</styleSheet>",
	NULL
};

static char *
make(const struct parts *p, size_t *len)
{
	static const char *const names[] = { "_rels/.rels", "xl/workbook.xml",
		"xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
		"xl/styles.xml", "xl/worksheets/sheet1.xml" };
	const char *const own[] = { p->rels, p->workbook, p->workbook_rels,
		p->strings, p->styles, p->sheet };
	const char *const others[] = { usual.rels, usual.workbook,
		usual.workbook_rels, usual.strings, usual.styles, "" };
	struct package package = { .count = 0 };
	const char *text;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		text = own[i] != NULL ? own[i] : others[i];
		if (*text != '\0')
			package_add(&package, names[i], text, strlen(text));
	}
	return package_bytes(&package, len);
}

/* Rows as NUMBER[cell][cell]; cells with the first letter of their kind,
   furigana behind '/', '+' if merged, '!' behind a hidden row's number. */
static void
dump(struct hc_book *book, size_t sheet, struct hc_buf *out)
{
	const struct hc_book_cell *cell;
	struct hc_book_row row;
	enum hc_status rc;
	size_t i;

	rc = hc_book_select(book, sheet);
	while (rc == HC_OK && (rc = hc_book_next(book, &row)) == HC_OK) {
		hc_buf_printf(out, "%s%zu%s", out->len > 0 ? " " : "",
		    row.number, row.hidden ? "!" : "");
		for (i = 0; i < row.ncells; i++) {
			cell = &row.cells[i];
			hc_buf_printf(out, "[%s%s%s%s%s]",
			    cell->merged ? "+" : "",
			    &".\0t\0n\0d\0h\0b\0e"[cell->kind * 2],
			    cell->text, cell->kana != NULL ? "/" : "",
			    cell->kana != NULL ? cell->kana : "");
		}
	}
	if (rc != HC_NOTFOUND)
		hc_buf_printf(out, "%s%s", out->len > 0 ? " " : "",
		    book->error.text);
}

static void
check_parts(const struct parts *parts, const char *wanted)
{
	struct hc_buf got = HC_BUF_INIT, again = HC_BUF_INIT;
	struct hc_error err = { "" };
	struct hc_book *book;
	struct hc_zip *zip;
	size_t len;
	char *bytes = make(parts, &len);

	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, &err), HC_OK);
	if (hc_xlsx_open(&book, zip, &err) != HC_OK) {
		hc_buf_puts(&got, err.text);
	} else {
		dump(book, 0, &got);
		dump(book, 0, &again);
		assert_string_equal(hc_buf_text(&got), hc_buf_text(&again));
	}
	if (strcmp(hc_buf_text(&got), wanted) != 0)
		fail_msg("'%s' instead of '%s'", hc_buf_text(&got), wanted);
	hc_book_close(book);
	hc_buf_free(&got);
	hc_buf_free(&again);
	free(bytes);
}

/* A sheet whose rows are ${rows}, with what stands before and behind. */
static void
check_sheet(const char *before, const char *rows, const char *behind,
    const char *wanted)
{
	struct hc_buf sheet = HC_BUF_INIT;
	struct parts parts = { NULL };

	hc_buf_printf(&sheet, HEAD "<worksheet xmlns='" MAIN "'>%s"
	    "<sheetData>%s</sheetData>%s</worksheet>", before, rows, behind);
	parts.sheet = hc_buf_text(&sheet);
	check_parts(&parts, wanted);
	hc_buf_free(&sheet);
}

static const struct {
	const char *cell, *wanted;
} cells[] = {
	/* Numbers. */
	{ "<c r='A1'><v>1</v></c>", "1[n1]" },
	{ "<c r='A1' t='n'><v>48000001</v></c>", "1[n48000001]" },
	{ "<c r='A1'><v>0.30000000000000004</v></c>", "1[n0.3]" },
	{ "<c r='A1'><v>1.1000000000000001</v></c>", "1[n1.1]" },
	{ "<c r='A1'><v>4.8000001E7</v></c>", "1[n48000001]" },
	{ "<c r='A1'><v>-0</v></c>", "1[n0]" },
	{ "<c r='A1'><v>-2.5</v></c>", "1[n-2.5]" },
	{ "<c r='A1'><v>007</v></c>", "1[n7]" },
	{ "<c r='A1'><v>123456789012345</v></c>", "1[n123456789012345]" },
	{ "<c r='A1'><v>0x10</v></c>", "1[t0x10]" },
	{ "<c r='A1'><v>nan</v></c>", "1[tnan]" },
	{ "<c r='A1' s='4'><v>36.8</v></c>", "1[n36.8]" },
	/* Days and times. */
	{ "<c r='A1' s='1'><v>44207</v></c>", "1[d2021-01-11]" },
	{ "<c r='A1' s='2'><v>44207</v></c>", "1[d2021-01-11]" },
	{ "<c r='A1' s='3'><v>44207.5</v></c>", "1[d2021-01-11T12:00:00]" },
	{ "<c r='A1' s='3'><v>44207.99999999</v></c>", "1[d2021-01-12]" },
	{ "<c r='A1' s='5'><v>1.0625</v></c>", "1[h25:30:00]" },
	{ "<c r='A1' s='6'><v>0.395833333333333</v></c>", "1[h09:30:00]" },
	{ "<c r='A1' s='1'><v>60</v></c>", "1[d1900-02-29]" },
	{ "<c r='A1' s='1'><v>1</v></c>", "1[d1900-01-01]" },
	{ "<c r='A1' s='99'><v>44207</v></c>", "1[n44207]" },
	{ "<c r='A1' t='d'><v>2021-01-11</v></c>", "1[d2021-01-11]" },
	{ "<c r='A1' t='d'><v>2021-01-11T09:30:59.7</v></c>",
	    "1[d2021-01-11T09:31:00]" },
	{ "<c r='A1' t='d'><v>2021-01-11T00:00:00Z</v></c>",
	    "1[d2021-01-11]" },
	{ "<c r='A1' t='d'><v>2020-12-31T23:59:59.9</v></c>",
	    "1[d2021-01-01]" },
	{ "<c r='A1' t='d'><v>09:30:00</v></c>", "1[h09:30:00]" },
	{ "<c r='A1' t='d'><v>T09:30</v></c>", "1[h09:30:00]" },
	{ "<c r='A1' t='d'><v>2021-02-30</v></c>", "1[t2021-02-30]" },
	{ "<c r='A1' t='d'><v>2021-02-03X10:00</v></c>",
	    "1[t2021-02-03X10:00]" },
	{ "<c r='A1' t='d'><v>24:00:00</v></c>", "1[t24:00:00]" },
	/* Texts. */
	{ "<c r='A1' t='s'><v>0</v></c>", "1[t氏名]" },
	{ "<c r='A1' t='s'><v>1</v></c>",
	    "1[t高橋　一郎 /タカハシ　イチロウ ]" },
	{ "<c r='A1' t='s'><v>2</v></c>", "1[ta\r\nb\tc_d𠮷]" },
	{ "<c r='A1' t='s'><v>4</v></c>", "1[t𠮷田/ヨシ田]" },
	{ "<c r='A1' t='s'><v>3</v></c><c r='B1'><v>1</v></c>", "1[.][n1]" },
	{ "<c r='A1' t='s'><v></v></c><c r='B1'><v>1</v></c>", "1[.][n1]" },
	{ "<c r='A1' t='s'><v>5</v></c>", "cell A1: the workbook is damaged: "
	    "it lacks the cell's text; let Excel repair it" },
	{ "<c r='A1' t='s'><v>-1</v></c>", "cell A1: the workbook is damaged: "
	    "it lacks the cell's text; let Excel repair it" },
	{ "<c r='A1' t='str'><f>A2</f><v>001</v></c>", "1[t001]" },
	{ "<c r='A1' t='inlineStr'><is><t>a</t><r><t>&lt;b</t></r>"
	    "<rPh sb='0' eb='1'><t>x</t></rPh></is></c>", "1[ta<b/x<b]" },
	{ "<c r='A1' t='inlineStr'><is><t>1.</t></is><v>1.0</v></c>",
	    "1[t1.]" },
	{ "<c r='A1' t='inlineStr'><v>x_x000D_</v></c>", "1[tx\r]" },
	{ "<c r='A1' t='inlineStr'><is><t><![CDATA[<&>]]></t></is></c>",
	    "1[t<&>]" },
	{ "<c r='A1' t='inlineStr'><is><t>_x00_xD800_x_xZZZZ__x0000_</t>"
	    "</is></c>", "1[t_x00\xef\xbf\xbdx_xZZZZ_\xef\xbf\xbd]" },
	/* The rest. */
	{ "<c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>0</v></c>",
	    "1[bTRUE][bFALSE]" },
	{ "<c r='A1' t='e'><v>#N/A</v></c>", "1[e#N/A]" },
	{ "<c r='A1'><f>SUM(B1:B9)</f><v>12</v></c>", "1[n12]" },
	{ "<c r='A1'><f>B1&amp;C1</f></c>", "1[e=B1&C1]" },
	{ "<c r='A1'><f>B1</f><v/></c>", "1[e=B1]" },
	{ "<c r='A1'><f t='shared' si='0'/></c>", "1[e=]" },
	{ "<c r='A1' t='str'><f>B1</f><v></v></c>", "" },
	{ "<c r='A1' s='1'/>", "" },
	{ "<c><v>1</v></c><c><v>2</v></c><c r='E1'><v>5</v></c><c><v>6</v>"
	    "</c>", "1[n1][n2][.][.][n5][n6]" },
	{ "<c r='C1'><v>3</v></c><c r='A1'><v>1</v></c>", "1[n1][.][n3]" },
	{ "<c r='XFD1'/><c r='A1'><v>1</v></c>", "1[n1]" },
	{ "<c r='XFE1'/><c r='A1'><v>1</v></c>",
	    "cell XFE1: more columns than Excel has" },
	{ "<c r='ZZZZZZZZZZ1'><v>1</v></c>", "1[n1]" },
	{ "<c r='A1'><is><t>no type</t></is></c>", "1[tno type]" },
	{ "<c r='A1'><extLst><v>no</v></extLst><v>1</v></c>", "1[n1]" },
};

static void
test_cells(void **state)
{
	struct hc_buf row = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		hc_buf_clear(&row);
		hc_buf_printf(&row, "<row r='1'>%s</row>", cells[i].cell);
		check_sheet("", hc_buf_text(&row), "", cells[i].wanted);
	}
	hc_buf_free(&row);
}

#define N(at, n) "<c r='" at "'><v>" n "</v></c>"

static void
test_rows(void **state)
{
	(void)state;
	check_sheet("", "", "", "");
	check_sheet("", "<row/><row><c><v>1</v></c></row>", "", "2[n1]");
	check_sheet("", "<row r='5'>" N("B5", "1") "</row><row hidden='1'>"
	    N("A6", "2") "</row>", "", "5[.][n1] 6![n2]");
	check_sheet("", "<row r='1048577'>" N("A1", "1") "</row>", "",
	    "cell A1048577: more rows than Excel has");
	check_sheet("", "<row r='1'>" N("A1", "1") "</row><row r='1'>"
	    N("A1", "2") "</row>", "", "1[n1] 1[n2]");
	/* A row does not keep anything of the one before. */
	check_sheet("", "<row>" N("A1", "1") N("B1", "2") "</row><row>"
	    N("A2", "3") "</row>", "", "1[n1][n2] 2[n3]");
}

#define MERGED(ref) "<mergeCells><mergeCell ref='" ref "'/></mergeCells>"

static void
test_merged(void **state)
{
	(void)state;
	/* A title; a heading of two rows; a person of two rows. */
	check_sheet("", "<row r='1'>" N("A1", "1") "</row>",
	    MERGED("A1:C1"), "1[n1][+n1][+n1]");
	check_sheet("", "<row r='1'>" N("A1", "1") N("B1", "2") "</row>"
	    "<row r='2'><c r='A2' s='1'/>" N("B2", "3") "</row>"
	    "<row r='3'>" N("B3", "4") "</row>", MERGED("A1:A2"),
	    "1[n1][n2] 2[+n1][n3] 3[.][n4]");
	check_sheet("", "<row r='1'><c r='A1' t='s'><v>1</v></c></row>"
	    "<row r='2'>" N("C2", "3") "</row>", MERGED("A1:B2"),
	    "1[t高橋　一郎 /タカハシ　イチロウ ][+t高橋　一郎 /タカハシ　イチロウ ] "
	    "2[+t高橋　一郎 /タカハシ　イチロウ ][+t高橋　一郎 /タカハシ　イチロウ ]"
	    "[n3]");
	/* What only repeats is no row, and what is covered is not seen. */
	check_sheet("", "<row r='1'>" N("A1", "1") "</row>"
	    "<row r='2'/><row r='4'>" N("A4", "8") N("B4", "9") "</row>"
	    "<row r='5'>" N("A5", "7") "</row>", MERGED("A1:A4"),
	    "1[n1] 4[+n1][n9] 5[n7]");
	/* One whose first row is not there is empty. */
	check_sheet("", "<row r='2'>" N("B2", "1") "</row>", MERGED("A1:A2"),
	    "2[+.][n1]");
	/* Overlaps, and what is none. */
	check_sheet("", "<row r='1'>" N("A1", "1") N("B1", "2") "</row>",
	    "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='B1:C1'/>"
	    "<mergeCell ref='B2:A1'/><mergeCell ref='C0:C0'/><mergeCell/>"
	    "<mergeCell ref='A'/><mergeCell ref='A1:'/>"
	    "<mergeCell ref='A1:XFE9999999'/></mergeCells>", "1[n1][+n1]");
}

static void
test_hidden(void **state)
{
	static const struct parts parts = {
		.workbook = HEAD "<x:workbook xmlns:x='" MAIN "' xmlns:q='"
		    REL "'><x:workbookPr date1904='true'/><x:sheets>"
		    "<x:sheet name='a' sheetId='1' state='hidden' "
		    "q:id='s1'/><x:sheet name='chart' sheetId='2' q:id='c'/>"
		    "<x:sheet name='gone' sheetId='3' q:id='s2' "
		    "state='veryHidden'/><x:sheet name='none' q:id='s9'/>"
		    "<x:sheet name='out' q:id='x'/>"
		    "<x:sheet name='b &amp; c' q:id='s1' state='visible'/>"
		    "</x:sheets></x:workbook>",
		.sheet = HEAD "<x:worksheet xmlns:x='" MAIN "'><x:cols>"
		    "<x:col min='2' max='3' hidden='1'/>"
		    "<x:col min='4' max='99999999' hidden='0'/>"
		    "<x:col min='16384' max='4294967295' hidden='true'/>"
		    "</x:cols><x:sheetData><x:row><x:c s='1'><x:v>1</x:v>"
		    "</x:c></x:row></x:sheetData></x:worksheet>",
	};
	struct hc_buf got = HC_BUF_INIT;
	struct hc_error err = { "" };
	struct hc_book *book;
	struct hc_zip *zip;
	size_t len;
	char *bytes = make(&parts, &len);

	(void)state;
	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, &err), HC_OK);
	assert_int_equal(hc_xlsx_open(&book, zip, &err), HC_OK);
	assert_int_equal(book->nsheets, 3);
	assert_string_equal(book->sheets[0].name, "a");
	assert_true(book->sheets[0].hidden);
	assert_string_equal(book->sheets[1].name, "gone");
	assert_true(book->sheets[1].hidden);
	assert_string_equal(book->sheets[2].name, "b & c");
	assert_false(book->sheets[2].hidden);
	assert_int_equal(hc_book_select(book, 2), HC_OK);
	assert_false(hc_book_hidden(book, 0));
	assert_true(hc_book_hidden(book, 1));
	assert_true(hc_book_hidden(book, 2));
	assert_false(hc_book_hidden(book, 3));
	assert_true(hc_book_hidden(book, 16383));
	assert_false(hc_book_hidden(book, 16384));
	/* Again and again, and what is not there. */
	dump(book, 0, &got);
	dump(book, 2, &got);
	dump(book, 1, &got);
	assert_int_equal(hc_book_select(book, 3), HC_NOTFOUND);
	assert_string_equal(hc_buf_text(&got), "1[d1904-01-02] "
	    "1[d1904-01-02] the file has no part 'xl/worksheets/sheet2.xml'");
	hc_book_close(book);
	hc_buf_free(&got);
	free(bytes);
}

static const struct {
	const char *name, *wanted;
	struct parts parts;
} books[] = {
	{ "strict", "1[d2021-01-11]", {
		.rels = "<Relationships xmlns='" PACKAGE_REL "'>"
		    "<Relationship Id='a' Type='" STRICT_REL
		    "/officeDocument' Target='/xl/workbook.xml'/>"
		    "</Relationships>",
		.workbook = "<workbook xmlns='" STRICT "' xmlns:r='"
		    STRICT_REL "'><sheets><sheet name='a' r:id='s1'/></sheets>"
		    "</workbook>",
		.sheet = "<worksheet xmlns='" STRICT "'><sheetData><row>"
		    "<c t='d'><v>2021-01-11</v></c></row></sheetData>"
		    "</worksheet>" } },
	{ "no strings, no styles, no .rels", "1[n44207]", {
		.rels = "", .strings = "", .styles = "",
		.sheet = "<worksheet xmlns='" MAIN "'><sheetData><row><c s='1'>"
		    "<v>44207</v></c></row></sheetData></worksheet>" } },
	{ "no namespaces at all", "1[t氏名]", {
		.sheet = "<worksheet><sheetData><row><c t='s'><v>0</v></c>"
		    "</row></sheetData></worksheet>" } },
	{ "elements of others", "1[n1]", {
		.sheet = "<worksheet xmlns='" MAIN "' xmlns:y='urn:y' xmlns:mc="
		    "'http://schemas.openxmlformats.org/markup-compatibility/"
		    "2006'><y:sheetData/><sheetData><y:row/><row>"
		    "<y:c><y:v>9</y:v></y:c><mc:AlternateContent>"
		    "<mc:Choice><c><v>8</v></c></mc:Choice>"
		    "<mc:Fallback><c y:t='s'><v>1</v></c></mc:Fallback>"
		    "</mc:AlternateContent></row></sheetData></worksheet>" } },
	{ "two sheetData", "1[n1]", {
		.sheet = "<worksheet><sheetData/><sheetData><row><c><v>1</v>"
		    "</c></row></sheetData><sheetData/></worksheet>" } },
	{ "no rows", "", {
		.sheet = "<worksheet xmlns='" MAIN "'/>" } },
	{ "no workbook", "it holds no Excel workbook", {
		.rels = "", .workbook = "" } },
	{ "something else", "it holds no Excel workbook", {
		.workbook = "<presentation/>" } },
	{ "no sheets", "the workbook has no sheet of cells", {
		.workbook = "<workbook/>" } },
	{ "no sheet", "the file has no part 'xl/worksheets/sheet1.xml'", {
		.sheet = "" } },
	{ "binary", "it is a binary Excel workbook (xlsb): open it in Excel, "
	    "and save it as an Excel workbook (xlsx)", {
		.rels = "<Relationships xmlns='" PACKAGE_REL "'>"
		    "<Relationship Id='a' Type='" REL
		    "/officeDocument' Target='xl/workbook.bin'/>"
		    "</Relationships>" } },
	{ "an entity", "the file defines entities "
	    "('xl/worksheets/sheet1.xml'), which no Office program writes and "
	    "which are not read for safety", {
		.sheet = "<!DOCTYPE worksheet [<!ENTITY a SYSTEM "
		    "'file:///etc/passwd'>]><worksheet xmlns='" MAIN "'>"
		    "<sheetData><row><c t='str'><v>&a;</v></c></row>"
		    "</sheetData></worksheet>" } },
	{ "an entity among the strings", "the file defines entities "
	    "('xl/sharedStrings.xml'), which no Office program writes and "
	    "which are not read for safety", {
		.strings = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
		    "'&a;&a;&a;&a;'>]><sst><si><t>&b;</t></si></sst>" } },
	{ "an entity in the package", "the file defines entities "
	    "('_rels/.rels'), which no Office program writes and which are "
	    "not read for safety", {
		.rels = "<!DOCTYPE a><a/>" } },
	{ "cut short", "1[n1] the file is damaged "
	    "('xl/worksheets/sheet1.xml', line 2: no element found): ask for "
	    "it again, or let Excel repair it", {
		.sheet = "<worksheet><sheetData><row><c><v>1</v></c></row>\n"
		    "<row><c>" } },
	{ "not well-formed", "the file is damaged ('xl/styles.xml', line 1: "
	    "mismatched tag): ask for it again, or let Excel repair it", {
		.styles = "<styleSheet></a>" } },
};

static void
test_books(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(books) / sizeof(books[0]); i++) {
		print_message("%s\n", books[i].name);
		check_parts(&books[i].parts, books[i].wanted);
	}
}

/* ${n} times ${what} into the rows of a sheet. */
static void
check_many(size_t n, const char *before, const char *what, const char *after,
    const char *wanted)
{
	struct hc_buf rows = HC_BUF_INIT;

	hc_buf_puts(&rows, before);
	while (n-- > 0)
		hc_buf_puts(&rows, what);
	hc_buf_puts(&rows, after);
	check_sheet("", hc_buf_text(&rows), "", wanted);
	hc_buf_free(&rows);
}

#define SHEET1 "('xl/worksheets/sheet1.xml')"

static void
test_limits(void **state)
{
	struct hc_buf names = HC_BUF_INIT, areas = HC_BUF_INIT;
	struct hc_buf cell = HC_BUF_INIT;
	int i;

	(void)state;
	hc_buf_puts(&cell, "<c t='str'><v>");
	check_many(300, "", "<a>", "", "the file is nested too deep "
	    "('xl/worksheets/sheet1.xml')");
	check_many(120000, "<row a='", "0123456789", "'/>",
	    "the file holds a tag that is too long " SHEET1);
	check_many(20000, "<row><c t='str'><v>", "0123456789", "</v></c></row>",
	    "cell A1: the text is longer than Excel's cells can be");
	check_many(40000, "<row><c t='inlineStr'><is><t>", "0123456789",
	    "</t></is></c></row>",
	    "cell A1: the text is longer than Excel's cells can be");
	/* A row of 50 cells that are each just short enough. */
	for (i = 0; i < 100000; i++)
		hc_buf_putc(&cell, 'x');
	hc_buf_puts(&cell, "</v></c>");
	check_many(50, "<row r='7'>", hc_buf_text(&cell), "</row>",
	    "cell AP7: the row holds too much text");
	hc_buf_free(&cell);
	for (i = 0; i < 2000000; i++)
		hc_buf_printf(&names, "<a%d/>", i);
	check_sheet("", "", hc_buf_text(&names), "the file holds more "
	    "different names than any Office program writes " SHEET1);
	hc_buf_puts(&areas, "<mergeCells>");
	for (i = 0; i < 500001; i++)
		hc_buf_printf(&areas, "<mergeCell ref='A%d:B%d'/>", i + 1,
		    i + 1);
	hc_buf_puts(&areas, "</mergeCells>");
	check_sheet("", "", hc_buf_text(&areas),
	    "the sheet has more than 500000 merged areas");
	hc_buf_free(&areas);
	hc_buf_free(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_books),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
