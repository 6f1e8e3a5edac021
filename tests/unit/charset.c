/* Encodings: found, read, written; and what kind of file it is. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/charset.h"

#define LEN(array) (sizeof(array) / sizeof((array)[0]))
#define REAL "../shared/data/real/"
#define BYTES(text) text, sizeof(text) - 1

/* ${from} in another encoding, by iconv(3). */
static void
by_iconv(const char *to, const char *from, const char *text, size_t len,
    struct hc_buf *out)
{
	iconv_t cd = iconv_open(to, from);
	char block[256], *in = (char *)text, *at;
	size_t room, rc;

	assert_true(cd != (iconv_t)-1);
	hc_buf_clear(out);
	do {
		at = block;
		room = sizeof(block);
		rc = iconv(cd, &in, &len, &at, &room);
		hc_buf_add(out, block, (size_t)(at - block));
	} while (rc == (size_t)-1 && len > 0 && at != block);
	assert_int_equal(len, 0);
	iconv_close(cd);
}


static const struct {
	const char *bytes;
	size_t len;
	enum hc_charset_kind wanted;
} kinds[] = {
	{ BYTES(""), HC_CHARSET_KIND_EMPTY },
	{ BYTES("a,b\n"), HC_CHARSET_KIND_TEXT },
	{ BYTES("\xef\xbb\xbf\x61"), HC_CHARSET_KIND_TEXT },
	{ BYTES("PK"), HC_CHARSET_KIND_TEXT },
	{ BYTES("PK,a\n"), HC_CHARSET_KIND_TEXT },
	{ BYTES("PK\003\004...."), HC_CHARSET_KIND_ZIP },
	{ BYTES("PK\005\006\0\0"), HC_CHARSET_KIND_ZIP },
	{ BYTES("PK\003\004..xl/workbook.xml.."), HC_CHARSET_KIND_XLSX },
	{ BYTES("PK\003\004..word/document.xml"), HC_CHARSET_KIND_DOCX },
	{ BYTES("PK\003\004..mimetypeapplication/vnd.oasis.opendocument."
	    "spreadsheet"), HC_CHARSET_KIND_ODS },
	{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), HC_CHARSET_KIND_OLE },
	{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "W\0o\0r\0k\0b\0o\0o\0k\0"
	    "\0\0"), HC_CHARSET_KIND_XLS },
	{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "B\0o\0o\0k\0\0\0"),
	    HC_CHARSET_KIND_XLS },
	{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "E\0n\0c\0r\0y\0p\0t\0e\0"
	    "d\0P\0a\0c\0k\0a\0g\0e\0\0\0"), HC_CHARSET_KIND_LOCKED },
	{ BYTES("%PDF-1.4\n"), HC_CHARSET_KIND_PDF },
	{ BYTES("\r\n <!DOCTYPE HTML PUBLIC"), HC_CHARSET_KIND_HTML },
	{ BYTES("\xef\xbb\xbf<html>"), HC_CHARSET_KIND_HTML },
	{ BYTES("<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"x\">"),
	    HC_CHARSET_KIND_HTML },
	{ BYTES("<?xml version=\"1.0\"?><Workbook>"), HC_CHARSET_KIND_XML },
	{ BYTES("<5,a\n"), HC_CHARSET_KIND_TEXT },
	{ BYTES("{\n \"date\": 1}"), HC_CHARSET_KIND_JSON },
	{ BYTES("[\n {\"a\": 1}"), HC_CHARSET_KIND_JSON },
	{ BYTES("[{}]"), HC_CHARSET_KIND_JSON },
	{ BYTES("[1],a\n"), HC_CHARSET_KIND_TEXT },
	{ BYTES("{id},a\n"), HC_CHARSET_KIND_TEXT },
	{ BYTES("{"), HC_CHARSET_KIND_TEXT },
	{ BYTES("   \n"), HC_CHARSET_KIND_TEXT },
	{ BYTES("\x1f\x8b\x08"), HC_CHARSET_KIND_GZIP },
	{ BYTES("\xfd" "7zXZ\0"), HC_CHARSET_KIND_XZ },
	{ BYTES("SQLite format 3\0"), HC_CHARSET_KIND_SQLITE },
};

