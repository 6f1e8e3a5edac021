/*
 * Writing one mail message.
 *
 * First everything is checked, then written; the writing part can only fail
 * for want of memory.  Headers are written as tokens that must stay whole
 * (a word, an encoded word, an address), and a line is folded before a token
 * that would pass column 76, but never just after the header's name: a first
 * line without a value confuses some readers.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/status.h"
#include "base/utf8.h"

#include "base/mime.h"

#define LINE_MAX_MIME 76	/* RFC 2045 6.7 (5), 6.8; RFC 2047 2 */
#define WORD_BYTES 45		/* =?UTF-8?B?...?= of 72 bytes, at most */
#define WORD_EXTRA 12		/* "=?UTF-8?B?" and "?=" */
#define VALUE_MAX 2000		/* of a header; SoftBank takes 12 kB in all */
#define TOKEN_MAX 900		/* RFC 5322 2.1.1: lines below 998 */
#define NAME_MAX_MIME 40	/* so that 9 bytes fit behind a name */
#define QUOTED_MAX 60
#define SUBJECT_WORD_MAX (LINE_MAX_MIME - 9)

/* Headers being written: where in the line the next byte will stand. */
struct writer {
	struct hc_buf *buf;
	size_t column;
	bool named;		/* nothing stands behind the name yet */
};

/* C0, DEL and C1, but for the characters in ${but}. */
static bool
is_control(unsigned int c, const char *but)
{
	return (c < 0x20 && strchr(but, (int)c) == NULL) ||
	    (c >= 0x7f && c < 0xa0);
}

/* Valid UTF-8 without control characters?  ${what} names it in the words. */
static enum hc_status
check_text(const char *text, const char *what, const char *but,
    struct hc_error *err)
{
	unsigned int c;

	if (!hc_utf8_valid(text, strlen(text), NULL))
		return hc_error_set(err, HC_INVALID,
		    _("'%s' of the mail is not valid UTF-8"), what);
	while ((c = hc_utf8_next(&text)) != 0)
		if (is_control(c, but))
			return hc_error_set(err, HC_INVALID,
			    _("'%s' of the mail holds a control character"),
			    what);
	return HC_OK;
}

static enum hc_status
check_value(const char *value, const char *what, struct hc_error *err)
{
	if (value == NULL || value[0] == '\0')
		return hc_error_set(err, HC_INVALID,
		    _("'%s' of the mail is missing"), what);
	if (strlen(value) > VALUE_MAX)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' of the mail is longer than %d bytes"), what,
		    VALUE_MAX);
	return check_text(value, what, "", err);
}

static enum hc_status
check_body(const char *body, const char *what, struct hc_error *err)
{
	if (body == NULL || body[0] == '\0')
		return hc_error_set(err, HC_INVALID,
		    _("'%s' of the mail is missing"), what);
	return check_text(body, what, "\t\n\r", err);
}

static bool
is_alnum(int c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z');
}

/* RFC 5322 3.2.3; a dot is not one. */
static bool
is_atext(int c)
{
	return is_alnum(c) || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Atoms between single dots? */
static bool
is_dot_atom(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!is_atext(s[i]) && (s[i] != '.' || i == 0 ||
		    i == len - 1 || s[i - 1] == '.'))
			return false;
	return len > 0;
}

/* Letters, digits and inner hyphens between single dots? */
static bool
is_domain(const char *s)
{
	size_t len = strlen(s), i;

	for (i = 0; i < len; i++)
		if (!is_alnum(s[i]) && (s[i] != '-' && s[i] != '.'))
			return false;
	return is_dot_atom(s, len) && s[0] != '-' && s[len - 1] != '-' &&
	    strstr(s, ".-") == NULL && strstr(s, "-.") == NULL;
}

bool
hc_mime_address_fit(const char *address)
{
	const char *at = strchr(address, '@');
	const char *s;

	if (at == NULL || at == address || at - address > 64 ||
	    strlen(address) > 254)
		return false;
	for (s = address; s < at; s++)
		if (!is_atext(*s) && *s != '.')
			return false;
	return is_domain(at + 1);
}

static enum hc_status
check_address(const struct hc_mail_address *a, const char *what,
    struct hc_error *err)
{
	enum hc_status rc;

