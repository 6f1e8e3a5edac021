/*
 * Dates as written.  hc_date_scan() takes a cell apart by its shape,
 * hc_date_resolve() says which day that is by a rule.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/datescan.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/scan.h"

#include "base/date.h"

/* ---- Eras ---- */

/* First and last day; the first ones of Taisho and Showa are also the last
   of the era before them. */
static const struct era {
	char letter;
	short base;		/* year 1 is base + 1 */
	short first[3], last[3];
	const char *name[3];	/* the longer first */
} eras[] = {
	{ 'M', 1867, { 1873, 1, 1 }, { 1912, 7, 30 },
	    { "明治", "明", "㍾" } },
	{ 'T', 1911, { 1912, 7, 30 }, { 1926, 12, 25 },
	    { "大正", "大", "㍽" } },
	{ 'S', 1925, { 1926, 12, 25 }, { 1989, 1, 7 },
	    { "昭和", "昭", "㍼" } },
	{ 'H', 1988, { 1989, 1, 8 }, { 2019, 4, 30 },
	    { "平成", "平", "㍻" } },
	{ 'R', 2018, { 2019, 5, 1 }, { 9999, 12, 31 },
	    { "令和", "令", "㋿" } },
};

#define ERAS (sizeof(eras) / sizeof(eras[0]))

/* The era whose name or letter stands at ${*p}, '\0' if none. */
static char
take_era(const char **p)
{
	size_t i, k;

	for (i = 0; i < ERAS; i++) {
		for (k = 0; k < 3; k++)
			if (hc_scan_take(p, eras[i].name[k]))
				return eras[i].letter;
		if ((**p | 0x20) == (eras[i].letter | 0x20)) {
			/* A letter before anything but a year is a word. */
			const char *behind = *p + 1;

			hc_scan_take(&behind, ".");
			hc_scan_spaces(&behind);
			if (!hc_scan_is_digit(*behind) &&
			    strncmp(behind, "元", strlen("元")) != 0)
				continue;
			*p = behind;
			return eras[i].letter;
		}
	}
	return '\0';
}

/* The day in an era; HC_DATE_NONE and ${why} if it is none, or outside. */
static int32_t
era_date(char letter, const int number[3], const char **why)
{
	const struct era *era = &eras[0];
	int32_t date;

	while (era->letter != letter && era < &eras[ERAS - 1])
		era++;
	date = number[0] < 1 ? HC_DATE_NONE :
	    hc_date_make(era->base + number[0], number[1], number[2]);
	if (number[0] >= 1 && date == HC_DATE_NONE) {
		*why = _("no such day in the calendar");
	} else if (number[0] < 1 || date < hc_date_make(era->first[0],
	    era->first[1], era->first[2]) || date > hc_date_make(
	    era->last[0], era->last[1], era->last[2])) {
		*why = _("no such day in that era");
		date = HC_DATE_NONE;
	}
	return date;
}

/* ---- Scanning ---- */

/* The number of digits at ${p}. */
static int
digits_at(const char *p)
{
	return (int)strspn(p, "0123456789");
}

/* What parts numbers of a date: / . , - and the kanji given, with spaces
   around. */
static bool
take_part(const char **p, const char *kanji)
{
	const char *at = *p;

	hc_scan_spaces(&at);
	if (*at == '/' || *at == '.' || *at == '-' || *at == ',')
		at++;
	else if (!hc_scan_take(&at, kanji))
		return false;
	hc_scan_spaces(&at);
	*p = at;
	return true;
}

/* A number of one or two digits behind a part; false if there is none. */
static bool
take_next(const char **p, const char *kanji, int *number)
{
	const char *at = *p;

	if (!take_part(&at, kanji) || digits_at(at) < 1 || digits_at(at) > 2)
		return false;
	*number = hc_scan_number(&at, 2);
	*p = at;
	return true;
}

/* Move behind 日 or a last point. */
static void
take_day_mark(const char **p)
{
	const char *at = *p;

	hc_scan_spaces(&at);
	if (hc_scan_take(&at, "日") || (*at == '.' && (at[1] == '\0' ||
	    hc_scan_is_space(at[1]))))
		*p = at + (*at == '.');
}

static bool
take_digits(const char **p, int count, int *number)
{
	int n = 0;

	while (count-- > 0)
		n = n * 10 + *(*p)++ - '0';
	*number = n;
	return true;
}

