/*
 * A sheet of one person, as a form.  First every cell is told to be a label
 * or not, then each label finds its value.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "task/import_tick.h"

#include "task/import_form.h"

#define SPACE "　"
#define COLON "："

struct reader {
	struct hc_import_form *form;
	const struct hc_grid *grid;
	const struct hc_import_form_ways *ways;
	unsigned char **words;	/* of each row's cells */
	struct hc_buf text;
};

/* A cell by the index of its row. */
struct spot {
	size_t row, column;
};

static const struct hc_book_cell *
cell_at(const struct reader *r, struct spot at)
{
	static const struct hc_book_cell none = { .text = "" };

	if (at.row >= r->grid->count ||
	    at.column >= r->grid->rows[at.row].ncells)
		return &none;
	return &r->grid->rows[at.row].cells[at.column];
}

static const char *
text_at(const struct reader *r, struct spot at)
{
	return cell_at(r, at)->text;
}

static enum hc_import_form_word
word_at(const struct reader *r, struct spot at)
{
	if (at.row >= r->grid->count ||
	    at.column >= r->grid->rows[at.row].ncells)
		return HC_IMPORT_FORM_TEXT;
	return (enum hc_import_form_word)r->words[at.row][at.column];
}

static bool
is_label(const struct reader *r, struct spot at)
{
	return word_at(r, at) == HC_IMPORT_FORM_LABEL;
}

/* Does the cell repeat what stands at ${first}, as parts of merged areas? */
static bool
repeats(const struct reader *r, struct spot at, struct spot first)
{
	return cell_at(r, at)->merged &&
	    strcmp(text_at(r, at), text_at(r, first)) == 0;
}

static struct spot
right_of(const struct reader *r, struct spot at)
{
	struct spot next = { at.row, at.column + 1 };

	while (repeats(r, next, at))
		next.column++;
	return next;
}

static struct spot
below(const struct reader *r, struct spot at)
{
	struct spot next = { at.row + 1, at.column };

	while (repeats(r, next, at))
		next.row++;
	return next;
}

/* ---- Labels ---- */

/* ${len} without the spaces that end ${p}. */
static size_t
without_space(const char *p, size_t len)
{
	for (;;)
		if (len > 0 && strchr(" \t\r\n", p[len - 1]) != NULL)
			len--;
		else if (len >= strlen(SPACE) && memcmp(p + len -
		    strlen(SPACE), SPACE, strlen(SPACE)) == 0)
			len -= strlen(SPACE);
		else
			return len;
}

/* What the first ${len} bytes of ${p} are, without spaces and a colon. */
static enum hc_import_form_word
word_of(struct reader *r, const char *p, size_t len)
{
	len = without_space(p, len);
	if (len > 0 && p[len - 1] == ':')
		len--;
	else if (len >= strlen(COLON) && memcmp(p + len - strlen(COLON),
	    COLON, strlen(COLON)) == 0)
		len -= strlen(COLON);
	len = without_space(p, len);
	if (len == 0)
		return HC_IMPORT_FORM_TEXT;
	hc_buf_clear(&r->text);
	hc_buf_add(&r->text, p, len);
	return r->ways->word(r->ways->arg, hc_buf_text(&r->text));
}

static enum hc_status
tell_words(struct reader *r)
{
	const struct hc_book_row *row;
	size_t i, j;

	r->words = calloc(r->grid->count + 1, sizeof(*r->words));
	if (r->words == NULL)
		return HC_NOMEM;
	for (i = 0; i < r->grid->count; i++) {
		row = &r->grid->rows[i];
		if ((r->words[i] = calloc(row->ncells + 1, 1)) == NULL)
			return HC_NOMEM;
		for (j = 0; j < row->ncells; j++)
			r->words[i][j] = (unsigned char)word_of(r,
			    row->cells[j].text, strlen(row->cells[j].text));
	}
	return hc_buf_failed(&r->text) ? HC_NOMEM : HC_OK;
}

/* Words such as 発熱 are labels where a yes or no is beside them. */
static void
settle_marks(struct reader *r)
{
	struct spot at;
	bool yes_no;

	for (at.row = 0; at.row < r->grid->count; at.row++)
		for (at.column = 0; at.column <
		    r->grid->rows[at.row].ncells; at.column++) {
			if (word_at(r, at) != HC_IMPORT_FORM_MARK)
				continue;
			yes_no = hc_import_tick_is_yes_no(text_at(r,
			    right_of(r, at))) ||
			    hc_import_tick_is_yes_no(text_at(r,
			    below(r, at)));
			r->words[at.row][at.column] = yes_no ?
			    HC_IMPORT_FORM_LABEL : HC_IMPORT_FORM_TEXT;
		}
}

/* ---- Values ---- */

