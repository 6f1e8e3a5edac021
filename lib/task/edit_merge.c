/* Two records of one person become one (task/edit.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "record/record.h"
#include "record/refer.h"

#include "task/edit_part.h"

struct move {
	struct hc_edit *e;
	int64_t keep, other;
	char keep_text[24], other_text[24];
};

/* Ids first, since the rows that are asked for change meanwhile. */
static enum hc_status
list_ids(struct move *m, const char *sql, int64_t **ids, size_t *len)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t *grown;

	*ids = NULL;
	*len = 0;
	if ((rc = hc_stmt_new(&st, m->e->store->db, sql)) == HC_OK)
		rc = hc_stmt_int(st, ":other", m->other);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		grown = realloc(*ids, (*len + 1) * sizeof(*grown));
		if (grown == NULL) {
			rc = hc_db_nomem(m->e->store->db);
			break;
		}
		*ids = grown;
		grown[(*len)++] = hc_stmt_get_int(st, 0);
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* Does ${keep} have a telephone number with the same digits? */
static enum hc_status
has_number(struct move *m, const struct hc_row *phone, bool *has)
{
	static const char *const names[] = { "person", "digits", NULL };
	const char *values[2] = { m->keep_text,
	    hc_row_value(phone, "digits") };
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_record_find(m->e->store, phone->entity, names, values, &row);
	hc_row_free(row);
	*has = rc == HC_OK;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
move_one(struct move *m, const struct hc_entity *entity, const char *field,
    int64_t id)
{
	struct hc_row *row = NULL;
	enum hc_status rc;
	bool has = false;

	rc = hc_row_load(m->e->store, entity, id, &row);
	if (rc == HC_OK && strcmp(entity->name, "phone") == 0)
		rc = has_number(m, row, &has);
	if (rc == HC_OK && !has) {
		if (hc_row_set(row, hc_catalogue_field(entity, field),
		    m->keep_text) != HC_OK)
			rc = hc_db_nomem(m->e->store->db);
		else if ((rc = hc_record_update(m->e->store, row)) == HC_OK)
			rc = hc_edit_note(m->e, row, hc_catalogue_field(
			    entity, field), m->other_text, m->keep_text);
	}
	hc_row_free(row);
	return rc;
}

static enum hc_status
move_all(struct move *m, const struct hc_entity *entity, const char *field,
    const char *sql)
{
	enum hc_status rc;
	int64_t *ids;
	size_t len, i;

	rc = list_ids(m, sql, &ids, &len);
	for (i = 0; rc == HC_OK && i < len; i++)
		rc = move_one(m, entity, field, ids[i]);
	free(ids);
	return rc;
}

/* SQL by the catalogue: whatever refers to a person. */
static enum hc_status
move_references(struct move *m)
{
	const struct hc_catalogue *c = m->e->store->catalogue;
	struct hc_buf sql = HC_BUF_INIT;
	const struct hc_entity *e;
	enum hc_status rc = HC_OK;
	size_t i, j;

	for (i = 0; i < c->nentities; i++) {
		e = &c->entities[i];
		if (e->kind != HC_ENTITY_RECORD)
			continue;
		for (j = 0; rc == HC_OK && j < e->nfields; j++) {
			if (e->fields[j]->target != m->e->entity)
				continue;
			hc_buf_clear(&sql);
			hc_buf_printf(&sql, "SELECT id FROM \"%s\""
			    " WHERE \"%s\" = :other AND office = :office"
			    " ORDER BY id", e->name, e->fields[j]->name);
			rc = hc_buf_failed(&sql) ?
			    hc_db_nomem(m->e->store->db) :
			    move_all(m, e, e->fields[j]->name, sql.data);
		}
	}
	hc_buf_free(&sql);
	return rc;
}

/* List keys and rows of lists; reasons for absence stay, since they speak
   of the other's own fields. */
static enum hc_status
move_notes(struct move *m)
{
	static const char key_sql[] = "SELECT id FROM source_key"
	    " WHERE entity = 'person' AND record = :other"
	    " AND office = :office ORDER BY id";
	static const char row_sql[] = "SELECT id FROM source_row"
	    " WHERE entity = 'person' AND record = :other"
	    " AND office = :office ORDER BY id";
	const struct hc_catalogue *c = m->e->store->catalogue;
	enum hc_status rc;

	rc = move_all(m, hc_catalogue_entity(c, "source_key"), "record",
	    key_sql);
	return rc == HC_OK ? move_all(m, hc_catalogue_entity(c,
	    "source_row"), "record", row_sql) : rc;
}

/* Load a person that may be merged. */
static enum hc_status
load(struct move *m, int64_t id, struct hc_row **row)
{
	struct hc_store *store = m->e->store;
	enum hc_status rc;

	rc = hc_row_load(store, m->e->entity, id, row);
	if (rc == HC_NOTFOUND)
		return hc_refer_missing(store, m->e->entity, id);
	if (rc == HC_OK && hc_row_value(*row, "merged_into") != NULL)
		return hc_db_fail(store->db, HC_INVALID,
		    _("%lld was merged into %lld already"),
		    (long long)(id % HC_ID_SPAN), strtoll(
		    hc_row_value(*row, "merged_into"), NULL, 10) %
		    HC_ID_SPAN);
	return rc;
}

/* ---- The persons' own fields ---- */

static bool
is_named(const struct hc_edit_pair *pairs, size_t npairs, const char *name)
{
	size_t i;

	for (i = 0; i < npairs; i++)
		if (strcmp(pairs[i].name, name) == 0)
			return true;
	return false;
}

/* What the user says, and what only the other has. */
static enum hc_status
save_fields(struct move *m, const struct hc_row *kept,
    const struct hc_row *row, const struct hc_edit_pair *pairs,
    size_t npairs)
{
	const struct hc_entity *e = m->e->entity;
	struct hc_edit_pair *all;
	enum hc_status rc = HC_OK;
	size_t len = 0, i;

	if ((all = calloc(npairs + e->nfields + 1, sizeof(*all))) == NULL)
		return hc_db_nomem(m->e->store->db);
	for (i = 0; i < npairs; i++)
		all[len++] = pairs[i];
	for (i = 0; i < e->nfields; i++) {
		if (kept->values[i] != NULL || row->values[i] == NULL ||
		    is_named(pairs, npairs, e->fields[i]->name))
			continue;
		all[len].name = e->fields[i]->name;
		all[len++].value = row->values[i];
	}
	if (len > 0)
		rc = hc_edit_save(m->e, &m->keep, 0, all, len);
	free(all);
	return rc;
}

/* Where they differ: which of the two won; one empty row if nowhere. */
static enum hc_status
show_fields(struct move *m, const struct hc_row *kept,
    const struct hc_row *row)
{
	const char *cells[6] = { m->keep_text, m->other_text };
	const struct hc_entity *e = m->e->entity;
	struct hc_row *now = NULL;
	enum hc_status rc;
	size_t i;

	rc = hc_row_load(m->e->store, e, m->keep, &now);
	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		if (row->values[i] == NULL || hc_edit_same(kept->values[i],
		    row->values[i]))
			continue;
		cells[2] = e->fields[i]->name;
		cells[3] = kept->values[i];
		cells[4] = row->values[i];
		cells[5] = now->values[i];
		m->e->noted = e->fields[i];
		if (hc_table_row(m->e->merged, cells) != HC_OK)
			rc = hc_db_nomem(m->e->store->db);
	}
	hc_row_free(now);
	cells[2] = cells[3] = cells[4] = cells[5] = NULL;
	if (rc == HC_OK && hc_table_rows(m->e->merged) == 0 &&
	    hc_table_row(m->e->merged, cells) != HC_OK)
		rc = hc_db_nomem(m->e->store->db);
	return rc;
}

