/* E-mail addresses. */
#ifndef HC_BASE_EMAIL_H
#define HC_BASE_EMAIL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/status.h"

/*
 * hc_email_check(out, in, err):
 * Tidy ${in} (full-width letters, spaces around, "mailto:", ＜ ＞ around it,
 * 。 for a dot) and append it to ${out} if mail may be sent there: bytes
 * 0x21-0x7e without <>()[],;:"\, one '@', 1 to 64 bytes before it, a domain
 * of two or more labels behind it, at most 254 bytes.  The domain is
 * in small letters afterwards, the local part as written.
 *
 * Dots may stand anywhere in the local part: carriers issued addresses such
 * as a..b.@docomo.ne.jp until 2009, and they are alive (reliability.md).
 * Nothing that passes can carry a line break or a second address into SMTP.
 *
 * Returns HC_OK, HC_NOTFOUND if ${in} is empty or spaces, HC_INVALID with
 * the reason in words, HC_NOMEM.
 */
enum hc_status hc_email_check(struct hc_buf *out, const char *in,
    struct hc_error *err);

#endif
