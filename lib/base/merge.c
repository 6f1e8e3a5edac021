/*
 * Merged areas: sorted by their first row; those that reach the present row
 * are active, and each column has at most one of them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "base/merge.h"

struct area {
	uint32_t top, bottom;
	uint16_t left, right;
	char *text, *kana;	/* of the first cell; NULL if it is empty */
	enum hc_book_kind kind;
};

struct hc_merge {
	struct area *areas;
	size_t count, room;
	size_t next;		/* the first that was not reached yet */
	size_t active[HC_BOOK_COLUMNS_MAX];
	size_t nactive;
	char taken[HC_BOOK_COLUMNS_MAX];	/* 1: column of an active one */
	size_t filled;
};

struct hc_merge *
hc_merge_new(void)
{
	return calloc(1, sizeof(struct hc_merge));
}

static void
forget(struct area *a)
{
	free(a->text);
	free(a->kana);
	a->text = a->kana = NULL;
}

void
hc_merge_free(struct hc_merge *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->nactive; i++)
		forget(&m->areas[m->active[i]]);
	free(m->areas);
	free(m);
}

enum hc_status
hc_merge_add(struct hc_merge *m, const struct hc_merge_area *area,
    struct hc_error *err)
{
	struct area *areas;
	size_t room = m->room == 0 ? 64 : m->room * 2;

	if (area->top == 0 || area->top > area->bottom ||
	    area->left > area->right || area->bottom > HC_BOOK_ROWS_MAX ||
	    area->right >= HC_BOOK_COLUMNS_MAX)
		return HC_OK;
	if (m->count == HC_MERGE_AREAS_MAX)
		return hc_error_set(err, HC_INVALID, _("the sheet has more "
		    "than %d merged areas"), HC_MERGE_AREAS_MAX);
	if (m->count == m->room) {
		areas = realloc(m->areas, room * sizeof(*areas));
		if (areas == NULL)
			return hc_error_nomem(err);
		m->areas = areas;
		m->room = room;
	}
	m->areas[m->count++] = (struct area){
		.top = (uint32_t)area->top, .bottom = (uint32_t)area->bottom,
		.left = (uint16_t)area->left, .right = (uint16_t)area->right,
	};
	return HC_OK;
}

static int
by_place(const void *a, const void *b)
{
	const struct area *x = a, *y = b;

	if (x->top != y->top)
		return x->top < y->top ? -1 : 1;
	return (x->left > y->left) - (x->left < y->left);
}

void
hc_merge_begin(struct hc_merge *m)
{
	if (m->count > 0)
		qsort(m->areas, m->count, sizeof(*m->areas), by_place);
}

/* Let go of the areas that end above the row. */
static void
retire(struct hc_merge *m, size_t row)
{
	size_t i, kept = 0;
	struct area *a;

	for (i = 0; i < m->nactive; i++) {
		a = &m->areas[m->active[i]];
		if (a->bottom >= row) {
			m->active[kept++] = m->active[i];
			continue;
		}
		memset(m->taken + a->left, 0,
		    (size_t)(a->right - a->left) + 1);
		forget(a);
	}
	m->nactive = kept;
}

/* Keep what the rows below repeat. */
static enum hc_status
keep(struct area *a, const struct hc_book_cell *cell, struct hc_error *err)
{
	if (cell->kind == HC_BOOK_EMPTY || a->bottom == a->top)
		return HC_OK;
	a->kind = cell->kind;
	a->text = strdup(cell->text);
	a->kana = cell->kana != NULL ? strdup(cell->kana) : NULL;
	if (a->text == NULL || (cell->kana != NULL && a->kana == NULL))
		return hc_error_nomem(err);
	return HC_OK;
}

/* Take up the areas that begin in the row, or above it in a row that is not
   there. */
static enum hc_status
activate(struct hc_merge *m, size_t row, const struct hc_book_cell *cells,
    struct hc_error *err)
{
	enum hc_status rc = HC_OK;
	struct area *a;
	size_t width;

	for (; m->next < m->count && m->areas[m->next].top <= row &&
	    rc == HC_OK; m->next++) {
		a = &m->areas[m->next];
		width = (size_t)(a->right - a->left) + 1;
		if (a->bottom < row ||
		    memchr(m->taken + a->left, 1, width) != NULL)
			continue;
		memset(m->taken + a->left, 1, width);
		m->active[m->nactive++] = m->next;
		if (a->top == row)
			rc = keep(a, &cells[a->left], err);
	}
	return rc;
}

/* The row's part of an area. */
static void
fill(struct area *a, const struct hc_book_row *row,
    struct hc_book_cell *cells)
{
	struct hc_book_cell first = { .text = "", .kind = HC_BOOK_EMPTY };
	size_t column;

	if (row->number == a->top)
		first = cells[a->left];
	else if (a->text != NULL)
		first = (struct hc_book_cell){ a->text, a->kana, a->kind,
		    false };
	for (column = a->left; column <= a->right; column++) {
		if (row->number == a->top && column == a->left)
			continue;
		cells[column] = first;
		cells[column].merged = true;
	}
}

enum hc_status
hc_merge_row(struct hc_merge *m, struct hc_book_row *row,
    struct hc_book_cell *cells, struct hc_error *err)
{
	enum hc_status rc;
	struct area *a;
	size_t i;

	retire(m, row->number);
	if ((rc = activate(m, row->number, cells, err)) != HC_OK)
		return rc;
	for (i = 0; i < m->nactive; i++) {
		a = &m->areas[m->active[i]];
		if ((m->filled += (size_t)(a->right - a->left) + 1) >
		    HC_MERGE_CELLS_MAX)
			return hc_error_set(err, HC_INVALID, _("the sheet "
			    "has more than %d merged cells"),
			    HC_MERGE_CELLS_MAX);
		fill(a, row, cells);
		if (a->right >= row->ncells)
			row->ncells = (size_t)a->right + 1;
	}
	return HC_OK;
}
