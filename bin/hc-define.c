/* hc-define: an office's own settings, without code. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "store/run.h"
#include "task/define.h"
#include "task/define_file.h"

#include "definitions.h"
#include "office.h"
#include "print.h"

enum { LIST, SHOW, ADD, SET, DROP, EXPORT, APPLY, OTHER };

static bool own;

static const struct hc_option options[] = {
	{ 0, "own", NULL, N_("only what the office itself added"),
	    HC_OPTION_FLAG, &own, "export" },
	{ 0 }
};
static const struct hc_verb verbs[] = {
	{ "list", N_("list kinds, or the definitions of one"), 0, -1, LIST },
	{ "show", N_("one definition with all it says"), 2, -1, SHOW },
	{ "add", N_("add a definition"), 2, -1, ADD },
	{ "set", N_("change a definition"), 2, -1, SET },
	{ "drop", N_("take a definition away"), 2, -1, DROP },
	{ "export", N_("print definitions as a file"), 0, 1, EXPORT },
	{ "apply", N_("add and change what a file says"), 1, 1, APPLY },
	{ "", N_("the same, the kind first: field add ..."), 0, -1, OTHER },
	{ 0 }
};
static const char *const examples[] = {
	N_("What can be settled here?"),
	"hc-define list",
	N_("How do I add a field of my own?"),
	"hc-define field add person x_school_class label_ja=学級 type=text",
	N_("How do I change a setting?"),
	"hc-define setting set fever_threshold 37.0",
	NULL
};
static const char *const usage[] = {
	"[option ...] list [KIND [KEY ...]]",
	"[option ...] show KIND KEY ...",
	"[option ...] add KIND KEY ... NAME=VALUE ...",
	"[option ...] set KIND KEY ... NAME=VALUE ...",
	"[option ...] drop KIND KEY ...",
	"[option ...] export [--own] [KIND]",
	"[option ...] apply FILE",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-define",
	.summary = N_("fields, forms, rules and other settings"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_WRITING,
	.options = options,
	.verbs = verbs,
	.keep_args = true,
};

/* The command line, whichever word came first. */
static struct {
	int verb;
	const char *const *words;	/* after the kind */
	size_t nwords;
	const struct hc_entity *entity;	/* NULL: no kind was given */
} command;

/* End with ${words}, and the verb that ${word} may be, mistyped. */
static void
suggest(const struct program *p, enum hc_status rc, const char *words,
    const char *word)
{
	const char *near = hc_options_near_verb(verbs, word);

	if (p->options.verb->id == OTHER && near != NULL)
		program_fail(rc, _("%s; or did you mean 'hc-define %s%s%s'?"),
		    words, command.entity != NULL ? command.entity->name : "",
		    command.entity != NULL ? " " : "", near);
	program_fail(rc, "%s", words);
}

static void
understand(const struct program *p, struct hc_store *store)
{
	const char **args = p->options.args;
	int i, n = p->options.nargs;
	const char *kind = n > 0 ? args[0] : NULL;
	enum hc_status rc;

	command.verb = p->options.verb->id;
	command.words = args + (n > 0);
	command.nwords = n > 0 ? (size_t)n - 1 : 0;
	if (command.verb == OTHER) {
		command.verb = LIST;
		for (i = 0; n > 1 && verbs[i].id != OTHER; i++)
			if (strcmp(verbs[i].name, args[1]) == 0) {
				command.verb = verbs[i].id;
				command.words++;
				command.nwords--;
				break;
			}
	}
	if (command.verb == APPLY) {
		command.words = args;
		command.nwords = (size_t)n;
		return;
	}
	if (kind != NULL && (rc = hc_define_kind(store, kind,
	    &command.entity)) != HC_OK)
		suggest(p, rc, hc_store_error(store), kind);
	if (command.entity == NULL && command.verb != LIST &&
	    command.verb != EXPORT)
		program_usage(_("which kind? see hc-define list"));
}

/* Words that begin no key are told: nobody asks for nothing. */
static enum hc_status
list(const struct program *p, struct hc_store *store, bool brief,
    struct hc_table **table)
{
	const char *word = command.nwords > 0 ? command.words[0] : NULL;
	struct hc_error err;
	enum hc_status rc;

	rc = hc_define_list(store, command.entity, command.words,
	    command.nwords, brief, table);
	if (rc == HC_INVALID && word != NULL)
		suggest(p, rc, hc_store_error(store), word);
	if (rc == HC_OK && word != NULL && hc_table_rows(*table) == 0) {
		hc_error_set(&err, HC_NOTFOUND,
		    _("no '%s' begins so: '%s'"), command.entity->name, word);
		suggest(p, HC_NOTFOUND, err.text, word);
	}
	return rc;
}

