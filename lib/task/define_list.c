/* Definitions as tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "task/define.h"

/* For reading: the fields that matter, where a kind has them. */
static const char *const brief_fields[] = { "type", "of", "value", "subject",
    "lang", "expr", "points", "rows", "cols", "required", "field",
    "valid_from", "until", "spellings", "label_ja", "label_en", "origin",
    "retired" };

/* The columns of a list: fields by their place. */
struct columns {
	const struct hc_field **fields;
	size_t len;
};

static bool
in_key(const struct hc_field *f)
{
	return hc_catalogue_has(f->entity->key, ',', f->name,
	    strlen(f->name));
}

static bool
is_brief(const struct hc_field *f)
{
	size_t i;

	/* One label is enough: that of the reader's language. */
	if (strcmp(f->name, "label_ja") == 0 ||
	    strcmp(f->name, "label_en") == 0)
		return strcmp(f->name, strcmp(_("language code"), "ja") == 0 ?
		    "label_ja" : "label_en") == 0;
	for (i = 0; i < sizeof(brief_fields) / sizeof(brief_fields[0]); i++)
		if (strcmp(brief_fields[i], f->name) == 0)
			return true;
	return in_key(f);
}

static enum hc_status
choose(struct hc_store *store, const struct hc_entity *e, bool brief,
    struct columns *columns)
{
	size_t i;

	columns->len = 0;
	columns->fields = calloc(e->nfields + 1, sizeof(*columns->fields));
	if (columns->fields == NULL)
		return hc_db_nomem(store->db);
	for (i = 0; i < e->nfields; i++)
		if (!brief || is_brief(e->fields[i]))
			columns->fields[columns->len++] = e->fields[i];
	return HC_OK;
}

static enum hc_status
new_list(struct hc_store *store, const struct columns *columns, bool brief,
    struct hc_table **table)
{
	struct hc_table_column *named;
	enum hc_status rc;
	size_t i, n = 0;

	named = calloc(columns->len + 1, sizeof(*named));
	if (named == NULL)
		return hc_db_nomem(store->db);
	if (!brief) {
		named[n].name = "kind";
		named[n++].label = _("kind");
	}
	for (i = 0; i < columns->len; i++)
		named[n++] = hc_value_column(columns->fields[i]);
	rc = hc_table_new(table, named, n);
	free(named);
	return rc == HC_OK ? HC_OK : hc_db_nomem(store->db);
}

static enum hc_status
add_row(struct hc_store *store, const struct columns *columns, bool brief,
    const struct hc_row *row, struct hc_table *table)
{
	const char **cells;
	enum hc_status rc;
	size_t i, n = 0;

	cells = calloc(columns->len + 1, sizeof(*cells));
	if (cells == NULL)
		return hc_db_nomem(store->db);
	if (!brief)
		cells[n++] = row->entity->name;
	for (i = 0; i < columns->len; i++)
		cells[n++] = hc_row_get(row, columns->fields[i]);
	rc = hc_table_row(table, cells);
	free(cells);
	return rc == HC_OK ? HC_OK : hc_db_nomem(store->db);
}

/* In the order of use: by the key's first part, then by position. */
static enum hc_status
list_query(struct hc_store *store, const struct hc_entity *e,
    const char *const *key, size_t nkey, struct hc_stmt **st)
{
	struct hc_buf rest = HC_BUF_INIT;
	char name[64], bound[32];
	const char *p = e->key;
	enum hc_status rc;
	size_t i, n;

	/* SQL by the catalogue. */
	for (i = 0; i < nkey && p != NULL && *p != '\0'; i++) {
		n = strcspn(p, ",");
		snprintf(name, sizeof(name), "%.*s", (int)n, p);
		hc_buf_printf(&rest, " AND t.\"%s\" = :k%zu", name, i);
		p += n + (p[n] == ',');
	}
	if (i < nkey) {
		hc_buf_free(&rest);
		return hc_db_fail(store->db, HC_INVALID,
		    _("a '%s' is addressed by: %s"), e->name, e->key);
	}
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(e->key, ","),
	    e->key);
	hc_buf_puts(&rest, " ORDER BY ");
	if (strchr(e->key, ',') != NULL)
		hc_buf_printf(&rest, "t.\"%s\", ", name);
	if (hc_catalogue_field(e, "position") != NULL)
		hc_buf_puts(&rest, "t.position NULLS LAST, ");
	hc_buf_puts(&rest, "t.id");
	rc = hc_buf_failed(&rest) ? hc_db_nomem(store->db) :
	    hc_row_query(store, e, hc_buf_text(&rest), st);
	for (i = 0; rc == HC_OK && i < nkey; i++) {
		snprintf(bound, sizeof(bound), ":k%zu", i);
		rc = hc_stmt_text(*st, bound, key[i]);
	}
	hc_buf_free(&rest);
	return rc;
}

