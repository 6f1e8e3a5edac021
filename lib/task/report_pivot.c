/*
 * Cross tables.  The database groups by the two fields as they are kept;
 * weeks, months, several choices, empty days and totals are made here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "store/schema.h"
#include "task/report_axis.h"

#include "task/report.h"

#define MOST_CELLS 4000000
#define MOST_COLUMNS 1000
#define MOST_CODES 64	/* of one record's several choices */

struct cell {
	size_t row, col;	/* numbers of keys; SIZE_MAX: absent */
	int64_t n;
};

struct pivot {
	struct hc_store *store;
	const struct hc_report_question *question;
	const struct hc_report_manner *manner;
	struct hc_query query;
	struct hc_report_axis rows, cols;
	const struct hc_field *sum;
	struct cell *cells;
	size_t len, room;
	int64_t *grid;		/* (rows + absent + total) * the same of cols;
				   the last of each is the total */
	size_t nrows, ncols;	/* with absent and total */
};

static enum hc_status
keep(struct pivot *p, size_t row, size_t col, int64_t n)
{
	struct cell *cells;

	if (p->len == p->room) {
		p->room = p->room > 0 ? p->room * 2 : 256;
		cells = realloc(p->cells, p->room * sizeof(*cells));
		if (cells == NULL)
			return hc_db_nomem(p->store->db);
		p->cells = cells;
	}
	p->cells[p->len++] = (struct cell){ row, col, n };
	return HC_OK;
}

/* Marks in the two numbers that are not a key's. */
#define ABSENT (SIZE_MAX - 1)
#define TOTAL SIZE_MAX

/* One group of the database: a cell for each pair of its keys, and its share
   of the totals once. */
static enum hc_status
keep_group(struct pivot *p, const struct hc_stmt *st)
{
	size_t row[MOST_CODES + 1], col[MOST_CODES + 1], nrow, ncol, i, j;
	int offset = p->manner->clock.zone;
	int64_t n = hc_stmt_get_int(st, 2);
	enum hc_status rc;

	if ((rc = hc_report_axis_add(&p->rows, hc_stmt_get_text(st, 0),
	    offset, row, MOST_CODES, &nrow)) != HC_OK ||
	    (rc = hc_report_axis_add(&p->cols, hc_stmt_get_text(st, 1),
	    offset, col, MOST_CODES, &ncol)) != HC_OK)
		return rc;
	if (nrow == 0)
		row[nrow++] = ABSENT;
	if (ncol == 0)
		col[ncol++] = ABSENT;
	row[nrow++] = TOTAL;
	col[ncol++] = TOTAL;
	for (i = 0; i < nrow; i++)
		for (j = 0; j < ncol; j++)
			if ((rc = keep(p, row[i], col[j], n)) != HC_OK)
				return rc;
	return HC_OK;
}

/* What is counted or added up. */
static enum hc_status
sum_sql(struct pivot *p, struct hc_buf *sql)
{
	const char *name = p->question->sum;
	enum hc_status rc;

	if (name == NULL) {
		hc_buf_puts(sql, "count(*)");
		return HC_OK;
	}
	hc_buf_puts(sql, "coalesce(sum(");
	rc = hc_scope_resolve(&p->query.scope, name, &p->sum, sql,
	    hc_db_error_buffer(p->store->db));
	hc_buf_puts(sql, "), 0)");
	if (rc == HC_NOTFOUND)
		return hc_db_fail(p->store->db, HC_INVALID,
		    _("'%s' has no field '%s'"), p->query.entity->name, name);
	if (rc == HC_OK && (p->sum == NULL ||
	    (p->sum->type != HC_TYPE_INTEGER &&
	    p->sum->type != HC_TYPE_DECIMAL &&
	    p->sum->type != HC_TYPE_YESNO)))
		return hc_db_fail(p->store->db, HC_INVALID,
		    _("'%s' is no number that could be added up"), name);
	return rc;
}

