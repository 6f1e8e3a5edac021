/*
 * hc-record count SECONDS ENTITY RECORD FIELD
 *
 * Adds 1 to the field of a record, again and again, a run each time; prints
 * how often, and the longest wait in milliseconds.  For tests of many
 * writers at once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "record/record.h"

#include "office.h"

enum { COUNT };

static const struct hc_verb verbs[] = {
	{ "count", "add 1 to a field, again and again", 4, 4, COUNT },
	{ 0 }
};
static const char *const usage[] = { "count SECONDS ENTITY RECORD FIELD",
    NULL };
static const struct hc_options_spec spec = {
	.name = "hc-record", .summary = "write a record", .usage = usage,
	.common = HC_OPTIONS_DB | HC_OPTIONS_QUIET, .verbs = verbs,
	.keep_args = true
};

static double
seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static enum hc_status
count_up(struct hc_store *store, const struct hc_field *f, int64_t id)
{
	struct hc_row *row = NULL;
	enum hc_status rc;
	const char *old;
	char text[24];

	if ((rc = hc_run_begin(store, "count")) != HC_OK ||
	    (rc = hc_row_load(store, f->entity, id, &row)) != HC_OK)
		return rc;
	old = hc_row_get(row, f);
	snprintf(text, sizeof(text), "%lld",
	    old != NULL ? strtoll(old, NULL, 10) + 1 : 1);
	if ((rc = hc_row_set(row, f, text)) == HC_OK &&
	    (rc = hc_record_update(store, row)) == HC_OK)
		rc = hc_run_commit(store, NULL);
	hc_row_free(row);
	return rc;
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	const char *const *args = p->options.args;
	struct hc_store *store = office_open(p, HC_DB_WRITE);
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    args[1]);
	const struct hc_field *f = e != NULL ?
	    hc_catalogue_field(e, args[3]) : NULL;
	int64_t id = hc_store_id(store, strtoll(args[2], NULL, 10));
	double now = seconds(), until = now + strtod(args[0], NULL);
	double began, worst = 0;
	enum hc_status rc;
	long n;

	if (f == NULL)
		program_usage("'%s' has no field '%s'", args[1], args[3]);
	for (n = 0; now < until; n++) {
		began = now;
		if ((rc = count_up(store, f, id)) != HC_OK)
			office_fail(store, rc);
		now = seconds();
		if (now - began > worst)
			worst = now - began;
	}
	hc_store_close(store);
	fprintf(program_output(), "%ld\t%.0f\n", n, worst * 1000);
	return program_finish(HC_OK);
}
