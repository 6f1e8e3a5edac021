/*
 * Days, months and instants; dates and times as lists write them; and which
 * of several readings holds for a whole column.
 *
 * A day is an int32_t counted from 1970-01-01 = 0 in the Gregorian calendar,
 * an instant an int64_t of seconds from 1970-01-01T00:00:00Z.  Years go from
 * 1 to 9999.  Time zones are fixed offsets in minutes given by the caller
 * (Japan: 540): the host's zone is never asked.
 */
#ifndef HC_BASE_DATE_H
#define HC_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

#define HC_DATE_NONE INT32_MIN	/* no day */
#define HC_DATE_SIZE 11		/* "2020-12-25" and NUL */
#define HC_INSTANT_SIZE 21	/* "2020-12-25T00:30:00Z" and NUL */

/* ---- The calendar (date.c) ---- */

/* hc_date_month_length(year, month): 28 to 31; 0 if there is no such month. */
int hc_date_month_length(int year, int month);

/* hc_date_exists(year, month, day): is it a day of the calendar? */
bool hc_date_exists(int year, int month, int day);

/* hc_date_make(year, month, day): the day; HC_DATE_NONE if not a day. */
int32_t hc_date_make(int year, int month, int day);

/* hc_date_split(date, year, month, day): the other way; NULLs are fine. */
void hc_date_split(int32_t date, int *year, int *month, int *day);

/* hc_date_weekday(date): 0 is Sunday. */
int hc_date_weekday(int32_t date);

/*
 * hc_date_iso_week(date, year, week):
 * The week by ISO 8601, as infectious-disease weeks are counted: Monday
 * first, week 1 holds the year's first Thursday.
 */
void hc_date_iso_week(int32_t date, int *year, int *week);

/*
 * hc_date_parse_iso(text, date):
 * Read exactly "2020-03-14".  HC_OK, or HC_INVALID (${date} untouched).
 */
enum hc_status hc_date_parse_iso(const char *text, int32_t *date);

/* hc_date_format(date, text): "2020-03-14"; "" for HC_DATE_NONE. */
void hc_date_format(int32_t date, char text[HC_DATE_SIZE]);

/* ---- Instants (instant.c) ---- */

/*
 * hc_instant_parse(text, instant):
 * Read "2020-12-25T00:30:00Z", also with an offset (+09:00), with a space
 * for the T, with a fraction (cut off), or without seconds.  Without 'Z' or
 * offset it is HC_INVALID: nobody could know when that is.
 */
enum hc_status hc_instant_parse(const char *text, int64_t *instant);

/* hc_instant_format(instant, text): "2020-12-25T00:30:00Z". */
void hc_instant_format(int64_t instant, char text[HC_INSTANT_SIZE]);

/* hc_instant_show(text, offset, out): append the instant ${text} as people
   read it, "2020-12-25 09:30" in a zone so many minutes east of UTC; what is
   none as it is. */
void hc_instant_show(const char *text, int offset, struct hc_buf *out);

/* hc_instant_make(date, minute, offset): the instant of a local time; minute
   counts from local midnight, offset is the zone's minutes east of UTC. */
int64_t hc_instant_make(int32_t date, int minute, int offset);

/* hc_instant_split(instant, offset, date, minute): the local day and minute;
   NULLs are fine. */
void hc_instant_split(int64_t instant, int offset, int32_t *date,
    int *minute);

/* ---- Times of day as written (time.c) ---- */

/*
 * hc_time_read(cell, minute, err):
 * Read a time of day: 19:00, 19:00:30 (seconds cut off), 19時, 19時30分,
 * 7時半, 午後7時30分, PM 7:30, 7:30pm, 正午, full width too, to minutes from
 * midnight (0 to 1439; 24:00 is 1440).  午前12時 and 午後12時 are refused:
 * by law they are noon and midnight, to most people the other way round.
 * Returns HC_OK, HC_NOTFOUND if empty, HC_INVALID with the reason, HC_NOMEM.
 */
enum hc_status hc_time_read(const char *cell, int *minute,
    struct hc_error *err);

/* ---- Dates as written (dateread.c) ---- */

/*
 * How cells are read that do not say it themselves.  2020/3/14, 20200314,
 * 2020年3月14日, 令和2年3月14日, R2.3.14 and "14 Mar 2020" always say it.
 * 1/16 is month and day unless the column's other cells have the day first.
 */
