/*
 * "hc-notify run": the outbox is delivered as options and hc.conf say, until
 * it is empty or a signal comes.
 */
#ifndef HC_DELIVER_H
#define HC_DELIVER_H

#include "task/notify_letter.h"

#include "program.h"

/* As given; NULL and 0: as hc.conf says. */
struct deliver_options {
	const char *smtp_url, *maildir;
	long connections, limit, rate, domain_rate, timeout;
};

/* deliver(p, options): returns the exit status. */
int deliver(const struct program *p, const struct deliver_options *options);

/* deliver_letter(p, letter): what hc.conf says of letters. */
void deliver_letter(const struct program *p,
    struct hc_notify_letter_options *letter);

#endif
