/* The definitions of a database following those that are built in. */
#ifndef HC_TASK_UPGRADE_MERGE_H
#define HC_TASK_UPGRADE_MERGE_H

#include <stdbool.h>

#include "base/table.h"
#include "store/store.h"

/* How the notes of such runs begin: what they wrote is hc's own. */
#define HC_UPGRADE_NOTE "upgrade"

/*
 * hc_upgrade_merge(store, kept, first):
 * Within a run of such a note: compare the built-in fields and choices
 * (${first}; the store must be reloaded then), or all other definitions, with
 * those that are there.  New ones come in, those that are gone are retired,
 * changed fields are changed; where the office gave one another value it
 * stays, and is added to ${kept} if hc changed it since.
 */
enum hc_status hc_upgrade_merge(struct hc_store *store,
    struct hc_table *kept, bool first);

#endif
