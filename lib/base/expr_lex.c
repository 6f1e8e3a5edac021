/*
 * Tokens of an expression.
 *
 * Staff type with the input method on: outside of quotes the full-width
 * forms of ASCII, the wide space and the usual signs (≧ － 、) count as their
 * narrow ones.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#include "base/expr_tree.h"

#define MOST_DIGITS 15
#define MOST_DECIMALS 6
#define RUN 40

/* Signs that are no full-width form of the block U+FF01 to U+FF5E. */
static const struct {
	const char *wide;
	int sign;
} wide_signs[] = {
	{ "\xe3\x80\x80", ' ' },	/* U+3000 wide space */
	{ "\xc2\xa0", ' ' },		/* U+00A0 no-break space */
	{ "\xe3\x80\x81", ',' },	/* 、 */
	{ "\xe2\x88\x92", '-' },	/* U+2212 minus */
	{ "\xc3\x97", '*' },		/* × */
	{ "\xc3\xb7", '/' },		/* ÷ */
	{ "\xe2\x89\xa0", HC_EXPR_SIGN_NE },	/* ≠ */
	{ "\xe2\x89\xa4", HC_EXPR_SIGN_LE },	/* ≤ */
	{ "\xe2\x89\xa6", HC_EXPR_SIGN_LE },	/* ≦ */
	{ "\xe2\x89\xa5", HC_EXPR_SIGN_GE },	/* ≥ */
	{ "\xe2\x89\xa7", HC_EXPR_SIGN_GE },	/* ≧ */
};

struct hc_expr_node *
hc_expr_fail(struct hc_expr_parser *p, size_t at, const char *fmt, ...)
{
	char text[sizeof(p->err->text)];
	va_list ap;

	if (p->rc != HC_OK)
		return NULL;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	p->at = at;
	p->rc = hc_error_set(p->err, HC_INVALID, "%s", text);
	return NULL;
}

void *
hc_expr_fail_nomem(struct hc_expr_parser *p)
{
	if (p->rc == HC_OK)
		p->rc = hc_error_nomem(p->err);
	return NULL;
}

