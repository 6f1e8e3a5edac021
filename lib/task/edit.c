/* Changing records by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "record/record.h"
#include "record/refer.h"
#include "record/restore.h"

#include "task/edit_part.h"

/* ---- What changed: ${noted} is the field of the row that is added ---- */

static void
show_entity(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_edit *e = arg;

	(void)value;
	hc_buf_puts(out, hc_catalogue_entity_label(e->noted->entity));
}

static void
show_field(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_edit *e = arg;

	(void)value;
	hc_buf_puts(out, hc_catalogue_label(e->noted));
}

static void
show_value(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_edit *e = arg;

	hc_value_show(e->noted, value, out);
}

static enum hc_status
new_tables(struct hc_edit *e)
{
	const struct hc_table_column conflicts[] = {
		{ "record", _("number"), HC_TYPE_REF },
		{ "entity", _("kind"), HC_TYPE_TEXT },
		{ "field", _("field"), HC_TYPE_TEXT },
		{ "theirs", _("theirs"), HC_TYPE_TEXT },
		{ "login", _("who"), HC_TYPE_TEXT },
		{ "at", _("when"), HC_TYPE_INSTANT },
		{ "yours", _("yours"), HC_TYPE_TEXT },
	};
	const struct hc_table_column columns[] = {
		{ "record", _("number"), HC_TYPE_REF },
		{ "entity", _("kind"), HC_TYPE_TEXT, show_entity, e },
		{ "field", _("field"), HC_TYPE_TEXT, show_field, e },
		{ "old", _("before"), HC_TYPE_TEXT, show_value, e },
		{ "new", _("after"), HC_TYPE_TEXT, show_value, e },
	};
	const struct hc_table_column merged[] = {
		{ "person", _("number"), HC_TYPE_REF },
		{ "other", _("other"), HC_TYPE_REF },
		{ "field", _("field"), HC_TYPE_TEXT, show_field, e },
		{ "first", _("first"), HC_TYPE_TEXT, show_value, e },
		{ "second", _("second"), HC_TYPE_TEXT, show_value, e },
		{ "result", _("after"), HC_TYPE_TEXT, show_value, e },
	};

	if (hc_table_new(&e->merged, merged,
	    sizeof(merged) / sizeof(merged[0])) != HC_OK)
		return HC_NOMEM;
	if (hc_table_new(&e->changes, columns,
	    sizeof(columns) / sizeof(columns[0])) != HC_OK)
		return HC_NOMEM;
	return hc_table_new(&e->conflicts, conflicts,
	    sizeof(conflicts) / sizeof(conflicts[0]));
}

enum hc_status
hc_edit_new(struct hc_edit **out, struct hc_store *store, const char *name,
    const struct hc_expr_clock *clock)
{
	const struct hc_entity *entity = hc_catalogue_entity(
	    store->catalogue, name);
	const char *near;
	struct hc_edit *e;
	enum hc_status rc;

	*out = NULL;
	if (entity == NULL || entity->kind == HC_ENTITY_COMPUTED) {
		near = hc_catalogue_near_entity(store->catalogue, name);
		return near != NULL ? hc_db_fail(store->db, HC_INVALID,
		    _("no entity '%s'; did you mean '%s'?"), name, near) :
		    hc_db_fail(store->db, HC_INVALID, _("no entity '%s'"),
		    name);
	}
	if (entity->kind == HC_ENTITY_DEFINITION)
		return hc_db_fail(store->db, HC_INVALID,
		    _("'%s' is changed by hc-define, which sees to it that all "
		    "definitions still make sense: see 'hc-define list %s'"),
		    name, name);
	if ((e = *out = calloc(1, sizeof(*e))) == NULL)
		return hc_db_nomem(store->db);
	e->store = store;
	e->entity = entity;
	e->clock = clock;
	hc_value_rule_plain(&e->rule, store->office, clock->today,
	    clock->zone);
	if (new_tables(e) != HC_OK)
		return hc_db_nomem(store->db);
	if ((rc = hc_check_new(&e->check, store, entity)) != HC_OK)
		return rc;
	return hc_doubt_load(&e->doubts, store, entity, clock);
}

void
hc_edit_free(struct hc_edit *e)
{
	if (e == NULL)
		return;
	hc_check_free(e->check);
	hc_doubt_clear(&e->doubts);
	hc_table_free(e->changes);
	hc_table_free(e->conflicts);
	hc_table_free(e->merged);
	free(e);
}

void
hc_edit_tell(struct hc_edit_save *s, enum hc_edit_grade grade,
    const char *label, const char *words)
{
	if (grade == HC_EDIT_WRONG)
		s->worst = HC_INVALID;
	else if (grade == HC_EDIT_CONFLICT && s->worst == HC_OK)
		s->worst = HC_CONFLICT;
	if (s->e->fault != NULL)
		s->e->fault(s->e->arg, grade, label, words);
}

/* ---- Values ---- */