	if (a->name != NULL && a->name[0] != '\0' &&
	    (rc = check_value(a->name, what, err)) != HC_OK)
		return rc;
	if ((rc = check_value(a->address, what, err)) != HC_OK)
		return rc;
	if (!hc_mime_address_fit(a->address))
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is not a mail address"), a->address);
	return HC_OK;
}

/* RFC 5322 3.6.4, without the obsolete and the quoted forms. */
static enum hc_status
check_message_id(const char *id, struct hc_error *err)
{
	const char *at;
	enum hc_status rc;

	if ((rc = check_value(id, "Message-ID", err)) != HC_OK)
		return rc;
	at = strchr(id, '@');
	if (strlen(id) > 250 || at == NULL ||
	    !is_dot_atom(id, (size_t)(at - id)) || !is_domain(at + 1))
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is not a message id"), id);
	return HC_OK;
}

/* Letters, digits and hyphens: a header's name, a language, a keyword. */
static enum hc_status
check_keyword(const char *word, const char *what, size_t max,
    struct hc_error *err)
{
	size_t i;

	for (i = 0; i <= max && word[i] != '\0'; i++)
		if (!is_alnum(word[i]) && (word[i] != '-' || i == 0))
			break;
	if (i == 0 || i > max || word[i] != '\0')
		return hc_error_set(err, HC_INVALID,
		    _("%s of the mail is not 1 to %zu letters, digits and "
		    "hyphens"), what, max);
	return HC_OK;
}

/* Is it a header that is written here, or one that holds addresses? */
static bool
is_ours(const char *name)
{
	static const char *const ours[] = { "From", "Sender", "Reply-To", "To",
	    "Cc", "Bcc", "Subject", "Date", "Message-ID", "MIME-Version",
	    "Auto-Submitted", "Return-Path", "Received" };
	size_t i;

	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strcasecmp(name, ours[i]) == 0)
			return true;
	return strncasecmp(name, "Content-", 8) == 0 ||
	    strncasecmp(name, "Resent-", 7) == 0;
}

static enum hc_status
check_extra(const struct hc_mail *mail, struct hc_error *err)
{
	const struct hc_mail_header *h;
	enum hc_status rc;
	size_t i, k;

	for (i = 0; i < mail->extra_len; i++) {
		h = &mail->extra[i];
		if (h->name == NULL)
			return hc_error_set(err, HC_INVALID,
			    _("an extra header has no name"));
		if ((rc = check_text(h->name, _("extra header"), "", err)) !=
		    HC_OK || (rc = check_keyword(h->name, _("extra header"),
		    NAME_MAX_MIME, err)) != HC_OK)
			return rc;
		if (is_ours(h->name))
			return hc_error_set(err, HC_INVALID,
			    _("'%s' cannot be an extra header"), h->name);
		for (k = 0; k < i; k++)
			if (strcasecmp(h->name, mail->extra[k].name) == 0)
				return hc_error_set(err, HC_INVALID,
				    _("'%s' is given twice"), h->name);
		if ((rc = check_value(h->value, h->name, err)) != HC_OK)
			return rc;
	}
	return HC_OK;
}

/* 9999-12-31T23:59:59Z less a day, so that the offset cannot pass it. */
#define DATE_MAX (253402300799 - 86400)

static enum hc_status
check_rest(const struct hc_mail *mail, struct hc_error *err)
{
	enum hc_status rc;

	if ((rc = check_message_id(mail->message_id, err)) != HC_OK)
		return rc;
	if (mail->auto_submitted != NULL && (rc = check_keyword(
	    mail->auto_submitted, "Auto-Submitted", 40, err)) != HC_OK)
		return rc;
	if (mail->language != NULL && (rc = check_keyword(mail->language,
	    "Content-Language", 35, err)) != HC_OK)
		return rc;
	if (mail->date < 86400 || mail->date > DATE_MAX ||
	    abs(mail->utc_offset) >= 24 * 60)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' of the mail is not a date"), "Date");
	return check_extra(mail, err);
}

static enum hc_status
check_mail(const struct hc_mail *mail, struct hc_error *err)
{
	enum hc_status rc;

	if ((rc = check_address(&mail->from, "From", err)) != HC_OK ||
	    (rc = check_address(&mail->to, "To", err)) != HC_OK)
		return rc;
	if (mail->reply_to.address != NULL &&
	    (rc = check_address(&mail->reply_to, "Reply-To", err)) != HC_OK)
		return rc;
	if ((rc = check_value(mail->subject, "Subject", err)) != HC_OK ||
	    (rc = check_body(mail->text, _("body"), err)) != HC_OK)
		return rc;
	if (mail->html != NULL &&
	    (rc = check_body(mail->html, "HTML", err)) != HC_OK)
		return rc;
	return check_rest(mail, err);
}

