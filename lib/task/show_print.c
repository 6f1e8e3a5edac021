/* One person's whole record as a page, as rows, as JSON (task/show.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/utf8.h"

#include "task/show.h"

static void
pad(struct hc_buf *out, const char *text, int columns)
{
	int width = hc_utf8_width(text);

	hc_buf_puts(out, text);
	while (width++ < columns)
		hc_buf_putc(out, ' ');
}

/* Line breaks go on under the value. */
static void
put_value(struct hc_buf *out, const char *text, int indent)
{
	for (; *text != '\0'; text++)
		if (*text == '\n')
			hc_buf_printf(out, "\n%*s", indent, "");
		else
			hc_buf_putc(out, *text);
}

/* The person's own fields, one on a line. */
static void
page_fields(const struct hc_show_record *r, struct hc_buf *out)
{
	const struct hc_field *f;
	int width, widest = 0;
	size_t i;

	for (i = 0; i < r->row->entity->nfields; i++) {
		width = hc_utf8_width(hc_catalogue_label(
		    r->row->entity->fields[i]));
		if (r->texts[i] != NULL && width > widest)
			widest = width;
	}
	for (i = 0; i < r->row->entity->nfields; i++) {
		f = r->row->entity->fields[i];
		if (r->texts[i] == NULL)
			continue;
		hc_buf_puts(out, "  ");
		pad(out, hc_catalogue_label(f), widest + 2);
		put_value(out, r->texts[i], widest + 4);
		hc_buf_putc(out, '\n');
	}
}

/* Is the value said already, or of no interest on the page? */
static bool
is_plain(const struct hc_show_record *r, size_t i, int64_t person)
{
	const struct hc_field *f = r->row->entity->fields[i];

	if (r->texts[i] == NULL || (r->event &&
	    strcmp(r->row->values[i], r->at) == 0))
		return true;
	if (f->type == HC_TYPE_REF && strcmp(f->target->name, "person") == 0)
		return strtoll(r->row->values[i], NULL, 10) == person;
	return strcmp(f->name, "digits") == 0;
}

/* Any other record on a line: number, then label and value of each field. */
static void
page_record(const struct hc_show_record *r, int64_t person,
    struct hc_buf *out)
{
	const struct hc_entity *e = r->row->entity;
	const char *mark = "  ";
	size_t i;

	hc_buf_puts(out, "  ");
	if (r->event) {
		for (i = 0; i < e->nfields; i++)
			if (r->row->values[i] != NULL &&
			    strcmp(r->row->values[i], r->at) == 0)
				break;
		pad(out, i < e->nfields ? r->texts[i] : "", 18);
		hc_buf_printf(out, "%s ", hc_catalogue_entity_label(e));
	}
	hc_buf_printf(out, "%lld", (long long)(r->row->id % HC_ID_SPAN));
	for (i = 0; i < e->nfields; i++) {
		if (is_plain(r, i, person))
			continue;
		hc_buf_printf(out, "%s%s: ", mark,
		    hc_catalogue_label(e->fields[i]));
		put_value(out, r->texts[i], 4);
		mark = "; ";
	}
	hc_buf_putc(out, '\n');
}

static void
page_due(const struct hc_show *show, struct hc_buf *out)
{
	const struct hc_show_due *due;
	int width, widest = 0;
	size_t i;

	for (i = 0; i < show->ndue; i++) {
		width = hc_utf8_width(show->due[i].label);
		widest = width > widest ? width : widest;
	}
	if (show->ndue > 0)
		hc_buf_printf(out, "\n%s\n", _("next"));
	for (i = 0; i < show->ndue; i++) {
		due = &show->due[i];
		hc_buf_puts(out, "  ");
		pad(out, due->label, widest + 2);
		hc_buf_printf(out, "%s\n", due->text);
	}
}

void
hc_show_page(const struct hc_show *show, struct hc_buf *out)
{
	const struct hc_show_record *r = &show->items[0];
	const struct hc_entity *section = NULL;
	bool events = false;
	size_t i;

	hc_buf_printf(out, "%s %lld (%lld, %s %lld)\n",
	    hc_catalogue_entity_label(r->row->entity),
	    (long long)(show->person % HC_ID_SPAN),
	    (long long)show->person, _("revision"),
	    (long long)r->row->revision);
	page_fields(r, out);
	page_due(show, out);
	for (i = 1; i < show->len; i++) {
		r = &show->items[i];
		if (r->event && !events) {
			hc_show_curve(show, out);
			hc_buf_printf(out, "\n%s\n", _("timeline"));
		}
		else if (!r->event && r->row->entity != section)
			hc_buf_printf(out, "\n%s\n",
			    strcmp(r->row->entity->name, "person") == 0 ?
			    _("same household, or merged into this one") :
			    hc_catalogue_entity_label(r->row->entity));
		events = events || r->event;
		section = r->row->entity;
		page_record(r, show->person, out);
	}
}

