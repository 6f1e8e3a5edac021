/*
 * One row of a list, its cells read as the fields that they mean.  A column
 * has few different words (男, 女, 40代): each is read once and remembered.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/i18n.h"

#include "task/import_share.h"
#include "task/import_skip.h"

#include "task/import_row.h"

#define REMEMBERED 4096		/* words of one column, a power of two */

/* A word and what it was read as. */
struct memory {
	char *word;
	struct hc_import_cell cell;
	char *fault;		/* words, if it is wrong */
};

struct hc_import_reader {
	struct hc_store *store;
	const struct hc_import_map *map;
	struct hc_import_sheet *sheet;
	struct hc_import_cell_rule rule;
	struct hc_import_row row;
	struct hc_arena words;		/* of the memories */
	struct memory **memories;	/* by column, REMEMBERED each; NULL */
	size_t *remembered;		/* by column: how many */
	char **above;			/* by column: the cell above */
	struct hc_buf whole;		/* out of its pieces */
	size_t skipped;
};

/* ---- Memory ---- */

static size_t
hash(const char *text)
{
	size_t h = 5381;

	while (*text != '\0')
		h = h * 33 ^ (unsigned char)*text++;
	return h;
}

/* The place of ${text} in a column's memory; NULL if it is full. */
static struct memory *
recall(struct hc_import_reader *r, size_t column, const char *text)
{
	struct memory *m = r->memories[column];
	size_t i;

	if (m == NULL) {
		m = r->memories[column] = calloc(REMEMBERED, sizeof(*m));
		if (m == NULL)
			return NULL;
	}
	for (i = hash(text) & (REMEMBERED - 1); m[i].word != NULL &&
	    strcmp(m[i].word, text) != 0; i = (i + 1) & (REMEMBERED - 1))
		continue;
	if (m[i].word == NULL && r->remembered[column] > REMEMBERED / 2)
		return NULL;
	return &m[i];
}

/* Read what of ${text} is the column's. */
static enum hc_status
read_cell(struct hc_import_reader *r, struct hc_arena *arena, size_t column,
    const char *text, struct hc_import_cell *cell, struct hc_error *err)
{
	const struct hc_import_column *c = &r->map->columns[column];
	struct hc_buf part = HC_BUF_INIT;
	enum hc_status rc;

	if (!c->shared || c->how == HC_IMPORT_NONE)
		return hc_import_cell_read(&r->rule, c, text, arena, cell,
		    err);
	memset(cell, 0, sizeof(*cell));
	rc = hc_import_share_part(&r->rule, r->map, column, text, &part, err);
	if (rc == HC_OK && part.len > 0)
		rc = hc_import_cell_read(&r->rule, c, hc_buf_text(&part),
		    arena, cell, err);
	hc_buf_free(&part);
	return rc;
}

/* read_cell(), but each word of a column once. */
static enum hc_status
read_remembered(struct hc_import_reader *r, size_t column, const char *text,
    struct hc_import_cell *cell, struct hc_error *err)
{
	struct memory *m = recall(r, column, text);
	enum hc_status rc;

	if (m == NULL)
		return read_cell(r, &r->row.arena, column, text, cell, err);
	if (m->word == NULL) {
		rc = read_cell(r, &r->words, column, text, &m->cell, err);
		if (rc != HC_OK && rc != HC_INVALID)
			return rc;
		if (rc == HC_INVALID && (m->fault = hc_arena_text(&r->words,
		    err->text)) == NULL)
			return hc_error_nomem(err);
		if ((m->word = hc_arena_text(&r->words, text)) == NULL)
			return hc_error_nomem(err);
		r->remembered[column]++;
	}
	*cell = m->cell;
	return m->fault == NULL ? HC_OK :
	    hc_error_set(err, HC_INVALID, "%s", m->fault);
}

