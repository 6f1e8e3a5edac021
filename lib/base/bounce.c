/* Mails that say that another could not be delivered. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bounce.h"

/* Lines of the mail, from the present one on. */
struct lines {
	const char *p, *end;
};

struct reader {
	struct lines lines;
	const char *address;
	struct hc_bounce *bounce;
	bool null_sender;	/* from nobody, or from a mail server */
	bool report;		/* a report of RFC 3464 */
	bool automatic;		/* an automatic answer, as an absence note */
	bool passed_on;		/* the report tells of no failure */
};

/* The next line without its end; false after the last. */
static bool
next_line(struct lines *l, const char **line, size_t *len)
{
	const char *nl;

	if (l->p >= l->end)
		return false;
	*line = l->p;
	nl = memchr(l->p, '\n', (size_t)(l->end - l->p));
	l->p = nl != NULL ? nl + 1 : l->end;
	*len = (size_t)((nl != NULL ? nl : l->end) - *line);
	if (*len > 0 && (*line)[*len - 1] == '\r')
		--*len;
	return true;
}

/* "Name: value" folded over lines: ${value} gets up to ${size} - 1 bytes of
   it, as one line; ${name} must be the line's beginning. */
static bool
read_field(const struct lines *after, const char *line, size_t len,
    const char *name, char *value, size_t size)
{
	size_t n = strlen(name), used = 0, i;
	struct lines rest = *after;

	if (len < n || strncasecmp(line, name, n) != 0)
		return false;
	line += n;
	len -= n;
	do {
		for (i = 0; i < len && used + 1 < size; i++)
			if (used > 0 || (line[i] != ' ' && line[i] != '\t'))
				value[used++] = line[i] == '\t' ? ' ' :
				    line[i];
	} while (next_line(&rest, &line, &len) && len > 0 &&
	    (*line == ' ' || *line == '\t'));
	value[used] = '\0';
	return true;
}

/* Does ${text} hold ${word}, whatever its case? */
static bool
holds(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (; *text != '\0'; text++)
		if (strncasecmp(text, word, n) == 0)
			return true;
	return false;
}

/* N of "bounce+N@office.jp" anywhere in ${text}; 0. */
static int64_t
find_number(const char *text, const char *address)
{
	const char *at = strrchr(address, '@'), *p = text;
	size_t local = at != NULL ? (size_t)(at - address) : 0;
	int64_t n;

	for (; at != NULL && *p != '\0'; p++) {
		if (strncasecmp(p, address, local) != 0 || p[local] != '+' ||
		    (p > text && (isalnum((unsigned char)p[-1]) ||
		    strchr("._-+", p[-1]) != NULL)))
			continue;
		for (n = 0, p += local + 1; *p >= '0' && *p <= '9' &&
		    n < INT64_C(100000000); p++)
			n = n * 10 + (*p - '0');
		if (strncasecmp(p, at, strlen(at)) == 0 &&
		    !isalnum((unsigned char)p[strlen(at)]) &&
		    p[strlen(at)] != '.')
			return n;
		if (*p == '\0')
			break;
	}
	return 0;
}

/* What is kept of why: visible ASCII, spaces drawn together. */
static void
set_reason(struct hc_bounce *b, const char *text)
{
	size_t n = 0;

	for (; *text != '\0' && n + 1 < sizeof(b->reason); text++)
		if (*text > ' ' && *text <= '~')
			b->reason[n++] = *text;
		else if (*text == ' ' && n > 0 && b->reason[n - 1] != ' ')
			b->reason[n++] = ' ';
	while (n > 0 && b->reason[n - 1] == ' ')
		n--;
	b->reason[n] = '\0';
}

static void
read_header(struct reader *r, const char *line, size_t len)
{
	static const char *const recipients[] = { "To:", "Delivered-To:",
	    "X-Original-To:", "Envelope-To:", "X-Envelope-To:", NULL };
	char value[1024];
	size_t i;

	for (i = 0; recipients[i] != NULL && r->bounce->number == 0; i++)
		if (read_field(&r->lines, line, len, recipients[i], value,
		    sizeof(value)))
			r->bounce->number = find_number(value, r->address);
	if (read_field(&r->lines, line, len, "Return-Path:", value,
	    sizeof(value)))
		r->null_sender = r->null_sender || strncmp(value, "<>", 2) ==
		    0;
	else if (read_field(&r->lines, line, len, "From:", value,
	    sizeof(value)))
		r->null_sender = r->null_sender ||
		    holds(value, "mailer-daemon") ||
		    holds(value, "postmaster@");
	else if (read_field(&r->lines, line, len, "Content-Type:", value,
	    sizeof(value)))
		r->report = holds(value, "multipart/report") &&
		    holds(value, "delivery-status");
	else if (read_field(&r->lines, line, len, "Auto-Submitted:", value,
	    sizeof(value)))
		r->automatic = holds(value, "auto-replied");
}

/* "... 550 5.1.1 User unknown ...": three digits from 5, then no digit.  A
   carrier's text has nothing else that a program could read. */
static const char *
find_code(const char *text)
{
	const char *p;

	for (p = text; *p != '\0'; p++)
		if (*p == '5' && isdigit((unsigned char)p[1]) &&
		    isdigit((unsigned char)p[2]) &&
		    (p[3] == ' ' || p[3] == '-') &&
		    (p == text || !isalnum((unsigned char)p[-1])) &&
		    (p == text || strchr(".-:@", p[-1]) == NULL ||
		    p[-1] == ':'))
			return p;
	return NULL;
}

/* A line of the body.  A Diagnostic-Code says more than a Status, and both
   more than a code somewhere in a text. */
static void
read_body(struct reader *r, const char *line, size_t len, int *best)
{
	char value[1024], whole[1024];
	const char *code;

	if (read_field(&r->lines, line, len, "Action:", value,
	    sizeof(value))) {
		if (strncasecmp(value, "failed", 6) == 0)
			r->bounce->failed = true;
		else if (strncasecmp(value, "delayed", 7) == 0)
			r->bounce->delayed = true;
		else
			r->passed_on = true;
	} else if (read_field(&r->lines, line, len, "Diagnostic-Code:",
	    value, sizeof(value))) {
		if (*best < 3)
			set_reason(r->bounce, strncasecmp(value, "smtp;", 5)
			    == 0 ? value + 5 : value);
		*best = 3;
	} else if (*best < 2 && read_field(&r->lines, line, len, "Status:",
	    value, sizeof(value)) && value[0] >= '4' && value[0] <= '5') {
		set_reason(r->bounce, value);
		*best = 2;
	} else if (*best < 1) {
		read_field(&r->lines, line, len, "", whole, sizeof(whole));
		if ((code = find_code(whole)) == NULL)
			return;
		set_reason(r->bounce, code);
		*best = 1;
	}
}

void
hc_bounce_read(const char *mail, size_t len, const char *address,
    struct hc_bounce *b)
{
	struct reader r = { .lines = { mail, mail + len },
	    .address = address, .bounce = b };
	const char *line;
	size_t n;
	int best = 0;

	memset(b, 0, sizeof(*b));
	while (next_line(&r.lines, &line, &n) && n > 0)
		read_header(&r, line, n);
	while (next_line(&r.lines, &line, &n))
		read_body(&r, line, n, &best);
	/* Without a report, who wrote it decides. */
	if (!r.report && (!r.null_sender || r.automatic))
		b->failed = b->delayed = false;
	else if (!b->failed && !b->delayed && !r.passed_on)
		b->failed = true;
	if (b->failed)
		b->delayed = false;
}
