/*
 * hc-try: a program that does nothing but what bin/program.h does for all
 * programs, so that tests can look at it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

static long lines, fail_after, steps;
static const char *fail;

static const struct hc_option options[] = {
	{ 0, "lines", "N", "print so many lines", HC_OPTION_COUNT, &lines,
	    NULL },
	{ 0, "fail", "WORDS", "fail with these words", HC_OPTION_FILE, &fail,
	    NULL },
	{ 0, "fail-after", "N", "but only after so many lines",
	    HC_OPTION_COUNT, &fail_after, NULL },
	{ 0, "steps", "N", "work for so many tenths of a second",
	    HC_OPTION_COUNT, &steps, NULL },
	{ 0, NULL, NULL, NULL, HC_OPTION_FLAG, NULL, NULL }
};
static const char *const usage[] = { "[option ...] [word ...]", NULL };
static const struct hc_options_spec spec = {
	.name = "hc-try", .summary = "try what all programs share",
	.usage = usage,
	.common = HC_OPTIONS_READING | HC_OPTIONS_DRY_RUN,
	.options = options, .max_args = -1
};

static void
print_settings(const struct program *p)
{
	static const char *const formats[] = {
		[HC_FORMAT_TABLE] = "table", [HC_FORMAT_TSV] = "tsv",
		[HC_FORMAT_CSV] = "csv", [HC_FORMAT_JSON] = "json",
		[HC_FORMAT_XLSX] = "xlsx"
	};
	const char *from = hc_config_get(p->config, HC_CONFIG_MAIL_FROM);
	FILE *f = program_output();

	fprintf(f, "db\t%s\n", p->db);
	fprintf(f, "format\t%s\n", formats[p->format]);
	fprintf(f, "lang\t%s\n", p->lang);
	fprintf(f, "terminal\t%d\n", p->terminal);
	fprintf(f, "color\t%d\n", p->color);
	fprintf(f, "login\t%s\n", p->login);
	fprintf(f, "today\t%s\n", p->today);
	fprintf(f, "time\t%s\n", p->time);
	fprintf(f, "now\t%s\n", p->now);
	fprintf(f, "offset\t%d\n", p->offset);
	fprintf(f, "clock\t%s\n", p->clock);
	fprintf(f, "as_of\t%s\n", p->as_of);
	fprintf(f, "mail.from\t%s\n", from != NULL ? from : "");
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	long i;

	program_detail("a detail");
	program_note("a note");
	if (steps > 0)
		program_output();
	for (i = 0; i < steps; i++) {
		program_progress((uint64_t)i, (uint64_t)steps, "rows");
		usleep(100000);
	}
	if (lines == 0 && fail == NULL)
		print_settings(p);
	for (i = 0; i < lines; i++) {
		if (fail != NULL && i == fail_after)
			break;
		fprintf(program_output(), "line %ld\n", i + 1);
	}
	if (fail != NULL)
		program_fail(HC_UNAVAILABLE, "%s", fail);
	return program_finish(HC_OK);
}
