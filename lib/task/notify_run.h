/*
 * Delivering the outbox.
 *
 * Only one process delivers at a time.  It marks as many messages "sending"
 * as there are connections, commits, hands them to the transport without
 * holding any lock, and commits the outcomes together with the next marks.
 * So it may be killed at any moment: no message is lost, and those in doubt
 * are at most one for each connection.  The next start marks these doubtful
 * and sends them again, the same message with the same Message-ID and link.
 *
 * What becomes of a message:
 *	taken by the relay	sent
 *	5xx			failed; the person is on the telephone list
 *	4xx, no relay		waiting, tried again after 1, 5, 15, then
 *				every 60 minutes
 *	no reply at the end	doubtful, and the same
 *	link's time is over	failed
 *	answered, closed	cancelled
 */
#ifndef HC_TASK_NOTIFY_RUN_H
#define HC_TASK_NOTIFY_RUN_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "store/store.h"
#include "task/notify_letter.h"
#include "task/transport.h"

struct hc_notify_run_options {
	const char *url;	/* as hc_transport_open() takes it; NULL: the
				   Maildir "outbox" beside the database */
	struct hc_transport_options transport;
	struct hc_notify_letter_options letter;
	const char *now;	/* an instant; it goes on as the clock does */
	size_t limit;		/* messages at most; 0: all */
	unsigned int rate;	/* messages a minute at most; 0: no limit */
	unsigned int domain_rate;	/* the same to one domain */
	/* When this is set, begin no more; or NULL. */
	const volatile sig_atomic_t *stop;
	/* Told now and then how many ended, of how many; or NULL. */
	void (*progress)(size_t done, size_t total);
};

struct hc_notify_run_count {
	size_t sent;
	size_t failed;		/* 5xx */
	size_t deferred;	/* 4xx, or the relay is not there */
	size_t doubtful;	/* no reply at the end of the message */
	size_t recovered;	/* found in doubt at the start */
	size_t expired;		/* too late to be sent: failed */
	size_t cancelled;	/* answered or closed meanwhile */
	size_t not_open;	/* their links wait for the form machine */
	size_t later;		/* waiting for their next try */
	size_t left;		/* due and not sent: limit, stop, window */
	bool closed;		/* it is not the time of day to send */
};

/*
 * hc_notify_run(store, options, count):
 * Deliver all that is due, in the times of the setting mail_window.  Links
 * must have been opened (task/notify_open.h).
 *
 * Returns HC_OK; HC_BUSY if another process delivers; HC_UNAVAILABLE if it
 * stopped by itself, with the reason: more than 5 and 5 % refused (5xx), more
 * than 20 put off in a row (4xx), or nobody reached on twice as many tries
 * as connections, or on all tries; what hc_transport_open() and
 * hc_notify_letter_new() do; else a failure of the store.  ${count} says what
 * was done in any case.
 */
enum hc_status hc_notify_run(struct hc_store *store,
    const struct hc_notify_run_options *options,
    struct hc_notify_run_count *count);

#endif
