/* A list as a file holds it. */
#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/spool.h"

#include "task/import_sheet.h"

/* ---- Opening ---- */

/* Words of the libraries below name no file. */
static enum hc_status
fail(const struct hc_import_sheet *sheet, enum hc_status rc,
    const char *words, struct hc_error *err)
{
	struct hc_error copy;

	memcpy(copy.text, words, strnlen(words, sizeof(copy.text) - 1) + 1);
	copy.text[sizeof(copy.text) - 1] = '\0';
	return hc_error_set(err, rc, "%s: %s", sheet->file, copy.text);
}

static enum hc_status
open_text(struct hc_import_sheet *sheet, int fd, const char *folder,
    struct hc_error *err)
{
	enum hc_status rc;
	struct stat st;

	if (fstat(fd, &st) == 0 && st.st_size == 0)
		return hc_error_set(err, HC_INVALID, _("'%s' is empty"),
		    sheet->file);
	rc = hc_textfile_open(&sheet->text, fd, folder, sheet->file, err);
	sheet->charset = sheet->text.charset;
	sheet->nsheets = 1;
	return rc == HC_OK ? hc_import_sheet_select(sheet, 0, err) : rc;
}

static enum hc_status
open_book(struct hc_import_sheet *sheet, struct hc_error *err)
{
	size_t n = 0;

	sheet->nsheets = sheet->book->nsheets;
	while (n < sheet->nsheets && !hc_import_sheet_visible(sheet, n))
		n++;
	return hc_import_sheet_select(sheet, n < sheet->nsheets ? n : 0, err);
}

enum hc_status
hc_import_sheet_open(struct hc_import_sheet *sheet, int fd,
    const char *folder, const char *name, struct hc_error *err)
{
	struct hc_error words;
	enum hc_status rc;
	struct stat st;
	int own;

	memset(sheet, 0, sizeof(*sheet));
	sheet->text.fd = -1;
	if ((sheet->file = strdup(name)) == NULL)
		return hc_error_nomem(err);
	sheet->name = sheet->file;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		return hc_error_set(err, HC_NOINPUT, _("'%s' is a folder"),
		    name);
	if ((rc = hc_spool_open(&own, fd, &words)) != HC_OK)
		return fail(sheet, rc, words.text, err);
	rc = hc_book_open(&sheet->book, own, &words);
	if (rc == HC_OK)
		rc = open_book(sheet, err);
	else if (rc == HC_NOTFOUND)
		rc = open_text(sheet, own, folder, err);
	else
		fail(sheet, rc, words.text, err);
	close(own);
	return rc;
}

enum hc_status
hc_import_sheet_open_book(struct hc_import_sheet *sheet,
    struct hc_book *book, const char *name, struct hc_error *err)
{
	memset(sheet, 0, sizeof(*sheet));
	sheet->text.fd = -1;
	sheet->book = book;
	if ((sheet->file = strdup(name)) == NULL)
		return hc_error_nomem(err);
	sheet->name = sheet->file;
	return open_book(sheet, err);
}

void
hc_import_sheet_close(struct hc_import_sheet *sheet)
{
	hc_book_close(sheet->book);
	hc_csv_close(sheet->csv);
	if (sheet->file != NULL)
		hc_textfile_close(&sheet->text);
	hc_buf_free(&sheet->place);
	free(sheet->file);
	memset(sheet, 0, sizeof(*sheet));
}

/* ---- Sheets ---- */

const char *
hc_import_sheet_title(const struct hc_import_sheet *sheet, size_t n)
{
	return sheet->book != NULL ? sheet->book->sheets[n].name : NULL;
}

bool
hc_import_sheet_visible(const struct hc_import_sheet *sheet, size_t n)
{
	return sheet->book == NULL || !sheet->book->sheets[n].hidden;
}

enum hc_status
hc_import_sheet_select(struct hc_import_sheet *sheet, size_t n,
    struct hc_error *err)
{
	if (n >= sheet->nsheets)
		return hc_error_set(err, HC_NOTFOUND,
		    _("%s: there is no sheet %zu, only %zu"), sheet->file,
		    n + 1, sheet->nsheets);
	sheet->sheet = n;
	if (sheet->nsheets > 1) {
		hc_buf_clear(&sheet->place);
		hc_buf_printf(&sheet->place, "%s[%s]", sheet->file,
		    hc_import_sheet_title(sheet, n));
		if (hc_buf_failed(&sheet->place))
			return hc_error_nomem(err);
		sheet->name = hc_buf_text(&sheet->place);
	}
	return hc_import_sheet_rewind(sheet, err);
}

static enum hc_status
no_sheet(const struct hc_import_sheet *sheet, const char *word,
    struct hc_error *err)
{
	struct hc_buf names = HC_BUF_INIT;
	size_t i;

	if (sheet->book == NULL)
		return hc_error_set(err, HC_NOTFOUND,
		    _("%s is a text, which has no sheets"), sheet->file);
	for (i = 0; i < sheet->nsheets; i++)
		hc_buf_printf(&names, "%s%zu '%s'", i > 0 ? ", " : "", i + 1,
		    hc_import_sheet_title(sheet, i));
	hc_error_set(err, HC_NOTFOUND,
	    _("%s has no sheet '%s'; there are %s"), sheet->file, word,
	    hc_buf_text(&names));
	hc_buf_free(&names);
	return HC_NOTFOUND;
}