/* The columns of dates are read in another way from here on. */
static void
forget_dates(struct hc_import_reader *r)
{
	const struct hc_import_column *c;
	size_t i;

	for (i = 0; i < r->map->ncolumns; i++) {
		c = &r->map->columns[i];
		if (c->field == NULL || (c->field->type != HC_TYPE_DATE &&
		    c->field->type != HC_TYPE_INSTANT))
			continue;
		free(r->memories[i]);
		r->memories[i] = NULL;
		r->remembered[i] = 0;
	}
}

/* ---- Rows ---- */

enum hc_status
hc_import_reader_new(struct hc_import_reader **out, struct hc_store *store,
    const struct hc_import_map *map, struct hc_import_sheet *sheet,
    const struct hc_value_rule *rule)
{
	struct hc_import_reader *r;
	size_t n = map->ncolumns;

	if ((*out = r = calloc(1, sizeof(*r))) == NULL)
		return hc_db_nomem(store->db);
	r->store = store;
	r->map = map;
	r->sheet = sheet;
	r->rule.headings = map->headings;
	r->rule.value = *rule;
	r->row.ncells = n;
	r->row.cells = calloc(n, sizeof(*r->row.cells));
	r->memories = calloc(n, sizeof(*r->memories));
	r->remembered = calloc(n, sizeof(*r->remembered));
	r->above = calloc(n, sizeof(*r->above));
	if (r->row.cells == NULL || r->memories == NULL ||
	    r->remembered == NULL || r->above == NULL) {
		hc_import_reader_free(r);
		*out = NULL;
		return hc_db_nomem(store->db);
	}
	return HC_OK;
}

void
hc_import_reader_free(struct hc_import_reader *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->map->ncolumns; i++) {
		if (r->memories != NULL)
			free(r->memories[i]);
		if (r->above != NULL)
			free(r->above[i]);
	}
	free(r->memories);
	free(r->remembered);
	free(r->above);
	free(r->row.cells);
	hc_arena_free(&r->row.arena);
	hc_arena_free(&r->words);
	hc_buf_free(&r->whole);
	free(r);
}

size_t
hc_import_reader_skipped(const struct hc_import_reader *r)
{
	return r->skipped;
}

static bool
is_ditto(const char *text)
{
	static const char *const marks[] = { "〃", "同上", "″", "”", "\"",
	    "''", "々" };
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(text, marks[i]) == 0)
			return true;
	return false;
}

/* The cell's text, or that of the cell above for a ditto mark. */
static enum hc_status
resolve_ditto(struct hc_import_reader *r, size_t column, const char **text)
{
	char *copy;

	if (is_ditto(*text) && r->above[column] != NULL) {
		*text = r->above[column];
		return HC_OK;
	}
	if (r->above[column] != NULL && strcmp(r->above[column], *text) == 0)
		return HC_OK;
	if ((copy = strdup(*text)) == NULL)
		return HC_NOMEM;
	free(r->above[column]);
	r->above[column] = copy;
	return HC_OK;
}

const char *
hc_import_reader_written(const struct hc_import_reader *r, size_t column)
{
	const char *text = hc_import_sheet_cell(r->sheet, column);

	return column < r->map->nsheet && is_ditto(text) &&
	    r->above[column] != NULL ? r->above[column] : text;
}

/* Cells to the right of the last heading are kept too. */
static enum hc_status
take_extra(struct hc_import_reader *r)
{
	struct hc_buf all = HC_BUF_INIT;
	enum hc_status rc;
	size_t i, n = hc_import_sheet_cells(r->sheet);

	r->row.extra = NULL;
	for (i = r->map->nsheet; i < n; i++) {
		const char *text = hc_import_sheet_cell(r->sheet, i);

		if (text[0] != '\0')
			hc_buf_printf(&all, "%s%s", all.len > 0 ? "; " : "",
			    text);
	}
	if (all.len > 0)
		r->row.extra = hc_arena_text(&r->row.arena,
		    hc_buf_text(&all));
	rc = all.len > 0 && r->row.extra == NULL ? HC_NOMEM : HC_OK;
	hc_buf_free(&all);
	return rc == HC_OK ? HC_OK : hc_db_nomem(r->store->db);
}

