/*
 * Do an office's definitions make sense?  Names, types, lists, and every
 * expression, in the scope in which it will run.
 */
#ifndef HC_TASK_DEFINE_CHECK_H
#define HC_TASK_DEFINE_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/expr.h"
#include "store/row.h"
#include "store/store.h"

struct hc_define_fault_item {
	char *what;		/* "filter no_email" */
	char *field;		/* "expr" */
	char *words;
};

/* Begins as { 0 }. */
struct hc_define_faults {
	struct hc_define_fault_item *items;
	size_t len, room;
};

void hc_define_faults_clear(struct hc_define_faults *faults);

/* hc_define_faults_hold(faults, item): is the same fault among them? */
bool hc_define_faults_hold(const struct hc_define_faults *faults,
    const struct hc_define_fault_item *item);

/*
 * hc_define_check(store, clock, faults):
 * Look at all definitions but retired ones; ${faults}, which the caller
 * clears, gets what makes no sense.  HC_OK, however many there are; a
 * failure of the store.
 */
enum hc_status hc_define_check(struct hc_store *store,
    const struct hc_expr_clock *clock, struct hc_define_faults *faults);

/*
 * hc_define_check_name(store, row):
 * May an office add a definition of this name?  New fields are called
 * x_NAME and belong to records, new lists of choices are called x_NAME, and
 * settings cannot be added.  HC_OK, or HC_INVALID with words.
 */
enum hc_status hc_define_check_name(struct hc_store *store,
    const struct hc_row *row);

#endif
