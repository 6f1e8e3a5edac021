/* Building of mail messages: what goes in, and the bytes that come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mime.h"
#include "base/status.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct hc_mail
simple(void)
{
	return (struct hc_mail){
		.from = { NULL, "hc@example.jp" },
		.to = { NULL, "a@example.jp" },
		.subject = "test", .text = "hello\n",
		.message_id = "1@hc.example.jp",
		.date = 1606003200, .utc_offset = 540
	};
}

/* The header ${name} of the built mail, with its folds. */
static void
header(struct hc_buf *out, const struct hc_mail *mail, const char *name)
{
	struct hc_buf message = HC_BUF_INIT;
	struct hc_error err = { "" };
	char start[80];
	const char *s, *end;

	assert_int_equal(hc_mime_build(&message, mail, &err), HC_OK);
	snprintf(start, sizeof(start), "\r\n%s: ", name);
	assert_non_null(s = strstr(message.data, start));
	s += strlen(start);
	for (end = strstr(s, "\r\n"); end[2] == ' ';
	    end = strstr(end + 2, "\r\n"))
		;
	hc_buf_add(out, s, (size_t)(end - s));
	hc_buf_free(&message);
}

static void
whole_message(void **state)
{
	struct hc_mail_header extra[] = { { "X-HC-Round", "2020-11-22" },
	    { "In-Reply-To", "<0@hc.example.jp>" } };
	struct hc_mail mail = simple();
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err = { "" };

	(void)state;
	mail.from.name = "川口市保健所";
	mail.to.address = "a..b@docomo.ne.jp";
	mail.reply_to.address = "desk@example.jp";
	mail.subject = "健康観察のお願い";
	mail.text = "おはようございます。\n体温は？";
	mail.html = "<p>37.5 = fever";
	mail.auto_submitted = "auto-generated";
	mail.language = "ja";
	mail.extra = extra;
	mail.extra_len = COUNT(extra);
	hc_buf_puts(&out, "|");		/* what stands there stays */
	assert_int_equal(hc_mime_build(&out, &mail, &err), HC_OK);
	assert_string_equal(hc_buf_text(&out),
	    "|Date: Sun, 22 Nov 2020 09:00:00 +0900\r\n"
	    "From: =?UTF-8?B?5bed5Y+j5biC5L+d5YGl5omA?= <hc@example.jp>\r\n"
	    "To: \"a..b\"@docomo.ne.jp\r\n"
	    "Reply-To: desk@example.jp\r\n"
	    "Subject: =?UTF-8?B?5YGl5bq36Kaz5a+f44Gu44GK6aGY44GE?=\r\n"
	    "Message-ID: <1@hc.example.jp>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "Content-Language: ja\r\n"
	    "X-HC-Round: 2020-11-22\r\n"
	    "In-Reply-To: <0@hc.example.jp>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"=_0983c00a73b6bc33\"\r\n"
	    "\r\n"
	    "--=_0983c00a73b6bc33\r\n"
	    "Content-Type: text/plain; charset=UTF-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n"
	    "\r\n"
	    "44GK44Gv44KI44GG44GU44GW44GE44G+44GZ44CCDQrkvZPmuKnjga/vvJ8NCg=="
	    "\r\n"
	    "\r\n"
	    "--=_0983c00a73b6bc33\r\n"
	    "Content-Type: text/html; charset=UTF-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "<p>37.5 =3D fever\r\n"
	    "\r\n"
	    "--=_0983c00a73b6bc33--\r\n");
	hc_buf_free(&out);
}

#define X10 "xxxxxxxxxx"
#define X70 X10 X10 X10 X10 X10 X10 X10
#define A10 "ああああああああああ"

