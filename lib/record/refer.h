/*
 * What staff type to name a record: its number, the whole id, a name, a
 * login, a list number or a telephone number.
 */
#ifndef HC_RECORD_REFER_H
#define HC_RECORD_REFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/store.h"

#define HC_REFER_MOST 20	/* records that are listed at most */

struct hc_refer {
	int64_t ids[HC_REFER_MOST];
	size_t len;
	bool more;		/* there are even more */
};

/*
 * hc_refer_find(store, entity, text, refer):
 * The records of ${entity} that ${text} names: digits of at most nine are
 * the number of an own record, longer ones an id; else a staff member's
 * login; else a key of source_key ("KEY" or "SOURCE:KEY"); else an exact
 * name, number or whole telephone number of the search index.  The first
 * of these that gives any counts.
 *
 * HC_OK with at least one; HC_NOTFOUND with words; a failure of the store.
 */
enum hc_status hc_refer_find(struct hc_store *store,
    const struct hc_entity *entity, const char *text,
    struct hc_refer *refer);

/*
 * hc_refer_one(store, entity, text, id):
 * The same where there must be just one: HC_INVALID, listing them, where
 * several fit.
 */
enum hc_status hc_refer_one(struct hc_store *store,
    const struct hc_entity *entity, const char *text, int64_t *id);

/*
 * hc_refer_title(store, entity, id, out):
 * Append what names the record for people: the values of its entity's
 * title, parted by spaces.  HC_OK, HC_NOTFOUND, a failure.
 */
enum hc_status hc_refer_title(struct hc_store *store,
    const struct hc_entity *entity, int64_t id, struct hc_buf *out);

/*
 * hc_refer_missing(store, entity, id):
 * Say that there is no such record, and how to look for it.  HC_NOTFOUND.
 */
enum hc_status hc_refer_missing(struct hc_store *store,
    const struct hc_entity *entity, int64_t id);

#endif
