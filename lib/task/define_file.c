/* Definitions as one file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "task/define_file.h"

/* ---- Out ---- */

/* The columns: "kind", then the names of all fields, each once. */
struct names {
	const char **items;
	size_t len, room;
};

static enum hc_status
add_name(struct hc_store *store, struct names *names, const char *name)
{
	const char **grown;
	size_t i;

	for (i = 0; i < names->len; i++)
		if (strcmp(names->items[i], name) == 0)
			return HC_OK;
	if (names->len == names->room) {
		names->room = names->room ? names->room * 2 : 32;
		grown = realloc(names->items,
		    names->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(store->db);
		names->items = grown;
	}
	names->items[names->len++] = name;
	return HC_OK;
}

static bool
is_wanted(const struct hc_entity *e, const struct hc_entity *only)
{
	return e->kind == HC_ENTITY_DEFINITION && (only == NULL || e == only);
}

static enum hc_status
all_names(struct hc_store *store, const struct hc_entity *only,
    struct names *names)
{
	const struct hc_catalogue *c = store->catalogue;
	enum hc_status rc;
	size_t i, j;

	rc = add_name(store, names, "kind");
	for (i = 0; i < c->nentities; i++)
		for (j = 0; rc == HC_OK && is_wanted(&c->entities[i], only) &&
		    j < c->entities[i].nfields; j++)
			rc = add_name(store, names,
			    c->entities[i].fields[j]->name);
	return rc;
}

static enum hc_status
export_row(struct hc_store *store, const struct names *names,
    const struct hc_row *row, struct hc_table *table)
{
	const struct hc_field *f;
	const char **cells;
	enum hc_status rc;
	size_t i;

	if ((cells = calloc(names->len, sizeof(*cells))) == NULL)
		return hc_db_nomem(store->db);
	cells[0] = row->entity->name;
	for (i = 1; i < names->len; i++) {
		f = hc_catalogue_field(row->entity, names->items[i]);
		cells[i] = f != NULL ? hc_row_get(row, f) : NULL;
	}
	rc = hc_table_row(table, cells);
	free(cells);
	return rc == HC_OK ? HC_OK : hc_db_nomem(store->db);
}

static enum hc_status
export_entity(struct hc_store *store, const struct names *names,
    const struct hc_entity *e, bool office_made, struct hc_table *table)
{
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (office_made && hc_catalogue_field(e, "origin") == NULL)
		return HC_OK;
	rc = hc_row_new(&row, e) != HC_OK ? hc_db_nomem(store->db) :
	    hc_row_query(store, e, office_made ?
	    " AND t.origin = 'office' ORDER BY t.id" : NULL, &st);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = hc_row_read(store, st, row)) == HC_OK)
			rc = export_row(store, names, row, table);
	hc_row_free(row);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
new_table(struct hc_store *store, const struct names *names,
    struct hc_table **table)
{
	struct hc_table_column *columns;
	enum hc_status rc;
	size_t i;

	if ((columns = calloc(names->len, sizeof(*columns))) == NULL)
		return hc_db_nomem(store->db);
	for (i = 0; i < names->len; i++)
		columns[i].name = names->items[i];
	rc = hc_table_new(table, columns, names->len);
	free(columns);
	return rc == HC_OK ? HC_OK : hc_db_nomem(store->db);
}

enum hc_status
hc_define_export(struct hc_store *store, const struct hc_entity *entity,
    bool office_made, struct hc_table **table)
{
	const struct hc_catalogue *c = store->catalogue;
	struct hc_table *made = NULL;
	struct names names = { NULL, 0, 0 };
	enum hc_status rc;
	size_t i;

	*table = NULL;
	if ((rc = all_names(store, entity, &names)) == HC_OK)
		rc = new_table(store, &names, &made);
	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (is_wanted(&c->entities[i], entity))
			rc = export_entity(store, &names, &c->entities[i],
			    office_made, made);
	free(names.items);
	if (rc == HC_OK)
		*table = made;
	else
		hc_table_free(made);
	return rc;
}

/* ---- In ---- */

struct apply {
	struct hc_define *define;
	struct hc_store *store;
	struct hc_tsv_reader *tsv;
	struct hc_table *plan;
	hc_define_fault *fault;
	void *arg;
	bool sound;
};

