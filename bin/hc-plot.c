/* hc-plot: graphs of tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "task/plot.h"

#include "program.h"

static const char *type_name, *title, *x;
static struct hc_option_list y;
static long width, height;

static const struct hc_option options[] = {
	{ 't', "type", N_("TYPE"), N_("bar, stacked, line or text (bars for "
	    "the terminal)"), HC_OPTION_TEXT, &type_name, NULL },
	{ 0, "title", N_("TEXT"), N_("what stands above"), HC_OPTION_FILE,
	    &title, NULL },
	{ 'x', "x", N_("COLUMN"), N_("the axis; else the first column"),
	    HC_OPTION_TEXT, &x, NULL },
	{ 'y', "y", N_("COLUMN"), N_("what is drawn, may be given several "
	    "times; else all numbers but 'total'"), HC_OPTION_LIST, &y, NULL },
	{ 0, "width", N_("N"), N_("points (960), or columns of text"),
	    HC_OPTION_COUNT, &width, NULL },
	{ 0, "height", N_("N"), N_("points (480)"), HC_OPTION_COUNT, &height,
	    NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("What does the epidemic look like?"),
	"hc-report epicurve | hc-plot --type stacked -o epi.svg",
	N_("And here, in the terminal?"),
	"hc-report epicurve | hc-plot",
	NULL
};
static const char *const usage[] = {
	"[-q] [--type TYPE] [--title TEXT] [--x COLUMN] [--y COLUMN ...] "
	    "[--width N] [--height N] [-o FILE] <TSV",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-plot",
	.summary = N_("draw graphs of tables"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_OUTPUT | HC_OPTIONS_QUIET,
	.options = options,
};

/* A picture, of the kind that the file's ending says; else text. */
static bool
find_format(const struct program *p, enum hc_plot_format *format)
{
	const char *file = p->options.output, *dot;

	if (file == NULL || strcmp(file, "-") == 0)
		return false;
	dot = strrchr(file, '.');
	if (dot != NULL && strcmp(dot, ".txt") == 0)
		return false;
	if (dot == NULL || hc_plot_format(dot + 1, format) != 0)
		program_usage(_("'%s' ends in none of .svg .png .pdf .txt"),
		    file);
	return true;
}

static void
read_table(struct hc_plot *plot)
{
	struct hc_plot_choice choice = { .x = x, .y = y.items, .ny = y.len };
	struct hc_tsv_reader *tsv;
	struct hc_error err;
	enum hc_status rc;

	if (isatty(STDIN_FILENO))
		program_note(_("reading a table from the keyboard; "
		    "'hc-report epicurve | hc-plot' is the usual way"));
	if ((rc = hc_tsv_open(&tsv, STDIN_FILENO, "-")) != HC_OK)
		program_fail(rc, "%s", tsv != NULL ? hc_tsv_error(tsv) :
		    _("out of memory"));
	if ((rc = hc_plot_read(plot, tsv, &choice, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	hc_tsv_close(tsv);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_plot_look look = { .type = HC_PLOT_BAR, .title = title };
	struct hc_buf script = HC_BUF_INIT, out = HC_BUF_INIT;
	enum hc_plot_format format = HC_PLOT_SVG;
	bool picture = find_format(p, &format);
	struct hc_error err;
	struct hc_plot plot;
	enum hc_status rc;

	if (type_name != NULL && strcmp(type_name, "text") == 0)
		picture = false;
	else if (type_name != NULL && hc_plot_type(type_name, &look.type) != 0)
		program_usage(_("'%s' is none of bar, stacked, line, text"),
		    type_name);
	if (width > 4000 || height > 4000 || (picture && width != 0 &&
	    width < 100) || (picture && height != 0 && height < 100))
		program_usage(_("--width and --height: 100 to 4000"));
	look.width = (int)width;
	look.height = (int)height;
	look.columns = width > 0 ? (int)width : p->width;
	read_table(&plot);
	if (!picture)
		rc = hc_plot_text(&plot, &look, &out);
	else if ((rc = hc_plot_script(&plot, &look, format, &script)) == HC_OK
	    && (rc = hc_plot_draw(&script, &out, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	if (rc != HC_OK)
		program_fail(rc, "%s", _("out of memory"));
	fwrite(hc_buf_text(&out), 1, out.len, program_output());
	hc_plot_clear(&plot);
	hc_buf_free(&script);
	hc_buf_free(&out);
	return program_finish(HC_OK);
}
