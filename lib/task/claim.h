/*
 * Claims: who is about to ring up whom, so that two don't.  A claim ends
 * with the call, or by itself after the setting claim_minutes.
 */
#ifndef HC_TASK_CLAIM_H
#define HC_TASK_CLAIM_H

#include "base/expr.h"
#include "store/store.h"

/*
 * hc_claim_take(store, clock, list, episode):
 * Within a run: note that who is at work takes ${episode} from the work list
 * ${list}.  HC_OK; HC_CONFLICT if somebody has it; a failure.
 */
enum hc_status hc_claim_take(struct hc_store *store,
    const struct hc_expr_clock *clock, const char *list, int64_t episode);

/* hc_claim_end(store, episode): within a run: nobody has it any more. */
enum hc_status hc_claim_end(struct hc_store *store, int64_t episode);

#endif