static void
subjects(void **state)
{
	static const struct {
		const char *subject, *wanted;
	} cases[] = {
		{ "test", "test" },
		{ "two words", "two words" },
		/* 76 columns are full with "Subject: " and 67 bytes. */
		{ X10 X10 X10 X10 X10 X10 " xxxxxx y",
		    X10 X10 X10 X10 X10 X10 " xxxxxx\r\n y" },
		{ X10 X10 X10 X10 X10 X10 "xxxxxxx",
		    X10 X10 X10 X10 X10 X10 "xxxxxxx" },
		{ X70 "xxxxxx", "=?UTF-8?B?eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4"
		    "eHh4eHh4eHh4eHh4?=\r\n =?UTF-8?B?eHh4eHh4eHh4eHh4eHh4eHh4"
		    "eHh4eHh4eHh4eHh4eHh4eHh4eA==?=" },
		/* Spaces that folding could lose, and what looks encoded. */
		{ " a", "=?UTF-8?B?IGE=?=" },
		{ "a ", "=?UTF-8?B?YSA=?=" },
		{ "a  b", "=?UTF-8?B?YSAgYg==?=" },
		{ " ", "=?UTF-8?B?IA==?=" },
		{ "=?UTF-8?B?YQ==?=", "=?UTF-8?B?PT9VVEYtOD9CP1lRPT0/PQ==?=" },
		{ "é", "=?UTF-8?B?w6k=?=" },
		{ "😷", "=?UTF-8?B?8J+Ytw==?=" },
		/* 39 bytes fit beside the name, 45 on a line; none is cut. */
		{ A10 A10, "=?UTF-8?B?44GC44GC44GC44GC44GC44GC44GC44GC44GC44GC"
		    "44GC44GC44GC?=\r\n =?UTF-8?B?44GC44GC44GC44GC44GC44GC44GC"
		    "?=" },
		{ "x" A10 A10, "=?UTF-8?B?eOOBguOBguOBguOBguOBguOBguOBguOBguOB"
		    "guOBguOBguOBgg==?=\r\n =?UTF-8?B?44GC44GC44GC44GC44GC44GC"
		    "44GC44GC?=" },
	};
	struct hc_buf out = HC_BUF_INIT;
	struct hc_mail mail = simple();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		mail.subject = cases[i].subject;
		hc_buf_clear(&out);
		header(&out, &mail, "Subject");
		assert_string_equal(hc_buf_text(&out), cases[i].wanted);
	}
	hc_buf_free(&out);
}

static void
addresses(void **state)
{
	static const struct {
		const char *name, *address, *wanted;
	} cases[] = {
		{ NULL, "a@example.jp", "a@example.jp" },
		{ "", "a@example.jp", "a@example.jp" },
		{ "Desk", "a@example.jp", "Desk <a@example.jp>" },
		{ "The Desk", "a@example.jp", "The Desk <a@example.jp>" },
		{ "Desk No. 1", "a@example.jp",
		    "\"Desk No. 1\" <a@example.jp>" },
		{ "a, <b@c.d>", "a@example.jp",
		    "\"a, <b@c.d>\" <a@example.jp>" },
		{ "\"a\\b\"", "a@example.jp",
		    "\"\\\"a\\\\b\\\"\" <a@example.jp>" },
		{ "a  b", "a@example.jp", "\"a  b\" <a@example.jp>" },
		{ "=?x?=", "a@example.jp", "=?UTF-8?B?PT94Pz0=?="
		    " <a@example.jp>" },
		{ "保健所", "a@example.jp", "=?UTF-8?B?5L+d5YGl5omA?="
		    " <a@example.jp>" },
		{ X10 X10 X10 X10 X10 X10, "a@example.jp",
		    X10 X10 X10 X10 X10 X10 "\r\n <a@example.jp>" },
		{ NULL, "a..b@docomo.ne.jp", "\"a..b\"@docomo.ne.jp" },
		{ NULL, ".a@docomo.ne.jp", "\".a\"@docomo.ne.jp" },
		{ "x", "a.@docomo.ne.jp", "x <\"a.\"@docomo.ne.jp>" },
		{ NULL, ".@docomo.ne.jp", "\".\"@docomo.ne.jp" },
		{ NULL, "-a-@docomo.ne.jp", "-a-@docomo.ne.jp" },
		{ NULL, "a/?!#$%&'*+=^_`{|}~@jp-t.ne.jp",
		    "a/?!#$%&'*+=^_`{|}~@jp-t.ne.jp" },
	};
	struct hc_buf out = HC_BUF_INIT;
	struct hc_mail mail = simple();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		mail.to.name = cases[i].name;
		mail.to.address = cases[i].address;
		hc_buf_clear(&out);
		header(&out, &mail, "To");
		assert_string_equal(hc_buf_text(&out), cases[i].wanted);
	}
	hc_buf_free(&out);
}

#define L64 "123456789012345678901234567890123456789012345678901234567890abcd"