enum hc_status
hc_show_table(struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "person", NULL, HC_TYPE_REF },
		{ "entity", NULL, HC_TYPE_TEXT },
		{ "record", NULL, HC_TYPE_REF },
		{ "at", NULL, HC_TYPE_TEXT },
		{ "field", NULL, HC_TYPE_TEXT },
		{ "value", NULL, HC_TYPE_TEXT },
	};

	return hc_table_new(table, columns,
	    sizeof(columns) / sizeof(columns[0]));
}

enum hc_status
hc_show_rows(const struct hc_show *show, struct hc_table *table)
{
	const struct hc_show_record *r;
	char person[24], record[24];
	const char *cells[6];
	size_t i, j;

	snprintf(person, sizeof(person), "%lld", (long long)show->person);
	cells[0] = person;
	cells[2] = record;
	for (i = 0; i < show->len; i++) {
		r = &show->items[i];
		snprintf(record, sizeof(record), "%lld",
		    (long long)r->row->id);
		cells[1] = r->row->entity->name;
		cells[3] = r->at[0] != '\0' ? r->at : NULL;
		for (j = 0; j < r->row->entity->nfields; j++) {
			cells[4] = r->row->entity->fields[j]->name;
			cells[5] = r->row->values[j];
			if (cells[5] != NULL &&
			    hc_table_row(table, cells) != HC_OK)
				return HC_NOMEM;
		}
	}
	cells[1] = "due";
	cells[2] = cells[3] = NULL;
	for (i = 0; i < show->ndue; i++) {
		snprintf(record, sizeof(record), "%lld",
		    (long long)show->due[i].episode);
		cells[2] = show->due[i].episode != 0 ? record : NULL;
		cells[4] = show->due[i].name;
		cells[5] = show->due[i].value;
		if (hc_table_row(table, cells) != HC_OK)
			return HC_NOMEM;
	}
	return HC_OK;
}

static void
json_record(const struct hc_show_record *r, struct hc_buf *out)
{
	const struct hc_entity *e = r->row->entity;
	size_t i;

	hc_buf_printf(out, "{\"id\": %lld, \"revision\": %lld",
	    (long long)r->row->id, (long long)r->row->revision);
	for (i = 0; i < e->nfields; i++) {
		if (r->row->values[i] == NULL)
			continue;
		hc_buf_printf(out, ", \"%s\": ", e->fields[i]->name);
		switch (e->fields[i]->type) {
		case HC_TYPE_INTEGER:
		case HC_TYPE_DECIMAL:
		case HC_TYPE_REF:
			hc_buf_puts(out, r->row->values[i]);
			break;
		case HC_TYPE_YESNO:
			hc_buf_puts(out, strcmp(r->row->values[i], "1") == 0 ?
			    "true" : "false");
			break;
		default:
			hc_json_quote(r->row->values[i], out);
		}
	}
	hc_buf_putc(out, '}');
}

/* All records of one entity, if there are any. */
static void
json_entity(const struct hc_show *show, const struct hc_entity *entity,
    bool *any, struct hc_buf *out)
{
	bool first = true;
	size_t i;

	for (i = 0; i < show->len; i++) {
		if (show->items[i].row->entity != entity)
			continue;
		if (first)
			hc_buf_printf(out, "%s\"%s\": [", *any ? ", " : "",
			    entity->name);
		else
			hc_buf_puts(out, ", ");
		json_record(&show->items[i], out);
		first = false;
	}
	if (!first) {
		hc_buf_putc(out, ']');
		*any = true;
	}
}

void
hc_show_json(const struct hc_show *show, struct hc_buf *out)
{
	const struct hc_entity *e;
	bool any = false;
	size_t i, j;

	hc_buf_printf(out, "{\"person\": %lld, \"records\": {",
	    (long long)show->person);
	for (i = 0; i < show->len; i++) {
		e = show->items[i].row->entity;
		for (j = 0; j < i; j++)
			if (show->items[j].row->entity == e)
				break;
		if (j == i)
			json_entity(show, e, &any, out);
	}
	hc_buf_puts(out, "}, \"due\": [");
	for (i = 0; i < show->ndue; i++) {
		hc_buf_printf(out, "%s{\"episode\": %lld, \"name\": ",
		    i > 0 ? ", " : "", (long long)show->due[i].episode);
		hc_json_quote(show->due[i].name, out);
		hc_buf_puts(out, ", \"value\": ");
		hc_json_quote(show->due[i].value, out);
		hc_buf_putc(out, '}');
	}
	hc_buf_puts(out, "]}");
}
