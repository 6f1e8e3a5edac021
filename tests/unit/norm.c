/* base/norm.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/norm.h"
#include "base/utf8.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *in, *out;
} store[] = {
	{ "", "" },
	{ " ", "" },
	{ "\xe3\x80\x80 \xc2\xa0\t\r\n", "" },
	{ "高橋花子", "高橋花子" },
	{ "　高橋　花子　", "高橋　花子" },
	{ " a  b ", "a  b" },
	{ "か\xe3\x82\x99", "が" },
	{ "は\xe3\x82\x9a", "ぱ" },
	{ "e\xcc\x81", "é" },
	{ "Nguye\xcc\x82\xcc\x83n", "Nguyễn" },
	{ "ｶﾞ", "ｶﾞ" },			/* NFC, not NFKC */
	{ "Ａ①㈱", "Ａ①㈱" },
	{ "髙﨑𠮷", "髙﨑𠮷" },
	{ "\xef\xa8\x90", "塚" },		/* U+FA10, as NFC has it */
	{ "辻\xf3\xa0\x84\x81", "辻\xf3\xa0\x84\x81" },
	{ "a\r\nb\rc\nd", "a\nb\nc\nd" },
	{ "a\vb\fc", "a\nb\nc" },
	{ "a\xe2\x80\xa8" "b\xc2\x85" "c", "a\nb\nc" },
	{ "a \nb　\t\n\nc", "a\nb\n\nc" },
	{ "\n\n a\n\n", "a" },
	{ "a\n \n", "a" },
	{ "a\tb", "a\tb" },
	{ "\x01" "a\x1b[8mb\x7f", "a[8mb" },
	{ "\xef\xbb\xbf" "a\xe2\x80\x8b" "b\xc2\xad" "c", "abc" },
	{ "a\xe2\x80\xae" "b\xe2\x81\xa6", "ab" },
	{ "a\xe2\x80\x8d" "b", "ab" },		/* joiner between Latin */
	{ "\xe0\xa4\xb0\xe0\xa5\x8d\xe2\x80\x8d\xe0\xa4\xaf",
	    "\xe0\xa4\xb0\xe0\xa5\x8d\xe2\x80\x8d\xe0\xa4\xaf" }, /* Nepali */
	{ "\xef\xbf\xbe" "a\xef\xbf\xbf", "a" },
};

static const struct {
	const char *in, *out;
} wide[] = {
	{ "", "" },
	{ "ﾀｶﾊｼ ﾊﾅｺ", "タカハシ ハナコ" },
	{ "ｻﾞｼﾞｽﾞｾﾞｿﾞ", "ザジズゼゾ" },
	{ "ｶﾞｷﾞｸﾞｹﾞｺﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞ", "ガギグゲゴダヂヅデド" },
	{ "ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ", "バビブベボパピプペポ" },
	{ "ｳﾞｧﾝ･ﾁｬﾝ", "ヴァン・チャン" },
	{ "ﾏﾞｱﾟ", "マ゛ア゜" },
	{ "｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰ", "。「」、・ヲァィゥェォャュョッー" },
	{ "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉ",
	    "アイウエオカキクケコサシスセソタチツテトナニヌネノ" },
	{ "ﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ",
	    "ハヒフヘホマミムメモヤユヨラリルレロワン" },
	{ "高橋Ａ1", "高橋Ａ1" },
};

static void
test_wide_kana(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < N(wide); i++) {
		hc_buf_clear(&out);
		hc_norm_wide_kana(&out, wide[i].in);
		assert_string_equal(hc_buf_text(&out), wide[i].out);
	}
	hc_buf_free(&out);
}

