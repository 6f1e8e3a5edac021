/* Text that stands in a page or a mail of HTML. */
#ifndef HC_BASE_HTML_H
#define HC_BASE_HTML_H

#include <stddef.h>

#include "base/buf.h"

/* hc_html_text(out, text, len): append ${len} bytes so that nothing in them
   is markup, in an attribute's value either. */
void hc_html_text(struct hc_buf *out, const char *text, size_t len);

#endif
