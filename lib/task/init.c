/*
 * A new database for an office.  The definitions are records like others,
 * inserted from the built-in catalogue files in the first run.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "record/record.h"
#include "store/builtin.h"
#include "task/keys.h"

#include "task/init.h"

/* One row of a built-in file as a record. */
static enum hc_status
insert_definition(struct hc_store *store, const struct hc_entity *e,
    struct hc_builtin *file)
{
	const struct hc_field *f;
	struct hc_row *row;
	enum hc_status rc = HC_OK;
	const char *text;
	size_t i;

	if (hc_row_new(&row, e) != HC_OK)
		return hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		f = e->fields[i];
		text = strcmp(f->name, "origin") == 0 ? "builtin" :
		    hc_builtin_get(file, f->name);
		rc = hc_row_set(row, f, text);
	}
	if (rc == HC_NOMEM)
		rc = hc_db_nomem(store->db);
	if (rc == HC_OK)
		rc = hc_record_insert(store, row);
	hc_row_free(row);
	return rc;
}

static enum hc_status
load_definitions(struct hc_store *store, const struct hc_entity *e)
{
	struct hc_builtin *file = NULL;
	enum hc_status rc;

	rc = hc_builtin_open(&file, e->name, hc_db_error_buffer(store->db));
	if (rc == HC_NOTFOUND)
		return HC_OK;	/* nothing of that kind is built in */
	while (rc == HC_OK && (rc = hc_builtin_next(file,
	    hc_db_error_buffer(store->db))) == HC_OK)
		rc = insert_definition(store, e, file);
	hc_builtin_close(file);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
set_setting(struct hc_store *store, const char *name, const char *value)
{
	const struct hc_entity *e;
	const char *names[] = { "name", NULL }, *values[] = { name, NULL };
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (value == NULL)
		return HC_OK;
	e = hc_catalogue_entity(store->catalogue, "setting");
	if ((rc = hc_record_find(store, e, names, values, &row)) == HC_OK) {
		if (hc_row_set(row, hc_catalogue_field(e, "value"), value) !=
		    HC_OK)
			rc = hc_db_nomem(store->db);
		else
			rc = hc_record_update(store, row);
	}
	hc_row_free(row);
	return rc;
}

static enum hc_status
fill(struct hc_store *store, const struct hc_init_options *options)
{
	const struct hc_catalogue *c = store->catalogue;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (c->entities[i].kind == HC_ENTITY_DEFINITION)
			rc = load_definitions(store, &c->entities[i]);
	if (rc == HC_OK)
		rc = set_setting(store, "office_name", options->name);
	if (rc == HC_OK)
		rc = set_setting(store, "office_phone", options->phone);
	return rc == HC_OK ? hc_run_commit(store, NULL) : rc;
}

/*
 * Take away what was begun.  Only while the transaction is open: then the
 * empty file is surely ours, and whoever waits for the lock finds the name
 * gone instead of losing a database.  After it ended, somebody else may have
 * made theirs under this name; an empty file is no harm.
 */
static void
remove_files(struct hc_store *store)
{
	static const char *const endings[] = { "", "-journal", ".lock" };
	struct hc_buf file = HC_BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(endings) / sizeof(endings[0]) &&
	    hc_db_in_transaction(store->db); i++) {
		hc_buf_clear(&file);
		hc_buf_printf(&file, "%s%s", hc_db_path(store->db),
		    endings[i]);
		if (!hc_buf_failed(&file))
			unlink(hc_buf_text(&file));
	}
	hc_buf_free(&file);
}

static enum hc_status
check_office(struct hc_store *store)
{
	if (store->office >= 10000 && store->office <= 999999)
		return HC_OK;
	return hc_db_fail(store->db, HC_INVALID,
	    _("'%lld' is no office code of six digits (全国地方公共団体"
	    "コード), as 112038"), (long long)store->office);
}

enum hc_status
hc_init_create(struct hc_store **out, const char *path,
    const struct hc_init_options *options, const struct hc_who *who)
{
	struct hc_buf key = HC_BUF_INIT;
	struct hc_store *store;
	bool key_made = false;
	struct hc_error *err;
	enum hc_status rc;

	rc = hc_store_create(out, path, options->office, who);
	if ((store = *out) == NULL || store->db == NULL)
		return rc;
	err = hc_db_error_buffer(store->db);
	if (rc == HC_OK && (rc = check_office(store)) == HC_OK &&
	    (rc = hc_keys_path(path, &key, err)) == HC_OK &&
	    (rc = hc_keys_create(hc_buf_text(&key), err)) == HC_OK) {
		key_made = true;
		rc = fill(store, options);
	}
	if (rc != HC_OK) {
		/* A key that was there may open an older database's mail. */
		if (key_made)
			unlink(hc_buf_text(&key));
		remove_files(store);
		hc_run_rollback(store);
	}
	hc_buf_free(&key);
	return rc;
}
