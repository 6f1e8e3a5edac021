/* Two names letter by letter. */
#include <string.h>

#include "base/near.h"
#include "base/utf8.h"

#include "task/alike_name.h"

#define LETTERS 64	/* what is beyond is not looked at */

static size_t
letters_of(const char *text, unsigned int letters[LETTERS])
{
	size_t n = 0;

	while (*text != '\0' && n < LETTERS)
		letters[n++] = hc_utf8_next(&text);
	return n;
}

/*
 * hc_near_distance() by letters, not bytes: each letter of the two becomes a
 * byte of its own, the first that occurs 1, the next 2 and so on.
 */
static size_t
distance(const char *a, const char *b)
{
	unsigned int known[2 * LETTERS], letters[LETTERS];
	const char *const texts[] = { a, b };
	char as_bytes[2][LETTERS + 1];
	size_t t, i, k, n, nknown = 0;

	for (t = 0; t < 2; t++) {
		n = letters_of(texts[t], letters);
		for (i = 0; i < n; i++) {
			for (k = 0; k < nknown && known[k] != letters[i]; k++)
				continue;
			if (k == nknown)
				known[nknown++] = letters[i];
			as_bytes[t][i] = (char)(k + 1);
		}
		as_bytes[t][n] = '\0';
	}
	return hc_near_distance(as_bytes[0], as_bytes[1]);
}

/* How many letters of ${a} are in ${b} too, each counted once. */
static size_t
common_letters(const char *a, const char *b, size_t *na, size_t *nb)
{
	unsigned int x[LETTERS], y[LETTERS];
	size_t i, j, common = 0;

	*na = letters_of(a, x);
	*nb = letters_of(b, y);
	for (i = 0; i < *na; i++)
		for (j = 0; j < *nb; j++)
			if (x[i] == y[j]) {
				y[j] = 0;
				common++;
				break;
			}
	return common;
}

bool
hc_alike_name_share(const char *a, const char *b)
{
	size_t na, nb, common = common_letters(a, b, &na, &nb);

	return common * 2 >= (na < nb ? na : nb) && common > 0;
}

bool
hc_alike_name_turned(const char *a, const char *b)
{
	size_t na, nb, common = common_letters(a, b, &na, &nb);

	return na == nb && common == na && na > 0;
}

bool
hc_alike_name_slipped(const char *a, const char *b, size_t least)
{
	size_t na, nb, d, common = common_letters(a, b, &na, &nb);

	if (na < least || nb < least || common + 2 < (na > nb ? na : nb))
		return false;
	d = distance(a, b);
	return d <= 1 || (d == 2 && na >= 3 * least && nb >= 3 * least);
}

static bool
has_word(const char *text, const char *word, size_t len)
{
	for (; *text != '\0'; text += strspn(text, " ")) {
		if (strcspn(text, " ") == len && memcmp(text, word, len) == 0)
			return true;
		text += strcspn(text, " ");
	}
	return false;
}

/* Are two words or more of the shorter all in the longer one? */
static bool
has_words(const char *shorter, const char *longer)
{
	size_t n, words = 0;

	for (; *shorter != '\0'; shorter += strspn(shorter, " ")) {
		n = strcspn(shorter, " ");
		if (!has_word(longer, shorter, n))
			return false;
		shorter += n;
		words++;
	}
	return words >= 2;
}

bool
hc_alike_name_words(const char *a, const char *b)
{
	return has_words(a, b) || has_words(b, a);
}

/* The last of several words; NULL. */
static const char *
last_word(const char *text)
{
	const char *space = strrchr(text, ' ');

	return space != NULL ? space + 1 : NULL;
}

bool
hc_alike_name_given(const char *a, const char *b)
{
	const char *one = last_word(a), *two = last_word(b);
	unsigned int x[LETTERS], y[LETTERS];
	size_t na, nb, n = 0;

	if (one != NULL && two != NULL)
		return strcmp(one, two) == 0;
	na = letters_of(a, x);
	nb = letters_of(b, y);
	while (n < na && n < nb && x[na - 1 - n] == y[nb - 1 - n])
		n++;
	return n >= 2 && n < na && n < nb;
}
