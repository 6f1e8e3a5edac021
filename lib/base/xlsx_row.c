/* A row of a workbook while it is read. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xlsx_merged.h"
#include "base/xml.h"

#include "base/xlsx_row.h"

static const struct hc_book_cell empty = { .text = "" };

enum hc_status
hc_xlsx_row_init(struct hc_xlsx_row *r, const struct hc_xlsx_source *source)
{
	size_t i;

	*r = (struct hc_xlsx_row){ .source = *source };
	r->cells = malloc(HC_BOOK_COLUMNS_MAX * sizeof(*r->cells));
	if (r->cells == NULL)
		return hc_error_nomem(source->err);
	for (i = 0; i < HC_BOOK_COLUMNS_MAX; i++)
		r->cells[i] = empty;
	r->row.cells = r->cells;
	return HC_OK;
}

void
hc_xlsx_row_free(struct hc_xlsx_row *r)
{
	hc_arena_free(&r->arena);
	hc_buf_free(&r->value);
	hc_buf_free(&r->formula);
	hc_xlsx_text_free(&r->text);
	free(r->cells);
}

/* The workbook is wrong at the present cell. */
static enum hc_status
fault(struct hc_xlsx_row *r, const char *words)
{
	char letter[8];

	hc_book_letter(r->column, letter);
	return hc_error_set(r->source.err, HC_INVALID, _("cell %s%zu: %s"),
	    letter, r->row.number, words);
}

static enum hc_status
too_long(struct hc_xlsx_row *r)
{
	return fault(r, _("the text is longer than Excel's cells can be"));
}

/* Put a text into the present cell: ${text} itself, which must last. */
static enum hc_status
put(struct hc_xlsx_row *r, enum hc_book_kind kind, const char *text,
    const char *kana)
{
	if (*text == '\0')
		return HC_OK;
	r->cells[r->column] = (struct hc_book_cell){ text, kana, kind,
		false };
	if (r->column >= r->row.ncells)
		r->row.ncells = r->column + 1;
	return HC_OK;
}

/* The same with a copy of the ${len} bytes. */
static enum hc_status
put_copy(struct hc_xlsx_row *r, enum hc_book_kind kind, const char *text,
    size_t len)
{
	char *copy;

	if ((r->text_len += len) > HC_BOOK_ROW_MAX)
		return fault(r, _("the row holds too much text"));
	if ((copy = hc_arena_alloc(&r->arena, len + 1)) == NULL)
		return hc_error_nomem(r->source.err);
	memcpy(copy, text, len);
	return put(r, kind, copy, NULL);
}

/* A text that stands in the cell, in t of is, or in v of a formula. */
static enum hc_status
put_text(struct hc_xlsx_row *r)
{
	const struct hc_buf *kana = &r->text.kana;
	struct hc_book_cell *cell = &r->cells[r->column];
	enum hc_status rc;

	rc = put_copy(r, HC_BOOK_TEXT, hc_buf_text(&r->text.text),
	    r->text.text.len);
	if (rc != HC_OK || kana->len == 0 || cell->kind != HC_BOOK_TEXT)
		return rc;
	if ((r->text_len += kana->len) > HC_BOOK_ROW_MAX)
		return fault(r, _("the row holds too much text"));
	cell->kana = hc_arena_text(&r->arena, hc_buf_text(kana));
	return cell->kana != NULL ? HC_OK : hc_error_nomem(r->source.err);
}

enum hc_status
hc_xlsx_row_end_inline(struct hc_xlsx_row *r)
{
	enum hc_status rc = hc_xlsx_text_finish(&r->text);

	if (rc == HC_OK)
		return put_text(r);
	return rc == HC_INVALID ? too_long(r) :
	    hc_error_nomem(r->source.err);
}

/* What stands in v, if that is a text. */
static enum hc_status
put_value(struct hc_xlsx_row *r)
{
	/* Some programs repeat in v what is in is, which counts. */
	if (r->has_inline)
		return HC_OK;
	hc_xlsx_text_clear(&r->text);
	hc_xlsx_text_unescape(&r->text.text, r->value.data, r->value.len);
	return hc_xlsx_row_end_inline(r);
}

static enum hc_status
put_shared(struct hc_xlsx_row *r, const char *value)
{
	const char *text, *kana;
	char *end;
	unsigned long number = strtoul(value, &end, 10);

	if (end == value || *end != '\0' || !hc_xlsx_strings_get(
	    r->source.strings, number, &text, &kana))
		return fault(r, _("the workbook is damaged: it lacks the "
		    "cell's text; let Excel repair it"));
	return put(r, HC_BOOK_TEXT, text, kana);
}

static enum hc_status
put_number(struct hc_xlsx_row *r, const char *value)
{
	char text[HC_SERIAL_SIZE];
	enum hc_book_kind kind;

	if (r->type == HC_XLSX_ISO)
		kind = hc_serial_read_iso(value, text);
	else
		kind = hc_serial_read(value, hc_xlsx_style_serial(
		    r->source.style, r->style), r->source.from1904, text);
	/* What is neither is shown as it stands. */
	if (kind == HC_BOOK_TEXT)
		return put_copy(r, kind, value, strlen(value));
	return put_copy(r, kind, text, strlen(text));
}

