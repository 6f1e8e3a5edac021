/*
 * The pool of connections of a transport.
 *
 * There are as many slots as connections and as threads, so that a message
 * handed over is never waiting for another one to end.  The lock covers the
 * states of the slots; a thread that works on a slot has it to itself.
 */
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mime.h"
#include "base/status.h"
#include "task/maildir.h"
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

/* The parts of a URL, as options want them. */
struct target {
	struct hc_buf url;	/* for libcurl */
	struct hc_buf password;
	bool secure;		/* TLS in one way or the other, or loopback */
	bool starttls;
};

/* A name or IPv4 address; or an IPv6 address, if it stands in brackets. */
static bool
is_host(const char *s, size_t len)
{
	const char *allowed = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	size_t i;

	if (len > 2 && s[0] == '[' && s[len - 1] == ']') {
		allowed = "0123456789abcdefABCDEF:.";
		s++;
		len -= 2;
	}
	for (i = 0; i < len; i++)
		if (s[i] == '\0' || strchr(allowed, s[i]) == NULL)
			return false;
	return len > 0 && len <= 255 && s[0] != '-';
}

static bool
is_port(const char *s, size_t len)
{
	long port = 0;
	size_t i;

	for (i = 0; i < len && i < 6; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		port = port * 10 + (s[i] - '0');
	}
	return len > 0 && len <= 5 && port >= 1 && port <= 65535;
}

static bool
is_loopback(const char *s, size_t len)
{
	return (len == 9 && strncmp(s, "localhost", 9) == 0) ||
	    (len == 5 && strncmp(s, "[::1]", 5) == 0) ||
	    (len > 4 && strncmp(s, "127.", 4) == 0 &&
	    strspn(s, "0123456789.") >= len);
}

/* smtp[s]://HOST[:PORT][?starttls], and nothing that libcurl would add. */
static enum hc_status
parse_url(struct target *to, const char *url, const char *helo,
    struct hc_error *err)
{
	bool smtps = strncmp(url, "smtps://", 8) == 0;
	const char *host, *port = NULL;
	size_t len, host_len;

	if (!smtps && strncmp(url, "smtp://", 7) != 0)
		goto bad;
	host = url + (smtps ? 8 : 7);
	len = strcspn(host, "?");
	to->starttls = strcmp(host + len, "?starttls") == 0;
	if ((host[len] != '\0' && !to->starttls) || (smtps && to->starttls))
		goto bad;
	host_len = host[0] == '[' ? strcspn(host, "]") + 1 :
	    strcspn(host, ":?");
	if (host_len > len)
		goto bad;
	if (host_len < len) {
		port = host + host_len + 1;
		if (host[host_len] != ':' ||
		    !is_port(port, len - host_len - 1))
			goto bad;
	}
	if (!is_host(host, host_len))
		goto bad;
	if (helo != NULL && !is_host(helo, strlen(helo)))
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is not the name of a host"), helo);
	to->secure = smtps || to->starttls || is_loopback(host, host_len);
	hc_buf_printf(&to->url, "%s://%.*s/%s", smtps ? "smtps" : "smtp",
	    (int)len, host, helo != NULL ? helo : "");
	return hc_buf_failed(&to->url) ? hc_error_nomem(err) : HC_OK;
bad:
	return hc_error_set(err, HC_INVALID, _("'%s' is no way to send mail: "
	    "smtp://HOST:PORT, with ?starttls, smtps://HOST:PORT or "
	    "maildir:/PATH"), url);
}

static enum hc_status
file_error(const char *path, struct hc_error *err)
{
	return hc_error_set(err, errno == ENOENT || errno == ENOTDIR ?
	    HC_NOINPUT : errno == EACCES || errno == EPERM || errno == ELOOP ?
	    HC_DENIED : HC_IO, _("cannot read '%s': %s"), path,
	    strerror(errno));
}

