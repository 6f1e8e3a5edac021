/*
 * Any bytes as telephone numbers and e-mail addresses: what comes out is
 * digits, groups without loss, and comes in again as the same; an address
 * that passes is one line of ASCII with one '@'.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/email.h"
#include "base/phone.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_phone(const struct hc_phone *phone)
{
	struct hc_buf out = HC_BUF_INIT, digits = HC_BUF_INIT;
	struct hc_phone again;
	const char *p = phone->digits;

	if (*p != '+' && *p != '0')
		abort();
	if (strspn(p + 1, "0123456789") != strlen(p + 1) ||
	    strspn(phone->extension, "0123456789") !=
	    strlen(phone->extension) ||
	    !hc_utf8_valid(phone->note, strlen(phone->note), NULL))
		abort();
	hc_phone_format(&out, p);
	hc_phone_digits(&digits, hc_buf_text(&out));
	if (strcmp(hc_buf_text(&digits), p + (*p == '+')) != 0)
		abort();
	if (hc_phone_parse(hc_buf_text(&out), &again, NULL) != HC_OK ||
	    strcmp(again.digits, p) != 0 || again.restored)
		abort();
	hc_buf_clear(&out);
	hc_phone_put(&out, phone);
	if (hc_phone_parse(hc_buf_text(&out), &again, NULL) != HC_OK ||
	    strcmp(again.digits, p) != 0 || again.restored)
		abort();
	hc_buf_free(&out);
	hc_buf_free(&digits);
}

static void
check_email(const char *in)
{
	struct hc_buf out = HC_BUF_INIT, again = HC_BUF_INIT;
	size_t i;

	if (hc_email_check(&out, in, NULL) == HC_OK) {
		for (i = 0; i < out.len; i++)
			if (out.data[i] <= ' ' || out.data[i] > '~')
				abort();
		if (strchr(out.data, '@') != strrchr(out.data, '@') ||
		    hc_email_check(&again, out.data, NULL) != HC_OK ||
		    strcmp(again.data, out.data) != 0)
			abort();
	} else if (out.len != 0) {
		abort();
	}
	hc_buf_free(&out);
	hc_buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_phone list[3];
	struct hc_error err;
	char *in = malloc(size + 1);
	size_t i, count;

	if (in == NULL)
		return 0;
	memcpy(in, data, size);
	in[size] = '\0';
	hc_phone_split(in, list, 3, &count, &err);
	for (i = 0; i < count; i++)
		check_phone(&list[i]);
	check_email(in);
	free(in);
	return 0;
}
