/*
 * The few moves of the small scanners for dates, times, ages and telephone
 * numbers.  ${p} is a place in a text that ends with NUL.
 */
#ifndef HC_BASE_SCAN_H
#define HC_BASE_SCAN_H

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static inline bool
hc_scan_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
hc_scan_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Move ${*p} behind spaces. */
static inline void
hc_scan_spaces(const char **p)
{
	while (hc_scan_is_space(**p))
		++*p;
}

/* Move ${*p} behind ${word} if it stands there, in any case of ASCII. */
static inline bool
hc_scan_take(const char **p, const char *word)
{
	size_t len = strlen(word);

	if (strncasecmp(*p, word, len) != 0)
		return false;
	*p += len;
	return true;
}

/* Move ${*p} behind digits; their number, -1 if there are none or more than
   ${most}, which is at most 9. */
static inline int
hc_scan_number(const char **p, int most)
{
	int n = 0, digits = 0;

	for (; hc_scan_is_digit(**p); ++*p)
		if (++digits <= most)
			n = n * 10 + **p - '0';
	return digits >= 1 && digits <= most ? n : -1;
}

#endif