static struct hc_import_form_value *
add_value(struct reader *r, struct spot at)
{
	struct hc_import_form *form = r->form;
	struct hc_import_form_value *bigger;
	size_t room = form->room == 0 ? 32 : form->room * 2;

	if (form->count == form->room) {
		bigger = reallocarray(form->values, room, sizeof(*bigger));
		if (bigger == NULL)
			return NULL;
		form->values = bigger;
		form->room = room;
	}
	form->values[form->count] = (struct hc_import_form_value){
	    .row = at.row < r->grid->count ?
	    r->grid->rows[at.row].number : 0, .column = at.column };
	return &form->values[form->count++];
}

/* Put ${text} of ${cell} and the heading into the value. */
static enum hc_status
fill(struct reader *r, struct hc_import_form_value *value,
    const char *heading, const struct hc_book_cell *cell, const char *text)
{
	struct hc_arena *arena = &r->form->arena;

	value->heading = hc_arena_text(arena, heading);
	value->cell = *cell;
	value->cell.merged = false;
	value->cell.text = hc_arena_text(arena, text);
	value->cell.kana = hc_arena_text(arena, cell->kana);
	if (*text == '\0')
		value->cell.kind = HC_BOOK_EMPTY;
	return value->heading == NULL || value->cell.text == NULL ||
	    (cell->kana != NULL && value->cell.kana == NULL) ? HC_NOMEM :
	    HC_OK;
}

/*
 * What is ticked in the cell at ${at} and in those to the right that go with
 * it: they have boxes, or a box alone stands before them.  They are no labels
 * then.
 */
static enum hc_status
fill_ticked(struct reader *r, struct hc_import_form_value *value,
    const char *heading, struct spot at)
{
	const struct hc_book_cell cell = { .kind = HC_BOOK_TEXT };
	struct hc_buf all = HC_BUF_INIT, chosen = HC_BUF_INIT;
	bool alone = true, has = true;
	enum hc_status rc;

	do {
		hc_buf_puts(&all, text_at(r, at));
		hc_buf_putc(&all, '\n');
		r->words[at.row][at.column] = HC_IMPORT_FORM_TEXT;
		alone = hc_import_tick_alone(text_at(r, at));
		at = right_of(r, at);
		has = hc_import_tick_has(text_at(r, at));
	} while (*text_at(r, at) != '\0' && (has || (alone &&
	    !is_label(r, right_of(r, at)))));
	hc_import_tick_chosen(hc_buf_text(&all), &chosen);
	rc = hc_buf_failed(&all) || hc_buf_failed(&chosen) ? HC_NOMEM :
	    fill(r, value, heading, &cell, hc_buf_text(&chosen));
	hc_buf_free(&all);
	hc_buf_free(&chosen);
	return rc;
}

/* Does nothing stand beside the first column?  Where it does, an empty cell
   there is one that was not filled in. */
static bool
one_column(const struct hc_grid *grid)
{
	size_t i;

	for (i = 0; i < grid->count; i++)
		if (grid->rows[i].ncells > 1)
			return false;
	return true;
}

/* The one label of its row, wider than a cell or in a sheet of one column. */
static bool
has_row(const struct reader *r, struct spot at)
{
	const struct hc_book_row *row = &r->grid->rows[at.row];
	struct spot next = right_of(r, at);
	size_t i;

	for (i = 0; i < row->ncells; i++)
		if ((i < at.column || i >= next.column) &&
		    row->cells[i].kind != HC_BOOK_EMPTY)
			return false;
	return next.column > at.column + 1 || one_column(r->grid);
}

/* Is there a value, of no label of its own row? */
static bool
is_filled_in(const struct reader *r, struct spot at)
{
	struct spot left = { at.row, at.column - 1 };

	return *text_at(r, at) != '\0' && !is_label(r, at) &&
	    (at.column == 0 || !is_label(r, left));
}

static struct spot
value_spot(const struct reader *r, struct spot label, bool *more)
{
	struct spot right = right_of(r, label), under = below(r, label);
	struct spot left = { label.row, label.column - 1 };
	bool side_by_side = is_label(r, right) ||
	    (label.column > 0 && is_label(r, left));

	*more = false;
	if (*text_at(r, right) != '\0' && !is_label(r, right))
		return right;
	if ((!side_by_side && !has_row(r, label)) ||
	    under.row >= r->grid->count || is_label(r, under))
		return right;
	*more = side_by_side && *text_at(r, under) != '\0' &&
	    is_filled_in(r, below(r, under));
	return under;
}

static enum hc_status
read_label(struct reader *r, struct spot at)
{
	const char *heading = text_at(r, at), *text;
	struct hc_import_form_value *value;
	struct spot from;
	bool more;

	from = value_spot(r, at, &more);
	if ((value = add_value(r, from)) == NULL)
		return HC_NOMEM;
	value->more = more;
	text = is_label(r, from) ? "" : text_at(r, from);
	if (hc_import_tick_has(text))
		return fill_ticked(r, value, heading, from);
	return fill(r, value, heading, cell_at(r, from), text);
}

