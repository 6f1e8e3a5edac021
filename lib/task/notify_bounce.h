/*
 * Mails that came back: those to the bounce address, which names the
 * message, are read from a Maildir, so that whom no mail reaches stands on
 * the list mail_failed.
 */
#ifndef HC_TASK_NOTIFY_BOUNCE_H
#define HC_TASK_NOTIFY_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "store/store.h"

struct hc_notify_bounce {
	struct hc_store *store;
	const char *maildir;
	const char *address, *from;	/* by hc.conf; NULL: the settings
					   mail_bounce, mail_from */
	const char *now;	/* an instant */
	bool dry_run;

	/* What came out. */
	struct hc_table *table;	/* message, episode, person, address, day,
				   reason of each that failed now; the caller
				   frees it */
	size_t failed, known;	/* known: noted before */
	size_t delayed;		/* the server still tries */
	size_t other;		/* of none of our messages, or no bounce */
};

/*
 * hc_notify_bounce_read(b):
 * Read all mails in "new" of the Maildir, note those that failed in one run,
 * then move what was read to "cur", as read: killed in between, the next call
 * finds it known.  What is of none of our messages stays in "new", for
 * people to read.
 *
 * HC_OK; HC_NOINPUT or HC_DENIED if there is no such Maildir; HC_CONFIG if
 * there is no bounce address; HC_IO; a failure of the store.
 */
enum hc_status hc_notify_bounce_read(struct hc_notify_bounce *b);

#endif
