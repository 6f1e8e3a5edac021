/*
 * The pool of connections of a transport.
 *
 * There are as many slots as connections and as threads, so that a message
 * handed over is never waiting for another one to end.  The lock covers the
 * states of the slots; a thread that works on a slot has it to itself.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/mime.h"
#include "base/norm.h"
#include "base/status.h"
#include "task/maildir.h"
#include "task/relay.h"
#include "task/smtp.h"

#include "task/transport.h"

#define CONNECTIONS_MAX 64
#define LINE_MAX_SMTP 998	/* RFC 5321 4.5.3.1.6, without the CRLF */

enum slot_state {
	SLOT_FREE,
	SLOT_WAITING,		/* for a thread to take it */
	SLOT_WORKING,
	SLOT_DONE		/* for hc_transport_next() */
};

struct slot {
	enum slot_state state;
	uint64_t turn;		/* order of submitting, then of ending */
	struct hc_transport_job job;
	char *copies;		/* of from, to and data, in one piece */
	struct hc_transport_result result;
};

struct worker {
	struct hc_transport *t;
	struct hc_smtp *smtp;	/* NULL for a Maildir */
	pthread_t thread;
	bool running;
};

struct hc_transport {
	char *maildir;		/* its path, or NULL for SMTP */
	int n;			/* slots and workers */
	struct slot slots[CONNECTIONS_MAX];
	struct worker workers[CONNECTIONS_MAX];
	pthread_mutex_t lock;
	pthread_cond_t submitted;
	pthread_cond_t ended;
	bool ready;		/* the three above are initialised */
	bool closing;
	uint64_t turn;
};

static enum hc_status
open_smtp(struct hc_transport *t, const char *url,
    const struct hc_transport_options *options, struct hc_error *err)
{
	struct hc_relay relay;
	enum hc_status rc;
	int i;

	if ((rc = hc_relay_parse(&relay, url, options, err)) != HC_OK)
		return rc;
	for (i = 0; i < t->n && rc == HC_OK; i++)
		rc = hc_smtp_new(&t->workers[i].smtp, &relay, err);
	hc_relay_clear(&relay);
	return rc;
}

static enum hc_status
open_maildir(struct hc_transport *t, const char *path, struct hc_error *err)
{
	if (path[0] != '/')
		return hc_error_set(err, HC_INVALID,
		    _("'%s' does not begin with '/'"), path);
	if ((t->maildir = strdup(path)) == NULL)
		return hc_error_nomem(err);
	return hc_maildir_make(path, err);
}

/* The slot in ${state} whose turn came first, or NULL. */
static struct slot *
first(struct hc_transport *t, enum slot_state state)
{
	struct slot *slot = NULL;
	int i;

	for (i = 0; i < t->n; i++)
		if (t->slots[i].state == state &&
		    (slot == NULL || t->slots[i].turn < slot->turn))
			slot = &t->slots[i];
	return slot;
}

static void
deliver(struct worker *worker, struct slot *slot)
{
	struct hc_transport_result *result = &slot->result;

	*result = (struct hc_transport_result){ .id = slot->job.id };
	if (worker->smtp != NULL)
		hc_smtp_send(worker->smtp, &slot->job, result);
	else
		hc_maildir_deliver(worker->t->maildir, &slot->job, result);
	result->when = (int64_t)time(NULL);
	free(slot->copies);
	slot->copies = NULL;
}

static void *
work(void *arg)
{
	struct worker *worker = arg;
	struct hc_transport *t = worker->t;
	struct slot *slot;

	pthread_mutex_lock(&t->lock);
	for (;;) {
		while ((slot = first(t, SLOT_WAITING)) == NULL && !t->closing)
			pthread_cond_wait(&t->submitted, &t->lock);
		if (slot == NULL)
			break;
		slot->state = SLOT_WORKING;
		pthread_mutex_unlock(&t->lock);
		deliver(worker, slot);
		pthread_mutex_lock(&t->lock);
		slot->state = SLOT_DONE;
		slot->turn = t->turn++;
		pthread_cond_signal(&t->ended);
	}
	pthread_mutex_unlock(&t->lock);
	/* Here, so that all say goodbye at the same time. */
	hc_smtp_free(worker->smtp);
	worker->smtp = NULL;
	return NULL;
}

