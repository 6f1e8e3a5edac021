/*
 * What the files of the table share: its cells, and the row that is put
 * together for the sink.  For lib/base/table*.c alone.
 */
#ifndef HC_BASE_TABLE_CELLS_H
#define HC_BASE_TABLE_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/sink.h"
#include "base/table.h"
#include "base/type.h"

/* 1 + where a text begins in the table's; 0: absent. */
struct hc_table_cell {
	size_t value;
	size_t shown;		/* 0: the value */
};

struct hc_table {
	struct hc_table_column *columns;
	size_t ncolumns;
	struct hc_buf text;	/* of all cells, each closed by a NUL */
	struct hc_table_cell *cells;
	size_t ncells;
	size_t room;
	size_t rows;

	bool streaming;
	bool stopped;		/* hc_table_row() ran out of memory */
	struct hc_table_options options;
	struct hc_sink sink;
	struct hc_buf line;	/* the row that is put together */
	struct hc_buf cell[2];	/* steps on the way to a cell */
	int gap;		/* spaces between columns, for a terminal */
	int *widths;		/* of the columns */
	int *inner;		/* the same without the labels */
	size_t written;		/* rows handed to the sink */
};

/* hc_table_is_number(type): numbers in JSON. */
static inline bool
hc_table_is_number(enum hc_type type)
{
	return type == HC_TYPE_INTEGER || type == HC_TYPE_DECIMAL ||
	    type == HC_TYPE_REF || type == HC_TYPE_YESNO;
}

/* hc_table_show_cell(table, row, column): what stands for a kept cell on a
   terminal, good until the next call; NULL if absent. */
const char *hc_table_show_cell(struct hc_table *table, size_t row,
    size_t column);

/* hc_table_flat_head(table), ..._row(table, cells): append what comes before
   the rows, and a row, to ${table}->line: TSV, CSV and JSON. */
void hc_table_flat_head(struct hc_table *table);
void hc_table_flat_row(struct hc_table *table, const char *const *cells);

/* hc_table_text_head(table), ..._row(table, row): the same of the aligned
   table, of whose kept rows the head measures all. */
void hc_table_text_head(struct hc_table *table);
void hc_table_text_row(struct hc_table *table, size_t row);

#endif
