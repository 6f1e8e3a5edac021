/*
 * The expression language hc-expr(5): filters, conditions of work lists,
 * required-if, shown-if, checks between fields, computed fields.
 *
 * An expression is parsed once against a scope, which knows the names, and
 * then runs in two ways with the same answer: in memory over canonical texts
 * (the form machine has no database), or as bound SQL of the subset that
 * SQLite and PostgreSQL share.  No clock is read: "today" and "now" are what
 * the caller gives.
 *
 *	rc = hc_expr_parse_condition(&expr, "onset_date + 10 days <= today",
 *	    &scope, &at, err);
 *	if (hc_expr_true(expr, &values, &clock))
 *		...
 *	rc = hc_expr_sql(expr, &sql, &params, &clock, err);
 *	rc = hc_expr_bind(stmt, &params);		(store/expr_bind.h)
 *
 * Conditions are two-valued: a comparison with an absent operand is false
 * and its "not" true.  Arithmetic with absent is absent.
 */
#ifndef HC_BASE_EXPR_H
#define HC_BASE_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "base/type.h"

#define HC_EXPR_LONGEST 4000	/* bytes of an expression */
#define HC_EXPR_DEEPEST 64	/* levels of nesting */

struct hc_expr;

/*
 * What a name stands for.  The scope fills it; the expression keeps copies
 * of the two texts, so that they need to be good only until the next call.
 */
struct hc_expr_name {
	const char *name;	/* in full, as "person.birth_date" */
	enum hc_type type;
	int decimals;		/* of HC_TYPE_DECIMAL, 0 to 6 */
	const char *sql;	/* the column, as "e.\"onset_date\""; NULL
				   where there is no database */
	int slot;		/* the scope's number for it */
	const void *field;	/* anything else of the scope's own */
};

/* Is told one word after the other by hc_expr_scope's each_*(). */
typedef void hc_expr_word(void *to, const char *word);

/*
 * Where names come from.  Only resolve is needed, the others may be NULL.
 */
struct hc_expr_scope {
	void *arg;

	/* Fill ${out} for the ${name} typed ([a-z0-9_] and dots; capital
	   letters are made small before).  HC_OK; HC_NOTFOUND, and the parser
	   says so; else a failure with words in ${err}, as HC_INVALID for a
	   name that may mean two fields. */
	enum hc_status (*resolve)(void *arg, const char *name,
	    struct hc_expr_name *out, struct hc_error *err);

	/* All names, for "did you mean"; the words must stay good until
	   hc_expr_parse() is done. */
	void (*each_name)(void *arg, hc_expr_word *word, void *to);

	/* Is ${code} in the list of choices of ${field} (a name that this
	   scope resolved)?  Without it every code is taken. */
	bool (*choice_known)(void *arg, const struct hc_expr_name *field,
	    const char *code);
	void (*each_choice)(void *arg, const struct hc_expr_name *field,
	    hc_expr_word *word, void *to);
};

/*
 * hc_expr_parse(expr, text, scope, at, err):
 * Read the ${text}, check names, choice codes and types.
 *
 * On HC_OK the caller frees ${*expr} with hc_expr_free(); nothing of the
 * scope is needed any more but the "field" pointers.  On failure ${*expr} is
 * NULL, ${err} has the words, and ${*at} (${at} may be NULL) the offset of
 * the byte of ${text} where it is.
 *
 * Returns HC_OK; HC_INVALID if the text is no expression, is longer than
 * HC_EXPR_LONGEST or nested too deeply; HC_NOMEM; or what resolve() returned.
 */
enum hc_status hc_expr_parse(struct hc_expr **expr, const char *text,
    const struct hc_expr_scope *scope, size_t *at, struct hc_error *err);

/*
 * hc_expr_parse_condition(expr, text, scope, at, err):
 * The same where only a condition will do: an expression of another type
 * than HC_TYPE_YESNO is HC_INVALID.
 */
enum hc_status hc_expr_parse_condition(struct hc_expr **expr,
    const char *text, const struct hc_expr_scope *scope, size_t *at,
    struct hc_error *err);

/* hc_expr_free(expr): NULL is fine. */
void hc_expr_free(struct hc_expr *expr);

