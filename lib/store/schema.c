/*
 * Tables made from the catalogue.  Each entity gets the five common columns
 * and one for each field; owners and references are foreign keys that are
 * checked at the commit, so that an undo may write in any order.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/embed.h"

#include "store/schema.h"

#define NAME_MAX_BYTES 40

enum hc_status
hc_schema_name(struct hc_buf *sql, const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	if (name[len] != '\0' || len == 0 || len > NAME_MAX_BYTES ||
	    name[0] < 'a' || name[0] > 'z')
		return HC_ERROR;
	hc_buf_putc(sql, '"');
	hc_buf_puts(sql, name);
	hc_buf_putc(sql, '"');
	return HC_OK;
}

static const char *
column_type(const struct hc_field *f)
{
	switch (f->type) {
	case HC_TYPE_INTEGER:
	case HC_TYPE_DECIMAL:
	case HC_TYPE_YESNO:
	case HC_TYPE_REF:
		return " INTEGER";
	default:
		return " TEXT";
	}
}

static enum hc_status
add_column(struct hc_buf *sql, const struct hc_field *f)
{
	enum hc_status rc;

	if ((rc = hc_schema_name(sql, f->name)) != HC_OK)
		return rc;
	hc_buf_puts(sql, column_type(f));
	if (f->type == HC_TYPE_REF) {
		hc_buf_puts(sql, " REFERENCES ");
		if ((rc = hc_schema_name(sql, f->target->name)) != HC_OK)
			return rc;
		hc_buf_puts(sql, " (id) DEFERRABLE INITIALLY DEFERRED");
	}
	return HC_OK;
}

static enum hc_status
execute(struct hc_db *db, struct hc_buf *sql, enum hc_status rc)
{
	if (rc == HC_ERROR)
		rc = hc_db_fail(db, HC_CONFIG,
		    _("the catalogue holds a name of other than a to z, "
		    "0 to 9 and '_': '%s'"),
		    hc_buf_text(sql));
	else if (rc == HC_OK && hc_buf_failed(sql))
		rc = hc_db_nomem(db);
	else if (rc == HC_OK)
		rc = hc_db_exec(db, hc_buf_text(sql));
	hc_buf_free(sql);
	return rc;
}

static enum hc_status
create_table(struct hc_db *db, const struct hc_entity *e)
{
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc;
	size_t i;

	hc_buf_puts(&sql, "CREATE TABLE IF NOT EXISTS ");
	rc = hc_schema_name(&sql, e->name);
	hc_buf_puts(&sql, " (id INTEGER PRIMARY KEY, office INTEGER NOT NULL,"
	    " revision INTEGER NOT NULL, created_at TEXT NOT NULL,"
	    " updated_at TEXT NOT NULL");
	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		hc_buf_puts(&sql, ", ");
		rc = add_column(&sql, e->fields[i]);
	}
	hc_buf_puts(&sql, ") STRICT");
	return execute(db, &sql, rc);
}

/* Only a run may write; see hc_db_guard(). */
static enum hc_status
create_guard(struct hc_db *db, const struct hc_entity *e,
    const char *operation)
{
	struct hc_buf sql = HC_BUF_INIT;

	hc_buf_printf(&sql, "CREATE TRIGGER IF NOT EXISTS guard_%s_%s"
	    " BEFORE %s ON \"%s\" BEGIN SELECT hc_guard(); END",
	    e->name, operation, operation, e->name);
	return execute(db, &sql, HC_OK);
}

/* An index over columns joined by commas.  A single one is looked up by a
   value; most references have none, and an entry is dear to write. */
static enum hc_status
create_index(struct hc_db *db, const struct hc_entity *e, const char *columns,
    size_t len, bool unique)
{
	struct hc_buf sql = HC_BUF_INIT, name = HC_BUF_INIT;
	struct hc_buf all = HC_BUF_INIT, where = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *p, *end = columns + len;
	char column[NAME_MAX_BYTES + 1];
	size_t n;

	hc_buf_printf(&sql, " ON \"%s\" (", e->name);
	if (unique)
		hc_buf_puts(&sql, "office");
	hc_buf_printf(&name, "index_%s", e->name);
	for (p = columns; rc == HC_OK && p < end; p += n + (p + n < end)) {
		n = strcspn(p, ",");
		if (n > (size_t)(end - p))
			n = (size_t)(end - p);
		snprintf(column, sizeof(column), "%.*s", (int)n, p);
		if (p != columns || unique)
			hc_buf_puts(&sql, ", ");
		rc = hc_schema_name(&sql, column);
		hc_buf_printf(&name, "_%s", column);
		if (n == len && !unique)
			hc_buf_printf(&where, " WHERE \"%s\" IS NOT NULL",
			    column);
	}
	hc_buf_printf(&all, "CREATE %sINDEX IF NOT EXISTS %s%s)%s",
	    unique ? "UNIQUE " : "", hc_buf_text(&name), hc_buf_text(&sql),
	    hc_buf_text(&where));
	if (hc_buf_failed(&name) || hc_buf_failed(&sql) ||
	    hc_buf_failed(&where))
		rc = hc_db_nomem(db);
	hc_buf_free(&name);
	hc_buf_free(&sql);
	hc_buf_free(&where);
	return execute(db, &all, rc);
}