static void
put_name(struct writer *w, const char *name)
{
	hc_buf_puts(w->buf, name);
	hc_buf_putc(w->buf, ':');
	w->column = strlen(name) + 1;
	w->named = true;
}

static void
put_end(struct writer *w)
{
	hc_buf_puts(w->buf, "\r\n");
	w->column = 0;
}

/* A space and ${len} bytes that stay on one line. */
static void
put_token(struct writer *w, const char *token, size_t len)
{
	if (w->column + 1 + len > LINE_MAX_MIME && !w->named)
		put_end(w);
	w->named = false;
	hc_buf_putc(w->buf, ' ');
	hc_buf_add(w->buf, token, len);
	w->column += 1 + len;
}

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789+/";

static void
put_base64(struct hc_buf *buf, const unsigned char *s, size_t len)
{
	unsigned int group;
	char four[4];
	size_t i;

	for (i = 0; i < len; i += 3) {
		group = (unsigned int)s[i] << 16;
		group |= i + 1 < len ? (unsigned int)s[i + 1] << 8 : 0;
		group |= i + 2 < len ? s[i + 2] : 0;
		four[0] = base64_digits[group >> 18];
		four[1] = base64_digits[group >> 12 & 63];
		four[2] = i + 1 < len ? base64_digits[group >> 6 & 63] : '=';
		four[3] = i + 2 < len ? base64_digits[group & 63] : '=';
		hc_buf_add(buf, four, sizeof(four));
	}
}

/* How many bytes of whole characters fit into ${room} at the start of ${s}. */
static size_t
whole_chars(const char *s, size_t room)
{
	const char *next = s;
	size_t len = 0;

	while (hc_utf8_next(&next) != 0 && (size_t)(next - s) <= room)
		len = (size_t)(next - s);
	return len;
}

/* ${text} as encoded words, the first filling what is left of the line. */
static void
put_encoded(struct writer *w, const char *text)
{
	struct hc_buf word = HC_BUF_INIT;
	size_t used = w->column + 1 + WORD_EXTRA;
	size_t room = used < LINE_MAX_MIME ?
	    (LINE_MAX_MIME - used) / 4 * 3 : 0;
	size_t len;

	/* Little room is left only after other words: put_token() folds. */
	if (room < 9)
		room = WORD_BYTES;
	for (; *text != '\0'; text += len) {
		len = whole_chars(text,
		    room < WORD_BYTES ? room : WORD_BYTES);
		hc_buf_clear(&word);
		hc_buf_puts(&word, "=?UTF-8?B?");
		put_base64(&word, (const unsigned char *)text, len);
		hc_buf_puts(&word, "?=");
		if (hc_buf_failed(&word)) {
			w->buf->failed = true;
			break;
		}
		put_token(w, word.data, word.len);
		room = WORD_BYTES;
	}
	hc_buf_free(&word);
}

/*
 * Words of printable ASCII between single spaces, none of over ${max} bytes,
 * and nothing that a reader would take for an encoded word?
 */
static bool
is_plain(const char *text, size_t max)
{
	const char *s, *begin = text;

	if (strstr(text, "=?") != NULL)
		return false;
	for (s = text; ; s++) {
		if (*s == ' ' || *s == '\0') {
			if (s == begin || (size_t)(s - begin) > max)
				return false;
			if (*s == '\0')
				return true;
			begin = s + 1;
		} else if (*s < 0x21 || *s > 0x7e)
			return false;
	}
}

static void
put_words(struct writer *w, const char *text)
{
	size_t len;

	for (;;) {
		len = strcspn(text, " ");
		put_token(w, text, len);
		if (text[len] == '\0')
			return;
		text += len + 1;
	}
}

static void
put_header(struct writer *w, const char *name, const char *value, size_t max)
{
	put_name(w, name);
	if (is_plain(value, max))
		put_words(w, value);
	else
		put_encoded(w, value);
	put_end(w);
}

