/* E-mail addresses. */
#include <string.h>

#include "base/i18n.h"
#include "base/norm.h"
#include "base/scan.h"

#include "base/email.h"

#define ADDRESS_MAX 254		/* RFC 5321, 4.5.3.1.3, without < and > */
#define LOCAL_MAX 64
#define LABEL_MAX 63

/* Append ${in} in plain letters, without what people and programs put around
   an address. */
static void
tidy(struct hc_buf *out, const char *in)
{
	struct hc_buf plain = HC_BUF_INIT;
	const char *p, *dot;
	size_t len;

	hc_norm_ascii(&plain, in);
	p = hc_buf_text(&plain);
	hc_scan_spaces(&p);
	hc_scan_take(&p, "mailto:");
	if (*p == '<' && p[strlen(p) - 1] == '>')
		p++;
	while ((dot = strstr(p, "。")) != NULL) {
		hc_buf_add(out, p, (size_t)(dot - p));
		hc_buf_putc(out, '.');
		p = dot + strlen("。");
	}
	hc_buf_puts(out, p);
	for (len = out->len; len > 0 && hc_scan_is_space(out->data[len - 1]);)
		hc_buf_cut(out, --len);
	if (len > 0 && out->data[len - 1] == '>' &&
	    strchr(out->data, '<') == NULL)
		hc_buf_cut(out, len - 1);
	out->failed = out->failed || plain.failed;
	hc_buf_free(&plain);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Why ${domain} is none, or NULL. */
static const char *
check_domain(const char *domain)
{
	size_t len, labels = 0;
	const char *p = domain, *label;
	bool digits = false;

	for (;; p++) {
		label = p;
		digits = true;
		for (; is_letter(*p) || hc_scan_is_digit(*p) || *p == '-'; p++)
			digits = digits && hc_scan_is_digit(*p);
		len = (size_t)(p - label);
		if (*p != '.' && *p != '\0')
			return _("a character that no domain has");
		if (len == 0 || len > LABEL_MAX || label[0] == '-' ||
		    p[-1] == '-')
			return _("no proper domain behind the '@'");
		labels++;
		if (*p == '\0')
			break;
	}
	return labels < 2 || digits ? _("no proper domain behind the '@'") :
	    NULL;
}

/* Why ${address} is none, or NULL. */
static const char *
check(const char *address)
{
	const char *p, *at = strchr(address, '@');

	for (p = address; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x21 || (unsigned char)*p > 0x7e)
			return hc_scan_is_space(*p) ?
			    _("a space in the e-mail address") :
			    _("a character that no e-mail address has");
		if (strchr("<>()[],;:\"\\", *p) != NULL)
			return _("a character that no e-mail address has");
	}
	if (at == NULL)
		return _("no '@' in the e-mail address");
	if (strchr(at + 1, '@') != NULL)
		return _("more than one '@' in the e-mail address");
	if (at == address)
		return _("nothing before the '@'");
	if (at - address > LOCAL_MAX || strlen(address) > ADDRESS_MAX)
		return _("too long an e-mail address");
	return check_domain(at + 1);
}

enum hc_status
hc_email_check(struct hc_buf *out, const char *in, struct hc_error *err)
{
	struct hc_buf address = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *why;
	char *p;

	tidy(&address, in);
	if (address.failed) {
		rc = hc_error_nomem(err);
	} else if (address.len == 0) {
		rc = HC_NOTFOUND;
	} else if ((why = check(address.data)) != NULL) {
		rc = hc_norm_refuse(err, why, in);
	} else {
		for (p = strchr(address.data, '@'); *p != '\0'; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p |= 0x20;
		hc_buf_puts(out, address.data);
		if (out->failed)
			rc = hc_error_nomem(err);
	}
	hc_buf_free(&address);
	return rc;
}
