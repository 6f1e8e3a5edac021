/*
 * Output of rows: one table, four formats.
 *
 * Each row is put together in a buffer and handed to the sink as a whole.
 * Only the format for terminals needs all rows before the first is written.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/formula.h"
#include "base/i18n.h"
#include "base/sink.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "base/visible.h"

#include "base/table.h"

#define GAP 2		/* spaces between two columns */
#define NARROWEST 6	/* columns are not cut below this width */
#define ELLIPSIS "…"

struct hc_table {
	struct hc_table_column *columns;
	size_t ncolumns;
	struct hc_buf text;	/* of all cells, each closed by a NUL */
	size_t *cells;		/* 1 + where each begins in text; 0: absent */
	size_t ncells;
	size_t room;
	size_t rows;

	bool streaming;
	bool stopped;		/* hc_table_row() ran out of memory */
	struct hc_table_options options;
	struct hc_sink sink;
	struct hc_buf line;	/* the row that is put together */
	struct hc_buf cell[2];	/* steps on the way to a cell */
	int *widths;		/* of the columns, for a terminal */
	size_t written;		/* rows handed to the sink */
};

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
	if (t->columns == NULL || t->widths == NULL)
		goto nomem;
	t->ncolumns = ncolumns;
	for (i = 0; i < ncolumns; i++) {
		label = columns[i].label != NULL ? columns[i].label :
		    columns[i].name;
		t->columns[i].type = columns[i].type;
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

static bool
is_number(enum hc_type type)
{
	return type == HC_TYPE_INTEGER || type == HC_TYPE_DECIMAL ||
	    type == HC_TYPE_REF || type == HC_TYPE_YESNO;
}

/* The text of a cell that was kept; NULL if absent. */
static const char *
kept(const struct hc_table *t, size_t row, size_t column)
{
	size_t at = t->cells[row * t->ncolumns + column];

	return at == 0 ? NULL : t->text.data + at - 1;
}

/* Is it a number as JSON writes them?  007 is not. */
static bool
is_json_number(const char *s)
{
	size_t n;

	s += *s == '-';
	n = strspn(s, "0123456789");
	if (n == 0 || (n > 1 && *s == '0'))
		return false;
	s += n;
	if (*s == '.') {
		n = strspn(++s, "0123456789");
		if (n == 0)
			return false;
		s += n;
	}
	return *s == '\0';
}

/* A JSON string; what steers terminals is always escaped. */
static void
put_json_string(struct hc_buf *out, const char *s)
{
	unsigned int c;

	hc_buf_putc(out, '"');
	while ((c = hc_utf8_next(&s)) != 0) {
		if (c == '"' || c == '\\') {
			hc_buf_putc(out, '\\');
			hc_buf_putc(out, (int)c);
		} else if (c == '\n') {
			hc_buf_puts(out, "\\n");
		} else if (c == '\t') {
			hc_buf_puts(out, "\\t");
		} else if (c < 0x20 || (c >= 0x7f && c <= 0x9f) ||
		    (c >= 0x2028 && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069)) {
			hc_buf_printf(out, "\\u%04x", c);
		} else {
			hc_buf_codepoint(out, c);
		}
	}
	hc_buf_putc(out, '"');
}

static void
put_json_row(struct hc_table *t, const char *const *cells)
{
	struct hc_buf *line = &t->line;
	size_t i;

	hc_buf_puts(line, t->written == 0 ? "[\n{" : ",\n{");
	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			hc_buf_putc(line, ',');
		put_json_string(line, t->columns[i].name);
		hc_buf_putc(line, ':');
		if (cells[i] == NULL)
			hc_buf_puts(line, "null");
		else if (is_number(t->columns[i].type) &&
		    is_json_number(cells[i]))
			hc_buf_puts(line, cells[i]);
		else
			put_json_string(line, cells[i]);
	}
	hc_buf_putc(line, '}');
}

/* Append what ${cell} holds; visible if the file is a terminal. */
static void
put_cell(struct hc_table *t, const struct hc_buf *cell)
{
	if (hc_buf_failed(cell))
		t->line.failed = true;
	else if (t->options.terminal)
		hc_visible(&t->line, hc_buf_text(cell));
	else
		hc_buf_add(&t->line, cell->data, cell->len);
}

