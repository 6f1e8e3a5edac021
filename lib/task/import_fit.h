/*
 * A mapping laid on a sheet: where the headings stand, what each column
 * means, how its dates are read.
 */
#ifndef HC_TASK_IMPORT_FIT_H
#define HC_TASK_IMPORT_FIT_H

#include "task/import_choose.h"
#include "task/import_sheet.h"

struct hc_import_fit_options {
	const char *mapping;	/* or an entity; NULL: by the headings */
	const char *today;
	int year;		/* of 1月16日; 0: by the list or today */
	bool headings_only;	/* dates are not decided */
};

/*
 * hc_import_fit_sheet(map, store, headings, sheet, options):
 * Load the mapping, find the row of headings (the one among the first 20
 * that has the most known ones), give each column its meaning, and decide
 * from all its cells how each column of dates is read.  The sheet is rewound
 * and stands behind the headings.  The caller empties ${map} with
 * hc_import_map_clear() in any case.
 *
 * HC_OK; HC_NOTFOUND if there is no such mapping; HC_INVALID if no heading
 * is known, no mapping fits, or a column of dates can be read in two ways; a
 * failure.
 */
enum hc_status hc_import_fit_sheet(struct hc_import_map *map,
    struct hc_store *store, const struct hc_import_headings *headings,
    struct hc_import_sheet *sheet,
    const struct hc_import_fit_options *options);

#endif
