/*
 * Finding and changing definitions.  How they are listed stands in
 * define_list.c, what makes sense in define_check.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "record/record.h"
#include "store/run.h"
#include "store/schema.h"
#include "task/define_check.h"

#include "task/define.h"

struct hc_define {
	struct hc_store *store;
	const struct hc_value_rule *rule;
	const struct hc_expr_clock *clock;
	struct hc_define_faults before;	/* those that were there already */
};

#define MOST_KEYS 4		/* fields of a key */

/* A key taken apart: names and values, NULL-closed. */
struct key {
	char *names_text, *last;	/* owners */
	const char *names[MOST_KEYS + 1], *values[MOST_KEYS + 1];
	size_t len;
};

static void
key_free(struct key *key)
{
	free(key->names_text);
	free(key->last);
}

/* The names of the key's fields. */
static enum hc_status
key_names(struct hc_store *store, const struct hc_entity *e, struct key *key)
{
	char *p;

	memset(key, 0, sizeof(*key));
	if ((key->names_text = strdup(e->key != NULL ? e->key : "")) == NULL)
		return hc_db_nomem(store->db);
	for (p = key->names_text; *p != '\0' && key->len < MOST_KEYS;) {
		key->names[key->len++] = p;
		p += strcspn(p, ",");
		if (*p == ',')
			*p++ = '\0';
	}
	return HC_OK;
}

static enum hc_status
key_wrong(struct hc_store *store, const struct hc_entity *e,
    const struct key *key)
{
	struct hc_buf words = HC_BUF_INIT;
	size_t i;

	for (i = 0; i < key->len; i++)
		hc_buf_printf(&words, "%s%s", i > 0 ? " " : "",
		    key->names[i]);
	hc_db_fail(store->db, HC_INVALID,
	    _("a '%s' is addressed by: %s"), e->name, hc_buf_text(&words));
	hc_buf_free(&words);
	return HC_INVALID;
}

/* Words of the command line as values of the key. */
static enum hc_status
key_read(struct hc_store *store, const struct hc_entity *e,
    const char *const *words, size_t n, struct key *key)
{
	enum hc_status rc;
	char *dot;
	size_t i;

	if ((rc = key_names(store, e, key)) != HC_OK)
		return rc;
	for (i = 0; i < n && i < MOST_KEYS; i++)
		key->values[i] = words[i];
	if (n == key->len)
		return HC_OK;
	if (n != 1 || key->len != 2 || strchr(words[0], '.') == NULL)
		return key_wrong(store, e, key);
	if ((key->last = strdup(words[0])) == NULL)
		return hc_db_nomem(store->db);
	dot = strrchr(key->last, '.');
	*dot = '\0';
	key->values[0] = key->last;
	key->values[1] = dot + 1;
	return HC_OK;
}

enum hc_status
hc_define_entity(struct hc_store *store, const char *word,
    const struct hc_entity **entity)
{
	const struct hc_catalogue *c = store->catalogue;
	const char *near;
	size_t i;

	if ((*entity = hc_catalogue_entity(c, word)) != NULL &&
	    (*entity)->kind != HC_ENTITY_COMPUTED)
		return HC_OK;
	for (i = 0; i < c->nentities; i++)
		if (c->entities[i].kind != HC_ENTITY_COMPUTED &&
		    (strcmp(c->entities[i].label_ja, word) == 0 ||
		    strcmp(c->entities[i].label_en, word) == 0)) {
			*entity = &c->entities[i];
			return HC_OK;
		}
	near = hc_catalogue_near_entity(c, word);
	return near != NULL ? hc_db_fail(store->db, HC_INVALID,
	    _("there is no kind '%s': did you mean '%s'?"), word, near) :
	    hc_db_fail(store->db, HC_INVALID, _("there is no kind '%s'"),
	    word);
}

enum hc_status
hc_define_kind(struct hc_store *store, const char *word,
    const struct hc_entity **entity)
{
	enum hc_status rc;

	if ((rc = hc_define_entity(store, word, entity)) != HC_OK)
		return rc;
	return (*entity)->kind == HC_ENTITY_DEFINITION ? HC_OK :
	    hc_db_fail(store->db, HC_INVALID,
	    _("'%s' is no kind of definition; hc-define list names them"),
	    word);
}

