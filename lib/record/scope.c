/*
 * Names of expressions over records.  A field of a referenced record is a
 * scalar subquery in SQL, so that no join changes the number of rows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/schema.h"

#include "record/scope.h"

#define DEEPEST 4	/* references followed in one name */

/* A name taken apart: the references on the way and the field at its end. */
struct path {
	const struct hc_field *refs[DEEPEST];
	size_t nrefs;
	const struct hc_field *field;	/* NULL: a common column */
	const char *column;
};

static const char *const common[] = { "id", "revision", "created_at",
    "updated_at" };

static const char *
common_column(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (strcmp(common[i], name) == 0)
			return common[i];
	return NULL;
}

/* "facility.kind" step by step from ${entity}. */
static enum hc_status
follow(const struct hc_entity *entity, const char *name, struct path *path)
{
	const struct hc_field *f;
	const char *dot;
	char word[64];

	memset(path, 0, sizeof(*path));
	while ((dot = strchr(name, '.')) != NULL) {
		snprintf(word, sizeof(word), "%.*s", (int)(dot - name), name);
		f = hc_catalogue_field(entity, word);
		if (f == NULL || f->type != HC_TYPE_REF ||
		    path->nrefs == DEEPEST)
			return HC_NOTFOUND;
		path->refs[path->nrefs++] = f;
		entity = f->target;
		name = dot + 1;
	}
	if ((path->field = hc_catalogue_field(entity, name)) != NULL) {
		path->column = path->field->name;
		return HC_OK;
	}
	path->column = common_column(name);
	return path->column != NULL ? HC_OK : HC_NOTFOUND;
}

/* "age_band" of an observation: through the one reference that has it. */
static enum hc_status
search_refs(const struct hc_entity *entity, const char *name,
    struct path *path, struct hc_error *err)
{
	const struct hc_field *ref, *f;
	size_t i;

	memset(path, 0, sizeof(*path));
	for (i = 0; i < entity->nfields; i++) {
		ref = entity->fields[i];
		if (ref->type != HC_TYPE_REF || ref->target == entity ||
		    (f = hc_catalogue_field(ref->target, name)) == NULL)
			continue;
		if (path->field != NULL)
			return hc_error_set(err, HC_INVALID,
			    _("'%s' may be '%s.%s' or '%s.%s'"), name,
			    path->refs[0]->name, name, ref->name, name);
		path->refs[0] = ref;
		path->nrefs = 1;
		path->field = f;
		path->column = f->name;
	}
	return path->field != NULL ? HC_OK : HC_NOTFOUND;
}

static enum hc_status
resolve_path(const struct hc_entity *entity, const char *name,
    struct path *path, struct hc_error *err)
{
	enum hc_status rc;

	rc = follow(entity, name, path);
	if (rc == HC_NOTFOUND && strchr(name, '.') == NULL)
		rc = search_refs(entity, name, path, err);
	return rc;
}

static void
path_sql(const struct path *path, struct hc_buf *sql)
{
	size_t i;

	for (i = path->nrefs; i > 0; i--) {
		if (i == path->nrefs)
			hc_buf_printf(sql, "(SELECT r%zu.\"%s\" FROM ", i,
			    path->column);
		else
			hc_buf_printf(sql, "(SELECT r%zu.\"%s\" FROM ", i,
			    path->refs[i]->name);
		hc_buf_printf(sql, "\"%s\" r%zu WHERE r%zu.id = ",
		    path->refs[i - 1]->target->name, i, i);
	}
	if (path->nrefs == 0)
		hc_buf_printf(sql, "t.\"%s\"", path->column);
	else
		hc_buf_printf(sql, "t.\"%s\"", path->refs[0]->name);
	for (i = 0; i < path->nrefs; i++)
		hc_buf_putc(sql, ')');
}

/* A stay may end on the day on which the next one begins. */
static bool
overlaps_sql(const struct hc_entity *entity, struct hc_buf *sql)
{
	const char *owner = entity->parent;

	if (owner == NULL || strchr(owner, ',') != NULL ||
	    hc_catalogue_field(entity, "begin_date") == NULL ||
	    hc_catalogue_field(entity, "end_date") == NULL)
		return false;
	hc_buf_printf(sql, "(CASE WHEN EXISTS (SELECT 1 FROM \"%s\" o"
	    " WHERE o.office = t.office AND o.\"%s\" = t.\"%s\""
	    " AND o.id <> t.id"
	    " AND coalesce(o.end_date, '9999-12-31') > t.begin_date"
	    " AND coalesce(t.end_date, '9999-12-31') > o.begin_date)"
	    " THEN 1 ELSE 0 END)", entity->name, owner, owner);
	return true;
}

enum hc_status
hc_scope_resolve(struct hc_scope *scope, const char *name,
    const struct hc_field **field, struct hc_buf *sql, struct hc_error *err)
{
	struct path path;
	enum hc_status rc;

	rc = resolve_path(scope->entity, name, &path, err);
	if (rc != HC_OK)
		return rc;
	*field = path.field;
	if (sql != NULL)
		path_sql(&path, sql);
	return HC_OK;
}

