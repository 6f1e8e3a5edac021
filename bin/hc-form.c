/* hc-form: the public web form, on a machine without names. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

#include "base/config.h"
#include "base/date.h"
#include "base/i18n.h"
#include "task/form_clock.h"
#include "task/form_drop.h"
#include "task/form_open.h"
#include "task/form_server.h"
#include "task/form_store.h"

enum verb { SERVE, OPEN, TAKE, DROP };

static const char *store_path, *listen_at;

static const struct hc_verb verbs[] = {
	{ "serve", N_("show the form and keep sealed answers"), 0, 0, SERVE },
	{ "open", N_("read a bundle of forms and links"), 0, 0, OPEN },
	{ "take", N_("print all sealed answers"), 0, 0, TAKE },
	{ "drop", N_("remove the answers that the office has"), 0, 0, DROP },
	{ NULL, NULL, 0, 0, 0 }
};

static const struct hc_option options[] = {
	{ 's', "store", "FILE", N_("the form machine's file (form.db)"),
	    HC_OPTION_FILE, &store_path, NULL },
	{ 'l', "listen", "ADDRESS",
	    N_("where to listen (127.0.0.1:8080); port 0 is any free one"),
	    HC_OPTION_TEXT, &listen_at, "serve" },
	{ 0, NULL, NULL, NULL, HC_OPTION_FLAG, NULL, NULL }
};

static const char *const usage[] = {
	"serve [-qv] [-s FILE] [-l ADDRESS] [--today DATE]",
	"open [-s FILE] [--today DATE] <BUNDLE",
	"take [-s FILE]",
	"drop [-q] [-s FILE] [--today DATE] <ANSWERS",
	NULL
};

static const char *const examples[] = {
	N_("open today's links on the form machine, from the office"),
	"hc-notify invitations | ssh form hc-form open",
	N_("bring the answers in, and remove what the office has"),
	"ssh form hc-form take | hc-followup collect | ssh form hc-form drop",
	N_("show the form to the reverse proxy of this machine"),
	"hc-form serve --store /var/lib/hc/form.db",
	NULL
};

static const struct hc_options_spec spec = {
	.name = "hc-form",
	.summary = N_("the public web form, on a machine without names"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_QUIET | HC_OPTIONS_VERBOSE | HC_OPTIONS_TODAY,
	.options = options,
	.verbs = verbs,
};

/* Links open and expire by the clock on the wall, but in trials of another
   day (--today). */
static int64_t ahead;

static struct hc_form_store *
open_store(void)
{
	struct hc_form_store *store;
	enum hc_status rc;

	if ((rc = hc_form_store_open(&store, store_path)) != HC_OK)
		program_fail(rc, _("cannot open '%s': %s"), store_path,
		    hc_form_store_error(store));
	return store;
}

static int
do_open(void)
{
	char now[HC_INSTANT_SIZE];
	struct hc_buf out = HC_BUF_INIT;
	struct hc_form_store *store = open_store();
	struct hc_error err;
	enum hc_status rc;

	hc_form_clock(ahead, now);
	if ((rc = hc_form_open(store, stdin, now, &out, &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	hc_form_store_close(store);
	fputs(hc_buf_text(&out), program_output());
	hc_buf_free(&out);
	return program_finish(HC_OK);
}

/* Some at a time: the store is free again before each part is printed. */
static int
do_take(void)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_form_store *store = open_store();
	int64_t after = 0;
	enum hc_status rc;

	hc_buf_puts(&out, "answer\tlink\tat\tsealed\n");
	do {
		rc = hc_form_store_take(store, &after, 1000, &out);
		fwrite(hc_buf_text(&out), 1, out.len, program_output());
		hc_buf_clear(&out);
	} while (rc == HC_OK && !ferror(program_output()));
	if (rc != HC_OK && rc != HC_NOTFOUND)
		program_fail(rc, "%s", hc_form_store_error(store));
	hc_form_store_close(store);
	hc_buf_free(&out);
	return program_finish(HC_OK);
}

static int
do_drop(void)
{
	char now[HC_INSTANT_SIZE];
	struct hc_form_store *store = open_store();
	struct hc_error err;
	enum hc_status rc;
	int64_t dropped;

	hc_form_clock(ahead, now);
	if ((rc = hc_form_drop(store, STDIN_FILENO, now, &dropped,
	    &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	hc_form_store_close(store);
	program_note(_("%lld answers removed"), (long long)dropped);
	return program_finish(HC_OK);
}

static void
log_line(void *arg, const char *line)
{
	char now[HC_INSTANT_SIZE];

	(void)arg;
	hc_form_clock(ahead, now);
	program_detail("%s %s", now, line);
}

static int
do_serve(const struct program *p)
{
	struct hc_form_server_options server_options = {
	    .store = store_path, .ahead = ahead, .listen = listen_at,
	    .log = p->options.verbose ? log_line : NULL };
	struct hc_form_server *server;
	struct hc_error err;
	enum hc_status rc;
	sigset_t set;
	int sig;

	/* Blocked before the threads begin, so that all have them so. */
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	if ((rc = hc_form_server_start(&server, &server_options,
	    &err)) != HC_OK)
		program_fail(rc, "%s", err.text);
	program_note(_("listening on %s"), hc_form_server_address(server));
	while (sigwait(&set, &sig) != 0)
		continue;
	hc_form_server_stop(server);
	return program_finish(HC_OK);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);

	if (strcmp(p->now, p->clock) != 0)
		ahead = hc_form_clock_ahead(p->now);
	if (store_path == NULL)
		store_path = hc_config_get(p->config, HC_CONFIG_FORM_STORE);
	if (store_path == NULL)
		store_path = "form.db";
	if (listen_at == NULL)
		listen_at = hc_config_get(p->config, HC_CONFIG_FORM_LISTEN);
	if (listen_at == NULL)
		listen_at = "127.0.0.1:8080";
	switch (p->options.verb->id) {
	case SERVE:
		return do_serve(p);
	case OPEN:
		return do_open();
	case TAKE:
		return do_take();
	default:
		return do_drop();
	}
}
