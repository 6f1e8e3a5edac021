/* An office's database, open. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/seal.h"
#include "store/index.h"
#include "store/row.h"
#include "store/run.h"
#include "store/schema.h"

#include "store/store.h"

static enum hc_status
new_store(struct hc_store **out, const struct hc_who *who)
{
	unsigned char random[8];
	struct hc_store *store;
	enum hc_status rc;
	size_t i;

	if ((*out = store = calloc(1, sizeof(*store))) == NULL)
		return HC_NOMEM;
	store->who = *who;
	store->offset = 540;
	if ((rc = hc_seal_random(random, sizeof(random))) != HC_OK)
		return rc;
	for (i = 0; i < sizeof(random); i++) {
		store->process[2 * i] = "0123456789abcdef"[random[i] >> 4];
		store->process[2 * i + 1] = "0123456789abcdef"[random[i] & 15];
	}
	return HC_OK;
}

static enum hc_status
check_version(struct hc_db *db, bool older)
{
	enum hc_status rc;
	int version;

	if ((rc = hc_db_version(db, &version)) != HC_OK)
		return rc;
	if (version == HC_SCHEMA_VERSION)
		return HC_OK;
	if (version == 0)
		return hc_db_fail(db, HC_CONFIG,
		    _("'%s' is no database of hc; make one with hc-init"),
		    hc_db_path(db));
	if (version < HC_SCHEMA_VERSION && older)
		return HC_OK;
	if (version < HC_SCHEMA_VERSION)
		return hc_db_fail(db, HC_CONFIG,
		    _("'%s' has the older schema %d, this program needs %d; "
		    "run hc-init --upgrade"), hc_db_path(db), version,
		    HC_SCHEMA_VERSION);
	return hc_db_fail(db, HC_CONFIG,
	    _("'%s' has the newer schema %d, this program knows %d; "
	    "install the newer hc"), hc_db_path(db), version,
	    HC_SCHEMA_VERSION);
}

static enum hc_status
read_office(struct hc_store *store)
{
	static const char office_sql[] =
	    "SELECT code FROM office ORDER BY code LIMIT 1";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, office_sql)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK) {
		store->office = hc_stmt_get_int(st, 0);
		hc_db_set_office(store->db, store->office);
	}
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND)
		rc = hc_db_fail(store->db, HC_CONFIG,
		    _("'%s' names no office; make it anew with hc-init"),
		    hc_db_path(store->db));
	return rc;
}

/* No zone of the world is farther than 14 hours from UTC. */
static enum hc_status
read_offset(struct hc_store *store)
{
	enum hc_status rc;

	rc = hc_store_setting_number(store, "utc_offset_minutes", 540,
	    &store->offset);
	if (rc == HC_OK && (store->offset < -14 * 60 ||
	    store->offset > 14 * 60))
		rc = hc_db_fail(store->db, HC_CONFIG,
		    _("setting '%s' is %d, not -840 to 840"),
		    "utc_offset_minutes", store->offset);
	return rc;
}

enum hc_status
hc_store_open(struct hc_store **out, const char *path, enum hc_db_mode mode,
    const struct hc_who *who)
{
	struct hc_store *store;
	enum hc_status rc;

	if ((rc = new_store(out, who)) != HC_OK)
		return rc;
	store = *out;
	if ((rc = hc_db_open(&store->db, path, mode)) != HC_OK ||
	    (rc = check_version(store->db, false)) != HC_OK ||
	    (rc = read_office(store)) != HC_OK ||
	    (rc = read_offset(store)) != HC_OK)
		return rc;
	return hc_store_reload(store);
}

