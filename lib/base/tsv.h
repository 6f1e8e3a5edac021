/*
 * Rows between programs: the dialect of hc-tsv(5).
 *
 * UTF-8, LF, a header line of field names, one TAB between fields, the same
 * count on every line, \t \n \r \\ as the only escapes, empty is absent.
 * The reader also takes a BOM, CRLF, \N as absent, and no input at all as no
 * rows.  It keeps one row in memory.
 */
#ifndef HC_BASE_TSV_H
#define HC_BASE_TSV_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/sink.h"
#include "base/status.h"

/* What is longer is refused. */
#define HC_TSV_CELL_MAX		65536		/* bytes, escapes undone */
#define HC_TSV_ROW_MAX		1048576		/* bytes as they stand */
#define HC_TSV_COLUMNS_MAX	500

struct hc_tsv_reader;

/*
 * hc_tsv_open(r, fd, name) / hc_tsv_open_bytes(r, bytes, len, name):
 * Begin to read from the descriptor ${fd}, which the caller keeps and closes
 * (nothing else may read from it meanwhile), or from ${len} bytes that stay
 * where they are until hc_tsv_close().  The header line is read at once.
 * Messages say "${name}:LINE: ..." (name: the file's, "-" for stdin).
 *
 * ${r} is set even on failure, for hc_tsv_error(), unless memory ran out
 * (then it is NULL); the caller closes it with hc_tsv_close() in any case.
 *
 * Returns HC_OK, also for no input at all (zero columns, no rows);
 * HC_INVALID for a header line with an empty or a double name or any of the
 * faults of hc_tsv_next(); HC_IO; HC_NOMEM.
 */
enum hc_status hc_tsv_open(struct hc_tsv_reader **r, int fd,
    const char *name);
enum hc_status hc_tsv_open_bytes(struct hc_tsv_reader **r, const char *bytes,
    size_t len, const char *name);

/* hc_tsv_close(r): give all back; NULL is fine. */
void hc_tsv_close(struct hc_tsv_reader *r);

/* hc_tsv_error(r): the words of the last failure, ${r}'s own; for NULL that
   memory ran out. */
const char *hc_tsv_error(const struct hc_tsv_reader *r);

/* The header line: how many columns, their names (${r}'s own), and where
   ${name} stands, -1 if it doesn't.  Columns count from 0. */
int hc_tsv_columns(const struct hc_tsv_reader *r);
const char *hc_tsv_name(const struct hc_tsv_reader *r, int column);
int hc_tsv_column(const struct hc_tsv_reader *r, const char *name);

/*
 * hc_tsv_next(r):
 * Read the next row.
 *
 * Returns HC_OK; HC_NOTFOUND after the last; HC_INVALID with "NAME:LINE:
 * ..." for another number of fields than the header line has, an empty line,
 * invalid UTF-8, NUL, a bare CR, an unknown escape, a cell, row or header
 * line that is too long; HC_IO; HC_NOMEM.  After HC_INVALID the next call
 * goes on with the next line, so that a caller can collect all faults; any
 * other failure is final.
 */
enum hc_status hc_tsv_next(struct hc_tsv_reader *r);

/* hc_tsv_line(r): the number of the line last read; the header line is 1. */
unsigned long hc_tsv_line(const struct hc_tsv_reader *r);

/*
 * hc_tsv_get(r, column):
 * The present row's text in ${column}, escapes undone, or NULL where it is
 * absent (empty or \N) or ${column} is -1, so that a column that may be
 * missing needs no test.  It is ${r}'s own, good until the next row.
 */
const char *hc_tsv_get(const struct hc_tsv_reader *r, int column);

struct hc_tsv_writer {
	struct hc_sink sink;
	struct hc_buf row;	/* the row so far */
	int columns;		/* of the header line */
	int cells;		/* in the row so far */
	enum hc_status misuse;	/* the caller's own fault: ragged and such */
};

/*
 * hc_tsv_write_begin(w, file, names, columns):
 * Begin to write to ${file} (the caller's; it is not closed) with a header
 * line of ${columns} names, at least two (the format's rule: with one, an
 * absent value would be an empty line, which other tools drop).
 *
 * None of the writing calls fails on its own; hc_tsv_write_end() tells how
 * all of them went and must be called.
 */
void hc_tsv_write_begin(struct hc_tsv_writer *w, FILE *file,
    const char *const *names, int columns);

/* One cell of the present row: valid UTF-8, NULL or "" for absent. */
void hc_tsv_write_cell(struct hc_tsv_writer *w, const char *text);

/* hc_tsv_write_row(w): the row is complete; write it. */
void hc_tsv_write_row(struct hc_tsv_writer *w);

/*
 * hc_tsv_write_end(w, err):
 * Flush and give the memory back.
 *
 * Returns what hc_sink_finish() returns (HC_UNAVAILABLE: the reader of the
 * pipe has gone), or HC_ERROR if a row had another number of cells than the
 * header line or that had less than two.
 */
enum hc_status hc_tsv_write_end(struct hc_tsv_writer *w,
    struct hc_error *err);

/* hc_tsv_escape(out, text): append ${text} to ${out} as a cell holds it. */
void hc_tsv_escape(struct hc_buf *out, const char *text);

#endif
