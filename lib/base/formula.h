/*
 * Texts that a spreadsheet program would take for a formula.
 *
 * Only what is meant for Excel is defused; pipes carry texts as they are.
 * An import takes the mark off again, so that a list that was exported and
 * comes back has not changed.
 */
#ifndef HC_BASE_FORMULA_H
#define HC_BASE_FORMULA_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * hc_formula_danger(text):
 * Does ${text}, after any spaces, begin with = + - @ TAB CR LF, or one of
 * = + - @ in full width?
 */
bool hc_formula_danger(const char *text);

/*
 * hc_formula_defuse(out, text):
 * Append ${text}, with one ' before it if it is dangerous, or is dangerous
 * but for apostrophes before it (so that hc_formula_restore() is exact).
 */
void hc_formula_defuse(struct hc_buf *out, const char *text);

/*
 * hc_formula_restore(text):
 * ${text} without the apostrophe that hc_formula_defuse() put before it: a
 * pointer into ${text}.
 */
const char *hc_formula_restore(const char *text);

#endif
