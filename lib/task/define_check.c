/*
 * Do an office's definitions make sense?  One function a kind; what the
 * catalogue itself says of a definition's fields (required, ranges) is asked
 * of record/check.h.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/pattern.h"
#include "record/check.h"
#include "record/record.h"
#include "record/scope.h"
#include "record/value.h"
#include "store/builtin.h"
#include "store/run.h"
#include "store/schema.h"
#include "task/define.h"
#include "task/import_map.h"
#include "task/subject.h"

#include "task/define_check.h"

/* One look at all definitions. */
struct look {
	struct hc_store *store;
	const struct hc_expr_clock *clock;
	struct hc_define_faults *faults;
	const struct hc_row *row;	/* the present one */
	enum hc_status status;		/* a failure on the way */
};

void
hc_define_faults_clear(struct hc_define_faults *faults)
{
	size_t i;

	for (i = 0; i < faults->len; i++) {
		free(faults->items[i].what);
		free(faults->items[i].field);
		free(faults->items[i].words);
	}
	free(faults->items);
	memset(faults, 0, sizeof(*faults));
}

bool
hc_define_faults_hold(const struct hc_define_faults *faults,
    const struct hc_define_fault_item *item)
{
	size_t i;

	for (i = 0; i < faults->len; i++)
		if (strcmp(faults->items[i].what, item->what) == 0 &&
		    strcmp(faults->items[i].field, item->field) == 0 &&
		    strcmp(faults->items[i].words, item->words) == 0)
			return true;
	return false;
}

static void
tell(struct look *look, const char *field, const char *words)
{
	struct hc_define_faults *faults = look->faults;
	struct hc_define_fault_item *grown, *item;
	struct hc_buf label = HC_BUF_INIT;

	if (faults->len == faults->room) {
		faults->room = faults->room ? faults->room * 2 : 8;
		grown = realloc(faults->items,
		    faults->room * sizeof(*grown));
		if (grown == NULL) {
			faults->room = faults->len;
			look->status = hc_db_nomem(look->store->db);
			return;
		}
		faults->items = grown;
	}
	item = &faults->items[faults->len];
	hc_define_label(look->row, &label);
	item->what = hc_buf_take(&label);
	item->field = strdup(field);
	item->words = strdup(words);
	if (item->what != NULL && item->field != NULL && item->words != NULL) {
		faults->len++;
		return;
	}
	free(item->what);
	free(item->field);
	free(item->words);
	look->status = hc_db_nomem(look->store->db);
}

static void tell_about(struct look *look, const char *field, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));

static void
tell_about(struct look *look, const char *field, const char *fmt, ...)
{
	struct hc_error err;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err.text, sizeof(err.text), fmt, ap);
	va_end(ap);
	tell(look, field, err.text);
}

static const char *
get(const struct look *look, const char *name)
{
	return hc_row_value(look->row, name);
}

/* ---- Expressions ---- */

enum kind { CONDITION, DATE };

