/*
 * Rows of any entity.  Statements are made from the catalogue once a
 * connection and entity, and kept.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "store/schema.h"

#include "store/row.h"

#define UPDATES 8	/* prepared at a time, of each entity */

struct statements {
	struct hc_stmt *load, *insert, *remove;
	struct update {
		char *sql;
		struct hc_stmt *st;
	} updates[UPDATES];		/* the last few sets of fields */
	unsigned int turn;
};

struct hc_row_cache {
	size_t len;
	struct statements of[];		/* by entity->index */
};

enum hc_status
hc_row_new(struct hc_row **out, const struct hc_entity *entity)
{
	struct hc_row *row;

	*out = NULL;
	if ((row = calloc(1, sizeof(*row))) == NULL)
		return HC_NOMEM;
	row->entity = entity;
	row->values = calloc(entity->nfields + 1, sizeof(*row->values));
	if (row->values == NULL) {
		free(row);
		return HC_NOMEM;
	}
	*out = row;
	return HC_OK;
}

void
hc_row_free(struct hc_row *row)
{
	size_t i;

	if (row == NULL)
		return;
	for (i = 0; i < row->entity->nfields; i++)
		free(row->values[i]);
	free(row->values);
	free(row);
}

enum hc_status
hc_row_set(struct hc_row *row, const struct hc_field *field, const char *text)
{
	char *copy = NULL;

	if (text != NULL && text[0] != '\0' && (copy = strdup(text)) == NULL)
		return HC_NOMEM;
	free(row->values[field->index]);
	row->values[field->index] = copy;
	return HC_OK;
}

const char *
hc_row_get(const struct hc_row *row, const struct hc_field *field)
{
	return row->values[field->index];
}

const char *
hc_row_value(const struct hc_row *row, const char *name)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);

	return f != NULL ? row->values[f->index] : NULL;
}

enum hc_status
hc_row_copy(struct hc_row **out, const struct hc_row *row)
{
	struct hc_row *copy;
	size_t i;

	if (hc_row_new(out, row->entity) != HC_OK)
		return HC_NOMEM;
	copy = *out;
	copy->id = row->id;
	copy->revision = row->revision;
	memcpy(copy->created_at, row->created_at, sizeof(row->created_at));
	memcpy(copy->updated_at, row->updated_at, sizeof(row->updated_at));
	for (i = 0; i < row->entity->nfields; i++)
		if (hc_row_set(copy, row->entity->fields[i],
		    row->values[i]) != HC_OK) {
			hc_row_free(copy);
			*out = NULL;
			return HC_NOMEM;
		}
	return HC_OK;
}

