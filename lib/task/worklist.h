/*
 * Work lists, as staff define them (tables "worklist" and "condition"):
 * read, parsed against the situation, and asked of its present row.
 */
#ifndef HC_TASK_WORKLIST_H
#define HC_TASK_WORKLIST_H

#include "base/arena.h"
#include "task/situation.h"

struct hc_worklist_condition {
	const char *name, *label, *text;
	int64_t points;
	struct hc_expr *expr;
};

struct hc_worklist {
	const char *name, *label, *team;	/* team may be NULL */
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
 * hc_worklist_stands(list, s, points, holding):
 * Does the present row stand on the list: its expression holds, and one of
 * its conditions, if it has any?  ${points} gets the sum of those that hold;
 * ${holding} (may be NULL, else room for nconditions) which do.
 */
bool hc_worklist_stands(const struct hc_worklist *list,
    struct hc_situation *s, int64_t *points, bool *holding);

#endif
