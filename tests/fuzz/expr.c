/*
 * Any bytes as an expression: no fault, and of what is taken the canonical
 * form must be taken too and stay itself, and the SQL be made; whether it is
 * right is what tests/unit/expr.c asks.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
	const char *name;
	enum hc_type type;
	const char *value;
} fields[] = {
	{ "k", HC_TYPE_CHOICE, "case" },
	{ "s", HC_TYPE_MULTI, "fever;cough" },
	{ "y", HC_TYPE_YESNO, "1" },
	{ "t", HC_TYPE_DECIMAL, "37.5" },
	{ "n", HC_TYPE_INTEGER, "9223372036854775807" },
	{ "m", HC_TYPE_INTEGER, NULL },
	{ "d", HC_TYPE_DATE, "2020-02-29" },
	{ "e.d", HC_TYPE_DATE, NULL },
	{ "i", HC_TYPE_INSTANT, "2020-12-24T15:00:00Z" },
	{ "x", HC_TYPE_TEXT, "カナ" },
	{ "r", HC_TYPE_REF, "112038000000001" },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

static enum hc_status
resolve(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	size_t i;

	(void)arg;
	(void)err;
	for (i = 0; i < FIELDS; i++)
		if (strcmp(fields[i].name, name) == 0) {
			out->name = fields[i].name;
			out->type = fields[i].type;
			out->decimals = 1;
			out->sql = "a.b";
			out->slot = (int)i;
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
	(void)arg;
	(void)name;
	return strcmp(code, "case") == 0 || strcmp(code, "fever") == 0;
}

static const char *
value_of(void *arg, const struct hc_expr_name *name)
{
	(void)arg;
	return fields[name->slot].value;
}

static void
run(const struct hc_expr *expr, const struct hc_expr_scope *scope)
{
	static const struct hc_expr_clock now = { "2020-12-25",
		"2020-12-25T00:30:00Z", 540 };
	static const struct hc_expr_values values = { NULL, value_of };
	struct hc_expr_params params = { .prefix = "p" };
	struct hc_buf one = HC_BUF_INIT, two = HC_BUF_INIT;
	struct hc_expr *again = NULL;
	struct hc_error err;
	enum hc_status rc;
	bool holds;

	rc = hc_expr_eval(expr, &values, &now, &one);
	holds = hc_expr_true(expr, &values, &now);
	if (hc_expr_type(expr) == HC_TYPE_YESNO &&
	    holds != (rc == HC_OK && strcmp(hc_buf_text(&one), "1") == 0))
		abort();
	hc_buf_clear(&one);
	if (hc_expr_sql_value(expr, &one, &params, &now, &err) != HC_OK &&
	    strstr(err.text, "deep") == NULL)
		abort();
	hc_expr_params_free(&params);
	hc_buf_clear(&one);
	hc_expr_print(expr, &one);
	if (one.len <= HC_EXPR_LONGEST) {
		if (hc_expr_parse(&again, hc_buf_text(&one), scope, NULL,
		    NULL) != HC_OK)
			abort();
		hc_expr_print(again, &two);
		if (strcmp(hc_buf_text(&one), hc_buf_text(&two)) != 0)
			abort();
	}
	hc_expr_free(again);
	hc_buf_free(&one);
	hc_buf_free(&two);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct hc_expr_scope scope = { .resolve = resolve,
		.each_name = each_name, .choice_known = choice_known };
	struct hc_expr *expr;
	struct hc_error err;
	size_t at = 0;
	char *text;

	if ((text = malloc(size + 1)) == NULL)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	if (hc_expr_parse(&expr, text, &scope, &at, &err) == HC_OK) {
		run(expr, &scope);
		hc_expr_free(expr);
	} else if (at > size || err.text[0] == '\0')
		abort();
	free(text);
	return 0;
}
