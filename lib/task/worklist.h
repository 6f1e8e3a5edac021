/*
 * Work lists, as staff define them (tables "worklist" and "condition"):
 * read, parsed against what they look at, and asked of its present row.
 *
 * A list whose subject is the episode looks at the situation, which all such
 * lists share; one of another subject reads records of its own.
 */
#ifndef HC_TASK_WORKLIST_H
#define HC_TASK_WORKLIST_H

#include "base/arena.h"
#include "task/subject.h"

struct hc_worklist_condition {
	const char *name, *label, *text;
	int64_t points;
	struct hc_expr *expr;
};

struct hc_worklist {
	const char *name, *label, *team;	/* team may be NULL */
	const char *subject;		/* entity */
	struct hc_situation *s;		/* that of hc_worklist_load() */
	struct hc_subject *records;	/* NULL: the subject is the episode */
	const char *text;		/* the expression as written */
	const char *order_by, *columns;	/* joined by ','; may be NULL */
	struct hc_expr *expr;
	struct hc_worklist_condition *conditions;
	size_t nconditions;
};

struct hc_worklists {
	struct hc_arena arena;
	struct hc_worklist *items;	/* by position */
	size_t len;
};

/*
 * hc_worklist_load(lists, store, s, name):
 * The list ${name}, or all for NULL.  The caller empties ${lists} (which
 * begins as { 0 }) with hc_worklist_clear(), before ${s} is freed.
 *
 * HC_OK; HC_NOTFOUND with the nearest name if there is no such list;
 * HC_CONFIG naming the list and condition that make no sense; a failure of
 * the store.
 */
enum hc_status hc_worklist_load(struct hc_worklists *lists,
    struct hc_store *store, struct hc_situation *s, const char *name);
void hc_worklist_clear(struct hc_worklists *lists);

/*
 * hc_worklist_stands(list, points, holding):
 * Does the present row stand on the list: its expression holds, and one of
 * its conditions, if it has any?  ${points} gets the sum of those that hold;
 * ${holding} (may be NULL, else room for nconditions) which do.  With
 * ${points} NULL, too, no more of them are asked than needed.
 */
bool hc_worklist_stands(const struct hc_worklist *list, int64_t *points,
    bool *holding);

/* What the list looks at: as the functions of task/situation.h, of either. */
enum hc_status hc_worklist_want(const struct hc_worklist *list,
    const char *name, int *slot, struct hc_error *err);
const struct hc_field *hc_worklist_field(const struct hc_worklist *list,
    int slot);
const char *hc_worklist_value(const struct hc_worklist *list, int slot);
bool hc_worklist_holds(const struct hc_worklist *list,
    const struct hc_expr *expr);
int64_t hc_worklist_id(const struct hc_worklist *list);
int64_t hc_worklist_episode(const struct hc_worklist *list);
int64_t hc_worklist_person(const struct hc_worklist *list);

/*
 * hc_worklist_begin(list, filter) / hc_worklist_next(list) / _end(list):
 * Read what the list looks at, once: the rows of ${filter}, or for NULL all
 * that may stand on it.
 */
enum hc_status hc_worklist_begin(const struct hc_worklist *list,
    const struct hc_situation_filter *filter);
enum hc_status hc_worklist_next(const struct hc_worklist *list);
void hc_worklist_end(const struct hc_worklist *list);

/* hc_worklist_count(list, n): how many stand on it; for lists of records,
   as those of the situation are better counted in one go. */
enum hc_status hc_worklist_count(const struct hc_worklist *list,
    int64_t *n);

#endif
