/* The records as they were known at an instant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "store/row.h"

#include "record/asof.h"

/* A record on its way back. */
struct past {
	struct hc_row *row;
	bool there;		/* it existed */
};

/* Those of one entity, looked up by id. */
struct pasts {
	struct past *slots;	/* open addressing; row NULL: free */
	size_t len, room;	/* room is a power of two */
};

struct asof {
	struct hc_store *store;
	struct pasts *of;	/* by entity->index */
};

static struct past *
slot(struct pasts *p, int64_t id)
{
	size_t i = (size_t)((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 20);

	for (i &= p->room - 1; p->slots[i].row != NULL &&
	    p->slots[i].row->id != id; i = (i + 1) & (p->room - 1))
		continue;
	return &p->slots[i];
}

static bool
make_room(struct pasts *p)
{
	struct pasts bigger = { .len = p->len,
	    .room = p->room ? p->room * 2 : 64 };
	size_t i;

	if (p->len * 2 < p->room)
		return true;
	bigger.slots = calloc(bigger.room, sizeof(*bigger.slots));
	if (bigger.slots == NULL)
		return false;
	for (i = 0; i < p->room; i++)
		if (p->slots[i].row != NULL)
			*slot(&bigger, p->slots[i].row->id) = p->slots[i];
	free(p->slots);
	*p = bigger;
	return true;
}

/* The record as far back as we are, at first as it is today. */
static enum hc_status
get_past(struct asof *a, const struct hc_entity *e, int64_t id,
    struct past **out)
{
	struct pasts *p = &a->of[e->index];
	struct past *past;
	enum hc_status rc;

	if (!make_room(p))
		return hc_db_nomem(a->store->db);
	past = *out = slot(p, id);
	if (past->row != NULL)
		return HC_OK;
	rc = hc_row_load(a->store, e, id, &past->row);
	past->there = rc == HC_OK;
	if (rc == HC_NOTFOUND) {
		if (hc_row_new(&past->row, e) != HC_OK)
			return hc_db_nomem(a->store->db);
		past->row->id = id;
		rc = HC_OK;
	}
	if (rc == HC_OK)
		p->len++;
	return rc;
}

/* Undo one change in memory: of a pair the old value, of a delete all.  A
   delete is logged with the revision that the record had. */
static enum hc_status
step_back(struct asof *a, struct past *past, const char *operation,
    const struct hc_json *fields)
{
	bool deleted = strcmp(operation, "delete") == 0;
	const struct hc_json *value;
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	void *iterator = NULL;
	const char *name, *text;
	size_t i;

	past->there = strcmp(operation, "insert") != 0;
	if (!deleted)
		past->row->revision--;
	/* Restored, it may have got values since that it did not have. */
	for (i = 0; deleted && rc == HC_OK && i < past->row->entity->nfields;
	    i++)
		rc = hc_row_set(past->row, past->row->entity->fields[i],
		    NULL);
	while (rc == HC_OK && past->there &&
	    (value = hc_json_next(fields, &iterator, &name)) != NULL) {
		f = hc_catalogue_field(past->row->entity, name);
		text = hc_json_is_array(value) ?
		    hc_json_text(hc_json_at(value, 0)) : hc_json_text(value);
		if (f != NULL)
			rc = hc_row_set(past->row, f, text);
	}
	return rc == HC_OK ? HC_OK : hc_db_nomem(a->store->db);
}

static enum hc_status
walk_change(struct asof *a, struct hc_stmt *st)
{
	const struct hc_entity *e = hc_catalogue_entity(a->store->catalogue,
	    hc_stmt_get_text(st, 0));
	const char *text = hc_stmt_get_text(st, 4);
	struct hc_json *fields = NULL;
	struct past *past = NULL;
	enum hc_status rc;

	if (e == NULL || e->kind != HC_ENTITY_RECORD)
		return HC_OK;
	if (text == NULL)
		return hc_db_fail(a->store->db, HC_INVALID,
		    _("the change log of that time was emptied"));
	rc = hc_json_parse(&fields, text, strlen(text),
	    hc_db_error_buffer(a->store->db));
	if (rc == HC_OK &&
	    (rc = get_past(a, e, hc_stmt_get_int(st, 1), &past)) == HC_OK) {
		past->row->revision = hc_stmt_get_int(st, 3);
		rc = step_back(a, past, hc_stmt_get_text(st, 2), fields);
	}
	hc_json_free(fields);
	return rc;
}

/* All changes of runs that were committed after the instant, backwards. */
static enum hc_status
walk_back(struct asof *a, const char *instant)
{
	static const char changes_sql[] =
	    "SELECT entity, record, operation, revision, fields FROM change"
	    " WHERE office = :office AND run IN (SELECT id FROM run"
	    " WHERE office = :office AND at > :instant) ORDER BY id DESC";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, a->store->db, changes_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":instant", instant)) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK)
			if ((rc = walk_change(a, st)) != HC_OK)
				break;
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
execute(struct hc_store *store, struct hc_buf *sql)
{
	enum hc_status rc;

	rc = hc_buf_failed(sql) ? hc_db_nomem(store->db) :
	    hc_db_exec(store->db, hc_buf_text(sql));
	hc_buf_clear(sql);
	return rc;
}

