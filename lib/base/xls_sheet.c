/*
 * One sheet of an xls workbook.
 *
 * Programs other than Excel write cells in any order, and a cell twice: the
 * places of all are listed and sorted first, 8 bytes for each record of at
 * least 10, then read row by row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/serial.h"

#include "base/xls_sheet.h"

enum {
	EOF_ = 0x000a, FORMULA = 0x0006, MULRK = 0x00bd, RSTRING = 0x00d6,
	MERGEDCELLS = 0x00e5, LABELSST = 0x00fd, NUMBER = 0x0203,
	LABEL = 0x0204, BOOLERR = 0x0205, STRING = 0x0207, ROW = 0x0208,
	ARRAY = 0x0221, TABLE = 0x0236, RK = 0x027e, FORMULA3 = 0x0206,
	FORMULA4 = 0x0406, SHRFMLA = 0x04bc, COLINFO = 0x007d, BOF = 0x0809
};

struct hc_xls_sheet_cell {
	uint16_t row, column;
	uint32_t at;		/* of its record */
};

static enum hc_status
damaged(struct hc_error *err)
{
	return hc_error_set(err, HC_INVALID,
	    _("the workbook is damaged: open it in Excel and save it as "
	    "xlsx"));
}

/* The shortest that a record of a cell is; 0 if it is none. */
static size_t
cell_size(unsigned int type)
{
	switch (type) {
	case NUMBER:
	case FORMULA:
	case FORMULA3:
	case FORMULA4:
		return 14;
	case RK:
	case LABELSST:
		return 10;
	case MULRK:
		return 12;
	case BOOLERR:
	case LABEL:
	case RSTRING:
		return 8;
	}
	return 0;
}

static enum hc_status
note_cell(struct hc_xls_sheet *s, const struct hc_biff *b, size_t at)
{
	struct hc_xls_sheet_cell *bigger;
	size_t room;

	if (s->count == s->room) {
		room = s->room == 0 ? 1024 : s->room * 2;
		if ((bigger = reallocarray(s->found, room,
		    sizeof(*s->found))) == NULL)
			return HC_NOMEM;
		s->found = bigger;
		s->room = room;
	}
	s->found[s->count++] = (struct hc_xls_sheet_cell){
	    hc_bytes_u16(b->body), hc_bytes_u16(b->body + 2),
	    (uint32_t)at };
	return HC_OK;
}

static enum hc_status
note_merged(struct hc_xls_sheet *s, const struct hc_biff *b,
    struct hc_error *err)
{
	const unsigned char *p = b->body + 2;
	size_t n = b->size < 2 ? 0 : hc_bytes_u16(b->body);
	struct hc_merge_area area;
	enum hc_status rc = HC_OK;

	if (s->merge == NULL && (s->merge = hc_merge_new()) == NULL)
		return HC_NOMEM;
	for (; n > 0 && rc == HC_OK && p + 8 <= b->body + b->size; n--) {
		area.top = hc_bytes_u16(p) + 1u;
		area.bottom = hc_bytes_u16(p + 2) + 1u;
		area.left = hc_bytes_u16(p + 4);
		area.right = hc_bytes_u16(p + 6);
		if (area.right >= HC_XLS_SHEET_COLUMNS)
			area.right = HC_XLS_SHEET_COLUMNS - 1;
		rc = hc_merge_add(s->merge, &area, err);
		p += 8;
	}
	return rc;
}

static void
note_hidden(struct hc_xls_sheet *s, const struct hc_biff *b)
{
	size_t i, last;

	if (b->type == ROW && b->size >= 16) {
		i = hc_bytes_u16(b->body);
		if ((hc_bytes_u16(b->body + 12) & 0x20) != 0)
			s->hidden_rows[i / 8] |= (unsigned char)(1 << i % 8);
	} else if (b->type == COLINFO && b->size >= 10) {
		last = hc_bytes_u16(b->body + 2);
		for (i = hc_bytes_u16(b->body); i <= last &&
		    i < HC_XLS_SHEET_COLUMNS; i++)
			s->hidden_columns[i] =
			    (hc_bytes_u16(b->body + 8) & 1) != 0;
	}
}

