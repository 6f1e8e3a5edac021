/*
 * UTF-8: is it valid, its characters one by one, and how wide it is on a
 * terminal.
 */
#ifndef HC_BASE_UTF8_H
#define HC_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/*
 * hc_utf8_valid(s, len, bad_at):
 * Are the ${len} bytes of ${s} UTF-8 that may be text?  Overlong forms,
 * surrogates, code points above U+10FFFF, cut sequences and NUL bytes are
 * not.  If it is not, and ${bad_at} is not NULL, the offset of the first
 * byte that is wrong (the first byte of its sequence) is put there.
 */
bool hc_utf8_valid(const char *s, size_t len, size_t *bad_at);

/*
 * hc_utf8_next(s):
 * The character at ${*s}, which is moved behind it; 0 at the end of the
 * string, where ${*s} stays.  The text should be valid; where it is not,
 * a bad byte is returned as U+FFFD, one byte at a time, and the NUL at the
 * end is never passed.
 */
unsigned int hc_utf8_next(const char **s);

/*
 * hc_utf8_width(s):
 * The columns that ${s} takes on a terminal: 2 for wide and full-width
 * characters (East Asian Width W and F), 1 for others, ambiguous ones
 * included, 0 for combining characters, variation selectors and controls.
 * By utf8proc, not wcwidth(3): cron runs in the C locale.
 */
int hc_utf8_width(const char *s);

/*
 * hc_utf8_fit(s, columns):
 * How many bytes of ${s} fit into ${columns} columns, whole characters with
 * all that combines with them.
 */
size_t hc_utf8_fit(const char *s, int columns);

#endif
