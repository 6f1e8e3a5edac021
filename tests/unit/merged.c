/* Tests of base/merged.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/merged.h"

#define ROOM 8

/* Fill row ${number} of cells "a", "" for empty, and write it as "a|a*|b". */
static void
fill(struct hc_merged *m, size_t number, const char *const *texts, size_t n,
    char out[256])
{
	struct hc_book_cell cells[ROOM];
	size_t i, len = 0;

	for (i = 0; i < n; i++)
		cells[i] = (struct hc_book_cell){ .text = texts[i],
		    .kana = *texts[i] == 'k' ? "カナ" : NULL,
		    .kind = *texts[i] == '\0' ? HC_BOOK_EMPTY :
		    HC_BOOK_TEXT };
	assert_int_equal(hc_merged_fill(m, number, cells, &n, ROOM), HC_OK);
	for (i = 0; i < n; i++)
		len += (size_t)snprintf(out + len, 256 - len, "%s%s%s%s",
		    i == 0 ? "" : "|", cells[i].text,
		    cells[i].kana != NULL ? "+" : "",
		    cells[i].merged ? "*" : "");
}

#define ROW(number, wanted, ...) do { \
	static const char *const texts[] = { __VA_ARGS__ }; \
	char out[256]; \
	fill(&m, number, texts, sizeof(texts) / sizeof(texts[0]), out); \
	assert_string_equal(out, wanted); \
} while (0)

static void
repeats(void **state)
{
	struct hc_merged m = { 0 };

	(void)state;
	assert_int_equal(hc_merged_add(&m, 3, 5, 1, 1), HC_OK);
	assert_int_equal(hc_merged_add(&m, 1, 2, 0, 2), HC_OK);
	assert_int_equal(hc_merged_add(&m, 9, 10, 0, 0), HC_OK);
	ROW(1, "kt+|kt+*|kt+*|x", "kt", "", "", "x");
	ROW(2, "kt+*|kt+*|kt+*", "");
	ROW(3, "a|b|c", "a", "b", "c");
	ROW(5, "d|b*|e", "d", "", "e");
	ROW(6, "f|", "f", "");
	/* Row 9, where the area begins, holds nothing. */
	ROW(10, "*|g", "", "g");
	hc_merged_clear(&m);
	ROW(1, "a|", "a", "");
}

static void
limits(void **state)
{
	struct hc_merged m = { 0 };
	size_t i;

	(void)state;
	assert_int_equal(hc_merged_add(&m, 2, 1, 0, 0), HC_INVALID);
	assert_int_equal(hc_merged_add(&m, 1, 1, 1, 0), HC_INVALID);
	/* Overlapping: the first by row and column has it. */
	assert_int_equal(hc_merged_add(&m, 1, 3, 0, 1), HC_OK);
	assert_int_equal(hc_merged_add(&m, 2, 4, 1, 2), HC_OK);
	/* Beyond all columns, and wider than the room. */
	assert_int_equal(hc_merged_add(&m, 1, 9, 5000, 6000), HC_OK);
	assert_int_equal(hc_merged_add(&m, 5, 5, 4, 16383), HC_OK);
	ROW(1, "a|a*|b", "a", "", "b");
	ROW(2, "a*|a*|d", "", "c", "d");
	ROW(4, "|e|f", "", "e", "f");
	ROW(5, "1|2|3|4|5|5*|5*|5*", "1", "2", "3", "4", "5");
	hc_merged_clear(&m);
	for (i = 0; i < HC_MERGED_MAX; i++)
		assert_int_equal(hc_merged_add(&m, 1, 1, 0, 1), HC_OK);
	assert_int_equal(hc_merged_add(&m, 1, 1, 0, 1), HC_INVALID);
	hc_merged_clear(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(repeats),
		cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
