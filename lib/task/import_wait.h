/*
 * Rows that name a number of another list which has not come yet.  They are
 * kept as CSV and imported once more when that list brings the number; what
 * they say goes in then, in a run of its own.
 */
#ifndef HC_TASK_IMPORT_WAIT_H
#define HC_TASK_IMPORT_WAIT_H

#include "task/import.h"

struct hc_import_waits;

/* Of which list rows may wait. */
struct hc_import_wait_list {
	const char *source, *mapping, *file;
	const char *link;		/* the list that they name; NULL */
	const char *headings;		/* as CSV, with CR LF */
};

/*
 * hc_import_wait_new(waits, store, list):
 * ${list} and its texts are copied.  The caller frees it with
 * hc_import_wait_free(), before the store.
 */
enum hc_status hc_import_wait_new(struct hc_import_waits **waits,
    struct hc_store *store, const struct hc_import_wait_list *list);
void hc_import_wait_free(struct hc_import_waits *waits);

/* A row that waits. */
struct hc_import_wait_row {
	size_t line;
	const char *key;	/* in its list */
	const char *number;	/* for which it waits; NULL: for none */
};

/* hc_import_wait_keep(waits, row, cells, known): before the run: the row at
   this line, ${cells} as CSV, will wait; ${known}: it did so already. */
enum hc_status hc_import_wait_keep(struct hc_import_waits *waits,
    const struct hc_import_wait_row *row, const char *cells, bool *known);

/* hc_import_wait_settle(waits, row): within the run: the row waits, as it was
   kept, or does so no more. */
enum hc_status hc_import_wait_settle(struct hc_import_waits *waits,
    const struct hc_import_wait_row *row);

/*
 * hc_import_wait_take(store, options):
 * After a run, and with its options: import the rows that waited for numbers
 * which are there now.  What went wrong is told; rows that could not go in
 * wait on.
 */
void hc_import_wait_take(struct hc_store *store,
    const struct hc_import_options *options);

#endif
