/*
 * hc-expr(5): one table of expressions, rows and results is run in memory
 * and as SQL through SQLite, and so are some ten thousands of expressions
 * made at random; the answers must be the same, byte for byte.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/expr.h"

#define TODAY "2020-12-25"
#define NOW "2020-12-25T00:30:00Z"

static const struct hc_expr_clock clock_now = { TODAY, NOW, 540 };

static const char *const kinds[] = { "case", "contact", "suspected", "other",
	"no", NULL };
static const char *const symptoms[] = { "fever", "cough", "fatigue", NULL };
static const char *const bands[] = { "under10", "10s", "60s", "90s", NULL };

/* As a field of another record comes: a query for each row. */
#define REF(column) \
	"(SELECT r1.\"" column "\" FROM e r1 WHERE r1.id = e.id)"

static const struct field {
	const char *name;
	enum hc_type type;
	int decimals;
	const char *column;
	const char *const *choices;
} fields[] = {
	{ "kind", HC_TYPE_CHOICE, 0, "e.\"kind\"", kinds },
	{ "age_band", HC_TYPE_CHOICE, 0, "e.\"age_band\"", bands },
	{ "symptoms", HC_TYPE_MULTI, 0, "e.\"symptoms\"", symptoms },
	{ "symptomatic", HC_TYPE_YESNO, 0, "e.\"symptomatic\"", NULL },
	{ "cough", HC_TYPE_YESNO, 0, "e.\"cough\"", NULL },
	{ "temperature", HC_TYPE_DECIMAL, 1, "e.\"temperature\"", NULL },
	{ "viral_load", HC_TYPE_DECIMAL, 4,
	    "(SELECT r1.\"viral_load\" FROM e r1 WHERE r1.id = "
	    "(SELECT r2.id FROM e r2 WHERE r2.id = e.id))", NULL },
	{ "age", HC_TYPE_INTEGER, 0, "e.\"age\"", NULL },
	{ "tries", HC_TYPE_INTEGER, 0, "e.\"tries\"", NULL },
	{ "onset_date", HC_TYPE_DATE, 0, "e.\"onset_date\"", NULL },
	{ "reported_date", HC_TYPE_DATE, 0, "e.\"reported_date\"", NULL },
	{ "person.birth_date", HC_TYPE_DATE, 0, "e.\"birth_date\"", NULL },
	{ "asked_at", HC_TYPE_INSTANT, 0, "e.\"asked_at\"", NULL },
	{ "answered_at", HC_TYPE_INSTANT, 0, REF("answered_at"), NULL },
	{ "note", HC_TYPE_TEXT, 0, "e.\"note\"", NULL },
	{ "name", HC_TYPE_TEXT, 0, REF("name"), NULL },
	{ "phone", HC_TYPE_PHONE, 0, "e.\"phone\"", NULL },
	{ "person", HC_TYPE_REF, 0, "e.\"person\"", NULL },
	/* A name that is also a code of kind. */
	{ "other", HC_TYPE_TEXT, 0, "e.\"other\"", NULL },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

struct row {
	char value[FIELDS][64];		/* "" is absent */
};

static enum hc_status
resolve(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	size_t i;

	(void)arg;
	if (strcmp(name, "place") == 0)
		return hc_error_set(err, HC_CONFLICT, "'place' may be two");
	if (strcmp(name, "birth_date") == 0)
		name = "person.birth_date";
	for (i = 0; i < FIELDS; i++)
		if (strcmp(fields[i].name, name) == 0) {
			*out = (struct hc_expr_name){ fields[i].name,
			    fields[i].type, fields[i].decimals,
			    fields[i].column, (int)i, &fields[i] };
			return HC_OK;
		}
	return HC_NOTFOUND;
}

static void
each_name(void *arg, hc_expr_word *word, void *to)
{
	size_t i;

	(void)arg;
	for (i = 0; i < FIELDS; i++)
		word(to, fields[i].name);
}

static bool
choice_known(void *arg, const struct hc_expr_name *name, const char *code)
{
	const struct field *field = name->field;
	const char *const *s;

	(void)arg;
	for (s = field->choices; *s != NULL; s++)
		if (strcmp(*s, code) == 0)
			return true;
	return false;
}

static void
each_choice(void *arg, const struct hc_expr_name *name, hc_expr_word *word,
    void *to)
{
	const struct field *field = name->field;
	const char *const *s;

	(void)arg;
	for (s = field->choices; *s != NULL; s++)
		word(to, *s);
}

static const struct hc_expr_scope scope = { NULL, resolve, each_name,
	choice_known, each_choice };

static const char *
value_of(void *arg, const struct hc_expr_name *name)
{
	const struct row *row = arg;
	const char *s = row->value[name->slot];

	return *s == '\0' ? NULL : s;
}

/* ---- SQLite ---- */

static sqlite3 *db;

static void
exec(const char *sql)
{
	char *words = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &words) != SQLITE_OK)
		fail_msg("%s: %s", words, sql);
}

static int
open_db(void **state)
{
	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	exec("CREATE TABLE e (id INTEGER PRIMARY KEY, kind TEXT, age_band TEXT,"
	    " symptoms TEXT, symptomatic INTEGER, cough INTEGER,"
	    " temperature INTEGER, viral_load INTEGER, age INTEGER,"
	    " tries INTEGER, onset_date TEXT, reported_date TEXT,"
	    " birth_date TEXT, asked_at TEXT, answered_at TEXT, note TEXT,"
	    " name TEXT, phone TEXT, person INTEGER, other TEXT) STRICT");
	exec("CREATE INDEX e_onset ON e (onset_date)");
	return 0;
}

static int
close_db(void **state)
{
	(void)state;
	return sqlite3_close(db) == SQLITE_OK ? 0 : -1;
}

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sqlite3_errmsg(db), sql);
	return st;
}

/* "37.5" to 375; columns hold scaled integers. */
static sqlite3_int64
scaled(const char *s, int decimals)
{
	char digits[64];
	size_t n = 0;

	for (; *s != '\0'; s++)
		if (*s != '.')
			digits[n++] = *s;
	digits[n] = '\0';
	(void)decimals;
	return strtoll(digits, NULL, 10);
}

