/* Work lists and their conditions. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"

#include "task/worklist.h"

static const char lists_sql[] =
	"SELECT name, label_ja, label_en, team, expr, order_by, columns,"
	" subject FROM worklist WHERE office = :office"
	" AND coalesce(retired, 0) = 0 ORDER BY coalesce(position, 9999), id";

static const char conditions_sql[] =
	"SELECT worklist, name, label_ja, label_en, expr, points"
	" FROM condition WHERE office = :office"
	" AND coalesce(retired, 0) = 0 ORDER BY coalesce(position, 9999), id";

static const char *
keep(struct hc_worklists *lists, const struct hc_stmt *st, int column)
{
	return hc_arena_text(&lists->arena, hc_stmt_get_text(st, column));
}

/* The label in the language of messages: ${column} is the Japanese one, the
   English follows. */
static const char *
keep_label(struct hc_worklists *lists, const struct hc_stmt *st, int column)
{
	struct hc_choice both = { .code = "",
	    .label_ja = hc_stmt_get_text(st, column),
	    .label_en = hc_stmt_get_text(st, column + 1) };

	return hc_arena_text(&lists->arena, hc_catalogue_choice_label(&both));
}

static enum hc_status
parse(struct hc_store *store, const struct hc_worklist *l, const char *text,
    struct hc_expr **expr)
{
	const struct hc_expr_scope *scope = l->records != NULL ?
	    hc_subject_scope(l->records) : hc_situation_scope(l->s);
	struct hc_error err = { "" };
	enum hc_status rc;

	rc = hc_expr_parse_condition(expr, text, scope, NULL, &err);
	if (rc == HC_NOMEM)
		return hc_db_nomem(store->db);
	if (rc != HC_OK)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("work list '%s': %s"), l->name, err.text);
	return HC_OK;
}

static enum hc_status
open_subject(struct hc_worklist *l, struct hc_store *store)
{
	struct hc_error why;
	enum hc_status rc;

	if (strcmp(l->subject, "episode") == 0)
		return HC_OK;
	rc = hc_subject_new(&l->records, store, hc_situation_clock(l->s),
	    l->subject);
	if (rc != HC_INVALID)
		return rc;
	why = *hc_db_error_buffer(store->db);
	return hc_db_fail(store->db, HC_CONFIG, _("work list '%s': %s"),
	    l->name, why.text);
}

static enum hc_status
add_list(struct hc_worklists *lists, struct hc_store *store,
    struct hc_situation *s, const struct hc_stmt *st)
{
	struct hc_worklist *grown, *l;
	enum hc_status rc;

