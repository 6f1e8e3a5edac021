/* The records and strings of Excel 5 to 2003. */
#include "base/bytes.h"
#include "base/charset.h"

#include "base/biff.h"

#define WIDE	0x01	/* 16 bits a character, else 8 */
#define PHONETIC 0x04
#define RICH	0x08

bool
hc_biff_next(struct hc_biff *b)
{
	const unsigned char *head;

	if (b->len - b->at < 4)
		return false;
	head = b->data + b->at;
	b->type = hc_bytes_u16(head);
	b->size = hc_bytes_u16(head + 2);
	if (b->len - b->at - 4 < b->size)
		return false;
	b->body = head + 4;
	b->at += 4 + b->size;
	b->done = 0;
	return true;
}

/* At the end of a record, go on in its CONTINUE record. */
static bool
more(struct hc_biff *b)
{
	while (b->done == b->size)
		if (b->len - b->at < 4 ||
		    hc_bytes_u16(b->data + b->at) != HC_BIFF_CONTINUE ||
		    !hc_biff_next(b))
			return false;
	return true;
}

/* Append ${n} bytes to ${out}, or pass them over if it is NULL. */
static bool
take(struct hc_biff *b, struct hc_buf *out, size_t n)
{
	size_t some;

	while (n > 0) {
		if (!more(b))
			return false;
		some = b->size - b->done < n ? b->size - b->done : n;
		if (out != NULL)
			hc_buf_add(out, b->body + b->done, some);
		b->done += some;
		n -= some;
	}
	return true;
}

/* A number of ${width} bytes, up to 4. */
static bool
take_number(struct hc_biff *b, size_t width, size_t *n)
{
	size_t i;

	for (*n = 0, i = 0; i < width; i++) {
		if (!more(b))
			return false;
		*n |= (size_t)b->body[b->done++] << (i * 8);
	}
	return true;
}

/* Put ${n} characters into b->units; each record begins with a byte that
   says how wide they are. */
static bool
take_units(struct hc_biff *b, size_t n, unsigned int flags)
{
	size_t width;

	while (n > 0) {
		if (b->done == b->size) {
			if (!more(b))
				return false;
			flags = b->body[b->done++];
		}
		width = (flags & WIDE) != 0 ? 2 : 1;
		for (; n > 0 && b->size - b->done >= width; n--) {
			hc_buf_putc(&b->units, b->body[b->done]);
			hc_buf_putc(&b->units, width == 2 ?
			    b->body[b->done + 1] : 0);
			b->done += width;
		}
		if (n > 0 && b->size - b->done == 1)
			return false;	/* half a character */
	}
	return true;
}

/* Append ${n} units of UTF-16 as UTF-8. */
static void
add_units(struct hc_buf *out, const char *units, size_t n)
{
	unsigned int c, low;
	size_t i;

	for (i = 0; i < n; i++) {
		c = hc_bytes_u16(units + i * 2);
		if (c >= 0xd800 && c < 0xdc00 && i + 1 < n) {
			low = hc_bytes_u16(units + i * 2 + 2);
			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) + low -
				    0xdc00;
				i++;
			}
		}
		if (c == 0 || (c >= 0xd800 && c < 0xe000))
			c = 0xfffd;
		hc_buf_codepoint(out, c);
	}
}

/*
 * Append the string of b->units with the furigana of b->extra in place of
 * what they stand over ([MS-XLS] 2.5.86, ExtRst): a kind, sizes and a font,
 * the number of runs, the reading, and the runs, which are where each begins
 * in the reading and in the text, and its length there.
 */
static void
add_kana(struct hc_biff *b, struct hc_buf *kana)
{
	const char *units = hc_buf_text(&b->units), *x = b->extra.data, *run;
	size_t n = b->units.len / 2, runs, len, i, at, from, to, next;

	if (b->extra.len < 14 || hc_bytes_u16(x) != 1)
		return;
	runs = hc_bytes_u16(x + 8);
	len = hc_bytes_u16(x + 12);
	if (len == 0 || b->extra.len < 14 + len * 2 + runs * 6)
		return;
	run = x + 14 + len * 2;
	for (i = 0, at = 0; i < runs; i++, run += 6) {
		from = hc_bytes_u16(run);
		next = i + 1 < runs ? hc_bytes_u16(run + 6) : len;
		to = hc_bytes_u16(run + 2);
		if (from > next || next > len || to < at || to > n)
			continue;
		add_units(kana, units + at * 2, to - at);
		add_units(kana, x + 14 + from * 2, next - from);
		at = to + hc_bytes_u16(run + 4);
		at = at < n ? at : n;
	}
	add_units(kana, units + at * 2, n - at);
}

static enum hc_status
wide_string(struct hc_biff *b, size_t n, struct hc_buf *text,
    struct hc_buf *kana)
{
	size_t flags, runs = 0, extra = 0;

	hc_buf_clear(&b->extra);
	if (!take_number(b, 1, &flags) ||
	    ((flags & RICH) != 0 && !take_number(b, 2, &runs)) ||
	    ((flags & PHONETIC) != 0 && !take_number(b, 4, &extra)) ||
	    !take_units(b, n, (unsigned int)flags) ||
	    !take(b, NULL, runs * 4) ||
	    !take(b, kana != NULL ? &b->extra : NULL, extra))
		return HC_INVALID;
	if (hc_buf_failed(&b->units) || hc_buf_failed(&b->extra))
		return HC_NOMEM;
	add_units(text, b->units.data, n);
	if (kana != NULL && b->extra.len > 0)
		add_kana(b, kana);
	return HC_OK;
}

/* Strings of BIFF5 are bytes; 10001 is the Japanese of old Macintoshes. */
static enum hc_status
byte_string(struct hc_biff *b, size_t n, struct hc_buf *text)
{
	bool japanese = b->codepage == 932 || b->codepage == 10001;
	struct hc_charset_faults faults;
	enum hc_status rc;
	size_t i;

	if (!take(b, &b->units, n))
		return HC_INVALID;
	if (hc_buf_failed(&b->units))
		return HC_NOMEM;
	for (i = 0; !japanese && b->codepage != 1252 && i < n; i++)
		if ((unsigned char)b->units.data[i] >= 0x80)
			b->unreadable = true;
	rc = hc_charset_to_utf8(text, japanese ? HC_CHARSET_CP932 :
	    HC_CHARSET_CP1252, hc_buf_text(&b->units), n, &faults);
	return rc == HC_INVALID ? HC_OK : rc;
}

enum hc_status
hc_biff_string(struct hc_biff *b, size_t width, struct hc_buf *text,
    struct hc_buf *kana)
{
	size_t n;

	hc_buf_clear(&b->units);
	if (!take_number(b, width, &n))
		return HC_INVALID;
	if (b->wide)
		return wide_string(b, n, text, kana);
	return byte_string(b, n, text);
}

void
hc_biff_free(struct hc_biff *b)
{
	hc_buf_free(&b->units);
	hc_buf_free(&b->extra);
}
