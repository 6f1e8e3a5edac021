/*
 * Definitions as one file: a bundle that another office, or the same one
 * later, can apply.
 *
 * It is hc-tsv(5) with the column "kind" first and then all fields that any
 * of the kinds in it has; a cell is empty where the kind has no such field.
 */
#ifndef HC_TASK_DEFINE_FILE_H
#define HC_TASK_DEFINE_FILE_H

#include "base/table.h"
#include "base/tsv.h"
#include "task/define.h"

/*
 * hc_define_export(store, entity, office_made, table):
 * All definitions of one kind, or of all kinds (${entity} NULL);
 * ${office_made}: those alone that the office added.
 */
enum hc_status hc_define_export(struct hc_store *store,
    const struct hc_entity *entity, bool office_made,
    struct hc_table **table);

/*
 * hc_define_apply(define, tsv, plan, fault, arg):
 * Add or change what the rows of ${tsv} say, within the open run; what they
 * do not name stays.  An empty cell of a column takes the value away; a
 * column that is not there leaves it.  ${fault} is told each row that cannot
 * be: the number of its line (NULL where the words name it), the column, the
 * words.
 *
 * HC_OK; HC_INVALID after any fault; a failure.  The caller settles and
 * commits, or rolls back.
 */
enum hc_status hc_define_apply(struct hc_define *define,
    struct hc_tsv_reader *tsv, struct hc_table *plan,
    hc_define_fault *fault, void *arg);

#endif
