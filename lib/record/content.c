/* A hash of all that an office's records and definitions say. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/seal.h"
#include "store/row.h"

#include "record/content.h"

static void
add_row(struct hc_hash *hash, const struct hc_row *row)
{
	char id[24];
	size_t i;

	snprintf(id, sizeof(id), "%lld", (long long)row->id);
	hc_hash_add(hash, id, strlen(id) + 1);
	for (i = 0; i < row->entity->nfields; i++) {
		if (row->values[i] == NULL)
			continue;
		hc_hash_add(hash, row->entity->fields[i]->name,
		    strlen(row->entity->fields[i]->name) + 1);
		hc_hash_add(hash, row->values[i],
		    strlen(row->values[i]) + 1);
	}
}

static enum hc_status
add_entity(struct hc_store *store, const struct hc_entity *e,
    struct hc_hash *hash)
{
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	hc_hash_add(hash, e->name, strlen(e->name) + 1);
	rc = hc_row_new(&row, e) != HC_OK ? hc_db_nomem(store->db) :
	    hc_row_query(store, e, NULL, &st);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = hc_row_read(store, st, row)) == HC_OK)
			add_row(hash, row);
	hc_row_free(row);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_content_hash(struct hc_store *store, char hex[65])
{
	const struct hc_catalogue *c = store->catalogue;
	unsigned char out[HC_HASH_SIZE];
	struct hc_buf text = HC_BUF_INIT;
	struct hc_hash hash;
	enum hc_status rc;
	size_t i;

	hex[0] = '\0';
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	hc_hash_begin(&hash, NULL, 0);
	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (c->entities[i].kind != HC_ENTITY_COMPUTED)
			rc = add_entity(store, &c->entities[i], &hash);
	hc_db_snapshot_end(store->db);
	hc_hash_end(&hash, out);
	hc_hex_format(&text, out, sizeof(out));
	if (rc == HC_OK)
		snprintf(hex, 65, "%s", hc_buf_text(&text));
	hc_buf_free(&text);
	return rc;
}
