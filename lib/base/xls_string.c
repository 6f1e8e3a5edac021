/* The shared strings of an xls workbook. */
#include <stdlib.h>
#include <string.h>

#include "base/book.h"
#include "base/bytes.h"

#include "base/xls_string.h"

static enum hc_status
add(struct hc_xls_string *s, struct hc_biff *b, struct hc_buf *kana)
{
	enum hc_status rc;
	uint32_t *bigger;
	size_t room;

	if (s->count == s->room) {
		room = s->room == 0 ? 256 : s->room * 2;
		if ((bigger = reallocarray(s->at, room,
		    sizeof(*s->at))) == NULL)
			return HC_NOMEM;
		s->at = bigger;
		s->room = room;
	}
	if (s->pool.len >= UINT32_MAX)
		return HC_INVALID;
	s->at[s->count++] = (uint32_t)s->pool.len;
	hc_buf_clear(kana);
	if ((rc = hc_biff_string(b, 2, &s->pool, kana)) != HC_OK)
		return rc;
	hc_buf_putc(&s->pool, '\0');
	if (kana->len <= HC_BOOK_CELL_MAX)
		hc_buf_puts(&s->pool, hc_buf_text(kana));
	hc_buf_putc(&s->pool, '\0');
	return hc_buf_failed(&s->pool) || hc_buf_failed(kana) ? HC_NOMEM :
	    HC_OK;
}

enum hc_status
hc_xls_string_read(struct hc_xls_string *strings, struct hc_biff *b)
{
	struct hc_buf kana = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	size_t n;

	if (b->size < 8)
		return HC_INVALID;
	/* The first number counts their uses. */
	n = hc_bytes_u32(b->body + 4);
	b->done = 8;
	while (rc == HC_OK && strings->count < n)
		rc = add(strings, b, &kana);
	hc_buf_free(&kana);
	return rc;
}

const char *
hc_xls_string_get(const struct hc_xls_string *strings, size_t n,
    const char **kana)
{
	const char *text;

	if (n >= strings->count)
		return NULL;
	text = strings->pool.data + strings->at[n];
	*kana = text + strlen(text) + 1;
	if (**kana == '\0')
		*kana = NULL;
	return text;
}

void
hc_xls_string_free(struct hc_xls_string *strings)
{
	hc_buf_free(&strings->pool);
	free(strings->at);
	memset(strings, 0, sizeof(*strings));
}
