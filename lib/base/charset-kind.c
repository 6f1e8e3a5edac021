/* What kind of bytes a file holds, by what stands in them. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"

#include "base/charset.h"

/* File types that begin in one way.  A text of 0 bytes is every text. */
static const struct {
	const char *magic;
	size_t len;
	enum hc_charset_kind kind;
} magics[] = {
	{ "PK\003\004", 4, HC_CHARSET_KIND_ZIP },
	{ "PK\005\006", 4, HC_CHARSET_KIND_ZIP },	/* an empty one */
	{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, HC_CHARSET_KIND_OLE },
	{ "\x09\x00\x04\x00", 4, HC_CHARSET_KIND_OLE },	/* Excel 2 */
	{ "\x09\x02\x06\x00", 4, HC_CHARSET_KIND_OLE },	/* Excel 3 */
	{ "\x09\x04\x06\x00", 4, HC_CHARSET_KIND_OLE },	/* Excel 4 */
	{ "%PDF-", 5, HC_CHARSET_KIND_PDF },
	{ "{\\rtf", 5, HC_CHARSET_KIND_RTF },
	{ "\x1f\x8b", 2, HC_CHARSET_KIND_GZIP },
	{ "\xfd" "7zXZ", 6, HC_CHARSET_KIND_XZ },
	{ "BZh", 3, HC_CHARSET_KIND_BZIP2 },
	{ "SQLite format 3", 16, HC_CHARSET_KIND_SQLITE },
	{ "\x89PNG\r\n", 6, HC_CHARSET_KIND_IMAGE },
	{ "\xff\xd8\xff", 3, HC_CHARSET_KIND_IMAGE },
	{ "GIF8", 4, HC_CHARSET_KIND_IMAGE },
};

static bool
holds(const char *bytes, size_t len, const char *what, size_t wlen)
{
	return memmem(bytes, len, what, wlen) != NULL;
}

/* Names of parts stand uncompressed in a zip. */
static enum hc_charset_kind
zip_kind(const char *bytes, size_t len)
{
	static const char ods[] =
	    "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";

	/* The MIME type is the first part, so that it can be found here. */
	if (holds(bytes, len < 256 ? len : 256, ods, sizeof(ods) - 1))
		return HC_CHARSET_KIND_ODS;
	if (holds(bytes, len, "xl/workbook", 11))
		return HC_CHARSET_KIND_XLSX;
	if (holds(bytes, len, "word/document", 13))
		return HC_CHARSET_KIND_DOCX;
	return HC_CHARSET_KIND_ZIP;
}

/* Names of streams in OLE are UTF-16LE. */
static enum hc_charset_kind
ole_kind(const char *bytes, size_t len)
{
	static const struct {
		const char *name;
		enum hc_charset_kind kind;
	} streams[] = {
		{ "EncryptedPackage", HC_CHARSET_KIND_LOCKED },
		{ "Workbook", HC_CHARSET_KIND_XLS },
		{ "WordDocument", HC_CHARSET_KIND_DOC },
		{ "Book", HC_CHARSET_KIND_XLS },	/* Excel 5 */
	};
	char wide[64];
	size_t i, j, n;

	for (i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
		/* The NUL that ends the name belongs to it. */
		n = strlen(streams[i].name) + 1;
		for (j = 0; j < n; j++) {
			wide[j * 2] = streams[i].name[j];
			wide[j * 2 + 1] = '\0';
		}
		if (holds(bytes, len, wide, n * 2))
			return streams[i].kind;
	}
	return HC_CHARSET_KIND_OLE;
}

static bool
begins(const char *bytes, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && strncasecmp(bytes, with, n) == 0;
}

/* {"name": or [{, as programs write them? */
static bool
is_json(const char *bytes, size_t len)
{
	const char *end = bytes + len;
	bool list = false;

	for (; bytes < end && *bytes != '\0' &&
	    strchr(" \t\r\n[", *bytes) != NULL; bytes++)
		list = list || *bytes == '[';
	if (bytes == end || *bytes++ != '{')
		return false;
	while (bytes < end && *bytes != '\0' &&
	    strchr(" \t\r\n", *bytes) != NULL)
		bytes++;
	return bytes < end && (*bytes == '"' || (list && *bytes == '}'));
}