/* "field person.x_class", made of a key. */
static void
label_key(const struct hc_entity *e, const struct key *key,
    struct hc_buf *out)
{
	size_t i;

	hc_buf_puts(out, e->name);
	for (i = 0; i < key->len; i++)
		hc_buf_printf(out, "%c%s", i == 0 ? ' ' : '.',
		    key->values[i] != NULL ? key->values[i] : "");
}

void
hc_define_label(const struct hc_row *row, struct hc_buf *out)
{
	const char *p = row->entity->key, *value;
	char mark = ' ', name[64];
	size_t n;

	hc_buf_puts(out, row->entity->name);
	for (; p != NULL && *p != '\0'; p += n + (p[n] == ',')) {
		n = strcspn(p, ",");
		snprintf(name, sizeof(name), "%.*s", (int)n, p);
		value = hc_row_value(row, name);
		hc_buf_printf(out, "%c%s", mark, value ? value : "");
		mark = '.';
	}
}

/* Keep words that begin with what they are about. */
static enum hc_status
fail_about(struct hc_store *store, const struct hc_entity *e,
    const struct key *key, enum hc_status rc, const char *words)
{
	struct hc_buf label = HC_BUF_INIT;

	label_key(e, key, &label);
	hc_db_fail(store->db, rc, "%s: %s", hc_buf_text(&label), words);
	hc_buf_free(&label);
	return rc;
}

/* The nearest key among the definitions of the kind, for "did you mean". */
static enum hc_status
not_there(struct hc_store *store, const struct hc_entity *e,
    const struct key *key)
{
	struct hc_buf sql = HC_BUF_INIT, words = HC_BUF_INIT;
	const char *last = key->names[key->len - 1], *text;
	char best[128] = "";
	struct hc_stmt *st = NULL;

	/* SQL by the catalogue. */
	hc_buf_printf(&sql, "SELECT \"%s\" FROM \"%s\" WHERE office = :office",
	    last, e->name);
	if (key->len == 2)
		hc_buf_printf(&sql, " AND \"%s\" = :first", key->names[0]);
	if (!hc_buf_failed(&sql) &&
	    hc_stmt_new(&st, store->db, hc_buf_text(&sql)) == HC_OK &&
	    (key->len != 2 ||
	    hc_stmt_text(st, ":first", key->values[0]) == HC_OK))
		while (hc_stmt_next(st) == HC_OK) {
			text = hc_near_better(key->values[key->len - 1],
			    hc_stmt_get_text(st, 0), *best ? best : NULL);
			if (text != NULL && text != best)
				snprintf(best, sizeof(best), "%s", text);
		}
	hc_stmt_free(st);
	if (*best != '\0')
		hc_buf_printf(&words, _("there is none: did you mean '%s'?"),
		    best);
	else
		hc_buf_printf(&words,
		    _("there is none; 'hc-define list %s' shows them all"),
		    e->name);
	fail_about(store, e, key, HC_NOTFOUND, hc_buf_text(&words));
	hc_buf_free(&words);
	hc_buf_free(&sql);
	return HC_NOTFOUND;
}

enum hc_status
hc_define_find(struct hc_store *store, const struct hc_entity *entity,
    const char *const *words, size_t nwords, struct hc_row **row)
{
	struct key key;
	enum hc_status rc;

	*row = NULL;
	if ((rc = key_read(store, entity, words, nwords, &key)) == HC_OK) {
		rc = hc_record_find(store, entity, key.names, key.values,
		    row);
		if (rc == HC_NOTFOUND)
			rc = not_there(store, entity, &key);
	}
	key_free(&key);
	return rc;
}

enum hc_status
hc_define_new(struct hc_define **out, struct hc_store *store,
    const struct hc_value_rule *rule, const struct hc_expr_clock *clock)
{
	struct hc_define *define;
	enum hc_status rc;

	if ((*out = define = calloc(1, sizeof(*define))) == NULL)
		return hc_db_nomem(store->db);
	define->store = store;
	define->rule = rule;
	define->clock = clock;
	if ((rc = hc_define_check(store, clock, &define->before)) != HC_OK) {
		hc_define_free(define);
		*out = NULL;
	}
	return rc;
}

void
hc_define_free(struct hc_define *define)
{
	if (define == NULL)
		return;
	hc_define_faults_clear(&define->before);
	free(define);
}

