/* base/date.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static int32_t
iso(const char *text)
{
	int32_t date = HC_DATE_NONE;

	if (text[0] != '\0')
		assert_int_equal(hc_date_parse_iso(text, &date), HC_OK);
	return date;
}

/* ---- The calendar ---- */

/* Each day of years 1 to 9999, one after another. */
static void
test_calendar(void **state)
{
	int year = 1, month = 1, day = 1, y, m, d;
	int32_t date = hc_date_make(1, 1, 1);

	(void)state;
	assert_int_equal(date, -719162);
	assert_int_equal(hc_date_make(1970, 1, 1), 0);
	for (; year <= 9999; date++) {
		hc_date_split(date, &y, &m, &d);
		if (y != year || m != month || d != day ||
		    hc_date_make(year, month, day) != date)
			fail_msg("%d-%d-%d", year, month, day);
		if (++day > hc_date_month_length(year, month)) {
			day = 1;
			if (++month > 12) {
				month = 1;
				year++;
			}
		}
	}
	assert_int_equal(date - 1, 2932896);
	hc_date_split(INT32_MAX, &y, &m, &d);	/* no overflow */
	hc_date_split(INT32_MIN, NULL, NULL, NULL);
}

static void
test_exists(void **state)
{
	static const struct {
		int y, m, d, is;
	} days[] = {
		{ 2020, 2, 29, 1 }, { 2021, 2, 29, 0 }, { 1900, 2, 29, 0 },
		{ 2000, 2, 29, 1 }, { 2020, 13, 1, 0 }, { 2020, 0, 1, 0 },
		{ 2020, 1, 0, 0 }, { 2020, 1, 32, 0 }, { 2020, 4, 31, 0 },
		{ 0, 1, 1, 0 }, { 10000, 1, 1, 0 }, { 9999, 12, 31, 1 },
		{ -1, 1, 1, 0 }, { 2020, -1, 1, 0 }, { 2020, 1, -1, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N(days); i++) {
		assert_int_equal(hc_date_exists(days[i].y, days[i].m,
		    days[i].d), days[i].is);
		assert_int_equal(hc_date_make(days[i].y, days[i].m,
		    days[i].d) != HC_DATE_NONE, days[i].is);
	}
}

static void
test_iso(void **state)
{
	static const char *const bad[] = { "", "2020-3-14", "2020-03-14 ",
	    " 2020-03-14", "2020/03/14", "2021-02-29", "2020-13-01",
	    "0000-01-01", "2020-03-1", "20200314", "2020-03-14T", "２020-03-14",
	    "+020-03-14", "2020-03-00" };
	char text[HC_DATE_SIZE];
	int32_t date = 77;
	size_t i;

	(void)state;
	for (i = 0; i < N(bad); i++)
		assert_int_equal(hc_date_parse_iso(bad[i], &date), HC_INVALID);
	assert_int_equal(date, 77);
	assert_int_equal(hc_date_parse_iso("2020-03-14", &date), HC_OK);
	assert_int_equal(date, 18335);
	hc_date_format(date, text);
	assert_string_equal(text, "2020-03-14");
	hc_date_format(iso("0001-01-01"), text);
	assert_string_equal(text, "0001-01-01");
	hc_date_format(HC_DATE_NONE, text);
	assert_string_equal(text, "");
	hc_date_format(INT32_MAX, text);
	assert_string_equal(text, "");
}

static void
test_weeks(void **state)
{
	static const struct {
		const char *date;
		int weekday, year, week;
	} weeks[] = {
		{ "2020-12-31", 4, 2020, 53 }, { "2021-01-01", 5, 2020, 53 },
		{ "2021-01-03", 0, 2020, 53 }, { "2021-01-04", 1, 2021, 1 },
		{ "2019-12-30", 1, 2020, 1 }, { "2018-12-31", 1, 2019, 1 },
		{ "2016-01-03", 0, 2015, 53 }, { "2020-02-29", 6, 2020, 9 },
		{ "1969-12-31", 3, 1970, 1 },
	};
	int year, week;
	size_t i;

	(void)state;
	for (i = 0; i < N(weeks); i++) {
		hc_date_iso_week(iso(weeks[i].date), &year, &week);
		assert_int_equal(hc_date_weekday(iso(weeks[i].date)),
		    weeks[i].weekday);
		assert_int_equal(year, weeks[i].year);
		assert_int_equal(week, weeks[i].week);
	}
}

/* ---- Instants ---- */

static void
test_instants(void **state)
{
	static const struct {
		const char *in, *out;	/* "" must fail */
	} instants[] = {
		{ "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
		{ "2020-12-25T00:30:00Z", "2020-12-25T00:30:00Z" },
		{ "2020-12-25 00:30:00Z", "2020-12-25T00:30:00Z" },
		{ "2020-12-25T00:30Z", "2020-12-25T00:30:00Z" },
		{ "2020-12-25T00:30:15.999Z", "2020-12-25T00:30:15Z" },
		{ "2020-12-25T09:30:00+09:00", "2020-12-25T00:30:00Z" },
		{ "2020-12-25T09:30:00+0900", "2020-12-25T00:30:00Z" },
		{ "2020-12-25T00:30:00+09:00", "2020-12-24T15:30:00Z" },
		{ "2020-12-24T19:30:00-05:00", "2020-12-25T00:30:00Z" },
		{ "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z" },
		{ "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
		{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
		{ "", "" }, { "2020-12-25", "" }, { "2020-12-25T00:30:00", "" },
		{ "2020-12-25T24:00:00Z", "" }, { "2020-12-25T00:60:00Z", "" },
		{ "2020-12-25T00:30:60Z", "" }, { "2020-12-25T0:30:00Z", "" },
		{ "2021-02-29T00:00:00Z", "" }, { "2020-12-25T00:30:00ZZ", "" },
		{ "2020-12-25T00:30:00+25:00", "" }, { "2020-12-2", "" },
		{ "2020-12-25T", "" }, { "2020-12-25T00:30:00.Z", "" },
		{ "2020-12-25T00:30:00+", "" },
	};
	char text[HC_INSTANT_SIZE];
	int64_t instant;
	size_t i;

	(void)state;
	for (i = 0; i < N(instants); i++) {
		text[0] = '\0';
		if (hc_instant_parse(instants[i].in, &instant) == HC_OK)
			hc_instant_format(instant, text);
		assert_string_equal(text, instants[i].out);
	}
	hc_instant_format(INT64_MAX, text);
	assert_string_equal(text, "");
	hc_instant_format(INT64_MIN, text);
	assert_string_equal(text, "");
}

static void
test_zones(void **state)
{
	int64_t instant = hc_instant_make(iso("2020-12-25"), 30, 540);
	char text[HC_INSTANT_SIZE];
	int32_t date;
	int minute;

	(void)state;
	hc_instant_format(instant, text);
	assert_string_equal(text, "2020-12-24T15:30:00Z");
	hc_instant_split(instant, 540, &date, &minute);
	assert_int_equal(date, iso("2020-12-25"));
	assert_int_equal(minute, 30);
	hc_instant_split(instant, 0, &date, &minute);
	assert_int_equal(date, iso("2020-12-24"));
	assert_int_equal(minute, 15 * 60 + 30);
	hc_instant_split(-1, 0, &date, &minute);
	assert_int_equal(date, -1);
	assert_int_equal(minute, 1439);
	hc_instant_split(-1, 540, &date, NULL);
	assert_int_equal(date, 0);
}

/* ---- Times ---- */

static void
test_times(void **state)
{
	static const struct {
		const char *in;
		int minute;	/* -1 refused, -2 empty */
	} times[] = {
		{ "19:00", 1140 }, { "9:05", 545 }, { "09:05:59", 545 },
		{ "１９：００", 1140 }, { " 19 : 00 ", 1140 }, { "0:00", 0 },
		{ "24:00", 1440 }, { "19時", 1140 }, { "19時30分", 1170 },
		{ "19 時 30 分", 1170 }, { "7時半", 450 },
		{ "午後7時30分", 1170 }, { "午後７時３０分", 1170 },
		{ "午前0時", 0 }, { "午前9時", 540 },
		{ "正午", 720 }, { "PM 7:30", 1170 }, { "7:30 pm", 1170 },
		{ "7:30PM", 1170 }, { "12:30 AM", 30 }, { "12:30 PM", 750 },
		{ "午後 7:30", 1170 }, { "19:00:00.000", 1140 },
		{ "19時30分15秒", 1170 },
		{ "", -2 }, { "　", -2 },
		{ "24:01", -1 }, { "25:00", -1 }, { "19:60", -1 },
		{ "19:5", -1 }, { "19", -1 }, { "1900", -1 }, { "19:00頃", -1 },
		{ "午後", -1 }, { "午後13時", -1 }, { "午前12時", -1 },
		{ "午後12時30分", -1 }, { "13:00 pm", -1 },
		{ "19:00-20:00", -1 },
		{ "夜", -1 }, { "-1:00", -1 }, { "19:00:61", -1 },
		{ "100:00", -1 }, { "19時75分", -1 },
	};
	struct hc_error err;
	size_t i;
	int minute;
	enum hc_status rc;

	(void)state;
	for (i = 0; i < N(times); i++) {
		minute = -9;
		rc = hc_time_read(times[i].in, &minute, &err);
		if (rc != (times[i].minute >= 0 ? HC_OK : times[i].minute ==
		    -1 ? HC_INVALID : HC_NOTFOUND) || minute !=
		    (times[i].minute >= 0 ? times[i].minute : -9))
			fail_msg("'%s': %d %d", times[i].in, rc, minute);
	}
}

/* ---- Dates as written ---- */

static const struct {
	const char *in, *date;
	int minute;
} clear[] = {
	{ "2020-03-14", "2020-03-14", -1 },
	{ "2020/3/14", "2020-03-14", -1 },
	{ "2020.3.14", "2020-03-14", -1 },
	{ "2020,3,14", "2020-03-14", -1 },
	{ "20200314", "2020-03-14", -1 },
	{ "２０２０／３／１４", "2020-03-14", -1 },
	{ "２０２０－０３－１４", "2020-03-14", -1 },
	{ "2020‐3−14", "2020-03-14", -1 },
	{ " 2020 / 3 / 14 ", "2020-03-14", -1 },
	{ "2020年3月14日", "2020-03-14", -1 },
	{ "２０２０年３月１４日", "2020-03-14", -1 },
	{ "2020年 3月 14日", "2020-03-14", -1 },
	{ "2021年1月16日（土）", "2021-01-16", -1 },
	{ "2021年1月16日(土曜日)", "2021-01-16", -1 },
	{ "2021年1月16日土曜日", "2021-01-16", -1 },
	{ "2021/1/11（月・祝）", "2021-01-11", -1 },
	{ "2021/1/16(Sat)", "2021-01-16", -1 },
	{ "2021/1/17（日）", "2021-01-17", -1 },
	{ "令和2年11月16日", "2020-11-16", -1 },
	{ "令和２年１１月１６日（月）", "2020-11-16", -1 },
	{ "令和元年5月1日", "2019-05-01", -1 },
	{ "令和 元年 5月 1日", "2019-05-01", -1 },
	{ "㋿2年11月16日", "2020-11-16", -1 },
	{ "R2.11.16", "2020-11-16", -1 },
	{ "R2/11/16", "2020-11-16", -1 },
	{ "R02-11-16", "2020-11-16", -1 },
	{ "r2.11.16", "2020-11-16", -1 },
	{ "Ｒ２．１１．１６", "2020-11-16", -1 },
	{ "R.2.11.16", "2020-11-16", -1 },
	{ "R021116", "2020-11-16", -1 },
	{ "S45.1.2", "1970-01-02", -1 },
	{ "昭45.1.2", "1970-01-02", -1 },
	{ "昭和45年1月2日", "1970-01-02", -1 },
	{ "H元.5.1", "1989-05-01", -1 },
	{ "平元.5.10", "1989-05-10", -1 },
	{ "平24. 9.30", "2012-09-30", -1 },
	{ "平11,3,24", "1999-03-24", -1 },
	{ "平\n10.4.1", "1998-04-01", -1 },
	{ "昭9.12.1　　", "1934-12-01", -1 },
	{ "大9.1.2", "1920-01-02", -1 },
	{ "T15.12.25", "1926-12-25", -1 },
	{ "S1.12.25", "1926-12-25", -1 },
	{ "S64.1.7", "1989-01-07", -1 },
	{ "H1.1.8", "1989-01-08", -1 },
	{ "H31.4.30", "2019-04-30", -1 },
	{ "M6.1.1", "1873-01-01", -1 },
	{ "'2020/3/14", "2020-03-14", -1 },
	{ "14 Mar 2020", "2020-03-14", -1 },
	{ "14-Mar-20", "2020-03-14", -1 },
	{ "March 14, 2020", "2020-03-14", -1 },
	{ "2021/1/16 19:00", "2021-01-16", 1140 },
	{ " 2020/3/4 9:10", "2020-03-04", 550 },
	{ "2021年1月16日 午後3時", "2021-01-16", 900 },
	{ "2021年1月16日（土）19時30分", "2021-01-16", 1170 },
	{ "2020/3/5 24:00", "2020-03-06", 0 },
	{ "20200314 19:00", "2020-03-14", 1140 },
	{ "2020-01-28T00:00:00+09:00", "2020-01-28", 0 },
	{ "2020-01-24T08:00:00.000Z", "2020-01-24", 1020 },
	{ "2020-01-24T15:00:00.000Z", "2020-01-25", 0 },
	{ "2020-03-14T10:00:00", "2020-03-14", 600 },
	{ "2020-02-29", "2020-02-29", -1 },
};

static void
test_read(void **state)
{
	struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_date_value value;
	struct hc_error err;
	char text[HC_DATE_SIZE];
	size_t i;

	(void)state;
	rule.weekday = true;
	for (i = 0; i < N(clear); i++) {
		if (hc_date_read(clear[i].in, &rule, &value, &err) != HC_OK)
			fail_msg("%s", err.text);
		hc_date_format(value.date, text);
		assert_string_equal(text, clear[i].date);
		assert_int_equal(value.minute, clear[i].minute);
		assert_true(value.year_given);
	}
}

#define NO_DATE "no date"
#define NO_DAY "no such day in the calendar"
#define NO_ERA_DAY "no such day in that era"
#define MORE "more than a date"

static const struct {
	const char *in, *why;	/* NULL: empty */
} refused[] = {
	{ "", NULL }, { " 　\n", NULL },
	{ "調査中", NO_DATE }, { "-", NO_DATE }, { "不明", NO_DATE },
	{ "2021-02-29", NO_DAY }, { "2021/2/30", NO_DAY },
	{ "2020年13月1日", NO_DAY }, { "2020/0/1", NO_DAY },
	{ "2020/4/31", NO_DAY }, { "20201301", NO_DAY }, { "13月1日", NO_DAY },
	{ "令和2年2月30日", NO_DAY }, { "0000/1/1", NO_DAY },
	{ "R0.1.1", NO_ERA_DAY }, { "R1.4.30", NO_ERA_DAY },
	{ "S65.1.1", NO_ERA_DAY }, { "S64.1.8", NO_ERA_DAY },
	{ "S1.12.24", NO_ERA_DAY }, { "H31.5.1", NO_ERA_DAY },
	{ "H1.1.7", NO_ERA_DAY }, { "M5.12.31", NO_ERA_DAY },
	{ "T16.1.1", NO_ERA_DAY }, { "平成32年4月1日", NO_ERA_DAY },
	{ "43904", "a bare number is no date" },
	{ "43904.5", "a bare number is no date" },
	{ "5", "a bare number is no date" },
	{ "2020", "a bare number is no date" },
	{ "200314", "a bare number is no date" },
	{ "1/16", "no year is known for the date" },
	{ "1月16日", "no year is known for the date" },
	{ "2年3月14日", "a year of two digits without its era" },
	{ "2020年3月", "a month without a day" },
	{ "2020/3", "a month without a day" },
	{ "2020.3", "a month without a day" },
	{ "03/04/05", "may be year/month/day, month/day/year or "
	    "day/month/year" },
	{ "3/4/2020", "may be month/day/year or day/month/year" },
	{ "2021年1月16日（日）", "the weekday does not fit the date" },
	{ "2020/3/14頃", MORE }, { "2020/3/14~3/16", MORE },
	{ "2020/3/14 2020/3/15", MORE }, { "2020/3/141", NO_DATE },
	{ "1月14日1月15日に重複発表", MORE }, { "2020-03-14-15", MORE },
	{ "2020/3/14 25:00", "no time of day behind the date" },
	{ "19:00", NO_DATE }, { "123/4/5", NO_DATE }, { "2020//3/14", NO_DATE },
	{ "X2.3.14", NO_DATE }, { "R2", NO_DATE }, { "R2.3", NO_DATE },
	{ "12345678901", NO_DATE }, { "99999999999999999999/1/1", NO_DATE },
	{ "\xff", NO_DATE }, { "平H10.9.9", NO_DATE },
	{ "エラー:502", NO_DATE },
};

static void
test_refuse(void **state)
{
	struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_date_value value = { 77, 77, true };
	struct hc_error err;
	size_t i, len;

	(void)state;
	rule.weekday = true;
	for (i = 0; i < N(refused); i++) {
		err.text[0] = '\0';
		assert_int_equal(hc_date_read(refused[i].in, &rule, &value,
		    &err), refused[i].why == NULL ? HC_NOTFOUND : HC_INVALID);
		if (refused[i].why == NULL)
			continue;
		len = strlen(refused[i].why);
		if (strncmp(err.text, refused[i].why, len) != 0 ||
		    err.text[len] != ':')
			fail_msg("'%s': %s", refused[i].in, err.text);
	}
	assert_int_equal(value.date, 77);
	assert_int_equal(hc_date_read("2021年1月16日（日）", &rule, &value,
	    NULL), HC_INVALID);
	rule.weekday = false;
	assert_int_equal(hc_date_read("2021年1月16日（日）", &rule, &value,
	    NULL), HC_OK);
}

static const struct {
	const char *in, *date;	/* "" must fail */
	enum hc_date_form form;
	enum hc_date_serial serial;
	char era;
	int year;
	const char *latest;
	int minute;
} ruled[] = {
	{ "1/16", "2021-01-16", 0, 0, 0, 2021, "", -1 },
	{ "1月16日", "2021-01-16", 0, 0, 0, 2021, "", -1 },
	{ "１月１６日（土）", "2021-01-16", 0, 0, 0, 2021, "", -1 },
	{ "1/16 19:00", "2021-01-16", 0, 0, 0, 2021, "", 1140 },
	{ "16/1", "2021-01-16", HC_DATE_DMY, 0, 0, 2021, "", -1 },
	{ "16/1", "", HC_DATE_MDY, 0, 0, 2021, "", -1 },
	{ "2/29", "", 0, 0, 0, 2021, "", -1 },
	{ "1/16", "2021-01-16", 0, 0, 0, 0, "2021-01-20", -1 },
	{ "1/16", "2021-01-16", 0, 0, 0, 0, "2021-01-16", -1 },
	{ "1/17", "2020-01-17", 0, 0, 0, 0, "2021-01-16", -1 },
	{ "12/31", "2020-12-31", 0, 0, 0, 0, "2021-01-16", -1 },
	{ "2/29", "2020-02-29", 0, 0, 0, 0, "2021-03-01", -1 },
	{ "2/29", "1896-02-29", 0, 0, 0, 0, "1903-12-31", -1 },
	{ "20/03/14", "2020-03-14", HC_DATE_YMD, 0, 0, 0, "", -1 },
	{ "20.3.14", "2020-03-14", HC_DATE_YMD, 0, 0, 0, "", -1 },
	{ "03/14/20", "2020-03-14", HC_DATE_MDY, 0, 0, 0, "", -1 },
	{ "3/14/2020", "2020-03-14", HC_DATE_MDY, 0, 0, 0, "", -1 },
	{ "14/3/2020", "2020-03-14", HC_DATE_DMY, 0, 0, 0, "", -1 },
	{ "14.03.20", "2020-03-14", HC_DATE_DMY, 0, 0, 0, "", -1 },
	{ "14/3/2020", "", HC_DATE_MDY, 0, 0, 0, "", -1 },
	{ "3/14/2020", "", HC_DATE_YMD, 0, 0, 0, "", -1 },
	{ "2/3/14", "2020-03-14", HC_DATE_ERA, 0, 'R', 0, "", -1 },
	{ "2年3月14日", "2020-03-14", HC_DATE_ERA, 0, 'R', 0, "", -1 },
	{ "2.3.14", "1990-03-14", HC_DATE_ERA, 0, 'H', 0, "", -1 },
	{ "99.3.14", "", HC_DATE_ERA, 0, 'H', 0, "", -1 },
	{ "75/3/14", "1975-03-14", HC_DATE_YMD, 0, 0, 0, "", -1 },
	{ "55/3/14", "2055-03-14", HC_DATE_YMD, 0, 0, 0, "", -1 },
	{ "55/3/14", "1955-03-14", HC_DATE_YMD, 0, 0, 0, "2021-01-16", -1 },
	{ "20/3/14", "2020-03-14", HC_DATE_YMD, 0, 0, 0, "2021-01-16", -1 },
	{ "2020/3/14", "2020-03-14", HC_DATE_DMY, 0, 0, 0, "", -1 },
	{ "43904", "2020-03-14", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "43904.0", "2020-03-14", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "43904.75", "2020-03-14", 0, HC_DATE_SERIAL_1900, 0, 0, "", 1080 },
	{ "42442", "2020-03-14", 0, HC_DATE_SERIAL_1904, 0, 0, "", -1 },
	{ "61", "1900-03-01", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "60", "", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "59", "1900-02-28", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "1", "1900-01-01", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "0", "", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "9999999", "", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
	{ "20200314", "2020-03-14", 0, HC_DATE_SERIAL_1900, 0, 0, "", -1 },
};

static void
test_rules(void **state)
{
	struct hc_date_rule rule;
	struct hc_date_value value;
	char text[HC_DATE_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < N(ruled); i++) {
		rule = (struct hc_date_rule)HC_DATE_RULE_INIT;
		rule.form = ruled[i].form;
		rule.serial = ruled[i].serial;
		rule.era = ruled[i].era;
		rule.year = ruled[i].year;
		rule.latest = iso(ruled[i].latest);
		text[0] = '\0';
		value.minute = -1;
		if (hc_date_read(ruled[i].in, &rule, &value, NULL) == HC_OK)
			hc_date_format(value.date, text);
		if (strcmp(text, ruled[i].date) != 0 ||
		    value.minute != ruled[i].minute)
			fail_msg("%s: '%s' %d", ruled[i].in, text,
			    value.minute);
	}
}

/* ---- Columns ---- */

static const struct {
	const char *cells;	/* parted by '|' */
	const char *earliest, *latest;
	const char *form;	/* the decision, or the words of refusal */
} columns[] = {
	{ "", "", "", "clear" },
	{ "2020-03-14|2020/3/15|R2.3.16|調査中||", "", "", "clear" },
	{ "1/24/2020|1/25/2020", "", "", "mdy" },
	{ "24/1/2020|25/1/2020", "", "", "dmy" },
	{ "1/2/2020|3/4/2020|1/24/2020", "", "", "mdy" },
	{ "20/03/14|20/03/31", "", "2021-01-16", "the column may be read in "
	    "two ways: '20/03/14' is 2020-03-14 as year/month/day, or "
	    "2014-03-20 as day/month/year" },
	{ "20/03/14|20/03/31", "2020-01-01", "2021-01-16", "ymd" },
	{ "20/12/31|20/01/05", "", "2021-01-16", "the column may be read in "
	    "two ways: '20/12/31' is 2020-12-31 as year/month/day, or "
	    "1931-12-20 as day/month/year" },
	{ "03/04/05", "", "", "the column may be read in two ways: "
	    "'03/04/05' is 2003-04-05 as year/month/day, or 2005-03-04 as "
	    "month/day/year" },
	{ "3/4/2020|5/6/2020", "", "", "the column may be read in two ways: "
	    "'3/4/2020' is 2020-03-04 as month/day/year, or 2020-04-03 as "
	    "day/month/year" },
	{ "3/3/2020|5/5/2020", "", "", "mdy" },	/* the same either way */
	{ "3/3/2020|2020-04-05|5/6/2020", "", "", "the column may be read in "
	    "two ways: '5/6/2020' is 2020-05-06 as month/day/year, or "
	    "2020-06-05 as day/month/year" },
	{ "1/16/2020|16/1/2020", "", "", "no one way of reading fits all "
	    "dates of the column: '1/16/2020' is not year/month/day, "
	    "'16/1/2020' is not month/day/year, '1/16/2020' is not "
	    "day/month/year" },
	{ "1/16/2020|99/99/2020|1/2/2020", "", "", "mdy" },
	{ "2/30/2020|1/16/2020", "", "", "mdy" },
	{ "12/1/2020|12/2/2020", "2020-11-01", "2020-12-31", "mdy" },
	{ "1/16|1/17|2/1", "", "", "clear" },
	{ "1/2", "", "", "clear" },
	{ "16/1|17/1|1/2", "", "", "dmy" },
	{ "16/1|1/16", "", "", "no one way of reading fits all dates of the "
	    "column: '16/1' is not month/day, '1/16' is not day/month" },
	{ "1/16|1月17日|令和2年1月18日", "", "", "clear" },
	{ "75/3/14|88/12/25", "", "2021-01-16", "ymd" },
};

static void
test_columns(void **state)
{
	struct hc_date_rule rule, decided;
	struct hc_date_column column;
	struct hc_error err;
	char cells[256], *cell, *rest;
	size_t i;

	(void)state;
	for (i = 0; i < N(columns); i++) {
		rule = (struct hc_date_rule)HC_DATE_RULE_INIT;
		rule.year = 2020;
		rule.earliest = iso(columns[i].earliest);
		rule.latest = iso(columns[i].latest);
		hc_date_column_init(&column, &rule);
		snprintf(cells, sizeof(cells), "%s", columns[i].cells);
		rest = cells;
		while ((cell = strsep(&rest, "|")) != NULL)
			assert_int_equal(hc_date_column_see(&column, cell),
			    HC_OK);
		if (hc_date_column_decide(&column, &decided, &err) == HC_OK)
			snprintf(err.text, sizeof(err.text), "%s",
			    hc_date_form_name(decided.form));
		assert_string_equal(err.text, columns[i].form);
	}
}

static void
test_column_counts(void **state)
{
	struct hc_date_rule rule = HC_DATE_RULE_INIT, decided;
	struct hc_date_column column;

	(void)state;
	rule.form = HC_DATE_DMY;	/* the user's word is not asked */
	hc_date_column_init(&column, &rule);
	hc_date_column_see(&column, "3/4/2020");
	hc_date_column_see(&column, "1/16/2020");
	hc_date_column_see(&column, "");
	hc_date_column_see(&column, "調査中");
	hc_date_column_see(&column, "2020-03-14");
	assert_int_equal(hc_date_column_decide(&column, &decided, NULL),
	    HC_OK);
	assert_int_equal(decided.form, HC_DATE_DMY);
	assert_int_equal(column.cells, 4);
	assert_int_equal(column.dates, 3);
	assert_int_equal(column.unclear, 2);
}

static void
test_forms(void **state)
{
	enum hc_date_form form;
	int i;

	(void)state;
	for (i = HC_DATE_CLEAR; i <= HC_DATE_ERA; i++) {
		assert_int_equal(hc_date_form_parse(hc_date_form_name(
		    (enum hc_date_form)i), &form), 0);
		assert_int_equal(form, i);
	}
	assert_int_equal(hc_date_form_parse("ydm", &form), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_exists),
		cmocka_unit_test(test_iso),
		cmocka_unit_test(test_weeks),
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_zones),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refuse),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_column_counts),
		cmocka_unit_test(test_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
