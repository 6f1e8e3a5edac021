/*
 * What kind of bytes a file holds, in which encoding, and the way to UTF-8
 * and back.  Everything is found from the content; names and endings of
 * files are never looked at.
 */
#ifndef HC_BASE_CHARSET_H
#define HC_BASE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

enum hc_charset_kind {
	HC_CHARSET_KIND_EMPTY,		/* no bytes at all */
	HC_CHARSET_KIND_TEXT,		/* none of the others */
	HC_CHARSET_KIND_XLSX,		/* zip with a workbook */
	HC_CHARSET_KIND_DOCX,		/* zip with a Word document */
	HC_CHARSET_KIND_ODS,		/* zip with an OpenDocument table */
	HC_CHARSET_KIND_ZIP,		/* any other zip */
	HC_CHARSET_KIND_XLS,		/* OLE with a workbook */
	HC_CHARSET_KIND_DOC,		/* OLE with a Word document */
	HC_CHARSET_KIND_LOCKED,		/* OLE: Office file with a password */
	HC_CHARSET_KIND_OLE,		/* any other OLE */
	HC_CHARSET_KIND_PDF,
	HC_CHARSET_KIND_HTML,		/* often an error page named .csv */
	HC_CHARSET_KIND_XML,
	HC_CHARSET_KIND_JSON,
	HC_CHARSET_KIND_RTF,
	HC_CHARSET_KIND_GZIP,
	HC_CHARSET_KIND_XZ,
	HC_CHARSET_KIND_BZIP2,
	HC_CHARSET_KIND_SQLITE,
	HC_CHARSET_KIND_IMAGE		/* PNG, JPEG, GIF */
};

/* hc_charset_kind(bytes, len): what the bytes of a whole file are. */
enum hc_charset_kind hc_charset_kind(const char *bytes, size_t len);

/* hc_charset_kind_words(kind): "an Excel workbook (xlsx)" and so on, in the
   user's language, to follow "the file is"; constant. */
const char *hc_charset_kind_words(enum hc_charset_kind kind);

/* hc_charset_kind_advice(kind): what to do to have it read, in the user's
   language, to follow "the file is ...: "; NULL if nothing is known. */
const char *hc_charset_kind_advice(enum hc_charset_kind kind);

enum hc_charset {
	HC_CHARSET_ASCII,
	HC_CHARSET_UTF8,	/* with or without BOM */
	HC_CHARSET_CP932,	/* what Windows calls Shift_JIS */
	HC_CHARSET_EUCJP,	/* with the Microsoft and IBM extensions */
	HC_CHARSET_ISO2022JP,	/* what old mail programs write ("JIS") */
	HC_CHARSET_UTF16LE,
	HC_CHARSET_UTF16BE,
	HC_CHARSET_CP1252,	/* of the West, as Windows writes it */
	HC_CHARSET_LATIN1	/* ISO-8859-1 */
};

/* hc_charset_name(charset): "UTF-8", "CP932" and so on; constant. */
const char *hc_charset_name(enum hc_charset charset);

/* hc_charset_parse(name, charset): the same back, any case, with the usual
   other names (sjis, shift_jis, euc-jp, utf8); 0, or -1 if unknown. */
int hc_charset_parse(const char *name, enum hc_charset *charset);

/*
 * hc_charset_detect(bytes, len, charset, err):
 * Find the encoding of a whole text file: by BOM, else as what all of it is
 * valid, UTF-8 before the Japanese ones, these by their share of ordinary
 * kana and kanji; UTF-16 without BOM by where its zero bytes stand.  What is
 * no ordinary Japanese, but has letters with accents among ASCII ones, is
 * Western.  A file
 * with a few broken characters (under one in a hundred of those that are not
 * ASCII; in a small file under one in ten, and at most three) is taken for
 * what the rest is, and hc_charset_to_utf8() then names them.
 *
 * Returns HC_OK with ${charset} set, or HC_INVALID with the words why no
 * encoding fits, HC_NOMEM, HC_CONFIG (see hc_charset_to_utf8()).
 */