static void
put_csv_cell(struct hc_table *t, const char *text, bool number)
{
	struct hc_buf *safe = &t->cell[0], *cell = &t->cell[1];

	hc_buf_clear(safe);
	hc_buf_clear(cell);
	if (text != NULL && t->options.excel &&
	    !(number && is_json_number(text))) {
		hc_formula_defuse(safe, text);
		if (hc_buf_failed(safe))
			t->line.failed = true;
		text = hc_buf_text(safe);
	}
	hc_csv_cell(cell, text);
	put_cell(t, cell);
}

static void
put_csv_row(struct hc_table *t, const char *const *cells)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			hc_buf_putc(&t->line, ',');
		/* One column: an absent value must not be a blank line. */
		if (t->ncolumns == 1 && (cells[i] == NULL || *cells[i] == '\0'))
			hc_buf_puts(&t->line, "\"\"");
		put_csv_cell(t, cells[i], is_number(t->columns[i].type));
	}
	hc_buf_puts(&t->line, "\r\n");
}

static void
put_tsv_row(struct hc_table *t, const char *const *cells)
{
	struct hc_buf *cell = &t->cell[0];
	size_t i;

	if (t->ncolumns == 1)
		hc_buf_printf(&t->line, "%zu\t", t->written + 1);
	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			hc_buf_putc(&t->line, '\t');
		if (cells[i] == NULL)
			continue;
		hc_buf_clear(cell);
		hc_tsv_escape(cell, cells[i]);
		put_cell(t, cell);
	}
	hc_buf_putc(&t->line, '\n');
}

static void
spaces(struct hc_buf *out, int n)
{
	while (n-- > 0)
		hc_buf_putc(out, ' ');
}

/* A cell of the aligned table, cut to the column's width. */
static void
put_aligned(struct hc_table *t, size_t column, const char *text)
{
	struct hc_buf *line = &t->line, *cell = &t->cell[0];
	int room, width = t->widths[column];

	hc_buf_clear(cell);
	if (text != NULL)
		hc_visible(cell, text);
	if (hc_buf_failed(cell))
		line->failed = true;
	if (hc_utf8_width(hc_buf_text(cell)) > width) {
		hc_buf_cut(cell, hc_utf8_fit(hc_buf_text(cell), width - 1));
		hc_buf_puts(cell, ELLIPSIS);
	}
	room = width - hc_utf8_width(hc_buf_text(cell));
	if (is_number(t->columns[column].type)) {
		spaces(line, room);
		hc_buf_puts(line, hc_buf_text(cell));
	} else {
		hc_buf_puts(line, hc_buf_text(cell));
		spaces(line, room);
	}
}

/* No spaces at the end of a line; the newline. */
static void
end_aligned(struct hc_buf *line)
{
	while (line->len > 0 && line->data[line->len - 1] == ' ')
		hc_buf_cut(line, line->len - 1);
	hc_buf_putc(line, '\n');
}

static void
put_table_row(struct hc_table *t, const char *const *cells)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			spaces(&t->line, GAP);
		put_aligned(t, i, cells[i]);
	}
	end_aligned(&t->line);
}

static void
put_row(struct hc_table *t, const char *const *cells)
{
	switch (t->options.format) {
	case HC_FORMAT_TABLE:
		put_table_row(t, cells);
		break;
	case HC_FORMAT_TSV:
		put_tsv_row(t, cells);
		break;
	case HC_FORMAT_CSV:
		put_csv_row(t, cells);
		break;
	case HC_FORMAT_JSON:
		put_json_row(t, cells);
		break;
	case HC_FORMAT_XLSX:
		return;
	}
	hc_sink_write(&t->sink, &t->line);
	hc_buf_clear(&t->line);
	t->written++;
}

/* Widen the column to what its text takes on a terminal. */
static void
measure(struct hc_table *t, size_t column, const char *text)
{
	struct hc_buf *cell = &t->cell[0];
	int width;

	hc_buf_clear(cell);
	hc_visible(cell, text);
	width = hc_utf8_width(hc_buf_text(cell));
	if (width > t->widths[column])
		t->widths[column] = width;
}

