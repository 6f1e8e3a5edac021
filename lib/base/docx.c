/*
 * The tables of Word documents.  They are small: all are read when the
 * document is opened, row by row, each into a grid.
 */
#include <stdlib.h>
#include <string.h>

#include "base/docx_text.h"
#include "base/grid.h"
#include "base/i18n.h"
#include "base/relation.h"
#include "base/xml.h"

#include "base/docx.h"

#define NAME_MAX_BYTES 120	/* a longer paragraph is no title */

/* A row while it is read; its texts are in the arena. */
struct row {
	struct hc_book_cell *cells;
	size_t count, room;
	struct hc_arena arena;
};

/* A table while it is read. */
struct level {
	size_t table;
	struct row row, above;
	size_t number;		/* of the row */
	size_t span;		/* columns of the cell */
	bool row_deleted, in_row_settings;
	bool in_cell, continued;	/* ... from the row above */
	struct hc_docx_text text;	/* of the cell */
};

struct docx {
	struct hc_book book;
	struct hc_grid *tables;	/* as book.sheets */
	size_t room;
	struct hc_arena names;
	size_t selected, at;	/* table and row that come next */

	/* While the document is read. */
	struct hc_xml *xml;
	struct level levels[HC_DOCX_DEPTH_MAX];
	size_t depth;		/* tables that are open */
	struct hc_docx_place place;
	struct hc_docx_text text;	/* of a paragraph between tables */
	struct hc_buf title;	/* of the last such one */
	bool is_document;
};

static void
fail(struct docx *d, enum hc_status rc)
{
	if (rc == HC_NOMEM)
		hc_error_nomem(&d->book.error);
	hc_xml_fail(d->xml, rc);
}

static size_t
number_of(const char **attributes, size_t most)
{
	const char *val = hc_xml_attribute(attributes, "val");
	unsigned long n = val != NULL ? strtoul(val, NULL, 10) : 0;

	return n > most ? most : n;
}

/* ---- Rows and cells ---- */

static enum hc_status
push_cell(struct row *row, const struct hc_book_cell *cell)
{
	struct hc_book_cell *cells;
	size_t room;

	if (row->count == row->room) {
		room = row->room == 0 ? 16 : row->room * 2;
		cells = reallocarray(row->cells, room, sizeof(*cells));
		if (cells == NULL)
			return HC_NOMEM;
		row->cells = cells;
		row->room = room;
	}
	row->cells[row->count++] = *cell;
	return HC_OK;
}

/* What the cell holds, from its text or from the row above. */
static enum hc_status
make_cell(struct docx *d, struct level *l, struct hc_book_cell *cell)
{
	size_t column = l->row.count;

	*cell = (struct hc_book_cell){ .text = "" };
	if (!hc_docx_text_finish(&l->text))
		return HC_NOMEM;
	if (l->continued && column < l->above.count) {
		*cell = l->above.cells[column];
		cell->merged = true;
	} else if (l->text.text.len > HC_BOOK_CELL_MAX ||
	    l->text.kana.len > HC_BOOK_CELL_MAX) {
		return hc_error_set(&d->book.error, HC_INVALID,
		    _("a cell of row %zu is longer than %d bytes"),
		    l->number, HC_BOOK_CELL_MAX);
	} else if (l->text.text.len > 0) {
		cell->kind = HC_BOOK_TEXT;
		cell->text = hc_buf_text(&l->text.text);
		if (l->text.ruby)
			cell->kana = hc_buf_text(&l->text.kana);
	}
	if (*cell->text != '\0' && (cell->text =
	    hc_arena_text(&l->row.arena, cell->text)) == NULL)
		return HC_NOMEM;
	if (cell->kana != NULL && (cell->kana =
	    hc_arena_text(&l->row.arena, cell->kana)) == NULL)
		return HC_NOMEM;
	return HC_OK;
}

