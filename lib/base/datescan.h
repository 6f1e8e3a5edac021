/*
 * What the modules of base/date.h share; not for others.
 *
 * A cell is scanned once, without asking what its numbers mean; then it is
 * resolved by a rule, or by several to see which ones fit.  Scanners take
 * text that hc_norm_ascii() made plain.
 */
#ifndef HC_BASE_DATESCAN_H
#define HC_BASE_DATESCAN_H

#include "base/date.h"

enum hc_date_shape {
	HC_DATE_SHAPE_CLEAR,	/* 2020-3-14: number[] is year, month, day */
	HC_DATE_SHAPE_ERA,	/* R2.3.14: the same with the era's year */
	HC_DATE_SHAPE_SHORT,	/* 1/16: number[] is two, in some order */
	HC_DATE_SHAPE_MONTH_DAY,	/* 1月16日: month, day */
	HC_DATE_SHAPE_THREE,	/* 20/3/14: in some order */
	HC_DATE_SHAPE_YEAR_LAST,	/* 3/14/2020 */
	HC_DATE_SHAPE_MONTH_NAMED,	/* 14-Mar-20: two-digit year, month,
					   day */
	HC_DATE_SHAPE_NO_ERA,	/* 2年3月14日: year of some era */
	HC_DATE_SHAPE_SERIAL	/* 43904.5: serial, minute */
};

struct hc_date_scan {
	enum hc_date_shape shape;
	int number[3];
	char era;	/* M T S H R */
	int minute;	/* of the time behind it, or -1 */
	bool zoned;	/* the time has a zone: offset minutes */
	int offset;
	int weekday;	/* as written, 0 is Sunday; -1 if none */
};

/*
 * hc_date_scan(cell, scan, why):
 * HC_OK; HC_NOTFOUND if empty; HC_INVALID with the reason's words (static,
 * translated) in ${why}; HC_NOMEM.
 */
enum hc_status hc_date_scan(const char *cell, struct hc_date_scan *scan,
    const char **why);

/*
 * hc_date_resolve(scan, rule, form, value, why):
 * What ${scan} is by ${rule}, read in ${form} instead of the rule's own.
 * HC_OK, or HC_INVALID with the reason in ${why}.
 */
enum hc_status hc_date_resolve(const struct hc_date_scan *scan,
    const struct hc_date_rule *rule, enum hc_date_form form,
    struct hc_date_value *value, const char **why);

/*
 * hc_time_scan(p, minute):
 * Read a time at ${*p} and move behind it: 1 if there is one, 0 if not
 * (nothing moved), -1 if it is no time of day.
 */
int hc_time_scan(const char **p, int *minute);

/* hc_instant_scan_zone(p, offset): Z or +09:00 at ${*p}, and move behind. */
bool hc_instant_scan_zone(const char **p, int *offset);

#endif
