/* The merged areas of a sheet of a workbook.  Used only by xlsx_sheet.c. */
#ifndef HC_BASE_XLSX_MERGED_H
#define HC_BASE_XLSX_MERGED_H

#include "base/merge.h"
#include "base/status.h"
#include "base/zip.h"

/*
 * hc_xlsx_merged_read(merge, zip, part, err):
 * The merged areas of the sheet ${part}; ${merge} is NULL if it has none, else
 * the caller frees it.  HC_OK, HC_NOTFOUND if there is no such part,
 * HC_INVALID, HC_IO, HC_NOMEM.
 */
enum hc_status hc_xlsx_merged_read(struct hc_merge **merge,
    struct hc_zip *zip, const char *part, struct hc_error *err);

/* hc_xlsx_merged_place(text, row, column): read "B17", 17 and 1; what stands
   behind it, or NULL if that is no cell.  The row is 0 if it is not there. */
const char *hc_xlsx_merged_place(const char *text, size_t *row,
    size_t *column);

#endif
