/*
 * What is built in, compared with what a database has of it: changed fields
 * of definitions are changed there, unless the office has its own way.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "record/record.h"
#include "store/builtin.h"
#include "task/define.h"

#include "task/upgrade_merge.h"

/* The definitions of one kind being compared. */
struct merge {
	struct hc_store *store;
	struct hc_table *kept;
	const struct hc_entity *entity;
	struct hc_stmt *history;	/* changes of one definition */
	int64_t *seen;			/* ids of those that are built in */
	size_t nseen, room;
};

/* What the log says of one definition, by field->index. */
struct past {
	bool *touched;		/* the office gave it a value */
	char **given;		/* what hc gave it last; NULL: absent */
	size_t n;
};

static void
past_free(struct past *past)
{
	size_t i;

	for (i = 0; past->given != NULL && i < past->n; i++)
		free(past->given[i]);
	free(past->given);
	free(past->touched);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/*
 * One change of the definition.  hc itself wrote it if it is an insert of
 * hc-init or anything of an upgrade; an update by hc-init is what somebody
 * said with --name or --phone.
 */
static enum hc_status
past_add(struct merge *m, struct past *past)
{
	struct hc_stmt *st = m->history;
	const char *json = hc_stmt_get_text(st, 1), *name, *text;
	const char *note = hc_stmt_get_text(st, 3);
	bool update = strcmp(hc_stmt_get_text(st, 0), "update") == 0;
	bool ours = strcmp(hc_stmt_get_text(st, 2), "hc-init") == 0 &&
	    (!update || (note != NULL &&
	    strncmp(note, HC_UPGRADE_NOTE,
	    strlen(HC_UPGRADE_NOTE)) == 0));
	const struct hc_json *value;
	const struct hc_field *f;
	struct hc_json *fields = NULL;
	void *iterator = NULL;
	enum hc_status rc;

	if (json == NULL)
		return HC_OK;	/* emptied: as if it had not been */
	if ((rc = hc_json_parse(&fields, json, strlen(json),
	    hc_db_error_buffer(m->store->db))) != HC_OK)
		return rc;
	while (rc == HC_OK &&
	    (value = hc_json_next(fields, &iterator, &name)) != NULL) {
		if ((f = hc_catalogue_field(m->entity, name)) == NULL)
			continue;
		if (!ours) {
			past->touched[f->index] = true;
			continue;
		}
		text = hc_json_text(update ? hc_json_at(value, 1) : value);
		free(past->given[f->index]);
		past->given[f->index] = text != NULL ? strdup(text) : NULL;
		if (text != NULL && past->given[f->index] == NULL)
			rc = hc_db_nomem(m->store->db);
	}
	hc_json_free(fields);
	return rc;
}

static enum hc_status
past_read(struct merge *m, int64_t id, struct past *past)
{
	static const char history_sql[] =
	    "SELECT c.operation, c.fields, r.program, r.note FROM change c"
	    " JOIN run r ON r.id = c.run AND r.office = c.office"
	    " WHERE c.office = :office AND c.entity = :entity"
	    " AND c.record = :record ORDER BY c.id";
	enum hc_status rc;

	past->n = m->entity->nfields;
	past->touched = calloc(past->n + 1, sizeof(*past->touched));
	past->given = calloc(past->n + 1, sizeof(*past->given));
	if (past->touched == NULL || past->given == NULL)
		return hc_db_nomem(m->store->db);
	if (m->history == NULL && (rc = hc_stmt_new(&m->history,
	    m->store->db, history_sql)) != HC_OK)
		return rc;
	if ((rc = hc_stmt_text(m->history, ":entity", m->entity->name)) !=
	    HC_OK || (rc = hc_stmt_int(m->history, ":record", id)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(m->history)) == HC_OK)
		if ((rc = past_add(m, past)) != HC_OK) {
			hc_stmt_reset(m->history);
			return rc;
		}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* What the built-in file says of a field. */
static const char *
builtin_value(struct hc_builtin *file, const struct hc_field *f)
{
	const char *text = strcmp(f->name, "origin") == 0 ? "builtin" :
	    hc_builtin_get(file, f->name);

	return text != NULL ? text : f->initial;
}

/* Tell what stays as the office has it. */
static enum hc_status
keep(struct merge *m, const struct hc_row *row, const struct hc_field *f,
    const char *builtin)
{
	struct hc_buf label = HC_BUF_INIT;
	const char *cells[5] = { m->entity->name, NULL, f->name,
	    hc_row_get(row, f), builtin };
	enum hc_status rc = HC_OK;

	hc_define_label(row, &label);
	cells[1] = hc_buf_text(&label) + strlen(m->entity->name) + 1;
	if (hc_buf_failed(&label) ||
	    hc_table_row(m->kept, cells) != HC_OK)
		rc = hc_db_nomem(m->store->db);
	hc_buf_free(&label);
	return rc;
}

/* Bring one that is there up to date, field by field. */
static enum hc_status
merge_row(struct merge *m, struct hc_row *row, struct hc_builtin *file)
{
	struct past past = { NULL, NULL, 0 };
	enum hc_status rc = HC_OK;
	const struct hc_field *f;
	const char *wanted;
	size_t i;

	for (i = 0; rc == HC_OK && i < m->entity->nfields; i++) {
		f = m->entity->fields[i];
		wanted = builtin_value(file, f);
		if (same(wanted, hc_row_get(row, f)))
			continue;
		if (past.touched == NULL &&
		    (rc = past_read(m, row->id, &past)) != HC_OK)
			break;
		if (!past.touched[i])
			rc = hc_row_set(row, f, wanted) == HC_OK ? HC_OK :
			    hc_db_nomem(m->store->db);
		else if (!same(wanted, past.given[i]))
			rc = keep(m, row, f, wanted);
	}
	past_free(&past);
	return rc == HC_OK ? hc_record_update(m->store, row) : rc;
}

static enum hc_status
insert_row(struct merge *m, struct hc_builtin *file, int64_t *id)
{
	const struct hc_field *f;
	struct hc_row *row;
	enum hc_status rc = HC_OK;
	size_t i;

	if (hc_row_new(&row, m->entity) != HC_OK)
		return hc_db_nomem(m->store->db);
	for (i = 0; rc == HC_OK && i < m->entity->nfields; i++) {
		f = m->entity->fields[i];
		rc = hc_row_set(row, f, builtin_value(file, f));
	}
	rc = rc == HC_OK ? hc_record_insert(m->store, row) :
	    hc_db_nomem(m->store->db);
	*id = row->id;
	hc_row_free(row);
	return rc;
}

/* The definition in the database that the present row of the file means. */
static enum hc_status
find_row(struct merge *m, struct hc_builtin *file, struct hc_row **row)
{
	const char *names[5] = { NULL }, *values[5] = { NULL };
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	size_t i, n = 0;

	for (i = 0; i < m->entity->nfields && n < 4; i++) {
		f = m->entity->fields[i];
		if (!hc_catalogue_has(m->entity->key, ',', f->name,
		    strlen(f->name)))
			continue;
		names[n] = f->name;
		values[n++] = hc_builtin_get(file, f->name);
	}
	*row = NULL;
	rc = hc_record_find(m->store, m->entity, names, values, row);
	return rc;
}

static enum hc_status
see(struct merge *m, int64_t id)
{
	int64_t *grown;

	if (m->nseen == m->room) {
		m->room = m->room ? m->room * 2 : 256;
		grown = realloc(m->seen, m->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(m->store->db);
		m->seen = grown;
	}
	m->seen[m->nseen++] = id;
	return HC_OK;
}

static enum hc_status
merge_file(struct merge *m)
{
	struct hc_builtin *file = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;
	int64_t id = 0;

	rc = hc_builtin_open(&file, m->entity->name,
	    hc_db_error_buffer(m->store->db));
	if (rc != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	while ((rc = hc_builtin_next(file,
	    hc_db_error_buffer(m->store->db))) == HC_OK) {
		rc = find_row(m, file, &row);
		if (rc == HC_OK) {
			id = row->id;
			rc = merge_row(m, row, file);
		} else if (rc == HC_NOTFOUND)
			rc = insert_row(m, file, &id);
		hc_row_free(row);
		row = NULL;
		if (rc != HC_OK || (rc = see(m, id)) != HC_OK)
			break;
	}
	hc_builtin_close(file);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static int
by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Retire what was built in and is no more. */
static enum hc_status
retire_gone(struct merge *m)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;
	int64_t id;

	if (hc_catalogue_field(m->entity, "retired") == NULL)
		return HC_OK;
	qsort(m->seen, m->nseen, sizeof(*m->seen), by_id);
	/* SQL by the catalogue. */
	hc_buf_printf(&sql, "SELECT id FROM \"%s\" WHERE office = :office"
	    " AND origin = 'builtin' AND retired = 0 ORDER BY id",
	    m->entity->name);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(m->store->db) :
	    hc_stmt_new(&st, m->store->db, hc_buf_text(&sql));
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		id = hc_stmt_get_int(st, 0);
		if (bsearch(&id, m->seen, m->nseen, sizeof(id), by_id) !=
		    NULL)
			continue;
		if ((rc = hc_row_load(m->store, m->entity, id, &row)) ==
		    HC_OK)
			rc = hc_row_set(row, hc_catalogue_field(m->entity,
			    "retired"), "1") == HC_OK ?
			    hc_record_update(m->store, row) :
			    hc_db_nomem(m->store->db);
		hc_row_free(row);
		row = NULL;
	}
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
merge_entity(struct hc_store *store, struct hc_table *kept,
    const struct hc_entity *e)
{
	struct merge m = { .store = store, .kept = kept, .entity = e };
	enum hc_status rc;

	if ((rc = merge_file(&m)) == HC_OK && m.nseen > 0)
		rc = retire_gone(&m);
	hc_stmt_free(m.history);
	free(m.seen);
	return rc;
}

/* Fields and choices make the catalogue, with which all else is read. */
static bool
makes_catalogue(const struct hc_entity *e)
{
	return strcmp(e->name, "field") == 0 || strcmp(e->name, "choice") == 0;
}

enum hc_status
hc_upgrade_merge(struct hc_store *store, struct hc_table *kept, bool first)
{
	const struct hc_catalogue *c = store->catalogue;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (c->entities[i].kind == HC_ENTITY_DEFINITION &&
		    makes_catalogue(&c->entities[i]) == first)
			rc = merge_entity(store, kept, &c->entities[i]);
	return rc;
}
