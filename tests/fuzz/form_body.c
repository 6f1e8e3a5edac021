/* The body of a submitted form must not hurt, and what was read is text. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "task/form_body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_form_body body;
	const char *p;
	size_t i;

	if (hc_form_body_parse(&body, (const char *)data, size) == HC_OK)
		for (i = 0; i < body.len; i++) {
			for (p = body.fields[i].name; *p != '\0'; p++)
				continue;
			if (!hc_utf8_valid(body.fields[i].name,
			    (size_t)(p - body.fields[i].name), NULL))
				abort();
			for (p = body.fields[i].value; *p != '\0'; p++)
				continue;
			if (!hc_utf8_valid(body.fields[i].value,
			    (size_t)(p - body.fields[i].value), NULL))
				abort();
		}
	hc_form_body_clear(&body);
	return 0;
}
