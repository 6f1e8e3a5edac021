/* The rows of one work list: read, judged, sorted. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "task/followup_layout.h"

#include "task/followup_rows.h"

static const char *
copy(struct hc_followup_rows *l, const char *text)
{
	return hc_arena_text(&l->arena, text != NULL ? text : "");
}

static const char *
put_number(struct hc_followup_rows *l, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	return copy(l, text);
}

/* The names of conditions that hold, with their points or without. */
static const char *
put_conditions(struct hc_followup_rows *l, bool points)
{
	const struct hc_worklist_condition *c;
	struct hc_buf out = HC_BUF_INIT;
	const char *text = NULL;
	size_t i;

	for (i = 0; i < l->list->nconditions; i++) {
		if (!l->holding[i])
			continue;
		c = &l->list->conditions[i];
		hc_buf_printf(&out, "%s%s", out.len > 0 ? ";" : "", c->name);
		if (points)
			hc_buf_printf(&out, "=%" PRId64, c->points);
	}
	if (!hc_buf_failed(&out))
		text = copy(l, hc_buf_text(&out));
	hc_buf_free(&out);
	return text;
}

static bool
put_cells(struct hc_followup_rows *l, const char **cells, int64_t points)
{
	bool whole = true;
	size_t i;

	for (i = 0; i < l->fixed; i++) {
		cells[i] = l->slots[i] < 0 ?
		    put_number(l, hc_worklist_id(l->list)) :
		    copy(l, hc_worklist_value(l->list, l->slots[i]));
		whole = cells[i] != NULL && whole;
	}
	cells[i] = put_number(l, points);
	cells[i + 1] = put_conditions(l, false);
	whole = cells[i] != NULL && cells[i + 1] != NULL && whole;
	if (l->f->why)
		whole = (cells[i + 2] = put_conditions(l, true)) != NULL &&
		    whole;
	return whole;
}

static void
put_hidden(struct hc_followup_rows *l, struct hc_followup_row *row)
{
	const char *text;

	row->staff = 0;
	row->next_call_at[0] = '\0';
	if (l->staff >= 0 &&
	    (text = hc_worklist_value(l->list, l->staff)) != NULL)
		row->staff = strtoll(text, NULL, 10);
	if (l->next_call_at >= 0 &&
	    (text = hc_worklist_value(l->list, l->next_call_at)) != NULL)
		snprintf(row->next_call_at, sizeof(row->next_call_at), "%s",
		    text);
}

/* Keep the present row. */
static enum hc_status
keep_row(struct hc_followup_rows *l, int64_t points)
{
	struct hc_followup_row *grown, *row;
	bool whole;
	size_t i;

	if (l->len == l->room) {
		l->room = l->room ? l->room * 2 : 256;
		grown = realloc(l->items, l->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(l->f->store->db);
		l->items = grown;
	}
	row = &l->items[l->len];
	row->id = hc_worklist_id(l->list);
	row->episode = hc_worklist_episode(l->list);
	row->person = hc_worklist_person(l->list);
	row->priority = points;
	put_hidden(l, row);
	row->cells = hc_arena_alloc(&l->arena,
	    (l->ncolumns + l->nkeys) * sizeof(*row->cells));
	if (row->cells == NULL)
		return hc_db_nomem(l->f->store->db);
	row->keys = row->cells + l->ncolumns;
	whole = put_cells(l, row->cells, points);
	for (i = 0; i < l->nkeys; i++)
		whole = (row->keys[i] = copy(l, hc_worklist_value(l->list,
		    l->keys[i]))) != NULL && whole;
	l->len++;
	return whole ? HC_OK : hc_db_nomem(l->f->store->db);
}

/* Absent ones come last either way. */
static int
compare_keys(const struct hc_followup_rows *l,
    const struct hc_followup_row *a, const struct hc_followup_row *b,
    size_t key)
{
	const char *x = a->keys[key], *y = b->keys[key];
	double m, n;
	int order;

	if (x[0] == '\0' || y[0] == '\0')
		return (x[0] == '\0') - (y[0] == '\0');
	if (l->numeric[key]) {
		m = strtod(x, NULL);
		n = strtod(y, NULL);
		order = (m > n) - (m < n);
	} else
		order = strcmp(x, y);
	return l->falling[key] ? -order : order;
}

static int
compare(const void *a, const void *b, void *arg)
{
	const struct hc_followup_row *x = a, *y = b;
	const struct hc_followup_rows *l = arg;
	size_t i;
	int order;

	if (x->priority != y->priority)
		return x->priority < y->priority ? 1 : -1;
	for (i = 0; i < l->nkeys; i++)
		if ((order = compare_keys(l, x, y, i)) != 0)
			return order;
	return (x->id > y->id) - (x->id < y->id);
}

static enum hc_status
gather(struct hc_followup_rows *l)
{
	enum hc_status rc;
	int64_t points;

	rc = hc_worklist_begin(l->list, NULL);
	while (rc == HC_OK && (rc = hc_worklist_next(l->list)) == HC_OK)
		if (hc_worklist_stands(l->list, &points, l->holding))
			rc = keep_row(l, points);
	hc_worklist_end(l->list);
	if (rc != HC_NOTFOUND)
		return rc;
	if (l->len > 1)
		qsort_r(l->items, l->len, sizeof(*l->items), compare, l);
	return HC_OK;
}

enum hc_status
hc_followup_rows_read(struct hc_followup_rows *l, struct hc_followup *f,
    const char *name)
{
	enum hc_status rc;

	memset(l, 0, sizeof(*l));
	l->f = f;
	if ((rc = hc_situation_new(&l->s, f->store, f->clock)) != HC_OK ||
	    (rc = hc_worklist_load(&l->lists, f->store, l->s, name)) !=
	    HC_OK)
		return rc;
	l->list = &l->lists.items[0];
	l->holding = calloc(l->list->nconditions + 1, sizeof(*l->holding));
	if (l->holding == NULL)
		return hc_db_nomem(f->store->db);
	if ((rc = hc_followup_layout_make(l)) != HC_OK)
		return rc;
	return gather(l);
}

void
hc_followup_rows_clear(struct hc_followup_rows *l)
{
	free(l->items);
	free(l->holding);
	hc_arena_free(&l->arena);
	hc_worklist_clear(&l->lists);
	hc_situation_free(l->s);
	memset(l, 0, sizeof(*l));
}

enum hc_status
hc_followup_rows_table(struct hc_followup_rows *l, size_t i, size_t n)
{
	enum hc_status rc;

	rc = hc_table_new(&l->f->table, l->columns, l->ncolumns);
	for (; rc == HC_OK && n > 0; n--, i++)
		if ((rc = hc_table_row(l->f->table, l->items[i].cells)) ==
		    HC_OK)
			rc = hc_followup_note(l->f, l->items[i].person);
	return rc == HC_NOMEM ? hc_db_nomem(l->f->store->db) : rc;
}
