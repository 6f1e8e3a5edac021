/* The parameters of an expression's SQL, bound to a statement. */
#ifndef HC_STORE_EXPR_BIND_H
#define HC_STORE_EXPR_BIND_H

#include "base/expr.h"
#include "store/db.h"

/*
 * hc_expr_bind(stmt, params):
 * Bind all that hc_expr_sql() and hc_expr_sql_value() put into ${params} to
 * ${stmt}, whose SQL has theirs in it.  Values are copied, so that ${params}
 * may be freed at once.
 *
 * Returns HC_OK, HC_ERROR if ${stmt} lacks one of the parameters, or a
 * failure of the database.
 */
enum hc_status hc_expr_bind(struct hc_stmt *stmt,
    const struct hc_expr_params *params);

#endif