struct hc_store *
hc_define_store(const struct hc_define *define)
{
	return define->store;
}

enum hc_status
hc_define_plan(struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "kind", _("kind"), HC_TYPE_TEXT },
		{ "key", _("key"), HC_TYPE_TEXT },
		{ "action", _("action"), HC_TYPE_TEXT },
		{ "field", _("field"), HC_TYPE_TEXT },
		{ "old", _("before"), HC_TYPE_TEXT },
		{ "new", _("after"), HC_TYPE_TEXT },
	};

	return hc_table_new(table, columns, 6);
}

/* ---- One change ---- */

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* A row of the plan; ${f} is NULL where it is about the whole. */
static enum hc_status
plan_row(struct hc_define *d, struct hc_table *plan, const struct hc_row *row,
    const char *action, const char *const field[3])
{
	struct hc_buf label = HC_BUF_INIT;
	const char *cells[6] = { row->entity->name, NULL, action, field[0],
	    field[1], field[2] };
	enum hc_status rc = HC_OK;

	if (plan == NULL)
		return HC_OK;
	hc_define_label(row, &label);
	cells[1] = hc_buf_text(&label) + strlen(row->entity->name) + 1;
	if (hc_buf_failed(&label) || hc_table_row(plan, cells) != HC_OK)
		rc = hc_db_nomem(d->store->db);
	hc_buf_free(&label);
	return rc;
}

/* What differs between the two; ${before} NULL: all that is there. */
static enum hc_status
plan_change(struct hc_define *d, struct hc_table *plan,
    const struct hc_row *before, const struct hc_row *row)
{
	const char *action = before == NULL ? "new" : "changed";
	const char *nothing[3] = { NULL, NULL, NULL };
	enum hc_status rc = HC_OK;
	bool differs = false;
	size_t i;

	for (i = 0; rc == HC_OK && i < row->entity->nfields; i++) {
		const char *field[3] = { row->entity->fields[i]->name,
		    before != NULL ? before->values[i] : NULL,
		    row->values[i] };

		if (same(field[1], field[2]))
			continue;
		differs = true;
		rc = plan_row(d, plan, row, action, field);
	}
	if (rc == HC_OK && !differs)
		rc = plan_row(d, plan, row, "unchanged", nothing);
	return rc;
}

/* The field that "name=" means. */
static enum hc_status
find_field(struct hc_define *d, const struct hc_define_change *c,
    const struct key *key, const char *name, const struct hc_field **f)
{
	struct hc_buf words = HC_BUF_INIT;
	const char *near;

	*f = hc_catalogue_field(c->entity, name);
	if (*f != NULL && strcmp(name, "origin") != 0)
		return HC_OK;
	near = hc_catalogue_near_field(c->entity, name);
	if (*f != NULL)
		hc_buf_printf(&words, _("'%s' is noted by hc itself"), name);
	else if (near != NULL)
		hc_buf_printf(&words,
		    _("a '%s' has no '%s': did you mean '%s'?"),
		    c->entity->name, name, near);
	else
		hc_buf_printf(&words, _("a '%s' has no '%s'"),
		    c->entity->name, name);
	fail_about(d->store, c->entity, key, HC_INVALID, hc_buf_text(&words));
	hc_buf_free(&words);
	return HC_INVALID;
}

/* Of what is there, neither the key nor the type may change. */
static bool
fixed(const struct hc_field *f)
{
	return hc_catalogue_has(f->entity->key, ',', f->name,
	    strlen(f->name)) || (strcmp(f->entity->name, "field") == 0 &&
	    (strcmp(f->name, "type") == 0 || strcmp(f->name, "of") == 0));
}

static enum hc_status
set_value(struct hc_define *d, const struct hc_define_change *c,
    const struct key *key, const struct hc_define_value *v,
    struct hc_row *row)
{
	struct hc_buf text = HC_BUF_INIT, words = HC_BUF_INIT;
	const struct hc_field *f;
	const char *value;
	struct hc_error err;
	enum hc_status rc;

