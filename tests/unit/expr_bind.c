/* An expression's SQL through the database interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/expr_bind.h"

static char folder[] = "/tmp/hc-expr-bind-XXXXXX";
static char path[64], lock[64];

static enum hc_status
resolve(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	(void)arg;
	(void)err;
	if (strcmp(name, "kind") == 0) {
		out->type = HC_TYPE_TEXT;
		out->sql = "e.\"kind\"";
	} else if (strcmp(name, "temperature") == 0) {
		out->type = HC_TYPE_DECIMAL;
		out->decimals = 1;
		out->sql = "e.\"temperature\"";
	} else
		return HC_NOTFOUND;
	return HC_OK;
}

static void
test_bind(void **state)
{
	static const struct hc_expr_clock now = { "2020-12-25",
		"2020-12-25T00:30:00Z", 540 };
	const struct hc_expr_scope scope = { .resolve = resolve };
	struct hc_expr_params params = { .prefix = "p" };
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *stmt = NULL;
	struct hc_expr *expr = NULL;
	struct hc_db *db = NULL;

	(void)state;
	assert_int_equal(hc_db_open(&db, path, HC_DB_CREATE), HC_OK);
	assert_int_equal(hc_db_exec(db, "CREATE TEMP TABLE e (kind TEXT, "
	    "temperature INTEGER); INSERT INTO e VALUES ('it''s', 375), "
	    "('it''s', 374), ('case', 380)"), HC_OK);
	assert_int_equal(hc_expr_parse_condition(&expr, "kind = 'it''s' and "
	    "temperature >= 37.5", &scope, NULL, NULL), HC_OK);
	hc_buf_puts(&sql, "SELECT temperature FROM e WHERE ");
	assert_int_equal(hc_expr_sql(expr, &sql, &params, &now, NULL), HC_OK);
	assert_int_equal(hc_stmt_new(&stmt, db, hc_buf_text(&sql)), HC_OK);
	assert_int_equal(hc_expr_bind(stmt, &params), HC_OK);
	hc_expr_params_free(&params);
	assert_int_equal(hc_stmt_next(stmt), HC_OK);
	assert_int_equal(hc_stmt_get_int(stmt, 0), 375);
	assert_int_equal(hc_stmt_next(stmt), HC_NOTFOUND);

	/* Parameters that the statement does not have. */
	params.prefix = "q";
	hc_buf_clear(&sql);
	assert_int_equal(hc_expr_sql(expr, &sql, &params, &now, NULL), HC_OK);
	assert_int_equal(hc_expr_bind(stmt, &params), HC_ERROR);
	hc_expr_params_free(&params);
	hc_stmt_free(stmt);
	hc_db_close(db);
	hc_expr_free(expr);
	hc_buf_free(&sql);
}

static int
make_folder(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/t.db", folder);
	snprintf(lock, sizeof(lock), "%s/t.db.lock", folder);
	return 0;
}

static int
remove_folder(void **state)
{
	(void)state;
	(void)unlink(path);
	(void)unlink(lock);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bind),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
