/* Tests of base/gram.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/gram.h"

static const struct {
	const char *key, *text, *phrase;
} cases[] = {
	{ "高橋花子", "高橋 橋花 花子 子", "\"高橋 橋花 花子\"" },
	{ "高", "高", "\"高\" *" },
	{ "高橋 花", "高橋 橋花 花", "\"高橋 橋花\"" },
	{ "0480001", "0480 4800 8000 0001 001 01 1",
	    "\"0480 4800 8000 0001\"" },
	{ "123", "123 23 3", "\"123\" *" },
	{ "nguyen", "ngu guy uye yen en n", "\"ngu guy uye yen\"" },
	{ "ng", "ng g", "\"ng\" *" },
	{ "a棟12", "a 棟 12 2", "\"a 棟 12\" *" },
	{ "棟1234", "棟 1234 234 34 4", "\"棟 1234\"" },
	{ "x\"*", "x ＂＊ ＊", "\"x ＂＊\"" },
	{ "", "", "" },
	{ "  ", "", "" },
};

static void
pieces(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		hc_buf_clear(&out);
		hc_gram_text(&out, cases[i].key);
		assert_string_equal(hc_buf_text(&out), cases[i].text);
		hc_buf_clear(&out);
		hc_gram_phrase(&out, cases[i].key);
		assert_string_equal(hc_buf_text(&out), cases[i].phrase);
	}
	hc_buf_free(&out);
}

/* No sign of ASCII but quotes and the star behind them gets through. */
static void
harmless(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	char key[3] = "xx";
	const char *p;
	int a, b;

	(void)state;
	for (a = 1; a < 128; a++)
		for (b = 1; b < 128; b++) {
			key[0] = (char)a;
			key[1] = (char)b;
			hc_buf_clear(&out);
			hc_gram_text(&out, key);
			for (p = hc_buf_text(&out); *p != '\0'; p++)
				assert_true((*p & 0x80) || *p == ' ' ||
				    (*p >= '0' && *p <= '9') ||
				    (*p >= 'a' && *p <= 'z') ||
				    (*p >= 'A' && *p <= 'Z'));
		}
	hc_buf_free(&out);
}

static void
whole(void **state)
{
	struct hc_buf out = HC_BUF_INIT;

	(void)state;
	hc_gram_text(&out, "12");
	hc_gram_whole(&out, "12");
	assert_string_equal(hc_buf_text(&out), "12 2 \xef\xbc\x80" "12");
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces),
		cmocka_unit_test(harmless),
		cmocka_unit_test(whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
