/*
 * The calendar of expressions: days and seconds as numbers.
 *
 * Like base/date.h, but of any year: between two steps of an expression a
 * date may lie far outside of the years 1 to 9999, and SQL computes on just
 * so.  A year begins in March here, so that the leap day is its last; months
 * are counted from March of year 0 (Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms").
 */
#include <stdio.h>
#include <string.h>

#include "base/expr_tree.h"

#define ERA_DAYS 146097		/* of 400 years */
#define ERA_MONTHS 4800
#define EPOCH 719468		/* 1970-01-01, from 0000-03-01 */

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The first day of a month, counted from 0000-03-01. */
static int64_t
month_begin(int64_t months)
{
	int64_t era = floor_div(months, ERA_MONTHS);
	int64_t k = months - era * ERA_MONTHS;

	return era * ERA_DAYS + 365 * (k / 12) + k / 48 - k / 1200 +
	    k / 4800 + (153 * (k % 12) + 2) / 5;
}

void
hc_expr_day_split(int64_t day, int64_t *months, int *day_of_month)
{
	int64_t z = day + EPOCH, era = floor_div(z, ERA_DAYS);
	int64_t century, year, in_year, month;

	z = 4 * (z - era * ERA_DAYS) + 3;
	century = z / ERA_DAYS;
	z = 4 * (z % ERA_DAYS / 4) + 3;
	year = z / 1461;
	in_year = z % 1461 / 4;
	month = (5 * in_year + 2) / 153;
	*months = era * ERA_MONTHS + (century * 100 + year) * 12 + month;
	*day_of_month = (int)(in_year - (153 * month + 2) / 5 + 1);
}

/* The last day of the month where the month is too short. */
int64_t
hc_expr_day_add_months(int64_t day, int64_t months)
{
	int64_t k, begin, length;
	int d;

	hc_expr_day_split(day, &k, &d);
	begin = month_begin(k + months);
	length = month_begin(k + months + 1) - begin;
	return begin + (d < length ? d : length) - 1 - EPOCH;
}

int64_t
hc_expr_day_age(int64_t birth, int64_t day)
{
	int64_t k1, k2;
	int d1, d2;

	hc_expr_day_split(birth, &k1, &d1);
	hc_expr_day_split(day, &k2, &d2);
	return floor_div(k2 - k1 - (d2 < d1), 12);
}

int64_t
hc_expr_day_of(int64_t instant, int zone)
{
	return floor_div(instant + (int64_t)zone * 60, 86400);
}

/* ${len} digits of ${s}; -1 if there is another character. */
static int
number(const char *s, int len)
{
	int n = 0;

	for (; len > 0; len--, s++) {
		if (*s < '0' || *s > '9')
			return -1;
		n = n * 10 + (*s - '0');
	}
	return n;
}

bool
hc_expr_day_parse(const char *text, size_t len, int64_t *day)
{
	int y, m, d;
	int64_t k, begin;

	if (len != 10 || text[4] != '-' || text[7] != '-')
		return false;
	y = number(text, 4);
	m = number(text + 5, 2);
	d = number(text + 8, 2);
	if (y < 1 || m < 1 || m > 12 || d < 1)
		return false;
	k = y * 12 + m - 3;
	begin = month_begin(k);
	if (d > 28 && d > month_begin(k + 1) - begin)
		return false;
	*day = begin + d - 1 - EPOCH;
	return true;
}

bool
hc_expr_instant_parse(const char *text, size_t len, int64_t *instant)
{
	int64_t day;
	int h, m, s;

	if (len != 20 || text[10] != 'T' || text[13] != ':' ||
	    text[16] != ':' || text[19] != 'Z' ||
	    !hc_expr_day_parse(text, 10, &day))
		return false;
	h = number(text + 11, 2);
	m = number(text + 14, 2);
	s = number(text + 17, 2);
	if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59)
		return false;
	*instant = day * 86400 + h * 3600 + m * 60 + s;
	return true;
}

/* "Z", "+09:00" or "+0900" to seconds; the bytes read, 0 if none. */
static size_t
read_zone(const char *s, int *seconds)
{
	size_t colon;
	int h, m;

	*seconds = 0;
	if (*s == 'Z' || *s == 'z')
		return 1;
	if ((*s != '+' && *s != '-') || strlen(s) < 5)
		return 0;
	colon = s[3] == ':';
	h = number(s + 1, 2);
	m = number(s + 3 + colon, 2);
	if (h < 0 || h > 14 || m < 0 || m > 59)
		return 0;
	*seconds = (*s == '-' ? -1 : 1) * (h * 3600 + m * 60);
	return 5 + colon;
}

size_t
hc_expr_instant_read(const char *text, int64_t *instant)
{
	int64_t day;
	size_t at = 16, zone;
	int h, m, s = 0, east;

	if (strlen(text) < 17 || strchr("Tt ", text[10]) == NULL ||
	    text[13] != ':' || !hc_expr_day_parse(text, 10, &day))
		return 0;
	h = number(text + 11, 2);
	m = number(text + 14, 2);
	if (text[16] == ':' && strlen(text) >= 20) {
		s = number(text + 17, 2);
		at = 19;
	}
	if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59 ||
	    (zone = read_zone(text + at, &east)) == 0)
		return 0;
	*instant = day * 86400 + h * 3600 + m * 60 + s - east;
	return at + zone;
}

bool
hc_expr_day_format(int64_t day, char text[32])
{
	int64_t k;
	int d;

	if (day < HC_EXPR_FIRST_DAY || day > HC_EXPR_LAST_DAY)
		return false;
	hc_expr_day_split(day, &k, &d);
	k += 2;
	snprintf(text, 32, "%04d-%02d-%02d", (int)(k / 12) % 10000,
	    (int)(k % 12) + 1, d);
	return true;
}

bool
hc_expr_instant_format(int64_t instant, char text[32])
{
	int64_t day = floor_div(instant, 86400);
	int s = (int)(instant - day * 86400);

	if (!hc_expr_day_format(day, text))
		return false;
	snprintf(text + 10, 22, "T%02d:%02d:%02dZ", s / 3600, s / 60 % 60,
	    s % 60);
	return true;
}
