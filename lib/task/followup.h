/*
 * The daily round and the work lists, as tables.
 *
 * All of it reads one state of the data and ends its queries before it
 * returns, so that printing holds up nobody.
 */
#ifndef HC_TASK_FOLLOWUP_H
#define HC_TASK_FOLLOWUP_H

#include "base/expr.h"
#include "base/table.h"
#include "store/store.h"
#include "task/situation.h"

struct hc_followup {
	struct hc_store *store;
	const struct hc_expr_clock *clock;
	bool why;		/* lists get a column with the points that
				   make up the priority */
	bool mine;		/* lists: only what is assigned to who is at
				   work */

	/* What comes out; hc_followup_clear() empties it. */
	struct hc_table *table;
	int64_t *persons;	/* whose records stand in it, for the access
				   log */
	size_t npersons, persons_room;
};

void hc_followup_clear(struct hc_followup *f);

/* hc_followup_note(f, person): that one stands in the table; 0 is nobody.
   HC_OK or HC_NOMEM. */
enum hc_status hc_followup_note(struct hc_followup *f, int64_t person);

/*
 * hc_followup_due(f, slot, remind):
 * Who is asked in today's round ${slot} (0: the one that runs, or the first
 * if none has begun): everyone under observation who has not answered in
 * it.  With ${remind} only those whose mail of this round has gone out.
 *
 * Columns: episode, person, purpose, day, slot, email, language, until (the
 * last day of observation), reason (why no mail can go: no_email, mail_off,
 * mail_failed).  HC_OK; HC_INVALID if there is no such slot; what
 * hc_situation_new() returns.
 */
enum hc_status hc_followup_due(struct hc_followup *f, int slot, bool remind);

/*
 * hc_followup_list(f, name):
 * The rows of a work list: the subject's id (column "episode", "test" ...),
 * person, name, phones, the list's own columns, priority, conditions (names
 * of those that hold, joined by ';'), with ${f->why} sum ("red_flag=1000;
 * fever=100"); by falling priority, then as the list says.  The reason of an
 * episode that stands on no list is a name too.  HC_NOTFOUND if there is no
 * such list; HC_INVALID where ${f->mine} cannot be asked; HC_CONFIG if its
 * rules make no sense.
 */
enum hc_status hc_followup_list(struct hc_followup *f, const char *name);

/*
 * hc_followup_next(f, name):
 * Within a run: the first of the list whom nobody has claimed (task/claim.h)
 * and who is not to be called at a later time, claimed by who is at work.
 * One row as hc_followup_list() has it.  HC_NOTFOUND if there is nobody; the
 * rest as there.
 */
enum hc_status hc_followup_next(struct hc_followup *f, const char *name);

/*
 * hc_followup_lists(f):
 * How many stand on each list, 0 too, and why the other open episodes stand
 * on none.  Columns: list, count, team, label.  Rows after the lists count
 * episodes that are on none: "answered" (and well), "reached" (by
 * telephone), "expected" (the cut-off has not passed), "paused" (not asked),
 * "later" (observation has not begun), "unobserved" (nobody is observed
 * under the policy in force, or the person died), and "none", which should
 * be 0.
 */
enum hc_status hc_followup_lists(struct hc_followup *f);

/* hc_followup_is_reason(name): is it one of those reasons? */
bool hc_followup_is_reason(const char *name);

/*
 * hc_followup_unlisted(f, reason):
 * The open episodes that stand on no list for that reason: episode, person,
 * name, phones, number, age, kind, last_at, observe_from, observe_until,
 * staff.
 */
enum hc_status hc_followup_unlisted(struct hc_followup *f,
    const char *reason);

/*
 * hc_followup_why(f, filter):
 * Each list and condition for the open episodes of ${filter}, or for a record
 * of another kind, who need not be of a known person: columns
 * episode, list, condition (empty: the list's own expression), holds,
 * points, expr, values (what it saw, as "worst_spo2=93;age="), record (the
 * test or stay, for lists of those).  The first row is the period.
 * HC_NOTFOUND if there is no open episode, nor a record that a list could
 * name.
 */
enum hc_status hc_followup_why(struct hc_followup *f,
    const struct hc_situation_filter *filter);

/*
 * hc_followup_situation(f, filter):
 * The whole situation, all columns, of the open episodes of ${filter} (NULL:
 * of all).
 */
enum hc_status hc_followup_situation(struct hc_followup *f,
    const struct hc_situation_filter *filter);

#endif
