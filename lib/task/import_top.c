/* The top of a sheet, where the headings and titles stand. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/import_top.h"

#define TITLE_COLUMNS 40	/* cells of a title that are looked at */
#define WIDE 512		/* columns; wider ones have one row of them */
#define TITLE_LENGTH 300	/* bytes; longer cells are no titles */

/* ---- Its rows ---- */

static enum hc_status
keep_row(struct hc_import_top *top, const struct hc_import_sheet *sheet)
{
	struct hc_import_top_row *row = &top->rows[top->len];
	size_t i;

	row->row = hc_import_sheet_row(sheet);
	row->n = hc_import_sheet_cells(sheet);
	row->cells = hc_arena_alloc(&top->arena,
	    (row->n + 1) * sizeof(*row->cells));
	if (row->cells == NULL)
		return HC_NOMEM;
	for (i = 0; i < row->n; i++)
		if ((row->cells[i] = hc_arena_text(&top->arena,
		    hc_import_sheet_cell(sheet, i))) == NULL)
			return HC_NOMEM;
	top->len++;
	return HC_OK;
}

/* ---- Two rows of headings ---- */

/* Does another cell of the row say the same? */
static bool
repeated(const struct hc_import_top_row *row, size_t at)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		if (i != at && strcmp(row->cells[i], row->cells[at]) == 0)
			return true;
	return false;
}

static const char *
cell(const struct hc_import_top_row *row, size_t i)
{
	return i < row->n ? row->cells[i] : "";
}

/* The heading of column ${i}, which ${above} says of several; a cell that is
   merged over both rows says the same twice. */
static enum hc_status
join_cell(struct hc_import_top *top, struct hc_import_top_row *row, size_t i,
    const char *above, const char *below)
{
	struct hc_buf text = HC_BUF_INIT;

	if (above[0] == '\0' || below[0] == '\0' ||
	    strcmp(above, below) == 0)
		hc_buf_puts(&text, below[0] != '\0' ? below : above);
	else
		hc_buf_printf(&text, "%s %s", above, below);
	row->cells[i] = hc_buf_failed(&text) ? NULL :
	    hc_arena_text(&top->arena, hc_buf_text(&text));
	hc_buf_free(&text);
	return row->cells[i] != NULL ? HC_OK : HC_NOMEM;
}

static enum hc_status
join_rows(struct hc_import_top *top, size_t n)
{
	const struct hc_import_top_row *a = &top->rows[n], *b = a + 1;
	struct hc_import_top_row *row = &top->joined[n];
	const char *above = "";
	size_t i;

	row->row = b->row;
	row->n = a->n > b->n ? a->n : b->n;
	if (row->n > WIDE)
		row->n = 0;
	row->cells = hc_arena_alloc(&top->arena,
	    (row->n + 1) * sizeof(*row->cells));
	row->lower = hc_arena_alloc(&top->arena,
	    (row->n + 1) * sizeof(*row->lower));
	if (row->cells == NULL || row->lower == NULL)
		return HC_NOMEM;
	for (i = 0; i < row->n; i++) {
		/* It reaches as far as something stands below it. */
		if (cell(a, i)[0] != '\0' || cell(b, i)[0] == '\0')
			above = cell(a, i);
		row->lower[i] = i < b->n && !repeated(b, i) ? b->cells[i] :
		    "";
		if (join_cell(top, row, i, above, cell(b, i)) != HC_OK)
			return HC_NOMEM;
	}
	return HC_OK;
}

/* ---- The whole ---- */