/* Bytes of the character that begins with ${c}; the text is valid UTF-8. */
static size_t
character_length(unsigned char c)
{
	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* The character at ${s} as ASCII or sign, and its length; -1 if neither. */
static int
narrow(const char *s, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i;
	int c;

	*len = character_length(u[0]);
	if (*len == 1)
		return u[0];
	if (u[0] == 0xef && (u[1] == 0xbc || u[1] == 0xbd)) {
		c = (u[1] - 0xbc) * 0x40 + u[2] - 0x80 + 0x20;
		/* Full-width quotes would leave open which one ends it. */
		return c > 0x20 && c < 0x7f && c != '"' && c != '\'' ? c : -1;
	}
	for (i = 0; i < sizeof(wide_signs) / sizeof(wide_signs[0]); i++)
		if (strncmp(s, wide_signs[i].wide,
		    strlen(wide_signs[i].wide)) == 0)
			return wide_signs[i].sign;
	return -1;
}

/* The narrow letters, digits and "-:.+/" from ${s} on, and for each the
   offset behind it. */
static size_t
take_run(const char *s, char run[RUN + 1], size_t behind[RUN])
{
	size_t i, len, at = 0;
	int c;

	for (i = 0; i < RUN; i++) {
		c = narrow(s + at, &len);
		if (c <= 0 || c > 0x7f ||
		    (!isalnum(c) && strchr("-:.+/", c) == NULL))
			break;
		run[i] = (char)c;
		at += len;
		behind[i] = at;
	}
	run[i] = '\0';
	return i;
}

/* How many of ${s} are digits? */
static size_t
digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* Does ${s} begin as a date does: 2020-12-25, 2020/1/5?  Its length. */
static size_t
date_shape(const char *s)
{
	size_t month, day;

	if (digits(s) != 4 || (s[4] != '-' && s[4] != '/'))
		return 0;
	month = digits(s + 5);
	if (month < 1 || month > 2 || s[5 + month] != s[4])
		return 0;
	day = digits(s + 6 + month);
	return day == 1 || day == 2 ? 6 + month + day : 0;
}

/* A date or an instant; false without a failure if it is none. */
static bool
take_date(struct hc_expr_parser *p)
{
	struct hc_expr_token *t = &p->token;
	char run[RUN + 1];
	size_t behind[RUN], len;

	(void)take_run(p->input + t->at, run, behind);
	if ((len = date_shape(run)) == 0)
		return false;
	if (run[4] == '/' || len != 10) {
		hc_expr_fail(p, t->at, _("'%.*s' is no date here: write it as "
		    "2020-12-25, a quotient with spaces around '/'"),
		    (int)len, run);
		return false;
	}
	if (!hc_expr_day_parse(run, len, &t->n)) {
		hc_expr_fail(p, t->at, _("there is no day '%.*s'"),
		    (int)len, run);
		return false;
	}
	t->kind = HC_EXPR_DAY;
	if (run[len] == 'T' || run[len] == 't') {
		t->kind = HC_EXPR_MOMENT;
		if ((len = hc_expr_instant_read(run, &t->n)) == 0) {
			hc_expr_fail(p, t->at, _("'%s' is no time: write it "
			    "as 2020-12-25T09:30+09:00"), run);
			return false;
		}
	}
	if (isalnum((unsigned char)run[len]) || run[len] == '.') {
		hc_expr_fail(p, t->at, _("'%s' is no date"), run);
		return false;
	}
	p->next = t->at + behind[len - 1];
	return true;
}

static bool
take_number(struct hc_expr_parser *p)
{
	struct hc_expr_token *t = &p->token;
	char run[RUN + 1];
	size_t behind[RUN], i, len, whole;

	(void)take_run(p->input + t->at, run, behind);
	whole = len = digits(run);
	if (run[len] == '.' && digits(run + len + 1) > 0)
		len += 1 + digits(run + len + 1);
	t->decimals = len > whole ? (int)(len - whole - 1) : 0;
	if (whole + (size_t)t->decimals > MOST_DIGITS) {
		hc_expr_fail(p, t->at,
		    _("a number may have %d digits at most"), MOST_DIGITS);
		return false;
	}
	if (t->decimals > MOST_DECIMALS) {
		hc_expr_fail(p, t->at,
		    _("a number may have %d decimals at most"), MOST_DECIMALS);
		return false;
	}
	for (t->n = 0, i = 0; i < len; i++)
		if (run[i] != '.')
			t->n = t->n * 10 + (run[i] - '0');
	t->kind = HC_EXPR_NUMERAL;
	p->next = t->at + behind[len - 1];
	return true;
}

static bool
take_word(struct hc_expr_parser *p)
{
	struct hc_expr_token *t = &p->token;
	char typed[HC_EXPR_WORD_MAX + 1];
	size_t at = t->at, len, n = 0;
	int c;

	for (;;) {
		c = narrow(p->input + at, &len);
		if (c > 0x7f || c < 0 ||
		    (!isalnum(c) && c != '_' && c != '.'))
			break;
		if (n == HC_EXPR_WORD_MAX) {
			hc_expr_fail(p, t->at, _("a name is too long"));
			return false;
		}
		typed[n] = (char)c;
		t->word[n++] = (char)tolower(c);
		at += len;
	}
	typed[n] = t->word[n] = '\0';
	t->kind = HC_EXPR_WORD;
	p->next = at;
	if ((t->text = hc_expr_copy(p->expr, typed)) != NULL)
		return true;
	hc_expr_fail_nomem(p);
	return false;
}

/* Text in ' or ", which stands doubled for itself. */
static bool
take_quoted(struct hc_expr_parser *p)
{
	struct hc_expr_token *t = &p->token;
	const char *s = p->input + t->at;
	char quote = *s++;
	bool closed = false;
	char *text;
	size_t n = 0;

	if ((text = hc_expr_keep(p->expr, strlen(s) + 1)) == NULL) {
		hc_expr_fail_nomem(p);
		return false;
	}
	for (; *s != '\0' && !closed; s++) {
		if (*s == quote && s[1] == quote)
			s++;
		else if (*s == quote)
			closed = true;
		if (!closed)
			text[n++] = *s;
	}
	if (!closed) {
		hc_expr_fail(p, t->at, _("the text has no quote at its end"));
		return false;
	}
	if (n == 0) {
		hc_expr_fail(p, t->at, _("empty text is never stored: "
		    "write 'is absent' or 'is present'"));
		return false;
	}
	t->kind = HC_EXPR_QUOTED;
	t->text = text;
	p->next = (size_t)(s - p->input);
	return true;
}

/* < <= <> > >= = == != and the signs of one character. */
static bool
take_sign(struct hc_expr_parser *p, int c, size_t len)
{
	static const struct {
		char first, second;
		int sign;
	} pairs[] = {
		{ '<', '=', HC_EXPR_SIGN_LE }, { '<', '>', HC_EXPR_SIGN_NE },
		{ '>', '=', HC_EXPR_SIGN_GE }, { '=', '=', '=' },
		{ '!', '=', HC_EXPR_SIGN_NE },
		{ '=', '<', HC_EXPR_SIGN_LE }, { '=', '>', HC_EXPR_SIGN_GE },
	};
	struct hc_expr_token *t = &p->token;
	size_t i, more;
	int d;

	t->kind = HC_EXPR_SIGN;
	t->sign = c;
	p->next = t->at + len;
	d = narrow(p->input + p->next, &more);
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i].first == c && pairs[i].second == d) {
			t->sign = pairs[i].sign;
			p->next += more;
			return true;
		}
	if (c > 0x7f || (c > 0 && strchr("<>=+-*/(),", c) != NULL))
		return true;
	hc_expr_fail(p, t->at, _("'%.*s' is not understood here; text stands "
	    "in quotes, as 'x'"), (int)len, p->input + t->at);
	return false;
}

bool
hc_expr_token_next(struct hc_expr_parser *p)
{
	struct hc_expr_token *t = &p->token;
	size_t len;
	int c;

	if (p->rc != HC_OK)
		return false;
	while ((c = narrow(p->input + p->next, &len)) == ' ' || c == '\t' ||
	    c == '\n' || c == '\r')
		p->next += len;
	memset(t, 0, sizeof(*t));
	t->at = p->next;
	if (c == '\0') {
		t->kind = HC_EXPR_END;
		return true;
	}
	if (c > 0 && c < 0x80 && isdigit(c)) {
		if (take_date(p))
			return true;
		return p->rc == HC_OK && take_number(p);
	}
	if (c > 0 && c < 0x80 && (isalpha(c) || c == '_'))
		return take_word(p);
	if (c == '\'' || c == '"')
		return take_quoted(p);
	return take_sign(p, c, len);
}
