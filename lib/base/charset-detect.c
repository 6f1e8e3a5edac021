/*
 * Which encoding a text file has.
 *
 * The Japanese ones overlap: many bytes are valid in two of them.  So each
 * is tried on the whole file and gets points for what ordinary Japanese text
 * is made of; the share of what is no character at all decides first.  Nearly
 * all bytes are valid in a Western one, so that these come last.
 */
#include <stdbool.h>
#include <string.h>

#include "base/charset-latin.h"
#include "base/charset-table.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include "base/charset.h"

/* A few broken characters may be among the others. */
static bool
plausible(const struct hc_charset_look *look)
{
	if (look->faults <= 3)
		return look->faults * 10 < look->chars;
	return look->faults * 100 < look->chars;
}

/* So much of it is no text that the rest need not be looked at. */
static bool
hopeless(const struct hc_charset_look *look)
{
	return look->faults > 10000 && look->faults > look->chars / 4;
}

/* Kana and first-level kanji are ordinary; the second level is rare. */
static long
points_of(unsigned int c, int level)
{
	if (level == 2)
		return -4;
	if (c >= 0x370 && c <= 0x4ff)		/* Greek, Cyrillic */
		return -2;
	if (c >= 0x2500 && c <= 0x257f)		/* lines of boxes */
		return -2;
	if (c >= 0xe000 && c <= 0xf8ff)		/* an office's own signs */
		return -4;
	return 2;
}

static bool
is_kana(unsigned char c)
{
	return c >= 0xa6 && c <= 0xdf;
}

/* A half-width letter among others; alone it is rather a Western one, and
   punctuation is what hiragana in EUC-JP would look like. */
static long
points_of_kana(const unsigned char *s, const unsigned char *begin,
    const unsigned char *end)
{
	return is_kana(*s) && ((s > begin && is_kana(s[-1])) ||
	    (s + 1 < end && is_kana(s[1]))) ? 1 : -1;
}

static void
look_cp932(struct hc_charset_look *look,
    const struct hc_charset_table *table, const unsigned char *s, size_t len)
{
	const unsigned char *begin = s, *end = s + len;
	unsigned int pair, c;

	while (s < end) {
		if (*s < 0x80) {
			s++;
			continue;
		}
		look->chars++;
		if (*s >= 0xa1 && *s <= 0xdf) {
			look->points += points_of_kana(s++, begin, end);
			continue;
		}
		pair = end - s < 2 ? 0 : (unsigned int)s[0] << 8 | s[1];
		if ((c = table->cp932[pair]) == 0) {
			look->faults++;
			s++;
			continue;
		}
		look->points += points_of(c, pair >= 0x989f && pair < 0xed00 ?
		    2 : 1);
		s += 2;
	}
}

static void
look_eucjp(struct hc_charset_look *look,
    const struct hc_charset_table *table, const unsigned char *s, size_t len)
{
	const unsigned char *end = s + len;
	unsigned int pair, c;
	size_t n;

	for (; s < end; s += n) {
		n = 1;
		if (*s < 0x80)
			continue;
		look->chars++;
		pair = end - s < 2 ? 0 : (unsigned int)s[0] << 8 | s[1];
		if (pair >= 0x8ea1 && pair <= 0x8edf) {
			/* Half-width kana; as CP932 it would be kanji that
			   all have the one lead byte. */
			look->points += 3;
			n = 2;
		} else if (*s == 0x8f && end - s >= 3 &&
		    table->eucjp3[s[1] << 8 | s[2]] != 0) {
			n = 3;
		} else if ((c = table->eucjp[pair]) != 0) {
			look->points += points_of(c, *s >= 0xd0 ? 2 : 1);
			n = 2;
		} else {
			look->faults++;
		}
	}
}

