/*
 * The tokens of personal links.
 *
 * 26 characters of 5 bits are 130 bits: the last two must be zero, else one
 * token would have four texts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/seal.h"

#include "task/token.h"

void
hc_token_make(unsigned char token[HC_TOKEN_SIZE],
    const unsigned char key[HC_TOKEN_KEY], int64_t invitation,
    const char *nonce)
{
	char text[64];

	snprintf(text, sizeof(text), "%" PRId64 ":%s", invitation, nonce);
	hc_hash_short(token, HC_TOKEN_SIZE, key, HC_TOKEN_KEY, text);
}

void
hc_token_hash(unsigned char hash[HC_TOKEN_HASH],
    const unsigned char token[HC_TOKEN_SIZE])
{
	struct hc_hash h;

	hc_hash_begin(&h, NULL, 0);
	hc_hash_add(&h, token, HC_TOKEN_SIZE);
	hc_hash_end(&h, hash);
}

/*
 * All ones if ${low} <= ${c} <= ${high}, else 0, without a branch or a
 * table, whose cache lines could be watched.
 */
static unsigned int
within(unsigned int c, unsigned int low, unsigned int high)
{
	unsigned int outside = ((c - low) | (high - c)) >> 31;

	return outside - 1;
}

void
hc_token_format(char text[HC_TOKEN_TEXT + 1],
    const unsigned char token[HC_TOKEN_SIZE])
{
	unsigned int bits = 0, left = 0, five;
	size_t i, n = 0;

	for (i = 0; i < HC_TOKEN_TEXT; i++) {
		if (left < 5) {
			bits = bits << 8 |
			    (n < HC_TOKEN_SIZE ? token[n] : 0u);
			left += 8;
			n++;
		}
		left -= 5;
		five = bits >> left & 31;
		text[i] = (char)((within(five, 0, 25) & ('a' + five)) |
		    (within(five, 26, 31) & ('2' + five - 26)));
	}
	text[HC_TOKEN_TEXT] = '\0';
}

enum hc_status
hc_token_parse(const char *text, unsigned char token[HC_TOKEN_SIZE])
{
	unsigned int bits = 0, left = 0, bad = 0, c, letter, digit;
	size_t i, n = 0;

	if (strnlen(text, HC_TOKEN_TEXT + 1) != HC_TOKEN_TEXT)
		return HC_INVALID;
	for (i = 0; i < HC_TOKEN_TEXT; i++) {
		c = (unsigned char)text[i];
		letter = within(c, 'a', 'z');
		digit = within(c, '2', '7');
		bad |= ~(letter | digit);
		bits = bits << 5 | (letter & (c - 'a')) |
		    (digit & (c - '2' + 26));
		left += 5;
		if (left >= 8) {
			left -= 8;
			token[n++] = (unsigned char)(bits >> left);
		}
	}
	bad |= bits & ((1u << left) - 1);
	return bad == 0 ? HC_OK : HC_INVALID;
}
