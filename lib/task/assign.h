/*
 * Sharing episodes out among the staff on duty: by language, then by load.
 */
#ifndef HC_TASK_ASSIGN_H
#define HC_TASK_ASSIGN_H

#include "base/table.h"
#include "task/edit.h"

struct hc_assign {
	struct hc_edit *edit;		/* of episodes */
	const int64_t *staff;		/* on duty; */
	size_t nstaff;			/* none: all that are active, of */
	const char *team;		/* this team, or NULL: of any */
	bool again;			/* share out anew what somebody on
					   duty has already */

	struct hc_table *table;	/* episode, person, language, staff, login,
				   load (how many that one has then); the
				   caller frees it */
	int64_t episode;	/* that a fault is about */
	size_t refused, kept;	/* kept: somebody on duty has it already */
};

/*
 * hc_assign_episodes(a, ids, n):
 * Within a run: give each open episode to somebody on duty.  Who speaks
 * another language than Japanese goes to one who speaks it, if anybody does;
 * these come first, so that their interpreters get fewer of the others.
 * Then each goes, in the order of ${ids}, to whom the fewest open episodes
 * are assigned; of equals to the one entered first.  Clerks, managers, IT
 * staff and analysts are not on duty unless they are named.
 *
 * HC_OK; HC_NOTFOUND if nobody is on duty; a failure of the store.
 */
enum hc_status hc_assign_episodes(struct hc_assign *a, const int64_t *ids,
    size_t n);

#endif
