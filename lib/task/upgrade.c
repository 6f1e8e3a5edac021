/* An older database brought to this program's schema and definitions. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "store/index.h"
#include "store/run.h"
#include "store/schema.h"
#include "task/upgrade_merge.h"

#include "task/upgrade.h"

/* Did the open run change a field?  Then names may be searched otherwise. */
static enum hc_status
changes_fields(struct hc_store *store, bool *yes)
{
	static const char fields_sql[] = "SELECT 1 FROM change"
	    " WHERE office = :office AND run = :run AND entity = 'field'"
	    " LIMIT 1";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, fields_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":run", hc_run_id(store))) == HC_OK)
		rc = hc_stmt_next(st);
	hc_stmt_free(st);
	*yes = rc == HC_OK;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* What the built-in catalogue has now; ${older} is an older schema, which may
   have kept the search index otherwise. */
static enum hc_status
follow_catalogue(struct hc_store *store, struct hc_upgrade *upgrade,
    bool older)
{
	enum hc_status rc;
	bool fields;

	if ((rc = hc_schema_extend(store->db, store->catalogue)) != HC_OK ||
	    (rc = hc_upgrade_merge(store, upgrade->kept, true)) != HC_OK ||
	    (rc = changes_fields(store, &fields)) != HC_OK ||
	    (rc = hc_store_reload(store)) != HC_OK)
		return rc;
	if ((rc = hc_upgrade_merge(store, upgrade->kept, false)) != HC_OK)
		return rc;
	return older || fields ? hc_index_rebuild(store) : HC_OK;
}

/*
 * The writing connection cannot copy itself; under the lock another one sees
 * just the same.
 */
static enum hc_status
copy(struct hc_store *store, const char *path)
{
	struct hc_db *db = NULL;
	enum hc_status rc;

	if ((rc = hc_db_open(&db, hc_db_path(store->db), HC_DB_READ)) ==
	    HC_OK)
		rc = hc_db_backup(db, path);
	if (rc != HC_OK)
		hc_db_fail(store->db, rc, "%s", hc_db_error(db));
	hc_db_close(db);
	return rc;
}

/* "DB.1.bak", or where that is there "DB.1.bak.2" and so on. */
static enum hc_status
make_backup(struct hc_store *store, struct hc_upgrade *upgrade, int version)
{
	struct hc_buf *path = &upgrade->backup;
	int i;

	for (i = 1; i < 1000; i++) {
		hc_buf_clear(path);
		hc_buf_printf(path, "%s.%d.bak", hc_db_path(store->db),
		    version);
		if (i > 1)
			hc_buf_printf(path, ".%d", i);
		if (hc_buf_failed(path))
			return hc_db_nomem(store->db);
		if (access(hc_buf_text(path), F_OK) == -1)
			return copy(store, hc_buf_text(path));
	}
	return hc_db_fail(store->db, HC_CONFIG,
	    _("there are too many copies like '%s'"), hc_buf_text(path));
}

/* One step, within its run. */
static enum hc_status
step(struct hc_store *store, struct hc_upgrade *upgrade)
{
	enum hc_status rc;
	int version;

	if ((rc = hc_db_version(store->db, &version)) != HC_OK)
		return rc;
	if (upgrade->from == 0)
		upgrade->from = version;
	upgrade->to = version;
	if (version >= HC_SCHEMA_VERSION)
		return follow_catalogue(store, upgrade, false);
	if (upgrade->backup.len == 0 &&
	    (rc = make_backup(store, upgrade, version)) != HC_OK)
		return rc;
	if ((rc = hc_schema_step(store->db, version + 1)) != HC_OK)
		return rc;
	if (version + 1 == HC_SCHEMA_VERSION &&
	    (rc = follow_catalogue(store, upgrade, true)) != HC_OK)
		return rc;
	hc_run_keep(store);
	upgrade->to = version + 1;
	return HC_OK;
}

enum hc_status
hc_upgrade(struct hc_store *store, struct hc_upgrade *upgrade)
{
	const struct hc_table_column columns[] = {
		{ "kind", _("kind"), HC_TYPE_TEXT },
		{ "key", _("key"), HC_TYPE_TEXT },
		{ "field", _("field"), HC_TYPE_TEXT },
		{ "kept", _("kept as"), HC_TYPE_TEXT },
		{ "builtin", _("would now be"), HC_TYPE_TEXT },
	};
	enum hc_status rc;

	memset(upgrade, 0, sizeof(*upgrade));
	if (hc_table_new(&upgrade->kept, columns, 5) != HC_OK)
		return hc_db_nomem(store->db);
	do {
		if ((rc = hc_run_begin(store, HC_UPGRADE_NOTE)) != HC_OK)
			return rc;
		if ((rc = step(store, upgrade)) == HC_OK)
			rc = hc_run_commit(store, &upgrade->run);
		if (rc != HC_OK)
			hc_run_rollback(store);
	} while (rc == HC_OK && upgrade->to < HC_SCHEMA_VERSION);
	return rc;
}

void
hc_upgrade_clear(struct hc_upgrade *upgrade)
{
	hc_buf_free(&upgrade->backup);
	hc_table_free(upgrade->kept);
	upgrade->kept = NULL;
}
