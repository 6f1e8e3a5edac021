/* Records of one entity as a table. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "record/value.h"
#include "store/access.h"
#include "store/row.h"
#include "store/schema.h"
#include "task/query.h"

#include "task/export.h"

#define FIXED 2		/* id and revision */

struct reading {
	struct hc_export *x;
	struct hc_store *store;
	struct hc_query query;
	struct hc_buf sql;	/* the columns so far */
	size_t room;		/* of columns */
};

static enum hc_status
nomem(struct reading *r)
{
	return hc_db_nomem(r->store->db);
}

/* "person.name" is called person_name. */
static char *
column_name(struct hc_export *x, const char *name)
{
	char *copy = hc_arena_text(&x->arena, name), *dot;

	while (copy != NULL && (dot = strchr(copy, '.')) != NULL)
		*dot = '_';
	return copy;
}

static struct hc_export_column *
new_column(struct reading *r)
{
	struct hc_export *x = r->x;
	struct hc_export_column *columns;

	if (x->ncolumns == r->room) {
		r->room = r->room > 0 ? r->room * 2 : 32;
		columns = realloc(x->columns, r->room * sizeof(*columns));
		if (columns == NULL)
			return NULL;
		x->columns = columns;
	}
	memset(&x->columns[x->ncolumns], 0, sizeof(*x->columns));
	return &x->columns[x->ncolumns++];
}

static enum hc_status
add_column(struct reading *r, const char *name)
{
	struct hc_error *err = hc_db_error_buffer(r->store->db);
	struct hc_export_column *c;
	const struct hc_field *f;
	const char *near;
	enum hc_status rc;

	hc_buf_puts(&r->sql, ", ");
	rc = hc_scope_resolve(&r->query.scope, name, &f, &r->sql, err);
	if (rc == HC_NOTFOUND) {
		near = hc_catalogue_near_field(r->query.entity, name);
		return hc_db_fail(r->store->db, HC_INVALID, near == NULL ?
		    _("'%s' has no field '%s'") :
		    _("'%s' has no field '%s': did you mean '%s'?"),
		    r->query.entity->name, name, near);
	}
	if (rc != HC_OK)
		return rc;
	if (strcmp(name, "id") == 0 || strcmp(name, "revision") == 0)
		return hc_db_fail(r->store->db, HC_INVALID,
		    _("'%s' is there anyway"), name);
	if ((c = new_column(r)) == NULL ||
	    (c->name = column_name(r->x, name)) == NULL)
		return nomem(r);
	c->field = f;
	c->label = f != NULL ? hc_catalogue_label(f) : c->name;
	return HC_OK;
}

/* The name of a person or place that a reference means. */
static enum hc_status
add_name(struct reading *r, const struct hc_field *ref)
{
	struct hc_buf name = HC_BUF_INIT;
	struct hc_export_column *c;
	enum hc_status rc = HC_OK;

	if (hc_catalogue_field(ref->target, "name") == NULL)
		return HC_OK;
	hc_buf_printf(&name, "%s.name", ref->name);
	rc = hc_buf_failed(&name) ? nomem(r) :
	    add_column(r, hc_buf_text(&name));
	/* No heading that an import would take for a field of its own. */
	if (rc == HC_OK) {
		c = &r->x->columns[r->x->ncolumns - 1];
		hc_buf_clear(&name);
		hc_buf_printf(&name, "%s: %s", hc_catalogue_label(ref),
		    c->label);
		c->label = hc_arena_text(&r->x->arena, hc_buf_text(&name));
		if (c->label == NULL || hc_buf_failed(&name))
			rc = nomem(r);
	}
	hc_buf_free(&name);
	return rc;
}

static enum hc_status
add_all(struct reading *r, bool names)
{
	const struct hc_entity *e = r->query.entity;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		if (e->fields[i]->retired)
			continue;
		rc = add_column(r, e->fields[i]->name);
		if (rc == HC_OK && names &&
		    e->fields[i]->type == HC_TYPE_REF)
			rc = add_name(r, e->fields[i]);
	}
	return rc;
}

static enum hc_status
add_listed(struct reading *r, const char *fields)
{
	struct hc_buf name = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	size_t n;

	for (; rc == HC_OK && *fields != '\0';
	    fields += n + (fields[n] != '\0')) {
		fields += strspn(fields, " ");
		n = strcspn(fields, ", ");
		hc_buf_clear(&name);
		hc_buf_add(&name, fields, n);
		if (hc_buf_failed(&name))
			rc = nomem(r);
		else if (n > 0)
			rc = add_column(r, hc_buf_text(&name));
	}
	hc_buf_free(&name);
	return rc;
}

static enum hc_status
choose_columns(struct reading *r, const struct hc_export_question *q)
{
	struct hc_export_column *c;
	static const char *const fixed[FIXED] = { "id", "revision" };
	int i;

	hc_buf_puts(&r->sql, "t.id, t.revision");
	for (i = 0; i < FIXED; i++) {
		if ((c = new_column(r)) == NULL)
			return nomem(r);
		c->name = c->label = fixed[i];
	}
	return q->fields != NULL ? add_listed(r, q->fields) :
	    add_all(r, q->names);
}

/* ---- Rows ---- */

static enum hc_status
make_room(struct reading *r)
{
	struct hc_export *x = r->x;
	size_t *cells;
	int64_t *ids;

	if (x->rows < x->room)
		return HC_OK;
	x->room = x->room > 0 ? x->room * 2 : 256;
	cells = realloc(x->cells, x->room * x->ncolumns * sizeof(*cells));
	if (cells == NULL)
		return nomem(r);
	x->cells = cells;
	if ((ids = realloc(x->ids, x->room * sizeof(*ids))) == NULL)
		return nomem(r);
	x->ids = ids;
	return HC_OK;
}

