/*
 * Workbooks, by libxlsxwriter, whose home this is.  It writes to a file by
 * name: one in memory, which /proc names.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/value.h"

#include "task/export.h"

#define MOST_ROWS 1048575	/* of a sheet, without the header */
#define FIXED 2			/* id and revision */

struct book {
	const struct hc_export *x;
	lxw_workbook *workbook;
	lxw_worksheet *sheet, *lists;
	lxw_format *header, *text, *date, *instant, *whole, *wrapped;
	int nlists;		/* columns of the hidden sheet */
	int offset;
	struct hc_error *err;
};

static lxw_format *
new_format(struct book *b, const char *code)
{
	lxw_format *f = workbook_add_format(b->workbook);

	if (f != NULL && code != NULL)
		format_set_num_format(f, code);
	return f;
}

static enum hc_status
make_formats(struct book *b)
{
	b->header = new_format(b, NULL);
	b->text = new_format(b, "@");
	b->date = new_format(b, "yyyy-mm-dd");
	b->instant = new_format(b, "yyyy-mm-dd hh:mm");
	b->whole = new_format(b, "0");
	b->wrapped = new_format(b, "@");
	if (b->header == NULL || b->text == NULL || b->date == NULL ||
	    b->instant == NULL || b->whole == NULL || b->wrapped == NULL)
		return hc_error_nomem(b->err);
	format_set_bold(b->header);
	format_set_bg_color(b->header, 0xDDEBF7);
	format_set_bottom(b->header, LXW_BORDER_THIN);
	format_set_text_wrap(b->wrapped);
	format_set_align(b->wrapped, LXW_ALIGN_VERTICAL_TOP);
	return HC_OK;
}

/* What an empty cell of the column has, so that what is typed there later
   stays what was typed: 090... is no number. */
static lxw_format *
column_format(struct book *b, const struct hc_field *f)
{
	if (f == NULL)
		return b->whole;
	switch (f->type) {
	case HC_TYPE_DATE:
		return b->date;
	case HC_TYPE_INSTANT:
		return b->instant;
	case HC_TYPE_INTEGER:
	case HC_TYPE_REF:
		return b->whole;
	case HC_TYPE_DECIMAL:
		return NULL;
	default:
		return f->of != NULL && strcmp(f->of, "lines") == 0 ?
		    b->wrapped : b->text;
	}
}

static double
column_width(const struct hc_field *f)
{
	if (f == NULL)
		return 17;
	switch (f->type) {
	case HC_TYPE_DATE:
		return 12;
	case HC_TYPE_INSTANT:
	case HC_TYPE_REF:
	case HC_TYPE_PHONE:
		return 17;
	case HC_TYPE_INTEGER:
	case HC_TYPE_DECIMAL:
	case HC_TYPE_YESNO:
		return 9;
	default:
		return f->of != NULL && strcmp(f->of, "lines") == 0 ? 40 : 16;
	}
}

/* ---- Drop-down lists ---- */

/* "A", "Z", "AA" for a column of the hidden sheet. */
static void
column_letters(int column, char out[4])
{
	if (column >= 26)
		snprintf(out, 4, "%c%c", 'A' + column / 26 - 1,
		    'A' + column % 26);
	else
		snprintf(out, 4, "%c", 'A' + column);
}

static void
put_choice(struct book *b, int row, const char *label)
{
	worksheet_write_string(b->lists, (lxw_row_t)row,
	    (lxw_col_t)b->nlists, label, NULL);
}

/* The labels that are offered, one below the other; how many. */
static int
put_choices(struct book *b, const struct hc_field *f)
{
	size_t i;
	int n = 0;

	if (f->type == HC_TYPE_YESNO) {
		put_choice(b, n++, _("yes"));
		put_choice(b, n++, _("no"));
		return n;
	}
	for (i = 0; i < f->choices->len; i++)
		if (!f->choices->items[i].retired)
			put_choice(b, n++, hc_catalogue_choice_label(
			    &f->choices->items[i]));
	return n;
}

static void
add_list(struct book *b, size_t column, const struct hc_field *f)
{
	lxw_data_validation v;
	char formula[64], letters[4], words[200];
	int n;

	if (f == NULL || b->nlists > 600 || (f->type != HC_TYPE_YESNO &&
	    (f->type != HC_TYPE_CHOICE || f->choices == NULL)))
		return;
	if ((n = put_choices(b, f)) == 0)
		return;
	column_letters(b->nlists++, letters);
	snprintf(formula, sizeof(formula), "=lists!$%s$1:$%s$%d", letters,
	    letters, n);
	memset(&v, 0, sizeof(v));
	v.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
	v.value_formula = formula;
	v.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
	snprintf(words, sizeof(words), "%s", _("this is not in the list"));
	v.error_message = words;
	/* Rows that are added below have the list as well. */
	worksheet_data_validation_range(b->sheet, 1, (lxw_col_t)column,
	    (lxw_row_t)(b->x->rows + 1000 < MOST_ROWS ? b->x->rows + 1000 :
	    MOST_ROWS), (lxw_col_t)column, &v);
}

/* ---- Cells ---- */

static lxw_error
put_date(struct book *b, lxw_row_t row, lxw_col_t column, int32_t day,
    int minute)
{
	lxw_datetime at = { 0 };

	hc_date_split(day, &at.year, &at.month, &at.day);
	if (at.year < 1900)	/* Excel knows no earlier day */
		return LXW_ERROR_PARAMETER_VALIDATION;
	if (minute >= 0) {
		at.hour = minute / 60;
		at.min = minute % 60;
	}
	return worksheet_write_datetime(b->sheet, row, column, &at,
	    minute >= 0 ? b->instant : b->date);
}