static int64_t
power10(int n)
{
	int64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

enum hc_status
hc_row_text(const struct hc_field *field, const struct hc_stmt *stmt,
    int column, struct hc_buf *out)
{
	int64_t n, one;

	if (hc_stmt_is_null(stmt, column))
		return HC_NOTFOUND;
	if (field->type == HC_TYPE_DECIMAL && field->decimals > 0) {
		n = hc_stmt_get_int(stmt, column);
		one = power10(field->decimals);
		hc_buf_printf(out, "%s%lld.%0*lld", n < 0 ? "-" : "",
		    llabs(n / one), field->decimals, llabs(n % one));
	} else
		hc_buf_puts(out, hc_stmt_get_text(stmt, column));
	if (hc_stmt_check(stmt) != HC_OK || hc_buf_failed(out))
		return HC_NOMEM;
	return HC_OK;
}

/* "37.5" to 375 with one decimal; the text is canonical. */
static enum hc_status
scaled(const char *text, int decimals, int64_t *n)
{
	bool negative = text[0] == '-';
	const char *p = text + negative;
	int places = -1;

	for (*n = 0; *p != '\0'; p++) {
		if (*p == '.' && places == -1) {
			places = 0;
			continue;
		}
		if (*p < '0' || *p > '9' || *n > INT64_MAX / 100)
			return HC_INVALID;
		if (places >= 0 && places++ >= decimals)
			return HC_INVALID;
		*n = *n * 10 + (*p - '0');
	}
	if (__builtin_mul_overflow(*n, power10(decimals - (places > 0 ?
	    places : 0)), n))
		return HC_INVALID;
	if (negative)
		*n = -*n;
	return HC_OK;
}

static bool
is_number(const struct hc_field *field)
{
	return field->type == HC_TYPE_INTEGER ||
	    field->type == HC_TYPE_YESNO || field->type == HC_TYPE_REF ||
	    field->type == HC_TYPE_DECIMAL;
}

static enum hc_status
number(struct hc_store *store, const struct hc_field *field,
    const char *text, int64_t *n)
{
	if (scaled(text, field->decimals, n) == HC_OK)
		return HC_OK;
	return hc_db_fail(store->db, HC_INVALID,
	    _("'%s' is no number that '%s' can hold"), text, field->name);
}

enum hc_status
hc_row_bind(struct hc_store *store, struct hc_stmt *stmt, const char *name,
    const struct hc_field *field, const char *text)
{
	enum hc_status rc;
	int64_t n;

	if (text == NULL || !is_number(field))
		return hc_stmt_text(stmt, name, text);
	if ((rc = number(store, field, text, &n)) != HC_OK)
		return rc;
	return hc_stmt_int(stmt, name, n);
}

/* The same by the parameter's number, for whole rows. */
static enum hc_status
bind_at(struct hc_store *store, struct hc_stmt *stmt, int place,
    const struct hc_field *field, const char *text)
{
	enum hc_status rc;
	int64_t n;

	if (text == NULL || !is_number(field))
		return hc_stmt_text_at(stmt, place, text);
	if ((rc = number(store, field, text, &n)) != HC_OK)
		return rc;
	return hc_stmt_int_at(stmt, place, n);
}

static void
put_columns(const struct hc_entity *entity, struct hc_buf *sql)
{
	size_t i;

	hc_buf_puts(sql, "t.id, t.revision, t.created_at, t.updated_at");
	for (i = 0; i < entity->nfields; i++) {
		hc_buf_puts(sql, ", t.");
		hc_schema_name(sql, entity->fields[i]->name);
	}
}

enum hc_status
hc_row_query(struct hc_store *store, const struct hc_entity *entity,
    const char *rest, struct hc_stmt **stmt)
{
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc;

	hc_buf_puts(&sql, "SELECT ");
	put_columns(entity, &sql);
	hc_buf_printf(&sql, " FROM \"%s\" t WHERE t.office = :office%s",
	    entity->name, rest != NULL ? rest : " ORDER BY t.id");
	rc = hc_buf_failed(&sql) ? hc_db_nomem(store->db) :
	    hc_stmt_new(stmt, store->db, hc_buf_text(&sql));
	hc_buf_free(&sql);
	return rc;
}

static enum hc_status
read_value(struct hc_row *row, const struct hc_field *field,
    const struct hc_stmt *stmt, int column)
{
	struct hc_buf text = HC_BUF_INIT;
	enum hc_status rc;

	if (field->type != HC_TYPE_DECIMAL)
		return hc_row_set(row, field, hc_stmt_get_text(stmt, column));
	rc = hc_row_text(field, stmt, column, &text);
	if (rc == HC_OK || rc == HC_NOTFOUND)
		rc = hc_row_set(row, field, rc == HC_OK ?
		    hc_buf_text(&text) : NULL);
	hc_buf_free(&text);
	return rc;
}

/* One of the two times, which only a damaged file lacks. */
static void
read_time(char out[21], const struct hc_stmt *stmt, int column)
{
	const char *text = hc_stmt_get_text(stmt, column);

	out[20] = '\0';
	memccpy(out, text != NULL ? text : "", '\0', 20);
}

enum hc_status
hc_row_read(struct hc_store *store, struct hc_stmt *stmt,
    struct hc_row *row)
{
	enum hc_status rc = HC_OK;
	size_t i;

	row->id = hc_stmt_get_int(stmt, 0);
	row->revision = hc_stmt_get_int(stmt, 1);
	read_time(row->created_at, stmt, 2);
	read_time(row->updated_at, stmt, 3);
	for (i = 0; i < row->entity->nfields; i++) {
		rc = read_value(row, row->entity->fields[i], stmt,
		    4 + (int)i);
		if (rc != HC_OK)
			break;
	}
	/* A value or a time may be missing because memory was. */
	if (rc == HC_OK)
		rc = hc_stmt_check(stmt);
	return rc == HC_NOMEM ? hc_db_nomem(store->db) : rc;
}

static void
sql_load(struct hc_buf *sql, const struct hc_entity *e)
{
	hc_buf_puts(sql, "SELECT ");
	put_columns(e, sql);
	hc_buf_printf(sql, " FROM \"%s\" t WHERE t.id = :id"
	    " AND t.office = :office", e->name);
}

static void
sql_insert(struct hc_buf *sql, const struct hc_entity *e)
{
	size_t i;

	hc_buf_printf(sql, "INSERT INTO \"%s\" (id, office, revision,"
	    " created_at, updated_at", e->name);
	for (i = 0; i < e->nfields; i++) {
		hc_buf_puts(sql, ", ");
		hc_schema_name(sql, e->fields[i]->name);
	}
	hc_buf_puts(sql, ") VALUES (:id, :office, :revision, :created_at,"
	    " :updated_at");
	for (i = 0; i < e->nfields; i++)
		hc_buf_printf(sql, ", :f%zu", i);
	hc_buf_puts(sql, ")");
}

static bool
differs(const struct hc_row *a, const struct hc_row *b, size_t i)
{
	return a->values[i] == NULL || b->values[i] == NULL ?
	    a->values[i] != b->values[i] :
	    strcmp(a->values[i], b->values[i]) != 0;
}

static void
sql_update(struct hc_buf *sql, const struct hc_row *before,
    const struct hc_row *row)
{
	const struct hc_entity *e = row->entity;
	size_t i;

	hc_buf_puts(sql, "UPDATE ");
	hc_schema_name(sql, e->name);
	hc_buf_puts(sql, " SET revision = :revision,"
	    " created_at = :created_at, updated_at = :updated_at");
	for (i = 0; i < e->nfields; i++)
		if (differs(before, row, i)) {
			hc_buf_puts(sql, ", ");
			hc_schema_name(sql, e->fields[i]->name);
			hc_buf_printf(sql, " = :f%zu", i);
		}
	hc_buf_puts(sql, " WHERE id = :id AND office = :office");
}

static void
sql_remove(struct hc_buf *sql, const struct hc_entity *e)
{
	hc_buf_printf(sql, "DELETE FROM \"%s\" WHERE id = :id"
	    " AND office = :office", e->name);
}

static struct statements *
statements(struct hc_store *store, const struct hc_entity *e)
{
	size_t n = store->catalogue->nentities;

	if (store->rows == NULL) {
		store->rows = calloc(1, sizeof(*store->rows) +
		    n * sizeof(struct statements));
		if (store->rows == NULL) {
			hc_db_nomem(store->db);
			return NULL;
		}
		store->rows->len = n;
	}
	return &store->rows->of[e->index];
}

/* The statement in ${place}, made by ${build} when it is first needed. */
static enum hc_status
statement(struct hc_store *store, struct hc_stmt **place,
    const struct hc_entity *e,
    void (*build)(struct hc_buf *sql, const struct hc_entity *e))
{
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	if (*place != NULL)
		return HC_OK;
	build(&sql, e);
	if (hc_buf_failed(&sql))
		rc = hc_db_nomem(store->db);
	else
		rc = hc_stmt_new(place, store->db, hc_buf_text(&sql));
	hc_buf_free(&sql);
	return rc;
}

enum hc_status
hc_row_load(struct hc_store *store, const struct hc_entity *entity,
    int64_t id, struct hc_row **out)
{
	struct statements *s = statements(store, entity);
	struct hc_row *row = NULL;
	enum hc_status rc;

	*out = NULL;
	if (s == NULL)
		return HC_NOMEM;
	if ((rc = statement(store, &s->load, entity, sql_load)) != HC_OK ||
	    (rc = hc_stmt_int(s->load, ":id", id)) != HC_OK ||
	    (rc = hc_stmt_next(s->load)) != HC_OK)
		return rc;
	if (hc_row_new(&row, entity) != HC_OK)
		rc = hc_db_nomem(store->db);
	else
		rc = hc_row_read(store, s->load, row);
	hc_stmt_reset(s->load);
	if (rc == HC_OK)
		*out = row;
	else
		hc_row_free(row);
	return rc;
}

/* Bind all values, or with ${before} those that differ, and run. */
static enum hc_status
write_row(struct hc_store *store, struct hc_stmt *st,
    const struct hc_row *before, const struct hc_row *row)
{
	enum hc_status rc;
	size_t i;
	int place;

	if ((rc = hc_stmt_int(st, ":id", row->id)) != HC_OK ||
	    (rc = hc_stmt_int(st, ":revision", row->revision)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":created_at", row->created_at)) != HC_OK)
		return rc;
	/* The fields' parameters follow this one in both statements. */
	if ((place = hc_stmt_place(st, ":updated_at")) == 0)
		return HC_ERROR;
	if ((rc = hc_stmt_text_at(st, place, row->updated_at)) != HC_OK)
		return rc;
	for (i = 0; i < row->entity->nfields; i++) {
		if (before != NULL && !differs(before, row, i))
			continue;
		if ((rc = bind_at(store, st, ++place, row->entity->fields[i],
		    row->values[i])) != HC_OK)
			return rc;
	}
	return hc_stmt_run(st);
}