/* How many characters the first ${len} bytes hold. */
static size_t
characters(const char *text, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len && text[i] != '\0'; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

/* An expression, where it is: "kind = 'cas'" <- here. */
static void
check_expr(struct look *look, const struct hc_entity *e, const char *field,
    const char *text, enum kind kind)
{
	struct hc_expr *expr = NULL;
	struct hc_scope scope;
	struct hc_error err;
	enum hc_status rc;
	size_t at = 0;

	if (text == NULL || e == NULL)
		return;
	hc_scope_init(&scope, look->store, e);
	scope.in_sql = strcmp(look->row->entity->name, "filter") == 0;
	rc = kind == CONDITION ?
	    hc_expr_parse_condition(&expr, text, &scope.expr, &at, &err) :
	    hc_expr_parse(&expr, text, &scope.expr, &at, &err);
	if (rc == HC_NOMEM)
		look->status = hc_db_nomem(look->store->db);
	else if (rc != HC_OK)
		tell_about(look, field, _("%s (at character %zu of '%s')"),
		    err.text, characters(text, at) + 1, text);
	else if (kind == DATE && hc_expr_type(expr) != HC_TYPE_DATE)
		tell_about(look, field, _("'%s' is no date"), text);
	hc_expr_free(expr);
	hc_scope_clear(&scope);
}

/* A name, or names joined by ${mark}, each perhaps after a "-" or "day:". */
static void
check_names(struct look *look, const struct hc_entity *e, const char *field,
    const char *text, const char *mark)
{
	const struct hc_field *f;
	struct hc_scope scope;
	struct hc_error err;
	enum hc_status rc;
	const char *colon;
	char word[128];
	size_t n;

	if (text == NULL || e == NULL)
		return;
	hc_scope_init(&scope, look->store, e);
	for (; *text != '\0'; text += n + (text[n] != '\0')) {
		n = strcspn(text, mark);
		snprintf(word, sizeof(word), "%.*s", (int)n, text);
		colon = strchr(word, ':');
		colon = colon != NULL ? colon + 1 :
		    word + (word[0] == '-');
		err.text[0] = '\0';
		rc = hc_scope_resolve(&scope, colon, &f, NULL, &err);
		if (rc == HC_NOTFOUND)
			tell_about(look, field, _("'%s' has no field '%s'"),
			    e->name, colon);
		else if (rc == HC_NOMEM)
			look->status = hc_db_nomem(look->store->db);
		else if (rc != HC_OK)
			tell(look, field, err.text);
	}
	hc_scope_clear(&scope);
}

static const struct hc_entity *
entity_of(struct look *look, const char *field)
{
	const char *name = get(look, field);
	const struct hc_entity *e;

	if (name == NULL)
		return NULL;
	e = hc_catalogue_entity(look->store->catalogue, name);
	if (e == NULL)
		tell_about(look, field, _("there is no kind '%s'"), name);
	return e;
}

/* The row of ${kind} that has this name; the caller frees it.  NULL if there
   is none, or if it could not be had: then look->status says so. */
static struct hc_row *
other_row(struct look *look, const char *kind, const char *name)
{
	const struct hc_entity *e = hc_catalogue_entity(
	    look->store->catalogue, kind);
	const char *names[] = { "name", NULL }, *values[] = { name, NULL };
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (e == NULL || name == NULL)
		return NULL;
	rc = hc_record_find(look->store, e, names, values, &row);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		look->status = rc;
	return row;
}

/* ---- One kind after the other ---- */

static void
check_list(struct look *look, const struct hc_field *f)
{
	const char *of = get(look, "of");

	if (f->type == HC_TYPE_DECIMAL && of != NULL &&
	    (strlen(of) != 1 || of[0] < '0' || of[0] > '6'))
		tell_about(look, "of", _("'%s' is no number of decimals "
		    "(0 to 6)"), of);
	if (f->type == HC_TYPE_REF && f->target != NULL &&
	    f->target->kind == HC_ENTITY_COMPUTED &&
	    f->entity->kind != HC_ENTITY_COMPUTED)
		tell_about(look, "of", _("'%s' has no records"),
		    f->target->name);
}

static void
check_pattern(struct look *look)
{
	struct hc_pattern pattern = { .text = get(look, "pattern") };
	struct hc_error err;
	enum hc_status rc;

	if (pattern.text == NULL)
		return;
	rc = hc_pattern_fits(&pattern, "", &err);
	if (rc == HC_INVALID)
		tell_about(look, "pattern",
		    _("'%s' is no regular expression (%s)"), pattern.text,
		    err.text);
	else if (rc == HC_NOMEM)
		look->status = hc_db_nomem(look->store->db);
	hc_pattern_clear(&pattern);
}

/* Bounds and the initial value are values of the field. */
static void
check_value(struct look *look, const struct hc_field *f, const char *name)
{
	const char *text = get(look, name);
	struct hc_buf out = HC_BUF_INIT;
	struct hc_value_rule rule;
	struct hc_error err;
	enum hc_status rc;

	if (text == NULL || strcmp(text, "today") == 0 ||
	    strcmp(text, "now") == 0)
		return;
	hc_value_rule_plain(&rule, look->store->office, look->clock->today,
	    look->clock->zone);
	rc = hc_value_read(f, &rule, text, &out, &err);
	if (rc == HC_INVALID)
		tell(look, name, err.text);
	else if (rc != HC_OK && rc != HC_NOTFOUND)
		look->status = hc_db_fail(look->store->db, rc, "%s", err.text);
	hc_buf_free(&out);
}

static void
check_field(struct look *look)
{
	const char *required = get(look, "required");
	const struct hc_field *f = NULL;
	const struct hc_entity *e;

	e = entity_of(look, "entity");
	if (e != NULL && get(look, "name") != NULL)
		f = hc_catalogue_field(e, get(look, "name"));
	if (f == NULL)
		return;
	check_list(look, f);
	check_pattern(look);
	check_value(look, f, "low");
	check_value(look, f, "high");
	check_value(look, f, "initial");
	if (required != NULL && strcmp(required, "yes") != 0)
		check_expr(look, e, "required", required, CONDITION);
	check_expr(look, e, "check", get(look, "check"), CONDITION);
}

static void
check_choice(struct look *look)
{
	const char *code = get(look, "code");

	if (code != NULL && (code[strspn(code, "abcdefghijklmnopqrstuvwxyz"
	    "0123456789_")] != '\0' || strlen(code) > 40))
		tell_about(look, "code", _("'%s' is no code: small letters, "
		    "digits and '_', at most 40"), code);
}

static void
check_form(struct look *look)
{
	entity_of(look, "entity");
}

static void
check_form_item(struct look *look)
{
	struct hc_row *form = other_row(look, "form", get(look, "form"));
	const char *required = get(look, "required");
	const struct hc_entity *e = NULL;

	if (form == NULL) {
		tell_about(look, "form", _("there is no form '%s'"),
		    get(look, "form"));
		return;
	}
	if (hc_row_value(form, "entity") != NULL)
		e = hc_catalogue_entity(look->store->catalogue,
		    hc_row_value(form, "entity"));
	hc_row_free(form);
	check_names(look, e, "name", get(look, "name"), " ");
	check_names(look, e, "unless", get(look, "unless"), "|,");
	if (required != NULL && strcmp(required, "yes") != 0)
		check_expr(look, e, "required", required, CONDITION);
	check_expr(look, e, "shown_if", get(look, "shown_if"), CONDITION);
	check_expr(look, e, "red_flag", get(look, "red_flag"), CONDITION);
}

/* What the conditions of a work list see: of an episode its situation. */
static const struct hc_entity *
subject_scope(struct look *look, const char *subject)
{
	if (subject == NULL)
		return NULL;
	return hc_catalogue_entity(look->store->catalogue,
	    strcmp(subject, "episode") == 0 ? "situation" : subject);
}

static void
check_worklist(struct look *look)
{
	const struct hc_entity *e = subject_scope(look,
	    get(look, "subject"));

	if (e == NULL && get(look, "subject") != NULL)
		tell_about(look, "subject", _("there is no kind '%s'"),
		    get(look, "subject"));
	else if (e != NULL && e->kind != HC_ENTITY_COMPUTED &&
	    !hc_subject_fits(e))
		tell_about(look, "subject", _("'%s' has no episode that a "
		    "work list could name"), e->name);
	check_expr(look, e, "expr", get(look, "expr"), CONDITION);
	check_names(look, e, "order_by", get(look, "order_by"), ",");
	check_names(look, e, "columns", get(look, "columns"), ",");
}

static void
check_condition(struct look *look)
{
	struct hc_row *list = other_row(look, "worklist",
	    get(look, "worklist"));

	if (list == NULL) {
		tell_about(look, "worklist", _("there is no work list '%s'"),
		    get(look, "worklist"));
		return;
	}
	check_expr(look, subject_scope(look, hc_row_value(list, "subject")),
	    "expr", get(look, "expr"), CONDITION);
	hc_row_free(list);
}

static void
check_policy(struct look *look)
{
	const struct hc_entity *e = hc_catalogue_entity(
	    look->store->catalogue, "episode");

	check_expr(look, e, "applies", get(look, "applies"), CONDITION);
	check_expr(look, e, "until", get(look, "until"), DATE);
}

static void
check_report(struct look *look)
{
	const struct hc_entity *e = entity_of(look, "entity");

	check_names(look, e, "rows", get(look, "rows"), ",");
	check_names(look, e, "cols", get(look, "cols"), ",");
	check_names(look, e, "date_field", get(look, "date_field"), ",");
	check_expr(look, e, "where_expr", get(look, "where_expr"), CONDITION);
}

static void
check_filter(struct look *look)
{
	check_expr(look, entity_of(look, "entity"), "expr",
	    get(look, "expr"), CONDITION);
}

/* "episode.reported_date", "vaccination#2.date": a kind and one of its
   fields. */
static void
check_place(struct look *look, const char *field, const char *text)
{
	const struct hc_catalogue *c = look->store->catalogue;
	struct hc_import_target_name name;
	const struct hc_entity *e;
	const char *dot;
	char word[64];

	if (text == NULL || hc_import_map_target(c, text, strlen(text), &name))
		return;
	dot = strchr(text, '.');
	snprintf(word, sizeof(word), "%.*s",
	    (int)(dot != NULL ? dot - text : 0), text);
	if ((e = hc_catalogue_entity(c, word)) != NULL)
		check_names(look, e, field, dot + 1, " ");
	else
		tell_about(look, field,
		    _("'%s' is no KIND.FIELD, as episode.number"), text);
}

static void
check_mapping(struct look *look)
{
	const char *also = get(look, "also"), *constants;
	char word[128];
	size_t n;

	entity_of(look, "entity");
	check_place(look, "key", get(look, "key"));
	for (; also != NULL && *also != '\0'; also += n + (also[n] == '|')) {
		n = strcspn(also, "|");
		snprintf(word, sizeof(word), "%.*s", (int)n, also);
		if (hc_catalogue_entity(look->store->catalogue, word) == NULL)
			tell_about(look, "also", _("there is no kind '%s'"),
			    word);
	}
	for (constants = get(look, "constants"); constants != NULL &&
	    *constants != '\0'; constants += n + (constants[n] == '|')) {
		n = strcspn(constants, "|");
		snprintf(word, sizeof(word), "%.*s",
		    (int)strcspn(constants, "=|"), constants);
		check_place(look, "constants", word);
	}
}

static void
check_heading(struct look *look)
{
	struct hc_row *mapping = other_row(look, "mapping",
	    get(look, "mapping"));
	const char *field;
	char word[128];
	size_t n;

	if (mapping == NULL)
		tell_about(look, "mapping", _("there is no mapping '%s'"),
		    get(look, "mapping"));
	hc_row_free(mapping);
	for (field = get(look, "field"); field != NULL && *field != '\0';
	    field += n + (field[n] != '\0')) {
		n = strcspn(field, "|+");
		snprintf(word, sizeof(word), "%.*s", (int)n, field);
		if (strcmp(word, "-") != 0)
			check_place(look, "field", word);
	}
}

/* A setting that is a number or a time stays one. */
static void
check_setting(struct look *look)
{
	const char *name = get(look, "name"), *value = get(look, "value");
	struct hc_builtin *file = NULL;
	const char *known, *text, *digits = "0123456789";
	bool number = false, hours = false;

	if (name == NULL || value == NULL ||
	    hc_builtin_open(&file, "setting", NULL) != HC_OK)
		return;
	while (hc_builtin_next(file, NULL) == HC_OK) {
		known = hc_builtin_get(file, "name");
		text = hc_builtin_get(file, "value");
		if (known == NULL || text == NULL || strcmp(known, name) != 0)
			continue;
		number = text[strspn(text, "0123456789.")] == '\0';
		hours = strlen(text) == 5 && text[2] == ':';
	}
	hc_builtin_close(file);
	if (number && value[strspn(value, "-.0123456789")] != '\0')
		tell_about(look, "value", _("'%s' is no number"), value);
	else if (strcmp(name, "utc_offset_minutes") == 0 &&
	    labs(strtol(value, NULL, 10)) > 14 * 60)
		tell_about(look, "value", _("'%s' is not -840 to 840"), value);
	for (text = value; hours && *text != '\0'; text += 5 + (text[5] != 0))
		if (strlen(text) < 5 || !strchr(digits, text[0]) ||
		    !strchr(digits, text[1]) || text[2] != ':' ||
		    !strchr("012345", text[3]) || !strchr(digits, text[4]) ||
		    (text[5] != '\0' && text[5] != ',') ||
		    strtol(text, NULL, 10) > 23) {
			tell_about(look, "value", _("'%s' is no time of day, "
			    "as 08:00, or several as 08:00,17:00"), value);
			break;
		}
}

static const struct {
	const char *entity;
	void (*check)(struct look *look);
} checks[] = {
	{ "field", check_field },
	{ "choice", check_choice },
	{ "form", check_form },
	{ "form_item", check_form_item },
	{ "worklist", check_worklist },
	{ "condition", check_condition },
	{ "policy", check_policy },
	{ "report", check_report },
	{ "filter", check_filter },
	{ "mapping", check_mapping },
	{ "heading", check_heading },
	{ "setting", check_setting },
};

static void
tell_field(void *arg, const struct hc_field *field, const char *value,
    const char *words)
{
	(void)value;
	tell(arg, field->name, words);
}

/* Was the row written by the open run?  Required values and patterns of the
   others are as they were, and patterns are slow. */
static bool
is_new(const struct look *look)
{
	return look->store->run != NULL && strcmp(look->row->updated_at,
	    hc_run_now(look->store)) == 0;
}

static enum hc_status
check_row(struct look *look, struct hc_check *check)
{
	const struct hc_entity *e = look->row->entity;
	const char *retired;
	enum hc_status rc;
	size_t i;

	retired = hc_catalogue_field(e, "retired") != NULL ?
	    get(look, "retired") : NULL;
	if (retired != NULL && strcmp(retired, "1") == 0)
		return HC_OK;
	if (is_new(look)) {
		rc = hc_check_row(check, look->row, look->clock, tell_field,
		    look);
		if (rc != HC_OK && rc != HC_INVALID)
			return rc;
	}
	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (strcmp(checks[i].entity, e->name) == 0)
			checks[i].check(look);
	return look->status;
}

static enum hc_status
check_entity(struct look *look, const struct hc_entity *e)
{
	struct hc_check *check = NULL;
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = hc_check_new(&check, look->store, e)) != HC_OK)
		goto out;
	if (hc_row_new(&row, e) != HC_OK) {
		rc = hc_db_nomem(look->store->db);
		goto out;
	}
	look->row = row;
	if ((rc = hc_row_query(look->store, e, NULL, &st)) != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = hc_row_read(look->store, st, row)) != HC_OK ||
		    (rc = check_row(look, check)) != HC_OK)
			break;
