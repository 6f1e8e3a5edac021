/*
 * Merged areas of a sheet: a person sees their first cell in all of them, so
 * the others repeat it.
 */
#ifndef HC_BASE_MERGED_H
#define HC_BASE_MERGED_H

#include <stddef.h>

#include "base/book.h"

#define HC_MERGED_COLUMNS	1024	/* areas end here */
#define HC_MERGED_MAX		200000	/* areas of one sheet */

struct hc_merged_area;

/* An empty one is { 0 }. */
struct hc_merged {
	struct hc_merged_area *areas;	/* by their first row */
	size_t count, room;
	size_t next;			/* first that no row came to */
	size_t width;			/* columns of owner[] in use */
	struct hc_merged_area *owner[HC_MERGED_COLUMNS];
};

/*
 * hc_merged_add(m, first, last, left, right):
 * Add the area of rows ${first} to ${last}, from 1, and columns ${left} to
 * ${right}, from 0; all before the first row is filled.  HC_OK, HC_NOMEM;
 * HC_INVALID if there are too many or it is none.
 */
enum hc_status hc_merged_add(struct hc_merged *m, size_t first, size_t last,
    size_t left, size_t right);

/*
 * hc_merged_fill(m, number, cells, ncells, room):
 * Repeat the first cells of areas in the row ${number}, whose ${*ncells}
 * cells may become up to ${room}.  Rows come in ascending order.  Of areas
 * that overlap, the later one is passed over.  HC_OK or HC_NOMEM; the texts
 * are ${m}'s and stand until its next call.
 */
enum hc_status hc_merged_fill(struct hc_merged *m, size_t number,
    struct hc_book_cell *cells, size_t *ncells, size_t room);

/* hc_merged_clear(m): no areas, no memory; ready for the next sheet. */
void hc_merged_clear(struct hc_merged *m);

#endif