	if ((rc = find_field(d, c, key, v->name, &f)) != HC_OK)
		return rc;
	/* As exported: reading would cut the newline at the end of a mail. */
	if (row->id != 0 && same(v->text, hc_row_get(row, f)))
		return HC_OK;
	rc = hc_value_read(f, d->rule, v->text, &text, &err);
	value = rc == HC_OK ? hc_buf_text(&text) : NULL;
	if (rc == HC_INVALID)
		hc_buf_printf(&words, "%s: %s", v->name, err.text);
	else if ((rc == HC_OK || rc == HC_NOTFOUND) && row->id != 0 &&
	    fixed(f) && !same(value, hc_row_get(row, f))) {
		rc = HC_INVALID;
		hc_buf_printf(&words, _("'%s' of one that is there cannot be "
		    "changed; add another one and drop this"), v->name);
	}
	if (rc == HC_INVALID)
		fail_about(d->store, c->entity, key, rc, hc_buf_text(&words));
	else if (rc == HC_OK || rc == HC_NOTFOUND)
		rc = hc_row_set(row, f, value) == HC_OK ? HC_OK :
		    hc_db_nomem(d->store->db);
	else
		hc_db_fail(d->store->db, rc, "%s", err.text);
	hc_buf_free(&text);
	hc_buf_free(&words);
	return rc;
}

/* What need not be said: the origin, and one label where the other is. */
static enum hc_status
fill_new(struct hc_define *d, struct hc_row *row)
{
	static const char *const labels[] = { "label_ja", "label_en" };
	const struct hc_field *origin, *f[2];
	const char *name;
	int i;

	origin = hc_catalogue_field(row->entity, "origin");
	if (origin != NULL && hc_row_set(row, origin, "office") != HC_OK)
		return hc_db_nomem(d->store->db);
	for (i = 0; i < 2; i++)
		f[i] = hc_catalogue_field(row->entity, labels[i]);
	if (f[0] == NULL || f[1] == NULL)
		return HC_OK;
	for (i = 0; i < 2; i++) {
		name = hc_row_get(row, f[1 - i]);
		if (hc_row_get(row, f[i]) == NULL && name != NULL &&
		    hc_row_set(row, f[i], name) != HC_OK)
			return hc_db_nomem(d->store->db);
	}
	return HC_OK;
}

/* An empty row that has the key. */
static enum hc_status
new_row(struct hc_define *d, const struct hc_define_change *c,
    const struct key *key, struct hc_row **row)
{
	enum hc_status rc = HC_OK;
	size_t i;

	if (hc_row_new(row, c->entity) != HC_OK)
		return hc_db_nomem(d->store->db);
	for (i = 0; rc == HC_OK && i < key->len; i++) {
		struct hc_define_value v = { key->names[i], key->values[i] };

		rc = set_value(d, c, key, &v, *row);
	}
	return rc;
}

/* Does the mode fit to what is there? */
static enum hc_status
check_mode(struct hc_define *d, const struct hc_define_change *c,
    const struct key *key, const struct hc_row *row)
{
	const char *retired;

	if (row == NULL)
		return c->mode != HC_DEFINE_SET ? HC_OK :
		    not_there(d->store, c->entity, key);
	if (c->mode != HC_DEFINE_ADD)
		return HC_OK;
	retired = hc_catalogue_field(c->entity, "retired") != NULL ?
	    hc_row_value(row, "retired") : NULL;
	return fail_about(d->store, c->entity, key, HC_CONFLICT,
	    same(retired, "1") ?
	    _("it is there, but retired; 'set ... retired=0' brings it back") :
	    _("it is there already; 'set' changes it"));
}

static enum hc_status
write_row(struct hc_define *d, const struct hc_row *before,
    struct hc_row *row)
{
	enum hc_status rc;

	if (before != NULL)
		return hc_record_update(d->store, row);
	if ((rc = fill_new(d, row)) != HC_OK ||
	    (rc = hc_define_check_name(d->store, row)) != HC_OK)
		return rc;
	return hc_record_insert(d->store, row);
}

enum hc_status
hc_define_put(struct hc_define *d, const struct hc_define_change *c,
    struct hc_table *plan)
{
	struct hc_row *before = NULL, *row = NULL;
	struct key key;
	enum hc_status rc;
	size_t i;

