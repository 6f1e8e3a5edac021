/*
 * Legacy lists into records: hc-import(1).
 *
 * A list is read whole, its headings are matched with fields, and every row
 * is read, checked and compared with what is known, all without the lock.
 * What would change something is staged in a private file and then written
 * in one run: a list goes in as a whole or not at all, but for rows that are
 * refused.
 */
#ifndef HC_TASK_IMPORT_H
#define HC_TASK_IMPORT_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/expr.h"
#include "store/store.h"
#include "task/import_forms.h"
#include "task/import_place.h"

/* Something that a row's cell says wrongly, or that should be known. */
struct hc_import_problem {
	const char *file;
	size_t row;		/* as a spreadsheet counts, from 1 */
	const char *column;	/* "B"; "" for the whole row */
	const char *heading;	/* "" likewise */
	const char *value;	/* as written; NULL: only a warning */
	const char *words;
};

struct hc_import_options {
	const char *mapping;	/* "cases", or an entity; NULL: by headings */
	int year;		/* of 1月16日; 0: the last one not after today
				   or the day of the list's title */
	const char *source;	/* the list's name; NULL: the mapping's */
	const char *link;	/* the list whose numbers of cases it names,
				   which may come later; NULL: any, now */
	const char *name;	/* of the file, for messages */
	const char *sheet;	/* name or number; NULL: the first visible one
				   with known headings */
	int fd;			/* where it is read from; the caller's */
	struct hc_import_forms *forms;	/* the list, instead of that; or
					   NULL */
	bool dry_run;		/* all is done, then rolled back */
	bool strict;		/* one refused row refuses all */
	bool no_key;		/* a list without numbers is fine */
	bool again;		/* rows that waited for another list */
	bool keep_cleared;	/* cells that are empty now take nothing away */
	const char *folder;	/* for the staging file */
	enum hc_import_on_match on_match;
	enum hc_import_on_doubt on_doubt;
	FILE *plan;		/* what would be written, as import_plan.h has
				   it, and nothing is; NULL */
	FILE *apply;		/* such a plan: just that is written; NULL */
	FILE *rejects;		/* refused rows as CSV, NULL: nowhere */
	const struct hc_expr_clock *clock;
	void (*problem)(void *arg, const struct hc_import_problem *problem);
	void (*tell)(void *arg, const char *words);	/* news; NULL */
	void (*note)(void *arg, const char *words);	/* details; NULL */
	void (*progress)(void *arg, uint64_t rows);
	void *arg;
	volatile sig_atomic_t *stop;	/* not 0: roll back and end */
};

struct hc_import_result {
	char mapping[48];	/* by which it was read */
	const char *source;	/* the options' or the mapping's name */
	size_t rows;		/* of data */
	size_t added, changed, unchanged, refused;
	size_t waiting;		/* for numbers of the linked list */
	size_t warnings;
	size_t skipped;		/* headings that came again, totals, notes */
	bool read;		/* all rows were: the rejects are complete */
	int64_t run;		/* 0: nothing was written */
};

/*
 * hc_import(store, options, result):
 * Import one list into the database that ${store} has open for writing.
 *
 * HC_OK if every row went in; HC_CONFLICT if some were refused; HC_INVALID
 * if nothing was, since the file is no list, no heading is known, or for
 * strict; HC_NOTFOUND if there is no such mapping; HC_BUSY, also when
 * ${stop} was set or the data changed underneath; a failure.  Except for
 * HC_OK and HC_CONFLICT nothing was written.
 */
enum hc_status hc_import(struct hc_store *store,
    const struct hc_import_options *options,
    struct hc_import_result *result);

#endif
