/*
 * sniff-cat: what a list seems to be, by task/import_sniff.h, as TSV; with a
 * second name it is kept as a mapping.  For the tests.
 *
 *	sniff-cat FILE [NAME]
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/expr.h"
#include "store/store.h"
#include "task/import_learn.h"

static const char *const whys[] = { "", "mapping", "exact", "folded",
    "taken" };

static void
print_column(const struct hc_import_sniff_column *c)
{
	size_t i;

	printf("%zu\t%s\t%s\t%s\t%zu %zu %zu %zu %zu %zu %zu\t", c->at,
	    c->heading, c->field != NULL ? c->field : "", whys[c->why],
	    c->filled, c->absences, c->dates, c->numbers, c->phones,
	    c->emails, c->words);
	for (i = 0; i < HC_IMPORT_SNIFF_EXAMPLES && c->examples[i] != NULL;
	    i++)
		printf("%s%s", i > 0 ? "|" : "", c->examples[i]);
	putchar('\t');
	for (i = 0; i < HC_IMPORT_SNIFF_GUESSES &&
	    c->guesses[i].field != NULL; i++)
		printf("%s%s.%s%s", i > 0 ? " " : "",
		    c->guesses[i].field->entity->name,
		    c->guesses[i].field->name,
		    c->guesses[i].by_values ? "?" : "");
	putchar('\n');
}

int
main(int argc, char *argv[])
{
	const char *today = getenv("HC_TODAY");
	struct hc_expr_clock clock = { .today = today,
	    .now = "2021-01-20T03:00:00Z", .zone = 540 };
	struct hc_import_sniff_options options = { .today = today };
	struct hc_who who = { .login = "test", .program = "sniff-cat",
	    .version = "0" };
	struct hc_import_sheet sheet;
	struct hc_import_sniff sniff;
	struct hc_value_rule rule;
	struct hc_store *store;
	struct hc_error error;
	size_t i;
	int fd;

	if (argc < 2 || today == NULL)
		errx(EX_USAGE, "usage: sniff-cat file [name]");
	options.file = argv[1];
	if (hc_store_open(&store, "hc.db", HC_DB_WRITE, &who) != HC_OK)
		errx(EX_NOINPUT, "%s", hc_store_error(store));
	if ((fd = open(argv[1], O_RDONLY | O_CLOEXEC)) == -1)
		err(EX_NOINPUT, "%s", argv[1]);
	if (hc_import_sheet_open(&sheet, fd, "/tmp", argv[1], &error) !=
	    HC_OK)
		errx(EX_DATAERR, "%s", error.text);
	if (hc_import_sniff(&sniff, store, &sheet, &options) != HC_OK)
		errx(EX_DATAERR, "%s", hc_store_error(store));
	printf("%s %zu/%zu, %s %zu, %s, %s, row %zu, %zu rows%s, key %d\n",
	    sniff.mapping, sniff.rank[0].known, sniff.rank[0].filled,
	    sniff.rank[1].mapping, sniff.rank[1].known,
	    sniff.sure ? "sure" : "unsure", sniff.source, sniff.header_row,
	    sniff.rows, sniff.more ? "+" : "", sniff.key_column);
	for (i = 0; i < sniff.ncolumns; i++)
		print_column(&sniff.columns[i]);
	hc_value_rule_plain(&rule, store->office, today, 540);
	if (argc > 2 && hc_import_learn_mapping(&sniff, store, argv[2],
	    &rule, &clock) != HC_OK)
		errx(EX_DATAERR, "%s", hc_store_error(store));
	hc_import_sniff_clear(&sniff);
	hc_import_sheet_close(&sheet);
	hc_store_close(store);
	return 0;
}