static void
test_store(void **state)
{
	struct hc_buf out = HC_BUF_INIT, again = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < N(store); i++) {
		hc_buf_clear(&out);
		hc_buf_clear(&again);
		assert_int_equal(hc_norm_store(&out, store[i].in, NULL),
		    HC_OK);
		assert_string_equal(hc_buf_text(&out), store[i].out);
		assert_int_equal(hc_norm_store(&again, hc_buf_text(&out),
		    NULL), HC_OK);
		assert_string_equal(hc_buf_text(&again), store[i].out);
	}
	hc_buf_free(&out);
	hc_buf_free(&again);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *in, *words;
	} bad[] = {
		{ "abc\x8d\x82", "no valid UTF-8: byte 4 is 0x8d" },
		{ "\xc0\xaf", "no valid UTF-8: byte 1 is 0xc0" },
		{ "高\xed\xa0\x80", "no valid UTF-8: byte 4 is 0xed" },
	};
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	size_t i;

	(void)state;
	hc_buf_puts(&out, "before");
	for (i = 0; i < N(bad); i++) {
		assert_int_equal(hc_norm_store(&out, bad[i].in, &err),
		    HC_INVALID);
		assert_string_equal(err.text, bad[i].words);
		assert_string_equal(hc_buf_text(&out), "before");
	}
	hc_buf_free(&out);
}

/*
 * Every character that Unicode says NFC may change or move, between two
 * that take it up: what is stored must be what NFC makes of it.  Shows that
 * the ranges that skip NFC are right.
 */
static void
test_quick_check(void **state)
{
	FILE *file = fopen("/usr/share/unicode/DerivedNormalizationProps.txt",
	    "r");
	char line[256], kind[32];
	struct hc_buf in = HC_BUF_INIT, stored = HC_BUF_INIT,
	    nfc = HC_BUF_INIT;
	unsigned int from, to, c, seen = 0;

	(void)state;
	if (file == NULL) {
		print_message("no unicode-data\n");
		skip();
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		if (line[0] == '#' || strstr(line, "NFC_QC;") == NULL)
			continue;
		to = 0;
		if (sscanf(line, "%x..%x ; %31s", &from, &to, kind) < 2)
			to = from;
		for (c = from; c <= to; c++, seen++) {
			hc_buf_clear(&in);
			hc_buf_clear(&stored);
			hc_buf_clear(&nfc);
			hc_buf_puts(&in, "か");
			hc_buf_codepoint(&in, c);
			hc_buf_puts(&in, "は");
			hc_norm_nfc(&nfc, hc_buf_text(&in));
			assert_int_equal(hc_norm_store(&stored,
			    hc_buf_text(&in), NULL), HC_OK);
			assert_string_equal(hc_buf_text(&stored),
			    hc_buf_text(&nfc));
		}
	}
	fclose(file);
	assert_true(seen > 1000);
	hc_buf_free(&in);
	hc_buf_free(&stored);
	hc_buf_free(&nfc);
}

static void
test_nfc_mends(void **state)
{
	struct hc_buf out = HC_BUF_INIT;

	(void)state;
	hc_norm_nfc(&out, "a\xff" "b\xe3\x81");
	assert_string_equal(hc_buf_text(&out),
	    "a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd");
	hc_buf_free(&out);
}

static const struct {
	const char *in, *out;
} ascii[] = {
	{ "", "" },
	{ "０４８－２５２－１２３４", "048-252-1234" },
	{ "048‐252−1234", "048-252-1234" },
	{ "048ー252ｰ1234", "048-252-1234" },
	{ "048―252–1234—5─6﹣7", "048-252-1234-5-6-7" },
	{ "ａ＝Ｂ　ｃ\xc2\xa0" "d", "a=B c d" },
	{ "（０４８）", "(048)" },
	{ "サトー", "サトー" },
	{ "さとー－１", "さとー-1" },
	{ "ｻﾄｰ", "ｻﾄｰ" },
	{ "コーポ１ー２", "コーポ1-2" },
	{ "ー", "-" },
	{ "３０〜３９", "30~39" },
	{ "３０～３９", "30~39" },
	{ "令和２年", "令和2年" },
	{ "一二", "一二" },
	{ "a\tb\nc", "a\tb\nc" },
};

static void
test_ascii(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < N(ascii); i++) {
		hc_buf_clear(&out);
		hc_norm_ascii(&out, ascii[i].in);
		assert_string_equal(hc_buf_text(&out), ascii[i].out);
	}
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_store),
		cmocka_unit_test(test_wide_kana),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_quick_check),
		cmocka_unit_test(test_nfc_mends),
		cmocka_unit_test(test_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
