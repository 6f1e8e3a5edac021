/* How a list was understood, for whom it concerns. */
#ifndef HC_TASK_IMPORT_TELL_H
#define HC_TASK_IMPORT_TELL_H

#include "task/import.h"
#include "task/import_map.h"
#include "task/import_sheet.h"

/* hc_import_tell_sheets(o, sheet): sheets that are not read, so that nobody
   thinks they were. */
void hc_import_tell_sheets(const struct hc_import_options *o,
    const struct hc_import_sheet *sheet);

/* hc_import_tell_headings(o, sheet, map): what was found, for --verbose. */
void hc_import_tell_headings(const struct hc_import_options *o,
    const struct hc_import_sheet *sheet, const struct hc_import_map *map);

/* Rows with data that a spreadsheet hides. */
struct hc_import_hidden {
	size_t rows, first;
};

/* hc_import_tell_hidden(o, sheet, map, hidden): what a spreadsheet does not
   show was read all the same. */
void hc_import_tell_hidden(const struct hc_import_options *o,
    const struct hc_import_sheet *sheet, const struct hc_import_map *map,
    const struct hc_import_hidden *hidden);

#endif