static void
tell(struct apply *a, const char *column, const char *words)
{
	char where[24];

	snprintf(where, sizeof(where), "%lu", hc_tsv_line(a->tsv));
	a->sound = false;
	a->fault(a->arg, where, column, words);
}

/* What the row says of the fields that are no key. */
static enum hc_status
read_values(struct apply *a, const struct hc_entity *e,
    struct hc_define_value *values, size_t *n)
{
	const struct hc_field *f;
	const char *name, *text;
	int i;

	*n = 0;
	for (i = 0; i < hc_tsv_columns(a->tsv); i++) {
		name = hc_tsv_name(a->tsv, i);
		if (strcmp(name, "kind") == 0 || strcmp(name, "origin") == 0)
			continue;
		f = hc_catalogue_field(e, name);
		text = hc_tsv_get(a->tsv, i);
		if (f == NULL) {
			if (text == NULL)
				continue;
			tell(a, name, _("this kind has no such field"));
			return HC_INVALID;
		}
		if (hc_catalogue_has(e->key, ',', name, strlen(name)))
			continue;
		values[*n].name = name;
		values[(*n)++].text = text != NULL ? text : "";
	}
	return HC_OK;
}

/* The values of the key, in its order. */
static enum hc_status
read_key(struct apply *a, const struct hc_entity *e, const char **key,
    size_t *n)
{
	const char *p = e->key;
	char name[64];
	size_t len;

	for (*n = 0; *p != '\0' && *n < 4; p += len + (p[len] == ',')) {
		len = strcspn(p, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, p);
		key[*n] = hc_tsv_get(a->tsv, hc_tsv_column(a->tsv, name));
		if (key[*n] == NULL) {
			tell(a, name, _("it belongs to the key and is "
			    "missing"));
			return HC_INVALID;
		}
		(*n)++;
	}
	return HC_OK;
}

static enum hc_status
apply_row(struct apply *a, struct hc_define_value *values)
{
	struct hc_define_change change = { .mode = HC_DEFINE_EITHER,
	    .values = values };
	const char *kind = hc_tsv_get(a->tsv, hc_tsv_column(a->tsv, "kind"));
	const char *key[4];
	enum hc_status rc;

	if (kind == NULL) {
		tell(a, "kind", _("the kind is missing"));
		return HC_INVALID;
	}
	if ((rc = hc_define_kind(a->store, kind, &change.entity)) != HC_OK) {
		tell(a, "kind", hc_store_error(a->store));
		return rc;
	}
	change.key = key;
	if ((rc = read_key(a, change.entity, key, &change.nkey)) != HC_OK ||
	    (rc = read_values(a, change.entity, values, &change.nvalues)) !=
	    HC_OK)
		return rc;
	rc = hc_define_put(a->define, &change, a->plan);
	if (rc == HC_INVALID || rc == HC_CONFLICT) {
		tell(a, NULL, hc_store_error(a->store));
		rc = HC_INVALID;
	}
	return rc;
}

enum hc_status
hc_define_apply(struct hc_define *define, struct hc_tsv_reader *tsv,
    struct hc_table *plan, hc_define_fault *fault, void *arg)
{
	struct apply a = { .define = define,
	    .store = hc_define_store(define), .tsv = tsv, .plan = plan,
	    .fault = fault, .arg = arg, .sound = true };
	struct hc_define_value *values;
	enum hc_status rc;

	values = calloc((size_t)hc_tsv_columns(tsv) + 1, sizeof(*values));
	if (values == NULL)
		return hc_db_nomem(a.store->db);
	while ((rc = hc_tsv_next(tsv)) == HC_OK || rc == HC_INVALID) {
		if (rc == HC_INVALID) {
			a.sound = false;
			fault(arg, NULL, NULL, hc_tsv_error(tsv));
			continue;
		}
		rc = apply_row(&a, values);
		if (rc != HC_OK && rc != HC_INVALID)
			break;
	}
	free(values);
	if (rc == HC_NOTFOUND)
		return a.sound ? HC_OK : hc_db_fail(a.store->db, HC_INVALID,
		    _("nothing was changed"));
	return rc == HC_IO ? hc_db_fail(a.store->db, rc, "%s",
	    hc_tsv_error(tsv)) : rc;
}
