/* Instants: seconds from 1970, always in UTC. */
#include <stdio.h>
#include <string.h>

#include "base/datescan.h"
#include "base/scan.h"

#include "base/date.h"

#define DAY 86400

/* Two digits at ${*p}, which is moved behind them; -1 if there are none. */
static int
two(const char **p)
{
	int n;

	if (!hc_scan_is_digit((*p)[0]) || !hc_scan_is_digit((*p)[1]))
		return -1;
	n = ((*p)[0] - '0') * 10 + (*p)[1] - '0';
	*p += 2;
	return n;
}

bool
hc_instant_scan_zone(const char **p, int *offset)
{
	int sign, hours, minutes = 0;

	if (**p == 'Z' || **p == 'z') {
		++*p;
		*offset = 0;
		return true;
	}
	if (**p != '+' && **p != '-')
		return false;
	sign = *(*p)++ == '-' ? -1 : 1;
	hours = two(p);
	if (**p == ':')
		++*p;
	if (hc_scan_is_digit(**p))
		minutes = two(p);
	if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return false;
	*offset = sign * (hours * 60 + minutes);
	return true;
}

enum hc_status
hc_instant_parse(const char *text, int64_t *instant)
{
	char day[HC_DATE_SIZE];
	int32_t date;
	int hour, minute, second = 0, offset;
	const char *p = text + 10;

	if (memccpy(day, text, '\0', sizeof(day) - 1) != NULL)
		return HC_INVALID;
	day[sizeof(day) - 1] = '\0';
	if (hc_date_parse_iso(day, &date) != HC_OK)
		return HC_INVALID;
	if (*p != 'T' && *p != 't' && *p != ' ')
		return HC_INVALID;
	p++;
	hour = two(&p);
	if (*p++ != ':')
		return HC_INVALID;
	minute = two(&p);
	if (*p == ':') {
		p++;
		second = two(&p);
		if (*p == '.' && hc_scan_is_digit(p[1]))
			for (p++; hc_scan_is_digit(*p); p++)
				;
	}
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
	    second < 0 || second > 59)
		return HC_INVALID;
	if (!hc_instant_scan_zone(&p, &offset) || *p != '\0')
		return HC_INVALID;
	*instant = hc_instant_make(date, hour * 60 + minute, offset) + second;
	return HC_OK;
}

void
hc_instant_format(int64_t instant, char text[HC_INSTANT_SIZE])
{
	char day[HC_DATE_SIZE];
	int32_t date;
	int minute;

	hc_instant_split(instant, 0, &date, &minute);
	hc_date_format(date, day);
	if (day[0] == '\0') {
		text[0] = '\0';
		return;
	}
	snprintf(text, HC_INSTANT_SIZE, "%sT%02u:%02u:%02uZ", day,
	    (unsigned int)minute / 60 % 24, (unsigned int)minute % 60,
	    (unsigned int)((instant % 60 + 60) % 60));
}

void
hc_instant_show(const char *text, int offset, struct hc_buf *out)
{
	char local[HC_INSTANT_SIZE];
	int64_t seconds;

	if (hc_instant_parse(text, &seconds) != HC_OK) {
		hc_buf_puts(out, text);
		return;
	}
	hc_instant_format(seconds + (int64_t)offset * 60, local);
	hc_buf_printf(out, "%.10s %.5s", local, local + 11);
}

int64_t
hc_instant_make(int32_t date, int minute, int offset)
{
	return (int64_t)date * DAY + ((int64_t)minute - offset) * 60;
}

void
hc_instant_split(int64_t instant, int offset, int32_t *date, int *minute)
{
	int64_t day, of_day;

	/* Days are all that fits an int32_t; farther instants are none. */
	day = instant / DAY;
	of_day = instant % DAY + (int64_t)offset * 60;
	while (of_day < 0) {
		of_day += DAY;
		day--;
	}
	while (of_day >= DAY) {
		of_day -= DAY;
		day++;
	}
	if (date != NULL)
		*date = day > INT32_MIN && day <= INT32_MAX ? (int32_t)day :
		    HC_DATE_NONE;
	if (minute != NULL)
		*minute = (int)(of_day / 60);
}
