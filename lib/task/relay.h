/*
 * What a transport must know of the mail relay it talks to, from the URL and
 * the options of hc_transport_open().
 */
#ifndef HC_TASK_RELAY_H
#define HC_TASK_RELAY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/status.h"
#include "task/transport.h"

struct hc_relay {
	struct hc_buf url;	/* for libcurl: smtp[s]://HOST[:PORT]/[HELO] */
	bool starttls;		/* TLS after STARTTLS or nothing */
	bool secure;		/* TLS one way or the other, or loopback */
	const char *user;	/* or NULL; the option's own */
	struct hc_buf password;
	const char *ca_file;	/* or NULL; the option's own */
	int timeout;		/* in seconds */
};

/*
 * hc_relay_parse(relay, url, options, err):
 * Fill ${relay}, with the password from its file.  The caller ends with
 * hc_relay_clear() while ${options} is still there.
 *
 * Returns HC_OK, or as hc_transport_open() says; then ${relay} is empty.
 */
enum hc_status hc_relay_parse(struct hc_relay *relay, const char *url,
    const struct hc_transport_options *options, struct hc_error *err);

/* hc_relay_clear(relay): wipe the password and free; ${relay} is empty. */
void hc_relay_clear(struct hc_relay *relay);

#endif
