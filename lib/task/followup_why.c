/* Why somebody stands on a list or not, and the situation as it is. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "record/value.h"
#include "task/worklist.h"

#include "task/followup.h"

/* "worst_spo2=93;age=": each name of the expression, and what it saw. */
static void
put_values(struct hc_situation *s, const struct hc_expr *expr,
    struct hc_buf *out)
{
	const struct hc_expr_name *name;
	const char *value;
	size_t i;

	for (i = 0; i < hc_expr_name_count(expr); i++) {
		name = hc_expr_name(expr, i);
		value = hc_situation_value(s, name->slot);
		hc_buf_printf(out, "%s%s=%s", i > 0 ? ";" : "", name->name,
		    value != NULL ? value : "");
	}
}

struct reason {
	const char *list, *condition, *text;
	const struct hc_expr *expr;
	int64_t points;		/* -1: none */
	bool holds;
};

static enum hc_status
add_reason(struct hc_followup *f, struct hc_situation *s,
    const struct reason *r)
{
	struct hc_buf values = HC_BUF_INIT;
	char episode[24], points[24] = "";
	const char *cells[7];
	enum hc_status rc;

	snprintf(episode, sizeof(episode), "%" PRId64,
	    hc_situation_episode(s));
	if (r->points >= 0)
		snprintf(points, sizeof(points), "%" PRId64, r->points);
	put_values(s, r->expr, &values);
	cells[0] = episode;
	cells[1] = r->list;
	cells[2] = r->condition;
	cells[3] = r->holds ? "1" : "0";
	cells[4] = points;
	cells[5] = r->text;
	cells[6] = hc_buf_text(&values);
	rc = hc_buf_failed(&values) ? HC_NOMEM :
	    hc_table_row(f->table, cells);
	hc_buf_free(&values);
	return rc == HC_NOMEM ? hc_db_nomem(f->store->db) : rc;
}

static enum hc_status
add_list(struct hc_followup *f, struct hc_situation *s,
    const struct hc_worklist *list)
{
	const struct hc_worklist_condition *c;
	struct reason r = { .list = list->name, .text = list->text,
	    .expr = list->expr };
	enum hc_status rc;
	size_t i;

	r.holds = hc_worklist_stands(list, s, &r.points, NULL);
	if (!r.holds)
		r.points = 0;
	rc = add_reason(f, s, &r);
	for (i = 0; rc == HC_OK && i < list->nconditions; i++) {
		c = &list->conditions[i];
		r = (struct reason){ .list = list->name, .condition = c->name,
		    .text = c->text, .expr = c->expr, .points = c->points };
		r.holds = hc_situation_holds(s, c->expr);
		rc = add_reason(f, s, &r);
	}
	return rc;
}

/* What the rules are asked about: period and round. */
static const char period[] = "observed";
static const char period_values[] =
	"observed and policy is present and policy_until is present and "
	"observe_from is present and observe_until is present and "
	"day is present and slot is present and asked and answered and "
	"past_cutoff";

static enum hc_status
add_all(struct hc_followup *f, struct hc_situation *s,
    const struct hc_worklists *lists, const struct hc_expr *round)
{
	struct reason r = { .list = period, .expr = round, .points = -1 };
	enum hc_status rc;
	int64_t none = 0;
	size_t i;
	int slot;

	rc = hc_situation_want(s, period, &slot,
	    hc_db_error_buffer(f->store->db));
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK) {
		none++;
		r.holds = strcmp(hc_situation_value(s, slot), "1") == 0;
		f->persons[0] = hc_situation_person(s);
		rc = add_reason(f, s, &r);
		for (i = 0; rc == HC_OK && i < lists->len; i++)
			rc = add_list(f, s, &lists->items[i]);
	}
	if (rc == HC_NOTFOUND)
		rc = none > 0 ? HC_OK : hc_db_fail(f->store->db,
		    HC_NOTFOUND, _("there is no such open episode"));
	return rc;
}

