/*
 * Values of expressions as SQL.
 *
 * Numbers are integers scaled by their decimals.  A date or an instant is
 * text as long as it is only chosen among (coalesce, min, max), and a number
 * once there is reckoned with it.  What holds no name is reckoned here and
 * bound.
 */
#include <inttypes.h>

#include "base/expr_tree.h"

/* Entries of SQLite's stack that wait around an inside (expr_sqlpart.c). */
#define TABLE 11
#define UNION 13
#define BINARY 3
#define QUOTIENT 6
#define CALL 5
#define COUNT 7
#define CONSTANT 4

/* CAST, so that PostgreSQL knows its type everywhere. */
static void
constant_number(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	struct hc_expr_datum v = hc_expr_node_eval(node, &o->state);

	(void)hc_expr_sql_enter(o, CONSTANT);
	hc_expr_sql_puts(o, "CAST(");
	if (v.absent)
		hc_expr_sql_puts(o, "NULL");
	else
		hc_expr_sql_param_number(o, v.n);
	hc_expr_sql_puts(o, " AS BIGINT)");
	hc_expr_sql_leave(o, CONSTANT);
}

void
hc_expr_sql_constant(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	struct hc_expr_datum v = hc_expr_node_eval(node, &o->state);
	char text[32] = "";

	if (!v.absent && v.text == NULL)
		v.absent = node->class == HC_EXPR_DATE ?
		    !hc_expr_day_format(v.n, text) :
		    !hc_expr_instant_format(v.n, text);
	if (v.absent)
		hc_expr_sql_puts(o, "NULL");
	else
		hc_expr_sql_param_text(o, v.text != NULL ? v.text : text);
}

static void
constant_text(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	(void)hc_expr_sql_enter(o, CONSTANT);
	hc_expr_sql_puts(o, "CAST(");
	hc_expr_sql_constant(o, node);
	hc_expr_sql_puts(o, " AS TEXT)");
	hc_expr_sql_leave(o, CONSTANT);
}

bool
hc_expr_sql_textual(const struct hc_expr_out *o,
    const struct hc_expr_node *node)
{
	struct hc_expr_datum v;
	char text[32];
	size_t i;

	if (node->class == HC_EXPR_TEXT || node->class == HC_EXPR_CHOICE ||
	    node->class == HC_EXPR_MULTI)
		return true;
	if (node->class != HC_EXPR_DATE && node->class != HC_EXPR_INSTANT)
		return false;
	if (node->constant) {
		v = hc_expr_node_eval(node, &o->state);
		return v.absent || (node->class == HC_EXPR_DATE ?
		    hc_expr_day_format(v.n, text) :
		    hc_expr_instant_format(v.n, text));
	}
	if (node->op == HC_EXPR_OP_NAME)
		return true;
	if (node->op != HC_EXPR_OP_COALESCE && node->op != HC_EXPR_OP_MIN &&
	    node->op != HC_EXPR_OP_MAX)
		return false;
	for (i = 0; i < node->len; i++)
		if (!hc_expr_sql_textual(o, node->kids[i]))
			return false;
	return true;
}

/* coalesce() is the same in both engines; min() and max() of several values
   are not, but as aggregates, which pass over NULL, they are. */
static void
choose(struct hc_expr_out *o, const struct hc_expr_node *node,
    void (*value)(struct hc_expr_out *, const struct hc_expr_node *))
{
	bool coalesce = node->op == HC_EXPR_OP_COALESCE;
	int weight = coalesce ? CALL : UNION;
	size_t i;

	if (!hc_expr_sql_enter(o, weight))
		return;
	hc_expr_sql_puts(o, coalesce ? "coalesce(" :
	    node->op == HC_EXPR_OP_MIN ?
	    "(SELECT min(hc_v) FROM (SELECT " :
	    "(SELECT max(hc_v) FROM (SELECT ");
	for (i = 0; i < node->len; i++) {
		if (i > 0)
			hc_expr_sql_puts(o, coalesce ? ", " :
			    " UNION ALL SELECT ");
		value(o, node->kids[i]);
		if (i == 0 && !coalesce)
			hc_expr_sql_puts(o, " AS hc_v");
	}
	if (coalesce)
		hc_expr_sql_puts(o, ")");
	else
		hc_expr_sql_printf(o, ") AS hc_t%d)", ++o->tables);
	hc_expr_sql_leave(o, weight);
}

