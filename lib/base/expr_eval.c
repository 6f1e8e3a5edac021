/* Expressions in memory, over canonical texts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/expr_tree.h"

static const struct hc_expr_datum absent = { .absent = true };

static struct hc_expr_datum
number(int64_t n)
{
	return (struct hc_expr_datum){ .n = n };
}

static struct hc_expr_datum
text(const char *s)
{
	return (struct hc_expr_datum){ .text = s };
}

struct hc_expr_datum
hc_expr_today(const struct hc_expr_clock *clock)
{
	int64_t day;

	return clock->today != NULL && hc_expr_day_parse(clock->today,
	    strlen(clock->today), &day) ? number(day) : absent;
}

struct hc_expr_datum
hc_expr_now(const struct hc_expr_clock *clock)
{
	int64_t instant;

	return clock->now != NULL && hc_expr_instant_parse(clock->now,
	    strlen(clock->now), &instant) ? number(instant) : absent;
}

/* "37.5" with one decimal to 375; false if it is no such number. */
static bool
parse_number(const char *s, int decimals, int64_t *n)
{
	bool negative = *s == '-';
	int after = -1;
	int64_t v = 0;

	if (negative)
		s++;
	if (*s == '\0' || *s == '.')
		return false;
	for (; *s != '\0'; s++) {
		if (*s == '.' && after < 0 && s[1] != '\0') {
			after = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || (after >= 0 && after++ >= decimals))
			return false;
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, *s - '0', &v))
			return false;
	}
	/* Counted down, since there is one more number below zero. */
	for (after = after < 0 ? 0 : after; after < decimals; after++)
		if (__builtin_mul_overflow(v, 10, &v))
			return false;
	if (!negative && v == INT64_MIN)
		return false;
	*n = negative ? v : -v;
	return true;
}

/* The value of a name. */
static struct hc_expr_datum
eval_name(const struct hc_expr_node *node, const struct hc_expr_state *state)
{
	struct hc_expr_datum v = { .absent = false };
	const char *s;
	bool good = true;

	if (node == state->fixed)
		return number(state->fixed_n);
	if (state->values == NULL || (s = state->values->value(
	    state->values->arg, node->name)) == NULL || *s == '\0')
		return absent;
	switch (node->class) {
	case HC_EXPR_NUMBER:
	case HC_EXPR_REF:
		good = parse_number(s, node->decimals, &v.n);
		break;
	case HC_EXPR_DATE:
		good = hc_expr_day_parse(s, strlen(s), &v.n);
		break;
	case HC_EXPR_INSTANT:
		good = hc_expr_instant_parse(s, strlen(s), &v.n);
		break;
	case HC_EXPR_YESNO:
		good = (*s == '0' || *s == '1') && s[1] == '\0';
		v.n = *s == '1';
		break;
	default:
		v.text = s;
		break;
	}
	return good ? v : absent;
}

static struct hc_expr_datum
eval_leaf(const struct hc_expr_node *node, const struct hc_expr_state *state)
{
	switch (node->op) {
	case HC_EXPR_OP_TEXT:
		return text(node->text);
	case HC_EXPR_OP_TODAY:
		return hc_expr_today(state->clock);
	case HC_EXPR_OP_NOW:
		return hc_expr_now(state->clock);
	case HC_EXPR_OP_NAME:
		return eval_name(node, state);
	default:
		return number(node->n);
	}
}

int
hc_expr_compare(const struct hc_expr_node *a, struct hc_expr_datum x,
    const struct hc_expr_node *b, struct hc_expr_datum y)
{
	__int128 m = x.n, n = y.n;

	if (x.text != NULL && y.text != NULL)
		return strcmp(x.text, y.text);
	/* Constants keep their decimals: 37.55 is more than 37.5. */
	if (a->decimals < b->decimals)
		m *= hc_expr_power10(b->decimals - a->decimals);
	else
		n *= hc_expr_power10(a->decimals - b->decimals);
	return m < n ? -1 : m > n;
}

static bool
holds(enum hc_expr_op op, int order)
{
	switch (op) {
	case HC_EXPR_OP_EQ:
		return order == 0;
	case HC_EXPR_OP_NE:
		return order != 0;
	case HC_EXPR_OP_LT:
		return order < 0;
	case HC_EXPR_OP_LE:
		return order <= 0;
	case HC_EXPR_OP_GT:
		return order > 0;
	default:
		return order >= 0;
	}
}

static bool
true_compare(const struct hc_expr_node *node,
    const struct hc_expr_state *state)
{
	struct hc_expr_datum a, b;

	a = hc_expr_node_eval(node->kids[0], state);
	if (a.absent)
		return false;
	b = hc_expr_node_eval(node->kids[1], state);
	return !b.absent && holds(node->op,
	    hc_expr_compare(node->kids[0], a, node->kids[1], b));
}

static bool
true_in(const struct hc_expr_node *node, const struct hc_expr_state *state)
{
	struct hc_expr_datum a, b;
	size_t i;

	a = hc_expr_node_eval(node->kids[0], state);
	for (i = 1; i < node->len && !a.absent; i++) {
		b = hc_expr_node_eval(node->kids[i], state);
		if (!b.absent && hc_expr_compare(node->kids[0], a,
		    node->kids[i], b) == 0)
			return true;
	}
	return false;
}

