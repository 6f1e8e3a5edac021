/* Workbooks of Excel 5 to 2003: the workbook itself and its sheets' list. */
#include <stdlib.h>
#include <string.h>

#include "base/book_apart.h"
#include "base/bytes.h"
#include "base/charset-table.h"
#include "base/i18n.h"
#include "base/ole.h"
#include "base/serial.h"
#include "base/xls_sheet.h"

#include "base/xls.h"

enum {
	EOF_ = 0x000a, DATEMODE = 0x0022, FILEPASS = 0x002f,
	CODEPAGE = 0x0042, BOUNDSHEET = 0x0085, XF = 0x00e0, SST = 0x00fc,
	FORMAT = 0x041e, BOF = 0x0809
};

struct xls {
	struct hc_book book;
	size_t *places;			/* of the sheets in the stream */
	size_t room;
	struct hc_buf stream;
	struct hc_biff biff;
	struct hc_xls_sheet_ways ways;
	struct hc_xls_sheet sheet;
};

static enum hc_status
damaged(struct xls *x)
{
	return hc_error_set(&x->book.error, HC_INVALID,
	    _("the workbook is damaged: open it in Excel and save it as "
	    "xlsx"));
}

static enum hc_status
add_sheet(struct xls *x)
{
	struct hc_book *book = &x->book;
	struct hc_buf name = HC_BUF_INIT;
	struct hc_book_sheet *sheets;
	enum hc_status rc;
	size_t *places, room;

	if (x->biff.size < 7)
		return HC_INVALID;
	if (x->biff.body[5] != 0)
		return HC_OK;	/* a chart or macros */
	if (book->nsheets == x->room) {
		room = x->room == 0 ? 8 : x->room * 2;
		if ((sheets = reallocarray(book->sheets, room,
		    sizeof(*sheets))) == NULL)
			return HC_NOMEM;
		book->sheets = sheets;
		if ((places = reallocarray(x->places, room,
		    sizeof(*places))) == NULL)
			return HC_NOMEM;
		x->places = places;
		x->room = room;
	}
	x->biff.done = 6;
	x->places[book->nsheets] = hc_bytes_u32(x->biff.body);
	book->sheets[book->nsheets].hidden = (x->biff.body[4] & 3) != 0;
	if ((rc = hc_biff_string(&x->biff, 1, &name, NULL)) == HC_OK &&
	    (book->sheets[book->nsheets].name = hc_buf_take(&name)) == NULL)
		rc = HC_NOMEM;
	if (rc == HC_OK)
		book->nsheets++;
	hc_buf_free(&name);
	return rc;
}

static enum hc_status
add_format(struct xls *x)
{
	struct hc_buf code = HC_BUF_INIT;
	enum hc_status rc;
	unsigned int id;

	if (x->biff.size < 3)
		return HC_INVALID;
	id = hc_bytes_u16(x->biff.body);
	x->biff.done = 2;
	rc = hc_biff_string(&x->biff, x->biff.wide ? 2 : 1, &code, NULL);
	if (rc == HC_OK && hc_buf_failed(&code))
		rc = HC_NOMEM;
	if (rc == HC_OK)
		x->ways.serial[id] = (unsigned char)hc_serial_kind(id,
		    hc_buf_text(&code));
	hc_buf_free(&code);
	return rc;
}

/* Cells name an XF, which names a format among other things. */
static enum hc_status
add_xf(struct xls *x)
{
	struct hc_xls_sheet_ways *ways = &x->ways;

	if (x->biff.size < 4 || ways->nformats > UINT16_MAX)
		return HC_INVALID;
	if (ways->formats == NULL && (ways->formats =
	    calloc(UINT16_MAX + 1, sizeof(*ways->formats))) == NULL)
		return HC_NOMEM;
	ways->formats[ways->nformats++] = hc_bytes_u16(x->biff.body + 2);
	return HC_OK;
}

static enum hc_status
read_global(struct xls *x)
{
	struct hc_biff *b = &x->biff;

	switch (b->type) {
	case FILEPASS:
		return hc_error_set(&x->book.error, HC_DENIED,
		    _("the workbook is locked with a password: open it in "
		    "Excel and save it without one"));
	case CODEPAGE:
		b->codepage = b->size < 2 ? 0 : hc_bytes_u16(b->body);
		return HC_OK;
	case DATEMODE:
		x->ways.from1904 = b->size >= 2 && hc_bytes_u16(b->body) == 1;
		return HC_OK;
	case BOUNDSHEET:
		return add_sheet(x);
	case FORMAT:
		return add_format(x);
	case XF:
		return add_xf(x);
	case SST:
		return hc_xls_string_read(&x->ways.strings, b);
	}
	return HC_OK;
}

static enum hc_status
check_codepage(struct xls *x)
{
	if (!x->biff.unreadable)
		return HC_OK;
	return hc_error_set(&x->book.error, HC_INVALID,
	    _("the workbook's texts are in code page %u: open it in Excel "
	    "and save it as xlsx"), x->biff.codepage);
}

