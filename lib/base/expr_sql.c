/* Expressions as SQL of the subset that SQLite and PostgreSQL share. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "base/expr_tree.h"

#define LIST_WHOLE 8	/* longer chains are halved with parentheses, so that
			   SQLite's tree of them stays flat */
#define BINARY 3
#define NOT 2
#define CONTAINS 3
#define BEGINS 6
#define HAS 5
#define SELECTED 7

/* kids from ${from} to ${to} with " AND " or " OR " between.  The deepest
   comes first, where it costs SQLite's parser the least. */
static void
chain(struct hc_expr_out *o, const struct hc_expr_node *const *kids,
    size_t len, const char *word)
{
	size_t i, deepest = 0;

	if (!hc_expr_sql_enter(o, len > LIST_WHOLE ? BINARY : 1))
		return;
	hc_expr_sql_puts(o, "(");
	if (len > LIST_WHOLE) {
		chain(o, kids, len / 2, word);
		hc_expr_sql_puts(o, word);
		chain(o, kids + len / 2, len - len / 2, word);
	} else {
		for (i = 1; i < len; i++)
			if (kids[i]->depth > kids[deepest]->depth)
				deepest = i;
		hc_expr_sql_condition(o, kids[deepest]);
		(void)hc_expr_sql_enter(o, BINARY - 1);
		for (i = 0; i < len; i++)
			if (i != deepest) {
				hc_expr_sql_puts(o, word);
				hc_expr_sql_condition(o, kids[i]);
			}
		hc_expr_sql_leave(o, BINARY - 1);
	}
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, len > LIST_WHOLE ? BINARY : 1);
}

static void
negated(struct hc_expr_out *o, const struct hc_expr_node *kid)
{
	bool twice = kid->op == HC_EXPR_OP_NOT;

	if (twice) {
		hc_expr_sql_condition(o, kid->kids[0]);
		return;
	}
	if (!hc_expr_sql_enter(o, NOT))
		return;
	hc_expr_sql_puts(o, "(NOT ");
	hc_expr_sql_condition(o, kid);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, NOT);
}

static void
absent(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, BINARY))
		return;
	hc_expr_sql_puts(o, "(");
	hc_expr_sql_any(o, node->kids[0]);
	hc_expr_sql_puts(o, node->op == HC_EXPR_OP_ABSENT ? " IS NULL)" :
	    " IS NOT NULL)");
	hc_expr_sql_leave(o, BINARY);
}

/* Text in text without LIKE, which differs between the engines: taking the
   part out changes the text. */
static void
contains(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *a = node->kids[0], *b = node->kids[1];

	hc_expr_sql_guard_begin(o, a, b);
	(void)hc_expr_sql_enter(o, CONTAINS);
	hc_expr_sql_puts(o, "replace(");
	hc_expr_sql_text(o, a);
	hc_expr_sql_puts(o, ", ");
	hc_expr_sql_text(o, b);
	hc_expr_sql_puts(o, ", '') <> ");
	hc_expr_sql_text(o, a);
	hc_expr_sql_leave(o, CONTAINS);
	hc_expr_sql_guard_end(o, a, b);
}

static void
begins(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *a = node->kids[0], *b = node->kids[1];

	hc_expr_sql_guard_begin(o, a, b);
	(void)hc_expr_sql_enter(o, BEGINS);
	hc_expr_sql_puts(o, "substr(");
	hc_expr_sql_text(o, a);
	hc_expr_sql_puts(o, ", 1, length(");
	hc_expr_sql_text(o, b);
	hc_expr_sql_puts(o, ")) = ");
	hc_expr_sql_text(o, b);
	hc_expr_sql_leave(o, BEGINS);
	hc_expr_sql_guard_end(o, a, b);
}

static void
has(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *a = node->kids[0];
	struct hc_buf code = HC_BUF_INIT;

	hc_buf_printf(&code, ";%s;", node->text);
	if (hc_buf_failed(&code) && o->rc == HC_OK)
		o->rc = HC_NOMEM;
	hc_expr_sql_guard_begin(o, a, NULL);
	(void)hc_expr_sql_enter(o, HAS);
	hc_expr_sql_puts(o, "replace(';' || ");
	hc_expr_sql_text(o, a);
	hc_expr_sql_puts(o, " || ';', ");
	hc_expr_sql_param_text(o, hc_buf_text(&code));
	hc_expr_sql_puts(o, ", '') <> ';' || ");
	hc_expr_sql_text(o, a);
	hc_expr_sql_puts(o, " || ';'");
	hc_expr_sql_leave(o, HAS);
	hc_expr_sql_guard_end(o, a, NULL);
	hc_buf_free(&code);
}

/* A yes/no value as a condition. */
static void
truth(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	hc_expr_sql_guard_begin(o, node, NULL);
	hc_expr_sql_number(o, node);
	hc_expr_sql_puts(o, " = 1");
	hc_expr_sql_guard_end(o, node, NULL);
}

