/*
 * What the form machine is told: the forms with their texts and rules, and
 * the hashes of the links with their times.  No name, no address and nothing
 * from which a link could be made is in it.
 */
#ifndef HC_TASK_NOTIFY_BUNDLE_H
#define HC_TASK_NOTIFY_BUNDLE_H

#include "base/buf.h"
#include "base/status.h"
#include "store/store.h"

/*
 * hc_notify_bundle(store, form, now, key_file, out):
 * Append JSON lines as task/form_def.h and task/form_open.h describe them:
 * for each form (or ${form} alone) that has invitations whose time is not
 * over at ${now}, the form and then these; those that are closed or cancelled
 * say so.  Nothing is appended where there are none.
 *
 * A form speaks each language for which all its texts are there.  Items come
 * from "form_item", what they are from "field" and "choice", words from
 * "text"; a date is asked as text.
 *
 * Returns HC_OK; HC_CONFIG naming what is missing (a text, a field, the
 * office's telephone) or a field that no form can ask; what hc_keys_load()
 * does; else a failure of the store.
 */
enum hc_status hc_notify_bundle(struct hc_store *store, const char *form,
    const char *now, const char *key_file, struct hc_buf *out);

#endif