static void
insert(const struct row *row, int id)
{
	sqlite3_stmt *st;
	size_t i;
	int column;

	st = prepare("INSERT INTO e VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
	    "?,?,?,?)");
	sqlite3_bind_int(st, 1, id);
	for (i = 0; i < FIELDS; i++) {
		column = (int)i + 2;
		if (row->value[i][0] == '\0')
			sqlite3_bind_null(st, column);
		else if (fields[i].type == HC_TYPE_INTEGER ||
		    fields[i].type == HC_TYPE_DECIMAL ||
		    fields[i].type == HC_TYPE_YESNO ||
		    fields[i].type == HC_TYPE_REF)
			sqlite3_bind_int64(st, column,
			    scaled(row->value[i], fields[i].decimals));
		else
			sqlite3_bind_text(st, column, row->value[i], -1,
			    SQLITE_STATIC);
	}
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static void
bind(sqlite3_stmt *st, const struct hc_expr_params *params)
{
	char name[32];
	size_t i;
	int n;

	assert_int_equal(sqlite3_bind_parameter_count(st), params->len);
	for (i = 0; i < params->len; i++) {
		snprintf(name, sizeof(name), ":%s", params->items[i].name);
		n = sqlite3_bind_parameter_index(st, name);
		assert_int_not_equal(n, 0);
		if (params->items[i].text != NULL)
			sqlite3_bind_text(st, n, params->items[i].text, -1,
			    SQLITE_STATIC);
		else
			sqlite3_bind_int64(st, n, params->items[i].number);
	}
}

/* What SQL gave, as canonical text. */
static void
format_column(sqlite3_stmt *st, int column, const struct hc_expr *expr,
    char text[128])
{
	sqlite3_int64 n;
	unsigned long long power = 1, size;
	int i, decimals = hc_expr_decimals(expr);

	if (sqlite3_column_type(st, column) == SQLITE_NULL)
		snprintf(text, 128, "absent");
	else if (sqlite3_column_type(st, column) == SQLITE_TEXT)
		snprintf(text, 128, "%s",
		    (const char *)sqlite3_column_text(st, column));
	else if (sqlite3_column_type(st, column) != SQLITE_INTEGER)
		snprintf(text, 128, "no integer: %s",
		    (const char *)sqlite3_column_text(st, column));
	else {
		n = sqlite3_column_int64(st, column);
		size = n < 0 ? -(unsigned long long)n : (unsigned long long)n;
		for (i = 0; i < decimals; i++)
			power *= 10;
		if (decimals > 0)
			snprintf(text, 128, "%s%llu.%0*llu", n < 0 ? "-" : "",
			    size / power, decimals & 15, size % power);
		else
			snprintf(text, 128, "%s%llu", n < 0 ? "-" : "", size);
	}
}

static void
format_memory(const struct hc_expr *expr, const struct row *row,
    char text[128])
{
	struct hc_expr_values values = { (void *)(uintptr_t)row, value_of };
	struct hc_buf out = HC_BUF_INIT;
	enum hc_status rc;

	rc = hc_expr_eval(expr, &values, &clock_now, &out);
	if (rc == HC_NOTFOUND)
		assert_int_equal(out.len, 0);
	else
		assert_int_equal(rc, HC_OK);
	snprintf(text, 128, "%s", rc == HC_OK ? hc_buf_text(&out) : "absent");
	hc_buf_free(&out);
}

/*
 * Run ${expr} over the ${len} rows that are in the database too, and compare
 * value, condition and negated condition.
 */
static void
compare_rows(const struct hc_expr *expr, const char *source,
    const struct row *rows, int len)
{
	struct hc_expr_params params = { .prefix = "p" };
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_expr_values values = { NULL, value_of };
	struct hc_error err = { "" };
	sqlite3_stmt *st;
	char memory[128], database[128];
	bool condition = hc_expr_type(expr) == HC_TYPE_YESNO, holds;
	int id, rc;

	hc_buf_puts(&sql, "SELECT id, ");
	rc = hc_expr_sql_value(expr, &sql, &params, &clock_now, &err);
	if (rc == HC_OK && condition) {
		hc_buf_puts(&sql, ", ");
		rc = hc_expr_sql(expr, &sql, &params, &clock_now, &err);
		hc_buf_puts(&sql, ", CASE WHEN ");
		rc = hc_expr_sql(expr, &sql, &params, &clock_now, &err);
		hc_buf_puts(&sql, " THEN 1 ELSE 0 END");
	}
	if (rc != HC_OK)
		fail_msg("%s: %s", source, err.text);
	hc_buf_puts(&sql, " FROM e ORDER BY id");
	st = prepare(hc_buf_text(&sql));
	bind(st, &params);
	for (id = 0; id < len; id++) {
		assert_int_equal(sqlite3_step(st), SQLITE_ROW);
		assert_int_equal(sqlite3_column_int(st, 0), id);
		format_memory(expr, &rows[id], memory);
		format_column(st, 1, expr, database);
		if (strcmp(memory, database) != 0)
			fail_msg("row %d: %s\nmemory %s, database %s\n%s", id,
			    source, memory, database, hc_buf_text(&sql));
		if (!condition)
			continue;
		values.arg = (void *)(uintptr_t)&rows[id];
		holds = hc_expr_true(expr, &values, &clock_now);
		assert_int_equal(sqlite3_column_type(st, 2), SQLITE_INTEGER);
		if (sqlite3_column_int(st, 2) != holds ||
		    sqlite3_column_int(st, 3) != holds)
			fail_msg("row %d: %s\nmemory %d\n%s", id, source,
			    holds, hc_buf_text(&sql));
	}
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	hc_expr_params_free(&params);
	hc_buf_free(&sql);
}

/* The canonical form must parse, print the same and give the same SQL. */
static void
compare_print(const struct hc_expr *expr, const char *source)
{
	struct hc_expr_params params = { .prefix = "p" };
	struct hc_buf first = HC_BUF_INIT, second = HC_BUF_INIT;
	struct hc_expr *again;
	struct hc_error err;
	size_t at;

	hc_expr_print(expr, &first);
	if (first.len <= HC_EXPR_LONGEST) {
		if (hc_expr_parse(&again, hc_buf_text(&first), &scope, &at,
		    &err) != HC_OK)
			fail_msg("%s\nprints as %s\n%s at %zu", source,
			    hc_buf_text(&first), err.text, at);
		hc_expr_print(again, &second);
		assert_string_equal(hc_buf_text(&first),
		    hc_buf_text(&second));
		hc_buf_clear(&first);
		hc_buf_clear(&second);
		(void)hc_expr_sql_value(expr, &first, &params, &clock_now,
		    &err);
		hc_expr_params_free(&params);
		(void)hc_expr_sql_value(again, &second, &params, &clock_now,
		    &err);
		hc_expr_params_free(&params);
		assert_string_equal(hc_buf_text(&first),
		    hc_buf_text(&second));
		hc_expr_free(again);
	}
	hc_buf_free(&first);
	hc_buf_free(&second);
}

/* "age=65|kind=case" */
static void
fill(struct row *row, const char *text)
{
	const char *end, *is;
	size_t i;

	memset(row, 0, sizeof(*row));
	for (; *text != '\0'; text = *end == '|' ? end + 1 : end) {
		end = text + strcspn(text, "|");
		is = strchr(text, '=');
		for (i = 0; i < FIELDS; i++)
			if (strncmp(text, fields[i].name,
			    (size_t)(is - text)) == 0 &&
			    fields[i].name[is - text] == '\0')
				break;
		assert_true(i < FIELDS);
		snprintf(row->value[i], sizeof(row->value[i]), "%.*s",
		    (int)(end - is - 1), is + 1);
	}
}

static const struct {
	const char *expr;
	const char *row;
	const char *result;
} results[] = {
#include "expr_results.inc"
};

static void
test_results(void **state)
{
	struct hc_expr *expr;
	struct hc_error err;
	struct row row;
	char memory[128];
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
		if (hc_expr_parse(&expr, results[i].expr, &scope, &at,
		    &err) != HC_OK)
			fail_msg("%s: %s at %zu", results[i].expr, err.text,
			    at);
		fill(&row, results[i].row);
		exec("DELETE FROM e");
		insert(&row, 0);
		format_memory(expr, &row, memory);
		if (strcmp(memory, results[i].result) != 0)
			fail_msg("%s\nof %s\nis %s, not %s", results[i].expr,
			    results[i].row, memory, results[i].result);
		compare_rows(expr, results[i].expr, &row, 1);
		compare_print(expr, results[i].expr);
		hc_expr_free(expr);
	}
}

