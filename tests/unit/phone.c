/* base/phone.h; the numbers are ones that nobody can have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/phone.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define REAL "../shared/data/real/pref-csv/43_kumamoto_childcare_facilities.csv"
#define RANGES "../shared/data/names/phone/jp_ranges.csv"

static const struct {
	const char *in, *digits, *extension, *note;
	int restored;
} good[] = {
	{ "048-000-1234", "0480001234", "", "", 0 },
	{ "０４８－０００－１２３４", "0480001234", "", "", 0 },
	{ "048ー000ー1234", "0480001234", "", "", 0 },
	{ "048‐000−1234", "0480001234", "", "", 0 },
	{ "(048)000-1234", "0480001234", "", "", 0 },
	{ "（０４８）０００－１２３４", "0480001234", "", "", 0 },
	{ "048(000)1234", "0480001234", "", "", 0 },
	{ "048 000 1234", "0480001234", "", "", 0 },
	{ "048.000.1234", "0480001234", "", "", 0 },
	{ "0480001234", "0480001234", "", "", 0 },
	{ " 0480001234\n", "0480001234", "", "", 0 },
	{ "03-0000-1234", "0300001234", "", "", 0 },
	{ "0120-000-000", "0120000000", "", "", 0 },
	{ "0800-000-0000", "08000000000", "", "", 0 },
	{ "0570-000-000", "0570000000", "", "", 0 },
	{ "090-0000-0000", "09000000000", "", "", 0 },
	{ "050-0000-0000", "05000000000", "", "", 0 },
	{ "480001234", "0480001234", "", "", 1 },
	{ "300001234", "0300001234", "", "", 1 },
	{ "480001234.0", "0480001234", "", "", 1 },
	{ "9000000000", "09000000000", "", "", 1 },
	{ "90-0000-0000", "09000000000", "", "", 1 },
	{ "120000000", "0120000000", "", "", 1 },
	{ "+81-48-000-1234", "0480001234", "", "", 0 },
	{ "+81 90 0000 0000", "09000000000", "", "", 0 },
	{ "+81 (0)48-000-1234", "0480001234", "", "", 0 },
	{ "+81(0)90-0000-0000", "09000000000", "", "", 0 },
	{ "＋81-3-0000-1234", "0300001234", "", "", 0 },
	{ "0081-48-000-1234", "0480001234", "", "", 0 },
	{ "819000000000", "09000000000", "", "", 0 },
	{ "81480001234", "0480001234", "", "", 0 },
	{ "+84 90 000 0000", "+84900000000", "", "", 0 },
	{ "0084900000000", "+84900000000", "", "", 0 },
	{ "010-1-202-555-0100", "+12025550100", "", "", 0 },
	{ "+1 (202) 555-0100", "+12025550100", "", "", 0 },
	{ "(048)000-1234 内線12", "0480001234", "12", "", 0 },
	{ "048-000-1234(内線 345)", "0480001234", "345", "", 0 },
	{ "048-000-1234\n(内線：123)", "0480001234", "123", "", 0 },
	{ "048-000-1234 ext. 12", "0480001234", "12", "", 0 },
	{ "048-000-1234 Ext.12", "0480001234", "12", "", 0 },
	{ "048-000-1234 #12", "0480001234", "12", "", 0 },
	{ "048-000-1234\n(花園保育園)", "0480001234", "", "花園保育園", 0 },
	{ "048-000-1234（代）", "0480001234", "", "代", 0 },
	{ "090-0000-0000 母", "09000000000", "", "母", 0 },
	{ "携帯090-0000-0000", "09000000000", "", "携帯", 0 },
	{ "TEL 048-000-1234", "0480001234", "", "", 0 },
	{ "℡：048-000-1234", "0480001234", "", "", 0 },
	{ "電話：048-000-1234", "0480001234", "", "", 0 },
	{ "0480-00-\n1234", "0480001234", "", "", 0 },
	{ "090-0000-0000内", "09000000000", "", "内", 0 },
};

static void
test_parse(void **state)
{
	struct hc_phone p;
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < N(good); i++) {
		if (hc_phone_parse(good[i].in, &p, &err) != HC_OK)
			fail_msg("'%s': %s", good[i].in, err.text);
		assert_string_equal(p.digits, good[i].digits);
		assert_string_equal(p.extension, good[i].extension);
		assert_string_equal(p.note, good[i].note);
		assert_int_equal(p.restored, good[i].restored);
	}
}

static const struct {
	const char *in;
	enum hc_status rc;
	const char *words;
} bad[] = {
	{ "", HC_NOTFOUND, "" },
	{ " 　\n", HC_NOTFOUND, "" },
	{ "-", HC_INVALID, "no telephone number: '-'" },
	{ "なし", HC_INVALID, "no telephone number: 'なし'" },
	{ "内線12", HC_INVALID, "telephone number with too few digits: "
	    "'内線12'" },
	{ "+", HC_INVALID, "no telephone number: '+'" },
	{ "000-1234", HC_INVALID, "telephone number with too few digits: "
	    "'000-1234'" },
	{ "252-0000", HC_INVALID, "telephone number without area code: "
	    "'252-0000'" },
	{ "048-000-123", HC_INVALID, "telephone number with too few digits: "
	    "'048-000-123'" },
	{ "090-0000-000", HC_INVALID, "telephone number with too few digits: "
	    "'090-0000-000'" },
	{ "048-000-12345", HC_INVALID, "telephone number with too many "
	    "digits: '048-000-12345'" },
	{ "090-0000-00000", HC_INVALID, "telephone number with too many "
	    "digits: '090-0000-00000'" },
	{ "0480001234567890123456789", HC_INVALID, "telephone number with "
	    "too many digits: '0480001234567890123456789'" },
	{ "110", HC_INVALID, "telephone number with too few digits: '110'" },
	{ "4.8E+08", HC_INVALID, "telephone number with too few digits: "
	    "'4.8E+08'" },
	{ "+84", HC_INVALID, "telephone number with too few digits: '+84'" },
	{ "048-000-1234 048-000-1235", HC_INVALID, "more than one telephone "
	    "number: '048-000-1234 048-000-1235'" },
	{ "048-000-1234\n090-0000-0000", HC_INVALID, "more than one telephone "
	    "number: '048-000-1234 090-0000-0000'" },
	{ "\xff", HC_INVALID, "no telephone number: '?'" },
};

static void
test_refuse(void **state)
{
	struct hc_phone p;
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < N(bad); i++) {
		err.text[0] = '\0';
		assert_int_equal(hc_phone_parse(bad[i].in, &p, &err),
		    bad[i].rc);
		assert_string_equal(err.text, bad[i].words);
	}
}

static const struct {
	const char *in, *list;	/* "digits(note)digits(note)", "" refused */
} several[] = {
	{ "048-000-1234", "0480001234()" },
	{ "048-000-1234,090-0000-0000", "0480001234()09000000000()" },
	{ "(048)000-1234,(0480)00-1235", "0480001234()0480001235()" },
	{ "048-000-1234 / 048-000-1235", "0480001234()0480001235()" },
	{ "048-000-1234 090-0000-0000", "0480001234()09000000000()" },
	{ "048-000-1234\r\n090-0000-0000", "0480001234()09000000000()" },
	{ "048-000-1234、090-0000-0000", "0480001234()09000000000()" },
	{ "048-000-1234または090-0000-0000", "0480001234()09000000000()" },
	{ "自宅048-000-1234 携帯090-0000-0000",
	    "0480001234(自宅)09000000000(携帯)" },
	{ "090-0000-0000(母)\n090-0000-0001(父)",
	    "09000000000(母)09000000001(父)" },
	{ "090-0000-0000(母)090-0000-0001(父)",
	    "09000000000(母)09000000001(父)" },
	{ "090-0000-0000 母\n090-0000-0001 父",
	    "09000000000(母)09000000001(父)" },
	{ "480001234 9000000000", "0480001234()09000000000()" },
	{ "+84 90 000 0000 / +84 90 000 0001", "+84900000000()+84900000001()" },
	{ "+84 90 000 0000\n090-0000-0000", "+84900000000()09000000000()" },
	{ "090-0000-0000,なし", "09000000000()" },
	{ "090-0000-0000,123", "" },
	{ "090-0000-0000,1,2,3", "" },
	{ "090-0000-0000,090-0000-0001,090-0000-0002,090-0000-0003", "" },
};

