/*
 * Which operands go together, in words for those who write rules.
 *
 * All functions take nodes or NULL, which is a failure before, and return
 * NULL with the words in the parser if the types do not fit.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#include "base/expr_tree.h"

#define MOST_DECIMALS 9		/* of a product */
#define QUOTIENT_DECIMALS 4

struct words {
	char text[160];
};

const char *
hc_expr_class_words(const struct hc_expr_node *node)
{
	switch (node->class) {
	case HC_EXPR_NUMBER:
		return _("a number");
	case HC_EXPR_TEXT:
		return _("text");
	case HC_EXPR_CHOICE:
		return _("a choice");
	case HC_EXPR_MULTI:
		return _("a list of choices");
	case HC_EXPR_DATE:
		return _("a date");
	case HC_EXPR_INSTANT:
		return _("a time");
	case HC_EXPR_YESNO:
		return hc_expr_is_condition(node) ? _("a condition") :
		    _("yes or no");
	case HC_EXPR_REF:
		return _("a reference");
	case HC_EXPR_SPAN:
		break;
	}
	return _("a span of time");
}

/* "a date ('onset_date')" */
static const char *
describe(const struct hc_expr_node *node, struct words *words)
{
	node = hc_expr_skip_implicit(node);
	if (node->op == HC_EXPR_OP_NAME)
		snprintf(words->text, sizeof(words->text), "%s ('%s')",
		    hc_expr_class_words(node), node->name->name);
	else
		snprintf(words->text, sizeof(words->text), "%s",
		    hc_expr_class_words(node));
	return words->text;
}

static bool
is_text(const struct hc_expr_node *node)
{
	return node->op == HC_EXPR_OP_TEXT && node->class == HC_EXPR_TEXT;
}

static bool
is_day_or_time(const struct hc_expr_node *node)
{
	return node->class == HC_EXPR_DATE || node->class == HC_EXPR_INSTANT;
}

/* A quoted text where a day or time is wanted. */
static bool
quoted_date(struct hc_expr_parser *p, struct hc_expr_node *node)
{
	int64_t n;

	if (hc_expr_day_parse(node->text, strlen(node->text), &n)) {
		node->op = HC_EXPR_OP_DATE;
		node->class = HC_EXPR_DATE;
	} else if (hc_expr_instant_read(node->text, &n) ==
	    strlen(node->text)) {
		node->op = HC_EXPR_OP_INSTANT;
		node->class = HC_EXPR_INSTANT;
	} else {
		hc_expr_fail(p, node->at, _("'%s' is no date: write it as "
		    "2020-12-25"), node->text);
		return false;
	}
	node->n = n;
	return true;
}

/* A quoted text beside a choice is a code of its list. */
static bool
quoted_code(struct hc_expr_parser *p, struct hc_expr_node *node,
    const struct hc_expr_name *choices)
{
	if (!hc_expr_code_known(p, choices, node->text)) {
		hc_expr_code_fail(p, node->at, choices, node->text);
		return false;
	}
	node->class = HC_EXPR_CHOICE;
	node->choices = choices;
	return true;
}

/* A quoted text beside a date, a time or a span. */
static bool
read_date(struct hc_expr_parser *p, const struct hc_expr_node *a,
    struct hc_expr_node *b)
{
	return !is_text(b) ||
	    (!is_day_or_time(a) && a->class != HC_EXPR_SPAN) ||
	    quoted_date(p, b);
}

/* Where ${b} is a literal: read it as ${a} needs it. */
static bool
read_as(struct hc_expr_parser *p, const struct hc_expr_node *a,
    struct hc_expr_node *b)
{
	if (!read_date(p, a, b))
		return false;
	if (is_text(b) && a->class == HC_EXPR_CHOICE)
		return quoted_code(p, b, a->choices);
	if (b->op == HC_EXPR_OP_NUMBER && b->decimals == 0 &&
	    a->class == HC_EXPR_YESNO && (b->n == 0 || b->n == 1)) {
		b->op = HC_EXPR_OP_YESNO;
		b->class = HC_EXPR_YESNO;
	}
	if (b->op == HC_EXPR_OP_NUMBER && b->decimals == 0 &&
	    a->class == HC_EXPR_REF)
		b->class = HC_EXPR_REF;
	return true;
}