/* A later record of the same cell stands behind the earlier one. */
static int
by_place(const void *va, const void *vb)
{
	const struct hc_xls_sheet_cell *a = va, *b = vb;

	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static void
sort(struct hc_xls_sheet *s)
{
	size_t i;

	for (i = 1; i < s->count; i++)
		if (by_place(&s->found[i - 1], &s->found[i]) > 0) {
			qsort(s->found, s->count, sizeof(*s->found),
			    by_place);
			return;
		}
}

enum hc_status
hc_xls_sheet_scan(struct hc_xls_sheet *s, struct hc_biff *b,
    struct hc_error *err)
{
	enum hc_status rc = HC_OK;
	size_t at = b->at, depth = 0, size;

	if (!hc_biff_next(b) || b->type != BOF)
		return damaged(err);
	do {
		/* Charts within the sheet have a BOF and EOF of their own. */
		if (b->type == BOF)
			depth++;
		else if (b->type == EOF_)
			depth--;
		else if (depth > 1)
			;
		else if ((size = cell_size(b->type)) > 0)
			rc = b->size < size ? HC_INVALID :
			    note_cell(s, b, at);
		else if (b->type == MERGEDCELLS)
			rc = note_merged(s, b, err);
		else
			note_hidden(s, b);
		if (depth == 0) {
			sort(s);
			if (s->merge != NULL)
				hc_merge_begin(s->merge);
			return HC_OK;
		}
		at = b->at;
	} while (rc == HC_OK && hc_biff_next(b));
	return rc == HC_NOMEM ? hc_error_nomem(err) : damaged(err);
}

/* Give the cell a text of the row's; "" makes it empty. */
static enum hc_status
put_text(struct hc_xls_sheet *s, struct hc_book_cell *cell,
    enum hc_book_kind kind, const char *text)
{
	cell->kana = NULL;
	cell->kind = *text == '\0' ? HC_BOOK_EMPTY : kind;
	cell->text = hc_arena_text(&s->texts, text);
	return cell->text == NULL ? HC_NOMEM : HC_OK;
}

static enum hc_status
put_number(struct hc_xls_sheet *s, struct hc_book_cell *cell,
    const struct hc_xls_sheet_ways *ways, unsigned int xf, double value)
{
	char text[HC_SERIAL_SIZE];
	enum hc_serial serial = HC_SERIAL_NUMBER;
	enum hc_book_kind kind;

	if (xf < ways->nformats)
		serial = (enum hc_serial)ways->serial[ways->formats[xf]];
	kind = hc_serial_text(value, serial, ways->from1904, text);
	return put_text(s, cell, kind, text);
}

/* Numbers of 30 bits: a whole one, or the high half of a double; maybe of
   hundredths ([MS-XLS] 2.5.217). */
static double
rk_number(uint32_t rk)
{
	unsigned char high[8] = { 0 };
	uint32_t bits = rk & ~(uint32_t)3;
	double value;
	int i;

	if ((rk & 2) != 0)
		value = (double)((int32_t)bits / 4);
	else {
		for (i = 0; i < 4; i++)
			high[4 + i] = (unsigned char)(bits >> (i * 8));
		value = hc_bytes_double(high);
	}
	return (rk & 1) != 0 ? value / 100 : value;
}

static enum hc_status
put_rks(struct hc_xls_sheet *s, const struct hc_xls_sheet_ways *ways,
    const struct hc_biff *b)
{
	size_t column = hc_bytes_u16(b->body + 2), i;
	const unsigned char *p = b->body + 4;
	enum hc_status rc = HC_OK;

	for (i = 0; i < (b->size - 6) / 6 && rc == HC_OK &&
	    column + i < HC_XLS_SHEET_COLUMNS; i++, p += 6)
		rc = put_number(s, &s->cells[column + i], ways,
		    hc_bytes_u16(p), rk_number(hc_bytes_u32(p + 2)));
	return rc;
}

static enum hc_status
put_flag(struct hc_xls_sheet *s, struct hc_book_cell *cell, bool is_error,
    unsigned int value)
{
	static const struct {
		unsigned int value;
		const char *text;
	} errors[] = {
		{ 0x00, "#NULL!" }, { 0x07, "#DIV/0!" },
		{ 0x0f, "#VALUE!" }, { 0x17, "#REF!" }, { 0x1d, "#NAME?" },
		{ 0x24, "#NUM!" }, { 0x2a, "#N/A" },
	};
	size_t i;

	if (!is_error)
		return put_text(s, cell, HC_BOOK_BOOL,
		    value != 0 ? "TRUE" : "FALSE");
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].value == value)
			return put_text(s, cell, HC_BOOK_ERROR,
			    errors[i].text);
	return put_text(s, cell, HC_BOOK_ERROR, "#ERROR");
}

static enum hc_status
put_string(struct hc_xls_sheet *s, struct hc_book_cell *cell,
    struct hc_biff *b)
{
	enum hc_status rc;

	hc_buf_clear(&s->text);
	if ((rc = hc_biff_string(b, 2, &s->text, NULL)) != HC_OK)
		return rc;
	if (hc_buf_failed(&s->text))
		return HC_NOMEM;
	return put_text(s, cell, HC_BOOK_TEXT, hc_buf_text(&s->text));
}

