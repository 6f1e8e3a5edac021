/* What the records of a row will say. */
#ifndef HC_TASK_IMPORT_VALUE_H
#define HC_TASK_IMPORT_VALUE_H

#include "task/import_target.h"

/* hc_import_value_set(p, t): everything that the row says of the target's
   entity. */
enum hc_status hc_import_value_set(struct hc_import_place *p,
    struct hc_import_target *t);

/* hc_import_value_complete(p, t): values that lists leave out because they
   are plain from others. */
enum hc_status hc_import_value_complete(struct hc_import_place *p,
    struct hc_import_target *t);

#endif
