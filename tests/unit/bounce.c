/* Tests of base/bounce.h: what mail servers and carriers send. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/bounce.h"

#define REPORT "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.jp\r\n" \
	"To: bounce+12@office.example.jp\r\n" \
	"Content-Type: multipart/report;\r\n report-type=delivery-status;\r\n" \
	"\tboundary=\"b\"\r\n\r\n--b\r\n\r\nSorry.\r\n\r\n--b\r\n" \
	"Content-Type: message/delivery-status\r\n\r\n" \
	"Reporting-MTA: dns; mx.example.jp\r\n\r\n" \
	"Final-Recipient: rfc822; a@example.jp\r\n"
#define PLAIN(to) "Return-Path: <>\nDelivered-To: " to "\n" \
	"From: Mail Administrator <Postmaster@example.ne.jp>\n" \
	"Subject: Mail System Error - Returned Mail\n\n"

static void
test_read(void **state)
{
	static const struct {
		const char *mail;
		int64_t number;
		bool failed, delayed;
		const char *reason;
	} cases[] = {
		{ REPORT "Action: failed\r\nStatus: 5.1.1\r\n"
		    "Diagnostic-Code: smtp; 550 5.1.1 <a@example.jp>:\r\n"
		    "    User unknown\r\n--b--\r\n", 12, true, false,
		    "550 5.1.1 <a@example.jp>: User unknown" },
		{ REPORT "Action: failed\r\nStatus: 5.2.2\r\n", 12, true,
		    false, "5.2.2" },
		{ REPORT "Action: delayed\r\nStatus: 4.4.1\r\n", 12, false,
		    true, "4.4.1" },
		{ REPORT "action: Relayed\r\nStatus: 2.0.0\r\n", 12, false,
		    false, "" },
		/* Of two recipients one failed. */
		{ REPORT "Action: delayed\r\n\r\nAction: failed\r\n", 12,
		    true, false, "" },
		/* Postfix, qmail and a carrier, in words. */
		{ PLAIN("bounce+7@office.example.jp")
		    "<b@example.ne.jp>: host mx said:\n"
		    "    550 Unknown user b@example.ne.jp (in reply)\n", 7,
		    true, false, "550 Unknown user b@example.ne.jp (in "
		    "reply)" },
		{ PLAIN("bounce+7@office.example.jp")
		    "Hi. This is the qmail-send program.\n"
		    "Remote host said: 554 delivery error: dd\n", 7, true,
		    false, "554 delivery error: dd" },
		{ PLAIN("<Bounce+7@Office.example.JP>")
		    "\xe5\xae\x9b\xe5\x85\x88\xe4\xb8\x8d\xe6\x98\x8e\n", 7,
		    true, false, "" },
		/* A report without null sender is one all the same. */
		{ "From: x@example.jp\nTo: bounce+3@office.example.jp\n"
		    "Content-Type: multipart/report; "
		    "report-type=delivery-status\n\nStatus: 5.0.0\n", 3,
		    true, false, "5.0.0" },
		/* None of ours, or no bounce. */
		{ PLAIN("bounce+7@office.example.jp.evil.example"), 0, true,
		    false, "" },
		{ PLAIN("nobounce+7@office.example.jp"), 0, true, false,
		    "" },
		{ PLAIN("bounce@office.example.jp"), 0, true, false, "" },
		{ PLAIN("bounce+x@office.example.jp"), 0, true, false, "" },
		{ PLAIN("bounce+999999999999999@office.example.jp"), 0, true,
		    false, "" },
		{ "From: taro@example.jp\nTo: bounce+3@office.example.jp\n"
		    "\nI am 550 km away\n", 3, false, false, "550 km away" },
		{ "Return-Path: <>\nAuto-Submitted: auto-replied\n"
		    "From: taro@example.jp\nTo: bounce+3@office.example.jp\n"
		    "\non holiday\n", 3, false, false, "" },
		{ "", 0, false, false, "" },
		{ "\n", 0, false, false, "" },
		{ "To:", 0, false, false, "" },
		{ "To: bounce+", 0, false, false, "" },
	};
	struct hc_bounce b;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		hc_bounce_read(cases[i].mail, strlen(cases[i].mail),
		    "bounce@office.example.jp", &b);
		assert_int_equal(b.number, cases[i].number);
		assert_int_equal(b.failed, cases[i].failed);
		assert_int_equal(b.delayed, cases[i].delayed);
		assert_string_equal(b.reason, cases[i].reason);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
