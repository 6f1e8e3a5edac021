/*
 * Saving records.  Each of the three ways ends in log_change(), so that no
 * row is written without its trace.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "store/index.h"
#include "record/change.h"
#include "record/derive.h"
#include "record/owned.h"

#include "record/record.h"

static enum hc_status
log_change(struct hc_store *store, const struct hc_row *row,
    enum hc_operation operation, struct hc_buf *fields)
{
	struct hc_change change = { .entity = row->entity->name,
	    .record = row->id, .operation = operation,
	    .revision = row->revision, .fields = hc_buf_text(fields) };
	enum hc_status rc;

	rc = hc_buf_failed(fields) ? hc_db_nomem(store->db) :
	    hc_run_log(store, &change);
	hc_buf_free(fields);
	return rc;
}

/* Derived values need the office's day, on which the run began. */
static enum hc_status
derive(struct hc_store *store, struct hc_row *row)
{
	char today[HC_DATE_SIZE];
	int64_t now;
	int32_t day;

	if (!hc_derive_has(row->entity))
		return HC_OK;
	if (hc_instant_parse(hc_run_now(store), &now) != HC_OK)
		return hc_db_fail(store->db, HC_ERROR, "the run has no time");
	hc_instant_split(now, store->offset, &day, NULL);
	hc_date_format(day, today);
	return hc_derive(store, row, today);
}

static enum hc_status
set_initial(struct hc_store *store, struct hc_row *row)
{
	const struct hc_entity *e = row->entity;
	size_t i;

	for (i = 0; i < e->nfields; i++)
		if (row->values[i] == NULL && e->fields[i]->initial != NULL &&
		    hc_row_set(row, e->fields[i],
		    e->fields[i]->initial) != HC_OK)
			return hc_db_nomem(store->db);
	return HC_OK;
}

static void
set_time(char out[21], const char *now)
{
	memccpy(out, now, '\0', 21);
}

static enum hc_status
need_run(struct hc_store *store)
{
	return store->run != NULL ? HC_OK :
	    hc_db_fail(store->db, HC_ERROR, "a write outside of a run");
}

/* The words for a key that is taken already. */
static enum hc_status
taken(struct hc_store *store, const struct hc_row *row, enum hc_status rc)
{
	if (rc != HC_CONFLICT)
		return rc;
	return hc_db_fail(store->db, rc,
	    _("another record of '%s' has the same %s"),
	    hc_catalogue_entity_label(row->entity),
	    row->entity->key != NULL ? row->entity->key : "id");
}

static enum hc_status
insert_row(struct hc_store *store, struct hc_row *row)
{
	struct hc_buf fields = HC_BUF_INIT;
	enum hc_status rc;

	row->revision++;
	if (row->created_at[0] == '\0')
		set_time(row->created_at, hc_run_now(store));
	set_time(row->updated_at, hc_run_now(store));
	if ((rc = hc_row_insert(store, row)) != HC_OK)
		return taken(store, row, rc);
	hc_change_whole(row, &fields);
	rc = log_change(store, row, HC_INSERT, &fields);
	return rc == HC_OK ? hc_index_put(store, NULL, row) : rc;
}

enum hc_status
hc_record_insert(struct hc_store *store, struct hc_row *row)
{
	enum hc_status rc;

	if ((rc = need_run(store)) != HC_OK)
		return rc;
	if (row->id == 0 && (rc = hc_run_number(store, row->entity->name,
	    &row->id)) != HC_OK)
		return rc;
	if ((rc = set_initial(store, row)) != HC_OK ||
	    (rc = derive(store, row)) != HC_OK)
		return rc;
	return insert_row(store, row);
}

/* Write what differs between the two, if anything. */
static enum hc_status
update_row(struct hc_store *store, const struct hc_row *before,
    struct hc_row *row)
{
	struct hc_buf fields = HC_BUF_INIT;
	enum hc_status rc;

	if (hc_change_difference(before, row, &fields) == HC_NOTFOUND)
		return HC_OK;
	row->revision = before->revision + 1;
	set_time(row->updated_at, hc_run_now(store));
	if ((rc = hc_row_update(store, before, row)) != HC_OK) {
		hc_buf_free(&fields);
		return taken(store, row, rc);
	}
	rc = log_change(store, row, HC_UPDATE, &fields);
	return rc == HC_OK ? hc_index_put(store, before, row) : rc;
}

