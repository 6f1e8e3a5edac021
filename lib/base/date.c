/*
 * The calendar.  Days from and to civil dates by Howard Hinnant's algorithms
 * ("chrono-Compatible Low-Level Date Algorithms"): years begin in March, so
 * that the leap day is the last, and 400 years are always 146097 days.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"

#define YEAR_MAX 9999
#define DAYS_OF_400_YEARS 146097
#define FROM_0000_03_01 719468	/* days from there to 1970-01-01 */

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
hc_date_month_length(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };

	if (month < 1 || month > 12)
		return 0;
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool
hc_date_exists(int year, int month, int day)
{
	return year >= 1 && year <= YEAR_MAX && day >= 1 &&
	    day <= hc_date_month_length(year, month);
}

int32_t
hc_date_make(int year, int month, int day)
{
	int32_t y, of_year, of_era;

	if (!hc_date_exists(year, month, day))
		return HC_DATE_NONE;
	y = month <= 2 ? year - 1 : year;
	of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
	    day - 1;
	of_era = y % 400 * 365 + y % 400 / 4 - y % 400 / 100 + of_year;
	return y / 400 * DAYS_OF_400_YEARS + of_era - FROM_0000_03_01;
}

void
hc_date_split(int32_t date, int *year, int *month, int *day)
{
	int64_t z = (int64_t)date + FROM_0000_03_01, era, of_era, of_year;
	int64_t y, m, d;

	era = (z >= 0 ? z : z - (DAYS_OF_400_YEARS - 1)) / DAYS_OF_400_YEARS;
	of_era = z - era * DAYS_OF_400_YEARS;
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	d = of_year - (153 * m + 2) / 5 + 1;
	m = m < 10 ? m + 3 : m - 9;
	y += era * 400 + (m <= 2);
	if (year != NULL)
		*year = (int)y;
	if (month != NULL)
		*month = (int)m;
	if (day != NULL)
		*day = (int)d;
}

int
hc_date_weekday(int32_t date)
{
	/* 1970-01-01 was a Thursday. */
	return (int)((((int64_t)date + 4) % 7 + 7) % 7);
}

void
hc_date_iso_week(int32_t date, int *year, int *week)
{
	/* The week belongs to the year of its Thursday. */
	int32_t thursday = date - (hc_date_weekday(date) + 6) % 7 + 3;

	hc_date_split(thursday, year, NULL, NULL);
	*week = (thursday - hc_date_make(*year, 1, 1)) / 7 + 1;
}

enum hc_status
hc_date_parse_iso(const char *text, int32_t *date)
{
	static const char shape[] = "9999-99-99";
	int part[3] = { 0, 0, 0 }, n = 0;
	size_t i;
	int32_t day;

	for (i = 0; shape[i] != '\0'; i++) {
		if (shape[i] == '-') {
			if (text[i] != '-')
				return HC_INVALID;
			n++;
		} else if (text[i] >= '0' && text[i] <= '9') {
			part[n] = part[n] * 10 + text[i] - '0';
		} else {
			return HC_INVALID;
		}
	}
	day = hc_date_make(part[0], part[1], part[2]);
	if (text[i] != '\0' || day == HC_DATE_NONE)
		return HC_INVALID;
	*date = day;
	return HC_OK;
}

void
hc_date_format(int32_t date, char text[HC_DATE_SIZE])
{
	int year, month, day;

	text[0] = '\0';
	if (date == HC_DATE_NONE)
		return;
	hc_date_split(date, &year, &month, &day);
	if (year < 1 || year > YEAR_MAX)
		return;
	snprintf(text, HC_DATE_SIZE, "%04u-%02u-%02u",
	    (unsigned int)year % 10000, (unsigned int)month % 100,
	    (unsigned int)day % 100);
}
