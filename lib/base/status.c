/* Words for what went wrong. */
#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/i18n.h"

#include "base/status.h"

enum hc_status
hc_error_set(struct hc_error *err, enum hc_status status, const char *fmt, ...)
{
	va_list ap;
	int len;

	if (err == NULL)
		return status;
	va_start(ap, fmt);
	len = vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	if (len >= (int)sizeof(err->text)) {
		/* Do not end inside a character of several bytes. */
		len = sizeof(err->text) - 1;
		while (len > 0 &&
		    ((unsigned char)err->text[len - 1] & 0xc0) == 0x80)
			len--;
		if (len > 0 && ((unsigned char)err->text[len - 1] & 0x80) != 0)
			len--;
		err->text[len] = '\0';
	}
	return status;
}

enum hc_status
hc_error_nomem(struct hc_error *err)
{
	return hc_error_set(err, HC_NOMEM, "%s", _("out of memory"));
}

int
hc_status_exit(enum hc_status status)
{
	switch (status) {
	case HC_OK:
		return 0;
	case HC_NOTFOUND:
	case HC_CONFLICT:
		return 1;
	case HC_INVALID:
		return EX_DATAERR;
	case HC_BUSY:
		return EX_TEMPFAIL;
	case HC_DENIED:
		return EX_NOPERM;
	case HC_NOINPUT:
		return EX_NOINPUT;
	case HC_UNAVAILABLE:
		return EX_UNAVAILABLE;
	case HC_CONFIG:
		return EX_CONFIG;
	case HC_IO:
		return EX_IOERR;
	case HC_NOMEM:
		return EX_OSERR;
	case HC_ERROR:
		break;
	}
	return EX_SOFTWARE;
}
