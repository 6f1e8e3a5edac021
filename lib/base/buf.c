/* A string of bytes that grows. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void
hc_buf_free(struct hc_buf *buf)
{
	free(buf->data);
	*buf = (struct hc_buf)HC_BUF_INIT;
}

void
hc_buf_clear(struct hc_buf *buf)
{
	buf->len = 0;
	buf->failed = false;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

const char *
hc_buf_text(const struct hc_buf *buf)
{
	return buf->data != NULL ? buf->data : "";
}

bool
hc_buf_failed(const struct hc_buf *buf)
{
	return buf->failed;
}

char *
hc_buf_take(struct hc_buf *buf)
{
	char *text;

	text = buf->failed ? NULL :
	    buf->data != NULL ? buf->data : strdup("");
	if (text != buf->data)
		free(buf->data);
	*buf = (struct hc_buf)HC_BUF_INIT;
	return text;
}

/* Make room for ${more} bytes and a NUL. */
static bool
grow(struct hc_buf *buf, size_t more)
{
	size_t room = buf->room;
	char *data;

	if (buf->failed)
		return false;
	if (more < room && buf->len < room - more)
		return true;
	if (more > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4) {
		buf->failed = true;
		return false;
	}
	if (room < 32)
		room = 32;
	while (room <= buf->len + more)
		room *= 2;
	if ((data = realloc(buf->data, room)) == NULL) {
		buf->failed = true;
		return false;
	}
	buf->data = data;
	buf->room = room;
	return true;
}

void
hc_buf_add(struct hc_buf *buf, const void *data, size_t len)
{
	if (!grow(buf, len))
		return;
	if (len > 0)
		memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
hc_buf_puts(struct hc_buf *buf, const char *text)
{
	hc_buf_add(buf, text, strlen(text));
}

void
hc_buf_putc(struct hc_buf *buf, int byte)
{
	if (!grow(buf, 1))
		return;
	buf->data[buf->len++] = (char)byte;
	buf->data[buf->len] = '\0';
}

void
hc_buf_printf(struct hc_buf *buf, const char *fmt, ...)
{
	size_t room = buf->room - buf->len;
	va_list ap;
	int len;

	/* It mostly fits at once. */
	va_start(ap, fmt);
	len = buf->failed ? -1 : vsnprintf(room > 0 ? buf->data + buf->len :
	    NULL, room, fmt, ap);
	va_end(ap);
	if (len < 0 || !grow(buf, (size_t)len)) {
		buf->failed = true;
		if (room > 0)
			buf->data[buf->len] = '\0';
		return;
	}
	if ((size_t)len >= room) {
		va_start(ap, fmt);
		vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, ap);
		va_end(ap);
	}
	buf->len += (size_t)len;
}

void
hc_buf_codepoint(struct hc_buf *buf, unsigned int c)
{
	char s[4];
	size_t n;

	if (c < 0x80) {
		s[0] = (char)c;
		n = 1;
	} else if (c < 0x800) {
		s[0] = (char)(0xc0 | c >> 6);
		s[1] = (char)(0x80 | (c & 0x3f));
		n = 2;
	} else if (c < 0x10000) {
		s[0] = (char)(0xe0 | c >> 12);
		s[1] = (char)(0x80 | (c >> 6 & 0x3f));
		s[2] = (char)(0x80 | (c & 0x3f));
		n = 3;
	} else {
		s[0] = (char)(0xf0 | c >> 18);
		s[1] = (char)(0x80 | (c >> 12 & 0x3f));
		s[2] = (char)(0x80 | (c >> 6 & 0x3f));
		s[3] = (char)(0x80 | (c & 0x3f));
		n = 4;
	}
	hc_buf_add(buf, s, n);
}

void
hc_buf_cut(struct hc_buf *buf, size_t len)
{
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->data[len] = '\0';
}
