/*
 * Answers that come in from the form machine (hc-form take).
 *
 * Sealed boxes can be made by whoever broke into the form machine, which has
 * the public key: so an answer counts only if its link is one that this
 * office made, and each value is read and checked by the catalogue again.
 * What is not accepted is kept, sealed as it came, in the file "DB.refused"
 * beside the database, for the office's IT staff to look at.
 */
#ifndef HC_TASK_COLLECT_H
#define HC_TASK_COLLECT_H

#include "base/expr.h"
#include "base/table.h"
#include "base/tsv.h"
#include "store/store.h"

enum hc_collect_state {
	HC_COLLECT_STORED,
	HC_COLLECT_BEFORE,	/* stored by an earlier run */
	HC_COLLECT_LATE,	/* after the link's end: kept apart */
	HC_COLLECT_UNKNOWN,	/* no such link: kept apart */
	HC_COLLECT_BAD,		/* not sealed for us, forged, or values that
				   cannot be: kept apart */
	HC_COLLECT_STATES
};

/* hc_collect_state_name(state): "stored", "stored-before", "late",
   "unknown", "bad". */
const char *hc_collect_state_name(enum hc_collect_state state);

/* What staff call them: for hc_table_show_words(). */
extern const struct hc_table_word hc_collect_states[];

/* One answer's fate. */
struct hc_collect_item {
	char answer[33];	/* its id, which hc-form drop takes */
	enum hc_collect_state state;
	char why[160];		/* of a bad one, in words; "" else */
};

#define HC_COLLECT_BATCH 500	/* answers of one run */

struct hc_collect;

/*
 * hc_collect_new(collect, store, clock):
 * Load the office's keys.  The caller frees with hc_collect_free(), which
 * wipes them.  HC_OK; what hc_keys_load() returns; HC_NOMEM.
 */
enum hc_status hc_collect_new(struct hc_collect **collect,
    struct hc_store *store, const struct hc_expr_clock *clock);
void hc_collect_free(struct hc_collect *collect);

/*
 * hc_collect_batch(collect, rows, dry_run, items, len):
 * Read up to HC_COLLECT_BATCH answers from ${rows} (columns answer, link and
 * sealed), store them in one run and commit it; with ${dry_run} roll it
 * back, and keep nothing apart.  ${items} (of that many) and ${len} tell
 * what became of each; on HC_OK all of them are safe on the disk.
 *
 * No lock is held while reading.  HC_OK; HC_NOTFOUND after the last (${len}
 * 0); HC_INVALID if ${rows} is damaged (words in the store's error: nothing
 * of this batch is stored, the batches before are); a failure of the store.
 */
enum hc_status hc_collect_batch(struct hc_collect *collect,
    struct hc_tsv_reader *rows, bool dry_run, struct hc_collect_item *items,
    size_t *len);

#endif
