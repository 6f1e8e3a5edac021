/*
 * What lists write about a row that no longer counts: 取り下げ, 発生届取り下げ,
 * 欠番, No.71と重複.  It stands in remarks, or where a value should be.
 */
#ifndef HC_TASK_IMPORT_STATE_H
#define HC_TASK_IMPORT_STATE_H

#include "base/buf.h"

/*
 * hc_import_state_read(text, number):
 * The code of episode.status that ${text} means, "withdrawn" or "duplicate",
 * or NULL; of a duplicate ${number} (may be NULL) gets the number of the other
 * one appended, if it is given.
 */
const char *hc_import_state_read(const char *text, struct hc_buf *number);

#endif