static enum hc_status
end_cell(struct docx *d, struct level *l)
{
	struct hc_book_cell cell;
	enum hc_status rc;

	l->in_cell = false;
	if (l->row.count + l->span > HC_BOOK_COLUMNS_MAX)
		return hc_error_set(&d->book.error, HC_INVALID,
		    _("row %zu has more than %d columns"), l->number,
		    HC_BOOK_COLUMNS_MAX);
	rc = make_cell(d, l, &cell);
	for (; rc == HC_OK && l->span > 0; l->span--) {
		rc = push_cell(&l->row, &cell);
		cell.merged = true;
	}
	return rc;
}

/* Rows that hold nothing of their own are not given. */
static enum hc_status
end_row(struct docx *d, struct level *l)
{
	struct row above = l->above;
	struct hc_book_row row = { .cells = l->row.cells,
	    .number = l->number };
	enum hc_status rc = HC_OK;
	bool own = false;
	size_t i;

	if (l->row_deleted) {
		l->number--;
		return HC_OK;
	}
	for (i = 0; i < l->row.count; i++)
		if (l->row.cells[i].kind != HC_BOOK_EMPTY) {
			own = own || !l->row.cells[i].merged;
			row.ncells = i + 1;
		}
	if (own)
		rc = hc_grid_add(&d->tables[l->table], &row, &d->book.error);
	l->above = l->row;
	l->row = above;
	return rc;
}

/* ---- Tables ---- */

/* The table's name, from the paragraph before it. */
static const char *
make_name(struct docx *d)
{
	struct hc_buf name = HC_BUF_INIT;
	const char *copy = NULL;

	if (d->depth == 0 && d->title.len > 0)
		hc_buf_add(&name, d->title.data, d->title.len);
	else
		hc_buf_printf(&name, _("table %zu"), d->book.nsheets + 1);
	if (!hc_buf_failed(&name))
		copy = hc_arena_text(&d->names, hc_buf_text(&name));
	hc_buf_free(&name);
	hc_buf_clear(&d->title);
	return copy;
}

static enum hc_status
add_table(struct docx *d)
{
	size_t n = d->book.nsheets, room;
	struct hc_book_sheet *sheets;
	struct hc_grid *tables;

	if (n == HC_DOCX_TABLES_MAX || d->depth == HC_DOCX_DEPTH_MAX)
		return hc_error_set(&d->book.error, HC_INVALID,
		    _("the document has too many tables, or tables within "
		    "tables"));
	if (n == d->room) {
		room = n == 0 ? 16 : n * 2;
		sheets = reallocarray(d->book.sheets, room, sizeof(*sheets));
		if (sheets == NULL)
			return HC_NOMEM;
		d->book.sheets = sheets;
		tables = reallocarray(d->tables, room, sizeof(*tables));
		if (tables == NULL)
			return HC_NOMEM;
		d->tables = tables;
		d->room = room;
	}
	d->book.sheets[n] = (struct hc_book_sheet){ make_name(d), false };
	d->tables[n] = (struct hc_grid){ .count = 0 };
	d->book.nsheets++;
	return d->book.sheets[n].name != NULL ? HC_OK : HC_NOMEM;
}

static void
clear_row(struct row *row)
{
	hc_arena_clear(&row->arena);
	row->count = 0;
}

static enum hc_status
begin_table(struct docx *d)
{
	struct level *l;
	enum hc_status rc;

	if ((rc = add_table(d)) != HC_OK)
		return rc;
	l = &d->levels[d->depth++];
	clear_row(&l->above);
	l->table = d->book.nsheets - 1;
	l->number = 0;
	l->in_cell = l->in_row_settings = false;
	return HC_OK;
}

static void
begin_cell(struct level *l)
{
	l->in_cell = true;
	l->continued = false;
	l->span = 1;
	hc_docx_text_clear(&l->text);
}

