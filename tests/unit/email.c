/* base/email.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/email.h"
#include "base/mime.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define TEN "abcdefghij"

static const struct {
	const char *in, *address, *quoted;
} good[] = {
	{ "hanako@example.jp", "hanako@example.jp", "hanako@example.jp" },
	{ " hanako@example.jp\n", "hanako@example.jp", "hanako@example.jp" },
	{ "Hanako.T@Example.JP", "Hanako.T@example.jp",
	    "Hanako.T@example.jp" },
	{ "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ", "hanako@example.jp",
	    "hanako@example.jp" },
	{ "hanako＠example。jp", "hanako@example.jp", "hanako@example.jp" },
	{ "hanako－t＠example．jp", "hanako-t@example.jp",
	    "hanako-t@example.jp" },
	{ "mailto:hanako@example.jp", "hanako@example.jp",
	    "hanako@example.jp" },
	{ "<hanako@example.jp>", "hanako@example.jp", "hanako@example.jp" },
	{ "＜hanako@example.jp＞", "hanako@example.jp", "hanako@example.jp" },
	{ "a..b.@docomo.example.jp", "a..b.@docomo.example.jp",
	    "\"a..b.\"@docomo.example.jp" },
	{ ".a@example.jp", ".a@example.jp", "\".a\"@example.jp" },
	{ "a.@example.jp", "a.@example.jp", "\"a.\"@example.jp" },
	{ "-a-@example.jp", "-a-@example.jp", "-a-@example.jp" },
	{ "a+b_c%d/e=f?g@example.jp", "a+b_c%d/e=f?g@example.jp",
	    "a+b_c%d/e=f?g@example.jp" },
	{ "a@b.c-d.example", "a@b.c-d.example", "a@b.c-d.example" },
	{ "a@123.example.jp", "a@123.example.jp", "a@123.example.jp" },
};

static const struct {
	const char *in;
	enum hc_status rc;
	const char *words;
} bad[] = {
	{ "", HC_NOTFOUND, "" },
	{ " 　\n", HC_NOTFOUND, "" },
	{ "hanako", HC_INVALID, "no '@' in the e-mail address: 'hanako'" },
	{ "@example.jp", HC_INVALID, "nothing before the '@': "
	    "'@example.jp'" },
	{ "a@b@example.jp", HC_INVALID, "more than one '@' in the e-mail "
	    "address: 'a@b@example.jp'" },
	{ "hanako@example", HC_INVALID, "no proper domain behind the '@': "
	    "'hanako@example'" },
	{ "a@example..jp", HC_INVALID, "no proper domain behind the '@': "
	    "'a@example..jp'" },
	{ "a@.jp", HC_INVALID, "no proper domain behind the '@': 'a@.jp'" },
	{ "a@example.jp.", HC_INVALID, "no proper domain behind the '@': "
	    "'a@example.jp.'" },
	{ "a@-b.jp", HC_INVALID, "no proper domain behind the '@': "
	    "'a@-b.jp'" },
	{ "a@b-.jp", HC_INVALID, "no proper domain behind the '@': "
	    "'a@b-.jp'" },
	{ "a@192.0.2.1", HC_INVALID, "no proper domain behind the '@': "
	    "'a@192.0.2.1'" },
	{ "a@b_c.jp", HC_INVALID, "a character that no domain has: "
	    "'a@b_c.jp'" },
	{ "a b@example.jp", HC_INVALID, "a space in the e-mail address: "
	    "'a b@example.jp'" },
	{ "a@example.jp>\r\nRCPT TO:<e@x.jp", HC_INVALID, "a character that "
	    "no e-mail address has: 'a@example.jp>  RCPT TO:<e@x.jp'" },
	{ "a@example.jp\r\nDATA", HC_INVALID, "a space in the e-mail "
	    "address: 'a@example.jp  DATA'" },
	{ "a@example.jp,b@example.jp", HC_INVALID, "a character that no "
	    "e-mail address has: 'a@example.jp,b@example.jp'" },
	{ "a;b@example.jp", HC_INVALID, "a character that no e-mail address "
	    "has: 'a;b@example.jp'" },
	{ "\"a\"@example.jp", HC_INVALID, "a character that no e-mail "
	    "address has: '\"a\"@example.jp'" },
	{ "a\\b@example.jp", HC_INVALID, "a character that no e-mail address "
	    "has: 'a\\b@example.jp'" },
	{ "花子@example.jp", HC_INVALID, "a character that no e-mail address "
	    "has: '花子@example.jp'" },
	{ "a@例え.jp", HC_INVALID, "a character that no e-mail address has: "
	    "'a@例え.jp'" },
	{ "a\x7f@example.jp", HC_INVALID, "a character that no e-mail "
	    "address has: 'a @example.jp'" },
	{ "a\xff@example.jp", HC_INVALID, "a character that no e-mail "
	    "address has: 'a?@example.jp'" },
	{ "Hanako <a@example.jp>", HC_INVALID, "a space in the e-mail "
	    "address: 'Hanako <a@example.jp>'" },
	{ TEN TEN TEN TEN TEN TEN "12345@example.jp", HC_INVALID,
	    "too long an e-mail address: '" TEN TEN TEN TEN TEN TEN
	    "12345@example.jp'" },
	{ "なし", HC_INVALID, "a character that no e-mail address has: "
	    "'なし'" },
};

static void
test_good(void **state)
{
	struct hc_buf out = HC_BUF_INIT, quoted = HC_BUF_INIT;
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < N(good); i++) {
		hc_buf_clear(&out);
		hc_buf_clear(&quoted);
		if (hc_email_check(&out, good[i].in, &err) != HC_OK)
			fail_msg("%s", err.text);
		assert_string_equal(hc_buf_text(&out), good[i].address);
		hc_mime_address_put(&quoted, hc_buf_text(&out));
		assert_string_equal(hc_buf_text(&quoted), good[i].quoted);
	}
	hc_buf_free(&out);
	hc_buf_free(&quoted);
}

static void
test_bad(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < N(bad); i++) {
		err.text[0] = '\0';
		assert_int_equal(hc_email_check(&out, bad[i].in, &err),
		    bad[i].rc);
		assert_string_equal(err.text, bad[i].words);
		assert_string_equal(hc_buf_text(&out), "");
	}
	hc_buf_free(&out);
}

/* The longest that may be: 64 and 189 with '@' between. */
static void
test_lengths(void **state)
{
	struct hc_buf in = HC_BUF_INIT, out = HC_BUF_INIT;
	int i;

	(void)state;
	hc_buf_puts(&in, TEN TEN TEN TEN TEN TEN "1234@");
	for (i = 0; i < 17; i++)
		hc_buf_puts(&in, TEN ".");
	hc_buf_puts(&in, "ab");
	assert_int_equal(in.len, 254);
	assert_int_equal(hc_email_check(&out, in.data, NULL), HC_OK);
	hc_buf_putc(&in, 'c');
	assert_int_equal(hc_email_check(&out, in.data, NULL), HC_INVALID);
	hc_buf_clear(&in);
	for (i = 0; i < 63; i++)
		hc_buf_putc(&in, 'a');
	hc_buf_puts(&in, ".jp");
	hc_buf_clear(&out);
	hc_buf_printf(&out, "a@%s", in.data);
	assert_int_equal(hc_email_check(&in, out.data, NULL), HC_OK);
	hc_buf_clear(&in);
	hc_buf_printf(&in, "a@b%s", out.data + 2);
	assert_int_equal(hc_email_check(&out, in.data, NULL), HC_INVALID);
	hc_buf_free(&in);
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
