/*
 * Boxes that people tick: ☑発熱 □咳, or ☑ in a cell and 発熱 in the next.
 */
#ifndef HC_TASK_IMPORT_TICK_H
#define HC_TASK_IMPORT_TICK_H

#include <stdbool.h>

#include "base/buf.h"

/* hc_import_tick_has(text): is there a box, ticked or not? */
bool hc_import_tick_has(const char *text);

/* hc_import_tick_alone(text): is it a box, or a tick, and nothing else? */
bool hc_import_tick_alone(const char *text);

/* hc_import_tick_is_yes_no(text): is it what stands behind a question: a
   box, ○ or ×, 有 or 無, はい or いいえ? */
bool hc_import_tick_is_yes_no(const char *text);

/*
 * hc_import_tick_chosen(text, out):
 * Append what is ticked in ${text}, joined by "、"; of a box alone "○" if it
 * is ticked.  A word belongs to the box before it, but to the one behind it
 * where the text does not begin with a box and ends in one.
 */
void hc_import_tick_chosen(const char *text, struct hc_buf *out);

#endif