static enum hc_status
read_groups(struct pivot *p)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	/* SQL by the catalogue: the two fields and what is added up. */
	hc_buf_printf(&sql, "SELECT %s, %s, ", hc_buf_text(&p->rows.sql),
	    hc_buf_text(&p->cols.sql));
	if ((rc = sum_sql(p, &sql)) != HC_OK)
		goto out;
	hc_buf_puts(&sql, " FROM ");
	if ((rc = hc_schema_name(&sql, p->query.entity->name)) != HC_OK)
		goto out;
	hc_buf_printf(&sql, " t WHERE %s GROUP BY 1, 2",
	    hc_buf_text(&p->query.where));
	if ((rc = hc_query_prepare(&p->query, &sql, &st)) != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = keep_group(p, st)) != HC_OK)
			goto out;
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
out:
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc;
}

static enum hc_status
add_condition(struct pivot *p, const char *text)
{
	return hc_query_where(&p->query, text, &p->manner->clock);
}

/* "reported_date >= 2020-12-01": the field is looked up by the parser, the
   day was read as one. */
static enum hc_status
add_bound(struct pivot *p, const char *field, const char *operator,
    const char *day)
{
	struct hc_buf text = HC_BUF_INIT;
	enum hc_status rc;

	if (day == NULL)
		return HC_OK;
	hc_buf_printf(&text, "%s %s %s", field, operator, day);
	rc = hc_buf_failed(&text) ? hc_db_nomem(p->store->db) :
	    add_condition(p, hc_buf_text(&text));
	hc_buf_free(&text);
	return rc;
}

/* The field that --from and --to speak of, without its unit. */
static enum hc_status
add_bounds(struct pivot *p)
{
	const struct hc_report_question *q = p->question;
	const char *field = q->date_field;
	enum hc_status rc;

	if (q->from == NULL && q->to == NULL)
		return HC_OK;
	if (field == NULL && p->rows.unit != HC_REPORT_VALUE)
		field = p->rows.path;
	if (field == NULL)
		return hc_db_fail(p->store->db, HC_INVALID,
		    _("--from and --to need days in the rows; "
		    "use --where instead"));
	if ((rc = add_bound(p, field, ">=", q->from)) != HC_OK)
		return rc;
	return add_bound(p, field, "<=", q->to);
}

static enum hc_status
ask(struct pivot *p)
{
	const struct hc_report_question *q = p->question;
	int offset = p->manner->clock.zone;
	enum hc_status rc;

	if ((rc = hc_report_axis_init(&p->rows, &p->query, q->rows, offset))
	    != HC_OK || (rc = hc_report_axis_init(&p->cols, &p->query,
	    q->cols, offset)) != HC_OK ||
	    (rc = add_condition(p, q->where)) != HC_OK ||
	    (rc = add_condition(p, q->narrower)) != HC_OK ||
	    (rc = add_bounds(p)) != HC_OK)
		return rc;
	return read_groups(p);
}

/* ---- From groups to the grid ---- */

static size_t
place(const struct hc_report_axis *a, size_t number)
{
	if (number == ABSENT)
		return a->len;
	if (number == TOTAL)
		return a->len + 1;
	return a->place[number];
}

static enum hc_status
make_grid(struct pivot *p)
{
	const struct hc_report_question *q = p->question;
	bool days = q->date_field == NULL || (q->rows != NULL &&
	    p->rows.path != NULL && strcmp(p->rows.path, q->date_field) == 0);
	enum hc_status rc;
	struct cell *c;
	size_t i;

	if ((rc = hc_report_axis_sort(&p->rows, days ? q->from : NULL,
	    days ? q->to : NULL)) != HC_OK ||
	    (rc = hc_report_axis_sort(&p->cols, NULL, NULL)) != HC_OK)
		return rc;
	p->nrows = p->rows.len + 2;
	p->ncols = p->cols.len + 2;
	if (p->ncols > MOST_COLUMNS || p->nrows > MOST_CELLS / p->ncols)
		return hc_db_fail(p->store->db, HC_INVALID,
		    _("a table of %zu rows and %zu columns is too large: "
		    "narrow it with --where"), p->nrows, p->ncols);
	p->grid = calloc(p->nrows * p->ncols, sizeof(*p->grid));
	if (p->grid == NULL)
		return hc_db_nomem(p->store->db);
	for (i = 0; i < p->len; i++) {
		c = &p->cells[i];
		p->grid[place(&p->rows, c->row) * p->ncols +
		    place(&p->cols, c->col)] += c->n;
	}
	return HC_OK;
}

