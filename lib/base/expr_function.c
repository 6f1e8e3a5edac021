/* The functions of expressions: their names, arguments and types. */
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"

#include "base/expr_tree.h"

static const struct function {
	const char *word;
	enum hc_expr_op op;
	size_t least;
	size_t most;
	const char *form;
} functions[] = {
	{ "coalesce", HC_EXPR_OP_COALESCE, 2, 99, "coalesce(a, b, ...)" },
	{ "min", HC_EXPR_OP_MIN, 2, 99, "min(a, b, ...)" },
	{ "max", HC_EXPR_OP_MAX, 2, 99, "max(a, b, ...)" },
	{ "count", HC_EXPR_OP_COUNT, 1, 99, "count(condition, ...)" },
	{ "age", HC_EXPR_OP_AGE, 2, 2, "age(birth_date, day)" },
	{ "days", HC_EXPR_OP_DAYS, 2, 2, "days(from, to)" },
	{ "day", HC_EXPR_OP_DAY, 1, 1, "day(time)" },
	{ "length", HC_EXPR_OP_LENGTH, 1, 1, "length(text)" },
	{ "abs", HC_EXPR_OP_ABS, 1, 1, "abs(number)" },
	{ "round", HC_EXPR_OP_ROUND, 1, 2, "round(number, decimals)" },
};

#define FUNCTIONS (sizeof(functions) / sizeof(functions[0]))

bool
hc_expr_function(struct hc_expr_parser *p, const char *word,
    enum hc_expr_op *op)
{
	const char *best = NULL;
	size_t i;

	for (i = 0; i < FUNCTIONS; i++) {
		if (strcmp(functions[i].word, word) == 0) {
			*op = functions[i].op;
			return true;
		}
		best = hc_near_better(word, functions[i].word, best);
	}
	if (best != NULL)
		hc_expr_fail(p, p->token.at, _("unknown function '%s', did "
		    "you mean '%s'?"), word, best);
	else
		hc_expr_fail(p, p->token.at, _("unknown function '%s'"),
		    word);
	return false;
}

static const struct function *
find(enum hc_expr_op op)
{
	size_t i;

	for (i = 0; i < FUNCTIONS; i++)
		if (functions[i].op == op)
			return &functions[i];
	return NULL;
}

const char *
hc_expr_function_word(enum hc_expr_op op)
{
	const struct function *f = find(op);

	return f == NULL ? NULL : f->word;
}

/* "length(text) does not take a date" */
static struct hc_expr_node *
fail_kid(struct hc_expr_parser *p, const struct hc_expr_node *call,
    const struct hc_expr_node *kid)
{
	return hc_expr_fail(p, kid->at, _("%s does not take %s here"),
	    find(call->op)->form, hc_expr_class_words(kid));
}

/* Quoted dates and codes become what the first argument that is not such a
   literal is; then times become days if there are days among them. */
static bool
meet_all(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	struct hc_expr_node *lead = NULL, *other;
	bool days = false;
	size_t i;

	for (i = 0; i < call->len && lead == NULL; i++)
		if (call->kids[i]->op != HC_EXPR_OP_TEXT)
			lead = call->kids[i];
	for (i = 0; i < call->len; i++) {
		other = lead;
		if (lead != NULL && lead != call->kids[i] &&
		    !hc_expr_meet(p, &other, &call->kids[i]))
			return false;
		days = days || call->kids[i]->class == HC_EXPR_DATE;
	}
	for (i = 0; i < call->len && days; i++)
		if (call->kids[i]->class == HC_EXPR_INSTANT) {
			call->kids[i] = hc_expr_make_day(p, call->kids[i]);
			if (call->kids[i] == NULL)
				return false;
		}
	return true;
}

/* One class for all; text and choices together are text. */
static bool
agree(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	struct hc_expr_node *kid;
	size_t i;

	call->class = call->kids[0]->class;
	for (i = 1; i < call->len; i++) {
		kid = call->kids[i];
		if (kid->class == call->class)
			continue;
		if ((kid->class != HC_EXPR_TEXT &&
		    kid->class != HC_EXPR_CHOICE) ||
		    (call->class != HC_EXPR_TEXT &&
		    call->class != HC_EXPR_CHOICE)) {
			hc_expr_fail(p, kid->at, _("%s mixes %s and %s"),
			    find(call->op)->form,
			    hc_expr_class_words(call->kids[0]),
			    hc_expr_class_words(kid));
			return false;
		}
		call->class = HC_EXPR_TEXT;
	}
	return true;
}

