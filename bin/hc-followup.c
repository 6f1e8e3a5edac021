/* hc-followup: today's round and the work lists. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "store/access.h"
#include "store/run.h"
#include "task/call.h"
#include "task/followup.h"
#include "task/followup_with.h"
#include "task/forecast.h"

#include "answers.h"
#include "definitions.h"
#include "episodes.h"
#include "office.h"
#include "pairs.h"
#include "print.h"
#include "who.h"

enum verb { DUE, LIST, LISTS, NEXT, WHY, SITUATION, CALL, OPEN, CLOSE, ASSIGN,
    FORECAST, COLLECT };

static long slot;
static bool remind, why, mine;
static const char *with;
static struct episodes_assign assign;

static const struct hc_verb verbs[] = {
	{ "due", N_("who is asked in this round, for hc-notify send"), 0, 0,
	    DUE },
	{ "list", N_("the people on one work list, worst first"), 1, 1,
	    LIST },
	{ "lists", N_("how many stand on each list"), 0, 0, LISTS },
	{ "next", N_("the next to ring up from a list, kept from others"), 1,
	    1, NEXT },
	{ "why", N_("why somebody stands on a list, or not"), 1, 1, WHY },
	{ "situation", N_("what the rules see"), 0, 1, SITUATION },
	{ "call", N_("note what a telephone call brought"), 1, -1, CALL },
	{ "open", N_("begin to observe somebody, again or anew"), 0, -1,
	    OPEN },
	{ "close", N_("end the observation, of all rows of a list too"), 0,
	    -1, CLOSE },
	{ "assign", N_("share episodes out among the staff on duty"), 0, -1,
	    ASSIGN },
	{ "forecast", N_("how many calls to expect, by hour"), 0, 0,
	    FORECAST },
	{ "collect", N_("store the answers of hc-form take"), 0, 0,
	    COLLECT },
	{ NULL, NULL, 0, 0, 0 }
};

static const struct hc_option options[] = {
	{ 0, "slot", N_("N"), N_("the round of the day, if not the one that "
	    "runs"), HC_OPTION_COUNT, &slot, "due" },
	{ 0, "remind", NULL, N_("only who was asked and has not answered"),
	    HC_OPTION_FLAG, &remind, "due" },
	{ 0, "why", NULL, N_("show what the priority is made up of"),
	    HC_OPTION_FLAG, &why, "list next" },
	{ 0, "mine", NULL, N_("only what is assigned to me"),
	    HC_OPTION_FLAG, &mine, "list next" },
	{ 0, "with", N_("FILE"), N_("compare with the rules of FILE, which "
	    "are not live yet"), HC_OPTION_FILE, &with, "list" },
	{ 0, "team", N_("TEAM"), N_("among the staff of this team"),
	    HC_OPTION_TEXT, &assign.team, "assign" },
	{ 0, "again", NULL, N_("also what somebody on duty has already"),
	    HC_OPTION_FLAG, &assign.again, "assign" },
	{ 0, NULL, NULL, NULL, HC_OPTION_FLAG, NULL, NULL }
};

static const char *const usage[] = {
	"due [-v] [-d DB] [--slot N] [--remind]",
	"list [-d DB] [-f FORMAT] [-o FILE] [--today DATE] [--mine] [--why] "
	    "LIST",
	"list [-d DB] [-f FORMAT] [-o FILE] [--today DATE] --with FILE LIST",
	"lists [-d DB] [-f FORMAT] [-o FILE] [--today DATE]",
	"next [-n] [-d DB] [-f FORMAT] [--mine] [--why] LIST",
	"why [-d DB] [-f FORMAT] [-o FILE] [--today DATE] EPISODE",
	"situation [-d DB] [-f FORMAT] [-o FILE] [--today DATE] [EPISODE]",
	"call [-nq] [-d DB] [--no-color] EPISODE FIELD=VALUE ...",
	"open [-nq] [-d DB] EPISODE ... [from=DATE] [until=DATE]",
	"open [-nq] [-d DB] person=NUMBER kind=KIND [FIELD=VALUE ...]",
	"close [-nq] [-d DB] [EPISODE ...] [reason=REASON] [date=DATE] "
	    "[<ROWS]",
	"assign [-nq] [-d DB] [--team TEAM] [--again] [EPISODE ...] "
	    "[staff=LOGIN,...] [<ROWS]",
	"forecast [-d DB] [-f FORMAT] [-o FILE] [--today DATE]",
	"collect [-nq] [-d DB] <ANSWERS",
	NULL
};

static const char *const examples[] = {
	N_("who must be rung up first"),
	"hc-followup list unwell",
	N_("how many stand on each list"),
	"hc-followup lists",
	N_("send this morning's mails"),
	"hc-followup due | hc-notify send daily",
	N_("she answered the telephone: 37.8 and a cough"),
	"hc-followup call 12 temperature=37.8 cough=1 note=心配している",
	N_("end the observation of all whose time is over"),
	"hc-followup list to_close | hc-followup close",
	N_("bring the answers of the web form in"),
	"ssh form hc-form take | hc-followup collect | ssh form hc-form drop",
	NULL
};

static const struct hc_options_spec spec = {
	.name = "hc-followup",
	.summary = N_("today's round and the work lists"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_DB | HC_OPTIONS_FORMAT | HC_OPTIONS_OUTPUT |
	    HC_OPTIONS_DRY_RUN | HC_OPTIONS_QUIET | HC_OPTIONS_VERBOSE |
	    HC_OPTIONS_TODAY | HC_OPTIONS_COLOR,
	.options = options,
	.verbs = verbs,
	.keep_args = true,
};

static enum hc_status
ask(struct hc_followup *f, enum verb verb, const char *word)
{
	struct hc_situation_filter who;

	switch (verb) {
	case DUE:
		return hc_followup_due(f, (int)slot, remind);
	case LIST:
		return hc_followup_list(f, word);
	case LISTS:
		return hc_followup_lists(f);
	case FORECAST:
		return hc_forecast_calls(f);
	case WHY:
		who_any(f->store, word, &who);
		return hc_followup_why(f, &who);
	default:
		if (word == NULL)
			return hc_followup_situation(f, NULL);
		who_episode(f->store, word, &who);
		return hc_followup_situation(f, &who);
	}
}

/* Claim the next one. */
static enum hc_status
take(const struct program *p, struct hc_followup *f)
{
	enum hc_status rc;

	if ((rc = hc_run_begin(f->store, N_("a person to ring up"))) !=
	    HC_OK)
		return rc;
	rc = hc_followup_next(f, p->options.args[0]);
	if (rc == HC_OK && !p->options.dry_run)
		return hc_run_commit(f->store, NULL);
	hc_run_rollback(f->store);
	return rc;
}