/* The other one says where it went. */
static enum hc_status
mark_merged(struct move *m, struct hc_row *row)
{
	const struct hc_field *f = hc_catalogue_field(m->e->entity,
	    "merged_into");
	enum hc_status rc;

	if (hc_row_set(row, f, m->keep_text) != HC_OK)
		return hc_db_nomem(m->e->store->db);
	rc = hc_record_update(m->e->store, row);
	return rc == HC_OK ? hc_edit_note(m->e, row, f, NULL,
	    m->keep_text) : rc;
}

enum hc_status
hc_edit_merge(struct hc_edit *e, int64_t keep, int64_t other,
    const struct hc_edit_pair *pairs, size_t npairs)
{
	struct move m = { .e = e, .keep = keep, .other = other };
	struct hc_row *kept = NULL, *row = NULL;
	enum hc_status rc;

	snprintf(m.keep_text, sizeof(m.keep_text), "%lld", (long long)keep);
	snprintf(m.other_text, sizeof(m.other_text), "%lld",
	    (long long)other);
	if (strcmp(e->entity->name, "person") != 0)
		return hc_db_fail(e->store->db, HC_INVALID,
		    _("only persons can be merged"));
	if (keep == other)
		return hc_db_fail(e->store->db, HC_INVALID,
		    _("a person cannot be merged into itself"));
	if ((rc = load(&m, keep, &kept)) == HC_OK &&
	    (rc = load(&m, other, &row)) == HC_OK &&
	    (rc = move_references(&m)) == HC_OK &&
	    (rc = move_notes(&m)) == HC_OK &&
	    (rc = save_fields(&m, kept, row, pairs, npairs)) == HC_OK &&
	    (rc = show_fields(&m, kept, row)) == HC_OK)
		rc = mark_merged(&m, row);
	hc_row_free(kept);
	hc_row_free(row);
	return rc;
}