enum hc_status
hc_store_open_older(struct hc_store **out, const char *path,
    const struct hc_who *who)
{
	struct hc_store *store;
	struct hc_error *err;
	enum hc_status rc;

	if ((rc = new_store(out, who)) != HC_OK)
		return rc;
	store = *out;
	if ((rc = hc_db_open(&store->db, path, HC_DB_WRITE)) != HC_OK ||
	    (rc = check_version(store->db, true)) != HC_OK ||
	    (rc = read_office(store)) != HC_OK)
		return rc;
	err = hc_db_error_buffer(store->db);
	if ((rc = hc_catalogue_new(&store->catalogue, err)) != HC_OK)
		return rc;
	return hc_catalogue_load_builtin(store->catalogue, err);
}

static enum hc_status
insert_office(struct hc_store *store)
{
	static const char office_sql[] =
	    "INSERT INTO office (code, created_at) VALUES (:office, :at)";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, office_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":at", hc_run_now(store))) == HC_OK)
		rc = hc_stmt_run(st);
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_store_create(struct hc_store **out, const char *path, int64_t office,
    const struct hc_who *who)
{
	struct hc_store *store;
	struct hc_error *err;
	enum hc_status rc;

	if ((rc = new_store(out, who)) != HC_OK)
		return rc;
	store = *out;
	if ((rc = hc_db_open(&store->db, path, HC_DB_CREATE)) != HC_OK)
		return rc;
	store->office = office;
	hc_db_set_office(store->db, office);
	err = hc_db_error_buffer(store->db);
	if ((rc = hc_catalogue_new(&store->catalogue, err)) != HC_OK ||
	    (rc = hc_catalogue_load_builtin(store->catalogue, err)) != HC_OK)
		return rc;
	if ((rc = hc_run_begin_first(store)) != HC_OK)
		return rc;
	return insert_office(store);
}

void
hc_store_close(struct hc_store *store)
{
	if (store == NULL)
		return;
	if (store->db != NULL)
		hc_run_rollback(store);
	hc_row_forget(store);
	hc_index_forget(store);
	hc_catalogue_free(store->catalogue);
	hc_db_close(store->db);
	free(store);
}

const char *
hc_store_error(const struct hc_store *store)
{
	return hc_db_error(store != NULL ? store->db : NULL);
}

enum hc_status
hc_store_reload(struct hc_store *store)
{
	struct hc_catalogue *catalogue = NULL;
	enum hc_status rc;

	rc = hc_catalogue_new(&catalogue, hc_db_error_buffer(store->db));
	if (rc == HC_OK)
		rc = hc_catalogue_load(catalogue, store->db);
	if (rc != HC_OK) {
		hc_catalogue_free(catalogue);
		return rc;
	}
	hc_row_forget(store);
	hc_index_forget(store);
	hc_catalogue_free(store->catalogue);
	store->catalogue = catalogue;
	return HC_OK;
}

enum hc_status
hc_store_setting(struct hc_store *store, const char *name, char **value)
{
	static const char setting_sql[] =
	    "SELECT value FROM setting WHERE office = :office AND name = :name";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*value = NULL;
	if ((rc = hc_stmt_new(&st, store->db, setting_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":name", name)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK && !hc_stmt_is_null(st, 0) &&
	    ((*value = strdup(hc_stmt_get_text(st, 0))) == NULL ||
	    hc_stmt_check(st) != HC_OK))
		rc = hc_db_nomem(store->db);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_store_setting_number(struct hc_store *store, const char *name,
    int otherwise, int *value)
{
	enum hc_status rc;
	char *text, *end;
	long n;

	*value = otherwise;
	rc = hc_store_setting(store, name, &text);
	if (rc == HC_OK && text != NULL) {
		errno = 0;
		n = strtol(text, &end, 10);
		if (errno != 0 || end == text || *end != '\0' || n > INT_MAX ||
		    n < INT_MIN)
			rc = hc_db_fail(store->db, HC_CONFIG,
			    _("setting '%s' is '%s', not a whole number"),
			    name, text);
		else
			*value = (int)n;
	}
	free(text);
	return rc;
}

int64_t
hc_store_id(const struct hc_store *store, int64_t number)
{
	return number < HC_ID_SPAN && number >= 0 ?
	    store->office * HC_ID_SPAN + number : number;
}
