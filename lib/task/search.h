/*
 * Finding people, and other records, by what is known of them.
 */
#ifndef HC_TASK_SEARCH_H
#define HC_TASK_SEARCH_H

#include "base/expr.h"
#include "base/table.h"
#include "store/store.h"

struct hc_search_question {
	const char *const *words;	/* "高橋", "phone:1234"; all must fit;
					   words in one text are parted */
	size_t nwords;
	const char *entity;	/* whose records; NULL: those of the first
				   filter, else "person", which is people */
	const char *const *wheres;	/* hc-expr(5); all must hold */
	size_t nwheres;
	const char *const *filters;	/* names of kept ones; these too */
	size_t nfilters;
	long limit;		/* at most so many rows */
	const struct hc_expr_clock *clock;
	const char *as_of;	/* instant: as it was known then; NULL: now */
};

struct hc_search_answer {
	struct hc_table *table;
	int64_t *ids;		/* of the rows, for the access log */
	size_t shown;
	size_t found;		/* in all */
	const char *entity;	/* whose ids they are */
};

/*
 * hc_search(store, question, answer):
 * Find people who fit all words, best first: exact, prefix, inside, near
 * (only sounding alike, when the others are fewer than the limit), then by
 * class of what matched and by id.  A record that matches leads to its
 * person, a facility to those who work, learn or stay there, a telephone
 * number also to the others of the household; a merged person to the one
 * that is left.  Without words all that fit the conditions are found.
 * Conditions on people may be of their own fields or of those of an episode:
 * then one episode must fit all of these.
 *
 * Of people the columns are person, name, kana, birth_date, age, phone,
 * address, number, kind, status (of the newest open episode, else of the
 * newest), matched, rank; of other entities the id, the fields of their
 * lists, matched, rank.
 *
 * The caller empties ${answer} with hc_search_answer_clear() in any case.
 * HC_OK also if nobody is found; HC_INVALID with the words for a question
 * that makes no sense; a failure of the store.
 */
enum hc_status hc_search(struct hc_store *store,
    const struct hc_search_question *question,
    struct hc_search_answer *answer);
void hc_search_answer_clear(struct hc_search_answer *answer);

#endif