/*
 * Narrow the widest columns until a row fits the terminal.  Numbers are
 * never cut: half of one is a wrong one.
 */
static void
narrow(struct hc_table *t)
{
	size_t i, widest;
	long total = 0;

	if (t->options.width <= 0)
		return;
	for (i = 0; i < t->ncolumns; i++) {
		if (!is_number(t->columns[i].type) &&
		    t->widths[i] > t->options.width)
			t->widths[i] = t->options.width;
		total += t->widths[i] + (i > 0 ? GAP : 0);
	}
	for (; total > t->options.width; total--) {
		widest = t->ncolumns;
		for (i = 0; i < t->ncolumns; i++)
			if (!is_number(t->columns[i].type) &&
			    t->widths[i] > NARROWEST &&
			    (widest == t->ncolumns ||
			    t->widths[i] > t->widths[widest]))
				widest = i;
		if (widest == t->ncolumns)
			return;
		t->widths[widest]--;
	}
}

static void
set_widths(struct hc_table *t)
{
	const char *text;
	size_t i, row;

	for (i = 0; i < t->ncolumns; i++) {
		t->widths[i] = 1;
		measure(t, i, t->columns[i].label);
		for (row = 0; row < t->rows; row++)
			if ((text = kept(t, row, i)) != NULL)
				measure(t, i, text);
	}
	narrow(t);
}

static void
put_table_head(struct hc_table *t)
{
	size_t i;
	int n;

	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			spaces(&t->line, GAP);
		put_aligned(t, i, t->columns[i].label);
	}
	end_aligned(&t->line);
	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			spaces(&t->line, GAP);
		for (n = 0; n < t->widths[i]; n++)
			hc_buf_putc(&t->line, '-');
	}
	hc_buf_putc(&t->line, '\n');
}

static void
put_csv_head(struct hc_table *t)
{
	size_t i;

	if (t->options.bom)
		hc_buf_puts(&t->line, "\xef\xbb\xbf");
	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			hc_buf_putc(&t->line, ',');
		put_csv_cell(t, t->options.labels ? t->columns[i].label :
		    t->columns[i].name, false);
	}
	hc_buf_puts(&t->line, "\r\n");
}

static void
put_tsv_head(struct hc_table *t)
{
	size_t i;

	if (t->ncolumns == 1)
		hc_buf_puts(&t->line, "row\t");
	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			hc_buf_putc(&t->line, '\t');
		hc_tsv_escape(&t->line, t->columns[i].name);
	}
	hc_buf_putc(&t->line, '\n');
}

/* What comes before the rows. */
static void
put_head(struct hc_table *t)
{
	t->written = 0;
	hc_buf_clear(&t->line);
	switch (t->options.format) {
	case HC_FORMAT_TABLE:
		set_widths(t);
		put_table_head(t);
		break;
	case HC_FORMAT_TSV:
		put_tsv_head(t);
		break;
	case HC_FORMAT_CSV:
		put_csv_head(t);
		break;
	case HC_FORMAT_JSON:	/* with the first row, or at the end */
	case HC_FORMAT_XLSX:
		return;
	}
	hc_sink_write(&t->sink, &t->line);
	hc_buf_clear(&t->line);
}

/* What comes after the rows, and how all went. */
static enum hc_status
put_end(struct hc_table *t, struct hc_error *err)
{
	if (t->options.format == HC_FORMAT_XLSX)
		return hc_error_set(err, HC_INVALID, "%s",
		    _("a workbook cannot be written here"));
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

/* Keep a copy of one cell. */
static void
keep(struct hc_table *t, const char *text)
{
	size_t at = 0;

	if (text != NULL) {
		at = t->text.len + 1;
		hc_buf_add(&t->text, text, strlen(text) + 1);
	}
	t->cells[t->ncells++] = at;
}

static enum hc_status
keep_row(struct hc_table *t, const char *const *cells)
{
	size_t i, room, *more;

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
		keep(t, cells[i]);
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
		for (i = 0; i < t->ncolumns; i++)
			cells[i] = kept(t, row, i);
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
