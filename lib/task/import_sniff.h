/*
 * What a list seems to be: which mapping fits, what each column means and
 * why, what stands in it, and which fields an unknown heading may mean.
 */
#ifndef HC_TASK_IMPORT_SNIFF_H
#define HC_TASK_IMPORT_SNIFF_H

#include "record/value.h"
#include "task/import_fit.h"

#define HC_IMPORT_SNIFF_EXAMPLES 3
#define HC_IMPORT_SNIFF_GUESSES 3

/* A field that an unknown heading may mean. */
struct hc_import_sniff_guess {
	const struct hc_field *field;	/* NULL: no more */
	bool by_values;		/* its cells say so, else its heading */
};

struct hc_import_sniff_column {
	const char *heading;
	size_t at;		/* column of the sheet, from 0 */
	const char *field;	/* "episode.age|person.sex"; NULL: none */
	enum hc_import_why why;
	size_t filled;		/* of the rows looked at */
	/* Kinds of values, each cell counted once, in this order: */
	size_t absences, dates, numbers, phones, emails, words;
	const char *examples[HC_IMPORT_SNIFF_EXAMPLES];	/* different ones;
							   NULL: no more */
	struct hc_import_sniff_guess guesses[HC_IMPORT_SNIFF_GUESSES];
};

struct hc_import_sniff {
	struct hc_arena arena;
	struct hc_import_choice rank[2];	/* best and runner-up; of a
						   mapping that was named only
						   the first */
	bool sure;		/* the best is taken without being named */
	const char *mapping;	/* by which the columns are read */
	char source[80];	/* name proposed for the list */
	size_t header_row;
	size_t rows;		/* looked at */
	bool more;		/* there are more rows */
	int key_column;		/* of the sheet; -1: none */
	struct hc_import_sniff_column *columns;
	size_t ncolumns;
};

struct hc_import_sniff_options {
	const char *mapping;	/* NULL: by the headings */
	const char *file;	/* its name, for ${source} */
	const char *today;
};

/*
 * hc_import_sniff(sniff, store, sheet, options):
 * Look at the headings and the first 5,000 rows of ${sheet}.  The caller
 * empties ${sniff} with hc_import_sniff_clear() in any case.
 *
 * HC_OK; HC_INVALID if no row holds a heading that any mapping knows;
 * HC_NOTFOUND if there is no such mapping; a failure.
 */
enum hc_status hc_import_sniff(struct hc_import_sniff *sniff,
    struct hc_store *store, struct hc_import_sheet *sheet,
    const struct hc_import_sniff_options *options);
void hc_import_sniff_clear(struct hc_import_sniff *sniff);

#endif
