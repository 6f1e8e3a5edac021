/* Files of one person each, put together as one list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grid.h"
#include "base/i18n.h"
#include "base/near.h"
#include "task/import_form.h"
#include "task/import_map.h"

#include "task/import_forms.h"

#define LABELS_MIN 2		/* of a sheet that is a form */

/* A column of the list: the label, and which of several equal ones. */
struct column {
	const char *heading, *key;
	size_t nth;
};

/* What one form says: its values, by columns of the list. */
struct row {
	const char *file;
	struct hc_import_form form;
	size_t *columns;	/* of form.values */
};

struct hc_import_forms {
	struct hc_book book;	/* first, so that one is the other */
	struct hc_book_sheet sheet;
	struct hc_import_headings headings;
	struct hc_import_map map;
	const char **places;	/* "C4", of the mapping's headings */
	size_t nplaces;
	struct hc_arena arena;
	const char *file_heading;	/* of the column behind them */
	struct column *columns;
	size_t ncolumns, columns_room;
	struct row *rows;
	size_t nrows, rows_room;
	size_t at;		/* the row that comes next */
	struct hc_book_cell *cells;	/* of the present row */
	struct hc_buf key;
};

/* ---- What the mapping knows ---- */

static const struct hc_field *
find_field(const struct hc_import_forms *f, const char *key)
{
	const struct hc_import_heading *found;
	size_t i;

	found = hc_import_heading_find(&f->headings, f->map.main, key);
	for (i = 0; found == NULL && i < f->map.nalso; i++)
		found = hc_import_heading_find(&f->headings, f->map.also[i],
		    key);
	return found != NULL ? found->field : NULL;
}

static enum hc_import_form_word
word_of(void *arg, const char *text)
{
	struct hc_import_forms *f = arg;
	const struct hc_field *field;
	const char *key;
	size_t i;

	hc_buf_clear(&f->key);
	hc_import_heading_fold(text, &f->key);
	key = hc_buf_text(&f->key);
	if (*key == '\0')
		return HC_IMPORT_FORM_TEXT;
	for (i = 0; i < f->map.nown; i++)
		if (strcmp(f->map.own[i].key, key) == 0)
			return HC_IMPORT_FORM_LABEL;
	if ((field = find_field(f, key)) == NULL)
		return HC_IMPORT_FORM_TEXT;
	return field->type == HC_TYPE_YESNO ? HC_IMPORT_FORM_MARK :
	    HC_IMPORT_FORM_LABEL;
}

/* "c4", as a key is folded, becomes "C4"; false if it is no place. */
static bool
make_place(const char *key, char place[16])
{
	size_t letters = strspn(key, "abcdefghijklmnopqrstuvwxyz");
	size_t digits = strspn(key + letters, "0123456789"), i;

	if (letters == 0 || letters > 3 || digits == 0 || digits > 7 ||
	    key[letters + digits] != '\0')
		return false;
	for (i = 0; i < letters; i++)
		place[i] = (char)(key[i] - 'a' + 'A');
	memcpy(place + letters, key + letters, digits + 1);
	return true;
}

static enum hc_status
find_places(struct hc_import_forms *f)
{
	char place[16];
	size_t i;

	f->places = calloc(f->map.nown + 1, sizeof(*f->places));
	if (f->places == NULL)
		return HC_NOMEM;
	for (i = 0; i < f->map.nown; i++)
		if (make_place(f->map.own[i].key, place) &&
		    (f->places[f->nplaces++] = hc_arena_text(&f->arena,
		    place)) == NULL)
			return HC_NOMEM;
	return HC_OK;
}

/* ---- Columns and rows ---- */