/* The cell that holds the ${piece} of column ${c}'s value; "" if none does. */
static const char *
piece_of(const struct hc_import_reader *r, const struct hc_import_column *c,
    char piece)
{
	const struct hc_import_column *other;
	size_t i;

	for (i = 0; i < r->map->ncolumns; i++) {
		other = &r->map->columns[i];
		if (other->field == c->field && other->nth == c->nth &&
		    other->piece == piece)
			return hc_import_sheet_cell(r->sheet, other->at);
	}
	return "";
}

/* What is written in column ${i}, with the pieces that stand in others. */
static const char *
text_of(struct hc_import_reader *r, size_t i)
{
	const struct hc_import_column *c = &r->map->columns[i];
	const char *text = hc_import_sheet_cell(r->sheet, c->at), *second;

	if (c->kana) {
		text = hc_import_sheet_kana(r->sheet, c->at);
		return text != NULL ? text : "";
	}
	hc_buf_clear(&r->whole);
	if (c->piece == 'd' && text[0] != '\0')
		hc_buf_printf(&r->whole, "%s-%s-%s", piece_of(r, c, 'y'),
		    piece_of(r, c, 'm'), text);
	else if (c->piece == '1' &&
	    (second = piece_of(r, c, '2'))[0] != '\0')
		hc_buf_printf(&r->whole, "%s%s%s", text,
		    text[0] != '\0' ? " " : "", second);
	return r->whole.len > 0 ? hc_buf_text(&r->whole) : text;
}

/* #N/A is no value: the row is refused for it, but where no field would take
   the cell, it is only told. */
static bool
refuse_broken(const struct hc_import_reader *r, size_t i,
    hc_import_fault *fault, void *arg)
{
	const struct hc_import_column *c = &r->map->columns[i];
	bool matters = c->how != HC_IMPORT_NONE;

	fault(arg, r->row.line, i, matters ?
	    hc_import_sheet_cell(r->sheet, c->at) : NULL,
	    _("an error value of the spreadsheet; mend its formula, or empty "
	    "the cell"));
	return matters;
}

/* A wrong row of a text that has fewer cells than there are headings: where
   one was left out, all behind it stand in wrong columns. */
static void
tell_short(const struct hc_import_reader *r, hc_import_fault *fault,
    void *arg)
{
	size_t cells = hc_import_sheet_cells(r->sheet);
	char words[200];

	if (r->sheet->book != NULL || cells >= r->map->nsheet)
		return;
	snprintf(words, sizeof(words), _("the row has %zu cells, but there "
	    "are %zu headings: see whether one was left out"), cells,
	    r->map->nsheet);
	fault(arg, r->row.line, SIZE_MAX, "", words);
}

static enum hc_status
read_row(struct hc_import_reader *r, hc_import_fault *fault, void *arg)
{
	enum hc_status rc = HC_OK, cell;
	struct hc_error err;
	const char *text;
	size_t i;

	hc_arena_clear(&r->row.arena);
	r->row.line = hc_import_sheet_row(r->sheet);
	for (i = 0; i < r->map->ncolumns; i++) {
		text = text_of(r, i);
		memset(&r->row.cells[i], 0, sizeof(r->row.cells[i]));
		if (resolve_ditto(r, i, &text) != HC_OK)
			return hc_db_nomem(r->store->db);
		if (text[0] == '\0' ||
		    r->map->columns[i].how == HC_IMPORT_REASONS)
			continue;
		if (hc_import_sheet_broken(r->sheet, r->map->columns[i].at)) {
			rc = refuse_broken(r, i, fault, arg) ? HC_INVALID :
			    rc;
			continue;
		}
		cell = read_remembered(r, i, text, &r->row.cells[i], &err);
		if (cell == HC_INVALID) {
			fault(arg, r->row.line, i, text, err.text);
			rc = HC_INVALID;
		} else if (cell != HC_OK)
			return hc_db_fail(r->store->db, cell, "%s",
			    err.text);
	}
	if (rc == HC_INVALID)
		tell_short(r, fault, arg);
	if ((cell = take_extra(r)) != HC_OK)
		return cell;
	return rc;
}

