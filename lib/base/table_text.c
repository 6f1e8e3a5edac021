/*
 * The aligned table for a terminal: how wide the columns are, what is cut
 * and where labels are broken.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/table.h"
#include "base/utf8.h"
#include "base/visible.h"

#include "base/table_cells.h"

#define LONG_TEXT 40	/* longer texts are cut before all else */
#define TEXT_NARROWEST 6	/* no text is cut below this width */
#define LABEL_NARROWEST 4	/* nor a label broken, */
#define WORD_NARROWEST 8	/* nor one of its words in Latin letters */
#define ELLIPSIS "…"

/* Half of it would be a wrong one. */
static bool
is_whole(enum hc_type type)
{
	return hc_table_is_number(type) || type == HC_TYPE_DATE ||
	    type == HC_TYPE_INSTANT || type == HC_TYPE_PHONE ||
	    type == HC_TYPE_EMAIL;
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
	if (hc_table_is_number(t->columns[column].type) &&
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
			if ((text = hc_table_show_cell(t, row, i)) != NULL)
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

void
hc_table_text_head(struct hc_table *t)
{
	const char **rest = calloc(t->ncolumns + 1, sizeof(*rest));
	size_t i;
	int n;

	set_widths(t);
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

void
hc_table_text_row(struct hc_table *t, size_t row)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			spaces(&t->line, t->gap);
		put_aligned(t, i, hc_table_show_cell(t, row, i));
	}
	end_aligned(&t->line);
}
