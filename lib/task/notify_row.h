/* Small helpers of hc-notify's parts for rows. */
#ifndef HC_TASK_NOTIFY_ROW_H
#define HC_TASK_NOTIFY_ROW_H

#include <stdint.h>

#include "store/row.h"
#include "store/store.h"

/* hc_notify_row_new(store, entity, row): an empty row by its name; the caller
   frees it with hc_row_free(). */
enum hc_status hc_notify_row_new(struct hc_store *store, const char *entity,
    struct hc_row **row);

/* Set a field that is known to exist; HC_OK, or HC_NOMEM with the words. */
enum hc_status hc_notify_row_set(struct hc_store *store, struct hc_row *row,
    const char *name, const char *text);
enum hc_status hc_notify_row_int(struct hc_store *store, struct hc_row *row,
    const char *name, int64_t value);
enum hc_status hc_notify_row_instant(struct hc_store *store,
    struct hc_row *row, const char *name, int64_t instant);

#endif
