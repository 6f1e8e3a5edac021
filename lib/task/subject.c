/* Records that work lists look at: one query, its columns by need. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "store/schema.h"
#include "task/query.h"

#include "task/subject.h"

#define FIXED 3		/* columns before the slots: id, episode, person */

static const char phones_sql[] =
	"SELECT number FROM phone WHERE office = :office AND"
	" person = :person ORDER BY id";

struct slot {
	const char *name, *sql;
	const struct hc_field *field;	/* NULL: a common column */
	bool known;			/* text is of the present record */
	bool there;
	struct hc_buf text;
};

struct hc_subject {
	struct hc_store *store;
	const struct hc_expr_clock *clock;
	struct hc_query query;
	struct hc_expr_scope scope;
	const struct hc_field *phones;	/* the situation's */
	struct slot *slots;
	size_t nslots;
	struct hc_stmt *st;
	bool snapshot;
	enum hc_status status;		/* of the values so far */
};

/* ---- Names ---- */

static enum hc_status
add_slot(struct hc_subject *s, const struct slot *slot, int *index,
    struct hc_error *err)
{
	struct slot *grown;
	size_t i;

	for (i = 0; i < s->nslots; i++)
		if (strcmp(s->slots[i].name, slot->name) == 0) {
			*index = (int)i;
			return HC_OK;
		}
	grown = realloc(s->slots, (s->nslots + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_error_nomem(err);
	s->slots = grown;
	grown[s->nslots] = *slot;
	*index = (int)s->nslots++;
	return HC_OK;
}

static enum hc_status
resolve(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	struct hc_subject *s = arg;
	struct slot slot = { 0 };
	enum hc_status rc;

	rc = s->query.scope.expr.resolve(&s->query.scope, name, out, err);
	if (rc != HC_OK)
		return rc;
	slot.name = out->name;
	slot.sql = out->sql;
	slot.field = out->field;
	return add_slot(s, &slot, &out->slot, err);
}

static void
each_name(void *arg, hc_expr_word *word, void *to)
{
	struct hc_subject *s = arg;

	s->query.scope.expr.each_name(&s->query.scope, word, to);
}

bool
hc_subject_fits(const struct hc_entity *entity)
{
	const struct hc_field *f = hc_catalogue_field(entity, "episode");

	return entity->kind == HC_ENTITY_RECORD && f != NULL &&
	    f->type == HC_TYPE_REF;
}

enum hc_status
hc_subject_new(struct hc_subject **out, struct hc_store *store,
    const struct hc_expr_clock *clock, const char *name)
{
	struct hc_subject *s;
	enum hc_status rc;

	if ((*out = s = calloc(1, sizeof(*s))) == NULL)
		return hc_db_nomem(store->db);
	s->store = store;
	s->clock = clock;
	s->phones = hc_catalogue_field(hc_catalogue_entity(store->catalogue,
	    "situation"), "phones");
	if ((rc = hc_query_init(&s->query, store, name)) != HC_OK)
		return rc;
	if (!hc_subject_fits(s->query.entity))
		return hc_db_fail(store->db, HC_INVALID, _("'%s' has no "
		    "episode that a work list could name"), name);
	s->scope = s->query.scope.expr;
	s->scope.arg = s;
	s->scope.resolve = resolve;
	s->scope.each_name = each_name;
	return HC_OK;
}

void
hc_subject_free(struct hc_subject *s)
{
	size_t i;

	if (s == NULL)
		return;
	hc_subject_end(s);
	for (i = 0; i < s->nslots; i++)
		hc_buf_free(&s->slots[i].text);
	free(s->slots);
	hc_query_clear(&s->query);
	free(s);
}

const struct hc_expr_scope *
hc_subject_scope(struct hc_subject *s)
{
	return &s->scope;
}

enum hc_status
hc_subject_want(struct hc_subject *s, const char *name, int *index,
    struct hc_error *err)
{
	const struct slot phones = { .name = "phones", .field = s->phones };
	bool through = strncmp(name, "person.", 7) == 0 &&
	    hc_catalogue_field(s->query.entity, "person") == NULL;
	struct hc_expr_name found;
	enum hc_status rc;
	const char *near;
	char full[128];

	if (strcmp(name, "phones") == 0)
		return add_slot(s, &phones, index, err);
	snprintf(full, sizeof(full), "%s%s", through ? "episode." : "", name);
	rc = resolve(s, full, &found, err);
	if (rc == HC_OK && found.field != NULL) {
		*index = found.slot;
		return HC_OK;
	}
	if (rc != HC_OK && rc != HC_NOTFOUND)
		return rc;
	near = hc_catalogue_near_field(s->query.entity, name);
	if (near != NULL)
		return hc_error_set(err, HC_INVALID, _("unknown column '%s', "
		    "did you mean '%s'?"), name, near);
	return hc_error_set(err, HC_INVALID, _("unknown column '%s'"), name);
}

const struct hc_field *
hc_subject_field(const struct hc_subject *s, int slot)
{
	return s->slots[slot].field;
}

/* ---- Rows ---- */

/* SQL by the catalogue: the names that somebody asked for.  The person is
   the record's own, or that of its episode. */
static enum hc_status
put_query(struct hc_subject *s, const struct hc_situation_filter *filter,
    struct hc_buf *sql)
{
	struct hc_buf person = HC_BUF_INIT;
	const struct hc_field *f;
	enum hc_status rc;
	size_t i;

	if ((rc = hc_scope_resolve(&s->query.scope, "person", &f, &person,
	    hc_db_error_buffer(s->store->db))) != HC_OK)
		goto out;
	hc_buf_printf(sql, "SELECT t.id, t.episode, %s",
	    hc_buf_text(&person));
	for (i = 0; i < s->nslots; i++)
		hc_buf_printf(sql, ", %s", s->slots[i].sql != NULL ?
		    s->slots[i].sql : "NULL");
	hc_buf_puts(sql, " FROM ");
	if ((rc = hc_schema_name(sql, s->query.entity->name)) != HC_OK)
		goto out;
	hc_buf_printf(sql, " t WHERE %s", hc_buf_text(&s->query.where));
	if (filter != NULL && filter->episode != 0)
		hc_buf_puts(sql, " AND t.episode = :episode");
	if (filter != NULL && filter->person != 0)
		hc_buf_printf(sql, " AND %s = :person",
		    hc_buf_text(&person));
	if (filter != NULL && filter->record != 0)
		hc_buf_puts(sql, " AND t.id = :record");
	hc_buf_puts(sql, " ORDER BY t.id");
	if (hc_buf_failed(&person))
		rc = hc_db_nomem(s->store->db);
out:
	hc_buf_free(&person);
	return rc;
}

enum hc_status
hc_subject_begin(struct hc_subject *s, const char *where,
    const struct hc_situation_filter *filter)
{
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc;

	if ((rc = hc_query_where(&s->query, where, s->clock)) == HC_OK &&
	    (rc = put_query(s, filter, &sql)) == HC_OK)
		rc = hc_query_prepare(&s->query, &sql, &s->st);
	hc_buf_free(&sql);
	if (rc == HC_OK && filter != NULL && filter->episode != 0)
		rc = hc_stmt_int(s->st, ":episode", filter->episode);
	if (rc == HC_OK && filter != NULL && filter->person != 0)
		rc = hc_stmt_int(s->st, ":person", filter->person);
	if (rc == HC_OK && filter != NULL && filter->record != 0)
		rc = hc_stmt_int(s->st, ":record", filter->record);
	if (rc == HC_OK && (rc = hc_db_snapshot(s->store->db)) == HC_OK)
		s->snapshot = true;
	return rc;
}

enum hc_status
hc_subject_next(struct hc_subject *s)
{
	size_t i;

	if (s->status != HC_OK)
		return s->status;
	for (i = 0; i < s->nslots; i++)
		s->slots[i].known = false;
	return hc_stmt_next(s->st);
}

void
hc_subject_end(struct hc_subject *s)
{
	hc_stmt_free(s->st);
	s->st = NULL;
	if (s->snapshot)
		hc_db_snapshot_end(s->store->db);
	s->snapshot = false;
}

int64_t
hc_subject_id(const struct hc_subject *s)
{
	return hc_stmt_get_int(s->st, 0);
}

int64_t
hc_subject_episode(const struct hc_subject *s)
{
	return hc_stmt_get_int(s->st, 1);
}

int64_t
hc_subject_person(const struct hc_subject *s)
{
	return hc_stmt_get_int(s->st, 2);
}

/* ---- Values ---- */

static enum hc_status
read_phones(struct hc_subject *s, struct hc_buf *out)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, s->store->db, phones_sql)) == HC_OK)
		rc = hc_stmt_int(st, ":person", hc_subject_person(s));
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		hc_buf_printf(out, "%s%s", out->len > 0 ? ";" : "",
		    hc_stmt_get_text(st, 0));
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND)
		rc = out->len > 0 ? HC_OK : HC_NOTFOUND;
	return rc;
}

