/* Rules of doubt, which are rows of "filter". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "task/query.h"

#include "task/doubt.h"

/* ---- The rules ---- */

static enum hc_status
add(struct hc_doubt *d, const struct hc_row *row,
    const struct hc_entity *entity)
{
	const struct hc_choice label = {
	    .label_ja = hc_row_value(row, "label_ja"),
	    .label_en = hc_row_value(row, "label_en") };
	struct hc_doubt_rule *grown, *doubt;

	grown = realloc(d->items, (d->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(d->store->db);
	d->items = grown;
	doubt = &d->items[d->len++];
	memset(doubt, 0, sizeof(*doubt));
	doubt->entity = entity;
	doubt->name = strdup(hc_row_value(row, "name"));
	doubt->expr = strdup(hc_row_value(row, "expr"));
	doubt->words = strdup(hc_catalogue_choice_label(&label));
	doubt->mend = strdup(hc_row_value(row, "mend"));
	return doubt->name != NULL && doubt->expr != NULL &&
	    doubt->words != NULL && doubt->mend != NULL ? HC_OK :
	    hc_db_nomem(d->store->db);
}

enum hc_status
hc_doubt_load(struct hc_doubt *d, struct hc_store *store,
    const struct hc_entity *entity, const struct hc_expr_clock *clock)
{
	const struct hc_entity *filter = hc_catalogue_entity(
	    store->catalogue, "filter"), *e;
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	memset(d, 0, sizeof(*d));
	d->store = store;
	d->clock = clock;
	if (hc_row_new(&row, filter) != HC_OK)
		return hc_db_nomem(store->db);
	rc = hc_row_query(store, filter, " AND t.mend IS NOT NULL"
	    " AND coalesce(t.retired, 0) = 0 ORDER BY t.entity, t.id", &st);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		if ((rc = hc_row_read(store, st, row)) != HC_OK)
			break;
		e = hc_catalogue_entity(store->catalogue,
		    hc_row_value(row, "entity"));
		if (e != NULL && (entity == NULL || e == entity))
			rc = add(d, row, e);
	}
	hc_stmt_free(st);
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

void
hc_doubt_clear(struct hc_doubt *d)
{
	size_t i;

	for (i = 0; i < d->len; i++) {
		hc_stmt_free(d->items[i].one);
		free(d->items[i].name);
		free(d->items[i].expr);
		free(d->items[i].words);
		free(d->items[i].mend);
	}
	free(d->items);
	memset(d, 0, sizeof(*d));
}

/* ---- Asking ---- */

/* SQL by the catalogue: the ids that fit, of all records or of :id. */
static enum hc_status
prepare(struct hc_doubt *d, const struct hc_doubt_rule *doubt, bool one,
    struct hc_stmt **st)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_query query;
	enum hc_status rc;

	rc = hc_query_init(&query, d->store, doubt->entity->name);
	if (rc == HC_OK)
		rc = hc_query_where(&query, doubt->expr, d->clock);
	if (rc == HC_INVALID)
		rc = hc_db_fail(d->store->db, HC_CONFIG, _("filter '%s': %s"),
		    doubt->name, hc_store_error(d->store));
	if (rc == HC_OK) {
		hc_buf_printf(&sql, "SELECT t.id FROM \"%s\" t WHERE %s%s",
		    doubt->entity->name, hc_buf_text(&query.where),
		    one ? " AND t.id = :id" : " ORDER BY t.id");
		rc = hc_query_prepare(&query, &sql, st);
	}
	hc_buf_free(&sql);
	hc_query_clear(&query);
	return rc;
}

/* The command, with the record's own number for "{id}". */
static void
put_mend(const struct hc_doubt_rule *doubt, int64_t id, struct hc_buf *out)
{
	const char *p, *from = doubt->mend;

	for (; (p = strstr(from, "{id}")) != NULL; from = p + 4) {
		hc_buf_add(out, from, (size_t)(p - from));
		hc_buf_printf(out, "%lld", (long long)(id % HC_ID_SPAN));
	}
	hc_buf_puts(out, from);
}

enum hc_status
hc_doubt_ask(struct hc_doubt *d, int64_t id, hc_doubt_found *found,
    void *arg)
{
	struct hc_buf mend = HC_BUF_INIT;
	struct hc_doubt_rule *doubt;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < d->len; i++) {
		doubt = &d->items[i];
		if (doubt->one == NULL)
			rc = prepare(d, doubt, true, &doubt->one);
		if (rc != HC_OK || (rc = hc_stmt_int(doubt->one, ":id",
		    id)) != HC_OK)
			break;
		if ((rc = hc_stmt_next(doubt->one)) == HC_OK) {
			hc_buf_clear(&mend);
			put_mend(doubt, id, &mend);
			if (hc_buf_failed(&mend))
				rc = hc_db_nomem(d->store->db);
			else
				found(arg, doubt, hc_buf_text(&mend));
		} else if (rc == HC_NOTFOUND)
			rc = HC_OK;
		hc_stmt_reset(doubt->one);
	}
	hc_buf_free(&mend);
	return rc;
}

/* ---- The list ---- */

static enum hc_status
list_one(struct hc_doubt *d, const struct hc_doubt_rule *doubt,
    struct hc_table *table)
{
	struct hc_buf mend = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	const char *cells[5];
	enum hc_status rc;
	char id[24];

	rc = prepare(d, doubt, false, &st);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		hc_buf_clear(&mend);
		put_mend(doubt, hc_stmt_get_int(st, 0), &mend);
		snprintf(id, sizeof(id), "%lld",
		    (long long)hc_stmt_get_int(st, 0));
		cells[0] = id;
		cells[1] = doubt->entity->name;
		cells[2] = doubt->name;
		cells[3] = doubt->words;
		cells[4] = hc_buf_text(&mend);
		if (hc_buf_failed(&mend) ||
		    hc_table_row(table, cells) != HC_OK)
			rc = hc_db_nomem(d->store->db);
	}
	hc_stmt_free(st);
	hc_buf_free(&mend);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static void
show_entity(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_entity *e = hc_catalogue_entity(arg, value);

	hc_buf_puts(out, e != NULL ? hc_catalogue_entity_label(e) : value);
}

enum hc_status
hc_doubt_list(struct hc_doubt *d, struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "record", _("number"), HC_TYPE_REF },
		{ "entity", _("kind"), HC_TYPE_TEXT, show_entity,
		    d->store->catalogue },
		{ "rule", _("rule"), HC_TYPE_TEXT },
		{ "doubt", _("what is doubtful"), HC_TYPE_TEXT },
		{ "mend", _("mended by"), HC_TYPE_TEXT },
	};
	enum hc_status rc;
	size_t i;

	*table = NULL;
	if (hc_table_new(table, columns, sizeof(columns) /
	    sizeof(columns[0])) != HC_OK)
		return hc_db_nomem(d->store->db);
	if ((rc = hc_db_snapshot(d->store->db)) != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < d->len; i++)
		rc = list_one(d, &d->items[i], *table);
	hc_db_snapshot_end(d->store->db);
	return rc;
}