static enum hc_status
read_globals(struct xls *x)
{
	struct hc_biff *b = &x->biff;
	enum hc_status rc = HC_OK;
	unsigned int i, version;

	/* From 59 on only what has a code is a date. */
	for (i = 0; i < 64; i++)
		x->ways.serial[i] = (unsigned char)hc_serial_kind(i, NULL);
	if (!hc_biff_next(b) || (b->type & 0xff) != (BOF & 0xff) ||
	    b->size < 4)
		return damaged(x);
	if (b->type != BOF)
		return hc_error_set(&x->book.error, HC_INVALID,
		    _("the workbook is of Excel 4 or older: open it in Excel "
		    "and save it as xlsx"));
	version = hc_bytes_u16(b->body);
	if (version != 0x0500 && version != 0x0600)
		return damaged(x);
	b->wide = version == 0x0600;
	while (rc == HC_OK && hc_biff_next(b))
		if (b->type == EOF_)
			return check_codepage(x);
		else
			rc = read_global(x);
	return rc == HC_NOMEM ? hc_error_nomem(&x->book.error) :
	    rc == HC_DENIED ? HC_INVALID : damaged(x);
}

static enum hc_status
xls_select(struct hc_book *book, size_t sheet)
{
	struct xls *x = (struct xls *)book;
	enum hc_status rc;

	hc_xls_sheet_clear(&x->sheet);
	if (x->places[sheet] >= x->stream.len)
		return damaged(x);
	x->biff.at = x->places[sheet];
	rc = hc_xls_sheet_scan(&x->sheet, &x->biff, &book->error);
	if (rc != HC_OK)
		hc_xls_sheet_clear(&x->sheet);
	return rc;
}

static enum hc_status
xls_next(struct hc_book *book, struct hc_book_row *row)
{
	struct xls *x = (struct xls *)book;
	enum hc_status rc;

	rc = hc_xls_sheet_next(&x->sheet, &x->biff, &x->ways, row,
	    &book->error);
	return rc == HC_OK ? check_codepage(x) : rc;
}

static bool
xls_hidden(const struct hc_book *book, size_t column)
{
	const struct xls *x = (const struct xls *)book;

	return column < HC_XLS_SHEET_COLUMNS &&
	    x->sheet.hidden_columns[column];
}

static void
xls_close(struct hc_book *book)
{
	struct xls *x = (struct xls *)book;
	size_t i;

	for (i = 0; i < book->nsheets; i++)
		free((char *)book->sheets[i].name);
	free(book->sheets);
	free(x->places);
	free(x->ways.formats);
	hc_xls_string_free(&x->ways.strings);
	hc_xls_sheet_clear(&x->sheet);
	hc_biff_free(&x->biff);
	hc_buf_free(&x->stream);
	free(x);
}

/* Excel 5 called the stream "Book". */
static enum hc_status
read_stream(struct xls *x, const void *bytes, size_t len)
{
	enum hc_status rc;

	if (len > HC_XLS_MAX)
		return hc_error_set(&x->book.error, HC_INVALID,
		    _("the workbook is larger than %d MB: open it in Excel "
		    "and save it as xlsx"), HC_XLS_MAX >> 20);
	rc = hc_ole_read(&x->stream, bytes, len, "Workbook",
	    &x->book.error);
	if (rc == HC_NOTFOUND)
		rc = hc_ole_read(&x->stream, bytes, len, "Book",
		    &x->book.error);
	if (rc == HC_NOTFOUND)
		return hc_error_set(&x->book.error, HC_INVALID,
		    _("the file holds no Excel workbook"));
	x->biff.data = (unsigned char *)x->stream.data;
	x->biff.len = x->stream.len;
	return rc;
}

enum hc_status
hc_xls_open_here(struct hc_book **book, const void *bytes, size_t len,
    struct hc_error *err)
{
	static const struct hc_book_driver driver = { xls_select, xls_next,
	    xls_hidden, xls_close };
	enum hc_status rc;
	struct xls *x;

	*book = NULL;
	if ((x = calloc(1, sizeof(*x))) == NULL)
		return hc_error_nomem(err);
	x->book.driver = &driver;
	if ((rc = read_stream(x, bytes, len)) == HC_OK &&
	    (rc = read_globals(x)) == HC_OK) {
		*book = &x->book;
		return HC_OK;
	}
	hc_error_set(err, rc, "%s", x->book.error.text);
	xls_close(&x->book);
	return rc;
}

enum hc_status
hc_xls_open(struct hc_book **book, const void *bytes, size_t len,
    struct hc_error *err)
{
	/* The stream, strings of at most twice its size, places of cells,
	   and what growing and sorting need. */
	static const struct hc_book_apart how = { hc_xls_open_here,
	    (size_t)HC_XLS_MAX * 8, 60 };

	/* The system's tables, which that process could not open. */
	if (hc_charset_table() == NULL)
		return hc_error_set(err, HC_CONFIG,
		    _("this system cannot convert CP932 and EUC-JP"));
	return hc_book_apart_open(book, &how, bytes, len, err);
}
