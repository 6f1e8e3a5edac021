/*
 * Runs and the change log: the only way in which entities are written.
 *
 * A run is one transaction with a name: who, which program, when.  Each
 * record that it writes leaves a row of "change" with old and new values,
 * and at the commit the run's own row closes it with a hash over all of that
 * and over the run before.
 */
#ifndef HC_STORE_RUN_H
#define HC_STORE_RUN_H

#include <stdint.h>

#include "base/status.h"
#include "store/store.h"

enum hc_operation {
	HC_INSERT,
	HC_UPDATE,
	HC_DELETE
};

/*
 * hc_run_begin(store, note):
 * Wait for the turn to write and begin a run; ${note} says in words what it
 * is ("import of cases"), for the log and for those who wait.  It holds no
 * personal data.  Returns what hc_db_begin() does.
 */
enum hc_status hc_run_begin(struct hc_store *store, const char *note);

/* hc_run_begin_first(store): the same in an empty database, whose tables it
   makes first. */
enum hc_status hc_run_begin_first(struct hc_store *store);

/*
 * hc_run_commit(store, id):
 * Close the run and make it durable.  ${id} (may be NULL) is its number, or
 * 0 if it changed nothing and so left no row.  On failure all is rolled
 * back.  Returns what hc_db_commit() does.
 */
enum hc_status hc_run_commit(struct hc_store *store, int64_t *id);

/* hc_run_rollback(store): nothing of the run remains; no run is fine. */
void hc_run_rollback(struct hc_store *store);

/* hc_run_now(store): the instant at which the open run began, for
   created_at and updated_at; the run's own. */
const char *hc_run_now(const struct hc_store *store);

/* hc_run_id(store): the number that the open run will have. */
int64_t hc_run_id(const struct hc_store *store);

/* hc_run_undoes(store, run): note that the open run takes ${run} back. */
void hc_run_undoes(struct hc_store *store, int64_t run);

/* hc_run_changes(store): change rows of the open run so far. */
int64_t hc_run_changes(const struct hc_store *store);

/*
 * hc_run_number(store, entity, id):
 * A new id for a record of ${entity}.  Within a run.
 */
enum hc_status hc_run_number(struct hc_store *store, const char *entity,
    int64_t *id);

/* One row of the change log. */
struct hc_change {
	const char *entity;
	int64_t record;
	enum hc_operation operation;
	int64_t revision;	/* afterwards; of a deleted one its last */
	const char *fields;	/* JSON {"name": [old, new], ...} */
};

/* hc_run_log(store, change): write it.  Within a run. */
enum hc_status hc_run_log(struct hc_store *store,
    const struct hc_change *change);

/*
 * hc_run_verify(store, found, arg):
 * Follow the chain from its first run: every digest and hash is made again.
 * ${found}(${arg}, run, change or 0, words) for each thing that does not
 * fit.  ${head} gets the hash of the last run in hexadecimal, to be noted
 * elsewhere.  HC_OK if all fits, HC_INVALID if not.
 */
enum hc_status hc_run_verify(struct hc_store *store,
    void (*found)(void *arg, int64_t run, int64_t change, const char *words),
    void *arg, char head[65]);

/*
 * hc_run_find_hash(store, hex, run):
 * Which run has this hash, as hc_run_verify() gave it when that was the
 * last?  HC_NOTFOUND if none has: the log was cut off or written anew since;
 * HC_INVALID if ${hex} is no hash.
 */
enum hc_status hc_run_find_hash(struct hc_store *store, const char *hex,
    int64_t *run);

/* hc_run_keep(store): commit the open run also if it changes no record, for
   an upgrade that changes tables alone. */
void hc_run_keep(struct hc_store *store);

#endif