/* Numbers to the same decimals; unit, bound and list of the whole. */
static bool
level(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	struct hc_expr_node **kids = call->kids;
	size_t i;

	call->unit = kids[0]->unit;
	for (i = 0; i < call->len; i++) {
		if (kids[i]->decimals > call->decimals)
			call->decimals = kids[i]->decimals;
		if (kids[i]->unit != call->unit)
			call->unit = HC_EXPR_NO_UNIT;
		if (call->choices == NULL)
			call->choices = kids[i]->choices;
	}
	for (i = 0; i < call->len; i++) {
		if (call->class == HC_EXPR_NUMBER)
			kids[i] = hc_expr_make_scale(p, kids[i],
			    call->decimals);
		if (kids[i] == NULL)
			return false;
		if (kids[i]->bound > call->bound)
			call->bound = kids[i]->bound;
	}
	return true;
}

static struct hc_expr_node *
finish_choose(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	struct hc_expr_node *first;

	if (!meet_all(p, call) || !agree(p, call) || !level(p, call))
		return NULL;
	first = call->kids[0];
	if (call->class == HC_EXPR_SPAN ||
	    (call->op != HC_EXPR_OP_COALESCE &&
	    call->class != HC_EXPR_NUMBER && call->class != HC_EXPR_TEXT &&
	    call->class != HC_EXPR_DATE && call->class != HC_EXPR_INSTANT))
		return fail_kid(p, call, first);
	if (call->op != HC_EXPR_OP_COALESCE && call->choices != NULL)
		return hc_expr_fail(p, first->at, _("choices have no order"));
	return call;
}

static struct hc_expr_node *
finish_count(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	size_t i;

	for (i = 0; i < call->len; i++)
		if (hc_expr_type_logic(p, call->kids[i]) == NULL)
			return NULL;
	call->bound = call->len;
	return call;
}

/* A date, or the day of a time, or a quoted date. */
static struct hc_expr_node *
take_day(struct hc_expr_parser *p, const struct hc_expr_node *call,
    struct hc_expr_node *kid)
{
	struct hc_expr_node *today;

	if (kid->class == HC_EXPR_DATE)
		return kid;
	if (kid->class == HC_EXPR_INSTANT)
		return hc_expr_make_day(p, kid);
	if (kid->op != HC_EXPR_OP_TEXT)
		return fail_kid(p, call, kid);
	today = hc_expr_make(p, HC_EXPR_OP_TODAY, HC_EXPR_DATE, kid->at,
	    NULL);
	return hc_expr_meet(p, &today, &kid) ? kid : NULL;
}

static struct hc_expr_node *
finish_days(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	size_t i;

	for (i = 0; i < call->len; i++) {
		call->kids[i] = take_day(p, call, call->kids[i]);
		if (call->kids[i] == NULL)
			return NULL;
	}
	call->bound = UINT64_C(100000000000);
	if (call->op == HC_EXPR_OP_DAYS)
		call->unit = HC_EXPR_DAYS;
	return call;
}

static struct hc_expr_node *
finish_number(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	struct hc_expr_node *kid = call->kids[0], *to;

	if (kid->class != HC_EXPR_NUMBER)
		return fail_kid(p, call, kid);
	if ((kid = hc_expr_make_operand(p, kid)) == NULL)
		return NULL;
	call->kids[0] = kid;
	call->bound = kid->bound;
	call->decimals = kid->decimals;
	if (call->op == HC_EXPR_OP_ABS) {
		call->unit = kid->unit;
		return call;
	}
	if (call->len == 2) {
		to = call->kids[1];
		if (to->op != HC_EXPR_OP_NUMBER || to->decimals != 0 ||
		    to->n < 0 || to->n > 6)
			return hc_expr_fail(p, to->at, _("round() takes a "
			    "number of decimals from 0 to 6"));
		call->n = to->n;
		call->len = 1;
	}
	if (call->n < call->decimals)
		call->decimals = (int)call->n;
	return call;
}

struct hc_expr_node *
hc_expr_function_finish(struct hc_expr_parser *p, struct hc_expr_node *call)
{
	const struct function *f;
	struct hc_expr_node *kid;

	if (call == NULL || (f = find(call->op)) == NULL)
		return NULL;
	if (call->len < f->least || call->len > f->most)
		return hc_expr_fail(p, call->at, _("wrong number of "
		    "arguments: %s"), f->form);
	kid = call->kids[0];
	switch (call->op) {
	case HC_EXPR_OP_COUNT:
		return finish_count(p, call);
	case HC_EXPR_OP_AGE:
	case HC_EXPR_OP_DAYS:
		return finish_days(p, call);
	case HC_EXPR_OP_DAY:
		call->class = HC_EXPR_DATE;
		return kid->class == HC_EXPR_INSTANT ? call :
		    fail_kid(p, call, kid);
	case HC_EXPR_OP_LENGTH:
		call->bound = 1000000000;
		return kid->class == HC_EXPR_TEXT ? call :
		    fail_kid(p, call, kid);
	case HC_EXPR_OP_ABS:
	case HC_EXPR_OP_ROUND:
		return finish_number(p, call);
	default:
		return finish_choose(p, call);
	}
}