/* A formula whose result the program that wrote the file did not know. */
static enum hc_status
put_formula(struct hc_xlsx_row *r)
{
	struct hc_buf text = HC_BUF_INIT;
	enum hc_status rc;

	hc_buf_putc(&text, '=');
	hc_buf_puts(&text, hc_buf_text(&r->formula));
	if (hc_buf_failed(&text))
		rc = hc_error_nomem(r->source.err);
	else
		rc = put_copy(r, HC_BOOK_ERROR, text.data, text.len);
	hc_buf_free(&text);
	return rc;
}

enum hc_status
hc_xlsx_row_end_cell(struct hc_xlsx_row *r)
{
	const char *value = hc_buf_text(&r->value);

	if (hc_buf_failed(&r->value) || hc_buf_failed(&r->formula))
		return hc_error_nomem(r->source.err);
	if (r->value.len == 0)
		/* The result may be a text, an empty one. */
		return r->has_formula && r->type != HC_XLSX_STRING ?
		    put_formula(r) : HC_OK;
	switch (r->type) {
	case HC_XLSX_SHARED:
		return put_shared(r, value);
	case HC_XLSX_STRING:
	case HC_XLSX_INLINE:
		return put_value(r);
	case HC_XLSX_BOOL:
		return put(r, HC_BOOK_BOOL, hc_xlsx_row_true(value) ?
		    "TRUE" : "FALSE", NULL);
	case HC_XLSX_ERROR:
		return put_copy(r, HC_BOOK_ERROR, value, r->value.len);
	case HC_XLSX_NUMBER:
	case HC_XLSX_ISO:
		break;
	}
	return put_number(r, value);
}

enum hc_status
hc_xlsx_row_add(struct hc_xlsx_row *r, struct hc_buf *into,
    const char *bytes, size_t len)
{
	if (into->len + len > HC_BOOK_CELL_MAX - 1)
		return too_long(r);
	hc_buf_add(into, bytes, len);
	return HC_OK;
}

static enum hc_xlsx_type
cell_type(const char *t)
{
	static const struct {
		const char *name;
		enum hc_xlsx_type type;
	} types[] = {
		{ "s", HC_XLSX_SHARED }, { "n", HC_XLSX_NUMBER },
		{ "str", HC_XLSX_STRING }, { "inlineStr", HC_XLSX_INLINE },
		{ "b", HC_XLSX_BOOL }, { "e", HC_XLSX_ERROR },
		{ "d", HC_XLSX_ISO },
	};
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(t, types[i].name) == 0)
			return types[i].type;
	return HC_XLSX_NUMBER;
}

enum hc_status
hc_xlsx_row_cell(struct hc_xlsx_row *r, const char **attributes)
{
	size_t row, column, next = r->column + 1;

	r->column = next;
	r->type = HC_XLSX_NUMBER;
	r->style = 0;
	r->has_formula = r->has_inline = false;
	hc_buf_clear(&r->value);
	hc_buf_clear(&r->formula);
	/* These have no prefix; to compare them so is what makes it fast. */
	for (; *attributes != NULL; attributes += 2)
		if (strcmp(attributes[0], "r") == 0)
			r->column = hc_xlsx_merged_place(attributes[1], &row,
			    &column) != NULL ? column : next;
		else if (strcmp(attributes[0], "t") == 0)
			r->type = cell_type(attributes[1]);
		else if (strcmp(attributes[0], "s") == 0)
			r->style = strtoul(attributes[1], NULL, 10);
	if (r->column < HC_BOOK_COLUMNS_MAX)
		return HC_OK;
	r->column = HC_BOOK_COLUMNS_MAX;
	return fault(r, _("more columns than Excel has"));
}

/* Forget the row before. */
static void
clear(struct hc_xlsx_row *r)
{
	size_t i;

	for (i = 0; i < r->row.ncells; i++)
		r->cells[i] = empty;
	r->row.ncells = 0;
	r->text_len = 0;
	hc_arena_clear(&r->arena);
}

enum hc_status
hc_xlsx_row_begin(struct hc_xlsx_row *r, const char **attributes)
{
	const char *number = hc_xml_attribute(attributes, "r");
	size_t n = number != NULL ? strtoul(number, NULL, 10) : 0;

	clear(r);
	r->row.number = n > 0 ? n : r->row.number + 1;
	r->row.hidden = hc_xlsx_row_true(hc_xml_attribute(attributes,
	    "hidden"));
	r->column = (size_t)-1;
	if (r->row.number <= HC_BOOK_ROWS_MAX)
		return HC_OK;
	r->column = 0;
	return fault(r, _("more rows than Excel has"));
}

bool
hc_xlsx_row_true(const char *value)
{
	return value != NULL &&
	    (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}
