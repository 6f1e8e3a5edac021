/*
 * Saving records: the one way in which any entity is written.
 *
 * A save derives what the program itself knows (digits of a telephone
 * number, age band of an age), writes the row, leaves a row of the change
 * log and brings the search index up to date, all within the caller's run
 * (store/run.h).  Whether the values are right is asked before, with
 * record/check.h.
 */
#ifndef HC_RECORD_RECORD_H
#define HC_RECORD_RECORD_H

#include <stdint.h>

#include "store/row.h"
#include "store/run.h"
#include "store/store.h"

/*
 * hc_record_insert(store, row):
 * Save a new record; ${row} gets its revision and times, an id unless the
 * caller has taken one with hc_run_number() in this run and set it, and
 * fields without a value get the catalogue's initial one.
 *
 * HC_OK; HC_CONFLICT where its key is taken; else a failure of the store.
 */
enum hc_status hc_record_insert(struct hc_store *store, struct hc_row *row);

/*
 * hc_record_update(store, row):
 * Save a record that was loaded at ${row}->revision.  Where nothing differs,
 * nothing is written.
 *
 * HC_OK (${row} has its new revision); HC_NOTFOUND if it is no longer there;
 * HC_CONFLICT if somebody changed it meanwhile or its key is taken.
 */
enum hc_status hc_record_update(struct hc_store *store, struct hc_row *row);

/*
 * hc_record_restore(store, row):
 * Write exactly these values under ${row}->id, nothing derived: a record
 * that is there is updated, one that was deleted is there again.  For undo.
 */
enum hc_status hc_record_restore(struct hc_store *store, struct hc_row *row);

/*
 * hc_record_delete(store, entity, id):
 * Delete a record together with what it owns (entities whose "parent" field
 * names it) and what is noted of it (source_key, absence, source_row).
 * HC_OK; HC_NOTFOUND; HC_CONFLICT, naming them, where other records refer
 * to it.
 */
enum hc_status hc_record_delete(struct hc_store *store,
    const struct hc_entity *entity, int64_t id);

/*
 * hc_record_find(store, entity, names..., row):
 * The record whose fields ${names} (NULL-closed) have the ${values}: the
 * first by id.  HC_OK, HC_NOTFOUND or a failure; the caller frees ${row}.
 */
enum hc_status hc_record_find(struct hc_store *store,
    const struct hc_entity *entity, const char *const *names,
    const char *const *values, struct hc_row **row);

#endif