/* A password that others can read or write is none. */
static enum hc_status
check_password_file(int fd, const char *path, struct hc_error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return file_error(path, err);
	if (!S_ISREG(st.st_mode))
		return hc_error_set(err, HC_DENIED,
		    _("'%s' is not a plain file"), path);
	if ((st.st_mode & (S_IRWXO | S_IWGRP)) != 0)
		return hc_error_set(err, HC_DENIED,
		    _("the password file '%s' is open to others: "
		    "chmod 600 '%s'"), path, path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return hc_error_set(err, HC_DENIED,
		    _("the password file '%s' belongs to somebody else"),
		    path);
	return HC_OK;
}

static enum hc_status
read_password(struct hc_buf *password, const char *path, struct hc_error *err)
{
	enum hc_status rc;
	char bytes[1024];
	ssize_t len;
	size_t line;
	int fd;

	/* Not to wait for somebody to open the other end of a pipe. */
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1)
		return file_error(path, err);
	if ((rc = check_password_file(fd, path, err)) != HC_OK)
		goto out;
	if ((len = read(fd, bytes, sizeof(bytes) - 1)) < 0) {
		rc = file_error(path, err);
		goto out;
	}
	bytes[len] = '\0';
	line = strcspn(bytes, "\r\n");
	if (line == 0 || line == sizeof(bytes) - 1) {
		rc = hc_error_set(err, HC_CONFIG,
		    _("no password in the first line of '%s'"), path);
		goto out;
	}
	hc_buf_add(password, bytes, line);
	if (hc_buf_failed(password))
		rc = hc_error_nomem(err);
out:
	explicit_bzero(bytes, sizeof(bytes));
	close(fd);
	return rc;
}

static enum hc_status
check_options(const struct target *to, const struct hc_transport_options *o,
    struct hc_error *err)
{
	if ((o->user == NULL) != (o->password_file == NULL))
		return hc_error_set(err, HC_CONFIG,
		    _("a user for the mail relay needs a password file, and "
		    "the other way round"));
	if (o->user != NULL && !to->secure)
		return hc_error_set(err, HC_CONFIG,
		    _("the password for the mail relay would go over the "
		    "network in the clear: use ?starttls or smtps"));
	if (o->ca_file != NULL && access(o->ca_file, R_OK) != 0)
		return file_error(o->ca_file, err);
	return HC_OK;
}

static enum hc_status
open_smtp(struct hc_transport *t, const char *url,
    const struct hc_transport_options *o, struct hc_error *err)
{
	struct target to = { HC_BUF_INIT, HC_BUF_INIT, false, false };
	struct hc_smtp_settings settings = { 0 };
	enum hc_status rc;
	int i;

	if ((rc = parse_url(&to, url, o->helo, err)) != HC_OK ||
	    (rc = check_options(&to, o, err)) != HC_OK)
		goto out;
	if (o->user != NULL && (rc = read_password(&to.password,
	    o->password_file, err)) != HC_OK)
		goto out;
	settings.url = hc_buf_text(&to.url);
	settings.starttls = to.starttls;
	settings.user = o->user;
	settings.password = hc_buf_text(&to.password);
	settings.ca_file = o->ca_file;
	settings.timeout = o->timeout > 0 ? o->timeout : 30;
	for (i = 0; i < t->n && rc == HC_OK; i++)
		rc = hc_smtp_new(&t->workers[i].smtp, &settings, err);
out:
	if (to.password.data != NULL)
		explicit_bzero(to.password.data, to.password.room);
	hc_buf_free(&to.password);
	hc_buf_free(&to.url);
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
		return hc_error_set(err, HC_INVALID,
		    _("the sender of the message is not a mail address"));
	if (!hc_mime_address_fit(job->to))
		return hc_error_set(err, HC_INVALID,
		    _("the recipient of the message is not a mail address"));
	if (!is_message(job->data, job->len))
		return hc_error_set(err, HC_INVALID,
		    _("the message is not in lines that a mail relay takes"));
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
