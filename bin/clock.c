/*
 * The office's day and time.
 *
 * The zone is a setting, never the machine's own: a server that runs in UTC
 * is still on yesterday at 08:30 in Japan.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

#include "parts.h"
#include "program.h"

#define INSTANT "%Y-%m-%dT%H:%M:%SZ"

/* Does the system know this zone?  glibc takes what it does not know for
   UTC, without a word. */
static bool
zone_is_known(const char *zone)
{
	char path[256];

	if (strpbrk(zone, "0123456789") != NULL ||
	    strcmp(zone, "UTC") == 0 || strcmp(zone, "GMT") == 0)
		return true;
	if (*zone == '/' || strstr(zone, "..") != NULL)
		return false;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	return access(path, R_OK) == 0;
}

/* Minutes east of UTC at ${now}.  Japan is known without any zone file. */
static int
zone_offset(const char *zone, const char *from, time_t now)
{
	struct tm tm;

	if (*zone == ':')
		zone++;
	if (strcmp(zone, "Asia/Tokyo") == 0 || strcmp(zone, "Japan") == 0 ||
	    strcmp(zone, "JST-9") == 0)
		return 9 * 60;
	if (!zone_is_known(zone))
		program_fail(HC_CONFIG, _("%s: unknown time zone '%s'"), from,
		    zone);
	setenv("TZ", zone, 1);
	tzset();
	if (localtime_r(&now, &tm) == NULL)
		return 9 * 60;
	return (int)(tm.tm_gmtoff / 60);
}

/* ${n} digits at ${*s}, which is moved behind them; -1 if they are not. */
static int
digits(const char **s, int n)
{
	int value = 0;

	for (; n > 0; n--, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		value = value * 10 + (**s - '0');
	}
	return value;
}

/*
 * Read "2020-12-25" and, if there, "T08:00" or "T08:00:00"; ${*end} is what
 * follows.  Returns false if it is no such thing or no such day; tm_hour is
 * -1 if there was no time.
 */
static bool
read_time(const char *s, struct tm *tm, const char **end)
{
	struct tm copy;

	memset(tm, 0, sizeof(*tm));
	tm->tm_hour = -1;
	tm->tm_year = digits(&s, 4) - 1900;
	if (tm->tm_year < 0 || *s++ != '-')
		return false;
	tm->tm_mon = digits(&s, 2) - 1;
	if (tm->tm_mon < 0 || *s++ != '-')
		return false;
	if ((tm->tm_mday = digits(&s, 2)) < 1)
		return false;
	copy = *tm;
	copy.tm_hour = 12;
	if (timegm(&copy) == -1 || copy.tm_mday != tm->tm_mday ||
	    copy.tm_mon != tm->tm_mon)
		return false;
	if (*s == 'T' || *s == ' ') {
		s++;
		tm->tm_hour = digits(&s, 2);
		if (tm->tm_hour < 0 || tm->tm_hour > 23 || *s++ != ':')
			return false;
		tm->tm_min = digits(&s, 2);
		if (tm->tm_min < 0 || tm->tm_min > 59)
			return false;
		if (*s == ':') {
			s++;
			tm->tm_sec = digits(&s, 2);
			if (tm->tm_sec < 0 || tm->tm_sec > 59)
				return false;
		}
	}
	*end = s;
	return true;
}

static void
print_instant(time_t t, char text[21])
{
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(text, 21, INSTANT, &tm);
}

/* The time that --today wants, or exit. */
static time_t
wanted_time(const char *text, const char *from, time_t now)
{
	struct tm tm, local;
	const char *end;
	time_t shifted = now + program.offset * 60;
	char today[11];

	if (!read_time(text, &tm, &end) || *end != '\0')
		program_usage(_("%s: not a day as 2020-12-25 or "
		    "2020-12-25T08:00: '%s'"), from, text);
	if (tm.tm_hour < 0) {
		gmtime_r(&shifted, &local);
		strftime(today, sizeof(today), "%Y-%m-%d", &local);
		if (strncmp(text, today, 10) == 0)
			return now;
		tm.tm_hour = strncmp(text, today, 10) < 0 ? 23 : 0;
		tm.tm_min = tm.tm_hour == 23 ? 59 : 0;
	}
	return timegm(&tm) - program.offset * 60;
}

void
program_clock_set(const char *zone, const char *zone_from,
    const char *today, const char *today_from)
{
	time_t now = time(NULL), local;
	struct tm tm;

	print_instant(now, program.clock);
	program.offset = zone_offset(zone, zone_from, now);
	if (today != NULL)
		now = wanted_time(today, today_from, now);
	print_instant(now, program.now);
	local = now + program.offset * 60;
	gmtime_r(&local, &tm);
	strftime(program.today, sizeof(program.today), "%Y-%m-%d", &tm);
	strftime(program.time, sizeof(program.time), "%H:%M", &tm);
}

/*
 * "2020-12-25T00:30:00Z" is itself; without the Z it is the office's time;
 * a day alone means its end, the first instant of the next.
 */
void
program_clock_as_of(const char *text)
{
	struct tm tm;
	const char *end;
	time_t t;

	if (!read_time(text, &tm, &end) ||
	    (*end != '\0' && (strcmp(end, "Z") != 0 || tm.tm_hour < 0)))
		program_usage(_("--as-of: not an instant as "
		    "2020-12-25T08:00 or 2020-12-25T00:30:00Z: '%s'"), text);
	if (tm.tm_hour < 0)
		tm.tm_hour = 24;
	t = timegm(&tm);
	if (*end == '\0')
		t -= program.offset * 60;
	print_instant(t, program.as_of);
}
