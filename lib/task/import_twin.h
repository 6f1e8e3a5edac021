/* What another list, or staff, has told already. */
#ifndef HC_TASK_IMPORT_TWIN_H
#define HC_TASK_IMPORT_TWIN_H

#include "task/import_target.h"

/*
 * hc_import_twin_find(p, t):
 * A list of positives and a list of tests tell of one and the same sample.
 * Is there just one record of the new one's owner and day that contradicts
 * it in no field, and that this list does not know by a number of its own?
 * Then ${t} is that record, with what the row says beyond it.  HC_OK also if
 * there is none; a failure of the store.
 */
enum hc_status hc_import_twin_find(struct hc_import_place *p,
    struct hc_import_target *t);

#endif
