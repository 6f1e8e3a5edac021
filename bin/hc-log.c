/* hc-log: what was done, by whom; taking a run back; the hash chain. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "record/undo.h"
#include "store/run.h"
#include "task/define.h"
#include "task/history.h"

#include "office.h"
#include "print.h"

enum { RUNS, RUN, UNDO, VERIFY, ACCESS, RECORD };

static const char *login, *program_name, *day, *person, *head;
static long limit;

static const struct hc_option options[] = {
	{ 0, "login", N_("LOGIN"), N_("only what this member of staff did"),
	    HC_OPTION_TEXT, &login, NULL },
	{ 0, "program", N_("NAME"), N_("only what was done with this program"),
	    HC_OPTION_TEXT, &program_name, NULL },
	{ 0, "day", N_("DATE"), N_("only what was done on this day"),
	    HC_OPTION_TEXT, &day, NULL },
	{ 0, "limit", N_("N"), N_("at most so many"), HC_OPTION_COUNT, &limit,
	    NULL },
	{ 0, "person", N_("NUMBER"), N_("only looks at this person"),
	    HC_OPTION_TEXT, &person, "access" },
	{ 0, "head", N_("HASH"), N_("a hash noted earlier must be in the "
	    "chain"), HC_OPTION_TEXT, &head, "verify" },
	{ 0 }
};
static const struct hc_verb verbs[] = {
	{ "runs", N_("list runs, newest first"), 0, 0, RUNS },
	{ "run", N_("what a run changed"), 1, 1, RUN },
	{ "undo", N_("take a run back"), 1, 1, UNDO },
	{ "verify", N_("check the hash chain and print its head"), 0, 0,
	    VERIFY },
	{ "access", N_("who looked at whose record"), 0, 0, ACCESS },
	{ "", N_("the history of a record, as: person 12"), 0, -1, RECORD },
	{ 0 }
};
static const char *const examples[] = {
	N_("What was done lately?"),
	"hc-log --limit 20",
	N_("Who changed this person, when, and what?"),
	"hc-log person 12",
	N_("An import went wrong: what would taking it back do?"),
	"hc-log undo 5 --dry-run",
	NULL
};
static const char *const usage[] = {
	"[option ...]",
	"[option ...] run RUN",
	"[option ...] KIND NUMBER",
	"[option ...] undo [-n] RUN",
	"[option ...] verify [--head HASH]",
	"[option ...] access [--person NUMBER]",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-log",
	.summary = N_("history, undo and verification"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_WRITING & ~HC_OPTIONS_TODAY,
	.options = options,
	.verbs = verbs,
};

static int64_t
read_number(const struct hc_store *store, const char *text)
{
	long long n;
	char *end;

	n = strtoll(text, &end, 10);
	if (end == text || *end != '\0' || n <= 0)
		program_usage(_("'%s' is no number"), text);
	return hc_store_id(store, n);
}

static int
do_record(const struct program *p, struct hc_store *store,
    const struct hc_history_filter *filter)
{
	const char *const *words = p->options.args;
	const struct hc_entity *e;
	struct hc_table *table = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;
	int64_t id;

	if (p->options.nargs == 0) {
		rc = hc_history_runs(store, filter, &table);
		return print_and_end(p, store, rc, table);
	}
	if ((rc = hc_define_entity(store, words[0], &e)) != HC_OK)
		office_fail(store, rc);
	if (p->options.nargs < 2)
		program_usage(_("which '%s'? give its number"), words[0]);
	if (e->kind == HC_ENTITY_DEFINITION) {
		if ((rc = hc_define_find(store, e, words + 1,
		    (size_t)p->options.nargs - 1, &row)) != HC_OK)
			office_fail(store, rc);
		id = row->id;
		hc_row_free(row);
	} else {
		if (p->options.nargs > 2)
			program_usage(_("one number, please"));
		id = read_number(store, words[1]);
	}
	rc = hc_history_record(store, e, id, filter, &table);
	return print_and_end(p, store, rc, table);
}

static int
do_access(const struct program *p, struct hc_store *store,
    const struct hc_history_filter *filter)
{
	struct hc_table *table = NULL;
	enum hc_status rc;

	rc = hc_history_access(store, person != NULL ? "person" : NULL,
	    person != NULL ? read_number(store, person) : 0, filter, &table);
	return print_and_end(p, store, rc, table);
}

static void
misfit(void *arg, int64_t run, int64_t change, const char *words)
{
	(void)arg;
	if (change != 0)
		program_warn(_("run %lld, change %lld: %s"),
		    (long long)(run % HC_ID_SPAN),
		    (long long)(change % HC_ID_SPAN), words);
	else
		program_warn(_("run %lld: %s"), (long long)(run % HC_ID_SPAN),
		    words);
}

static int
do_verify(const struct program *p, struct hc_store *store)
{
	enum hc_status rc, noted = HC_OK;
	char found[65];
	int64_t run = 0;

	(void)p;
	rc = hc_run_verify(store, misfit, NULL, found);
	if (rc != HC_OK && rc != HC_INVALID)
		office_fail(store, rc);
	if (head != NULL && (noted = hc_run_find_hash(store, head, &run)) !=
	    HC_OK)
		program_warn("%s", hc_store_error(store));
	hc_store_close(store);
	if (head != NULL && noted == HC_OK)
		program_note(_("the noted hash is that of run %lld"),
		    (long long)(run % HC_ID_SPAN));
	fprintf(program_output(), "%s\n", found);
	if (rc == HC_OK && noted != HC_OK)
		rc = noted == HC_NOTFOUND ? HC_INVALID : noted;
	if (rc != HC_OK)
		program_warn(_("the log was changed or is damaged"));
	return program_finish(rc);
}

/* What undo keeps, as rows. */
struct kept {
	struct hc_table *table;
	enum hc_status status;
};

