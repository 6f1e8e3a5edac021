/*
 * One sheet of a workbook: sheetData holds rows, these cells, these a value
 * (v), a formula (f) or a text of their own (is).  The parser is paused at
 * the end of each row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xlsx_merged.h"
#include "base/xml.h"

#include "base/xlsx_sheet.h"

/* Where the parser stands. */
enum place { OUTSIDE, ROWS, ROW, CELL, VALUE, FORMULA, INLINE };

struct hc_xlsx_sheet {
	struct hc_xlsx_row row;		/* the present one */
	struct hc_xml *xml;
	struct hc_merge *merge;	/* NULL if nothing is merged */
	bool hidden[HC_BOOK_COLUMNS_MAX];
	enum place place;
	int skip;		/* depth in what is not read */
	bool begun;		/* the first row may come */
};

static size_t
number(const char *text)
{
	return text != NULL ? strtoul(text, NULL, 10) : 0;
}

static void
check(struct hc_xlsx_sheet *s, enum hc_status rc)
{
	if (rc != HC_OK)
		hc_xml_fail(s->xml, rc);
}

static void
note_column(struct hc_xlsx_sheet *s, const char **attributes)
{
	size_t i = number(hc_xml_attribute(attributes, "min"));
	size_t max = number(hc_xml_attribute(attributes, "max"));

	if (!hc_xlsx_row_true(hc_xml_attribute(attributes, "hidden")))
		return;
	for (; i > 0 && i <= max && i <= HC_BOOK_COLUMNS_MAX; i++)
		s->hidden[i - 1] = true;
}

/* An element begins outside of all rows. */
static void
start_outside(struct hc_xlsx_sheet *s, const char *name,
    const char **attributes)
{
	if (strcmp(name, "col") == 0) {
		note_column(s, attributes);
	} else if (strcmp(name, "sheetData") == 0) {
		s->place = ROWS;
		if (!s->begun)
			hc_xml_pause(s->xml);
		s->begun = true;
	}
}

/* An element begins inside a cell. */
static void
start_in_cell(struct hc_xlsx_sheet *s, const char *name)
{
	if (strcmp(name, "v") == 0) {
		s->place = VALUE;
	} else if (strcmp(name, "f") == 0) {
		s->place = FORMULA;
		s->row.has_formula = true;
	} else if (strcmp(name, "is") == 0) {
		s->place = INLINE;
		s->row.has_inline = true;
		hc_xlsx_text_clear(&s->row.text);
	} else {
		s->skip = 1;
	}
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct hc_xlsx_sheet *s = arg;

	if (s->skip > 0) {
		s->skip++;
	} else if (s->place == OUTSIDE) {
		start_outside(s, name, attributes);
	} else if (s->place == ROWS && strcmp(name, "row") == 0) {
		s->place = ROW;
		check(s, hc_xlsx_row_begin(&s->row, attributes));
	} else if (s->place == ROW && strcmp(name, "c") == 0) {
		s->place = CELL;
		check(s, hc_xlsx_row_cell(&s->row, attributes));
	} else if (s->place == CELL) {
		start_in_cell(s, name);
	} else if (s->place == INLINE) {
		hc_xlsx_text_start(&s->row.text, name, attributes);
	} else {
		s->skip = 1;
	}
}

/* Elements end in the order in which they began, so that their names need not
   be compared; but is holds others. */
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
		s->place = CELL;
		break;
	case INLINE:
		if (strcmp(name, "is") == 0) {
			s->place = CELL;
			check(s, hc_xlsx_row_end_inline(&s->row));
		} else {
			hc_xlsx_text_end(&s->row.text, name);
		}
		break;
	case CELL:
		s->place = ROW;
		check(s, hc_xlsx_row_end_cell(&s->row));
		break;
	case ROW:
		s->place = ROWS;
		if (s->row.row.ncells > 0)
			hc_xml_pause(s->xml);
		break;
	case ROWS:
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

	if (s->skip > 0)
		return;
	if (s->place == VALUE)
		check(s, hc_xlsx_row_add(&s->row, &s->row.value, text, len));
	else if (s->place == FORMULA)
		check(s, hc_xlsx_row_add(&s->row, &s->row.formula, text,
		    len));
	else if (s->place == INLINE)
		hc_xlsx_text_add(&s->row.text, text, len);
}

/* Begin, and read up to the first row. */
static enum hc_status
begin(struct hc_xlsx_sheet *s, const struct hc_xlsx_source *source,
    const char *part)
{
	static const struct hc_xml_handler handler = {
		on_start, on_end, on_text
	};
	enum hc_status rc;

	rc = hc_xlsx_row_init(&s->row, source);
	if (rc == HC_OK)
		rc = hc_xlsx_merged_read(&s->merge, source->zip, part,
		    source->err);
	if (rc == HC_OK)
		rc = hc_xml_open(&s->xml, source->zip, part, &handler, s,
		    source->err);
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
	rc = begin(s, source, part);
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
		rc = hc_merge_row(s->merge, &s->row.row, s->row.cells,
		    s->row.source.err);
	*row = s->row.row;
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
	hc_xlsx_row_free(&s->row);
	free(s);
}
