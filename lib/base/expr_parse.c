/*
 * The grammar of expressions, by recursive descent; each level of the
 * grammar is a function.  hc-expr(5) has it in full.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

#include "base/expr_tree.h"

static struct hc_expr_node *parse_or(struct hc_expr_parser *p);
static struct hc_expr_node *parse_sum(struct hc_expr_parser *p);

static bool
is_sign(const struct hc_expr_parser *p, int sign)
{
	return p->token.kind == HC_EXPR_SIGN && p->token.sign == sign;
}

static bool
is_word(const struct hc_expr_parser *p, const char *word)
{
	return p->token.kind == HC_EXPR_WORD &&
	    strcmp(p->token.word, word) == 0;
}

static bool
take_sign(struct hc_expr_parser *p, int sign)
{
	return is_sign(p, sign) && hc_expr_token_next(p);
}

static bool
take_word(struct hc_expr_parser *p, const char *word)
{
	return is_word(p, word) && hc_expr_token_next(p);
}

static bool
want_sign(struct hc_expr_parser *p, int sign)
{
	if (take_sign(p, sign))
		return true;
	hc_expr_fail(p, p->token.at, _("'%c' is missing here"), sign);
	return false;
}

/* Not above HC_EXPR_DEEPEST, so that the C stack is never in danger. */
static bool
enter(struct hc_expr_parser *p)
{
	if (p->rc != HC_OK)
		return false;
	if (++p->depth <= HC_EXPR_DEEPEST)
		return true;
	hc_expr_fail(p, p->token.at, _("nested more than %d levels deep"),
	    HC_EXPR_DEEPEST);
	return false;
}

static struct hc_expr_node *
leave(struct hc_expr_parser *p, struct hc_expr_node *node)
{
	p->depth--;
	return node;
}

/* A literal of the present token, which is passed over. */
static struct hc_expr_node *
parse_literal(struct hc_expr_parser *p, enum hc_expr_op op,
    enum hc_expr_class class)
{
	struct hc_expr_node *node;

	node = hc_expr_make(p, op, class, p->token.at, NULL);
	if (node == NULL)
		return NULL;
	node->n = p->token.n;
	node->bound = (uint64_t)p->token.n;
	node->decimals = p->token.decimals;
	node->text = p->token.text;
	return hc_expr_token_next(p) ? node : NULL;
}

static enum hc_expr_class
class_of(enum hc_type type)
{
	switch (type) {
	case HC_TYPE_INTEGER:
	case HC_TYPE_DECIMAL:
		return HC_EXPR_NUMBER;
	case HC_TYPE_DATE:
		return HC_EXPR_DATE;
	case HC_TYPE_INSTANT:
		return HC_EXPR_INSTANT;
	case HC_TYPE_YESNO:
		return HC_EXPR_YESNO;
	case HC_TYPE_CHOICE:
		return HC_EXPR_CHOICE;
	case HC_TYPE_MULTI:
		return HC_EXPR_MULTI;
	case HC_TYPE_REF:
		return HC_EXPR_REF;
	case HC_TYPE_TEXT:
	case HC_TYPE_PHONE:
	case HC_TYPE_EMAIL:
		break;
	}
	return HC_EXPR_TEXT;
}

static struct hc_expr_node *
parse_code(struct hc_expr_parser *p)
{
	struct hc_expr_node *node;

	node = parse_literal(p, HC_EXPR_OP_TEXT, HC_EXPR_CHOICE);
	if (node != NULL)
		node->choices = p->choices;
	return node;
}

static struct hc_expr_node *
parse_name(struct hc_expr_parser *p)
{
	const struct hc_expr_name *name;
	struct hc_expr_node *node;

	if ((name = hc_expr_name_find(p, p->token.word)) == NULL) {
		if (p->choices != NULL && p->rc == HC_OK &&
		    hc_expr_code_known(p, p->choices, p->token.text))
			return parse_code(p);
		if (p->choices != NULL)
			return hc_expr_code_fail(p, p->token.at, p->choices,
			    p->token.text);
		return hc_expr_name_fail(p, p->token.at, p->token.word);
	}
	node = hc_expr_make(p, HC_EXPR_OP_NAME, class_of(name->type),
	    p->token.at, NULL);
	if (node == NULL)
		return NULL;
	node->name = name;
	node->bound = INT64_MAX;
	node->decimals = name->decimals;
	if (node->class == HC_EXPR_CHOICE || node->class == HC_EXPR_MULTI)
		node->choices = name;
	return hc_expr_token_next(p) ? node : NULL;
}

