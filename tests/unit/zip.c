/* Zip archives: parts by name, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/zip.h"

#include "../package.h"

/* All of a part. */
static enum hc_status
load(struct hc_zip *zip, const char *name, struct hc_buf *out,
    struct hc_error *err)
{
	struct hc_zip_part *part;
	enum hc_status rc;
	char bytes[7];
	size_t got;

	hc_buf_clear(out);
	if ((rc = hc_zip_part_open(&part, zip, name, err)) != HC_OK)
		return rc;
	while ((rc = hc_zip_part_read(part, bytes, sizeof(bytes), &got,
	    err)) == HC_OK && got > 0)
		hc_buf_add(out, bytes, got);
	hc_zip_part_close(part);
	return rc;
}

static char *
sample(size_t *len)
{
	struct package p = { .count = 0 };

	package_add(&p, "xl/workbook.xml", "<workbook/>", 11);
	package_add(&p, "xl\\Sheet1.xml", "<sheet>abcdefgh</sheet>", 23);
	package_add(&p, "../../../../tmp/x", "out", 3);
	package_add(&p, "empty", "", 0);
	return package_bytes(&p, len);
}

static void
test_parts(void **state)
{
	struct hc_buf text = HC_BUF_INIT;
	struct hc_zip_part *one, *two;
	struct hc_error err = { "" };
	struct hc_zip *zip;
	size_t len, got;
	char *bytes = sample(&len), a[4], b[4];

	(void)state;
	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, &err), HC_OK);
	assert_int_equal(hc_zip_count(zip), 4);
	assert_string_equal(hc_zip_name(zip, 0), "xl/workbook.xml");
	assert_true(hc_zip_has(zip, "/xl/Workbook.XML"));
	assert_false(hc_zip_has(zip, "xl/workbook.xm"));
	assert_false(hc_zip_has(zip, "xl/workbook.xmll"));
	assert_int_equal(load(zip, "xl/workbook.xml", &text, &err), HC_OK);
	assert_string_equal(hc_buf_text(&text), "<workbook/>");
	assert_int_equal(load(zip, "xl/sheet1.xml", &text, &err), HC_OK);
	assert_string_equal(hc_buf_text(&text), "<sheet>abcdefgh</sheet>");
	assert_int_equal(load(zip, "empty", &text, &err), HC_OK);
	assert_string_equal(hc_buf_text(&text), "");
	assert_int_equal(load(zip, "none", &text, &err), HC_NOTFOUND);
	assert_string_equal(err.text, "the file has no part 'none'");

	/* Two at once. */
	assert_int_equal(hc_zip_part_open(&one, zip, "xl/workbook.xml", &err),
	    HC_OK);
	assert_int_equal(hc_zip_part_open(&two, zip, "xl/sheet1.xml", &err),
	    HC_OK);
	assert_int_equal(hc_zip_part_read(one, a, 4, &got, &err), HC_OK);
	assert_int_equal(hc_zip_part_read(two, b, 4, &got, &err), HC_OK);
	assert_memory_equal(a, "<wor", 4);
	assert_memory_equal(b, "<she", 4);
	hc_zip_part_close(one);
	hc_zip_part_close(two);
	hc_zip_close(zip);
	hc_buf_free(&text);
	free(bytes);
}

/* From a file and from a pipe. */
static void
test_fd(void **state)
{
	struct hc_buf text = HC_BUF_INIT;
	struct hc_error err = { "" };
	struct hc_zip *zip;
	int fds[2];
	size_t len;
	char *bytes = sample(&len);
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], bytes, len), len);
	close(fds[1]);
	assert_int_equal(hc_zip_open(&zip, fileno(file), &err), HC_OK);
	assert_int_equal(load(zip, "xl/workbook.xml", &text, &err), HC_OK);
	assert_string_equal(hc_buf_text(&text), "<workbook/>");
	hc_zip_close(zip);
	assert_int_equal(hc_zip_open(&zip, fds[0], &err), HC_OK);
	assert_int_equal(load(zip, "xl/workbook.xml", &text, &err), HC_OK);
	assert_string_equal(hc_buf_text(&text), "<workbook/>");
	hc_zip_close(zip);
	close(fds[0]);
	fclose(file);
	assert_int_equal(hc_zip_open(&zip, -1, &err), HC_IO);
	assert_null(zip);
	hc_buf_free(&text);
	free(bytes);
}

