/* The words of a mail as simple HTML. */
#include <stdbool.h>
#include <string.h>

#include "base/html.h"

#include "task/notify_html.h"

/* Colours of their own, so that a dark mail reader can be read as well. */
#define BUTTON "display:inline-block;padding:12px 20px;border-radius:6px;" \
	"background:#0b57a4;color:#ffffff;font-size:1.1em"

static void
put_line(const char *line, size_t len, const char *link, struct hc_buf *out)
{
	if (link == NULL || strlen(link) != len ||
	    memcmp(link, line, len) != 0) {
		hc_html_text(out, line, len);
		return;
	}
	/* The address is the button's text: people should see where it
	   leads. */
	hc_buf_puts(out, "<a style=\"" BUTTON "\" href=\"");
	hc_html_text(out, line, len);
	hc_buf_puts(out, "\">");
	hc_html_text(out, line, len);
	hc_buf_puts(out, "</a>");
}

void
hc_notify_html_put(const char *text, const char *link, const char *lang,
    struct hc_buf *out)
{
	bool open = false;
	size_t len;

	hc_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"");
	hc_html_text(out, lang, strlen(lang));
	hc_buf_puts(out, "\"><head><meta charset=\"utf-8\"><title></title>"
	    "</head>\n<body>\n");
	for (; *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		if (len == 0) {
			hc_buf_puts(out, open ? "</p>\n" : "");
			open = false;
			continue;
		}
		hc_buf_puts(out, open ? "<br>\n" : "<p>");
		put_line(text, len, link, out);
		open = true;
	}
	hc_buf_puts(out, open ? "</p>\n</body></html>\n" :
	    "</body></html>\n");
}
