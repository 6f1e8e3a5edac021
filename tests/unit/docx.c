/* Tests of base/docx.h: what stands in a document, and what is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/docx.h"

#include "../package.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/wordprocessingml/main"

static enum hc_status
open_document(struct hc_book **book, const char *space, const char *body,
    struct hc_error *err)
{
	struct package p = { .count = 0 };
	struct hc_buf text = HC_BUF_INIT;
	struct hc_zip *zip;
	enum hc_status rc;
	size_t len;
	char *bytes;

	hc_buf_printf(&text, "<w:document xmlns:w='%s' xmlns:mc='http://"
	    "schemas.openxmlformats.org/markup-compatibility/2006' "
	    "xmlns:v='urn:v'><w:body>%s</w:body></w:document>", space, body);
	package_add(&p, "word/document.xml", text.data, text.len);
	bytes = package_bytes(&p, &len);
	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, err), HC_OK);
	assert_true(hc_docx_is(zip));
	rc = hc_docx_open(book, zip, err);
	hc_buf_free(&text);
	free(bytes);
	return rc;
}

/* "name: 1 a|b* 2 c" with * for merged and (kana) behind the text. */
static void
dump(struct hc_book *book, struct hc_buf *out)
{
	struct hc_book_row row;
	size_t i, j;

	for (i = 0; i < book->nsheets; i++) {
		hc_buf_printf(out, "%s%s:", i == 0 ? "" : "; ",
		    book->sheets[i].name);
		assert_int_equal(hc_book_select(book, i), HC_OK);
		while (hc_book_next(book, &row) == HC_OK) {
			hc_buf_printf(out, " %zu ", row.number);
			for (j = 0; j < row.ncells; j++)
				hc_buf_printf(out, "%s%s%s%s%s%s",
				    j == 0 ? "" : "|", row.cells[j].text,
				    row.cells[j].kana != NULL ? "(" : "",
				    row.cells[j].kana != NULL ?
				    row.cells[j].kana : "",
				    row.cells[j].kana != NULL ? ")" : "",
				    row.cells[j].merged ? "*" : "");
		}
	}
}

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(inside) "<w:tc>" inside "</w:tc>"
#define C(text) TC(P(text))
#define TR(inside) "<w:tr>" inside "</w:tr>"
#define TBL(inside) "<w:tbl>" inside "</w:tbl>"
#define SPAN(n) "<w:tcPr><w:gridSpan w:val='" #n "'/></w:tcPr>"
#define RUN(inside) "<w:p><w:r>" inside "</w:r></w:p>"
#define ONE(inside) TBL(TR(TC(inside)))

static const struct {
	const char *body, *wanted;
} cases[] = {
	{ TBL(TR(C("氏名") C("保健 太郎")) TR(C("年齢") C("36"))),
	    "table 1: 1 氏名|保健 太郎 2 年齢|36" },
	/* Names. */
	{ P("健康観察票") P("") TBL(TR(C("a"))) TBL(TR(C("b"))),
	    "健康観察票: 1 a; table 2: 1 b" },
	{ P("とても長い段落は表の名前ではないので名前には使われません。"
	    "とても長い段落は表の名前ではないので名前には使われません。")
	    TBL(TR(C("a"))), "table 1: 1 a" },
	/* Rows of nothing; empty cells at the end. */
	{ TBL(TR(C("") C("")) TR(C("") C("x") C(""))), "table 1: 2 |x" },
	{ TBL(""), "table 1:" },
	/* Merged cells. */
	{ TBL(TR(TC(SPAN(3) P("a")) C("b")) TR(C("c") C("d"))),
	    "table 1: 1 a|a*|a*|b 2 c|d" },
	{ TBL(TR(TC("<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" P("a"))
	    C("b")) TR(TC("<w:tcPr><w:vMerge/></w:tcPr>" P("")) C("c"))
	    TR(TC("<w:tcPr><w:vMerge w:val='continue'/></w:tcPr>" P(""))
	    C("d")) TR(C("e"))),
	    "table 1: 1 a|b 2 a*|c 3 a*|d 4 e" },
	{ TBL(TR(TC("<w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val="
	    "'restart'/></w:tcPr>" P("a"))) TR(TC("<w:tcPr><w:gridSpan "
	    "w:val='2'/><w:vMerge/></w:tcPr>") C("x"))),
	    "table 1: 1 a|a* 2 a*|a*|x" },
	{ TBL(TR("<w:trPr><w:gridBefore w:val='2'/></w:trPr>" C("a"))),
	    "table 1: 1 ||a" },
	{ TBL(TR(TC(SPAN(0) P("a")) TC(SPAN(x) P("b")))),
	    "table 1: 1 a|b" },
	/* Lines, tabs, signs. */
	{ ONE(P("a") P("b") P("")), "table 1: 1 a\nb" },
	{ ONE("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
	    "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"
	    "<w:noBreakHyphen/><w:t xml:space='preserve'> d</w:t></w:r>"
	    "</w:p>"), "table 1: 1 a\tb\nc- d" },
	{ ONE(RUN("<w:sym w:font='Wingdings' w:char='F0FE'/><w:t>発熱</w:t>"
	    "<w:sym w:font='Wingdings' w:char='00A8'/><w:t>咳</w:t>"
	    "<w:sym w:font='Wingdings 2' w:char='F052'/>")),
	    "table 1: 1 ☑発熱☐咳☑" },
	{ ONE(RUN("<w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>"
	    "<w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
	    "</w:fldChar><w:instrText> FORMCHECKBOX </w:instrText>")
	    RUN("<w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>"
	    "<w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>"
	    "</w:ffData></w:fldChar>")), "table 1: 1 ☑\n☐" },
	/* Fields: what they show, not what they are. */
	{ ONE(RUN("<w:fldChar w:fldCharType='begin'/><w:instrText>DATE"
	    "</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>3月</w:t>"
	    "<w:fldChar w:fldCharType='end'/>") "<w:p><w:fldSimple "
	    "w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>"),
	    "table 1: 1 3月\n7" },
	/* Tracked changes, hidden text. */
	{ ONE("<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r>"
	    "<w:delText>old</w:delText><w:tab/></w:r></w:del><w:moveFrom><w:r>"
	    "<w:t>gone</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr>"
	    "<w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr>"
	    "<w:t>!</w:t></w:r></w:p>"), "table 1: 1 new!" },
	{ TBL(TR(C("a")) TR("<w:trPr><w:del/></w:trPr>" C("b")) TR(C("c"))),
	    "table 1: 1 a 2 c" },
	/* Ruby. */
	{ ONE(RUN("<w:ruby><w:rubyPr/><w:rt><w:r><w:t>ほけん</w:t></w:r>"
	    "</w:rt><w:rubyBase><w:r><w:t>保健</w:t></w:r></w:rubyBase>"
	    "</w:ruby>") RUN("<w:t>さん</w:t>")),
	    "table 1: 1 保健\nさん(ほけん\nさん)" },
	/* A table within a cell is one of its own. */
	{ TBL(TR(TC(P("a") TBL(TR(C("x") C("y"))) P("b")) C("c"))),
	    "table 1: 1 a\nb|c; table 2: 1 x|y" },
	/* Of a text box what old programs see. */
	{ ONE("<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>one</w:t>"
	    "</mc:Choice><mc:Fallback><v:shape><w:t>two</w:t></v:shape>"
	    "</mc:Fallback></mc:AlternateContent></w:r></w:p>"),
	    "table 1: 1 two" },
	/* Nothing that Word writes. */
	{ TBL(C("a") "<w:r><w:t>stray</w:t></w:r>" TR(P("b") C("c"))),
	    "table 1: 1 c" },
};

