/*
 * The rows of one work list, read, judged and sorted: what its table, the
 * next person to ring up and the comparison of rules are made of.
 */
#ifndef HC_TASK_FOLLOWUP_ROWS_H
#define HC_TASK_FOLLOWUP_ROWS_H

#include "base/arena.h"
#include "base/date.h"
#include "task/followup.h"
#include "task/worklist.h"

#define HC_FOLLOWUP_COLUMNS 64	/* of a list, at most */

struct hc_followup_row {
	int64_t id;		/* of the list's subject */
	int64_t episode, person, priority;
	int64_t staff;		/* in charge; 0 */
	char next_call_at[HC_INSTANT_SIZE];	/* "" if none is agreed */
	const char **cells;	/* a text for each column, "" if absent */
	const char **keys;	/* what it is sorted by */
};

struct hc_followup_rows {
	struct hc_followup *f;
	struct hc_situation *s;
	struct hc_arena arena;		/* all texts */
	struct hc_worklists lists;
	const struct hc_worklist *list;

	/* The columns, and the slots behind them; -1 where a cell is made by
	   hand. */
	struct hc_table_column columns[HC_FOLLOWUP_COLUMNS];
	char names[HC_FOLLOWUP_COLUMNS][48];
	int slots[HC_FOLLOWUP_COLUMNS];
	size_t ncolumns, fixed;		/* fixed: before the priority */

	int keys[8];			/* slots to sort by */
	bool falling[8], numeric[8];
	size_t nkeys;
	int staff, next_call_at;	/* slots; -1: the subject has none */

	struct hc_followup_row *items;	/* the highest priority first */
	size_t len, room;
	bool *holding;			/* of the present row */
};

/*
 * hc_followup_rows_read(rows, f, name):
 * All that stand on the list ${name}, in its order.  The caller empties
 * ${rows} with hc_followup_rows_clear() in any case.  Nobody is noted in
 * ${f}.  HC_OK; HC_NOTFOUND if there is no such list; HC_CONFIG if its rules
 * make no sense; a failure of the store.
 */
enum hc_status hc_followup_rows_read(struct hc_followup_rows *rows,
    struct hc_followup *f, const char *name);
void hc_followup_rows_clear(struct hc_followup_rows *rows);

/* hc_followup_rows_table(rows, i, n): ${f->table} with ${n} rows from
   ${i} on, and their persons noted. */
enum hc_status hc_followup_rows_table(struct hc_followup_rows *rows,
    size_t i, size_t n);

#endif
