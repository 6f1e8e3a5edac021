/* Rows of a list that hold no data. */
#ifndef HC_TASK_IMPORT_SKIP_H
#define HC_TASK_IMPORT_SKIP_H

#include "task/import_map.h"
#include "task/import_sheet.h"

/*
 * hc_import_skip(map, sheet, year):
 * Is the present row none of data: the headings once more, a total, a note
 * below the list, or the year (令和3年) of the dates that follow, which goes
 * into ${year} (else 0)?
 */
bool hc_import_skip(const struct hc_import_map *map,
    const struct hc_import_sheet *sheet, int *year);

#endif
