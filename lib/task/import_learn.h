/* What was sniffed of a list, as a mapping of the definitions. */
#ifndef HC_TASK_IMPORT_LEARN_H
#define HC_TASK_IMPORT_LEARN_H

#include "base/expr.h"
#include "task/import_sniff.h"

/*
 * hc_import_learn_mapping(sniff, store, name, rule, clock):
 * Make a mapping ${name} like the one that fits, in a run of its own, with a
 * row of heading for each column; an unknown one means no field, and its note
 * says which it may mean.  A mapping of that name is changed, its other
 * headings stay.  The catalogue is read anew: the fields of ${sniff}'s guesses
 * are gone afterwards.
 *
 * HC_OK; HC_INVALID with words if the definitions would make no sense; a
 * failure.
 */
enum hc_status hc_import_learn_mapping(const struct hc_import_sniff *sniff,
    struct hc_store *store, const char *name,
    const struct hc_value_rule *rule, const struct hc_expr_clock *clock);

#endif
