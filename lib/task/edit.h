/*
 * Changing records by hand: what staff typed, as names and texts, becomes
 * one saved record, with all faults told at once.
 */
#ifndef HC_TASK_EDIT_H
#define HC_TASK_EDIT_H

#include "base/expr.h"
#include "base/table.h"
#include "record/check.h"
#include "record/value.h"
#include "store/store.h"
#include "task/doubt.h"

/* One assignment; "" or NULL clears. */
struct hc_edit_pair {
	const char *name;
	const char *value;
};

enum hc_edit_grade {
	HC_EDIT_WRONG,		/* it cannot be saved so */
	HC_EDIT_CONFLICT,	/* somebody else changed it meanwhile */
	HC_EDIT_DOUBTFUL	/* it is saved, but look again */
};

/* Is told each fault; ${label} is the field's, or NULL. */
typedef void hc_edit_fault(void *arg, enum hc_edit_grade grade,
    const char *label, const char *words);

/* Who edits one entity, for any number of records. */
struct hc_edit {
	struct hc_store *store;
	const struct hc_entity *entity;
	const struct hc_expr_clock *clock;
	struct hc_value_rule rule;
	struct hc_check *check;
	struct hc_doubt doubts;
	struct hc_table *changes;	/* record, entity, field, old, new */
	struct hc_table *conflicts;	/* record, entity, field, theirs,
					   login, at, yours */
	struct hc_table *merged;	/* person, other, field, first, second,
					   result */
	const struct hc_field *noted;	/* of its last row */
	hc_edit_fault *fault;
	void *arg;
};

/*
 * hc_edit_new(edit, store, entity, clock):
 * Prepare to edit records of the entity named ${entity}.  The caller frees
 * it with hc_edit_free(), before the store, and may take the tables out of
 * it.  HC_INVALID, with the nearest name, if there is no such entity, or if
 * it is a definition (task/define.h); a failure.
 */
enum hc_status hc_edit_new(struct hc_edit **edit, struct hc_store *store,
    const char *entity, const struct hc_expr_clock *clock);
void hc_edit_free(struct hc_edit *edit);

/*
 * hc_edit_save(edit, id, revision, pairs, npairs):
 * Within a run: change the record ${*id}, or add one if that is 0, and set
 * ${*id}.  A new record's required times that are not said are those of the
 * clock.  Values are read as people write them, references by number or
 * name; "phone" of a person adds a telephone number, or corrects how one is
 * written that the person has.
 *
 * With ${revision} (not 0) the record was read at that revision; if others
 * changed it meanwhile, both changes count where they are of different
 * fields, and are a conflict where they are of the same field with
 * different values.
 *
 * HC_OK; HC_NOTFOUND if there is no such record; HC_INVALID or HC_CONFLICT
 * after each fault was told: then nothing of this record was written; a
 * failure of the store.
 */
enum hc_status hc_edit_save(struct hc_edit *edit, int64_t *id,
    int64_t revision, const struct hc_edit_pair *pairs, size_t npairs);

/* hc_edit_delete(edit, id) / hc_edit_restore(edit, id): within a run; as
   hc_record_delete() and hc_restore(). */
enum hc_status hc_edit_delete(struct hc_edit *edit, int64_t id);
enum hc_status hc_edit_restore(struct hc_edit *edit, int64_t id);

/*
 * hc_edit_merge(edit, keep, other, pairs, npairs):
 * Within a run: all that refers to the person ${other} refers to ${keep}
 * from now on, and ${other} says so in merged_into.  Telephone numbers that
 * ${keep} has already stay with ${other}.  Of the persons' own fields
 * ${pairs} count first, then what ${keep} has, then what ${other} has;
 * ${edit}->merged gets each in which they differ.  HC_INVALID if they are
 * the same or either was merged before; else as hc_edit_save() of ${keep}.
 */
enum hc_status hc_edit_merge(struct hc_edit *edit, int64_t keep,
    int64_t other, const struct hc_edit_pair *pairs, size_t npairs);

#endif
