/* Text that stands in a page or a mail of HTML. */
#include "base/html.h"

void
hc_html_text(struct hc_buf *out, const char *text, size_t len)
{
	const char *end = text + len;

	for (; text < end; text++)
		switch (*text) {
		case '&':
			hc_buf_puts(out, "&amp;");
			break;
		case '<':
			hc_buf_puts(out, "&lt;");
			break;
		case '>':
			hc_buf_puts(out, "&gt;");
			break;
		case '"':
			hc_buf_puts(out, "&quot;");
			break;
		case '\'':
			hc_buf_puts(out, "&#39;");
			break;
		default:
			hc_buf_putc(out, (unsigned char)*text);
		}
}