/* Behind an era: 2.11.16, 元年11月16日, 021116. */
static bool
scan_era(const char **p, struct hc_date_scan *scan)
{
	int *number = scan->number;

	scan->shape = HC_DATE_SHAPE_ERA;
	hc_scan_spaces(p);
	if (digits_at(*p) == 6)
		return take_digits(p, 2, &number[0]) &&
		    take_digits(p, 2, &number[1]) &&
		    take_digits(p, 2, &number[2]);
	if (hc_scan_take(p, "元"))
		number[0] = 1;
	else if ((number[0] = hc_scan_number(p, 2)) < 0)
		return false;
	if (!take_next(p, "年", &number[1]) || !take_next(p, "月", &number[2]))
		return false;
	take_day_mark(p);
	return true;
}

/* Jan to Dec, or the whole name: 1 to 12; 0 if none stands at ${*p}. */
static int
take_month_name(const char **p)
{
	static const char *const names[] = { "january", "february", "march",
	    "april", "may", "june", "july", "august", "september", "october",
	    "november", "december" };
	int i;

	for (i = 0; i < 12; i++)
		if (strncasecmp(*p, names[i], 3) == 0) {
			if (!hc_scan_take(p, names[i]))
				*p += 3;
			hc_scan_take(p, ".");
			return i + 1;
		}
	return 0;
}

static void
take_joint(const char **p)
{
	while (hc_scan_is_space(**p) || **p == '-' || **p == '/' ||
	    **p == ',')
		++*p;
}

/* A year of two or four digits at the end of an English date. */
static bool
named_year(const char **p, struct hc_date_scan *scan)
{
	int digits;

	take_joint(p);
	digits = digits_at(*p);
	if (digits != 2 && digits != 4)
		return false;
	scan->number[0] = hc_scan_number(p, 4);
	scan->shape = digits == 4 ? HC_DATE_SHAPE_CLEAR :
	    HC_DATE_SHAPE_MONTH_NAMED;
	return true;
}

/* 14 Mar 2020, 14-Mar-20, March 14, 2020. */
static bool
scan_named(const char **p, struct hc_date_scan *scan)
{
	const char *at = *p;
	bool day_first = hc_scan_is_digit(*at);

	if (day_first) {
		scan->number[2] = hc_scan_number(&at, 2);
		take_joint(&at);
	}
	if ((scan->number[1] = take_month_name(&at)) == 0)
		return false;
	if (!day_first) {
		take_joint(&at);
		scan->number[2] = hc_scan_number(&at, 2);
	}
	if (scan->number[2] < 0 || !named_year(&at, scan))
		return false;
	*p = at;
	return true;
}

/* A bare number: 20200314, or a serial with a fraction of a day. */
static bool
scan_bare(const char **p, struct hc_date_scan *scan)
{
	double scale = 1, fraction = 0;
	const char *at = *p;
	int digits = digits_at(at);

	if (digits == 8) {
		scan->shape = HC_DATE_SHAPE_CLEAR;
		return take_digits(p, 4, &scan->number[0]) &&
		    take_digits(p, 2, &scan->number[1]) &&
		    take_digits(p, 2, &scan->number[2]);
	}
	if (digits > 7)
		return false;
	scan->shape = HC_DATE_SHAPE_SERIAL;
	scan->number[0] = hc_scan_number(&at, 7);
	if (*at == '.')
		for (at++; hc_scan_is_digit(*at); at++)
			fraction += (*at - '0') * (scale /= 10);
	scan->number[1] = (int)(fraction * 1440 + 0.5);
	*p = at;
	return true;
}

/* Does a number alone stand there: 43904, 43904.5, 20200314 (Sat)?  Not
   2020.3, which is a month. */
static bool
is_bare(const char *p)
{
	int digits = digits_at(p);

	p += digits;
	if (digits == 8 && (hc_scan_is_space(*p) || *p == '(' || *p == 'T'))
		return true;
	if (digits == 5 && *p == '.')
		p += 1 + digits_at(p + 1);
	return *p == '\0';
}

