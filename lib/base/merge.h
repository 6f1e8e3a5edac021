/*
 * Merged areas of a sheet, when its rows are read one after the other: each
 * cell of an area repeats what stands in its first one.
 */
#ifndef HC_BASE_MERGE_H
#define HC_BASE_MERGE_H

#include <stddef.h>

#include "base/book.h"
#include "base/status.h"

#define HC_MERGE_AREAS_MAX	500000
#define HC_MERGE_CELLS_MAX	50000000	/* repeated, of one sheet */

struct hc_merge;

/* hc_merge_new(): NULL when out of memory.  hc_merge_free(): NULL is fine. */
struct hc_merge *hc_merge_new(void);
void hc_merge_free(struct hc_merge *m);

/* An area: rows from 1, columns from 0, both ends belong to it. */
struct hc_merge_area {
	size_t top, left, bottom, right;
};

/* hc_merge_add(m, area, err): HC_OK, also where it is no area and is left
   out; HC_INVALID if there are too many; HC_NOMEM. */
enum hc_status hc_merge_add(struct hc_merge *m,
    const struct hc_merge_area *area, struct hc_error *err);

/* hc_merge_begin(m): all were added; the first row comes next. */
void hc_merge_begin(struct hc_merge *m);

/*
 * hc_merge_row(m, row, cells, err):
 * Fill in the cells of ${row} that repeat others; ${cells} has room for
 * HC_BOOK_COLUMNS_MAX cells, empty ones behind row->ncells, which grows.
 * Their texts are valid until the next call.  Of areas that overlap the one
 * that begins first counts.  HC_OK, HC_INVALID if there are too many,
 * HC_NOMEM.
 */
enum hc_status hc_merge_row(struct hc_merge *m, struct hc_book_row *row,
    struct hc_book_cell *cells, struct hc_error *err);

#endif
