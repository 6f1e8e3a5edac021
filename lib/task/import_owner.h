/* The person and the episode that a row of a list is about. */
#ifndef HC_TASK_IMPORT_OWNER_H
#define HC_TASK_IMPORT_OWNER_H

#include "task/import_target.h"

/*
 * hc_import_owner_place(p):
 * Find or make the person, and find the episode; the person is saved, since
 * what follows refers to it.
 */
enum hc_status hc_import_owner_place(struct hc_import_place *p);

#endif
