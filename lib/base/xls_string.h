/* The shared strings of an xls workbook. */
#ifndef HC_BASE_XLS_STRING_H
#define HC_BASE_XLS_STRING_H

#include <stddef.h>
#include <stdint.h>

#include "base/biff.h"

/* An empty one is { 0 }. */
struct hc_xls_string {
	struct hc_buf pool;	/* of each: its text, NUL, its kana, NUL */
	uint32_t *at;		/* where each begins there */
	size_t count, room;
};

/*
 * hc_xls_string_read(strings, b):
 * Read the record SST that ${b} stands at, with its CONTINUE records.
 * HC_OK, HC_INVALID, HC_NOMEM.
 */
enum hc_status hc_xls_string_read(struct hc_xls_string *strings,
    struct hc_biff *b);

/* hc_xls_string_get(strings, n, kana): string ${n}, from 0, with its kana,
   NULL if it has none; NULL if there is no such string. */
const char *hc_xls_string_get(const struct hc_xls_string *strings, size_t n,
    const char **kana);

/* hc_xls_string_free(strings): give all back. */
void hc_xls_string_free(struct hc_xls_string *strings);

#endif
