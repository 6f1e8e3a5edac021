/* Files that are whole, and stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static void
holds(const char *path, const char *text)
{
	char bytes[100];
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, bytes, sizeof(bytes) - 1);

	assert_true(n >= 0);
	bytes[n] = '\0';
	assert_string_equal(bytes, text);
	close(fd);
}

static void
append(const char *path, const char *text)
{
	int fd = open(path, O_RDWR | O_APPEND | O_CREAT, 0600);

	assert_int_equal(hc_file_append(fd, text, strlen(text)), 0);
	close(fd);
}

static void
lines(void **state)
{
	int fd;

	(void)state;
	append("log", "one\n");
	append("log", "two");
	holds("log", "one\ntwo");
	append("log", "three\n");
	holds("log", "one\ntwo\nthree\n");
	unlink("log");
	/* A full disk. */
	if ((fd = open("/dev/full", O_WRONLY)) != -1) {
		assert_int_equal(hc_file_write(fd, "x", 1), -1);
		assert_int_equal(errno, ENOSPC);
		close(fd);
	}
}

static void
places(void **state)
{
	static const char *const names[] = { "new", "./new" };
	struct hc_buf name = HC_BUF_INIT;
	struct stat st;
	size_t i;
	int fd;

	(void)state;
	for (i = 0; i < 2; i++) {
		fd = hc_file_beside(names[i], &name);
		assert_true(fd != -1);
		assert_int_equal(fstat(fd, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		assert_non_null(strstr(hc_buf_text(&name), ".new."));
		assert_int_equal(hc_file_write(fd, "whole", 5), 0);
		close(fd);
		assert_int_equal(hc_file_place(hc_buf_text(&name), names[i]),
		    0);
		holds("new", "whole");
		/* What is there stays. */
		fd = hc_file_beside(names[i], &name);
		close(fd);
		assert_int_equal(hc_file_place(hc_buf_text(&name), names[i]),
		    -1);
		assert_int_equal(errno, EEXIST);
		holds("new", "whole");
		unlink(hc_buf_text(&name));
		unlink("new");
	}
	hc_buf_free(&name);
	errno = 0;
	assert_int_equal(hc_file_beside("no/such", &name), -1);
	assert_int_equal(errno, ENOENT);
	hc_buf_free(&name);
}

static void
unnamed(void **state)
{
	struct stat st;
	int fd = hc_file_unnamed(".");

	(void)state;
	assert_true(fd != -1);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_nlink, 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	close(fd);
	assert_int_equal(hc_file_unnamed("no/such"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(places),
		cmocka_unit_test(unnamed),
	};
	char folder[] = "/tmp/hc-file.XXXXXX";
	int failed;

	if (mkdtemp(folder) == NULL || chdir(folder) == -1)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(folder);
	return failed;
}