/* ---- The table ---- */

static bool
is_named(const struct pivot *p)
{
	return !p->manner->labels && p->rows.field != NULL &&
	    p->rows.field->type == HC_TYPE_REF &&
	    strcmp(p->rows.field->target->name, "person") != 0;
}

/* Shown: every key, absent where it may be or is, the total unless plain. */
static bool
shown_col(const struct pivot *p, size_t col)
{
	if (col == p->cols.len + 1)
		return p->cols.name == NULL || !p->manner->plain;
	if (col == p->cols.len)
		return p->cols.name != NULL &&
		    (hc_report_axis_absent(&p->cols) ||
		    p->grid[(p->nrows - 1) * p->ncols + col] != 0);
	return true;
}

static bool
shown_row(const struct pivot *p, size_t row)
{
	if (row == p->rows.len + 1)
		return !p->manner->plain;
	if (row == p->rows.len)
		return hc_report_axis_absent(&p->rows) ||
		    p->grid[(row + 1) * p->ncols - 1] != 0;
	return true;
}

/* The column's name for pipes: the key, but "facility_12" for a record and
   "yes" for 1. */
static void
set_column(struct pivot *p, size_t col, struct hc_table_column *out,
    struct hc_buf *name)
{
	const struct hc_report_axis *a = &p->cols;
	const struct hc_report_key *k = col < a->len ? &a->keys[col] : NULL;
	enum hc_type type = a->field != NULL ? a->field->type : HC_TYPE_TEXT;

	hc_buf_clear(name);
	if (k == NULL && a->name == NULL) {
		hc_buf_puts(name, p->sum != NULL ? p->sum->name : "count");
		out->label = p->sum != NULL ? hc_catalogue_label(p->sum) :
		    _("count");
	} else if (k == NULL) {
		hc_buf_puts(name, col == a->len ? "absent" : "total");
		out->label = col == a->len ? _("absent") : _("total");
	} else {
		if (type == HC_TYPE_YESNO)
			hc_buf_puts(name, *k->text == '1' ? "yes" : "no");
		else if (type == HC_TYPE_REF)
			hc_buf_printf(name, "%s_%s", a->name, k->text);
		else
			hc_buf_puts(name, k->text);
		if (strcmp(hc_buf_text(name), "total") == 0 ||
		    strcmp(hc_buf_text(name), "absent") == 0 ||
		    strcmp(hc_buf_text(name), p->rows.name) == 0)
			hc_buf_putc(name, '_');
		out->label = k->label;
	}
	out->type = p->sum != NULL && p->sum->decimals > 0 ?
	    HC_TYPE_DECIMAL : HC_TYPE_INTEGER;
}

static enum hc_status
new_table(struct pivot *p, struct hc_table **table)
{
	struct hc_table_column *columns;
	struct hc_buf names = HC_BUF_INIT, one = HC_BUF_INIT;
	size_t n = 0, col, *at;
	enum hc_status rc = HC_NOMEM;

	columns = calloc(p->ncols + 2, sizeof(*columns));
	at = calloc(p->ncols + 2, sizeof(*at));
	if (columns == NULL || at == NULL)
		goto out;
	columns[n++] = (struct hc_table_column){ p->rows.name,
	    p->rows.label, HC_TYPE_TEXT };
	at[0] = names.len;
	hc_buf_add(&names, p->rows.name, strlen(p->rows.name) + 1);
	if (is_named(p)) {
		at[n++] = names.len;
		hc_buf_printf(&names, "%s_name", p->rows.name);
		hc_buf_putc(&names, '\0');
	}
	for (col = 0; col < p->ncols; col++)
		if (shown_col(p, col)) {
			set_column(p, col, &columns[n], &one);
			at[n++] = names.len;
			hc_buf_add(&names, hc_buf_text(&one), one.len + 1);
		}
	if (hc_buf_failed(&names) || hc_buf_failed(&one))
		goto out;
	for (col = 0; col < n; col++)
		columns[col].name = names.data + at[col];
	rc = hc_table_new(table, columns, n);
out:
	free(columns);
	free(at);
	hc_buf_free(&names);
	hc_buf_free(&one);
	return rc == HC_OK ? HC_OK : hc_db_nomem(p->store->db);
}