/* Does one of the indexes that the entity asks for begin with ${column}? */
static bool
is_begun(const struct hc_entity *e, const char *column)
{
	size_t len = strlen(column);
	const char *p;

	for (p = e->indexes; p != NULL; p = strchr(p, '|')) {
		p += *p == '|';
		if (strncmp(p, column, len) == 0 &&
		    (p[len] == '\0' || strchr(",|", p[len]) != NULL))
			return true;
	}
	return false;
}

/* The key, every reference, and what the entity asks for besides. */
static enum hc_status
create_indexes(struct hc_db *db, const struct hc_entity *e)
{
	enum hc_status rc = HC_OK;
	const char *p;
	size_t i, n;

	if (e->key != NULL)
		rc = create_index(db, e, e->key, strlen(e->key), true);
	for (i = 0; rc == HC_OK && i < e->nfields; i++)
		if (e->fields[i]->type == HC_TYPE_REF &&
		    !is_begun(e, e->fields[i]->name))
			rc = create_index(db, e, e->fields[i]->name,
			    strlen(e->fields[i]->name), false);
	for (p = e->indexes; rc == HC_OK && p != NULL && *p != '\0';
	    p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		rc = create_index(db, e, p, n, false);
	}
	return rc;
}

static enum hc_status
create_entity(struct hc_db *db, const struct hc_entity *e)
{
	static const char *const operations[] = { "insert", "update",
	    "delete" };
	enum hc_status rc;
	size_t i;

	rc = create_table(db, e);
	for (i = 0; rc == HC_OK && i < 3; i++)
		rc = create_guard(db, e, operations[i]);
	return rc == HC_OK ? create_indexes(db, e) : rc;
}

enum hc_status
hc_schema_create(struct hc_db *db, const struct hc_catalogue *catalogue)
{
	const struct hc_embed *script = hc_embed_find("store/system.sql");
	enum hc_status rc;
	size_t i;

	rc = hc_db_exec(db, script->begin);
	for (i = 0; rc == HC_OK && i < catalogue->nentities; i++)
		if (catalogue->entities[i].kind != HC_ENTITY_COMPUTED)
			rc = create_entity(db, &catalogue->entities[i]);
	return rc == HC_OK ? hc_db_set_version(db, HC_SCHEMA_VERSION) : rc;
}

static enum hc_status
has_column(struct hc_db *db, const struct hc_field *f, bool *there)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int i;

	*there = false;
	hc_buf_printf(&sql, "SELECT * FROM \"%s\" LIMIT 0", f->entity->name);
	if (hc_buf_failed(&sql))
		rc = hc_db_nomem(db);
	else
		rc = hc_stmt_new(&st, db, hc_buf_text(&sql));
	for (i = 0; rc == HC_OK && i < hc_stmt_columns(st); i++)
		if (strcmp(hc_stmt_column_name(st, i), f->name) == 0)
			*there = true;
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc;
}

static enum hc_status
extend_entity(struct hc_db *db, const struct hc_entity *e)
{
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	bool there;
	size_t i;

	if ((rc = create_table(db, e)) != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		rc = has_column(db, e->fields[i], &there);
		if (rc != HC_OK || there)
			continue;
		hc_buf_printf(&sql, "ALTER TABLE \"%s\" ADD COLUMN ",
		    e->name);
		rc = execute(db, &sql, add_column(&sql, e->fields[i]));
	}
	return rc == HC_OK ? create_entity(db, e) : rc;
}

enum hc_status
hc_schema_extend(struct hc_db *db, const struct hc_catalogue *catalogue)
{
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < catalogue->nentities; i++)
		if (catalogue->entities[i].kind != HC_ENTITY_COMPUTED)
			rc = extend_entity(db, &catalogue->entities[i]);
	return rc;
}

enum hc_status
hc_schema_step(struct hc_db *db, int version)
{
	const struct hc_embed *script;
	enum hc_status rc = HC_OK;
	char name[40];

	snprintf(name, sizeof(name), "store/upgrade-%03d.sql", version);
	if ((script = hc_embed_find(name)) != NULL)
		rc = hc_db_exec(db, script->begin);
	return rc == HC_OK ? hc_db_set_version(db, version) : rc;
}
