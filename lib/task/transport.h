/*
 * Delivering prepared messages: by SMTP to a relay, or into a Maildir.
 *
 * A transport has some connections, each worked by a thread of its own (curl
 * can not do several SMTP transfers at once in one thread: it waits for the
 * reply to the end of data).  The caller hands over messages, at most as many
 * as there are connections, and takes back what became of each, in the order
 * in which they end:
 *
 *	commit the intent to send message 12
 *	hc_transport_submit(t, &job)
 *	hc_transport_next(t, &result, -1)
 *	commit the outcome
 *
 * So if the process dies, no more messages are in doubt than there are
 * connections.  Nothing here is tried again but a connection that was lost
 * before the message began on it; when to try again is the caller's to say.
 *
 * A transport is used from one thread.  It knows no database.
 */
#ifndef HC_TASK_TRANSPORT_H
#define HC_TASK_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct hc_transport;

enum hc_transport_outcome {
	HC_TRANSPORT_DELIVERED,		/* the relay took it (2xx), or the
					   file is safely in the Maildir */
	HC_TRANSPORT_REFUSED,		/* 5xx to MAIL, RCPT, DATA or the
					   message itself: not to be repeated */
	HC_TRANSPORT_DEFERRED,		/* 4xx, or the disk is full: later */
	HC_TRANSPORT_UNREACHABLE,	/* no reply or no sense in it, no TLS,
					   5xx before MAIL or 530: the relay
					   serves nobody; surely not sent */
	HC_TRANSPORT_DOUBTFUL		/* connection lost between the end of
					   the message and the reply to it:
					   sent or not, nobody knows */
};

/* How far it came: the last thing said to the relay. */
enum hc_transport_stage {
	HC_TRANSPORT_CONNECT,	/* nothing yet; its greeting is awaited */
	HC_TRANSPORT_HELLO,	/* EHLO, HELO, STARTTLS, AUTH */
	HC_TRANSPORT_MAIL,	/* the sender */
	HC_TRANSPORT_RCPT,	/* the recipient */
	HC_TRANSPORT_DATA,	/* DATA, and the message itself */
	HC_TRANSPORT_END	/* the end of the message */
};

struct hc_transport_options {
	const char *user;		/* for AUTH, or NULL for none */
	const char *password_file;	/* its first line; nobody else may be
					   able to read it */
	const char *ca_file;		/* trust these instead of the system's
					   authorities, or NULL */
	const char *helo;		/* the name for EHLO, or NULL for the
					   name of this machine */
	int connections;		/* 1 to 64; 0 is 4 */
	int timeout;			/* seconds to wait for a connection or
					   for any one reply, 1 to 600; 0 is
					   30; four times that for it all */
};

struct hc_transport_job {
	int64_t id;		/* the caller's, given back with the result */
	const char *from;	/* envelope sender, "" for the null sender */
	const char *to;		/* envelope recipient, as it is: not quoted */
	const void *data;	/* the message, lines ended by CRLF */
	size_t len;
};

struct hc_transport_result {
	int64_t id;
	enum hc_transport_outcome outcome;
	enum hc_transport_stage stage;
	int code;		/* of the reply, 0 if there was none */
	char reply[512];	/* "250 2.0.0 Ok: queued as 4bT1x", or what
				   went wrong; one line of printable ASCII */
	int64_t when;		/* seconds since 1970, UTC */
};

/*
 * hc_transport_open(t, url, options, err):
 * Make a transport for one of
 *
 *	smtp://HOST[:PORT]		in the clear (port 25)
 *	smtp://HOST[:PORT]?starttls	TLS or nothing
 *	smtps://HOST[:PORT]		TLS from the start (port 465)
 *	maildir:/PATH			files for reading and testing
 *
 * HOST is a name, an IPv4 address or an IPv6 address in brackets.  Certificates
 * are verified against HOST.  ${options} may be NULL and is copied.  Nothing
 * is connected yet; a Maildir and its three folders are made if missing.
 *
 * On success the caller ends with hc_transport_close(${*t}); on failure ${*t}
 * is NULL.
 *
 * Returns HC_OK; HC_INVALID for a URL or option that makes no sense; HC_CONFIG
 * for a user without a password file or the other way, and for a password
 * that would go over a network in the clear; HC_NOINPUT, HC_DENIED or HC_IO
 * if the password file, CA file or Maildir is missing, may not be read, is
 * open to others, or fails; HC_NOMEM.
 */
enum hc_status hc_transport_open(struct hc_transport **t, const char *url,
    const struct hc_transport_options *options, struct hc_error *err);

/*
 * hc_transport_close(t):
 * Wait for what is under way (at most a few timeouts), say goodbye to the
 * relay, free all.  Results not taken are lost, so a caller that cares takes
 * them first.  NULL is fine.
 */
void hc_transport_close(struct hc_transport *t);

/*
 * hc_transport_submit(t, job, err):
 * Hand over one message; all of ${job} is copied.
 *
 * Returns HC_OK; HC_BUSY if as many messages as there are connections are in
 * hand already (take a result first); HC_INVALID if an address does not fit
 * (hc_mime_address_fit(): line ends in it would be SMTP commands) or the
 * message is empty, holds a NUL, a CR or LF alone, a line of over 998 bytes
 * or does not end with CRLF; HC_NOMEM.  Not submitted unless HC_OK.
 */
enum hc_status hc_transport_submit(struct hc_transport *t,
    const struct hc_transport_job *job, struct hc_error *err);

/*
 * hc_transport_next(t, result, wait):
 * Take the next result, waiting for it at most ${wait} milliseconds (0 not at
 * all, -1 as long as it takes: each message ends within a few timeouts).
 *
 * Returns HC_OK; HC_NOTFOUND if no message is in hand; HC_BUSY if none ended
 * in time.
 */
enum hc_status hc_transport_next(struct hc_transport *t,
    struct hc_transport_result *result, int wait);

/* hc_transport_connections(t): how many messages may be in hand at once. */
int hc_transport_connections(const struct hc_transport *t);

/* hc_transport_outcome_name(outcome): "delivered", "refused", "deferred",
   "unreachable", "doubtful". */
const char *hc_transport_outcome_name(enum hc_transport_outcome outcome);

/* hc_transport_stage_name(stage): "connect", "hello", "mail", "rcpt", "data",
   "end". */
const char *hc_transport_stage_name(enum hc_transport_stage stage);

#endif
