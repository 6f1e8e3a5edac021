/* UTF-8: validity, characters, columns. */
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"

/* How many of ${len} bytes at ${s} are ASCII without NUL; whole words only. */
static size_t
ascii_run(const unsigned char *s, size_t len)
{
	const uint64_t high = 0x8080808080808080, one = 0x0101010101010101;
	uint64_t w;
	size_t n = 0;

	for (; len - n >= sizeof(w); n += sizeof(w)) {
		memcpy(&w, s + n, sizeof(w));
		/* Under a high bit, w - one borrows only from a zero byte. */
		if ((w & high) != 0 || ((w - one) & high) != 0)
			break;
	}
	return n;
}

/*
 * The length of the well-formed sequence at ${s}, of which ${len} bytes are
 * there, by table 3-7 of the Unicode standard: what may follow the first
 * byte leaves no overlong form, surrogate or too large number.  Else 0.
 */
static size_t
sequence(const unsigned char *s, size_t len)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t n, i;

	if (s[0] >= 0x01 && s[0] <= 0x7f)
		return 1;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		n = 2;
	else if (s[0] >= 0xe0 && s[0] <= 0xef)
		n = 3;
	else if (s[0] >= 0xf0 && s[0] <= 0xf4)
		n = 4;
	else
		return 0;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	if (len < n || s[1] < low || s[1] > high)
		return 0;
	for (i = 2; i < n; i++)
		if (s[i] < 0x80 || s[i] > 0xbf)
			return 0;
	return n;
}

bool
hc_utf8_valid(const char *s, size_t len, size_t *bad_at)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t at = 0, n;

	while (at < len) {
		if (u[at] < 0x80 && (n = ascii_run(u + at, len - at)) > 0) {
			at += n;
			continue;
		}
		if ((n = sequence(u + at, len - at)) == 0) {
			if (bad_at != NULL)
				*bad_at = at;
			return false;
		}
		at += n;
	}
	return true;
}

unsigned int
hc_utf8_next(const char **s)
{
	const unsigned char *u = (const unsigned char *)*s;
	size_t n;

	if (u[0] < 0x80) {
		*s += u[0] != '\0';
		return u[0];
	}
	/* No byte after a NUL is looked at: 0 continues no sequence. */
	if ((n = sequence(u, 4)) == 0) {
		*s += 1;
		return 0xfffd;
	}
	*s += n;
	if (n == 2)
		return (u[0] & 0x1fU) << 6 | (u[1] & 0x3fU);
	if (n == 3)
		return (u[0] & 0x0fU) << 12 | (u[1] & 0x3fU) << 6 |
		    (u[2] & 0x3fU);
	return (u[0] & 0x07U) << 18 | (u[1] & 0x3fU) << 12 |
	    (u[2] & 0x3fU) << 6 | (u[3] & 0x3fU);
}

/* The columns of one character. */
static int
columns_of(unsigned int c)
{
	if (c >= 0x20 && c < 0x7f)
		return 1;
	/* utf8proc gives the soft hyphen a column; terminals do not show it,
	   and nobody stores one (base/norm.h). */
	if (c < 0x20 || c == 0x7f || c == 0xad)
		return 0;
	return utf8proc_charwidth((utf8proc_int32_t)c);
}

int
hc_utf8_width(const char *s)
{
	unsigned int c;
	int width = 0;

	while ((c = hc_utf8_next(&s)) != 0)
		width += columns_of(c);
	return width;
}

size_t
hc_utf8_fit(const char *s, int columns)
{
	const char *p = s, *fits = s;
	unsigned int c;

	while ((c = hc_utf8_next(&p)) != 0) {
		columns -= columns_of(c);
		if (columns < 0)
			break;
		fits = p;
	}
	return (size_t)(fits - s);
}
