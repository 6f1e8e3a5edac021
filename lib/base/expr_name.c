/* Names and choice codes of an expression, and what is near a wrong one. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"

#include "base/expr_tree.h"

const char *
hc_expr_copy(struct hc_expr *expr, const char *text)
{
	char *copy;

	if (text == NULL)
		return NULL;
	if ((copy = hc_expr_keep(expr, strlen(text) + 1)) != NULL)
		memcpy(copy, text, strlen(text) + 1);
	return copy;
}

/* Put ${found} behind the names of the expression. */
static const struct hc_expr_name *
keep_name(struct hc_expr_parser *p, const struct hc_expr_name *found)
{
	struct hc_expr *expr = p->expr;
	struct hc_expr_name *name;
	const struct hc_expr_name **more;
	size_t room;

	if (expr->name_len == p->name_room) {
		room = p->name_room == 0 ? 8 : p->name_room * 2;
		more = hc_expr_keep(expr, room * sizeof(*more));
		if (more == NULL)
			return hc_expr_fail_nomem(p);
		if (expr->name_len > 0)
			memcpy(more, expr->names,
			    expr->name_len * sizeof(*more));
		expr->names = more;
		p->name_room = room;
	}
	if ((name = hc_expr_keep(expr, sizeof(*name))) == NULL)
		return hc_expr_fail_nomem(p);
	*name = *found;
	name->name = hc_expr_copy(expr, found->name);
	name->sql = hc_expr_copy(expr, found->sql);
	if (name->name == NULL || (found->sql != NULL && name->sql == NULL))
		return hc_expr_fail_nomem(p);
	expr->names[expr->name_len++] = name;
	return name;
}

const struct hc_expr_name *
hc_expr_name_find(struct hc_expr_parser *p, const char *word)
{
	struct hc_expr_name found = { .name = word };
	enum hc_status rc;
	size_t i;

	if (p->rc != HC_OK)
		return NULL;
	rc = p->scope->resolve(p->scope->arg, word, &found, p->err);
	if (rc == HC_NOTFOUND)
		return NULL;
	if (rc == HC_OK && (found.name == NULL || found.decimals < 0 ||
	    found.decimals > 6))
		rc = hc_error_set(p->err, HC_ERROR,
		    _("the catalogue gives '%s' no name, or not 0 to 6 "
		    "decimals: mend it with hc-define"), word);
	if (rc != HC_OK) {
		p->rc = rc;
		p->at = p->token.at;
		return NULL;
	}
	if (found.type != HC_TYPE_DECIMAL)
		found.decimals = 0;
	for (i = 0; i < p->expr->name_len; i++)
		if (strcmp(p->expr->names[i]->name, found.name) == 0)
			return p->expr->names[i];
	return keep_name(p, &found);
}

struct search {
	const char *typed;
	const char *best;	/* the nearest so far */
	const char *tail;	/* the nearest "birth_date" of ... */
	const char *of_tail;	/* ... "person.birth_date" */
};

static void
try_word(void *to, const char *word)
{
	struct search *search = to;
	const char *dot = strrchr(word, '.'), *before = search->tail;

	search->best = hc_near_better(search->typed, word, search->best);
	if (dot == NULL)
		return;
	search->tail = hc_near_better(search->typed, dot + 1, search->tail);
	if (search->tail != before)
		search->of_tail = word;
}

/* NULL if nothing is near. */
static const char *
search_best(const struct search *search)
{
	if (search->best != NULL && (search->tail == NULL ||
	    hc_near_distance(search->typed, search->best) <=
	    hc_near_distance(search->typed, search->tail)))
		return search->best;
	return search->of_tail;
}

struct hc_expr_node *
hc_expr_name_fail(struct hc_expr_parser *p, size_t at, const char *word)
{
	struct search search = { .typed = word };
	const char *best;

	if (p->scope->each_name != NULL)
		p->scope->each_name(p->scope->arg, try_word, &search);
	if ((best = search_best(&search)) != NULL)
		return hc_expr_fail(p, at,
		    _("unknown name '%s', did you mean '%s'?"), word, best);
	return hc_expr_fail(p, at,
	    _("unknown name '%s'; text stands in quotes"), word);
}

bool
hc_expr_code_known(const struct hc_expr_parser *p,
    const struct hc_expr_name *field, const char *code)
{
	return field == NULL || p->scope->choice_known == NULL ||
	    p->scope->choice_known(p->scope->arg, field, code);
}

struct hc_expr_node *
hc_expr_code_fail(struct hc_expr_parser *p, size_t at,
    const struct hc_expr_name *field, const char *code)
{
	struct search search = { .typed = code };

	if (p->scope->each_choice != NULL)
		p->scope->each_choice(p->scope->arg, field, try_word, &search);
	if (search.best != NULL)
		return hc_expr_fail(p, at,
		    _("'%s' is no choice of '%s', did you mean '%s'?"), code,
		    field->name, search.best);
	return hc_expr_fail(p, at, _("'%s' is no choice of '%s'"), code,
	    field->name);
}