/* As a date or number where it is one and Excel can hold it. */
static bool
put_typed(struct book *b, lxw_row_t row, lxw_col_t column,
    const struct hc_field *f, const char *value)
{
	int64_t instant;
	int32_t day;
	int minute;

	switch (f != NULL ? f->type : HC_TYPE_INTEGER) {
	case HC_TYPE_DATE:
		return hc_date_parse_iso(value, &day) == HC_OK &&
		    put_date(b, row, column, day, -1) == LXW_NO_ERROR;
	case HC_TYPE_INSTANT:
		if (hc_instant_parse(value, &instant) != HC_OK)
			return false;
		hc_instant_split(instant, b->offset, &day, &minute);
		return put_date(b, row, column, day, minute) == LXW_NO_ERROR;
	case HC_TYPE_INTEGER:
	case HC_TYPE_REF:
	case HC_TYPE_DECIMAL:
		return strlen(value) <= 15 && worksheet_write_number(b->sheet,
		    row, column, strtod(value, NULL), column_format(b, f)) ==
		    LXW_NO_ERROR;
	default:
		return false;
	}
}

static enum hc_status
put_cell(struct book *b, size_t row, size_t column, struct hc_buf *label)
{
	const struct hc_field *f = b->x->columns[column].field;
	const char *value = hc_export_cell(b->x, row, column);
	lxw_row_t at = (lxw_row_t)row + 1;
	lxw_error e;

	if (value == NULL ||
	    put_typed(b, at, (lxw_col_t)column, f, value))
		return HC_OK;
	hc_buf_clear(label);
	if (f != NULL)
		hc_value_show(f, value, label);
	else
		hc_buf_puts(label, value);
	if (hc_buf_failed(label))
		return hc_error_nomem(b->err);
	e = worksheet_write_string(b->sheet, at, (lxw_col_t)column,
	    hc_buf_text(label), column_format(b, f));
	if (e == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return hc_error_set(b->err, HC_INVALID,
		    _("'%s' of record %lld is longer than a cell of a "
		    "workbook can be; use CSV"), b->x->columns[column].name,
		    (long long)b->x->ids[row]);
	return e == LXW_NO_ERROR ? HC_OK : hc_error_set(b->err, HC_IO, "%s",
	    lxw_strerror(e));
}

static enum hc_status
fill(struct book *b)
{
	const struct hc_export *x = b->x;
	lxw_row_col_options hidden = { 1, 0, 0 };
	struct hc_buf label = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	size_t i, j;

	for (j = 0; j < x->ncolumns; j++) {
		worksheet_set_column_opt(b->sheet, (lxw_col_t)j, (lxw_col_t)j,
		    column_width(x->columns[j].field),
		    column_format(b, x->columns[j].field),
		    j < FIXED ? &hidden : NULL);
		worksheet_write_string(b->sheet, 0, (lxw_col_t)j,
		    x->columns[j].label, b->header);
		add_list(b, j, x->columns[j].field);
	}
	for (i = 0; rc == HC_OK && i < x->rows; i++)
		for (j = 0; rc == HC_OK && j < x->ncolumns; j++)
			rc = put_cell(b, i, j, &label);
	hc_buf_free(&label);
	worksheet_freeze_panes(b->sheet, 1, 0);
	worksheet_autofilter(b->sheet, 0, FIXED < x->ncolumns ? FIXED : 0,
	    (lxw_row_t)x->rows, (lxw_col_t)(x->ncolumns - 1));
	worksheet_hide(b->lists);
	return rc;
}

static enum hc_status
make(struct book *b, const char *path, const char *now)
{
	lxw_workbook_options options = { .constant_memory = LXW_FALSE };
	lxw_doc_properties properties = { 0 };
	int64_t at;
	lxw_error e;
	enum hc_status rc;

	if ((b->workbook = workbook_new_opt(path, &options)) == NULL)
		return hc_error_nomem(b->err);
	/* The same records at the same time make the same bytes. */
	if (hc_instant_parse(now, &at) == HC_OK)
		properties.created = (time_t)at;
	workbook_set_properties(b->workbook, &properties);
	b->sheet = workbook_add_worksheet(b->workbook, b->x->entity->name);
	b->lists = workbook_add_worksheet(b->workbook, "lists");
	if (b->sheet == NULL || b->lists == NULL)
		rc = hc_error_nomem(b->err);
	else if ((rc = make_formats(b)) == HC_OK)
		rc = fill(b);
	e = workbook_close(b->workbook);	/* frees it in any case */
	if (rc == HC_OK && e != LXW_NO_ERROR)
		rc = hc_error_set(b->err, HC_IO,
		    _("cannot write the workbook: %s"), lxw_strerror(e));
	return rc;
}

enum hc_status
hc_export_workbook(const struct hc_export *export, int offset,
    const char *now, struct hc_buf *out, struct hc_error *err)
{
	struct book b = { .x = export, .offset = offset, .err = err };
	char path[40], bytes[65536];
	enum hc_status rc;
	ssize_t n;
	int fd;

	if (export->rows > MOST_ROWS)
		return hc_error_set(err, HC_INVALID,
		    _("a sheet holds at most %d records; use CSV or --where"),
		    MOST_ROWS);
	if ((fd = memfd_create("workbook", MFD_CLOEXEC)) == -1)
		return hc_error_set(err, HC_IO, "%s", strerror(errno));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if ((rc = make(&b, path, now)) == HC_OK) {
		while ((n = read(fd, bytes, sizeof(bytes))) > 0)
			hc_buf_add(out, bytes, (size_t)n);
		if (n == -1)
			rc = hc_error_set(err, HC_IO, "%s", strerror(errno));
		else if (hc_buf_failed(out))
			rc = hc_error_nomem(err);
	}
	close(fd);
	return rc;
}
