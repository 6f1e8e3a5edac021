/* Records that a program is given one after the other, each once. */
#ifndef HC_IDS_H
#define HC_IDS_H

#include <stddef.h>
#include <stdint.h>

#include "store/store.h"

struct ids {		/* begins as { 0 } */
	int64_t *items;	/* in the order in which they came */
	size_t len, room;
};

/* ids_add(ids, id): exits when memory runs out. */
void ids_add(struct ids *ids, int64_t id);

/*
 * ids_read(ids, store, column):
 * Add what stands in ${column} of the rows on standard input (hc-tsv(5)),
 * absent ones passed over.  Exits if there is no such column or it holds
 * something else; no input at all is no row.
 */
void ids_read(struct ids *ids, const struct hc_store *store,
    const char *column);

/* ids_once(ids): drop what has stood before. */
void ids_once(struct ids *ids);
void ids_clear(struct ids *ids);

#endif
