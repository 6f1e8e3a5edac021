/*
 * Is the database whole?  Structure, references, hash chain, counters, and
 * the change log against the records: replayed from the start it must give
 * exactly what is there.
 */
#ifndef HC_TASK_CHECK_DB_H
#define HC_TASK_CHECK_DB_H

#include <stdint.h>

#include "store/store.h"

struct hc_check_db {
	char head[65];		/* hash of the last run, in hexadecimal */
	int64_t runs, changes, records;	/* looked at */
	int64_t emptied;	/* changes emptied by retention: records with
				   such ones are not compared */
	int64_t faults;
};

/* Is told each fault. */
typedef void hc_check_db_fault(void *arg, const char *words);

/*
 * hc_check_db(store, fault, arg, result):
 * Look at everything, in one state of the data.  HC_OK; HC_INVALID if
 * ${fault} was told any; a failure of the store.
 */
enum hc_status hc_check_db(struct hc_store *store, hc_check_db_fault *fault,
    void *arg, struct hc_check_db *result);

/*
 * hc_check_db_backup(store, path, fault, arg, result):
 * Copy the database to the new file ${path} while others go on working, and
 * look at the copy: ${result} is the copy's.  Its head must stand in the
 * chain of ${store}.  HC_CONFIG if ${path} exists; else as above.  A copy
 * that failed the check stays, for whoever looks for the cause.
 */
enum hc_status hc_check_db_backup(struct hc_store *store, const char *path,
    hc_check_db_fault *fault, void *arg, struct hc_check_db *result);

/*
 * hc_check_db_ballast(store, size) / hc_check_db_release(store):
 * Make the file "DB.ballast" of ${size} bytes, really there; take it away.
 * On a full disk even deleting needs room.  HC_CONFIG if it exists,
 * HC_NOTFOUND if it doesn't, HC_IO.
 */
enum hc_status hc_check_db_ballast(struct hc_store *store, int64_t size);
enum hc_status hc_check_db_release(const char *db, struct hc_error *err);

#endif
