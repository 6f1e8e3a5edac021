/* hc-import: reads lists from spreadsheets. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/table.h"
#include "base/tsv.h"
#include "task/import.h"

#include "office.h"

#define TOLD 20		/* problems told on stderr */

static const char *source, *rejects_name, *errors_name;
static bool strict, no_key;
static volatile sig_atomic_t stop;

/* The problems of all files. */
static size_t told;
static FILE *errors_file;
static struct hc_tsv_writer errors;

static const struct hc_option options[] = {
	{ 0, "source", N_("NAME"), N_("the list's name; its numbers are "
	    "known under it"), HC_OPTION_TEXT, &source, NULL },
	{ 0, "strict", NULL, N_("one wrong row refuses the whole list"),
	    HC_OPTION_FLAG, &strict, NULL },
	{ 0, "no-key", NULL, N_("the list has no numbers"),
	    HC_OPTION_FLAG, &no_key, NULL },
	{ 0, "rejects", N_("FILE"), N_("write refused rows there, to be "
	    "mended and imported again"), HC_OPTION_FILE, &rejects_name,
	    NULL },
	{ 0, "errors", N_("FILE"), N_("write all problems there as TSV"),
	    HC_OPTION_FILE, &errors_name, NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("What would this list bring?"),
	"hc-import -n cases positives.csv",
	N_("The list goes in; wrong rows wait to be mended"),
	"hc-import cases --source pref --rejects wrong.csv positives.csv",
	NULL
};
static const char *const usage[] = {
	"[-nqv] [-d db] [-f format] [-o file] [--errors file] [--no-key] "
	"[--rejects file] [--source name] [--strict] [--today date] mapping "
	"file ...",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-import",
	.summary = N_("read lists from spreadsheets"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_WRITING,
	.options = options,
	.min_args = 2,
	.max_args = -1,
	.keep_args = true,
};

static const struct hc_table_column columns[] = {
	{ "file", N_("file"), HC_TYPE_TEXT },
	{ "mapping", N_("mapping"), HC_TYPE_TEXT },
	{ "source", N_("list"), HC_TYPE_TEXT },
	{ "rows", N_("rows"), HC_TYPE_INTEGER },
	{ "new", N_("new"), HC_TYPE_INTEGER },
	{ "changed", N_("changed"), HC_TYPE_INTEGER },
	{ "unchanged", N_("unchanged"), HC_TYPE_INTEGER },
	{ "refused", N_("refused"), HC_TYPE_INTEGER },
	{ "warnings", N_("warnings"), HC_TYPE_INTEGER },
	{ "run", N_("run"), HC_TYPE_INTEGER },
};

static void
on_signal(int number)
{
	(void)number;
	stop = 1;
}

static void
problem(void *arg, const struct hc_import_problem *p)
{
	char line[24];

	(void)arg;
	if (errors_file != NULL) {
		snprintf(line, sizeof(line), "%zu", p->line);
		hc_tsv_write_cell(&errors, p->file);
		hc_tsv_write_cell(&errors, line);
		hc_tsv_write_cell(&errors, p->column);
		hc_tsv_write_cell(&errors, p->heading);
		hc_tsv_write_cell(&errors, p->value);
		hc_tsv_write_cell(&errors, p->value != NULL ? "refused" :
		    "warning");
		hc_tsv_write_cell(&errors, p->words);
		hc_tsv_write_row(&errors);
	}
	if (told++ >= TOLD)
		return;
	if (p->column[0] != '\0')
		program_warn("%s:%zu: %s%s (%s): %s%s", p->file, p->line,
		    p->value == NULL ? _("warning: ") : "", p->column,
		    p->heading, p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
	else
		program_warn("%s:%zu: %s%s%s", p->file, p->line,
		    p->value == NULL ? _("warning: ") : "", p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
}

static void
progress(void *arg, uint64_t rows)
{
	(void)arg;
	program_progress(rows, 0, _("rows"));
}

static FILE *
create(const char *name)
{
	FILE *file = fopen(name, "w");

	if (file == NULL)
		program_fail(HC_IO, _("cannot make '%s': %s"), name,
		    strerror(errno));
	return file;
}

static void
open_errors(void)
{
	static const char *const names[] = { "file", "row", "column",
	    "heading", "value", "kind", "reason" };

	if (errors_name == NULL)
		return;
	errors_file = create(errors_name);
	hc_tsv_write_begin(&errors, errors_file, names, 7);
}

static void
close_errors(void)
{
	struct hc_error err;
	enum hc_status rc;

	if (errors_file == NULL)
		return;
	rc = hc_tsv_write_end(&errors, &err);
	if (rc != HC_OK || fclose(errors_file) == EOF)
		program_fail(HC_IO, _("cannot write '%s': %s"), errors_name,
		    rc != HC_OK ? err.text : strerror(errno));
}

static void
add_result(struct hc_table *table, const char *file, const char *mapping,
    const struct hc_import_result *r)
{
	size_t counts[] = { r->rows, r->added, r->changed, r->unchanged,
	    r->refused, r->warnings };
	const char *cells[10] = { file, mapping, r->source };
	char numbers[6][24], run[24];
	size_t i;

	for (i = 0; i < 6; i++) {
		snprintf(numbers[i], sizeof(numbers[i]), "%zu", counts[i]);
		cells[3 + i] = numbers[i];
	}
	snprintf(run, sizeof(run), "%lld",
	    (long long)(r->run % HC_ID_SPAN));
	cells[9] = r->run != 0 ? run : NULL;
	if (hc_table_row(table, cells) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
}

static enum hc_status
import_file(const struct program *p, struct hc_store *store,
    const char *name, struct hc_table *table)
{
	const char *slash = strrchr(name, '/');
	struct hc_import_options o = { .mapping = p->options.args[0],
	    .source = source, .dry_run = p->options.dry_run,
	    .strict = strict, .no_key = no_key, .problem = problem,
	    .progress = progress, .stop = &stop };
	struct hc_import_result result;
	struct hc_expr_clock clock;
	enum hc_status rc;

	office_clock(p, &clock);
	o.clock = &clock;
	o.name = slash != NULL ? slash + 1 : name;
	o.fd = strcmp(name, "-") == 0 ? STDIN_FILENO :
	    open(name, O_RDONLY | O_CLOEXEC);
	if (o.fd == -1)
		program_fail(errno == EACCES ? HC_DENIED : HC_NOINPUT,
		    _("cannot open '%s': %s"), name, strerror(errno));
	if (rejects_name != NULL)
		o.rejects = create(rejects_name);
	rc = hc_import(store, &o, &result);
	program_progress_end();
	if (o.rejects != NULL && fclose(o.rejects) == EOF)
		program_fail(HC_IO, _("cannot write '%s': %s"), rejects_name,
		    strerror(errno));
	if (o.fd != STDIN_FILENO)
		close(o.fd);
	if (rc != HC_OK && rc != HC_CONFLICT)
		office_fail(store, rc);
	add_result(table, o.name, o.mapping, &result);
	if (result.skipped > 0)
		program_detail(_("%s: %zu repeated headings and totals passed "
		    "over"), o.name, result.skipped);
	return rc;
}

static void
tell_rest(void)
{
	if (told <= TOLD)
		return;
	if (errors_name != NULL)
		program_note(_("%zu more problems; '%s' has all"),
		    told - TOLD, errors_name);
	else
		program_note(_("%zu more problems; --errors FILE has all"),
		    told - TOLD);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct sigaction action = { .sa_handler = on_signal };
	struct hc_table_options how = { .format = p->format,
	    .width = p->width, .terminal = p->terminal };
	struct hc_table *table;
	struct hc_store *store;
	struct hc_error err;
	enum hc_status rc, worst = HC_OK;
	int i;

	if (rejects_name != NULL && p->options.nargs > 2)
		program_usage(_("--rejects takes the rows of one file"));
	if (hc_table_new(&table, columns,
	    sizeof(columns) / sizeof(columns[0])) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	store = office_open(p, HC_DB_WRITE);
	open_errors();
	for (i = 1; i < p->options.nargs; i++) {
		rc = import_file(p, store, p->options.args[i], table);
		worst = rc != HC_OK ? rc : worst;
	}
	hc_store_close(store);
	close_errors();
	tell_rest();
	rc = hc_table_print(table, program_output(), &how, &err);
	hc_table_free(table);
	if (rc != HC_OK && rc != HC_UNAVAILABLE)
		program_fail(rc, "%s", err.text);
	return program_finish(worst);
}
