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

#include "answers.h"
#include "office.h"
#include "pairs.h"
#include "print.h"

enum verb { DUE, LIST, LISTS, WHY, SITUATION, CALL, COLLECT };

static long slot;
static bool remind;

static const struct hc_verb verbs[] = {
	{ "due", N_("who is asked in this round, for hc-notify send"), 0, 0,
	    DUE },
	{ "list", N_("the people on one work list, worst first"), 1, 1,
	    LIST },
	{ "lists", N_("how many stand on each list"), 0, 0, LISTS },
	{ "why", N_("why somebody stands on a list, or not"), 1, 1, WHY },
	{ "situation", N_("what the rules see"), 0, 1, SITUATION },
	{ "call", N_("note what a telephone call brought"), 1, -1, CALL },
	{ "collect", N_("store the answers of hc-form take"), 0, 0,
	    COLLECT },
	{ NULL, NULL, 0, 0, 0 }
};

static const struct hc_option options[] = {
	{ 0, "slot", N_("N"), N_("the round of the day, if not the one that "
	    "runs"), HC_OPTION_COUNT, &slot, "due" },
	{ 0, "remind", NULL, N_("only who was asked and has not answered"),
	    HC_OPTION_FLAG, &remind, "due" },
	{ 0, NULL, NULL, NULL, HC_OPTION_FLAG, NULL, NULL }
};

static const char *const usage[] = {
	"due [-v] [-d DB] [--slot N] [--remind]",
	"list [-d DB] [-f FORMAT] [-o FILE] [--today DATE] LIST",
	"lists [-d DB] [-f FORMAT] [-o FILE] [--today DATE]",
	"why [-d DB] [-f FORMAT] [-o FILE] [--today DATE] EPISODE",
	"situation [-d DB] [-f FORMAT] [-o FILE] [--today DATE] [EPISODE]",
	"call [-nq] [-d DB] [--no-color] EPISODE FIELD=VALUE ...",
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

/* "12" is an episode, as the lists name it first; "person=12" a person, and
   "consultation=12" a record of that kind. */
static void
read_who(const struct hc_store *store, const char *word,
    struct hc_situation_filter *who)
{
	struct hc_buf name = HC_BUF_INIT, plain = HC_BUF_INIT;
	const struct hc_entity *entity = NULL;
	const char *digits = word, *kind = "episode";
	long long n;
	char *end;

	memset(who, 0, sizeof(*who));
	if (hc_options_pair(word, &name, &digits))
		kind = hc_buf_text(&name);
	hc_options_fold(digits, &plain);
	digits = hc_buf_text(&plain);
	n = strtoll(digits, &end, 10);
	if (*digits >= '0' && *digits <= '9' && *end == '\0' && n > 0)
		entity = hc_catalogue_entity(store->catalogue, kind);
	if (entity == NULL || entity->kind != HC_ENTITY_RECORD)
		program_usage(_("'%s' is no number of an episode, nor "
		    "person=NUMBER"), word);
	if (strcmp(entity->name, "person") == 0)
		who->person = hc_store_id(store, n);
	else if (strcmp(entity->name, "episode") == 0)
		who->episode = hc_store_id(store, n);
	else {
		who->subject = entity->name;
		who->record = hc_store_id(store, n);
	}
	hc_buf_free(&name);
	hc_buf_free(&plain);
}

/* The same where only an episode or a person will do. */
static void
read_episode(const struct hc_store *store, const char *word,
    struct hc_situation_filter *who)
{
	read_who(store, word, who);
	if (who->record != 0)
		program_usage(_("'%s' is no number of an episode, nor "
		    "person=NUMBER"), word);
}

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
	case WHY:
		read_who(f->store, word, &who);
		return hc_followup_why(f, &who);
	default:
		if (word == NULL)
			return hc_followup_situation(f, NULL);
		read_episode(f->store, word, &who);
		return hc_followup_situation(f, &who);
	}
}

/* All verbs that only read. */
static int
look(const struct program *p, enum verb verb)
{
	struct hc_store *store = office_open(p, HC_DB_READ);
	struct hc_expr_clock clock;
	struct hc_followup f = { .store = store, .clock = &clock };
	enum hc_status rc;

	office_clock(p, &clock);
	if ((rc = ask(&f, verb, p->options.args[0])) != HC_OK)
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
	read_episode(store, p->options.args[0], &call.who);
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

	if (verb == CALL)
		return note_call(p);
	if (verb == COLLECT)
		return answers(p);
	return look(p, verb);
}
