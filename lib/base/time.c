/* Times of day as lists write them. */
#include "base/buf.h"
#include "base/datescan.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/scan.h"

#include "base/date.h"

/* 'a' for 午前 and am, 'p' for 午後 and pm, or '\0'. */
static char
half(const char **p)
{
	if (hc_scan_take(p, "午前") || hc_scan_take(p, "a.m.") ||
	    hc_scan_take(p, "am"))
		return 'a';
	if (hc_scan_take(p, "午後") || hc_scan_take(p, "p.m.") ||
	    hc_scan_take(p, "pm"))
		return 'p';
	return '\0';
}

/* Behind the hour's colon: 30 or 30:15 or 30:15.000. */
static bool
colon_minutes(const char **p, int *minutes)
{
	int seconds = 0;

	if (!hc_scan_is_digit((*p)[0]) || !hc_scan_is_digit((*p)[1]))
		return false;
	*minutes = hc_scan_number(p, 2);
	if (hc_scan_take(p, ":")) {
		seconds = hc_scan_number(p, 2);
		if (**p == '.' && hc_scan_is_digit((*p)[1]))
			for (++*p; hc_scan_is_digit(**p); ++*p)
				;
	}
	return *minutes >= 0 && *minutes < 60 && seconds >= 0 && seconds < 60;
}

/* Behind 時: 半, or 30分, or 30分15秒, or nothing. */
static bool
kanji_minutes(const char **p, int *minutes)
{
	const char *at;
	int seconds;

	*minutes = 0;
	if (hc_scan_take(p, "半")) {
		*minutes = 30;
		return true;
	}
	hc_scan_spaces(p);
	at = *p;
	if (!hc_scan_is_digit(**p))
		return true;
	*minutes = hc_scan_number(p, 2);
	hc_scan_spaces(p);
	if (!hc_scan_take(p, "分")) {
		*p = at;
		return false;
	}
	at = *p;
	hc_scan_spaces(p);
	if (!hc_scan_is_digit(**p))
		*p = at;
	else if ((seconds = hc_scan_number(p, 2)) < 0 || seconds > 59 ||
	    !hc_scan_take(p, "秒"))
		return false;
	return *minutes >= 0 && *minutes < 60;
}

/* The hour of the day, or -1. */
static int
hour_of(int hour, char side, bool kanji)
{
	if (side == '\0')
		return hour;
	if (hour > 12 || (hour == 12 && kanji))
		return -1;
	return hour % 12 + (side == 'p' ? 12 : 0);
}

int
hc_time_scan(const char **p, int *minute)
{
	const char *begin = *p;
	int hour, minutes;
	bool kanji;
	char side;

	if (hc_scan_take(p, "正午")) {
		*minute = 720;
		return 1;
	}
	side = half(p);
	hc_scan_spaces(p);
	hour = hc_scan_number(p, 2);
	hc_scan_spaces(p);
	kanji = hc_scan_take(p, "時");
	if (hour < 0 || (!kanji && !hc_scan_take(p, ":"))) {
		*p = begin;
		return side != '\0' ? -1 : 0;
	}
	if (!kanji)
		hc_scan_spaces(p);
	if (!(kanji ? kanji_minutes(p, &minutes) : colon_minutes(p, &minutes)))
		return -1;
	if (side == '\0' && !kanji) {
		hc_scan_spaces(p);
		side = half(p);
	}
	hour = hour_of(hour, side, kanji);
	if (hour < 0 || hour > 24 || (hour == 24 && minutes > 0))
		return -1;
	*minute = hour * 60 + minutes;
	return 1;
}

enum hc_status
hc_time_read(const char *cell, int *minute, struct hc_error *err)
{
	struct hc_buf plain = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *p;
	int got;

	hc_norm_ascii(&plain, cell);
	if (hc_buf_failed(&plain)) {
		rc = hc_error_nomem(err);
		goto out;
	}
	p = hc_buf_text(&plain);
	hc_scan_spaces(&p);
	if (*p == '\0') {
		rc = HC_NOTFOUND;
		goto out;
	}
	if (hc_time_scan(&p, &got) != 1) {
		rc = hc_norm_refuse(err, _("no time of day"), cell);
		goto out;
	}
	hc_scan_spaces(&p);
	if (*p != '\0')
		rc = hc_norm_refuse(err, _("more than a time of day"), cell);
	else
		*minute = got;
out:
	hc_buf_free(&plain);
	return rc;
}
