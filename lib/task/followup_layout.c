/* The columns of a work list, and what it is sorted by. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "record/value.h"

#include "task/followup_layout.h"

#define MOST	HC_FOLLOWUP_COLUMNS
#define OWN	3	/* columns after the list's own */

static void
add_own(struct hc_followup_rows *l, const char *name, const char *label,
    enum hc_type type)
{
	snprintf(l->names[l->ncolumns], sizeof(l->names[0]), "%s", name);
	l->columns[l->ncolumns] = (struct hc_table_column){
	    .name = l->names[l->ncolumns], .label = label, .type = type };
	l->slots[l->ncolumns++] = -1;
}

/* The names of fields of a report, joined by ';', as labels. */
static void
show_signs(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_field *f;
	char name[48];
	size_t len;

	for (; *value != '\0'; value += len + (value[len] == ';')) {
		len = strcspn(value, ";");
		snprintf(name, sizeof(name), "%.*s", (int)len, value);
		f = hc_catalogue_field(arg, name);
		hc_buf_printf(out, "%s%s", f != NULL ?
		    hc_catalogue_label(f) : name,
		    value[len] != '\0' ? ", " : "");
	}
}

/* A column of the situation; one that is there already is passed over. */
static enum hc_status
add_column(struct hc_followup_rows *l, const char *name)
{
	struct hc_db *db = l->f->store->db;
	const struct hc_field *field;
	enum hc_status rc;
	size_t i;
	int slot;

	for (i = 0; i < l->ncolumns; i++)
		if (strcmp(l->names[i], name) == 0)
			return HC_OK;
	if (l->ncolumns == MOST)
		return hc_db_fail(db, HC_CONFIG, _("more than %d columns"),
		    MOST);
	if ((rc = hc_worklist_want(l->list, name, &slot,
	    hc_db_error_buffer(db))) != HC_OK)
		return rc == HC_INVALID ? HC_CONFIG : rc;
	field = hc_worklist_field(l->list, slot);
	add_own(l, name, hc_catalogue_label(field), field->type);
	l->columns[l->ncolumns - 1] = hc_value_column(field);
	l->columns[l->ncolumns - 1].name = l->names[l->ncolumns - 1];
	if (strcmp(name, "red_flags") == 0) {
		l->columns[l->ncolumns - 1].show = show_signs;
		l->columns[l->ncolumns - 1].arg = hc_catalogue_entity(
		    l->f->store->catalogue, "observation");
	}
	l->slots[l->ncolumns - 1] = slot;
	return HC_OK;
}

/* "a,b,c" one after the other. */
static enum hc_status
add_columns(struct hc_followup_rows *l, const char *names)
{
	enum hc_status rc = HC_OK;
	char name[48];
	size_t len;

	while (rc == HC_OK && names != NULL && *names != '\0') {
		len = strcspn(names, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, names);
		rc = add_column(l, name);
		names += len + (names[len] == ',');
	}
	return rc;
}

static enum hc_status
add_keys(struct hc_followup_rows *l)
{
	const char *p = l->list->order_by;
	enum hc_type type;
	enum hc_status rc;
	char name[48];
	size_t len;

	while (p != NULL && *p != '\0' && l->nkeys < 8) {
		p += strspn(p, " ");
		l->falling[l->nkeys] = *p == '-';
		p += *p == '-';
		len = strcspn(p, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, p);
		rc = hc_worklist_want(l->list, name, &l->keys[l->nkeys],
		    hc_db_error_buffer(l->f->store->db));
		if (rc != HC_OK)
			return rc == HC_INVALID ? HC_CONFIG : rc;
		type = hc_worklist_field(l->list, l->keys[l->nkeys])->type;
		l->numeric[l->nkeys++] = type == HC_TYPE_INTEGER ||
		    type == HC_TYPE_DECIMAL || type == HC_TYPE_YESNO ||
		    type == HC_TYPE_REF;
		p += len + (p[len] == ',');
	}
	return HC_OK;
}

/* "red_flag;fever", or "red_flag=1000;fever=100" with their points: the
   labels of the conditions in their place. */
static void
show_conditions(const void *arg, const char *value, struct hc_buf *out)
{
	const struct hc_worklist *list = arg;
	const struct hc_worklist_condition *c;
	size_t i, len, name;

	for (; *value != '\0'; value += len + (value[len] == ';')) {
		len = strcspn(value, ";");
		name = strcspn(value, ";=");
		for (i = 0; i < list->nconditions; i++) {
			c = &list->conditions[i];
			if (strncmp(c->name, value, name) != 0 ||
			    c->name[name] != '\0')
				continue;
			hc_buf_puts(out, c->label);
			if (name < len)
				hc_buf_printf(out, " %" PRId64, c->points);
			if (value[len] == ';')
				hc_buf_puts(out, ", ");
		}
	}
}

static void
add_reasons(struct hc_followup_rows *l, const char *name, const char *label)
{
	add_own(l, name, label, HC_TYPE_TEXT);
	l->columns[l->ncolumns - 1].show = show_conditions;
	l->columns[l->ncolumns - 1].arg = l->list;
}

/* What the next person to ring up is chosen by; records have no such. */
static enum hc_status
add_hidden(struct hc_followup_rows *l)
{
	struct hc_error *err = hc_db_error_buffer(l->f->store->db);
	enum hc_status rc;

	l->staff = l->next_call_at = -1;
	if (l->list->records != NULL)
		return HC_OK;
	if ((rc = hc_worklist_want(l->list, "staff", &l->staff, err)) ==
	    HC_OK)
		rc = hc_worklist_want(l->list, "next_call_at",
		    &l->next_call_at, err);
	return rc;
}

enum hc_status
hc_followup_layout_make(struct hc_followup_rows *l)
{
	const struct hc_catalogue *c = l->f->store->catalogue;
	enum hc_status rc;

	add_own(l, l->list->subject, hc_catalogue_entity_label(
	    hc_catalogue_entity(c, l->list->subject)), HC_TYPE_REF);
	if ((rc = add_columns(l, "person,person.name,phones")) != HC_OK)
		return rc;
	l->columns[3].type = HC_TYPE_PHONE;	/* never cut */
	/* "name" by itself is the person's. */
	snprintf(l->names[2], sizeof(l->names[2]), "name");
	if ((rc = add_columns(l, l->list->columns)) != HC_OK)
		return rc;
	l->fixed = l->ncolumns;
	if (l->fixed + OWN > MOST)
		return hc_db_fail(l->f->store->db, HC_CONFIG,
		    _("more than %d columns"), MOST - OWN);
	add_own(l, "priority", _("priority"), HC_TYPE_INTEGER);
	add_reasons(l, "conditions", _("conditions"));
	if (l->f->why)
		add_reasons(l, "sum", _("made up of"));
	if ((rc = add_keys(l)) != HC_OK)
		return rc;
	return add_hidden(l);
}
