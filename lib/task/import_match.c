/* Which record a row means, by its number and by name. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/phone.h"
#include "store/namekey.h"
#include "store/row.h"

#include "task/import_match.h"

struct hc_import_match {
	struct hc_store *store;
	struct hc_stmt *key, *number, *any_key, *phone;
	struct hc_namekey_hits hits;
	struct hc_buf said, others;
};

enum hc_status
hc_import_match_new(struct hc_import_match **match, struct hc_store *store)
{
	if ((*match = calloc(1, sizeof(**match))) == NULL)
		return hc_db_nomem(store->db);
	(*match)->store = store;
	return HC_OK;
}

void
hc_import_match_free(struct hc_import_match *m)
{
	if (m == NULL)
		return;
	hc_stmt_free(m->key);
	hc_stmt_free(m->number);
	hc_stmt_free(m->any_key);
	hc_stmt_free(m->phone);
	hc_namekey_hits_clear(&m->hits);
	hc_buf_free(&m->said);
	hc_buf_free(&m->others);
	free(m);
}

/* ---- By the number in a list ---- */

/* A column's text beyond the statement's next step; NULL as it is. */
static const char *
keep_text(struct hc_stmt *st, int column, struct hc_buf *out)
{
	const char *text = hc_stmt_get_text(st, column);

	hc_buf_clear(out);
	if (text == NULL)
		return NULL;
	hc_buf_puts(out, text);
	return hc_buf_text(out);
}

enum hc_status
hc_import_match_row(struct hc_import_match *m, const char *source,
    const char *key, const char *entity, struct hc_import_known *known)
{
	static const char key_sql[] =
	    "SELECT record, id, said, others FROM source_key"
	    " WHERE office = :office AND source = :source AND \"key\" = :key"
	    " AND entity = :entity";
	enum hc_status rc = HC_OK;

	if (m->key == NULL)
		rc = hc_stmt_new(&m->key, m->store->db, key_sql);
	if (rc != HC_OK ||
	    (rc = hc_stmt_text(m->key, ":source", source)) != HC_OK ||
	    (rc = hc_stmt_text(m->key, ":key", key)) != HC_OK ||
	    (rc = hc_stmt_text(m->key, ":entity", entity)) != HC_OK ||
	    (rc = hc_stmt_next(m->key)) != HC_OK)
		return rc;
	known->record = hc_stmt_get_int(m->key, 0);
	known->note = hc_stmt_get_int(m->key, 1);
	known->said = keep_text(m->key, 2, &m->said);
	known->others = keep_text(m->key, 3, &m->others);
	hc_stmt_reset(m->key);
	return hc_buf_failed(&m->said) || hc_buf_failed(&m->others) ?
	    hc_db_nomem(m->store->db) : HC_OK;
}

enum hc_status
hc_import_match_key(struct hc_import_match *m, const char *source,
    const char *key, const char *entity, int64_t *id)
{
	struct hc_import_known known;
	enum hc_status rc;

	rc = hc_import_match_row(m, source, key, entity, &known);
	if (rc == HC_OK)
		*id = known.record;
	return rc;
}

/* The episode that ${*st}, made of ${sql}, finds. */
static enum hc_status
only_episode(struct hc_import_match *m, struct hc_stmt **st,
    const char *sql, const char *number, bool contact, int64_t *id)
{
	size_t all = 0, of_kind = 0;
	enum hc_status rc = HC_OK;
	int64_t first = 0;

	if (*st == NULL)
		rc = hc_stmt_new(st, m->store->db, sql);
	if (rc == HC_OK)
		rc = hc_stmt_text(*st, ":number", number);
	while (rc == HC_OK && (rc = hc_stmt_next(*st)) == HC_OK) {
		if (all++ == 0)
			first = hc_stmt_get_int(*st, 0);
		if ((strcmp(hc_stmt_get_text(*st, 1), "contact") == 0) ==
		    contact && of_kind++ == 0)
			*id = hc_stmt_get_int(*st, 0);
	}
	if (rc != HC_NOTFOUND || all == 0)
		return rc;
	if (all == 1)
		*id = first;
	return all == 1 || of_kind == 1 ? HC_OK : HC_CONFLICT;
}

enum hc_status
hc_import_match_episode(struct hc_import_match *m, const char *number,
    bool contact, int64_t *id)
{
	static const char number_sql[] =
	    "SELECT id, kind FROM episode WHERE office = :office"
	    " AND number = :number";
	static const char any_key_sql[] =
	    "SELECT DISTINCT e.id, e.kind FROM source_key k"
	    " JOIN episode e ON e.id = k.record AND e.office = k.office"
	    " WHERE k.office = :office AND k.\"key\" = :number"
	    " AND k.entity = 'episode'";
	enum hc_status rc;

	rc = only_episode(m, &m->number, number_sql, number, contact, id);
	return rc != HC_NOTFOUND ? rc :
	    only_episode(m, &m->any_key, any_key_sql, number, contact, id);
}

/* ---- By name, by telephone number ---- */

bool
hc_import_match_same(const char *a, const char *b)
{
	struct hc_buf one = HC_BUF_INIT, two = HC_BUF_INIT;
	bool same;

	if (a == NULL || b == NULL)
		return false;
	hc_fold_name(&one, a);
	hc_fold_name(&two, b);
	same = !hc_buf_failed(&one) && !hc_buf_failed(&two) &&
	    strcmp(hc_buf_text(&one), hc_buf_text(&two)) == 0;
	hc_buf_free(&one);
	hc_buf_free(&two);
	return same;
}

enum hc_status
hc_import_match_phone(struct hc_import_match *m, int64_t person,
    const struct hc_phone *phones, size_t n, bool *has)
{
	static const char phone_sql[] =
	    "SELECT digits FROM phone WHERE office = :office"
	    " AND person = :person AND digits IS NOT NULL";
	enum hc_status rc = HC_OK;
	size_t i;

	*has = false;
	if (m->phone == NULL)
		rc = hc_stmt_new(&m->phone, m->store->db, phone_sql);
	if (rc != HC_OK ||
	    (rc = hc_stmt_int(m->phone, ":person", person)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(m->phone)) == HC_OK)
		for (i = 0; i < n; i++)
			if (strcmp(phones[i].digits,
			    hc_stmt_get_text(m->phone, 0)) == 0)
				*has = true;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_import_match_named(struct hc_import_match *m,
    const struct hc_entity *entity, const char *name, int64_t *id)
{
	struct hc_row *row;
	enum hc_status rc;
	bool same;
	size_t i;

	if ((rc = hc_namekey_find(m->store, entity, HC_NAMEKEY_NAME, name,
	    &m->hits)) != HC_OK)
		return rc;
	for (i = 0; i < m->hits.len; i++) {
		rc = hc_row_load(m->store, entity, m->hits.items[i].record,
		    &row);
		if (rc == HC_NOTFOUND)
			continue;	/* deleted meanwhile */
		if (rc != HC_OK)
			return rc;
		same = hc_import_match_same(name, hc_row_value(row, "name"));
		*id = row->id;
		hc_row_free(row);
		if (same)
			return HC_OK;
	}
	return HC_NOTFOUND;
}
