/* The parameters of an expression's SQL, bound to a statement. */
#include <stdio.h>

#include "store/expr_bind.h"

enum hc_status
hc_expr_bind(struct hc_stmt *stmt, const struct hc_expr_params *params)
{
	const struct hc_expr_param *param;
	char name[sizeof(param->name) + 1];
	enum hc_status rc;
	size_t i;

	for (i = 0; i < params->len; i++) {
		param = &params->items[i];
		snprintf(name, sizeof(name), ":%s", param->name);
		rc = param->text != NULL ?
		    hc_stmt_text(stmt, name, param->text) :
		    hc_stmt_int(stmt, name, param->number);
		if (rc != HC_OK)
			return rc;
	}
	return HC_OK;
}