static void
reads(void **state)
{
	static const char *const spaces[] = { W, STRICT };
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error error;
	struct hc_book *book;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]) * 2; i++) {
		assert_int_equal(open_document(&book, spaces[i % 2],
		    cases[i / 2].body, &error), HC_OK);
		hc_buf_clear(&out);
		dump(book, &out);
		assert_string_equal(hc_buf_text(&out), cases[i / 2].wanted);
		hc_book_close(book);
	}
	hc_buf_free(&out);
}

static void
repeat(struct hc_buf *out, const char *text, size_t n)
{
	while (n-- > 0)
		hc_buf_puts(out, text);
}

static void
refuse(const char *body, const char *words)
{
	struct hc_error error = { "" };
	struct hc_book *book;

	assert_int_equal(open_document(&book, W, body, &error), HC_INVALID);
	assert_null(book);
	if (strstr(error.text, words) == NULL)
		fail_msg("%s", error.text);
}

static void
refuses(void **state)
{
	struct hc_buf body = HC_BUF_INIT;

	(void)state;
	refuse(P("x"), "no table");
	refuse("<w:tbl>", "damaged");
	repeat(&body, "<w:tbl><w:tr><w:tc>", 17);
	repeat(&body, "</w:tc></w:tr></w:tbl>", 17);
	refuse(body.data, "tables within tables");
	hc_buf_clear(&body);
	repeat(&body, TBL(""), HC_DOCX_TABLES_MAX + 1);
	refuse(body.data, "too many tables");
	hc_buf_clear(&body);
	hc_buf_puts(&body, "<w:tbl>");
	repeat(&body, TR(TC(SPAN(16000) P("x"))), 70);
	hc_buf_puts(&body, "</w:tbl>");
	refuse(body.data, "too large");
	refuse(TBL(TR(TC(SPAN(16384) P("x")) C("y"))), "columns");
	hc_buf_clear(&body);
	hc_buf_puts(&body, "<w:tbl><w:tr><w:tc>");
	repeat(&body, P("0123456789"), 20000);
	hc_buf_puts(&body, "</w:tc></w:tr></w:tbl>");
	refuse(body.data, "longer than");
	hc_buf_free(&body);
}

/* What is in word/ but no document. */
static void
strange(void **state)
{
	static const char text[] = "<x/>";
	struct package p = { .count = 0 };
	struct hc_error error = { "" };
	struct hc_book *book;
	struct hc_zip *zip;
	size_t len;
	char *bytes;

	(void)state;
	package_add(&p, "word/document.xml", text, strlen(text));
	bytes = package_bytes(&p, &len);
	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, &error), HC_OK);
	assert_int_equal(hc_docx_open(&book, zip, &error), HC_INVALID);
	assert_non_null(strstr(error.text, "no Word document"));
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(refuses),
		cmocka_unit_test(strange),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
