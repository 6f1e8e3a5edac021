/*
 * What was done: runs, their changes, the history of a record, and who
 * looked at whom.  Read only; hc-log(1) shows it.
 */
#ifndef HC_TASK_HISTORY_H
#define HC_TASK_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/table.h"
#include "store/store.h"

/* Which runs or looks are wanted, and how they are written. */
struct hc_history_filter {
	const char *login;	/* NULL: everybody */
	const char *program;	/* NULL: all */
	const char *day;	/* 2020-12-25, a day of the office; NULL: all */
	int offset;		/* the office's minutes east of UTC */
	long limit;		/* at most so many rows; 0: all */
	bool shown;		/* for reading: local times, labels, values as
				   staff read them, fewer columns */
};

/*
 * hc_history_runs(store, filter, table):
 * The runs, newest first: run, at, login, program, changes, undoes, note,
 * options, version.  HC_OK (${table} is the caller's); a failure.
 */
enum hc_status hc_history_runs(struct hc_store *store,
    const struct hc_history_filter *filter, struct hc_table **table);

/*
 * hc_history_run(store, run, filter, table):
 * What ${run} changed, a row for each field of each record: run, at, login,
 * program, entity, record, operation, revision, field, old, new.  The look at
 * these records is noted in the access log.  HC_OK; HC_NOTFOUND if there is
 * no such run; a failure.
 */
enum hc_status hc_history_run(struct hc_store *store, int64_t run,
    const struct hc_history_filter *filter, struct hc_table **table);

/*
 * hc_history_record(store, entity, id, filter, table):
 * The same columns for all that ever happened to one record, oldest first.
 * HC_NOTFOUND if nothing is known of it.
 */
enum hc_status hc_history_record(struct hc_store *store,
    const struct hc_entity *entity, int64_t id,
    const struct hc_history_filter *filter, struct hc_table **table);

/*
 * hc_history_access(store, entity, id, filter, table):
 * The access log, oldest first, of one record (${id} 0: of all; ${entity}
 * NULL: of any): record, entity, at, login, program.  HC_OK, also where
 * nobody ever looked; HC_IO.
 */
enum hc_status hc_history_access(struct hc_store *store, const char *entity,
    int64_t id, const struct hc_history_filter *filter,
    struct hc_table **table);

#endif
