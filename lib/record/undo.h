/*
 * Taking a run back.
 *
 * What it inserted is deleted, what it deleted is there again, what it
 * changed gets its old value.  Later work is respected: a field that was
 * changed again keeps its value, a record that was changed or is referred to
 * by others stays, and each such thing is told.
 */
#ifndef HC_RECORD_UNDO_H
#define HC_RECORD_UNDO_H

#include <stdint.h>

#include "store/store.h"

/* Is told what stays: ${field} is NULL where it is the whole record. */
typedef void hc_undo_kept(void *arg, const char *entity, int64_t record,
    const char *field, const char *words);

/*
 * hc_undo(store, run, kept, arg):
 * Take ${run} back within the caller's open run.  HC_OK if all is taken
 * back; HC_CONFLICT if something was kept (the rest is taken back);
 * HC_NOTFOUND if there is no such run; HC_INVALID if retention has emptied
 * its changes; a failure of the store.
 */
enum hc_status hc_undo(struct hc_store *store, int64_t run,
    hc_undo_kept *kept, void *arg);

#endif
