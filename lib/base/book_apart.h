/*
 * A workbook that is read in a process of its own, which has no rights
 * (jail.h): whatever its reader can be made to do, nothing but rows comes
 * out of it, and these are checked.
 */
#ifndef HC_BASE_BOOK_APART_H
#define HC_BASE_BOOK_APART_H

#include <stddef.h>

#include "base/book.h"

struct hc_book_apart {
	/* The reader, as hc_xls_open_here(). */
	enum hc_status (*open)(struct hc_book **book, const void *bytes,
	    size_t len, struct hc_error *err);
	size_t memory;		/* bytes that it may take */
	unsigned int seconds;	/* of the processor's time */
};

/*
 * hc_book_apart_open(book, how, bytes, len, err):
 * Open the workbook of ${len} ${bytes}, which are not needed any more when
 * this returns; the caller closes it with hc_book_close(), which ends the
 * process.  For programs of one thread.
 *
 * Returns what the reader returned; HC_INVALID if it crashed or took more
 * than it may; HC_UNAVAILABLE if there can be no such process; HC_NOMEM.
 */
enum hc_status hc_book_apart_open(struct hc_book **book,
    const struct hc_book_apart *how, const void *bytes, size_t len,
    struct hc_error *err);

#endif