static const struct {
	const char *expr;
	const char *words;
	size_t at;
} errors[] = {
#include "expr_errors.inc"
};

static void
test_errors(void **state)
{
	struct hc_expr *expr;
	struct hc_error err;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		at = 9999;
		if (hc_expr_parse(&expr, errors[i].expr, &scope, &at,
		    &err) == HC_OK)
			fail_msg("'%s' is taken", errors[i].expr);
		assert_null(expr);
		if (strcmp(err.text, errors[i].words) != 0 ||
		    at != errors[i].at)
			fail_msg("'%s'\nsays at %zu: %s\nnot  at %zu: %s",
			    errors[i].expr, at, err.text, errors[i].at,
			    errors[i].words);
		assert_int_not_equal(hc_expr_parse(&expr, errors[i].expr,
		    &scope, NULL, NULL), HC_OK);
	}
}

static const struct {
	const char *expr;
	const char *canonical;
	const char *sql;
} shown[] = {
#include "expr_shown.inc"
};

/* The SQL is looked at too, where an index depends on it. */
static void
test_shown(void **state)
{
	struct hc_expr_params params = { .prefix = "p" };
	struct hc_buf out = HC_BUF_INIT;
	struct hc_expr *expr;
	struct hc_error err;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		if (hc_expr_parse(&expr, shown[i].expr, &scope, NULL,
		    &err) != HC_OK)
			fail_msg("%s: %s", shown[i].expr, err.text);
		hc_buf_clear(&out);
		hc_expr_print(expr, &out);
		assert_string_equal(hc_buf_text(&out), shown[i].canonical);
		hc_buf_clear(&out);
		assert_int_equal(hc_expr_sql(expr, &out, &params, &clock_now,
		    &err), HC_OK);
		for (j = 0; j < params.len; j++)
			if (params.items[j].text != NULL)
				hc_buf_printf(&out, " %s",
				    params.items[j].text);
			else
				hc_buf_printf(&out, " %" PRId64,
				    params.items[j].number);
		assert_string_equal(hc_buf_text(&out), shown[i].sql);
		hc_expr_params_free(&params);
		hc_expr_free(expr);
	}
	hc_buf_free(&out);
}

/* ---- Expressions at random ---- */

static uint64_t seed = 20201225;

static unsigned int
pick(unsigned int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned int)((seed >> 11) % n);
}

static const char *
pick_word(const char *const *words, unsigned int len)
{
	return words[pick(len)];
}

#define PICK(...) pick_word((const char *const[]){ __VA_ARGS__ }, \
	sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* Days near to another and to ends of months, or anywhere in 1850-2150. */
static void
random_day(char text[16])
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
		31, 30, 31 };
	int y, m, d;
	bool leap;

	y = pick(3) == 0 ? 1850 + (int)pick(301) : 2020 + (int)pick(2);
	m = pick(2) == 0 ? 1 + (int)pick(12) : pick(2) == 0 ? 2 : 12;
	leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	d = lengths[m - 1] + (m == 2 && leap);
	d = pick(3) == 0 ? d : 1 + (int)pick((unsigned int)d);
	snprintf(text, 16, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
}

static void
random_instant(char text[32])
{
	random_day(text);
	snprintf(text + 10, 22, "T%02u:%02u:%02uZ", pick(24), pick(60),
	    pick(2) * pick(60));
}