static void
refused(const char *bytes, size_t len, const char *words)
{
	struct hc_error err = { "" };
	struct hc_zip *zip;

	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, &err),
	    HC_INVALID);
	assert_null(zip);
	if (strstr(err.text, words) == NULL)
		fail_msg("'%s' is not in '%s'", words, err.text);
}

/* Every beginning of an archive, and no archive at all. */
static void
test_damaged(void **state)
{
	struct hc_buf text = HC_BUF_INIT;
	struct hc_error err = { "" };
	struct hc_zip *zip;
	size_t len, i;
	char *bytes = sample(&len), *at;

	(void)state;
	refused(bytes, 0, "the file is empty");
	refused("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22,
	    "the file is empty");
	for (i = 1; i < len; i++)
		refused(bytes, i, "damaged or was cut short");
	refused("<html></html>", 13, "damaged");
	/* A stored part that was changed has another checksum. */
	at = memmem(bytes, len, "<workbook/>", 11);
	assert_non_null(at);
	at[1] = 'W';
	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, &err), HC_OK);
	assert_int_equal(load(zip, "xl/workbook.xml", &text, &err),
	    HC_INVALID);
	hc_zip_close(zip);
	hc_buf_free(&text);
	free(bytes);
}

static void
put(char *at, uint32_t value, int size)
{
	for (; size > 0; size--, value >>= 8)
		*at++ = (char)(value & 0xff);
}

/* The archive's directory entry of the part ${name}, the last one made. */
static char *
entry(char *bytes, size_t len, const char *name)
{
	char *at = bytes, *found = NULL;

	while ((at = memmem(at, len - (size_t)(at - bytes), name,
	    strlen(name))) != NULL)
		found = at++;
	assert_non_null(found);
	assert_memory_equal(found - 46, "PK\1\2", 4);
	return found - 46;
}

static void
test_bombs(void **state)
{
	const size_t large = HC_ZIP_SMALL + 1;
	struct hc_buf text = HC_BUF_INIT;
	struct package p = { .count = 0 };
	struct hc_error err = { "" };
	struct hc_zip *zip;
	char *zeros = calloc(1, large), *bytes;
	size_t len;

	(void)state;
	/* A thousand to one. */
	package_add(&p, "bomb", zeros, large);
	bytes = package_bytes(&p, &len);
	refused(bytes, len, "more than 200 times");
	/* One that tells a lie about its size. */
	put(entry(bytes, len, "bomb") + 24, 1000, 4);
	put(bytes + 22, 1000, 4);
	assert_int_equal(hc_zip_open_bytes(&zip, bytes, len, &err), HC_OK);
	assert_int_equal(load(zip, "bomb", &text, &err), HC_INVALID);
	assert_true(text.len <= 1000);
	hc_zip_close(zip);
	free(bytes);
	/* Many that are each within the ratio: 5 GB of 25 MB each. */
	p.count = 0;
	package_add(&p, "a", zeros, 1);
	package_add(&p, "b", zeros, 1);
	bytes = package_bytes(&p, &len);
	for (char name[] = "a"; name[0] <= 'b'; name[0]++) {
		put(entry(bytes, len, name) + 20, 25 << 20, 4);
		put(entry(bytes, len, name) + 24, 0xfffffff0U, 4);
	}
	refused(bytes, len, "more than 4096 MB");
	free(bytes);
	free(zeros);
	hc_buf_free(&text);
}

static void
test_many(void **state)
{
	struct hc_buf list = HC_BUF_INIT;
	char end[22] = "PK\5\6", one[47] = "PK\1\2";
	size_t i;

	(void)state;
	put(one + 28, 1, 2);	/* a name of one byte */
	one[46] = 'x';
	for (i = 0; i < HC_ZIP_PARTS_MAX + 1; i++) {
		hc_buf_add(&list, one, sizeof(one));
	}
	put(end + 8, HC_ZIP_PARTS_MAX + 1, 2);
	put(end + 10, HC_ZIP_PARTS_MAX + 1, 2);
	put(end + 12, (uint32_t)list.len, 4);
	hc_buf_add(&list, end, sizeof(end));
	refused(list.data, list.len, "more than 10000 parts");
	hc_buf_free(&list);
}

static void
test_locked(void **state)
{
	size_t len;
	char *bytes = sample(&len), *at;

	(void)state;
	at = entry(bytes, len, "xl/workbook.xml");
	put(at + 8, 1, 2);
	refused(bytes, len, "locked with a password");
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_fd),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_locked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
