/* Why somebody stands on a list or not, and the situation as it is. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "record/value.h"
#include "task/worklist.h"

#include "task/followup.h"

enum { EPISODE, LIST, CONDITION, HOLDS, POINTS, EXPR, VALUES, RECORD,
    COLUMNS };

/* "worst_spo2=93;age=": each name of the expression, and what it saw. */
static void
put_values(const struct hc_worklist *of, const struct hc_expr *expr,
    struct hc_buf *out)
{
	const struct hc_expr_name *name;
	const char *value;
	size_t i;

	for (i = 0; i < hc_expr_name_count(expr); i++) {
		name = hc_expr_name(expr, i);
		value = hc_worklist_value(of, name->slot);
		hc_buf_printf(out, "%s%s=%s", i > 0 ? ";" : "", name->name,
		    value != NULL ? value : "");
	}
}

/* A line. */
struct reason {
	const struct hc_worklist *list;
	const char *condition, *label;	/* of a condition, or NULL */
	const char *text;
	const struct hc_expr *expr;
	int64_t points;		/* -1: none */
	bool holds;
};

struct why {
	struct hc_followup *f;
	const struct reason *reason;	/* the one being added */
};

/* ---- Labels, for people ---- */

static void
show_list(const void *arg, const char *value, struct hc_buf *out)
{
	const struct reason *r = ((const struct why *)arg)->reason;

	hc_buf_puts(out, r->list->label != NULL ? r->list->label : value);
}

static void
show_condition(const void *arg, const char *value, struct hc_buf *out)
{
	const struct reason *r = ((const struct why *)arg)->reason;

	hc_buf_puts(out, r->label != NULL ? r->label : value);
}

static void
show_values(const void *arg, const char *values, struct hc_buf *out)
{
	const struct why *w = arg;
	const struct reason *r = w->reason;
	const struct hc_expr_name *name;
	const struct hc_field *f;
	const char *value;
	size_t i;

	(void)values;
	for (i = 0; i < hc_expr_name_count(r->expr); i++) {
		name = hc_expr_name(r->expr, i);
		f = hc_worklist_field(r->list, name->slot);
		value = hc_worklist_value(r->list, name->slot);
		hc_buf_printf(out, "%s%s: ", i > 0 ? ", " : "", f != NULL ?
		    hc_catalogue_label(f) : name->name);
		if (value == NULL)
			hc_buf_puts(out, _("unknown"));
		else if (f == NULL)
			hc_buf_puts(out, value);
		else if (f->type == HC_TYPE_INSTANT)
			hc_instant_show(value, w->f->clock->zone, out);
		else
			hc_value_show(f, value, out);
	}
}

static void
put_id(char text[24], int64_t id)
{
	if (id != 0)
		snprintf(text, 24, "%" PRId64, id);
	else
		text[0] = '\0';
}

static enum hc_status
add_reason(struct why *w, const struct reason *r)
{
	struct hc_followup *f = w->f;
	char episode[24], record[24], points[24] = "";
	struct hc_buf values = HC_BUF_INIT;
	const char *cells[COLUMNS];
	enum hc_status rc;

	put_id(episode, hc_worklist_episode(r->list));
	put_id(record, r->list->records != NULL ?
	    hc_worklist_id(r->list) : 0);
	if (r->points >= 0)
		snprintf(points, sizeof(points), "%" PRId64, r->points);
	put_values(r->list, r->expr, &values);
	w->reason = r;
	cells[EPISODE] = episode;
	cells[LIST] = r->list->name;
	cells[CONDITION] = r->condition;
	cells[HOLDS] = r->holds ? "1" : "0";
	cells[POINTS] = points;
	cells[EXPR] = r->text;
	cells[VALUES] = hc_buf_text(&values);
	cells[RECORD] = record;
	rc = hc_buf_failed(&values) ? HC_NOMEM :
	    hc_table_row(f->table, cells);
	hc_buf_free(&values);
	return rc == HC_NOMEM ? hc_db_nomem(f->store->db) : rc;
}

static enum hc_status
add_list(struct why *w, const struct hc_worklist *list)
{
	const struct hc_worklist_condition *c;
	struct reason r = { .list = list, .text = list->text,
	    .expr = list->expr };
	enum hc_status rc;
	size_t i;

	r.holds = hc_worklist_stands(list, &r.points, NULL);
	if (!r.holds)
		r.points = 0;
	rc = add_reason(w, &r);
	for (i = 0; rc == HC_OK && i < list->nconditions; i++) {
		c = &list->conditions[i];
		r = (struct reason){ .list = list, .condition = c->name,
		    .label = c->label, .text = c->text, .expr = c->expr,
		    .points = c->points };
		r.holds = hc_worklist_holds(list, c->expr);
		rc = add_reason(w, &r);
	}
	return rc;
}

/* What the rules are asked about: period and round. */
static const char period_values[] =
	"observed and policy is present and policy_until is present and "
	"observe_from is present and observe_until is present and "
	"day is present and slot is present and asked and answered and "
	"past_cutoff";

