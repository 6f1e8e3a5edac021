/* hc-report: tables and figures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/asof.h"
#include "task/report.h"

#include "print.h"

enum verb { DASHBOARD, DAILY, PIVOT, SQL, LIST, NAMED };

static struct hc_report_question question;
static const char *from, *to;
static long days, seconds = 10;
static bool count, plain;

static const struct hc_verb verbs[] = {
	{ "dashboard", N_("where we stand"), 0, 0, DASHBOARD },
	{ "daily", N_("the figures of each day"), 0, 0, DAILY },
	{ "pivot", N_("any cross table of any records"), 1, 1, PIVOT },
	{ "sql", N_("one query of your own"), 1, 1, SQL },
	{ "list", N_("the office's reports"), 0, 0, LIST },
	{ "", N_("the office's report of that name"), 1, 1, NAMED },
	{ NULL, NULL, 0, 0, 0 }
};
static const struct hc_option options[] = {
	{ 'r', "rows", N_("FIELD"), N_("field of the rows; FIELD:week and "
	    "FIELD:month for days"), HC_OPTION_TEXT, &question.rows,
	    "pivot" },
	{ 'c', "cols", N_("FIELD"), N_("field of the columns"),
	    HC_OPTION_TEXT, &question.cols, "pivot" },
	{ 'w', "where", N_("EXPR"), N_("only records for which this holds"),
	    HC_OPTION_TEXT, &question.narrower, NULL },
	{ 0, "count", NULL, N_("count records (as without it)"),
	    HC_OPTION_FLAG, &count, "pivot" },
	{ 0, "sum", N_("FIELD"), N_("add up that field"), HC_OPTION_TEXT,
	    &question.sum, "pivot" },
	{ 0, "plain", NULL, N_("without totals"), HC_OPTION_FLAG, &plain,
	    NULL },
	{ 0, "from", N_("DATE"), N_("first day"), HC_OPTION_TEXT, &from,
	    NULL },
	{ 0, "to", N_("DATE"), N_("last day (today)"), HC_OPTION_TEXT, &to,
	    NULL },
	{ 0, "days", N_("N"), N_("so many days (of 'daily': 14)"),
	    HC_OPTION_COUNT, &days, NULL },
	{ 0, "seconds", N_("N"), N_("time that the query may take (10)"),
	    HC_OPTION_COUNT, &seconds, "sql" },
	{ 0 }
};
static const char *const examples[] = {
	N_("Where do we stand?"), "hc-report dashboard",
	N_("How did the last 28 days go?"), "hc-report daily --days 28",
	N_("How many cases of which age fell ill in which month?"),
	"hc-report pivot episode --rows onset_date:month --cols age_band "
	    "--where \"kind = 'case'\"",
	N_("What does the epidemic look like?"),
	"hc-report epicurve | hc-plot -t stacked -o epi.svg",
	NULL
};
static const char *const usage[] = {
	"dashboard [option ...]",
	"daily [--days N | --from DATE] [--to DATE] [option ...]",
	"pivot ENTITY --rows FIELD [--cols FIELD] [--where EXPR] "
	    "[--sum FIELD]",
	"REPORT [--where EXPR] [--from DATE] [--to DATE] [option ...]",
	"list [option ...]",
	"sql [--seconds N] SELECT",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-report",
	.summary = N_("tables and figures"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_READING,
	.options = options,
	.verbs = verbs,
	.keep_args = true,
};

static void
read_day(const char *text, const struct program *p, char day[HC_DATE_SIZE])
{
	struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_date_value value;
	struct hc_error err;

	hc_date_parse_iso(p->today, &rule.latest);
	rule.offset = p->offset;
	if (hc_date_read(text, &rule, &value, &err) != HC_OK)
		program_usage(_("'%s' is no day"), text);
	hc_date_format(value.date, day);
}

/* --from, --to and --days into the question.  "daily" always has both. */
static void
read_days(const struct program *p, int verb)
{
	static char first[HC_DATE_SIZE], last[HC_DATE_SIZE];
	int32_t day;

	if (from != NULL && days > 0)
		program_usage(_("--from and --days say the same twice"));
	if (from != NULL)
		read_day(from, p, first);
	if (to != NULL)
		read_day(to, p, last);
	if (verb == DAILY && from == NULL && days == 0)
		days = 14;
	if (verb == DAILY || days > 0) {
		if (to == NULL)
			memcpy(last, p->today, sizeof(last));
		if (days > 4000)
			program_usage(_("--days: at most 4000"));
		hc_date_parse_iso(last, &day);
		if (from == NULL)
			hc_date_format(day - (int32_t)days + 1, first);
	}
	question.from = first[0] != '\0' ? first : NULL;
	question.to = last[0] != '\0' ? last : NULL;
	if (question.from != NULL && question.to != NULL &&
	    strcmp(question.from, question.to) > 0)
		program_usage(_("'%s' is after '%s'"), question.from,
		    question.to);
}

/* What the verb has no use for must not be passed over in silence. */
static void
check_options(int verb)
{
	bool table = verb == PIVOT || verb == NAMED;

	if (!table && (question.narrower != NULL || plain))
		program_usage(_("--where and --plain go with a cross table"));
	if (!table && verb != DAILY &&
	    (from != NULL || to != NULL || days > 0))
		program_usage(_("--from, --to and --days do not go with "
		    "this"));
	if (verb == PIVOT && question.rows == NULL)
		program_usage(_("--rows is missing: the field of the rows"));
	if (count && question.sum != NULL)
		program_usage(_("--count and --sum do not go together"));
}

static enum hc_status
ask(struct hc_store *store, const struct program *p, const char *word,
    struct hc_table **table)
{
	struct hc_report_manner manner = {
		.labels = p->format == HC_FORMAT_TABLE, .plain = plain };

	office_clock(p, &manner.clock);
	switch (p->options.verb->id) {
	case DASHBOARD:
		return hc_report_dashboard(store, &manner, table);
	case DAILY:
		return hc_report_daily(store, question.from, question.to,
		    &manner, table);
	case PIVOT:
		question.entity = word;
		return hc_report_pivot(store, &question, &manner, table);
	case LIST:
		return hc_report_list(store, &manner, table);
	case SQL:
		return hc_report_sql(store, word, (int)seconds, table);
	default:
		return hc_report_named(store, word, &question, &manner,
		    table);
	}
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	const char *word = p->options.nargs > 0 ? p->options.args[0] : NULL;
	int verb = p->options.verb->id;
	struct hc_table *table;
	struct hc_store *store;
	enum hc_status rc;

	check_options(verb);
	if (seconds < 1 || seconds > 3600)
		program_usage(_("--seconds: 1 to 3600"));
	store = office_open(p, HC_DB_READ);
	read_days(p, verb);	/* the office's, so the database first */
	if (p->as_of[0] != '\0' &&
	    (rc = hc_asof(store, p->as_of)) != HC_OK)
		office_fail(store, rc);
	rc = ask(store, p, word, &table);
	return print_and_end(p, store, rc, table);
}