static enum hc_status
skip_columns(struct level *l, size_t n)
{
	static const struct hc_book_cell empty = { .text = "" };
	enum hc_status rc = HC_OK;

	for (; rc == HC_OK && n > 0; n--)
		rc = push_cell(&l->row, &empty);
	return rc;
}

/* What begins within a table but is not of a cell's text; HC_NOTFOUND if
   there is no such thing. */
static enum hc_status
begin_part(struct level *l, const char *name, const char **attributes)
{
	const char *val;

	if (strcmp(name, "tr") == 0) {
		clear_row(&l->row);
		l->number++;
		l->row_deleted = false;
	} else if (strcmp(name, "trPr") == 0)
		l->in_row_settings = true;
	else if (strcmp(name, "del") == 0 && l->in_row_settings)
		l->row_deleted = true;
	else if (strcmp(name, "gridBefore") == 0 && l->in_row_settings)
		return skip_columns(l, number_of(attributes,
		    HC_BOOK_COLUMNS_MAX));
	else if (strcmp(name, "tc") == 0)
		begin_cell(l);
	else if (strcmp(name, "gridSpan") == 0) {
		l->span = number_of(attributes, HC_BOOK_COLUMNS_MAX);
		l->span += l->span == 0;
	} else if (strcmp(name, "vMerge") == 0) {
		val = hc_xml_attribute(attributes, "val");
		l->continued = val == NULL || strcmp(val, "restart") != 0;
	} else
		return HC_NOTFOUND;
	return HC_OK;
}

/* ---- The document ---- */

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct docx *d = arg;
	struct level *l = d->depth > 0 ? &d->levels[d->depth - 1] : NULL;
	enum hc_status rc = HC_OK;

	if (strcmp(name, "document") == 0)
		d->is_document = true;
	else if (strcmp(name, "tbl") == 0)
		rc = begin_table(d);
	else if (l == NULL) {
		if (strcmp(name, "p") == 0)
			hc_docx_text_clear(&d->text);
		hc_docx_text_start(&d->text, &d->place, name, attributes);
	} else if ((rc = begin_part(l, name, attributes)) == HC_NOTFOUND) {
		rc = HC_OK;
		if (l->in_cell)
			hc_docx_text_start(&l->text, &d->place, name,
			    attributes);
	}
	if (rc != HC_OK)
		fail(d, rc);
}

/* A paragraph between tables: it may be the title of the next one. */
static void
end_paragraph(struct docx *d)
{
	const struct hc_buf *text = &d->text.text;

	if (!hc_docx_text_finish(&d->text)) {
		fail(d, HC_NOMEM);
		return;
	}
	if (text->len == 0)
		return;
	hc_buf_clear(&d->title);
	if (text->len <= NAME_MAX_BYTES &&
	    memchr(text->data, '\n', text->len) == NULL)
		hc_buf_add(&d->title, text->data, text->len);
}

static void
on_end(void *arg, const char *name)
{
	struct docx *d = arg;
	struct level *l = d->depth > 0 ? &d->levels[d->depth - 1] : NULL;
	enum hc_status rc = HC_OK;

	if (l == NULL) {
		hc_docx_text_end(&d->text, &d->place, name);
		if (strcmp(name, "p") == 0)
			end_paragraph(d);
	} else if (strcmp(name, "tbl") == 0)
		d->depth--;
	else if (strcmp(name, "tr") == 0)
		rc = end_row(d, l);
	else if (strcmp(name, "trPr") == 0)
		l->in_row_settings = false;
	else if (strcmp(name, "tc") == 0 && l->in_cell)
		rc = end_cell(d, l);
	else if (l->in_cell)
		hc_docx_text_end(&l->text, &d->place, name);
	if (rc != HC_OK)
		fail(d, rc);
}

static void
on_text(void *arg, const char *text, size_t len)
{
	struct docx *d = arg;

	hc_docx_text_add(d->depth > 0 ? &d->levels[d->depth - 1].text :
	    &d->text, &d->place, text, len);
}