static void
test_kind(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LEN(kinds); i++) {
		if (hc_charset_kind(kinds[i].bytes, kinds[i].len) !=
		    kinds[i].wanted)
			fail_msg("'%s': not %s", kinds[i].bytes,
			    hc_charset_kind_words(kinds[i].wanted));
		assert_non_null(hc_charset_kind_words(kinds[i].wanted));
	}
}

static const struct {
	const char *name;
	int wanted;		/* -1: unknown */
} charset_names[] = {
	{ "UTF-8", HC_CHARSET_UTF8 }, { "utf8", HC_CHARSET_UTF8 },
	{ "cp932", HC_CHARSET_CP932 }, { "sjis", HC_CHARSET_CP932 },
	{ "shift_jis", HC_CHARSET_CP932 }, { "euc-jp", HC_CHARSET_EUCJP },
	{ "UTF-16LE", HC_CHARSET_UTF16LE }, { "latin1", HC_CHARSET_LATIN1 },
	{ "cp1252", HC_CHARSET_CP1252 }, { "latin2", -1 }, { "", -1 },
};

static void
test_names(void **state)
{
	enum hc_charset charset;
	size_t i;
	int c, rc;

	(void)state;
	for (i = 0; i < LEN(charset_names); i++) {
		rc = hc_charset_parse(charset_names[i].name, &charset);
		assert_int_equal(rc, charset_names[i].wanted < 0 ? -1 : 0);
		if (rc == 0)
			assert_int_equal(charset, charset_names[i].wanted);
	}
	for (c = HC_CHARSET_ASCII; c <= HC_CHARSET_LATIN1; c++) {
		assert_int_equal(hc_charset_parse(hc_charset_name(
		    (enum hc_charset)c), &charset), 0);
		assert_int_equal(charset, c);
	}
}

/* Texts in UTF-8, to be found again in each encoding. */
static const char *const texts[] = {
	"氏名,ﾌﾘｶﾞﾅ,住所\r\n高橋　一郎,ﾀｶﾊｼ ｲﾁﾛｳ,埼玉県川口市\r\n",
	"ﾀﾅｶ ﾊﾅｺ\r\nｽｽﾞｷ ｲﾁﾛｳ\r\nｻﾄｳ ｼﾞﾛｳ\r\nﾜﾀﾅﾍﾞ ｻﾌﾞﾛｳ\r\n",
	"ﾀﾅｶﾊﾅ\n",
	"たなか はなこ\n",
	"タナカ ハナコ\n",
	"患者の年代,性別\n30代,男性\n20歳未満,女性\n",
	"発熱、咳、倦怠感。接触者は家族（同居）。\n",
	"①ＩＤ,№,㈱川口電機,髙﨑　京子\n",
	"高橋\n",
	"田中\n佐藤\n鈴木\n",
	"調査中,不明,－,非公表,～,∥\n",
	"Ⅲ期 Ⅳ期 ㎡ ㌔\n",
};

static void
test_detect(void **state)
{
	static const struct {
		const char *iconv;
		enum hc_charset charset;
	} charsets[] = {
		{ "UTF-8", HC_CHARSET_UTF8 },
		{ "CP932", HC_CHARSET_CP932 },
		{ "EUC-JP-MS", HC_CHARSET_EUCJP },
		{ "UTF-16LE", HC_CHARSET_UTF16LE },
		{ "UTF-16BE", HC_CHARSET_UTF16BE },
	};
	struct hc_charset_faults faults;
	struct hc_buf bytes = HC_BUF_INIT, back = HC_BUF_INIT;
	enum hc_charset got;
	struct hc_error err;
	size_t i, j;

	(void)state;
	for (i = 0; i < LEN(texts); i++)
		for (j = 0; j < LEN(charsets); j++) {
			by_iconv(charsets[j].iconv, "UTF-8", texts[i],
			    strlen(texts[i]), &bytes);
			if (hc_charset_detect(bytes.data, bytes.len, &got,
			    &err) != HC_OK)
				fail_msg("'%s' in %s: %s", texts[i],
				    charsets[j].iconv, err.text);
			if (got != charsets[j].charset)
				fail_msg("'%s' in %s: taken for %s", texts[i],
				    charsets[j].iconv, hc_charset_name(got));
			hc_buf_clear(&back);
			assert_int_equal(hc_charset_to_utf8(&back, got,
			    bytes.data, bytes.len, &faults), HC_OK);
			assert_string_equal(hc_buf_text(&back), texts[i]);
		}
	hc_buf_free(&bytes);
	hc_buf_free(&back);
}