/* What a formula last gave; a text stands in a record that follows. */
static enum hc_status
put_formula(struct hc_xls_sheet *s, struct hc_book_cell *cell,
    const struct hc_xls_sheet_ways *ways, struct hc_biff *b)
{
	const unsigned char *result = b->body + 6;

	if (hc_bytes_u16(result + 6) != 0xffff)
		return put_number(s, cell, ways, hc_bytes_u16(b->body + 4),
		    hc_bytes_double(result));
	switch (result[0]) {
	case 0:
		do {
			if (!hc_biff_next(b))
				return HC_INVALID;
			if (b->type == STRING)
				return put_string(s, cell, b);
		} while (b->type == SHRFMLA || b->type == ARRAY ||
		    b->type == TABLE || b->type == HC_BIFF_CONTINUE);
		return put_text(s, cell, HC_BOOK_TEXT, "");
	case 1:
	case 2:
		return put_flag(s, cell, result[0] == 2, result[2]);
	}
	return put_text(s, cell, HC_BOOK_TEXT, "");
}

static enum hc_status
put_shared(struct hc_book_cell *cell, const struct hc_xls_string *strings,
    size_t n)
{
	const char *text = hc_xls_string_get(strings, n, &cell->kana);

	if (text == NULL)
		return HC_INVALID;
	cell->text = text;
	cell->kind = *text == '\0' ? HC_BOOK_EMPTY : HC_BOOK_TEXT;
	return HC_OK;
}

static enum hc_status
put(struct hc_xls_sheet *s, const struct hc_xls_sheet_cell *found,
    struct hc_biff *b, const struct hc_xls_sheet_ways *ways)
{
	struct hc_book_cell *cell = &s->cells[found->column];
	unsigned int xf;

	b->at = found->at;
	hc_biff_next(b);
	xf = hc_bytes_u16(b->body + 4);
	switch (b->type) {
	case NUMBER:
		return put_number(s, cell, ways, xf,
		    hc_bytes_double(b->body + 6));
	case RK:
		return put_number(s, cell, ways, xf,
		    rk_number(hc_bytes_u32(b->body + 6)));
	case MULRK:
		return put_rks(s, ways, b);
	case LABELSST:
		return put_shared(cell, &ways->strings,
		    hc_bytes_u32(b->body + 6));
	case BOOLERR:
		return put_flag(s, cell, b->body[7] != 0, b->body[6]);
	case LABEL:
	case RSTRING:
		b->done = 6;
		return put_string(s, cell, b);
	}
	return put_formula(s, cell, ways, b);
}

/* Read the cells of one row; ${*ncells} is 0 if they are all empty. */
static enum hc_status
read_row(struct hc_xls_sheet *s, struct hc_biff *b,
    const struct hc_xls_sheet_ways *ways, size_t *ncells,
    struct hc_error *err)
{
	const struct hc_xls_sheet_cell *found = &s->found[s->at];
	unsigned int row = found->row;
	enum hc_status rc = HC_OK;
	size_t i;

	hc_arena_clear(&s->texts);
	for (i = 0; i < HC_XLS_SHEET_COLUMNS; i++)
		s->cells[i] = (struct hc_book_cell){ .text = "" };
	for (; s->at < s->count && found->row == row; s->at++, found++)
		if (found->column >= HC_XLS_SHEET_COLUMNS)
			return damaged(err);
		else if ((rc = put(s, found, b, ways)) != HC_OK)
			return rc == HC_NOMEM ? hc_error_nomem(err) :
			    damaged(err);
	for (*ncells = 0, i = 0; i < HC_XLS_SHEET_COLUMNS; i++) {
		if (s->cells[i].kind == HC_BOOK_EMPTY)
			continue;
		*ncells = i + 1;
		if (strlen(s->cells[i].text) > HC_BOOK_CELL_MAX)
			return hc_error_set(err, HC_INVALID,
			    _("a cell of row %zu is longer than %d bytes"),
			    (size_t)row + 1, HC_BOOK_CELL_MAX);
	}
	return HC_OK;
}

enum hc_status
hc_xls_sheet_next(struct hc_xls_sheet *s, struct hc_biff *b,
    const struct hc_xls_sheet_ways *ways, struct hc_book_row *row,
    struct hc_error *err)
{
	size_t ncells = 0, number = 0;
	enum hc_status rc;

	while (ncells == 0) {
		if (s->at >= s->count)
			return HC_NOTFOUND;
		number = s->found[s->at].row;
		if ((rc = read_row(s, b, ways, &ncells, err)) != HC_OK) {
			s->at = s->count;
			return rc;
		}
	}
	*row = (struct hc_book_row){ .cells = s->cells, .ncells = ncells,
	    .number = number + 1,
	    .hidden = (s->hidden_rows[number / 8] >> number % 8 & 1) != 0 };
	return s->merge == NULL ? HC_OK :
	    hc_merge_row(s->merge, row, s->cells, err);
}

void
hc_xls_sheet_clear(struct hc_xls_sheet *s)
{
	hc_merge_free(s->merge);
	hc_arena_free(&s->texts);
	hc_buf_free(&s->text);
	free(s->found);
	memset(s, 0, sizeof(*s));
}
