/* One cell of a list as the field that its column means. */
#ifndef HC_TASK_IMPORT_CELL_H
#define HC_TASK_IMPORT_CELL_H

#include "record/value.h"
#include "task/import_map.h"

/* A cell after reading. */
struct hc_import_cell {
	const char *text;	/* canonical ("T600" is a time without a day,
				   in minutes); of NONE, NAMED, CASE and KEY as
				   written, of PHONES the numbers joined by
				   newlines; NULL: empty */
	const char *reason;	/* why there is no value; then text is what
				   was written */
	const char *band;	/* of AGE where only a band is known */
	const char *fields;	/* names of fields that it says yes to, each
				   with a newline; NULL */
	const char *rest;	/* as written, where the field takes only a
				   part; NULL */
};

/* What reading needs to know besides the column. */
struct hc_import_cell_rule {
	const struct hc_import_headings *headings;
	struct hc_value_rule value;
	int year;	/* of 1月16日, by a year's heading between the rows;
			   0: by the column */
};

/*
 * hc_import_cell_read(rule, column, written, arena, cell, err):
 * Read ${written}, which is not empty, as the field of ${column}; the texts
 * of ${cell} lie in ${arena}.  HC_OK, also where nothing but spaces stands
 * there; HC_INVALID with the reason and what would be accepted; HC_NOMEM.
 */
enum hc_status hc_import_cell_read(const struct hc_import_cell_rule *rule,
    const struct hc_import_column *column, const char *written,
    struct hc_arena *arena, struct hc_import_cell *cell,
    struct hc_error *err);

#endif
