/* A hash of all that an office's records and definitions say. */
#ifndef HC_RECORD_CONTENT_H
#define HC_RECORD_CONTENT_H

#include "store/store.h"

/*
 * hc_content_hash(store, hex):
 * BLAKE2b over entity, id and values of all records in the order of their
 * ids; revisions and times are left out, so that a run and its undo give
 * back the same hash.
 */
enum hc_status hc_content_hash(struct hc_store *store, char hex[65]);

#endif