	if ((rc = key_read(d->store, c->entity, c->key, c->nkey, &key)) !=
	    HC_OK)
		goto out;
	rc = hc_record_find(d->store, c->entity, key.names, key.values,
	    &before);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		goto out;
	if ((rc = check_mode(d, c, &key, before)) != HC_OK)
		goto out;
	if (before == NULL)
		rc = new_row(d, c, &key, &row);
	else if (hc_row_copy(&row, before) != HC_OK)
		rc = hc_db_nomem(d->store->db);
	for (i = 0; rc == HC_OK && i < c->nvalues; i++)
		rc = set_value(d, c, &key, &c->values[i], row);
	if (rc == HC_OK && (rc = write_row(d, before, row)) == HC_OK)
		rc = plan_change(d, plan, before, row);
out:
	key_free(&key);
	hc_row_free(before);
	hc_row_free(row);
	return rc;
}

/* Records may hold its values, or an upgrade would bring it back. */
static bool
is_kept(const struct hc_row *row)
{
	return strcmp(row->entity->name, "field") == 0 ||
	    strcmp(row->entity->name, "choice") == 0 ||
	    (hc_catalogue_field(row->entity, "origin") != NULL &&
	    same(hc_row_value(row, "origin"), "builtin"));
}

static enum hc_status
retire(struct hc_define *d, struct hc_row *row)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, "retired");
	struct hc_buf label = HC_BUF_INIT;

	if (f != NULL)
		return hc_row_set(row, f, "1") == HC_OK ?
		    hc_record_update(d->store, row) :
		    hc_db_nomem(d->store->db);
	hc_define_label(row, &label);
	hc_db_fail(d->store->db, HC_INVALID,
	    _("%s: it is built in and cannot be dropped; 'set' changes it"),
	    hc_buf_text(&label));
	hc_buf_free(&label);
	return HC_INVALID;
}

enum hc_status
hc_define_drop(struct hc_define *d, const struct hc_entity *entity,
    const char *const *key, size_t nkey, struct hc_table *plan)
{
	static const char *const nothing[3] = { NULL, NULL, NULL };
	struct hc_row *row = NULL;
	enum hc_status rc;
	bool kept;

	if ((rc = hc_define_find(d->store, entity, key, nkey, &row)) != HC_OK)
		return rc;
	kept = is_kept(row);
	rc = kept ? retire(d, row) :
	    hc_record_delete(d->store, entity, row->id);
	if (rc == HC_OK)
		rc = plan_row(d, plan, row, kept ? "retired" : "dropped",
		    nothing);
	hc_row_free(row);
	return rc;
}

/* ---- The end of a run ---- */

/* Did the open run write any definition? */
static enum hc_status
touched(struct hc_store *store, bool *any)
{
	static const char entities_sql[] = "SELECT DISTINCT entity FROM change"
	    " WHERE office = :office AND run = :run";
	const struct hc_entity *e;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*any = false;
	if ((rc = hc_stmt_new(&st, store->db, entities_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":run", hc_run_id(store))) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK) {
			e = hc_catalogue_entity(store->catalogue,
			    hc_stmt_get_text(st, 0));
			if (e != NULL && e->kind == HC_ENTITY_DEFINITION)
				*any = true;
		}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_define_settle(struct hc_define *d, hc_define_fault *fault, void *arg)
{
	struct hc_define_faults now = { 0 };
	struct hc_store *store = d->store;
	enum hc_status rc;
	bool any, sound = true;
	size_t i;

	if ((rc = touched(store, &any)) != HC_OK || !any)
		return rc;
	if ((rc = hc_store_reload(store)) == HC_CONFIG) {
		fault(arg, _("catalogue"), NULL, hc_store_error(store));
		return hc_db_fail(store->db, HC_INVALID,
		    _("nothing is saved, since the definitions would "
		    "make no sense: mend what is named above"));
	}
	if (rc != HC_OK ||
	    (rc = hc_schema_extend(store->db, store->catalogue)) != HC_OK ||
	    (rc = hc_define_check(store, d->clock, &now)) != HC_OK)
		goto out;
	for (i = 0; i < now.len; i++) {
		if (hc_define_faults_hold(&d->before, &now.items[i]))
			continue;
		fault(arg, now.items[i].what, now.items[i].field,
		    now.items[i].words);
		sound = false;
	}
	if (!sound)
		rc = hc_db_fail(store->db, HC_INVALID,
		    _("nothing is saved, since the definitions would "
		    "make no sense: mend what is named above"));
out:
	hc_define_faults_clear(&now);
	return rc;
}