static void
test_split(void **state)
{
	struct hc_phone list[3];
	struct hc_buf got = HC_BUF_INIT;
	size_t i, k, count;

	(void)state;
	for (i = 0; i < N(several); i++) {
		hc_buf_clear(&got);
		if (hc_phone_split(several[i].in, list, N(list), &count,
		    NULL) != HC_OK)
			assert_int_equal(count, 0);
		for (k = 0; k < count; k++)
			hc_buf_printf(&got, "%s(%s)", list[k].digits,
			    list[k].note);
		assert_string_equal(hc_buf_text(&got), several[i].list);
	}
	hc_buf_free(&got);
}

/* What is stored and shown. */
static const struct {
	const char *in, *out;
} shown[] = {
	{ "048-000-0001", "048-000-0001" },
	{ "0480-00-0001", "0480-00-0001" },
	{ "０４８－０００－０００１", "048-000-0001" },
	{ "(048)000-0001", "(048)000-0001" },
	{ "（０４８）０００ー０００１", "(048)000-0001" },
	{ "048(000)0001", "048(000)0001" },
	{ "048 (000) 0001", "048 (000)0001" },
	{ "048　000　0001", "048 000 0001" },
	{ "048.000.0001", "048.000.0001" },
	{ "(048-000-0001)", "048-000-0001" },
	{ "0480-00-\n0001", "0480-00-0001" },
	{ "TEL(048)000-0001（代）", "(048)000-0001 (代)" },
	{ "048-000(本社)0001", "048-0000001 (本社)" },
	{ "048-000-0001(内線 345)", "048-000-0001 内線345" },
	{ "48-000-0001", "048-000-0001" },
	{ "(48)000-0001", "(048)000-0001" },
	{ "0480000001", "048-000-0001" },
	{ "480000001", "048-000-0001" },
	{ "0480210001", "0480-21-0001" },
	{ "09000000001", "090-0000-0001" },
	{ "+81480000001", "048-000-0001" },
	{ "+81-48-000-0001", "+81-48-000-0001" },
	{ "+81 (0)48-000-0001", "+81 (0)48-000-0001" },
	{ "+84 90 000 0000", "+84 90 000 0000" },
	{ "0084900000000", "+84900000000" },
	{ "0 - 4 - 8 - 0 - 0 - 0 - 0 - 0 - 0 - 1", "0-4-8-0-0-0-0-0-0-1" },
};

