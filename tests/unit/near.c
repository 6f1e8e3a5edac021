/* Suggestions for mistyped words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/near.h"

static void
test_distance(void **state)
{
	static const struct {
		const char *a, *b;
		int distance;
	} cases[] = {
		{ "", "", 0 },
		{ "", "abc", 3 },
		{ "abc", "", 3 },
		{ "abc", "abc", 0 },
		{ "abc", "abd", 1 },
		{ "abc", "acb", 1 },
		{ "abc", "ab", 1 },
		{ "abc", "xabc", 1 },
		{ "formta", "format", 1 },
		{ "ab", "ba", 1 },
		{ "kitten", "sitting", 3 },
		{ "abcdef", "fedcba", 5 },
	};
	char longer[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(hc_near_distance(cases[i].a, cases[i].b),
		    cases[i].distance);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	/* What is too long is far from everything. */
	assert_int_equal(hc_near_distance(longer, "x"), 200);
	assert_null(hc_near_better(longer, "xx", NULL));
}

static void
test_best(void **state)
{
	static const char *const known[] = {
		"format", "output", "dry-run", "today", "db", "all",
	};
	static const struct {
		const char *word, *best;
	} cases[] = {
		{ "formta", "format" },
		{ "form", "format" },
		{ "outptu", "output" },
		{ "dryrun", "dry-run" },
		{ "tody", "today" },
		{ "dd", "db" },
		{ "xyz", NULL },
		{ "", NULL },
		{ "completely-different", NULL },
		{ "al", "all" },
	};
	const char *best;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		best = NULL;
		for (j = 0; j < sizeof(known) / sizeof(known[0]); j++)
			best = hc_near_better(cases[i].word, known[j], best);
		if (cases[i].best == NULL)
			assert_null(best);
		else {
			assert_non_null(best);
			assert_string_equal(best, cases[i].best);
		}
	}
}

static void
test_same(void **state)
{
	(void)state;
	assert_true(hc_near_same("to_place", "to_place"));
	assert_true(hc_near_same("To-Place", "to_place"));
	assert_false(hc_near_same("to", "to_place"));
	assert_false(hc_near_same("to-places", "to_place"));
	assert_false(hc_near_same("toplace", "to_place"));
	assert_false(hc_near_same("", "to_place"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
