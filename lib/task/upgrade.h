/*
 * An older database brought to this program's schema.
 *
 * A copy is kept first.  Then each version has its step, one transaction
 * under the lock: another process may have done it meanwhile, so the version
 * is read again.  The last step also follows the built-in catalogue, and that
 * is the only one where the version is the present one: new tables, columns
 * and definitions come in, changed definitions are changed unless the office
 * changed the same field of them, and those that are gone are retired.
 */
#ifndef HC_TASK_UPGRADE_H
#define HC_TASK_UPGRADE_H

#include "base/buf.h"
#include "base/table.h"
#include "store/store.h"

struct hc_upgrade {
	int from, to;		/* the versions */
	int64_t run;		/* the last run; 0: nothing was to be done */
	struct hc_buf backup;	/* the copy's path; empty if none was made */
	struct hc_table *kept;	/* what the office has its own way: kind, key,
				   field, kept, builtin */
};

/*
 * hc_upgrade(store, upgrade):
 * ${store} is open by hc_store_open_older().  ${upgrade} is filled in and is
 * given back with hc_upgrade_clear() in any case.  HC_OK; else a failure of
 * the store, after which the database is as some step left it, whole.
 */
enum hc_status hc_upgrade(struct hc_store *store,
    struct hc_upgrade *upgrade);
void hc_upgrade_clear(struct hc_upgrade *upgrade);

#endif