static const struct {
	const char *bytes;
	size_t len;
	int wanted;		/* -1: refused */
} detects[] = {
	{ BYTES(""), HC_CHARSET_ASCII },
	{ BYTES("a,b\n"), HC_CHARSET_ASCII },
	{ BYTES("a\0b\n1,2\n"), HC_CHARSET_ASCII },	/* refused later */
	{ BYTES("a,b\nc\0d,e\nffff\n"), HC_CHARSET_ASCII },
	{ BYTES("\xef\xbb\xbf" "a"), HC_CHARSET_UTF8 },
	{ BYTES("\xff\xfe" "a\0"), HC_CHARSET_UTF16LE },
	{ BYTES("\xfe\xff\0a"), HC_CHARSET_UTF16BE },
	{ BYTES("\xff\xfe\0\0a\0\0\0"), -1 },
	{ BYTES("\0\0\xfe\xff\0\0\0a"), -1 },
	{ BYTES("\x1b$B9b66\x1b(B\n"), HC_CHARSET_ISO2022JP },
	{ BYTES("\x1b[0m,b\n"), HC_CHARSET_ASCII },
	{ BYTES("\xff\xff\xff\xff"), -1 },
	{ BYTES("\x80\x80\x80,\xa0\xa0\xa0\xfd"), -1 },
	{ BYTES("Jos\xe9,1\n"), HC_CHARSET_LATIN1 },
	{ BYTES("Ren\xe9" "e,1\n"), HC_CHARSET_LATIN1 },	/* 饕 in CP932 */
	{ BYTES("Stra\xdf" "e 1\n"), HC_CHARSET_LATIN1 },
	{ BYTES("G\xf3mez,\xdalrich\n"), HC_CHARSET_LATIN1 },
	{ BYTES("O\x92" "Brien,Ren\xe9" "e\n"), HC_CHARSET_CP1252 },
	{ BYTES("O\x81" "Brien,Jos\xe9\n"), -1 },
	{ BYTES("a\xe9\xe8\xff,\xff\xff\n"), -1 },
	/* One kanji of the second level among many ASCII letters. */
	{ BYTES("name,city\nA,\x8f\xac\x97\xd1\xe9\x6e\n"),
	    HC_CHARSET_CP932 },
	{ BYTES("1,\xb1\n2,\xc0\n3,\xb3\n"), HC_CHARSET_CP932 },
	/* A cut character at the end of UTF-8 and CP932. */
	{ BYTES("高橋一郎,東京都千代田区\xe9\xab"), HC_CHARSET_UTF8 },
	{ BYTES("\x8d\x82\x8b\xb4,\x8d\x82\x8b\xb4,\x8d\x82\x8b\xb4,\x8d\x82"
	    "\x8b\xb4,\x8d\x82\x8b\xb4,\x8d\x82\x8b\xb4\x8d"),
	    HC_CHARSET_CP932 },
};

static void
test_detect_bytes(void **state)
{
	enum hc_charset got;
	struct hc_error err;
	enum hc_status rc;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(detects); i++) {
		rc = hc_charset_detect(detects[i].bytes, detects[i].len, &got,
		    &err);
		if (rc != (detects[i].wanted < 0 ? HC_INVALID : HC_OK) ||
		    (rc == HC_OK && got != (enum hc_charset)detects[i].wanted))
			fail_msg("case %zu: %s", i, rc == HC_OK ?
			    hc_charset_name(got) : err.text);
	}
}

