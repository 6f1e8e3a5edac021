/* What a row of a list leaves in the database. */
#ifndef HC_TASK_IMPORT_SAVE_H
#define HC_TASK_IMPORT_SAVE_H

#include "task/import_target.h"

/* hc_import_save_target(p, t): check the record and write it, or see whether
   that would change anything. */
enum hc_status hc_import_save_target(struct hc_import_place *p,
    struct hc_import_target *t);

/* hc_import_save_absences(p, t): why fields of it have no value. */
enum hc_status hc_import_save_absences(struct hc_import_place *p,
    const struct hc_import_target *t);

/* hc_import_save_phones(p): the person's telephone numbers. */
enum hc_status hc_import_save_phones(struct hc_import_place *p);

/* hc_import_save_left_over(p): the cells that no field took. */
enum hc_status hc_import_save_left_over(struct hc_import_place *p);

#endif
