/*
 * Output of rows: one table, four formats.
 *
 * Each row is put together in a buffer and handed to the sink as a whole.
 * Only the format for terminals needs all rows before the first is written.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/sink.h"
#include "base/table.h"

#include "base/table_cells.h"

static const char *const formats[] = {
	[HC_FORMAT_TABLE] = "table",
	[HC_FORMAT_TSV] = "tsv",
	[HC_FORMAT_CSV] = "csv",
	[HC_FORMAT_JSON] = "json",
	[HC_FORMAT_XLSX] = "xlsx",
};

int
hc_table_format(const char *name, enum hc_format *format)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i], name) == 0) {
			*format = (enum hc_format)i;
			return 0;
		}
	return -1;
}

enum hc_status
hc_table_new(struct hc_table **table, const struct hc_table_column *columns,
    size_t ncolumns)
{
	struct hc_table *t;
	const char *label;
	size_t i;

	if ((*table = t = calloc(1, sizeof(*t))) == NULL)
		return HC_NOMEM;
	t->columns = calloc(ncolumns + 1, sizeof(*t->columns));
	t->widths = calloc(ncolumns + 1, sizeof(*t->widths));
	t->inner = calloc(ncolumns + 1, sizeof(*t->inner));
	if (t->columns == NULL || t->widths == NULL || t->inner == NULL)
		goto nomem;
	t->ncolumns = ncolumns;
	for (i = 0; i < ncolumns; i++) {
		label = columns[i].label != NULL && *columns[i].label != '\0' ?
		    _(columns[i].label) : columns[i].name;
		t->columns[i] = columns[i];
		t->columns[i].name = strdup(columns[i].name);
		t->columns[i].label = strdup(label);
		if (t->columns[i].name == NULL || t->columns[i].label == NULL)
			goto nomem;
	}
	return HC_OK;
nomem:
	hc_table_free(t);
	*table = NULL;
	return HC_NOMEM;
}

void
hc_table_free(struct hc_table *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; i < t->ncolumns; i++) {
		free((char *)t->columns[i].name);
		free((char *)t->columns[i].label);
	}
	free(t->columns);
	free(t->widths);
	free(t->inner);
	free(t->cells);
	hc_buf_free(&t->text);
	hc_buf_free(&t->line);
	hc_buf_free(&t->cell[0]);
	hc_buf_free(&t->cell[1]);
	free(t);
}

size_t
hc_table_rows(const struct hc_table *t)
{
	return t->rows;
}

/* Hand the row that was put together on. */
static void
end_row(struct hc_table *t)
{
	hc_sink_write(&t->sink, &t->line);
	hc_buf_clear(&t->line);
	t->written++;
}

static void
put_row(struct hc_table *t, const char *const *cells)
{
	if (t->options.format == HC_FORMAT_XLSX)
		return;
	hc_table_flat_row(t, cells);
	end_row(t);
}

/* What comes before the rows. */
static void
put_head(struct hc_table *t)
{
	t->written = 0;
	hc_buf_clear(&t->line);
	if (t->options.format == HC_FORMAT_TABLE)
		hc_table_text_head(t);
	else
		hc_table_flat_head(t);
	hc_sink_write(&t->sink, &t->line);
	hc_buf_clear(&t->line);
}

/* What comes after the rows, and how all went. */
static enum hc_status
put_end(struct hc_table *t, struct hc_error *err)
{
	if (t->options.format == HC_FORMAT_XLSX)
		return hc_error_set(err, HC_INVALID, "%s",
		    _("only hc-export writes workbooks: choose table, tsv, csv "
		    "or json"));
	if (t->options.format == HC_FORMAT_JSON) {
		hc_buf_puts(&t->line, t->written == 0 ? "[]\n" : "\n]\n");
		hc_sink_write(&t->sink, &t->line);
		hc_buf_clear(&t->line);
	}
	return hc_sink_finish(&t->sink, err);
}

void
hc_table_stream(struct hc_table *t, FILE *file,
    const struct hc_table_options *options)
{
	t->options = *options;
	t->sink = (struct hc_sink){ file, 0 };
	t->streaming = true;
	if (options->format != HC_FORMAT_TABLE)
		put_head(t);
}

/* Keep a copy of one cell, and of what stands for it in a table. */
static void
keep(struct hc_table *t, size_t column, const char *text)
{
	const struct hc_table_column *c = &t->columns[column];
	struct hc_table_cell *cell = &t->cells[t->ncells++];

	*cell = (struct hc_table_cell){ 0, 0 };
	if (text == NULL)
		return;
	cell->value = t->text.len + 1;
	hc_buf_add(&t->text, text, strlen(text) + 1);
	if (c->show == NULL || *text == '\0')
		return;
	cell->shown = t->text.len + 1;
	c->show(c->arg, text, &t->text);
	hc_buf_putc(&t->text, '\0');
}

static enum hc_status
keep_row(struct hc_table *t, const char *const *cells)
{
	struct hc_table_cell *more;
	size_t i, room;

	if (t->ncells + t->ncolumns > t->room) {
		room = t->room * 2 + t->ncolumns * 16;
		if (room > SIZE_MAX / sizeof(*more) || room < t->room)
			return HC_NOMEM;
		if ((more = realloc(t->cells, room * sizeof(*more))) == NULL)
			return HC_NOMEM;
		t->cells = more;
		t->room = room;
	}
	for (i = 0; i < t->ncolumns; i++)
		keep(t, i, cells[i]);
	if (!hc_buf_failed(&t->text))
		return HC_OK;
	t->ncells -= t->ncolumns;
	return HC_NOMEM;
}

enum hc_status
hc_table_row(struct hc_table *t, const char *const *cells)
{
	if (t->stopped)
		return HC_NOMEM;
	if (t->streaming && t->options.format != HC_FORMAT_TABLE) {
		put_row(t, cells);
	} else if (keep_row(t, cells) != HC_OK) {
		t->stopped = true;
		return HC_NOMEM;
	}
	t->rows++;
	return HC_OK;
}

/* A cell that was kept; NULL if absent. */
static const char *
value(const struct hc_table *t, size_t row, size_t column)
{
	size_t at = t->cells[row * t->ncolumns + column].value;

	return at == 0 ? NULL : t->text.data + at - 1;
}

/* Write all rows that were kept. */
static enum hc_status
put_kept(struct hc_table *t, struct hc_error *err)
{
	const char **cells;
	size_t i, row;

	/* Half of the rows would look like all of them. */
	if (t->stopped || (cells = calloc(t->ncolumns + 1, sizeof(*cells))) ==
	    NULL)
		return hc_error_nomem(err);
	put_head(t);
	for (row = 0; row < t->rows; row++) {
		if (t->options.format == HC_FORMAT_TABLE) {
			hc_table_text_row(t, row);
			end_row(t);
			continue;
		}
		for (i = 0; i < t->ncolumns; i++)
			cells[i] = value(t, row, i);
		put_row(t, cells);
	}
	free(cells);
	return put_end(t, err);
}

enum hc_status
hc_table_finish(struct hc_table *t, struct hc_error *err)
{
	t->streaming = false;
	if (t->options.format == HC_FORMAT_TABLE)
		return put_kept(t, err);
	return put_end(t, err);
}

enum hc_status
hc_table_print(struct hc_table *t, FILE *file,
    const struct hc_table_options *options, struct hc_error *err)
{
	t->options = *options;
	t->sink = (struct hc_sink){ file, 0 };
	return put_kept(t, err);
}
