/*
 * The styles of a workbook, as far as they say which numbers are days and
 * times.  Used only by the xlsx readers.
 */
#ifndef HC_BASE_XLSX_STYLE_H
#define HC_BASE_XLSX_STYLE_H

#include <stddef.h>

#include "base/serial.h"
#include "base/status.h"
#include "base/zip.h"

struct hc_xlsx_style;

/* hc_xlsx_style_read(style, zip, part, err): HC_OK, and the caller frees
   ${style}; else as hc_xlsx_strings_read(). */
enum hc_status hc_xlsx_style_read(struct hc_xlsx_style **style,
    struct hc_zip *zip, const char *part, struct hc_error *err);

/* hc_xlsx_style_serial(style, number): what cells of the style ${number}
   show; numbers if there is no such style, or ${style} is NULL. */
enum hc_serial hc_xlsx_style_serial(const struct hc_xlsx_style *style,
    size_t number);

void hc_xlsx_style_free(struct hc_xlsx_style *style);

#endif