enum hc_status
hc_define_list(struct hc_store *store, const struct hc_entity *entity,
    const char *const *key, size_t nkey, bool brief, struct hc_table **table)
{
	struct columns columns = { NULL, 0 };
	struct hc_table *made = NULL;
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	*table = NULL;
	if ((rc = choose(store, entity, brief, &columns)) != HC_OK ||
	    (rc = new_list(store, &columns, brief, &made)) != HC_OK ||
	    (rc = list_query(store, entity, key, nkey, &st)) != HC_OK)
		goto out;
	if (hc_row_new(&row, entity) != HC_OK) {
		rc = hc_db_nomem(store->db);
		goto out;
	}
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = hc_row_read(store, st, row)) != HC_OK ||
		    (rc = add_row(store, &columns, brief, row, made)) != HC_OK)
			goto out;
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
out:
	hc_row_free(row);
	hc_stmt_free(st);
	free(columns.fields);
	if (rc == HC_OK)
		*table = made;
	else
		hc_table_free(made);
	return rc;
}

/* How many there are, how many of them the office's and retired. */
static enum hc_status
count(struct hc_store *store, const struct hc_entity *e, int64_t n[3])
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int i;

	/* SQL by the catalogue. */
	hc_buf_puts(&sql, "SELECT count(*), count(*) FILTER (WHERE ");
	hc_buf_puts(&sql, hc_catalogue_field(e, "origin") != NULL ?
	    "origin = 'office'" : "1 = 0");
	hc_buf_puts(&sql, "), count(*) FILTER (WHERE ");
	hc_buf_puts(&sql, hc_catalogue_field(e, "retired") != NULL ?
	    "retired = 1" : "1 = 0");
	hc_buf_printf(&sql, ") FROM \"%s\" WHERE office = :office", e->name);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(store->db) :
	    hc_stmt_new(&st, store->db, hc_buf_text(&sql));
	if (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		for (i = 0; i < 3; i++)
			n[i] = hc_stmt_get_int(st, i);
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc;
}

enum hc_status
hc_define_kinds(struct hc_store *store, struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "kind", _("kind"), HC_TYPE_TEXT },
		{ "label", _("label"), HC_TYPE_TEXT },
		{ "definitions", _("number"), HC_TYPE_INTEGER },
		{ "office_made", _("the office's"), HC_TYPE_INTEGER },
		{ "retired", _("retired"), HC_TYPE_INTEGER },
		{ "note", _("what it is"), HC_TYPE_TEXT },
	};
	const struct hc_catalogue *c = store->catalogue;
	const struct hc_entity *e;
	char text[3][24];
	enum hc_status rc = HC_OK;
	int64_t n[3];
	size_t i, j;

	if (hc_table_new(table, columns, 6) != HC_OK)
		return hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < c->nentities; i++) {
		e = &c->entities[i];
		if (e->kind != HC_ENTITY_DEFINITION)
			continue;
		if ((rc = count(store, e, n)) != HC_OK)
			break;
		for (j = 0; j < 3; j++)
			snprintf(text[j], sizeof(text[j]), "%lld",
			    (long long)n[j]);
		const char *cells[] = { e->name, hc_catalogue_entity_label(e),
		    text[0], text[1], text[2], e->note };

		if (hc_table_row(*table, cells) != HC_OK)
			rc = hc_db_nomem(store->db);
	}
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	return rc;
}

enum hc_status
hc_define_show(struct hc_store *store, const struct hc_row *row, bool labels,
    struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "field", _("field"), HC_TYPE_TEXT },
		{ "value", _("value"), HC_TYPE_TEXT },
	};
	const struct hc_entity *e = row->entity;
	enum hc_status rc = HC_OK;
	const char *cells[2];
	size_t i;

	if (hc_table_new(table, columns, 2) != HC_OK)
		return hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		cells[0] = labels ? hc_catalogue_label(e->fields[i]) :
		    e->fields[i]->name;
		cells[1] = row->values[i];
		if (hc_table_row(*table, cells) != HC_OK)
			rc = hc_db_nomem(store->db);
	}
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	return rc;
}