static enum hc_status
unknown_field(struct hc_edit_save *s, const char *name)
{
	const char *near = hc_catalogue_near_field(s->e->entity, name);
	struct hc_error err;

	if (near != NULL)
		hc_error_set(&err, HC_INVALID,
		    _("'%s' has no field '%s'; did you mean '%s'?"),
		    s->e->entity->name, name, near);
	else
		hc_error_set(&err, HC_INVALID, _("'%s' has no field '%s'"),
		    s->e->entity->name, name);
	hc_edit_tell(s, HC_EDIT_WRONG, NULL, err.text);
	return HC_OK;
}

static enum hc_status
read_reference(struct hc_edit *e, const struct hc_field *f,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	enum hc_status rc;
	int64_t id;

	rc = hc_refer_one(e->store, f->target, text, &id);
	if (rc == HC_NOTFOUND || rc == HC_INVALID)
		return hc_error_set(err, HC_INVALID, "%s",
		    hc_store_error(e->store));
	if (rc == HC_OK)
		hc_buf_printf(out, "%lld", (long long)id);
	return rc;
}

static enum hc_status
set_value(struct hc_edit_save *s, const struct hc_field *f, const char *text)
{
	struct hc_buf value = HC_BUF_INIT;
	struct hc_error err;
	enum hc_status rc = HC_NOTFOUND;

	s->touched[f->index] = true;
	if (text != NULL && text[strspn(text, " ")] != '\0')
		rc = f->type == HC_TYPE_REF ?
		    read_reference(s->e, f, text, &value, &err) :
		    hc_value_read(f, &s->e->rule, text, &value, &err);
	if (rc == HC_INVALID)
		hc_edit_tell(s, HC_EDIT_WRONG, hc_catalogue_label(f), err.text);
	else if (rc == HC_OK || rc == HC_NOTFOUND)
		rc = hc_row_set(s->row, f, rc == HC_OK ?
		    hc_buf_text(&value) : NULL);
	hc_buf_free(&value);
	if (rc == HC_NOMEM)
		return hc_db_nomem(s->e->store->db);
	return rc == HC_INVALID ? HC_OK : rc;
}

static enum hc_status
set_pairs(struct hc_edit_save *s, const struct hc_edit_pair *pairs,
    size_t npairs)
{
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < npairs; i++) {
		f = hc_catalogue_field(s->e->entity, pairs[i].name);
		if (f != NULL)
			rc = set_value(s, f, pairs[i].value);
		else if (strcmp(pairs[i].name, "phone") == 0 &&
		    strcmp(s->e->entity->name, "person") == 0)
			s->phone = pairs[i].value;
		else
			rc = unknown_field(s, pairs[i].name);
	}
	return rc;
}

/* ---- Checks ---- */

static void
check_fault(void *arg, const struct hc_field *f, const char *value,
    const char *words)
{
	struct hc_edit_save *s = arg;

	(void)value;
	/* What stood there before is somebody else's concern. */
	hc_edit_tell(s, s->before == NULL ||
	    (f != NULL && s->touched[f->index]) ?
	    HC_EDIT_WRONG : HC_EDIT_DOUBTFUL,
	    f != NULL ? hc_catalogue_label(f) : NULL, words);
}

static enum hc_status
check(struct hc_edit_save *s)
{
	enum hc_status rc;

	rc = hc_check_row(s->e->check, s->row, s->e->clock, check_fault, s);
	return rc == HC_INVALID ? HC_OK : rc;
}

/* Of what is saved by now, since some rules compare it with other records. */
static void
doubt_found(void *arg, const struct hc_doubt_rule *doubt, const char *mend)
{
	struct hc_error err;

	hc_error_set(&err, HC_INVALID, _("%s; mended by: %s"), doubt->words,
	    mend);
	hc_edit_tell(arg, HC_EDIT_DOUBTFUL, NULL, err.text);
}

/* ---- Noting what changed ---- */

enum hc_status
hc_edit_note(struct hc_edit *e, const struct hc_row *row,
    const struct hc_field *f, const char *old, const char *new)
{
	const char *cells[5];
	char id[24];

	snprintf(id, sizeof(id), "%lld", (long long)row->id);
	cells[0] = id;
	cells[1] = row->entity->name;
	cells[2] = f->name;
	cells[3] = old;
	cells[4] = new;
	e->noted = f;
	return hc_table_row(e->changes, cells) == HC_OK ? HC_OK :
	    hc_db_nomem(e->store->db);
}

static enum hc_status
note_changes(struct hc_edit *e, const struct hc_row *before,
    const struct hc_row *row)
{
	const char *old, *new;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < e->entity->nfields; i++) {
		if (row->entity != e->entity)
			break;
		old = before != NULL ? before->values[i] : NULL;
		new = row->values[i];
		if (!hc_edit_same(old, new))
			rc = hc_edit_note(e, row, row->entity->fields[i], old,
			    new);
	}
	return rc;
}

/* ---- Saving ---- */

