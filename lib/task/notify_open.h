/*
 * The form machine's reply to a bundle: which links are open.  Only these
 * may be mailed.
 */
#ifndef HC_TASK_NOTIFY_OPEN_H
#define HC_TASK_NOTIFY_OPEN_H

#include <stddef.h>

#include "base/status.h"
#include "base/tsv.h"
#include "store/store.h"

struct hc_notify_open_count {
	size_t opened;		/* open from now on */
	size_t known;		/* were open already */
	size_t unknown;		/* no invitation has such a link */
};

/*
 * hc_notify_open(store, in, now, count):
 * Note ${now} as opened_at, and the state open, in the invitations whose
 * hashes stand in the column "link" of rows with the state "open", in one
 * run.  Rows of other states are passed over.
 *
 * Returns HC_OK; HC_INVALID for input that is wrong (nothing is noted then);
 * else a failure of the store.
 */
enum hc_status hc_notify_open(struct hc_store *store,
    struct hc_tsv_reader *in, const char *now,
    struct hc_notify_open_count *count);

#endif