static enum hc_status
begin_table(struct hc_followup *f)
{
	const struct hc_table_column columns[] = {
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "list", _("list"), HC_TYPE_TEXT },
		{ "condition", _("condition"), HC_TYPE_TEXT },
		{ "holds", _("holds"), HC_TYPE_YESNO },
		{ "points", _("points"), HC_TYPE_INTEGER },
		{ "expr", _("rule"), HC_TYPE_TEXT },
		{ "values", _("values"), HC_TYPE_TEXT },
	};

	f->persons = calloc(1, sizeof(*f->persons));
	f->npersons = f->persons_room = 1;
	if (f->persons == NULL ||
	    hc_table_new(&f->table, columns, 7) != HC_OK)
		return hc_db_nomem(f->store->db);
	return HC_OK;
}

enum hc_status
hc_followup_why(struct hc_followup *f,
    const struct hc_situation_filter *filter)
{
	struct hc_worklists lists = { 0 };
	struct hc_situation *s = NULL;
	struct hc_expr *round = NULL;
	enum hc_status rc;

	if ((rc = begin_table(f)) != HC_OK ||
	    (rc = hc_situation_new(&s, f->store, f->clock)) != HC_OK ||
	    (rc = hc_worklist_load(&lists, f->store, s, NULL)) != HC_OK ||
	    (rc = hc_expr_parse_condition(&round, period_values,
	    hc_situation_scope(s), NULL,
	    hc_db_error_buffer(f->store->db))) != HC_OK ||
	    (rc = hc_situation_begin(s, filter)) != HC_OK)
		goto out;
	rc = add_all(f, s, &lists, round);
out:
	hc_expr_free(round);
	hc_worklist_clear(&lists);
	hc_situation_free(s);
	return rc;
}

struct whole {
	struct hc_table_column *columns;
	const char **cells;
	int *slots;
	size_t len;
};

static enum hc_status
want_whole(struct hc_followup *f, struct hc_situation *s, struct whole *w)
{
	const struct hc_entity *e = hc_catalogue_entity(f->store->catalogue,
	    "situation");
	enum hc_status rc = HC_OK;
	size_t i;

	w->len = e->nfields;
	w->columns = calloc(w->len, sizeof(*w->columns));
	w->cells = calloc(w->len, sizeof(*w->cells));
	w->slots = calloc(w->len, sizeof(*w->slots));
	if (w->columns == NULL || w->cells == NULL || w->slots == NULL)
		return hc_db_nomem(f->store->db);
	for (i = 0; rc == HC_OK && i < w->len; i++) {
		w->columns[i] = hc_value_column(e->fields[i]);
		rc = hc_situation_want(s, e->fields[i]->name, &w->slots[i],
		    hc_db_error_buffer(f->store->db));
	}
	if (rc == HC_OK && hc_table_new(&f->table, w->columns, w->len) !=
	    HC_OK)
		rc = hc_db_nomem(f->store->db);
	return rc;
}

static enum hc_status
read_whole(struct hc_followup *f, struct hc_situation *s, struct whole *w,
    const struct hc_situation_filter *filter)
{
	enum hc_status rc;
	size_t i;

	rc = hc_situation_begin(s, filter);
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK) {
		for (i = 0; i < w->len; i++)
			w->cells[i] = hc_situation_value(s, w->slots[i]);
		if (hc_table_row(f->table, w->cells) != HC_OK)
			rc = hc_db_nomem(f->store->db);
	}
	hc_situation_end(s);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_followup_situation(struct hc_followup *f,
    const struct hc_situation_filter *filter)
{
	struct hc_situation *s = NULL;
	struct whole w = { 0 };
	enum hc_status rc;

	if ((rc = hc_situation_new(&s, f->store, f->clock)) == HC_OK &&
	    (rc = want_whole(f, s, &w)) == HC_OK)
		rc = read_whole(f, s, &w, filter);
	hc_situation_free(s);
	free(w.columns);
	free(w.cells);
	free(w.slots);
	return rc;
}