static enum hc_status
read_row(struct reading *r, const struct hc_stmt *st)
{
	struct hc_export *x = r->x;
	const struct hc_field *f;
	size_t *cells, i, at;
	enum hc_status rc;

	if ((rc = make_room(r)) != HC_OK)
		return rc;
	x->ids[x->rows] = hc_stmt_get_int(st, 0);
	cells = x->cells + x->rows * x->ncolumns;
	for (i = 0; i < x->ncolumns; i++) {
		at = x->text.len;
		f = x->columns[i].field;
		cells[i] = 0;
		if (hc_stmt_is_null(st, (int)i))
			continue;
		if (f == NULL)
			hc_buf_puts(&x->text, hc_stmt_get_text(st, (int)i));
		else if ((rc = hc_row_text(f, st, (int)i, &x->text)) != HC_OK)
			return rc;
		hc_buf_putc(&x->text, '\0');
		cells[i] = at + 1;
	}
	x->rows++;
	return hc_buf_failed(&x->text) ? nomem(r) : HC_OK;
}

static enum hc_status
read_rows(struct reading *r)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	/* SQL by the catalogue: the chosen fields. */
	hc_buf_printf(&sql, "SELECT %s FROM ", hc_buf_text(&r->sql));
	if ((rc = hc_schema_name(&sql, r->query.entity->name)) != HC_OK)
		goto out;
	hc_buf_printf(&sql, " t WHERE %s ORDER BY t.id",
	    hc_buf_text(&r->query.where));
	if (hc_buf_failed(&r->sql))
		rc = nomem(r);
	else
		rc = hc_query_prepare(&r->query, &sql, &st);
	if (rc != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = read_row(r, st)) != HC_OK)
			goto out;
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
out:
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc;
}

enum hc_status
hc_export_read(struct hc_export *export, struct hc_store *store,
    const struct hc_export_question *question,
    const struct hc_expr_clock *clock)
{
	struct reading r = { .x = export, .store = store };
	enum hc_status rc;

	memset(export, 0, sizeof(*export));
	rc = hc_query_init(&r.query, store, question->entity);
	export->entity = r.query.entity;
	if (rc == HC_OK &&
	    (rc = choose_columns(&r, question)) == HC_OK &&
	    (rc = hc_query_where(&r.query, question->where, clock)) ==
	    HC_OK && (rc = read_rows(&r)) == HC_OK)
		rc = hc_access_note(store, export->entity->name, export->ids,
		    export->rows);
	hc_query_clear(&r.query);
	hc_buf_free(&r.sql);
	return rc;
}

void
hc_export_clear(struct hc_export *export)
{
	free(export->columns);
	free(export->cells);
	free(export->ids);
	hc_buf_free(&export->text);
	hc_arena_free(&export->arena);
	memset(export, 0, sizeof(*export));
}

const char *
hc_export_cell(const struct hc_export *x, size_t row, size_t column)
{
	size_t at = x->cells[row * x->ncolumns + column];

	return at == 0 ? NULL : x->text.data + at - 1;
}

/* ---- Printing ---- */

static enum hc_status
new_table(const struct hc_export *x, struct hc_table **table)
{
	struct hc_table_column *columns;
	enum hc_status rc;
	size_t i;

	columns = calloc(x->ncolumns, sizeof(*columns));
	if (columns == NULL)
		return HC_NOMEM;
	for (i = 0; i < x->ncolumns; i++) {
		columns[i].name = x->columns[i].name;
		columns[i].label = x->columns[i].label;
		columns[i].type = x->columns[i].field != NULL ?
		    x->columns[i].field->type : HC_TYPE_INTEGER;
	}
	rc = hc_table_new(table, columns, x->ncolumns);
	free(columns);
	return rc;
}

/* One row's cells; labels are put together in ${text}. */
static void
fill(const struct hc_export *x, size_t row, bool labels, const char **cells,
    struct hc_buf *text)
{
	const struct hc_field *f;
	size_t i, at;

	/* Texts first: the buffer may move while it grows. */
	hc_buf_clear(text);
	for (i = 0; i < x->ncolumns; i++) {
		f = x->columns[i].field;
		cells[i] = hc_export_cell(x, row, i);
		if (labels && f != NULL && cells[i] != NULL) {
			hc_value_show(f, cells[i], text);
			hc_buf_putc(text, '\0');
		}
	}
	for (i = at = 0; i < x->ncolumns && !hc_buf_failed(text); i++)
		if (labels && x->columns[i].field != NULL &&
		    cells[i] != NULL) {
			cells[i] = text->data + at;
			at += strlen(cells[i]) + 1;
		}
}

enum hc_status
hc_export_print(const struct hc_export *x, bool labels, FILE *file,
    const struct hc_table_options *how, struct hc_error *err)
{
	struct hc_buf text = HC_BUF_INIT;
	struct hc_table *table = NULL;
	const char **cells = NULL;
	enum hc_status rc;
	size_t i;

	if ((cells = calloc(x->ncolumns, sizeof(*cells))) == NULL ||
	    new_table(x, &table) != HC_OK) {
		rc = hc_error_nomem(err);
		goto out;
	}
	hc_table_stream(table, file, how);
	for (i = 0; i < x->rows; i++) {
		fill(x, i, labels, cells, &text);
		if (hc_buf_failed(&text) ||
		    hc_table_row(table, cells) != HC_OK) {
			rc = hc_error_nomem(err);
			goto out;
		}
	}
	rc = hc_table_finish(table, err);
out:
	hc_table_free(table);
	free(cells);
	hc_buf_free(&text);
	return rc;
}
