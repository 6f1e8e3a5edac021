/*
 * What a telephone call brought: a "call" record, and a report of the
 * person's health if there was one.
 */
#ifndef HC_TASK_CALL_H
#define HC_TASK_CALL_H

#include "base/expr.h"
#include "store/store.h"
#include "task/edit.h"
#include "task/situation.h"

struct hc_call {
	/* An episode, or a person with one open episode. */
	struct hc_situation_filter who;
	/* Fields of a call or an observation, what was typed for them. */
	const struct hc_edit_pair *pairs;
	size_t len;

	/* What was written. */
	int64_t episode, call, observation;	/* observation 0: none */
	char next_at[21];			/* "" if none */
};

/*
 * hc_call_save(store, clock, call):
 * Write it within the caller's run.  "note", "outcome", "at", "next_at" and
 * "phone" go to the call, all else to the observation of the round that
 * runs, which is taken by telephone.  An absent outcome is "reached" where
 * something was reported; who was not reached is to be called again after
 * the setting no_answer_hours.  "next_at" may be a time of today (15:30).
 *
 * HC_OK; HC_NOTFOUND if there is no such open episode; HC_INVALID with the
 * field and the reason, or where the person has several open episodes
 * (their ids are named); a failure of the store.
 */
enum hc_status hc_call_save(struct hc_store *store,
    const struct hc_expr_clock *clock, struct hc_call *call);

#endif
