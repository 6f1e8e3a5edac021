/*
 * What a browser sends when a form is submitted: the bytes of
 * application/x-www-form-urlencoded, taken apart.
 */
#ifndef HC_TASK_FORM_BODY_H
#define HC_TASK_FORM_BODY_H

#include <stddef.h>

#include "base/status.h"

#define HC_FORM_FIELDS 1000	/* at most */

struct hc_form_field {
	const char *name;
	const char *value;	/* "" where nothing was typed */
};

/* Begins as { 0 }. */
struct hc_form_body {
	char *text;		/* private: all names and values */
	struct hc_form_field *fields;
	size_t len;
};

/*
 * hc_form_body_parse(body, data, len):
 * Take ${len} bytes apart.  Names and values are valid UTF-8 without NUL
 * bytes; a line break is LF.  The caller empties ${body} with
 * hc_form_body_clear() in any case.
 *
 * Returns HC_OK; HC_INVALID for a broken %-escape, a NUL, other text than
 * UTF-8 or more than HC_FORM_FIELDS fields; HC_NOMEM.
 */
enum hc_status hc_form_body_parse(struct hc_form_body *body,
    const char *data, size_t len);
void hc_form_body_clear(struct hc_form_body *body);

/* hc_form_body_get(body, name): the first value of that name, ${body}'s
   own; NULL if it was not sent. */
const char *hc_form_body_get(const struct hc_form_body *body,
    const char *name);

#endif
