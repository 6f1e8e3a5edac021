/*
 * Comparisons as SQL.
 *
 * A comparison of a column with what is known now is made to look at the
 * bare column, so that an index serves: dates are solved (expr_solve.c) and
 * numbers brought to the column's decimals.  A comparison is false where an
 * operand is absent, and never NULL, so that any "not" around it is true.
 */
#include <limits.h>

#include "base/expr_tree.h"

/* Entries of SQLite's stack that wait around an inside (expr_sqlpart.c). */
#define GUARD 4

/* Bare columns keep the comparison usable by an index. */
static bool
is_simple(const struct hc_expr_node *a, const struct hc_expr_node *b)
{
	return (a->constant || hc_expr_sql_is_column(a)) && (b == NULL ||
	    b->constant || hc_expr_sql_is_column(b));
}

void
hc_expr_sql_guard_begin(struct hc_expr_out *o, const struct hc_expr_node *a,
    const struct hc_expr_node *b)
{
	(void)hc_expr_sql_enter(o, GUARD);
	hc_expr_sql_puts(o, is_simple(a, b) ? "(" : "((");
}

static void
not_null(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (node == NULL || !hc_expr_sql_is_column(node))
		return;
	hc_expr_sql_puts(o, " AND ");
	hc_expr_sql_column(o, node);
	hc_expr_sql_puts(o, " IS NOT NULL");
}

void
hc_expr_sql_guard_end(struct hc_expr_out *o, const struct hc_expr_node *a,
    const struct hc_expr_node *b)
{
	if (is_simple(a, b)) {
		not_null(o, a);
		not_null(o, b);
		hc_expr_sql_puts(o, ")");
	} else
		hc_expr_sql_puts(o, ") IS TRUE)");
	hc_expr_sql_leave(o, GUARD);
}

static void
is_present(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	(void)hc_expr_sql_enter(o, 3);
	hc_expr_sql_puts(o, "(");
	hc_expr_sql_any(o, node);
	hc_expr_sql_puts(o, " IS NOT NULL)");
	hc_expr_sql_leave(o, 3);
}

static void
is_false(struct hc_expr_out *o)
{
	hc_expr_sql_puts(o, "FALSE");
}

static const char *
sign(enum hc_expr_op op)
{
	switch (op) {
	case HC_EXPR_OP_EQ:
		return " = ";
	case HC_EXPR_OP_NE:
		return " <> ";
	case HC_EXPR_OP_LT:
		return " < ";
	case HC_EXPR_OP_LE:
		return " <= ";
	case HC_EXPR_OP_GT:
		return " > ";
	default:
		return " >= ";
	}
}

/* The same with the sides changed. */
static enum hc_expr_op
mirrored(enum hc_expr_op op)
{
	switch (op) {
	case HC_EXPR_OP_LT:
		return HC_EXPR_OP_GT;
	case HC_EXPR_OP_LE:
		return HC_EXPR_OP_GE;
	case HC_EXPR_OP_GT:
		return HC_EXPR_OP_LT;
	case HC_EXPR_OP_GE:
		return HC_EXPR_OP_LE;
	default:
		return op;
	}
}

/* "column op :p" with a day or second as text, which it can be. */
static void
column_text(struct hc_expr_out *o, const struct hc_expr_node *column,
    enum hc_expr_op op, int64_t n)
{
	char text[32] = "";

	if (column->class == HC_EXPR_DATE)
		(void)hc_expr_day_format(n, text);
	else
		(void)hc_expr_instant_format(n, text);
	hc_expr_sql_column(o, column);
	hc_expr_sql_puts(o, sign(op));
	hc_expr_sql_param_text(o, text);
}

/* column < n, where n may be before all days or behind the last. */
static void
column_below(struct hc_expr_out *o, const struct hc_expr_cut *cut,
    enum hc_expr_op op, int64_t n)
{
	const struct hc_expr_node *column = cut->column;
	bool below = op == HC_EXPR_OP_LT || op == HC_EXPR_OP_LE;
	bool all = below ? n > cut->last : n <= cut->first;

