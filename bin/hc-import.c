/* hc-import: reads lists from spreadsheets. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/table.h"
#include "task/import.h"

#include "import_say.h"
#include "import_side.h"
#include "import_sniff.h"
#include "office.h"
#include "print.h"

static const char *source, *sheet, *save;
static long year;
static bool strict, no_key, keep_cleared, form;
static volatile sig_atomic_t stop;

static struct import_plan plan, apply;
static const char *errors_name, *rejects_name, *on_match;

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
	{ 0, "on-match", N_("WHAT"), N_("where a record is known: update, "
	    "skip, or new for persons"), HC_OPTION_TEXT, &on_match, NULL },
	{ 0, "plan", N_("FILE"), N_("write there what the import would do, "
	    "field by field, and do nothing"), HC_OPTION_FILE, &plan.name,
	    NULL },
	{ 0, "apply", N_("FILE"), N_("do just what that plan says"),
	    HC_OPTION_FILE, &apply.name, NULL },
	{ 0, "rejects", N_("FILE"), N_("write refused rows there, to be "
	    "mended and imported again"), HC_OPTION_FILE, &rejects_name,
	    NULL },
	{ 0, "save", N_("NAME"), N_("of sniff: make a mapping of that name"),
	    HC_OPTION_TEXT, &save, NULL },
	{ 0, "errors", N_("FILE"), N_("write all problems there as TSV"),
	    HC_OPTION_FILE, &errors_name,
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
	"[--keep-cleared] [--no-key] [--on-match WHAT] [--rejects FILE] "
	"[--sheet SHEET] [--source NAME] [--strict] [--today DATE] "
	"[--year YEAR] [--plan FILE | --apply FILE] [MAPPING] FILE ...",
	"sniff [-q] [-d DB] [-f FORMAT] [-o FILE] [--save NAME] "
	"[--sheet SHEET] [MAPPING] FILE",
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

static enum hc_import_on_match
on_match_of(void)
{
	static const char *const words[] = { "update", "skip", "new" };
	size_t i;

	for (i = 0; on_match != NULL && i < 3; i++)
		if (hc_near_same(on_match, words[i]))
			return (enum hc_import_on_match)i;
	if (on_match != NULL)
		program_usage(_("--on-match is update, skip or new, not '%s'"),
		    on_match);
	return HC_IMPORT_UPDATE;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static void
take_options(const struct program *p, struct hc_import_options *o)
{
	o->mapping = mapping_name(p);
	o->sheet = sheet;
	o->year = (int)year;
	o->source = source;
	o->dry_run = p->options.dry_run;
	o->strict = strict;
	o->no_key = no_key;
	o->keep_cleared = keep_cleared;
	o->on_match = on_match_of();
	o->folder = p->tmp;
	o->plan = plan.file;
	o->apply = apply.file;
	o->stop = &stop;
	import_say_by(o);
}

/* Import what ${list} names; ${refused} are forms that could not be read. */
static enum hc_status
import_list(const struct program *p, struct hc_store *store,
    const struct hc_import_options *list, size_t refused,
    struct hc_table *table)
{
	struct hc_import_options o = *list;
	struct import_rejects rejects;
	struct hc_expr_clock clock;
	struct hc_import_result result;
	enum hc_status rc;

	office_clock(p, &clock);
	o.clock = &clock;
	take_options(p, &o);
	import_rejects_open(&rejects, rejects_name, o.name);
	o.rejects = rejects.side.file;
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
	import_rejects_close(&rejects, result.read);
	if (result.skipped > 0)
		program_detail(_("%s: %zu headings, totals and notes passed "
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
	    .sheet = sheet, .tell = import_say_news };
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

static bool
failed(enum hc_status rc)
{
	return rc != HC_OK && rc != HC_CONFLICT;
}

/* What does not go together. */
static void
check_options(int files, bool mapping)
{
	if (year != 0 && (year < 1900 || year > 9999))
		program_usage(_("'%ld' is no year"), year);
	if (form && !mapping)
		program_usage(_("--form needs a mapping, as in 'hc-import "
		    "--form cases FILE'"));
	if (form)
		files = 1;	/* they are one list */
	if (files > 1 && rejects_name != NULL &&
	    !import_rejects_folder(rejects_name))
		program_usage(_("--rejects names a folder where there are "
		    "several files"));
	if (files > 1 && (plan.name != NULL || apply.name != NULL))
		program_usage(_("a plan is of one file"));
	if (plan.name != NULL && apply.name != NULL)
		program_usage(_("--plan makes a plan, --apply takes one"));
}

/* sniff [mapping] file */
static int
sniff(const struct program *p)
{
	struct import_sniff what = { .sheet = sheet, .save = save };
	int n = p->options.nargs;

	if (n < 2 || n > 3)
		program_usage(_("sniff looks at one file"));
	what.mapping = n == 3 ? p->options.args[1] : NULL;
	what.file = p->options.args[n - 1];
	return import_sniff(p, &what);
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

	if (strcmp(p->options.args[0], "sniff") == 0)
		return sniff(p);
	if (save != NULL)
		program_usage(_("--save is of 'hc-import sniff'"));
	if (first == p->options.nargs)
		program_usage(_("no file is named"));
	check_options(p->options.nargs - first, first > 0);
	if (hc_table_new(&table, columns,
	    sizeof(columns) / sizeof(columns[0])) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	store = office_open(p, HC_DB_WRITE);
	hc_db_stop_on(store->db, &stop);
	import_say_begin(errors_name);
	import_plan_make(&plan);
	import_plan_take(&apply);
	if (form)
		worst = import_forms(p, store, table);
	for (i = first; i < p->options.nargs && !failed(worst) && !form;
	    i++) {
		rc = import_file(p, store, p->options.args[i], table);
		worst = rc != HC_OK ? rc : worst;
	}
	hc_store_close(store);
	import_plan_end(&plan, failed(worst));
	import_plan_end(&apply, false);
	import_say_end();
	/* What went in before a file that did not, too. */
	if (!failed(worst) || i > first + 1)
		print_table(p, table);
	else
		hc_table_free(table);
	return program_finish(worst);
}