static int
do_read(const struct program *p, struct hc_store *store)
{
	bool brief = p->format == HC_FORMAT_TABLE;
	struct hc_table *table = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (command.verb == EXPORT)
		rc = hc_define_export(store, command.entity, own, &table);
	else if (command.verb == SHOW) {
		rc = hc_define_find(store, command.entity, command.words,
		    command.nwords, &row);
		if (rc == HC_OK)
			rc = hc_define_show(store, row, brief, &table);
		hc_row_free(row);
	} else if (command.entity == NULL)
		rc = hc_define_kinds(store, &table);
	else
		rc = list(p, store, brief, &table);
	return print_and_end(p, store, rc, table);
}

/* "x_class type=text" as key and values; of a setting the last word alone
   is its value. */
static enum hc_status
put(struct hc_define *define, struct hc_table *plan)
{
	struct hc_define_change change = { .entity = command.entity,
	    .mode = command.verb == ADD ? HC_DEFINE_ADD : HC_DEFINE_SET,
	    .key = command.words };
	struct hc_define_value *values;
	struct hc_buf names = HC_BUF_INIT;
	enum hc_status rc;
	size_t i;

	values = calloc(command.nwords + 1, sizeof(*values));
	if (values == NULL)
		program_fail(HC_NOMEM, _("out of memory"));
	change.values = values;
	for (i = 0; i < command.nwords; i++) {
		size_t at = names.len;

		if (!hc_options_pair(command.words[i], &names,
		    &values[change.nvalues].text)) {
			if (change.nvalues > 0)
				program_usage(_("'%s' is no NAME=VALUE"),
				    command.words[i]);
			change.nkey++;
			continue;
		}
		hc_buf_putc(&names, '\0');
		if (hc_buf_failed(&names))
			program_fail(HC_NOMEM, _("out of memory"));
		values[change.nvalues++].name = strdup(names.data + at);
	}
	if (strcmp(command.entity->name, "setting") == 0 &&
	    change.nvalues == 0 && change.nkey == 2) {
		values[change.nvalues].name = strdup("value");
		values[change.nvalues++].text = command.words[--change.nkey];
	}
	rc = hc_define_put(define, &change, plan);
	for (i = 0; i < change.nvalues; i++)
		free((char *)values[i].name);
	free(values);
	hc_buf_free(&names);
	return rc;
}

static enum hc_status
apply(struct hc_define *define, struct hc_table *plan)
{
	const char *name = command.words[0];
	struct hc_tsv_reader *tsv = NULL;
	enum hc_status rc;
	int fd;

	definitions_open(name, &tsv, &fd);
	rc = hc_define_apply(define, tsv, plan, definitions_fault,
	    (void *)name);
	definitions_close(tsv, fd);
	return rc;
}

static int
do_write(const struct program *p, struct hc_store *store)
{
	static const char *const notes[] = { [ADD] = N_("definition added"),
	    [SET] = N_("definition changed"), [DROP] = N_("definition dropped"),
	    [APPLY] = N_("definitions applied") };
	struct hc_expr_clock clock;
	struct hc_value_rule rule;
	struct hc_define *define;
	struct hc_table *plan;
	enum hc_status rc;
	int64_t run = 0;

	office_clock(p, &clock);
	hc_value_rule_plain(&rule, store->office, p->today, p->offset);
	if (hc_define_plan(&plan) != HC_OK)
		program_fail(HC_NOMEM, _("out of memory"));
	if ((rc = hc_define_new(&define, store, &rule, &clock)) != HC_OK ||
	    (rc = hc_run_begin(store, notes[command.verb])) != HC_OK)
		office_fail(store, rc);
	rc = command.verb == APPLY ? apply(define, plan) :
	    command.verb == DROP ? hc_define_drop(define, command.entity,
	    command.words, command.nwords, plan) : put(define, plan);
	if (rc == HC_OK)
		rc = hc_define_settle(define, definitions_fault, NULL);
	if (rc != HC_OK)
		office_fail(store, rc);
	if (p->options.dry_run)
		hc_run_rollback(store);
	else if ((rc = hc_run_commit(store, &run)) != HC_OK)
		office_fail(store, rc);
	hc_define_free(define);
	hc_store_close(store);
	if (p->options.dry_run)
		program_note(_("nothing was changed: --dry-run"));
	else if (run == 0)
		program_note(_("nothing to change"));
	else
		program_note(_("changed as run %lld; hc-log undo %lld takes "
		    "it back"), (long long)(run % HC_ID_SPAN),
		    (long long)(run % HC_ID_SPAN));
	if (p->options.quiet)
		hc_table_free(plan);
	else
		print_table(p, plan);
	return program_finish(HC_OK);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_store *store;
	int verb = p->options.verb->id;
	bool writes;

	/* Which it is with the kind first, is known before the store. */
	writes = verb == ADD || verb == SET || verb == DROP || verb == APPLY;
	if (verb == OTHER && p->options.nargs > 1)
		writes = strcmp(p->options.args[1], "add") == 0 ||
		    strcmp(p->options.args[1], "set") == 0 ||
		    strcmp(p->options.args[1], "drop") == 0;
	store = office_open(p, writes ? HC_DB_WRITE : HC_DB_READ);
	understand(p, store);
	return writes ? do_write(p, store) : do_read(p, store);
}
