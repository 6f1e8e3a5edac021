/* A table as this program prints it. */
#include "show.h"

void
show_table(const struct program *p, struct hc_table *table)
{
	struct hc_table_options options = { .format = p->format,
	    .width = p->width, .terminal = p->terminal };
	struct hc_error err;
	enum hc_status rc;

	rc = hc_table_print(table, program_output(), &options, &err);
	if (rc != HC_OK && rc != HC_UNAVAILABLE)
		program_fail(rc, "%s", err.text);
}