static void
look_utf8(struct hc_charset_look *look, const char *s, size_t len)
{
	const char *end = s + len;
	size_t bad, i;

	while (s < end) {
		if (hc_utf8_valid(s, (size_t)(end - s), &bad))
			bad = (size_t)(end - s);
		for (i = 0; i < bad; i++)
			look->chars += ((unsigned char)s[i] & 0xc0) == 0xc0;
		s += bad;
		if (s == end)
			break;
		/* A NUL is for the reader to refuse. */
		if (*s++ == '\0')
			continue;
		look->chars++;
		look->faults++;
		while (s < end && ((unsigned char)*s & 0xc0) == 0x80)
			s++;
	}
}

/*
 * UTF-16 without a BOM: ASCII characters leave zero bytes, nearly all of them
 * on one side (U+3000 and U+4E00 on the other), and most bytes of 0x0a are half
 * of a newline.
 */
static bool
looks_utf16(const char *s, size_t len, bool big)
{
	size_t i, zeros = 0, others = 0, newlines = 0, tens = 0;
	int high = big ? 0 : 1;

	if (len < 2 || len % 2 != 0)
		return false;
	for (i = 0; i < len; i += 2) {
		zeros += s[i + (size_t)high] == '\0';
		others += s[i + (size_t)!high] == '\0';
		tens += (s[i] == '\n') + (s[i + 1] == '\n');
		newlines += s[i + (size_t)high] == '\0' &&
		    s[i + (size_t)!high] == '\n';
	}
	return zeros * 50 >= len / 2 && others * 2 <= zeros &&
	    newlines * 2 >= tens;
}

/* By a BOM, or by escapes and zero bytes; false if none of them. */
static bool
detect_marked(const char *s, size_t len, enum hc_charset *charset)
{
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		*charset = HC_CHARSET_UTF8;
	else if (len >= 2 && memcmp(s, "\xff\xfe", 2) == 0)
		*charset = HC_CHARSET_UTF16LE;
	else if (len >= 2 && memcmp(s, "\xfe\xff", 2) == 0)
		*charset = HC_CHARSET_UTF16BE;
	else if (memchr(s, '\0', len) == NULL)
		return false;
	else if (looks_utf16(s, len, false))
		*charset = HC_CHARSET_UTF16LE;
	else if (looks_utf16(s, len, true))
		*charset = HC_CHARSET_UTF16BE;
	else
		return false;
	return true;
}

/* By the first bytes alone. */
static enum hc_status
begin(struct hc_charset_detector *d, const char *bytes, size_t len,
    bool last, struct hc_error *err)
{
	d->begun = true;
	if (len >= 4 && (memcmp(bytes, "\xff\xfe\0\0", 4) == 0 ||
	    memcmp(bytes, "\0\0\xfe\xff", 4) == 0))
		return hc_error_set(err, HC_INVALID, "%s",
		    _("the text is UTF-32: open it with the program that "
		    "made it, and save it as CSV UTF-8"));
	d->known = detect_marked(bytes, last ? len : len & ~(size_t)1,
	    &d->charset);
	return HC_OK;
}

enum hc_status
hc_charset_detect_add(struct hc_charset_detector *d, const char *bytes,
    size_t len, bool last, struct hc_error *err)
{
	const struct hc_charset_table *table;
	enum hc_status rc;

	if (!d->begun && (rc = begin(d, bytes, len, last, err)) != HC_OK)
		return rc;
	if (d->known)
		return HC_OK;
	if (!hopeless(&d->utf8))
		look_utf8(&d->utf8, bytes, len);
	if (d->utf8.chars == 0) {
		d->jis = d->jis || memmem(bytes, len, "\x1b$B", 3) != NULL ||
		    memmem(bytes, len, "\x1b$@", 3) != NULL;
		return HC_OK;
	}
	if (d->latin.faults == 0)
		hc_charset_latin_look(&d->latin,
		    (const unsigned char *)bytes, len);
	if ((table = hc_charset_table()) == NULL)
		return HC_OK;
	if (!hopeless(&d->cp932))
		look_cp932(&d->cp932, table, (const unsigned char *)bytes,
		    len);
	if (!hopeless(&d->eucjp))
		look_eucjp(&d->eucjp, table, (const unsigned char *)bytes,
		    len);
	return HC_OK;
}

