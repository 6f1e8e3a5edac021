/* What the records of a row will say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "record/record.h"

#include "task/import_value.h"

/* A facility that is new is made in the run. */
static enum hc_status
make_facility(struct hc_import_place *p, const char *name, int64_t *id)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	*id = 1;
	if (!p->write)
		return HC_OK;
	if (hc_row_new(&row, p->facility) != HC_OK)
		return hc_db_nomem(p->store->db);
	if ((rc = hc_import_target_set(p, row, hc_catalogue_field(p->facility,
	    "name"), name)) == HC_OK &&
	    (rc = hc_record_insert(p->store, row)) == HC_OK)
		*id = row->id;
	hc_row_free(row);
	return rc;
}

/* 自宅 where a hospital or hotel is expected: the kind of the stay. */
static bool
says_kind(struct hc_import_place *p, struct hc_row *row,
    const struct hc_field *field, const char *text, enum hc_status *rc)
{
	const struct hc_field *kind = hc_catalogue_field(row->entity, "kind");
	struct hc_buf code = HC_BUF_INIT;
	struct hc_value_rule rule;
	bool says;

	if (strcmp(row->entity->name, "stay") != 0 || kind == NULL ||
	    field->target != p->facility)
		return false;
	hc_value_rule_plain(&rule, p->store->office, p->options.clock->today,
	    p->options.clock->zone);
	says = hc_value_read(kind, &rule, text, &code, NULL) == HC_OK;
	if (says)
		*rc = hc_import_target_set(p, row, kind, hc_buf_text(&code));
	hc_buf_free(&code);
	return says;
}

static enum hc_status
set_named(struct hc_import_place *p, struct hc_row *row, size_t column)
{
	const struct hc_import_column *c = &p->map->columns[column];
	const char *text = p->in->cells[column].text;
	enum hc_status rc;
	char number[24];
	int64_t id;

	rc = hc_import_match_named(p->match, c->field->target, text, &id);
	if (rc == HC_NOTFOUND && says_kind(p, row, c->field, text, &rc))
		return rc;
	if (rc == HC_NOTFOUND && c->field->target == p->facility)
		rc = make_facility(p, text, &id);
	if (rc == HC_NOTFOUND) {
		p->waits = true;
		return HC_OK;	/* nobody of that name: source_row has it */
	}
	if (rc != HC_OK)
		return rc;
	snprintf(number, sizeof(number), "%lld", (long long)id);
	return hc_import_target_set(p, row, c->field, number);
}

static enum hc_status
set_case(struct hc_import_place *p, struct hc_row *row, size_t column)
{
	const struct hc_import_column *c = &p->map->columns[column];
	enum hc_status rc;
	char text[24];
	int64_t id;

	/* A contact's own episode may be numbered like a case. */
	rc = hc_import_target_case(p, (int)column,
	    strcmp(c->entity->name, "contact") == 0 &&
	    strcmp(c->field->name, "episode") == 0, &id);
	if (rc == HC_NOTFOUND || rc == HC_CONFLICT) {
		p->waits = true;
		if (p->awaits == NULL)
			hc_import_target_warn(p, (int)column,
			    rc == HC_NOTFOUND ?
			    _("no episode has this number; it is not linked") :
			    _("several lists have an episode of this number; "
			    "it is not linked"));
		return HC_OK;
	}
	if (rc != HC_OK)
		return rc;
	snprintf(text, sizeof(text), "%lld", (long long)id);
	return hc_import_target_set(p, row, c->field, text);
}

/* Age and band come from one column: 34, or ３０代. */
static enum hc_status
set_age(struct hc_import_place *p, struct hc_row *row, size_t column)
{
	const struct hc_import_cell *cell = &p->in->cells[column];
	const struct hc_field *band = hc_catalogue_field(row->entity,
	    "age_band");

	if (cell->text != NULL)
		return hc_import_target_set(p, row,
		    p->map->columns[column].field, cell->text);
	return hc_import_target_set(p, row, band, cell->band);
}

