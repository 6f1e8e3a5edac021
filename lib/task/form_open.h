/*
 * Bundles and links come in from the office, over a pipe.  It may be done
 * again without harm.
 */
#ifndef HC_TASK_FORM_OPEN_H
#define HC_TASK_FORM_OPEN_H

#include <stdio.h>

#include "base/buf.h"
#include "base/status.h"
#include "task/form_store.h"

#define HC_FORM_LINE 1048576	/* bytes of a line of a bundle, at most */

/*
 * hc_form_open(store, in, now, out, err):
 * Read JSON lines: {"hc": "bundle", ...} (task/form_def.h), then its links,
 *
 *	{"link": HEX, "lang": "ja", "round": "2021-01-16",
 *	 "opens": INSTANT, "expires": INSTANT, "rows": [...],
 *	 "state": "open" or "closed"}
 *
 * of which "round", "rows" and "state" may be missing; more bundles with
 * their links may follow.  All is kept in one transaction.  Then ${out} has
 * for each link that is or will be open (not closed, not expired at ${now})
 * a row "link TAB state" below that header line; only these may be mailed.
 *
 * Returns HC_OK; HC_INVALID with "line N: ..." (then nothing is kept);
 * HC_CONFIG; HC_IO; HC_BUSY; HC_NOMEM.
 */
enum hc_status hc_form_open(struct hc_form_store *store, FILE *in,
    const char *now, struct hc_buf *out, struct hc_error *err);

#endif