static void
random_value(const struct field *field, char text[64])
{
	size_t n;

	switch (field->type) {
	case HC_TYPE_INTEGER:
		snprintf(text, 64, "%s", pick(12) == 0 ?
		    PICK("9223372036854775807", "-9223372036854775808",
		    "999999999999999", "1000000000000000", "999999999",
		    "10000001", "-4611686018427387904") :
		    PICK("0", "1", "2", "3", "-1", "10", "64", "65", "12"));
		break;
	case HC_TYPE_DECIMAL:
		snprintf(text, 64, "%s%u.%0*u", pick(6) == 0 ? "-" : "",
		    pick(2) == 0 ? 37 : pick(100), field->decimals,
		    pick(field->decimals == 1 ? 10 : 10000));
		break;
	case HC_TYPE_DATE:
		random_day(text);
		break;
	case HC_TYPE_INSTANT:
		random_instant(text);
		break;
	case HC_TYPE_YESNO:
		snprintf(text, 64, "%u", pick(2));
		break;
	case HC_TYPE_CHOICE:
		for (n = 0; field->choices[n] != NULL; n++)
			;
		snprintf(text, 64, "%s",
		    field->choices[pick((unsigned int)n)]);
		break;
	case HC_TYPE_MULTI:
		snprintf(text, 64, "%s", PICK("fever", "cough",
		    "fever;cough", "cough;fatigue", "fever;cough;fatigue"));
		break;
	case HC_TYPE_REF:
		snprintf(text, 64, "112038%09u", pick(4));
		break;
	default:
		snprintf(text, 64, "%s", PICK("a", "ab", "b", "カ", "カナ",
		    "A%", "_b", "'a'", "ab ab", "\xf0\xa0\xae\xb7田"));
		break;
	}
}

static void make_condition(struct hc_buf *b, int depth);
static void make_number(struct hc_buf *b, int depth);
static void make_day(struct hc_buf *b, int depth);
static void make_instant(struct hc_buf *b, int depth);
static void make_text(struct hc_buf *b, int depth);

typedef void maker(struct hc_buf *b, int depth);

/* "function(x, y)" with two or three of one kind. */
static void
make_choice_of(struct hc_buf *b, int depth, maker *make)
{
	unsigned int n = 2 + pick(2);

	hc_buf_printf(b, "%s(", PICK("coalesce", "min", "max"));
	while (n-- > 0) {
		make(b, depth - 1);
		hc_buf_puts(b, n > 0 ? ", " : ")");
	}
}

static void
make_two(struct hc_buf *b, int depth, maker *left, const char *sign,
    maker *right)
{
	hc_buf_putc(b, '(');
	left(b, depth - 1);
	hc_buf_puts(b, sign);
	right(b, depth - 1);
	hc_buf_putc(b, ')');
}

static void
make_leaf_number(struct hc_buf *b)
{
	if (pick(2) == 0)
		hc_buf_puts(b, PICK("age", "tries", "temperature",
		    "viral_load"));
	else
		hc_buf_puts(b, PICK("0", "1", "2", "65", "37.5", "37.55",
		    "0.0001", "100000", "999999999999999", "1000000000"));
}

static void
make_number(struct hc_buf *b, int depth)
{
	if (depth <= 0) {
		make_leaf_number(b);
		return;
	}
	switch (pick(15)) {
	case 0:
		make_two(b, depth, make_number, " + ", make_number);
		break;
	case 1:
		make_two(b, depth, make_number, " - ", make_number);
		break;
	case 2:
		make_two(b, depth, make_number, " * ", make_number);
		break;
	case 3:
		make_two(b, depth, make_number, " / ", make_number);
		break;
	case 4:
		hc_buf_puts(b, "-");
		make_number(b, depth - 1);
		break;
	case 5:
		hc_buf_puts(b, "abs(");
		make_number(b, depth - 1);
		hc_buf_puts(b, ")");
		break;
	case 6:
		hc_buf_puts(b, "round(");
		make_number(b, depth - 1);
		hc_buf_puts(b, PICK(")", ", 1)", ", 3)"));
		break;
	case 7:
		hc_buf_puts(b, "length(");
		make_text(b, depth - 1);
		hc_buf_puts(b, ")");
		break;
	case 8:
		make_two(b, depth, make_day, " - ", make_day);
		break;
	case 9:
		make_two(b, depth, make_instant, " - ", make_instant);
		break;
	case 10:
		hc_buf_puts(b, PICK("age(", "days("));
		make_day(b, depth - 1);
		hc_buf_puts(b, ", ");
		make_day(b, depth - 1);
		hc_buf_puts(b, ")");
		break;
	case 11:
		make_choice_of(b, depth, make_number);
		break;
	case 12:
		hc_buf_puts(b, "count(");
		make_condition(b, depth - 1);
		hc_buf_puts(b, ", ");
		make_condition(b, depth - 1);
		hc_buf_puts(b, ")");
		break;
	default:
		make_leaf_number(b);
		break;
	}
}

static void
make_span(struct hc_buf *b, const char *unit)
{
	if (pick(4) == 0)
		hc_buf_printf(b, "%s %s", PICK("tries", "age",
		    "(tries + 1)", "length(note)"), unit);
	else
		hc_buf_printf(b, "%s %s", PICK("1", "2", "3", "10", "14",
		    "-1", "25", "1200"), unit);
}

static void
make_day(struct hc_buf *b, int depth)
{
	char text[16];

	switch (depth <= 0 ? pick(5) : pick(12)) {
	case 0:
		random_day(text);
		hc_buf_puts(b, text);
		break;
	case 1:
		hc_buf_puts(b, "today");
		break;
	case 2:
	case 3:
	case 4:
		hc_buf_puts(b, PICK("onset_date", "reported_date",
		    "birth_date"));
		break;
	case 5:
		hc_buf_puts(b, "day(");
		make_instant(b, depth - 1);
		hc_buf_puts(b, ")");
		break;
	case 6:
	case 7:
		make_choice_of(b, depth, make_day);
		break;
	default:
		hc_buf_putc(b, '(');
		make_day(b, depth - 1);
		hc_buf_puts(b, PICK(" + ", " - "));
		make_span(b, PICK("days", "days", "weeks", "months",
		    "years"));
		hc_buf_putc(b, ')');
		break;
	}
}