static void
fit(void **state)
{
	static const char *const good[] = { "a@example.jp", "a@b",
	    "A.B-c_d+e@x-y.example.jp", "a..b@docomo.ne.jp", "..@docomo.ne.jp",
	    L64 "@example.jp" };
	static const char *const bad[] = { "", "a", "@", "a@", "@b", "a@@b",
	    "a@b@c", "a b@c", "a@b c", "a@b\r\nRCPT TO:<c@d>", "a\r\n@b",
	    "a\t@b", "a@b>", "<a@b", "<a@b>", "a,b@c", "a;b@c", "a:b@c",
	    "a(b@c", "a)b@c", "a[b@c", "a]b@c", "a\\b@c", "\"a\"@c", "a@[1.2]",
	    "a@-b", "a@b-", "a@.b", "a@b.", "a@b..c", "a@b-.c", "a@b.-c",
	    "a@b_c", "\x7f@b", "é@b", "a@é.jp", L64 "5@example.jp",
	    "a@b\n", "\na@b",
	    "a@" L64 "." L64 "." L64 "." L64 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++)
		assert_true(hc_mime_address_fit(good[i]));
	for (i = 0; i < COUNT(bad); i++)
		assert_false(hc_mime_address_fit(bad[i]));
}

static void
bodies(void **state)
{
	static const struct {
		const char *text, *encoding, *wanted;
	} cases[] = {
		{ "hello", "quoted-printable", "hello\r\n" },
		{ "hello\n", "quoted-printable", "hello\r\n" },
		{ "a\r\nb\rc\nd", "quoted-printable", "a\r\nb\r\nc\r\nd\r\n" },
		{ "\n\na\n\n", "quoted-printable", "\r\n\r\na\r\n\r\n" },
		{ "a \nb\t\nc d", "quoted-printable",
		    "a=20\r\nb=09\r\nc d\r\n" },
		{ ".\n..\n.a.\n", "quoted-printable",
		    "=2E\r\n=2E.\r\n=2Ea.\r\n" },
		{ "From me\nx From\n", "quoted-printable",
		    "=46rom me\r\nx From\r\n" },
		{ "a long text = é\n", "quoted-printable",
		    "a long text =3D =C3=A9\r\n" },
		/* 75 bytes and a soft break; 75 bytes and none. */
		{ X70 "123456", "quoted-printable", X70 "12345=\r\n6\r\n" },
		{ X70 "12345", "quoted-printable", X70 "12345\r\n" },
		{ X70 "123=xx", "quoted-printable",
		    X70 "123=\r\n=3Dxx\r\n" },
		{ X70 "12345.", "quoted-printable",
		    X70 "12345=\r\n=2E\r\n" },
		{ "あ", "base64", "44GCDQo=\r\n" },
		{ "健康\n", "base64", "5YGl5bq3DQo=\r\n" },
		/* 57 bytes to a line of 76. */
		{ A10 "あああああああああ", "base64",
		    "44GC44GC44GC44GC44GC44GC44GC44GC44GC44GC44GC44GC44GC44GC"
		    "44GC44GC44GC44GC44GC\r\nDQo=\r\n" },
		{ "==", "base64", "PT0NCg==\r\n" },
	};
	struct hc_buf out = HC_BUF_INIT;
	struct hc_mail mail = simple();
	struct hc_error err;
	const char *body;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		mail.text = cases[i].text;
		hc_buf_clear(&out);
		assert_int_equal(hc_mime_build(&out, &mail, &err), HC_OK);
		body = strstr(out.data, "Encoding: ") + 10;
		assert_memory_equal(body, cases[i].encoding,
		    strlen(cases[i].encoding));
		assert_string_equal(strstr(body, "\r\n\r\n") + 4,
		    cases[i].wanted);
	}
	hc_buf_free(&out);
}

static void
dates(void **state)
{
	static const struct {
		int64_t date;
		int offset;
		const char *wanted;
	} cases[] = {
		{ 1606003200, 540, "Sun, 22 Nov 2020 09:00:00 +0900" },
		{ 1606003200, 0, "Sun, 22 Nov 2020 00:00:00 +0000" },
		{ 1606003199, 0, "Sat, 21 Nov 2020 23:59:59 +0000" },
		{ 1606003200, -210, "Sat, 21 Nov 2020 20:30:00 -0330" },
		{ 1582934400, 540, "Sat, 29 Feb 2020 09:00:00 +0900" },
		{ 86400, 0, "Fri, 2 Jan 1970 00:00:00 +0000" },
		{ 253402214399, 540, "Fri, 31 Dec 9999 08:59:59 +0900" },
	};
	struct hc_buf out = HC_BUF_INIT, date = HC_BUF_INIT;
	struct hc_mail mail = simple();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		mail.date = cases[i].date;
		mail.utc_offset = cases[i].offset;
		hc_buf_clear(&out);
		hc_buf_clear(&date);
		assert_int_equal(hc_mime_build(&out, &mail, NULL), HC_OK);
		hc_buf_printf(&date, "Date: %s\r\n", cases[i].wanted);
		assert_memory_equal(out.data, date.data, date.len);
	}
	hc_buf_free(&out);
	hc_buf_free(&date);
}

