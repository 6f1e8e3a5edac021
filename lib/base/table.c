/*
 * Output of rows: one table, four formats.
 *
 * Each row is put together in a buffer and handed to the sink as a whole.
 * Only the format for terminals needs all rows before the first is written.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/formula.h"
#include "base/i18n.h"
#include "base/sink.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "base/visible.h"

#include "base/table.h"

#define LONG_TEXT 40	/* longer texts are cut before all else */
#define TEXT_NARROWEST 6	/* no text is cut below this width */
#define LABEL_NARROWEST 4	/* nor a label broken, */
#define WORD_NARROWEST 8	/* nor one of its words in Latin letters */
#define ELLIPSIS "…"

/* 1 + where a text begins in the table's; 0: absent. */
struct cell {
	size_t value;
	size_t shown;		/* 0: the value */
};

struct hc_table {
	struct hc_table_column *columns;
	size_t ncolumns;
	struct hc_buf text;	/* of all cells, each closed by a NUL */
	struct cell *cells;
	size_t ncells;
	size_t room;
	size_t rows;

	bool streaming;
	bool stopped;		/* hc_table_row() ran out of memory */
	struct hc_table_options options;
	struct hc_sink sink;
	struct hc_buf line;	/* the row that is put together */
	struct hc_buf cell[2];	/* steps on the way to a cell */
	int gap;		/* spaces between columns, for a terminal */
	int *widths;		/* of the columns */
	int *inner;		/* the same without the labels */
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

static bool
is_number(enum hc_type type)
{
	return type == HC_TYPE_INTEGER || type == HC_TYPE_DECIMAL ||
	    type == HC_TYPE_REF || type == HC_TYPE_YESNO;
}

/* Half of it would be a wrong one. */
static bool
is_whole(enum hc_type type)
{
	return is_number(type) || type == HC_TYPE_DATE ||
	    type == HC_TYPE_INSTANT || type == HC_TYPE_PHONE ||
	    type == HC_TYPE_EMAIL;
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

/* The text of a cell that was kept, NULL if absent; what stands for it in a
   table is good until the next call. */
static const char *
kept(struct hc_table *t, size_t row, size_t column)
{
	const struct cell *cell = &t->cells[row * t->ncolumns + column];
	enum hc_type type = t->columns[column].type;
	const char *value;

	if (cell->value == 0)
		return NULL;
	value = t->text.data + cell->value - 1;
	if (t->options.format != HC_FORMAT_TABLE)
		return value;
	if (cell->shown != 0)
		return t->text.data + cell->shown - 1;
	if (type == HC_TYPE_YESNO)
		return strcmp(value, "1") == 0 ? _("yes") :
		    strcmp(value, "0") == 0 ? _("no") : value;
	if ((type == HC_TYPE_INSTANT && local_time(t, value)) ||
	    (type == HC_TYPE_REF && own_number(t, value)))
		return hc_buf_text(&t->cell[1]);
	return value;
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
	if (is_number(t->columns[column].type) &&
	    t->columns[column].type != HC_TYPE_YESNO) {
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
put_table_row(struct hc_table *t, size_t row)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			spaces(&t->line, t->gap);
		put_aligned(t, i, kept(t, row, i));
	}
	end_aligned(&t->line);
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
	switch (t->options.format) {
	case HC_FORMAT_TSV:
		put_tsv_row(t, cells);
		break;
	case HC_FORMAT_CSV:
		put_csv_row(t, cells);
		break;
	case HC_FORMAT_JSON:
		put_json_row(t, cells);
		break;
	case HC_FORMAT_TABLE:	/* put_table_row() */
	case HC_FORMAT_XLSX:
		return;
	}
	end_row(t);
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

/* What is cut first, and how far, until a row fits the terminal. */
enum narrowing {
	LONG_TEXTS,		/* long texts are cut */
	LABELS,			/* labels are broken into lines */
	TEXTS			/* all texts are cut */
};

/* The longest of its words that should stand on one line. */
static int
label_narrowest(const char *label)
{
	int longest = LABEL_NARROWEST, n = 0;

	for (; *label != '\0'; label++) {
		n = *label > ' ' && *label <= '~' ? n + 1 : 0;
		if (n > longest && n <= WORD_NARROWEST)
			longest = n;
	}
	return longest;
}

static int
narrowest(const struct hc_table *t, size_t column, enum narrowing how)
{
	bool whole = is_whole(t->columns[column].type);
	int inner = t->inner[column];
	int label = label_narrowest(t->columns[column].label);

	if (inner < label)
		inner = label;
	if (how == LONG_TEXTS)
		return whole ? INT_MAX : LONG_TEXT;
	if (how == LABELS || whole)
		return inner;
	return inner < TEXT_NARROWEST ? inner : TEXT_NARROWEST;
}

/* Take from the widest column by and by.  What is still too much. */
static long
narrow(struct hc_table *t, enum narrowing how)
{
	size_t i, widest;
	long total = 0;

	for (i = 0; i < t->ncolumns; i++)
		total += t->widths[i] + (i > 0 ? t->gap : 0);
	for (; total > t->options.width; total--) {
		widest = t->ncolumns;
		for (i = 0; i < t->ncolumns; i++)
			if (t->widths[i] > narrowest(t, i, how) &&
			    (widest == t->ncolumns ||
			    t->widths[i] > t->widths[widest]))
				widest = i;
		if (widest == t->ncolumns)
			break;
		t->widths[widest]--;
	}
	return total - t->options.width;
}

static void
set_widths(struct hc_table *t)
{
	const char *text;
	size_t i, row;

	t->gap = 2;
	for (i = 0; i < t->ncolumns; i++) {
		t->widths[i] = 1;
		for (row = 0; row < t->rows; row++)
			if ((text = kept(t, row, i)) != NULL)
				measure(t, i, text);
		t->inner[i] = t->widths[i];
		measure(t, i, t->columns[i].label);
		if (!is_whole(t->columns[i].type) && t->options.width > 0 &&
		    t->widths[i] > t->options.width)
			t->widths[i] = t->options.width;
	}
	if (t->options.width > 0) {
		if (narrow(t, LONG_TEXTS) > 0 && narrow(t, LABELS) > 0) {
			t->gap = 1;
			narrow(t, TEXTS);
		}
	}
}

/* How much of ${label} stands on one line of ${width}: broken at a space if
   there is one. */
static size_t
label_line(const char *label, int width)
{
	size_t fits = hc_utf8_fit(label, width), n;

	if (label[fits] == '\0' || label[fits] == ' ')
		return fits;
	for (n = fits; n > 0; n--)
		if (label[n] == ' ')
			return n;
	return fits;
}

/* One line of the labels; ${rest} moves behind it.  Is there more? */
static bool
put_label_line(struct hc_table *t, const char **rest)
{
	struct hc_buf part = HC_BUF_INIT;
	bool more = false;
	size_t i, n;

	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			spaces(&t->line, t->gap);
		n = label_line(rest[i], t->widths[i]);
		hc_buf_clear(&part);
		hc_buf_add(&part, rest[i], n);
		if (part.failed)
			t->line.failed = true;
		put_aligned(t, i, hc_buf_text(&part));
		rest[i] += n + strspn(rest[i] + n, " ");
		more = more || (n > 0 && *rest[i] != '\0');
	}
	end_aligned(&t->line);
	hc_buf_free(&part);
	return more;
}

static void
put_table_head(struct hc_table *t)
{
	const char **rest = calloc(t->ncolumns + 1, sizeof(*rest));
	size_t i;
	int n;

	if (rest == NULL) {
		t->line.failed = true;
		return;
	}
	for (i = 0; i < t->ncolumns; i++)
		rest[i] = t->columns[i].label;
	while (put_label_line(t, rest))
		;
	free(rest);
	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			spaces(&t->line, t->gap);
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
	struct cell *cell = &t->cells[t->ncells++];

	*cell = (struct cell){ 0, 0 };
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
	struct cell *more;
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
			put_table_row(t, row);
			end_row(t);
			continue;
		}
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
