/* Asking the search index (store/index.h). */
#include <stdlib.h>
#include <string.h>

#include "base/gram.h"

#include "store/index.h"

enum hc_status
hc_index_hits_add(struct hc_index_hits *hits, const struct hc_index_hit *hit)
{
	struct hc_index_hit *grown;
	size_t room;

	if (hits->len == hits->room) {
		room = hits->room > 0 ? hits->room * 2 : 64;
		grown = realloc(hits->items, room * sizeof(*grown));
		if (grown == NULL)
			return HC_NOMEM;
		hits->items = grown;
		hits->room = room;
	}
	hits->items[hits->len++] = *hit;
	return HC_OK;
}

void
hc_index_hits_clear(struct hc_index_hits *hits)
{
	free(hits->items);
	memset(hits, 0, sizeof(*hits));
}

/* Append "{columns} : phrase", joined with OR to what stands before. */
static void
ask(struct hc_buf *query, unsigned int classes, const struct hc_buf *key,
    bool whole)
{
	struct hc_buf phrase = HC_BUF_INIT;
	bool any = false;
	int i;

	if (classes == 0 || key->len == 0)
		return;
	if (whole) {
		hc_gram_whole(&phrase, key->data);
	} else
		hc_gram_phrase(&phrase, key->data);
	if (phrase.len > 0) {
		hc_buf_puts(query, query->len > 0 ? " OR {" : "{");
		for (i = 0; i < HC_SEARCH_CLASSES; i++)
			if (classes & 1u << i) {
				hc_buf_printf(query, "%s%s", any ? " " : "",
				    hc_searchkey_class_name(
				    (enum hc_searchkey_class)i));
				any = true;
			}
		hc_buf_printf(query, whole ? "} : \"%s\"" : "} : %s",
		    phrase.data);
	}
	query->failed = query->failed || phrase.failed;
	hc_buf_free(&phrase);
}

/* What the engine is asked: nothing of the user's text but letters, digits
   and what is beyond ASCII gets into it, in double quotes. */
static void
make_query(const struct hc_searchkey_word *w, bool near,
    struct hc_buf *query)
{
	const unsigned int named = 1u << HC_SEARCH_NAME | 1u << HC_SEARCH_KANA;
	const unsigned int phone = 1u << HC_SEARCH_PHONE;

	if (near) {
		ask(query, 1u << HC_SEARCH_SOUND, &w->sound, false);
		return;
	}
	if (w->only_whole) {
		ask(query, w->classes & 1u << HC_SEARCH_NUMBER, &w->key,
		    true);
		return;
	}
	ask(query, w->classes & ~phone, &w->key, false);
	ask(query, w->classes & phone, &w->digits, false);
	ask(query, w->classes & 1u << HC_SEARCH_FACILITY, &w->facility,
	    false);
	if (w->classes & named)
		ask(query, 1u << HC_SEARCH_ROMAJI, &w->romaji, false);
}

/* Compare each row of ${st} (entity, record, person, keys). */
static enum hc_status
gather(struct hc_store *store, struct hc_stmt *st,
    const struct hc_searchkey_word *word, bool near,
    struct hc_index_hits *hits)
{
	struct hc_index_hit hit = { 0 };
	enum hc_status rc;
	const char *name;

	while ((rc = hc_stmt_next(st)) == HC_OK) {
		hit.kind = hc_searchkey_match(word, hc_stmt_get_text(st, 3),
		    near, &hit.class);
		if (hit.kind == HC_SEARCH_NONE)
			continue;
		name = hc_stmt_get_text(st, 0);
		if (hit.entity == NULL || strcmp(hit.entity->name, name) != 0)
			hit.entity = hc_catalogue_entity(store->catalogue,
			    name);
		hit.record = hc_stmt_get_int(st, 1);
		hit.person = hc_stmt_get_int(st, 2);
		if (hit.entity != NULL &&
		    hc_index_hits_add(hits, &hit) != HC_OK)
			return hc_db_nomem(store->db);
	}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* Rows that the engine's index knows. */
static enum hc_status
find_fed(struct hc_store *store, const struct hc_searchkey_word *word,
    bool near, struct hc_index_hits *hits)
{
	static const char find_sql[] = "SELECT k.entity, k.record, k.person,"
	    " k.keys FROM search_gram g JOIN search_key k ON k.id = g.rowid"
	    " WHERE search_gram MATCH :query AND k.office = :office";
	struct hc_buf query = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc = HC_OK;

	make_query(word, near, &query);
	if (hc_buf_failed(&query))
		rc = hc_db_nomem(store->db);
	else if (query.len > 0 &&
	    (rc = hc_stmt_new(&st, store->db, find_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":query", query.data)) == HC_OK)
		rc = gather(store, st, word, near, hits);
	hc_stmt_free(st);
	hc_buf_free(&query);
	return rc;
}

/* Rows that wait to be fed to it. */
static enum hc_status
find_waiting(struct hc_store *store, const struct hc_searchkey_word *word,
    bool near, struct hc_index_hits *hits)
{
	static const char waiting_sql[] = "SELECT entity, record, person, keys"
	    " FROM search_key WHERE office = :office AND id > coalesce("
	    "(SELECT fed FROM search_mark WHERE office = :office), 0)"
	    " ORDER BY id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, waiting_sql)) == HC_OK)
		rc = gather(store, st, word, near, hits);
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_index_find(struct hc_store *store, const struct hc_searchkey_word *word,
    bool near, struct hc_index_hits *hits)
{
	enum hc_status rc;

	/* A feeding that commits between the two would hide its rows. */
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	if ((rc = find_fed(store, word, near, hits)) == HC_OK)
		rc = find_waiting(store, word, near, hits);
	hc_db_snapshot_end(store->db);
	return rc;
}
