/*
 * One sheet of a workbook: sheetData holds rows, these cells, these a value
 * (v), a formula (f) or a text of their own (is).  The parser is paused at
 * the end of each row.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/xlsx_merged.h"
#include "base/xlsx_text.h"
#include "base/xml.h"

#include "base/xlsx_sheet.h"

/* Where the parser stands. */
enum place { OUTSIDE, ROWS, ROW, CELL, VALUE, FORMULA, INLINE };

/* What a cell says of itself: its attribute t. */
enum type { NUMBER, SHARED, STRING, INLINE_STRING, BOOL, ERROR, ISO };

struct hc_xlsx_sheet {
	struct hc_xlsx_source source;
	struct hc_xml *xml;
	struct hc_merge *merge;	/* NULL if nothing is merged */
	bool hidden[HC_BOOK_COLUMNS_MAX];
	enum place place;
	int skip;		/* depth in what is not read */
	bool begun;		/* the first row may come */

	/* The present row.  Of its cells only those are written that hold
	   something; all others are empty at any time. */
	struct hc_book_row row;
	struct hc_book_cell *cells;	/* HC_BOOK_COLUMNS_MAX of them */
	struct hc_arena arena;		/* their texts */
	size_t text_len;		/* of these */

	/* The present cell. */
	size_t column;
	enum type type;
	size_t style;
	bool has_formula, has_inline;
	struct hc_buf value, formula;
	struct hc_xlsx_text text;
};

static const struct hc_book_cell empty = { .text = "" };

/* The workbook is wrong at the present cell. */
static void
fault(struct hc_xlsx_sheet *s, const char *words)
{
	char letter[8];

	hc_book_letter(s->column, letter);
	hc_xml_fail(s->xml, hc_error_set(s->source.err, HC_INVALID,
	    _("cell %s%zu: %s"), letter, s->row.number, words));
}

/* Put a text into the present cell: ${text} itself, which must last. */
static void
put(struct hc_xlsx_sheet *s, enum hc_book_kind kind, const char *text,
    const char *kana)
{
	if (*text == '\0')
		return;
	s->cells[s->column] = (struct hc_book_cell){ text, kana, kind,
		false };
	if (s->column >= s->row.ncells)
		s->row.ncells = s->column + 1;
}

/* The same with a copy of the ${len} bytes. */
static void
put_copy(struct hc_xlsx_sheet *s, enum hc_book_kind kind, const char *text,
    size_t len)
{
	char *copy;

	if ((s->text_len += len) > HC_BOOK_ROW_MAX) {
		fault(s, _("the row holds too much text"));
		return;
	}
	if ((copy = hc_arena_alloc(&s->arena, len + 1)) == NULL) {
		hc_xml_fail(s->xml, hc_error_nomem(s->source.err));
		return;
	}
	memcpy(copy, text, len);
	put(s, kind, copy, NULL);
}

/* A text that stands in the cell, in t of is, or in v of a formula. */
static void
put_inline(struct hc_xlsx_sheet *s)
{
	const struct hc_buf *kana = &s->text.kana;

	put_copy(s, HC_BOOK_TEXT, hc_buf_text(&s->text.text),
	    s->text.text.len);
	if (kana->len == 0 || s->cells[s->column].kind != HC_BOOK_TEXT)
		return;
	s->cells[s->column].kana = hc_arena_text(&s->arena,
	    hc_buf_text(kana));
	if (s->cells[s->column].kana == NULL)
		hc_xml_fail(s->xml, hc_error_nomem(s->source.err));
}

static void
put_shared(struct hc_xlsx_sheet *s, const char *value)
{
	const char *text, *kana;
	char *end;
	unsigned long number = strtoul(value, &end, 10);

	if (end == value || *end != '\0' || !hc_xlsx_strings_get(
	    s->source.strings, number, &text, &kana))
		fault(s, _("the workbook is damaged: it lacks the cell's text; "
		    "let Excel repair it"));
	else
		put(s, HC_BOOK_TEXT, text, kana);
}

static void
put_number(struct hc_xlsx_sheet *s, const char *value)
{
	char text[HC_SERIAL_SIZE];
	enum hc_book_kind kind;

	if (s->type == ISO)
		kind = hc_serial_read_iso(value, text);
	else
		kind = hc_serial_read(value, hc_xlsx_style_serial(
		    s->source.style, s->style), s->source.from1904, text);
	/* What is neither is shown as it stands. */
	if (kind == HC_BOOK_TEXT)
		put_copy(s, kind, value, strlen(value));
	else
		put_copy(s, kind, text, strlen(text));
}

/* A formula whose result the program that wrote the file did not know. */
static void
put_formula(struct hc_xlsx_sheet *s)
{
	struct hc_buf text = HC_BUF_INIT;

	hc_buf_putc(&text, '=');
	hc_buf_puts(&text, hc_buf_text(&s->formula));
	if (hc_buf_failed(&text))
		hc_xml_fail(s->xml, hc_error_nomem(s->source.err));
	else
		put_copy(s, HC_BOOK_ERROR, text.data, text.len);
	hc_buf_free(&text);
}