/* NAME "(" arguments ")"; codes may be bare in coalesce(kind, case). */
static struct hc_expr_node *
parse_call(struct hc_expr_parser *p, enum hc_expr_op op, size_t at)
{
	const struct hc_expr_name *choices = p->choices;
	struct hc_expr_node *call, *kid;

	call = hc_expr_make(p, op, HC_EXPR_NUMBER, at, NULL);
	if (call == NULL || !enter(p))
		return NULL;
	p->choices = NULL;
	do {
		if ((kid = parse_or(p)) == NULL ||
		    !hc_expr_make_add(p, call, kid))
			return NULL;
		if (op == HC_EXPR_OP_COALESCE && p->choices == NULL)
			p->choices = kid->choices;
	} while (take_sign(p, ','));
	p->choices = choices;
	if (!want_sign(p, ')'))
		return NULL;
	return leave(p, hc_expr_function_finish(p, call));
}

/* Can a bare word stand for a code?  Codes of the list come first. */
static bool
is_code(const struct hc_expr_parser *p)
{
	return p->choices != NULL && p->scope->choice_known != NULL &&
	    hc_expr_code_known(p, p->choices, p->token.text);
}

static bool
is_reserved(const struct hc_expr_parser *p)
{
	static const char *const words[] = { "and", "or", "not", "in", "is",
	    "between", "absent", "present", "contains", "begins", "has" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_word(p, words[i]))
			return true;
	return false;
}

static struct hc_expr_node *
parse_word(struct hc_expr_parser *p)
{
	struct hc_expr_token word = p->token;
	size_t behind = p->next;
	enum hc_expr_op op;

	if (is_reserved(p))
		return hc_expr_fail(p, p->token.at, _("a value is missing "
		    "before '%s'"), p->token.word);
	if (!hc_expr_token_next(p))
		return NULL;
	if (is_sign(p, '(')) {
		p->token.at = word.at;
		if (!hc_expr_function(p, word.word, &op) ||
		    !hc_expr_token_next(p))
			return NULL;
		return parse_call(p, op, word.at);
	}
	/* It was no call: go back to the word. */
	p->token = word;
	p->next = behind;
	if (is_code(p))
		return parse_code(p);
	if (is_word(p, "today"))
		return parse_literal(p, HC_EXPR_OP_TODAY, HC_EXPR_DATE);
	if (is_word(p, "now"))
		return parse_literal(p, HC_EXPR_OP_NOW, HC_EXPR_INSTANT);
	if (is_word(p, "yes") || is_word(p, "no")) {
		p->token.n = is_word(p, "yes");
		return parse_literal(p, HC_EXPR_OP_YESNO, HC_EXPR_YESNO);
	}
	return parse_name(p);
}

static struct hc_expr_node *
parse_primary(struct hc_expr_parser *p)
{
	const struct hc_expr_name *choices = p->choices;
	struct hc_expr_node *node;

	switch (p->token.kind) {
	case HC_EXPR_NUMERAL:
		return parse_literal(p, HC_EXPR_OP_NUMBER, HC_EXPR_NUMBER);
	case HC_EXPR_QUOTED:
		return parse_literal(p, HC_EXPR_OP_TEXT, HC_EXPR_TEXT);
	case HC_EXPR_DAY:
		return parse_literal(p, HC_EXPR_OP_DATE, HC_EXPR_DATE);
	case HC_EXPR_MOMENT:
		return parse_literal(p, HC_EXPR_OP_INSTANT,
		    HC_EXPR_INSTANT);
	case HC_EXPR_WORD:
		return parse_word(p);
	case HC_EXPR_END:
		return hc_expr_fail(p, p->token.at, p->token.at == 0 ?
		    _("the expression is empty") :
		    _("the expression ends too early"));
	case HC_EXPR_SIGN:
		break;
	}
	if (!is_sign(p, '('))
		return hc_expr_fail(p, p->token.at,
		    _("a value is missing here"));
	if (!enter(p) || !hc_expr_token_next(p))
		return NULL;
	p->choices = NULL;
	node = parse_or(p);
	p->choices = choices;
	if (node == NULL || !want_sign(p, ')'))
		return NULL;
	return leave(p, node);
}

