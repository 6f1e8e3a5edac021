/*
 * The tokens of personal links: 128 bits, in a link as 26 characters.
 *
 * A token is a keyed hash of its invitation's id under the office's link
 * key, so it need not be stored anywhere: a mail can be sent again with the
 * same link, and the database and the form machine hold only the token's
 * hash.  Who reads those can neither make nor follow a link.
 */
#ifndef HC_TASK_TOKEN_H
#define HC_TASK_TOKEN_H

#include <stdint.h>

#include "base/status.h"

#define HC_TOKEN_SIZE 16	/* bytes of a token */
#define HC_TOKEN_TEXT 26	/* its characters, without the NUL */
#define HC_TOKEN_HASH 32	/* bytes of a token's hash */
#define HC_TOKEN_KEY 32		/* bytes of an office's link key */

/*
 * hc_token_make(token, key, invitation, nonce):
 * The token of the invitation with the id ${invitation}: BLAKE2b-128 of the
 * id as decimal text, ':' and the invitation's random text, under ${key}.
 */
void hc_token_make(unsigned char token[HC_TOKEN_SIZE],
    const unsigned char key[HC_TOKEN_KEY], int64_t invitation,
    const char *nonce);

/* hc_token_hash(hash, token): BLAKE2b-256 of the token's 16 bytes. */
void hc_token_hash(unsigned char hash[HC_TOKEN_HASH],
    const unsigned char token[HC_TOKEN_SIZE]);

/* hc_token_format(text, token): base32 (RFC 4648), lower case, unpadded. */
void hc_token_format(char text[HC_TOKEN_TEXT + 1],
    const unsigned char token[HC_TOKEN_SIZE]);

/*
 * hc_token_parse(text, token):
 * Read what hc_token_format() wrote, and nothing else: each token has one
 * text.  The time taken depends on the length of ${text} alone.
 * Returns HC_OK or HC_INVALID (then ${token} holds nothing of use).
 */
enum hc_status hc_token_parse(const char *text,
    unsigned char token[HC_TOKEN_SIZE]);

#endif