/* Which of the Japanese ones, and how it looks; NULL if it is neither. */
static const struct hc_charset_look *
japanese(const struct hc_charset_detector *d, enum hc_charset *charset)
{
	const struct hc_charset_look *cp932 = &d->cp932, *eucjp = &d->eucjp;
	bool euc = plausible(eucjp);

	if (plausible(cp932) && euc) {
		/* Where both are whole, what looks more like text. */
		if (cp932->faults == 0 && eucjp->faults == 0)
			euc = eucjp->points > cp932->points;
		else
			euc = eucjp->faults < cp932->faults;
	} else if (!plausible(cp932) && !euc)
		return NULL;
	*charset = euc ? HC_CHARSET_EUCJP : HC_CHARSET_CP932;
	return euc ? eucjp : cp932;
}

/* é and a letter behind it are a rare kanji in CP932: who has only such, has
   Western names. */
static enum hc_status
detect_double(const struct hc_charset_detector *d, enum hc_charset *charset,
    struct hc_error *err)
{
	const struct hc_charset_look *look;

	if (hc_charset_table() == NULL)
		return hc_error_set(err, HC_CONFIG, "%s",
		    _("this system cannot convert CP932 and EUC-JP"));
	look = japanese(d, charset);
	if (look != NULL && (look->points > 0 ||
	    !hc_charset_latin_like(&d->latin)))
		return HC_OK;
	if (!hc_charset_latin_like(&d->latin))
		return hc_error_set(err, HC_INVALID, "%s",
		    _("the text is neither UTF-8 nor UTF-16, CP932, EUC-JP "
		    "or Windows-1252: open it with the program that made it, "
		    "and save it as CSV UTF-8"));
	*charset = d->latin.windows ? HC_CHARSET_CP1252 : HC_CHARSET_LATIN1;
	return HC_OK;
}

enum hc_status
hc_charset_detect_end(const struct hc_charset_detector *d,
    enum hc_charset *charset, struct hc_error *err)
{
	*charset = d->charset;
	if (d->known)
		return HC_OK;
	if (d->utf8.chars == 0)
		*charset = d->jis ? HC_CHARSET_ISO2022JP : HC_CHARSET_ASCII;
	else if (plausible(&d->utf8))
		*charset = HC_CHARSET_UTF8;
	else
		return detect_double(d, charset, err);
	return HC_OK;
}

enum hc_status
hc_charset_detect(const char *bytes, size_t len, enum hc_charset *charset,
    struct hc_error *err)
{
	struct hc_charset_detector d = { .begun = false };
	enum hc_status rc = HC_OK;

	*charset = HC_CHARSET_ASCII;
	if (len > 0)
		rc = hc_charset_detect_add(&d, bytes, len, true, err);
	return rc == HC_OK ? hc_charset_detect_end(&d, charset, err) : rc;
}

size_t
hc_charset_cut(enum hc_charset charset, const char *bytes, size_t len)
{
	size_t n = len;

	if (charset == HC_CHARSET_UTF16LE || charset == HC_CHARSET_UTF16BE) {
		n &= ~(size_t)1;
		/* A character of two units stays whole. */
		if (n >= 2 && ((unsigned char)bytes[n - (charset ==
		    HC_CHARSET_UTF16LE ? 1 : 2)] & 0xfc) == 0xd8)
			n -= 2;
		return n;
	}
	while (n > 0 && bytes[n - 1] != '\n' && bytes[n - 1] != '\r')
		n--;
	if (n > 0)
		return n;
	/* No line ends here: below 0x40 nothing is a part of another. */
	for (n = len; n > 0 && (unsigned char)bytes[n - 1] >= 0x40; n--)
		continue;
	return n > 0 ? n : len;
}
