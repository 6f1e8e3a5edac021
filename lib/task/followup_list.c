/* One work list as a table: its rows read, sorted and put into columns. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/value.h"
#include "task/worklist.h"

#include "task/followup.h"

#define COLUMNS 64	/* of a list, at most */

/* The columns of a table, and the slots of the situation behind them; -1
   where a cell is made by hand. */
struct layout {
	struct hc_table_column columns[COLUMNS];
	char names[COLUMNS][48];
	int slots[COLUMNS];
	size_t len;
};

static void
add_own(struct layout *l, const char *name, const char *label,
    enum hc_type type)
{
	snprintf(l->names[l->len], sizeof(l->names[0]), "%s", name);
	l->columns[l->len] = (struct hc_table_column){
	    .name = l->names[l->len], .label = label, .type = type };
	l->slots[l->len++] = -1;
}

/* The names of fields of a report, joined by ';', as labels. */
static void
show_signs(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_field *f;
	char name[48];
	size_t len;

	for (; *value != '\0'; value += len + (value[len] == ';')) {
		len = strcspn(value, ";");
		snprintf(name, sizeof(name), "%.*s", (int)len, value);
		f = hc_catalogue_field(arg, name);
		hc_buf_printf(out, "%s%s", f != NULL ?
		    hc_catalogue_label(f) : name,
		    value[len] != '\0' ? ", " : "");
	}
}

/* A column of the situation; one that is there already is passed over. */
static enum hc_status
add_column(struct hc_followup *f, const struct hc_worklist *list,
    struct layout *l, const char *name)
{
	const struct hc_field *field;
	enum hc_status rc;
	size_t i;
	int slot;

	for (i = 0; i < l->len; i++)
		if (strcmp(l->names[i], name) == 0)
			return HC_OK;
	if (l->len == COLUMNS)
		return hc_db_fail(f->store->db, HC_CONFIG,
		    _("more than %d columns"), COLUMNS);
	if ((rc = hc_worklist_want(list, name, &slot,
	    hc_db_error_buffer(f->store->db))) != HC_OK)
		return rc == HC_INVALID ? HC_CONFIG : rc;
	field = hc_worklist_field(list, slot);
	add_own(l, name, hc_catalogue_label(field), field->type);
	l->columns[l->len - 1] = hc_value_column(field);
	l->columns[l->len - 1].name = l->names[l->len - 1];
	if (strcmp(name, "red_flags") == 0) {
		l->columns[l->len - 1].show = show_signs;
		l->columns[l->len - 1].arg = hc_catalogue_entity(
		    f->store->catalogue, "observation");
	}
	l->slots[l->len - 1] = slot;
	return HC_OK;
}

/* "a,b,c" one after the other. */
static enum hc_status
add_columns(struct hc_followup *f, const struct hc_worklist *list,
    struct layout *l, const char *names)
{
	enum hc_status rc = HC_OK;
	char name[48];
	size_t len;

	while (rc == HC_OK && names != NULL && *names != '\0') {
		len = strcspn(names, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, names);
		rc = add_column(f, list, l, name);
		names += len + (names[len] == ',');
	}
	return rc;
}

/* One row that waits to be sorted. */
struct waiting {
	int64_t id, priority;
	char **cells;
	char **keys;
};

struct list {
	struct hc_followup *f;
	struct hc_situation *s;
	struct hc_worklists lists;
	const struct hc_worklist *list;
	struct layout layout;
	size_t fixed;			/* columns before the conditions */
	int keys[8];			/* slots to sort by */
	bool falling[8], numeric[8];
	size_t nkeys;
	struct waiting *rows;
	size_t len, room;
	bool *holding;
};

static enum hc_status
add_keys(struct list *l)
{
	const char *p = l->list->order_by;
	enum hc_type type;
	enum hc_status rc;
	char name[48];
	size_t len;

	while (p != NULL && *p != '\0' && l->nkeys < 8) {
		p += strspn(p, " ");
		l->falling[l->nkeys] = *p == '-';
		p += *p == '-';
		len = strcspn(p, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, p);
		rc = hc_worklist_want(l->list, name, &l->keys[l->nkeys],
		    hc_db_error_buffer(l->f->store->db));
		if (rc != HC_OK)
			return rc == HC_INVALID ? HC_CONFIG : rc;
		type = hc_worklist_field(l->list, l->keys[l->nkeys])->type;
		l->numeric[l->nkeys++] = type == HC_TYPE_INTEGER ||
		    type == HC_TYPE_DECIMAL || type == HC_TYPE_YESNO ||
		    type == HC_TYPE_REF;
		p += len + (p[len] == ',');
	}
	return HC_OK;
}

/* The names of conditions, joined by ';', as labels. */
static void
show_conditions(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_worklist *list = arg;
	const char *label;
	size_t i, len;

	for (; *value != '\0'; value += len + (value[len] == ';')) {
		len = strcspn(value, ";");
		label = NULL;
		for (i = 0; i < list->nconditions; i++)
			if (strncmp(list->conditions[i].name, value, len) ==
			    0 && list->conditions[i].name[len] == '\0')
				label = list->conditions[i].label;
		if (label != NULL)
			hc_buf_puts(out, label);
		if (label != NULL && value[len] == ';')
			hc_buf_puts(out, ", ");
	}
}

