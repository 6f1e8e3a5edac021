/* Questions about the records of one entity. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#include "task/query.h"

enum hc_status
hc_query_init(struct hc_query *query, struct hc_store *store,
    const char *name)
{
	const char *near;

	memset(query, 0, sizeof(*query));
	query->store = store;
	query->params.prefix = "q";
	query->entity = hc_catalogue_entity(store->catalogue, name);
	if (query->entity == NULL) {
		near = hc_catalogue_near_entity(store->catalogue, name);
		if (near == NULL)
			return hc_db_fail(store->db, HC_INVALID,
			    _("there are no records called '%s'"), name);
		return hc_db_fail(store->db, HC_INVALID,
		    _("there are no records called '%s': did you mean '%s'?"),
		    name, near);
	}
	if (query->entity->kind == HC_ENTITY_COMPUTED)
		return hc_db_fail(store->db, HC_INVALID,
		    _("'%s' is computed, not kept"), name);
	hc_scope_init(&query->scope, store, query->entity);
	query->scope.in_sql = true;
	hc_buf_puts(&query->where, "t.office = :office");
	return HC_OK;
}

void
hc_query_clear(struct hc_query *query)
{
	hc_expr_params_free(&query->params);
	hc_buf_free(&query->where);
	hc_scope_clear(&query->scope);
}

enum hc_status
hc_query_where(struct hc_query *query, const char *text,
    const struct hc_expr_clock *clock)
{
	struct hc_error *err = hc_db_error_buffer(query->store->db);
	struct hc_expr *expr = NULL;
	enum hc_status rc;

	if (text == NULL || text[0] == '\0')
		return HC_OK;
	rc = hc_expr_parse_condition(&expr, text, &query->scope.expr, NULL,
	    err);
	if (rc == HC_OK) {
		hc_buf_puts(&query->where, " AND ");
		rc = hc_expr_sql(expr, &query->where, &query->params, clock,
		    err);
	}
	hc_expr_free(expr);
	if (rc == HC_OK && hc_buf_failed(&query->where))
		rc = hc_db_nomem(query->store->db);
	return rc;
}

enum hc_status
hc_query_prepare(struct hc_query *query, const struct hc_buf *sql,
    struct hc_stmt **stmt)
{
	const struct hc_expr_param *p;
	enum hc_status rc;
	char name[sizeof(p->name) + 1];
	size_t i;

	*stmt = NULL;
	if (hc_buf_failed(sql))
		return hc_db_nomem(query->store->db);
	rc = hc_stmt_new(stmt, query->store->db, hc_buf_text(sql));
	for (i = 0; rc == HC_OK && i < query->params.len; i++) {
		p = &query->params.items[i];
		snprintf(name, sizeof(name), ":%s", p->name);
		rc = p->text != NULL ? hc_stmt_text(*stmt, name, p->text) :
		    hc_stmt_int(*stmt, name, p->number);
	}
	if (rc != HC_OK) {
		hc_stmt_free(*stmt);
		*stmt = NULL;
	}
	return rc;
}