void
hc_expr_sql_text(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (node->constant)
		constant_text(o, node);
	else if (node->op == HC_EXPR_OP_NAME)
		hc_expr_sql_column(o, node);
	else
		choose(o, node, hc_expr_sql_text);
}

static void
name_number(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (node->class == HC_EXPR_DATE)
		hc_expr_sql_day_name(o, node);
	else if (node->class == HC_EXPR_INSTANT)
		hc_expr_sql_instant_name(o, node);
	else
		hc_expr_sql_column(o, node);
}

/* "(a before b after)" */
static void
binary(struct hc_expr_out *o, const struct hc_expr_node *a,
    const char *between, const struct hc_expr_node *b, const char *after)
{
	if (!hc_expr_sql_enter(o, BINARY))
		return;
	hc_expr_sql_puts(o, "(");
	hc_expr_sql_number(o, a);
	hc_expr_sql_puts(o, between);
	hc_expr_sql_number(o, b);
	hc_expr_sql_puts(o, after);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, BINARY);
}

/* A division by zero is absent, not PostgreSQL's error. */
static void
quotient(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, QUOTIENT))
		return;
	hc_expr_sql_puts(o, "(");
	hc_expr_sql_number(o, node->kids[0]);
	hc_expr_sql_printf(o, " * %" PRId64 " / nullif(",
	    hc_expr_power10((int)node->n));
	hc_expr_sql_number(o, node->kids[1]);
	hc_expr_sql_puts(o, ", 0))");
	hc_expr_sql_leave(o, QUOTIENT);
}

/* "(a * n / m)"; a plain "a" where both are 1. */
static void
times(struct hc_expr_out *o, const struct hc_expr_node *a, int64_t n,
    int64_t m)
{
	if (!hc_expr_sql_enter(o, 1))
		return;
	hc_expr_sql_puts(o, "(");
	hc_expr_sql_number(o, a);
	if (n != 1)
		hc_expr_sql_printf(o, " * %" PRId64, n);
	if (m != 1)
		hc_expr_sql_printf(o, " / %" PRId64, m);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, 1);
}

/* Seconds of a unit; of weeks and days also days. */
static int64_t
unit_size(enum hc_expr_unit unit, bool seconds)
{
	int64_t day = seconds ? 86400 : 1;

	switch (unit) {
	case HC_EXPR_MINUTES:
		return 60;
	case HC_EXPR_HOURS:
		return 3600;
	case HC_EXPR_WEEKS:
		return 7 * day;
	default:
		return day;
	}
}

static void
move(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *span = node->kids[1];

	if (span->unit >= HC_EXPR_MONTHS) {
		hc_expr_sql_day_months(o, node);
		return;
	}
	if (!hc_expr_sql_enter(o, BINARY))
		return;
	hc_expr_sql_puts(o, "(");
	hc_expr_sql_number(o, node->kids[0]);
	hc_expr_sql_puts(o, node->op == HC_EXPR_OP_LATER ? " + " : " - ");
	times(o, span->kids[0], unit_size(span->unit,
	    node->class == HC_EXPR_INSTANT), 1);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, BINARY);
}

static void
difference(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	bool hours = node->unit == HC_EXPR_HOURS;

	if (hours)
		hc_expr_sql_puts(o, "(");
	binary(o, node->kids[0], " - ", node->kids[1], "");
	if (hours)
		hc_expr_sql_puts(o, " * 25 / 9)");
}

/* The inside is needed twice: it is given a name unless it is one. */
static void
limit(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *kid = node->kids[0];
	bool name = hc_expr_sql_is_column(kid);

	if (!hc_expr_sql_enter(o, TABLE))
		return;
	hc_expr_sql_puts(o, name ? "(CASE WHEN " :
	    "(SELECT CASE WHEN hc_v");
	if (name)
		hc_expr_sql_column(o, kid);
	hc_expr_sql_printf(o, " BETWEEN %" PRId64 " AND %" PRId64 " THEN ",
	    -node->n, node->n);
	if (name)
		hc_expr_sql_column(o, kid);
	else {
		hc_expr_sql_puts(o, "hc_v END FROM (SELECT ");
		hc_expr_sql_number(o, kid);
	}
	if (name)
		hc_expr_sql_puts(o, " END)");
	else
		hc_expr_sql_printf(o, " AS hc_v LIMIT 1) AS hc_t%d)",
		    ++o->tables);
	hc_expr_sql_leave(o, TABLE);
}