/* The column of the ${nth} label that is called so. */
static enum hc_status
take_column(struct hc_import_forms *f, const char *heading, size_t nth,
    size_t *column)
{
	size_t i, room = f->columns_room == 0 ? 64 : f->columns_room * 2;
	struct column *bigger;

	hc_buf_clear(&f->key);
	hc_import_heading_fold(heading, &f->key);
	if (hc_buf_failed(&f->key))
		return HC_NOMEM;
	for (i = 0; i < f->ncolumns; i++)
		if (f->columns[i].nth == nth && strcmp(f->columns[i].key,
		    hc_buf_text(&f->key)) == 0) {
			*column = i;
			return HC_OK;
		}
	if (f->ncolumns + 1 == HC_BOOK_COLUMNS_MAX)
		return HC_INVALID;
	if (f->ncolumns == f->columns_room) {
		bigger = reallocarray(f->columns, room, sizeof(*bigger));
		if (bigger == NULL)
			return HC_NOMEM;
		f->columns = bigger;
		f->columns_room = room;
	}
	f->columns[i].heading = hc_arena_text(&f->arena, heading);
	f->columns[i].key = hc_arena_text(&f->arena, hc_buf_text(&f->key));
	f->columns[i].nth = nth;
	if (f->columns[i].heading == NULL || f->columns[i].key == NULL)
		return HC_NOMEM;
	*column = f->ncolumns++;
	return HC_OK;
}

/* Is there already a value in that column of the row? */
static bool
is_taken(const struct row *row, size_t n, size_t column)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (row->columns[i] == column)
			return true;
	return false;
}

static enum hc_status
place_values(struct hc_import_forms *f, struct row *row)
{
	const struct hc_import_form *form = &row->form;
	enum hc_status rc;
	size_t i, nth;

	row->columns = calloc(form->count + 1, sizeof(*row->columns));
	if (row->columns == NULL)
		return HC_NOMEM;
	for (i = 0; i < form->count; i++)
		for (nth = 1; ; nth++) {
			rc = take_column(f, form->values[i].heading, nth,
			    &row->columns[i]);
			if (rc != HC_OK)
				return rc;
			if (!is_taken(row, i, row->columns[i]))
				break;
		}
	return HC_OK;
}

static void
clear_row(struct row *row)
{
	hc_import_form_clear(&row->form);
	free(row->columns);
}

/* Keep the form as a row of the list; it is emptied in any case. */
static enum hc_status
add_row(struct hc_import_forms *f, const char *file,
    struct hc_import_form *form)
{
	struct row row = { .form = *form }, *bigger;
	size_t room = f->rows_room == 0 ? 64 : f->rows_room * 2;
	enum hc_status rc = HC_NOMEM;

	memset(form, 0, sizeof(*form));
	if ((row.file = hc_arena_text(&f->arena, file)) == NULL ||
	    (rc = place_values(f, &row)) != HC_OK)
		goto out;
	if (f->nrows == f->rows_room) {
		rc = HC_NOMEM;
		bigger = reallocarray(f->rows, room, sizeof(*bigger));
		if (bigger == NULL)
			goto out;
		f->rows = bigger;
		f->rows_room = room;
	}
	f->rows[f->nrows++] = row;
	return HC_OK;
out:
	clear_row(&row);
	return rc;
}

/* ---- Files ---- */

/* Rows of a table of which a form takes the first only. */
static void
tell_more(const struct hc_import_forms_file *file, const char *place,
    const struct hc_import_form *form)
{
	char letter[8], words[1024];
	size_t i;

	for (i = 0; i < form->count && file->tell != NULL; i++)
		if (form->values[i].more) {
			hc_book_letter(form->values[i].column, letter);
			snprintf(words, sizeof(words),
			    _("%s: of the rows under '%s' only the first is "
			    "read (%s%zu)"), place, form->values[i].heading,
			    letter, form->values[i].row);
			file->tell(file->arg, words);
		}
}

/* Two labels, or a cell that the mapping names, and something filled in. */
static bool
is_form(const struct hc_import_forms *f, const struct hc_import_form *form)
{
	size_t i, filled = 0;

	for (i = 0; i < form->count; i++)
		filled += form->values[i].cell.kind != HC_BOOK_EMPTY;
	return filled > 0 && (f->nplaces > 0 || form->count >= LABELS_MIN);
}