static enum hc_status
read_slot(struct hc_subject *s, int index)
{
	struct slot *slot = &s->slots[index];
	int column = FIXED + index;

	if (slot->sql == NULL)
		return read_phones(s, &slot->text);
	if (slot->field != NULL)
		return hc_row_text(slot->field, s->st, column, &slot->text);
	if (hc_stmt_is_null(s->st, column))
		return HC_NOTFOUND;
	hc_buf_puts(&slot->text, hc_stmt_get_text(s->st, column));
	return HC_OK;
}

const char *
hc_subject_value(struct hc_subject *s, int index)
{
	struct slot *slot = &s->slots[index];
	enum hc_status rc;

	if (!slot->known) {
		hc_buf_clear(&slot->text);
		rc = read_slot(s, index);
		if (rc == HC_OK && hc_buf_failed(&slot->text))
			rc = hc_db_nomem(s->store->db);
		if (rc != HC_OK && rc != HC_NOTFOUND)
			s->status = rc;
		slot->there = rc == HC_OK;
		slot->known = true;
	}
	return slot->there ? hc_buf_text(&slot->text) : NULL;
}

static const char *
value(void *arg, const struct hc_expr_name *name)
{
	return hc_subject_value(arg, name->slot);
}

bool
hc_subject_holds(struct hc_subject *s, const struct hc_expr *expr)
{
	struct hc_expr_values values = { .arg = s, .value = value };

	return hc_expr_true(expr, &values, s->clock);
}
