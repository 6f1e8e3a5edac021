/*
 * A search in the past.  The index is of today: what it says of records that
 * were written since is passed over, and those are compared as they were.
 */
#include <stdlib.h>
#include <string.h>

#include "task/search_find.h"

/* A record that was written since. */
struct written {
	const struct hc_entity *entity;
	int64_t id;
};

struct written_list {
	struct written *items;
	size_t len, room;
};

static int
compare(const void *a, const void *b)
{
	const struct written *x = a, *y = b;

	if (x->entity != y->entity)
		return x->entity < y->entity ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static enum hc_status
list_written(struct hc_store *store, const char *instant,
    struct written_list *list)
{
	static const char written_sql[] =
	    "SELECT DISTINCT entity, record FROM change"
	    " WHERE office = :office AND run IN (SELECT id FROM run"
	    " WHERE office = :office AND at > :instant)";
	struct hc_stmt *st = NULL;
	struct written one, *grown;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, written_sql)) == HC_OK)
		rc = hc_stmt_text(st, ":instant", instant);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		one.entity = hc_catalogue_entity(store->catalogue,
		    hc_stmt_get_text(st, 0));
		one.id = hc_stmt_get_int(st, 1);
		if (one.entity == NULL || !hc_searchkey_entity(one.entity))
			continue;
		if (list->len == list->room) {
			list->room = list->room > 0 ? list->room * 2 : 64;
			grown = realloc(list->items,
			    list->room * sizeof(*grown));
			if (grown == NULL) {
				rc = hc_db_nomem(store->db);
				break;
			}
			list->items = grown;
		}
		list->items[list->len++] = one;
	}
	hc_stmt_free(st);
	if (list->len > 1)
		qsort(list->items, list->len, sizeof(one), compare);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static void
drop_written(const struct written_list *list, struct hc_index_hits *hits)
{
	struct written one;
	size_t from, to = 0;

	for (from = 0; from < hits->len; from++) {
		one.entity = hits->items[from].entity;
		one.id = hits->items[from].record;
		if (list->len == 0 || bsearch(&one, list->items, list->len,
		    sizeof(one), compare) == NULL)
			hits->items[to++] = hits->items[from];
	}
	hits->len = to;
}

/* Compare one record as it was. */
static enum hc_status
compare_past(struct hc_store *store, const struct written *one,
    const struct hc_searchkey_word *word, bool near,
    struct hc_index_hits *hits)
{
	struct hc_index_hit hit = { .entity = one->entity,
	    .record = one->id };
	struct hc_buf keys = HC_BUF_INIT;
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_row_load(store, one->entity, one->id, &row);
	if (rc != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	hc_searchkey_row(row, &keys);
	if (hc_buf_failed(&keys))
		rc = hc_db_nomem(store->db);
	else
		hit.kind = hc_searchkey_match(word, hc_buf_text(&keys), near,
		    &hit.class);
	if (rc == HC_OK && hit.kind != HC_SEARCH_NONE &&
	    (rc = hc_index_person(store, row, &hit.person)) == HC_OK &&
	    hc_index_hits_add(hits, &hit) != HC_OK)
		rc = hc_db_nomem(store->db);
	hc_row_free(row);
	hc_buf_free(&keys);
	return rc;
}

enum hc_status
hc_search_past(struct hc_store *store, const char *instant,
    const struct hc_searchkey_word *word, bool near,
    struct hc_index_hits *hits)
{
	struct written_list list = { 0 };
	enum hc_status rc;
	size_t i;

	if ((rc = list_written(store, instant, &list)) == HC_OK &&
	    (rc = hc_index_find(store, word, near, hits)) == HC_OK)
		drop_written(&list, hits);
	for (i = 0; rc == HC_OK && i < list.len; i++)
		rc = compare_past(store, &list.items[i], word, near, hits);
	free(list.items);
	return rc;
}
