/*
 * The body of a submitted form (URL Standard, "application/
 * x-www-form-urlencoded parsing"), but stricter: what no browser sends is
 * refused and not guessed at.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#include "task/form_body.h"

/* The value of a hexadecimal digit, or -1. */
static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/*
 * Undo the escapes of ${len} bytes at ${from}, write them and a NUL to
 * ${to}, which has room for as many and may lie on them.  Returns how many
 * bytes were written, or -1.
 */
static long
decode(const char *from, size_t len, char *to)
{
	size_t i, n = 0;
	int c, high, low;

	for (i = 0; i < len; i++) {
		c = (unsigned char)from[i];
		if (c == '+')
			c = ' ';
		else if (c == '%') {
			if (len - i < 3 || (high = digit(from[i + 1])) < 0 ||
			    (low = digit(from[i + 2])) < 0)
				return -1;
			c = high << 4 | low;
			i += 2;
		}
		if (c == '\0')
			return -1;
		/* Browsers send line breaks as CR LF. */
		if (c == '\n' && n > 0 && to[n - 1] == '\r')
			n--;
		to[n++] = (char)c;
	}
	if (!hc_utf8_valid(to, n, NULL))
		return -1;
	to[n] = '\0';
	return (long)n;
}

/* Split ${len} bytes at ${part} and append them as a field. */
static enum hc_status
add(struct hc_form_body *body, const char *part, size_t len, char **room)
{
	struct hc_form_field *field;
	const char *equals;
	size_t name_len;
	long n;

	if (body->len == HC_FORM_FIELDS)
		return HC_INVALID;
	equals = memchr(part, '=', len);
	name_len = equals != NULL ? (size_t)(equals - part) : len;
	field = &body->fields[body->len];
	field->name = *room;
	if ((n = decode(part, name_len, *room)) < 0)
		return HC_INVALID;
	*room += n + 1;
	field->value = *room;
	if ((n = equals == NULL ? decode("", 0, *room) :
	    decode(equals + 1, len - name_len - 1, *room)) < 0)
		return HC_INVALID;
	*room += n + 1;
	body->len++;
	return HC_OK;
}

enum hc_status
hc_form_body_parse(struct hc_form_body *body, const char *data, size_t len)
{
	const char *end = data + len, *amp;
	size_t count = 1;
	const char *p;
	char *room;
	enum hc_status rc;

	*body = (struct hc_form_body){ 0 };
	for (p = data; p < end; p++)
		count += *p == '&';
	if (count > HC_FORM_FIELDS)
		return HC_INVALID;
	/* Each field needs two NULs more than its bytes. */
	body->text = malloc(len + 2 * count);
	body->fields = calloc(count, sizeof(*body->fields));
	if (body->text == NULL || body->fields == NULL)
		return HC_NOMEM;
	room = body->text;
	for (p = data; p < end; p = amp + 1) {
		if ((amp = memchr(p, '&', (size_t)(end - p))) == NULL)
			amp = end;
		if (amp > p && (rc = add(body, p, (size_t)(amp - p),
		    &room)) != HC_OK)
			return rc;
	}
	return HC_OK;
}

void
hc_form_body_clear(struct hc_form_body *body)
{
	free(body->text);
	free(body->fields);
	*body = (struct hc_form_body){ 0 };
}

const char *
hc_form_body_get(const struct hc_form_body *body, const char *name)
{
	size_t i;

	for (i = 0; i < body->len; i++)
		if (strcmp(body->fields[i].name, name) == 0)
			return body->fields[i].value;
	return NULL;
}
