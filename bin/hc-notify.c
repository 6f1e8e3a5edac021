/* hc-notify: mails to people, from a durable outbox. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/tsv.h"
#include "task/notify_bounce.h"
#include "task/notify_bundle.h"
#include "task/notify_open.h"
#include "task/notify_send.h"
#include "task/notify_status.h"

#include "deliver.h"
#include "office.h"
#include "print.h"

enum verb { SEND, INVITATIONS, OPENED, RUN, BOUNCES, STATUS, PREVIEW };

static const char *form, *day;
static struct deliver_options run;
static bool failed;

static const struct hc_verb verbs[] = {
	{ "send", N_("write the mails of these episodes into the outbox"),
	    1, 1, SEND },
	{ "invitations", N_("print forms and links for hc-form open"), 0, 0,
	    INVITATIONS },
	{ "opened", N_("note which links hc-form has opened"), 0, 0, OPENED },
	{ "run", N_("deliver what is due"), 0, 0, RUN },
	{ "bounces", N_("note what came back to the bounce address"), 1, 1,
	    BOUNCES },
	{ "status", N_("show how the outbox stands"), 0, 0, STATUS },
	{ "preview", N_("show the mail of an episode or person:N"), 2, 2,
	    PREVIEW },
	{ NULL, NULL, 0, 0, 0 }
};

static const struct hc_option options[] = {
	{ 's', "smtp", "URL", N_("mail server: smtp://HOST[:PORT], also "
	    "?starttls, or smtps://"), HC_OPTION_FILE, &run.smtp_url, "run" },
	{ 'm', "maildir", "FOLDER", N_("deliver into this Maildir"),
	    HC_OPTION_FILE, &run.maildir, "run" },
	{ 'c', "connections", "N", N_("so many at the same time (4)"),
	    HC_OPTION_COUNT, &run.connections, "run" },
	{ 'l', "limit", "N", N_("so many messages at most"),
	    HC_OPTION_COUNT, &run.limit, "run" },
	{ 'r', "rate", "N", N_("so many messages a minute at most"),
	    HC_OPTION_COUNT, &run.rate, "run" },
	{ 0, "domain-rate", "N", N_("so many a minute to one domain at "
	    "most"), HC_OPTION_COUNT, &run.domain_rate, "run" },
	{ 't', "timeout", "SECONDS",
	    N_("wait so long for each reply of the mail server (30)"),
	    HC_OPTION_COUNT, &run.timeout, "run" },
	{ 0, "form", "NAME", N_("this form alone"), HC_OPTION_TEXT, &form,
	    "invitations" },
	{ 0, "day", "DATE", N_("of the rounds of this day"), HC_OPTION_TEXT,
	    &day, "status" },
	{ 0, "failed", NULL, N_("list what failed or was put off, and why"),
	    HC_OPTION_FLAG, &failed, "status" },
	{ 0, NULL, NULL, NULL, HC_OPTION_FLAG, NULL, NULL }
};

static const char *const usage[] = {
	"send [-nqv] [-d DB] [--today DATE] PURPOSE <EPISODES",
	"invitations [-d DB] [--form NAME]",
	"opened [-q] [-d DB] <LINKS",
	"run [-qv] [-d DB] [-s URL | -m FOLDER] [-c N] [-l N] [-r N] "
	    "[--domain-rate N] [-t SECONDS]",
	"bounces [-nq] [-d DB] [-f FORMAT] MAILDIR",
	"status [-d DB] [-f FORMAT] [--day DATE] [--failed]",
	"preview [-d DB] [--today DATE] PURPOSE EPISODE",
	NULL
};

static const char *const examples[] = {
	N_("ask everybody of this round how they are"),
	"hc-followup due | hc-notify send daily",
	N_("open their links on the form machine"),
	"hc-notify invitations | ssh form hc-form open | hc-notify opened",
	N_("deliver through the mail server of this machine"),
	"hc-notify run --smtp smtp://127.0.0.1",
	N_("note the mails that came back"),
	"hc-notify bounces /var/mail/bounce",
	N_("who could not be reached, and why?"),
	"hc-notify status --failed",
	NULL
};

static const struct hc_options_spec spec = {
	.name = "hc-notify",
	.summary = N_("send mails to people"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_WRITING | HC_OPTIONS_OUTPUT,
	.options = options,
	.verbs = verbs,
};

/* Standard input as rows; the caller closes it. */
static struct hc_tsv_reader *
open_input(void)
{
	struct hc_tsv_reader *in;
	enum hc_status rc;

	if ((rc = hc_tsv_open(&in, STDIN_FILENO, "-")) != HC_OK)
		program_fail(rc, "%s", in != NULL ? hc_tsv_error(in) :
		    _("out of memory"));
	return in;
}

