/*
 * One SMTP connection of a transport, by libcurl (its only home).  Used by
 * one thread at a time; transport.c says which.
 */
#ifndef HC_TASK_SMTP_H
#define HC_TASK_SMTP_H

#include "base/status.h"
#include "task/relay.h"
#include "task/transport.h"

struct hc_smtp;

/*
 * hc_smtp_new(smtp, relay, err):
 * Prepare a connection; nothing is connected before the first message.
 * ${relay} is copied.  Returns HC_OK (the caller ends with
 * hc_smtp_free()), HC_NOMEM, or HC_ERROR if this libcurl lacks something;
 * then ${*smtp} is NULL.
 */
enum hc_status hc_smtp_new(struct hc_smtp **smtp,
    const struct hc_relay *relay, struct hc_error *err);

/* hc_smtp_free(smtp): say QUIT, close, free; NULL is fine. */
void hc_smtp_free(struct hc_smtp *smtp);

/*
 * hc_smtp_send(smtp, job, result):
 * Deliver one message over the connection, opening it where there is none.
 * If an old connection turns out to be dead, or its relay will have no more
 * of it (421), before the relay asked for the message, a new one is opened
 * and tried once.  ${result} says how it ended; its id and when are left.
 * ${job} must have been checked: addresses and line ends go out as they are.
 */
void hc_smtp_send(struct hc_smtp *smtp, const struct hc_transport_job *job,
    struct hc_transport_result *result);

#endif
