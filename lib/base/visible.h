/*
 * Text that is safe on a terminal.
 */
#ifndef HC_BASE_VISIBLE_H
#define HC_BASE_VISIBLE_H

#include "base/buf.h"

/*
 * hc_visible(out, text):
 * Append ${text} with what could steer a terminal or deceive its reader made
 * visible: TAB and newline as \t and \n; other control characters (C0, DEL,
 * C1 as code points) and bytes that are no UTF-8 as \xNN; line and paragraph
 * separators and those that turn the direction of writing (U+2028 to U+202E,
 * U+2066 to U+2069) as \uNNNN.  A backslash stays as it is: what comes out
 * is for eyes, not for parsing.
 */
void hc_visible(struct hc_buf *out, const char *text);

#endif
