/* Tokens of links: one text for each, and nothing else is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/seal.h"
#include "task/token.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
texts(void **state)
{
	/* As "base32 | tr A-Z a-z" prints them, without the '='. */
	static const struct {
		unsigned char fill;
		const char *text;
	} known[] = {
		{ 0x00, "aaaaaaaaaaaaaaaaaaaaaaaaaa" },
		{ 0xff, "7777777777777777777777777" "4" },
		{ 0x55, "kvkvkvkvkvkvkvkvkvkvkvkvku" },
	};
	unsigned char token[HC_TOKEN_SIZE], again[HC_TOKEN_SIZE];
	char text[HC_TOKEN_TEXT + 1];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(known); i++) {
		memset(token, known[i].fill, sizeof(token));
		hc_token_format(text, token);
		assert_string_equal(text, known[i].text);
	}
	for (i = 0; i < 10000; i++) {
		hc_seal_random(token, sizeof(token));
		hc_token_format(text, token);
		assert_int_equal(hc_token_parse(text, again), HC_OK);
		assert_memory_equal(token, again, sizeof(token));
	}
}

static void
refused(void **state)
{
	static const char *const bad[] = {
		"", "a",
		"aaaaaaaaaaaaaaaaaaaaaaaaa",	/* 25 */
		"aaaaaaaaaaaaaaaaaaaaaaaaaaa",	/* 27 */
		"Aaaaaaaaaaaaaaaaaaaaaaaaaa",
		"aaaaaaaaaaaaa0aaaaaaaaaaaa",
		"aaaaaaaaaaaaa1aaaaaaaaaaaa",
		"aaaaaaaaaaaaa8aaaaaaaaaaaa",
		"aaaaaaaaaaaaa9aaaaaaaaaaaa",
		"aaaaaaaaaaaaa-aaaaaaaaaaaa",
		"aaaaaaaaaaaaa{aaaaaaaaaaaa",
		"aaaaaaaaaaaaa`aaaaaaaaaaaa",
		"aaaaaaaaaaaaa\377aaaaaaaaaaaa",
		"aaaaaaaaaaaaaaaaaaaaaaaaab",	/* another text of "...aa" */
		"aaaaaaaaaaaaaaaaaaaaaaaaac",
		"aaaaaaaaaaaaaaaaaaaaaaaaad",
		" aaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	unsigned char token[HC_TOKEN_SIZE];
	char text[HC_TOKEN_TEXT + 1] = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
	size_t i;
	int c, good;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		assert_int_equal(hc_token_parse(bad[i], token), HC_INVALID);
	for (good = 0, c = 1; c < 256; c++) {
		text[3] = (char)c;
		good += hc_token_parse(text, token) == HC_OK;
	}
	assert_int_equal(good, 32);
}

static void
makes(void **state)
{
	unsigned char key[HC_TOKEN_KEY] = { 1 }, other[HC_TOKEN_KEY] = { 2 };
	unsigned char a[HC_TOKEN_SIZE], b[HC_TOKEN_SIZE];
	unsigned char hash[HC_TOKEN_HASH], wanted[HC_TOKEN_HASH];

	(void)state;
	hc_token_make(a, key, INT64_C(112038000000001), "ab");
	hc_hash_short(b, sizeof(b), key, sizeof(key), "112038000000001:ab");
	assert_memory_equal(a, b, sizeof(a));
	hc_token_make(b, key, INT64_C(112038000000002), "ab");
	assert_memory_not_equal(a, b, sizeof(a));
	hc_token_make(b, key, INT64_C(112038000000001), "ac");
	assert_memory_not_equal(a, b, sizeof(a));
	hc_token_make(b, other, INT64_C(112038000000001), "ab");
	assert_memory_not_equal(a, b, sizeof(a));

	/* printf abcdefghijklmnop | b2sum -l 256 */
	hc_token_hash(hash, (const unsigned char *)"abcdefghijklmnop");
	hc_hash_short(wanted, sizeof(wanted), NULL, 0, "abcdefghijklmnop");
	assert_memory_equal(hash, wanted, sizeof(hash));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(refused),
		cmocka_unit_test(makes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