/* Symptoms that have a field each. */
static enum hc_status
set_fields(struct hc_import_place *p, struct hc_row *row, const char *names)
{
	enum hc_status rc = HC_OK;
	char name[48];
	size_t n;

	for (; rc == HC_OK && *names != '\0'; names += n + 1) {
		n = strcspn(names, "\n");
		snprintf(name, sizeof(name), "%.*s", (int)n, names);
		rc = hc_import_target_set(p, row,
		    hc_catalogue_field(row->entity, name), "1");
	}
	return rc;
}

/* Is it the same name but for spaces, or the same reading in other kana? */
static bool
same_but_form(const struct hc_field *field, const char *a, const char *b)
{
	struct hc_buf one = HC_BUF_INIT, two = HC_BUF_INIT;
	bool same;

	if (strcmp(field->entity->name, "person") != 0)
		return false;
	if (strcmp(field->name, "kana") == 0) {
		hc_fold_name(&one, a);
		hc_fold_name(&two, b);
	} else if (strcmp(field->name, "name") == 0) {
		for (; *a != '\0'; a++)
			if (*a != ' ')
				hc_buf_putc(&one, *a);
		for (; *b != '\0'; b++)
			if (*b != ' ')
				hc_buf_putc(&two, *b);
	}
	same = one.len > 0 && strcmp(hc_buf_text(&one),
	    hc_buf_text(&two)) == 0;
	hc_buf_free(&one);
	hc_buf_free(&two);
	return same;
}

/* A time alone: what it means depends on another cell. */
static bool
is_time(const struct hc_import_cell *cell)
{
	return cell->text != NULL && cell->text[0] == 'T';
}

/* A time alone belongs to the day that another column has. */
static enum hc_status
set_field(struct hc_import_place *p, struct hc_row *row,
    const struct hc_field *field, const char *text)
{
	char instant[HC_INSTANT_SIZE];
	const char *day;
	int32_t date;

	if (row->id != 0 && hc_row_get(row, field) != NULL &&
	    same_but_form(field, hc_row_get(row, field), text))
		return HC_OK;
	if (field->type != HC_TYPE_INSTANT || text[0] != 'T')
		return hc_import_target_set(p, row, field, text);
	if ((day = hc_import_target_value(p, row->entity, "day")) == NULL)
		day = hc_import_target_value(p, row->entity, "date");
	if (day == NULL || hc_date_parse_iso(day, &date) != HC_OK)
		return HC_OK;	/* kept in source_row */
	hc_instant_format(hc_instant_make(date, (int)strtol(text + 1, NULL,
	    10), p->options.clock->zone), instant);
	return hc_import_target_set(p, row, field, instant);
}

/* Another spelling of the name (黒澤 of 黒沢), from a row that did not have the
   person before: which is right nobody knows, and both are kept. */
static bool
other_spelling(const struct hc_import_place *p, const struct hc_row *row,
    size_t column)
{
	const struct hc_field *f = p->map->columns[column].field;
	const char *name = hc_row_get(row, f);
	struct hc_buf one = HC_BUF_INIT, two = HC_BUF_INIT;
	bool same;

	if (row->id == 0 || name == NULL || strcmp(row->entity->name,
	    "person") != 0 || strcmp(f->name, "name") != 0 ||
	    hc_import_said_cell(&p->said, p->in, column) !=
	    HC_IMPORT_SAID_NEVER)
		return false;
	hc_fold_name(&one, name);
	hc_fold_name(&two, p->in->cells[column].text);
	same = strcmp(hc_buf_text(&one), hc_buf_text(&two)) == 0 &&
	    !same_but_form(f, name, p->in->cells[column].text);
	hc_buf_free(&one);
	hc_buf_free(&two);
	return same;
}

static enum hc_status
set_cell(struct hc_import_place *p, struct hc_row *row, size_t i)
{
	const struct hc_import_column *c = &p->map->columns[i];
	const struct hc_import_cell *cell = &p->in->cells[i];
	const struct hc_field *other;

	switch (c->how) {
	case HC_IMPORT_FIELD:
		if (!other_spelling(p, row, i))
			return set_field(p, row, c->field, cell->text);
		other = hc_catalogue_field(row->entity, "other_name");
		return hc_row_get(row, other) != NULL ? HC_OK :
		    hc_import_target_set(p, row, other, cell->text);
	case HC_IMPORT_AGE:
		return set_age(p, row, i);
	case HC_IMPORT_NAMED:
		return set_named(p, row, i);
	case HC_IMPORT_CASE:
		return set_case(p, row, i);
	default:
		return HC_OK;
	}
}

