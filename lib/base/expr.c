/* Expressions as a whole: memory, type, names. */
#include <stdlib.h>
#include <string.h>

#include "base/expr_tree.h"

void *
hc_expr_keep(struct hc_expr *expr, size_t size)
{
	struct hc_expr_chunk *chunk;

	if ((chunk = calloc(1, sizeof(*chunk) + size)) == NULL)
		return NULL;
	chunk->next = expr->chunks;
	expr->chunks = chunk;
	return chunk->data;
}

void
hc_expr_free(struct hc_expr *expr)
{
	struct hc_expr_chunk *chunk;

	if (expr == NULL)
		return;
	while ((chunk = expr->chunks) != NULL) {
		expr->chunks = chunk->next;
		free(chunk);
	}
	free(expr);
}

bool
hc_expr_is_condition(const struct hc_expr_node *node)
{
	return node->op >= HC_EXPR_OP_OR && node->op <= HC_EXPR_OP_HAS;
}

const struct hc_expr_node *
hc_expr_skip_implicit(const struct hc_expr_node *node)
{
	while (node->implicit)
		node = node->kids[0];
	return node;
}

enum hc_type
hc_expr_type(const struct hc_expr *expr)
{
	static const enum hc_type types[] = {
		[HC_EXPR_NUMBER] = HC_TYPE_INTEGER,
		[HC_EXPR_TEXT] = HC_TYPE_TEXT,
		[HC_EXPR_CHOICE] = HC_TYPE_CHOICE,
		[HC_EXPR_MULTI] = HC_TYPE_MULTI,
		[HC_EXPR_DATE] = HC_TYPE_DATE,
		[HC_EXPR_INSTANT] = HC_TYPE_INSTANT,
		[HC_EXPR_YESNO] = HC_TYPE_YESNO,
		[HC_EXPR_REF] = HC_TYPE_REF,
		[HC_EXPR_SPAN] = HC_TYPE_INTEGER,
	};
	const struct hc_expr_node *root = expr->root;

	if (root->op == HC_EXPR_OP_NAME)
		return root->name->type;
	if (root->class == HC_EXPR_NUMBER && root->decimals > 0)
		return HC_TYPE_DECIMAL;
	return types[root->class];
}

int
hc_expr_decimals(const struct hc_expr *expr)
{
	return expr->root->decimals;
}

size_t
hc_expr_name_count(const struct hc_expr *expr)
{
	return expr->name_len;
}

const struct hc_expr_name *
hc_expr_name(const struct hc_expr *expr, size_t i)
{
	return i < expr->name_len ? expr->names[i] : NULL;
}

void
hc_expr_print(const struct hc_expr *expr, struct hc_buf *out)
{
	hc_expr_node_print(expr->root, out);
}
