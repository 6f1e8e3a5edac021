/* Delivering what waits in the outbox: options and hc.conf, signals. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "task/notify_run.h"

#include "deliver.h"
#include "office.h"

static volatile sig_atomic_t stopping;

void
deliver_letter(const struct program *p,
    struct hc_notify_letter_options *letter)
{
	letter->from = hc_config_get(p->config, HC_CONFIG_MAIL_FROM);
	letter->reply_to = hc_config_get(p->config, HC_CONFIG_MAIL_REPLY_TO);
	letter->bounce = hc_config_get(p->config, HC_CONFIG_MAIL_BOUNCE);
	letter->form_url = hc_config_get(p->config, HC_CONFIG_FORM_URL);
	letter->key_file = hc_config_get(p->config, HC_CONFIG_KEY_FILE);
}

static void
on_signal(int number)
{
	(void)number;
	stopping = 1;
}

static void
show_progress(size_t done, size_t total)
{
	program_progress(done, total, _("messages"));
}

/* A number of hc.conf, where the option was not given. */
static long
configured(const struct program *p, enum hc_config_key key, long given)
{
	const char *text = hc_config_get(p->config, key);
	char *end;
	long n;

	if (given > 0 || text == NULL)
		return given;
	n = strtol(text, &end, 10);
	if (*end != '\0' || n < 0 || n > 1000000)
		program_fail(HC_CONFIG, _("%s: '%s' is no number for '%s'"),
		    hc_config_where(p->config, key), text,
		    hc_config_name(key));
	return n;
}

/* "maildir:" and the whole path of a folder that may not be there yet. */
static void
maildir_url(const char *folder, struct hc_buf *url)
{
	char *here = NULL;

	hc_buf_puts(url, "maildir:");
	if (folder[0] != '/') {
		if ((here = getcwd(NULL, 0)) == NULL)
			program_fail(HC_IO, _("there is no current folder"));
		hc_buf_printf(url, "%s/", here);
		free(here);
	}
	hc_buf_puts(url, folder);
}

static void
set_run(const struct program *p, const struct deliver_options *given,
    struct hc_notify_run_options *o, struct hc_buf *url)
{
	if (given->smtp_url != NULL && given->maildir != NULL)
		program_usage(_("--smtp and --maildir exclude each other"));
	o->url = given->smtp_url != NULL ? given->smtp_url :
	    hc_config_get(p->config, HC_CONFIG_SMTP_URL);
	if (given->maildir != NULL) {
		maildir_url(given->maildir, url);
		o->url = hc_buf_text(url);
	}
	o->transport.user = hc_config_get(p->config, HC_CONFIG_SMTP_USER);
	o->transport.password_file = hc_config_get(p->config,
	    HC_CONFIG_SMTP_PASSWORD_FILE);
	o->transport.connections = (int)configured(p,
	    HC_CONFIG_SMTP_CONNECTIONS, given->connections);
	o->transport.timeout = given->timeout > 600 ? 601 :
	    (int)given->timeout;
	o->rate = (unsigned int)configured(p, HC_CONFIG_MAIL_RATE,
	    given->rate);
	o->domain_rate = (unsigned int)given->domain_rate;
	o->limit = (size_t)given->limit;
	o->now = p->now;
	o->stop = &stopping;
	o->progress = show_progress;
	deliver_letter(p, &o->letter);
}

static void
tell_run(const struct hc_notify_run_count *c)
{
	if (c->recovered > 0)
		program_warn(_("%zu messages of a run that died may have been "
		    "sent twice"), c->recovered);
	if (c->expired > 0)
		program_warn(_("%zu messages were too late for their round "
		    "and failed"), c->expired);
	if (c->not_open > 0)
		program_warn(_("%zu messages wait for the form machine: "
		    "hc-notify invitations | hc-form open | hc-notify "
		    "opened"), c->not_open);
	if (c->closed && c->left > 0)
		program_note(_("it is not the time to send: setting "
		    "'mail_window'"));
	program_note(_("%zu messages sent, %zu failed, %zu in doubt, "
	    "%zu put off, %zu cancelled, %zu left for later"), c->sent,
	    c->failed, c->doubtful, c->deferred, c->cancelled,
	    c->later + c->left);
}

int
deliver(const struct program *p, const struct deliver_options *given)
{
	struct hc_notify_run_options o = { .url = NULL };
	struct sigaction action = { .sa_handler = on_signal };
	struct hc_notify_run_count count;
	struct hc_buf url = HC_BUF_INIT;
	struct hc_store *store;
	enum hc_status rc;

	set_run(p, given, &o, &url);
	store = office_open(p, HC_DB_WRITE);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	rc = hc_notify_run(store, &o, &count);
	program_progress_end();
	if (rc != HC_BUSY)
		tell_run(&count);
	if (rc != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	hc_buf_free(&url);
	return program_finish(count.failed + count.expired > 0 ?
	    HC_NOTFOUND : HC_OK);
}