void
hc_expr_sql_condition(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *const *kids =
	    (const struct hc_expr_node *const *)node->kids;

	if (o->rc != HC_OK)
		return;
	if (node->constant) {
		hc_expr_sql_puts(o, hc_expr_node_true(node, &o->state) ?
		    "TRUE" : "FALSE");
		return;
	}
	switch (node->op) {
	case HC_EXPR_OP_OR:
		chain(o, kids, node->len, " OR ");
		break;
	case HC_EXPR_OP_AND:
	case HC_EXPR_OP_BETWEEN:
		chain(o, kids, node->len, " AND ");
		break;
	case HC_EXPR_OP_NOT:
		negated(o, kids[0]);
		break;
	case HC_EXPR_OP_IN:
		hc_expr_sql_in(o, node);
		break;
	case HC_EXPR_OP_ABSENT:
	case HC_EXPR_OP_PRESENT:
		absent(o, node);
		break;
	case HC_EXPR_OP_CONTAINS:
		contains(o, node);
		break;
	case HC_EXPR_OP_BEGINS:
		begins(o, node);
		break;
	case HC_EXPR_OP_HAS:
		has(o, node);
		break;
	default:
		if (hc_expr_is_condition(node))
			hc_expr_sql_compare(o, node->op, kids[0], kids[1]);
		else
			truth(o, node);
		break;
	}
}

static void
sql_value(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	/* What is selected stands less deep than a condition may. */
	o->nest -= SELECTED;
	if (hc_expr_sql_textual(o, node) && !node->constant)
		hc_expr_sql_text(o, node);
	else if (node->constant && (node->class == HC_EXPR_DATE ||
	    node->class == HC_EXPR_INSTANT))
		hc_expr_sql_text(o, node);
	else if (node->class == HC_EXPR_DATE)
		hc_expr_sql_day_text(o, node);
	else if (node->class == HC_EXPR_INSTANT)
		hc_expr_sql_instant_text(o, node);
	else
		hc_expr_sql_any(o, node);
}

enum hc_status
hc_expr_sql_fits(const struct hc_expr_node *node)
{
	static const struct hc_expr_clock some = { .today = "2020-12-25",
		.now = "2020-12-25T00:30:00Z", .zone = 540 };
	struct hc_expr_out o = { .rc = HC_OK, .state.clock = &some };

	if (node->class == HC_EXPR_YESNO)
		hc_expr_sql_condition(&o, node);
	else
		sql_value(&o, node);
	return o.rc;
}

/* Leave ${sql} and ${params} as they were before. */
static void
take_back(struct hc_buf *sql, size_t len, struct hc_expr_params *params,
    size_t count)
{
	hc_buf_cut(sql, len);
	while (params->len > count)
		free(params->items[--params->len].text);
}

static enum hc_status
make_sql(const struct hc_expr *expr, struct hc_expr_out *o,
    const struct hc_expr_clock *clock, bool value, struct hc_error *err)
{
	size_t len = o->sql->len, count = o->params->len;

	o->state = (struct hc_expr_state){ .clock = clock };
	if (hc_expr_today(clock).absent || hc_expr_now(clock).absent ||
	    clock->zone < -1440 || clock->zone > 1440)
		return hc_error_set(err, HC_INVALID,
		    _("'today' or 'now' is no date or time"));
	if (!value && expr->root->class != HC_EXPR_YESNO)
		return hc_error_set(err, HC_INVALID, _("%s is no condition; "
		    "compare it, as in 'temperature >= 37.5'"),
		    hc_expr_class_words(expr->root));
	if (value)
		sql_value(o, expr->root);
	else
		hc_expr_sql_condition(o, expr->root);
	if (o->rc == HC_OK && hc_buf_failed(o->sql))
		o->rc = HC_NOMEM;
	if (o->rc == HC_OK)
		return HC_OK;
	take_back(o->sql, len, o->params, count);
	if (o->rc == HC_NOMEM)
		return hc_error_nomem(err);
	if (o->missing != NULL)
		return hc_error_set(err, o->rc, _("'%s' is not in the "
		    "database"), o->missing);
	return hc_error_set(err, o->rc,
	    _("nested too deeply for the database"));
}

enum hc_status
hc_expr_sql(const struct hc_expr *expr, struct hc_buf *sql,
    struct hc_expr_params *params, const struct hc_expr_clock *clock,
    struct hc_error *err)
{
	struct hc_expr_out o = { .sql = sql, .params = params };

	return make_sql(expr, &o, clock, false, err);
}

enum hc_status
hc_expr_sql_value(const struct hc_expr *expr, struct hc_buf *sql,
    struct hc_expr_params *params, const struct hc_expr_clock *clock,
    struct hc_error *err)
{
	struct hc_expr_out o = { .sql = sql, .params = params };

	return make_sql(expr, &o, clock, true, err);
}
