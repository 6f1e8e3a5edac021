/*
 * The text of --help, made from a program's tables (base/options.h), so that
 * it cannot differ from what the program understands.
 */
#ifndef HC_BASE_HELP_H
#define HC_BASE_HELP_H

#include "base/buf.h"
#include "base/options.h"

/*
 * hc_help_text(spec, out):
 * Append examples, usage, verbs and options, in this order.  A failed
 * append is remembered by ${out}.
 */
void hc_help_text(const struct hc_options_spec *spec, struct hc_buf *out);

#endif