	if (all)
		is_present(o, column);
	else if (below ? n <= cut->first : n > cut->last)
		is_false(o);
	else {
		hc_expr_sql_guard_begin(o, column, NULL);
		/* Shown as people would write it: <= the last that is. */
		if (op == HC_EXPR_OP_LE || op == HC_EXPR_OP_GT)
			n--;
		column_text(o, column, op, n);
		hc_expr_sql_guard_end(o, column, NULL);
	}
}

/* low <= column < high, or the opposite. */
static void
column_range(struct hc_expr_out *o, const struct hc_expr_cut *cut,
    bool inside)
{
	const struct hc_expr_node *column = cut->column;

	if (cut->low == cut->high) {
		if (inside)
			is_false(o);
		else
			is_present(o, column);
	} else if (cut->high == cut->low + 1) {
		hc_expr_sql_guard_begin(o, column, NULL);
		column_text(o, column, inside ? HC_EXPR_OP_EQ :
		    HC_EXPR_OP_NE, cut->low);
		hc_expr_sql_guard_end(o, column, NULL);
	} else {
		(void)hc_expr_sql_enter(o, 3);
		hc_expr_sql_puts(o, "(");
		column_below(o, cut, inside ? HC_EXPR_OP_GE : HC_EXPR_OP_LT,
		    cut->low);
		hc_expr_sql_puts(o, inside ? " AND " : " OR ");
		column_below(o, cut, inside ? HC_EXPR_OP_LT : HC_EXPR_OP_GE,
		    cut->high);
		hc_expr_sql_puts(o, ")");
		hc_expr_sql_leave(o, 3);
	}
}

static void
compare_cut(struct hc_expr_out *o, enum hc_expr_op op,
    const struct hc_expr_cut *cut)
{
	if (cut->falling)
		op = mirrored(op);
	switch (op) {
	case HC_EXPR_OP_EQ:
	case HC_EXPR_OP_NE:
		column_range(o, cut, op == HC_EXPR_OP_EQ);
		break;
	case HC_EXPR_OP_LT:
	case HC_EXPR_OP_GE:
		column_below(o, cut, op, cut->low);
		break;
	default:
		/* <= is below the first that is more, > is from there on. */
		column_below(o, cut, op, cut->high);
		break;
	}
}

static void
number_sign(struct hc_expr_out *o, const struct hc_expr_node *a,
    enum hc_expr_op op, int64_t n)
{
	hc_expr_sql_guard_begin(o, a, NULL);
	hc_expr_sql_number(o, a);
	hc_expr_sql_puts(o, sign(op));
	/* yes and no are seen in the text; the rest is bound. */
	if (a->class == HC_EXPR_YESNO)
		hc_expr_sql_puts(o, n != 0 ? "1" : "0");
	else
		hc_expr_sql_param_number(o, n);
	hc_expr_sql_guard_end(o, a, NULL);
}

/*
 * With a constant of other decimals.  temperature >= 37.5 is >= 375; where
 * the constant lies between two values of the column (37.55), all orders are
 * against the value above it.
 */
static void
compare_number(struct hc_expr_out *o, enum hc_expr_op op,
    const struct hc_expr_node *a, const struct hc_expr_node *b, int64_t n)
{
	__int128 low = n;
	int64_t power;
	bool exact = true;

	if (a->decimals >= b->decimals)
		low *= hc_expr_power10(a->decimals - b->decimals);
	else {
		power = hc_expr_power10(b->decimals - a->decimals);
		exact = n % power == 0;
		low = n / power + (!exact && n > 0);
	}
	if (low > INT64_MAX || low < INT64_MIN) {
		if (op == HC_EXPR_OP_NE || (low > 0 ?
		    op == HC_EXPR_OP_LT || op == HC_EXPR_OP_LE :
		    op == HC_EXPR_OP_GT || op == HC_EXPR_OP_GE))
			is_present(o, a);
		else
			is_false(o);
		return;
	}
	if (!exact && op == HC_EXPR_OP_EQ)
		is_false(o);
	else if (!exact && op == HC_EXPR_OP_NE)
		is_present(o, a);
	else if (!exact)
		number_sign(o, a, op == HC_EXPR_OP_LT ||
		    op == HC_EXPR_OP_LE ? HC_EXPR_OP_LT : HC_EXPR_OP_GE,
		    (int64_t)low);
	else
		number_sign(o, a, op, (int64_t)low);
}