/* Who would come and go under other rules, which are taken back. */
static enum hc_status
compare(const struct program *p, struct hc_followup *f)
{
	struct hc_followup_trial trial = { .fault = definitions_fault,
	    .arg = (void *)with };
	enum hc_status rc;
	int fd;

	definitions_open(with, &trial.rules, &fd);
	if ((rc = hc_run_begin(f->store, N_("trial of rules"))) == HC_OK)
		rc = hc_followup_with(f, p->options.args[0], &trial);
	hc_run_rollback(f->store);
	definitions_close(trial.rules, fd);
	if (rc == HC_OK)
		program_note(_("%zu would enter, %zu leave, %zu stay"),
		    trial.enters, trial.leaves, trial.stays);
	return rc;
}

/* All verbs that show rows. */
static int
look(const struct program *p, enum verb verb)
{
	struct hc_store *store = office_open(p, verb == NEXT || with != NULL ?
	    HC_DB_WRITE : HC_DB_READ);
	struct hc_expr_clock clock;
	struct hc_followup f = { .store = store, .clock = &clock, .why = why,
	    .mine = mine };
	enum hc_status rc;

	office_clock(p, &clock);
	rc = verb == NEXT ? take(p, &f) : with != NULL ? compare(p, &f) :
	    ask(&f, verb, p->options.args[0]);
	if (rc != HC_OK)
		office_fail(store, rc);
	/* What a program reads is noted too: it stands in its pipe. */
	if (f.npersons > 0 && (rc = hc_access_note(store, "person",
	    f.persons, f.npersons)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	rc = hc_table_rows(f.table) > 0 || verb == LIST || verb == DUE ?
	    HC_OK : HC_NOTFOUND;
	print_table(p, f.table);
	f.table = NULL;
	hc_followup_clear(&f);
	return program_finish(rc);
}

static void
put_id(char out[24], int64_t id)
{
	if (id != 0)
		snprintf(out, 24, "%lld", (long long)id);
	else
		out[0] = '\0';
}

static void
show_call(const struct program *p, const struct hc_call *call)
{
	const struct hc_table_column columns[] = {
		{ "call", _("call"), HC_TYPE_REF },
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "observation", _("health report"), HC_TYPE_REF },
		{ "next_at", _("call next at"), HC_TYPE_INSTANT },
	};
	char ids[3][24];
	const char *cells[] = { ids[0], ids[1], ids[2], call->next_at };
	struct hc_table *table;

	put_id(ids[0], call->call);
	put_id(ids[1], call->episode);
	put_id(ids[2], call->observation);
	if (hc_table_new(&table, columns, 4) != HC_OK ||
	    hc_table_row(table, cells) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	print_table(p, table);
}

static int
note_call(const struct program *p)
{
	struct hc_store *store;
	struct hc_call call = { .len = 0 };
	struct pairs pairs = { .len = 0 };
	struct hc_expr_clock clock;
	enum hc_status rc;
	int i;

	for (i = 1; i < p->options.nargs; i++)
		if (!pairs_add(&pairs, p->options.args[i]))
			program_usage(_("'%s' is not FIELD=VALUE"),
			    p->options.args[i]);
	call.pairs = pairs.items;
	call.len = pairs.len;
	store = office_open(p, HC_DB_WRITE);
	office_clock(p, &clock);
	who_episode(store, p->options.args[0], &call.who);
	if ((rc = hc_run_begin(store, N_("a telephone call"))) != HC_OK ||
	    (rc = hc_call_save(store, &clock, &call)) != HC_OK)
		office_fail(store, rc);
	if (p->options.dry_run)
		hc_run_rollback(store);
	else if ((rc = hc_run_commit(store, NULL)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	show_call(p, &call);
	pairs_clear(&pairs);
	return program_finish(HC_OK);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	enum verb verb = p->options.verb->id;

	switch (verb) {
	case CALL:
		return note_call(p);
	case OPEN:
		return episodes_open(p);
	case CLOSE:
		return episodes_close(p);
	case ASSIGN:
		return episodes_assign(p, &assign);
	case COLLECT:
		return answers(p);
	default:
		return look(p, verb);
	}
}
