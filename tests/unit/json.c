/* JSON in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
looks(void **state)
{
	static const char text[] = "{\"a\":{\"b\":\"\\u4f53\\n\"},"
	    "\"n\":[1,2,3],"
	    "\"t\":true,\"f\":1.5}";
	struct hc_json *json;
	struct hc_buf out = HC_BUF_INIT;
	const char *key;
	void *it = NULL;

	(void)state;
	assert_int_equal(hc_json_parse(&json, text, strlen(text), NULL),
	    HC_OK);
	assert_string_equal(hc_json_text(hc_json_get(hc_json_get(json, "a"),
	    "b")), "\xe4\xbd\x93\n");
	assert_int_equal(hc_json_size(hc_json_get(json, "n")), 3);
	assert_int_equal(hc_json_integer(hc_json_at(hc_json_get(json, "n"),
	    2), -1), 3);
	assert_int_equal(hc_json_integer(hc_json_get(json, "f"), -1), -1);
	assert_true(hc_json_true(hc_json_get(json, "t")));
	assert_true(hc_json_is_object(json));
	assert_true(hc_json_is_array(hc_json_get(json, "n")));
	assert_non_null(hc_json_next(json, &it, &key));
	assert_string_equal(key, "a");
	assert_non_null(hc_json_next(json, &it, &key));
	assert_string_equal(key, "n");

	/* What is not there. */
	assert_null(hc_json_text(hc_json_get(hc_json_get(json, "x"), "y")));
	assert_null(hc_json_at(hc_json_get(json, "n"), 3));
	assert_null(hc_json_at(json, 0));
	assert_null(hc_json_text(json));
	assert_int_equal(hc_json_size(NULL), 0);
	it = NULL;
	assert_null(hc_json_next(NULL, &it, &key));

	hc_json_format(json, &out);
	assert_string_equal(out.data, "{\"a\":{\"b\":\"\xe4\xbd\x93\\n\"},"
	    "\"f\":1.5,\"n\":[1,2,3],\"t\":true}");
	hc_buf_free(&out);
	hc_json_free(json);
	hc_json_free(NULL);
}

static void
refused(void **state)
{
	static const char *const bad[] = { "", "{", "{\"a\":1,\"a\":2}",
	    "[1,]", "{} {}", "\"\\u0000\"", "\"\xff\"", "\"\xc0\xaf\"", "nul",
	    "\"\\ud800\"", "'a'", "{a:1}" };
	struct hc_json *json;
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		err.text[0] = '\0';
		assert_int_equal(hc_json_parse(&json, bad[i], strlen(bad[i]),
		    &err), HC_INVALID);
		assert_null(json);
		assert_memory_equal(err.text, "not JSON", 8);
	}
	assert_int_equal(hc_json_parse(&json, "1\0", 2, &err), HC_INVALID);
}

static void
quotes(void **state)
{
	static const char text[] = "a\"b\\c\n\t\r\x01\x7f \xe4\xbd\x93";
	struct hc_buf out = HC_BUF_INIT;
	struct hc_json *json;

	(void)state;
	hc_json_quote(text, &out);
	assert_string_equal(out.data, "\"a\\\"b\\\\c\\n\\t\\u000d\\u0001\x7f "
	    "\xe4\xbd\x93\"");
	assert_int_equal(hc_json_parse(&json, out.data, out.len, NULL),
	    HC_OK);
	assert_string_equal(hc_json_text(json), text);
	hc_json_free(json);
	hc_buf_clear(&out);
	hc_json_quote("", &out);
	hc_json_quote(NULL, &out);
	assert_string_equal(out.data, "\"\"null");
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks),
		cmocka_unit_test(refused),
		cmocka_unit_test(quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