/* 10 days beside a difference of days, 6 hours beside one of hours. */
static bool
read_span(struct hc_expr_parser *p, const struct hc_expr_node *a,
    struct hc_expr_node **b)
{
	enum hc_expr_unit unit;

	if (a->class != HC_EXPR_NUMBER || (*b)->class != HC_EXPR_SPAN)
		return true;
	unit = (*b)->unit;
	if (a->unit == HC_EXPR_NO_UNIT) {
		hc_expr_fail(p, (*b)->at, _("a number cannot be compared "
		    "with a span of time"));
		return false;
	}
	if (unit == HC_EXPR_MONTHS || unit == HC_EXPR_YEARS) {
		hc_expr_fail(p, (*b)->at, _("%s differ in length: compare "
		    "with days, or add them to the date"),
		    hc_expr_unit_word(unit));
		return false;
	}
	if (a->unit == HC_EXPR_DAYS && unit < HC_EXPR_DAYS) {
		hc_expr_fail(p, (*b)->at, _("the difference of two dates is "
		    "in days, not %s"), hc_expr_unit_word(unit));
		return false;
	}
	*b = hc_expr_make_spanned(p, *b, a->unit);
	return *b != NULL;
}

bool
hc_expr_meet(struct hc_expr_parser *p, struct hc_expr_node **a,
    struct hc_expr_node **b)
{
	if (*a == NULL || *b == NULL || p->rc != HC_OK)
		return false;
	if (!read_as(p, *a, *b) || !read_as(p, *b, *a) ||
	    !read_span(p, *a, b) || !read_span(p, *b, a))
		return false;
	if ((*a)->class == HC_EXPR_INSTANT && (*b)->class == HC_EXPR_DATE)
		*a = hc_expr_make_day(p, *a);
	else if ((*a)->class == HC_EXPR_DATE &&
	    (*b)->class == HC_EXPR_INSTANT)
		*b = hc_expr_make_day(p, *b);
	return *a != NULL && *b != NULL;
}

static bool
is_textlike(const struct hc_expr_node *node)
{
	return node->class == HC_EXPR_TEXT || node->class == HC_EXPR_CHOICE;
}

/* Is there an order: < and the like? */
static bool
check_order(struct hc_expr_parser *p, const struct hc_expr_node *a)
{
	if (a->class == HC_EXPR_NUMBER || a->class == HC_EXPR_TEXT ||
	    is_day_or_time(a))
		return true;
	hc_expr_fail(p, a->at, _("%s has no order: use '=', '!=' or 'in'"),
	    hc_expr_class_words(a));
	return false;
}

/* Both to the same decimals, unless one is a constant, which is compared
   exactly whatever its decimals. */
static bool
align(struct hc_expr_parser *p, struct hc_expr_node **a,
    struct hc_expr_node **b)
{
	int decimals = (*a)->decimals;

	if ((*a)->class != HC_EXPR_NUMBER || (*a)->constant ||
	    (*b)->constant)
		return true;
	if ((*b)->decimals > decimals)
		decimals = (*b)->decimals;
	*a = hc_expr_make_scale(p, *a, decimals);
	*b = hc_expr_make_scale(p, *b, decimals);
	return *a != NULL && *b != NULL;
}

static bool
check_pair(struct hc_expr_parser *p, struct hc_expr_node **a,
    struct hc_expr_node **b)
{
	struct words x, y;

	if (!hc_expr_meet(p, a, b))
		return false;
	if ((*a)->class == HC_EXPR_MULTI || (*b)->class == HC_EXPR_MULTI) {
		hc_expr_fail(p, (*b)->at, _("a list of choices is asked with "
		    "'has', as in \"symptoms has 'fever'\""));
		return false;
	}
	if ((*a)->class == HC_EXPR_SPAN && (*b)->class == HC_EXPR_SPAN) {
		hc_expr_fail(p, (*b)->at, _("a span of time is compared with "
		    "the difference of two dates"));
		return false;
	}
	if ((*a)->class != (*b)->class &&
	    !(is_textlike(*a) && is_textlike(*b))) {
		hc_expr_fail(p, (*b)->at, _("cannot compare %s with %s"),
		    describe(*a, &x), describe(*b, &y));
		return false;
	}
	return align(p, a, b);
}