static enum hc_status
resolve(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	struct hc_scope *scope = arg;
	struct hc_buf sql = HC_BUF_INIT;
	const struct hc_field *f = NULL;
	enum hc_status rc;
	bool overlaps;

	overlaps = scope->in_sql && strcmp(name, "overlaps") == 0 &&
	    overlaps_sql(scope->entity, &sql);
	rc = overlaps ? HC_OK :
	    hc_scope_resolve(scope, name, &f, &sql, err);
	if (rc == HC_OK) {
		memset(out, 0, sizeof(*out));
		out->name = hc_arena_text(&scope->arena, name);
		out->sql = hc_arena_text(&scope->arena, hc_buf_text(&sql));
		out->type = f != NULL ? f->type :
		    overlaps ? HC_TYPE_YESNO :
		    strstr(name, "_at") != NULL ? HC_TYPE_INSTANT :
		    HC_TYPE_INTEGER;
		out->decimals = f != NULL ? f->decimals : 0;
		out->field = f;
		if (hc_buf_failed(&sql) || out->name == NULL ||
		    out->sql == NULL)
			rc = hc_error_nomem(err);
	}
	hc_buf_free(&sql);
	return rc;
}

static void
each_name(void *arg, hc_expr_word *word, void *to)
{
	struct hc_scope *scope = arg;
	size_t i;

	for (i = 0; i < scope->entity->nfields; i++)
		word(to, scope->entity->fields[i]->name);
	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		word(to, common[i]);
}

static bool
choice_known(void *arg, const struct hc_expr_name *name, const char *code)
{
	const struct hc_field *f = name->field;

	(void)arg;
	return f == NULL || f->choices == NULL ||
	    hc_catalogue_choice(f->choices, code) != NULL;
}

static void
each_choice(void *arg, const struct hc_expr_name *name, hc_expr_word *word,
    void *to)
{
	const struct hc_field *f = name->field;
	size_t i;

	(void)arg;
	for (i = 0; f != NULL && f->choices != NULL && i < f->choices->len;
	    i++)
		word(to, f->choices->items[i].code);
}

void
hc_scope_choices(struct hc_expr_scope *scope)
{
	scope->choice_known = choice_known;
	scope->each_choice = each_choice;
}

void
hc_scope_init(struct hc_scope *scope, struct hc_store *store,
    const struct hc_entity *entity)
{
	memset(scope, 0, sizeof(*scope));
	scope->store = store;
	scope->entity = entity;
	scope->expr.arg = scope;
	scope->expr.resolve = resolve;
	scope->expr.each_name = each_name;
	hc_scope_choices(&scope->expr);
}

void
hc_scope_clear(struct hc_scope *scope)
{
	hc_arena_free(&scope->arena);
}

/* The referenced record ${id}, loaded once; NULL if it cannot be had. */
static const struct hc_row *
referenced(struct hc_scope_values *v, const struct hc_field *ref,
    const char *id)
{
	size_t i, room = sizeof(v->loaded) / sizeof(v->loaded[0]);
	int64_t number = strtoll(id, NULL, 10);
	struct hc_row *row;
	enum hc_status rc;

	for (i = 0; i < v->nloaded; i++)
		if (v->loaded[i]->id == number &&
		    v->loaded[i]->entity == ref->target)
			return v->loaded[i];
	rc = v->nloaded == room ? hc_db_fail(v->scope->store->db, HC_ERROR,
	    "more than %zu records are referred to", room) :
	    hc_row_load(v->scope->store, ref->target, number, &row);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		v->status = rc;
	if (rc != HC_OK)
		return NULL;
	v->loaded[v->nloaded++] = row;
	return row;
}

static const char *
value(void *arg, const struct hc_expr_name *name)
{
	struct hc_scope_values *v = arg;
	const struct hc_row *row = v->row;
	struct path path;
	const char *id;
	size_t i;

	if (resolve_path(v->scope->entity, name->name, &path, NULL) != HC_OK)
		return NULL;
	for (i = 0; i < path.nrefs && row != NULL; i++) {
		id = hc_row_get(row, path.refs[i]);
		row = id != NULL ? referenced(v, path.refs[i], id) : NULL;
	}
	if (row == NULL)
		return NULL;
	if (path.field != NULL)
		return hc_row_get(row, path.field);
	if (strcmp(path.column, "created_at") == 0)
		return row->created_at;
	if (strcmp(path.column, "updated_at") == 0)
		return row->updated_at;
	snprintf(v->id, sizeof(v->id), "%lld", (long long)
	    (strcmp(path.column, "id") == 0 ? row->id : row->revision));
	return v->id;
}

void
hc_scope_values_init(struct hc_scope_values *values, struct hc_scope *scope,
    const struct hc_row *row)
{
	memset(values, 0, sizeof(*values));
	values->scope = scope;
	values->row = row;
	values->expr.arg = values;
	values->expr.value = value;
}

void
hc_scope_values_clear(struct hc_scope_values *values)
{
	size_t i;

	for (i = 0; i < values->nloaded; i++)
		hc_row_free(values->loaded[i]);
	values->nloaded = 0;
}
