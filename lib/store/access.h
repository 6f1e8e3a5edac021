/*
 * The access log: who looked at whose record, when, with which program.
 *
 * One line a look in the file "DB.access" beside the database: instant,
 * login, program, entity and ids, parted by tabs.  The file is only ever
 * appended to, with one write, so that no lock is needed.
 */
#ifndef HC_STORE_ACCESS_H
#define HC_STORE_ACCESS_H

#include <stddef.h>
#include <stdint.h>

#include "store/store.h"

/*
 * hc_access_note(store, entity, ids, len):
 * Note that the records of ${entity} with these ids are about to be shown.
 * To be called before anything is printed.  HC_OK; HC_IO, after which
 * nothing should be shown; HC_NOMEM.
 */
enum hc_status hc_access_note(struct hc_store *store, const char *entity,
    const int64_t *ids, size_t len);

#endif
