/* The body of a submitted form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "task/form_body.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
read_well(void **state)
{
	static const struct {
		const char *data, *name, *value;	/* NULL: not there */
		size_t len;
	} good[] = {
		{ "", "a", NULL, 0 },
		{ "a=1", "a", "1", 1 },
		{ "a=1&b=2", "b", "2", 2 },
		{ "a=1&a=2", "a", "1", 2 },
		{ "a", "a", "", 1 },
		{ "a=", "a", "", 1 },
		{ "=1", "", "1", 1 },
		{ "&&a=1&", "a", "1", 1 },
		{ "a=1=2", "a", "1=2", 1 },
		{ "a=x+y%2Bz", "a", "x y+z", 1 },
		{ "a%3Db=%26", "a=b", "&", 1 },
		{ "a=%E4%BD%93", "a", "\xe4\xbd\x93", 1 },
		{ "a=\xe4\xbd\x93", "a", "\xe4\xbd\x93", 1 },
		{ "a=x%0D%0Ay%0az", "a", "x\ny\nz", 1 },
		{ "a=%0D", "a", "\r", 1 },
		{ "A.cough=1", "cough", NULL, 1 },
	};
	struct hc_form_body body;
	const char *value;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		assert_int_equal(hc_form_body_parse(&body, good[i].data,
		    strlen(good[i].data)), HC_OK);
		assert_int_equal(body.len, good[i].len);
		value = hc_form_body_get(&body, good[i].name);
		if (good[i].value == NULL)
			assert_null(value);
		else
			assert_string_equal(value, good[i].value);
		hc_form_body_clear(&body);
	}
}

static void
refused(void **state)
{
	static const char *const bad[] = { "a=%", "a=%4", "a=%4g", "a=%g4",
	    "%=1", "a=%00", "%00=a", "a=%FF", "a=\xff", "a=%C0%AF",
	    "a=%ED%A0%80", "a=%E4%BD", "b=1&a=%" };
	char many[3 * HC_FORM_FIELDS + 3];
	struct hc_form_body body;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		assert_int_equal(hc_form_body_parse(&body, bad[i],
		    strlen(bad[i])), HC_INVALID);
		hc_form_body_clear(&body);
	}
	assert_int_equal(hc_form_body_parse(&body, "a=1\0", 4), HC_INVALID);
	hc_form_body_clear(&body);

	for (i = 0; i < sizeof(many); i += 3)
		memcpy(many + i, "a=&", 3);
	assert_int_equal(hc_form_body_parse(&body, many,
	    3 * HC_FORM_FIELDS - 1), HC_OK);
	assert_int_equal(body.len, HC_FORM_FIELDS);
	hc_form_body_clear(&body);
	assert_int_equal(hc_form_body_parse(&body, many, sizeof(many)),
	    HC_INVALID);
	hc_form_body_clear(&body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_well),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