/* The list filled the cell before and leaves it empty now: the value goes, if
   it is still the list's.  What a person is, other lists say too. */
static enum hc_status
clear_cell(struct hc_import_place *p, struct hc_import_target *t, size_t i)
{
	const struct hc_import_column *c = &p->map->columns[i];
	const char *value = hc_row_get(t->row, c->field);

	if (t->entity == p->person || c->how != HC_IMPORT_FIELD ||
	    value == NULL || !hc_import_said_value(&p->said, i, value))
		return HC_OK;
	return hc_import_target_set(p, t->row, c->field, NULL);
}

/*
 * Everything that the row says of the target's entity.  Of a record that is
 * known only what the list has changed since: what staff have mended stays.
 */
enum hc_status
hc_import_value_set(struct hc_import_place *p, struct hc_import_target *t)
{
	const struct hc_import_column *c;
	const struct hc_import_cell *cell;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < p->map->ncolumns; i++) {
		c = &p->map->columns[i];
		cell = &p->in->cells[i];
		if (!hc_import_target_takes(t, c) || (t->before != NULL &&
		    hc_import_said_cell(&p->said, p->in, i) ==
		    HC_IMPORT_SAID_SAME && !is_time(cell)))
			continue;
		if (cell->reason == NULL && cell->fields != NULL)
			rc = set_fields(p, t->row, cell->fields);
		if (rc != HC_OK)
			break;
		if (cell->reason == NULL &&
		    (cell->text != NULL || cell->band != NULL))
			rc = set_cell(p, t->row, i);
		else if (t->before != NULL && cell->fields == NULL &&
		    !p->options.keep_cleared)
			rc = clear_cell(p, t, i);
	}
	return rc;
}

/* What a stay is, where the list only names the place: by the facility's
   kind, and a hospital as long as that is not known. */
static enum hc_status
stay_kind(struct hc_import_place *p, const struct hc_row *stay,
    const char **kind)
{
	static const char *const kinds[][2] = { { "hotel", "hotel" },
	    { "dormitory", "hotel" }, { "care_home", "care" },
	    { "welfare", "care" }, { "household", "home" } };
	const char *id = hc_row_value(stay, "facility"), *place;
	struct hc_row *facility = NULL;
	enum hc_status rc;
	size_t i;

	*kind = "hospital";
	if (id == NULL)
		return HC_OK;
	rc = hc_row_load(p->store, p->facility, strtoll(id, NULL, 10),
	    &facility);
	if (rc != HC_OK)	/* a new one is not yet written when dry */
		return rc == HC_NOTFOUND ? HC_OK : rc;
	place = hc_row_value(facility, "kind");
	for (i = 0; place != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i][0], place) == 0)
			*kind = kinds[i][1];
	hc_row_free(facility);
	return HC_OK;
}

/* Values that lists leave out because they are plain from others. */
enum hc_status
hc_import_value_complete(struct hc_import_place *p, struct hc_import_target *t)
{
	const struct hc_field *kind = hc_catalogue_field(t->entity, "kind");
	const struct hc_field *last = hc_catalogue_field(t->entity,
	    "last_date");
	struct hc_import_target *episode = hc_import_target_of(p, p->episode);
	enum hc_status rc;
	const char *text;

	if (strcmp(t->entity->name, "stay") == 0 &&
	    hc_row_get(t->row, kind) == NULL) {
		rc = stay_kind(p, t->row, &text);
		return rc != HC_OK ? rc :
		    hc_import_target_set(p, t->row, kind, text);
	}
	if (strcmp(t->entity->name, "contact") == 0 && episode != NULL &&
	    episode->row != NULL && hc_row_get(t->row, last) == NULL &&
	    (text = hc_row_value(episode->row, "last_exposure_date")) != NULL)
		return hc_import_target_set(p, t->row, last, text);
	return HC_OK;
}
