/*
 * The search index: which records hold a word, and to which person each
 * leads.
 *
 * Every record with a searchable field has one row in the table search_key:
 * its keys (store/searchkey.h) and its person.  The table search_gram, a
 * full-text index over pieces of the keys (base/gram.h), says which rows may
 * hold a word; what it says is always verified against the keys, so that it
 * may hold too much, but not too little.  It is fed in the order of the
 * rows' ids up to a mark; the few rows beyond are compared one by one, so
 * that a search sees all that is committed at once, and a bulk load can feed
 * the index after its commit.
 *
 * Keys of names (store/namekey.h) are written, checked and made anew along
 * with these.
 *
 * Another engine keeps this interface and has its own search_gram.
 */
#ifndef HC_STORE_INDEX_H
#define HC_STORE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/row.h"
#include "store/searchkey.h"
#include "store/store.h"

/*
 * hc_index_put(store, before, row):
 * The record was written: ${before} is what it was, NULL for a new one.
 * Nothing happens where no searchable value and no owner differs.  Within
 * a run.  HC_OK or a failure of the store.
 */
enum hc_status hc_index_put(struct hc_store *store,
    const struct hc_row *before, const struct hc_row *row);

/* hc_index_remove(store, row): it was deleted: its keys and their pieces go
   with it.  Within a run. */
enum hc_status hc_index_remove(struct hc_store *store,
    const struct hc_row *row);

/*
 * hc_index_settle(store):
 * Called by hc_run_commit(): feed the pieces of the rows that wait, up to
 * a thousand, so that small runs leave nothing behind.
 */
enum hc_status hc_index_settle(struct hc_store *store);

/*
 * hc_index_feed(store, left):
 * After the commit of a bulk load, outside of a run: feed a batch of some
 * thousand rows in a transaction of its own.  ${left} is what remains; call
 * it until that is 0.
 */
enum hc_status hc_index_feed(struct hc_store *store, int64_t *left);

/*
 * hc_index_rebuild(store):
 * Make all of it anew from the records, within the caller's transaction or
 * else one of its own: after a change of what is searchable, how it is
 * folded or cut into pieces, and where hc_index_check() finds faults.
 */
enum hc_status hc_index_rebuild(struct hc_store *store);

/* hc_index_check(store, wrong): how many records have keys that are not
   what they should be, lack them, or are no more and have them. */
enum hc_status hc_index_check(struct hc_store *store, int64_t *wrong);

struct hc_index_hit {
	const struct hc_entity *entity;
	int64_t record;
	int64_t person;		/* whom it leads to; 0: nobody */
	enum hc_searchkey_kind kind;
	enum hc_searchkey_class class;
};

struct hc_index_hits {
	struct hc_index_hit *items;
	size_t len, room;
};

/*
 * hc_index_find(store, word, near, hits):
 * Append all records that hold the ${word}; with ${near}, those whose names
 * sound like it.  The caller empties ${hits} with hc_index_hits_clear() in
 * any case.  HC_OK also if there is none, or a failure of the store.
 */
enum hc_status hc_index_find(struct hc_store *store,
    const struct hc_searchkey_word *word, bool near,
    struct hc_index_hits *hits);
enum hc_status hc_index_hits_add(struct hc_index_hits *hits,
    const struct hc_index_hit *hit);
void hc_index_hits_clear(struct hc_index_hits *hits);

/*
 * hc_index_person(store, row, person):
 * Whom a record leads to: itself, or the person of its first owner; 0 for
 * nobody.
 */
enum hc_status hc_index_person(struct hc_store *store,
    const struct hc_row *row, int64_t *person);

/* hc_index_forget(store): free the prepared statements. */
void hc_index_forget(struct hc_store *store);

#endif
