/* The status of an episode by what its row says in words. */
#ifndef HC_TASK_IMPORT_STATUS_H
#define HC_TASK_IMPORT_STATUS_H

#include "task/import_target.h"

/* hc_import_status_find(p): what words in the present row make of its episode
   (p->state); a column of the status itself goes before them. */
void hc_import_status_find(struct hc_import_place *p);

/*
 * hc_import_status_set(p, t):
 * Set the status of the episode ${t} by these words; and back to open, where
 * the list has taken them back.  A duplicate whose other one is not known
 * goes in with a warning.
 */
enum hc_status hc_import_status_set(struct hc_import_place *p,
    struct hc_import_target *t);

#endif