/* Numbers parted by signs or kanji, the first of ${digits} digits. */
static bool
scan_numbers(const char **p, struct hc_date_scan *scan, int digits,
    const char **why)
{
	int *number = scan->number;
	bool year_kanji, month_kanji;
	const char *at;

	number[0] = hc_scan_number(p, 4);
	at = *p;
	hc_scan_spaces(&at);
	year_kanji = strncmp(at, "年", strlen("年")) == 0;
	month_kanji = strncmp(at, "月", strlen("月")) == 0;
	if (digits > 2 && digits != 4)
		return false;
	if (month_kanji) {
		scan->shape = HC_DATE_SHAPE_MONTH_DAY;
		if (digits > 2 || !take_next(p, "月", &number[1]))
			return false;
		take_day_mark(p);
		return true;
	}
	if (!take_next(p, "年", &number[1]))
		return false;
	at = *p;
	if (take_part(&at, "月") && digits_at(at) == 4 && digits < 4 &&
	    !year_kanji) {
		scan->shape = HC_DATE_SHAPE_YEAR_LAST;
		number[2] = hc_scan_number(&at, 4);
		*p = at;
		return true;
	}
	if (!take_next(p, "月", &number[2])) {
		if (digits == 4 || year_kanji) {
			at = *p;
			hc_scan_take(&at, "月");
			if (*at == '\0')
				*why = _("a month without a day");
			return false;
		}
		scan->shape = HC_DATE_SHAPE_SHORT;
		return true;
	}
	scan->shape = digits == 4 ? HC_DATE_SHAPE_CLEAR :
	    year_kanji ? HC_DATE_SHAPE_NO_ERA : HC_DATE_SHAPE_THREE;
	take_day_mark(p);
	return true;
}

/* A weekday, in brackets or not: (土), 土曜日, (土・祝), (Sat). */
static void
scan_weekday(const char **p, struct hc_date_scan *scan)
{
	static const char *const kanji[] = { "日", "月", "火", "水", "木", "金",
	    "土" };
	static const char *const english[] = { "sunday", "monday", "tuesday",
	    "wednesday", "thursday", "friday", "saturday" };
	const char *at = *p;
	bool bracket, holiday;
	int i;

	hc_scan_spaces(&at);
	bracket = hc_scan_take(&at, "(") || hc_scan_take(&at, "[");
	hc_scan_spaces(&at);
	for (i = 0; i < 7; i++) {
		if (hc_scan_take(&at, kanji[i]))
			break;
		if (strncasecmp(at, english[i], 3) == 0) {
			if (!hc_scan_take(&at, english[i]))
				at += 3;
			break;
		}
	}
	if (i < 7 && hc_scan_take(&at, "曜"))
		hc_scan_take(&at, "日");
	holiday = hc_scan_take(&at, "・祝") || hc_scan_take(&at, "・休") ||
	    hc_scan_take(&at, "・振") || hc_scan_take(&at, "祝") ||
	    hc_scan_take(&at, "･祝");
	hc_scan_spaces(&at);
	if (i == 7 && !holiday)
		return;
	if (bracket && !hc_scan_take(&at, ")") && !hc_scan_take(&at, "]"))
		return;
	scan->weekday = i < 7 ? i : -1;
	*p = at;
}

/* What may stand behind a date: weekday, time, zone, and then nothing. */
static bool
scan_rest(const char **p, struct hc_date_scan *scan, const char **why)
{
	int got;

	scan_weekday(p, scan);
	hc_scan_spaces(p);
	if (**p == 'T' || **p == 't')
		++*p;
	if (**p == ',')
		++*p;
	hc_scan_spaces(p);
	got = hc_time_scan(p, &scan->minute);
	if (got < 0) {
		*why = _("no time of day behind the date");
		return false;
	}
	hc_scan_spaces(p);
	if (got == 1)
		scan->zoned = hc_instant_scan_zone(p, &scan->offset);
	if (**p != '\0')
		*why = _("more than a date");
	return **p == '\0';
}

/* The same as hc_date_scan() for plain text that is not empty. */
static bool
scan_plain(const char *p, struct hc_date_scan *scan, const char **why)
{
	int digits;
	bool got;

	*why = _("no date");
	if (*p == '\'')
		p++;
	hc_scan_spaces(&p);
	if ((scan->era = take_era(&p)) != '\0') {
		got = scan_era(&p, scan);
	} else if ((digits = digits_at(p)) == 0) {
		got = scan_named(&p, scan);
	} else if (is_bare(p)) {
		got = scan_bare(&p, scan);
		if (got && scan->shape == HC_DATE_SHAPE_SERIAL)
			return *p == '\0';
	} else {
		got = scan_named(&p, scan) ||
		    scan_numbers(&p, scan, digits, why);
	}
	return got && scan_rest(&p, scan, why);
}