static void
test_put(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_phone p, again;
	size_t i;

	(void)state;
	for (i = 0; i < N(shown); i++) {
		hc_buf_clear(&out);
		assert_int_equal(hc_phone_parse(shown[i].in, &p, NULL), HC_OK);
		hc_phone_put(&out, &p);
		assert_string_equal(hc_buf_text(&out), shown[i].out);
		assert_int_equal(hc_phone_parse(hc_buf_text(&out), &again,
		    NULL), HC_OK);
		assert_string_equal(again.digits, p.digits);
	}
	hc_buf_free(&out);
}

static const struct {
	const char *digits, *grouped;
} groups[] = {
	{ "0482521234", "048-252-1234" },
	{ "0312345678", "03-1234-5678" },
	{ "0612345678", "06-1234-5678" },
	{ "0480212345", "0480-21-2345" },
	{ "0426212345", "042-621-2345" },
	{ "0422212345", "0422-21-2345" },
	{ "0126721234", "01267-2-1234" },
	{ "0994421234", "0994-42-1234" },
	{ "0480001234", "048-000-1234" },
	{ "0480101234", "048-010-1234" },
	{ "0300001234", "03-0000-1234" },
	{ "0120000000", "0120-000-000" },
	{ "09012345678", "090-1234-5678" },
	{ "05012345678", "050-1234-5678" },
	{ "02012345678", "020-1234-5678" },
	{ "0120123456", "0120-123-456" },
	{ "08001234567", "0800-123-4567" },
	{ "0570123456", "0570-123-456" },
	{ "+84912345678", "+84912345678" },
	{ "", "" },
	{ "0", "0" },
	{ "110", "110" },
	{ "048252123", "048252123" },
	{ "abc", "abc" },
};