static void
make_instant(struct hc_buf *b, int depth)
{
	char text[32];

	switch (depth <= 0 ? pick(5) : pick(9)) {
	case 0:
		random_instant(text);
		hc_buf_puts(b, text);
		break;
	case 1:
		hc_buf_puts(b, "now");
		break;
	case 2:
	case 3:
	case 4:
		hc_buf_puts(b, PICK("asked_at", "answered_at"));
		break;
	case 5:
		make_choice_of(b, depth, make_instant);
		break;
	default:
		hc_buf_putc(b, '(');
		make_instant(b, depth - 1);
		hc_buf_puts(b, PICK(" + ", " - "));
		make_span(b, PICK("minutes", "hours", "days", "weeks"));
		hc_buf_putc(b, ')');
		break;
	}
}

static void
make_text(struct hc_buf *b, int depth)
{
	if (depth > 0 && pick(4) == 0)
		make_choice_of(b, depth, make_text);
	else
		hc_buf_puts(b, PICK("note", "name", "phone", "'a'", "\"b\"",
		    "'カ'", "'''a'''", "'%'", "'\xf0\xa0\xae\xb7'"));
}

/* One comparison of two of the same kind. */
static void
make_comparison(struct hc_buf *b, int depth)
{
	static maker *const makers[] = { make_number, make_day, make_instant,
		make_text };
	maker *make = makers[pick(4)], *other = make;

	if (make == make_day && pick(5) == 0)
		other = make_instant;
	make(b, depth - 1);
	switch (pick(5)) {
	case 0:
		hc_buf_puts(b, PICK(" between ", " not between "));
		other(b, depth - 1);
		hc_buf_puts(b, " and ");
		make(b, depth - 1);
		break;
	case 1:
		hc_buf_puts(b, PICK(" is absent", " is present"));
		break;
	default:
		hc_buf_puts(b, PICK(" = ", " != ", " < ", " <= ", " > ",
		    " >= "));
		other(b, depth - 1);
		break;
	}
}

static void
make_small_condition(struct hc_buf *b, int depth)
{
	char one[32], two[32];

	switch (pick(10)) {
	case 0:
		hc_buf_puts(b, PICK("symptomatic", "cough", "yes",
		    "symptomatic = no", "cough != yes",
		    "coalesce(cough, symptomatic)"));
		break;
	case 1:
		hc_buf_puts(b, PICK("kind = case", "kind != 'contact'",
		    "kind in (case, other)", "kind not in ('suspected')",
		    "coalesce(kind, other) = other", "kind is absent",
		    "age_band = '60s'", "kind = coalesce(kind, case)"));
		break;
	case 2:
		hc_buf_puts(b, PICK("symptoms has fever",
		    "symptoms not has 'cough'", "symptoms is absent"));
		break;
	case 3:
		make_text(b, depth - 1);
		hc_buf_puts(b, PICK(" contains ", " begins ",
		    " not contains "));
		make_text(b, depth - 1);
		break;
	case 4:
		make_number(b, depth - 1);
		hc_buf_puts(b, PICK(" in (1, 65, 37.5, 37.55)",
		    " not in (0, -1)", " in (1/0)"));
		break;
	case 5:
		random_day(one);
		random_day(two);
		make_day(b, depth - 1);
		hc_buf_printf(b, " in (%s, '%s', today, today + 1 month)",
		    one, two);
		break;
	case 6:
		hc_buf_puts(b, PICK("person = 112038000000001",
		    "person in (112038000000002, 3)", "person is present",
		    "person != person"));
		break;
	case 7:
		hc_buf_puts(b, PICK("reported_date - onset_date > 3 days",
		    "answered_at - asked_at <= 30 minutes",
		    "today - onset_date >= 2 weeks",
		    "now - asked_at between 1 hour and 2 days"));
		break;
	default:
		make_comparison(b, depth);
		break;
	}
}

static void
make_condition(struct hc_buf *b, int depth)
{
	unsigned int n;
	const char *word;

	switch (depth <= 0 ? 9 : pick(9)) {
	case 0:
	case 1:
		word = PICK(" and ", " or ");
		hc_buf_putc(b, '(');
		for (n = 1 + pick(4); n > 0; n--) {
			make_condition(b, depth - 1);
			hc_buf_puts(b, word);
		}
		make_condition(b, depth - 1);
		hc_buf_putc(b, ')');
		break;
	case 2:
		hc_buf_puts(b, "not ");
		make_condition(b, depth - 1);
		break;
	case 3:
		hc_buf_puts(b, "((");
		make_condition(b, depth - 1);
		hc_buf_puts(b, PICK(") = yes)", ") = symptomatic)",
		    ") != no)"));
		break;
	default:
		make_small_condition(b, depth);
		break;
	}
}

static void
make_any(struct hc_buf *b, int depth)
{
	static maker *const makers[] = { make_condition, make_condition,
		make_condition, make_number, make_day, make_instant,
		make_text };

	makers[pick(sizeof(makers) / sizeof(makers[0]))](b, depth);
}

#define ROWS 12

static void
random_rows(struct row rows[ROWS])
{
	size_t i;
	int id;

	exec("BEGIN; DELETE FROM e");
	for (id = 0; id < ROWS; id++) {
		memset(&rows[id], 0, sizeof(rows[id]));
		for (i = 0; i < FIELDS; i++)
			if (pick(5) > 0)
				random_value(&fields[i], rows[id].value[i]);
		insert(&rows[id], id);
	}
	exec("COMMIT");
}

#define EXPRESSIONS 30000

static void
test_random(void **state)
{
	struct row rows[ROWS];
	struct hc_buf b = HC_BUF_INIT;
	struct hc_expr *expr;
	struct hc_error err;
	int parsed = 0, refused = 0;

	(void)state;
	while (parsed < EXPRESSIONS) {
		if (parsed % 40 == 0)
			random_rows(rows);
		hc_buf_clear(&b);
		make_any(&b, 1 + (int)pick(4));
		/* Too many decimals or too deep is all that can be wrong. */
		if (hc_expr_parse(&expr, hc_buf_text(&b), &scope, NULL,
		    &err) != HC_OK) {
			if (strstr(err.text, "decimals") == NULL &&
			    strstr(err.text, "deep") == NULL &&
			    strstr(err.text, "4000") == NULL &&
			    strstr(err.text, "whole number") == NULL)
				fail_msg("%s: %s", hc_buf_text(&b), err.text);
			refused++;
			continue;
		}
		compare_rows(expr, hc_buf_text(&b), rows, ROWS);
		compare_print(expr, hc_buf_text(&b));
		hc_expr_free(expr);
		parsed++;
	}
	assert_true(refused < EXPRESSIONS / 5);
	hc_buf_free(&b);
}