static enum hc_status
start_workers(struct hc_transport *t, struct hc_error *err)
{
	pthread_condattr_t attr;
	sigset_t all, before;
	int i, error = 0;

	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->submitted, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&t->ended, &attr);
	pthread_condattr_destroy(&attr);
	t->ready = true;

	/* Signals are the main thread's; and no SIGPIPE from a TLS write. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (i = 0; i < t->n && error == 0; i++) {
		error = pthread_create(&t->workers[i].thread, NULL, work,
		    &t->workers[i]);
		t->workers[i].running = error == 0;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error != 0)
		return hc_error_set(err, HC_IO, _("cannot start a thread: %s"),
		    strerror(error));
	return HC_OK;
}

enum hc_status
hc_transport_open(struct hc_transport **out, const char *url,
    const struct hc_transport_options *options, struct hc_error *err)
{
	const struct hc_transport_options none = { 0 };
	const struct hc_transport_options *o = options ? options : &none;
	struct hc_transport *t = NULL;
	enum hc_status rc;
	int i;

	*out = NULL;
	if (o->connections < 0 || o->connections > CONNECTIONS_MAX ||
	    o->timeout < 0 || o->timeout > 600) {
		rc = hc_error_set(err, HC_INVALID,
		    _("1 to %d connections and a timeout of 1 to %d seconds "
		    "are possible"), CONNECTIONS_MAX, 600);
		goto out;
	}
	if ((t = calloc(1, sizeof(*t))) == NULL) {
		rc = hc_error_nomem(err);
		goto out;
	}
	t->n = o->connections > 0 ? o->connections : 4;
	for (i = 0; i < t->n; i++)
		t->workers[i].t = t;
	rc = strncmp(url, "maildir:", 8) == 0 ?
	    open_maildir(t, url + 8, err) : open_smtp(t, url, o, err);
	if (rc == HC_OK)
		rc = start_workers(t, err);
out:
	if (rc == HC_OK)
		*out = t;
	else
		hc_transport_close(t);
	return rc;
}

void
hc_transport_close(struct hc_transport *t)
{
	int i;

	if (t == NULL)
		return;
	if (t->ready) {
		pthread_mutex_lock(&t->lock);
		t->closing = true;
		pthread_cond_broadcast(&t->submitted);
		pthread_mutex_unlock(&t->lock);
	}
	for (i = 0; i < t->n; i++) {
		if (t->workers[i].running)
			pthread_join(t->workers[i].thread, NULL);
		hc_smtp_free(t->workers[i].smtp);
		free(t->slots[i].copies);
	}
	if (t->ready) {
		pthread_cond_destroy(&t->ended);
		pthread_cond_destroy(&t->submitted);
		pthread_mutex_destroy(&t->lock);
	}
	free(t->maildir);
	free(t);
}

/*
 * Lines ended by CRLF only, of no more than RFC 5321's length: relays differ
 * in what a CR or LF alone means, up to ending the message.
 */
static bool
is_message(const char *data, size_t len)
{
	size_t column = 0, i;

	for (i = 0; i < len; i++) {
		if (data[i] == '\r') {
			if (i + 1 == len || data[i + 1] != '\n')
				return false;
			column = 0;
			i++;
		} else if (data[i] == '\n' || data[i] == '\0' ||
		    ++column > LINE_MAX_SMTP)
			return false;
	}
	return len >= 2 && data[len - 1] == '\n';
}

