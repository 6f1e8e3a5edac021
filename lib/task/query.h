/*
 * A question about the records of one entity: the conditions of --where and
 * their bound values, ready to be put into a SELECT whose table has the
 * alias "t".
 */
#ifndef HC_TASK_QUERY_H
#define HC_TASK_QUERY_H

#include "base/buf.h"
#include "base/expr.h"
#include "record/scope.h"
#include "store/store.h"

struct hc_query {
	struct hc_store *store;
	const struct hc_entity *entity;
	struct hc_scope scope;
	struct hc_expr_params params;
	struct hc_buf where;	/* "t.office = :office AND (...)" */
};

/*
 * hc_query_init(query, store, name):
 * Begin a question about the entity ${name}.  The caller empties it with
 * hc_query_clear() in any case.  HC_OK, or HC_INVALID with the nearest name
 * if there is no such entity or it has no table.
 */
enum hc_status hc_query_init(struct hc_query *query, struct hc_store *store,
    const char *name);
void hc_query_clear(struct hc_query *query);

/*
 * hc_query_where(query, text, clock):
 * Only records for which the expression ${text} holds as well; NULL or ""
 * changes nothing.  HC_OK, HC_INVALID with the place, HC_NOMEM.
 */
enum hc_status hc_query_where(struct hc_query *query, const char *text,
    const struct hc_expr_clock *clock);

/*
 * hc_query_prepare(query, sql, stmt):
 * Prepare ${sql}, which holds ${query}->where, and bind the values.  The
 * caller frees ${stmt} with hc_stmt_free().
 */
enum hc_status hc_query_prepare(struct hc_query *query,
    const struct hc_buf *sql, struct hc_stmt **stmt);

#endif
