/*
 * What the program itself knows of a record and fills in when it is saved.
 *
 *   phone.digits	digits of phone.number, the leading 0 kept
 *   episode.age	from the person's birth date, on the day of diagnosis,
 *			onset, report, last exposure or (at last) entry
 *   episode.age_band	of episode.age, where no band was stated
 */
#ifndef HC_RECORD_DERIVE_H
#define HC_RECORD_DERIVE_H

#include <stdbool.h>

#include "store/row.h"
#include "store/store.h"

/* hc_derive_has(entity): may anything of its rows be filled in? */
bool hc_derive_has(const struct hc_entity *entity);

/*
 * hc_derive(store, row, today):
 * Fill in ${row} before it is written.  HC_OK or a failure of the store.
 */
enum hc_status hc_derive(struct hc_store *store, struct hc_row *row,
    const char *today);

#endif
