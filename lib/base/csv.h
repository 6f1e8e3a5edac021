/*
 * Reading CSV as offices have it, in UTF-8 (see charset.h), from memory or
 * a file of any size.  Also TAB or semicolon between fields: with quotes, which
 * hc-tsv(5) has not.  libcsv does the tokenizing; this adds line numbers,
 * blank lines, and a word about what is wrong.
 *
 * Nothing is trimmed, no type is guessed, rows come as long as they are.
 */
#ifndef HC_BASE_CSV_H
#define HC_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

/* What is longer is refused. */
#define HC_CSV_CELL_MAX		65536	/* bytes */
#define HC_CSV_ROW_MAX		1048576	/* bytes of all cells */
#define HC_CSV_FIELDS_MAX	16384	/* as many as a sheet has columns */

struct hc_csv_reader;

/*
 * hc_csv_open(r, bytes, len, delimiter, name):
 * Begin to read ${len} bytes, which stay where they are until
 * hc_csv_close().  ${delimiter} is ',', ';', '\t' or '|', or 0 to let
 * hc_csv_sniff() find it.  A BOM is passed over.  Messages say "${name}:LINE:
 * ...".
 *
 * Returns HC_OK, HC_INVALID for any other delimiter, or HC_NOMEM; then ${r}
 * is NULL.  The caller closes it with hc_csv_close().
 */
enum hc_status hc_csv_open(struct hc_csv_reader **r, const char *bytes,
    size_t len, int delimiter, const char *name);

/*
 * hc_csv_open_file(r, fd, delimiter, name):
 * The same of the file ${fd}, from its beginning, by blocks; it stays open
 * until hc_csv_close(), its position does not matter.  Also HC_IO, here and
 * from hc_csv_next().
 */
enum hc_status hc_csv_open_file(struct hc_csv_reader **r, int fd,
    int delimiter, const char *name);

/* hc_csv_close(r): give all back; NULL is fine. */
void hc_csv_close(struct hc_csv_reader *r);

/* hc_csv_set_blank(r, report): blank lines come as records without fields;
   at first they are only counted. */
void hc_csv_set_blank(struct hc_csv_reader *r, bool report);

/*
 * hc_csv_next(r):
 * Read the next record.  Its lines may end in LF, CRLF or CR, mixed.
 *
 * Returns HC_OK; HC_NOTFOUND after the last; HC_INVALID with "NAME:LINE:
 * ..." for NUL, something after a closing quote, a quote that is never
 * closed (LINE is where it was opened), or what is too long; HC_NOMEM.  A
 * quote inside an unquoted field is kept as it is.  After HC_INVALID the
 * next call goes on with the line after the fault; hc_csv_line() is then
 * the line where the refused record began, and it has no fields.
 */
enum hc_status hc_csv_next(struct hc_csv_reader *r);

/* hc_csv_error(r): the words of the last HC_INVALID, ${r}'s own. */
const char *hc_csv_error(const struct hc_csv_reader *r);

/* The present record: how many fields; each one's text ("" when empty, NULL
   beyond the last), ${r}'s own until the next record; the physical line
   where it begins, and where it ends. */
size_t hc_csv_fields(const struct hc_csv_reader *r);
const char *hc_csv_get(const struct hc_csv_reader *r, size_t field);
size_t hc_csv_line(const struct hc_csv_reader *r);
size_t hc_csv_last_line(const struct hc_csv_reader *r);

/* hc_csv_blanks(r): how many blank lines were met so far. */
size_t hc_csv_blanks(const struct hc_csv_reader *r);

/*
 * hc_csv_sniff(bytes, len):
 * The delimiter under which most of the first records have the same number
 * of fields, more than one: ',', '\t', ';' or '|'; ',' if none does.
 */
int hc_csv_sniff(const char *bytes, size_t len);

/*
 * hc_csv_cell(out, text):
 * Append one cell as RFC 4180 has it: in quotes if it holds a comma, a
 * quote, CR, LF, or space at an end; NULL is an empty cell, and an empty
 * text too.
 */
void hc_csv_cell(struct hc_buf *out, const char *text);

#endif
