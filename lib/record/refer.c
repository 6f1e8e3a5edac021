/* What staff type to name a record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/norm.h"
#include "store/index.h"
#include "store/row.h"
#include "record/value.h"

#include "record/refer.h"

static enum hc_status
missing(struct hc_store *store, const struct hc_entity *entity,
    const char *text)
{
	return hc_db_fail(store->db, HC_NOTFOUND,
	    _("no %s '%s'; look for it with hc-search -e %s"),
	    hc_catalogue_entity_label(entity), text, entity->name);
}

static void
add(struct hc_refer *refer, int64_t id)
{
	size_t i;

	for (i = 0; i < refer->len; i++)
		if (refer->ids[i] == id)
			return;
	if (refer->len == HC_REFER_MOST)
		refer->more = true;
	else
		refer->ids[refer->len++] = id;
}

/* HC_NOTFOUND where ${text} is no number, or no record has it. */
static enum hc_status
by_number(struct hc_store *store, const struct hc_entity *entity,
    const char *text, struct hc_refer *refer)
{
	size_t len = strspn(text, "0123456789");
	struct hc_row *row = NULL;
	enum hc_status rc;
	int64_t id;

	if (text[len] != '\0' || len == 0 || len > 15)
		return HC_NOTFOUND;
	id = hc_store_id(store, strtoll(text, NULL, 10));
	if ((rc = hc_row_load(store, entity, id, &row)) == HC_OK)
		add(refer, id);
	hc_row_free(row);
	return rc;
}

static enum hc_status
ask(struct hc_store *store, const char *sql, const char *entity,
    const char *text, struct hc_refer *refer)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, sql)) == HC_OK &&
	    (entity == NULL ||
	    (rc = hc_stmt_text(st, ":entity", entity)) == HC_OK) &&
	    (rc = hc_stmt_text(st, ":text", text)) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK)
			add(refer, hc_stmt_get_int(st, 0));
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND && refer->len > 0)
		rc = HC_OK;
	return rc;
}

static enum hc_status
by_key(struct hc_store *store, const struct hc_entity *entity,
    const char *text, struct hc_refer *refer)
{
	static const char login_sql[] = "SELECT id FROM staff"
	    " WHERE login = :text AND office = :office";
	static const char key_sql[] = "SELECT record FROM source_key"
	    " WHERE entity = :entity AND office = :office"
	    " AND (key = :text OR source || ':' || key = :text)"
	    " ORDER BY record";
	enum hc_status rc = HC_NOTFOUND;

	if (strcmp(entity->name, "staff") == 0)
		rc = ask(store, login_sql, NULL, text, refer);
	if (rc == HC_NOTFOUND)
		rc = ask(store, key_sql, entity->name, text, refer);
	return rc;
}

static enum hc_status
by_name(struct hc_store *store, const struct hc_entity *entity,
    const char *text, enum hc_searchkey_kind kind, struct hc_refer *refer)
{
	const unsigned int classes = 1u << HC_SEARCH_NAME |
	    1u << HC_SEARCH_KANA | 1u << HC_SEARCH_FACILITY |
	    1u << HC_SEARCH_NUMBER | 1u << HC_SEARCH_PHONE;
	bool people = strcmp(entity->name, "person") == 0;
	struct hc_searchkey_word word;
	struct hc_index_hits hits = { 0 };
	const struct hc_index_hit *hit;
	enum hc_status rc;
	size_t i;

	rc = hc_searchkey_word(&word, classes, text,
	    hc_db_error_buffer(store->db));
	if (rc == HC_OK)
		rc = hc_index_find(store, &word, false, &hits);
	for (i = 0; rc == HC_OK && i < hits.len; i++) {
		hit = &hits.items[i];
		if (hit->kind != kind)
			continue;
		if (hit->entity == entity)
			add(refer, hit->record);
		else if (people && hit->class == HC_SEARCH_PHONE &&
		    hit->person != 0)
			add(refer, hit->person);
	}
	hc_index_hits_clear(&hits);
	hc_searchkey_word_clear(&word);
	if (rc == HC_OK && refer->len == 0)
		rc = HC_NOTFOUND;
	return rc;
}

