/*
 * The inside of the expression language, for lib/base/expr*.c only: the tree
 * that the parser makes and that is evaluated, printed and turned into SQL.
 *
 * A tree is typed: each node knows its class, how many decimals its number
 * has and how large it may get.  Whatever makes memory and SQL agree stands
 * in the tree as a node of its own ("implicit", not printed), so that both
 * do the same: bringing numbers to the same decimals (SCALE), giving up on
 * numbers that could overflow (LIMIT), taking the day of an instant (DAY).
 */
#ifndef HC_BASE_EXPR_TREE_H
#define HC_BASE_EXPR_TREE_H

#include "base/expr.h"

enum hc_expr_class {
	HC_EXPR_NUMBER,
	HC_EXPR_TEXT,
	HC_EXPR_CHOICE,
	HC_EXPR_MULTI,
	HC_EXPR_DATE,		/* a day number, 1970-01-01 = 0 */
	HC_EXPR_INSTANT,	/* seconds since then */
	HC_EXPR_YESNO,
	HC_EXPR_REF,
	HC_EXPR_SPAN		/* 10 days */
};

enum hc_expr_unit {
	HC_EXPR_NO_UNIT,
	HC_EXPR_MINUTES,
	HC_EXPR_HOURS,
	HC_EXPR_DAYS,
	HC_EXPR_WEEKS,
	HC_EXPR_MONTHS,
	HC_EXPR_YEARS
};

enum hc_expr_op {
	/* Leaves: ${n} or ${text} is the value, ${name} the name. */
	HC_EXPR_OP_NUMBER,
	HC_EXPR_OP_TEXT,
	HC_EXPR_OP_DATE,
	HC_EXPR_OP_INSTANT,
	HC_EXPR_OP_YESNO,
	HC_EXPR_OP_TODAY,
	HC_EXPR_OP_NOW,
	HC_EXPR_OP_NAME,

	/* Conditions, true or false, never absent. */
	HC_EXPR_OP_OR,		/* two or more kids */
	HC_EXPR_OP_AND,
	HC_EXPR_OP_NOT,
	HC_EXPR_OP_EQ,
	HC_EXPR_OP_NE,
	HC_EXPR_OP_LT,
	HC_EXPR_OP_LE,
	HC_EXPR_OP_GT,
	HC_EXPR_OP_GE,
	HC_EXPR_OP_BETWEEN,	/* kids: x >= low, x <= high */
	HC_EXPR_OP_IN,		/* kids: x, then constants */
	HC_EXPR_OP_ABSENT,
	HC_EXPR_OP_PRESENT,
	HC_EXPR_OP_CONTAINS,
	HC_EXPR_OP_BEGINS,
	HC_EXPR_OP_HAS,		/* kids: the multi; ${text} is the code */

	/* Values. */
	HC_EXPR_OP_NEG,
	HC_EXPR_OP_ADD,
	HC_EXPR_OP_SUB,
	HC_EXPR_OP_MUL,
	HC_EXPR_OP_DIV,		/* kid 0 times 10^${n}, by kid 1, cut off */
	HC_EXPR_OP_SPAN,	/* kid 0 units */
	HC_EXPR_OP_LATER,	/* kid 0 plus the span kid 1 */
	HC_EXPR_OP_EARLIER,	/* kid 0 minus the span kid 1 */
	HC_EXPR_OP_DIFF,	/* kid 0 - kid 1 in days, or hours (4 decimals)
				   of instants */
	HC_EXPR_OP_COALESCE,
	HC_EXPR_OP_MIN,
	HC_EXPR_OP_MAX,
	HC_EXPR_OP_AGE,		/* birth, day */
	HC_EXPR_OP_DAYS,	/* from kid 0 to kid 1 */
	HC_EXPR_OP_DAY,		/* of an instant, in the office's zone */
	HC_EXPR_OP_LENGTH,
	HC_EXPR_OP_ABS,
	HC_EXPR_OP_ROUND,	/* to ${n} decimals */
	HC_EXPR_OP_COUNT,	/* how many kids hold */

	/* Implicit only. */
	HC_EXPR_OP_SCALE,	/* kid 0 times 10^${n} */
	HC_EXPR_OP_LIMIT,	/* kid 0, absent if its size is over ${n} */
	HC_EXPR_OP_SPANNED	/* the span kid 0 as a number of ${unit} */
};