static struct hc_expr_node *
parse_unary(struct hc_expr_parser *p)
{
	size_t at = p->token.at;
	struct hc_expr_node *node;

	if (!is_sign(p, '-'))
		return parse_primary(p);
	if (!enter(p) || !hc_expr_token_next(p))
		return NULL;
	node = parse_unary(p);
	return leave(p, hc_expr_type_negate(p, at, node));
}

const char *
hc_expr_unit_word(enum hc_expr_unit unit)
{
	static const char *const words[] = { "", "minutes", "hours", "days",
	    "weeks", "months", "years" };

	return words[unit];
}

/* A unit behind a number, "day" as well as "days". */
static enum hc_expr_unit
find_unit(const struct hc_expr_parser *p)
{
	enum hc_expr_unit unit;
	const char *word;
	size_t len;

	if (p->token.kind != HC_EXPR_WORD)
		return HC_EXPR_NO_UNIT;
	for (unit = HC_EXPR_MINUTES; unit <= HC_EXPR_YEARS; unit++) {
		word = hc_expr_unit_word(unit);
		len = strlen(word) - 1;
		if (strncmp(p->token.word, word, len) == 0 &&
		    (p->token.word[len] == '\0' ||
		    strcmp(p->token.word + len, "s") == 0))
			return unit;
	}
	return HC_EXPR_NO_UNIT;
}

static struct hc_expr_node *
parse_product(struct hc_expr_parser *p)
{
	struct hc_expr_node *node, *right;
	enum hc_expr_unit unit;
	enum hc_expr_op op;

	node = parse_unary(p);
	while (node != NULL && (is_sign(p, '*') || is_sign(p, '/'))) {
		op = is_sign(p, '*') ? HC_EXPR_OP_MUL : HC_EXPR_OP_DIV;
		right = hc_expr_token_next(p) ? parse_unary(p) : NULL;
		node = hc_expr_type_product(p, op, node, right);
	}
	if (node == NULL || (unit = find_unit(p)) == HC_EXPR_NO_UNIT)
		return node;
	node = hc_expr_type_span(p, node, unit);
	return node != NULL && hc_expr_token_next(p) ? node : NULL;
}

static struct hc_expr_node *
parse_sum(struct hc_expr_parser *p)
{
	struct hc_expr_node *node, *right;
	enum hc_expr_op op;

	node = parse_product(p);
	while (node != NULL && (is_sign(p, '+') || is_sign(p, '-'))) {
		op = is_sign(p, '+') ? HC_EXPR_OP_ADD : HC_EXPR_OP_SUB;
		right = hc_expr_token_next(p) ? parse_product(p) : NULL;
		node = hc_expr_type_sum(p, op, node, right);
	}
	return node;
}

/* The right side of something whose left may be a choice. */
static struct hc_expr_node *
parse_right(struct hc_expr_parser *p, const struct hc_expr_node *left)
{
	const struct hc_expr_name *choices = p->choices;
	struct hc_expr_node *node;

	p->choices = left->choices;
	node = parse_sum(p);
	p->choices = choices;
	return node;
}

static struct hc_expr_node *
parse_in(struct hc_expr_parser *p, struct hc_expr_node *left)
{
	struct hc_expr_node *list;

	list = hc_expr_make(p, HC_EXPR_OP_IN, HC_EXPR_YESNO, left->at, left);
	if (list == NULL || !want_sign(p, '('))
		return NULL;
	do
		list = hc_expr_type_in(p, list, parse_right(p, left));
	while (list != NULL && take_sign(p, ','));
	return list != NULL && want_sign(p, ')') ? list : NULL;
}

static struct hc_expr_node *
parse_between(struct hc_expr_parser *p, struct hc_expr_node *left)
{
	struct hc_expr_node *low, *high;

	if ((low = parse_right(p, left)) == NULL)
		return NULL;
	if (!take_word(p, "and"))
		return hc_expr_fail(p, p->token.at, _("'and' is missing here, "
		    "as in 'age between 60 and 69'"));
	high = parse_right(p, left);
	return hc_expr_type_between(p, left, low, high);
}

