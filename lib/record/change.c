/* What a run did to a record, as JSON. */
#include <string.h>

#include "record/change.h"

void
hc_change_whole(const struct hc_row *row, struct hc_buf *json)
{
	const char *mark = "{";
	size_t i;

	for (i = 0; i < row->entity->nfields; i++) {
		if (row->values[i] == NULL)
			continue;
		hc_buf_puts(json, mark);
		hc_buf_putc(json, '"');
		hc_buf_puts(json, row->entity->fields[i]->name);
		hc_buf_puts(json, "\":");
		hc_json_quote(row->values[i], json);
		mark = ",";
	}
	hc_buf_puts(json, *mark == '{' ? "{}" : "}");
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

enum hc_status
hc_change_difference(const struct hc_row *before, const struct hc_row *after,
    struct hc_buf *json)
{
	const char *mark = "{";
	size_t i;

	for (i = 0; i < before->entity->nfields; i++) {
		if (same(before->values[i], after->values[i]))
			continue;
		hc_buf_printf(json, "%s\"%s\":[", mark,
		    before->entity->fields[i]->name);
		hc_json_quote(before->values[i], json);
		hc_buf_putc(json, ',');
		hc_json_quote(after->values[i], json);
		hc_buf_putc(json, ']');
		mark = ",";
	}
	if (*mark == '{')
		return HC_NOTFOUND;
	hc_buf_putc(json, '}');
	return HC_OK;
}

enum hc_status
hc_change_take(const struct hc_json *fields, struct hc_row *row)
{
	const struct hc_json *value;
	const struct hc_field *f;
	void *iterator = NULL;
	const char *name;

	while ((value = hc_json_next(fields, &iterator, &name)) != NULL)
		if ((f = hc_catalogue_field(row->entity, name)) != NULL &&
		    hc_row_set(row, f, hc_json_text(value)) != HC_OK)
			return HC_NOMEM;
	return HC_OK;
}
