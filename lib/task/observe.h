/*
 * Beginning and ending the observation of episodes: of one by hand, of all
 * that stand on a list.
 */
#ifndef HC_TASK_OBSERVE_H
#define HC_TASK_OBSERVE_H

#include "base/table.h"
#include "task/edit.h"
#include "task/situation.h"

struct hc_observe {
	struct hc_edit *edit;	/* of episodes; its fault() is told why one
				   is refused */
	/* Fields of the episode; "reason" and "date" are close_reason and
	   closed_at, "from" and "until" observe_from and observe_until. */
	const struct hc_edit_pair *pairs;
	size_t len;

	struct hc_table *table;	/* done: episode, person, done (closed,
				   opened, added), day; the caller frees it */
	int64_t episode;	/* that a fault is about; 0: a new one */
	size_t refused;
};

/*
 * hc_observe_end(o, ids, n):
 * Within a run: close the open episodes ${ids}, with today's date and the
 * reason "released" where nothing else is said.  Without a reason, one whose
 * last day of observation has not passed is refused.
 *
 * hc_observe_begin(o, ids, n):
 * The same: open episodes that were closed, keeping their period unless
 * another is said.
 *
 * hc_observe_add(o, person):
 * The same: a new episode, observed from today unless something else is
 * said.  Refused where the person has an open one.
 *
 * HC_OK, also where some were refused; a failure of the store.
 */
enum hc_status hc_observe_end(struct hc_observe *o, const int64_t *ids,
    size_t n);
enum hc_status hc_observe_begin(struct hc_observe *o, const int64_t *ids,
    size_t n);
enum hc_status hc_observe_add(struct hc_observe *o, int64_t person);

#endif
