/*
 * Output of rows: one table, four formats.
 *
 * A program that has read its rows out of the database (which must be closed
 * before the first byte is printed) puts them into a table and prints it.
 * Large outputs give the file first with hc_table_stream() and are written
 * row by row.
 */
#ifndef HC_BASE_TABLE_H
#define HC_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/status.h"
#include "base/type.h"

enum hc_format {
	HC_FORMAT_TABLE,	/* aligned, for a terminal */
	HC_FORMAT_TSV,		/* hc-tsv(5) */
	HC_FORMAT_CSV,		/* RFC 4180 */
	HC_FORMAT_JSON,		/* an array of objects */
	HC_FORMAT_XLSX		/* not made here: hc_table_*() refuse it */
};

/* hc_table_format(name, format): "tsv" to HC_FORMAT_TSV; 0, -1 if unknown. */
int hc_table_format(const char *name, enum hc_format *format);

/*
 * Append what stands in a table for ${value} (never NULL) of a column: the
 * label of a code.  ${arg} is the column's; it need not live longer than the
 * last hc_table_row().
 */
typedef void hc_table_show(const void *arg, const char *value,
    struct hc_buf *out);

struct hc_table_column {
	const char *name;	/* field name, ASCII snake_case */
	const char *label;	/* in the user's language, or a message of its
				   own, marked with N_(); NULL: the name */
	enum hc_type type;	/* INTEGER, DECIMAL, REF and YESNO are numbers
				   in JSON; numbers stand to the right in a
				   table, and what only is of use as a whole
				   (numbers, days, addresses) is never cut */
	hc_table_show *show;	/* in a table alone, where YESNO is yes or
				   no, INSTANT a local time, REF as the
				   options say: all other formats have the
				   value.  NULL: as it is */
	const void *arg;
};

/* What a program says in codes, for hc_table_show_words(); the last has no
   code.  Labels are marked with N_(). */
struct hc_table_word {
	const char *code, *label;
};

/*
 * hc_table_show_words(words, value, out):
 * A hc_table_show; ${words} are struct hc_table_word.  Of codes joined by ','
 * or ';' each gets its label.
 */
void hc_table_show_words(const void *words, const char *value,
    struct hc_buf *out);

struct hc_table_options {
	enum hc_format format;
	int width;		/* a table's columns on the terminal; cells
				   are cut to fit; 0: as wide as it gets */
	int zone;		/* a table's times: minutes east of UTC */
	const char *today;	/* its year stands in none of them; NULL */
	int64_t first_id;	/* in a table, a REF from here to last_id is */
	int64_t last_id;	/* shown less first_id: its own number */
	bool terminal;		/* the file is a terminal: nothing but visible
				   characters (a table has them always) */
	bool labels;		/* CSV: labels in the first line, not names */
	bool excel;		/* CSV: cells that Excel would take for
				   formulas are defused */
	bool bom;		/* CSV: begin with a BOM, which tells Excel
				   that it is UTF-8 */
};

struct hc_table;

/*
 * hc_table_new(table, columns, ncolumns):
 * An empty table; the columns are copied.  The caller frees it with
 * hc_table_free().  Returns HC_OK, or HC_NOMEM with ${table} NULL.
 */
enum hc_status hc_table_new(struct hc_table **table,
    const struct hc_table_column *columns, size_t ncolumns);
void hc_table_free(struct hc_table *table);

/*
 * hc_table_stream(table, file, options):
 * Before the first row: from now on hc_table_row() writes to ${file} at once
 * (HC_FORMAT_TABLE still waits for hc_table_finish(), since it must know how
 * wide the cells are).
 */
void hc_table_stream(struct hc_table *table, FILE *file,
    const struct hc_table_options *options);

/*
 * hc_table_row(table, cells):
 * Add a row of as many texts as there are columns, NULL for absent.  They
 * are copied.  Returns HC_OK or HC_NOMEM; failures of writing wait for
 * hc_table_finish().
 */
enum hc_status hc_table_row(struct hc_table *table,
    const char *const *cells);

/* hc_table_rows(table): how many were added. */
size_t hc_table_rows(const struct hc_table *table);

/*
 * hc_table_finish(table, err):
 * End what hc_table_stream() began and flush.
 *
 * Returns HC_OK; HC_UNAVAILABLE if the reader of the pipe has gone, which a
 * program passes over in silence; HC_IO (disk full ...); HC_NOMEM;
 * HC_INVALID for HC_FORMAT_XLSX.
 */
enum hc_status hc_table_finish(struct hc_table *table, struct hc_error *err);

/*
 * hc_table_print(table, file, options, err):
 * Write all rows that were added, and flush.  Returns as hc_table_finish().
 *
 * TSV has at least two columns: a table of one gets the number of the row as
 * a first column named "row" (in TSV only).
 */
enum hc_status hc_table_print(struct hc_table *table, FILE *file,
    const struct hc_table_options *options, struct hc_error *err);

#endif