struct hc_expr_node *
hc_expr_type_compare(struct hc_expr_parser *p, enum hc_expr_op op,
    struct hc_expr_node *a, struct hc_expr_node *b)
{
	if (a == NULL || b == NULL || !check_pair(p, &a, &b))
		return NULL;
	if (op != HC_EXPR_OP_EQ && op != HC_EXPR_OP_NE &&
	    (!check_order(p, a) || !check_order(p, b)))
		return NULL;
	return hc_expr_make_two(p, op, HC_EXPR_YESNO, a, b);
}

struct hc_expr_node *
hc_expr_type_between(struct hc_expr_parser *p, struct hc_expr_node *a,
    struct hc_expr_node *low, struct hc_expr_node *high)
{
	struct hc_expr_node *from, *to;

	from = hc_expr_type_compare(p, HC_EXPR_OP_GE, a, low);
	to = hc_expr_type_compare(p, HC_EXPR_OP_LE, a, high);
	return hc_expr_make_two(p, HC_EXPR_OP_BETWEEN, HC_EXPR_YESNO, from,
	    to);
}

/* ${list} has the left side and some values already; add ${kid}. */
struct hc_expr_node *
hc_expr_type_in(struct hc_expr_parser *p, struct hc_expr_node *list,
    struct hc_expr_node *kid)
{
	struct hc_expr_node *left;

	if (list == NULL || kid == NULL)
		return NULL;
	if (!kid->constant)
		return hc_expr_fail(p, kid->at, _("the list after 'in' holds "
		    "values, no fields"));
	/* A day in the list makes days of all times on the left. */
	left = list->kids[0];
	if (!check_pair(p, &left, &kid))
		return NULL;
	if (left != list->kids[0] && list->len > 1)
		return hc_expr_fail(p, kid->at, _("the list after 'in' mixes "
		    "days and times"));
	list->kids[0] = left;
	return hc_expr_make_add(p, list, kid) ? list : NULL;
}

struct hc_expr_node *
hc_expr_type_match(struct hc_expr_parser *p, enum hc_expr_op op,
    struct hc_expr_node *a, struct hc_expr_node *b)
{
	struct words x;

	if (a == NULL || b == NULL)
		return NULL;
	if (a->class == HC_EXPR_MULTI)
		return hc_expr_fail(p, a->at, _("a list of choices is asked "
		    "with 'has', as in \"symptoms has 'fever'\""));
	if (a->class != HC_EXPR_TEXT)
		return hc_expr_fail(p, a->at, _("'contains' and 'begins' "
		    "look into text, not %s"), describe(a, &x));
	if (b->class != HC_EXPR_TEXT)
		return hc_expr_fail(p, b->at, _("'contains' and 'begins' "
		    "look for text, not %s; text stands in quotes"),
		    describe(b, &x));
	return hc_expr_make_two(p, op, HC_EXPR_YESNO, a, b);
}

struct hc_expr_node *
hc_expr_type_has(struct hc_expr_parser *p, struct hc_expr_node *a,
    struct hc_expr_node *b)
{
	struct hc_expr_node *node;
	struct words x;

	if (a == NULL || b == NULL)
		return NULL;
	if (a->class != HC_EXPR_MULTI)
		return hc_expr_fail(p, a->at, _("'has' asks a list of "
		    "choices, not %s"), describe(a, &x));
	if (b->op != HC_EXPR_OP_TEXT)
		return hc_expr_fail(p, b->at, _("after 'has' stands a choice, "
		    "as in \"symptoms has 'fever'\""));
	if (strchr(b->text, ';') != NULL)
		return hc_expr_fail(p, b->at, _("'%s' is no code of a choice"),
		    b->text);
	if (is_text(b) && !quoted_code(p, b, a->choices))
		return NULL;
	node = hc_expr_make(p, HC_EXPR_OP_HAS, HC_EXPR_YESNO, a->at, a);
	if (node != NULL)
		node->text = b->text;
	return node;
}

struct hc_expr_node *
hc_expr_type_absent(struct hc_expr_parser *p, enum hc_expr_op op,
    struct hc_expr_node *a)
{
	if (a == NULL)
		return NULL;
	if (hc_expr_is_condition(a))
		return hc_expr_fail(p, a->at,
		    _("a condition is never absent"));
	if (a->class == HC_EXPR_SPAN)
		return hc_expr_fail(p, a->at, _("a span of time is to be "
		    "added to a date or compared"));
	return hc_expr_make(p, op, HC_EXPR_YESNO, a->at, a);
}