/* The CSV reader's "NAME:LINE: words" without what is told anyway. */
static const char *
without_place(const struct hc_import_reader *r, const char *words)
{
	size_t len = strlen(r->sheet->name);
	const char *colon = strncmp(words, r->sheet->name, len) == 0 ?
	    strstr(words + len, ": ") : NULL;

	return colon != NULL ? colon + 2 : words;
}

enum hc_status
hc_import_reader_next(struct hc_import_reader *r, struct hc_import_row **row,
    hc_import_fault *fault, void *arg)
{
	struct hc_error *err = hc_db_error_buffer(r->store->db);
	enum hc_status rc;
	int year;

	*row = &r->row;
	for (;;) {
		rc = hc_import_sheet_next(r->sheet, err);
		if (rc == HC_INVALID) {
			r->row.line = hc_import_sheet_row(r->sheet);
			fault(arg, r->row.line, SIZE_MAX, "",
			    without_place(r, err->text));
		}
		if (rc != HC_OK)
			return rc;
		if (!hc_import_skip(r->map, r->sheet, &year))
			return read_row(r, fault, arg);
		r->skipped++;
		if (year != 0) {
			r->rule.year = year;
			forget_dates(r);
		}
	}
}

/* ---- Staging ---- */

static void
write_text(const char *text, FILE *file)
{
	size_t len = text != NULL ? strlen(text) + 1 : 0;

	fwrite(&len, sizeof(len), 1, file);
	if (len > 0)
		fwrite(text, len, 1, file);
}

enum hc_status
hc_import_row_write(const struct hc_import_row *row, FILE *file)
{
	size_t i;

	fwrite(&row->line, sizeof(row->line), 1, file);
	for (i = 0; i < row->ncells; i++) {
		write_text(row->cells[i].text, file);
		write_text(row->cells[i].reason, file);
		write_text(row->cells[i].band, file);
		write_text(row->cells[i].fields, file);
		write_text(row->cells[i].rest, file);
	}
	write_text(row->extra, file);
	return ferror(file) ? HC_IO : HC_OK;
}

/* ${text} is NULL after a failure too. */
static enum hc_status
read_text(struct hc_import_row *row, FILE *file, const char **text)
{
	size_t len;
	char *copy;

	*text = NULL;
	if (fread(&len, sizeof(len), 1, file) != 1)
		return HC_IO;
	if (len == 0)
		return HC_OK;
	if ((copy = hc_arena_alloc(&row->arena, len)) == NULL)
		return HC_NOMEM;
	if (fread(copy, len, 1, file) != 1)
		return HC_IO;
	*text = copy;
	return HC_OK;
}

static enum hc_status
read_staged(struct hc_import_row *row, FILE *file,
    struct hc_import_cell *cell)
{
	const char **texts[] = { &cell->text, &cell->reason, &cell->band,
	    &cell->fields, &cell->rest };
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < sizeof(texts) / sizeof(texts[0]); i++)
		rc = read_text(row, file, texts[i]);
	return rc;
}

enum hc_status
hc_import_row_read(struct hc_import_row *row, FILE *file)
{
	enum hc_status rc = HC_OK;
	size_t i;

	hc_arena_clear(&row->arena);
	if (fread(&row->line, sizeof(row->line), 1, file) != 1)
		return ferror(file) ? HC_IO : HC_NOTFOUND;
	for (i = 0; rc == HC_OK && i < row->ncells; i++)
		rc = read_staged(row, file, &row->cells[i]);
	return rc == HC_OK ? read_text(row, file, &row->extra) : rc;
}