static void
put_number(const struct pivot *p, int64_t n, struct hc_buf *out)
{
	int decimals = p->sum != NULL ? p->sum->decimals : 0, i;
	int64_t scale = 1;

	for (i = 0; i < decimals; i++)
		scale *= 10;
	if (decimals == 0)
		hc_buf_printf(out, "%lld", (long long)n);
	else
		hc_buf_printf(out, "%s%lld.%0*lld", n < 0 ? "-" : "",
		    (long long)(llabs(n) / scale), decimals,
		    (long long)(llabs(n) % scale));
	hc_buf_putc(out, '\0');
}

/* One row: texts one after the other in a buffer, then pointers to them. */
static enum hc_status
put_row(struct pivot *p, size_t row, struct hc_buf *text,
    const char **cells, struct hc_table *table)
{
	const struct hc_report_axis *a = &p->rows;
	size_t n = 0, col;
	const char *s;

	hc_buf_clear(text);
	if (row < a->len)
		cells[n++] = p->manner->labels ? a->keys[row].label :
		    a->keys[row].text;
	else if (p->manner->labels)
		cells[n++] = row == a->len ? _("absent") : _("total");
	else
		cells[n++] = row == a->len ? "absent" : "total";
	if (is_named(p))
		cells[n++] = row < a->len ? a->keys[row].label : NULL;
	for (col = 0; col < p->ncols; col++)
		if (shown_col(p, col))
			put_number(p, p->grid[row * p->ncols + col], text);
	if (hc_buf_failed(text))
		return hc_db_nomem(p->store->db);
	s = hc_buf_text(text);
	for (col = 0; col < p->ncols; col++)
		if (shown_col(p, col)) {
			cells[n++] = s;
			s += strlen(s) + 1;
		}
	return hc_table_row(table, cells) == HC_OK ? HC_OK :
	    hc_db_nomem(p->store->db);
}

static enum hc_status
make_table(struct pivot *p, struct hc_table **table)
{
	struct hc_buf text = HC_BUF_INIT;
	const char **cells = NULL;
	enum hc_status rc;
	size_t row;

	if ((rc = new_table(p, table)) != HC_OK)
		return rc;
	cells = calloc(p->ncols + 2, sizeof(*cells));
	if (cells == NULL)
		rc = hc_db_nomem(p->store->db);
	for (row = 0; rc == HC_OK && row < p->nrows; row++)
		if (shown_row(p, row))
			rc = put_row(p, row, &text, cells, *table);
	free(cells);
	hc_buf_free(&text);
	return rc;
}

enum hc_status
hc_report_pivot(struct hc_store *store,
    const struct hc_report_question *question,
    const struct hc_report_manner *manner, struct hc_table **table)
{
	struct pivot p = { .store = store, .question = question,
	    .manner = manner };
	enum hc_status rc;

	*table = NULL;
	if ((rc = hc_query_init(&p.query, store, question->entity)) != HC_OK ||
	    (rc = ask(&p)) != HC_OK || (rc = make_grid(&p)) != HC_OK ||
	    (rc = make_table(&p, table)) != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	hc_report_axis_clear(&p.rows);
	hc_report_axis_clear(&p.cols);
	hc_query_clear(&p.query);
	free(p.cells);
	free(p.grid);
	return rc;
}
