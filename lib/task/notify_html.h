/* The words of a mail as simple HTML, for readers that show that first. */
#ifndef HC_TASK_NOTIFY_HTML_H
#define HC_TASK_NOTIFY_HTML_H

#include "base/buf.h"

/*
 * hc_notify_html_put(text, link, lang, out):
 * Append ${text} as a page in the language ${lang}: what empty lines part are
 * paragraphs, and a line that is ${link} (may be NULL) becomes a button.  No
 * picture, no style sheet, nothing that is fetched: opening the mail tells
 * nobody.
 */
void hc_notify_html_put(const char *text, const char *link, const char *lang,
    struct hc_buf *out);

#endif
