/* The catalogue's checks of a whole record. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "record/scope.h"
#include "record/value.h"

#include "record/check.h"

struct hc_check {
	struct hc_store *store;
	const struct hc_entity *entity;
	struct hc_scope scope;
	struct hc_expr **required;	/* by field->index; NULL */
	struct hc_expr **holds;		/* the same for field->check */
};

/* The state of one examination. */
struct examination {
	struct hc_check *check;
	const struct hc_row *row;
	const struct hc_expr_clock *clock;
	struct hc_scope_values values;
	hc_check_fault *fault;
	void *arg;
	bool sound;
};

static enum hc_status
parse(struct hc_check *check, const struct hc_field *f, const char *text,
    struct hc_expr **expr)
{
	struct hc_error err;
	enum hc_status rc;

	rc = hc_expr_parse_condition(expr, text, &check->scope.expr, NULL,
	    &err);
	if (rc == HC_INVALID || rc == HC_NOTFOUND)
		return hc_db_fail(check->store->db, HC_CONFIG,
		    _("field '%s.%s': '%s': %s"), check->entity->name,
		    f->name, text, err.text);
	return rc == HC_OK ? HC_OK :
	    hc_db_fail(check->store->db, rc, "%s", err.text);
}

enum hc_status
hc_check_new(struct hc_check **out, struct hc_store *store,
    const struct hc_entity *entity)
{
	struct hc_check *check;
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	size_t i;

	*out = NULL;
	if ((check = calloc(1, sizeof(*check))) == NULL)
		return hc_db_nomem(store->db);
	check->store = store;
	check->entity = entity;
	hc_scope_init(&check->scope, store, entity);
	check->required = calloc(entity->nfields + 1,
	    sizeof(*check->required));
	check->holds = calloc(entity->nfields + 1, sizeof(*check->holds));
	if (check->required == NULL || check->holds == NULL)
		rc = hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < entity->nfields; i++) {
		f = entity->fields[i];
		if (f->required != NULL && strcmp(f->required, "yes") != 0)
			rc = parse(check, f, f->required,
			    &check->required[i]);
		if (rc == HC_OK && f->check != NULL)
			rc = parse(check, f, f->check, &check->holds[i]);
	}
	if (rc != HC_OK)
		hc_check_free(check);
	else
		*out = check;
	return rc;
}

void
hc_check_free(struct hc_check *check)
{
	size_t i;

	if (check == NULL)
		return;
	for (i = 0; i < check->entity->nfields; i++) {
		if (check->required != NULL)
			hc_expr_free(check->required[i]);
		if (check->holds != NULL)
			hc_expr_free(check->holds[i]);
	}
	free(check->required);
	free(check->holds);
	hc_scope_clear(&check->scope);
	free(check);
}

static void
tell(struct examination *x, const struct hc_field *f, const char *value,
    const char *words)
{
	if (x->sound)
		hc_db_fail(x->check->store->db, HC_INVALID, "%s: %s",
		    hc_catalogue_label(f), words);
	x->sound = false;
	x->fault(x->arg, f, value, words);
}

static enum hc_status
examine_field(struct examination *x, const struct hc_field *f)
{
	const char *value = hc_row_get(x->row, f);
	struct hc_expr *required = x->check->required[f->index];
	struct hc_error err;
	enum hc_status rc;

	if (value == NULL) {
		/* A new record gets its initial values when it is saved. */
		if (x->row->id == 0 && f->initial != NULL)
			return HC_OK;
		if (f->required != NULL && (required == NULL ||
		    hc_expr_true(required, &x->values.expr, x->clock)))
			tell(x, f, NULL, _("a value is required"));
		return HC_OK;
	}
	rc = hc_value_check(f, x->clock->today, value, &err);
	if (rc == HC_INVALID)
		tell(x, f, value, err.text);
	else if (rc != HC_OK)
		return hc_db_fail(x->check->store->db, rc, "%s", err.text);
	return HC_OK;
}

enum hc_status
hc_check_row(struct hc_check *check, const struct hc_row *row,
    const struct hc_expr_clock *clock, hc_check_fault *fault, void *arg)
{
	struct examination x = { .check = check, .row = row, .clock = clock,
	    .fault = fault, .arg = arg, .sound = true };
	const struct hc_entity *e = check->entity;
	enum hc_status rc = HC_OK;
	struct hc_buf words = HC_BUF_INIT;
	size_t i;

	hc_scope_values_init(&x.values, &check->scope, row);
	for (i = 0; rc == HC_OK && i < e->nfields; i++)
		rc = examine_field(&x, e->fields[i]);
	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		if (check->holds[i] == NULL || hc_expr_true(check->holds[i],
		    &x.values.expr, clock))
			continue;
		hc_buf_clear(&words);
		hc_buf_printf(&words, _("this must hold: %s"),
		    e->fields[i]->check);
		tell(&x, e->fields[i], hc_row_get(row, e->fields[i]),
		    hc_buf_text(&words));
	}
	if (rc == HC_OK)
		rc = x.values.status;
	hc_buf_free(&words);
	hc_scope_values_clear(&x.values);
	return rc == HC_OK && !x.sound ? HC_INVALID : rc;
}
