/* Text cut into overlapping pieces. */
#include <stdbool.h>
#include <stddef.h>

#include "base/gram.h"

/* What is no letter, digit or beyond ASCII moves there: '!' to U+FF01.
   Folding turned the characters that have their home there into ASCII. */
#define MOVED 0xff00u
/* The place of the space, which no text holds. */
#define WHOLE 0xff00u

enum kind { DIGIT, LATIN, OTHER, SPACE, END };

static const size_t longest[] = { [DIGIT] = 4, [LATIN] = 3, [OTHER] = 2 };

/* The kind of the character at ${p} and its bytes. */
static enum kind
look(const char *p, size_t *len)
{
	unsigned char c = (unsigned char)*p;

	*len = 1;
	if (c == '\0')
		return END;
	if (c >= '0' && c <= '9')
		return DIGIT;
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return LATIN;
	if (c <= ' ' || c == 0x7f)
		return SPACE;
	while (c >= 0x80 && ((unsigned char)p[*len] & 0xc0) == 0x80)
		++*len;
	return OTHER;
}

static void
add_character(struct hc_buf *out, const char *p, size_t len, enum kind kind)
{
	if (kind == OTHER && len == 1)
		hc_buf_codepoint(out, MOVED + (unsigned char)*p - ' ');
	else
		hc_buf_add(out, p, len);
}

/* Append the piece of at most ${want} characters at ${p}. */
static void
add_piece(struct hc_buf *out, const char *p, enum kind kind, size_t want)
{
	enum kind here;
	size_t n = 0, len;

	for (; n < want; p += len) {
		here = look(p, &len);
		if (here == SPACE)
			continue;
		if (here != kind)
			break;
		add_character(out, p, len, kind);
		n++;
	}
}

void
hc_gram_text(struct hc_buf *out, const char *key)
{
	enum kind kind;
	size_t len;

	for (; (kind = look(key, &len)) != END; key += len) {
		if (kind == SPACE)
			continue;
		if (out->len > 0)
			hc_buf_putc(out, ' ');
		add_piece(out, key, kind, longest[kind]);
	}
}

/* The last run of one kind in ${key}: where it begins, and its length. */
static const char *
last_run(const char *key, size_t *count)
{
	const char *begin = key;
	enum kind kind, run = END;
	size_t len;

	*count = 0;
	for (; (kind = look(key, &len)) != END; key += len) {
		if (kind == SPACE)
			continue;
		if (kind != run) {
			begin = key;
			*count = 0;
			run = kind;
		}
		++*count;
	}
	return begin;
}

void
hc_gram_phrase(struct hc_buf *out, const char *key)
{
	size_t count, len, done = 0;
	const char *last = last_run(key, &count);
	bool any = false;
	enum kind kind;

	if (count == 0)
		return;
	hc_buf_putc(out, '"');
	for (; (kind = look(key, &len)) != END; key += len) {
		if (kind == SPACE)
			continue;
		/* In the last run only whole pieces are sure to be there,
		   since the text may go on; one is taken in any case. */
		if (key >= last && done++ > 0 &&
		    count - done + 1 < longest[kind])
			break;
		if (any)
			hc_buf_putc(out, ' ');
		add_piece(out, key, kind, longest[kind]);
		any = true;
	}
	hc_buf_putc(out, '"');
	if (count < longest[look(last, &len)])
		hc_buf_puts(out, " *");
}

void
hc_gram_whole(struct hc_buf *out, const char *key)
{
	enum kind kind;
	size_t len;

	if (out->len > 0)
		hc_buf_putc(out, ' ');
	hc_buf_codepoint(out, WHOLE);
	for (; (kind = look(key, &len)) != END; key += len)
		if (kind != SPACE)
			add_character(out, key, len, kind);
}
