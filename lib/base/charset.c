/*
 * From the encodings that offices have to UTF-8, and to CP932 for exports.
 *
 * One loop serves all encodings in which ASCII is ASCII; each brings only a
 * function that takes one character that is not.  The loop is inlined for
 * each of them: that makes it several times as fast as iconv(3).
 */
#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/charset-latin.h"
#include "base/charset-table.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include "base/charset.h"

#define BAD 0xfffffu	/* no character: what was met is a fault */
#define CHUNK 4096	/* of output; handed over when it is full */
#define ONES 0x0101010101010101u
#define HIGHS 0x8080808080808080u

static const char replacement[] = "\xef\xbf\xbd";

static const struct {
	const char *name;
	enum hc_charset charset;
} names[] = {
	/* The first of each is what hc_charset_name() gives. */
	{ "ASCII", HC_CHARSET_ASCII },
	{ "UTF-8", HC_CHARSET_UTF8 },
	{ "CP932", HC_CHARSET_CP932 },
	{ "EUC-JP", HC_CHARSET_EUCJP },
	{ "ISO-2022-JP", HC_CHARSET_ISO2022JP },
	{ "UTF-16LE", HC_CHARSET_UTF16LE },
	{ "UTF-16BE", HC_CHARSET_UTF16BE },
	{ "Windows-1252", HC_CHARSET_CP1252 },
	{ "ISO-8859-1", HC_CHARSET_LATIN1 },
	{ "US-ASCII", HC_CHARSET_ASCII },
	{ "UTF8", HC_CHARSET_UTF8 },
	{ "Shift_JIS", HC_CHARSET_CP932 },
	{ "Shift-JIS", HC_CHARSET_CP932 },
	{ "SJIS", HC_CHARSET_CP932 },
	{ "Windows-31J", HC_CHARSET_CP932 },
	{ "MS932", HC_CHARSET_CP932 },
	{ "EUCJP", HC_CHARSET_EUCJP },
	{ "EUC", HC_CHARSET_EUCJP },
	{ "JIS", HC_CHARSET_ISO2022JP },
	{ "UTF16LE", HC_CHARSET_UTF16LE },
	{ "UTF16BE", HC_CHARSET_UTF16BE },
	{ "CP1252", HC_CHARSET_CP1252 },
	{ "Latin1", HC_CHARSET_LATIN1 },
};

const char *
hc_charset_name(enum hc_charset charset)
{
	return names[charset].name;
}

int
hc_charset_parse(const char *name, enum hc_charset *charset)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i].name, name) == 0) {
			*charset = names[i].charset;
			return 0;
		}
	return -1;
}

/* A conversion under way. */
struct conversion {
	const struct hc_charset_table *table;
	struct hc_buf *out;
	struct hc_charset_faults *faults;
	/* How far the text was searched for lines, and where that is. */
	const char *text;	/* where it stands; NULL: in out */
	size_t counted;
	size_t line, column;
	bool after_cr;
};

/* Count lines and columns of the UTF-8 in ${text} up to ${upto}. */
static void
count_to(struct conversion *cv, const char *text, size_t upto)
{
	for (; cv->counted < upto; cv->counted++) {
		unsigned char c = (unsigned char)text[cv->counted];

		if (c == '\r' || (c == '\n' && !cv->after_cr)) {
			cv->line++;
			cv->column = 1;
		} else if (c != '\n' && (c & 0xc0) != 0x80) {
			cv->column++;
		}
		cv->after_cr = c == '\r';
	}
}

/* Note a fault of ${len} ${bytes} that stands at ${at} of the text. */
static void
note_fault(struct conversion *cv, size_t at, const unsigned char *bytes,
    size_t len)
{
	struct hc_charset_faults *f = cv->faults;
	struct hc_charset_fault *fault;

	if (f->count < HC_CHARSET_FAULTS) {
		count_to(cv, cv->text != NULL ? cv->text : cv->out->data, at);
		fault = &f->first[f->count];
		fault->line = cv->line;
		fault->column = cv->column;
		fault->len = len < sizeof(fault->bytes) ? len :
		    sizeof(fault->bytes);
		memcpy(fault->bytes, bytes, fault->len);
	}
	f->count++;
}

