/* Whole numbers as text. */
#include <string.h>

#include "base/int.h"

char *
hc_int_format(int64_t n, int decimals, char text[HC_INT_SIZE])
{
	char digits[HC_INT_SIZE], *p = digits + sizeof(digits);
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	int done = 0;

	*--p = '\0';
	while (left > 0 || done <= decimals) {
		*--p = (char)('0' + left % 10);
		left /= 10;
		if (++done == decimals)
			*--p = '.';
	}
	if (n < 0)
		*--p = '-';
	return memcpy(text, p, (size_t)(digits + sizeof(digits) - p));
}
