/*
 * A string of bytes that grows.
 *
 * An empty one is { 0 } (or HC_BUF_INIT).  After a failed append the buffer
 * stays as it was and remembers the failure: a function may append many
 * times and ask hc_buf_failed() once at the end.
 */
#ifndef HC_BASE_BUF_H
#define HC_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct hc_buf {
	char *data;	/* always ends in a NUL that len does not count; NULL
			   while nothing was appended: use hc_buf_text() */
	size_t len;
	size_t room;
	bool failed;	/* an append ran out of memory */
};

#define HC_BUF_INIT { NULL, 0, 0, false }

/* hc_buf_free(buf): give the memory back; ${buf} is empty and usable. */
void hc_buf_free(struct hc_buf *buf);

/* hc_buf_clear(buf): make it empty, keep the memory, forget a failure. */
void hc_buf_clear(struct hc_buf *buf);

/* hc_buf_text(buf): the bytes as a C string, "" when empty; ${buf}'s own. */
const char *hc_buf_text(const struct hc_buf *buf);

/* hc_buf_failed(buf): did any append since the last clear fail? */
bool hc_buf_failed(const struct hc_buf *buf);

/* hc_buf_take(buf): the C string (never NULL unless out of memory), which
   the caller frees with free(); ${buf} is empty afterwards. */
char *hc_buf_take(struct hc_buf *buf);

/* Append ${len} bytes, a C string, one byte, formatted text. */
void hc_buf_add(struct hc_buf *buf, const void *data, size_t len);
void hc_buf_puts(struct hc_buf *buf, const char *text);
void hc_buf_putc(struct hc_buf *buf, int byte);
void hc_buf_printf(struct hc_buf *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* hc_buf_codepoint(buf, c): append the character ${c} as UTF-8. */
void hc_buf_codepoint(struct hc_buf *buf, unsigned int c);

/* hc_buf_cut(buf, len): shorten to ${len} bytes, no more than it has. */
void hc_buf_cut(struct hc_buf *buf, size_t len);

#endif
