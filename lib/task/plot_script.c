/*
 * What gnuplot is told.  Nothing of the table is ever code there: numbers
 * are printed by us, texts stand in single quotes and hold none.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

#include "task/plot.h"

#define LONGEST 60	/* characters of a label or title */

/* Colours that colour-blind people tell apart: Okabe and Ito's (2008), then
   Tol's muted ones.  "absent" is grey. */
static const char *const colours[] = {
	"#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00",
	"#F0E442", "#332288", "#882255", "#44AA99", "#999933", "#AA4499",
	"#661100", "#6699CC", "#117733", "#DDCC77",
};
#define COLOURS (sizeof(colours) / sizeof(colours[0]))
#define GREY "#BBBBBB"

static const char *
colour(const struct hc_plot *p, size_t series)
{
	return strcmp(p->names[series], "absent") == 0 ? GREY :
	    colours[series % COLOURS];
}

/* In quotes, without what is no visible character.  ' and ` become their
   typographic likes: gnuplot 5.4 takes '' for a quote only in the midst of
   words, not at their beginning. */
static void
quote(struct hc_buf *out, const char *text)
{
	unsigned int c;
	int n = 0;

	hc_buf_putc(out, '\'');
	while ((c = hc_utf8_next(&text)) != 0) {
		if (n++ == LONGEST) {
			hc_buf_puts(out, "…");
			break;
		}
		if (c == '\'' || c == '`')
			hc_buf_codepoint(out, c == '`' ? 0x2018 : 0x2019);
		else if (c < ' ' || (c >= 0x7f && c <= 0x9f) ||
		    (c >= 0x2028 && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069))
			hc_buf_putc(out, ' ');
		else
			hc_buf_codepoint(out, c);
	}
	hc_buf_putc(out, '\'');
}

static double
value(const struct hc_plot *p, size_t row, size_t series)
{
	double v = p->values[row * p->series + series];

	return isnan(v) ? 0 : v;
}

/* Among many series those without any count are left out. */
static bool
is_drawn(const struct hc_plot *p, size_t series)
{
	size_t i;

	for (i = 0; i < p->rows && p->series > 8; i++)
		if (value(p, i, series) != 0)
			return true;
	return p->series <= 8;
}

static size_t
count_drawn(const struct hc_plot *p)
{
	size_t i, n = 0;

	for (i = 0; i < p->series; i++)
		n += is_drawn(p, i);
	return n;
}

/* ---- Axes ---- */

/* The least step of 1, 2, 5 times a power of ten that makes at most eight
   parts, and is whole where the values are. */
static double
nice_step(double span, bool whole)
{
	double step = pow(10, floor(log10(span / 8)));

	if (span / step > 8 * 5)
		step *= 10;
	else if (span / step > 8 * 2)
		step *= 5;
	else if (span / step > 8)
		step *= 2;
	return whole && step < 1 ? 1 : step;
}

static void
put_y_axis(const struct hc_plot *p, bool stacked, struct hc_buf *out)
{
	double low = 0, high = 0, sum, v, step;
	bool whole = true;
	size_t i, j;

	for (i = 0; i < p->rows; i++)
		for (j = 0, sum = 0; j < p->series; j++) {
			v = value(p, i, j);
			sum += v;
			whole = whole && v == floor(v);
			v = stacked ? sum : v;
			high = v > high ? v : high;
			low = v < low ? v : low;
		}
	if (high <= low)
		high = low + 1;
	step = nice_step(high - low, whole);
	hc_buf_printf(out, "set yrange [%.10g:%.10g]\nset ytics %.10g\n"
	    "set format y '%s'\n", floor(low / step) * step,
	    ceil(high / step) * step, step, step >= 1 ? "%.0f" : "%g");
}

/* Which days get a label: each, each Monday, or months' first days. */
static bool
day_labelled(const struct hc_plot *p, size_t row)
{
	int month, day;

	hc_date_split(p->days[row], NULL, &month, &day);
	if (p->rows <= 16)
		return true;
	if (p->rows <= 35)
		return row % 3 == 0;
	if (p->rows <= 120)
		return hc_date_weekday(p->days[row]) == 1;
	if (p->rows <= 430)
		return day == 1;
	if (p->rows <= 1100)
		return day == 1 && month % 3 == 1;
	return day == 1 && month == 1;
}

/* "12/25", with the year below it where it is new; of long axes "2020/12". */
static void
put_day(const struct hc_plot *p, size_t row, int *last_year,
    struct hc_buf *out)
{
	int year, month, day;

	hc_date_split(p->days[row], &year, &month, &day);
	if (p->rows <= 120)
		hc_buf_printf(out, "\"%d/%d", month, day);
	else
		hc_buf_printf(out, "\"%d", month);
	if (year != *last_year)
		hc_buf_printf(out, "\\n%d", year);
	hc_buf_putc(out, '"');
	*last_year = year;
}

static void
put_x_axis(const struct hc_plot *p, struct hc_buf *out)
{
	size_t i, longest = 0, every = p->rows / 40 + 1, width;
	int year = 0;
	bool first = true;

	if (p->dates)	/* the year stands in a second line */
		hc_buf_puts(out, "set bmargin 3.6\n");
	hc_buf_printf(out, "set xrange [-0.7:%zu.7]\nset xtics nomirror (",
	    p->rows - 1);
	for (i = 0; i < p->rows; i++) {
		if (p->dates ? !day_labelled(p, i) : i % every != 0)
			continue;
		hc_buf_puts(out, first ? "" : ", ");
		first = false;
		if (p->dates)
			put_day(p, i, &year, out);
		else
			quote(out, p->x[i]);
		hc_buf_printf(out, " %zu", i);
		width = (size_t)hc_utf8_width(p->x[i]);
		longest = width > longest ? width : longest;
	}
	hc_buf_puts(out, ")\n");
	/* Where labels would meet they stand on end. */
	if (!p->dates && longest * (p->rows / every) > 100)
		hc_buf_puts(out, "set xtics rotate by -60 left\n");
}