/* What stands beside "and", "or", "not". */
struct hc_expr_node *
hc_expr_type_logic(struct hc_expr_parser *p, struct hc_expr_node *a)
{
	struct words x;

	if (a == NULL || a->class == HC_EXPR_YESNO)
		return a;
	return hc_expr_fail(p, a->at, _("%s is no condition; compare it, as "
	    "in 'temperature >= 37.5'"), describe(a, &x));
}

struct hc_expr_node *
hc_expr_type_span(struct hc_expr_parser *p, struct hc_expr_node *a,
    enum hc_expr_unit unit)
{
	static const int64_t most[] = {
		[HC_EXPR_MINUTES] = 10000000000, [HC_EXPR_HOURS] = 200000000,
		[HC_EXPR_DAYS] = 10000000, [HC_EXPR_WEEKS] = 1000000,
		[HC_EXPR_MONTHS] = 120000, [HC_EXPR_YEARS] = 10000,
	};
	struct hc_expr_node *node;

	if (a == NULL)
		return NULL;
	if (a->class != HC_EXPR_NUMBER || a->decimals != 0)
		return hc_expr_fail(p, a->at, _("before '%s' stands a whole "
		    "number"), hc_expr_unit_word(unit));
	if (a->op == HC_EXPR_OP_NUMBER && a->bound > (uint64_t)most[unit])
		return hc_expr_fail(p, a->at, _("more than %lld %s"),
		    (long long)most[unit], hc_expr_unit_word(unit));
	a = hc_expr_make_limit(p, a, most[unit]);
	node = a == NULL ? NULL :
	    hc_expr_make(p, HC_EXPR_OP_SPAN, HC_EXPR_SPAN, a->at, a);
	if (node != NULL)
		node->unit = unit;
	return node;
}

/* A date and a span. */
static struct hc_expr_node *
move(struct hc_expr_parser *p, enum hc_expr_op op, struct hc_expr_node *a,
    struct hc_expr_node *span)
{
	enum hc_expr_unit unit = span->unit;

	if (a->class == HC_EXPR_DATE && unit < HC_EXPR_DAYS)
		return hc_expr_fail(p, span->at, _("%s can be added to a "
		    "time, not to a date"), hc_expr_unit_word(unit));
	if (a->class == HC_EXPR_INSTANT && unit > HC_EXPR_WEEKS)
		return hc_expr_fail(p, span->at, _("%s can be added to a "
		    "date, not to a time"), hc_expr_unit_word(unit));
	return hc_expr_make_two(p, op == HC_EXPR_OP_ADD ? HC_EXPR_OP_LATER :
	    HC_EXPR_OP_EARLIER, a->class, a, span);
}

static struct hc_expr_node *
difference(struct hc_expr_parser *p, struct hc_expr_node *a,
    struct hc_expr_node *b)
{
	struct hc_expr_node *node;
	bool hours = a->class == HC_EXPR_INSTANT;

	node = hc_expr_make_two(p, HC_EXPR_OP_DIFF, HC_EXPR_NUMBER, a, b);
	if (node == NULL)
		return NULL;
	node->unit = hours ? HC_EXPR_HOURS : HC_EXPR_DAYS;
	node->decimals = hours ? 4 : 0;
	node->bound = UINT64_C(100000000000000000);
	return node;
}

static struct hc_expr_node *
add_numbers(struct hc_expr_parser *p, enum hc_expr_op op,
    struct hc_expr_node *a, struct hc_expr_node *b)
{
	struct hc_expr_node *node;
	int decimals;

	decimals = a->decimals > b->decimals ? a->decimals : b->decimals;
	a = hc_expr_make_operand(p, hc_expr_make_scale(p, a, decimals));
	b = hc_expr_make_operand(p, hc_expr_make_scale(p, b, decimals));
	node = hc_expr_make_two(p, op, HC_EXPR_NUMBER, a, b);
	if (node == NULL)
		return NULL;
	node->decimals = decimals;
	node->bound = a->bound + b->bound;
	if (a->unit == HC_EXPR_NO_UNIT || b->unit == HC_EXPR_NO_UNIT)
		node->unit = a->unit + b->unit;
	return node;
}

