/*
 * What SQL is put together from: text, columns, parameters.
 *
 * SQLite's parser has a stack of 100 entries (YYSTACKDEPTH), so that SQL may
 * not be nested as deeply as a tree.  Each construct says how many entries
 * wait while its inside is read (measured with 3.40.1); the sum may not go
 * above NEST_MOST, which leaves the rest to the statement around.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/expr_tree.h"

#define NEST_MOST 73
#define COLUMN 3
#define QUERY 10
#define PREFIX_MOST 12

void
hc_expr_sql_puts(struct hc_expr_out *o, const char *text)
{
	if (o->rc == HC_OK && o->sql != NULL)
		hc_buf_puts(o->sql, text);
}

void
hc_expr_sql_printf(struct hc_expr_out *o, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	hc_expr_sql_puts(o, text);
}

bool
hc_expr_sql_is_column(const struct hc_expr_node *node)
{
	return node->op == HC_EXPR_OP_NAME && (node->name->sql == NULL ||
	    strchr(node->name->sql, '(') == NULL);
}

/* A column through a reference is a query of its own, in parentheses. */
static int
column_weight(const char *sql)
{
	int deep = 0, deepest = 0;

	for (; sql != NULL && *sql != '\0'; sql++) {
		deep += *sql == '(' ? 1 : *sql == ')' ? -1 : 0;
		if (deep > deepest)
			deepest = deep;
	}
	return COLUMN + deepest * QUERY;
}

void
hc_expr_sql_column(struct hc_expr_out *o, const struct hc_expr_node *name)
{
	const char *sql = name->name->sql;
	int weight = column_weight(sql);

	if (!hc_expr_sql_enter(o, weight))
		return;
	hc_expr_sql_leave(o, weight);
	if (sql == NULL && o->params != NULL) {
		o->rc = HC_INVALID;
		o->missing = name->name->name;
	} else if (sql != NULL)
		hc_expr_sql_puts(o, sql);
}

bool
hc_expr_sql_enter(struct hc_expr_out *o, int weight)
{
	o->nest += weight;
	if (o->nest > NEST_MOST && o->rc == HC_OK)
		o->rc = HC_INVALID;
	return o->rc == HC_OK;
}

void
hc_expr_sql_leave(struct hc_expr_out *o, int weight)
{
	o->nest -= weight;
}

/* A new parameter; its name is put into the SQL. */
static struct hc_expr_param *
add_param(struct hc_expr_out *o)
{
	struct hc_expr_params *params = o->params;
	struct hc_expr_param *items, *param;
	size_t room;

	if (o->rc != HC_OK || params == NULL)
		return NULL;
	if (params->len == params->room) {
		room = params->room == 0 ? 8 : params->room * 2;
		items = realloc(params->items, room * sizeof(*items));
		if (items == NULL) {
			o->rc = HC_NOMEM;
			return NULL;
		}
		params->items = items;
		params->room = room;
	}
	param = &params->items[params->len++];
	memset(param, 0, sizeof(*param));
	snprintf(param->name, sizeof(param->name), "%.*s%u", PREFIX_MOST,
	    params->prefix != NULL ? params->prefix : "p",
	    (unsigned int)params->len);
	hc_expr_sql_puts(o, ":");
	hc_expr_sql_puts(o, param->name);
	return param;
}

void
hc_expr_sql_param_text(struct hc_expr_out *o, const char *text)
{
	struct hc_expr_param *param;

	if ((param = add_param(o)) != NULL &&
	    (param->text = strdup(text)) == NULL)
		o->rc = HC_NOMEM;
}

void
hc_expr_sql_param_number(struct hc_expr_out *o, int64_t n)
{
	struct hc_expr_param *param;

	if ((param = add_param(o)) != NULL)
		param->number = n;
}

void
hc_expr_params_free(struct hc_expr_params *params)
{
	while (params->len > 0)
		free(params->items[--params->len].text);
	free(params->items);
	params->items = NULL;
	params->room = 0;
}