/* ---- The whole ---- */

static void
put_terminal(enum hc_plot_format format, const struct hc_plot_look *look,
    struct hc_buf *out)
{
	int width = look->width > 0 ? look->width : 960;
	int height = look->height > 0 ? look->height : 480;

	switch (format) {
	case HC_PLOT_SVG:
		hc_buf_printf(out, "set terminal svg noenhanced size %d,%d"
		    " font 'sans-serif,14' background '#ffffff'\n", width,
		    height);
		break;
	case HC_PLOT_PNG:
		hc_buf_printf(out, "set terminal pngcairo noenhanced"
		    " size %d,%d font 'Noto Sans CJK JP,11'"
		    " background '#ffffff'\n", width, height);
		break;
	case HC_PLOT_PDF:
		hc_buf_printf(out, "set terminal pdfcairo noenhanced"
		    " size %.2fin,%.2fin font 'Noto Sans CJK JP,11'\n",
		    width / 96.0, height / 96.0);
		break;
	}
}

static void
put_settings(const struct hc_plot *p, const struct hc_plot_look *look,
    struct hc_buf *out)
{
	if (look->title != NULL) {
		hc_buf_puts(out, "set title ");
		quote(out, look->title);
		hc_buf_puts(out, " font ',16'\n");
	}
	hc_buf_puts(out, "set border 3 lc rgb '#444444'\n"
	    "set tics nomirror scale 0.5 textcolor rgb '#222222'\n"
	    "set grid ytics lt 1 lc rgb '#DDDDDD'\n"
	    "set style fill solid 1 noborder\n");
	/* The legend stands beside, in the order of the stack. */
	if (count_drawn(p) > 1)
		hc_buf_printf(out, "set key outside right top Left reverse"
		    " samplen 1.2 %s\n", look->type == HC_PLOT_STACKED ?
		    "invert" : "noinvert");
	else
		hc_buf_puts(out, "set nokey\n");
	put_y_axis(p, look->type == HC_PLOT_STACKED, out);
	put_x_axis(p, out);
}

/* One line of numbers: x and y, or a box's x, y, left, right, bottom, top. */
static void
put_row(const struct hc_plot *p, enum hc_plot_type type, size_t row,
    size_t series, struct hc_buf *out)
{
	size_t n = count_drawn(p), nth = 0, i;
	double bottom = 0, top, left, gap, width;
	double raw = p->values[row * p->series + series];

	if (type == HC_PLOT_LINE) {
		if (isnan(raw))
			hc_buf_printf(out, "%zu NaN\n", row);
		else
			hc_buf_printf(out, "%zu %.10g\n", row, raw);
		return;
	}
	for (i = 0; i < series; i++) {
		nth += is_drawn(p, i);
		bottom += value(p, row, i);
	}
	gap = p->rows > 150 ? 0 : 0.15;
	width = 1 - gap;
	left = (double)row - width / 2;
	if (type == HC_PLOT_BAR) {
		bottom = 0;
		width /= (double)n;
		left += (double)nth * width;
	}
	top = bottom + value(p, row, series);
	if (top != bottom)
		hc_buf_printf(out, "%.10g %.10g %.10g %.10g %.10g %.10g\n",
		    left + width / 2, top, left, left + width, bottom, top);
}

/* A series without any box still has its place in the legend. */
static void
put_data(const struct hc_plot *p, enum hc_plot_type type, size_t series,
    struct hc_buf *out)
{
	size_t i, before;

	hc_buf_printf(out, "$d%zu << EOD\n", series);
	before = out->len;
	for (i = 0; i < p->rows; i++)
		put_row(p, type, i, series, out);
	if (out->len == before)
		hc_buf_puts(out, type == HC_PLOT_LINE ? "0 NaN\n" :
		    "0 0 0 0 0 0\n");
	hc_buf_puts(out, "EOD\n");
}

static void
put_series(const struct hc_plot *p, const struct hc_plot_look *look,
    size_t series, struct hc_buf *out)
{
	hc_buf_printf(out, "$d%zu with ", series);
	if (look->type != HC_PLOT_LINE)
		hc_buf_printf(out, "boxxyerror lc rgb '%s'",
		    colour(p, series));
	else
		hc_buf_printf(out, "%s lw 2%s lc rgb '%s'",
		    p->rows <= 40 ? "linespoints" : "lines",
		    p->rows <= 40 ? " pt 7 ps 0.6" : "", colour(p, series));
	hc_buf_puts(out, " title ");
	quote(out, p->names[series]);
}

enum hc_status
hc_plot_script(const struct hc_plot *plot, const struct hc_plot_look *look,
    enum hc_plot_format format, struct hc_buf *out)
{
	bool first = true;
	size_t i;

	hc_buf_puts(out, "set encoding utf8\n");
	put_terminal(format, look, out);
	put_settings(plot, look, out);
	for (i = 0; i < plot->series; i++)
		if (is_drawn(plot, i))
			put_data(plot, look->type, i, out);
	hc_buf_puts(out, "plot ");
	for (i = 0; i < plot->series; i++) {
		if (!is_drawn(plot, i))
			continue;
		hc_buf_puts(out, first ? "" : ", \\\n    ");
		put_series(plot, look, i, out);
		first = false;
	}
	hc_buf_puts(out, first ? "NaN notitle\n" : "\n");
	return hc_buf_failed(out) ? HC_NOMEM : HC_OK;
}