/* Add what a sheet says to the form; cells are named in the first only. */
static enum hc_status
read_sheet(struct hc_import_forms *f, struct hc_book *book, size_t sheet,
    struct hc_import_form *form)
{
	struct hc_import_form_ways ways = { .word = word_of, .arg = f,
	    .places = f->places };
	struct hc_grid grid = { .count = 0 };
	enum hc_status rc;

	if (!book->document || sheet == 0)
		ways.nplaces = f->nplaces;
	rc = hc_grid_load(&grid, book, sheet);
	if (rc == HC_OK && (rc = hc_import_form_read(form, &grid, &ways)) !=
	    HC_OK)
		hc_error_nomem(&book->error);
	hc_grid_free(&grid);
	return rc;
}

static bool
is_wanted(const struct hc_import_forms_file *file,
    const struct hc_book *book, size_t sheet)
{
	const char *name = book->sheets[sheet].name;
	char number[24];

	if (file->sheet == NULL)
		return book->document || !book->sheets[sheet].hidden;
	snprintf(number, sizeof(number), "%zu", sheet + 1);
	return hc_near_same(file->sheet, name) ||
	    strcmp(file->sheet, number) == 0;
}

/* The form that ends with ${sheet} becomes a row, if it is one. */
static enum hc_status
end_form(struct hc_import_forms *f, const struct hc_import_forms_file *file,
    struct hc_book *book, size_t sheet, struct hc_import_form *form)
{
	struct hc_buf place = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	hc_buf_puts(&place, file->name);
	if (!book->document && book->nsheets > 1)
		hc_buf_printf(&place, "[%s]", book->sheets[sheet].name);
	if (is_form(f, form)) {
		tell_more(file, hc_buf_text(&place), form);
		rc = hc_buf_failed(&place) ? HC_NOMEM :
		    add_row(f, hc_buf_text(&place), form);
		if (rc == HC_NOMEM)
			hc_error_nomem(&book->error);
		else if (rc == HC_INVALID)
			hc_error_set(&book->error, rc,
			    _("the forms have more than %d labels"),
			    HC_BOOK_COLUMNS_MAX);
	}
	hc_import_form_clear(form);
	hc_buf_free(&place);
	return rc;
}

static enum hc_status
read_book(struct hc_import_forms *f, const struct hc_import_forms_file *file,
    struct hc_book *book)
{
	struct hc_import_form form = { .count = 0 };
	size_t i, before = f->nrows, seen = 0;
	enum hc_status rc = HC_OK;

	for (i = 0; rc == HC_OK && i < book->nsheets; i++) {
		if (is_wanted(file, book, i)) {
			seen++;
			rc = read_sheet(f, book, i, &form);
		}
		if (rc == HC_OK && (!book->document ||
		    i + 1 == book->nsheets))
			rc = end_form(f, file, book, i, &form);
	}
	hc_import_form_clear(&form);
	if (rc != HC_OK)
		return rc;
	if (seen == 0 && file->sheet != NULL)
		return hc_error_set(&book->error, HC_NOTFOUND,
		    _("there is no sheet '%s'"), file->sheet);
	return f->nrows > before ? HC_OK : hc_error_set(&book->error,
	    HC_INVALID, _("it is no form: '%s' knows none of its labels, or "
	    "nothing stands beside them"), f->map.name);
}

enum hc_status
hc_import_forms_add(struct hc_import_forms *forms,
    const struct hc_import_forms_file *file, struct hc_error *err)
{
	struct hc_book *book;
	struct hc_error words;
	enum hc_status rc;

	rc = hc_book_open(&book, file->fd, &words);
	if (rc == HC_OK) {
		if ((rc = read_book(forms, file, book)) != HC_OK)
			words = book->error;
		hc_book_close(book);
	} else if (rc == HC_NOTFOUND)
		rc = hc_error_set(&words, HC_INVALID, _("it is no form, but "
		    "a text: a form is a workbook or a Word document"));
	return rc == HC_OK ? rc : hc_error_set(err, rc, "%s: %.900s",
	    file->name, words.text);
}