/* The name before an address: atoms, a quoted string or encoded words. */
static void
put_phrase(struct writer *w, const char *name)
{
	struct hc_buf quoted = HC_BUF_INIT;
	const char *s;
	bool atoms = is_plain(name, QUOTED_MAX), ascii = true;

	hc_buf_putc(&quoted, '"');
	for (s = name; *s != '\0'; s++) {
		atoms = atoms && (is_atext(*s) || *s == ' ');
		ascii = ascii && *s >= 0x20 && *s <= 0x7e;
		if (*s == '"' || *s == '\\')
			hc_buf_putc(&quoted, '\\');
		hc_buf_putc(&quoted, *s);
	}
	hc_buf_putc(&quoted, '"');
	if (atoms)
		put_words(w, name);
	else if (ascii && quoted.len <= QUOTED_MAX &&
	    strstr(name, "=?") == NULL)
		put_token(w, hc_buf_text(&quoted), quoted.len);
	else
		put_encoded(w, name);
	w->buf->failed = w->buf->failed || hc_buf_failed(&quoted);
	hc_buf_free(&quoted);
}

void
hc_mime_address_put(struct hc_buf *buf, const char *address)
{
	const char *at = strchr(address, '@');
	size_t local = (size_t)(at - address);

	/* Nothing that fits needs a backslash in the quotes. */
	if (is_dot_atom(address, local))
		hc_buf_puts(buf, address);
	else
		hc_buf_printf(buf, "\"%.*s\"%s", (int)local, address, at);
}

static void
put_address(struct writer *w, const char *header,
    const struct hc_mail_address *a)
{
	struct hc_buf spec = HC_BUF_INIT;
	bool named = a->name != NULL && a->name[0] != '\0';

	put_name(w, header);
	if (named) {
		put_phrase(w, a->name);
		hc_buf_putc(&spec, '<');
	}
	hc_mime_address_put(&spec, a->address);
	if (named)
		hc_buf_putc(&spec, '>');
	put_token(w, hc_buf_text(&spec), spec.len);
	put_end(w);
	w->buf->failed = w->buf->failed || hc_buf_failed(&spec);
	hc_buf_free(&spec);
}

/* RFC 5322 3.3, in English whatever the locale. */
static void
put_date(struct writer *w, int64_t date, int utc_offset)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu",
	    "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t local = (time_t)(date + utc_offset * 60);
	int minutes = abs(utc_offset);
	struct tm tm;

	gmtime_r(&local, &tm);
	hc_buf_printf(w->buf, "Date: %s, %d %s %d %02d:%02d:%02d %c%02d%02d",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    utc_offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
	put_end(w);
}

static void
put_headers(struct writer *w, const struct hc_mail *mail)
{
	size_t i;

	put_date(w, mail->date, mail->utc_offset);
	put_address(w, "From", &mail->from);
	put_address(w, "To", &mail->to);
	if (mail->reply_to.address != NULL)
		put_address(w, "Reply-To", &mail->reply_to);
	put_header(w, "Subject", mail->subject, SUBJECT_WORD_MAX);
	put_name(w, "Message-ID");
	hc_buf_printf(w->buf, " <%s>", mail->message_id);
	put_end(w);
	if (mail->auto_submitted != NULL)
		put_header(w, "Auto-Submitted", mail->auto_submitted,
		    TOKEN_MAX);
	if (mail->language != NULL)
		put_header(w, "Content-Language", mail->language, TOKEN_MAX);
	for (i = 0; i < mail->extra_len; i++)
		put_header(w, mail->extra[i].name, mail->extra[i].value,
		    TOKEN_MAX);
	put_header(w, "MIME-Version", "1.0", TOKEN_MAX);
}

/* The lines of ${text}, each ended by CRLF, the last one too. */
static void
put_lines(struct hc_buf *buf, const char *text)
{
	size_t len;

	while (*text != '\0') {
		len = strcspn(text, "\r\n");
		hc_buf_add(buf, text, len);
		hc_buf_puts(buf, "\r\n");
		text += len;
		if (text[0] == '\r' && text[1] == '\n')
			text++;
		if (*text != '\0')
			text++;
	}
}

static void
base64_body(struct hc_buf *buf, const struct hc_buf *lines)
{
	const size_t step = LINE_MAX_MIME / 4 * 3;
	size_t i, len;

	for (i = 0; i < lines->len; i += len) {
		len = lines->len - i < step ? lines->len - i : step;
		put_base64(buf, (const unsigned char *)lines->data + i, len);
		hc_buf_puts(buf, "\r\n");
	}
}

