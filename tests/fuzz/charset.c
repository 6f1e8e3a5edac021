/*
 * Any bytes in any encoding: what comes out is valid UTF-8, a fault is told
 * exactly where U+FFFD stands, and for CP932 all agrees with iconv(3).
 */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/charset.h"
#include "base/utf8.h"
#include "base/visible.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Without a fault it is what iconv says; with one iconv fails too. */
static void
check_iconv(const uint8_t *data, size_t size, const struct hc_buf *out,
    enum hc_status rc)
{
	char *in = (char *)data, *wanted, *at;
	size_t room = size * 3 + 16, left = size;
	iconv_t cd;

	if (memchr(data, '\0', size) != NULL)
		return;
	if ((cd = iconv_open("UTF-8", "CP932")) == (iconv_t)-1)
		abort();
	at = wanted = malloc(room);
	if ((iconv(cd, &in, &left, &at, &room) == 0) != (rc == HC_OK))
		abort();
	if (rc == HC_OK && ((size_t)(at - wanted) != out->len ||
	    (out->len > 0 && memcmp(wanted, out->data, out->len) != 0)))
		abort();
	free(wanted);
	iconv_close(cd);
}

static void
check_charset(enum hc_charset charset, const uint8_t *data, size_t size)
{
	struct hc_charset_faults faults;
	struct hc_buf out = { 0 }, back = { 0 };
	enum hc_status rc;

	rc = hc_charset_to_utf8(&out, charset, (const char *)data, size,
	    &faults);
	if (rc != (faults.count == 0 ? HC_OK : HC_INVALID))
		abort();
	if (!hc_utf8_valid(hc_buf_text(&out), out.len, NULL))
		abort();
	if (faults.count > 0 && strstr(hc_buf_text(&out), "\xef\xbf\xbd") ==
	    NULL)
		abort();
	if (charset == HC_CHARSET_CP932) {
		check_iconv(data, size, &out, rc);
		if (rc == HC_OK && hc_charset_from_utf8(&back, charset,
		    hc_buf_text(&out), out.len, &faults) != HC_OK)
			abort();
	}
	hc_buf_clear(&back);
	hc_visible(&back, hc_buf_text(&out));
	hc_buf_free(&out);
	hc_buf_free(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_error err = { "" };
	enum hc_charset charset;
	int c;

	hc_charset_kind((const char *)data, size);
	if (hc_charset_detect((const char *)data, size, &charset, &err) !=
	    HC_OK && err.text[0] == '\0')
		abort();
	for (c = HC_CHARSET_ASCII; c <= HC_CHARSET_UTF16BE; c++)
		check_charset((enum hc_charset)c, data, size);
	return 0;
}
