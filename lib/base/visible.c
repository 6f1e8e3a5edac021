/* Text that is safe on a terminal. */
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

#include "base/visible.h"

/* C0, DEL, C1, and what breaks lines or turns the direction of writing. */
static bool
steers(unsigned int c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) ||
	    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void
show(struct hc_buf *out, unsigned int c)
{
	if (c == '\t')
		hc_buf_puts(out, "\\t");
	else if (c == '\n')
		hc_buf_puts(out, "\\n");
	else if (c > 0xff)
		hc_buf_printf(out, "\\u%04x", c);
	else
		hc_buf_printf(out, "\\x%02x", c);
}

void
hc_visible(struct hc_buf *out, const char *text)
{
	const char *at = text, *plain = text;
	unsigned int c;

	for (;;) {
		c = hc_utf8_next(&at);
		/* A replacement character that the text does not hold. */
		if (c == 0xfffd && at - text < 3)
			c = (unsigned char)*text;
		else if (c != 0 && !steers(c)) {
			text = at;
			continue;
		}
		hc_buf_add(out, plain, (size_t)(text - plain));
		if (c == 0)
			return;
		show(out, c);
		plain = text = at;
	}
}
