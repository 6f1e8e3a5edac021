/* Numbers, days and times of spreadsheets as files have them. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "base/serial.h"

#define DIGITS 15		/* what a double surely keeps */
#define DAY 86400

/* Is it already as Excel shows it: few digits, no exponent, no sign of zero,
   no zeros to be cut? */
static bool
is_plain(const char *text)
{
	static const char decimal[] = "0123456789";
	const char *digits = text + (*text == '-');
	size_t whole = strspn(digits, decimal), part;

	if (whole == 0 || whole > DIGITS || (digits[0] == '0' && whole > 1))
		return false;
	if (digits[whole] == '\0')
		return digits == text || digits[0] != '0';
	part = strspn(digits + whole + 1, decimal);
	return digits[whole] == '.' && part > 0 && whole + part <= DIGITS &&
	    digits[whole + 1 + part] == '\0' && digits[whole + part] != '0';
}

enum hc_book_kind
hc_serial_read(const char *digits, enum hc_serial serial, bool from1904,
    char text[HC_SERIAL_SIZE])
{
	double value;
	char *end;

	if (serial == HC_SERIAL_NUMBER && is_plain(digits)) {
		memcpy(text, digits, strlen(digits) + 1);
		return HC_BOOK_NUMBER;
	}
	/* Not what strtod() knows beside numbers: 0x10, inf, nan. */
	if (digits[strspn(digits, "0123456789+-.eE")] != '\0')
		return HC_BOOK_TEXT;
	value = strtod(digits, &end);
	if (end == digits || *end != '\0' || !isfinite(value))
		return HC_BOOK_TEXT;
	return hc_serial_text(value, serial, from1904, text);
}

/* Two digits at ${*s}, which is moved behind them; -1 if there are none. */
static int
two_digits(const char **s)
{
	int n;

	if (strspn(*s, "0123456789") < 2)
		return -1;
	n = ((*s)[0] - '0') * 10 + (*s)[1] - '0';
	*s += 2;
	return n;
}

/* hh:mm, hh:mm:ss or hh:mm:ss.fff as rounded seconds; -1 if it is none. */
static int
clock_seconds(const char *s)
{
	int hour = two_digits(&s), minute = -1, second = 0;
	bool up = false;

	if (hour >= 0 && *s++ == ':')
		minute = two_digits(&s);
	if (minute >= 0 && *s == ':') {
		s++;
		second = two_digits(&s);
	}
	if (minute < 0 || second < 0 || hour > 23 || minute > 59 ||
	    second > 59)
		return -1;
	if (*s == '.') {
		up = s[1] >= '5' && s[1] <= '9';
		s += 1 + strspn(s + 1, "0123456789");
	}
	if (*s == 'Z')
		s++;
	return *s == '\0' ? hour * 3600 + minute * 60 + second + up : -1;
}

enum hc_book_kind
hc_serial_read_iso(const char *iso, char text[HC_SERIAL_SIZE])
{
	char day[HC_DATE_SIZE] = "";
	int32_t date = HC_DATE_NONE;
	int seconds = 0;

	if (strlen(iso) >= HC_DATE_SIZE - 1 && iso[4] == '-') {
		memcpy(day, iso, HC_DATE_SIZE - 1);
		iso += HC_DATE_SIZE - 1;
		if (hc_date_parse_iso(day, &date) != HC_OK)
			return HC_BOOK_TEXT;
	}
	if (*iso == 'T')
		iso++;
	else if (date != HC_DATE_NONE && *iso != '\0')
		return HC_BOOK_TEXT;
	if ((date == HC_DATE_NONE || *iso != '\0') &&
	    (seconds = clock_seconds(iso)) < 0)
		return HC_BOOK_TEXT;
	if (date == HC_DATE_NONE) {
		snprintf(text, HC_SERIAL_SIZE, "%02d:%02d:%02d",
		    seconds / 3600, seconds / 60 % 60, seconds % 60);
		return HC_BOOK_TIME;
	}
	/* Rounding may lead to the next day. */
	hc_date_format(date + seconds / DAY, day);
	seconds %= DAY;
	if (seconds == 0)
		snprintf(text, HC_SERIAL_SIZE, "%s", day);
	else
		snprintf(text, HC_SERIAL_SIZE, "%sT%02d:%02d:%02d", day,
		    seconds / 3600, seconds / 60 % 60, seconds % 60);
	return HC_BOOK_DATE;
}
