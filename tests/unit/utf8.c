/* base/utf8.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *bytes;
	size_t len;
	long bad_at;	/* -1: valid */
} valid[] = {
	{ "", 0, -1 },
	{ "abc", 3, -1 },
	{ "\x7f", 1, -1 },
	{ "\xc2\x80", 2, -1 },
	{ "\xdf\xbf", 2, -1 },
	{ "\xe0\xa0\x80", 3, -1 },
	{ "\xed\x9f\xbf", 3, -1 },
	{ "\xee\x80\x80", 3, -1 },
	{ "\xef\xbf\xbf", 3, -1 },
	{ "\xf0\x90\x80\x80", 4, -1 },
	{ "\xf4\x8f\xbf\xbf", 4, -1 },
	{ "高橋 花子 takahashi hanako", 30, -1 },
	{ "\0", 1, 0 },
	{ "abcdefg\0ijklmnop", 16, 7 },
	{ "abcdefghijklmno\x80", 16, 15 },
	{ "\x80", 1, 0 },
	{ "\xbf", 1, 0 },
	{ "a\xc0\xaf", 3, 1 },
	{ "\xc1\xbf", 2, 0 },
	{ "\xc2", 1, 0 },
	{ "\xc2\x41", 2, 0 },
	{ "\xc2\xc0", 2, 0 },
	{ "\xe0\x9f\xbf", 3, 0 },
	{ "\xe3\x81", 2, 0 },
	{ "\xe3\x81\x41", 3, 0 },
	{ "\xed\xa0\x80", 3, 0 },
	{ "\xed\xbf\xbf", 3, 0 },
	{ "\xf0\x8f\xbf\xbf", 4, 0 },
	{ "\xf0\x9f\x98", 3, 0 },
	{ "\xf4\x90\x80\x80", 4, 0 },
	{ "\xf5\x80\x80\x80", 4, 0 },
	{ "\xff", 1, 0 },
	{ "\xfe\xff", 2, 0 },
	{ "\xf8\x88\x80\x80\x80", 5, 0 },
	{ "ab\x8d\x82\x8b\xb4", 6, 2 },		/* 高橋 in CP932 */
};

static void
test_valid(void **state)
{
	size_t i, bad;

	(void)state;
	for (i = 0; i < N(valid); i++) {
		bad = 999;
		assert_int_equal(hc_utf8_valid(valid[i].bytes, valid[i].len,
		    &bad), valid[i].bad_at < 0);
		assert_int_equal(bad, valid[i].bad_at < 0 ? 999 :
		    valid[i].bad_at);
	}
	assert_false(hc_utf8_valid("\xff", 1, NULL));
}

/* Every sequence of up to three bytes, and every four-byte one whose last
   byte is at an edge, against a decoder written from the definition. */
static int
reference(const unsigned char *s, size_t len)
{
	size_t i = 0, n, k;
	unsigned long c;

	while (i < len) {
		if (s[i] < 0x80) {
			c = s[i];
			n = 1;
		} else if ((s[i] & 0xe0) == 0xc0) {
			c = s[i] & 0x1f;
			n = 2;
		} else if ((s[i] & 0xf0) == 0xe0) {
			c = s[i] & 0x0f;
			n = 3;
		} else if ((s[i] & 0xf8) == 0xf0) {
			c = s[i] & 0x07;
			n = 4;
		} else {
			return 0;
		}
		if (i + n > len)
			return 0;
		for (k = 1; k < n; k++) {
			if ((s[i + k] & 0xc0) != 0x80)
				return 0;
			c = c << 6 | (s[i + k] & 0x3f);
		}
		if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
			return 0;
		if ((n == 2 && c < 0x80) || (n == 3 && c < 0x800) ||
		    (n == 4 && c < 0x10000))
			return 0;
		i += n;
	}
	return 1;
}

static void
test_exhaustive(void **state)
{
	static const unsigned char edge[] = { 0, 0x41, 0x7f, 0x80, 0x8f, 0x90,
	    0x9f, 0xa0, 0xbf, 0xc0, 0xff };
	unsigned char s[4];
	uint32_t v;
	size_t len, i, differ = 0;

	(void)state;
	for (v = 0; v < 0x1000000; v++) {
		s[0] = (unsigned char)(v >> 16);
		s[1] = (unsigned char)(v >> 8);
		s[2] = (unsigned char)v;
		for (len = 1; len <= 3; len++)
			differ += hc_utf8_valid((char *)s, len, NULL) !=
			    reference(s, len);
		if (s[0] < 0xc0)
			continue;
		for (i = 0; i < N(edge); i++) {
			s[3] = edge[i];
			differ += hc_utf8_valid((char *)s, 4, NULL) !=
			    reference(s, 4);
		}
	}
	assert_int_equal(differ, 0);
}

static void
test_next(void **state)
{
	struct hc_buf buf = HC_BUF_INIT;
	const char *s;
	unsigned int c;

	(void)state;
	for (c = 1; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		hc_buf_clear(&buf);
		hc_buf_codepoint(&buf, c);
		s = hc_buf_text(&buf);
		assert_int_equal(hc_utf8_next(&s), c);
		assert_int_equal(hc_utf8_next(&s), 0);
		assert_ptr_equal(s, buf.data + buf.len);
	}
	hc_buf_free(&buf);
	s = "\xe3\x81";		/* cut: never behind the NUL */
	assert_int_equal(hc_utf8_next(&s), 0xfffd);
	assert_int_equal(hc_utf8_next(&s), 0xfffd);
	assert_int_equal(hc_utf8_next(&s), 0);
	assert_int_equal(hc_utf8_next(&s), 0);
}

static const struct {
	const char *text;
	int width;
	int columns;		/* and what fits into so many */
	size_t fits;
} width[] = {
	{ "", 0, 3, 0 },
	{ "abc", 3, 2, 2 },
	{ "abc", 3, 3, 3 },
	{ "高橋", 4, 3, 3 },
	{ "高橋", 4, 4, 6 },
	{ "高橋", 4, 1, 0 },
	{ "高橋", 4, 0, 0 },
	{ "高橋", 4, -1, 0 },
	{ "ﾀｶﾊｼ", 4, 2, 6 },
	{ "Ａ", 2, 2, 3 },
	{ "e\xcc\x81x", 2, 1, 3 },		/* e and acute together */
	{ "辻\xf3\xa0\x84\x80", 2, 2, 7 },	/* variation selector */
	{ "か\xe3\x82\x99", 2, 2, 6 },
	{ "한국", 4, 2, 3 },
	{ "𠮷", 2, 2, 4 },
	{ "Nguyễn", 6, 6, 8 },
};

static void
test_width(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N(width); i++) {
		assert_int_equal(hc_utf8_width(width[i].text),
		    width[i].width);
		assert_int_equal(hc_utf8_fit(width[i].text, width[i].columns),
		    width[i].fits);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_exhaustive),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
