/*
 * The mails themselves: from a row of "message" and the template of its
 * purpose and language to the bytes that go out.
 *
 * The text is made when it is sent, and is the same each time: the same
 * Message-ID, date and link.  In subject and body these are filled in:
 * {office}, {phone}, {link}, {day}, {until}.  A line of the body whose word
 * has no value (no last day is known) is left out.  Nobody's name is put in:
 * mail goes astray.
 */
#ifndef HC_TASK_NOTIFY_LETTER_H
#define HC_TASK_NOTIFY_LETTER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/status.h"
#include "store/row.h"
#include "store/store.h"

/* What the configuration says; NULL: as the office's settings say. */
struct hc_notify_letter_options {
	const char *from;	/* address that mails come from */
	const char *reply_to;
	const char *bounce;	/* envelope sender, before its + */
	const char *form_url;	/* what links begin with */
	const char *key_file;	/* NULL: beside the database */
	bool local;		/* nothing leaves this machine: does without a
				   sender's address */
};

struct hc_notify_letter;

/*
 * hc_notify_letter_new(letter, store, options):
 * Load settings, templates and the link key.  The caller frees it with
 * hc_notify_letter_free().
 *
 * Returns HC_OK; HC_CONFIG if an address that is needed is not set or is
 * none; what hc_keys_load() does; else a failure of the store, whose words
 * the store keeps.
 */
enum hc_status hc_notify_letter_new(struct hc_notify_letter **letter,
    struct hc_store *store, const struct hc_notify_letter_options *options);
void hc_notify_letter_free(struct hc_notify_letter *letter);

/*
 * hc_notify_letter_build(letter, message, sample, out, err):
 * Append the whole mail.  With ${sample} the link leads nowhere, so that it
 * can be shown.
 *
 * Returns HC_OK; HC_CONFIG if there is no template for the purpose;
 * HC_INVALID if this message cannot be made; HC_NOMEM.
 */
enum hc_status hc_notify_letter_build(const struct hc_notify_letter *letter,
    const struct hc_row *message, bool sample, struct hc_buf *out,
    struct hc_error *err);

/*
 * hc_notify_letter_sender(letter, message, out):
 * Append the envelope sender, which names the message: "bounce+12@...", 12
 * being its number in the office (VERP).
 */
void hc_notify_letter_sender(const struct hc_notify_letter *letter,
    const struct hc_row *message, struct hc_buf *out);

/* hc_notify_letter_domain(store, from, out): append the domain of the
   sender's address, for Message-IDs; "localhost" where none is set. */
enum hc_status hc_notify_letter_domain(struct hc_store *store,
    const char *from, struct hc_buf *out);

#endif
