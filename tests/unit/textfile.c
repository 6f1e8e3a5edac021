/*
 * Text files larger than a block, in every encoding: the same text comes out,
 * characters on the borders of blocks whole, and faults by their lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <iconv.h>

#include "base/buf.h"
#include "base/file.h"

#include "base/textfile.h"

#define LINES 60000	/* of 51 bytes and more: three blocks */

/* Put ${text} in the encoding ${to} into ${out}. */
static void
encode(const char *to, const struct hc_buf *text, struct hc_buf *out)
{
	iconv_t cd = iconv_open(to, "UTF-8");
	char block[65536], *in = text->data, *at;
	size_t left = text->len, room;

	assert_true(cd != (iconv_t)-1);
	hc_buf_clear(out);
	while (left > 0) {
		at = block;
		room = sizeof(block);
		iconv(cd, &in, &left, &at, &room);
		hc_buf_add(out, block, sizeof(block) - room);
	}
	at = block;
	room = sizeof(block);
	iconv(cd, NULL, NULL, &at, &room);
	hc_buf_add(out, block, sizeof(block) - room);
	iconv_close(cd);
}

static int
file_of(const struct hc_buf *bytes)
{
	int fd = hc_file_unnamed("/tmp");

	assert_int_not_equal(fd, -1);
	assert_int_equal(hc_file_write(fd, bytes->data, bytes->len), 0);
	return fd;
}

static void
make_text(struct hc_buf *text, const char *newline)
{
	int i;

	for (i = 0; i < LINES; i++)
		hc_buf_printf(text, "%d,見本　一郎,神奈川県,ﾐﾎﾝ,%s%s", i,
		    i % 7 ? "発熱、咳" : "", newline);
}

static void
check(const char *name, const struct hc_buf *bytes,
    const struct hc_buf *text, enum hc_charset charset)
{
	struct hc_textfile file;
	struct hc_error err = { "" };
	int fd = file_of(bytes);
	char *got;

	if (hc_textfile_open(&file, fd, "/tmp", "t", &err) != HC_OK)
		fail_msg("%s: %s", name, err.text);
	assert_int_equal(file.charset, charset);
	assert_int_equal(lseek(file.fd, 0, SEEK_END), text->len);
	assert_non_null(got = malloc(text->len));
	assert_int_equal(pread(file.fd, got, text->len, 0), text->len);
	assert_memory_equal(got, text->data, text->len);
	free(got);
	hc_textfile_close(&file);
	close(fd);
}

static void
test_encodings(void **state)
{
	static const struct {
		const char *name, *newline;
		enum hc_charset charset;
	} cases[] = {
		{ "UTF-8", "\n", HC_CHARSET_UTF8 },
		{ "UTF-8", "\r", HC_CHARSET_UTF8 },
		{ "CP932", "\r\n", HC_CHARSET_CP932 },
		{ "CP932", ";", HC_CHARSET_CP932 },
		{ "EUC-JP-MS", "\n", HC_CHARSET_EUCJP },
		{ "UTF-16LE", "\r\n", HC_CHARSET_UTF16LE },
		{ "UTF-16BE", "\n", HC_CHARSET_UTF16BE },
	};
	struct hc_buf text = HC_BUF_INIT, bytes = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		hc_buf_clear(&text);
		make_text(&text, cases[i].newline);
		encode(cases[i].name, &text, &bytes);
		assert_true(bytes.len > 2 << 20);
		check(cases[i].name, &bytes, &text, cases[i].charset);
	}
	hc_buf_free(&text);
	hc_buf_free(&bytes);
}

/* A broken character far behind is told by its line, with all others. */
static void
test_faults(void **state)
{
	struct hc_buf text = HC_BUF_INIT, bytes = HC_BUF_INIT;
	struct hc_textfile file;
	struct hc_error err;
	int fd;

	(void)state;
	make_text(&text, "\r\n");
	encode("CP932", &text, &bytes);
	hc_buf_puts(&bytes, "60000,\x81\r\n60001,\xfd,x\r\n");
	fd = file_of(&bytes);
	assert_int_equal(hc_textfile_open(&file, fd, "/tmp", "t", &err),
	    HC_INVALID);
	assert_non_null(strstr(err.text, "t:60001: the bytes 81 at character "
	    "7 are no CP932 text (2 such places)"));
	hc_textfile_close(&file);
	close(fd);
	assert_int_equal(hc_textfile_open(&file, -1, "/tmp", "t", &err),
	    HC_IO);
	hc_textfile_close(&file);
	hc_buf_free(&text);
	hc_buf_free(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
