/* A list as a file holds it. */
#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#include "task/import_sheet.h"

static enum hc_status
read_all(int fd, const char *name, struct hc_buf *bytes,
    struct hc_error *err)
{
	char block[65536];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return hc_error_set(err, errno == EISDIR ?
			    HC_NOINPUT : HC_IO, _("cannot read '%s': %s"),
			    name, strerror(errno));
		hc_buf_add(bytes, block, (size_t)n);
		if (hc_buf_failed(bytes))
			return hc_error_nomem(err);
	}
	return HC_OK;
}

/* Where the first undecodable bytes stand, and how many there are. */
static enum hc_status
tell_faults(const struct hc_import_sheet *sheet,
    const struct hc_charset_faults *faults, struct hc_error *err)
{
	const struct hc_charset_fault *f = &faults->first[0];
	struct hc_buf hex = HC_BUF_INIT;
	size_t i;

	for (i = 0; i < f->len; i++)
		hc_buf_printf(&hex, "%02X", f->bytes[i]);
	hc_error_set(err, HC_INVALID,
	    _("%s:%zu: the bytes %s at character %zu are no %s text (%zu such "
	    "places); save the list anew as CSV UTF-8"), sheet->name, f->line,
	    hc_buf_text(&hex), f->column, hc_charset_name(sheet->charset),
	    faults->count);
	hc_buf_free(&hex);
	return HC_INVALID;
}

static enum hc_status
decode(struct hc_import_sheet *sheet, const struct hc_buf *bytes,
    struct hc_error *err)
{
	enum hc_charset_kind kind;
	struct hc_charset_faults faults;
	struct hc_error words;
	enum hc_status rc;

	kind = hc_charset_kind(hc_buf_text(bytes), bytes->len);
	if (kind == HC_CHARSET_KIND_EMPTY)
		return hc_error_set(err, HC_INVALID, _("'%s' is empty"),
		    sheet->name);
	if (kind != HC_CHARSET_KIND_TEXT)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is %s, no CSV or TSV list; save it as CSV UTF-8"),
		    sheet->name, hc_charset_kind_words(kind));
	rc = hc_charset_detect(bytes->data, bytes->len, &sheet->charset,
	    &words);
	if (rc != HC_OK)
		return hc_error_set(err, rc, "%s: %s", sheet->name,
		    words.text);
	rc = hc_charset_to_utf8(&sheet->text, sheet->charset, bytes->data,
	    bytes->len, &faults);
	if (rc == HC_INVALID)
		return tell_faults(sheet, &faults, err);
	if (rc != HC_OK || hc_buf_failed(&sheet->text))
		return hc_error_nomem(err);
	return hc_import_sheet_rewind(sheet, err);
}

enum hc_status
hc_import_sheet_open(struct hc_import_sheet *sheet, int fd, const char *name,
    struct hc_error *err)
{
	struct hc_buf bytes = HC_BUF_INIT;
	enum hc_status rc;

	memset(sheet, 0, sizeof(*sheet));
	if ((sheet->name = strdup(name)) == NULL)
		return hc_error_nomem(err);
	rc = read_all(fd, name, &bytes, err);
	if (rc == HC_OK)
		rc = decode(sheet, &bytes, err);
	hc_buf_free(&bytes);
	return rc;
}

void
hc_import_sheet_close(struct hc_import_sheet *sheet)
{
	hc_csv_close(sheet->csv);
	hc_buf_free(&sheet->text);
	free(sheet->name);
	memset(sheet, 0, sizeof(*sheet));
}

enum hc_status
hc_import_sheet_rewind(struct hc_import_sheet *sheet, struct hc_error *err)
{
	hc_csv_close(sheet->csv);
	sheet->csv = NULL;
	sheet->records = 0;
	if (hc_csv_open(&sheet->csv, hc_buf_text(&sheet->text),
	    sheet->text.len, 0, sheet->name) != HC_OK)
		return hc_error_nomem(err);
	return HC_OK;
}

/* Spreadsheets write rows of bare commas below the last one. */
static bool
blank(const struct hc_import_sheet *sheet)
{
	size_t i, n = hc_csv_fields(sheet->csv);

	for (i = 0; i < n; i++)
		if (hc_csv_get(sheet->csv, i)[0] != '\0')
			return false;
	return true;
}

enum hc_status
hc_import_sheet_next(struct hc_import_sheet *sheet, struct hc_error *err)
{
	enum hc_status rc;

	do {
		rc = hc_csv_next(sheet->csv);
		sheet->records += rc == HC_OK || rc == HC_INVALID;
	} while (rc == HC_OK && blank(sheet));
	if (rc == HC_INVALID)
		return hc_error_set(err, rc, "%s", hc_csv_error(sheet->csv));
	return rc == HC_NOMEM ? hc_error_nomem(err) : rc;
}

size_t
hc_import_sheet_cells(const struct hc_import_sheet *sheet)
{
	return hc_csv_fields(sheet->csv);
}

const char *
hc_import_sheet_cell(const struct hc_import_sheet *sheet, size_t column)
{
	const char *text = hc_csv_get(sheet->csv, column);

	return text != NULL ? text : "";
}

size_t
hc_import_sheet_row(const struct hc_import_sheet *sheet)
{
	return sheet->records + hc_csv_blanks(sheet->csv);
}

void
hc_import_sheet_letter(size_t column, char out[8])
{
	char reversed[8];
	size_t n = 0, i;

	for (column++; column > 0 && n < sizeof(reversed) - 1; column =
	    (column - 1) / 26)
		reversed[n++] = (char)('A' + (column - 1) % 26);
	for (i = 0; i < n; i++)
		out[i] = reversed[n - 1 - i];
	out[n] = '\0';
}