#define BAD "\xef\xbf\xbd"

static const struct {
	enum hc_charset charset;
	const char *bytes;
	size_t len;
	const char *text, *faults;	/* LINE:COLUMN:HEX ... */
} conversions[] = {
	{ HC_CHARSET_ASCII, BYTES("a\r\n"), "a\r\n", "" },
	{ HC_CHARSET_ASCII, BYTES("a\nb\x80" "c"), "a\nb" BAD "c", "2:2:80" },
	{ HC_CHARSET_UTF8, BYTES("\xef\xbb\xbf高"), "高", "" },
	{ HC_CHARSET_UTF8, BYTES("a\0b"), "a" BAD "b", "1:2:00" },
	{ HC_CHARSET_UTF8, BYTES("高\xe9\xab,b"), "高" BAD ",b", "1:2:e9ab" },
	{ HC_CHARSET_UTF8, BYTES("\xc0\xaf"), BAD BAD, "1:1:c0 1:2:af" },
	{ HC_CHARSET_UTF8, BYTES("a\r\nb\rc\n\n\xff"), "a\r\nb\rc\n\n" BAD,
	    "5:1:ff" },
	{ HC_CHARSET_CP932, BYTES("\x8d\x82\x8b\xb4"), "高橋", "" },
	{ HC_CHARSET_CP932, BYTES("\xfb\xfc\xfa\xb1\xee\xe0\xed\x95"),
	    "髙﨑髙﨑", "" },
	{ HC_CHARSET_CP932, BYTES("\x87\x40\x87\x8a\xfa\x58"), "①㈱㈱", "" },
	{ HC_CHARSET_CP932, BYTES("\x81\x60\x81\x7c\x81\x61\x81\x5c"),
	    "～－∥―", "" },
	{ HC_CHARSET_CP932, BYTES("\xc0\xb6\xca\xbc\xa1\xdf\\~"),
	    "ﾀｶﾊｼ｡ﾟ\\~", "" },
	{ HC_CHARSET_CP932, BYTES("\xf0\x40\xf9\xfc"),
	    "\xee\x80\x80\xee\x9d\x97", "" },
	{ HC_CHARSET_CP932, BYTES("\x8d\x82\x8d,\xfd,\x80\n\x85\x40\xff"),
	    "高" BAD "," BAD "," BAD "\n" BAD BAD,
	    "1:2:8d 1:4:fd 1:6:80 2:1:8540 2:2:ff" },
	{ HC_CHARSET_CP932, BYTES("\x8d"), BAD, "1:1:8d" },
	{ HC_CHARSET_CP932, BYTES("\x8d\n\x82\0"), BAD "\n" BAD BAD,
	    "1:1:8d 2:1:82 2:2:00" },
	{ HC_CHARSET_CP1252, BYTES("\x80\x92\x9f\xe9\xff\x81"),
	    "€’Ÿéÿ" BAD, "1:6:81" },
	{ HC_CHARSET_LATIN1, BYTES("\xa0\xe9\x92"), "\xc2\xa0é" BAD,
	    "1:3:92" },
	{ HC_CHARSET_EUCJP, BYTES("\xb9\xe2\xb6\xb6\x8e\xc0\xa1\xc1"),
	    "高橋ﾀ～", "" },
	{ HC_CHARSET_EUCJP, BYTES("\x8f\xb0\xa1\xad\xa1"), "丂①", "" },
	{ HC_CHARSET_EUCJP, BYTES("\xb9\x8e\x8f,\x8e\xe0\xff\xff\x8f\xa1"),
	    BAD BAD BAD "," BAD BAD BAD BAD,
	    "1:1:b9 1:2:8e 1:3:8f 1:5:8ee0 1:6:ff 1:7:ff 1:8:8fa1" },
	{ HC_CHARSET_ISO2022JP, BYTES("a\x1b$B9b66\x1b(I@6\x1b(Bb\n"),
	    "a高橋ﾀｶb\n", "" },
	{ HC_CHARSET_ISO2022JP, BYTES("\x1b$B9b\nab\x1b(X"),
	    "高\nab" BAD "(X", "2:3:1b" },
	{ HC_CHARSET_UTF16LE, BYTES("\xff\xfe" "a\0\xd9\x9a\n\0"), "a髙\n",
	    "" },
	{ HC_CHARSET_UTF16BE, BYTES("\xd8\x42\xdf\xb7\0a"), "𠮷a", "" },
	{ HC_CHARSET_UTF16BE, BYTES("\xd8\x42\0a\xdf\xb7\0\0\0"),
	    BAD "a" BAD BAD BAD, "1:1:d842 1:3:dfb7 1:4:0000 1:5:00" },
};

