/* The hashes by which records are found by their names. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "store/searchkey.h"

#include "store/namekey.h"

#define MOST 8			/* keys of one record */

struct hc_namekey {
	struct hc_stmt *insert, *remove, *find, *has;
	struct hc_buf folded;	/* kept, to save allocations */
};

/* What a record should have. */
struct keys {
	int64_t hashes[MOST];
	size_t n;
	int32_t day;
};

static enum hc_status
need(struct hc_store *store)
{
	if (store->names == NULL &&
	    (store->names = calloc(1, sizeof(*store->names))) == NULL)
		return hc_db_nomem(store->db);
	return HC_OK;
}

void
hc_namekey_forget(struct hc_store *store)
{
	struct hc_namekey *x = store->names;

	if (x == NULL)
		return;
	hc_stmt_free(x->insert);
	hc_stmt_free(x->remove);
	hc_stmt_free(x->find);
	hc_stmt_free(x->has);
	hc_buf_free(&x->folded);
	free(x);
	store->names = NULL;
}

/* ---- Hashes ---- */

/* The finalizer of splitmix64 (Steele, Lea, Flood 2014): spreads all bits. */
static uint64_t
mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

/*
 * The sum over the letters, whatever their order.  The entity and the kind
 * are in it, so that one column holds them all.  The value is stored: it
 * changes only together with an upgrade.
 */
static int64_t
hash_letters(const struct hc_entity *entity, enum hc_namekey_kind kind,
    const char *letters)
{
	uint64_t sum = (uint64_t)kind + 1;
	const char *p = entity->name;

	while (*p != '\0')
		sum = mix(sum + (unsigned char)*p++);
	while (*letters != '\0')
		sum += mix(hc_utf8_next(&letters) *
		    UINT64_C(0x9e3779b97f4a7c15));
	return (int64_t)mix(sum);
}

/* ${folded} becomes what the text is compared by; empty where it has no key
   of the kind. */
static enum hc_status
fold(struct hc_store *store, enum hc_namekey_kind kind, const char *text)
{
	struct hc_buf *folded = &store->names->folded;

	hc_buf_clear(folded);
	if (text == NULL)
		return HC_OK;
	hc_fold_name(folded, text);
	if (kind == HC_NAMEKEY_SOUND && !hc_buf_failed(folded)) {
		if (!hc_searchkey_spelt(hc_buf_text(folded)))
			hc_buf_clear(folded);
		else {
			hc_buf_clear(folded);
			hc_fold_sound(folded, text);
		}
	}
	return hc_buf_failed(folded) ? hc_db_nomem(store->db) : HC_OK;
}

static enum hc_status
add_key(struct hc_store *store, const struct hc_row *row,
    enum hc_namekey_kind kind, const char *text, struct keys *keys)
{
	enum hc_status rc;
	int64_t hash;
	size_t i;

	if ((rc = fold(store, kind, text)) != HC_OK ||
	    store->names->folded.len == 0 || keys->n == MOST)
		return rc;
	hash = hash_letters(row->entity, kind,
	    hc_buf_text(&store->names->folded));
	for (i = 0; i < keys->n; i++)
		if (keys->hashes[i] == hash)
			return HC_OK;
	keys->hashes[keys->n++] = hash;
	return HC_OK;
}

static bool
has_keys(const struct hc_row *row)
{
	return row->entity->kind == HC_ENTITY_RECORD &&
	    hc_catalogue_field(row->entity, "name") != NULL;
}

/* Only persons are also found by their other names and by how they sound. */
static enum hc_status
make_keys(struct hc_store *store, const struct hc_row *row,
    struct keys *keys)
{
	static const struct {
		const char *field;
		enum hc_namekey_kind kind;
	} of_person[] = {
		{ "name", HC_NAMEKEY_SOUND },
		{ "kana", HC_NAMEKEY_SOUND },
		{ "other_name", HC_NAMEKEY_NAME },
		{ "other_name", HC_NAMEKEY_SOUND },
	};
	enum hc_status rc;
	size_t i;

	memset(keys, 0, sizeof(*keys));
	keys->day = HC_DATE_NONE;
	if (row == NULL)
		return HC_OK;
	rc = add_key(store, row, HC_NAMEKEY_NAME, hc_row_value(row, "name"),
	    keys);
	if (strcmp(row->entity->name, "person") != 0)
		return rc;
	for (i = 0; rc == HC_OK &&
	    i < sizeof(of_person) / sizeof(of_person[0]); i++)
		rc = add_key(store, row, of_person[i].kind,
		    hc_row_value(row, of_person[i].field), keys);
	if (hc_row_value(row, "birth_date") != NULL &&
	    hc_date_parse_iso(hc_row_value(row, "birth_date"), &keys->day) !=
	    HC_OK)
		keys->day = HC_DATE_NONE;
	return rc;
}

/* ---- Writing ---- */

static enum hc_status
insert_key(struct hc_store *store, int64_t id, int64_t hash, int32_t day)
{
	static const char insert_sql[] =
	    "INSERT INTO name_key (office, hash, record, day)"
	    " VALUES (:office, :hash, :record, :day)";
	struct hc_stmt **st = &store->names->insert;
	enum hc_status rc;

	if ((rc = hc_stmt_once(st, store->db, insert_sql)) != HC_OK ||
	    (rc = hc_stmt_int(*st, ":hash", hash)) != HC_OK ||
	    (rc = hc_stmt_int(*st, ":record", id)) != HC_OK ||
	    (rc = day != HC_DATE_NONE ? hc_stmt_int(*st, ":day", day) :
	    hc_stmt_null(*st, ":day")) != HC_OK)
		return rc;
	return hc_stmt_run(*st);
}