struct hc_expr_node {
	enum hc_expr_op op;
	enum hc_expr_class class;
	enum hc_expr_unit unit;	/* of a SPAN; of the number that a difference
				   of days or instants is */
	int decimals;
	int depth;
	int64_t n;
	uint64_t bound;		/* of numbers: never larger than this */
	bool constant;		/* no name in it */
	bool implicit;
	size_t at;		/* offset in the text */
	const char *text;
	const struct hc_expr_name *name;
	const struct hc_expr_name *choices;	/* whose list the codes of a
				   CHOICE or MULTI are from, if any */
	struct hc_expr_node **kids;
	size_t len;
};

/* One piece of memory of an expression. */
struct hc_expr_chunk {
	struct hc_expr_chunk *next;
	max_align_t data[];
};

struct hc_expr {
	struct hc_expr_node *root;
	const struct hc_expr_name **names;
	size_t name_len;
	struct hc_expr_chunk *chunks;
};

/* hc_expr_keep(expr, size): zeroed memory that lives as long as ${expr}; NULL
   if there is none. */
void *hc_expr_keep(struct hc_expr *expr, size_t size);

/* hc_expr_is_condition(node): true or false and never absent? */
bool hc_expr_is_condition(const struct hc_expr_node *node);

/* hc_expr_skip_implicit(node): the node that the user wrote. */
const struct hc_expr_node *hc_expr_skip_implicit(
    const struct hc_expr_node *node);

/* hc_expr_unit_word(unit): "days". */
const char *hc_expr_unit_word(enum hc_expr_unit unit);

/* hc_expr_power10(n): 10 to the ${n}, 0 <= n <= 18. */
int64_t hc_expr_power10(int n);

/* ---- Tokens (expr_lex.c) ---- */

enum hc_expr_token_kind {
	HC_EXPR_END,
	HC_EXPR_WORD,		/* text: as typed; word: small letters */
	HC_EXPR_NUMERAL,	/* n, decimals */
	HC_EXPR_QUOTED,		/* text */
	HC_EXPR_DAY,		/* n */
	HC_EXPR_MOMENT,		/* n */
	HC_EXPR_SIGN		/* sign */
};

/* Signs of one byte are themselves. */
enum {
	HC_EXPR_SIGN_LE = 256,
	HC_EXPR_SIGN_GE,
	HC_EXPR_SIGN_NE
};

#define HC_EXPR_WORD_MAX 96	/* bytes of a name, a word */

struct hc_expr_token {
	enum hc_expr_token_kind kind;
	size_t at;
	int sign;
	int decimals;
	int64_t n;
	const char *text;
	char word[HC_EXPR_WORD_MAX + 1];
};

struct hc_expr_parser {
	struct hc_expr *expr;
	const struct hc_expr_scope *scope;
	const char *input;
	size_t next;		/* offset behind ${token} */
	struct hc_expr_token token;
	int depth;
	const struct hc_expr_name *choices;	/* of which a bare word may be
						   a code, or NULL */
	size_t name_room;
	enum hc_status rc;	/* the first failure */
	size_t at;
	struct hc_error *err;
};

/* hc_expr_fail(p, at, fmt, ...): keep the first failure.  Returns NULL, so
   that functions which make nodes can return it. */
