/*
 * The top of a sheet: its first rows, where titles and headings stand, and
 * what they say of days.
 */
#ifndef HC_TASK_IMPORT_TOP_H
#define HC_TASK_IMPORT_TOP_H

#include "base/arena.h"
#include "store/store.h"
#include "task/import_sheet.h"

#define HC_IMPORT_TOP_ROWS 20	/* where headings are looked for */

struct hc_import_top_row {
	size_t row;		/* as a spreadsheet counts */
	size_t n;
	const char **cells;
	const char **lower;	/* of two rows of headings what the lower one
				   says alone, "" if that is nothing; NULL */
};

struct hc_import_top {
	struct hc_arena arena;
	size_t len;
	struct hc_import_top_row rows[HC_IMPORT_TOP_ROWS];
	/* Each with the one below it as two rows of headings: what stands
	   above several columns is said of each, as "検査 結果". */
	struct hc_import_top_row joined[HC_IMPORT_TOP_ROWS];
};

/* hc_import_top_read(top, store, sheet): the first rows; the sheet is rewound
   before.  The caller frees ${top->arena} in any case.  HC_OK or a failure. */
enum hc_status hc_import_top_read(struct hc_import_top *top,
    struct hc_store *store, struct hc_import_sheet *sheet);

/* hc_import_top_figures(top): are most cells below the first two rows bare
   numbers, as in a table of counts? */
bool hc_import_top_figures(const struct hc_import_top *top);

/* hc_import_top_day(top, header): the last day that the titles name (rows
   before ${header}), as 令和2年12月25日現在: the list knows no later one.
   HC_DATE_NONE if there is none. */
int32_t hc_import_top_day(const struct hc_import_top *top, size_t header);

/* hc_import_top_year(heading): the year that it names, as 公表日（令和2年）;
   0 if none. */
int hc_import_top_year(const char *heading);

#endif
