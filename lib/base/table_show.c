/*
 * What stands in a terminal's table for a value: labels instead of codes,
 * local times, own numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/table.h"

#include "base/table_cells.h"

/* Append the label of the code ${s}, whose length is ${len}. */
static void
put_word(const struct hc_table_word *words, const char *s, size_t len,
    struct hc_buf *out)
{
	for (; words->code != NULL; words++)
		if (strlen(words->code) == len &&
		    memcmp(words->code, s, len) == 0) {
			hc_buf_puts(out, _(words->label));
			return;
		}
	hc_buf_add(out, s, len);
}

void
hc_table_show_words(const void *words, const char *value, struct hc_buf *out)
{
	size_t len;

	for (; *value != '\0'; value += len) {
		len = strcspn(value, ",;");
		put_word(words, value, len, out);
		if (value[len] != '\0') {
			hc_buf_puts(out, ", ");
			len++;
		}
	}
}

/* A time in the office's zone: 2020-12-25 09:30, or 12-25 09:30 this year. */
static bool
local_time(struct hc_table *t, const char *value)
{
	const char *today = t->options.today;
	struct hc_buf *out = &t->cell[1];
	char date[HC_DATE_SIZE];
	int64_t at;
	int32_t day;
	int minute, skip = 0;

	if (hc_instant_parse(value, &at) != HC_OK)
		return false;
	hc_instant_split(at, t->options.zone, &day, &minute);
	hc_date_format(day, date);
	if (today != NULL && strncmp(date, today, 5) == 0)
		skip = 5;
	hc_buf_clear(out);
	hc_buf_printf(out, "%s %02d:%02d", date + skip, minute / 60,
	    minute % 60);
	return true;
}

/* One's own record by its own number. */
static bool
own_number(struct hc_table *t, const char *value)
{
	long long id = strtoll(value, NULL, 10);

	if (id < t->options.first_id || id > t->options.last_id)
		return false;
	hc_buf_clear(&t->cell[1]);
	hc_buf_printf(&t->cell[1], "%lld", id - t->options.first_id);
	return true;
}

const char *
hc_table_show_cell(struct hc_table *t, size_t row, size_t column)
{
	const struct hc_table_cell *cell =
	    &t->cells[row * t->ncolumns + column];
	enum hc_type type = t->columns[column].type;
	const char *value;

	if (cell->value == 0)
		return NULL;
	if (cell->shown != 0)
		return t->text.data + cell->shown - 1;
	value = t->text.data + cell->value - 1;
	if (type == HC_TYPE_YESNO)
		return strcmp(value, "1") == 0 ? _("yes") :
		    strcmp(value, "0") == 0 ? _("no") : value;
	if ((type == HC_TYPE_INSTANT && local_time(t, value)) ||
	    (type == HC_TYPE_REF && own_number(t, value)))
		return hc_buf_text(&t->cell[1]);
	return value;
}