static void
end_cell(struct hc_xlsx_sheet *s)
{
	const char *value = hc_buf_text(&s->value);

	if (hc_buf_failed(&s->value) || hc_buf_failed(&s->formula)) {
		hc_xml_fail(s->xml, hc_error_nomem(s->source.err));
		return;
	}
	if (s->value.len == 0) {
		/* A text may be its result, an empty one. */
		if (s->has_formula && s->type != STRING)
			put_formula(s);
		return;
	}
	switch (s->type) {
	case SHARED:
		put_shared(s, value);
		break;
	case INLINE_STRING:
		/* Some programs repeat it in v; is counts. */
		if (s->has_inline)
			break;
		/* FALLTHROUGH */
	case STRING:
		hc_xlsx_text_clear(&s->text);
		hc_xlsx_text_unescape(&s->text.text, value, s->value.len);
		put_inline(s);
		break;
	case BOOL:
		put(s, HC_BOOK_BOOL, *value == '1' || *value == 't' ? "TRUE" :
		    "FALSE", NULL);
		break;
	case ERROR:
		put_copy(s, HC_BOOK_ERROR, value, s->value.len);
		break;
	case NUMBER:
	case ISO:
		put_number(s, value);
		break;
	}
}

static enum type
cell_type(const char *t)
{
	static const struct {
		const char *name;
		enum type type;
	} types[] = {
		{ "s", SHARED }, { "n", NUMBER }, { "str", STRING },
		{ "inlineStr", INLINE_STRING }, { "b", BOOL },
		{ "e", ERROR }, { "d", ISO },
	};
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(t, types[i].name) == 0)
			return types[i].type;
	return NUMBER;
}

static void
begin_cell(struct hc_xlsx_sheet *s, const char **attributes)
{
	size_t row, column = s->column + 1;

	s->type = NUMBER;
	s->style = 0;
	s->has_formula = s->has_inline = false;
	hc_buf_clear(&s->value);
	hc_buf_clear(&s->formula);
	for (; *attributes != NULL; attributes += 2)
		if (strcmp(attributes[0], "r") == 0) {
			if (hc_xlsx_merged_place(attributes[1], &row,
			    &column) == NULL)
				column = s->column + 1;
		} else if (strcmp(attributes[0], "t") == 0) {
			s->type = cell_type(attributes[1]);
		} else if (strcmp(attributes[0], "s") == 0) {
			s->style = strtoul(attributes[1], NULL, 10);
		}
	s->column = column;
	if (column >= HC_BOOK_COLUMNS_MAX) {
		s->column = HC_BOOK_COLUMNS_MAX;
		fault(s, _("more columns than Excel has"));
	}
}

