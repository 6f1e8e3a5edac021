/*
 * The situation: one computed row for each open episode on a given day and
 * time, which work lists, mails and the dashboard see.  Its columns are the
 * fields of the catalogue's entity "situation"; hc-situation(5) says what
 * each means.
 *
 *	hc_situation_new(&s, store, &clock);
 *	hc_expr_parse_condition(&expr, text, hc_situation_scope(s), ...);
 *	hc_situation_want(s, "worst_temperature", &slot, err);
 *	hc_situation_begin(s, &filter);
 *	while ((rc = hc_situation_next(s)) == HC_OK)
 *		if (hc_situation_holds(s, expr))
 *			... hc_situation_value(s, slot) ...
 *	hc_situation_free(s);
 *
 * Only what expressions and wanted columns name is read from the database
 * and computed.  Reading is a handful of queries over the open episodes in
 * one order, merged row by row; nothing is kept but the present row, so the
 * number of episodes does not matter for memory.
 *
 * Besides the columns, expressions may name "last_", "previous_" and
 * "worst_" before any field of an observation, "episode.FIELD" and
 * "person.FIELD", and such a field without its prefix where no column has
 * its name: fields that an office added work as others do.
 */
#ifndef HC_TASK_SITUATION_H
#define HC_TASK_SITUATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/expr.h"
#include "store/store.h"
#include "task/round.h"

struct hc_situation;

/* Whose rows; 0 means any. */
struct hc_situation_filter {
	int64_t episode;
	int64_t person;
	const char *subject;	/* of lists of such records (task/subject.h) */
	int64_t record;		/* that one alone; 0 */
};

/*
 * hc_situation_new(s, store, clock):
 * Prepare: rounds, policies and red flags are read, and checked.  ${clock}
 * and its texts must stay.  The caller frees ${s} with hc_situation_free(),
 * before the store and after the expressions.
 *
 * HC_OK; HC_CONFIG naming the setting, policy or form item that makes no
 * sense; HC_INVALID if ${clock} is none; a failure of the store.
 */
enum hc_status hc_situation_new(struct hc_situation **s,
    struct hc_store *store, const struct hc_expr_clock *clock);
void hc_situation_free(struct hc_situation *s);

/* hc_situation_scope(s): the names for hc_expr_parse(); what is parsed with
   it before hc_situation_begin() is computed. */
const struct hc_expr_scope *hc_situation_scope(struct hc_situation *s);

/*
 * hc_situation_want(s, name, slot, err):
 * Have the column ${name} computed, for hc_situation_value(${slot}).  HC_OK;
 * HC_INVALID, naming the nearest, if there is none; HC_NOMEM.
 */
enum hc_status hc_situation_want(struct hc_situation *s, const char *name,
    int *slot, struct hc_error *err);

/* hc_situation_field(s, slot): its field, for the label and how it is
   shown: that of the situation, or of the episode, person or observation. */
const struct hc_field *hc_situation_field(const struct hc_situation *s,
    int slot);

/* hc_situation_clock(s): that of hc_situation_new(). */
const struct hc_expr_clock *hc_situation_clock(const struct hc_situation *s);

/* hc_situation_round(s) / _plan(s): the round that runs. */
const struct hc_round *hc_situation_round(const struct hc_situation *s);
const struct hc_round_plan *hc_situation_plan(const struct hc_situation *s);

/* hc_situation_set_round(s, day, slot): look at another round than the one
   that runs; ${slot} is one of the plan's.  Before hc_situation_begin(). */
void hc_situation_set_round(struct hc_situation *s, int32_t day, int slot);

/*
 * hc_situation_begin(s, filter) / hc_situation_next(s) / _end(s):
 * Begin to read, all queries seeing one state of the data; the next row;
 * stop reading, which lets writers go on (hc_situation_free() does it too).
 * HC_OK; HC_NOTFOUND after the last; a failure of the store.
 */
enum hc_status hc_situation_begin(struct hc_situation *s,
    const struct hc_situation_filter *filter);
enum hc_status hc_situation_next(struct hc_situation *s);
void hc_situation_end(struct hc_situation *s);

/* Of the present row. */
int64_t hc_situation_episode(const struct hc_situation *s);
int64_t hc_situation_person(const struct hc_situation *s);

/* hc_situation_value(s, slot): canonical text, NULL where absent; good until
   the next row. */
const char *hc_situation_value(struct hc_situation *s, int slot);

/* hc_situation_holds(s, expr): does the condition hold for the row? */
bool hc_situation_holds(struct hc_situation *s, const struct hc_expr *expr);

#endif