static enum hc_status
prepare(struct hc_store *store, struct hc_buf *sql, struct hc_stmt **st)
{
	enum hc_status rc;

	rc = hc_buf_failed(sql) ? hc_db_nomem(store->db) :
	    hc_stmt_new(st, store->db, hc_buf_text(sql));
	hc_buf_free(sql);
	return rc;
}

static enum hc_status
prepare_insert(struct hc_store *store, const struct hc_entity *e,
    struct hc_stmt **st)
{
	struct hc_buf sql = HC_BUF_INIT;
	size_t i;

	hc_buf_printf(&sql, "INSERT INTO temp.\"asof_%s\" VALUES (:id,"
	    " :office, :revision, :created_at, :updated_at", e->name);
	for (i = 0; i < e->nfields; i++)
		hc_buf_printf(&sql, ", :f%zu", i);
	hc_buf_puts(&sql, ")");
	return prepare(store, &sql, st);
}

/* Write what was into temp.asof_ENTITY, and which ids that concerns. */
static enum hc_status
write_pasts(struct asof *a, const struct hc_entity *e)
{
	static const char seen_sql[] = "INSERT INTO temp.asof_id (entity, id)"
	    " VALUES (:entity, :id)";
	struct pasts *p = &a->of[e->index];
	struct hc_stmt *seen = NULL, *st = NULL;
	enum hc_status rc;
	size_t i;

	if ((rc = hc_stmt_new(&seen, a->store->db, seen_sql)) != HC_OK ||
	    (rc = hc_stmt_text(seen, ":entity", e->name)) != HC_OK ||
	    (rc = prepare_insert(a->store, e, &st)) != HC_OK)
		goto out;
	for (i = 0; rc == HC_OK && i < p->room; i++) {
		if (p->slots[i].row == NULL)
			continue;
		if ((rc = hc_stmt_int(seen, ":id", p->slots[i].row->id)) ==
		    HC_OK && (rc = hc_stmt_run(seen)) == HC_OK &&
		    p->slots[i].there)
			rc = hc_row_write(a->store, st, p->slots[i].row);
	}
out:
	hc_stmt_free(seen);
	hc_stmt_free(st);
	return rc;
}

/* The view that hides the table. */
static enum hc_status
hide(struct asof *a, const struct hc_entity *e)
{
	struct hc_buf sql = HC_BUF_INIT, columns = HC_BUF_INIT;
	struct hc_store *store = a->store;
	enum hc_status rc;
	size_t j;

	hc_buf_puts(&columns, "id, office, revision, created_at, updated_at");
	for (j = 0; j < e->nfields; j++)
		hc_buf_printf(&columns, ", \"%s\"", e->fields[j]->name);
	hc_buf_printf(&sql, "CREATE TEMP TABLE \"asof_%s\" AS SELECT %s FROM"
	    " main.\"%s\" LIMIT 0", e->name, hc_buf_text(&columns), e->name);
	if ((rc = execute(store, &sql)) == HC_OK &&
	    (rc = write_pasts(a, e)) == HC_OK) {
		hc_buf_printf(&sql, "CREATE TEMP VIEW \"%s\" AS SELECT %s"
		    " FROM main.\"%s\" WHERE id NOT IN (SELECT id FROM"
		    " temp.asof_id WHERE entity = '%s') UNION ALL SELECT %s"
		    " FROM temp.\"asof_%s\"", e->name, hc_buf_text(&columns),
		    e->name, e->name, hc_buf_text(&columns), e->name);
		rc = execute(store, &sql);
	}
	hc_buf_free(&sql);
	hc_buf_free(&columns);
	return rc;
}

static void
free_pasts(struct asof *a)
{
	size_t i, j;

	for (i = 0; a->of != NULL && i < a->store->catalogue->nentities; i++) {
		for (j = 0; j < a->of[i].room; j++)
			hc_row_free(a->of[i].slots[j].row);
		free(a->of[i].slots);
	}
	free(a->of);
}

enum hc_status
hc_asof(struct hc_store *store, const char *instant)
{
	static const char ids_sql[] = "CREATE TEMP TABLE asof_id"
	    " (entity TEXT NOT NULL, id INTEGER NOT NULL,"
	    " PRIMARY KEY (entity, id)) WITHOUT ROWID";
	const struct hc_catalogue *c = store->catalogue;
	struct asof a = { .store = store };
	enum hc_status rc;
	size_t i;

	if ((a.of = calloc(c->nentities, sizeof(*a.of))) == NULL)
		return hc_db_nomem(store->db);
	/* What others commit from now on must not shine through the views. */
	if ((rc = hc_db_snapshot(store->db)) != HC_OK ||
	    (rc = hc_db_temporary(store->db, true)) != HC_OK ||
	    (rc = hc_db_exec(store->db, ids_sql)) != HC_OK ||
	    (rc = walk_back(&a, instant)) != HC_OK)
		goto out;
	hc_row_forget(store);
	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (a.of[i].len > 0)
			rc = hide(&a, &c->entities[i]);
	if (rc == HC_OK)
		rc = hc_db_temporary(store->db, false);
out:
	free_pasts(&a);
	return rc;
}
