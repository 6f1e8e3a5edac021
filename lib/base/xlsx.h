/* Excel workbooks (xlsx, xlsm; ECMA-376, transitional and strict). */
#ifndef HC_BASE_XLSX_H
#define HC_BASE_XLSX_H

#include "base/book.h"
#include "base/status.h"
#include "base/zip.h"

/*
 * hc_xlsx_open(book, zip, err):
 * Open the workbook in ${zip}, which belongs to the book from here on, even
 * if this fails.  Chart sheets and sheets of macros are left out.
 *
 * HC_OK; HC_INVALID with what it is, if it is no workbook, or damaged; HC_IO;
 * HC_NOMEM.
 */
enum hc_status hc_xlsx_open(struct hc_book **book, struct hc_zip *zip,
    struct hc_error *err);

#endif