enum hc_status
hc_date_scan(const char *cell, struct hc_date_scan *scan, const char **why)
{
	struct hc_buf plain = HC_BUF_INIT;
	enum hc_status rc;
	const char *p;

	memset(scan, 0, sizeof(*scan));
	scan->minute = scan->weekday = -1;
	hc_norm_ascii(&plain, cell);
	p = hc_buf_text(&plain);
	hc_scan_spaces(&p);
	if (hc_buf_failed(&plain))
		rc = HC_NOMEM;
	else if (*p == '\0')
		rc = HC_NOTFOUND;
	else {
		while (plain.len > 0 &&
		    hc_scan_is_space(plain.data[plain.len - 1]))
			hc_buf_cut(&plain, plain.len - 1);
		rc = scan_plain(p, scan, why) ? HC_OK : HC_INVALID;
	}
	hc_buf_free(&plain);
	return rc;
}

/* ---- Resolving ---- */

/* The year that two digits stand for: this century's, or the last one's
   where that would be after all that is known. */
static int32_t
two_digit_year(const struct hc_date_rule *rule, int year, int month, int day)
{
	int32_t date = hc_date_make(2000 + year, month, day);

	if (rule->latest != HC_DATE_NONE ? date > rule->latest : year >= 70)
		date = hc_date_make(1900 + year, month, day);
	return date;
}

/* A month and day in the year of the rule, or the last not after its latest
   day (29 February: at most eight years before). */
static int32_t
without_year(const struct hc_date_rule *rule, int month, int day,
    const char **why)
{
	int year, tries;
	int32_t date;

	*why = _("no such day in the calendar");
	if (!hc_date_exists(2000, month, day))
		return HC_DATE_NONE;
	if (rule->year != 0)
		return hc_date_make(rule->year, month, day);
	*why = _("no year is known for the date");
	if (rule->latest == HC_DATE_NONE)
		return HC_DATE_NONE;
	hc_date_split(rule->latest, &year, NULL, NULL);
	for (tries = 0; tries <= 8; tries++) {
		date = hc_date_make(year - tries, month, day);
		if (date != HC_DATE_NONE && date <= rule->latest)
			return date;
	}
	return HC_DATE_NONE;
}

/* Excel's day numbers.  1900 is a leap year there: 60 is no day, and those
   before it are one less. */
static int32_t
serial_date(const struct hc_date_scan *scan, const struct hc_date_rule *rule,
    const char **why)
{
	int serial = scan->number[0];

	if (rule->serial == HC_DATE_SERIAL_NO) {
		*why = _("a bare number is no date");
		return HC_DATE_NONE;
	}
	*why = _("no such day number");
	if (serial > 2958465 || (rule->serial == HC_DATE_SERIAL_1900 &&
	    (serial < 1 || serial == 60)))
		return HC_DATE_NONE;
	if (rule->serial == HC_DATE_SERIAL_1904)
		return serial - 24107;
	return serial - (serial > 60 ? 25569 : 25568);
}

/* 20/3/14 and 3/14/2020 by ${form}. */
static int32_t
unclear_date(const struct hc_date_scan *scan, const struct hc_date_rule *rule,
    enum hc_date_form form, const char **why)
{
	const int *n = scan->number;
	bool last = scan->shape == HC_DATE_SHAPE_YEAR_LAST;

	switch (form) {
	case HC_DATE_YMD:
		return last ? HC_DATE_NONE :
		    two_digit_year(rule, n[0], n[1], n[2]);
	case HC_DATE_MDY:
		return last ? hc_date_make(n[2], n[0], n[1]) :
		    two_digit_year(rule, n[2], n[0], n[1]);
	case HC_DATE_DMY:
		return last ? hc_date_make(n[2], n[1], n[0]) :
		    two_digit_year(rule, n[2], n[1], n[0]);
	case HC_DATE_ERA:
		return last ? HC_DATE_NONE : era_date(rule->era, n, why);
	case HC_DATE_CLEAR:
		break;
	}
	*why = last ? _("may be month/day/year or day/month/year") :
	    _("may be year/month/day, month/day/year or day/month/year");
	return HC_DATE_NONE;
}

