/* The socket on which the form server listens. */
#ifndef HC_TASK_FORM_LISTEN_H
#define HC_TASK_FORM_LISTEN_H

#include <stdbool.h>

#include "base/status.h"

struct sockaddr;

#define HC_FORM_ADDRESS 64	/* bytes of "[...]:65535" and a NUL */

/*
 * hc_form_listen_open(address, fd, actual, err):
 * Listen at "127.0.0.1:8080" or "[::1]:8080" (numbers only: no name is
 * looked up).  On HC_OK ${fd} is the socket, the caller's, and ${actual}
 * the address with the port it really has.
 *
 * Returns HC_OK, HC_INVALID, HC_UNAVAILABLE, HC_DENIED, HC_ERROR.
 */
enum hc_status hc_form_listen_open(const char *address, int *fd,
    char actual[HC_FORM_ADDRESS], struct hc_error *err);

/* hc_form_listen_format(address, text): "127.0.0.1", without the port. */
void hc_form_listen_format(const struct sockaddr *address,
    char text[HC_FORM_ADDRESS]);

/* hc_form_listen_is_local(text): is it an address of this machine alone,
   127.x.x.x or ::1? */
bool hc_form_listen_is_local(const char *text);

#endif
