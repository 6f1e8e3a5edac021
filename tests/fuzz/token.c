/* Whatever is read as a token is written again as it was. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "task/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char token[HC_TOKEN_SIZE];
	char text[HC_TOKEN_TEXT + 1];
	char *in;

	if ((in = malloc(size + 1)) == NULL)
		return 0;
	if (size > 0)
		memcpy(in, data, size);
	in[size] = '\0';
	if (hc_token_parse(in, token) == HC_OK) {
		hc_token_format(text, token);
		if (strcmp(in, text) != 0)
			abort();
	}
	free(in);
	return 0;
}
