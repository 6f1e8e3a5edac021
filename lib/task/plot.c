/* The table that is drawn. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/plot.h"

static int
find(const char *const *words, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(words[i], name) == 0)
			return (int)i;
	return -1;
}

int
hc_plot_type(const char *name, enum hc_plot_type *type)
{
	static const char *const words[] = { "bar", "stacked", "line" };
	int i = find(words, 3, name);

	if (i >= 0)
		*type = (enum hc_plot_type)i;
	return i >= 0 ? 0 : -1;
}

int
hc_plot_format(const char *name, enum hc_plot_format *format)
{
	static const char *const words[] = { "svg", "png", "pdf" };
	int i = find(words, 3, name);

	if (i >= 0)
		*format = (enum hc_plot_format)i;
	return i >= 0 ? 0 : -1;
}

/* A number and nothing else; hexadecimal, "inf" and "nan" are none. */
static bool
is_number(const char *text, double *value)
{
	char *end;

	if (text[0] == '\0' || strspn(text, "+-.0123456789eE") != strlen(text))
		return false;
	errno = 0;
	*value = strtod(text, &end);
	return *end == '\0' && errno == 0 && isfinite(*value);
}

/* ---- Columns ---- */

struct columns {
	int x;
	int y[HC_PLOT_MOST_SERIES];
	size_t ny;
};

static enum hc_status
choose_named(struct columns *c, struct hc_tsv_reader *tsv,
    const struct hc_plot_choice *choice, struct hc_error *err)
{
	size_t i;
	int at;

	if (choice->ny > HC_PLOT_MOST_SERIES)
		return hc_error_set(err, HC_INVALID,
		    _("at most %d columns can be drawn"), HC_PLOT_MOST_SERIES);
	for (i = 0; i < choice->ny; i++) {
		if ((at = hc_tsv_column(tsv, choice->y[i])) < 0)
			return hc_error_set(err, HC_INVALID,
			    _("there is no column '%s'"), choice->y[i]);
		c->y[c->ny++] = at;
	}
	return HC_OK;
}

/* All other columns that are numbers or absent in the first row; "total"
   only where it is alone. */
static enum hc_status
choose_all(struct columns *c, struct hc_tsv_reader *tsv, struct hc_error *err)
{
	int i, total = -1, n = hc_tsv_columns(tsv);
	const char *cell;
	double value;

	for (i = 0; i < n; i++) {
		cell = hc_tsv_get(tsv, i);
		if (i == c->x || (cell != NULL && !is_number(cell, &value)))
			continue;
		if (strcmp(hc_tsv_name(tsv, i), "total") == 0) {
			total = i;
			continue;
		}
		if (c->ny == HC_PLOT_MOST_SERIES)
			return hc_error_set(err, HC_INVALID,
			    _("at most %d columns can be drawn"),
			    HC_PLOT_MOST_SERIES);
		c->y[c->ny++] = i;
	}
	if (c->ny == 0 && total >= 0)
		c->y[c->ny++] = total;
	if (c->ny == 0)
		return hc_error_set(err, HC_INVALID,
		    _("no column holds numbers"));
	return HC_OK;
}

static enum hc_status
choose(struct columns *c, struct hc_plot *plot, struct hc_tsv_reader *tsv,
    const struct hc_plot_choice *choice, struct hc_error *err)
{
	enum hc_status rc;
	size_t i;

	memset(c, 0, sizeof(*c));
	if (choice->x != NULL && (c->x = hc_tsv_column(tsv, choice->x)) < 0)
		return hc_error_set(err, HC_INVALID,
		    _("there is no column '%s'"), choice->x);
	rc = choice->ny > 0 ? choose_named(c, tsv, choice, err) :
	    choose_all(c, tsv, err);
	if (rc != HC_OK)
		return rc;
	plot->series = c->ny;
	plot->x_name = hc_arena_text(&plot->arena, hc_tsv_name(tsv, c->x));
	plot->names = calloc(c->ny, sizeof(*plot->names));
	if (plot->x_name == NULL || plot->names == NULL)
		return hc_error_nomem(err);
	for (i = 0; i < c->ny; i++) {
		plot->names[i] = hc_arena_text(&plot->arena,
		    hc_tsv_name(tsv, c->y[i]));
		if (plot->names[i] == NULL)
			return hc_error_nomem(err);
	}
	return HC_OK;
}

