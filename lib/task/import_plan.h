/*
 * The plan of an import: what its run would write, row by row of the list
 * and field by field, as hc-tsv(5).
 *
 * It is made of the run's own change log before that is rolled back, and
 * made once more, and compared, before the same run is committed.  Ids that
 * the run gives out are "+1", "+2" ... for each entity, since others may take
 * numbers meanwhile.
 */
#ifndef HC_TASK_IMPORT_PLAN_H
#define HC_TASK_IMPORT_PLAN_H

#include <stdio.h>

#include "store/store.h"

struct hc_import_plan;

/* What a row of the list would do. */
enum hc_import_act {
	HC_IMPORT_ACT_UNCHANGED,
	HC_IMPORT_ACT_CONFLICT,		/* refused, for what the words say */
	HC_IMPORT_ACT_DUPLICATE		/* goes in, but may be known */
};

/* hc_import_plan_new(plan, store, out): begin to write a plan to ${out},
   which stays the caller's. */
enum hc_status hc_import_plan_new(struct hc_import_plan **plan,
    struct hc_store *store, FILE *out);
void hc_import_plan_free(struct hc_import_plan *plan);

/* hc_import_plan_note(plan, line, act, words): the row ${line} of the list;
   ${words} may be NULL. */
enum hc_status hc_import_plan_note(struct hc_import_plan *plan, size_t line,
    enum hc_import_act act, const char *words);

/* hc_import_plan_row(plan, line): what the open run wrote since the last call
   is that row's. */
enum hc_status hc_import_plan_row(struct hc_import_plan *plan, size_t line);

/* hc_import_plan_end(plan): all is written.  HC_IO. */
enum hc_status hc_import_plan_end(struct hc_import_plan *plan);

#endif
