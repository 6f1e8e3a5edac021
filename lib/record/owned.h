/* What belongs to a record, and what else refers to it. */
#ifndef HC_RECORD_OWNED_H
#define HC_RECORD_OWNED_H

#include <stddef.h>
#include <stdint.h>

#include "store/store.h"

struct hc_owned_record {
	const struct hc_entity *entity;
	int64_t id;
};

struct hc_owned {	/* begins as { 0 } */
	struct hc_owned_record *items;
	size_t len, room;
};

/*
 * hc_owned_gather(store, entity, id, owned):
 * Append the record and all that it owns (entities whose "parent" field
 * names it), each once and behind one of its owners.  The caller frees
 * ${owned} with hc_owned_clear() in any case.
 *
 * HC_OK; HC_CONFLICT, naming it, where a record that is not among them
 * refers to one that is; a failure of the store.
 */
enum hc_status hc_owned_gather(struct hc_store *store,
    const struct hc_entity *entity, int64_t id, struct hc_owned *owned);
void hc_owned_clear(struct hc_owned *owned);

/*
 * hc_owned_referred(store, entity, id, by):
 * Does any record refer to that one?  ${by} is its entity, NULL if none
 * does.  HC_OK or a failure of the store.
 */
enum hc_status hc_owned_referred(struct hc_store *store,
    const struct hc_entity *entity, int64_t id, const struct hc_entity **by);

#endif