static void
words_of(const struct hc_charset_faults *faults, struct hc_buf *out)
{
	const struct hc_charset_fault *f;
	size_t i, j;

	hc_buf_clear(out);
	for (i = 0; i < faults->count && i < HC_CHARSET_FAULTS; i++) {
		f = &faults->first[i];
		hc_buf_printf(out, "%s%zu:%zu:", i > 0 ? " " : "", f->line,
		    f->column);
		for (j = 0; j < f->len; j++)
			hc_buf_printf(out, "%02x", f->bytes[j]);
	}
}

static void
test_to_utf8(void **state)
{
	struct hc_charset_faults faults;
	struct hc_buf out = HC_BUF_INIT, words = HC_BUF_INIT;
	enum hc_status rc;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(conversions); i++) {
		hc_buf_clear(&out);
		rc = hc_charset_to_utf8(&out, conversions[i].charset,
		    conversions[i].bytes, conversions[i].len, &faults);
		words_of(&faults, &words);
		if (strcmp(hc_buf_text(&out), conversions[i].text) != 0 ||
		    strcmp(hc_buf_text(&words), conversions[i].faults) != 0)
			fail_msg("case %zu: '%s' %s", i, hc_buf_text(&out),
			    hc_buf_text(&words));
		assert_int_equal(rc, words.len > 0 ? HC_INVALID : HC_OK);
	}
	hc_buf_free(&out);
	hc_buf_free(&words);
}

/* Long runs, and places of faults beyond the first chunk and the first 20. */
static void
test_long(void **state)
{
	struct hc_charset_faults faults;
	struct hc_buf bytes = HC_BUF_INIT, out = HC_BUF_INIT;
	size_t i;

	(void)state;
	hc_buf_puts(&out, "kept");
	for (i = 0; i < 30000; i++)
		hc_buf_puts(&bytes, "\x8d\x82,abcdefghijklm\n");
	hc_buf_puts(&bytes, "\x8d\x82\xff");
	for (i = 0; i < 99; i++)
		hc_buf_puts(&bytes, "\xff");
	assert_int_equal(hc_charset_to_utf8(&out, HC_CHARSET_CP932,
	    bytes.data, bytes.len, &faults), HC_INVALID);
	assert_int_equal(faults.count, 100);
	assert_int_equal(faults.first[0].line, 30001);
	assert_int_equal(faults.first[0].column, 2);
	assert_int_equal(faults.first[19].column, 21);
	assert_int_equal(out.len, 4 + 30000 * 18 + 3 + 100 * 3);
	assert_memory_equal(out.data, "kept高,abcdefghijklm\n高", 25);
	hc_buf_free(&bytes);
	hc_buf_free(&out);
}

