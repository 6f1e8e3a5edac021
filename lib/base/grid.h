/*
 * A whole small sheet in memory: for tables of documents, and for sheets
 * that are read by place and not from top to bottom.
 */
#ifndef HC_BASE_GRID_H
#define HC_BASE_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/book.h"

#define HC_GRID_CELLS_MAX	1000000
#define HC_GRID_BYTES_MAX	67108864	/* of all texts */

/* An empty one is { 0 }. */
struct hc_grid {
	struct hc_book_row *rows;	/* by their numbers */
	size_t count, room;
	size_t cells, bytes;
	struct hc_arena arena;
};

/*
 * hc_grid_add(grid, row, err):
 * Add a copy of ${row}, whose number is above those before.  HC_OK;
 * HC_INVALID if it all becomes too large; HC_NOMEM.
 */
enum hc_status hc_grid_add(struct hc_grid *grid,
    const struct hc_book_row *row, struct hc_error *err);

/*
 * hc_grid_load(grid, book, sheet):
 * Add all rows of a sheet; words are in book->error.  As hc_book_select(),
 * hc_book_next() and hc_grid_add().
 */
enum hc_status hc_grid_load(struct hc_grid *grid, struct hc_book *book,
    size_t sheet);

/* hc_grid_cell(grid, row, column): the cell in the row numbered ${row}, from
   1, and the column, from 0; an empty one where there is none. */
const struct hc_book_cell *hc_grid_cell(const struct hc_grid *grid,
    size_t row, size_t column);

/* hc_grid_free(grid): give all back; it is empty and usable. */
void hc_grid_free(struct hc_grid *grid);

#endif