struct hc_expr_node *hc_expr_fail(struct hc_expr_parser *p, size_t at,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* hc_expr_fail_nomem(p): the same for "out of memory". */
void *hc_expr_fail_nomem(struct hc_expr_parser *p);

/* hc_expr_token_next(p): read the next token into p->token; false and p->rc
   set if there is something that is none. */
bool hc_expr_token_next(struct hc_expr_parser *p);

/* ---- Names (expr_name.c) ---- */

/* hc_expr_name_find(p, word): the name, kept in p->expr and the same for the
   same name; NULL if the scope has none (p->rc is then HC_OK) or failed. */
const struct hc_expr_name *hc_expr_name_find(struct hc_expr_parser *p,
    const char *word);

/* hc_expr_name_fail(p, at, word): say that ${word} is unknown, and which
   known name is near. */
struct hc_expr_node *hc_expr_name_fail(struct hc_expr_parser *p, size_t at,
    const char *word);

/* hc_expr_code_known(p, field, code) and its failure. */
bool hc_expr_code_known(const struct hc_expr_parser *p,
    const struct hc_expr_name *field, const char *code);
struct hc_expr_node *hc_expr_code_fail(struct hc_expr_parser *p, size_t at,
    const struct hc_expr_name *field, const char *code);

/* hc_expr_copy(expr, text): a kept copy; NULL of NULL or without memory. */
const char *hc_expr_copy(struct hc_expr *expr, const char *text);

/* ---- Making nodes (expr_make.c: any; expr_type.c: of the right types) ---- */

struct hc_expr_node *hc_expr_make(struct hc_expr_parser *p,
    enum hc_expr_op op, enum hc_expr_class class, size_t at,
    struct hc_expr_node *kid);
struct hc_expr_node *hc_expr_make_two(struct hc_expr_parser *p,
    enum hc_expr_op op, enum hc_expr_class class, struct hc_expr_node *a,
    struct hc_expr_node *b);
bool hc_expr_make_add(struct hc_expr_parser *p, struct hc_expr_node *parent,
    struct hc_expr_node *kid);

/* Numbers: bring to more decimals; give up over a size; for arithmetic. */
struct hc_expr_node *hc_expr_make_scale(struct hc_expr_parser *p,
    struct hc_expr_node *kid, int decimals);
struct hc_expr_node *hc_expr_make_limit(struct hc_expr_parser *p,
    struct hc_expr_node *kid, int64_t most);
struct hc_expr_node *hc_expr_make_operand(struct hc_expr_parser *p,
    struct hc_expr_node *kid);

/* Two factors of a product; false after a failure. */
bool hc_expr_make_factors(struct hc_expr_parser *p, struct hc_expr_node **a,
    struct hc_expr_node **b);

/* A span as a number of days, or hours with 4 decimals. */
struct hc_expr_node *hc_expr_make_spanned(struct hc_expr_parser *p,
    struct hc_expr_node *kid, enum hc_expr_unit unit);

/* The day of an instant, implicit. */
struct hc_expr_node *hc_expr_make_day(struct hc_expr_parser *p,
    struct hc_expr_node *kid);

/* All these take nodes or NULL (after a failure) and return NULL then. */
struct hc_expr_node *hc_expr_type_sum(struct hc_expr_parser *p,
    enum hc_expr_op op, struct hc_expr_node *a, struct hc_expr_node *b);
struct hc_expr_node *hc_expr_type_product(struct hc_expr_parser *p,
    enum hc_expr_op op, struct hc_expr_node *a, struct hc_expr_node *b);
struct hc_expr_node *hc_expr_type_negate(struct hc_expr_parser *p, size_t at,
    struct hc_expr_node *a);
struct hc_expr_node *hc_expr_type_span(struct hc_expr_parser *p,
    struct hc_expr_node *a, enum hc_expr_unit unit);
struct hc_expr_node *hc_expr_type_compare(struct hc_expr_parser *p,
    enum hc_expr_op op, struct hc_expr_node *a, struct hc_expr_node *b);
struct hc_expr_node *hc_expr_type_between(struct hc_expr_parser *p,
    struct hc_expr_node *a, struct hc_expr_node *low,
    struct hc_expr_node *high);
struct hc_expr_node *hc_expr_type_in(struct hc_expr_parser *p,
    struct hc_expr_node *list, struct hc_expr_node *kid);
struct hc_expr_node *hc_expr_type_match(struct hc_expr_parser *p,
    enum hc_expr_op op, struct hc_expr_node *a, struct hc_expr_node *b);
struct hc_expr_node *hc_expr_type_has(struct hc_expr_parser *p,
    struct hc_expr_node *a, struct hc_expr_node *b);
struct hc_expr_node *hc_expr_type_absent(struct hc_expr_parser *p,
    enum hc_expr_op op, struct hc_expr_node *a);
struct hc_expr_node *hc_expr_type_logic(struct hc_expr_parser *p,
    struct hc_expr_node *a);

/* "a number", "a date": for messages. */
const char *hc_expr_class_words(const struct hc_expr_node *node);

/* hc_expr_meet(p, a, b): make ${*a} and ${*b} of one class, where one can be
   read as the other: quoted dates and codes, the day of an instant, 1 as
   yes.  False if they cannot meet (p->rc set). */
bool hc_expr_meet(struct hc_expr_parser *p, struct hc_expr_node **a,
    struct hc_expr_node **b);

/*
 * hc_expr_function(p, word, op): expr_function.c
 * Is ${word} a function, and which?  Fails with the nearest if it is none.
 *
 * hc_expr_function_finish(p, call):
 * The node of a function with its arguments, now checked and typed.
 */
bool hc_expr_function(struct hc_expr_parser *p, const char *word,
    enum hc_expr_op *op);
struct hc_expr_node *hc_expr_function_finish(struct hc_expr_parser *p,
    struct hc_expr_node *call);

/* hc_expr_function_word(op): "coalesce"; NULL if it is no function. */
const char *hc_expr_function_word(enum hc_expr_op op);

/* ---- The calendar (expr_day.c); any year, also of too large spans ---- */

#define HC_EXPR_FIRST_DAY (-719162)	/* 0001-01-01 */
#define HC_EXPR_LAST_DAY 2932896	/* 9999-12-31 */

/* Months since March of year 0, and the day of the month. */
void hc_expr_day_split(int64_t day, int64_t *months, int *day_of_month);
int64_t hc_expr_day_add_months(int64_t day, int64_t months);
int64_t hc_expr_day_age(int64_t birth, int64_t day);
int64_t hc_expr_day_of(int64_t instant, int zone);

/* Canonical text to number: false if it is not.  The length is given, so
   that the beginning of a text can be read. */
bool hc_expr_day_parse(const char *text, size_t len, int64_t *day);
bool hc_expr_instant_parse(const char *text, size_t len, int64_t *instant);
/* As people write it: offsets, no seconds, a space for the T.  Returns the
   bytes read, 0 if it is none. */
size_t hc_expr_instant_read(const char *text, int64_t *instant);

/* Number to canonical text: false outside of the years 1 to 9999. */
bool hc_expr_day_format(int64_t day, char text[32]);
bool hc_expr_instant_format(int64_t instant, char text[32]);

/* ---- Evaluation (expr_eval.c) ---- */

struct hc_expr_datum {
	bool absent;
	int64_t n;
	const char *text;	/* of TEXT, CHOICE, MULTI */
};

/* What time it is, and where names get their values. */
struct hc_expr_state {
	const struct hc_expr_values *values;
	const struct hc_expr_clock *clock;
	const struct hc_expr_node *fixed;	/* this name ... */
	int64_t fixed_n;			/* ... is this */
};

/* hc_expr_today(clock) / hc_expr_now(clock): absent where it is none. */
struct hc_expr_datum hc_expr_today(const struct hc_expr_clock *clock);
struct hc_expr_datum hc_expr_now(const struct hc_expr_clock *clock);

struct hc_expr_datum hc_expr_node_eval(const struct hc_expr_node *node,
    const struct hc_expr_state *state);
bool hc_expr_node_true(const struct hc_expr_node *node,
    const struct hc_expr_state *state);

/* hc_expr_compare(a, x, b, y): below 0, 0, above 0: the value ${x} of the
   node ${a} with ${y} of ${b}, which are both present. */
int hc_expr_compare(const struct hc_expr_node *a, struct hc_expr_datum x,
    const struct hc_expr_node *b, struct hc_expr_datum y);

/* ---- Print (expr_print.c) ---- */

void hc_expr_node_print(const struct hc_expr_node *node, struct hc_buf *out);

/* ---- SQL ---- */

struct hc_expr_out {
	struct hc_buf *sql;
	struct hc_expr_params *params;	/* NULL when only trying */
	struct hc_expr_state state;
	int nest;		/* of SQLite's parser stack in use, about */
	int tables;		/* derived tables so far, for their names */
	enum hc_status rc;
	const char *missing;	/* the name without a column */
};

/*
 * hc_expr_sql_fits(node):
 * Would the SQL of ${node} be within what SQLite's parser takes (100 entries
 * of its stack, of which the statement around needs some)?  HC_OK,
 * HC_INVALID, HC_NOMEM.
 */
enum hc_status hc_expr_sql_fits(const struct hc_expr_node *node);

/* Conditions (expr_sql.c). */
void hc_expr_sql_condition(struct hc_expr_out *o,
    const struct hc_expr_node *node);

/* Comparisons (expr_sqlcompare.c). */
void hc_expr_sql_compare(struct hc_expr_out *o, enum hc_expr_op op,
    const struct hc_expr_node *a, const struct hc_expr_node *b);
void hc_expr_sql_in(struct hc_expr_out *o, const struct hc_expr_node *node);

/* "(" and " AND a IS NOT NULL AND b IS NOT NULL)" around a comparison, so
   that it is never NULL; ${b} may be NULL. */
void hc_expr_sql_guard_begin(struct hc_expr_out *o,
    const struct hc_expr_node *a, const struct hc_expr_node *b);
void hc_expr_sql_guard_end(struct hc_expr_out *o,
    const struct hc_expr_node *a, const struct hc_expr_node *b);

/* Values (expr_sqlvalue.c): numbers, day numbers and seconds; texts, dates
   and instants as text where hc_expr_sql_textual(). */
void hc_expr_sql_number(struct hc_expr_out *o,
    const struct hc_expr_node *node);
void hc_expr_sql_text(struct hc_expr_out *o, const struct hc_expr_node *node);
/* A constant text, date or instant as a bare parameter: only where the
   other side tells PostgreSQL its type. */
void hc_expr_sql_constant(struct hc_expr_out *o,
    const struct hc_expr_node *node);
bool hc_expr_sql_textual(const struct hc_expr_out *o,
    const struct hc_expr_node *node);
void hc_expr_sql_any(struct hc_expr_out *o, const struct hc_expr_node *node);

/* The calendar in SQL (expr_sqlday.c). */
void hc_expr_sql_day_name(struct hc_expr_out *o,
    const struct hc_expr_node *name);
void hc_expr_sql_instant_name(struct hc_expr_out *o,
    const struct hc_expr_node *name);
void hc_expr_sql_day_months(struct hc_expr_out *o,
    const struct hc_expr_node *node);
void hc_expr_sql_day_age(struct hc_expr_out *o,
    const struct hc_expr_node *node);
void hc_expr_sql_day_of(struct hc_expr_out *o,
    const struct hc_expr_node *node);
void hc_expr_sql_day_text(struct hc_expr_out *o,
    const struct hc_expr_node *node);
void hc_expr_sql_instant_text(struct hc_expr_out *o,
    const struct hc_expr_node *node);

/* Parts (expr_sqlpart.c). */
void hc_expr_sql_puts(struct hc_expr_out *o, const char *text);
void hc_expr_sql_printf(struct hc_expr_out *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void hc_expr_sql_column(struct hc_expr_out *o,
    const struct hc_expr_node *name);
/* A bare column, which may be written twice; not a query in parentheses. */
bool hc_expr_sql_is_column(const struct hc_expr_node *node);
void hc_expr_sql_param_text(struct hc_expr_out *o, const char *text);
void hc_expr_sql_param_number(struct hc_expr_out *o, int64_t n);
bool hc_expr_sql_enter(struct hc_expr_out *o, int weight);
void hc_expr_sql_leave(struct hc_expr_out *o, int weight);

/*
 * hc_expr_solve(node, low, high, ...): expr_solve.c
 * If ${node} is one date or instant column with only constants added to it
 * or taken from it, so that it grows (or shrinks) with the column, find that
 * column and for which of its values ${node} passes ${value} of the constant
 * ${b}.
 */
struct hc_expr_cut {
	const struct hc_expr_node *column;
	bool falling;		/* node shrinks as the column grows */
	int64_t low;		/* the least value with node >= b (falling:
				   node <= b), last + 1 if there is none */
	int64_t high;		/* the same with node > b (node < b) */
	int64_t first;		/* what the column can be */
	int64_t last;
};

bool hc_expr_solve(struct hc_expr_cut *cut, const struct hc_expr_node *node,
    const struct hc_expr_node *b, struct hc_expr_datum value,
    const struct hc_expr_state *state);

#endif