out:
	hc_stmt_free(st);
	hc_row_free(row);
	hc_check_free(check);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_define_check(struct hc_store *store, const struct hc_expr_clock *clock,
    struct hc_define_faults *faults)
{
	const struct hc_catalogue *c = store->catalogue;
	struct look look = { .store = store, .clock = clock,
	    .faults = faults };
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (c->entities[i].kind == HC_ENTITY_DEFINITION)
			rc = check_entity(&look, &c->entities[i]);
	return rc;
}

/* ---- Names of new ones ---- */

static bool
is_office_name(const char *name)
{
	return name != NULL && strncmp(name, "x_", 2) == 0 && name[2] != '\0' &&
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] ==
	    '\0' && strlen(name) <= 40;
}

static enum hc_status
check_new_field(struct hc_store *store, const struct hc_row *row)
{
	const char *entity = hc_row_value(row, "entity");
	const char *name = hc_row_value(row, "name");
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    entity);

	if (e == NULL || e->kind != HC_ENTITY_RECORD)
		return hc_db_fail(store->db, HC_INVALID,
		    _("field %s.%s: '%s' is no kind of record"), entity, name,
		    entity);
	if (hc_row_value(row, "type") == NULL)
		return hc_db_fail(store->db, HC_INVALID,
		    _("field %s.%s: type= is missing: text, integer, decimal, "
		    "date, instant, yesno, choice, multi, ref, phone or "
		    "email"), entity, name);
	return is_office_name(name) ? HC_OK :
	    hc_db_fail(store->db, HC_INVALID,
	    _("field %s.%s: fields of an office are called x_NAME: small "
	    "letters, digits and '_', at most 40"), entity, name);
}

static enum hc_status
check_new_choice(struct hc_store *store, const struct hc_row *row)
{
	const char *list = hc_row_value(row, "list");

	return hc_catalogue_choices(store->catalogue, list) != NULL ||
	    is_office_name(list) ? HC_OK :
	    hc_db_fail(store->db, HC_INVALID,
	    _("choice %s.%s: there is no list '%s'; new lists are called "
	    "x_NAME"), list, hc_row_value(row, "code"), list);
}

enum hc_status
hc_define_check_name(struct hc_store *store, const struct hc_row *row)
{
	const char *kind = row->entity->name;

	if (strcmp(kind, "field") == 0)
		return check_new_field(store, row);
	if (strcmp(kind, "choice") == 0)
		return check_new_choice(store, row);
	if (strcmp(kind, "setting") == 0)
		return hc_db_fail(store->db, HC_INVALID,
		    _("there is no setting '%s'; hc-define list setting names "
		    "them"), hc_row_value(row, "name"));
	return HC_OK;
}