static bool
is_true(const char *value)
{
	return value != NULL &&
	    (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static size_t
number(const char *text)
{
	return text != NULL ? strtoul(text, NULL, 10) : 0;
}

/* Forget the row before. */
static void
clear_row(struct hc_xlsx_sheet *s)
{
	size_t i;

	for (i = 0; i < s->row.ncells; i++)
		s->cells[i] = empty;
	s->row.ncells = 0;
	s->text_len = 0;
	hc_arena_clear(&s->arena);
}

static void
begin_row(struct hc_xlsx_sheet *s, const char **attributes)
{
	size_t n = number(hc_xml_attribute(attributes, "r"));

	clear_row(s);
	s->row.number = n > 0 ? n : s->row.number + 1;
	s->row.hidden = is_true(hc_xml_attribute(attributes, "hidden"));
	s->column = (size_t)-1;
	if (s->row.number > HC_BOOK_ROWS_MAX) {
		s->column = 0;
		fault(s, _("more rows than Excel has"));
	}
}

static void
note_column(struct hc_xlsx_sheet *s, const char **attributes)
{
	size_t i = number(hc_xml_attribute(attributes, "min"));
	size_t max = number(hc_xml_attribute(attributes, "max"));

	if (!is_true(hc_xml_attribute(attributes, "hidden")))
		return;
	for (; i > 0 && i <= max && i <= HC_BOOK_COLUMNS_MAX; i++)
		s->hidden[i - 1] = true;
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct hc_xlsx_sheet *s = arg;

	if (s->skip > 0) {
		s->skip++;
		return;
	}
	switch (s->place) {
	case OUTSIDE:
		if (strcmp(name, "col") == 0) {
			note_column(s, attributes);
		} else if (strcmp(name, "sheetData") == 0) {
			s->place = ROWS;
			if (!s->begun)
				hc_xml_pause(s->xml);
			s->begun = true;
		}
		break;
	case ROWS:
		if (strcmp(name, "row") == 0) {
			s->place = ROW;
			begin_row(s, attributes);
		} else {
			s->skip = 1;
		}
		break;
	case ROW:
		if (strcmp(name, "c") == 0) {
			s->place = CELL;
			begin_cell(s, attributes);
		} else {
			s->skip = 1;
		}
		break;
	case CELL:
		if (strcmp(name, "v") == 0) {
			s->place = VALUE;
		} else if (strcmp(name, "f") == 0) {
			s->place = FORMULA;
			s->has_formula = true;
		} else if (strcmp(name, "is") == 0) {
			s->place = INLINE;
			s->has_inline = true;
			hc_xlsx_text_clear(&s->text);
		} else {
			s->skip = 1;
		}
		break;
	case INLINE:
		hc_xlsx_text_start(&s->text, name, attributes);
		break;
	case VALUE:
	case FORMULA:
		break;
	}
}

static void
end_inline(struct hc_xlsx_sheet *s)
{
	enum hc_status rc = hc_xlsx_text_finish(&s->text);

	if (rc == HC_OK)
		put_inline(s);
	else if (rc == HC_INVALID)
		fault(s, _("the text is longer than Excel's cells can be"));
	else
		hc_xml_fail(s->xml, hc_error_nomem(s->source.err));
}

static void
on_end(void *arg, const char *name)
{
	struct hc_xlsx_sheet *s = arg;

	if (s->skip > 0) {
		s->skip--;
		return;
	}
	switch (s->place) {
	case VALUE:
	case FORMULA:
		if (strcmp(name, s->place == VALUE ? "v" : "f") == 0)
			s->place = CELL;
		break;
	case INLINE:
		if (strcmp(name, "is") == 0) {
			s->place = CELL;
			end_inline(s);
		} else {
			hc_xlsx_text_end(&s->text, name);
		}
		break;
	case CELL:
		if (strcmp(name, "c") == 0) {
			s->place = ROW;
			end_cell(s);
		}
		break;
	case ROW:
		if (strcmp(name, "row") == 0) {
			s->place = ROWS;
			if (s->row.ncells > 0)
				hc_xml_pause(s->xml);
		}
		break;
	case ROWS:
		if (strcmp(name, "sheetData") == 0)
			s->place = OUTSIDE;
		break;
	case OUTSIDE:
		break;
	}
}

static void
on_text(void *arg, const char *text, size_t len)
{
	struct hc_xlsx_sheet *s = arg;
	struct hc_buf *into;

	if (s->place == INLINE) {
		hc_xlsx_text_add(&s->text, text, len);
		return;
	}
	if (s->place != VALUE && s->place != FORMULA)
		return;
	into = s->place == VALUE ? &s->value : &s->formula;
	if (into->len + len > HC_BOOK_CELL_MAX)
		fault(s, _("the text is longer than Excel's cells can be"));
	else
		hc_buf_add(into, text, len);
}

/* Begin, and read up to the first row. */
static enum hc_status
begin(struct hc_xlsx_sheet *s, const char *part)
{
	static const struct hc_xml_handler handler = {
		on_start, on_end, on_text
	};
	enum hc_status rc;
	size_t i;

	s->cells = malloc(HC_BOOK_COLUMNS_MAX * sizeof(*s->cells));
	if (s->cells == NULL)
		return hc_error_nomem(s->source.err);
	for (i = 0; i < HC_BOOK_COLUMNS_MAX; i++)
		s->cells[i] = empty;
	s->row.cells = s->cells;
	rc = hc_xlsx_merged_read(&s->merge, s->source.zip, part,
	    s->source.err);
	if (rc == HC_OK)
		rc = hc_xml_open(&s->xml, s->source.zip, part, &handler, s,
		    s->source.err);
	if (rc == HC_OK && (rc = hc_xml_run(s->xml)) == HC_NOTFOUND)
		rc = HC_OK;	/* a sheet without rows */
	return rc;
}

enum hc_status
hc_xlsx_sheet_open(struct hc_xlsx_sheet **out,
    const struct hc_xlsx_source *source, const char *part)
{
	struct hc_xlsx_sheet *s;
	enum hc_status rc;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return hc_error_nomem(source->err);
	s->source = *source;
	rc = begin(s, part);
	if (rc != HC_OK) {
		hc_xlsx_sheet_close(s);
		s = NULL;
	}
	*out = s;
	return rc;
}

enum hc_status
hc_xlsx_sheet_next(struct hc_xlsx_sheet *s, struct hc_book_row *row)
{
	enum hc_status rc = hc_xml_run(s->xml);

	if (rc == HC_OK && s->merge != NULL)
		rc = hc_merge_row(s->merge, &s->row, s->cells, s->source.err);
	*row = s->row;
	return rc;
}

bool
hc_xlsx_sheet_hidden(const struct hc_xlsx_sheet *s, size_t column)
{
	return column < HC_BOOK_COLUMNS_MAX && s->hidden[column];
}

void
hc_xlsx_sheet_close(struct hc_xlsx_sheet *s)
{
	if (s == NULL)
		return;
	hc_xml_close(s->xml);
	hc_merge_free(s->merge);
	hc_arena_free(&s->arena);
	hc_buf_free(&s->value);
	hc_buf_free(&s->formula);
	hc_xlsx_text_free(&s->text);
	free(s->cells);
	free(s);
}