enum hc_status
hc_import_sheet_find(const struct hc_import_sheet *sheet, const char *word,
    size_t *n, struct hc_error *err)
{
	unsigned long number;
	char *end;

	for (*n = 0; sheet->book != NULL && *n < sheet->nsheets; ++*n)
		if (hc_near_same(word, hc_import_sheet_title(sheet, *n)))
			return HC_OK;
	number = strtoul(word, &end, 10);
	if (sheet->book == NULL || *end != '\0' || number == 0 ||
	    number > sheet->nsheets)
		return no_sheet(sheet, word, err);
	*n = number - 1;
	return HC_OK;
}

enum hc_status
hc_import_sheet_rewind(struct hc_import_sheet *sheet, struct hc_error *err)
{
	enum hc_status rc;

	memset(&sheet->row, 0, sizeof(sheet->row));
	if (sheet->book != NULL) {
		rc = hc_book_select(sheet->book, sheet->sheet);
		return rc == HC_OK ? rc :
		    fail(sheet, rc, sheet->book->error.text, err);
	}
	hc_csv_close(sheet->csv);
	sheet->csv = NULL;
	sheet->records = 0;
	rc = hc_csv_open_file(&sheet->csv, sheet->text.fd, 0, sheet->file);
	if (rc == HC_IO)
		return hc_error_set(err, rc,
		    _("cannot read the staging file"));
	return rc == HC_OK ? rc : hc_error_nomem(err);
}

/* ---- Rows ---- */

/* Spreadsheets write rows of bare commas below the last one. */
static bool
blank(const struct hc_import_sheet *sheet)
{
	size_t i, n = hc_import_sheet_cells(sheet);

	for (i = 0; i < n; i++)
		if (hc_import_sheet_cell(sheet, i)[0] != '\0')
			return false;
	return true;
}

static enum hc_status
next_of_text(struct hc_import_sheet *sheet, struct hc_error *err)
{
	enum hc_status rc = hc_csv_next(sheet->csv);

	sheet->records += rc == HC_OK || rc == HC_INVALID;
	if (rc == HC_INVALID || rc == HC_IO)
		return hc_error_set(err, rc, "%s", hc_csv_error(sheet->csv));
	return rc == HC_NOMEM ? hc_error_nomem(err) : rc;
}

static enum hc_status
next_of_book(struct hc_import_sheet *sheet, struct hc_error *err)
{
	enum hc_status rc = hc_book_next(sheet->book, &sheet->row);

	if (rc == HC_OK || rc == HC_NOTFOUND)
		return rc;
	/* It is no fault of one row: half a sheet is no list. */
	sheet->damaged = rc == HC_INVALID;
	sheet->row.ncells = 0;
	return fail(sheet, sheet->damaged ? HC_IO : rc,
	    sheet->book->error.text, err);
}

enum hc_status
hc_import_sheet_next(struct hc_import_sheet *sheet, struct hc_error *err)
{
	enum hc_status rc;

	do
		rc = sheet->book != NULL ? next_of_book(sheet, err) :
		    next_of_text(sheet, err);
	while (rc == HC_OK && blank(sheet));
	return rc;
}

size_t
hc_import_sheet_cells(const struct hc_import_sheet *sheet)
{
	return sheet->book != NULL ? sheet->row.ncells :
	    hc_csv_fields(sheet->csv);
}

const char *
hc_import_sheet_cell(const struct hc_import_sheet *sheet, size_t column)
{
	const char *text;

	if (sheet->book != NULL)
		return column < sheet->row.ncells ?
		    sheet->row.cells[column].text : "";
	text = hc_csv_get(sheet->csv, column);
	return text != NULL ? text : "";
}

size_t
hc_import_sheet_row(const struct hc_import_sheet *sheet)
{
	return sheet->book != NULL ? sheet->row.number :
	    sheet->records + hc_csv_blanks(sheet->csv);
}

bool
hc_import_sheet_broken(const struct hc_import_sheet *sheet, size_t column)
{
	/* As Excel and LibreOffice write them into a text. */
	static const char *const errors[] = { "#N/A", "#REF!", "#VALUE!",
	    "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "エラー:502", "Err:502" };
	const char *text = hc_import_sheet_cell(sheet, column);
	size_t i;

	if (sheet->book != NULL)
		return column < sheet->row.ncells &&
		    sheet->row.cells[column].kind == HC_BOOK_ERROR;
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(text, errors[i]) == 0)
			return true;
	return false;
}

const char *
hc_import_sheet_kana(const struct hc_import_sheet *sheet, size_t column)
{
	return sheet->book != NULL && column < sheet->row.ncells ?
	    sheet->row.cells[column].kana : NULL;
}

bool
hc_import_sheet_hidden_row(const struct hc_import_sheet *sheet)
{
	return sheet->book != NULL && sheet->row.hidden;
}

bool
hc_import_sheet_hidden_column(const struct hc_import_sheet *sheet,
    size_t column)
{
	return sheet->book != NULL && hc_book_hidden(sheet->book, column);
}