static struct hc_expr_node *
parse_is(struct hc_expr_parser *p, struct hc_expr_node *left)
{
	bool negated = take_word(p, "not"), absent;

	absent = is_word(p, "absent");
	if (!absent && !is_word(p, "present"))
		return hc_expr_fail(p, p->token.at, _("after 'is' stands "
		    "'absent' or 'present'"));
	if (!hc_expr_token_next(p))
		return NULL;
	return hc_expr_type_absent(p, absent != negated ?
	    HC_EXPR_OP_ABSENT : HC_EXPR_OP_PRESENT, left);
}

/* "= sum" and so on; ${*op} is left alone if there is none. */
static bool
take_comparison(struct hc_expr_parser *p, enum hc_expr_op *op)
{
	static const struct {
		int sign;
		enum hc_expr_op op;
	} signs[] = {
		{ '=', HC_EXPR_OP_EQ }, { HC_EXPR_SIGN_NE, HC_EXPR_OP_NE },
		{ '<', HC_EXPR_OP_LT }, { HC_EXPR_SIGN_LE, HC_EXPR_OP_LE },
		{ '>', HC_EXPR_OP_GT }, { HC_EXPR_SIGN_GE, HC_EXPR_OP_GE },
	};
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (take_sign(p, signs[i].sign)) {
			*op = signs[i].op;
			return true;
		}
	return false;
}

/* What may have a "not" before it: in, between, contains, begins, has. */
static struct hc_expr_node *
parse_verb(struct hc_expr_parser *p, struct hc_expr_node *left)
{
	if (take_word(p, "in"))
		return parse_in(p, left);
	if (take_word(p, "between"))
		return parse_between(p, left);
	if (take_word(p, "contains"))
		return hc_expr_type_match(p, HC_EXPR_OP_CONTAINS, left,
		    parse_right(p, left));
	if (take_word(p, "begins"))
		return hc_expr_type_match(p, HC_EXPR_OP_BEGINS, left,
		    parse_right(p, left));
	if (take_word(p, "has"))
		return hc_expr_type_has(p, left, parse_right(p, left));
	return left;
}

static struct hc_expr_node *
parse_comparison(struct hc_expr_parser *p)
{
	struct hc_expr_node *left, *node;
	size_t at = p->token.at;
	enum hc_expr_op op;

	if ((left = parse_sum(p)) == NULL)
		return NULL;
	if (take_comparison(p, &op))
		node = hc_expr_type_compare(p, op, left,
		    parse_right(p, left));
	else if (take_word(p, "is"))
		node = parse_is(p, left);
	else if (take_word(p, "not")) {
		node = parse_verb(p, left);
		if (node == left)
			return hc_expr_fail(p, p->token.at, _("after 'not' "
			    "stands 'in', 'between', 'contains', 'begins' or "
			    "'has'"));
		if (node != NULL)
			node = hc_expr_make(p, HC_EXPR_OP_NOT, HC_EXPR_YESNO,
			    at, node);
	} else
		node = parse_verb(p, left);
	if (node != NULL && node != left && take_comparison(p, &op))
		return hc_expr_fail(p, p->token.at, _("two comparisons stand "
		    "in a row; write 'and' between them"));
	return p->rc == HC_OK ? node : NULL;
}

static struct hc_expr_node *
parse_not(struct hc_expr_parser *p)
{
	size_t at = p->token.at;
	struct hc_expr_node *node;

	if (!is_word(p, "not"))
		return parse_comparison(p);
	if (!enter(p) || !hc_expr_token_next(p))
		return NULL;
	node = hc_expr_type_logic(p, parse_not(p));
	if (node != NULL)
		node = hc_expr_make(p, HC_EXPR_OP_NOT, HC_EXPR_YESNO, at,
		    node);
	return leave(p, node);
}

/* "a and b and c", or the same with "or", as one node. */
static struct hc_expr_node *
parse_chain(struct hc_expr_parser *p, const char *word, enum hc_expr_op op,
    struct hc_expr_node *(*parse)(struct hc_expr_parser *))
{
	struct hc_expr_node *chain = NULL, *kid;

