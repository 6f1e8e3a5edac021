/*
 * The change log's "fields" column: JSON.  Of an update {"name": [old,
 * new]} of what differs, of an insert or delete {"name": value} of all that
 * is there; values are canonical texts, null is absent.
 */
#ifndef HC_RECORD_CHANGE_H
#define HC_RECORD_CHANGE_H

#include "base/buf.h"
#include "base/json.h"
#include "store/row.h"

/* hc_change_whole(row, json): for an insert or a delete. */
void hc_change_whole(const struct hc_row *row, struct hc_buf *json);

/*
 * hc_change_difference(before, after, json):
 * For an update; HC_NOTFOUND (nothing appended) where nothing differs.
 */
enum hc_status hc_change_difference(const struct hc_row *before,
    const struct hc_row *after, struct hc_buf *json);

/*
 * hc_change_take(fields, row):
 * Set what an insert or delete says; fields that are no longer known are
 * passed over.  HC_OK or HC_NOMEM.
 */
enum hc_status hc_change_take(const struct hc_json *fields,
    struct hc_row *row);

#endif