static enum hc_status
add_episodes(struct why *w, struct hc_situation *s,
    const struct hc_worklists *lists, const struct hc_worklist *period)
{
	struct hc_followup *f = w->f;
	struct reason r = { .list = period, .expr = period->expr,
	    .points = -1 };
	enum hc_status rc;
	size_t i;
	int slot;

	rc = hc_situation_want(s, period->name, &slot,
	    hc_db_error_buffer(f->store->db));
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK) {
		r.holds = strcmp(hc_situation_value(s, slot), "1") == 0;
		f->persons[0] = hc_situation_person(s);
		rc = add_reason(w, &r);
		for (i = 0; rc == HC_OK && i < lists->len; i++)
			if (lists->items[i].records == NULL)
				rc = add_list(w, &lists->items[i]);
	}
	hc_situation_end(s);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* The tests, stays ... of the same, open or not. */
static enum hc_status
add_records(struct why *w, const struct hc_worklist *list,
    const struct hc_situation_filter *filter)
{
	enum hc_status rc;

	rc = hc_worklist_begin(list, filter);
	while (rc == HC_OK && (rc = hc_worklist_next(list)) == HC_OK) {
		w->f->persons[0] = hc_worklist_person(list);
		rc = add_list(w, list);
	}
	hc_worklist_end(list);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
begin_table(struct why *w)
{
	struct hc_followup *f = w->f;
	const struct hc_table_column columns[COLUMNS] = {
		[EPISODE] = { "episode", _("episode"), HC_TYPE_REF },
		[LIST] = { "list", _("list"), HC_TYPE_TEXT, show_list, w },
		[CONDITION] = { "condition", _("condition"), HC_TYPE_TEXT,
		    show_condition, w },
		[HOLDS] = { "holds", _("holds"), HC_TYPE_YESNO },
		[POINTS] = { "points", _("points"), HC_TYPE_INTEGER },
		[EXPR] = { "expr", _("rule"), HC_TYPE_TEXT },
		[VALUES] = { "values", _("values"), HC_TYPE_TEXT,
		    show_values, w },
		[RECORD] = { "record", _("record"), HC_TYPE_REF },
	};

	f->persons = calloc(1, sizeof(*f->persons));
	f->npersons = f->persons_room = 1;
	if (f->persons == NULL ||
	    hc_table_new(&f->table, columns, COLUMNS) != HC_OK)
		return hc_db_nomem(f->store->db);
	return HC_OK;
}

/* Of the episodes of ${filter}, where it is not one record. */
static enum hc_status
add_all(struct why *w, const struct hc_worklists *lists,
    const struct hc_worklist *period,
    const struct hc_situation_filter *filter)
{
	const struct hc_worklist *list;
	enum hc_status rc = HC_OK;

	if (filter->record == 0)
		rc = add_episodes(w, period->s, lists, period);
	for (list = lists->items; rc == HC_OK &&
	    list < lists->items + lists->len; list++)
		if (list->records != NULL && (filter->record == 0 ||
		    strcmp(list->subject, filter->subject) == 0))
			rc = add_records(w, list, filter);
	if (rc != HC_OK || hc_table_rows(w->f->table) > 0)
		return rc;
	return filter->record == 0 ? hc_db_fail(w->f->store->db, HC_NOTFOUND,
	    _("there is no such open episode")) :
	    hc_db_fail(w->f->store->db, HC_NOTFOUND,
	    _("there is no such record, or no work list of records of its "
	    "kind"));
}

enum hc_status
hc_followup_why(struct hc_followup *f,
    const struct hc_situation_filter *filter)
{
	struct hc_worklist period = { .name = "observed",
	    .label = _("period of observation") };
	struct why why = { .f = f };
	struct hc_worklists lists = { 0 };
	enum hc_status rc;

	if ((rc = begin_table(&why)) != HC_OK ||
	    (rc = hc_situation_new(&period.s, f->store, f->clock)) != HC_OK ||
	    (rc = hc_worklist_load(&lists, f->store, period.s, NULL)) !=
	    HC_OK || (rc = hc_expr_parse_condition(&period.expr,
	    period_values, hc_situation_scope(period.s), NULL,
	    hc_db_error_buffer(f->store->db))) != HC_OK ||
	    (rc = hc_situation_begin(period.s, filter)) != HC_OK)
		goto out;
	rc = add_all(&why, &lists, &period, filter);
out:
	hc_expr_free(period.expr);
	hc_worklist_clear(&lists);
	hc_situation_free(period.s);
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

	w->columns = calloc(e->nfields, sizeof(*w->columns));
	w->cells = calloc(e->nfields, sizeof(*w->cells));
	w->slots = calloc(e->nfields, sizeof(*w->slots));
	if (w->columns == NULL || w->cells == NULL || w->slots == NULL)
		return hc_db_nomem(f->store->db);
	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		if (e->fields[i]->retired)
			continue;
		w->columns[w->len] = hc_value_column(e->fields[i]);
		rc = hc_situation_want(s, e->fields[i]->name,
		    &w->slots[w->len++],
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
