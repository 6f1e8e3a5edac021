/*
 * Rows as TSV, CSV and JSON: each stands for itself.
 */
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/formula.h"
#include "base/table.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "base/visible.h"

#include "base/table_cells.h"

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
		else if (hc_table_is_number(t->columns[i].type) &&
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
		put_csv_cell(t, cells[i],
		    hc_table_is_number(t->columns[i].type));
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

void
hc_table_flat_head(struct hc_table *t)
{
	if (t->options.format == HC_FORMAT_TSV)
		put_tsv_head(t);
	else if (t->options.format == HC_FORMAT_CSV)
		put_csv_head(t);
	/* JSON's stands before the first row, or at the end. */
}

void
hc_table_flat_row(struct hc_table *t, const char *const *cells)
{
	if (t->options.format == HC_FORMAT_TSV)
		put_tsv_row(t, cells);
	else if (t->options.format == HC_FORMAT_CSV)
		put_csv_row(t, cells);
	else
		put_json_row(t, cells);
}
