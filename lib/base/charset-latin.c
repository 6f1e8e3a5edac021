/* Windows-1252 and ISO-8859-1, in which lists from the West come. */
#include <stdint.h>

#include "base/charset.h"

#include "base/charset-latin.h"

/* 0x80 to 0x9f; where Windows has no character, it is 0. */
static const uint16_t signs[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

unsigned int
hc_charset_latin_point(unsigned char byte, bool windows)
{
	if (byte >= 0xa0)
		return byte;
	return windows && byte >= 0x80 ? signs[byte - 0x80] : 0;
}

/* May it stand beside a letter with an accent? */
static bool
is_beside(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    c == ' ' || c == '-' || c == '\'';
}

void
hc_charset_latin_look(struct hc_charset_look *look,
    const unsigned char *bytes, size_t len)
{
	size_t i, end;

	for (i = 0; i < len; i = end + 1) {
		for (end = i; end < len && bytes[end] >= 0x80; end++) {
			look->windows = look->windows || bytes[end] < 0xa0;
			look->faults += hc_charset_latin_point(bytes[end],
			    true) == 0;
		}
		look->chars += end - i;
		if (end - i <= 2 && ((i > 0 && is_beside(bytes[i - 1])) ||
		    (end < len && is_beside(bytes[end]))))
			look->points += (long)(end - i);
	}
}

bool
hc_charset_latin_like(const struct hc_charset_look *look)
{
	return look->chars > 0 && look->faults == 0 &&
	    (size_t)look->points * 4 >= look->chars * 3;
}
