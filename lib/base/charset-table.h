/*
 * The double-byte characters of Japanese encodings as tables, read from
 * iconv(3) at first use: looking up is five times as fast as asking it.
 * For charset*.c, and for who will convert where no file can be opened.
 */
#ifndef HC_BASE_CHARSET_TABLE_H
#define HC_BASE_CHARSET_TABLE_H

#include <stdint.h>

#include "base/status.h"

struct hc_charset_table {
	uint16_t cp932[65536];		/* of lead << 8 | trail; 0 is none */
	uint16_t eucjp[65536];		/* the same, JIS X 0208 and NEC */
	uint16_t eucjp3[65536];		/* behind 0x8f: JIS X 0212 and IBM */
	uint16_t to_cp932[65536];	/* of a code point above U+007F;
					   0 is none */
};

/*
 * hc_charset_table():
 * The tables, made at the first call (of any thread); constant.  NULL if the
 * system's iconv lacks CP932 or EUC-JP-MS.
 */
const struct hc_charset_table *hc_charset_table(void);

#endif