/* Append U+FFFD, and note what stands there instead of a character. */
static void
replace(struct conversion *cv, const unsigned char *bytes, size_t len)
{
	if (hc_buf_failed(cv->out))
		return;
	note_fault(cv, cv->out->len, bytes, len);
	hc_buf_puts(cv->out, replacement);
}

static inline unsigned char *
put(unsigned char *to, unsigned int c)
{
	if (c < 0x80) {
		*to++ = (unsigned char)c;
	} else if (c < 0x800) {
		*to++ = (unsigned char)(0xc0 | c >> 6);
		*to++ = (unsigned char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*to++ = (unsigned char)(0xe0 | c >> 12);
		*to++ = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (unsigned char)(0x80 | (c & 0x3f));
	} else {
		*to++ = (unsigned char)(0xf0 | c >> 18);
		*to++ = (unsigned char)(0x80 | (c >> 12 & 0x3f));
		*to++ = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (unsigned char)(0x80 | (c & 0x3f));
	}
	return to;
}

/*
 * The functions that take one character, which is not ASCII: put its code
 * point or BAD into ${c}, return how many bytes it is.  A bad lead byte does
 * not take an ASCII character with it: that may be a comma or a newline.
 */
typedef size_t take_char(const struct hc_charset_table *table,
    const unsigned char *s, size_t len, unsigned int *c);

static inline size_t
take_cp932(const struct hc_charset_table *table, const unsigned char *s,
    size_t len, unsigned int *c)
{
	unsigned int pair;

	if (*s >= 0xa1 && *s <= 0xdf) {
		*c = 0xff61u + *s - 0xa1;
		return 1;
	}
	*c = BAD;
	/* Trails are 40-7E and 80-FC. */
	if (len < 2 || *s == 0x80 || *s == 0xa0 || *s > 0xfc ||
	    s[1] < 0x40 || s[1] == 0x7f || s[1] > 0xfc)
		return 1;
	pair = table->cp932[s[0] << 8 | s[1]];
	if (pair != 0)
		*c = pair;
	return 2;
}

static inline size_t
take_eucjp(const struct hc_charset_table *table, const unsigned char *s,
    size_t len, unsigned int *c)
{
	unsigned int pair;

	*c = BAD;
	if (len < 2 || s[1] < 0xa1 || s[1] > 0xfe)
		return 1;
	if (*s == 0x8e) {
		if (s[1] <= 0xdf)
			*c = 0xff61u + s[1] - 0xa1;
		return 2;
	}
	if (*s == 0x8f) {
		if (len < 3 || s[2] < 0xa1 || s[2] > 0xfe)
			return 2;
		if ((pair = table->eucjp3[s[1] << 8 | s[2]]) != 0)
			*c = pair;
		return 3;
	}
	if (*s < 0xa1 || *s > 0xfe)
		return 1;
	if ((pair = table->eucjp[s[0] << 8 | s[1]]) != 0)
		*c = pair;
	return 2;
}

static inline size_t
take_cp1252(const struct hc_charset_table *table, const unsigned char *s,
    size_t len, unsigned int *c)
{
	(void)table;
	(void)len;
	if ((*c = hc_charset_latin_point(*s, true)) == 0)
		*c = BAD;
	return 1;
}

static inline size_t
take_latin1(const struct hc_charset_table *table, const unsigned char *s,
    size_t len, unsigned int *c)
{
	(void)table;
	(void)len;
	if ((*c = hc_charset_latin_point(*s, false)) == 0)
		*c = BAD;
	return 1;
}

static inline size_t
take_ascii(const struct hc_charset_table *table, const unsigned char *s,
    size_t len, unsigned int *c)
{
	(void)table;
	(void)s;
	(void)len;
	*c = BAD;
	return 1;
}

/* Copy eight bytes; how many of the first of them are ASCII and no NUL. */
static inline size_t
copy_ascii(unsigned char *to, const unsigned char *s)
{
	uint64_t word, others;

	memcpy(&word, s, sizeof(word));
	memcpy(to, &word, sizeof(word));
	word = le64toh(word);
	/* Exact up to the first that is not; a borrow spoils only the rest. */
	others = (word | (word - ONES)) & HIGHS;
	return others == 0 ? sizeof(word) : (size_t)__builtin_ctzll(others) / 8;
}

/*
 * The common case, as long as it lasts and ${s} has eight bytes more: runs
 * of ASCII, pairs above U+07FF that the table holds, and (with ${kana})
 * half-width kana of one byte.
 */
static inline __attribute__((always_inline)) const unsigned char *
convert_plain(const uint16_t *pairs, bool kana, const unsigned char *s,
    const unsigned char *end, unsigned char **to)
{
	unsigned char *at = *to, *full = at + CHUNK;
	unsigned int c;
	size_t n;

	while (end - s >= 8 && at < full) {
		n = copy_ascii(at, s);
		at += n;
		s += n;
		if (n == 8)
			continue;
		if (*s == 0 || end - s < 8)
			break;
		do {
			n = 2;
			if (kana && *s >= 0xa1 && *s <= 0xdf) {
				n = 1;
				c = 0xff61u + *s - 0xa1;
			} else if ((c = pairs[s[0] << 8 | s[1]]) < 0x800) {
				goto out;
			}
			at[0] = (unsigned char)(0xe0 | c >> 12);
			at[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
			at[2] = (unsigned char)(0x80 | (c & 0x3f));
			at += 3;
			s += n;
		} while (end - s >= 8 && *s >= 0x80 && at < full);
	}
out:
	*to = at;
	return s;
}

static inline __attribute__((always_inline)) void
convert(struct conversion *cv, const unsigned char *s, size_t len,
    const uint16_t *pairs, bool kana, take_char *take)
{
	unsigned char chunk[CHUNK * 3], *to = chunk;
	const unsigned char *end = s + len;
	unsigned int c;
	size_t n;

	while (s < end) {
		if (pairs != NULL)
			s = convert_plain(pairs, kana, s, end, &to);
		if (to - chunk >= CHUNK) {
			hc_buf_add(cv->out, chunk, (size_t)(to - chunk));
			to = chunk;
		}
		if (s == end)
			break;
		c = *s;
		n = 1;
		if (c == 0)
			c = BAD;
		else if (c >= 0x80)
			n = take(cv->table, s, (size_t)(end - s), &c);
		if (c != BAD) {
			to = put(to, c);
		} else {
			hc_buf_add(cv->out, chunk, (size_t)(to - chunk));
			to = chunk;
			replace(cv, s, n);
		}
		s += n;
	}
	hc_buf_add(cv->out, chunk, (size_t)(to - chunk));
}

static void
convert_utf8(struct conversion *cv, const unsigned char *s, size_t len)
{
	size_t n, bad;

	while (!hc_utf8_valid((const char *)s, len, &bad)) {
		hc_buf_add(cv->out, s, bad);
		s += bad;
		len -= bad;
		/* A cut sequence is one fault with all its bytes. */
		n = 1;
		if (*s >= 0xc2)
			while (n < len && n < (*s >= 0xf0 ? 3 : 2) &&
			    (s[n] & 0xc0) == 0x80)
				n++;
		replace(cv, s, n);
		s += n;
		len -= n;
	}
	hc_buf_add(cv->out, s, len);
}

static void
convert_utf16(struct conversion *cv, const unsigned char *s, size_t len,
    bool big)
{
	const unsigned char *end = s + len;
	unsigned int c, low;
	size_t n;
	int high = big ? 0 : 1;

	for (; end - s >= 2; s += n) {
		n = 2;
		c = (unsigned int)s[high] << 8 | s[!high];
		if (c >= 0xd800 && c <= 0xdbff && end - s >= 4) {
			low = (unsigned int)s[2 + high] << 8 | s[2 + !high];
			if (low >= 0xdc00 && low <= 0xdfff) {
				c = 0x10000 + ((c & 0x3ff) << 10 |
				    (low & 0x3ff));
				n = 4;
			}
		}
		if (c == 0 || (c >= 0xd800 && c <= 0xdfff))
			replace(cv, s, n);
		else
			hc_buf_codepoint(cv->out, c);
	}
	if (s < end)
		replace(cv, s, 1);
}

/* The sets that ISO-2022-JP switches between. */
enum jis { JIS_ASCII, JIS_KANJI, JIS_KANA, JIS_UNKNOWN };

/* An escape of ISO-2022-JP: its set; its length into ${n}. */
static enum jis
jis_escape(const unsigned char *s, size_t len, size_t *n)
{
	*n = 3;
	if (len >= 3 && s[1] == '$' && (s[2] == '@' || s[2] == 'B'))
		return JIS_KANJI;
	if (len >= 3 && s[1] == '(' && (s[2] == 'B' || s[2] == 'J'))
		return JIS_ASCII;
	if (len >= 3 && s[1] == '(' && s[2] == 'I')
		return JIS_KANA;
	*n = 1;
	return JIS_UNKNOWN;
}

static void
convert_iso2022jp(struct conversion *cv, const unsigned char *s, size_t len)
{
	const unsigned char *end = s + len;
	enum jis set = JIS_ASCII, next;
	unsigned int c;
	size_t n;

	for (; s < end; s += n) {
		n = 1;
		c = *s;
		if (c == 0x1b) {
			next = jis_escape(s, (size_t)(end - s), &n);
			if (next != JIS_UNKNOWN) {
				set = next;
				continue;
			}
			c = 0;
		} else if (c < 0x20) {
			/* Every line begins in ASCII. */
			if (c == '\n' || c == '\r')
				set = JIS_ASCII;
		} else if (set == JIS_KANA) {
			c = c >= 0x21 && c <= 0x5f ? 0xff61 + c - 0x21 : 0;
		} else if (set == JIS_KANJI) {
			n = end - s >= 2 && s[1] > 0x20 && s[1] < 0x7f ? 2 : 1;
			c = n == 1 ? 0 :
			    cv->table->eucjp[(s[0] << 8 | s[1]) | 0x8080];
		}
		if (c == 0 || c > 0xffff || (c >= 0x7f && c < 0xa0))
			replace(cv, s, n);
		else
			hc_buf_codepoint(cv->out, c);
	}
}

static size_t
bom_len(enum hc_charset charset, const char *bytes, size_t len)
{
	static const struct {
		enum hc_charset charset;
		const char *bom;
		size_t len;
	} boms[] = {
		{ HC_CHARSET_UTF8, "\xef\xbb\xbf", 3 },
		{ HC_CHARSET_UTF16LE, "\xff\xfe", 2 },
		{ HC_CHARSET_UTF16BE, "\xfe\xff", 2 },
	};
	size_t i;

	for (i = 0; i < sizeof(boms) / sizeof(boms[0]); i++)
		if (boms[i].charset == charset && len >= boms[i].len &&
		    memcmp(bytes, boms[i].bom, boms[i].len) == 0)
			return boms[i].len;
	return 0;
}

static enum hc_status
begin(struct conversion *cv, struct hc_buf *out, enum hc_charset charset,
    struct hc_charset_faults *faults)
{
	*cv = (struct conversion){ .out = out, .faults = faults,
		.counted = out->len, .line = 1, .column = 1 };
	faults->count = 0;
	if (charset == HC_CHARSET_CP932 || charset == HC_CHARSET_EUCJP ||
	    charset == HC_CHARSET_ISO2022JP) {
		cv->table = hc_charset_table();
		if (cv->table == NULL)
			return HC_CONFIG;
	}
	return HC_OK;
}

static enum hc_status
end(const struct conversion *cv)
{
	if (hc_buf_failed(cv->out))
		return HC_NOMEM;
	return cv->faults->count == 0 ? HC_OK : HC_INVALID;
}

enum hc_status
hc_charset_to_utf8(struct hc_buf *out, enum hc_charset charset,
    const char *bytes, size_t len, struct hc_charset_faults *faults)
{
	size_t bom = bom_len(charset, bytes, len);
	const unsigned char *s = (const unsigned char *)bytes + bom;
	struct conversion cv;
	enum hc_status rc;

	if ((rc = begin(&cv, out, charset, faults)) != HC_OK)
		return rc;
	len -= bom;
	switch (charset) {
	case HC_CHARSET_ASCII:
		convert(&cv, s, len, NULL, false, take_ascii);
		break;
	case HC_CHARSET_UTF8:
		convert_utf8(&cv, s, len);
		break;
	case HC_CHARSET_CP932:
		convert(&cv, s, len, cv.table->cp932, true, take_cp932);
		break;
	case HC_CHARSET_EUCJP:
		convert(&cv, s, len, cv.table->eucjp, false,
		    take_eucjp);
		break;
	case HC_CHARSET_ISO2022JP:
		convert_iso2022jp(&cv, s, len);
		break;
	case HC_CHARSET_UTF16LE:
	case HC_CHARSET_UTF16BE:
		convert_utf16(&cv, s, len, charset == HC_CHARSET_UTF16BE);
		break;
	case HC_CHARSET_CP1252:
		convert(&cv, s, len, NULL, false, take_cp1252);
		break;
	case HC_CHARSET_LATIN1:
		convert(&cv, s, len, NULL, false, take_latin1);
		break;
	}
	return end(&cv);
}

/* What Windows writes for a character that CP932 has under another code
   point only; macOS and Linux converters give the first of each. */
static unsigned int
twin(unsigned int c)
{
	static const uint16_t twins[][2] = {
		{ 0x301c, 0xff5e }, { 0x2212, 0xff0d }, { 0x2016, 0x2225 },
		{ 0x2014, 0x2015 }, { 0x00a2, 0xffe0 }, { 0x00a3, 0xffe1 },
		{ 0x00ac, 0xffe2 }, { 0x00a5, 0xffe5 }, { 0x00a0, 0x0020 },
	};
	size_t i;

	for (i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if (twins[i][0] == c)
			return twins[i][1];
	return c;
}

/* Append ${c} in CP932; false if it has none. */
static bool
put_cp932(struct conversion *cv, unsigned int c)
{
	unsigned int pair;

	c = twin(c);
	if (c < 0x80) {
		hc_buf_putc(cv->out, (int)c);
		return true;
	}
	pair = c < 0x10000 ? cv->table->to_cp932[c] : 0;
	if (pair == 0)
		return false;
	if (pair > 0xff)
		hc_buf_putc(cv->out, (int)(pair >> 8));
	hc_buf_putc(cv->out, (int)(pair & 0xff));
	return true;
}

/* Variation selectors: what they stand behind can be read without them. */
static bool
is_selector(unsigned int c)
{
	return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

static void
write_cp932(struct conversion *cv, const char *text, size_t len)
{
	const char *at = text, *from;
	unsigned int c;

	while (at < text + len) {
		from = at;
		if ((c = hc_utf8_next(&at)) == 0)
			at++;	/* a NUL inside */
		else if (put_cp932(cv, c))
			continue;
		note_fault(cv, (size_t)(from - text),
		    (const unsigned char *)from, (size_t)(at - from));
		if (!is_selector(c))
			hc_buf_puts(cv->out, "\x81\xac");	/* 〓 */
	}
}

static void
write_ascii(struct conversion *cv, const char *text, size_t len)
{
	const char *at = text, *from;
	unsigned int c;

	while (at < text + len) {
		from = at;
		if ((c = hc_utf8_next(&at)) == 0)
			at++;
		else if (c < 0x80) {
			hc_buf_putc(cv->out, (int)c);
			continue;
		}
		note_fault(cv, (size_t)(from - text),
		    (const unsigned char *)from, (size_t)(at - from));
		hc_buf_putc(cv->out, '?');
	}
}

enum hc_status
hc_charset_from_utf8(struct hc_buf *out, enum hc_charset charset,
    const char *text, size_t len, struct hc_charset_faults *faults)
{
	struct conversion cv;
	enum hc_status rc;

	if ((rc = begin(&cv, out, charset, faults)) != HC_OK)
		return rc;
	cv.text = text;
	cv.counted = 0;
	if (charset == HC_CHARSET_CP932)
		write_cp932(&cv, text, len);
	else if (charset == HC_CHARSET_ASCII)
		write_ascii(&cv, text, len);
	else if (charset == HC_CHARSET_UTF8)
		convert_utf8(&cv, (const unsigned char *)text, len);
	else
		return HC_INVALID;
	return end(&cv);
}