static void
rounded(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	int64_t power;

	power = hc_expr_power10(node->kids[0]->decimals - node->decimals);
	if (power == 1) {
		hc_expr_sql_number(o, node->kids[0]);
		return;
	}
	if (!hc_expr_sql_enter(o, TABLE))
		return;
	hc_expr_sql_printf(o, "(SELECT CASE WHEN hc_v < 0 THEN hc_v - %" PRId64
	    " ELSE hc_v + %" PRId64 " END / %" PRId64 " FROM (SELECT ",
	    power / 2, power / 2, power);
	hc_expr_sql_number(o, node->kids[0]);
	hc_expr_sql_printf(o, " AS hc_v LIMIT 1) AS hc_t%d)", ++o->tables);
	hc_expr_sql_leave(o, TABLE);
}

/* CAST, since PostgreSQL's length() has 32 bits only. */
static void
call(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, CALL))
		return;
	hc_expr_sql_printf(o, "CAST(%s(", hc_expr_function_word(node->op));
	hc_expr_sql_any(o, node->kids[0]);
	hc_expr_sql_puts(o, ") AS BIGINT)");
	hc_expr_sql_leave(o, CALL);
}

/* Conditions as 1 and 0, added up. */
static void
count(struct hc_expr_out *o, const struct hc_expr_node *const *kids,
    size_t len)
{
	size_t i;

	if (!hc_expr_sql_enter(o, COUNT))
		return;
	hc_expr_sql_puts(o, "CAST(");
	for (i = 0; i < len; i++) {
		hc_expr_sql_puts(o, i == 0 ? "CASE WHEN " :
		    " + CASE WHEN ");
		hc_expr_sql_condition(o, kids[i]);
		hc_expr_sql_puts(o, " THEN 1 ELSE 0 END");
	}
	hc_expr_sql_puts(o, " AS BIGINT)");
	hc_expr_sql_leave(o, COUNT);
}

/* Operations on one value. */
static void
one(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *kid = node->kids[0];

	switch (node->op) {
	case HC_EXPR_OP_NEG:
		times(o, kid, -1, 1);
		break;
	case HC_EXPR_OP_SCALE:
		times(o, kid, hc_expr_power10((int)node->n), 1);
		break;
	case HC_EXPR_OP_LIMIT:
		limit(o, node);
		break;
	case HC_EXPR_OP_SPANNED:
		if (node->unit == HC_EXPR_DAYS)
			times(o, kid->kids[0], unit_size(kid->unit, false), 1);
		else
			times(o, kid->kids[0],
			    unit_size(kid->unit, true) * 25, 9);
		break;
	case HC_EXPR_OP_ROUND:
		rounded(o, node);
		break;
	case HC_EXPR_OP_DAY:
		hc_expr_sql_day_of(o, node);
		break;
	default:
		call(o, node);
		break;
	}
}

void
hc_expr_sql_number(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (node->constant) {
		constant_number(o, node);
		return;
	}
	if (hc_expr_is_condition(node)) {
		count(o, &node, 1);
		return;
	}
	switch (node->op) {
	case HC_EXPR_OP_NAME:
		name_number(o, node);
		break;
	case HC_EXPR_OP_ADD:
		binary(o, node->kids[0], " + ", node->kids[1], "");
		break;
	case HC_EXPR_OP_SUB:
		binary(o, node->kids[0], " - ", node->kids[1], "");
		break;
	case HC_EXPR_OP_MUL:
		binary(o, node->kids[0], " * ", node->kids[1], "");
		break;
	case HC_EXPR_OP_DIV:
		quotient(o, node);
		break;
	case HC_EXPR_OP_LATER:
	case HC_EXPR_OP_EARLIER:
		move(o, node);
		break;
	case HC_EXPR_OP_DIFF:
		difference(o, node);
		break;
	case HC_EXPR_OP_DAYS:
		binary(o, node->kids[1], " - ", node->kids[0], "");
		break;
	case HC_EXPR_OP_AGE:
		hc_expr_sql_day_age(o, node);
		break;
	case HC_EXPR_OP_COUNT:
		count(o, (const struct hc_expr_node *const *)node->kids,
		    node->len);
		break;
	case HC_EXPR_OP_COALESCE:
	case HC_EXPR_OP_MIN:
	case HC_EXPR_OP_MAX:
		choose(o, node, hc_expr_sql_number);
		break;
	default:
		one(o, node);
		break;
	}
}

void
hc_expr_sql_any(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (hc_expr_sql_textual(o, node))
		hc_expr_sql_text(o, node);
	else
		hc_expr_sql_number(o, node);
}