static const struct {
	enum hc_charset charset;
	const char *text, *bytes, *faults;
} writings[] = {
	{ HC_CHARSET_CP932, "高橋,a\n", "\x8d\x82\x8b\xb4,a\n", "" },
	{ HC_CHARSET_CP932, "髙﨑①㈱ﾀ", "\xfb\xfc\xfa\xb1\x87\x40\x87\x8a\xc0",
	    "" },
	{ HC_CHARSET_CP932, "～〜－−¥",
	    "\x81\x60\x81\x60\x81\x7c\x81\x7c\x81\x8f", "" },
	{ HC_CHARSET_CP932, "a\nb𠮷c", "a\nb\x81\xac" "c", "2:2:f0a0aeb7" },
	{ HC_CHARSET_CP932, "Nguyễn\n", "Nguy\x81\xac" "n\n", "1:5:e1bb85" },
	{ HC_CHARSET_CP932, "葛\xf3\xa0\x84\x80城", "\x8a\x8b\x8f\xe9",
	    "1:2:f3a08480" },
	{ HC_CHARSET_ASCII, "a高", "a?", "1:2:e9ab98" },
	{ HC_CHARSET_UTF8, "a高", "a高", "" },
};

static void
test_from_utf8(void **state)
{
	struct hc_charset_faults faults;
	struct hc_buf out = HC_BUF_INIT, words = HC_BUF_INIT;
	enum hc_status rc;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(writings); i++) {
		hc_buf_clear(&out);
		rc = hc_charset_from_utf8(&out, writings[i].charset,
		    writings[i].text, strlen(writings[i].text), &faults);
		words_of(&faults, &words);
		if (strcmp(hc_buf_text(&out), writings[i].bytes) != 0 ||
		    strcmp(hc_buf_text(&words), writings[i].faults) != 0)
			fail_msg("case %zu: %s", i, hc_buf_text(&words));
		assert_int_equal(rc, words.len > 0 ? HC_INVALID : HC_OK);
	}
	assert_int_equal(hc_charset_from_utf8(&out, HC_CHARSET_EUCJP, "a", 1,
	    &faults), HC_INVALID);
	hc_buf_free(&out);
	hc_buf_free(&words);
}

/* An empty file may have no bytes to point at. */
static void
test_empty(void **state)
{
	struct hc_charset_faults faults;
	struct hc_buf out = HC_BUF_INIT;
	enum hc_charset charset;
	int c;

	(void)state;
	assert_int_equal(hc_charset_kind(NULL, 0), HC_CHARSET_KIND_EMPTY);
	assert_int_equal(hc_charset_detect(NULL, 0, &charset, NULL), HC_OK);
	assert_int_equal(charset, HC_CHARSET_ASCII);
	for (c = HC_CHARSET_ASCII; c <= HC_CHARSET_LATIN1; c++) {
		assert_int_equal(hc_charset_to_utf8(&out, (enum hc_charset)c,
		    NULL, 0, &faults), HC_OK);
		assert_int_equal(out.len, 0);
	}
	hc_buf_free(&out);
}

/* Every character of CP932 is what iconv(3) says, and comes back. */
static void
test_against_iconv(void **state)
{
	iconv_t cd = iconv_open("UTF-8", "CP932");
	struct hc_buf out = HC_BUF_INIT, back = HC_BUF_INIT;
	struct hc_charset_faults faults;
	char pair[2], wanted[16], *in, *at;
	size_t len, room, known = 0;
	unsigned int i;
	bool valid;

	(void)state;
	for (i = 0x8000; i <= 0xffff; i++) {
		pair[0] = (char)(i >> 8);
		pair[1] = (char)i;
		in = pair;
		at = wanted;
		len = 2;
		room = sizeof(wanted);
		iconv(cd, NULL, NULL, NULL, NULL);
		valid = iconv(cd, &in, &len, &at, &room) == 0 &&
		    pair[1] != '\0';
		hc_buf_clear(&out);
		assert_int_equal(hc_charset_to_utf8(&out, HC_CHARSET_CP932,
		    pair, 2, &faults), valid ? HC_OK : HC_INVALID);
		if (!valid)
			continue;
		known++;
		assert_int_equal(out.len, (size_t)(at - wanted));
		assert_memory_equal(out.data, wanted, out.len);
		hc_buf_clear(&back);
		assert_int_equal(hc_charset_from_utf8(&back, HC_CHARSET_CP932,
		    out.data, out.len, &faults), HC_OK);
		hc_buf_free(&out);
		assert_int_equal(hc_charset_to_utf8(&out, HC_CHARSET_CP932,
		    back.data, back.len, &faults), HC_OK);
		assert_int_equal(out.len, (size_t)(at - wanted));
		assert_memory_equal(out.data, wanted, out.len);
	}
	assert_true(known > 11000);
	iconv_close(cd);
	hc_buf_free(&out);
	hc_buf_free(&back);
}