static enum hc_status
read_document(struct docx *d, struct hc_zip *zip)
{
	static const struct hc_xml_handler handler = { on_start, on_end,
	    on_text };
	struct hc_relations package = { .count = 0 };
	const struct hc_relation *part;
	struct hc_error *err = &d->book.error;
	enum hc_status rc;

	rc = hc_relation_read(&package, zip, "", err);
	part = hc_relation_by_type(&package, "officeDocument");
	if (rc == HC_OK)
		rc = hc_xml_open(&d->xml, zip, part != NULL ? part->part :
		    "word/document.xml", &handler, d, err);
	if (rc == HC_OK && (rc = hc_xml_run(d->xml)) == HC_NOTFOUND)
		rc = HC_OK;
	hc_xml_close(d->xml);
	hc_relation_free(&package);
	if (rc == HC_NOTFOUND || (rc == HC_OK && !d->is_document))
		return hc_error_set(err, HC_INVALID,
		    _("it holds no Word document"));
	if (rc == HC_OK && d->book.nsheets == 0)
		return hc_error_set(err, HC_INVALID,
		    _("the Word document has no table"));
	return rc;
}

static void
free_row(struct row *row)
{
	hc_arena_free(&row->arena);
	free(row->cells);
}

/* Give back what was needed while it was read. */
static void
forget_reading(struct docx *d)
{
	size_t i;

	for (i = 0; i < HC_DOCX_DEPTH_MAX; i++) {
		free_row(&d->levels[i].row);
		free_row(&d->levels[i].above);
		hc_docx_text_free(&d->levels[i].text);
	}
	hc_docx_text_free(&d->text);
	hc_buf_free(&d->title);
}

/* ---- The book ---- */

static enum hc_status
docx_select(struct hc_book *book, size_t sheet)
{
	struct docx *d = (struct docx *)book;

	d->selected = sheet;
	d->at = 0;
	return HC_OK;
}

static enum hc_status
docx_next(struct hc_book *book, struct hc_book_row *row)
{
	struct docx *d = (struct docx *)book;
	const struct hc_grid *table = &d->tables[d->selected];

	if (d->at == table->count)
		return HC_NOTFOUND;
	*row = table->rows[d->at++];
	return HC_OK;
}

static bool
docx_hidden(const struct hc_book *book, size_t column)
{
	(void)book;
	(void)column;
	return false;
}

static void
docx_close(struct hc_book *book)
{
	struct docx *d = (struct docx *)book;
	size_t i;

	for (i = 0; i < book->nsheets; i++)
		hc_grid_free(&d->tables[i]);
	free(d->tables);
	free(book->sheets);
	hc_arena_free(&d->names);
	free(d);
}

bool
hc_docx_is(struct hc_zip *zip)
{
	struct hc_relations package = { .count = 0 };
	const struct hc_relation *part;
	struct hc_error ignored;
	bool is = hc_zip_has(zip, "word/document.xml");

	if (!is && hc_relation_read(&package, zip, "", &ignored) == HC_OK) {
		part = hc_relation_by_type(&package, "officeDocument");
		is = part != NULL && strncmp(part->part, "word/", 5) == 0;
	}
	hc_relation_free(&package);
	return is;
}

enum hc_status
hc_docx_open(struct hc_book **book, struct hc_zip *zip,
    struct hc_error *err)
{
	static const struct hc_book_driver driver = { docx_select,
	    docx_next, docx_hidden, docx_close };
	struct docx *d;
	enum hc_status rc;

	*book = NULL;
	if ((d = calloc(1, sizeof(*d))) == NULL) {
		hc_zip_close(zip);
		return hc_error_nomem(err);
	}
	d->book.driver = &driver;
	d->book.document = true;
	rc = read_document(d, zip);
	hc_zip_close(zip);
	forget_reading(d);
	if (rc != HC_OK) {
		*err = d->book.error;
		docx_close(&d->book);
		return rc;
	}
	*book = &d->book;
	return HC_OK;
}
