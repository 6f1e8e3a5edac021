/* The columns of a work list, and what it is sorted by. */
#ifndef HC_TASK_FOLLOWUP_LAYOUT_H
#define HC_TASK_FOLLOWUP_LAYOUT_H

#include "task/followup_rows.h"

/*
 * hc_followup_layout_make(rows):
 * Ask for all that the rows of ${rows->list} need, before they are read.
 * HC_OK; HC_CONFIG if there is no such column or there are too many; a
 * failure.
 */
enum hc_status hc_followup_layout_make(struct hc_followup_rows *rows);

#endif
