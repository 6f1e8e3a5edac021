/*
 * The office's day and time.
 *
 * The zone is the office's setting utc_offset_minutes, never the machine's
 * and never that of somebody's shell (TZ): a server that runs in UTC is still
 * on yesterday at 08:30 in Japan, and a list must not depend on who asks for
 * it.  Until a database is open it is Japan's.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"

#include "parts.h"
#include "program.h"

#define JAPAN 540	/* minutes east of UTC */

/* What was typed, to be read again when the office's zone is known. */
static const char *wanted_today, *wanted_from, *wanted_as_of;

/* A day, perhaps with a time, as people type it. */
struct moment {
	int32_t day;		/* the day alone, or HC_DATE_NONE */
	int64_t instant;	/* else this */
};

/*
 * "2020-12-25", "2020-12-25T08:00" in the office's time, or an instant that
 * says its zone itself (Z, +09:00).  Returns false if it is none of them.
 */
static bool
read_moment(const char *text, struct moment *m)
{
	char whole[32];
	int len;

	m->day = HC_DATE_NONE;
	if (hc_date_parse_iso(text, &m->day) == HC_OK ||
	    hc_instant_parse(text, &m->instant) == HC_OK)
		return true;
	len = snprintf(whole, sizeof(whole), "%sZ", text);
	if (len >= (int)sizeof(whole) ||
	    hc_instant_parse(whole, &m->instant) != HC_OK)
		return false;
	m->instant -= (int64_t)program.offset * 60;
	return true;
}

/* The instant that --today wants, or exit. */
static int64_t
wanted_instant(int64_t now)
{
	struct moment m;
	int32_t today;

	if (!read_moment(wanted_today, &m))
		program_usage(_("%s: not a day as 2020-12-25 or "
		    "2020-12-25T08:00: '%s'"), wanted_from, wanted_today);
	if (m.day == HC_DATE_NONE)
		return m.instant;
	hc_instant_split(now, program.offset, &today, NULL);
	if (m.day == today)
		return now;
	return hc_instant_make(m.day, m.day < today ? 23 * 60 + 59 : 0,
	    program.offset);
}

static void
set_as_of(void)
{
	struct moment m;

	if (!read_moment(wanted_as_of, &m))
		program_usage(_("--as-of: not an instant as "
		    "2020-12-25T08:00 or 2020-12-25T00:30:00Z: '%s'"),
		    wanted_as_of);
	/* A day means its end, the first instant of the next. */
	if (m.day != HC_DATE_NONE)
		m.instant = hc_instant_make(m.day + 1, 0, program.offset);
	hc_instant_format(m.instant, program.as_of);
}

void
program_clock_zone(int offset)
{
	int64_t now;
	int32_t day;
	int minute;

	program.offset = offset;
	hc_instant_parse(program.clock, &now);
	if (wanted_today != NULL)
		now = wanted_instant(now);
	hc_instant_format(now, program.now);
	hc_instant_split(now, offset, &day, &minute);
	hc_date_format(day, program.today);
	snprintf(program.time, sizeof(program.time), "%02u:%02u",
	    (unsigned int)minute / 60 % 24, (unsigned int)minute % 60);
	if (wanted_as_of != NULL)
		set_as_of();
}

void
program_clock_set(const char *today, const char *today_from,
    const char *as_of)
{
	wanted_today = today;
	wanted_from = today_from;
	wanted_as_of = as_of;
	hc_instant_format((int64_t)time(NULL), program.clock);
	program_clock_zone(JAPAN);
}