enum hc_date_form {
	HC_DATE_CLEAR,	/* such cells are refused */
	HC_DATE_YMD,	/* 20/03/14 is 14 March 2020 */
	HC_DATE_MDY,	/* 3/14/2020, 03/14/20 */
	HC_DATE_DMY,	/* 14/3/2020, 14/03/20 */
	HC_DATE_ERA	/* 2/3/14 is the rule's era, year 2 */
};

/*
 * Era years: 明治 from 1873-01-01, when the calendar became Gregorian, 大正
 * from 1912-07-30, 昭和 from 1926-12-25, 平成 from 1989-01-08, 令和 from
 * 2019-05-01 (the government's table of eras); the first days of 大正 and 昭和
 * are also the last of the era before.
 */

/* hc_date_form_name(form): "clear", "ymd", "mdy", "dmy", "era". */
const char *hc_date_form_name(enum hc_date_form form);
/* hc_date_form_parse(name, form): the other way; 0, or -1 if unknown. */
int hc_date_form_parse(const char *name, enum hc_date_form *form);

enum hc_date_serial {
	HC_DATE_SERIAL_NO,	/* a bare number is no date */
	HC_DATE_SERIAL_1900,	/* 43904 is 2020-03-14 */
	HC_DATE_SERIAL_1904	/* workbooks of old Macintoshes */
};

struct hc_date_rule {
	enum hc_date_form form;
	enum hc_date_serial serial;	/* Excel's day numbers */
	char era;	/* M T S H R, for HC_DATE_ERA */
	int year;	/* of cells that have none (1/16); 0: not known */
	int32_t earliest;	/* no date of the column is before or after */
	int32_t latest;		/* these, as far as one knows; else
				   HC_DATE_NONE.  They choose between readings
				   and years (1/16 without a year is the last
				   one not after ${latest}); a date that is
				   clear is never refused by them. */
	bool weekday;	/* a weekday in the cell must fit the date */
	int offset;	/* minutes east of UTC: 2020-01-24T15:00:00Z is a day
			   and time there */
};

#define HC_DATE_RULE_INIT { HC_DATE_CLEAR, HC_DATE_SERIAL_NO, 0, 0, \
	HC_DATE_NONE, HC_DATE_NONE, false, 540 }

struct hc_date_value {
	int32_t date;
	int minute;		/* of a time behind it, else -1; a date with
				   24:00 is the next day's 0 */
	bool year_given;	/* the cell itself held the year */
};

/*
 * hc_date_read(cell, rule, value, err):
 * Read one cell by ${rule}: full-width digits, inner spaces, a weekday in
 * brackets, a time behind it and 元 for an era's first year are understood.
 *
 * Returns HC_OK with ${value} filled; HC_NOTFOUND if the cell is empty or
 * spaces; HC_INVALID with the reason: no date, no such day (2021-02-29), not
 * in that era (R0, S65), no year known, a bare number, two readings; HC_NOMEM.
 */
enum hc_status hc_date_read(const char *cell, const struct hc_date_rule *rule,
    struct hc_date_value *value, struct hc_error *err);

/* ---- Dates by column (datecolumn.c) ---- */

/*
 * What the cells of one column say together.  Fixed in size, nothing to
 * free.  Members are the module's own but the counts.
 */
struct hc_date_column {
	struct hc_date_rule rule;
	size_t cells;		/* seen, without the empty */
	size_t dates;		/* those that are dates in some reading */
	size_t unclear;		/* those that need a reading to be chosen */
	unsigned int possible;	/* readings that fit all unclear cells, by bit
				   of their form */
	unsigned int possible_short;	/* the same of those like 1/16 */
	char against[5][64];	/* by form: first cell that speaks against */
	char against_short[5][64];
	char differs[5][5][64];	/* first cell that two forms read differently */
};

/*
 * hc_date_column_init(column, rule):
 * Begin.  ${rule} is what the caller knows already; a form other than
 * HC_DATE_CLEAR is taken as the user's word and not put to question.
 */
void hc_date_column_init(struct hc_date_column *column,
    const struct hc_date_rule *rule);

/* hc_date_column_see(column, cell): show one cell, in any order; cells that
   are no dates (words, 調査中) are passed over.  HC_OK or HC_NOMEM. */
enum hc_status hc_date_column_see(struct hc_date_column *column,
    const char *cell);

/*
 * hc_date_column_decide(column, rule, err):
 * After all cells: fill ${rule} with which hc_date_read() reads the column.
 * HC_INVALID, with the readings of a cell named, if several readings fit and
 * give different dates; with a cell for each side, if none fits all.
 */
enum hc_status hc_date_column_decide(const struct hc_date_column *column,
    struct hc_date_rule *rule, struct hc_error *err);

#endif
