/*
 * Compound files ("OLE"): what Word and Excel before 2007 kept their streams
 * in, and what Office puts a locked file into.  Source: [MS-CFB].
 */
#ifndef HC_BASE_OLE_H
#define HC_BASE_OLE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

/*
 * hc_ole_read(out, bytes, len, name, err):
 * Append to ${out} the stream ${name} (ASCII, in any case) that stands at
 * the top of the compound file of ${len} ${bytes}.  Time and memory go with
 * ${len}, whatever is in it.
 *
 * Returns HC_OK; HC_NOTFOUND if there is no such stream; HC_INVALID if it is
 * no compound file, is damaged or ends too early; HC_NOMEM.  ${out} is as
 * before unless HC_OK.
 */
enum hc_status hc_ole_read(struct hc_buf *out, const void *bytes, size_t len,
    const char *name, struct hc_error *err);

#endif
