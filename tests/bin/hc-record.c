/*
 * hc-record: writes records through the library, for tests.
 *
 *	add ENTITY NAME=VALUE ...	prints the id
 *	set ENTITY ID NAME=VALUE ...
 *	delete ENTITY ID
 *	count SECONDS ENTITY ID FIELD	adds 1 to the field, a run each time;
 *					prints how often and the longest wait
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "record/record.h"

#include "office.h"

enum { ADD, SET, DELETE, COUNT };

static const struct hc_verb verbs[] = {
	{ "add", "add a record", 1, -1, ADD },
	{ "set", "change a record", 2, -1, SET },
	{ "delete", "delete a record", 2, 2, DELETE },
	{ "count", "add 1 to a field, again and again", 4, 4, COUNT },
	{ 0 }
};
static const char *const usage[] = { "VERB ...", NULL };
static const struct hc_options_spec spec = {
	.name = "hc-record", .summary = "write records", .usage = usage,
	.common = HC_OPTIONS_DB | HC_OPTIONS_QUIET, .verbs = verbs,
	.keep_args = true
};

static struct hc_store *store;

static void
must(enum hc_status rc)
{
	if (rc != HC_OK)
		office_fail(store, rc);
}

static void
assign(struct hc_row *row, const char *const *words)
{
	const struct hc_field *f;
	struct hc_buf name = HC_BUF_INIT;
	const char *value;

	for (; *words != NULL; words++) {
		hc_buf_clear(&name);
		if (!hc_options_pair(*words, &name, &value))
			program_usage("'%s' is no NAME=VALUE", *words);
		f = hc_catalogue_field(row->entity, hc_buf_text(&name));
		if (f == NULL)
			program_usage("no field '%s'", hc_buf_text(&name));
		must(hc_row_set(row, f, value));
	}
	hc_buf_free(&name);
}

static double
seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void
count_up(const struct hc_entity *e, int64_t id, const char *field)
{
	const struct hc_field *f = hc_catalogue_field(e, field);
	struct hc_row *row = NULL;
	const char *old;
	char text[24];

	must(hc_run_begin(store, "count"));
	must(hc_row_load(store, e, id, &row));
	old = hc_row_get(row, f);
	snprintf(text, sizeof(text), "%ld", old ? atol(old) + 1 : 1L);
	must(hc_row_set(row, f, text));
	must(hc_record_update(store, row));
	must(hc_run_commit(store, NULL));
	hc_row_free(row);
}

static void
count(const char *const *args)
{
	double begin = seconds(), until = begin + atof(args[0]), now;
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    args[1]);
	double worst = 0;
	long n = 0;

	for (now = begin; now < until; n++) {
		count_up(e, hc_store_id(store, atoll(args[2])), args[3]);
		if (seconds() - now > worst)
			worst = seconds() - now;
		now = seconds();
	}
	fprintf(program_output(), "%ld\t%.0f\n", n, worst * 1000);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	const char *const *args = p->options.args;
	const struct hc_entity *e;
	struct hc_row *row = NULL;
	int verb = p->options.verb->id;
	int64_t id = 0;

	store = office_open(p, HC_DB_WRITE);
	if (verb == COUNT) {
		count(args);
		hc_store_close(store);
		return program_finish(HC_OK);
	}
	if ((e = hc_catalogue_entity(store->catalogue, args[0])) == NULL)
		program_usage("no entity '%s'", args[0]);
	if (verb != ADD)
		id = hc_store_id(store, atoll(args[1]));
	must(hc_run_begin(store, "test"));
	if (verb == ADD)
		must(hc_row_new(&row, e));
	else
		must(hc_row_load(store, e, id, &row));
	if (verb == DELETE)
		must(hc_record_delete(store, e, id));
	else
		assign(row, args + (verb == ADD ? 1 : 2));
	if (verb == ADD)
		must(hc_record_insert(store, row));
	else if (verb == SET)
		must(hc_record_update(store, row));
	must(hc_run_commit(store, NULL));
	fprintf(program_output(), "%lld\n", (long long)row->id);
	hc_row_free(row);
	hc_store_close(store);
	return program_finish(HC_OK);
}
