/* Tests of base/int.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/int.h"

static void
test_format(void **state)
{
	static const struct {
		int64_t n;
		int decimals;
		const char *text;
	} cases[] = {
		{ 0, 0, "0" }, { 7, 0, "7" }, { -7, 0, "-7" },
		{ INT64_C(112038000000001), 0, "112038000000001" },
		{ INT64_MAX, 0, "9223372036854775807" },
		{ INT64_MIN, 0, "-9223372036854775808" },
		{ 375, 1, "37.5" }, { 370, 1, "37.0" }, { 5, 1, "0.5" },
		{ 0, 1, "0.0" }, { -5, 1, "-0.5" }, { 5, 3, "0.005" },
		{ INT64_MIN, 18, "-9.223372036854775808" },
	};
	char text[HC_INT_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(hc_int_format(cases[i].n,
		    cases[i].decimals, text), cases[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
