/*
 * The numbers of spreadsheets: which formats make them dates and times, and
 * what a person sees of them.
 */
#ifndef HC_BASE_SERIAL_H
#define HC_BASE_SERIAL_H

#include <stdbool.h>

#include "base/book.h"

#define HC_SERIAL_SIZE 32

enum hc_serial {
	HC_SERIAL_NUMBER,	/* no date at all */
	HC_SERIAL_DATE,
	HC_SERIAL_TIME,		/* of day */
	HC_SERIAL_ELAPSED	/* hours may pass 24 */
};

/*
 * hc_serial_kind(id, code):
 * What a number is in the format numbered ${id}, of which the workbook gives
 * the ${code} ("yyyy/m/d;@"), or NULL where it leaves it to the number.
 * Numbers 27 to 36 and 50 to 58 are dates as in Japanese Excel (ECMA-376
 * part 1, 18.8.30); in a code, e, g, r and a are years, eras and weekdays.
 */
enum hc_serial hc_serial_kind(unsigned int id, const char *code);

/*
 * hc_serial_text(value, serial, from1904, text):
 * Write ${value} to ${text}, as the kind that is returned says: a date as
 * 2020-03-14, with its time, to the second, if it is not midnight; a time of
 * less than a day as 09:30:00.  Day 0 (but of 1904), negative days and those
 * after year 9999 stay numbers.  1900-02-29, which Excel has, is written so.
 * Numbers are as Excel shows them, in at most 15 digits.
 */
enum hc_book_kind hc_serial_text(double value, enum hc_serial serial,
    bool from1904, char text[HC_SERIAL_SIZE]);

/*
 * hc_serial_read(digits, serial, from1904, text):
 * The same of a number as a file has it: "44425", "4.8000001E7".
 * HC_BOOK_TEXT, and nothing written, if it is no number.
 */
enum hc_book_kind hc_serial_read(const char *digits, enum hc_serial serial,
    bool from1904, char text[HC_SERIAL_SIZE]);

/*
 * hc_serial_read_iso(iso, text):
 * The same of a day or a time by ISO 8601, as strict workbooks have them:
 * "2020-03-14T09:30:00.000", "09:30:00".  HC_BOOK_TEXT, and nothing written,
 * if it is neither.
 */
enum hc_book_kind hc_serial_read_iso(const char *iso,
    char text[HC_SERIAL_SIZE]);

#endif