/* The one place where it is decided when text is in text: by bytes. */
static bool
text_contains(const char *s, const char *part)
{
	return strstr(s, part) != NULL;
}

static bool
text_begins(const char *s, const char *part)
{
	return strncmp(s, part, strlen(part)) == 0;
}

static bool
true_match(const struct hc_expr_node *node, const struct hc_expr_state *state)
{
	struct hc_expr_datum a, b;

	a = hc_expr_node_eval(node->kids[0], state);
	b = hc_expr_node_eval(node->kids[1], state);
	if (a.absent || b.absent)
		return false;
	return node->op == HC_EXPR_OP_CONTAINS ?
	    text_contains(a.text, b.text) : text_begins(a.text, b.text);
}

/* Is the code one of 'a;b;c'? */
static bool
true_has(const struct hc_expr_node *node, const struct hc_expr_state *state)
{
	struct hc_expr_datum a;
	size_t len = strlen(node->text);
	const char *s;

	a = hc_expr_node_eval(node->kids[0], state);
	for (s = a.absent ? NULL : a.text; s != NULL; s = strchr(s, ';')) {
		if (*s == ';')
			s++;
		if (strncmp(s, node->text, len) == 0 &&
		    (s[len] == ';' || s[len] == '\0'))
			return true;
	}
	return false;
}

bool
hc_expr_node_true(const struct hc_expr_node *node,
    const struct hc_expr_state *state)
{
	struct hc_expr_datum v;
	size_t i;

	switch (node->op) {
	case HC_EXPR_OP_OR:
		for (i = 0; i < node->len; i++)
			if (hc_expr_node_true(node->kids[i], state))
				return true;
		return false;
	case HC_EXPR_OP_AND:
	case HC_EXPR_OP_BETWEEN:
		for (i = 0; i < node->len; i++)
			if (!hc_expr_node_true(node->kids[i], state))
				return false;
		return true;
	case HC_EXPR_OP_NOT:
		return !hc_expr_node_true(node->kids[0], state);
	case HC_EXPR_OP_IN:
		return true_in(node, state);
	case HC_EXPR_OP_ABSENT:
		return hc_expr_node_eval(node->kids[0], state).absent;
	case HC_EXPR_OP_PRESENT:
		return !hc_expr_node_eval(node->kids[0], state).absent;
	case HC_EXPR_OP_CONTAINS:
	case HC_EXPR_OP_BEGINS:
		return true_match(node, state);
	case HC_EXPR_OP_HAS:
		return true_has(node, state);
	default:
		if (hc_expr_is_condition(node))
			return true_compare(node, state);
		v = hc_expr_node_eval(node, state);
		return !v.absent && v.n != 0;
	}
}

/* Seconds, days or months; the unit says which. */
static int64_t
span_size(const struct hc_expr_node *span, int64_t n, bool seconds)
{
	static const int64_t factors[] = {
		[HC_EXPR_NO_UNIT] = 1, [HC_EXPR_MINUTES] = 60,
		[HC_EXPR_HOURS] = 3600, [HC_EXPR_DAYS] = 86400,
		[HC_EXPR_WEEKS] = 604800, [HC_EXPR_MONTHS] = 1,
		[HC_EXPR_YEARS] = 12,
	};

	if (!seconds && span->unit <= HC_EXPR_WEEKS)
		return n * (factors[span->unit] / 86400);
	return n * factors[span->unit];
}

static struct hc_expr_datum
eval_move(const struct hc_expr_node *node, struct hc_expr_datum a,
    struct hc_expr_datum b)
{
	const struct hc_expr_node *span = node->kids[1];
	int64_t n;

	n = span_size(span, b.n, node->class == HC_EXPR_INSTANT);
	if (node->op == HC_EXPR_OP_EARLIER)
		n = -n;
	return number(span->unit >= HC_EXPR_MONTHS ?
	    hc_expr_day_add_months(a.n, n) : a.n + n);
}

/* Two numbers, dates or instants, both present. */
static struct hc_expr_datum
eval_two(const struct hc_expr_node *node, struct hc_expr_datum a,
    struct hc_expr_datum b)
{
	switch (node->op) {
	case HC_EXPR_OP_ADD:
		return number(a.n + b.n);
	case HC_EXPR_OP_SUB:
		return number(a.n - b.n);
	case HC_EXPR_OP_MUL:
		return number(a.n * b.n);
	case HC_EXPR_OP_DIV:
		return b.n == 0 ? absent :
		    number(a.n * hc_expr_power10((int)node->n) / b.n);
	case HC_EXPR_OP_DIFF:
		return number(node->unit == HC_EXPR_DAYS ? a.n - b.n :
		    (a.n - b.n) * 25 / 9);
	case HC_EXPR_OP_DAYS:
		return number(b.n - a.n);
	case HC_EXPR_OP_AGE:
		return number(hc_expr_day_age(a.n, b.n));
	default:
		return eval_move(node, a, b);
	}
}

