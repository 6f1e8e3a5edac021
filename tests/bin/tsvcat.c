/*
 * tsvcat: read hc-tsv(5) on stdin and write it to stdout.  For the tests: it
 * shows what any program of ours makes of a stream that others had.
 *
 *	tsvcat [-f table|tsv|csv|json] [-e] [-w WIDTH]
 *
 * -e: for Excel; -w: as wide as a terminal.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
#include "base/tsv.h"

static enum hc_status
copy_rows(struct hc_tsv_reader *r, struct hc_table *table)
{
	const char *cells[HC_TSV_COLUMNS_MAX];
	enum hc_status rc;
	int i;

	while ((rc = hc_tsv_next(r)) == HC_OK) {
		for (i = 0; i < hc_tsv_columns(r); i++)
			cells[i] = hc_tsv_get(r, i);
		if ((rc = hc_table_row(table, cells)) != HC_OK)
			return rc;
	}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
copy(struct hc_tsv_reader *r, const struct hc_table_options *options)
{
	struct hc_table_column columns[HC_TSV_COLUMNS_MAX];
	struct hc_table *table;
	struct hc_error error = { "" };
	enum hc_status rc;
	int i;

	for (i = 0; i < hc_tsv_columns(r); i++)
		columns[i] = (struct hc_table_column){
			.name = hc_tsv_name(r, i), .type = HC_TYPE_TEXT };
	if (hc_table_new(&table, columns, (size_t)hc_tsv_columns(r)) != HC_OK)
		errx(EX_OSERR, "out of memory");
	hc_table_stream(table, stdout, options);
	if ((rc = copy_rows(r, table)) == HC_INVALID)
		warnx("%s", hc_tsv_error(r));
	if (rc == HC_OK && (rc = hc_table_finish(table, &error)) != HC_OK)
		warnx("%s", error.text);
	hc_table_free(table);
	return rc;
}

int
main(int argc, char *argv[])
{
	struct hc_table_options options = { .format = HC_FORMAT_TSV };
	struct hc_tsv_reader *r;
	enum hc_status rc;
	int ch;

	while ((ch = getopt(argc, argv, "ef:w:")) != -1)
		if (ch == 'e')
			options.excel = options.bom = true;
		else if (ch == 'w')
			options.width = (int)strtol(optarg, NULL, 10);
		else if (ch != 'f' ||
		    hc_table_format(optarg, &options.format) != 0)
			errx(EX_USAGE, "usage: tsvcat [-e] [-f format] "
			    "[-w width]");
	rc = hc_tsv_open(&r, STDIN_FILENO, "-");
	if (rc != HC_OK)
		warnx("%s", r != NULL ? hc_tsv_error(r) : "out of memory");
	else if (hc_tsv_columns(r) > 0)
		rc = copy(r, &options);
	hc_tsv_close(r);
	return hc_status_exit(rc);
}
