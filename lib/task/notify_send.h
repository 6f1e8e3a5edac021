/*
 * Writing messages into the outbox: one for each episode, purpose and round,
 * with an invitation where the mail has a link to a form.  Nothing is sent
 * here.
 */
#ifndef HC_TASK_NOTIFY_SEND_H
#define HC_TASK_NOTIFY_SEND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/table.h"
#include "base/tsv.h"
#include "store/store.h"

struct hc_notify_send_options {
	const char *purpose;	/* daily, reminder, result, end,
				   investigation */
	const char *today;	/* day of rows that name none */
	const char *now;	/* an instant */
	const char *from;	/* sender's address by hc.conf, or NULL */
	const char *key_file;	/* NULL: beside the database */
	bool dry_run;
};

struct hc_notify_send_count {
	size_t queued;		/* messages written */
	size_t known;		/* that were there already */
	size_t refused;		/* nobody can be written to; in the table */
};

/*
 * hc_notify_send(store, in, options, refused, count):
 * For each row of ${in} (columns episode, which must be there, and day, slot,
 * until, test; others are passed over: the address and language are the
 * record's own) write a message, all in one run.  A message of the same
 * episode, purpose, day and slot (for the purpose result: of the same test)
 * that is there already is left as it is.
 *
 * Who is not written to is added to ${refused}, a table which the caller
 * frees: episode, state (refused), reason (no_episode, closed, no_address,
 * mail_off, bad_address, shared_address, answered), note (the same in
 * words).  It is NULL on failure.
 *
 * Returns HC_OK; HC_INVALID with the place for input that is wrong (nothing
 * is written then), also for an unknown purpose; HC_CONFIG; what
 * hc_keys_load() does; else a failure of the store.
 */
enum hc_status hc_notify_send(struct hc_store *store,
    struct hc_tsv_reader *in, const struct hc_notify_send_options *options,
    struct hc_table **refused, struct hc_notify_send_count *count);

#endif
