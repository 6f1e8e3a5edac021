/*
 * Mails that say that another could not be delivered: reports of RFC 3464
 * and the plain texts that mail servers and telephone carriers send.
 *
 * Anybody may send such a mail, so it is read as hostile bytes; what it says
 * is believed only for the message that its address names.
 */
#ifndef HC_BASE_BOUNCE_H
#define HC_BASE_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HC_BOUNCE_REASON 256

struct hc_bounce {
	int64_t number;		/* N of "bounce+N@..."; 0: of none of ours */
	bool failed;		/* it was given up */
	bool delayed;		/* it is still being tried */
	char reason[HC_BOUNCE_REASON];	/* "550 5.1.1 User unknown", ASCII;
					   "" if nothing says why */
};

/*
 * hc_bounce_read(mail, len, address, bounce):
 * Read the mail of ${len} bytes, with LF or CRLF.  ${address} is where such
 * mails go ("bounce@office.jp"); the number is read from the recipients in
 * the header.  Neither failed nor delayed: it is no such mail but a person's,
 * or an absence note.
 */
void hc_bounce_read(const char *mail, size_t len, const char *address,
    struct hc_bounce *bounce);

#endif