/* Texts, or dates and instants as such. */
static void
compare_text(struct hc_expr_out *o, enum hc_expr_op op,
    const struct hc_expr_node *a, const struct hc_expr_node *b)
{
	hc_expr_sql_guard_begin(o, a, b);
	hc_expr_sql_text(o, a);
	hc_expr_sql_puts(o, sign(op));
	if (b->constant)
		hc_expr_sql_constant(o, b);
	else
		hc_expr_sql_text(o, b);
	hc_expr_sql_guard_end(o, a, b);
}

static void
compare_values(struct hc_expr_out *o, enum hc_expr_op op,
    const struct hc_expr_node *a, const struct hc_expr_node *b)
{
	bool number = a->class == HC_EXPR_DATE || a->class == HC_EXPR_INSTANT;

	if (hc_expr_sql_textual(o, a) && hc_expr_sql_textual(o, b)) {
		compare_text(o, op, a, b);
		return;
	}
	/* A date column is a number here, which is more than a column. */
	if (number)
		hc_expr_sql_puts(o, "((");
	else
		hc_expr_sql_guard_begin(o, a, b);
	if (number)
		(void)hc_expr_sql_enter(o, GUARD);
	hc_expr_sql_number(o, a);
	hc_expr_sql_puts(o, sign(op));
	hc_expr_sql_number(o, b);
	if (number) {
		hc_expr_sql_puts(o, ") IS TRUE)");
		hc_expr_sql_leave(o, GUARD);
	} else
		hc_expr_sql_guard_end(o, a, b);
}

void
hc_expr_sql_compare(struct hc_expr_out *o, enum hc_expr_op op,
    const struct hc_expr_node *a, const struct hc_expr_node *b)
{
	struct hc_expr_datum v;
	struct hc_expr_cut cut;

	if (a->constant) {
		const struct hc_expr_node *swap = a;

		a = b;
		b = swap;
		op = mirrored(op);
	}
	if (!b->constant) {
		compare_values(o, op, a, b);
		return;
	}
	v = hc_expr_node_eval(b, &o->state);
	if (v.absent)
		is_false(o);
	else if (hc_expr_solve(&cut, a, b, v, &o->state))
		compare_cut(o, op, &cut);
	else if (a->class == HC_EXPR_NUMBER || a->class == HC_EXPR_REF ||
	    a->class == HC_EXPR_YESNO)
		compare_number(o, op, a, b, v.n);
	else
		compare_values(o, op, a, b);
}

/* A value of the list as ${a} is; false if ${a} can never be it. */
static bool
list_value(struct hc_expr_out *o, const struct hc_expr_node *a,
    const struct hc_expr_node *kid, bool textual, int64_t *n)
{
	struct hc_expr_datum v = hc_expr_node_eval(kid, &o->state);
	__int128 same = v.n;
	int64_t power;

	*n = v.n;
	if (v.absent)
		return false;
	if (textual)
		return hc_expr_sql_textual(o, kid);
	if (a->decimals < kid->decimals) {
		power = hc_expr_power10(kid->decimals - a->decimals);
		*n = v.n / power;
		return v.n % power == 0;
	}
	same *= hc_expr_power10(a->decimals - kid->decimals);
	*n = (int64_t)same;
	return same == *n;
}

void
hc_expr_sql_in(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *a = node->kids[0];
	bool textual = hc_expr_sql_textual(o, a);
	size_t i, some = 0;
	int64_t n;

	for (i = 1; i < node->len; i++)
		some += list_value(o, a, node->kids[i], textual, &n);
	if (some == 0) {
		is_false(o);
		return;
	}
	hc_expr_sql_guard_begin(o, a, NULL);
	hc_expr_sql_any(o, a);
	hc_expr_sql_puts(o, " IN (");
	for (i = 1, some = 0; i < node->len; i++) {
		if (!list_value(o, a, node->kids[i], textual, &n))
			continue;
		hc_expr_sql_puts(o, some++ == 0 ? "" : ", ");
		if (textual)
			hc_expr_sql_constant(o, node->kids[i]);
		else
			hc_expr_sql_param_number(o, n);
	}
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_guard_end(o, a, NULL);
}