enum hc_status
hc_row_write(struct hc_store *store, struct hc_stmt *stmt,
    const struct hc_row *row)
{
	return write_row(store, stmt, NULL, row);
}

enum hc_status
hc_row_insert(struct hc_store *store, const struct hc_row *row)
{
	struct statements *s = statements(store, row->entity);
	enum hc_status rc;

	if (s == NULL)
		return HC_NOMEM;
	rc = statement(store, &s->insert, row->entity, sql_insert);
	return rc == HC_OK ? hc_row_write(store, s->insert, row) : rc;
}

static void
forget_update(struct update *u)
{
	hc_stmt_free(u->st);
	free(u->sql);
	u->st = NULL;
	u->sql = NULL;
}

/* The statement for ${sql}, kept for the next row that needs it. */
static enum hc_status
update(struct hc_store *store, struct statements *s, const char *sql,
    struct hc_stmt **st)
{
	struct update *u;
	enum hc_status rc;
	size_t i;

	for (i = 0; i < UPDATES; i++)
		if (s->updates[i].st != NULL &&
		    strcmp(s->updates[i].sql, sql) == 0) {
			*st = s->updates[i].st;
			return HC_OK;
		}
	u = &s->updates[s->turn++ % UPDATES];
	forget_update(u);
	if ((u->sql = strdup(sql)) == NULL)
		return hc_db_nomem(store->db);
	rc = hc_stmt_new(&u->st, store->db, sql);
	*st = u->st;
	return rc;
}

