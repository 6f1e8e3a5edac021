/*
 * Records for tests, before there is anything else that writes them:
 *
 *	record-add DB ENTITY <TSV	insert a record for each row, whose
 *					columns are fields with canonical
 *					texts; print how many
 *	record-add DB ENTITY ID FIELD=TEXT	change one
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/tsv.h"
#include "record/record.h"
#include "store/run.h"

static struct hc_store *store;

static void
check(enum hc_status rc)
{
	if (rc != HC_OK)
		errx(70, "%s", hc_store_error(store));
}

static const struct hc_field *
field(const struct hc_entity *e, const char *name)
{
	const struct hc_field *f = hc_catalogue_field(e, name);

	if (f == NULL)
		errx(64, "no field '%s'", name);
	return f;
}

static void
insert_all(const struct hc_entity *e)
{
	struct hc_tsv_reader *in;
	struct hc_row *row;
	long n = 0;
	int i;

	if (hc_tsv_open(&in, STDIN_FILENO, "-") != HC_OK)
		errx(65, "%s", hc_tsv_error(in));
	check(hc_run_begin(store, "test"));
	for (; hc_tsv_next(in) == HC_OK; n++) {
		if (hc_row_new(&row, e) != HC_OK)
			errx(70, "out of memory");
		for (i = 0; i < hc_tsv_columns(in); i++)
			if (strcmp(hc_tsv_name(in, i), "row") != 0 &&
			    hc_row_set(row, field(e, hc_tsv_name(in, i)),
			    hc_tsv_get(in, i)) != HC_OK)
				errx(70, "out of memory");
		check(hc_record_insert(store, row));
		hc_row_free(row);
	}
	check(hc_run_commit(store, NULL));
	hc_tsv_close(in);
	printf("%ld\n", n);
}

static void
change(const struct hc_entity *e, const char *id, char *pair)
{
	char *value = strchr(pair, '=');
	struct hc_row *row;

	if (value == NULL)
		errx(64, "'%s' is no FIELD=TEXT", pair);
	*value++ = '\0';
	check(hc_run_begin(store, "test"));
	check(hc_row_load(store, e, hc_store_id(store,
	    strtoll(id, NULL, 10)), &row));
	if (hc_row_set(row, field(e, pair), value) != HC_OK)
		errx(70, "out of memory");
	check(hc_record_update(store, row));
	check(hc_run_commit(store, NULL));
	hc_row_free(row);
}

int
main(int argc, char **argv)
{
	const struct hc_who who = { .login = "test", .program = "record-add",
	    .version = "0" };
	const struct hc_entity *e;

	if (argc != 3 && argc != 5)
		errx(64, "usage: record-add DB ENTITY [ID FIELD=TEXT]");
	check(hc_store_open(&store, argv[1], HC_DB_WRITE, &who));
	if ((e = hc_catalogue_entity(store->catalogue, argv[2])) == NULL)
		errx(64, "no entity '%s'", argv[2]);
	if (argc == 3)
		insert_all(e);
	else
		change(e, argv[3], argv[4]);
	hc_store_close(store);
	return 0;
}