/*
 * Must the byte at ${i} be written as =XX?  Also so: white space at the end
 * of a line, which relays cut off, and a dot or an F at its beginning, since
 * some still add a dot or turn "From " into ">From ".
 */
static bool
is_escaped(const struct hc_buf *lines, size_t i, size_t column)
{
	unsigned char c = (unsigned char)lines->data[i];

	if (c == ' ' || c == '\t')
		return lines->data[i + 1] == '\r';
	if (column == 0 && (c == '.' || c == 'F'))
		return true;
	return c == '=' || c < 0x21 || c > 0x7e;
}

static void
quoted_printable_body(struct hc_buf *buf, const struct hc_buf *lines)
{
	size_t column = 0, i;
	bool escaped;

	for (i = 0; i < lines->len; i++) {
		if (lines->data[i] == '\r') {
			hc_buf_puts(buf, "\r\n");
			column = 0;
			i++;
			continue;
		}
		escaped = is_escaped(lines, i, column);
		/* The last column is kept for the '=' of a soft break. */
		if (column + (escaped ? 3 : 1) > LINE_MAX_MIME - 1) {
			hc_buf_puts(buf, "=\r\n");
			column = 0;
			escaped = is_escaped(lines, i, column);
		}
		if (escaped)
			hc_buf_printf(buf, "=%02X",
			    (unsigned char)lines->data[i]);
		else
			hc_buf_putc(buf, lines->data[i]);
		column += escaped ? 3 : 1;
	}
}

/* Would quoted-printable grow by more than base64 does, a third? */
static bool
wants_base64(const struct hc_buf *lines)
{
	size_t escaped = 0, i;

	for (i = 0; i < lines->len; i++)
		if ((unsigned char)lines->data[i] > 0x7e ||
		    lines->data[i] == '=')
			escaped++;
	return escaped > lines->len / 6;
}

static void
put_body(struct hc_buf *buf, const char *type, const char *text)
{
	struct hc_buf lines = HC_BUF_INIT;
	bool base64;

	put_lines(&lines, text);
	if (hc_buf_failed(&lines)) {
		buf->failed = true;
		goto out;
	}
	base64 = wants_base64(&lines);
	hc_buf_printf(buf, "Content-Type: %s; charset=UTF-8\r\n"
	    "Content-Transfer-Encoding: %s\r\n\r\n", type,
	    base64 ? "base64" : "quoted-printable");
	if (base64)
		base64_body(buf, &lines);
	else
		quoted_printable_body(buf, &lines);
out:
	hc_buf_free(&lines);
}

/*
 * Both bodies.  "=_" comes in neither of the two encodings (RFC 2045 6.7),
 * so that no body can hold the boundary; the rest of it, FNV-1a of the
 * message id, only tells messages apart that hold one another.
 */
static void
put_alternative(struct hc_buf *buf, const struct hc_mail *mail)
{
	uint64_t hash = 0xcbf29ce484222325u;
	char boundary[32];
	const char *s;

	for (s = mail->message_id; *s != '\0'; s++)
		hash = (hash ^ (unsigned char)*s) * 0x100000001b3u;
	snprintf(boundary, sizeof(boundary), "=_%016" PRIx64, hash);

	hc_buf_printf(buf, "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"%s\"\r\n\r\n", boundary);
	hc_buf_printf(buf, "--%s\r\n", boundary);
	put_body(buf, "text/plain", mail->text);
	/* The line end before a boundary belongs to it (RFC 2046 5.1.1). */
	hc_buf_printf(buf, "\r\n--%s\r\n", boundary);
	put_body(buf, "text/html", mail->html);
	hc_buf_printf(buf, "\r\n--%s--\r\n", boundary);
}

enum hc_status
hc_mime_build(struct hc_buf *out, const struct hc_mail *mail,
    struct hc_error *err)
{
	struct hc_buf message = HC_BUF_INIT;
	struct writer w = { &message, 0, false };
	enum hc_status rc;

	if ((rc = check_mail(mail, err)) != HC_OK)
		goto out;
	put_headers(&w, mail);
	if (mail->html != NULL)
		put_alternative(&message, mail);
	else
		put_body(&message, "text/plain", mail->text);
	if (!hc_buf_failed(&message))
		hc_buf_add(out, message.data, message.len);
	if (hc_buf_failed(&message) || hc_buf_failed(out))
		rc = hc_error_nomem(err);
out:
	hc_buf_free(&message);
	return rc;
}
