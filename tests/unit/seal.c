/* Sealing, hashing, hexadecimal and base64. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/seal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
boxes(void **state)
{
	unsigned char pk[HC_SEAL_KEY], sk[HC_SEAL_KEY], again[HC_SEAL_KEY];
	unsigned char other_pk[HC_SEAL_KEY], other_sk[HC_SEAL_KEY];
	struct hc_buf box = HC_BUF_INIT, text = HC_BUF_INIT;
	size_t i;

	(void)state;
	assert_int_equal(hc_seal_keypair(pk, sk), HC_OK);
	assert_int_equal(hc_seal_keypair(other_pk, other_sk), HC_OK);
	assert_int_equal(hc_seal_public(again, sk), HC_OK);
	assert_memory_equal(again, pk, sizeof(pk));

	assert_int_equal(hc_seal_close(&box, "37.5", 4, pk), HC_OK);
	assert_int_equal(box.len, 4 + HC_SEAL_EXTRA);
	hc_buf_puts(&text, "before ");
	assert_int_equal(hc_seal_open(&text, box.data, box.len, pk, sk),
	    HC_OK);
	assert_string_equal(text.data, "before 37.5");

	/* Not for another key, not when any byte changed, not when short. */
	assert_int_equal(hc_seal_open(&text, box.data, box.len, other_pk,
	    other_sk), HC_INVALID);
	for (i = 0; i < box.len; i++) {
		box.data[i] ^= 1;
		assert_int_equal(hc_seal_open(&text, box.data, box.len, pk,
		    sk), HC_INVALID);
		assert_int_equal(hc_seal_open(&text, box.data, i, pk, sk),
		    HC_INVALID);
		box.data[i] ^= 1;
	}
	assert_string_equal(text.data, "before 37.5");

	/* Nothing at all can be sealed, too. */
	hc_buf_clear(&box);
	hc_buf_clear(&text);
	assert_int_equal(hc_seal_close(&box, "", 0, pk), HC_OK);
	assert_int_equal(hc_seal_open(&text, box.data, box.len, pk, sk),
	    HC_OK);
	assert_int_equal(text.len, 0);

	memset(again, 0, sizeof(again));
	assert_int_equal(hc_seal_close(&box, "x", 1, again), HC_INVALID);
	hc_buf_free(&box);
	hc_buf_free(&text);
}

static void
hashes(void **state)
{
	/* BLAKE2b-256 of "abc", as "b2sum -l 256" prints it. */
	static const char abc[] = "bddd813c634239723171ef3fee98579b"
	    "94964e3bb1cb3e427262c8c068d52319";
	unsigned char key[HC_HASH_KEY_MAX + 1], a[32], b[32], c[16];
	struct hc_buf hex = HC_BUF_INIT;
	struct hc_hash hash;

	(void)state;
	memset(key, 7, sizeof(key));
	hc_hash_begin(&hash, NULL, 0);
	hc_hash_add(&hash, "a", 1);
	hc_hash_add(&hash, "", 0);
	hc_hash_add(&hash, "bc", 2);
	hc_hash_end(&hash, a);
	hc_hex_format(&hex, a, sizeof(a));
	assert_string_equal(hex.data, abc);
	hc_hash_short(b, sizeof(b), NULL, 0, "abc");
	assert_memory_equal(a, b, sizeof(a));

	hc_hash_short(b, sizeof(b), key, 32, "abc");
	assert_memory_not_equal(a, b, sizeof(a));
	hc_hash_short(c, sizeof(c), NULL, 0, "abc");
	assert_memory_not_equal(a, c, sizeof(c));

	/* A key longer than the longest counts as far as it may. */
	hc_hash_short(a, sizeof(a), key, HC_HASH_KEY_MAX + 1, "abc");
	hc_hash_short(b, sizeof(b), key, HC_HASH_KEY_MAX, "abc");
	assert_memory_equal(a, b, sizeof(a));
	hc_buf_free(&hex);
}

static void
hex(void **state)
{
	static const char *const bad[] = { "", "0", "00", "000", "00000",
	    "000000", "00g0", "0 00", "00:0", " 0000", "0000 ",
	    "\xef\xbc\x90" };
	unsigned char out[2] = { 1, 2 };
	size_t i;

	(void)state;
	assert_int_equal(hc_hex_parse("00fF", out, 2), HC_OK);
	assert_int_equal(out[0], 0);
	assert_int_equal(out[1], 0xff);
	for (i = 0; i < COUNT(bad); i++)
		assert_int_equal(hc_hex_parse(bad[i], out, 2), HC_INVALID);
}

static void
base64(void **state)
{
	static const struct {
		const char *text, *data;
	} good[] = {
		{ "", "" }, { "Zg==", "f" }, { "Zm8=", "fo" },
		{ "Zm9v", "foo" }, { "Zm9vYg==", "foob" },
		{ "Zm9vYmE=", "fooba" }, { "Zm9vYmFy", "foobar" },
	};
	static const char *const bad[] = { "Z", "Zg", "Zg=", "Zg===", "Zh==",
	    "Zm8", "Zm9v ", " Zm9v", "Zm\n9v", "Zm-v", "====", "Zg==Zg==" };
	struct hc_buf buf = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		hc_buf_clear(&buf);
		hc_base64_format(&buf, good[i].data, strlen(good[i].data));
		assert_string_equal(hc_buf_text(&buf), good[i].text);
		hc_buf_clear(&buf);
		assert_int_equal(hc_base64_parse(good[i].text, &buf), HC_OK);
		assert_string_equal(hc_buf_text(&buf), good[i].data);
	}
	hc_buf_clear(&buf);
	hc_buf_puts(&buf, "x");
	for (i = 0; i < COUNT(bad); i++)
		assert_int_equal(hc_base64_parse(bad[i], &buf), HC_INVALID);
	assert_string_equal(buf.data, "x");
	hc_buf_free(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boxes),
		cmocka_unit_test(hashes),
		cmocka_unit_test(hex),
		cmocka_unit_test(base64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
