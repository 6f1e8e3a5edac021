/*
 * Workbooks of Excel 5 to 2003 (xls).
 *
 * Not by libfreexl: in version 1.0.6 an error value is the number 1; formats
 * 27 to 36 and 50 to 58, and years of eras, are no dates; furigana, merged
 * areas, hidden sheets, rows and columns are not told; it takes 264 MB for
 * two cells in far corners; and nine of the suites' files that can be read
 * (tests/0254-xls.t) it does not open.
 */
#ifndef HC_BASE_XLS_H
#define HC_BASE_XLS_H

#include <stddef.h>

#include "base/book.h"

#define HC_XLS_MAX	(64 << 20)	/* bytes; a larger file is refused */

/*
 * hc_xls_open(book, bytes, len, err):
 * Open the workbook of ${len} ${bytes}, which can be given back as soon as
 * this returns; it is read in a process without rights (book_apart.h).  The
 * caller closes it with hc_book_close().
 *
 * Returns HC_OK; HC_INVALID if it is none, is damaged, too large, locked
 * with a password, older than Excel 5, or in a script not known here;
 * HC_UNAVAILABLE if there is no such process; HC_NOMEM.  On anything but
 * HC_OK ${*book} is NULL.
 */
enum hc_status hc_xls_open(struct hc_book **book, const void *bytes,
    size_t len, struct hc_error *err);

/* hc_xls_open_here(book, bytes, len, err): the same in this process, as the
   other one does it; for tests. */
enum hc_status hc_xls_open_here(struct hc_book **book, const void *bytes,
    size_t len, struct hc_error *err);

#endif
