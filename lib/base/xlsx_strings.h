/*
 * The shared strings of a workbook: the texts that cells name by number, all
 * of them read before the first cell.  What is more than some megabytes is
 * kept in a temporary file without a name.  Used only by the xlsx readers.
 */
#ifndef HC_BASE_XLSX_STRINGS_H
#define HC_BASE_XLSX_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/zip.h"

struct hc_xlsx_strings;

/*
 * hc_xlsx_strings_read(strings, zip, part, err):
 * Read them all; the caller frees ${strings}.  HC_OK; HC_NOTFOUND if there is
 * no such part; HC_INVALID, HC_IO, HC_NOMEM.
 */
enum hc_status hc_xlsx_strings_read(struct hc_xlsx_strings **strings,
    struct hc_zip *zip, const char *part, struct hc_error *err);

/*
 * hc_xlsx_strings_get(strings, number, text, kana):
 * The text ${number}, from 0, and its furigana, NULL if it has none; both are
 * of ${strings}.  False if there is no such text.
 */
bool hc_xlsx_strings_get(struct hc_xlsx_strings *strings, size_t number,
    const char **text, const char **kana);

/* hc_xlsx_strings_free(strings): NULL is fine. */
void hc_xlsx_strings_free(struct hc_xlsx_strings *strings);

#endif
