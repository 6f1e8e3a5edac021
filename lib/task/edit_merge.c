/* Two records of one person become one (task/edit.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "record/record.h"
#include "record/refer.h"

#include "task/edit.h"

struct move {
	struct hc_edit *e;
	int64_t keep, other;
	char keep_text[24];
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
		else
			rc = hc_record_update(m->e->store, row);
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

enum hc_status
hc_edit_merge(struct hc_edit *e, int64_t keep, int64_t other)
{
	struct move m = { .e = e, .keep = keep, .other = other };
	struct hc_row *kept = NULL, *row = NULL;
	enum hc_status rc;

	snprintf(m.keep_text, sizeof(m.keep_text), "%lld", (long long)keep);
	if (strcmp(e->entity->name, "person") != 0)
		return hc_db_fail(e->store->db, HC_INVALID,
		    _("only persons can be merged"));
	if (keep == other)
		return hc_db_fail(e->store->db, HC_INVALID,
		    _("a person cannot be merged into itself"));
	if ((rc = load(&m, keep, &kept)) != HC_OK ||
	    (rc = load(&m, other, &row)) != HC_OK ||
	    (rc = move_references(&m)) != HC_OK ||
	    (rc = move_notes(&m)) != HC_OK)
		goto out;
	if (hc_row_set(row, hc_catalogue_field(e->entity, "merged_into"),
	    m.keep_text) != HC_OK)
		rc = hc_db_nomem(e->store->db);
	else
		rc = hc_record_update(e->store, row);
out:
	hc_row_free(kept);
	hc_row_free(row);
	return rc;
}
