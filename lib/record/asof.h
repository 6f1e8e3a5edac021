/*
 * The records as they were known at an instant.
 *
 * For every entity that was written since, a temporary view of the table's
 * name hides the table: rows that nobody touched since come from it, the
 * others from a temporary table into which their values are walked back
 * through the change log.  All queries of the connection then see the past;
 * definitions stay as they are today.
 */
#ifndef HC_RECORD_ASOF_H
#define HC_RECORD_ASOF_H

#include "store/store.h"

/*
 * hc_asof(store, instant):
 * Show the records as committed up to and with the second ${instant}
 * (2020-12-25T00:30:00Z), for as long as the connection is open.  The store
 * is open for reading.  HC_OK; HC_INVALID if the log of that time was
 * emptied; a failure of the store.
 */
enum hc_status hc_asof(struct hc_store *store, const char *instant);

#endif
