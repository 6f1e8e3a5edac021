/*
 * Records of one entity as a table, for workbooks, CSV and pipes.
 *
 * The rows are read whole, so that the database is free before anything is
 * printed, and whose records they are is noted in the access log.
 */
#ifndef HC_TASK_EXPORT_H
#define HC_TASK_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/expr.h"
#include "base/table.h"
#include "store/store.h"

struct hc_export_question {
	const char *entity;
	const char *where;	/* hc-expr(5); NULL: all */
	const char *fields;	/* "number,person.name,onset_date"; NULL: all
				   fields that are not retired */
	bool names;		/* of all: the names of persons and places
				   beside their numbers, for people */
};

struct hc_export_column {
	const char *name;	/* "onset_date", "person_name" */
	const char *label;
	const struct hc_field *field;	/* NULL: id and revision */
};

struct hc_export {
	struct hc_arena arena;
	const struct hc_entity *entity;
	struct hc_export_column *columns;	/* id and revision first */
	size_t ncolumns;
	struct hc_buf text;	/* of all cells, each closed by a NUL */
	size_t *cells;		/* 1 + where each begins in text; 0: absent */
	size_t rows, room;
	int64_t *ids;
};

/*
 * hc_export_read(export, store, question, clock):
 * Read the records, lowest id first, and note the access.  The caller
 * empties ${export} with hc_export_clear() in any case; it points into the
 * store's catalogue.  HC_OK (also for no record); HC_INVALID for an unknown
 * field or a wrong condition; a failure of the store.
 */
enum hc_status hc_export_read(struct hc_export *export,
    struct hc_store *store, const struct hc_export_question *question,
    const struct hc_expr_clock *clock);
void hc_export_clear(struct hc_export *export);

/* hc_export_cell(export, row, column): the canonical text; NULL: absent. */
const char *hc_export_cell(const struct hc_export *export, size_t row,
    size_t column);

/*
 * hc_export_print(export, labels, file, how, err):
 * Write it as hc_table_print() does; with ${labels} choices and yes/no are
 * words for people, not codes.
 */
enum hc_status hc_export_print(const struct hc_export *export, bool labels,
    FILE *file, const struct hc_table_options *how, struct hc_error *err);

/*
 * hc_export_workbook(export, offset, now, out, err):
 * Append a workbook (xlsx): dates are dates (instants in the zone ${offset}
 * minutes east of UTC), telephone numbers and numbers of lists text, choices
 * have drop-down lists, the header is fixed, id and revision are hidden.
 * ${now} is the instant noted as that of its making.
 *
 * HC_OK; HC_INVALID if there are more rows or a longer text than a sheet
 * takes; HC_IO; HC_NOMEM.
 */
enum hc_status hc_export_workbook(const struct hc_export *export, int offset,
    const char *now, struct hc_buf *out, struct hc_error *err);

#endif
