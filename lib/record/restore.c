/*
 * Restoring a deleted record from the run that deleted it.  A delete logs
 * what a record owns before the record itself, so that read backwards the
 * owners come first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "record/change.h"
#include "record/record.h"
#include "record/refer.h"

#include "record/restore.h"

struct restored {
	const struct hc_entity *entity;
	int64_t id;
};

struct restore {
	struct hc_store *store;
	struct restored *items;	/* what is there again */
	size_t len;
};

static bool
is_restored(const struct restore *r, const char *entity, const char *id)
{
	size_t i;

	for (i = 0; id != NULL && i < r->len; i++)
		if (r->items[i].id == strtoll(id, NULL, 10) &&
		    strcmp(r->items[i].entity->name, entity) == 0)
			return true;
	return false;
}

/* Did it go because something that is there again went? */
static bool
is_owned(const struct restore *r, const struct hc_row *row)
{
	const struct hc_entity *e = row->entity;
	const struct hc_field *f;
	size_t i;

	for (i = 0; i < e->nfields; i++) {
		f = e->fields[i];
		if (f->type == HC_TYPE_REF && e->parent != NULL &&
		    hc_catalogue_has(e->parent, ',', f->name,
		    strlen(f->name)) &&
		    is_restored(r, f->target->name, row->values[i]))
			return true;
	}
	if (hc_catalogue_field(e, "record") == NULL ||
	    hc_catalogue_field(e, "entity") == NULL)
		return false;
	return is_restored(r, hc_row_value(row, "entity"),
	    hc_row_value(row, "record"));
}

/* A reference to what is gone too would be none. */
static enum hc_status
check_references(struct hc_store *store, const struct hc_row *row)
{
	const struct hc_field *f;
	struct hc_row *other = NULL;
	enum hc_status rc = HC_OK;
	long long id;
	size_t i;

	for (i = 0; rc == HC_OK && i < row->entity->nfields; i++) {
		f = row->entity->fields[i];
		if (f->type != HC_TYPE_REF || row->values[i] == NULL)
			continue;
		id = strtoll(row->values[i], NULL, 10);
		rc = hc_row_load(store, f->target, id, &other);
		hc_row_free(other);
		if (rc == HC_NOTFOUND)
			rc = hc_db_fail(store->db, HC_CONFLICT,
			    _("%s %lld, to which it refers, was deleted too: "
			    "hc-edit --restore %s %lld"),
			    hc_catalogue_entity_label(f->target),
			    id % HC_ID_SPAN, f->target->name,
			    id % HC_ID_SPAN);
	}
	return rc;
}

static enum hc_status
write_back(struct restore *r, struct hc_row *row)
{
	struct restored *grown;
	enum hc_status rc;

	grown = realloc(r->items, (r->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(r->store->db);
	r->items = grown;
	grown[r->len].entity = row->entity;
	grown[r->len++].id = row->id;
	if ((rc = check_references(r->store, row)) != HC_OK)
		return rc;
	return hc_record_restore(r->store, row);
}

/* One deletion: entity, record, revision, fields. */
static enum hc_status
restore_change(struct restore *r, const struct hc_stmt *st,
    const struct hc_entity *entity, int64_t id)
{
	const struct hc_entity *e = hc_catalogue_entity(r->store->catalogue,
	    hc_stmt_get_text(st, 0));
	const char *json = hc_stmt_get_text(st, 3);
	struct hc_json *fields = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (e == NULL || json == NULL)
		return hc_db_fail(r->store->db, HC_INVALID,
		    _("what was deleted is no longer in the log"));
	rc = hc_json_parse(&fields, json, strlen(json),
	    hc_db_error_buffer(r->store->db));
	if (rc != HC_OK)
		return rc;
	if (hc_row_new(&row, e) != HC_OK ||
	    hc_change_take(fields, row) != HC_OK)
		rc = hc_db_nomem(r->store->db);
	else {
		row->id = hc_stmt_get_int(st, 1);
		row->revision = hc_stmt_get_int(st, 2);
		if ((e == entity && row->id == id) || is_owned(r, row))
			rc = write_back(r, row);
	}
	hc_row_free(row);
	hc_json_free(fields);
	return rc;
}

/* The run that deleted the record. */
static enum hc_status
find_run(struct hc_store *store, const struct hc_entity *entity, int64_t id,
    int64_t *run)
{
	static const char last_sql[] = "SELECT run, operation FROM change"
	    " WHERE office = :office AND entity = :entity"
	    " AND record = :record ORDER BY id DESC LIMIT 1";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, last_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":entity", entity->name)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":record", id)) == HC_OK)
		rc = hc_stmt_next(st);
	if (rc == HC_OK && strcmp(hc_stmt_get_text(st, 1), "delete") != 0)
		rc = hc_db_fail(store->db, HC_INVALID,
		    _("%s %lld was not deleted"),
		    hc_catalogue_entity_label(entity),
		    (long long)(id % HC_ID_SPAN));
	else if (rc == HC_OK)
		*run = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? hc_refer_missing(store, entity, id) : rc;
}

enum hc_status
hc_restore(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	static const char deleted_sql[] =
	    "SELECT entity, record, revision, fields FROM change"
	    " WHERE office = :office AND run = :run"
	    " AND operation = 'delete' ORDER BY id DESC";
	struct restore r = { .store = store };
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t run = 0;

	if ((rc = find_run(store, entity, id, &run)) != HC_OK)
		return rc;
	if ((rc = hc_stmt_new(&st, store->db, deleted_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":run", run)) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK)
			if ((rc = restore_change(&r, st, entity, id)) !=
			    HC_OK)
				break;
	hc_stmt_free(st);
	free(r.items);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}
