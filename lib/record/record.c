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

/* Ids of the records of ${ref->entity} that name ${id} in the field ${ref}. */
struct ids {
	int64_t *items;
	size_t len, room;
};

static enum hc_status
list_referring(struct hc_store *store, const struct hc_field *ref,
    int64_t id, struct ids *ids)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t *grown;

	ids->len = 0;
	hc_buf_printf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = :id"
	    " AND office = :office ORDER BY id", ref->entity->name,
	    ref->name);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(store->db) :
	    hc_stmt_new(&st, store->db, hc_buf_text(&sql));
	if (rc == HC_OK)
		rc = hc_stmt_int(st, ":id", id);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		if (ids->len == ids->room) {
			ids->room = ids->room ? ids->room * 2 : 16;
			grown = realloc(ids->items,
			    ids->room * sizeof(*grown));
			if (grown == NULL) {
				rc = hc_db_nomem(store->db);
				break;
			}
			ids->items = grown;
		}
		ids->items[ids->len++] = hc_stmt_get_int(st, 0);
	}
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static bool
owns(const struct hc_field *ref)
{
	const char *parent = ref->entity->parent;

	return parent != NULL &&
	    hc_catalogue_has(parent, ',', ref->name, strlen(ref->name));
}

/* What belongs to the record goes with it; other references forbid it. */
static enum hc_status
delete_referring(struct hc_store *store, const struct hc_field *ref,
    int64_t id)
{
	struct ids ids = { 0 };
	enum hc_status rc;
	size_t i;

	rc = list_referring(store, ref, id, &ids);
	if (rc == HC_OK && ids.len > 0 && !owns(ref))
		rc = hc_db_fail(store->db, HC_CONFLICT,
		    _("%s %lld refers to it (%s)"),
		    hc_catalogue_entity_label(ref->entity),
		    (long long)(ids.items[0] % HC_ID_SPAN),
		    hc_catalogue_label(ref));
	for (i = 0; rc == HC_OK && i < ids.len; i++) {
		rc = hc_record_delete(store, ref->entity, ids.items[i]);
		if (rc == HC_NOTFOUND)
			rc = HC_OK;	/* gone with another owner */
	}
	free(ids.items);
	return rc;
}

static enum hc_status
delete_all_referring(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	const struct hc_catalogue *c = store->catalogue;
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	size_t i, j;

	for (i = 0; i < c->nentities; i++) {
		if (c->entities[i].kind == HC_ENTITY_COMPUTED)
			continue;
		for (j = 0; rc == HC_OK && j < c->entities[i].nfields; j++) {
			f = c->entities[i].fields[j];
			if (f->type == HC_TYPE_REF && f->target == entity)
				rc = delete_referring(store, f, id);
		}
	}
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

enum hc_status
hc_record_delete(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	struct hc_buf fields = HC_BUF_INIT;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = need_run(store)) != HC_OK ||
	    (rc = hc_row_load(store, entity, id, &row)) != HC_OK)
		return rc;
	if ((rc = delete_all_referring(store, entity, id)) != HC_OK ||
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
hc_record_referred(struct hc_store *store, const struct hc_entity *entity,
    int64_t id, const struct hc_entity **by)
{
	const struct hc_catalogue *c = store->catalogue;
	struct ids ids = { 0 };
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	size_t i, j;

	*by = NULL;
	for (i = 0; i < c->nentities && *by == NULL; i++) {
		if (c->entities[i].kind == HC_ENTITY_COMPUTED)
			continue;
		for (j = 0; rc == HC_OK && j < c->entities[i].nfields; j++) {
			f = c->entities[i].fields[j];
			if (f->type != HC_TYPE_REF || f->target != entity)
				continue;
			rc = list_referring(store, f, id, &ids);
			if (rc == HC_OK && ids.len > 0)
				*by = f->entity;
		}
	}
	free(ids.items);
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
