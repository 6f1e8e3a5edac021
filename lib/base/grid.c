/* A whole small sheet in memory. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "base/grid.h"

static enum hc_status
make_room(struct hc_grid *grid)
{
	struct hc_book_row *rows;
	size_t room = grid->room == 0 ? 64 : grid->room * 2;

	if (grid->count < grid->room)
		return HC_OK;
	rows = reallocarray(grid->rows, room, sizeof(*rows));
	if (rows == NULL)
		return HC_NOMEM;
	grid->rows = rows;
	grid->room = room;
	return HC_OK;
}

static enum hc_status
copy_text(struct hc_grid *grid, const char **text)
{
	if (*text == NULL)
		return HC_OK;
	if (**text == '\0') {
		*text = "";
		return HC_OK;
	}
	grid->bytes += strlen(*text) + 1;
	*text = hc_arena_text(&grid->arena, *text);
	return *text != NULL ? HC_OK : HC_NOMEM;
}

enum hc_status
hc_grid_add(struct hc_grid *grid, const struct hc_book_row *row,
    struct hc_error *err)
{
	struct hc_book_cell *cells;
	size_t i;

	grid->cells += row->ncells;
	if (grid->cells > HC_GRID_CELLS_MAX ||
	    grid->bytes > HC_GRID_BYTES_MAX)
		return hc_error_set(err, HC_INVALID, _("the table is too "
		    "large: more than %d cells or %d MB"), HC_GRID_CELLS_MAX,
		    HC_GRID_BYTES_MAX >> 20);
	cells = hc_arena_alloc(&grid->arena, row->ncells * sizeof(*cells));
	if (cells == NULL || make_room(grid) != HC_OK)
		return hc_error_nomem(err);
	for (i = 0; i < row->ncells; i++) {
		cells[i] = row->cells[i];
		if (copy_text(grid, &cells[i].text) != HC_OK ||
		    copy_text(grid, &cells[i].kana) != HC_OK)
			return hc_error_nomem(err);
	}
	grid->rows[grid->count] = *row;
	grid->rows[grid->count++].cells = cells;
	return HC_OK;
}

enum hc_status
hc_grid_load(struct hc_grid *grid, struct hc_book *book, size_t sheet)
{
	struct hc_book_row row;
	enum hc_status rc;

	if ((rc = hc_book_select(book, sheet)) != HC_OK)
		return rc;
	while ((rc = hc_book_next(book, &row)) == HC_OK)
		if ((rc = hc_grid_add(grid, &row, &book->error)) != HC_OK)
			return rc;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static int
by_number(const void *key, const void *row)
{
	size_t number = *(const size_t *)key;
	const struct hc_book_row *r = row;

	return number < r->number ? -1 : number > r->number;
}

const struct hc_book_cell *
hc_grid_cell(const struct hc_grid *grid, size_t row, size_t column)
{
	static const struct hc_book_cell none = { .text = "" };
	const struct hc_book_row *found = NULL;

	if (grid->count > 0)
		found = bsearch(&row, grid->rows, grid->count,
		    sizeof(*grid->rows), by_number);
	if (found == NULL || column >= found->ncells)
		return &none;
	return &found->cells[column];
}

void
hc_grid_free(struct hc_grid *grid)
{
	hc_arena_free(&grid->arena);
	free(grid->rows);
	memset(grid, 0, sizeof(*grid));
}
