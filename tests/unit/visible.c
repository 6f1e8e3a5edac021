/* What goes to terminals, and what Excel takes for formulas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/formula.h"
#include "base/visible.h"

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *text, *wanted;
} cases[] = {
	{ "", "" },
	{ "高橋 一郎, ①㈱ Nguyễn 𠮷", "高橋 一郎, ①㈱ Nguyễn 𠮷" },
	{ "a\\b", "a\\b" },
	{ "a\tb\nc\rd", "a\\tb\\nc\\x0dd" },
	{ "\033]0;pwned\a", "\\x1b]0;pwned\\x07" },
	{ "\033[8m", "\\x1b[8m" },
	{ "\001\037\177", "\\x01\\x1f\\x7f" },
	{ "\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", "\\x80\\x9b\\x9f\xc2\xa0" },
	{ "a\xe2\x80\xae" "b", "a\\u202eb" },
	{ "\xe2\x80\xa8\xe2\x80\xaa\xe2\x81\xa6\xe2\x81\xa9",
	    "\\u2028\\u202a\\u2066\\u2069" },
	{ "\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa",
	    "\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa" },
	{ "\x9b" "31m", "\\x9b31m" },		/* a bare C1 byte */
	{ "\xff高\xe9\xab", "\\xff高\\xe9\\xab" },
	{ "\xef\xbf\xbd", "\xef\xbf\xbd" },	/* a real U+FFFD */
};

static void
test_visible(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		hc_buf_clear(&out);
		hc_visible(&out, cases[i].text);
		assert_string_equal(hc_buf_text(&out), cases[i].wanted);
	}
	hc_buf_free(&out);
}

/* No text at all leaves a control character in what comes out. */
static void
test_all_bytes(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	char text[3] = "";
	size_t k;
	int i, j;

	(void)state;
	for (i = 1; i < 256; i++)
		for (j = 0; j < 256; j++) {
			text[0] = (char)i;
			text[1] = (char)j;
			hc_buf_clear(&out);
			hc_visible(&out, text);
			for (k = 0; k < out.len; k++) {
				unsigned char c = (unsigned char)out.data[k];

				assert_true(c >= 0x20 && c != 0x7f);
				assert_false(c == 0xc2 &&
				    (unsigned char)out.data[k + 1] < 0xa0);
			}
		}
	hc_buf_free(&out);
}

static const struct {
	const char *text, *wanted;
} formulas[] = {
	{ "", "" }, { "a=1", "a=1" }, { "高橋", "高橋" }, { "'", "'" },
	{ "'a", "'a" }, { " a", " a" }, { "080-0000-0000", "080-0000-0000" },
	{ "=1+1", "'=1+1" }, { "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
	{ "+81-90-0000-0000", "'+81-90-0000-0000" }, { "-1", "'-1" },
	{ "-", "'-" }, { "@SUM(1)", "'@SUM(1)" }, { "\t=1", "'\t=1" },
	{ "\r=1", "'\r=1" }, { "\n=1", "'\n=1" }, { "  =1", "'  =1" },
	{ "　=1", "'　=1" }, { "＝1", "'＝1" }, { "＋1", "'＋1" },
	{ "－", "'－" }, { "＠a", "'＠a" }, { "'=1", "''=1" },
	{ "''=1", "'''=1" }, { "' =1", "'' =1" }, { " '=1", " '=1" },
	{ "'080", "'080" },
};

static void
test_formula(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(formulas); i++) {
		hc_buf_clear(&out);
		hc_formula_defuse(&out, formulas[i].text);
		assert_string_equal(hc_buf_text(&out), formulas[i].wanted);
		assert_string_equal(hc_formula_restore(hc_buf_text(&out)),
		    formulas[i].text);
		assert_false(hc_formula_danger(hc_buf_text(&out)));
	}
	hc_buf_free(&out);
}

/* Whatever the text, it comes back unchanged. */
static void
test_formula_round_trip(void **state)
{
	static const char *const pieces[] = { "'", "=", "+", " ", "　", "－",
		"\t", "a", "" };
	struct hc_buf text = HC_BUF_INIT, out = HC_BUF_INIT;
	size_t i, j, n = LEN(pieces);

	(void)state;
	for (i = 0; i < n * n * n * n; i++) {
		hc_buf_clear(&text);
		hc_buf_clear(&out);
		for (j = i; j > 0; j /= n)
			hc_buf_puts(&text, pieces[j % n]);
		hc_formula_defuse(&out, hc_buf_text(&text));
		assert_string_equal(hc_formula_restore(hc_buf_text(&out)),
		    hc_buf_text(&text));
		assert_false(hc_formula_danger(hc_buf_text(&out)));
	}
	hc_buf_free(&text);
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_visible),
		cmocka_unit_test(test_all_bytes),
		cmocka_unit_test(test_formula),
		cmocka_unit_test(test_formula_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
