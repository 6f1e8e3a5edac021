/* The canonical form of an expression. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/expr_tree.h"

/* How tightly an operation binds: the larger the tighter. */
static int
strength(const struct hc_expr_node *node)
{
	switch (node->op) {
	case HC_EXPR_OP_OR:
		return 1;
	case HC_EXPR_OP_AND:
		return 2;
	case HC_EXPR_OP_NOT:
		return 3;
	case HC_EXPR_OP_ADD:
	case HC_EXPR_OP_SUB:
	case HC_EXPR_OP_LATER:
	case HC_EXPR_OP_EARLIER:
	case HC_EXPR_OP_DIFF:
		return 5;
	case HC_EXPR_OP_SPAN:
		return 6;
	case HC_EXPR_OP_MUL:
	case HC_EXPR_OP_DIV:
		return 7;
	case HC_EXPR_OP_NEG:
		return 8;
	default:
		return hc_expr_is_condition(node) ? 4 : 9;
	}
}

/* ${node}, in parentheses if it binds less tightly than ${least}. */
static void
print(const struct hc_expr_node *node, int least, struct hc_buf *out)
{
	node = hc_expr_skip_implicit(node);
	if (strength(node) < least) {
		hc_buf_putc(out, '(');
		hc_expr_node_print(node, out);
		hc_buf_putc(out, ')');
	} else
		hc_expr_node_print(node, out);
}

static void
print_number(const struct hc_expr_node *node, struct hc_buf *out)
{
	int64_t power = hc_expr_power10(node->decimals);
	int64_t n = node->n < 0 ? -node->n : node->n;

	hc_buf_printf(out, "%s%" PRId64, node->n < 0 ? "-" : "", n / power);
	if (node->decimals > 0)
		hc_buf_printf(out, ".%0*" PRId64, node->decimals, n % power);
}

static void
print_text(const char *text, struct hc_buf *out)
{
	hc_buf_putc(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			hc_buf_putc(out, '\'');
		hc_buf_putc(out, *text);
	}
	hc_buf_putc(out, '\'');
}

static void
print_leaf(const struct hc_expr_node *node, struct hc_buf *out)
{
	char text[32] = "";

	switch (node->op) {
	case HC_EXPR_OP_NUMBER:
		print_number(node, out);
		break;
	case HC_EXPR_OP_TEXT:
		print_text(node->text, out);
		break;
	case HC_EXPR_OP_DATE:
		(void)hc_expr_day_format(node->n, text);
		hc_buf_puts(out, text);
		break;
	case HC_EXPR_OP_INSTANT:
		(void)hc_expr_instant_format(node->n, text);
		hc_buf_puts(out, text);
		break;
	case HC_EXPR_OP_YESNO:
		hc_buf_puts(out, node->n ? "yes" : "no");
		break;
	case HC_EXPR_OP_TODAY:
		hc_buf_puts(out, "today");
		break;
	case HC_EXPR_OP_NOW:
		hc_buf_puts(out, "now");
		break;
	default:
		hc_buf_puts(out, node->name->name);
		break;
	}
}

/* "a word b"; the right side binds tighter than the left. */
static void
print_two(const struct hc_expr_node *node, const char *word, int left,
    struct hc_buf *out)
{
	print(node->kids[0], left, out);
	hc_buf_puts(out, word);
	print(node->kids[1], left + 1, out);
}

static void
print_list(const struct hc_expr_node *node, size_t from, const char *between,
    int least, struct hc_buf *out)
{
	size_t i;

	for (i = from; i < node->len; i++) {
		if (i > from)
			hc_buf_puts(out, between);
		print(node->kids[i], least, out);
	}
}

static void
print_call(const struct hc_expr_node *node, struct hc_buf *out)
{
	hc_buf_printf(out, "%s(", hc_expr_function_word(node->op));
	print_list(node, 0, ", ", 0, out);
	if (node->op == HC_EXPR_OP_ROUND && node->n > 0)
		hc_buf_printf(out, ", %d", (int)node->n);
	hc_buf_putc(out, ')');
}