enum hc_status
hc_refer_find(struct hc_store *store, const struct hc_entity *entity,
    const char *text, struct hc_refer *refer)
{
	struct hc_buf plain = HC_BUF_INIT;
	enum hc_status rc;

	memset(refer, 0, sizeof(*refer));
	hc_norm_ascii(&plain, text);
	if (hc_buf_failed(&plain))
		return hc_db_nomem(store->db);
	rc = by_number(store, entity, hc_buf_text(&plain), refer);
	if (rc == HC_NOTFOUND)
		rc = by_key(store, entity, hc_buf_text(&plain), refer);
	if (rc == HC_NOTFOUND)
		rc = by_name(store, entity, text, HC_SEARCH_EXACT, refer);
	hc_buf_free(&plain);
	if (rc == HC_NOTFOUND)
		rc = missing(store, entity, text);
	return rc;
}

enum hc_status
hc_refer_title(struct hc_store *store, const struct hc_entity *entity,
    int64_t id, struct hc_buf *out)
{
	const char *p = entity->title;
	const struct hc_field *f;
	struct hc_row *row = NULL;
	size_t begin = out->len, n;
	enum hc_status rc;
	char name[41];

	if ((rc = hc_row_load(store, entity, id, &row)) != HC_OK)
		return rc;
	for (; p != NULL && *p != '\0'; p += n + (p[n] == ',')) {
		n = strcspn(p, ",");
		snprintf(name, sizeof(name), "%.*s", (int)n, p);
		f = hc_catalogue_field(entity, name);
		if (f == NULL || hc_row_get(row, f) == NULL)
			continue;
		if (out->len > begin)
			hc_buf_putc(out, ' ');
		hc_value_show(f, hc_row_get(row, f), out);
	}
	hc_row_free(row);
	return hc_buf_failed(out) ? hc_db_nomem(store->db) : HC_OK;
}

/* "12 (佐藤 花子), 15 (佐藤 太郎)". */
static enum hc_status
put_choices(struct hc_store *store, const struct hc_entity *entity,
    const struct hc_refer *refer, struct hc_buf *list)
{
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; i < refer->len && list->len < 600 && rc == HC_OK; i++) {
		hc_buf_printf(list, "%s%lld (", i > 0 ? ", " : "",
		    (long long)(refer->ids[i] % HC_ID_SPAN));
		rc = hc_refer_title(store, entity, refer->ids[i], list);
		hc_buf_putc(list, ')');
	}
	if (i < refer->len || refer->more)
		hc_buf_puts(list, " ...");
	return rc;
}

/* Names that only begin so, or have it: none is taken without a word. */
static enum hc_status
propose(struct hc_store *store, const struct hc_entity *entity,
    const char *text)
{
	struct hc_refer refer = { .len = 0 };
	struct hc_buf list = HC_BUF_INIT;
	enum hc_status rc;

	rc = by_name(store, entity, text, HC_SEARCH_PREFIX, &refer);
	if (rc == HC_OK || rc == HC_NOTFOUND || rc == HC_INVALID)
		rc = by_name(store, entity, text, HC_SEARCH_INSIDE, &refer);
	if (refer.len == 0)
		rc = missing(store, entity, text);
	else if ((rc = put_choices(store, entity, &refer, &list)) == HC_OK)
		rc = hc_db_fail(store->db, HC_NOTFOUND,
		    _("no %s '%s'; there is %s: give the number"),
		    hc_catalogue_entity_label(entity), text,
		    hc_buf_text(&list));
	hc_buf_free(&list);
	return rc;
}

enum hc_status
hc_refer_one(struct hc_store *store, const struct hc_entity *entity,
    const char *text, int64_t *id)
{
	struct hc_buf list = HC_BUF_INIT;
	struct hc_refer refer;
	enum hc_status rc;

	*id = 0;
	rc = hc_refer_find(store, entity, text, &refer);
	if (rc == HC_NOTFOUND && text[strspn(text, "0123456789")] != '\0')
		return propose(store, entity, text);
	if (rc == HC_OK && refer.len > 1 &&
	    (rc = put_choices(store, entity, &refer, &list)) == HC_OK)
		rc = hc_db_fail(store->db, HC_INVALID,
		    _("'%s' fits several of '%s': %s; give the number"), text,
		    entity->name, hc_buf_text(&list));
	if (rc == HC_OK)
		*id = refer.ids[0];
	hc_buf_free(&list);
	return rc;
}

enum hc_status
hc_refer_missing(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)(id % HC_ID_SPAN));
	return missing(store, entity, text);
}