	kid = parse(p);
	while (kid != NULL && take_word(p, word)) {
		if ((kid = hc_expr_type_logic(p, kid)) == NULL)
			return NULL;
		if (chain == NULL)
			chain = hc_expr_make(p, op, HC_EXPR_YESNO, kid->at,
			    kid);
		else if (!hc_expr_make_add(p, chain, kid))
			return NULL;
		kid = chain == NULL ? NULL : parse(p);
	}
	if (kid == NULL || p->rc != HC_OK)
		return NULL;
	if (chain == NULL)
		return kid;
	kid = hc_expr_type_logic(p, kid);
	return kid != NULL && hc_expr_make_add(p, chain, kid) ? chain : NULL;
}

static struct hc_expr_node *
parse_and(struct hc_expr_parser *p)
{
	return parse_chain(p, "and", HC_EXPR_OP_AND, parse_not);
}

static struct hc_expr_node *
parse_or(struct hc_expr_parser *p)
{
	return parse_chain(p, "or", HC_EXPR_OP_OR, parse_and);
}

static void
check_whole(struct hc_expr_parser *p)
{
	const struct hc_expr_node *root = p->expr->root;
	enum hc_status rc;

	if (p->token.kind != HC_EXPR_END)
		hc_expr_fail(p, p->token.at, _("'and', 'or' or the end "
		    "is expected here"));
	else if (root->class == HC_EXPR_SPAN)
		hc_expr_fail(p, root->at, _("a span of time is to be added "
		    "to a date or compared"));
	else if ((rc = hc_expr_sql_fits(root)) == HC_INVALID)
		hc_expr_fail(p, root->at, _("nested too deeply for the "
		    "database"));
	else if (rc != HC_OK)
		hc_expr_fail_nomem(p);
}

static void
parse_all(struct hc_expr_parser *p)
{
	size_t len = strlen(p->input), bad = 0;

	if (len > HC_EXPR_LONGEST)
		hc_expr_fail(p, HC_EXPR_LONGEST, _("the expression is longer "
		    "than %d bytes"), HC_EXPR_LONGEST);
	else if (!hc_utf8_valid(p->input, len, &bad))
		hc_expr_fail(p, bad, _("the expression is not UTF-8"));
	else if (hc_expr_token_next(p) &&
	    (p->expr->root = parse_or(p)) != NULL)
		check_whole(p);
	if (p->rc == HC_OK && p->expr->root == NULL)
		p->rc = hc_error_set(p->err, HC_ERROR, _("'%.200s' cannot be "
		    "read, which is a fault of hc: please report it"),
		    p->input);
}

enum hc_status
hc_expr_parse(struct hc_expr **expr, const char *text,
    const struct hc_expr_scope *scope, size_t *at, struct hc_error *err)
{
	struct hc_error unasked;
	struct hc_expr_parser p = { .scope = scope, .input = text };

	p.err = err != NULL ? err : &unasked;
	*expr = NULL;
	if (at != NULL)
		*at = 0;
	if ((p.expr = calloc(1, sizeof(*p.expr))) == NULL)
		return hc_error_nomem(p.err);
	parse_all(&p);
	if (p.rc != HC_OK) {
		if (at != NULL)
			*at = p.at;
		hc_expr_free(p.expr);
		return p.rc;
	}
	*expr = p.expr;
	return HC_OK;
}

enum hc_status
hc_expr_parse_condition(struct hc_expr **expr, const char *text,
    const struct hc_expr_scope *scope, size_t *at, struct hc_error *err)
{
	enum hc_status rc;

	if ((rc = hc_expr_parse(expr, text, scope, at, err)) != HC_OK)
		return rc;
	if (hc_expr_type(*expr) == HC_TYPE_YESNO)
		return HC_OK;
	rc = hc_error_set(err, HC_INVALID, _("%s is no condition; compare it, "
	    "as in 'temperature >= 37.5'"),
	    hc_expr_class_words((*expr)->root));
	if (at != NULL)
		*at = (*expr)->root->at;
	hc_expr_free(*expr);
	*expr = NULL;
	return rc;
}
