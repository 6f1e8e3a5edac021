/*
 * Writing one mail message: RFC 5322 headers, RFC 2047 encoded words, RFC
 * 2045 bodies.  The same mail always gives the same bytes, so that a message
 * sent again is the message that was sent.
 *
 * The result is fit for any relay: CRLF at the end of each line, none
 * elsewhere, only printable ASCII and spaces, lines of at most 76 bytes
 * (only a single address, message id or word of an extra header that is
 * longer stands whole on its line, which then stays below 998).
 */
#ifndef HC_BASE_MIME_H
#define HC_BASE_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

struct hc_mail_address {
	const char *name;	/* UTF-8, or NULL for none */
	const char *address;	/* NULL only where the header may be left out */
};

struct hc_mail_header {
	const char *name;	/* "X-Office", at most 40 bytes */
	const char *value;	/* UTF-8, one line */
};

/* All texts are UTF-8; only those said to be NULL-able may be NULL. */
struct hc_mail {
	struct hc_mail_address from;
	struct hc_mail_address to;
	struct hc_mail_address reply_to;	/* address NULL: no header */
	const char *subject;
	const char *text;		/* lines end in LF or CRLF */
	const char *html;		/* the same as simple HTML, or NULL */
	const char *message_id;		/* "12.8f3a@hc.example.jp", no <> */
	int64_t date;			/* seconds since 1970, UTC */
	int utc_offset;			/* in minutes, Japan is 540 */
	const char *auto_submitted;	/* "auto-generated", or NULL */
	const char *language;		/* "ja", "zh-Hans", or NULL */
	const struct hc_mail_header *extra;
	size_t extra_len;
};

/*
 * hc_mime_build(out, mail, err):
 * Append ${mail} as a message to ${out}.  Headers come in a fixed order, the
 * extra ones after ours.  A name or subject that is not plain ASCII becomes
 * "B" encoded words of at most 75 bytes that each hold whole characters.  A
 * body goes as quoted-printable, or as base64 where that is shorter (Japanese);
 * its lines are ended by CRLF, the last one too if it was not.
 * With ${mail}->html the two bodies are a multipart/alternative, whose
 * boundary is made from the message id.
 *
 * Addresses are taken as hc_mime_address_fit() says.  A local part that is no
 * dot-atom of RFC 5322 (`a..b@docomo.ne.jp`, which carriers gave out) is
 * written in quotes, `"a..b"@docomo.ne.jp`, the same mailbox.
 *
 * Refused, with words that name the header: control characters in any
 * header (a header is never cut or cleaned, since it is either a mistake or
 * an attack), control characters but newline and tab in a body, invalid
 * UTF-8 anywhere, a missing or empty subject or text, an address, message id,
 * language or header name that is none, an extra header that is one of those
 * written here, a date outside of the years 1970 to 9999.
 *
 * Returns HC_OK, HC_INVALID or HC_NOMEM; ${out} is left as it was on failure.
 */
enum hc_status hc_mime_build(struct hc_buf *out, const struct hc_mail *mail,
    struct hc_error *err);

/*
 * hc_mime_address_fit(address):
 * Can ${address} stand in a header and an SMTP command without being
 * anything else there?  Bytes 0x21 to 0x7e but <>()[],;:\ and the quote, one
 * @ with something on both sides, a domain of letters, digits, hyphens and
 * dots, at most 254 bytes and 64 before the @.  Dots may stand anywhere
 * before the @, as in the addresses that Japanese carriers gave out.  This
 * is a guard and no judgement of whether the address is a sensible one.
 */
bool hc_mime_address_fit(const char *address);

/*
 * hc_mime_address_put(buf, address):
 * Append ${address}, which must fit, as it is written in a header: with the
 * part before the @ in quotes if RFC 5322 wants them ("a..b."@docomo.ne.jp).
 */
void hc_mime_address_put(struct hc_buf *buf, const char *address);

#endif