static void
print_span(const struct hc_expr_node *node, struct hc_buf *out)
{
	const struct hc_expr_node *n = hc_expr_skip_implicit(node->kids[0]);
	const char *word = hc_expr_unit_word(node->unit);
	bool one = n->op == HC_EXPR_OP_NUMBER && n->n == 1;

	print(n, 7, out);
	hc_buf_putc(out, ' ');
	hc_buf_add(out, word, strlen(word) - one);
}

/* Conditions but the six comparisons. */
static void
print_condition(const struct hc_expr_node *node, struct hc_buf *out)
{
	switch (node->op) {
	case HC_EXPR_OP_OR:
		print_list(node, 0, " or ", 2, out);
		break;
	case HC_EXPR_OP_AND:
		print_list(node, 0, " and ", 3, out);
		break;
	case HC_EXPR_OP_NOT:
		hc_buf_puts(out, "not ");
		print(node->kids[0], 3, out);
		break;
	case HC_EXPR_OP_BETWEEN:
		print(node->kids[0]->kids[0], 5, out);
		hc_buf_puts(out, " between ");
		print(node->kids[0]->kids[1], 5, out);
		hc_buf_puts(out, " and ");
		print(node->kids[1]->kids[1], 5, out);
		break;
	case HC_EXPR_OP_IN:
		print(node->kids[0], 5, out);
		hc_buf_puts(out, " in (");
		print_list(node, 1, ", ", 5, out);
		hc_buf_putc(out, ')');
		break;
	case HC_EXPR_OP_ABSENT:
	case HC_EXPR_OP_PRESENT:
		print(node->kids[0], 5, out);
		hc_buf_puts(out, node->op == HC_EXPR_OP_ABSENT ?
		    " is absent" : " is present");
		break;
	default:
		print(node->kids[0], 5, out);
		hc_buf_puts(out, " has ");
		print_text(node->text, out);
		break;
	}
}

/* The sign or word between two operands; NULL if it is no such operation. */
static const char *
sign_of(enum hc_expr_op op)
{
	static const struct {
		enum hc_expr_op op;
		const char *sign;
	} signs[] = {
		{ HC_EXPR_OP_EQ, " = " }, { HC_EXPR_OP_NE, " != " },
		{ HC_EXPR_OP_LT, " < " }, { HC_EXPR_OP_LE, " <= " },
		{ HC_EXPR_OP_GT, " > " }, { HC_EXPR_OP_GE, " >= " },
		{ HC_EXPR_OP_CONTAINS, " contains " },
		{ HC_EXPR_OP_BEGINS, " begins " },
		{ HC_EXPR_OP_ADD, " + " }, { HC_EXPR_OP_SUB, " - " },
		{ HC_EXPR_OP_LATER, " + " }, { HC_EXPR_OP_EARLIER, " - " },
		{ HC_EXPR_OP_DIFF, " - " }, { HC_EXPR_OP_MUL, " * " },
		{ HC_EXPR_OP_DIV, " / " },
	};
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i].op == op)
			return signs[i].sign;
	return NULL;
}

void
hc_expr_node_print(const struct hc_expr_node *node, struct hc_buf *out)
{
	const char *sign;

	node = hc_expr_skip_implicit(node);
	if ((sign = sign_of(node->op)) != NULL) {
		/* Neither side of a comparison may be one. */
		if (hc_expr_is_condition(node)) {
			print(node->kids[0], 5, out);
			hc_buf_puts(out, sign);
			print(node->kids[1], 5, out);
		} else
			print_two(node, sign, strength(node), out);
	} else if (node->op <= HC_EXPR_OP_NAME)
		print_leaf(node, out);
	else if (hc_expr_is_condition(node))
		print_condition(node, out);
	else if (node->op == HC_EXPR_OP_NEG) {
		hc_buf_putc(out, '-');
		print(node->kids[0], 8, out);
	} else if (node->op == HC_EXPR_OP_SPAN)
		print_span(node, out);
	else
		print_call(node, out);
}