/*
 * hc_expr_type(expr) / hc_expr_decimals(expr):
 * What comes out: HC_TYPE_YESNO of a condition; HC_TYPE_INTEGER or
 * HC_TYPE_DECIMAL with so many decimals; a date, an instant, text ...
 */
enum hc_type hc_expr_type(const struct hc_expr *expr);
int hc_expr_decimals(const struct hc_expr *expr);

/*
 * hc_expr_print(expr, out):
 * Append the canonical form, which parses to the same expression.  Out of
 * memory shows in hc_buf_failed().
 */
void hc_expr_print(const struct hc_expr *expr, struct hc_buf *out);

/*
 * hc_expr_name_count(expr) / hc_expr_name(expr, i):
 * The different names used, in the order of the text; ${expr}'s own.
 */
size_t hc_expr_name_count(const struct hc_expr *expr);
const struct hc_expr_name *hc_expr_name(const struct hc_expr *expr, size_t i);

/* ---- In memory ---- */

/* "today", "now" and the office's zone, which says on which day an instant
   is.  Texts that are no date or instant count as absent. */
struct hc_expr_clock {
	const char *today;	/* 2020-12-25 */
	const char *now;	/* 2020-12-25T00:30:00Z */
	int zone;		/* minutes east of UTC; 540 in Japan */
};

/* Where values come from. */
struct hc_expr_values {
	void *arg;

	/* The canonical text (base/type.h) of ${name}, or NULL if absent;
	   good until hc_expr_eval() or hc_expr_true() returns.  A text that
	   is not of the name's type counts as absent. */
	const char *(*value)(void *arg, const struct hc_expr_name *name);
};

/*
 * hc_expr_true(expr, values, clock):
 * Does the condition hold?  Of a yes/no field alone: is it there and yes?
 * False for an expression of another type.
 */
bool hc_expr_true(const struct hc_expr *expr,
    const struct hc_expr_values *values, const struct hc_expr_clock *clock);

/*
 * hc_expr_eval(expr, values, clock, out):
 * Append the canonical text of the result to ${out}; conditions give 1 or 0.
 * HC_OK; HC_NOTFOUND if it is absent (nothing appended); HC_NOMEM.
 */
enum hc_status hc_expr_eval(const struct hc_expr *expr,
    const struct hc_expr_values *values, const struct hc_expr_clock *clock,
    struct hc_buf *out);

/* ---- As SQL ---- */

struct hc_expr_param {
	char name[24];		/* without the colon, as "p1" */
	char *text;		/* NULL: it is ${number} */
	int64_t number;
};

/* What has to be bound.  Begin with { .prefix = "p" }; one list may serve
   several expressions of one statement, the numbers go on. */
struct hc_expr_params {
	const char *prefix;	/* at most 12 letters */
	struct hc_expr_param *items;
	size_t len;
	size_t room;
};

/* hc_expr_params_free(params): empty it; the prefix stays. */
void hc_expr_params_free(struct hc_expr_params *params);

/*
 * hc_expr_sql(expr, sql, params, clock, err):
 * Append ${expr}, in parentheses where needed, as a condition for WHERE, ON,
 * HAVING, CASE WHEN or FILTER, with parameters ":p1" and so on, which are
 * added to ${params}.  It is true or false and never NULL.  Columns must
 * hold canonical values: dates and instants as text, yes/no as 1 and 0,
 * decimals as scaled integers; a name's "sql" is pasted as it is, and often
 * more than once.
 *
 * Returns HC_OK; HC_INVALID if ${expr} is no condition, a name has no column,
 * or the clock's texts are no date and instant; HC_NOMEM.  After a failure
 * ${sql} and ${params} are as before.
 */
enum hc_status hc_expr_sql(const struct hc_expr *expr, struct hc_buf *sql,
    struct hc_expr_params *params, const struct hc_expr_clock *clock,
    struct hc_error *err);

/*
 * hc_expr_sql_value(expr, sql, params, clock, err):
 * The same as a value for SELECT or ORDER BY: NULL when absent; conditions
 * are 1 and 0, decimals integers scaled by hc_expr_decimals(), dates and
 * instants canonical text.
 */
enum hc_status hc_expr_sql_value(const struct hc_expr *expr,
    struct hc_buf *sql, struct hc_expr_params *params,
    const struct hc_expr_clock *clock, struct hc_error *err);

#endif