static enum hc_status
remove_key(struct hc_store *store, int64_t id, int64_t hash)
{
	static const char remove_sql[] = "DELETE FROM name_key"
	    " WHERE office = :office AND hash = :hash AND record = :record";
	struct hc_stmt **st = &store->names->remove;
	enum hc_status rc;

	if ((rc = hc_stmt_once(st, store->db, remove_sql)) != HC_OK ||
	    (rc = hc_stmt_int(*st, ":hash", hash)) != HC_OK ||
	    (rc = hc_stmt_int(*st, ":record", id)) != HC_OK)
		return rc;
	return hc_stmt_run(*st);
}

enum hc_status
hc_namekey_put(struct hc_store *store, const struct hc_row *before,
    const struct hc_row *row)
{
	struct keys old, new;
	enum hc_status rc;
	size_t i;

	if (!has_keys(row))
		return HC_OK;
	if ((rc = need(store)) != HC_OK ||
	    (rc = make_keys(store, before, &old)) != HC_OK ||
	    (rc = make_keys(store, row, &new)) != HC_OK ||
	    memcmp(&old, &new, sizeof(old)) == 0)
		return rc;
	for (i = 0; rc == HC_OK && i < old.n; i++)
		rc = remove_key(store, row->id, old.hashes[i]);
	for (i = 0; rc == HC_OK && i < new.n; i++)
		rc = insert_key(store, row->id, new.hashes[i], new.day);
	return rc;
}

enum hc_status
hc_namekey_remove(struct hc_store *store, const struct hc_row *row)
{
	struct keys keys;
	enum hc_status rc;
	size_t i;

	if (!has_keys(row))
		return HC_OK;
	if ((rc = need(store)) == HC_OK)
		rc = make_keys(store, row, &keys);
	for (i = 0; rc == HC_OK && i < keys.n; i++)
		rc = remove_key(store, row->id, keys.hashes[i]);
	return rc;
}

/* ---- Finding ---- */

static enum hc_status
add_hit(struct hc_store *store, struct hc_namekey_hits *hits,
    const struct hc_namekey_hit *hit)
{
	struct hc_namekey_hit *grown;
	size_t room;

	if (hits->len == hits->room) {
		room = hits->room > 0 ? hits->room * 2 : 64;
		grown = realloc(hits->items, room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(store->db);
		hits->items = grown;
		hits->room = room;
	}
	hits->items[hits->len++] = *hit;
	return HC_OK;
}

static enum hc_status
find_hash(struct hc_store *store, int64_t hash, struct hc_namekey_hits *hits)
{
	static const char find_sql[] = "SELECT record, day FROM name_key"
	    " WHERE office = :office AND hash = :hash ORDER BY record";
	struct hc_namekey_hit hit;
	struct hc_stmt **st = &store->names->find;
	enum hc_status rc;

	hits->len = 0;
	if ((rc = hc_stmt_once(st, store->db, find_sql)) != HC_OK ||
	    (rc = hc_stmt_int(*st, ":hash", hash)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(*st)) == HC_OK) {
		hit.record = hc_stmt_get_int(*st, 0);
		hit.day = hc_stmt_is_null(*st, 1) ? HC_DATE_NONE :
		    (int32_t)hc_stmt_get_int(*st, 1);
		if ((rc = add_hit(store, hits, &hit)) != HC_OK)
			break;
	}
	hc_stmt_reset(*st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_namekey_find(struct hc_store *store, const struct hc_entity *entity,
    enum hc_namekey_kind kind, const char *text,
    struct hc_namekey_hits *hits)
{
	enum hc_status rc;

	hits->len = 0;
	if ((rc = need(store)) != HC_OK ||
	    (rc = fold(store, kind, text)) != HC_OK ||
	    store->names->folded.len == 0)
		return rc;
	return find_hash(store, hash_letters(entity, kind,
	    hc_buf_text(&store->names->folded)), hits);
}

void
hc_namekey_hits_clear(struct hc_namekey_hits *hits)
{
	free(hits->items);
	memset(hits, 0, sizeof(*hits));
}

static enum hc_status
has_key(struct hc_store *store, int64_t id, int64_t hash, int32_t day,
    bool *has)
{
	static const char has_sql[] = "SELECT day FROM name_key"
	    " WHERE office = :office AND hash = :hash AND record = :record";
	struct hc_stmt **st = &store->names->has;
	enum hc_status rc;

	if ((rc = hc_stmt_once(st, store->db, has_sql)) != HC_OK ||
	    (rc = hc_stmt_int(*st, ":hash", hash)) != HC_OK ||
	    (rc = hc_stmt_int(*st, ":record", id)) != HC_OK)
		return rc;
	rc = hc_stmt_next(*st);
	*has = rc == HC_OK && (hc_stmt_is_null(*st, 0) ? HC_DATE_NONE :
	    (int32_t)hc_stmt_get_int(*st, 0)) == day;
	hc_stmt_reset(*st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_namekey_check(struct hc_store *store, const struct hc_row *row,
    int64_t *keys, bool *right)
{
	struct keys wanted;
	enum hc_status rc;
	bool has = true;
	size_t i;

	*right = true;
	if (!has_keys(row))
		return HC_OK;
	if ((rc = need(store)) != HC_OK ||
	    (rc = make_keys(store, row, &wanted)) != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < wanted.n; i++) {
		rc = has_key(store, row->id, wanted.hashes[i], wanted.day,
		    &has);
		*right = *right && has;
	}
	*keys += (int64_t)wanted.n;
	return rc;
}
