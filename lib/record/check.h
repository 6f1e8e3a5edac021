/*
 * The catalogue's checks of a whole record: ranges and patterns of its
 * values, what is required, and what must hold between fields.
 */
#ifndef HC_RECORD_CHECK_H
#define HC_RECORD_CHECK_H

#include "base/expr.h"
#include "store/row.h"
#include "store/store.h"

struct hc_check;

/*
 * hc_check_new(check, store, entity):
 * Prepare the checks of one entity.  The caller frees it with
 * hc_check_free(), before the store.  HC_CONFIG, naming the field, if an
 * expression of the catalogue makes no sense; HC_NOMEM.
 */
enum hc_status hc_check_new(struct hc_check **check, struct hc_store *store,
    const struct hc_entity *entity);
void hc_check_free(struct hc_check *check);

/* Is told each fault: the field, its value (NULL where one is missing) and
   the words. */
typedef void hc_check_fault(void *arg, const struct hc_field *field,
    const char *value, const char *words);

/*
 * hc_check_row(check, row, clock, fault, arg):
 * Tell all faults of ${row}.  HC_OK if there are none; HC_INVALID if there
 * are some, the words of the first one in hc_store_error() too; a failure.
 */
enum hc_status hc_check_row(struct hc_check *check, const struct hc_row *row,
    const struct hc_expr_clock *clock, hc_check_fault *fault, void *arg);

#endif
