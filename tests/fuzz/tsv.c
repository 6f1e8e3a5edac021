/* Any bytes as TSV: no crash, and what was read is written back the same. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A cell, escaped as a row of its own, must come back as it was. */
static void
check_cell(const char *text)
{
	struct hc_tsv_reader *r;
	struct hc_buf row = { 0 };

	if (text == NULL || strlen(text) > HC_TSV_CELL_MAX ||
	    !hc_utf8_valid(text, strlen(text), NULL))
		abort();
	hc_buf_puts(&row, "a\tb\n");
	hc_tsv_escape(&row, text);
	hc_buf_puts(&row, "\t1\n");
	if (hc_tsv_open_bytes(&r, row.data, row.len, "t") != HC_OK ||
	    hc_tsv_next(r) != HC_OK || strcmp(hc_tsv_get(r, 0), text) != 0)
		abort();
	hc_tsv_close(r);
	hc_buf_free(&row);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_tsv_reader *r;
	enum hc_status rc;
	int i;

	rc = hc_tsv_open_bytes(&r, (const char *)data, size, "t");
	while (rc == HC_OK || rc == HC_INVALID) {
		if (rc == HC_INVALID && hc_tsv_error(r)[0] == '\0')
			abort();
		if (hc_tsv_columns(r) == 0)
			break;
		if ((rc = hc_tsv_next(r)) == HC_OK)
			for (i = 0; i < hc_tsv_columns(r); i++)
				if (hc_tsv_get(r, i) != NULL)
					check_cell(hc_tsv_get(r, i));
	}
	hc_tsv_close(r);
	return 0;
}