static int32_t
resolve_date(const struct hc_date_scan *scan, const struct hc_date_rule *rule,
    enum hc_date_form form, const char **why)
{
	const int *n = scan->number;

	*why = _("no such day in the calendar");
	switch (scan->shape) {
	case HC_DATE_SHAPE_CLEAR:
		return hc_date_make(n[0], n[1], n[2]);
	case HC_DATE_SHAPE_ERA:
		return era_date(scan->era, n, why);
	case HC_DATE_SHAPE_SHORT:
		return form == HC_DATE_DMY ?
		    without_year(rule, n[1], n[0], why) :
		    without_year(rule, n[0], n[1], why);
	case HC_DATE_SHAPE_MONTH_DAY:
		return without_year(rule, n[0], n[1], why);
	case HC_DATE_SHAPE_MONTH_NAMED:
		return two_digit_year(rule, n[0], n[1], n[2]);
	case HC_DATE_SHAPE_NO_ERA:
		if (form == HC_DATE_ERA)
			return era_date(rule->era, n, why);
		*why = _("a year of two digits without its era");
		return HC_DATE_NONE;
	case HC_DATE_SHAPE_SERIAL:
		return serial_date(scan, rule, why);
	case HC_DATE_SHAPE_THREE:
	case HC_DATE_SHAPE_YEAR_LAST:
		break;
	}
	return unclear_date(scan, rule, form, why);
}

/* Bring a time with a zone to the rule's, and 24:00 to the next day. */
static void
settle_time(const struct hc_date_scan *scan, const struct hc_date_rule *rule,
    struct hc_date_value *value)
{
	value->minute = scan->shape != HC_DATE_SHAPE_SERIAL ? scan->minute :
	    scan->number[1] > 0 ? scan->number[1] : -1;
	if (value->minute < 0)
		return;
	hc_instant_split(hc_instant_make(value->date, value->minute,
	    scan->zoned ? scan->offset : 0), scan->zoned ? rule->offset : 0,
	    &value->date, &value->minute);
}

enum hc_status
hc_date_resolve(const struct hc_date_scan *scan,
    const struct hc_date_rule *rule, enum hc_date_form form,
    struct hc_date_value *value, const char **why)
{
	int32_t date = resolve_date(scan, rule, form, why);

	if (date == HC_DATE_NONE)
		return HC_INVALID;
	if (rule->weekday && scan->weekday >= 0 &&
	    scan->weekday != hc_date_weekday(date)) {
		*why = _("the weekday does not fit the date");
		return HC_INVALID;
	}
	value->date = date;
	value->year_given = scan->shape != HC_DATE_SHAPE_SHORT &&
	    scan->shape != HC_DATE_SHAPE_MONTH_DAY;
	settle_time(scan, rule, value);
	if (value->date > hc_date_make(9999, 12, 31) ||
	    value->date < hc_date_make(1, 1, 1)) {
		*why = _("no such day in the calendar");
		return HC_INVALID;
	}
	return HC_OK;
}

enum hc_status
hc_date_read(const char *cell, const struct hc_date_rule *rule,
    struct hc_date_value *value, struct hc_error *err)
{
	struct hc_date_value got;
	struct hc_date_scan scan;
	enum hc_status rc;
	const char *why = "";

	rc = hc_date_scan(cell, &scan, &why);
	if (rc == HC_OK)
		rc = hc_date_resolve(&scan, rule, rule->form, &got, &why);
	if (rc == HC_OK)
		*value = got;
	else if (rc == HC_INVALID)
		return hc_norm_refuse(err, why, cell);
	else if (rc == HC_NOMEM)
		return hc_error_nomem(err);
	return rc;
}

/* ---- Names of forms ---- */

static const char *const form_names[] = {
	[HC_DATE_CLEAR] = "clear",
	[HC_DATE_YMD] = "ymd",
	[HC_DATE_MDY] = "mdy",
	[HC_DATE_DMY] = "dmy",
	[HC_DATE_ERA] = "era",
};

const char *
hc_date_form_name(enum hc_date_form form)
{
	return form_names[form];
}

int
hc_date_form_parse(const char *name, enum hc_date_form *form)
{
	size_t i;

	for (i = 0; i < sizeof(form_names) / sizeof(form_names[0]); i++)
		if (strcmp(form_names[i], name) == 0) {
			*form = (enum hc_date_form)i;
			return 0;
		}
	return -1;
}
