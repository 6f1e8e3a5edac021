/*
 * Taking a run back, its changes from the last to the first, so that what
 * was inserted later and refers to a record is gone before the record.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "record/change.h"
#include "record/owned.h"
#include "record/record.h"

#include "record/undo.h"

/* A change row, with its JSON read. */
struct past {
	const struct hc_entity *entity;
	int64_t record, revision;
	enum hc_operation operation;
	struct hc_json *fields;
};

struct undo {
	struct hc_store *store;
	int64_t run;
	hc_undo_kept *kept;
	void *arg;
	bool whole;		/* nothing was kept so far */
};

static void
keep(struct undo *u, const struct past *p, const char *field,
    const char *words)
{
	u->whole = false;
	u->kept(u->arg, p->entity->name, p->record, field, words);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Has the record other values than those that it was inserted with?  What was
   changed and taken back since is none. */
static bool
is_changed(const struct past *p, const struct hc_row *row)
{
	size_t i;

	for (i = 0; i < p->entity->nfields; i++)
		if (!same(row->values[i], hc_json_text(hc_json_get(p->fields,
		    p->entity->fields[i]->name))))
			return true;
	return false;
}

/* Records may hold values of a field or a choice: it is never deleted. */
static enum hc_status
retire(struct undo *u, const struct past *p, struct hc_row *row)
{
	if (hc_row_set(row, hc_catalogue_field(p->entity, "retired"), "1") !=
	    HC_OK)
		return hc_db_nomem(u->store->db);
	keep(u, p, NULL, _("is retired, since records may hold its values"));
	return hc_record_restore(u->store, row);
}

static enum hc_status
undo_insert(struct undo *u, const struct past *p)
{
	const struct hc_entity *by;
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_row_load(u->store, p->entity, p->record, &row);
	if (rc != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	if (is_changed(p, row)) {
		keep(u, p, NULL, _("was changed later"));
		goto out;
	}
	if ((rc = hc_owned_referred(u->store, p->entity, p->record,
	    &by)) != HC_OK)
		goto out;
	if (by != NULL)
		keep(u, p, NULL, _("later records refer to it"));
	else if (strcmp(p->entity->name, "field") == 0 ||
	    strcmp(p->entity->name, "choice") == 0)
		rc = retire(u, p, row);
	else
		rc = hc_record_delete(u->store, p->entity, p->record);
out:
	hc_row_free(row);
	return rc;
}

static enum hc_status
undo_update(struct undo *u, const struct past *p)
{
	const struct hc_json *pair;
	const struct hc_field *f;
	struct hc_row *row = NULL;
	enum hc_status rc;
	void *iterator = NULL;
	const char *name;

	rc = hc_row_load(u->store, p->entity, p->record, &row);
	if (rc == HC_NOTFOUND) {
		keep(u, p, NULL, _("was deleted later"));
		return HC_OK;
	}
	if (rc != HC_OK)
		return rc;
	while ((pair = hc_json_next(p->fields, &iterator, &name)) != NULL) {
		f = hc_catalogue_field(p->entity, name);
		if (f == NULL || !same(hc_row_get(row, f),
		    hc_json_text(hc_json_at(pair, 1))))
			keep(u, p, name, _("was changed later"));
		else if (hc_row_set(row, f,
		    hc_json_text(hc_json_at(pair, 0))) != HC_OK) {
			rc = hc_db_nomem(u->store->db);
			break;
		}
	}
	if (rc == HC_OK)
		rc = hc_record_restore(u->store, row);
	hc_row_free(row);
	return rc;
}

static enum hc_status
undo_delete(struct undo *u, const struct past *p)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_row_load(u->store, p->entity, p->record, &row);
	if (rc == HC_OK)
		keep(u, p, NULL, _("is there again already"));
	if (rc != HC_NOTFOUND) {
		hc_row_free(row);
		return rc;
	}
	if (hc_row_new(&row, p->entity) != HC_OK)
		return hc_db_nomem(u->store->db);
	row->id = p->record;
	row->revision = p->revision;
	rc = hc_change_take(p->fields, row) == HC_OK ?
	    hc_record_restore(u->store, row) : hc_db_nomem(u->store->db);
	hc_row_free(row);
	return rc;
}

static enum hc_status
undo_change(struct undo *u, struct hc_stmt *st)
{
	struct past p = { .record = hc_stmt_get_int(st, 1),
	    .revision = hc_stmt_get_int(st, 3) };
	const char *operation = hc_stmt_get_text(st, 2);
	const char *json = hc_stmt_get_text(st, 4);
	enum hc_status rc;

	p.entity = hc_catalogue_entity(u->store->catalogue,
	    hc_stmt_get_text(st, 0));
	if (p.entity == NULL || json == NULL)
		return hc_db_fail(u->store->db, HC_INVALID,
		    _("the run's changes were emptied; it cannot be undone"));
	rc = hc_json_parse(&p.fields, json, strlen(json),
	    hc_db_error_buffer(u->store->db));
	if (rc != HC_OK)
		return rc;
	if (strcmp(operation, "insert") == 0)
		rc = undo_insert(u, &p);
	else if (strcmp(operation, "update") == 0)
		rc = undo_update(u, &p);
	else
		rc = undo_delete(u, &p);
	hc_json_free(p.fields);
	return rc;
}

static enum hc_status
find_run(struct hc_store *store, int64_t run)
{
	static const char run_sql[] =
	    "SELECT id FROM run WHERE office = :office AND id = :run";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, run_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":run", run)) == HC_OK)
		rc = hc_stmt_next(st);
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND)
		hc_db_fail(store->db, rc, _("there is no run %lld"),
		    (long long)(run % HC_ID_SPAN));
	return rc;
}

enum hc_status
hc_undo(struct hc_store *store, int64_t run, hc_undo_kept *kept, void *arg)
{
	static const char changes_sql[] =
	    "SELECT entity, record, operation, revision, fields FROM change"
	    " WHERE office = :office AND run = :run ORDER BY id DESC";
	struct undo u = { .store = store, .run = run, .kept = kept,
	    .arg = arg, .whole = true };
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = find_run(store, run)) != HC_OK)
		return rc;
	hc_run_undoes(store, run);
	if ((rc = hc_stmt_new(&st, store->db, changes_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":run", run)) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK)
			if ((rc = undo_change(&u, st)) != HC_OK)
				break;
	hc_stmt_free(st);
	if (rc != HC_NOTFOUND)
		return rc;
	return u.whole ? HC_OK : hc_db_fail(store->db, HC_CONFLICT,
	    _("some things were kept, because they were changed later"));
}
