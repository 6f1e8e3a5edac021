/*
 * Telephone numbers as people write them, as digits for comparing, and in
 * the grouping that Japanese readers expect.
 */
#ifndef HC_BASE_PHONE_H
#define HC_BASE_PHONE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

struct hc_phone {
	char digits[20];	/* "0482521234", or "+84912345678" */
	char written[64];	/* how the digits were parted, in half width:
				   "048-252-1234", "(048)252-1234"; "" if
				   they were not */
	char extension[12];	/* digits after 内線 or ext., or "" */
	char note[48];		/* what else stood there, as "母" of
				   "090-0000-0000(母)"; cut at a character */
	bool restored;		/* a leading zero was put back that a
				   spreadsheet had dropped */
};

/*
 * hc_phone_parse(in, out, err):
 * Read a cell with one telephone number: full or half width, any hyphens,
 * brackets, dots and spaces, 内線 and ext., words beside it.  +81 and 0081
 * (also with "(0)") become the leading 0; other countries' numbers after
 * '+' or 00 or 010 keep '+' and digits.  9 or 10 digits that do not begin
 * with 0 get it back where that makes a number of a known Japanese range.
 *
 * Only length and first digits are examined, not whether it is given out.
 * On HC_OK ${out} is filled.  Returns HC_OK, HC_NOTFOUND if there is nothing
 * but spaces, HC_INVALID with the reason (no digits; too short or long; no
 * area code; more than one number: use hc_phone_split()), HC_NOMEM.
 */
enum hc_status hc_phone_parse(const char *in, struct hc_phone *out,
    struct hc_error *err);

/*
 * hc_phone_split(in, list, room, count, err):
 * Read a cell with one or more numbers, parted by line breaks, commas,
 * semicolons, slashes, 、, ・, または, or by standing one after another.
 * ${count} becomes the number put into ${list}, which has ${room} places.
 *
 * Returns HC_OK, HC_NOTFOUND if there is nothing, HC_INVALID if any part is
 * no number, or if there are more than ${room}, HC_NOMEM.
 */
enum hc_status hc_phone_split(const char *in, struct hc_phone *list,
    size_t room, size_t *count, struct hc_error *err);

/*
 * hc_phone_put(out, phone):
 * Append the number as it is stored and shown: as it was written where the
 * writing parts the digits, else grouped by hc_phone_format(); then
 * " 内線12" and " (note)".  hc_phone_parse() reads that as the same number.
 */
void hc_phone_put(struct hc_buf *out, const struct hc_phone *phone);

/*
 * hc_phone_format(out, digits):
 * Append ${digits}, as hc_phone_parse() gives them, grouped as in Japan:
 * 048-252-1234, 03-1234-5678, 090-1234-5678, 0120-123-456.  By a table of
 * area codes (Ministry of Internal Affairs' numbering plan, as collected in
 * libphonenumber's ranges.csv): the longest one behind which an exchange
 * follows, which begins with none of 0 and 1.  What is in no known range,
 * and foreign numbers, are appended as they are.
 */
void hc_phone_format(struct hc_buf *out, const char *digits);

/*
 * hc_phone_digits(out, in):
 * Append only the digits of ${in}, of any width: what a search for part of
 * a number looks for.
 */
void hc_phone_digits(struct hc_buf *out, const char *in);

#endif