static void
test_format(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < N(groups); i++) {
		hc_buf_clear(&out);
		hc_phone_format(&out, groups[i].digits);
		assert_string_equal(hc_buf_text(&out), groups[i].grouped);
	}
	hc_buf_clear(&out);
	hc_phone_digits(&out, "０４８－252 (1２)");
	assert_string_equal(hc_buf_text(&out), "04825212");
	hc_buf_free(&out);
}

/*
 * Each prefix of the numbering plan that is given out to a place is grouped
 * as the plan says.  Of a prefix such as 123[2-46] the first is taken.
 */
static void
test_plan(void **state)
{
	FILE *file = fopen(RANGES, "r");
	struct hc_buf out = HC_BUF_INIT;
	char line[512], digits[32], want[16], *c[11], *rest, *p;
	size_t i, n, seen = 0;

	(void)state;
	if (file == NULL) {
		print_message("no " RANGES "\n");
		skip();
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		rest = line;
		for (i = 0; i < N(c); i++)
			c[i] = strsep(&rest, ";");
		if (c[9] == NULL || (p = strstr(c[6], "\"fixed_")) == NULL)
			continue;
		n = 0;
		digits[n++] = '0';
		for (rest = c[0]; *rest >= '0' && *rest <= '['; rest++) {
			if (*rest == '[') {
				digits[n++] = rest[1];
				rest = strchr(rest, ']');
			} else {
				digits[n++] = *rest;
			}
		}
		while (n < 10)
			digits[n++] = '5';
		digits[n] = '\0';
		snprintf(want, sizeof(want), "%d/%c/4", p[7] - '0', p[9]);
		hc_buf_clear(&out);
		hc_phone_format(&out, digits);
		p = strchr(hc_buf_text(&out), '-');
		assert_non_null(p);
		if ((int)(p - out.data) - 1 != want[0] - '0' ||
		    (int)(strrchr(out.data, '-') - p) - 1 != want[2] - '0')
			fail_msg("%s as %s, not %s", digits, out.data, want);
		seen++;
	}
	fclose(file);
	hc_buf_free(&out);
	assert_true(seen > 400);
}

/* All telephone cells of a real list of facilities are read. */
static void
test_real(void **state)
{
	FILE *file = fopen(REAL, "r");
	char line[4096], *cell[16], *rest;
	struct hc_phone list[4];
	struct hc_error err;
	size_t i, count, seen = 0;

	(void)state;
	if (file == NULL) {
		print_message("no " REAL "\n");
		skip();
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		rest = line;
		for (i = 0; i < 14; i++)
			cell[i] = strsep(&rest, ",");
		if (cell[13] == NULL || cell[13][0] != '(' ||
		    strchr(line, '"') != NULL)
			continue;
		if (hc_phone_split(cell[13], list, N(list), &count, &err) !=
		    HC_OK)
			fail_msg("%s", err.text);
		seen++;
	}
	fclose(file);
	assert_true(seen > 500);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_refuse),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_real),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