enum hc_status
hc_row_update(struct hc_store *store, const struct hc_row *before,
    const struct hc_row *row)
{
	struct statements *s = statements(store, row->entity);
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if (s == NULL)
		return HC_NOMEM;
	sql_update(&sql, before, row);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(store->db) :
	    update(store, s, hc_buf_text(&sql), &st);
	hc_buf_free(&sql);
	return rc == HC_OK ? write_row(store, st, before, row) : rc;
}

enum hc_status
hc_row_delete(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	struct statements *s = statements(store, entity);
	enum hc_status rc;

	if (s == NULL)
		return HC_NOMEM;
	if ((rc = statement(store, &s->remove, entity, sql_remove)) != HC_OK ||
	    (rc = hc_stmt_int(s->remove, ":id", id)) != HC_OK)
		return rc;
	return hc_stmt_run(s->remove);
}

void
hc_row_forget(struct hc_store *store)
{
	size_t i, j;

	for (i = 0; store->rows != NULL && i < store->rows->len; i++) {
		hc_stmt_free(store->rows->of[i].load);
		hc_stmt_free(store->rows->of[i].insert);
		for (j = 0; j < UPDATES; j++)
			forget_update(&store->rows->of[i].updates[j]);
		hc_stmt_free(store->rows->of[i].remove);
	}
	free(store->rows);
	store->rows = NULL;
}