/* 氏名：保健太郎, in each line of a cell. */
static enum hc_status
read_lines(struct reader *r, struct spot at)
{
	static const char *const colons[] = { ":", COLON };
	struct hc_buf heading = HC_BUF_INIT, text = HC_BUF_INIT;
	struct hc_import_form_value *value;
	const char *line, *end, *colon, *p;
	const struct hc_book_cell cell = { .kind = HC_BOOK_TEXT };
	enum hc_status rc = HC_OK;
	size_t i;

	for (line = text_at(r, at); rc == HC_OK && *line != '\0';
	    line = end + (*end == '\n')) {
		end = line + strcspn(line, "\n");
		colon = p = NULL;
		for (i = 0; i < 2; i++)
			if ((p = memmem(line, (size_t)(end - line), colons[i],
			    strlen(colons[i]))) != NULL &&
			    (colon == NULL || p < colon))
				colon = p;
		if (colon == NULL || word_of(r, line,
		    (size_t)(colon - line)) == HC_IMPORT_FORM_TEXT)
			continue;
		hc_buf_clear(&heading);
		hc_buf_clear(&text);
		hc_buf_add(&heading, line, (size_t)(colon - line));
		colon += *colon == ':' ? 1 : strlen(COLON);
		hc_buf_clear(&r->text);
		hc_buf_add(&r->text, colon, (size_t)(end - colon));
		if (hc_import_tick_has(hc_buf_text(&r->text)))
			hc_import_tick_chosen(hc_buf_text(&r->text), &text);
		else
			hc_buf_puts(&text, hc_buf_text(&r->text));
		if ((value = add_value(r, at)) == NULL ||
		    hc_buf_failed(&heading) || hc_buf_failed(&text))
			rc = HC_NOMEM;
		else
			rc = fill(r, value, hc_buf_text(&heading), &cell,
			    hc_buf_text(&text));
	}
	hc_buf_free(&heading);
	hc_buf_free(&text);
	return rc;
}

static enum hc_status
read_cells(struct reader *r)
{
	enum hc_status rc = HC_OK;
	struct spot at;

	for (at.row = 0; at.row < r->grid->count; at.row++)
		for (at.column = 0; rc == HC_OK && at.column <
		    r->grid->rows[at.row].ncells; at.column++) {
			if (cell_at(r, at)->merged)
				continue;
			rc = is_label(r, at) ? read_label(r, at) :
			    read_lines(r, at);
		}
	return rc;
}

/* "C4" to the column 2 and the row 4; false if it is no place. */
static bool
take_place(const char *p, size_t *column, size_t *row)
{
	char *end;

	for (*column = 0; *p >= 'A' && *p <= 'Z' &&
	    *column <= HC_BOOK_COLUMNS_MAX; p++)
		*column = *column * 26 + (size_t)(*p - 'A') + 1;
	*row = strtoul(p, &end, 10);
	return *column > 0 && (*column)-- <= HC_BOOK_COLUMNS_MAX &&
	    *p >= '1' && *p <= '9' && *end == '\0' &&
	    *row <= HC_BOOK_ROWS_MAX;
}

static enum hc_status
read_places(struct reader *r)
{
	const struct hc_book_cell *cell;
	struct hc_import_form_value *value;
	struct hc_buf chosen = HC_BUF_INIT;
	size_t i, column, row;
	enum hc_status rc = HC_OK;

	for (i = 0; rc == HC_OK && i < r->ways->nplaces; i++) {
		if (!take_place(r->ways->places[i], &column, &row))
			continue;
		cell = hc_grid_cell(r->grid, row, column);
		hc_buf_clear(&chosen);
		if (hc_import_tick_has(cell->text))
			hc_import_tick_chosen(cell->text, &chosen);
		else
			hc_buf_puts(&chosen, cell->text);
		value = add_value(r, (struct spot){ 0, column });
		if (value == NULL || hc_buf_failed(&chosen))
			rc = HC_NOMEM;
		else
			rc = fill(r, value, r->ways->places[i], cell,
			    hc_buf_text(&chosen));
		if (rc == HC_OK)
			value->row = row;
	}
	hc_buf_free(&chosen);
	return rc;
}

enum hc_status
hc_import_form_read(struct hc_import_form *form, const struct hc_grid *grid,
    const struct hc_import_form_ways *ways)
{
	struct reader r = { .form = form, .grid = grid, .ways = ways };
	enum hc_status rc;
	size_t i;

	if ((rc = tell_words(&r)) == HC_OK) {
		settle_marks(&r);
		rc = read_cells(&r);
	}
	if (rc == HC_OK)
		rc = read_places(&r);
	for (i = 0; r.words != NULL && i < grid->count; i++)
		free(r.words[i]);
	free(r.words);
	hc_buf_free(&r.text);
	return rc;
}

void
hc_import_form_clear(struct hc_import_form *form)
{
	free(form->values);
	hc_arena_free(&form->arena);
	memset(form, 0, sizeof(*form));
}