size_t
hc_import_forms_count(const struct hc_import_forms *forms)
{
	return forms->nrows;
}

/* ---- The list ---- */

static enum hc_status
forms_select(struct hc_book *book, size_t sheet)
{
	struct hc_import_forms *f = (struct hc_import_forms *)book;

	(void)sheet;
	f->at = 0;
	free(f->cells);
	f->cells = calloc(f->ncolumns + 1, sizeof(*f->cells));
	return f->cells != NULL ? HC_OK : hc_error_nomem(&book->error);
}

static enum hc_status
forms_next(struct hc_book *book, struct hc_book_row *out)
{
	struct hc_import_forms *f = (struct hc_import_forms *)book;
	const struct row *row;
	size_t i;

	if (f->at > f->nrows)
		return HC_NOTFOUND;
	for (i = 0; i < f->ncolumns; i++)
		f->cells[i] = (struct hc_book_cell){ .text = f->at == 0 ?
		    f->columns[i].heading : "" };
	f->cells[i] = (struct hc_book_cell){ .text = f->file_heading,
	    .kind = HC_BOOK_TEXT };
	if (f->at > 0) {
		row = &f->rows[f->at - 1];
		f->cells[f->ncolumns].text = row->file;
		for (i = 0; i < row->form.count; i++)
			f->cells[row->columns[i]] =
			    row->form.values[i].cell;
	}
	*out = (struct hc_book_row){ .cells = f->cells,
	    .ncells = f->ncolumns + 1, .number = ++f->at };
	return HC_OK;
}

static bool
forms_hidden(const struct hc_book *book, size_t column)
{
	(void)book;
	(void)column;
	return false;
}

/* It is its owner who frees it. */
static void
forms_close(struct hc_book *book)
{
	(void)book;
}

struct hc_book *
hc_import_forms_book(struct hc_import_forms *forms)
{
	return &forms->book;
}

struct hc_import_forms_place
hc_import_forms_place(const struct hc_import_forms *f, size_t number,
    size_t column)
{
	struct hc_import_forms_place place = { .file = "", .column = column };
	const struct row *row;
	size_t i;

	if (number < 2 || number - 2 >= f->nrows)
		return place;
	row = &f->rows[number - 2];
	place.file = row->file;
	for (i = 0; i < row->form.count; i++)
		if (row->columns[i] == column) {
			place.row = row->form.values[i].row;
			place.column = row->form.values[i].column;
		}
	return place;
}

enum hc_status
hc_import_forms_new(struct hc_import_forms **forms, struct hc_store *store,
    const char *mapping, bool named)
{
	static const struct hc_book_driver driver = { forms_select,
	    forms_next, forms_hidden, forms_close };
	struct hc_import_forms *f;
	enum hc_status rc;

	*forms = NULL;
	if ((f = calloc(1, sizeof(*f))) == NULL)
		return hc_db_nomem(store->db);
	f->sheet.name = "";
	f->book.driver = &driver;
	f->book.sheets = &f->sheet;
	f->book.nsheets = 1;
	f->file_heading = named ? hc_catalogue_field(hc_catalogue_entity(
	    store->catalogue, "source_key"), "key")->label_ja :
	    _("form's file");
	if ((rc = hc_import_heading_load(&f->headings, store)) == HC_OK &&
	    (rc = hc_import_map_load(&f->map, store, &f->headings,
	    mapping)) == HC_OK && find_places(f) != HC_OK)
		rc = hc_db_nomem(store->db);
	if (rc != HC_OK)
		hc_import_forms_free(f);
	else
		*forms = f;
	return rc;
}

void
hc_import_forms_free(struct hc_import_forms *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->nrows; i++)
		clear_row(&f->rows[i]);
	free(f->rows);
	free(f->columns);
	free(f->places);
	free(f->cells);
	hc_buf_free(&f->key);
	hc_import_map_clear(&f->map);
	hc_import_heading_clear(&f->headings);
	hc_arena_free(&f->arena);
	free(f);
}