/* HTML, XML, JSON or plain text: how the first thing in it looks. */
static enum hc_charset_kind
text_kind(const char *bytes, size_t len)
{
	static const char *const html[] = { "<!doctype html", "<html",
		"<head", "<body", "<title", "<table", "<meta", "<script",
		"<!--" };
	size_t i;

	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	while (len > 0 && *bytes != '\0' && strchr(" \t\r\n", *bytes)) {
		bytes++;
		len--;
	}
	for (i = 0; i < sizeof(html) / sizeof(html[0]); i++)
		if (begins(bytes, len, html[i]))
			return HC_CHARSET_KIND_HTML;
	if (!begins(bytes, len, "<?xml"))
		return is_json(bytes, len) ? HC_CHARSET_KIND_JSON :
		    HC_CHARSET_KIND_TEXT;
	return holds(bytes, len < 1024 ? len : 1024, "<html", 5) ?
	    HC_CHARSET_KIND_HTML : HC_CHARSET_KIND_XML;
}

enum hc_charset_kind
hc_charset_kind(const char *bytes, size_t len)
{
	size_t i;

	if (len == 0)
		return HC_CHARSET_KIND_EMPTY;
	for (i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		if (len < magics[i].len ||
		    memcmp(bytes, magics[i].magic, magics[i].len) != 0)
			continue;
		if (magics[i].kind == HC_CHARSET_KIND_ZIP)
			return zip_kind(bytes, len);
		if (magics[i].kind == HC_CHARSET_KIND_OLE)
			return ole_kind(bytes, len);
		return magics[i].kind;
	}
	return text_kind(bytes, len);
}

const char *
hc_charset_kind_words(enum hc_charset_kind kind)
{
	static const char *const words[] = {
		[HC_CHARSET_KIND_EMPTY] = N_("empty"),
		[HC_CHARSET_KIND_TEXT] = N_("a text"),
		[HC_CHARSET_KIND_XLSX] = N_("an Excel workbook (xlsx)"),
		[HC_CHARSET_KIND_DOCX] = N_("a Word document (docx)"),
		[HC_CHARSET_KIND_ODS] = N_("an OpenDocument table (ods)"),
		[HC_CHARSET_KIND_ZIP] = N_("a zip archive"),
		[HC_CHARSET_KIND_XLS] = N_("an old Excel workbook (xls)"),
		[HC_CHARSET_KIND_DOC] = N_("an old Word document (doc)"),
		[HC_CHARSET_KIND_LOCKED] =
		    N_("an Office file locked with a password"),
		[HC_CHARSET_KIND_OLE] = N_("an old Office file of some kind"),
		[HC_CHARSET_KIND_PDF] = N_("a PDF"),
		[HC_CHARSET_KIND_HTML] = N_("a web page (HTML)"),
		[HC_CHARSET_KIND_XML] = N_("an XML document"),
		[HC_CHARSET_KIND_JSON] = N_("data of a program (JSON)"),
		[HC_CHARSET_KIND_RTF] = N_("an RTF document"),
		[HC_CHARSET_KIND_GZIP] = N_("compressed with gzip"),
		[HC_CHARSET_KIND_XZ] = N_("compressed with xz"),
		[HC_CHARSET_KIND_BZIP2] = N_("compressed with bzip2"),
		[HC_CHARSET_KIND_SQLITE] = N_("an SQLite database"),
		[HC_CHARSET_KIND_IMAGE] = N_("a picture"),
	};

	return _(words[kind]);
}

const char *
hc_charset_kind_advice(enum hc_charset_kind kind)
{
	switch (kind) {
	case HC_CHARSET_KIND_LOCKED:
		return _("open it with its password, and save it without one");
	case HC_CHARSET_KIND_ODS:
	case HC_CHARSET_KIND_OLE:
	case HC_CHARSET_KIND_XML:
		return _("open it in Excel, and save it as an Excel workbook "
		    "(xlsx)");
	case HC_CHARSET_KIND_DOC:
	case HC_CHARSET_KIND_RTF:
		return _("open it in Word, and save it as a Word document "
		    "(docx)");
	case HC_CHARSET_KIND_ZIP:
	case HC_CHARSET_KIND_GZIP:
	case HC_CHARSET_KIND_XZ:
	case HC_CHARSET_KIND_BZIP2:
		return _("unpack it first, and give what was in it");
	case HC_CHARSET_KIND_HTML:
		return _("look at it in a browser: it may say why there is no "
		    "list, or where it is");
	case HC_CHARSET_KIND_JSON:
	case HC_CHARSET_KIND_PDF:
	case HC_CHARSET_KIND_IMAGE:
		return _("ask for the list as a workbook or as text (CSV)");
	default:
		return NULL;
	}
}
