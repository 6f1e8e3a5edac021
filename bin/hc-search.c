/* hc-search: finds people by what is known of them. */
#include <limits.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "store/access.h"
#include "task/search.h"

#include "office.h"
#include "print.h"

static const char *entity;
static struct hc_option_list wheres, filters;
static long limit = 50;

static const struct hc_option options[] = {
	{ 'e', "entity", N_("ENTITY"), N_("find records of this entity, not "
	    "people: facility, consultation ..."), HC_OPTION_TEXT, &entity,
	    NULL },
	{ 'w', "where", N_("EXPR"), N_("only those of whom this holds; see "
	    "hc-expr(5)"), HC_OPTION_LIST, &wheres, NULL },
	{ 0, "filter", N_("NAME"), N_("only those whom this kept filter finds; "
	    "'hc-define list filter' names them"), HC_OPTION_LIST, &filters,
	    NULL },
	{ 'l', "limit", "N", N_("print at most so many (50; 0: all)"),
	    HC_OPTION_COUNT, &limit, NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("Whose name sounds so?"),
	"hc-search たかはし",
	N_("Who is calling from a number that ends so?"),
	"hc-search phone:0001",
	N_("Who works at this hospital?"),
	"hc-search facility:高仁会",
	N_("Which cases fell ill since then?"),
	"hc-search -w kind=case -w 'onset_date >= 2020-12-01'",
	NULL
};
static const char *const usage[] = {
	"[option ...] [-e ENTITY] [-l N] [-w EXPR] [--filter NAME] WORD ...",
	"[option ...] [-e ENTITY] [-l N] -w EXPR",
	"[option ...] [-l N] --filter NAME",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-search",
	.summary = N_("find people and other records"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_READING,
	.options = options,
	.max_args = -1,
	.keep_args = true,
};

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_search_question question = { 0 };
	struct hc_search_answer answer = { 0 };
	struct hc_expr_clock clock;
	struct hc_store *store;
	enum hc_status rc;

	if (p->options.nargs == 0 && wheres.len == 0 && filters.len == 0)
		program_usage(_("what to look for is missing"));
	question.words = p->options.args;
	question.nwords = (size_t)p->options.nargs;
	question.entity = entity;
	question.wheres = wheres.items;
	question.nwheres = wheres.len;
	question.filters = filters.items;
	question.nfilters = filters.len;
	question.limit = limit > 0 ? limit : LONG_MAX;
	question.clock = &clock;
	question.as_of = p->as_of[0] != '\0' ? p->as_of : NULL;

	store = office_open(p, HC_DB_READ);
	office_clock(p, &clock);
	if ((rc = hc_search(store, &question, &answer)) != HC_OK)
		office_fail(store, rc);
	if (answer.shown > 0 && (rc = hc_access_note(store, answer.entity,
	    answer.ids, answer.shown)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);

	print_table(p, answer.table);
	answer.table = NULL;
	if (answer.found == 0)
		program_note(_("nobody is found"));
	else if (answer.found > answer.shown)
		program_note(_("%zu more; --limit shows them"),
		    answer.found - answer.shown);
	rc = answer.found > 0 ? HC_OK : HC_NOTFOUND;
	hc_search_answer_clear(&answer);
	free(wheres.items);
	free(filters.items);
	return program_finish(rc);
}
