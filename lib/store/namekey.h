/*
 * Under which hashes a record is found by its name: of the letters of the
 * name, and of what a person's name sounds like.
 *
 * The order of the letters does not count, so that surname and given name
 * may stand either way, with or without spaces: what is found must be
 * compared in full.  The table name_key is made from the records as the
 * search index is (store/index.h), which keeps it: in the same transaction,
 * under no change log, and to be made anew at any time.
 */
#ifndef HC_STORE_NAMEKEY_H
#define HC_STORE_NAMEKEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/row.h"
#include "store/store.h"

enum hc_namekey_kind {
	HC_NAMEKEY_NAME,	/* a name as written */
	HC_NAMEKEY_SOUND	/* a reading, or a name in kana or letters */
};

/*
 * hc_namekey_put(store, before, row) / hc_namekey_remove(store, row):
 * The record was written (NULL ${before}: made), or deleted.  Records without
 * a field "name" have no keys.  Within a run.
 */
enum hc_status hc_namekey_put(struct hc_store *store,
    const struct hc_row *before, const struct hc_row *row);
enum hc_status hc_namekey_remove(struct hc_store *store,
    const struct hc_row *row);

struct hc_namekey_hit {
	int64_t record;
	int32_t day;		/* a person's birth; HC_DATE_NONE */
};

struct hc_namekey_hits {
	struct hc_namekey_hit *items;
	size_t len, room;
};

/*
 * hc_namekey_find(store, entity, kind, text, hits):
 * Put the records of ${entity} that may have the name or reading ${text} into
 * ${hits}, in the order of their ids, in place of what is there; none is
 * fine.  The caller empties it with hc_namekey_hits_clear() in any case.
 */
enum hc_status hc_namekey_find(struct hc_store *store,
    const struct hc_entity *entity, enum hc_namekey_kind kind,
    const char *text, struct hc_namekey_hits *hits);
void hc_namekey_hits_clear(struct hc_namekey_hits *hits);

/*
 * hc_namekey_check(store, row, keys, right):
 * Are the keys of ${row} what they should be?  ${keys} grows by how many it
 * should have.
 */
enum hc_status hc_namekey_check(struct hc_store *store,
    const struct hc_row *row, int64_t *keys, bool *right);

/* hc_namekey_forget(store): free the prepared statements. */
void hc_namekey_forget(struct hc_store *store);

#endif
