/* Who sits at the desk, and which episode is meant there. */
#ifndef HC_TASK_DESK_H
#define HC_TASK_DESK_H

#include "task/situation.h"

/* hc_desk_staff(store, id): the staff member whose login is at work; 0 if
   none has it.  HC_OK or a failure. */
enum hc_status hc_desk_staff(struct hc_store *store, int64_t *id);

/*
 * hc_desk_episode(store, who, id):
 * The open episode ${who->episode}, or the one that ${who->person} has.
 * HC_OK; HC_NOTFOUND if there is none; HC_INVALID if the person has several
 * (their numbers are named); a failure.
 */
enum hc_status hc_desk_episode(struct hc_store *store,
    const struct hc_situation_filter *who, int64_t *id);

#endif