/* ---- The calendar, every day of three hundred years ---- */

static const char *const calendar[] = {
	"reported_date - onset_date",
	"max(onset_date, onset_date + 0 days) + 0 days",
	"onset_date + 1 month",
	"onset_date - 13 months",
	"(onset_date + 1 day) + 1 year",
	"(onset_date - 1 day) - 1 month = reported_date",
	"age(onset_date, reported_date)",
	"age(reported_date, onset_date + 1 day)",
	"onset_date + 1 month <= 2021-02-28",
	"onset_date - 1 month > 2000-02-29",
	"age(onset_date, 2020-02-29) >= 65",
	"onset_date + 12 days = reported_date + 3 days",
	"max(asked_at, answered_at) + 1 minute",
	"asked_at - answered_at",
	"day(asked_at) = onset_date",
	"day(asked_at + tries hours) - onset_date",
};

#define DAYS 1000

static void
test_calendar(void **state)
{
	struct row *rows;
	struct hc_expr *expr;
	char day[16];
	size_t i;
	int y, m, d, n = 0, all = 0;
	sqlite3_stmt *st;

	(void)state;
	rows = calloc(DAYS, sizeof(*rows));
	assert_non_null(rows);
	st = prepare("SELECT date(?, '+1 day')");
	snprintf(day, sizeof(day), "1849-12-31");
	do {
		/* SQLite's own calendar says which day is next. */
		sqlite3_bind_text(st, 1, day, -1, SQLITE_TRANSIENT);
		assert_int_equal(sqlite3_step(st), SQLITE_ROW);
		snprintf(day, sizeof(day), "%s",
		    (const char *)sqlite3_column_text(st, 0));
		sqlite3_reset(st);
		if (n == 0)
			exec("BEGIN; DELETE FROM e");
		memset(&rows[n], 0, sizeof(rows[n]));
		assert_int_equal(sscanf(day, "%d-%d-%d", &y, &m, &d), 3);
		snprintf(rows[n].value[9], 64, "%s", day);
		random_day(rows[n].value[10]);
		snprintf(rows[n].value[12], 64, "%sT%02u:%02u:59Z", day,
		    pick(24), pick(60));
		random_instant(rows[n].value[13]);
		snprintf(rows[n].value[8], 64, "%u", pick(48));
		insert(&rows[n], n);
		all++;
		if (++n < DAYS && strcmp(day, "2150-12-31") != 0)
			continue;
		exec("COMMIT");
		for (i = 0; i < sizeof(calendar) / sizeof(calendar[0]); i++) {
			if (hc_expr_parse(&expr, calendar[i], &scope, NULL,
			    NULL) != HC_OK)
				fail_msg("%s", calendar[i]);
			compare_rows(expr, calendar[i], rows, n);
			hc_expr_free(expr);
		}
		n = 0;
	} while (strcmp(day, "2150-12-31") != 0);
	assert_int_equal(all, 109938);
	sqlite3_finalize(st);
	free(rows);
}

/* Day numbers against SQLite's julianday(), which is not ours. */
static void
test_julian(void **state)
{
	struct hc_expr_params params = { .prefix = "p" };
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_expr *expr;
	sqlite3_stmt *st;

	(void)state;
	exec("DELETE FROM e; WITH RECURSIVE d(n) AS (VALUES (-43829) UNION ALL"
	    " SELECT n + 1 FROM d WHERE n < 66108) INSERT INTO e (id,"
	    " onset_date) SELECT n, date(n + 2440587.5) FROM d;"
	    " UPDATE e SET reported_date = '1970-01-01'");
	assert_int_equal(hc_expr_parse(&expr, "onset_date - reported_date",
	    &scope, NULL, NULL), HC_OK);
	hc_buf_puts(&sql, "SELECT count(*), sum(id = ");
	assert_int_equal(hc_expr_sql_value(expr, &sql, &params, &clock_now,
	    NULL), HC_OK);
	hc_buf_puts(&sql, "), min(onset_date), max(onset_date) FROM e");
	st = prepare(hc_buf_text(&sql));
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(st, 0), 109938);
	assert_int_equal(sqlite3_column_int(st, 1), 109938);
	assert_string_equal(sqlite3_column_text(st, 2), "1850-01-01");
	assert_string_equal(sqlite3_column_text(st, 3), "2150-12-31");
	sqlite3_finalize(st);
	hc_expr_free(expr);
	hc_buf_free(&sql);
	exec("DELETE FROM e");
}

/* ---- Limits ---- */

/* "before" n times, the middle, "after" n times. */
static void
nest(struct hc_buf *b, const char *before, const char *middle,
    const char *after, int n)
{
	int i;

	hc_buf_clear(b);
	for (i = 0; i < n; i++)
		hc_buf_puts(b, before);
	hc_buf_puts(b, middle);
	for (i = 0; i < n; i++)
		hc_buf_puts(b, after);
}

/* A condition where lists have it, a value in the SELECT of a table. */
static void
prepare_deep(const struct hc_expr *expr)
{
	struct hc_expr_params params = { .prefix = "p" };
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc;

	if (hc_expr_type(expr) == HC_TYPE_YESNO) {
		hc_buf_puts(&sql, "WITH r AS (SELECT id FROM e WHERE id IN "
		    "(SELECT e.id FROM e JOIN e AS f ON f.id = e.id WHERE "
		    "e.id = f.id AND (");
		rc = hc_expr_sql(expr, &sql, &params, &clock_now, NULL);
		hc_buf_puts(&sql, "))) SELECT count(*) FROM r");
	} else {
		hc_buf_puts(&sql, "WITH r AS (SELECT e.id AS id, ");
		rc = hc_expr_sql_value(expr, &sql, &params, &clock_now, NULL);
		hc_buf_puts(&sql, " AS v FROM e JOIN e AS f ON f.id = e.id) "
		    "SELECT id, v FROM r ORDER BY v");
	}
	assert_int_equal(rc, HC_OK);
	sqlite3_finalize(prepare(hc_buf_text(&sql)));
	hc_expr_params_free(&params);
	hc_buf_free(&sql);
}

