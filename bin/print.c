/* Printing a table as the options ask for it. */
#include "print.h"

void
print_table(const struct program *p, struct hc_table *table)
{
	struct hc_table_options options = { .format = p->format,
	    .width = p->width, .zone = p->offset, .today = p->today,
	    .first_id = p->first_id, .last_id = p->last_id,
	    .terminal = p->terminal };
	struct hc_error err;
	enum hc_status rc;

	rc = hc_table_print(table, program_output(), &options, &err);
	hc_table_free(table);
	if (rc != HC_OK && rc != HC_UNAVAILABLE)
		program_fail(rc, "%s", err.text);
}

int
print_and_end(const struct program *p, struct hc_store *store,
    enum hc_status rc, struct hc_table *table)
{
	if (rc != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	print_table(p, table);
	return program_finish(HC_OK);
}
