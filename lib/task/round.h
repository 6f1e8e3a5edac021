/*
 * Rounds: how often a day people are asked, and when.
 *
 * A round is a day and a slot.  The settings "slots", "ask_time",
 * "remind_time" and "cutoff_time" have a time for each slot; a link is good
 * until "grace_hours" after its cut-off.
 */
#ifndef HC_TASK_ROUND_H
#define HC_TASK_ROUND_H

#include <stdint.h>

#include "store/store.h"

#define HC_ROUND_SLOTS 9	/* a day, at most */

struct hc_round_plan {
	int slots;
	int ask[HC_ROUND_SLOTS];	/* minutes from midnight, by slot - 1 */
	int remind[HC_ROUND_SLOTS];
	int cutoff[HC_ROUND_SLOTS];	/* over 1440: on the next day */
	int grace_hours;
	int zone;			/* minutes east of UTC */
};

struct hc_round {
	int32_t day;
	int slot;			/* from 1 */
	int64_t ask_at, remind_at, cutoff_at;	/* instants */
	int64_t until;			/* the link's end */
};

/*
 * hc_round_plan_load(store, zone, plan):
 * Read the settings.  HC_OK; HC_CONFIG naming the setting that makes no
 * sense: a time for each slot is needed, the slots in their order, each
 * cut-off after its ask time; a failure of the store.
 */
enum hc_status hc_round_plan_load(struct hc_store *store, int zone,
    struct hc_round_plan *plan);

/* hc_round_of(plan, day, slot, round): the times of one round; ${slot} is
   one of the plan's. */
void hc_round_of(const struct hc_round_plan *plan, int32_t day, int slot,
    struct hc_round *round);

/* hc_round_at(plan, now, round): the round that runs at the instant ${now},
   or ran last: before a day's first it is the last of the day before. */
void hc_round_at(const struct hc_round_plan *plan, int64_t now,
    struct hc_round *round);

#endif