static enum hc_status
write_row(struct hc_edit_save *s, const struct hc_phone *phones, size_t nphones)
{
	struct hc_store *store = s->e->store;
	enum hc_status rc;
	size_t i;

	rc = s->before != NULL ? hc_record_update(store, s->row) :
	    hc_record_insert(store, s->row);
	if (rc == HC_CONFLICT) {
		hc_edit_tell(s, HC_EDIT_WRONG, NULL, hc_store_error(store));
		return HC_OK;
	}
	if (rc == HC_OK)
		rc = note_changes(s->e, s->before, s->row);
	for (i = 0; rc == HC_OK && i < nphones; i++)
		rc = hc_edit_phone_save(s, &phones[i]);
	return rc == HC_OK ? hc_doubt_ask(&s->e->doubts, s->row->id,
	    doubt_found, s) : rc;
}

static enum hc_status
load(struct hc_edit_save *s, int64_t id)
{
	struct hc_store *store = s->e->store;
	enum hc_status rc = HC_OK;

	if (id != 0)
		rc = hc_row_load(store, s->e->entity, id, &s->before);
	if (rc == HC_NOTFOUND)
		return hc_refer_missing(store, s->e->entity, id);
	if (rc != HC_OK)
		return rc;
	if (s->before != NULL)
		rc = hc_row_copy(&s->row, s->before);
	else
		rc = hc_row_new(&s->row, s->e->entity);
	s->touched = calloc(s->e->entity->nfields + 1, sizeof(*s->touched));
	return rc == HC_OK && s->touched != NULL ? HC_OK :
	    hc_db_nomem(store->db);
}

/* What a field of a new record is without being said: the initial value,
   or, where a time must be given, the present one. */
static const char *
unsaid(const struct hc_edit *e, const struct hc_field *f)
{
	if (f->initial != NULL)
		return f->initial;
	if (f->required == NULL || strcmp(f->required, "yes") != 0)
		return NULL;
	if (f->type == HC_TYPE_INSTANT)
		return e->clock->now;
	return strcmp(f->name, "day") == 0 ? e->clock->today : NULL;
}

/* Is it a new record of which nothing is said? */
static bool
is_empty(const struct hc_edit_save *s, size_t nphones)
{
	bool said = s->before != NULL || nphones > 0;
	size_t i;

	for (i = 0; i < s->e->entity->nfields; i++)
		said = said || s->row->values[i] != NULL;
	return !said;
}

static void
refuse_empty(struct hc_edit_save *s)
{
	struct hc_error err;

	hc_error_set(&err, HC_INVALID, _("a new record of '%s' needs a "
	    "value: give NAME=VALUE"), s->e->entity->name);
	hc_edit_tell(s, HC_EDIT_WRONG, NULL, err.text);
}

/* A new record is checked with the values that it will get by itself. */
static enum hc_status
set_initial(struct hc_edit_save *s)
{
	const struct hc_entity *e = s->e->entity;
	size_t i;

	for (i = 0; s->before == NULL && i < e->nfields; i++)
		if (s->row->values[i] == NULL && !s->touched[i] &&
		    hc_row_set(s->row, e->fields[i],
		    unsaid(s->e, e->fields[i])) != HC_OK)
			return hc_db_nomem(s->e->store->db);
	return HC_OK;
}

enum hc_status
hc_edit_save(struct hc_edit *e, int64_t *id, int64_t revision,
    const struct hc_edit_pair *pairs, size_t npairs)
{
	struct hc_edit_save s = { .e = e, .worst = HC_OK };
	struct hc_phone phones[8];
	enum hc_status rc;
	size_t nphones = 0;
	bool empty;

	if ((rc = load(&s, *id)) == HC_OK &&
	    (rc = set_pairs(&s, pairs, npairs)) == HC_OK)
		rc = hc_edit_phone_read(&s, phones, 8, &nphones);
	empty = rc == HC_OK && is_empty(&s, nphones);
	if (rc == HC_OK && (rc = set_initial(&s)) == HC_OK &&
	    (s.before == NULL ||
	    (rc = hc_edit_conflicts(&s, revision)) == HC_OK))
		rc = check(&s);
	if (rc == HC_OK && s.worst == HC_OK && empty)
		refuse_empty(&s);
	if (rc == HC_OK && s.worst == HC_OK)
		rc = write_row(&s, phones, nphones);
	if (rc == HC_OK)
		rc = s.worst;
	if (rc == HC_OK)
		*id = s.row->id;
	hc_row_free(s.before);
	hc_row_free(s.row);
	free(s.touched);
	return rc;
}

enum hc_status
hc_edit_delete(struct hc_edit *e, int64_t id)
{
	enum hc_status rc = hc_record_delete(e->store, e->entity, id);

	if (rc == HC_NOTFOUND)
		return hc_refer_missing(e->store, e->entity, id);
	return rc;
}

enum hc_status
hc_edit_restore(struct hc_edit *e, int64_t id)
{
	return hc_restore(e->store, e->entity, id);
}