enum hc_status
hc_record_update(struct hc_store *store, struct hc_row *row)
{
	struct hc_row *before = NULL;
	enum hc_status rc;

	if ((rc = need_run(store)) != HC_OK ||
	    (rc = hc_row_load(store, row->entity, row->id, &before)) != HC_OK)
		return rc;
	if (before->revision != row->revision)
		rc = hc_db_fail(store->db, HC_CONFLICT,
		    _("%s %lld was changed by somebody else meanwhile"),
		    hc_catalogue_entity_label(row->entity),
		    (long long)(row->id % HC_ID_SPAN));
	else if ((rc = derive(store, row)) == HC_OK)
		rc = update_row(store, before, row);
	hc_row_free(before);
	return rc;
}

enum hc_status
hc_record_restore(struct hc_store *store, struct hc_row *row)
{
	struct hc_row *before = NULL;
	enum hc_status rc;

	if ((rc = need_run(store)) != HC_OK)
		return rc;
	rc = hc_row_load(store, row->entity, row->id, &before);
	if (rc == HC_NOTFOUND)
		return insert_row(store, row);
	if (rc == HC_OK)
		rc = update_row(store, before, row);
	hc_row_free(before);
	return rc;
}

/* Of what is noted about a record under its entity's name and id. */
static enum hc_status
delete_notes(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	static const char *const noting[] = { "source_key", "absence",
	    "source_row" };
	static const char *const names[] = { "entity", "record", NULL };
	const struct hc_entity *e;
	const char *values[2];
	enum hc_status rc = HC_OK;
	struct hc_row *row;
	char number[24];
	size_t i;

	snprintf(number, sizeof(number), "%lld", (long long)id);
	values[0] = entity->name;
	values[1] = number;
	for (i = 0; rc == HC_OK && i < 3; i++) {
		e = hc_catalogue_entity(store->catalogue, noting[i]);
		while (e != NULL && (rc = hc_record_find(store, e, names,
		    values, &row)) == HC_OK) {
			rc = hc_record_delete(store, e, row->id);
			hc_row_free(row);
			if (rc != HC_OK)
				break;
		}
		if (rc == HC_NOTFOUND)
			rc = HC_OK;
	}
	return rc;
}

static bool
is_note(const struct hc_entity *entity)
{
	return hc_catalogue_field(entity, "record") != NULL &&
	    hc_catalogue_field(entity, "entity") != NULL;
}

static enum hc_status
delete_one(struct hc_store *store, const struct hc_entity *entity, int64_t id)
{
	struct hc_buf fields = HC_BUF_INIT;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = hc_row_load(store, entity, id, &row)) != HC_OK ||
	    (!is_note(entity) &&
	    (rc = delete_notes(store, entity, id)) != HC_OK) ||
	    (rc = hc_row_delete(store, entity, id)) != HC_OK)
		goto out;
	hc_change_whole(row, &fields);
	if ((rc = log_change(store, row, HC_DELETE, &fields)) == HC_OK)
		rc = hc_index_remove(store, row);
out:
	hc_buf_free(&fields);
	hc_row_free(row);
	return rc;
}

enum hc_status
hc_record_delete(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	struct hc_owned owned = { 0 };
	enum hc_status rc;
	size_t i;

	if ((rc = need_run(store)) == HC_OK)
		rc = hc_owned_gather(store, entity, id, &owned);
	/* Owners last. */
	for (i = owned.len; rc == HC_OK && i-- > 0; )
		rc = delete_one(store, owned.items[i].entity,
		    owned.items[i].id);
	hc_owned_clear(&owned);
	return rc;
}

enum hc_status
hc_record_find(struct hc_store *store, const struct hc_entity *entity,
    const char *const *names, const char *const *values, struct hc_row **out)
{
	struct hc_buf rest = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;
	char name[24];
	size_t i;

	*out = NULL;
	for (i = 0; names[i] != NULL; i++)
		hc_buf_printf(&rest, " AND t.\"%s\" = :v%zu", names[i], i);
	hc_buf_puts(&rest, " ORDER BY t.id LIMIT 1");
	rc = hc_buf_failed(&rest) ? hc_db_nomem(store->db) :
	    hc_row_query(store, entity, hc_buf_text(&rest), &st);
	if (rc != HC_OK)
		goto out;
	for (i = 0; names[i] != NULL; i++) {
		snprintf(name, sizeof(name), ":v%zu", i);
		if ((rc = hc_row_bind(store, st, name, hc_catalogue_field(
		    entity, names[i]), values[i])) != HC_OK)
			goto out;
	}
	if ((rc = hc_stmt_next(st)) != HC_OK)
		goto out;
	if (hc_row_new(&row, entity) != HC_OK)
		rc = hc_db_nomem(store->db);
	else
		rc = hc_row_read(store, st, row);
	if (rc == HC_OK)
		*out = row;
	else
		hc_row_free(row);
out:
	hc_stmt_free(st);
	hc_buf_free(&rest);
	return rc;
}