static int
send_verb(const struct program *p)
{
	struct hc_notify_send_options o = { .purpose = p->options.args[0],
	    .today = p->today, .now = p->now,
	    .from = hc_config_get(p->config, HC_CONFIG_MAIL_FROM),
	    .key_file = hc_config_get(p->config, HC_CONFIG_KEY_FILE),
	    .dry_run = p->options.dry_run };
	struct hc_tsv_reader *in = open_input();
	struct hc_store *store = office_open(p, HC_DB_WRITE);
	struct hc_notify_send_count count;
	struct hc_table *refused;
	enum hc_status rc;

	rc = hc_notify_send(store, in, &o, &refused, &count);
	if (rc != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	hc_tsv_close(in);
	program_note(o.dry_run ? _("%zu messages would be queued, %zu are "
	    "there already, %zu cannot be sent") : _("%zu messages queued, "
	    "%zu were there already, %zu cannot be sent"), count.queued,
	    count.known, count.refused);
	print_table(p, refused);
	return program_finish(count.refused > 0 ? HC_NOTFOUND : HC_OK);
}

static int
invitations_verb(const struct program *p)
{
	struct hc_store *store = office_open(p, HC_DB_READ);
	struct hc_buf out = HC_BUF_INIT;
	enum hc_status rc;

	rc = hc_notify_bundle(store, form, p->now,
	    hc_config_get(p->config, HC_CONFIG_KEY_FILE), &out);
	if (rc != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	fwrite(hc_buf_text(&out), 1, out.len, program_output());
	hc_buf_free(&out);
	return program_finish(HC_OK);
}

static int
opened_verb(const struct program *p)
{
	struct hc_tsv_reader *in = open_input();
	struct hc_store *store = office_open(p, HC_DB_WRITE);
	struct hc_notify_open_count count;
	enum hc_status rc;

	if ((rc = hc_notify_open(store, in, p->now, &count)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	hc_tsv_close(in);
	if (count.unknown > 0)
		program_warn(_("%zu links belong to no invitation"),
		    count.unknown);
	program_note(_("%zu links opened, %zu were open already"),
	    count.opened, count.known);
	return program_finish(count.unknown > 0 ? HC_NOTFOUND : HC_OK);
}

static int
bounces_verb(const struct program *p)
{
	struct hc_notify_bounce b = { .maildir = p->options.args[0],
	    .now = p->now, .dry_run = p->options.dry_run };
	enum hc_status rc;

	b.store = office_open(p, HC_DB_WRITE);
	b.address = hc_config_get(p->config, HC_CONFIG_MAIL_BOUNCE);
	b.from = hc_config_get(p->config, HC_CONFIG_MAIL_FROM);
	if ((rc = hc_notify_bounce_read(&b)) != HC_OK)
		office_fail(b.store, rc);
	hc_store_close(b.store);
	program_note(_("%zu came back, %zu were noted before, %zu are still "
	    "tried, %zu are something else"), b.failed, b.known, b.delayed,
	    b.other);
	print_table(p, b.table);
	return program_finish(HC_OK);
}

static int
status_verb(const struct program *p)
{
	struct hc_store *store;
	struct hc_table *table;
	enum hc_status rc;
	int32_t date;

	if (day != NULL && hc_date_parse_iso(day, &date) != HC_OK)
		program_usage(_("'%s' is no date as 2021-01-16"), day);
	store = office_open(p, HC_DB_READ);
	rc = failed ? hc_notify_status_failed(store, day, &table) :
	    hc_notify_status(store, day, &table);
	return print_and_end(p, store, rc, table);
}

static int
preview_verb(const struct program *p)
{
	struct hc_notify_preview preview = { .purpose = p->options.args[0],
	    .today = p->today, .now = p->now, .letter.local = true };
	const char *word = p->options.args[1];
	struct hc_store *store = office_open(p, HC_DB_READ);
	struct hc_buf out = HC_BUF_INIT;
	bool person = strncmp(word, "person:", 7) == 0;
	const char *number = person ? word + 7 : word;
	enum hc_status rc;
	char *end;
	long long id;

	id = strtoll(number, &end, 10);
	if (number[0] < '0' || number[0] > '9' || *end != '\0')
		program_usage(_("'%s' is no number of an episode, and not "
		    "person:N"), word);
	*(person ? &preview.person : &preview.episode) =
	    hc_store_id(store, id);
	deliver_letter(p, &preview.letter);
	rc = hc_notify_status_preview(store, &preview, &out);
	if (rc != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	fwrite(hc_buf_text(&out), 1, out.len, program_output());
	hc_buf_free(&out);
	return program_finish(HC_OK);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);

	switch (p->options.verb->id) {
	case SEND:
		return send_verb(p);
	case INVITATIONS:
		return invitations_verb(p);
	case OPENED:
		return opened_verb(p);
	case RUN:
		return deliver(p, &run);
	case BOUNCES:
		return bounces_verb(p);
	case STATUS:
		return status_verb(p);
	default:
		return preview_verb(p);
	}
}