/* Halves away from zero. */
static int64_t
round_to(int64_t n, int64_t power)
{
	return (n < 0 ? n - power / 2 : n + power / 2) / power;
}

/* Characters, as SQL counts them. */
static int64_t
length_of(const char *s)
{
	int64_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* One value that is present. */
static struct hc_expr_datum
eval_one(const struct hc_expr_node *node, struct hc_expr_datum a,
    const struct hc_expr_state *state)
{
	const struct hc_expr_node *kid = node->kids[0];

	switch (node->op) {
	case HC_EXPR_OP_NEG:
		return number(-a.n);
	case HC_EXPR_OP_ABS:
		return number(a.n < 0 ? -a.n : a.n);
	case HC_EXPR_OP_ROUND:
		return number(round_to(a.n,
		    hc_expr_power10(kid->decimals - node->decimals)));
	case HC_EXPR_OP_LENGTH:
		return number(length_of(a.text));
	case HC_EXPR_OP_DAY:
		return number(hc_expr_day_of(a.n, state->clock->zone));
	case HC_EXPR_OP_SCALE:
		return number(a.n * hc_expr_power10((int)node->n));
	case HC_EXPR_OP_LIMIT:
		return a.n > node->n || a.n < -node->n ? absent : a;
	case HC_EXPR_OP_SPANNED:
		return number(node->unit == HC_EXPR_DAYS ?
		    span_size(kid, a.n, false) :
		    span_size(kid, a.n, true) * 25 / 9);
	default:
		return a;	/* SPAN: how many */
	}
}

static struct hc_expr_datum
eval_choose(const struct hc_expr_node *node,
    const struct hc_expr_state *state)
{
	struct hc_expr_datum best = absent, v;
	int order;
	size_t i;

	for (i = 0; i < node->len; i++) {
		v = hc_expr_node_eval(node->kids[i], state);
		if (v.absent)
			continue;
		if (node->op == HC_EXPR_OP_COALESCE)
			return v;
		order = best.absent ? 0 : hc_expr_compare(node, v, node, best);
		if (best.absent ||
		    (node->op == HC_EXPR_OP_MIN ? order < 0 : order > 0))
			best = v;
	}
	return best;
}

struct hc_expr_datum
hc_expr_node_eval(const struct hc_expr_node *node,
    const struct hc_expr_state *state)
{
	struct hc_expr_datum a, b;
	int64_t n = 0;
	size_t i;

	if (node->op <= HC_EXPR_OP_NAME)
		return eval_leaf(node, state);
	if (hc_expr_is_condition(node))
		return number(hc_expr_node_true(node, state));
	switch (node->op) {
	case HC_EXPR_OP_COALESCE:
	case HC_EXPR_OP_MIN:
	case HC_EXPR_OP_MAX:
		return eval_choose(node, state);
	case HC_EXPR_OP_COUNT:
		for (i = 0; i < node->len; i++)
			n += hc_expr_node_true(node->kids[i], state);
		return number(n);
	default:
		break;
	}
	a = hc_expr_node_eval(node->kids[0], state);
	if (a.absent || node->len == 1)
		return a.absent ? absent : eval_one(node, a, state);
	b = hc_expr_node_eval(node->kids[1], state);
	return b.absent ? absent : eval_two(node, a, b);
}

bool
hc_expr_true(const struct hc_expr *expr, const struct hc_expr_values *values,
    const struct hc_expr_clock *clock)
{
	struct hc_expr_state state = { .values = values, .clock = clock };

	return expr->root->class == HC_EXPR_YESNO &&
	    hc_expr_node_true(expr->root, &state);
}

static void
put_number(struct hc_buf *out, int64_t n, int decimals)
{
	uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;
	uint64_t power = (uint64_t)hc_expr_power10(decimals);

	hc_buf_printf(out, "%s%" PRIu64, n < 0 ? "-" : "", size / power);
	if (decimals > 0)
		hc_buf_printf(out, ".%0*" PRIu64, decimals, size % power);
}

enum hc_status
hc_expr_eval(const struct hc_expr *expr, const struct hc_expr_values *values,
    const struct hc_expr_clock *clock, struct hc_buf *out)
{
	const struct hc_expr_node *root = expr->root;
	struct hc_expr_state state = { .values = values, .clock = clock };
	struct hc_expr_datum v;
	char s[32];

	v = hc_expr_node_eval(root, &state);
	if (v.absent)
		return HC_NOTFOUND;
	if (v.text != NULL)
		hc_buf_puts(out, v.text);
	else if (root->class == HC_EXPR_DATE) {
		if (!hc_expr_day_format(v.n, s))
			return HC_NOTFOUND;
		hc_buf_puts(out, s);
	} else if (root->class == HC_EXPR_INSTANT) {
		if (!hc_expr_instant_format(v.n, s))
			return HC_NOTFOUND;
		hc_buf_puts(out, s);
	} else
		put_number(out, v.n, root->decimals);
	return hc_buf_failed(out) ? HC_NOMEM : HC_OK;
}
