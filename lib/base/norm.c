/*
 * Text as it is stored.  Nearly all text of an office is ASCII, kana and
 * kanji, which are in NFC already: only what has other characters goes
 * through utf8proc.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/i18n.h"
#include "base/utf8.h"

#include "base/norm.h"

/*
 * May ${c} be changed by NFC, or change what stands before it?  False only
 * for ranges in which every character has combining class 0 and the property
 * NFC_QC=Yes (DerivedNormalizationProps.txt); tests check it for all.
 */
static bool
nfc_concerns(unsigned int c)
{
	if (c < 0x300)
		return false;
	if (c >= 0x3000 && c <= 0x3029)
		return false;
	if (c >= 0x3030 && c <= 0x3098)
		return false;
	if (c >= 0x309b && c <= 0xa48f)
		return false;
	return c < 0xff00 || c > 0xffef;
}

int
hc_norm_is_space(unsigned int c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 ||
	    (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
	    c == 0x3000;
}

/* Append ${in} with every byte that is no UTF-8 as U+FFFD. */
static void
add_valid(struct hc_buf *out, const char *in)
{
	unsigned int c;

	while ((c = hc_utf8_next(&in)) != 0)
		hc_buf_codepoint(out, c);
}

void
hc_norm_nfc(struct hc_buf *out, const char *in)
{
	struct hc_buf valid = HC_BUF_INIT;
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t len;

	add_valid(&valid, in);
	len = utf8proc_map((const utf8proc_uint8_t *)hc_buf_text(&valid),
	    (utf8proc_ssize_t)valid.len, &nfc,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (valid.failed || len < 0)
		out->failed = true;
	else
		hc_buf_add(out, nfc, (size_t)len);
	free(nfc);
	hc_buf_free(&valid);
}

/* Does a joiner belong behind ${c}?  Arabic and the scripts of India (Nepali
   is written so), and emoji. */
static bool
may_join(unsigned int c)
{
	return (c >= 0x600 && c <= 0x1cff) || c == 0xfe0f || c >= 0x1f000;
}

/*
 * What of ${c} is kept, standing behind ${before}: the character, '\n' for
 * all that breaks a line, or 0 for what nobody sees.
 */
static unsigned int
kept(unsigned int c, unsigned int before)
{
	if (c == '\t' || c == '\n')
		return c;
	if (c == '\r' || c == '\v' || c == '\f' || c == 0x85 ||
	    c == 0x2028 || c == 0x2029)
		return '\n';
	if (c < 0x20 || (c >= 0x7f && c <= 0x9f))
		return 0;
	if (c < 0x200b)
		return c == 0xad || c == 0x61c || c == 0x180e ? 0 : c;
	if (c == 0x200c || c == 0x200d)
		return may_join(before) ? c : 0;
	if (c <= 0x200f || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	    (c >= 0xfff9 && c <= 0xfffb) || (c & 0xfffe) == 0xfffe ||
	    (c >= 0xfdd0 && c <= 0xfdef))
		return 0;
	return c;
}

/*
 * Append ${in} line by line without what is not kept and without spaces at
 * the ends; true if NFC might still change it.
 */
static bool
tidy(struct hc_buf *out, const char *in)
{
	size_t begin = out->len, solid = out->len;
	unsigned int c, k, before = 0;
	bool concerns = false;

	while ((c = hc_utf8_next(&in)) != 0) {
		if (c == '\r' && *in == '\n')
			continue;
		if ((k = kept(c, before)) == 0)
			continue;
		before = k;
		concerns = concerns || nfc_concerns(k);
		if (k == '\n' && solid > begin) {
			/* Cut the line's end, but keep empty lines inside. */
			while (out->len > solid &&
			    out->data[out->len - 1] != '\n')
				hc_buf_cut(out, out->len - 1);
			hc_buf_putc(out, '\n');
		} else if (k != '\n' && (solid > begin ||
		    !hc_norm_is_space(k))) {
			hc_buf_codepoint(out, k);
			if (!hc_norm_is_space(k))
				solid = out->len;
		}
	}
	hc_buf_cut(out, solid);
	return concerns;
}

enum hc_status
hc_norm_store(struct hc_buf *out, const char *in, struct hc_error *err)
{
	struct hc_buf plain = HC_BUF_INIT;
	size_t begin = out->len, bad;

	if (!hc_utf8_valid(in, strlen(in), &bad))
		return hc_error_set(err, HC_INVALID,
		    _("no valid UTF-8: byte %zu is 0x%02x"), bad + 1,
		    (unsigned char)in[bad]);
	if (tidy(&plain, in)) {
		/* NFC makes U+2000 and U+2001 other spaces, but no character
		   a space or invisible that was not. */
		hc_norm_nfc(out, hc_buf_text(&plain));
	} else {
		hc_buf_add(out, hc_buf_text(&plain), plain.len);
	}
	out->failed = out->failed || plain.failed;
	hc_buf_free(&plain);
	if (out->failed) {
		hc_buf_cut(out, begin);
		return hc_error_nomem(err);
	}
	return HC_OK;
}

/* Hyphens, dashes and minus signs; the box lines and the katakana of the
   same look come from scanned lists. */
static bool
is_dash(unsigned int c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x207b ||
	    c == 0x208b || c == 0x2212 || c == 0x2500 || c == 0x2501 ||
	    c == 0x2796 || c == 0x2e3a || c == 0x2e3b || c == 0xfe58 ||
	    c == 0xfe63 || c == 0xff0d;
}

static bool
is_kana(unsigned int c)
{
	return (c >= 0x3041 && c <= 0x309f) || (c >= 0x30a1 && c <= 0x30ff &&
	    c != 0x30fb) || (c >= 0x31f0 && c <= 0x31ff) ||
	    (c >= 0xff66 && c <= 0xff9f);
}

void
hc_norm_ascii(struct hc_buf *out, const char *in)
{
	unsigned int c, before = 0;

	for (; (c = hc_utf8_next(&in)) != 0; before = c) {
		if (c >= 0xff01 && c <= 0xff5e && c != 0xff0d)
			c -= 0xff01 - 0x21;
		else if (is_dash(c))
			c = '-';
		else if ((c == 0x30fc || c == 0xff70) && !is_kana(before))
			c = '-';
		else if (c == 0x301c)
			c = '~';
		else if (c != '\t' && hc_norm_is_space(c))
			c = ' ';
		hc_buf_codepoint(out, c);
	}
}

/* What U+FF61 to U+FF9F are in full width, less 0x3000. */
static const unsigned char wide_kana[] = {
	0x02, 0x0c, 0x0d, 0x01, 0xfb,			/* 。「」、・ */
	0xf2, 0xa1, 0xa3, 0xa5, 0xa7, 0xa9,		/* ヲ ァ to ォ */
	0xe3, 0xe5, 0xe7, 0xc3, 0xfc,			/* ャュョッー */
	0xa2, 0xa4, 0xa6, 0xa8, 0xaa, 0xab, 0xad, 0xaf, 0xb1, 0xb3,
	0xb5, 0xb7, 0xb9, 0xbb, 0xbd, 0xbf, 0xc1, 0xc4, 0xc6, 0xc8,
	0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd2, 0xd5, 0xd8, 0xdb,
	0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xe4, 0xe6, 0xe8,
	0xe9, 0xea, 0xeb, 0xec, 0xed, 0xef, 0xf3,	/* ア to ン */
	0x9b, 0x9c,					/* ゛゜ */
};

/* The full-width katakana ${c} with U+FF9E or U+FF9F behind it, or 0. */
static unsigned int
voiced(unsigned int c, unsigned int mark)
{
	bool ha = c >= 0x30cf && c <= 0x30db && (c - 0x30cf) % 3 == 0;

	if (mark == 0xff9f)
		return ha ? c + 2 : 0;
	if (mark != 0xff9e)
		return 0;
	if (c == 0x30a6)
		return 0x30f4;
	if (ha || (c >= 0x30ab && c <= 0x30c1 && c % 2 == 1) ||
	    c == 0x30c4 || c == 0x30c6 || c == 0x30c8)
		return c + 1;
	return 0;
}

void
hc_norm_wide_kana(struct hc_buf *out, const char *in)
{
	unsigned int c, both;
	const char *after;

	while ((c = hc_utf8_next(&in)) != 0) {
		if (c >= 0xff61 && c <= 0xff9f) {
			c = 0x3000U + wide_kana[c - 0xff61];
			after = in;
			both = voiced(c, hc_utf8_next(&after));
			if (both != 0) {
				c = both;
				in = after;
			}
		}
		hc_buf_codepoint(out, c);
	}
}

enum hc_status
hc_norm_refuse(struct hc_error *err, const char *words, const char *cell)
{
	char line[400];
	const char *p = cell, *from;
	size_t len = 0, fits = hc_utf8_fit(cell, 80);
	unsigned int c;

	while (from = p, (c = hc_utf8_next(&p)) != 0 &&
	    (size_t)(p - cell) <= fits && len < sizeof(line) - 8) {
		if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfffd) {
			line[len++] = c == 0xfffd ? '?' : ' ';
			continue;
		}
		memcpy(line + len, from, (size_t)(p - from));
		len += (size_t)(p - from);
	}
	line[len] = '\0';
	return hc_error_set(err, HC_INVALID, "%s: '%s%s'", words, line,
	    c != 0 ? "..." : "");
}
