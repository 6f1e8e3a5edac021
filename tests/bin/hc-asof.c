/* hc-asof [INSTANT]: all persons, telephones and facilities as of then. */
#include <stdio.h>

#include "record/asof.h"
#include "store/row.h"

#include "office.h"

static const char *const usage[] = { "[INSTANT]", NULL };
static const struct hc_options_spec spec = {
	.name = "hc-asof", .summary = "records as of an instant",
	.usage = usage, .common = HC_OPTIONS_DB, .max_args = 1,
	.keep_args = true
};

static void
print_all(struct hc_store *store, const char *name)
{
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    name);
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;
	size_t i;

	hc_buf_puts(&sql, "SELECT ");
	hc_row_columns(e, &sql);
	hc_buf_printf(&sql, " FROM \"%s\" t WHERE t.office = :office"
	    " ORDER BY t.id", name);
	if ((rc = hc_stmt_new(&st, store->db, hc_buf_text(&sql))) != HC_OK ||
	    (rc = hc_row_new(&row, e)) != HC_OK)
		office_fail(store, rc);
	while ((rc = hc_stmt_next(st)) == HC_OK) {
		if ((rc = hc_row_read(store, st, 0, row)) != HC_OK)
			break;
		printf("%s %lld %lld", name, (long long)row->id,
		    (long long)row->revision);
		for (i = 0; i < e->nfields; i++)
			printf("|%s", row->values[i] ? row->values[i] : "");
		printf("\n");
	}
	if (rc != HC_NOTFOUND)
		office_fail(store, rc);
	hc_row_free(row);
	hc_stmt_free(st);
	hc_buf_free(&sql);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_store *store = office_open(p, HC_DB_READ);
	enum hc_status rc;

	if (p->options.nargs > 0 && (rc = hc_asof(store,
	    p->options.args[0])) != HC_OK)
		office_fail(store, rc);
	print_all(store, "person");
	print_all(store, "phone");
	print_all(store, "facility");
	hc_store_close(store);
	return program_finish(HC_OK);
}