/* Refused, in one line of words, and what was in the buffer stays alone. */
static void
refuse(const struct hc_mail *mail)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err = { "" };

	hc_buf_puts(&out, "before");
	assert_int_equal(hc_mime_build(&out, mail, &err), HC_INVALID);
	assert_string_equal(hc_buf_text(&out), "before");
	assert_true(strlen(err.text) > 0);
	assert_null(strpbrk(err.text, "\r\n"));
	hc_buf_free(&out);
}

static void
bad_headers(void **state)
{
	static const char *const bad[] = { "", "x\r\nBcc: evil@example.jp",
	    "x\nBcc: evil@example.jp", "x\r", "\n", "a\tb", "a\x01" "b",
	    "a\x7f", "\xc2\x85", "\xc2\x9b", "\xc0\x8a", "\xff", "\xe3\x81",
	    "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x8a", "a\xf0\x9f" };
	struct hc_mail_header extra = { "X-Test", NULL };
	struct hc_mail mail;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		mail = simple();
		mail.subject = bad[i];
		refuse(&mail);
		mail = simple();
		extra.value = bad[i];
		mail.extra = &extra;
		mail.extra_len = 1;
		refuse(&mail);
		mail = simple();
		mail.to.address = bad[i];
		refuse(&mail);
		mail = simple();
		mail.message_id = bad[i];
		refuse(&mail);
		mail = simple();
		mail.language = bad[i];
		refuse(&mail);
		mail = simple();
		mail.auto_submitted = bad[i];
		refuse(&mail);
		if (bad[i][0] == '\0')
			continue;	/* no name is fine */
		mail = simple();
		mail.from.name = bad[i];
		refuse(&mail);
	}
}

static void
bad_rest(void **state)
{
	static const char *const texts[] = { "", "a\x01", "a\x1b[2J", "\x7f",
	    "\xc2\x80", "\xff", "a\xe3\x81" };
	static const char *const ids[] = { "a", "@b", "a@", "a@b@c", "a b@c",
	    "<a@b>", "a..b@c", ".a@b", "a@b_c", "a@[b]", "a>\r\nX: b@c" };
	static const char *const names[] = { "", "a:", "a b", "-a", "a_b",
	    "a\r\nb", "あ", "From", "to", "CC", "bcc", "Subject", "date",
	    "Message-Id", "MIME-Version", "Content-Type", "content-x",
	    "Resent-To", "Received", "Return-Path", "Reply-To", "Sender",
	    "Auto-Submitted", X70 };
	struct hc_mail_header extra = { NULL, "x" };
	struct hc_mail_header twice[] = { { "X-A", "x" }, { "x-a", "y" } };
	struct hc_mail mail;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(texts); i++) {
		mail = simple();
		mail.text = texts[i];
		refuse(&mail);
		mail = simple();
		mail.html = texts[i];
		refuse(&mail);
	}
	for (i = 0; i < COUNT(ids); i++) {
		mail = simple();
		mail.message_id = ids[i];
		refuse(&mail);
	}
	mail = simple();
	mail.extra = &extra;
	mail.extra_len = 1;
	refuse(&mail);
	for (i = 0; i < COUNT(names); i++) {
		extra.name = names[i];
		refuse(&mail);
	}
	mail.extra = twice;
	mail.extra_len = 2;
	refuse(&mail);
}

static void
missing_and_dates(void **state)
{
	struct hc_mail mail;
	char value[2002];

	(void)state;
	mail = simple();
	mail.subject = NULL;
	refuse(&mail);
	mail = simple();
	mail.text = NULL;
	refuse(&mail);
	mail = simple();
	mail.from.address = NULL;
	refuse(&mail);
	mail = simple();
	mail.message_id = NULL;
	refuse(&mail);
	mail = simple();
	mail.date = -1;
	refuse(&mail);
	mail.date = 253402300800;
	refuse(&mail);
	mail.date = INT64_MAX;
	refuse(&mail);
	mail = simple();
	mail.utc_offset = 1440;
	refuse(&mail);
	mail = simple();
	memset(value, 'a', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	mail.subject = value;
	refuse(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_message),
		cmocka_unit_test(subjects),
		cmocka_unit_test(addresses),
		cmocka_unit_test(fit),
		cmocka_unit_test(bodies),
		cmocka_unit_test(dates),
		cmocka_unit_test(bad_headers),
		cmocka_unit_test(bad_rest),
		cmocka_unit_test(missing_and_dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
