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
#include "print.h"
#include "side.h"

#define TOLD 20		/* problems told on stderr */

static const char *source, *sheet;
static long year;
static bool strict, no_key, keep_cleared, form;
static volatile sig_atomic_t stop;

static struct side rejects, errors_side;
static struct hc_tsv_writer errors;
static size_t told;		/* problems of all files */

static const struct hc_option options[] = {
	{ 0, "source", N_("NAME"), N_("the list's name; its numbers are "
	    "known under it"), HC_OPTION_TEXT, &source, NULL },
	{ 0, "sheet", N_("SHEET"), N_("name or number of the workbook's sheet"),
	    HC_OPTION_TEXT, &sheet, NULL },
	{ 0, "year", N_("YEAR"), N_("the year of dates without one"),
	    HC_OPTION_COUNT, &year, NULL },
	{ 0, "form", NULL, N_("a file, or a sheet of it, is one record: "
	    "labels with what was filled in beside them"), HC_OPTION_FLAG,
	    &form, NULL },
	{ 0, "strict", NULL, N_("one wrong row refuses the whole list"),
	    HC_OPTION_FLAG, &strict, NULL },
	{ 0, "no-key", NULL, N_("the list has no numbers"),
	    HC_OPTION_FLAG, &no_key, NULL },
	{ 0, "keep-cleared", NULL, N_("cells that are empty now take nothing "
	    "away"), HC_OPTION_FLAG, &keep_cleared, NULL },
	{ 0, "rejects", N_("FILE"), N_("write refused rows there, to be "
	    "mended and imported again"), HC_OPTION_FILE, &rejects.name,
	    NULL },
	{ 0, "errors", N_("FILE"), N_("write all problems there as TSV"),
	    HC_OPTION_FILE, &errors_side.name,
	    NULL },
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
	"[-nqv] [-d DB] [-f FORMAT] [-o FILE] [--errors FILE] [--form] "
	"[--keep-cleared] [--no-key] [--rejects FILE] [--sheet SHEET] "
	"[--source NAME] [--strict] [--today DATE] [--year YEAR] [MAPPING] "
	"FILE ...",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-import",
	.summary = N_("read lists from spreadsheets"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_WRITING,
	.options = options,
	.min_args = 1,
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
	if (errors_side.file != NULL) {
		snprintf(line, sizeof(line), "%zu", p->row);
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
	if (p->row == 0)
		program_warn("%s: %s%s%s", p->file,
		    p->value == NULL ? _("warning: ") : "", p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
	else if (p->column[0] != '\0')
		program_warn("%s:%zu: %s%s (%s): %s%s", p->file, p->row,
		    p->value == NULL ? _("warning: ") : "", p->column,
		    p->heading, p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
	else
		program_warn("%s:%zu: %s%s%s", p->file, p->row,
		    p->value == NULL ? _("warning: ") : "", p->words,
		    p->value == NULL ? "" : _("; the row is refused"));
}

static void
progress(void *arg, uint64_t rows)
{
	(void)arg;
	program_progress(rows, 0, _("rows"));
}

static void
tell(void *arg, const char *words)
{
	(void)arg;
	program_note("%s", words);
}

static void
note(void *arg, const char *words)
{
	(void)arg;
	program_detail("%s", words);
}

static void
open_errors(void)
{
	static const char *const names[] = { "file", "row", "column",
	    "heading", "value", "kind", "reason" };

	side_open(&errors_side);
	if (errors_side.file != NULL)
		hc_tsv_write_begin(&errors, errors_side.file, names, 7);
}

static void
save_errors(void)
{
	struct hc_error err;
	enum hc_status rc;

	if (errors_side.file != NULL &&
	    (rc = hc_tsv_write_end(&errors, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	side_save(&errors_side);
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
open_list(const char *name, int *fd)
{
	enum hc_status rc;

	*fd = STDIN_FILENO;
	if (strcmp(name, "-") == 0)
		return HC_OK;
	if ((*fd = open(name, O_RDONLY | O_CLOEXEC)) != -1)
		return HC_OK;
	rc = errno == EACCES ? HC_DENIED : HC_NOINPUT;
	program_warn(_("cannot open '%s': %s"), name, strerror(errno));
	return rc;
}

/* The mapping, if the first argument is one: files have an ending, or stand
   in a folder, or are "-". */
static const char *
mapping_name(const struct program *p)
{
	const char *first = p->options.args[0];

	return first[0] != '-' && strpbrk(first, "./") == NULL ? first : NULL;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* Import what ${list} names; ${refused} are forms that could not be read. */
static enum hc_status
import_list(const struct program *p, struct hc_store *store,
    const struct hc_import_options *list, size_t refused,
    struct hc_table *table)
{
	struct hc_import_options o = *list;
	struct hc_expr_clock clock;
	struct hc_import_result result;
	enum hc_status rc;

	office_clock(p, &clock);
	o.clock = &clock;
	o.mapping = mapping_name(p);
	o.sheet = sheet;
	o.year = (int)year;
	o.source = source;
	o.dry_run = p->options.dry_run;
	o.strict = strict;
	o.no_key = no_key;
	o.keep_cleared = keep_cleared;
	o.folder = p->tmp;
	o.rejects = rejects.file;
	o.problem = problem;
	o.tell = tell;
	o.note = note;
	o.progress = progress;
	o.stop = &stop;
	rc = hc_import(store, &o, &result);
	program_progress_end();
	if (rc == HC_NOTFOUND)
		program_usage("%s", hc_store_error(store));
	if (rc == HC_OK && refused > 0)
		rc = HC_CONFLICT;
	result.rows += refused;
	result.refused += refused;
	if (rc != HC_OK && rc != HC_CONFLICT)
		program_warn("%s", hc_store_error(store));
	else
		add_result(table, o.name, result.mapping, &result);
	if (result.read)
		side_save(&rejects);
	if (result.skipped > 0)
		program_detail(_("%s: %zu repeated headings and totals passed "
		    "over"), o.name, result.skipped);
	return rc;
}

static enum hc_status
import_file(const struct program *p, struct hc_store *store,
    const char *name, struct hc_table *table)
{
	struct hc_import_options o = { .name = base_name(name) };
	enum hc_status rc;

	if ((rc = open_list(name, &o.fd)) != HC_OK)
		return rc;
	rc = import_list(p, store, &o, 0, table);
	if (o.fd != STDIN_FILENO)
		close(o.fd);
	return rc;
}

static enum hc_status
add_form(struct hc_import_forms *forms, const char *name)
{
	struct hc_import_forms_file file = { .name = base_name(name),
	    .sheet = sheet, .tell = tell };
	struct hc_error error;
	enum hc_status rc;

	if ((rc = open_list(name, &file.fd)) != HC_OK)
		return rc;
	rc = hc_import_forms_add(forms, &file, &error);
	if (file.fd != STDIN_FILENO)
		close(file.fd);
	if (rc != HC_OK)
		program_warn(_("%s; it is left out"), error.text);
	return rc;
}

/* All files together are one list. */
static enum hc_status
import_forms(const struct program *p, struct hc_store *store,
    struct hc_table *table)
{
	struct hc_import_options o = { .fd = -1 };
	size_t refused = 0;
	enum hc_status rc;
	char name[64];
	int i;

	if ((rc = hc_import_forms_new(&o.forms, store,
	    mapping_name(p), source != NULL)) == HC_NOTFOUND)
		program_usage("%s", hc_store_error(store));
	if (rc != HC_OK)
		program_fail(rc, "%s", hc_store_error(store));
	for (i = 1; i < p->options.nargs && stop == 0; i++) {
		rc = add_form(o.forms, p->options.args[i]);
		if (rc == HC_NOINPUT || rc == HC_DENIED || rc == HC_NOMEM)
			goto out;
		refused += rc != HC_OK;
	}
	snprintf(name, sizeof(name), _("%zu forms"),
	    hc_import_forms_count(o.forms));
	o.name = p->options.nargs == 2 ? base_name(p->options.args[1]) : name;
	if (hc_import_forms_count(o.forms) == 0 || (strict && refused > 0))
		rc = HC_INVALID;
	else
		rc = import_list(p, store, &o, refused, table);
out:
	hc_import_forms_free(o.forms);
	return rc;
}

static void
tell_rest(void)
{
	if (told <= TOLD)
		return;
	if (errors_side.name != NULL)
		program_note(_("%zu more problems; '%s' has all"),
		    told - TOLD, errors_side.name);
	else
		program_note(_("%zu more problems; --errors FILE has all"),
		    told - TOLD);
}

static bool
failed(enum hc_status rc)
{
	return rc != HC_OK && rc != HC_CONFLICT;
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct sigaction action = { .sa_handler = on_signal };
	struct hc_table *table;
	struct hc_store *store;
	enum hc_status rc, worst = HC_OK;
	int i, first = mapping_name(p) != NULL ? 1 : 0;

	if (first == p->options.nargs)
		program_usage(_("no file is named"));
	if (year != 0 && (year < 1900 || year > 9999))
		program_usage(_("'%ld' is no year"), year);
	if (form && first == 0)
		program_usage(_("--form needs a mapping, as in 'hc-import "
		    "--form cases FILE'"));
	if (rejects.name != NULL && p->options.nargs > first + 1 && !form)
		program_usage(_("--rejects takes the rows of one file"));
	if (hc_table_new(&table, columns,
	    sizeof(columns) / sizeof(columns[0])) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	store = office_open(p, HC_DB_WRITE);
	side_open(&rejects);
	open_errors();
	if (form)
		worst = import_forms(p, store, table);
	for (i = first; i < p->options.nargs && !failed(worst) && !form;
	    i++) {
		rc = import_file(p, store, p->options.args[i], table);
		worst = rc != HC_OK ? rc : worst;
	}
	hc_store_close(store);
	save_errors();
	tell_rest();
	/* What went in before a file that did not, too. */
	if (!failed(worst) || i > first + 1)
		print_table(p, table);
	else
		hc_table_free(table);
	return program_finish(worst);
}