static enum hc_status
check_job(const struct hc_transport_job *job, struct hc_error *err)
{
	if (job->from[0] != '\0' && !hc_mime_address_fit(job->from))
		return hc_norm_refuse(err, _("the sender of settings "
		    "'mail_from' and 'mail_bounce' is not a mail address"),
		    job->from);
	if (!hc_mime_address_fit(job->to))
		return hc_norm_refuse(err, _("the recipient is not a mail "
		    "address, mend it with hc-edit"), job->to);
	if (!is_message(job->data, job->len))
		return hc_error_set(err, HC_INVALID,
		    _("the message to '%s' has a line longer than %d bytes, "
		    "or one that does not end with CR LF"), job->to,
		    LINE_MAX_SMTP);
	return HC_OK;
}

static bool
copy_job(struct slot *slot, const struct hc_transport_job *job)
{
	size_t from = strlen(job->from) + 1, to = strlen(job->to) + 1;
	char *s;

	if ((slot->copies = s = malloc(from + to + job->len)) == NULL)
		return false;
	slot->job.id = job->id;
	slot->job.from = memcpy(s, job->from, from);
	slot->job.to = memcpy(s + from, job->to, to);
	slot->job.data = memcpy(s + from + to, job->data, job->len);
	slot->job.len = job->len;
	return true;
}

enum hc_status
hc_transport_submit(struct hc_transport *t, const struct hc_transport_job *job,
    struct hc_error *err)
{
	struct slot *slot;
	enum hc_status rc;

	if ((rc = check_job(job, err)) != HC_OK)
		return rc;
	pthread_mutex_lock(&t->lock);
	if ((slot = first(t, SLOT_FREE)) == NULL) {
		rc = hc_error_set(err, HC_BUSY,
		    _("%d messages are under way already"), t->n);
	} else if (!copy_job(slot, job)) {
		rc = hc_error_nomem(err);
	} else {
		slot->state = SLOT_WAITING;
		slot->turn = t->turn++;
		pthread_cond_signal(&t->submitted);
	}
	pthread_mutex_unlock(&t->lock);
	return rc;
}

static bool
in_hand(const struct hc_transport *t)
{
	int i;

	for (i = 0; i < t->n; i++)
		if (t->slots[i].state != SLOT_FREE)
			return true;
	return false;
}

static struct timespec
deadline(int wait)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += wait / 1000;
	at.tv_nsec += wait % 1000 * 1000000L;
	if (at.tv_nsec >= 1000000000L) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000L;
	}
	return at;
}

enum hc_status
hc_transport_next(struct hc_transport *t, struct hc_transport_result *result,
    int wait)
{
	struct timespec at = deadline(wait > 0 ? wait : 0);
	enum hc_status rc = HC_OK;
	struct slot *slot;
	int error = 0;

	pthread_mutex_lock(&t->lock);
	while ((slot = first(t, SLOT_DONE)) == NULL && rc == HC_OK) {
		if (!in_hand(t))
			rc = HC_NOTFOUND;
		else if (wait == 0 || error == ETIMEDOUT)
			rc = HC_BUSY;
		else if (wait < 0)
			pthread_cond_wait(&t->ended, &t->lock);
		else
			error = pthread_cond_timedwait(&t->ended, &t->lock,
			    &at);
	}
	if (slot != NULL) {
		*result = slot->result;
		slot->state = SLOT_FREE;
	}
	pthread_mutex_unlock(&t->lock);
	return rc;
}

int
hc_transport_connections(const struct hc_transport *t)
{
	return t->n;
}

const char *
hc_transport_outcome_name(enum hc_transport_outcome outcome)
{
	static const char *const names[] = { "delivered", "refused",
	    "deferred", "unreachable", "doubtful" };

	return names[outcome];
}

const char *
hc_transport_stage_name(enum hc_transport_stage stage)
{
	static const char *const names[] = { "connect", "hello", "mail",
	    "rcpt", "data", "end" };

	return names[stage];
}
