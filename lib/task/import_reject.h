/*
 * Rows that are refused, as a list to be mended and imported again: in their
 * own columns, the reasons before them.
 */
#ifndef HC_TASK_IMPORT_REJECT_H
#define HC_TASK_IMPORT_REJECT_H

#include <stdio.h>

#include "task/import_row.h"

struct hc_import_reject {
	FILE *file;
	const struct hc_import_map *map;
	const struct hc_import_sheet *sheet;
	int year;		/* of the next row's dates that have none; 0 */
	/* Private: */
	int told;		/* the year that the rows above have */
};

/* hc_import_reject_headings(reject): begin, with the day that the list's
   titles name, since its dates may have no year. */
void hc_import_reject_headings(struct hc_import_reject *reject);

/* hc_import_reject_row(reject, reader, reasons): add the row last read. */
void hc_import_reject_row(struct hc_import_reject *reject,
    const struct hc_import_reader *reader, const char *reasons);

#endif