enum hc_status hc_charset_detect(const char *bytes, size_t len,
    enum hc_charset *charset, struct hc_error *err);

/* How a text looks in one encoding. */
struct hc_charset_look {
	size_t chars;	/* not ASCII */
	size_t faults;
	long points;	/* 2 for each ordinary character of two bytes */
	bool windows;	/* of a Western one: it holds 0x80 to 0x9f */
};

/* A file that is looked at by blocks; zeroes begin one. */
struct hc_charset_detector {
	bool begun, known, jis;
	enum hc_charset charset;
	struct hc_charset_look utf8, cp932, eucjp, latin;
};

/*
 * hc_charset_detect_add(d, bytes, len, last, err) / _detect_end(d, charset,
 * err):
 * The same by blocks, which hc_charset_cut() made; ${last} says that nothing
 * follows.  UTF-16 without BOM is told by the first one.
 */
enum hc_status hc_charset_detect_add(struct hc_charset_detector *d,
    const char *bytes, size_t len, bool last, struct hc_error *err);
enum hc_status hc_charset_detect_end(const struct hc_charset_detector *d,
    enum hc_charset *charset, struct hc_error *err);

/*
 * hc_charset_cut(charset, bytes, len):
 * How many of these bytes, more of which follow, hold whole lines; where no
 * line ends in them, whole characters.  Until the encoding is known ASCII
 * stands for it.
 */
size_t hc_charset_cut(enum hc_charset charset, const char *bytes,
    size_t len);

/* One place that could not be converted. */
struct hc_charset_fault {
	size_t line;		/* from 1; CR, LF and CRLF end a line */
	size_t column;		/* from 1, in characters */
	unsigned char bytes[4];	/* what stands there */
	size_t len;		/* how many bytes that are, 1 to 4 */
};

#define HC_CHARSET_FAULTS 20

struct hc_charset_faults {
	size_t count;		/* of all faults */
	struct hc_charset_fault first[HC_CHARSET_FAULTS];
};

/*
 * hc_charset_to_utf8(out, charset, bytes, len, faults):
 * Append the text to ${out} as UTF-8 without BOM.  CP932 as Windows reads
 * it: 0x8160 is U+FF5E, 0x817C is U+FF0D, NEC and IBM extensions are what
 * they look like, and user-defined characters (F040 to F9FC) become the
 * private U+E000 and so on.
 *
 * Every byte sequence that is no character, and every NUL, is a fault: it
 * becomes U+FFFD and is noted in ${faults} (emptied first; not NULL).
 *
 * Returns HC_OK if there was no fault; HC_INVALID if there were some, with
 * ${out} complete all the same, so that only the rows that hold U+FFFD need
 * be refused; HC_NOMEM; HC_CONFIG if the system lacks its converters.
 */
enum hc_status hc_charset_to_utf8(struct hc_buf *out,
    enum hc_charset charset, const char *bytes, size_t len,
    struct hc_charset_faults *faults);

/*
 * hc_charset_from_utf8(out, charset, text, len, faults):
 * Append the UTF-8 ${text}, which has a NUL behind its ${len} bytes, to
 * ${out} in CP932 (for exports; other charsets but UTF-8 and ASCII are
 * HC_INVALID).  The Unicode twins that Windows keeps
 * apart are written all the same (U+301C as U+FF5E, U+2212 as U+FF0D ...).
 * What the charset lacks becomes 〓 (? in ASCII) and is noted in ${faults}
 * with its UTF-8 bytes.
 *
 * Returns as hc_charset_to_utf8().
 */
enum hc_status hc_charset_from_utf8(struct hc_buf *out,
    enum hc_charset charset, const char *text, size_t len,
    struct hc_charset_faults *faults);

#endif
