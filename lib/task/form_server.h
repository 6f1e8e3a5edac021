/*
 * The public web server of the form: the home of libmicrohttpd.
 *
 *	GET /a/TOKEN	the form; changes nothing, however often
 *	POST /a/TOKEN	an answer; thanked for when it is safe on the disk
 *	GET /style.css	its looks
 *
 * One thread speaks HTTP (epoll), one has the store (task/form_worker.h).
 * TLS is the reverse proxy's in front.  No address of a link, no answer and
 * no reader's address is ever logged.
 */
#ifndef HC_TASK_FORM_SERVER_H
#define HC_TASK_FORM_SERVER_H

#include <stdint.h>

#include "base/status.h"

struct hc_form_server;

struct hc_form_server_options {
	const char *store;	/* the store's file */
	int64_t ahead;		/* of its clock: task/form_clock.h */
	const char *listen;	/* "127.0.0.1:8080", "[::1]:8080"; port 0 is
				   any free one */
	/* Is told "POST /a/... 200 0.004 s" for each request, from several
	   threads; NULL: nobody wants to know. */
	void (*log)(void *arg, const char *line);
	void *arg;
};

/*
 * hc_form_server_start(server, options, err):
 * Open the store and listen.  When it returns, requests are served; signals
 * that the program wants for itself must be blocked before.
 *
 * On HC_OK the caller ends it with hc_form_server_stop(); on failure
 * ${server} is NULL.  Returns HC_INVALID (no address), HC_UNAVAILABLE
 * (address in use), HC_DENIED (a port below 1024), what
 * hc_form_worker_new() returns, HC_NOMEM, HC_ERROR.
 */
enum hc_status hc_form_server_start(struct hc_form_server **server,
    const struct hc_form_server_options *options, struct hc_error *err);

/* hc_form_server_address(server): where it listens, "127.0.0.1:40123". */
const char *hc_form_server_address(const struct hc_form_server *server);

/*
 * hc_form_server_stop(server):
 * Take no new connections, finish the requests at hand (five seconds at
 * most) with all their answers committed, and end.  NULL is fine.
 */
void hc_form_server_stop(struct hc_form_server *server);

#endif
