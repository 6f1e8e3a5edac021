/* The text of --help. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#include "base/help.h"

#define INDENT "  "
#define HELP_COLUMN 24	/* where the words about an option begin */

/* Put ${left} into its column and ${right} behind it, or below if too long. */
static void
two_columns(struct hc_buf *out, const char *left, const char *right)
{
	size_t len = strlen(left);

	hc_buf_puts(out, INDENT);
	hc_buf_puts(out, left);
	if (len + 2 > HELP_COLUMN) {
		hc_buf_puts(out, "\n" INDENT);
		len = 0;
	}
	for (; len < HELP_COLUMN; len++)
		hc_buf_putc(out, ' ');
	hc_buf_puts(out, right);
	hc_buf_putc(out, '\n');
}

static void
one_option(struct hc_buf *out, const struct hc_option *option)
{
	char left[128];

	if (option->letter != 0)
		snprintf(left, sizeof(left), "-%c, --%s%s%s", option->letter,
		    option->name, option->arg != NULL ? " " : "",
		    option->arg != NULL ? option->arg : "");
	else
		snprintf(left, sizeof(left), "    --%s%s%s", option->name,
		    option->arg != NULL ? " " : "",
		    option->arg != NULL ? option->arg : "");
	two_columns(out, left, _(option->help));
}

static void
examples(const struct hc_options_spec *spec, struct hc_buf *out)
{
	const char *const *line;

	if (spec->examples == NULL || spec->examples[0] == NULL)
		return;
	hc_buf_printf(out, "\n%s\n", _("Examples:"));
	for (line = spec->examples; line[0] != NULL && line[1] != NULL;
	    line += 2)
		hc_buf_printf(out, INDENT "%s\n" INDENT INDENT "$ %s\n",
		    _(line[0]), line[1]);
}

static void
verbs(const struct hc_options_spec *spec, struct hc_buf *out)
{
	const struct hc_verb *verb;

	if (spec->verbs == NULL)
		return;
	hc_buf_printf(out, "\n%s\n", _("What to do:"));
	for (verb = spec->verbs; verb->name != NULL; verb++)
		if (verb->name[0] != '\0')
			two_columns(out, verb->name, _(verb->help));
}

static void
options(const struct hc_options_spec *spec, struct hc_buf *out)
{
	const struct hc_option_common *common;
	const struct hc_option *option;

	hc_buf_printf(out, "\n%s\n", _("Options:"));
	for (option = spec->options; option != NULL && option->name != NULL;
	    option++)
		one_option(out, option);
	for (common = hc_options_common(); common->option.name != NULL;
	    common++)
		if (common->flag == 0 || (spec->common & common->flag) != 0)
			one_option(out, &common->option);
}

static void
put_usage(const struct hc_options_spec *spec, struct hc_buf *out)
{
	const char *const *line;

	for (line = spec->usage; *line != NULL; line++)
		hc_buf_printf(out, INDENT "%s%s%s\n", spec->name,
		    **line != '\0' ? " " : "", *line);
}

void
hc_help_text(const struct hc_options_spec *spec, struct hc_buf *out)
{
	hc_buf_printf(out, "%s: %s\n", spec->name, _(spec->summary));
	examples(spec, out);
	hc_buf_printf(out, "\n%s\n", _("Usage:"));
	put_usage(spec, out);
	verbs(spec, out);
	options(spec, out);
}
