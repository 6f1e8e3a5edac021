/*
 * "onset_date + 10 days <= today" as a question about the bare column, so
 * that an index answers it: onset_date <= 2020-12-15.
 *
 * What is done to the column either only grows or only shrinks with it, so
 * that one day divides those that satisfy a comparison from the others.  It
 * is looked for by halving, with the evaluation itself; adding months has no
 * inverse that could be written down, and this way there is nothing that
 * could differ.
 */
#include "base/expr_tree.h"

/* The column below ${node}, if there is just one and it passes through;
   ${*falling} is turned for each step that turns the order. */
static const struct hc_expr_node *
find_column(const struct hc_expr_node *node, bool *falling)
{
	size_t inner;

	switch (node->op) {
	case HC_EXPR_OP_NAME:
		return node->class == HC_EXPR_DATE ||
		    node->class == HC_EXPR_INSTANT ? node : NULL;
	case HC_EXPR_OP_DAY:
		return find_column(node->kids[0], falling);
	case HC_EXPR_OP_LATER:
	case HC_EXPR_OP_EARLIER:
	case HC_EXPR_OP_DIFF:
	case HC_EXPR_OP_DAYS:
	case HC_EXPR_OP_AGE:
		break;
	default:
		return NULL;
	}
	if (node->kids[0]->constant == node->kids[1]->constant)
		return NULL;
	inner = node->kids[0]->constant ? 1 : 0;
	if (inner == 1 && node->kids[1]->class == HC_EXPR_SPAN)
		return NULL;
	if ((node->op == HC_EXPR_OP_DIFF && inner == 1) ||
	    ((node->op == HC_EXPR_OP_DAYS || node->op == HC_EXPR_OP_AGE) &&
	    inner == 0))
		*falling = !*falling;
	return find_column(node->kids[inner], falling);
}

/* The least value of the column where node - b is at least ${least}, seen so
   that it grows; last + 1 if there is none. */
static int64_t
find_cut(const struct hc_expr_cut *cut, const struct hc_expr_node *node,
    const struct hc_expr_node *b, struct hc_expr_datum value,
    struct hc_expr_state *state, int least)
{
	int64_t low = cut->first, high = cut->last + 1, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		state->fixed_n = middle;
		order = hc_expr_compare(node, hc_expr_node_eval(node, state),
		    b, value);
		if ((cut->falling ? -order : order) >= least)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

bool
hc_expr_solve(struct hc_expr_cut *cut, const struct hc_expr_node *node,
    const struct hc_expr_node *b, struct hc_expr_datum value,
    const struct hc_expr_state *state)
{
	struct hc_expr_state trial = *state;

	cut->falling = false;
	if ((cut->column = find_column(node, &cut->falling)) == NULL)
		return false;
	cut->first = HC_EXPR_FIRST_DAY;
	cut->last = HC_EXPR_LAST_DAY;
	if (cut->column->class == HC_EXPR_INSTANT) {
		cut->first *= 86400;
		cut->last = cut->last * 86400 + 86399;
	}
	trial.fixed = cut->column;
	/* Absent only if a constant is: then no column makes it true. */
	trial.fixed_n = 0;
	if (hc_expr_node_eval(node, &trial).absent) {
		cut->low = cut->high = cut->last + 1;
		return false;
	}
	cut->low = find_cut(cut, node, b, value, &trial, 0);
	cut->high = find_cut(cut, node, b, value, &trial, 1);
	return true;
}
