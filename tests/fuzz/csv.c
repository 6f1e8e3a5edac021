/* Any bytes as CSV: no crash, lines only grow, and cells survive writing. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/formula.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The present record, written as CSV, must be read as the same record. */
static void
check_record(const struct hc_csv_reader *r)
{
	struct hc_csv_reader *again;
	struct hc_buf row = { 0 }, safe = { 0 };
	size_t i;

	for (i = 0; i < hc_csv_fields(r); i++) {
		hc_buf_puts(&row, i > 0 ? "," : "\"x\",");
		hc_csv_cell(&row, hc_csv_get(r, i));
		hc_buf_clear(&safe);
		hc_formula_defuse(&safe, hc_csv_get(r, i));
		if (hc_formula_danger(hc_buf_text(&safe)) ||
		    strcmp(hc_formula_restore(hc_buf_text(&safe)),
		    hc_csv_get(r, i)) != 0)
			abort();
	}
	hc_buf_puts(&row, "\r\n");
	if (hc_csv_open(&again, row.data, row.len, ',', "t") != HC_OK)
		abort();
	/* Where it was near a limit the quotes may be too much. */
	if (hc_csv_next(again) == HC_OK) {
		if (hc_csv_fields(again) != hc_csv_fields(r) + 1)
			abort();
		for (i = 0; i < hc_csv_fields(r); i++)
			if (strcmp(hc_csv_get(again, i + 1),
			    hc_csv_get(r, i)) != 0)
				abort();
	} else if (row.len < HC_CSV_CELL_MAX) {
		abort();
	}
	hc_csv_close(again);
	hc_buf_free(&row);
	hc_buf_free(&safe);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_csv_reader *r;
	enum hc_status rc;
	size_t last = 0;

	if (hc_csv_open(&r, (const char *)data, size, 0, "t") != HC_OK)
		abort();
	while ((rc = hc_csv_next(r)) == HC_OK || rc == HC_INVALID) {
		if (hc_csv_line(r) <= last || hc_csv_last_line(r) <
		    hc_csv_line(r))
			abort();
		last = hc_csv_last_line(r);
		if (rc == HC_OK)
			check_record(r);
		else if (hc_csv_fields(r) != 0)
			abort();
	}
	hc_csv_close(r);
	return 0;
}
