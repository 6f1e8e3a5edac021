/* The numbers of spreadsheets. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/scan.h"

#include "base/serial.h"

#define DAY		86400
#define DAYS_MAX	2958465		/* 9999-12-31 */
#define EXACT		9007199254740992.0	/* 2^53 */

static enum hc_serial
builtin(unsigned int id)
{
	if (id == 46)
		return HC_SERIAL_ELAPSED;
	if ((id >= 18 && id <= 21) || id == 32 || id == 33 || id == 45 ||
	    id == 47)
		return HC_SERIAL_TIME;
	if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) ||
	    (id >= 50 && id <= 58))
		return HC_SERIAL_DATE;
	return HC_SERIAL_NUMBER;
}

/* Move ${*p}, which stands at '[', behind the ']': is it a count of hours,
   minutes or seconds ([h], [mm]), not a colour, condition or locale? */
static bool
take_bracket(const char **p)
{
	const char *from = *p + 1;
	size_t len = strcspn(from, "]");

	*p = from + len + (from[len] == ']');
	return len > 0 && strchr("hHmMsS", *from) != NULL &&
	    strspn(from, (char[]){ *from, '\0' }) == len;
}

/* Move ${*p} behind what is shown as it stands; false if nothing is. */
static bool
take_literal(const char **p)
{
	static const char *const words[] = { "General", "G/標準", "G/" };
	size_t i;

	switch (**p) {
	case '"':
		*p += 1 + strcspn(*p + 1, "\"");
		*p += **p == '"';
		return true;
	case '\\':
	case '_':
	case '*':
		*p += 1 + ((*p)[1] != '\0');
		return true;
	}
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (hc_scan_take(p, words[i]))
			return true;
	return false;
}

static enum hc_serial
read_code(const char *p)
{
	bool day = false, clock = false, month = false;

	/* The first section is that of positive numbers. */
	while (*p != '\0' && *p != ';') {
		if (*p == '[') {
			if (take_bracket(&p))
				return HC_SERIAL_ELAPSED;
			continue;
		}
		if (take_literal(&p))
			continue;
		if (hc_scan_take(&p, "AM/PM") || hc_scan_take(&p, "A/P") ||
		    strchr("hHsS", *p) != NULL)
			clock = true;
		else if ((*p == 'E' || *p == 'e') &&
		    (p[1] == '+' || p[1] == '-'))
			p++;		/* an exponent: 0.00E+00 */
		else if (strchr("yYdDgGeErRaAbB", *p) != NULL)
			day = true;
		else if (*p == 'm' || *p == 'M')
			month = true;
		p += *p != '\0';
	}
	if (day || (month && !clock))
		return HC_SERIAL_DATE;
	return clock ? HC_SERIAL_TIME : HC_SERIAL_NUMBER;
}

enum hc_serial
hc_serial_kind(unsigned int id, const char *code)
{
	return code != NULL ? read_code(code) : builtin(id);
}

/* ${digits} "0.30000" without its last zeros. */
static void
strip_zeros(char *digits)
{
	char *end = digits + strlen(digits);

	if (strchr(digits, '.') == NULL || strchr(digits, 'E') != NULL)
		return;
	while (end[-1] == '0')
		end--;
	*(end[-1] == '.' ? end - 1 : end) = '\0';
}

static enum hc_book_kind
number_text(double value, char text[HC_SERIAL_SIZE])
{
	double size = fabs(value);

	if (size < EXACT && value == floor(value))
		/* + 0.0: no -0 */
		snprintf(text, HC_SERIAL_SIZE, "%.0f", value + 0.0);
	else if (size >= 1e-10 && size < 1e-4) {
		snprintf(text, HC_SERIAL_SIZE, "%.*f",
		    14 - (int)floor(log10(size)), value);
		strip_zeros(text);
	} else {
		snprintf(text, HC_SERIAL_SIZE, "%.15G", value);
		strip_zeros(text);
	}
	return HC_BOOK_NUMBER;
}

/* The day numbered ${day}, which is there. */
static void
day_text(int day, bool from1904, char text[HC_DATE_SIZE])
{
	int32_t first = hc_date_make(from1904 ? 1904 : 1900, 1, 1);

	if (!from1904 && day == 60)
		memcpy(text, "1900-02-29", HC_DATE_SIZE);
	else if (from1904)
		hc_date_format(first + day, text);
	else
		hc_date_format(first + day - 1 - (day > 60), text);
}

enum hc_book_kind
hc_serial_text(double value, enum hc_serial serial, bool from1904,
    char text[HC_SERIAL_SIZE])
{
	char date[HC_DATE_SIZE];
	int64_t seconds;
	int day, second;

	if (serial == HC_SERIAL_NUMBER || !(value >= 0) ||
	    value > DAYS_MAX + 1)
		return number_text(value, text);
	seconds = (int64_t)floor(value * DAY + 0.5);
	day = (int)(seconds / DAY);
	second = (int)(seconds % DAY);
	if (serial == HC_SERIAL_ELAPSED || (seconds < DAY &&
	    (serial == HC_SERIAL_TIME || seconds > 0))) {
		snprintf(text, HC_SERIAL_SIZE, "%02d:%02d:%02d",
		    (int)(seconds / 3600), second / 60 % 60, second % 60);
		return HC_BOOK_TIME;
	}
	if (day + (from1904 ? 1462 : 0) > DAYS_MAX ||
	    (day == 0 && !from1904))
		return number_text(value, text);
	day_text(day, from1904, date);
	if (second == 0)
		snprintf(text, HC_SERIAL_SIZE, "%s", date);
	else
		snprintf(text, HC_SERIAL_SIZE, "%sT%02d:%02d:%02d", date,
		    second / 3600, second / 60 % 60, second % 60);
	return HC_BOOK_DATE;
}
