/*
 * Sealing, hashing and chance, all by libsodium.
 *
 * BLAKE2b by crypto_generichash (RFC 7693), sealed boxes by
 * crypto_box_seal (X25519, XSalsa20-Poly1305, a fresh key for each box).
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/seal.h"

_Static_assert(sizeof(struct hc_hash) >= sizeof(crypto_generichash_state),
    "struct hc_hash is too small");
_Static_assert(_Alignof(struct hc_hash) >= _Alignof(crypto_generichash_state),
    "struct hc_hash is not aligned");
_Static_assert(HC_SEAL_KEY == crypto_box_PUBLICKEYBYTES &&
    HC_SEAL_KEY == crypto_box_SECRETKEYBYTES, "size of keys");
_Static_assert(HC_SEAL_EXTRA == crypto_box_SEALBYTES, "size of a box");
_Static_assert(HC_HASH_KEY_MAX == crypto_generichash_KEYBYTES_MAX,
    "size of a hash's key");

enum hc_status
hc_seal_ready(void)
{
	return sodium_init() >= 0 ? HC_OK : HC_ERROR;
}

enum hc_status
hc_seal_keypair(unsigned char public_key[HC_SEAL_KEY],
    unsigned char secret_key[HC_SEAL_KEY])
{
	if (hc_seal_ready() != HC_OK)
		return HC_ERROR;
	return crypto_box_keypair(public_key, secret_key) == 0 ?
	    HC_OK : HC_ERROR;
}

enum hc_status
hc_seal_public(unsigned char public_key[HC_SEAL_KEY],
    const unsigned char secret_key[HC_SEAL_KEY])
{
	if (hc_seal_ready() != HC_OK)
		return HC_ERROR;
	return crypto_scalarmult_base(public_key, secret_key) == 0 ?
	    HC_OK : HC_INVALID;
}

/* Append ${len} bytes to ${buf} and say where they are; NULL: no memory. */
static unsigned char *
extend(struct hc_buf *buf, size_t len)
{
	static const char zeros[256];
	size_t begin = buf->len, left, n;

	for (left = len; left > 0; left -= n) {
		n = left < sizeof(zeros) ? left : sizeof(zeros);
		hc_buf_add(buf, zeros, n);
	}
	if (hc_buf_failed(buf)) {
		hc_buf_cut(buf, begin);
		return NULL;
	}
	return (unsigned char *)buf->data + begin;
}

enum hc_status
hc_seal_close(struct hc_buf *out, const void *data, size_t len,
    const unsigned char public_key[HC_SEAL_KEY])
{
	size_t begin = out->len;
	unsigned char *box;

	if (hc_seal_ready() != HC_OK)
		return HC_ERROR;
	if (len > SIZE_MAX - HC_SEAL_EXTRA)
		return HC_NOMEM;
	if ((box = extend(out, len + HC_SEAL_EXTRA)) == NULL)
		return HC_NOMEM;
	if (crypto_box_seal(box, data, len, public_key) != 0) {
		hc_buf_cut(out, begin);
		return HC_INVALID;
	}
	return HC_OK;
}

enum hc_status
hc_seal_open(struct hc_buf *out, const void *data, size_t len,
    const unsigned char public_key[HC_SEAL_KEY],
    const unsigned char secret_key[HC_SEAL_KEY])
{
	unsigned char *text = NULL;
	enum hc_status rc = HC_INVALID;

	if (hc_seal_ready() != HC_OK)
		return HC_ERROR;
	if (len < HC_SEAL_EXTRA)
		return HC_INVALID;
	if ((text = malloc(len - HC_SEAL_EXTRA + 1)) == NULL)
		return HC_NOMEM;
	if (crypto_box_seal_open(text, data, len, public_key, secret_key) != 0)
		goto out;
	hc_buf_add(out, text, len - HC_SEAL_EXTRA);
	rc = hc_buf_failed(out) ? HC_NOMEM : HC_OK;
out:
	sodium_memzero(text, len - HC_SEAL_EXTRA + 1);
	free(text);
	return rc;
}

enum hc_status
hc_seal_random(void *out, size_t len)
{
	if (hc_seal_ready() != HC_OK)
		return HC_ERROR;
	randombytes_buf(out, len);
	return HC_OK;
}

void
hc_seal_wipe(void *data, size_t len)
{
	sodium_memzero(data, len);
}

static size_t
key_size(size_t keylen)
{
	return keylen < HC_HASH_KEY_MAX ? keylen : HC_HASH_KEY_MAX;
}

/* With sizes in bounds, as they are here, these calls cannot fail. */
void
hc_hash_begin(struct hc_hash *hash, const unsigned char *key, size_t keylen)
{
	(void)hc_seal_ready();
	crypto_generichash_init((void *)hash->state, key, key_size(keylen),
	    HC_HASH_SIZE);
}

void
hc_hash_add(struct hc_hash *hash, const void *data, size_t len)
{
	crypto_generichash_update((void *)hash->state, data, len);
}

void
hc_hash_end(struct hc_hash *hash, unsigned char out[HC_HASH_SIZE])
{
	crypto_generichash_final((void *)hash->state, out, HC_HASH_SIZE);
}

void
hc_hash_short(unsigned char *out, size_t outlen, const unsigned char *key,
    size_t keylen, const char *data)
{
	(void)hc_seal_ready();
	crypto_generichash(out, outlen, (const unsigned char *)data,
	    strlen(data), key, key_size(keylen));
}

void
hc_hex_format(struct hc_buf *out, const void *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *p = data;

	for (; len > 0; len--, p++) {
		hc_buf_putc(out, digits[*p >> 4]);
		hc_buf_putc(out, digits[*p & 0xf]);
	}
}

enum hc_status
hc_hex_parse(const char *text, unsigned char *out, size_t len)
{
	size_t n;

	if (strlen(text) != 2 * len)
		return HC_INVALID;
	if (sodium_hex2bin(out, len, text, 2 * len, NULL, &n, NULL) != 0)
		return HC_INVALID;
	return n == len ? HC_OK : HC_INVALID;
}

void
hc_base64_format(struct hc_buf *out, const void *data, size_t len)
{
	size_t begin = out->len, room;
	unsigned char *text;

	if (len > SIZE_MAX / 4) {
		out->failed = true;
		return;
	}
	room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
	if ((text = extend(out, room)) == NULL)
		return;
	sodium_bin2base64((char *)text, room, data, len,
	    sodium_base64_VARIANT_ORIGINAL);
	hc_buf_cut(out, begin + room - 1);
}

enum hc_status
hc_base64_parse(const char *text, struct hc_buf *out)
{
	size_t begin = out->len, len = strlen(text), n = 0;
	unsigned char *data;

	if (len == 0)
		return HC_OK;
	if ((data = extend(out, len / 4 * 3 + 3)) == NULL)
		return HC_NOMEM;
	if (sodium_base642bin(data, len / 4 * 3 + 3, text, len, NULL, &n,
	    NULL, sodium_base64_VARIANT_ORIGINAL) != 0) {
		hc_buf_cut(out, begin);
		return HC_INVALID;
	}
	hc_buf_cut(out, begin + n);
	return HC_OK;
}
