/* Merged areas of a sheet. */
#include <stdlib.h>
#include <string.h>

#include "base/merged.h"

struct hc_merged_area {
	size_t first, last;	/* rows */
	size_t left, right;	/* columns */
	char *text, *kana;	/* of its first cell */
	enum hc_book_kind kind;
};

enum hc_status
hc_merged_add(struct hc_merged *m, size_t first, size_t last, size_t left,
    size_t right)
{
	struct hc_merged_area *areas;
	size_t room;

	if (first > last || left > right || m->count >= HC_MERGED_MAX)
		return HC_INVALID;
	if (left >= HC_MERGED_COLUMNS)
		return HC_OK;
	if (right >= HC_MERGED_COLUMNS)
		right = HC_MERGED_COLUMNS - 1;
	if (m->count == m->room) {
		room = m->room == 0 ? 16 : m->room * 2;
		areas = reallocarray(m->areas, room, sizeof(*areas));
		if (areas == NULL)
			return HC_NOMEM;
		m->areas = areas;
		m->room = room;
	}
	m->areas[m->count++] = (struct hc_merged_area){ .first = first,
	    .last = last, .left = left, .right = right };
	return HC_OK;
}

static int
by_row(const void *va, const void *vb)
{
	const struct hc_merged_area *a = va, *b = vb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return a->left < b->left ? -1 : a->left > b->left;
}

/* Its columns are its own from this row on, unless another has them. */
static void
enter(struct hc_merged *m, struct hc_merged_area *area, size_t number)
{
	size_t i;

	for (i = area->left; i <= area->right; i++)
		if (m->owner[i] != NULL && m->owner[i]->last >= number)
			return;
	for (i = area->left; i <= area->right; i++)
		m->owner[i] = area;
	if (m->width <= area->right)
		m->width = area->right + 1;
}

/* Keep what the later rows of the area repeat. */
static enum hc_status
keep(struct hc_merged_area *area, const struct hc_book_cell *cell)
{
	area->kind = cell->kind;
	if ((area->text = strdup(cell->text)) == NULL)
		return HC_NOMEM;
	if (cell->kana != NULL && (area->kana = strdup(cell->kana)) == NULL)
		return HC_NOMEM;
	return HC_OK;
}

enum hc_status
hc_merged_fill(struct hc_merged *m, size_t number,
    struct hc_book_cell *cells, size_t *ncells, size_t room)
{
	struct hc_merged_area *area;
	size_t i;

	if (m->next == 0 && m->count > 1)
		qsort(m->areas, m->count, sizeof(*m->areas), by_row);
	for (; m->next < m->count && m->areas[m->next].first <= number;
	    m->next++)
		if (m->areas[m->next].last >= number)
			enter(m, &m->areas[m->next], number);
	for (i = 0; i < m->width && i < room; i++) {
		if ((area = m->owner[i]) == NULL || area->last < number)
			continue;
		for (; *ncells <= i; ++*ncells)
			cells[*ncells] = (struct hc_book_cell){ .text = "" };
		if (area->first == number && area->left == i) {
			if (keep(area, &cells[i]) != HC_OK)
				return HC_NOMEM;
			continue;
		}
		cells[i].text = area->text != NULL ? area->text : "";
		cells[i].kana = area->kana;
		cells[i].kind = area->kind;
		cells[i].merged = true;
	}
	return HC_OK;
}

void
hc_merged_clear(struct hc_merged *m)
{
	size_t i;

	for (i = 0; i < m->count; i++) {
		free(m->areas[i].text);
		free(m->areas[i].kana);
	}
	free(m->areas);
	memset(m, 0, sizeof(*m));
}