	grown = realloc(lists->items, (lists->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(store->db);
	lists->items = grown;
	l = &grown[lists->len++];
	memset(l, 0, sizeof(*l));
	l->name = keep(lists, st, 0);
	l->label = keep_label(lists, st, 1);
	l->team = keep(lists, st, 3);
	l->text = keep(lists, st, 4);
	l->order_by = keep(lists, st, 5);
	l->columns = keep(lists, st, 6);
	l->subject = keep(lists, st, 7);
	l->s = s;
	if (l->name == NULL || l->label == NULL || l->text == NULL ||
	    l->subject == NULL)
		return hc_db_nomem(store->db);
	rc = open_subject(l, store);
	return rc == HC_OK ? parse(store, l, l->text, &l->expr) : rc;
}

static struct hc_worklist *
find(struct hc_worklists *lists, const char *name)
{
	size_t i;

	for (i = 0; i < lists->len; i++)
		if (strcmp(lists->items[i].name, name) == 0)
			return &lists->items[i];
	return NULL;
}

static enum hc_status
add_condition(struct hc_worklists *lists, struct hc_store *store,
    const struct hc_stmt *st)
{
	struct hc_worklist *l = find(lists, hc_stmt_get_text(st, 0));
	struct hc_worklist_condition *grown, *c;

	if (l == NULL)
		return HC_OK;
	grown = realloc(l->conditions, (l->nconditions + 1) *
	    sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(store->db);
	l->conditions = grown;
	c = &grown[l->nconditions++];
	memset(c, 0, sizeof(*c));
	c->name = keep(lists, st, 1);
	c->label = keep_label(lists, st, 2);
	c->text = keep(lists, st, 4);
	c->points = hc_stmt_get_int(st, 5);
	if (c->name == NULL || c->label == NULL || c->text == NULL)
		return hc_db_nomem(store->db);
	return parse(store, l, c->text, &c->expr);
}

/* All lists are read to know their names; only ${name} is parsed. */
static enum hc_status
load_lists(struct hc_worklists *lists, struct hc_store *store,
    struct hc_situation *s, const char *name)
{
	struct hc_buf near = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, store->db, lists_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		hc_buf_printf(&near, "%s%s", near.len > 0 ? ", " : "",
		    hc_stmt_get_text(st, 0));
		if (name == NULL ||
		    hc_near_same(name, hc_stmt_get_text(st, 0)))
			rc = add_list(lists, store, s, st);
	}
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND && name != NULL && lists->len == 0)
		rc = hc_db_fail(store->db, HC_NOTFOUND,
		    _("there is no work list '%s'; there are: %s"), name,
		    hc_buf_text(&near));
	else if (rc == HC_NOTFOUND)
		rc = HC_OK;
	hc_buf_free(&near);
	return rc;
}

enum hc_status
hc_worklist_load(struct hc_worklists *lists, struct hc_store *store,
    struct hc_situation *s, const char *name)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = load_lists(lists, store, s, name)) != HC_OK)
		return rc;
	rc = hc_stmt_new(&st, store->db, conditions_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		rc = add_condition(lists, store, st);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

void
hc_worklist_clear(struct hc_worklists *lists)
{
	size_t i, j;

	for (i = 0; i < lists->len; i++) {
		hc_expr_free(lists->items[i].expr);
		for (j = 0; j < lists->items[i].nconditions; j++)
			hc_expr_free(lists->items[i].conditions[j].expr);
		free(lists->items[i].conditions);
		hc_subject_free(lists->items[i].records);
	}
	free(lists->items);
	lists->items = NULL;
	lists->len = 0;
	hc_arena_free(&lists->arena);
}

bool
hc_worklist_stands(const struct hc_worklist *list, int64_t *points,
    bool *holding)
{
	bool any = list->nconditions == 0, holds;
	size_t i;

	if (points != NULL)
		*points = 0;
	if (!hc_worklist_holds(list, list->expr))
		return false;
	for (i = 0; i < list->nconditions && !(any && points == NULL); i++) {
		holds = hc_worklist_holds(list, list->conditions[i].expr);
		if (holding != NULL)
			holding[i] = holds;
		if (holds && points != NULL)
			*points += list->conditions[i].points;
		any = any || holds;
	}
	return any;
}

/* ---- What a list looks at ---- */

enum hc_status
hc_worklist_want(const struct hc_worklist *list, const char *name, int *slot,
    struct hc_error *err)
{
	return list->records != NULL ?
	    hc_subject_want(list->records, name, slot, err) :
	    hc_situation_want(list->s, name, slot, err);
}

const struct hc_field *
hc_worklist_field(const struct hc_worklist *list, int slot)
{
	return list->records != NULL ?
	    hc_subject_field(list->records, slot) :
	    hc_situation_field(list->s, slot);
}

const char *
hc_worklist_value(const struct hc_worklist *list, int slot)
{
	return list->records != NULL ?
	    hc_subject_value(list->records, slot) :
	    hc_situation_value(list->s, slot);
}

bool
hc_worklist_holds(const struct hc_worklist *list, const struct hc_expr *expr)
{
	return list->records != NULL ?
	    hc_subject_holds(list->records, expr) :
	    hc_situation_holds(list->s, expr);
}

int64_t
hc_worklist_id(const struct hc_worklist *list)
{
	return list->records != NULL ? hc_subject_id(list->records) :
	    hc_situation_episode(list->s);
}

int64_t
hc_worklist_episode(const struct hc_worklist *list)
{
	return list->records != NULL ? hc_subject_episode(list->records) :
	    hc_situation_episode(list->s);
}

int64_t
hc_worklist_person(const struct hc_worklist *list)
{
	return list->records != NULL ? hc_subject_person(list->records) :
	    hc_situation_person(list->s);
}

/* The database looks for what the expression holds for among the records,
   as closed ones are many. */
enum hc_status
hc_worklist_begin(const struct hc_worklist *list,
    const struct hc_situation_filter *filter)
{
	return list->records != NULL ? hc_subject_begin(list->records,
	    filter == NULL ? list->text : NULL, filter) :
	    hc_situation_begin(list->s, filter);
}

enum hc_status
hc_worklist_next(const struct hc_worklist *list)
{
	return list->records != NULL ? hc_subject_next(list->records) :
	    hc_situation_next(list->s);
}

void
hc_worklist_end(const struct hc_worklist *list)
{
	if (list->records != NULL)
		hc_subject_end(list->records);
	else
		hc_situation_end(list->s);
}

enum hc_status
hc_worklist_count(const struct hc_worklist *list, int64_t *n)
{
	enum hc_status rc;

	*n = 0;
	rc = hc_worklist_begin(list, NULL);
	while (rc == HC_OK && (rc = hc_worklist_next(list)) == HC_OK)
		*n += hc_worklist_stands(list, NULL, NULL);
	hc_worklist_end(list);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}
