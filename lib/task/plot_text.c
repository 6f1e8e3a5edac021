/* Bars for a terminal. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "base/visible.h"

#include "task/plot.h"

#define LABEL_MOST 24	/* columns of a label */

/* What one line shows. */
struct line {
	char label[128];
	double value;
	bool known;	/* any series had a number */
};

enum step { BY_ROW, BY_WEEK, BY_MONTH };

static enum step
choose_step(const struct hc_plot *p)
{
	if (!p->dates || p->rows <= 100)
		return BY_ROW;
	return p->rows <= 700 ? BY_WEEK : BY_MONTH;
}

/* The label of the line to which a row belongs. */
static void
label(const struct hc_plot *p, enum step step, size_t row, char *out,
    size_t size)
{
	struct hc_buf visible = HC_BUF_INIT;
	char day[HC_DATE_SIZE];
	int32_t date = p->days[row];

	if (step == BY_WEEK)
		date -= (hc_date_weekday(date) + 6) % 7;
	hc_date_format(date, day);
	if (step == BY_ROW) {
		hc_visible(&visible, p->x[row]);
		snprintf(out, size, "%.*s", (int)hc_utf8_fit(
		    hc_buf_text(&visible), LABEL_MOST),
		    hc_buf_text(&visible));
		hc_buf_free(&visible);
	} else {
		snprintf(out, size, "%.*s", step == BY_MONTH ? 7 : 10, day);
	}
}

/* The lines of one series; how many is returned. */
static size_t
make_lines(const struct hc_plot *p, enum step step, size_t series,
    struct line *lines)
{
	struct line line;
	double value;
	size_t i, n = 0;

	for (i = 0; i < p->rows; i++) {
		memset(&line, 0, sizeof(line));
		label(p, step, i, line.label, sizeof(line.label));
		value = p->values[i * p->series + series];
		if (!isnan(value)) {
			line.value = value;
			line.known = true;
		}
		if (step != BY_ROW && n > 0 &&
		    strcmp(lines[n - 1].label, line.label) == 0) {
			lines[n - 1].value += line.value;
			lines[n - 1].known |= line.known;
		} else {
			lines[n++] = line;
		}
	}
	return n;
}

/* Eighths of a cell. */
static void
put_bar(double share, int room, struct hc_buf *out)
{
	int eighths = (int)(share * room * 8 + 0.5), i;

	if (eighths == 0 && share > 0)
		eighths = 1;
	for (i = 0; i < eighths / 8; i++)
		hc_buf_codepoint(out, 0x2588);
	if (eighths % 8 > 0)
		hc_buf_codepoint(out, 0x2588 + 8 - (unsigned)(eighths % 8));
}

static void
put_padded(struct hc_buf *out, const char *text, int width)
{
	int n;

	hc_buf_puts(out, text);
	for (n = hc_utf8_width(text); n < width; n++)
		hc_buf_putc(out, ' ');
}

/* What all blocks share, so that their bars compare. */
struct scale {
	int label_width, value_width, room;
	double most;
};

static void
widen(struct scale *scale, const struct line *lines, size_t n)
{
	char value[40];
	size_t i;
	int width;

	for (i = 0; i < n; i++) {
		width = hc_utf8_width(lines[i].label);
		if (width > scale->label_width)
			scale->label_width = width;
		width = snprintf(value, sizeof(value), "%.10g",
		    lines[i].value);
		if (width > scale->value_width)
			scale->value_width = width;
		if (lines[i].value > scale->most)
			scale->most = lines[i].value;
	}
}

static void
put_lines(const struct line *lines, size_t n, const struct scale *scale,
    struct hc_buf *out)
{
	char value[40];
	size_t i;

	for (i = 0; i < n; i++) {
		snprintf(value, sizeof(value), "%.10g", lines[i].value);
		put_padded(out, lines[i].label, scale->label_width);
		hc_buf_printf(out, "  %*s  ", scale->value_width,
		    lines[i].known ? value : "-");
		if (scale->most > 0 && lines[i].value > 0)
			put_bar(lines[i].value / scale->most, scale->room,
			    out);
		while (out->len > 0 && out->data[out->len - 1] == ' ')
			hc_buf_cut(out, out->len - 1);
		hc_buf_putc(out, '\n');
	}
}

/* What the bars are: the series' name, and by which step. */
static void
put_head(const char *name, enum step step, struct hc_buf *out)
{
	hc_visible(out, name);
	if (step != BY_ROW)
		hc_buf_printf(out, ", %s", step == BY_WEEK ?
		    _("by weeks from Monday") : _("by months"));
	hc_buf_putc(out, '\n');
}

/* Has the series a bar at all?  Where none has, all are shown. */
static bool
counts(const struct hc_plot *p, size_t series, const struct scale *scale)
{
	size_t i;

	for (i = 0; i < p->rows; i++)
		if (p->values[i * p->series + series] > 0)
			return true;
	return scale->most <= 0;
}

/* The names of the series without any bar, on one line. */
static void
put_empty(const struct hc_plot *p, const struct scale *scale,
    struct hc_buf *out)
{
	bool any = false;
	size_t i;

	for (i = 0; i < p->series; i++) {
		if (counts(p, i, scale))
			continue;
		hc_buf_puts(out, any ? ", " : "\n");
		hc_visible(out, p->names[i]);
		any = true;
	}
	if (any)
		hc_buf_puts(out, ": 0\n");
}

enum hc_status
hc_plot_text(const struct hc_plot *plot, const struct hc_plot_look *look,
    struct hc_buf *out)
{
	struct scale scale = { .value_width = 1 };
	enum step step = choose_step(plot);
	struct line *lines;
	bool any = false;
	size_t i, n;

	if ((lines = calloc(plot->rows, sizeof(*lines))) == NULL)
		return HC_NOMEM;
	for (i = 0; i < plot->series; i++) {
		n = make_lines(plot, step, i, lines);
		widen(&scale, lines, n);
	}
	scale.room = (look->columns > 0 ? look->columns : 80) -
	    scale.label_width - scale.value_width - 4;
	scale.room = scale.room < 10 ? 10 : scale.room > 200 ? 200 :
	    scale.room;
	if (look->title != NULL) {
		hc_visible(out, look->title);
		hc_buf_putc(out, '\n');
	}
	for (i = 0; i < plot->series; i++) {
		if (!counts(plot, i, &scale))
			continue;
		if (any)
			hc_buf_putc(out, '\n');
		any = true;
		put_head(plot->names[i], step, out);
		n = make_lines(plot, step, i, lines);
		put_lines(lines, n, &scale, out);
	}
	put_empty(plot, &scale, out);
	free(lines);
	return hc_buf_failed(out) ? HC_NOMEM : HC_OK;
}
