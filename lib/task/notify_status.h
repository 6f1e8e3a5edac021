/*
 * How the outbox stands, and what one mail looks like.
 */
#ifndef HC_TASK_NOTIFY_STATUS_H
#define HC_TASK_NOTIFY_STATUS_H

#include "base/buf.h"
#include "base/status.h"
#include "base/table.h"
#include "store/store.h"
#include "task/notify_letter.h"

/*
 * hc_notify_status(store, day, table):
 * Messages by purpose and state, of the round of ${day} or (NULL) of all
 * days: a row for each purpose of the catalogue, with 0 where there are none,
 * and how many of those waiting wait for the form machine ("not_open"), and
 * since when the oldest waits.  The caller frees ${table}; it is NULL on
 * failure.  HC_OK or a failure of the store.
 */
enum hc_status hc_notify_status(struct hc_store *store, const char *day,
    struct hc_table **table);

/*
 * hc_notify_status_failed(store, day, table):
 * Messages that failed, are in doubt or were put off, newest first, with the
 * mail server's words.  Notes the access to these persons.
 */
enum hc_status hc_notify_status_failed(struct hc_store *store,
    const char *day, struct hc_table **table);

/*
 * hc_notify_status_preview(store, purpose, episode, options, out):
 * Append the mail of ${purpose} that the episode's last message is, or that
 * would be sent on ${today} if there is none.  Its link leads nowhere.  Notes
 * the access.
 *
 * Returns HC_OK; HC_NOTFOUND if there is no such episode or person;
 * HC_INVALID if they have no address, or the purpose is none; what
 * hc_notify_letter_new() and _build() do.
 */
struct hc_notify_preview {
	const char *purpose;
	int64_t episode;	/* 0: the last one of ${person} */
	int64_t person;
	const char *today;
	const char *now;
	struct hc_notify_letter_options letter;
};

enum hc_status hc_notify_status_preview(struct hc_store *store,
    const struct hc_notify_preview *preview, struct hc_buf *out);

#endif