struct hc_expr_node *
hc_expr_type_sum(struct hc_expr_parser *p, enum hc_expr_op op,
    struct hc_expr_node *a, struct hc_expr_node *b)
{
	bool minus = op == HC_EXPR_OP_SUB;
	struct words x, y;

	if (a == NULL || b == NULL || !read_date(p, a, b) ||
	    !read_date(p, b, a))
		return NULL;
	if (a->class == HC_EXPR_NUMBER && b->class == HC_EXPR_NUMBER)
		return add_numbers(p, op, a, b);
	if (is_day_or_time(a) && b->class == HC_EXPR_SPAN)
		return move(p, op, a, b);
	if (!minus && a->class == HC_EXPR_SPAN && is_day_or_time(b))
		return move(p, op, b, a);
	if (minus && is_day_or_time(a) && is_day_or_time(b))
		return hc_expr_meet(p, &a, &b) ? difference(p, a, b) : NULL;
	if ((is_day_or_time(a) && b->class == HC_EXPR_NUMBER) ||
	    (is_day_or_time(b) && a->class == HC_EXPR_NUMBER))
		return hc_expr_fail(p, b->at, _("say days, weeks, months or "
		    "years, as in 'onset_date + 10 days'"));
	return hc_expr_fail(p, b->at, minus ?
	    _("cannot take %2$s from %1$s") : _("cannot add %2$s to %1$s"),
	    describe(a, &x), describe(b, &y));
}

static bool
check_number(struct hc_expr_parser *p, const struct hc_expr_node *a)
{
	struct words x;

	if (a->class == HC_EXPR_NUMBER)
		return true;
	hc_expr_fail(p, a->at, _("cannot reckon with %s, only with a number"),
	    describe(a, &x));
	return false;
}

static struct hc_expr_node *
quotient(struct hc_expr_parser *p, struct hc_expr_node *a,
    struct hc_expr_node *b)
{
	struct hc_expr_node *node;
	int more = QUOTIENT_DECIMALS + b->decimals - a->decimals;

	if (more < 0)
		b = hc_expr_make_scale(p, b, b->decimals - more);
	/* The dividend is moved without a change of what it is worth. */
	a = hc_expr_make_operand(p, a);
	if (more > 0)
		a = hc_expr_make_limit(p, a, INT64_C(999999999999999999) /
		    hc_expr_power10(more));
	b = hc_expr_make_operand(p, b);
	node = hc_expr_make_two(p, HC_EXPR_OP_DIV, HC_EXPR_NUMBER, a, b);
	if (node == NULL)
		return NULL;
	node->n = more > 0 ? more : 0;
	node->decimals = QUOTIENT_DECIMALS;
	node->bound = a->bound * (uint64_t)hc_expr_power10((int)node->n);
	return node;
}

struct hc_expr_node *
hc_expr_type_product(struct hc_expr_parser *p, enum hc_expr_op op,
    struct hc_expr_node *a, struct hc_expr_node *b)
{
	struct hc_expr_node *node;

	if (a == NULL || b == NULL || !check_number(p, a) ||
	    !check_number(p, b))
		return NULL;
	if (op == HC_EXPR_OP_DIV)
		return quotient(p, a, b);
	if (a->decimals + b->decimals > MOST_DECIMALS)
		return hc_expr_fail(p, b->at, _("the product has more than %d "
		    "decimals; use round()"), MOST_DECIMALS);
	if (!hc_expr_make_factors(p, &a, &b))
		return NULL;
	node = hc_expr_make_two(p, op, HC_EXPR_NUMBER, a, b);
	if (node == NULL)
		return NULL;
	node->decimals = a->decimals + b->decimals;
	node->bound = a->bound * b->bound;
	return node;
}

struct hc_expr_node *
hc_expr_type_negate(struct hc_expr_parser *p, size_t at,
    struct hc_expr_node *a)
{
	struct hc_expr_node *node;

	if (a == NULL || !check_number(p, a))
		return NULL;
	if (a->op == HC_EXPR_OP_NUMBER && a->n != 0) {
		a->n = -a->n;
		a->at = at;
		return a;
	}
	a = hc_expr_make_operand(p, a);
	node = a == NULL ? NULL :
	    hc_expr_make(p, HC_EXPR_OP_NEG, HC_EXPR_NUMBER, at, a);
	if (node == NULL)
		return NULL;
	node->decimals = a->decimals;
	node->bound = a->bound;
	node->unit = a->unit;
	return node;
}
