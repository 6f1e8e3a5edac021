/*
 * One sheet of a workbook, row by row.  Used only by the xlsx reader.
 */
#ifndef HC_BASE_XLSX_SHEET_H
#define HC_BASE_XLSX_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/book.h"
#include "base/status.h"
#include "base/xlsx_row.h"

struct hc_xlsx_sheet;

/* hc_xlsx_sheet_open(sheet, source, part): stand before the first row; its
   columns and merged areas are known.  As hc_book_select(). */
enum hc_status hc_xlsx_sheet_open(struct hc_xlsx_sheet **sheet,
    const struct hc_xlsx_source *source, const char *part);

/* hc_xlsx_sheet_next(sheet, row), hc_xlsx_sheet_hidden(sheet, column): as in
   book.h. */
enum hc_status hc_xlsx_sheet_next(struct hc_xlsx_sheet *sheet,
    struct hc_book_row *row);
bool hc_xlsx_sheet_hidden(const struct hc_xlsx_sheet *sheet, size_t column);

void hc_xlsx_sheet_close(struct hc_xlsx_sheet *sheet);

#endif
