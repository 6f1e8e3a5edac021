/* hc-import: reads lists from spreadsheets. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/near.h"

#include "import_say.h"
#include "import_side.h"
#include "import_sniff.h"
#include "import_take.h"
#include "import_words.h"
#include "office.h"
#include "print.h"

static const char *source, *sheet, *save;
static long year;
static bool strict, no_key, keep_cleared, form;
static volatile sig_atomic_t stop;

static struct import_plan plan, apply;
static const char *errors_name, *rejects_name, *on_match, *on_doubt,
    *link_to;

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
	{ 0, "link", N_("LIST"), N_("numbers of cases are those of that list; "
	    "rows wait until it has come"), HC_OPTION_TEXT, &link_to, NULL },
	{ 0, "on-doubt", N_("WHAT"), N_("where a person is perhaps known: "
	    "new, or refuse the row"), HC_OPTION_TEXT, &on_doubt, NULL },
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
	"[--keep-cleared] [--link LIST] [--no-key] [--on-doubt WHAT] "
	"[--on-match WHAT] "
	"[--rejects FILE] [--sheet SHEET] [--source NAME] [--strict] "
	"[--today DATE] [--year YEAR] [--plan FILE | --apply FILE] "
	"[MAPPING] FILE ...",
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

static void
on_signal(int number)
{
	(void)number;
	stop = 1;
}

/* The place of ${said} among the ${words}: 0 where nothing is said, -1 if it
   is none of them. */
static int
word_of(const char *said, const char *const words[])
{
	int i;

	for (i = 0; said != NULL && words[i] != NULL; i++)
		if (hc_near_same(said, words[i]))
			return i;
	return said == NULL ? 0 : -1;
}

static enum hc_import_on_match
on_match_of(void)
{
	static const char *const words[] = { "update", "skip", "new", NULL };
	int i = word_of(on_match, words);

	if (i == -1)
		program_usage(_("--on-match is update, skip or new, not '%s'"),
		    on_match);
	return (enum hc_import_on_match)i;
}

static enum hc_import_on_doubt
on_doubt_of(void)
{
	static const char *const words[] = { "new", "refuse", NULL };
	int i = word_of(on_doubt, words);

	if (i == -1)
		program_usage(_("--on-doubt is new or refuse, not '%s'"),
		    on_doubt);
	return (enum hc_import_on_doubt)i;
}

static void
take_options(const struct program *p, struct hc_import_options *o)
{
	o->mapping = import_words_mapping(p);
	o->sheet = sheet;
	o->year = (int)year;
	o->source = source;
	o->link = link_to;
	o->dry_run = p->options.dry_run;
	o->strict = strict;
	o->no_key = no_key;
	o->keep_cleared = keep_cleared;
	o->on_match = on_match_of();
	o->on_doubt = on_doubt_of();
	o->folder = p->tmp;
	o->plan = plan.file;
	o->apply = apply.file;
	o->stop = &stop;
	import_say_by(o);
}

/* Several files of these would be mixed up on standard output, where the
   summary makes way for one. */
static bool
has_stdout(void)
{
	int n = side_is_stdout(plan.name) + side_is_stdout(rejects_name) +
	    side_is_stdout(errors_name);

	if (n > 1)
		program_usage(_("only one of --plan, --rejects and --errors "
		    "can go to standard output"));
	return n == 1;
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
	if (form && link_to != NULL)
		program_usage(_("forms of one person wait for no list"));
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

/* The summary, of what went in before a file that did not, too. */
static void
print_summary(const struct program *p, struct import_take *take,
    bool failed)
{
	const char *output = p->options.output;

	if ((failed && hc_table_rows(take->summary) == 0) ||
	    (has_stdout() && (output == NULL || side_is_stdout(output))))
		hc_table_free(take->summary);
	else
		print_table(p, take->summary);
}

static int
import(const struct program *p, const char *const *names, size_t n)
{
	struct import_take take = { .p = p, .rejects = rejects_name };
	bool failed;
	enum hc_status rc;

	import_take_begin(&take);
	take.store = office_open(p, HC_DB_WRITE);
	import_words_check(take.store, import_words_mapping(p));
	hc_db_stop_on(take.store->db, &stop);
	import_say_begin(errors_name);
	import_plan_make(p, &plan);
	import_plan_take(p, &apply);
	take_options(p, &take.options);
	rc = form ? import_take_forms(&take, names, n) :
	    import_take_files(&take, names, n);
	failed = import_take_failed(rc);
	hc_store_close(take.store);
	import_plan_end(&plan, failed);
	import_plan_end(&apply, false);
	import_say_end();
	print_summary(p, &take, failed);
	return program_finish(rc);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct sigaction action = { .sa_handler = on_signal };
	int first = import_words_mapping(p) != NULL ? 1 : 0;

	if (strcmp(p->options.args[0], "sniff") == 0)
		return sniff(p);
	if (save != NULL)
		program_usage(_("--save is of 'hc-import sniff'"));
	if (first == p->options.nargs)
		program_usage(_("no file is named"));
	import_words_quotes(p);
	check_options(p->options.nargs - first, first > 0);
	has_stdout();
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	return import(p, p->options.args + first,
	    (size_t)(p->options.nargs - first));
}
