/*
 * Sealing, hashing and chance: the home of libsodium.
 *
 * Sealed boxes carry answers from the form machine to the office: whoever
 * has the public key can write one, only the secret key opens it.  Hashes
 * are BLAKE2b, with or without a key.  Hexadecimal and base64 stand here
 * because keys and hashes travel so.
 */
#ifndef HC_BASE_SEAL_H
#define HC_BASE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

#define HC_SEAL_KEY 32		/* bytes of a public or a secret key */
#define HC_SEAL_EXTRA 48	/* bytes a sealed box is longer than its text */
#define HC_HASH_SIZE 32		/* bytes of an ordinary hash */
#define HC_HASH_KEY_MAX 64	/* bytes of the longest key of a hash */

/*
 * hc_seal_ready():
 * Make libsodium ready; every function here does so by itself, but a
 * program with threads should ask once before it starts them.  HC_OK, or
 * HC_ERROR where the system gives no random bytes.
 */
enum hc_status hc_seal_ready(void);

/* hc_seal_keypair(public_key, secret_key): make a new pair of keys. */
enum hc_status hc_seal_keypair(unsigned char public_key[HC_SEAL_KEY],
    unsigned char secret_key[HC_SEAL_KEY]);

/* hc_seal_public(public_key, secret_key): the public key of a secret one. */
enum hc_status hc_seal_public(unsigned char public_key[HC_SEAL_KEY],
    const unsigned char secret_key[HC_SEAL_KEY]);

/*
 * hc_seal_close(out, data, len, public_key):
 * Append to ${out} the ${len} bytes sealed for ${public_key}:
 * HC_SEAL_EXTRA bytes more than they were.  Two seals of the same bytes
 * differ.
 *
 * Returns HC_OK; HC_INVALID if ${public_key} is no key; HC_NOMEM.
 */
enum hc_status hc_seal_close(struct hc_buf *out, const void *data, size_t len,
    const unsigned char public_key[HC_SEAL_KEY]);

/*
 * hc_seal_open(out, data, len, public_key, secret_key):
 * Append to ${out} what was sealed in the ${len} bytes.
 *
 * Returns HC_OK; HC_INVALID if they were not sealed for this key or were
 * changed on the way; HC_NOMEM.  On failure ${out} is as it was.
 */
enum hc_status hc_seal_open(struct hc_buf *out, const void *data, size_t len,
    const unsigned char public_key[HC_SEAL_KEY],
    const unsigned char secret_key[HC_SEAL_KEY]);

/* hc_seal_random(out, len): ${len} bytes that nobody can guess. */
enum hc_status hc_seal_random(void *out, size_t len);

/* hc_seal_wipe(data, len): overwrite a secret that is needed no more. */
void hc_seal_wipe(void *data, size_t len);

/* A hash in the making; it holds no memory that must be freed. */
struct hc_hash {
	_Alignas(64) unsigned char state[384];
};

/*
 * hc_hash_begin(hash, key, keylen) / hc_hash_add(hash, data, len) /
 * hc_hash_end(hash, out):
 * BLAKE2b-256 of all bytes added in between, under the key of ${keylen}
 * bytes (0: without a key; at most HC_HASH_KEY_MAX, more are passed over).
 * The bounds between the parts are not hashed: who needs them adds them.
 */
void hc_hash_begin(struct hc_hash *hash, const unsigned char *key,
    size_t keylen);
void hc_hash_add(struct hc_hash *hash, const void *data, size_t len);
void hc_hash_end(struct hc_hash *hash, unsigned char out[HC_HASH_SIZE]);

/*
 * hc_hash_short(out, outlen, key, keylen, data):
 * BLAKE2b of the C string ${data} in ${outlen} bytes (16 to 64), under the
 * key as above.  BLAKE2b of another length is another hash, not a part of
 * the longer one.
 */
void hc_hash_short(unsigned char *out, size_t outlen,
    const unsigned char *key, size_t keylen, const char *data);

/* hc_hex_format(out, data, len): append 2 * ${len} digits, lower case. */
void hc_hex_format(struct hc_buf *out, const void *data, size_t len);

/*
 * hc_hex_parse(text, out, len):
 * Read exactly ${len} bytes from 2 * ${len} hexadecimal digits of either
 * case, nothing before, between or after.  HC_OK or HC_INVALID.
 */
enum hc_status hc_hex_parse(const char *text, unsigned char *out, size_t len);

/* hc_base64_format(out, data, len): append base64 (RFC 4648, section 4). */
void hc_base64_format(struct hc_buf *out, const void *data, size_t len);

/*
 * hc_base64_parse(text, out):
 * Append to ${out} the bytes of the base64 ${text}, which must be complete,
 * padded and without spaces.  HC_OK, HC_INVALID or HC_NOMEM; on failure
 * ${out} is as it was.
 */
enum hc_status hc_base64_parse(const char *text, struct hc_buf *out);

#endif
