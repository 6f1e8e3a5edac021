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
#include "office.h"
#include "print.h"
#include "side.h"

static const char *source, *sheet;
static long year;
static bool strict, no_key, keep_cleared;
static volatile sig_atomic_t stop;

static const char *plan_name, *apply_name, *on_match;
static FILE *plan, *apply;
static const char *errors_name, *rejects_name;

static const struct hc_option options[] = {
	{ 0, "source", N_("NAME"), N_("the list's name; its numbers are "
	    "known under it"), HC_OPTION_TEXT, &source, NULL },
	{ 0, "sheet", N_("SHEET"), N_("name or number of the workbook's sheet"),
	    HC_OPTION_TEXT, &sheet, NULL },
	{ 0, "year", N_("YEAR"), N_("the year of dates without one"),
	    HC_OPTION_COUNT, &year, NULL },
	{ 0, "strict", NULL, N_("one wrong row refuses the whole list"),
	    HC_OPTION_FLAG, &strict, NULL },
	{ 0, "no-key", NULL, N_("the list has no numbers"),
	    HC_OPTION_FLAG, &no_key, NULL },
	{ 0, "keep-cleared", NULL, N_("cells that are empty now take nothing "
	    "away"), HC_OPTION_FLAG, &keep_cleared, NULL },
	{ 0, "on-match", N_("WHAT"), N_("where a record is known: update, "
	    "skip, or new for persons"), HC_OPTION_TEXT, &on_match, NULL },
	{ 0, "plan", N_("FILE"), N_("write there what the import would do, "
	    "field by field, and do nothing"), HC_OPTION_FILE, &plan_name,
	    NULL },
	{ 0, "apply", N_("FILE"), N_("do just what that plan says"),
	    HC_OPTION_FILE, &apply_name, NULL },
	{ 0, "rejects", N_("FILE"), N_("write refused rows there, to be "
	    "mended and imported again"), HC_OPTION_FILE, &rejects_name,
	    NULL },
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
	"[-nqv] [-d DB] [-f FORMAT] [-o FILE] [--errors FILE] "
	"[--keep-cleared] [--no-key] [--on-match WHAT] [--rejects FILE] "
	"[--sheet SHEET] [--source NAME] [--strict] [--today DATE] "
	"[--year YEAR] [--plan FILE | --apply FILE] [MAPPING] FILE ...",
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

/* The plan to write, or the one to apply. */
static void
open_plans(void)
{
	if (plan_name != NULL && (plan = fopen(plan_name, "we")) == NULL)
		program_fail(errno == EACCES ? HC_DENIED : HC_IO,
		    _("cannot make '%s': %s"), plan_name, strerror(errno));
	if (apply_name != NULL && (apply = fopen(apply_name, "re")) == NULL)
		program_fail(errno == EACCES ? HC_DENIED : HC_NOINPUT,
		    _("cannot open '%s': %s"), apply_name, strerror(errno));
}

/* Half a plan is none: where the import failed it goes. */
static void
close_plans(bool failed)
{
	if (apply != NULL)
		fclose(apply);
	if (plan == NULL)
		return;
	if (fclose(plan) == EOF && !failed)
		program_fail(HC_IO, _("cannot write '%s': %s"), plan_name,
		    strerror(errno));
	if (failed)
		unlink(plan_name);
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return path != NULL && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Where the rejects of the list ${name} go in ${folder}: NAME.csv. */
static const char *
in_folder(const char *folder, const char *name, struct hc_buf *place)
{
	const char *dot = strrchr(name, '.');
	size_t len = dot != NULL && dot != name ? (size_t)(dot - name) :
	    strlen(name);

	hc_buf_printf(place, "%s/%.*s.csv", folder, (int)len, name);
	if (hc_buf_failed(place))
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	return hc_buf_text(place);
}

static enum hc_status
import_file(const struct program *p, struct hc_store *store,
    const char *name, struct hc_table *table)
{
	const char *slash = strrchr(name, '/');
	struct hc_import_options o = { .mapping = mapping_name(p),
	    .sheet = sheet, .year = (int)year, .source = source,
	    .dry_run = p->options.dry_run,
	    .strict = strict, .no_key = no_key,
	    .keep_cleared = keep_cleared, .folder = p->tmp,
	    .plan = plan, .apply = apply, .on_match = on_match_of(),
	    .stop = &stop };
	struct hc_buf place = HC_BUF_INIT;
	struct side rejects = { .name = rejects_name };
	struct hc_import_result result;
	struct hc_expr_clock clock;
	enum hc_status rc;

	office_clock(p, &clock);
	o.clock = &clock;
	o.name = slash != NULL ? slash + 1 : name;
	import_say_by(&o);
	if ((rc = open_list(name, &o.fd)) != HC_OK)
		return rc;
	if (is_folder(rejects_name))
		rejects.name = in_folder(rejects_name, o.name, &place);
	side_open(&rejects);
	o.rejects = rejects.file;
	rc = hc_import(store, &o, &result);
	program_progress_end();
	if (o.fd != STDIN_FILENO)
		close(o.fd);
	if (rc == HC_NOTFOUND)
		program_usage("%s", hc_store_error(store));
	if (rc != HC_OK && rc != HC_CONFLICT)
		program_warn("%s", hc_store_error(store));
	else
		add_result(table, o.name, result.mapping, &result);
	if (result.read)
		side_save(&rejects);
	hc_buf_free(&place);
	if (result.skipped > 0)
		program_detail(_("%s: %zu repeated headings and totals passed "
		    "over"), o.name, result.skipped);
	return rc;
}

static bool
failed(enum hc_status rc)
{
	return rc != HC_OK && rc != HC_CONFLICT;
}

/* What does not go together. */
static void
check_options(int files)
{
	if (year != 0 && (year < 1900 || year > 9999))
		program_usage(_("'%ld' is no year"), year);
	if (files > 1 && rejects_name != NULL && !is_folder(rejects_name))
		program_usage(_("--rejects names a folder where there are "
		    "several files"));
	if (files > 1 && (plan_name != NULL || apply_name != NULL))
		program_usage(_("a plan is of one file"));
	if (plan_name != NULL && apply_name != NULL)
		program_usage(_("--plan makes a plan, --apply takes one"));
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
	check_options(p->options.nargs - first);
	if (hc_table_new(&table, columns,
	    sizeof(columns) / sizeof(columns[0])) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	store = office_open(p, HC_DB_WRITE);
	hc_db_stop_on(store->db, &stop);
	import_say_begin(errors_name);
	open_plans();
	for (i = first; i < p->options.nargs && !failed(worst); i++) {
		rc = import_file(p, store, p->options.args[i], table);
		worst = rc != HC_OK ? rc : worst;
	}
	hc_store_close(store);
	close_plans(failed(worst));
	import_say_end();
	/* What went in before a file that did not, too. */
	if (!failed(worst) || i > first + 1)
		print_table(p, table);
	else
		hc_table_free(table);
	return program_finish(worst);
}
