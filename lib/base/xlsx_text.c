/* Texts of workbooks. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/book.h"
#include "base/xml.h"

#include "base/xlsx_text.h"

void
hc_xlsx_text_clear(struct hc_xlsx_text *t)
{
	hc_buf_clear(&t->text);
	hc_buf_clear(&t->kana);
	hc_buf_clear(&t->piece);
	t->in_t = t->in_kana = t->too_long = false;
	t->at = t->units = 0;
}

void
hc_xlsx_text_free(struct hc_xlsx_text *t)
{
	hc_buf_free(&t->text);
	hc_buf_free(&t->kana);
	hc_buf_free(&t->piece);
}

/* "_x000D_" at ${s}: the number; -1 if it is none. */
static long
escaped(const char *s, const char *end)
{
	char hex[5];

	if (end - s < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
		return -1;
	memcpy(hex, s + 2, 4);
	hex[4] = '\0';
	if (strspn(hex, "0123456789abcdefABCDEF") != 4)
		return -1;
	return strtol(hex, NULL, 16);
}

/* Append the character of one escape, or of two that are a pair; its bytes. */
static size_t
unescape(struct hc_buf *out, const char *s, const char *end, long c)
{
	long low = c >= 0xd800 && c < 0xdc00 ? escaped(s + 7, end) : -1;

	if (low >= 0xdc00 && low < 0xe000) {
		hc_buf_codepoint(out, (unsigned int)(0x10000 +
		    ((c - 0xd800) << 10) + (low - 0xdc00)));
		return 14;
	}
	if (c == 0 || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	hc_buf_codepoint(out, (unsigned int)c);
	return 7;
}

void
hc_xlsx_text_unescape(struct hc_buf *out, const char *bytes, size_t len)
{
	const char *s = bytes, *end = bytes + len, *next;
	long c;

	while ((next = memmem(s, (size_t)(end - s), "_x", 2)) != NULL) {
		hc_buf_add(out, s, (size_t)(next - s));
		s = next;
		if ((c = escaped(s, end)) >= 0)
			s += unescape(out, s, end, c);
		else
			hc_buf_putc(out, *s++);
	}
	hc_buf_add(out, s, (size_t)(end - s));
}

/* Put the text up to where ${units} UTF-16 units of it end into the kana, or
   pass over it. */
static void
copy_to(struct hc_xlsx_text *t, size_t units, bool copy)
{
	size_t begin = t->at;
	unsigned char c;

	while (t->units < units && t->at < t->text.len) {
		c = (unsigned char)t->text.data[t->at++];
		/* A character counts at its first byte, one of four bytes
		   twice. */
		t->units += (c & 0xc0) != 0x80;
		t->units += c >= 0xf0;
		while (t->at < t->text.len &&
		    (t->text.data[t->at] & 0xc0) == 0x80)
			t->at++;
	}
	if (copy)
		hc_buf_add(&t->kana, hc_buf_text(&t->text) + begin,
		    t->at - begin);
}

static size_t
position(const char **attributes, const char *name)
{
	const char *text = hc_xml_attribute(attributes, name);

	return text != NULL ? strtoul(text, NULL, 10) : 0;
}

void
hc_xlsx_text_start(struct hc_xlsx_text *t, const char *name,
    const char **attributes)
{
	if (strcmp(name, "t") == 0) {
		t->in_t = true;
		hc_buf_clear(&t->piece);
	} else if (strcmp(name, "rPh") == 0) {
		t->in_kana = true;
		copy_to(t, position(attributes, "sb"), true);
		copy_to(t, position(attributes, "eb"), false);
	}
}

void
hc_xlsx_text_end(struct hc_xlsx_text *t, const char *name)
{
	if (strcmp(name, "t") == 0) {
		t->in_t = false;
		hc_xlsx_text_unescape(t->in_kana ? &t->kana : &t->text,
		    hc_buf_text(&t->piece), t->piece.len);
	} else if (strcmp(name, "rPh") == 0) {
		t->in_kana = false;
	}
}

void
hc_xlsx_text_add(struct hc_xlsx_text *t, const char *bytes, size_t len)
{
	if (t->piece.len + t->text.len + t->kana.len + len >
	    2 * HC_BOOK_CELL_MAX)
		t->too_long = true;
	else if (t->in_t)
		hc_buf_add(&t->piece, bytes, len);
}

enum hc_status
hc_xlsx_text_finish(struct hc_xlsx_text *t)
{
	if (t->kana.len > 0)
		copy_to(t, SIZE_MAX, true);
	if (hc_buf_failed(&t->text) || hc_buf_failed(&t->kana) ||
	    hc_buf_failed(&t->piece))
		return HC_NOMEM;
	return t->too_long || t->text.len > HC_BOOK_CELL_MAX ? HC_INVALID :
	    HC_OK;
}
