/*
 * The mail builder on anything: it refuses, or what it writes has as many
 * headers as it was given, no line end but CRLF, nothing but printable ASCII,
 * and no line that is too long.  The input is cut at 0xff bytes into fields,
 * those missing have good values, so that the fuzzer gets past the checks.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mime.h"
#include "base/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FIELDS 11

static void
require(int truth)
{
	if (!truth)
		abort();
}

/*
 * Check the lines of a header block or a body from ${s}; a header's line may
 * be longer than 76 only if it is one token.  Returns the number of headers.
 */
static int
check_lines(const char *s, const char *end, int header)
{
	const char *line_end, *p;
	int headers = 0;

	for (; s < end; s = line_end + 2) {
		line_end = memchr(s, '\r', (size_t)(end - s));
		require(line_end != NULL && line_end[1] == '\n');
		for (p = s; p < line_end; p++)
			require((*p >= 0x20 && *p <= 0x7e) ||
			    (!header && *p == '\t'));
		require(line_end - s <= 998);
		if (header && *s != ' ') {
			require(strchr("\r: ", *s) == NULL);
			p = memchr(s, ':', (size_t)(line_end - s));
			require(p != NULL && p[1] == ' ' && p + 2 < line_end);
			headers++;
		}
		if (line_end - s <= 76)
			continue;
		require(header);
		/* "Name: token", " token". */
		p = *s == ' ' ? s + 1 : s + strcspn(s, " ") + 1;
		require(memchr(p, ' ', (size_t)(line_end - p)) == NULL);
	}
	return headers;
}

static void
check(const struct hc_mail *mail, const struct hc_buf *out)
{
	const char *body = strstr(out->data, "\r\n\r\n");
	int wanted;

	require(out->len == strlen(out->data));
	require(body != NULL);
	/* Date From To Subject Message-ID MIME-Version Content-Type. */
	wanted = 7 + (mail->reply_to.address != NULL) +
	    (mail->auto_submitted != NULL) + (mail->language != NULL) +
	    (int)mail->extra_len + (mail->html == NULL);
	require(check_lines(out->data, body + 2, 1) == wanted);
	require(strncmp(out->data, "Date: ", 6) == 0);
	check_lines(body + 4, out->data + out->len, 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hc_buf out = HC_BUF_INIT, again = HC_BUF_INIT;
	struct hc_mail_header extra = { "X-Test", NULL };
	struct hc_mail mail = { 0 };
	const char *fields[FIELDS] = { NULL };
	char *copy, *s;
	int i;

	if ((copy = malloc(size + 1)) == NULL)
		return 0;
	memcpy(copy, data, size);
	copy[size] = '\0';
	for (s = copy, i = 0; s != NULL && i < FIELDS; i++) {
		fields[i] = s;
		if ((s = strchr(s, '\xff')) != NULL)
			*s++ = '\0';
		if (fields[i][0] == '\0')
			fields[i] = NULL;
	}
	mail.subject = fields[0] ? fields[0] : "test";
	mail.text = fields[1] ? fields[1] : "text";
	mail.from.name = fields[2];
	mail.from.address = "hc@example.jp";
	mail.to.address = fields[3] ? fields[3] : "a..b@docomo.ne.jp";
	mail.to.name = fields[4];
	mail.html = fields[5];
	mail.message_id = fields[6] ? fields[6] : "1@hc.example.jp";
	mail.reply_to.address = fields[7];
	mail.language = fields[8];
	extra.value = fields[9];
	extra.name = fields[10] ? fields[10] : "X-Test";
	mail.extra = &extra;
	mail.extra_len = extra.value != NULL;
	mail.date = 1606003200 + (int64_t)size * 86400;
	mail.utc_offset = 540;

	if (hc_mime_build(&out, &mail, NULL) == HC_OK) {
		check(&mail, &out);
		require(hc_mime_build(&again, &mail, NULL) == HC_OK);
		require(again.len == out.len &&
		    memcmp(again.data, out.data, out.len) == 0);
	} else
		require(out.len == 0);
	hc_buf_free(&again);
	hc_buf_free(&out);
	free(copy);
	return 0;
}
