/*
 * Who probably lives together: persons with the same address and telephone
 * number, offered as households to be confirmed.
 */
#ifndef HC_TASK_HOUSEHOLDS_H
#define HC_TASK_HOUSEHOLDS_H

#include "base/table.h"
#include "store/store.h"

/*
 * hc_households(store, table):
 * Columns person, revision, household (proposed: the one that some of them
 * have, else the number of the oldest record), name, birth_date, address,
 * number.  Whoever has a household already is listed only with others who
 * lack it; people of different ones are left alone.  The caller frees
 * ${table}.  HC_OK, also where there is none; a failure of the store.
 */
enum hc_status hc_households(struct hc_store *store,
    struct hc_table **table);

#endif