static void
keep(void *arg, const char *entity, int64_t record, const char *field,
    const char *words)
{
	struct kept *kept = arg;
	char id[24];
	const char *cells[] = { id, entity, field, words };

	snprintf(id, sizeof(id), "%lld", (long long)record);
	if (kept->status == HC_OK)
		kept->status = hc_table_row(kept->table, cells);
}

static void
fault(void *arg, const char *what, const char *field, const char *words)
{
	(void)arg;
	program_warn("%s%s%s: %s", what, field != NULL ? ": " : "",
	    field != NULL ? field : "", words);
}

/* Take the run back within a run of its own; definitions must make sense
   afterwards too. */
static enum hc_status
undo(const struct program *p, struct hc_store *store, int64_t run,
    struct kept *kept)
{
	struct hc_buf note = HC_BUF_INIT;
	struct hc_define *define;
	struct hc_expr_clock clock;
	struct hc_value_rule rule;
	enum hc_status rc, undone;

	office_clock(p, &clock);
	hc_value_rule_plain(&rule, store->office, p->today, p->offset);
	hc_buf_printf(&note, "undo of run %lld", (long long)(run % HC_ID_SPAN));
	if ((rc = hc_define_new(&define, store, &rule, &clock)) != HC_OK ||
	    (rc = hc_run_begin(store, hc_buf_text(&note))) != HC_OK)
		office_fail(store, rc);
	undone = hc_undo(store, run, keep, kept);
	if (undone != HC_OK && undone != HC_CONFLICT)
		office_fail(store, undone);
	if (kept->status != HC_OK)
		program_fail(kept->status, _("out of memory"));
	if ((rc = hc_define_settle(define, fault, NULL)) != HC_OK)
		office_fail(store, rc);
	hc_define_free(define);
	hc_buf_free(&note);
	return undone;
}

static int
do_undo(const struct program *p, struct hc_store *store)
{
	static const struct hc_table_column columns[] = {
		{ "record", N_("number"), HC_TYPE_INTEGER },
		{ "entity", N_("kind"), HC_TYPE_TEXT },
		{ "field", N_("field"), HC_TYPE_TEXT },
		{ "reason", N_("kept because it"), HC_TYPE_TEXT },
	};
	int64_t run = read_number(store, p->options.args[0]), made, changes;
	struct kept kept = { NULL, HC_OK };
	enum hc_status rc, undone;

	if (hc_table_new(&kept.table, columns, 4) != HC_OK)
		program_fail(HC_NOMEM, _("out of memory"));
	undone = undo(p, store, run, &kept);
	changes = hc_run_changes(store);
	made = 0;
	if (p->options.dry_run)
		hc_run_rollback(store);
	else if ((rc = hc_run_commit(store, &made)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	if (p->options.dry_run)
		program_note(_("%lld changes would be made"),
		    (long long)changes);
	else if (made == 0)
		program_note(_("nothing to take back"));
	else
		program_note(_("%lld changes, as run %lld"),
		    (long long)changes, (long long)(made % HC_ID_SPAN));
	print_table(p, kept.table);
	return program_finish(undone);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_history_filter filter = { .login = login,
	    .program = program_name, .day = day, .offset = p->offset,
	    .limit = limit, .shown = p->format == HC_FORMAT_TABLE };
	int verb = p->options.verb != NULL ? p->options.verb->id : RUNS;
	struct hc_table *table = NULL;
	struct hc_store *store;
	enum hc_status rc;

	store = office_open(p, verb == UNDO ? HC_DB_WRITE : HC_DB_READ);
	switch (verb) {
	case RUNS:
		rc = hc_history_runs(store, &filter, &table);
		return print_and_end(p, store, rc, table);
	case RUN:
		rc = hc_history_run(store, read_number(store,
		    p->options.args[0]), &filter, &table);
		return print_and_end(p, store, rc, table);
	case UNDO:
		return do_undo(p, store);
	case VERIFY:
		return do_verify(p, store);
	case ACCESS:
		return do_access(p, store, &filter);
	default:
		return do_record(p, store, &filter);
	}
}
