/*
 * The records and strings of Excel 5 to 2003 ("BIFF5" and "BIFF8").
 * Sources: [MS-XLS]; OpenOffice's documentation of the Excel file format.
 */
#ifndef HC_BASE_BIFF_H
#define HC_BASE_BIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

#define HC_BIFF_CONTINUE 0x003c

/* Set data, len, wide and codepage, the rest zero. */
struct hc_biff {
	const unsigned char *data;
	size_t len;
	bool wide;		/* BIFF8: strings are UTF-16 */
	unsigned int codepage;	/* of BIFF5's strings; 0 if not known */
	bool unreadable;	/* met letters of a codepage not known here */

	size_t at;		/* where the next record begins */
	unsigned int type;
	const unsigned char *body;
	size_t size;		/* of the body */
	size_t done;		/* bytes of it that were taken */
	struct hc_buf units;	/* of a string: 16 bits each */
	struct hc_buf extra;	/* what stands behind it */
};

/* hc_biff_next(b): the next record; false at the end, or where the data end
   within a record. */
bool hc_biff_next(struct hc_biff *b);

/*
 * hc_biff_string(b, width, text, kana):
 * Append to ${text} the string that the record goes on with, over CONTINUE
 * records if need be, whose length stands in ${width} bytes, 1 or 2; what is
 * no character becomes U+FFFD.  If it has furigana, and ${kana} is not NULL,
 * the whole string with them in place of what they stand over is appended
 * there.  HC_OK; HC_INVALID if the record ends too early; HC_NOMEM.
 */
enum hc_status hc_biff_string(struct hc_biff *b, size_t width,
    struct hc_buf *text, struct hc_buf *kana);

/* hc_biff_free(b): give back what strings took. */
void hc_biff_free(struct hc_biff *b);

#endif