/*
 * However something is nested: what is taken makes SQL that SQLite takes,
 * inside of a statement like those of lists; the rest is refused in words.
 */
static void
test_deep(void **state)
{
	static const struct {
		const char *before, *middle, *after;
		int least;	/* so deep at least must go */
	} cases[] = {
		{ "(", "age > 3", ")", 64 },
		{ "not ", "age > 3", "", 62 },
		{ "-", "age", "", 55 },
		{ "age + (", "tries", ")", 15 },
		{ "(", "tries", " + age)", 15 },
		{ "", "tries", " - 1", 15 },
		{ "1 / (", "tries", ")", 8 },
		{ "cough and (", "age > 3", " or kind = case)", 15 },
		{ "(age = 1 or ", "cough", " and symptomatic)", 15 },
		{ "not (cough and ", "cough", ")", 12 },
		{ "(", "cough", " = yes)", 7 },
		{ "count(cough, ", "cough", ") > 0", 5 },
		{ "coalesce(", "age", ", tries)", 10 },
		{ "coalesce(onset_date, ", "reported_date", ")", 9 },
		{ "max(age, ", "tries", ")", 4 },
		{ "min(onset_date, ", "reported_date", ")", 3 },
		{ "max(", "onset_date + 1 day", ", today)", 2 },
		{ "(", "onset_date", " + tries days)", 10 },
		{ "(", "onset_date", " + 1 month)", 2 },
		{ "(", "coalesce(onset_date, reported_date)", " + 1 month)",
		    1 },
		{ "age(", "onset_date", ", onset_date) + ", 0 },
		{ "(", "asked_at", " + tries hours)", 7 },
		{ "round(", "temperature / tries", ", 1)", 3 },
		{ "abs(", "temperature", ")", 10 },
		{ "(temperature * ", "age", ")", 5 },
		{ "length(coalesce(note, ", "name", "))", 1 },
		{ "coalesce(note, ", "name", ")", 9 },
		{ "note contains coalesce(name, ", "name", ")", 1 },
		{ "note begins coalesce(name, ", "name", ")", 1 },
		{ "age in (", "1", ")", 1 },
		{ "(", "answered_at", " + 1 hour)", 3 },
		{ "(cough and ", "now - answered_at > tries", ")", 3 },
		{ "(cough and ", "answered_at - asked_at > 3", ")", 1 },
		{ "max(", "viral_load + 1", ", 3)", 1 },
		{ "coalesce(reported_date, ", "max(onset_date + 10 days, "
		    "reported_date + 14 days)", ")", 1 },
		{ "coalesce(reported_date, ", "onset_date + 1 month",
		    ")", 1 },
	};
	struct hc_buf b = HC_BUF_INIT;
	struct hc_expr *expr;
	struct hc_error err;
	size_t i;
	int n, deepest;

	(void)state;
	exec("DELETE FROM e");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		deepest = -1;
		for (n = 0; n < 70; n++) {
			nest(&b, cases[i].before, cases[i].middle,
			    cases[i].after, n);
			if (hc_expr_parse(&expr, hc_buf_text(&b), &scope,
			    NULL, &err) != HC_OK)
				continue;
			deepest = n;
			prepare_deep(expr);
			compare_rows(expr, hc_buf_text(&b), NULL, 0);
			hc_expr_free(expr);
		}
		if (deepest < cases[i].least)
			fail_msg("%s...%s...%s: %d deep only",
			    cases[i].before, cases[i].middle, cases[i].after,
			    deepest);
	}
	hc_buf_free(&b);
}

static void
test_limits(void **state)
{
	struct hc_buf b = HC_BUF_INIT;
	struct hc_expr *expr;
	struct hc_error err;
	size_t at;

	(void)state;
	/* 800 terms in a row are not deep. */
	nest(&b, "", "cough", "", 1);
	while (b.len + 5 + 7 <= HC_EXPR_LONGEST)
		hc_buf_puts(&b, b.len % 2 == 0 ? " or cough" : " and cough");
	assert_int_equal(hc_expr_parse(&expr, hc_buf_text(&b), &scope, &at,
	    &err), HC_OK);
	exec("DELETE FROM e");
	compare_rows(expr, "long chain", NULL, 0);
	hc_expr_free(expr);
	while (b.len <= HC_EXPR_LONGEST)
		hc_buf_putc(&b, ' ');
	assert_int_equal(hc_expr_parse(&expr, hc_buf_text(&b), &scope, &at,
	    &err), HC_INVALID);
	assert_string_equal(err.text,
	    "the expression is longer than 4000 bytes");

	nest(&b, "(", "cough", ")", 65);
	assert_int_equal(hc_expr_parse(&expr, hc_buf_text(&b), &scope, &at,
	    &err), HC_INVALID);
	assert_string_equal(err.text, "nested more than 64 levels deep");
	nest(&b, "(", "", "", 3999);
	assert_int_equal(hc_expr_parse(&expr, hc_buf_text(&b), &scope, &at,
	    &err), HC_INVALID);
	assert_string_equal(err.text, "nested more than 64 levels deep");

	assert_int_equal(hc_expr_parse(&expr, "note = 'a\xff'", &scope, &at,
	    &err), HC_INVALID);
	assert_string_equal(err.text, "the expression is not UTF-8");
	assert_int_equal(at, 9);
	hc_buf_free(&b);
}

/* ---- The rest of the interface ---- */

static void
test_names(void **state)
{
	struct hc_expr *expr;

	(void)state;
	assert_int_equal(hc_expr_parse_condition(&expr, "age >= 65 and "
	    "(onset_date between reported_date and today or age < 3) and "
	    "kind = case", &scope, NULL, NULL), HC_OK);
	assert_int_equal(hc_expr_name_count(expr), 4);
	assert_string_equal(hc_expr_name(expr, 0)->name, "age");
	assert_string_equal(hc_expr_name(expr, 3)->name, "kind");
	assert_int_equal(hc_expr_name(expr, 3)->slot, 0);
	assert_null(hc_expr_name(expr, 4));
	hc_expr_free(expr);
	hc_expr_free(NULL);
}

