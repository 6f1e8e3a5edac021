/*
 * hc-load ENTITY <TSV: saves each row as a new record, in one run.
 *
 * Only for tests, which need records before (or without) the programs that
 * make them.  Columns are field names; values are read as typed, references
 * by number.  Prints the ids.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/tsv.h"
#include "record/record.h"
#include "record/value.h"

#include "office.h"

static const char *const usage[] = { "[-d db] ENTITY <TSV", NULL };
static const struct hc_options_spec spec = {
	.name = "hc-load", .summary = "save rows as new records",
	.usage = usage, .common = HC_OPTIONS_DB | HC_OPTIONS_TODAY,
	.min_args = 1, .max_args = 1
};

static void
fill(struct hc_store *store, const struct program *p,
    const struct hc_tsv_reader *r, struct hc_row *row)
{
	struct hc_value_rule rule;
	struct hc_buf value = HC_BUF_INIT;
	const struct hc_field *f;
	struct hc_error err;
	enum hc_status rc;
	int i;

	hc_value_rule_plain(&rule, store->office, p->today, p->offset);
	for (i = 0; i < hc_tsv_columns(r); i++) {
		f = hc_catalogue_field(row->entity, hc_tsv_name(r, i));
		if (f == NULL)
			program_fail(HC_INVALID, "no field '%s'",
			    hc_tsv_name(r, i));
		if (hc_tsv_get(r, i) == NULL)
			continue;
		hc_buf_clear(&value);
		rc = hc_value_read(f, &rule, hc_tsv_get(r, i), &value, &err);
		if (rc != HC_OK)
			program_fail(rc, "line %lu: %s", hc_tsv_line(r),
			    err.text);
		if (hc_row_set(row, f, hc_buf_text(&value)) != HC_OK)
			program_fail(HC_NOMEM, "out of memory");
	}
	hc_buf_free(&value);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_store *store = office_open(p, HC_DB_WRITE);
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    p->options.args[0]);
	struct hc_tsv_reader *r;
	struct hc_row *row;
	enum hc_status rc;

	if (e == NULL)
		program_usage("no entity '%s'", p->options.args[0]);
	if ((rc = hc_tsv_open(&r, STDIN_FILENO, "-")) != HC_OK)
		program_fail(rc, "%s", hc_tsv_error(r));
	if ((rc = hc_run_begin(store, "test records")) != HC_OK)
		office_fail(store, rc);
	while ((rc = hc_tsv_next(r)) == HC_OK) {
		if (hc_row_new(&row, e) != HC_OK)
			program_fail(HC_NOMEM, "out of memory");
		fill(store, p, r, row);
		if ((rc = hc_record_insert(store, row)) != HC_OK)
			office_fail(store, rc);
		printf("%lld\n", (long long)row->id);
		hc_row_free(row);
	}
	if (rc != HC_NOTFOUND)
		program_fail(rc, "%s", hc_tsv_error(r));
	if ((rc = hc_run_commit(store, NULL)) != HC_OK)
		office_fail(store, rc);
	hc_tsv_close(r);
	hc_store_close(store);
	return program_finish(HC_OK);
}
