/*
 * The general keys, by one look-up in a generated table per character
 * (scripts/gen-fold says what the table holds).  What depends on the
 * neighbours, marks that make kana voiced, repetition marks, hyphens, is
 * done here.
 */
#include <stdbool.h>
#include <string.h>

#include "base/foldtable.h"
#include "base/norm.h"
#include "base/utf8.h"

#include "base/fold.h"

struct folder {
	struct hc_buf *out;
	char chunk[256];	/* text not yet in out; holds at least the
				   last character */
	size_t len;
	bool name;		/* leave out all that parts words */
	bool begun;		/* something is there to be parted from */
	bool parted;		/* a space or the like was read since */
	bool combines;		/* NFC is needed at the end */
};

#define CHUNK_FULL (sizeof(((struct folder *)NULL)->chunk) - 132)

static unsigned short
entry_of(unsigned int c)
{
	return hc_fold_entry[hc_fold_page[c / 128] * 128 + c % 128];
}

/*
 * The next character: ASCII and what has three bytes without a call, which
 * is nearly all.  The low bound leaves overlong forms, the high one
 * surrogates, to the careful way.
 */
static inline unsigned int
next_char(const char **in)
{
	const unsigned char *u = (const unsigned char *)*in;

	if (u[0] < 0x80) {
		*in += u[0] != '\0';
		return u[0];
	}
	if (u[0] >= 0xe1 && u[0] <= 0xef && u[0] != 0xed &&
	    (u[1] & 0xc0) == 0x80 && (u[2] & 0xc0) == 0x80) {
		*in += 3;
		return (u[0] & 0x0fU) << 12 | (u[1] & 0x3fU) << 6 |
		    (u[2] & 0x3fU);
	}
	return hc_utf8_next(in);
}

/* Where the last character of the chunk begins. */
static size_t
last_at(const struct folder *f)
{
	size_t at = f->len;

	while (at > 0 && ((unsigned char)f->chunk[--at] & 0xc0) == 0x80)
		;
	return at;
}

/* Hand all but the last character on. */
static void
flush(struct folder *f)
{
	size_t at = last_at(f);

	hc_buf_add(f->out, f->chunk, at);
	f->len -= at;
	memmove(f->chunk, f->chunk + at, f->len);
}

/*
 * Append ${len} bytes, at most 127, of text, behind a space if one waits.
 * Nearly always it is one character: bytes in a loop beat memcpy() there.
 */
static inline void
put(struct folder *f, const void *text, size_t len)
{
	const char *from = text;
	char *to;

	if (f->len > CHUNK_FULL)
		flush(f);
	if (f->parted) {
		if (f->begun && !f->name)
			f->chunk[f->len++] = ' ';
		f->parted = false;
	}
	to = f->chunk + f->len;
	f->len += len;
	do
		*to++ = *from++;
	while (--len > 0);
	f->begun = true;
}

static void
put_char(struct folder *f, unsigned int c)
{
	char s[3];

	s[0] = (char)(0xe0 | c >> 12);
	s[1] = (char)(0x80 | (c >> 6 & 0x3f));
	s[2] = (char)(0x80 | (c & 0x3f));
	put(f, s, sizeof(s));	/* kana and marks are all of three bytes */
}

/* The character directly before, 0 if none or if a space is between. */
static unsigned int
last(const struct folder *f)
{
	char text[5] = "";
	const char *s = text;
	size_t at;

	if (f->len == 0 || (f->parted && !f->name))
		return 0;
	at = last_at(f);
	memcpy(text, f->chunk + at, f->len - at < 4 ? f->len - at : 4);
	return hc_utf8_next(&s);
}

static bool
is_hiragana(unsigned int c)
{
	return c >= 0x3041 && c <= 0x3094;
}