static void
test_types(void **state)
{
	static const struct {
		const char *expr;
		enum hc_type type;
		int decimals;
	} cases[] = {
		{ "age > 3", HC_TYPE_YESNO, 0 },
		{ "cough", HC_TYPE_YESNO, 0 },
		{ "age + 1", HC_TYPE_INTEGER, 0 },
		{ "age / 2", HC_TYPE_DECIMAL, 4 },
		{ "temperature + 1", HC_TYPE_DECIMAL, 1 },
		{ "temperature", HC_TYPE_DECIMAL, 1 },
		{ "onset_date + 1 day", HC_TYPE_DATE, 0 },
		{ "now", HC_TYPE_INSTANT, 0 },
		{ "kind", HC_TYPE_CHOICE, 0 },
		{ "coalesce(kind, case)", HC_TYPE_CHOICE, 0 },
		{ "coalesce(kind, note)", HC_TYPE_TEXT, 0 },
		{ "symptoms", HC_TYPE_MULTI, 0 },
		{ "phone", HC_TYPE_PHONE, 0 },
		{ "person", HC_TYPE_REF, 0 },
	};
	struct hc_error err;
	struct hc_expr *expr;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(hc_expr_parse(&expr, cases[i].expr, &scope,
		    NULL, NULL), HC_OK);
		assert_int_equal(hc_expr_type(expr), cases[i].type);
		assert_int_equal(hc_expr_decimals(expr), cases[i].decimals);
		hc_expr_free(expr);
		if (cases[i].type == HC_TYPE_YESNO)
			continue;
		assert_int_equal(hc_expr_parse_condition(&expr,
		    cases[i].expr, &scope, &at, &err), HC_INVALID);
		assert_null(expr);
		assert_non_null(strstr(err.text, "is no condition"));
	}
	/* What resolve() returns comes through. */
	assert_int_equal(hc_expr_parse(&expr, "age = 1 and place = 3", &scope,
	    &at, &err), HC_CONFLICT);
	assert_int_equal(at, 12);
}

/* A failure leaves SQL and parameters as they were. */
static void
test_no_sql(void **state)
{
	static const struct hc_expr_clock bad[] = {
		{ "2020-12-32", NOW, 540 }, { TODAY, "2020-12-25", 540 },
		{ NULL, NOW, 540 }, { TODAY, NULL, 540 }, { TODAY, NOW, 9999 },
	};
	struct hc_expr_params params = { .prefix = "where" };
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_expr_values values = { NULL, NULL };
	struct hc_expr *expr, *value;
	struct hc_error err;
	struct row row;
	size_t i;

	(void)state;
	assert_int_equal(hc_expr_parse(&expr, "onset_date < today", &scope,
	    NULL, NULL), HC_OK);
	assert_int_equal(hc_expr_parse(&value, "age + 1", &scope, NULL, NULL),
	    HC_OK);
	hc_buf_puts(&sql, "WHERE ");
	assert_int_equal(hc_expr_sql(expr, &sql, &params, &clock_now, &err),
	    HC_OK);
	assert_string_equal(hc_buf_text(&sql), "WHERE (e.\"onset_date\" < "
	    ":where1 AND e.\"onset_date\" IS NOT NULL)");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(hc_expr_sql(expr, &sql, &params, &bad[i],
		    &err), HC_INVALID);
	assert_int_equal(hc_expr_sql(value, &sql, &params, &clock_now, &err),
	    HC_INVALID);
	/* The names are copies, so the column is taken away here. */
	((struct hc_expr_name *)(uintptr_t)hc_expr_name(value, 0))->sql = NULL;
	assert_int_equal(hc_expr_sql_value(value, &sql, &params, &clock_now,
	    &err), HC_INVALID);
	assert_string_equal(err.text, "'age' is not in the database");
	assert_int_equal(params.len, 1);
	assert_int_equal(strlen("WHERE (e.\"onset_date\" < :where1 AND "
	    "e.\"onset_date\" IS NOT NULL)"), sql.len);

	/* Values that are not canonical, and a clock that is none. */
	fill(&row, "onset_date=2020-1-5");
	values = (struct hc_expr_values){ &row, value_of };
	assert_false(hc_expr_true(expr, &values, &clock_now));
	fill(&row, "onset_date=2020-01-05");
	assert_true(hc_expr_true(expr, &values, &clock_now));
	assert_false(hc_expr_true(expr, &values, &bad[0]));
	hc_expr_params_free(&params);
	hc_expr_free(expr);
	hc_expr_free(value);
	hc_buf_free(&sql);
}

static void
test_bad_values(void **state)
{
	static const char *const bad[][2] = {
		{ "age", "1.5" }, { "age", "x" }, { "age", "-" },
		{ "age", "1 " }, { "age", "9223372036854775808" },
		{ "age", "-9223372036854775809" }, { "age", "+1" },
		{ "temperature", "37.55" }, { "temperature", ".5" },
		{ "temperature", "37." }, { "temperature", "3.7.5" },
		{ "temperature", "922337203685477580.8" },
		{ "onset_date", "2021-02-29" }, { "onset_date", "2021-00-01" },
		{ "onset_date", "0000-12-31" }, { "onset_date", "2021-01-011" },
		{ "asked_at", "2021-01-01T24:00:00Z" },
		{ "asked_at", "2021-01-01T00:00Z" },
		{ "asked_at", "2021-01-01 00:00:00Z" },
		{ "cough", "2" }, { "cough", "yes" }, { "person", "1.0" },
	};
	struct hc_expr_values values;
	struct hc_buf b = HC_BUF_INIT;
	struct hc_expr *expr;
	struct row row;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		hc_buf_clear(&b);
		hc_buf_printf(&b, "%s=%s", bad[i][0], bad[i][1]);
		fill(&row, hc_buf_text(&b));
		values = (struct hc_expr_values){ &row, value_of };
		assert_int_equal(hc_expr_parse(&expr, bad[i][0], &scope, NULL,
		    NULL), HC_OK);
		if (hc_expr_eval(expr, &values, &clock_now, &b) !=
		    HC_NOTFOUND)
			fail_msg("%s is taken", hc_buf_text(&b));
		hc_expr_free(expr);
	}
	hc_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_results),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_shown),
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_julian),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_no_sql),
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, open_db, close_db);
}
