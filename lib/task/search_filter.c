/* The conditions of a search. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/expr_bind.h"
#include "record/record.h"

#include "task/search_filter.h"

void
hc_search_filter_clear(struct hc_search_filter *f)
{
	size_t i;

	hc_stmt_free(f->st);
	hc_expr_params_free(&f->params);
	hc_expr_free(f->own.expr);
	hc_expr_free(f->episode.expr);
	hc_buf_free(&f->own.text);
	hc_buf_free(&f->episode.text);
	hc_scope_clear(&f->own.scope);
	hc_scope_clear(&f->episode.scope);
	for (i = 0; i < f->nkept; i++)
		free(f->kept[i]);
	free(f->kept);
	memset(f, 0, sizeof(*f));
}

/* ---- Kept filters ---- */

static enum hc_status
read_kept(struct hc_search_filter *f, const char *name)
{
	static const char *const names[] = { "name", NULL };
	const struct hc_catalogue *c = f->store->catalogue;
	const char *retired;
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_record_find(f->store, hc_catalogue_entity(c, "filter"), names,
	    &name, &row);
	retired = rc == HC_OK ? hc_row_value(row, "retired") : NULL;
	if (rc == HC_NOTFOUND || (retired != NULL && *retired == '1'))
		rc = hc_db_fail(f->store->db, HC_INVALID,
		    _("there is no filter '%s'; 'hc-define list filter' names "
		    "them"), name);
	else if (rc == HC_OK && f->entity == NULL)
		f->entity = hc_catalogue_entity(c,
		    hc_row_value(row, "entity"));
	if (rc == HC_OK && (f->kept[f->nkept++] =
	    strdup(hc_row_value(row, "expr"))) == NULL)
		rc = hc_db_nomem(f->store->db);
	hc_row_free(row);
	return rc;
}

enum hc_status
hc_search_filter_read(struct hc_store *store,
    const struct hc_search_question *q, struct hc_search_filter *f)
{
	enum hc_status rc = HC_OK;
	size_t i;

	memset(f, 0, sizeof(*f));
	f->store = store;
	f->params.prefix = "w";
	if ((f->kept = calloc(q->nfilters + 1, sizeof(*f->kept))) == NULL)
		return hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < q->nfilters; i++)
		rc = read_kept(f, q->filters[i]);
	return rc;
}

/* ---- Parsing ---- */

static enum hc_status
parse(struct hc_search_part *part, const char *text, struct hc_error *err)
{
	hc_expr_free(part->expr);
	part->expr = NULL;
	return hc_expr_parse_condition(&part->expr, text, &part->scope.expr,
	    NULL, err);
}

/* Which of the two the condition is about; the fault is told as of the
   first. */
static enum hc_status
add_condition(struct hc_search_filter *f, const char *text)
{
	struct hc_error *err = hc_db_error_buffer(f->store->db), other;
	struct hc_search_part *part = &f->own;
	enum hc_status rc;

	rc = parse(part, text, err);
	if (rc == HC_INVALID && f->episode.scope.entity != NULL) {
		part = &f->episode;
		rc = parse(part, text, &other);
		if (rc == HC_NOMEM)
			*err = other;
	}
	if (rc != HC_OK)
		return rc;
	hc_buf_printf(&part->text, "%s(%s)", part->text.len > 0 ? " and " :
	    "", text);
	return hc_buf_failed(&part->text) ? hc_db_nomem(f->store->db) : HC_OK;
}

enum hc_status
hc_search_filter_parse(struct hc_search_filter *f,
    const struct hc_entity *entity, const struct hc_search_question *q)
{
	struct hc_error *err = hc_db_error_buffer(f->store->db);
	enum hc_status rc = HC_OK;
	size_t i;

	hc_scope_init(&f->own.scope, f->store, entity);
	f->own.scope.in_sql = true;
	if (strcmp(entity->name, "person") == 0) {
		hc_scope_init(&f->episode.scope, f->store,
		    hc_catalogue_entity(f->store->catalogue, "episode"));
		f->episode.scope.in_sql = true;
	}
	for (i = 0; rc == HC_OK && i < f->nkept; i++)
		rc = add_condition(f, f->kept[i]);
	for (i = 0; rc == HC_OK && i < q->nwheres; i++)
		rc = add_condition(f, q->wheres[i]);
	if (rc == HC_OK && f->own.text.len > 0)
		rc = parse(&f->own, f->own.text.data, err);
	if (rc == HC_OK && f->episode.text.len > 0)
		rc = parse(&f->episode, f->episode.text.data, err);
	return rc;
}

/* ---- Asking ---- */

/* SQL by the catalogue, with ${one} about the id :id, else about all. */
static enum hc_status
prepare(struct hc_search_filter *f, const struct hc_search_question *q,
    bool one)
{
	struct hc_error *err = hc_db_error_buffer(f->store->db);
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	hc_buf_printf(&sql, "SELECT t.id FROM \"%s\" t"
	    " WHERE t.office = :office%s", f->own.scope.entity->name,
	    one ? " AND t.id = :id" : "");
	if (f->own.text.len > 0) {
		hc_buf_puts(&sql, " AND ");
		rc = hc_expr_sql(f->own.expr, &sql, &f->params, q->clock,
		    err);
	}
	if (rc == HC_OK && f->episode.text.len > 0) {
		hc_buf_printf(&sql, " AND t.id IN (SELECT t.person"
		    " FROM episode t WHERE t.office = :office AND %s",
		    one ? "t.person = :id AND " : "");
		rc = hc_expr_sql(f->episode.expr, &sql, &f->params, q->clock,
		    err);
		hc_buf_putc(&sql, ')');
	}
	if (!one)
		hc_buf_puts(&sql, " ORDER BY t.id");
	if (rc == HC_OK)
		rc = hc_buf_failed(&sql) ? hc_db_nomem(f->store->db) :
		    hc_stmt_new(&f->st, f->store->db, hc_buf_text(&sql));
	if (rc == HC_OK)
		rc = hc_expr_bind(f->st, &f->params);
	hc_buf_free(&sql);
	return rc;
}

static enum hc_status
keep_fitting(struct hc_search_filter *f, struct hc_search_list *list)
{
	enum hc_status rc = HC_OK;
	size_t from, to = 0;

	for (from = 0; from < list->len; from++) {
		if ((rc = hc_stmt_int(f->st, ":id", list->items[from].id)) !=
		    HC_OK)
			return rc;
		rc = hc_stmt_next(f->st);
		if (rc == HC_OK)
			list->items[to++] = list->items[from];
		else if (rc != HC_NOTFOUND)
			return rc;
		hc_stmt_reset(f->st);
	}
	list->len = to;
	return HC_OK;
}

static enum hc_status
list_fitting(struct hc_search_filter *f, struct hc_search_list *list)
{
	struct hc_search_found found = { .kind = HC_SEARCH_EXACT };
	enum hc_status rc;

	while ((rc = hc_stmt_next(f->st)) == HC_OK) {
		found.id = hc_stmt_get_int(f->st, 0);
		if (hc_search_list_add(list, &found) != HC_OK)
			return hc_db_nomem(f->store->db);
	}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_search_filter_keep(struct hc_search_filter *f,
    const struct hc_search_question *q, struct hc_search_list *list)
{
	enum hc_status rc;

	if (f->own.text.len == 0 && f->episode.text.len == 0)
		return HC_OK;
	if ((rc = prepare(f, q, q->nwords > 0)) != HC_OK)
		return rc;
	return q->nwords > 0 ? keep_fitting(f, list) : list_fitting(f, list);
}
