/*
 * Graphs of tables: rows of TSV in, a picture by gnuplot or bars for a
 * terminal out.
 *
 * The first column is the axis, the others are numbers.  What hc-report adds
 * to a table is known here: the row and column "total" are left out, and of
 * an axis of days the row "absent".
 */
#ifndef HC_TASK_PLOT_H
#define HC_TASK_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/tsv.h"

enum hc_plot_type {
	HC_PLOT_BAR,		/* side by side */
	HC_PLOT_STACKED,	/* one upon the other */
	HC_PLOT_LINE
};

enum hc_plot_format {
	HC_PLOT_SVG,
	HC_PLOT_PNG,
	HC_PLOT_PDF
};

#define HC_PLOT_MOST_ROWS	5000
#define HC_PLOT_MOST_SERIES	64

struct hc_plot {
	struct hc_arena arena;
	char *x_name;
	char **x;		/* labels on the axis, as many as rows */
	int32_t *days;		/* the same as days, if dates */
	bool dates;		/* every row is a day */
	char **names;		/* of the series */
	double *values;		/* row after row; NAN where absent */
	size_t rows, room, series;
};

struct hc_plot_choice {
	const char *x;		/* column of the axis; NULL: the first */
	const char **y;		/* columns of numbers */
	size_t ny;		/* 0: all that are numbers */
};

/* hc_plot_type(name, type) / hc_plot_format(name, format): "bar", "svg" and
   so on; 0, or -1 if unknown. */
int hc_plot_type(const char *name, enum hc_plot_type *type);
int hc_plot_format(const char *name, enum hc_plot_format *format);

/*
 * hc_plot_read(plot, tsv, choice, err):
 * Read all rows.  The caller empties ${plot} with hc_plot_clear() in any
 * case.  HC_OK; HC_NOTFOUND if there is no row; HC_INVALID for an unknown
 * column, a cell that is no number, or more than can be drawn; HC_IO;
 * HC_NOMEM.
 */
enum hc_status hc_plot_read(struct hc_plot *plot, struct hc_tsv_reader *tsv,
    const struct hc_plot_choice *choice, struct hc_error *err);
void hc_plot_clear(struct hc_plot *plot);

/* What is to be seen. */
struct hc_plot_look {
	enum hc_plot_type type;
	const char *title;	/* NULL */
	int width, height;	/* of a picture, in points; 0: usual */
	int columns;		/* of the terminal; 0: 80 */
};

/*
 * hc_plot_text(plot, look, out):
 * Append a block of bars for each series, one line for each row; more than a
 * hundred days are added up by weeks, more than 700 by months.  HC_OK or
 * HC_NOMEM.
 */
enum hc_status hc_plot_text(const struct hc_plot *plot,
    const struct hc_plot_look *look, struct hc_buf *out);

/*
 * hc_plot_script(plot, look, format, out):
 * Append what gnuplot is to be told.  HC_OK or HC_NOMEM.
 */
enum hc_status hc_plot_script(const struct hc_plot *plot,
    const struct hc_plot_look *look, enum hc_plot_format format,
    struct hc_buf *out);

/*
 * hc_plot_draw(script, out, err):
 * Let gnuplot draw and append the picture to ${out}.  HC_OK;
 * HC_UNAVAILABLE if gnuplot is not installed; HC_ERROR with its words if it
 * failed; HC_NOMEM.
 */
enum hc_status hc_plot_draw(const struct hc_buf *script, struct hc_buf *out,
    struct hc_error *err);

#endif