static bool
is_ideograph(unsigned int c)
{
	return (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
	    (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

/* Hiragana with a mark: か to が, は to ば (1) or ぱ (2); 0 if there is no
   such. */
static unsigned int
marked(unsigned int c, unsigned int mark)
{
	if (c >= 0x306f && c <= 0x307b && (c - 0x306f) % 3 == 0)
		return c + mark;
	if (mark != 1)
		return 0;
	if (c == 0x3046)
		return 0x3094;
	if (c == 0x309d)
		return 0x309e;
	if (c >= 0x304b && c <= 0x3061)
		return c % 2 == 1 ? c + 1 : 0;
	return c == 0x3064 || c == 0x3066 || c == 0x3068 ? c + 1 : 0;
}

/* The same without: が to か. */
static unsigned int
unmarked(unsigned int c)
{
	unsigned int mark;

	if (c == 0x3094)
		return 0x3046;
	for (mark = 1; mark <= 2; mark++)
		if (marked(c - mark, mark) == c)
			return c - mark;
	return c;
}

/* A voiced mark: mend the kana before it, or fall away. */
static void
voice(struct folder *f, unsigned int mark)
{
	unsigned int c = marked(last(f), mark);

	if (c == 0)
		return;
	f->len = last_at(f);
	f->parted = false;
	put_char(f, c);
}

/* ゝ and ゞ: the kana before once more, or the mark itself. */
static void
repeat_kana(struct folder *f, unsigned int mark)
{
	unsigned int c = last(f), voiced;

	if (!is_hiragana(c)) {
		put_char(f, mark == 0 ? 0x309d : 0x309e);
		return;
	}
	c = unmarked(c);
	voiced = mark == 1 ? marked(c, 1) : 0;
	put_char(f, voiced != 0 ? voiced : c);
}

/* 々: the kanji before once more. */
static void
repeat(struct folder *f)
{
	char s[4];
	size_t at;

	if (!is_ideograph(last(f))) {
		put_char(f, 0x3005);
		return;
	}
	at = last_at(f);
	memcpy(s, f->chunk + at, f->len - at);
	put(f, s, f->len - at);
}

/* Is the next thing read a kana, or nothing, or a space? */
static bool
kana_or_end(const char *next)
{
	unsigned int c = hc_utf8_next(&next);

	return c == 0 || (c >= 0x3041 && c <= 0x30ff && c != 0x30fb) ||
	    (c >= 0xff66 && c <= 0xff9f) || entry_of(c) == HC_FOLD_SPACE;
}

/*
 * A hyphen.  Behind a kana it is how keyboards and scanners write the long
 * vowel mark (コ-ヒ-), unless a number or a letter follows (コーポ-201), or it
 * stands where nothing can be lengthened (アン-マリー).
 */
static void
hyphen(struct folder *f, const char *next)
{
	unsigned int c = f->parted ? 0 : last(f);

	if (is_hiragana(c) && c != 0x3093 && c != 0x3063 && kana_or_end(next))
		put_char(f, 0x30fc);
	else
		f->parted = true;
}

/* Text of the pool; in names without its full stops and commas. */
static void
put_pool(struct folder *f, unsigned short offset)
{
	const unsigned char *p = hc_fold_pool + offset;
	size_t len = *p & 0x7f, i, from = 0;

	f->combines = f->combines || (*p & 0x80) != 0;
	p++;
	if (!f->name) {
		put(f, p, len);
		return;
	}
	for (i = 0; i < len; i++) {
		if (p[i] != '.' && p[i] != ',' &&
		    (len - i < 3 || memcmp(p + i, "\xe3\x80", 2) != 0 ||
		    (p[i + 2] != 0x81 && p[i + 2] != 0x82)))
			continue;
		if (i > from)
			put(f, p + from, i - from);
		i += p[i] == 0xe3 ? 2 : 0;
		from = i + 1;
	}
	if (len > from)
		put(f, p + from, len - from);
}

/* What the table cannot say by a text alone. */
static void
act(struct folder *f, unsigned short entry, const char *from,
    const char *next)
{
	switch (entry) {
	case HC_FOLD_SPACE:
		f->parted = true;
		break;
	case HC_FOLD_HYPHEN:
		hyphen(f, next);
		break;
	case HC_FOLD_VOICED:
		voice(f, 1);
		break;
	case HC_FOLD_SEMIVOICED:
		voice(f, 2);
		break;
	case HC_FOLD_REPEAT:
		repeat(f);
		break;
	case HC_FOLD_REPEAT_KANA:
		repeat_kana(f, 0);
		break;
	case HC_FOLD_REPEAT_VOICED:
		repeat_kana(f, 1);
		break;
	case HC_FOLD_STOP:
		if (!f->name)
			put(f, from, (size_t)(next - from));
		break;
	case HC_FOLD_COMBINES:
		f->combines = true;
		put(f, from, (size_t)(next - from));
		break;
	}
}

/* Bring what was appended behind ${begin} into NFC. */
static void
compose(struct hc_buf *out, size_t begin)
{
	struct hc_buf nfc = HC_BUF_INIT;

	if (out->failed)
		return;
	hc_norm_nfc(&nfc, hc_buf_text(out) + begin);
	hc_buf_cut(out, begin);
	hc_buf_add(out, hc_buf_text(&nfc), nfc.len);
	out->failed = out->failed || nfc.failed;
	hc_buf_free(&nfc);
}

static void
fold(struct hc_buf *out, const char *in, bool name)
{
	struct folder f = { .out = out, .name = name };
	const char *from;
	size_t begin = out->len;
	unsigned short entry;
	unsigned int c;

	while (from = in, (c = next_char(&in)) != 0) {
		entry = entry_of(c);
		if (entry >= HC_FOLD_POOL)
			put_pool(&f, entry);
		else if (entry != HC_FOLD_COPY)
			act(&f, entry, from, in);
		else if (c != 0xfffd)
			put(&f, from, (size_t)(in - from));
		else
			put_char(&f, c);	/* may be a bad byte */
	}
	hc_buf_add(out, f.chunk, f.len);
	if (f.combines)
		compose(out, begin);
}

void
hc_fold_text(struct hc_buf *out, const char *in)
{
	fold(out, in, false);
}

void
hc_fold_name(struct hc_buf *out, const char *in)
{
	fold(out, in, true);
}
