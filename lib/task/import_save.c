/* What a row of a list leaves in the database. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/phone.h"
#include "record/change.h"
#include "record/record.h"

#include "task/import_save.h"

static void
check_fault(void *arg, const struct hc_field *field, const char *value,
    const char *words)
{
	struct hc_import_place *p = arg;
	struct hc_buf text = HC_BUF_INIT;

	(void)value;
	hc_buf_printf(&text, "%s: %s", hc_catalogue_label(field), words);
	hc_import_target_refuse(p, hc_import_target_column(p, field->entity,
	    field->name), hc_buf_text(&text));
	hc_buf_free(&text);
}

/* Write the target, or see whether that would change anything. */
enum hc_status
hc_import_save_target(struct hc_import_place *p, struct hc_import_target *t)
{
	enum hc_status rc;

	hc_buf_clear(&p->scratch);
	if (t->before != NULL && hc_change_difference(t->before, t->row,
	    &p->scratch) == HC_NOTFOUND)
		return HC_OK;	/* as it was when it was checked */
	rc = hc_check_row(p->checks[t - p->targets], t->row,
	    p->options.clock, check_fault, p);
	if (rc == HC_INVALID || p->bad)
		return HC_OK;	/* told; the row will be refused */
	if (rc != HC_OK)
		return rc;
	p->changed = true;
	if (!p->write)
		return HC_OK;
	return t->before == NULL ? hc_record_insert(p->store, t->row) :
	    hc_record_update(p->store, t->row);
}

/* Why fields of the target have no value. */
enum hc_status
hc_import_save_absences(struct hc_import_place *p,
    const struct hc_import_target *t)
{
	const struct hc_import_column *c;
	const struct hc_import_cell *cell;
	enum hc_status rc;
	bool has;
	size_t i;

	rc = hc_import_note_read(p->notes, t->before);
	for (i = 0; rc == HC_OK && i < p->map->ncolumns; i++) {
		c = &p->map->columns[i];
		cell = &p->in->cells[i];
		if (!hc_import_target_takes(t, c) ||
		    hc_import_said_cell(&p->said, p->in, i) ==
		    HC_IMPORT_SAID_SAME)
			continue;
		has = hc_row_get(t->row, c->field) != NULL;
		if (t->before == NULL && cell->reason == NULL)
			continue;
		if (cell->reason != NULL || has)
			rc = hc_import_note_absence(p->notes, t->row, c->field,
			    has ? NULL : cell->reason, p->write,
			    &p->changed);
	}
	return rc;
}

static enum hc_status
save_phone(struct hc_import_place *p, const struct hc_row *person,
    const char *number)
{
	const struct hc_entity *e = hc_catalogue_entity(
	    p->store->catalogue, "phone");
	struct hc_phone phone;
	struct hc_row *row = NULL;
	enum hc_status rc = HC_OK;
	bool has = false;

	if (hc_phone_parse(number, &phone, NULL) != HC_OK)
		return HC_OK;
	if (person->id != 0)
		rc = hc_import_match_phone(p->match, person->id, &phone, 1,
		    &has);
	if (rc != HC_OK || has)
		return rc;
	p->changed = true;
	if (!p->write)
		return HC_OK;
	if (hc_row_new(&row, e) != HC_OK)
		return hc_db_nomem(p->store->db);
	if ((rc = hc_import_target_set_ref(p, row, "person", person)) ==
	    HC_OK &&
	    (rc = hc_import_target_set(p, row, hc_catalogue_field(e,
	    "number"), number)) == HC_OK)
		rc = hc_record_insert(p->store, row);
	hc_row_free(row);
	return rc;
}

enum hc_status
hc_import_save_phones(struct hc_import_place *p)
{
	struct hc_import_target *person = hc_import_target_of(p, p->person);
	enum hc_status rc = HC_OK;
	const char *text, *end;
	char number[80];
	size_t i;

	for (i = 0; rc == HC_OK && i < p->map->ncolumns; i++) {
		text = p->in->cells[i].text;
		if (p->map->columns[i].how != HC_IMPORT_PHONES ||
		    hc_import_said_cell(&p->said, p->in, i) ==
		    HC_IMPORT_SAID_SAME || p->in->cells[i].reason != NULL ||
		    person == NULL || person->row == NULL)
			continue;
		for (; rc == HC_OK && text != NULL && *text != '\0';
		    text = *end != '\0' ? end + 1 : end) {
			end = text + strcspn(text, "\n");
			snprintf(number, sizeof(number), "%.*s",
			    (int)(end - text), text);
			rc = save_phone(p, person->row, number);
		}
	}
	return rc;
}

static bool
left_over(const struct hc_import_place *p, size_t i)
{
	const struct hc_import_column *c = &p->map->columns[i];
	const struct hc_import_target *t;
	size_t j;

	if (p->in->cells[i].rest != NULL)
		return true;
	if (p->in->cells[i].text == NULL)
		return false;
	if (c->how == HC_IMPORT_NONE)
		return true;
	if (c->how != HC_IMPORT_NAMED && c->how != HC_IMPORT_CASE &&
	    (c->how != HC_IMPORT_FIELD || c->field->type !=
	    HC_TYPE_INSTANT))
		return false;
	for (j = 0; j < p->ntargets; j++) {
		t = &p->targets[j];
		if (hc_import_target_takes(t, c) && t->row != NULL &&
		    (hc_row_get(t->row, c->field) != NULL ||
		    (strcmp(t->entity->name, "stay") == 0 &&
		    hc_row_value(t->row, "kind") != NULL)))
			return false;
	}
	return p->in->cells[i].reason == NULL;
}

enum hc_status
hc_import_save_left_over(struct hc_import_place *p)
{
	struct hc_import_note_origin origin = { .source = p->options.source,
	    .file = p->options.file, .line = p->in->line };
	struct hc_buf json = HC_BUF_INIT;
	const char *mark = "{";
	enum hc_status rc;
	size_t i;

	for (i = 0; i < p->map->ncolumns; i++) {
		if (!left_over(p, i))
			continue;
		hc_buf_puts(&json, mark);
		hc_json_quote(p->map->columns[i].heading, &json);
		hc_buf_putc(&json, ':');
		hc_json_quote(p->in->cells[i].rest != NULL ?
		    p->in->cells[i].rest : p->in->cells[i].text, &json);
		mark = ",";
	}
	if (p->in->extra != NULL) {
		hc_buf_printf(&json, "%s\"\":", mark);
		hc_json_quote(p->in->extra, &json);
		mark = ",";
	}
	if (*mark == ',') {
		hc_buf_putc(&json, '}');
		origin.cells = hc_buf_text(&json);
	}
	rc = hc_buf_failed(&json) ? hc_db_nomem(p->store->db) :
	    hc_import_note_cells(p->notes, p->targets[0].row, &origin, p->write,
	    &p->changed);
	hc_buf_free(&json);
	return rc;
}