/* ---- Rows ---- */

static bool
make_room(struct hc_plot *p)
{
	char **x;
	int32_t *days;
	double *values;
	size_t room = p->room > 0 ? p->room * 2 : 64;

	if (p->rows < p->room)
		return true;
	if ((x = realloc(p->x, room * sizeof(*x))) == NULL)
		return false;
	p->x = x;
	if ((days = realloc(p->days, room * sizeof(*days))) == NULL)
		return false;
	p->days = days;
	values = realloc(p->values, room * p->series * sizeof(*values));
	if (values == NULL)
		return false;
	p->values = values;
	p->room = room;
	return true;
}

static enum hc_status
add_row(struct hc_plot *p, const struct columns *c, struct hc_tsv_reader *tsv,
    struct hc_error *err)
{
	const char *x = hc_tsv_get(tsv, c->x), *cell;
	double *values;
	size_t i;

	if (p->rows == HC_PLOT_MOST_ROWS)
		return hc_error_set(err, HC_INVALID,
		    _("at most %d rows can be drawn"), HC_PLOT_MOST_ROWS);
	if (!make_room(p) || (p->x[p->rows] = hc_arena_text(&p->arena,
	    x != NULL ? x : "")) == NULL)
		return hc_error_nomem(err);
	values = p->values + p->rows * p->series;
	for (i = 0; i < p->series; i++) {
		cell = hc_tsv_get(tsv, c->y[i]);
		values[i] = NAN;
		if (cell != NULL && !is_number(cell, &values[i]))
			return hc_error_set(err, HC_INVALID,
			    _("line %lu: '%s' in column '%s' is no number"),
			    hc_tsv_line(tsv), cell, p->names[i]);
	}
	if (hc_date_parse_iso(p->x[p->rows], &p->days[p->rows]) != HC_OK)
		p->days[p->rows] = HC_DATE_NONE;
	p->rows++;
	return HC_OK;
}

/* Leave out "total" and, among days, "absent". */
static void
leave_out(struct hc_plot *p)
{
	size_t i, to, days = 0;
	bool out;

	for (i = 0; i < p->rows; i++)
		days += p->days[i] != HC_DATE_NONE;
	for (i = to = 0; i < p->rows; i++) {
		out = (strcmp(p->x[i], "total") == 0 && p->rows > 1) ||
		    (days > 0 && strcmp(p->x[i], "absent") == 0);
		if (out)
			continue;
		p->x[to] = p->x[i];
		p->days[to] = p->days[i];
		memmove(p->values + to * p->series, p->values + i * p->series,
		    p->series * sizeof(*p->values));
		to++;
	}
	p->rows = to;
	p->dates = days > 0 && days == to;
}

enum hc_status
hc_plot_read(struct hc_plot *plot, struct hc_tsv_reader *tsv,
    const struct hc_plot_choice *choice, struct hc_error *err)
{
	struct columns c;
	enum hc_status rc;

	memset(plot, 0, sizeof(*plot));
	while ((rc = hc_tsv_next(tsv)) == HC_OK) {
		if (plot->series == 0 &&
		    (rc = choose(&c, plot, tsv, choice, err)) != HC_OK)
			return rc;
		if ((rc = add_row(plot, &c, tsv, err)) != HC_OK)
			return rc;
	}
	if (rc != HC_NOTFOUND)
		return hc_error_set(err, rc, "%s", hc_tsv_error(tsv));
	leave_out(plot);
	if (plot->rows == 0)
		return hc_error_set(err, HC_NOTFOUND,
		    _("there is nothing to draw"));
	return HC_OK;
}

void
hc_plot_clear(struct hc_plot *plot)
{
	free(plot->x);
	free(plot->days);
	free(plot->names);
	free(plot->values);
	hc_arena_free(&plot->arena);
	memset(plot, 0, sizeof(*plot));
}
