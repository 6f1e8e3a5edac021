/*
 * Nodes, and the implicit ones around numbers that make sure that no sum or
 * product leaves 64 bits: SQLite would go on with a rounded number and
 * PostgreSQL end the query, so the tree says beforehand where to give up.
 */
#include <string.h>

#include "base/i18n.h"

#include "base/expr_tree.h"

#define MOST UINT64_C(999999999999999999)	/* 18 digits: of a result */
#define FIELD_MOST INT64_C(999999999999999)	/* 15: of a field */
#define FACTOR_MOST INT64_C(999999999)		/* 9: of two unknown factors */

int64_t
hc_expr_power10(int n)
{
	int64_t power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

/* How deep the user nested; implicit nodes do not count. */
static bool
deepen(struct hc_expr_parser *p, struct hc_expr_node *parent,
    const struct hc_expr_node *kid)
{
	if (parent->implicit) {
		parent->depth = kid->depth;
		return true;
	}
	if (kid->depth >= parent->depth)
		parent->depth = kid->depth + 1;
	if (parent->depth <= HC_EXPR_DEEPEST)
		return true;
	hc_expr_fail(p, parent->at, _("nested more than %d levels deep"),
	    HC_EXPR_DEEPEST);
	return false;
}

/* The array of kids is full when len is a power of two. */
bool
hc_expr_make_add(struct hc_expr_parser *p, struct hc_expr_node *parent,
    struct hc_expr_node *kid)
{
	struct hc_expr_node **more;
	size_t len = parent->len;

	if (kid == NULL || !deepen(p, parent, kid))
		return false;
	if ((len & (len - 1)) == 0) {
		more = hc_expr_keep(p->expr,
		    (len == 0 ? 1 : 2 * len) * sizeof(*more));
		if (more == NULL)
			return hc_expr_fail_nomem(p) != NULL;
		if (len > 0)
			memcpy(more, parent->kids, len * sizeof(*more));
		parent->kids = more;
	}
	parent->kids[parent->len++] = kid;
	parent->constant = parent->constant && kid->constant;
	return true;
}

struct hc_expr_node *
hc_expr_make(struct hc_expr_parser *p, enum hc_expr_op op,
    enum hc_expr_class class, size_t at, struct hc_expr_node *kid)
{
	struct hc_expr_node *node;

	if (p->rc != HC_OK)
		return NULL;
	if ((node = hc_expr_keep(p->expr, sizeof(*node))) == NULL)
		return hc_expr_fail_nomem(p);
	node->op = op;
	node->class = class;
	node->at = at;
	node->depth = 1;
	node->constant = op != HC_EXPR_OP_NAME;
	if (kid != NULL && !hc_expr_make_add(p, node, kid))
		return NULL;
	return node;
}

struct hc_expr_node *
hc_expr_make_two(struct hc_expr_parser *p, enum hc_expr_op op,
    enum hc_expr_class class, struct hc_expr_node *a, struct hc_expr_node *b)
{
	struct hc_expr_node *node;

	if (a == NULL || b == NULL)
		return NULL;
	node = hc_expr_make(p, op, class, a->at, a);
	if (node == NULL || !hc_expr_make_add(p, node, b))
		return NULL;
	return node;
}

static struct hc_expr_node *
make_implicit(struct hc_expr_parser *p, enum hc_expr_op op,
    enum hc_expr_class class, struct hc_expr_node *kid)
{
	struct hc_expr_node *node;

	if (kid == NULL || (node = hc_expr_make(p, op, class, kid->at,
	    NULL)) == NULL)
		return NULL;
	node->implicit = true;
	node->decimals = kid->decimals;
	node->unit = kid->unit;
	if (!hc_expr_make_add(p, node, kid))
		return NULL;
	return node;
}

struct hc_expr_node *
hc_expr_make_limit(struct hc_expr_parser *p, struct hc_expr_node *kid,
    int64_t most)
{
	struct hc_expr_node *node;

	if (kid == NULL || kid->bound <= (uint64_t)most)
		return kid;
	if (kid->op == HC_EXPR_OP_LIMIT)
		kid = kid->kids[0];
	node = make_implicit(p, HC_EXPR_OP_LIMIT, kid->class, kid);
	if (node == NULL)
		return NULL;
	node->n = most;
	node->bound = (uint64_t)most;
	return node;
}

struct hc_expr_node *
hc_expr_make_operand(struct hc_expr_parser *p, struct hc_expr_node *kid)
{
	if (kid == NULL || kid->bound <= MOST)
		return kid;
	return hc_expr_make_limit(p, kid, FIELD_MOST);
}

struct hc_expr_node *
hc_expr_make_scale(struct hc_expr_parser *p, struct hc_expr_node *kid,
    int decimals)
{
	struct hc_expr_node *node;
	int64_t power;
	int more;

	if (kid == NULL || (more = decimals - kid->decimals) <= 0)
		return kid;
	power = hc_expr_power10(more);
	kid = hc_expr_make_operand(p, kid);
	kid = hc_expr_make_limit(p, kid, (int64_t)MOST / power);
	node = make_implicit(p, HC_EXPR_OP_SCALE, HC_EXPR_NUMBER, kid);
	if (node == NULL)
		return NULL;
	node->n = more;
	node->decimals = decimals;
	node->bound = kid->bound * (uint64_t)power;
	return node;
}

/* Limit two factors so that their product has 18 digits at most. */
bool
hc_expr_make_factors(struct hc_expr_parser *p, struct hc_expr_node **a,
    struct hc_expr_node **b)
{
	*a = hc_expr_make_operand(p, *a);
	*b = hc_expr_make_operand(p, *b);
	if (*a == NULL || *b == NULL)
		return false;
	if ((*b)->bound == 0 || (*a)->bound <= MOST / (*b)->bound)
		return true;
	if ((*b)->bound <= FACTOR_MOST)
		*a = hc_expr_make_limit(p, *a,
		    (int64_t)(MOST / (*b)->bound));
	else if ((*a)->bound <= FACTOR_MOST)
		*b = hc_expr_make_limit(p, *b,
		    (int64_t)(MOST / (*a)->bound));
	else {
		*a = hc_expr_make_limit(p, *a, FACTOR_MOST);
		*b = hc_expr_make_limit(p, *b, FACTOR_MOST);
	}
	return *a != NULL && *b != NULL;
}

struct hc_expr_node *
hc_expr_make_day(struct hc_expr_parser *p, struct hc_expr_node *kid)
{
	return make_implicit(p, HC_EXPR_OP_DAY, HC_EXPR_DATE, kid);
}

struct hc_expr_node *
hc_expr_make_spanned(struct hc_expr_parser *p, struct hc_expr_node *kid,
    enum hc_expr_unit unit)
{
	struct hc_expr_node *node;

	node = make_implicit(p, HC_EXPR_OP_SPANNED, HC_EXPR_NUMBER, kid);
	if (node == NULL)
		return NULL;
	node->unit = unit;
	node->decimals = unit == HC_EXPR_HOURS ? 4 : 0;
	node->bound = UINT64_C(100000000000000000);
	return node;
}