static enum hc_status
prepare(struct list *l)
{
	enum hc_status rc;

	l->holding = calloc(l->list->nconditions + 1, sizeof(*l->holding));
	if (l->holding == NULL)
		return hc_db_nomem(l->f->store->db);
	add_own(&l->layout, l->list->subject, hc_catalogue_entity_label(
	    hc_catalogue_entity(l->f->store->catalogue, l->list->subject)),
	    HC_TYPE_REF);
	rc = add_columns(l->f, l->list, &l->layout,
	    "person,person.name,phones");
	if (rc != HC_OK)
		return rc;
	l->layout.columns[3].type = HC_TYPE_PHONE;	/* never cut */
	/* "name" by itself is the person's. */
	snprintf(l->layout.names[2], sizeof(l->layout.names[2]), "name");
	if ((rc = add_columns(l->f, l->list, &l->layout,
	    l->list->columns)) != HC_OK)
		return rc;
	l->fixed = l->layout.len;
	if (l->fixed + 2 > COLUMNS)
		return hc_db_fail(l->f->store->db, HC_CONFIG,
		    _("more than %d columns"), COLUMNS - 2);
	add_own(&l->layout, "priority", _("priority"), HC_TYPE_INTEGER);
	add_own(&l->layout, "conditions", _("conditions"), HC_TYPE_TEXT);
	l->layout.columns[l->layout.len - 1].show = show_conditions;
	l->layout.columns[l->layout.len - 1].arg = l->list;
	return add_keys(l);
}

static char *
copy(const char *text)
{
	return strdup(text != NULL ? text : "");
}

static char *
put_conditions(const struct list *l)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	for (i = 0; i < l->list->nconditions; i++) {
		if (!l->holding[i])
			continue;
		hc_buf_printf(&out, "%s%s", out.len > 0 ? ";" : "",
		    l->list->conditions[i].name);
	}
	return hc_buf_take(&out);
}

static char *
put_cell(const struct list *l, size_t column)
{
	int slot = l->layout.slots[column];
	char id[24];

	if (slot >= 0)
		return copy(hc_worklist_value(l->list, slot));
	snprintf(id, sizeof(id), "%" PRId64, hc_worklist_id(l->list));
	return copy(id);
}

static void
free_texts(char **texts, size_t n)
{
	size_t i;

	for (i = 0; texts != NULL && i < n; i++)
		free(texts[i]);
	free(texts);
}

/* Keep the present row. */
static enum hc_status
keep_row(struct list *l, int64_t points)
{
	struct waiting *grown, *row;
	char number[24];
	bool whole = true;
	size_t i;

	if (l->len == l->room) {
		l->room = l->room ? l->room * 2 : 256;
		grown = realloc(l->rows, l->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(l->f->store->db);
		l->rows = grown;
	}
	row = &l->rows[l->len++];
	row->id = hc_worklist_id(l->list);
	row->priority = points;
	row->cells = calloc(l->layout.len, sizeof(*row->cells));
	row->keys = calloc(l->nkeys + 1, sizeof(*row->keys));
	if (row->cells == NULL || row->keys == NULL)
		return hc_db_nomem(l->f->store->db);
	for (i = 0; i < l->fixed; i++)
		whole = (row->cells[i] = put_cell(l, i)) != NULL && whole;
	snprintf(number, sizeof(number), "%" PRId64, points);
	whole = (row->cells[i++] = copy(number)) != NULL && whole;
	whole = (row->cells[i] = put_conditions(l)) != NULL && whole;
	for (i = 0; i < l->nkeys; i++)
		whole = (row->keys[i] = copy(hc_worklist_value(l->list,
		    l->keys[i]))) != NULL && whole;
	if (!whole)
		return hc_db_nomem(l->f->store->db);
	return hc_followup_note(l->f, hc_worklist_person(l->list));
}

/* Absent ones come last either way. */
static int
compare_keys(const struct list *l, const struct waiting *a,
    const struct waiting *b, size_t key)
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
	const struct waiting *x = a, *y = b;
	const struct list *l = arg;
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
gather(struct list *l)
{
	enum hc_status rc;
	int64_t points;

	rc = hc_worklist_begin(l->list, NULL);
	while (rc == HC_OK && (rc = hc_worklist_next(l->list)) == HC_OK)
		if (hc_worklist_stands(l->list, &points, l->holding))
			rc = keep_row(l, points);
	hc_worklist_end(l->list);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
make_table(struct list *l)
{
	enum hc_status rc;
	size_t i;

	rc = hc_table_new(&l->f->table, l->layout.columns, l->layout.len);
	if (l->len > 1)
		qsort_r(l->rows, l->len, sizeof(*l->rows), compare, l);
	for (i = 0; rc == HC_OK && i < l->len; i++)
		rc = hc_table_row(l->f->table,
		    (const char *const *)l->rows[i].cells);
	return rc == HC_NOMEM ? hc_db_nomem(l->f->store->db) : rc;
}

enum hc_status
hc_followup_list(struct hc_followup *f, const char *name)
{
	struct list *l;
	enum hc_status rc;
	size_t i;

	if ((l = calloc(1, sizeof(*l))) == NULL)
		return hc_db_nomem(f->store->db);
	l->f = f;
	if ((rc = hc_situation_new(&l->s, f->store, f->clock)) != HC_OK ||
	    (rc = hc_worklist_load(&l->lists, f->store, l->s, name)) !=
	    HC_OK)
		goto out;
	l->list = &l->lists.items[0];
	if ((rc = prepare(l)) == HC_OK && (rc = gather(l)) == HC_OK)
		rc = make_table(l);
out:
	for (i = 0; i < l->len; i++) {
		free_texts(l->rows[i].cells, l->layout.len);
		free_texts(l->rows[i].keys, l->nkeys);
	}
	free(l->rows);
	free(l->holding);
	hc_worklist_clear(&l->lists);
	hc_situation_free(l->s);
	free(l);
	return rc;
}