enum hc_status
hc_import_top_read(struct hc_import_top *top, struct hc_store *store,
    struct hc_import_sheet *sheet)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	enum hc_status rc;
	size_t i;

	memset(top, 0, sizeof(*top));
	if ((rc = hc_import_sheet_rewind(sheet, err)) != HC_OK)
		return rc;
	for (i = 0; i < HC_IMPORT_TOP_ROWS; i++) {
		rc = hc_import_sheet_next(sheet, err);
		if (rc == HC_INVALID)
			continue;	/* told when rows are read */
		if (rc != HC_OK)
			break;
		if ((rc = keep_row(top, sheet)) != HC_OK)
			return hc_db_nomem(store->db);
	}
	if (rc != HC_OK && rc != HC_NOTFOUND && rc != HC_INVALID)
		return rc;
	for (i = 0; i + 1 < top->len; i++)
		if ((rc = join_rows(top, i)) != HC_OK)
			return hc_db_nomem(store->db);
	return HC_OK;
}

/* ---- Figures ---- */

/* A day is no figure, nor is a telephone number. */
static bool
is_figure(const char *text)
{
	size_t n = strspn(text, " -");

	n += strspn(text + n, "0123456789,");
	if (text[n] == '.')
		n += 1 + strspn(text + n + 1, "0123456789");
	n += strspn(text + n, " %人件");
	return text[n] == '\0' && n < 12;
}

bool
hc_import_top_figures(const struct hc_import_top *top)
{
	size_t i, j, filled = 0, figures = 0;

	for (i = 2; i < top->len; i++)
		for (j = 1; j < top->rows[i].n; j++) {
			if (top->rows[i].cells[j][0] == '\0')
				continue;
			filled++;
			figures += is_figure(top->rows[i].cells[j]);
		}
	return filled >= 6 && figures * 4 >= filled * 3;
}

/* ---- Days and years in titles and headings ---- */

/* The last day that a title names, as 令和2年12月25日現在; HC_DATE_NONE. */
static int32_t
day_of_title(const char *text)
{
	static const struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_date_value value;
	struct hc_buf part = HC_BUF_INIT;
	const char *p = text, *end;
	int32_t day = HC_DATE_NONE;

	if (strlen(text) > TITLE_LENGTH)
		return HC_DATE_NONE;
	while (*p != '\0' && (end = strstr(p, "日")) != NULL) {
		hc_buf_clear(&part);
		hc_buf_add(&part, p, (size_t)(end - p) + strlen("日"));
		if (((unsigned char)*p & 0xc0) != 0x80 &&
		    hc_date_read(hc_buf_text(&part), &rule, &value, NULL) ==
		    HC_OK && value.year_given) {
			if (day == HC_DATE_NONE || value.date > day)
				day = value.date;
			p = end;
		} else
			p++;
	}
	hc_buf_free(&part);
	return day;
}

int
hc_import_top_year(const char *heading)
{
	/* 令和元年 has no first of January, 平成31年 no end of December. */
	static const char *const days[] = { "1月1日", "12月31日" };
	const char *end = strstr(heading, "年"), *p;
	struct hc_buf text = HC_BUF_INIT;
	int year = 0;
	int32_t day;
	size_t i;

	if (strlen(heading) > TITLE_LENGTH)
		return 0;
	for (p = heading; end != NULL && p < end; p++)
		for (i = 0; i < 2 && year == 0; i++) {
			hc_buf_clear(&text);
			hc_buf_printf(&text, "%.*s年%s", (int)(end - p), p,
			    days[i]);
			day = day_of_title(hc_buf_text(&text));
			if (day != HC_DATE_NONE)
				hc_date_split(day, &year, NULL, NULL);
		}
	hc_buf_free(&text);
	return year >= 1900 ? year : 0;
}

/* 公表日（令和2年） is the 公表日 of a year. */

int32_t
hc_import_top_day(const struct hc_import_top *top, size_t header)
{
	int32_t titles = HC_DATE_NONE, day;
	size_t i, j;

	for (i = 0; i < header; i++)
		for (j = 0; j < top->rows[i].n && j < TITLE_COLUMNS; j++) {
			day = day_of_title(top->rows[i].cells[j]);
			if (day != HC_DATE_NONE && (titles == HC_DATE_NONE ||
			    day > titles))
				titles = day;
		}
	return titles;
}

