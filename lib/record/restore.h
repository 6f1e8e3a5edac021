/*
 * A deleted record comes back, with what was deleted because it belonged to
 * it.
 */
#ifndef HC_RECORD_RESTORE_H
#define HC_RECORD_RESTORE_H

#include <stdint.h>

#include "store/store.h"

/*
 * hc_restore(store, entity, id):
 * Within a run: write the record and all that it owned as they were when
 * they were deleted, under their old ids.  HC_OK; HC_NOTFOUND if the log
 * knows of no such record; HC_INVALID if it is there, or retention emptied
 * its changes; HC_CONFLICT if its key is taken, or something that it refers
 * to is gone (the words name it); a failure of the store.
 */
enum hc_status hc_restore(struct hc_store *store,
    const struct hc_entity *entity, int64_t id);

#endif
