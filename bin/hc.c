/*
 * hc: runs the other programs ("hc search X" is "hc-search X"), lists them,
 * and shows their manuals.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/near.h"

#include "program.h"

/* In the order in which an office meets them.  The words are those with
   which each program describes itself (tests/0020-help.t compares). */
static const struct {
	const char *verb;
	const char *help;
} programs[] = {
	{ "init", N_("create or upgrade a database") },
	{ "import", N_("read lists from spreadsheets") },
	{ "search", N_("find people and other records") },
	{ "show", N_("show people's whole records") },
	{ "edit", N_("add, change, delete, restore and merge records") },
	{ "followup", N_("today's round and the work lists") },
	{ "notify", N_("send mails to people") },
	{ "form", N_("the public web form, on a machine without names") },
	{ "report", N_("tables and figures") },
	{ "plot", N_("draw graphs of tables") },
	{ "export", N_("write records to workbooks and CSV") },
	{ "define", N_("fields, forms, rules and other settings") },
	{ "log", N_("history, undo and verification") },
	{ "check", N_("find faults of the database and its data") },
};

#define PROGRAMS (sizeof(programs) / sizeof(programs[0]))

static const char *const examples[] = {
	N_("Which programs are there?"), "hc",
	N_("Who is calling?"), "hc search 048-000-1234",
	N_("How is that program used?"), "hc help search",
	NULL
};
static const char *const usage[] = {
	"",
	"VERB [ARGUMENT ...]",
	"help [VERB]",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc",
	.summary = N_("run the programs of the health centre's toolkit"),
	.examples = examples,
	.usage = usage,
	.max_args = -1,
	.keep_args = true,
	.stop_at_word = true,
};

/* The folder in which this program lies, "" if it is not known. */
static const char *
own_folder(void)
{
	static char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	path[len > 0 ? len : 0] = '\0';
	if ((slash = strrchr(path, '/')) != NULL)
		*slash = '\0';
	return path;
}

/* Append "FOLDER/hc-VERB" and see whether it can be run. */
static bool
is_beside(const char *verb, struct hc_buf *path)
{
	hc_buf_printf(path, "%s/hc-%s", own_folder(), verb);
	return !hc_buf_failed(path) && access(hc_buf_text(path), X_OK) == 0;
}

static void
list_programs(void)
{
	struct hc_buf path = HC_BUF_INIT;
	FILE *out = program_output();
	size_t i;

	for (i = 0; i < PROGRAMS; i++) {
		hc_buf_clear(&path);
		if (is_beside(programs[i].verb, &path))
			fprintf(out, "hc %-11s %s\n", programs[i].verb,
			    _(programs[i].help));
	}
	fprintf(out, "hc %-11s %s\n", "help VERB",
	    _("show a program's manual"));
	hc_buf_free(&path);
}

/* Become another program; returns only if there is no such program. */
static void
become(const char *path, const char *const *argv)
{
	struct sigaction action;

	/* We ignore SIGPIPE; others need not know how to. */
	memset(&action, 0, sizeof(action));
	action.sa_handler = SIG_DFL;
	sigaction(SIGPIPE, &action, NULL);
	execvp(path, (char *const *)(uintptr_t)argv);
	if (errno != ENOENT && errno != ENOTDIR)
		program_fail(errno == EACCES ? HC_DENIED : HC_ERROR,
		    _("cannot run '%s': %s"), path, strerror(errno));
}

static void
unknown(const char *verb)
{
	struct hc_buf path = HC_BUF_INIT;
	const char *best = hc_near_better(verb, "help", NULL);
	size_t i;

	for (i = 0; i < PROGRAMS; i++) {
		hc_buf_clear(&path);
		if (is_beside(programs[i].verb, &path))
			best = hc_near_better(verb, programs[i].verb, best);
	}
	hc_buf_free(&path);
	if (best != NULL)
		program_usage(_("unknown verb '%s': did you mean '%s'?"),
		    verb, best);
	program_usage(_("unknown verb '%s'"), verb);
}

/* hc VERB ...: the program beside this one, then the one in PATH. */
static void
run(const char **args)
{
	struct hc_buf path = HC_BUF_INIT, name = HC_BUF_INIT;
	struct hc_buf verb = HC_BUF_INIT;

	hc_options_fold(args[0], &verb);
	hc_buf_printf(&name, "hc-%s", hc_buf_text(&verb));
	if (hc_buf_failed(&name))
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	if (strchr(hc_buf_text(&verb), '/') == NULL) {
		args[0] = hc_buf_text(&name);
		if (is_beside(hc_buf_text(&verb), &path))
			become(hc_buf_text(&path), args);
		become(hc_buf_text(&name), args);
	}
	unknown(hc_buf_text(&verb));
}

/*
 * Append the path of a page: installed, or in the source tree; in Japanese
 * where there is one.  False if there is none.
 */
static bool
find_page(const char *name, const char *lang, struct hc_buf *path)
{
	bool ja = strcmp(lang, "ja") == 0;
	int i;

	for (i = ja ? 0 : 1; i < 2; i++) {
		const char *sub = i == 0 ? "ja/" : "";

		hc_buf_clear(path);
		hc_buf_printf(path, "%s/../share/man/%sman1/%s.1",
		    own_folder(), sub, name);
		if (access(hc_buf_text(path), R_OK) == 0)
			return true;
		hc_buf_clear(path);
		hc_buf_printf(path, "%s/../../man/%s%s.1", own_folder(), sub,
		    name);
		if (access(hc_buf_text(path), R_OK) == 0)
			return true;
	}
	return false;
}

/* hc help VERB: its manual, or its --help where none can be shown. */
static void
help(const char *verb, const char *lang)
{
	struct hc_buf name = HC_BUF_INIT, page = HC_BUF_INIT;
	struct hc_buf path = HC_BUF_INIT;
	const char *mandoc[] = { "mandoc", "-a", "-Tutf8", NULL, NULL };
	const char *man[] = { "man", "-l", NULL, NULL };
	const char *self[] = { NULL, "--help", NULL };

	hc_buf_puts(&name, "hc");
	if (strcmp(verb, "hc") != 0)
		hc_buf_printf(&name, "-%s", verb);
	if (strchr(verb, '/') != NULL)
		unknown(verb);
	if (find_page(hc_buf_text(&name), lang, &page)) {
		if (!isatty(STDOUT_FILENO)) {
			mandoc[1] = mandoc[2];
			mandoc[2] = NULL;
		}
		mandoc[mandoc[2] == NULL ? 2 : 3] = hc_buf_text(&page);
		man[2] = hc_buf_text(&page);
		become("mandoc", mandoc);
		become("man", man);
	}
	self[0] = hc_buf_text(&name);
	if (is_beside(verb, &path))
		become(hc_buf_text(&path), self);
	become(hc_buf_text(&name), self);
	unknown(verb);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	const char **args = p->options.args;

	if (p->options.nargs == 0)
		list_programs();
	else if (strcmp(args[0], "help") != 0)
		run(args);
	else if (p->options.nargs == 1)
		help("hc", p->lang);
	else
		help(args[1], p->lang);
	return program_finish(HC_OK);
}