static bool
read_file(const char *path, struct hc_buf *buf)
{
	char block[65536];
	FILE *file = fopen(path, "r");
	size_t n;

	hc_buf_clear(buf);
	if (file == NULL)
		return false;
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		hc_buf_add(buf, block, n);
	fclose(file);
	return true;
}

/* Published lists, as they were found. */
static void
test_real(void **state)
{
	static const struct {
		const char *path;
		enum hc_charset_kind kind;
		enum hc_charset charset;	/* of a text */
	} files[] = {
		{ "fukuoka-city-cp932/401307_city_fukuoka_covid19_patients"
		    ".csv", HC_CHARSET_KIND_TEXT, HC_CHARSET_CP932 },
		{ "pref-csv-cp932-restored/24_mie.csv", HC_CHARSET_KIND_TEXT,
		    HC_CHARSET_CP932 },
		{ "pref-csv-cp932-restored/21_gifu.csv",
		    HC_CHARSET_KIND_TEXT, HC_CHARSET_CP932 },
		{ "mhlw-counts-encoding-flips/death_total_cp932.csv",
		    HC_CHARSET_KIND_TEXT, HC_CHARSET_CP932 },
		{ "mhlw-counts-encoding-flips/death_total_u8bom.csv",
		    HC_CHARSET_KIND_TEXT, HC_CHARSET_UTF8 },
		{ "mhlw-counts-encoding-flips/death_total_utf8.csv",
		    HC_CHARSET_KIND_TEXT, HC_CHARSET_UTF8 },
		{ "pref-csv/06_yamagata_20210106_HTML-not-csv.csv",
		    HC_CHARSET_KIND_HTML, HC_CHARSET_UTF8 },
		{ "pref-xlsx/04_miyagi_20210116_HTML-not-xlsx.xlsx",
		    HC_CHARSET_KIND_HTML, HC_CHARSET_UTF8 },
		{ "pref-xlsx/29_nara.xlsx", HC_CHARSET_KIND_XLSX,
		    HC_CHARSET_UTF8 },
	};
	struct hc_charset_faults faults;
	struct hc_buf bytes = HC_BUF_INIT, out = HC_BUF_INIT;
	enum hc_charset got;
	struct stat st;
	char path[512];
	size_t i;

	(void)state;
	if (stat(REAL, &st) != 0)
		skip();
	for (i = 0; i < LEN(files); i++) {
		snprintf(path, sizeof(path), REAL "%s", files[i].path);
		if (!read_file(path, &bytes))
			fail_msg("%s is not there", path);
		if (hc_charset_kind(bytes.data, bytes.len) != files[i].kind)
			fail_msg("%s: kind", path);
		if (files[i].kind != HC_CHARSET_KIND_TEXT)
			continue;
		assert_int_equal(hc_charset_detect(bytes.data, bytes.len,
		    &got, NULL), HC_OK);
		if (got != files[i].charset)
			fail_msg("%s: %s", path, hc_charset_name(got));
		hc_buf_clear(&out);
		assert_int_equal(hc_charset_to_utf8(&out, got, bytes.data,
		    bytes.len, &faults), HC_OK);
	}
	hc_buf_free(&bytes);
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kind),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_detect),
		cmocka_unit_test(test_detect_bytes),
		cmocka_unit_test(test_to_utf8),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_from_utf8),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_against_iconv),
		cmocka_unit_test(test_real),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
