/* base/age.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/age.h"
#include "base/date.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *cell;
	int years, months;
	const char *band;	/* NULL refused, "" empty */
} cells[] = {
	{ "34", 34, -1, "30s" }, { "３４歳", 34, -1, "30s" },
	{ "34才", 34, -1, "30s" }, { " 34 歳 ", 34, -1, "30s" },
	{ "満34歳", 34, -1, "30s" }, { "34.0", 34, -1, "30s" },
	{ "0.9166", 0, -1, "under10" },
	{ "0", 0, -1, "under10" }, { "0歳", 0, -1, "under10" },
	{ "9歳児", 9, -1, "under10" }, { "99", 99, -1, "90s" },
	{ "100", 100, -1, "100over" }, { "104歳", 104, -1, "100over" },
	{ "130", 130, -1, "100over" },
	{ "30代", -1, -1, "30s" }, { "３０代", -1, -1, "30s" },
	{ "１0代", -1, -1, "10s" }, { "30歳代", -1, -1, "30s" },
	{ "30 歳代", -1, -1, "30s" }, { "30代 ", -1, -1, "30s" },
	{ "30代後半", -1, -1, "30s" }, { "30代前半", -1, -1, "30s" },
	{ "90代", -1, -1, "90s" }, { "100代", -1, -1, "100over" },
	{ "100歳代", -1, -1, "100over" }, { "0代", -1, -1, "under10" },
	{ "10歳未満", -1, -1, "under10" }, { "１０歳未満", -1, -1, "under10" },
	{ "10歳\n未満", -1, -1, "under10" }, { "10才未満", -1, -1, "under10" },
	{ "10未満", -1, -1, "under10" }, { "10代未満", -1, -1, "under10" },
	{ "1歳未満", 0, -1, "under10" }, { "9歳以下", -1, -1, "under10" },
	{ "未就学児", -1, -1, "under10" }, { "未就学", -1, -1, "under10" },
	{ "乳児", -1, -1, "under10" }, { "就学前", -1, -1, "under10" },
	{ "90歳以上", -1, -1, "90over" }, { "90代以上", -1, -1, "90over" },
	{ "90以上", -1, -1, "90over" }, { "100歳以上", -1, -1, "100over" },
	{ "80代以上", -1, -1, "80over" }, { "80歳～", -1, -1, "80over" },
	{ "65歳以上", -1, -1, "65over" }, { "高齢者", -1, -1, "elderly" },
	{ "未成年", -1, -1, "minor" }, { "20歳未満", -1, -1, "minor" },
	{ "10代以下", -1, -1, "minor" }, { "19歳以下", -1, -1, "minor" },
	{ "6か月", 0, 6, "under10" }, { "６ヶ月", 0, 6, "under10" },
	{ "生後6ヵ月", 0, 6, "under10" }, { "18カ月", 1, 6, "under10" },
	{ "1歳10か月", 1, 10, "under10" }, { "1歳10ヶ月児", 1, 10, "under10" },
	{ "生後5日", 0, -1, "under10" }, { "生後3週間", 0, -1, "under10" },
	{ "30-39", -1, -1, "30s" }, { "30～39歳", -1, -1, "30s" },
	{ "30歳～39歳", -1, -1, "30s" }, { "0-9", -1, -1, "under10" },
	{ "30s", -1, -1, "30s" }, { "30S", -1, -1, "30s" },
	{ "under10", -1, -1, "under10" }, { "100over", -1, -1, "100over" },
	{ "80over", -1, -1, "80over" }, { "minor", -1, -1, "minor" },

	{ "", -2, -1, "" }, { "　 \n", -2, -1, "" },
	{ "調査中", -1, -1, NULL }, { "不明", -1, -1, NULL },
	{ "-", -1, -1, NULL }, { "68代", -1, -1, NULL },
	{ "10代代", -1, -1, NULL }, { "131", -1, -1, NULL },
	{ "1000", -1, -1, NULL }, { "-5", -1, -1, NULL },
	{ "34.5.1", -1, -1, NULL }, { "70歳以上", -1, -1, NULL },
	{ "15歳未満", -1, -1, NULL }, { "30～49歳", -1, -1, NULL },
	{ "30～40代", -1, -1, NULL }, { "50代男性", -1, -1, NULL },
	{ "1歳12か月", -1, -1, NULL }, { "34歳頃", -1, -1, NULL },
	{ "成人", -1, -1, NULL }, { "歳", -1, -1, NULL },
	{ "33s", -1, -1, NULL }, { "140代", -1, -1, NULL },
	{ "生後500日", -1, -1, NULL }, { "5日", -1, -1, NULL },
	{ "2020-03-14", -1, -1, NULL }, { "\xff", -1, -1, NULL },
};

static void
test_read(void **state)
{
	struct hc_error err;
	struct hc_age age;
	enum hc_status rc, want;
	size_t i;

	(void)state;
	for (i = 0; i < N(cells); i++) {
		age = (struct hc_age){ 77, 77, "untouched" };
		rc = hc_age_read(cells[i].cell, &age, &err);
		want = cells[i].band == NULL ? HC_INVALID :
		    cells[i].band[0] == '\0' ? HC_NOTFOUND : HC_OK;
		if (rc != want)
			fail_msg("'%s': %d", cells[i].cell, rc);
		if (want != HC_OK) {
			assert_string_equal(age.band, "untouched");
			continue;
		}
		if (age.years != cells[i].years || age.months !=
		    cells[i].months || strcmp(age.band, cells[i].band) != 0)
			fail_msg("'%s': %d %d %s", cells[i].cell, age.years,
			    age.months, age.band);
	}
}

static void
test_at(void **state)
{
	static const struct {
		const char *birth, *day;
		int years;
	} ages[] = {
		{ "1970-05-10", "2020-05-09", 49 },
		{ "1970-05-10", "2020-05-10", 50 },
		{ "2000-02-29", "2021-02-28", 20 },
		{ "2000-02-29", "2021-03-01", 21 },
		{ "2000-02-29", "2020-02-29", 20 },
		{ "2020-03-14", "2020-03-14", 0 },
		{ "2020-03-15", "2020-03-14", -1 },
		{ "1919-12-31", "2020-01-01", 100 },
	};
	int32_t birth, day;
	size_t i;

	(void)state;
	for (i = 0; i < N(ages); i++) {
		hc_date_parse_iso(ages[i].birth, &birth);
		hc_date_parse_iso(ages[i].day, &day);
		assert_int_equal(hc_age_at(birth, day), ages[i].years);
	}
	assert_int_equal(hc_age_at(HC_DATE_NONE, 0), -1);
	assert_int_equal(hc_age_at(0, HC_DATE_NONE), -1);
}

static void
test_band(void **state)
{
	(void)state;
	assert_null(hc_age_band(-1));
	assert_string_equal(hc_age_band(0), "under10");
	assert_string_equal(hc_age_band(9), "under10");
	assert_string_equal(hc_age_band(10), "10s");
	assert_string_equal(hc_age_band(99), "90s");
	assert_string_equal(hc_age_band(100), "100over");
	assert_string_equal(hc_age_band(INT32_MAX), "100over");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_at),
		cmocka_unit_test(test_band),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
