/*
 * Records that are saved but look wrong: filters that say by which command
 * such a record is mended are the rules of doubt, the office's own too.
 */
#ifndef HC_TASK_DOUBT_H
#define HC_TASK_DOUBT_H

#include "base/expr.h"
#include "base/table.h"
#include "store/store.h"

/* One rule. */
struct hc_doubt_rule {
	const struct hc_entity *entity;
	char *name, *expr;
	char *words;		/* what is doubtful, in the user's language */
	char *mend;		/* "hc-edit stay {id} end_date=" */
	struct hc_stmt *one;	/* does it fit the record :id? */
};

struct hc_doubt {
	struct hc_store *store;
	const struct hc_expr_clock *clock;
	struct hc_doubt_rule *items;
	size_t len;
};

/*
 * hc_doubt_load(doubts, store, entity, clock):
 * The rules about ${entity}; NULL is all.  The caller empties ${doubts} with
 * hc_doubt_clear() in any case, before the store is closed.  HC_OK or a
 * failure.
 */
enum hc_status hc_doubt_load(struct hc_doubt *doubts,
    struct hc_store *store, const struct hc_entity *entity,
    const struct hc_expr_clock *clock);
void hc_doubt_clear(struct hc_doubt *doubts);

/* Is told each rule that fits, and the command that mends it. */
typedef void hc_doubt_found(void *arg, const struct hc_doubt_rule *doubt,
    const char *mend);

/*
 * hc_doubt_ask(doubts, id, found, arg):
 * Which of the rules, all of one entity, fit the saved record ${id}?  HC_OK
 * or a failure; HC_CONFIG where a rule makes no sense.
 */
enum hc_status hc_doubt_ask(struct hc_doubt *doubts, int64_t id,
    hc_doubt_found *found, void *arg);

/*
 * hc_doubt_list(doubts, table):
 * All records that fit a rule: id, entity, rule, doubt, mend.  The caller
 * frees ${table}, also after a failure.
 */
enum hc_status hc_doubt_list(struct hc_doubt *doubts,
    struct hc_table **table);

#endif
