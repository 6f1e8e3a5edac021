/* Any bytes as a mail that came back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bounce.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_bounce b;
	const char *p;

	hc_bounce_read((const char *)data, size, "b@x.jp", &b);
	if (b.number < 0 || (b.failed && b.delayed) ||
	    strlen(b.reason) >= sizeof(b.reason))
		abort();
	for (p = b.reason; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			abort();
	return 0;
}
