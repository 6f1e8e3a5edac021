/* What belongs to a record, and what else refers to it. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"

#include "record/owned.h"

void
hc_owned_clear(struct hc_owned *owned)
{
	free(owned->items);
	memset(owned, 0, sizeof(*owned));
}

static bool
has(const struct hc_owned *owned, const struct hc_entity *entity, int64_t id)
{
	size_t i;

	for (i = 0; i < owned->len; i++)
		if (owned->items[i].id == id &&
		    owned->items[i].entity == entity)
			return true;
	return false;
}

static enum hc_status
add(struct hc_store *store, struct hc_owned *owned,
    const struct hc_entity *entity, int64_t id)
{
	struct hc_owned_record *grown;

	if (owned->len == owned->room) {
		owned->room = owned->room > 0 ? owned->room * 2 : 16;
		grown = realloc(owned->items, owned->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(store->db);
		owned->items = grown;
	}
	owned->items[owned->len++] = (struct hc_owned_record){ entity, id };
	return HC_OK;
}

/* Append the records that name ${id} in the field ${ref}. */
static enum hc_status
list_referring(struct hc_store *store, const struct hc_field *ref,
    int64_t id, struct hc_owned *list)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	hc_buf_printf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = :id"
	    " AND office = :office ORDER BY id", ref->entity->name,
	    ref->name);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(store->db) :
	    hc_stmt_new(&st, store->db, hc_buf_text(&sql));
	if (rc == HC_OK)
		rc = hc_stmt_int(st, ":id", id);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		rc = add(store, list, ref->entity, hc_stmt_get_int(st, 0));
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static bool
owns(const struct hc_field *ref)
{
	const char *parent = ref->entity->parent;

	return parent != NULL &&
	    hc_catalogue_has(parent, ',', ref->name, strlen(ref->name));
}

typedef enum hc_status each_ref(struct hc_store *store,
    const struct hc_field *ref, int64_t id, void *arg);

/* Call ${each} for every field that may refer to a record of ${entity}. */
static enum hc_status
each_referring(struct hc_store *store, const struct hc_entity *entity,
    int64_t id, each_ref *each, void *arg)
{
	const struct hc_catalogue *c = store->catalogue;
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	size_t i, j;

	for (i = 0; i < c->nentities; i++) {
		if (c->entities[i].kind == HC_ENTITY_COMPUTED)
			continue;
		for (j = 0; rc == HC_OK && j < c->entities[i].nfields; j++) {
			f = c->entities[i].fields[j];
			if (f->type == HC_TYPE_REF && f->target == entity)
				rc = each(store, f, id, arg);
		}
	}
	return rc;
}

static enum hc_status
gather(struct hc_store *store, const struct hc_field *ref, int64_t id,
    void *arg)
{
	struct hc_owned *owned = arg, found = { 0 };
	enum hc_status rc;
	size_t i;

	if (!owns(ref))
		return HC_OK;
	rc = list_referring(store, ref, id, &found);
	for (i = 0; rc == HC_OK && i < found.len; i++)
		if (!has(owned, ref->entity, found.items[i].id) &&
		    (rc = add(store, owned, ref->entity,
		    found.items[i].id)) == HC_OK)
			rc = each_referring(store, ref->entity,
			    found.items[i].id, gather, owned);
	hc_owned_clear(&found);
	return rc;
}

/* What does not go with it forbids it. */
static enum hc_status
forbid(struct hc_store *store, const struct hc_field *ref, int64_t id,
    void *arg)
{
	const struct hc_owned *owned = arg;
	struct hc_owned found = { 0 };
	enum hc_status rc;
	size_t i;

	if (owns(ref))
		return HC_OK;
	rc = list_referring(store, ref, id, &found);
	for (i = 0; rc == HC_OK && i < found.len; i++)
		if (!has(owned, ref->entity, found.items[i].id))
			rc = hc_db_fail(store->db, HC_CONFLICT,
			    _("%s %lld refers to it (%s)"),
			    hc_catalogue_entity_label(ref->entity),
			    (long long)(found.items[i].id % HC_ID_SPAN),
			    hc_catalogue_label(ref));
	hc_owned_clear(&found);
	return rc;
}

enum hc_status
hc_owned_gather(struct hc_store *store, const struct hc_entity *entity,
    int64_t id, struct hc_owned *owned)
{
	enum hc_status rc;
	size_t i;

	if ((rc = add(store, owned, entity, id)) == HC_OK)
		rc = each_referring(store, entity, id, gather, owned);
	for (i = 0; rc == HC_OK && i < owned->len; i++)
		rc = each_referring(store, owned->items[i].entity,
		    owned->items[i].id, forbid, owned);
	return rc;
}

static enum hc_status
note_first(struct hc_store *store, const struct hc_field *ref, int64_t id,
    void *arg)
{
	const struct hc_entity **by = arg;
	struct hc_owned found = { 0 };
	enum hc_status rc = HC_OK;

	if (*by == NULL && (rc = list_referring(store, ref, id, &found)) ==
	    HC_OK && found.len > 0)
		*by = ref->entity;
	hc_owned_clear(&found);
	return rc;
}

enum hc_status
hc_owned_referred(struct hc_store *store, const struct hc_entity *entity,
    int64_t id, const struct hc_entity **by)
{
	*by = NULL;
	return each_referring(store, entity, id, note_first, by);
}
