/*
 * Tests of base/book_apart.h: readers that a hostile file has taken over.
 * The first byte of the "file" says what they do.
 */
#include <sys/socket.h>

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/book_apart.h"

static const struct hc_book_cell good[] = {
	{ .text = "保健所", .kana = "ホケンショ", .kind = HC_BOOK_TEXT },
	{ .text = "", .kind = HC_BOOK_EMPTY },
	{ .text = "2020-03-14", .kind = HC_BOOK_DATE, .merged = true },
};
static const struct hc_book_cell invalid[] = {
	{ .text = "\xff", .kind = HC_BOOK_TEXT },
};
static const struct hc_book_cell strange[] = {
	{ .text = "x", .kind = (enum hc_book_kind)99 },
};

struct fake {
	struct hc_book book;
	struct hc_book_sheet sheets[2];
	char what;
	size_t row, rows;
};

static void
use_rights(void)
{
	char text[] = "abc";
	int fd;

	fd = open("/etc/passwd", O_RDONLY);
	if (fd >= 0 || open("written", O_WRONLY | O_CREAT, 0600) >= 0 ||
	    socket(AF_INET, SOCK_STREAM, 0) >= 0 || fork() >= 0 ||
	    kill(getppid(), 0) == 0 || unlink("/tmp/none") == 0 ||
	    write(1, text, 3) >= 0 || write(2, text, 3) >= 0)
		abort();
}

static enum hc_status
fake_select(struct hc_book *book, size_t sheet)
{
	struct fake *f = (struct fake *)book;

	if (f->what == 'd')
		return hc_error_set(&book->error, HC_INVALID, "damaged %zu",
		    sheet);
	f->row = 0;
	f->rows = sheet == 0 ? 100000 : 2;
	return HC_OK;
}

static enum hc_status
fake_next(struct hc_book *book, struct hc_book_row *row)
{
	struct fake *f = (struct fake *)book;

	if (f->what == 'c' && f->row == 1)
		abort();
	if (f->what == 'n' && f->row == 1)
		return hc_error_nomem(&book->error);
	if (f->row == f->rows)
		return HC_NOTFOUND;
	*row = (struct hc_book_row){ .cells = good, .ncells = 3,
	    .number = ++f->row, .hidden = f->row == 2 };
	if (f->what == 'u') {
		row->cells = invalid;
		row->ncells = 1;
	} else if (f->what == 'k') {
		row->cells = strange;
		row->ncells = 1;
	}
	return HC_OK;
}

static bool
fake_hidden(const struct hc_book *book, size_t column)
{
	(void)book;
	return column == 1 || column == 16383;
}

static void
fake_close(struct hc_book *book)
{
	(void)book;
}

/* Write to whatever is open. */
static void
shout(const char *bytes, size_t len)
{
	int fd, sent = 0;

	for (fd = 0; fd < 20; fd++)
		sent += write(fd, bytes, len) > 0;
	if (sent == 0)
		abort();
}

static enum hc_status
fake_open(struct hc_book **book, const void *bytes, size_t len,
    struct hc_error *err)
{
	static const struct hc_book_driver driver = { fake_select,
	    fake_next, fake_hidden, fake_close };
	static struct fake f;
	volatile size_t i;

	f.what = *(const char *)bytes;
	f.book.driver = &driver;
	f.book.sheets = f.sheets;
	f.book.nsheets = len;
	f.sheets[0].name = "一";
	f.sheets[1].name = "two";
	f.sheets[1].hidden = true;
	*book = &f.book;
	switch (f.what) {
	case 'e':
		return hc_error_set(err, HC_DENIED, "no");
	case 'l':
		for (i = 0; ; i++)
			;
	case 'm':
		while (malloc(1 << 20) != NULL)
			;
		abort();
	case 'r':
		use_rights();
		break;
	case 's':
		shout("\377\377\377\377", 4);
		break;
	case 'z':
		shout("\5\0\0\0Zabcd", 9);
		break;
	case 'x':
		_exit(0);
	}
	return HC_OK;
}

static const struct hc_book_apart how = { fake_open, 64 << 20, 1 };

static void
rows(void **state)
{
	struct hc_error error = { "" };
	struct hc_book_row row;
	struct hc_book *book;
	size_t i;

	(void)state;
	assert_int_equal(hc_book_apart_open(&book, &how, "r ", 2, &error),
	    HC_OK);
	assert_int_equal(book->nsheets, 2);
	assert_string_equal(book->sheets[0].name, "一");
	assert_false(book->sheets[0].hidden);
	assert_string_equal(book->sheets[1].name, "two");
	assert_true(book->sheets[1].hidden);
	assert_int_equal(hc_book_select(book, 2), HC_NOTFOUND);
	assert_int_equal(hc_book_select(book, 0), HC_OK);
	assert_true(hc_book_hidden(book, 1));
	assert_true(hc_book_hidden(book, 16383));
	assert_false(hc_book_hidden(book, 0));
	assert_false(hc_book_hidden(book, 16384));
	for (i = 1; i <= 100000; i++) {
		assert_int_equal(hc_book_next(book, &row), HC_OK);
		assert_int_equal(row.number, i);
		assert_int_equal(row.hidden, i == 2);
		assert_int_equal(row.ncells, 3);
		assert_string_equal(row.cells[0].text, good[0].text);
		assert_string_equal(row.cells[0].kana, good[0].kana);
		assert_null(row.cells[1].kana);
		assert_int_equal(row.cells[2].kind, HC_BOOK_DATE);
		assert_true(row.cells[2].merged);
	}
	assert_int_equal(hc_book_next(book, &row), HC_NOTFOUND);
	assert_int_equal(hc_book_next(book, &row), HC_NOTFOUND);
	/* Another sheet in the middle of one, and the same again. */
	assert_int_equal(hc_book_select(book, 0), HC_OK);
	assert_int_equal(hc_book_next(book, &row), HC_OK);
	for (i = 0; i < 2; i++) {
		assert_int_equal(hc_book_select(book, 1), HC_OK);
		assert_int_equal(hc_book_next(book, &row), HC_OK);
		assert_int_equal(hc_book_next(book, &row), HC_OK);
		assert_int_equal(row.number, 2);
		assert_int_equal(hc_book_next(book, &row), HC_NOTFOUND);
	}
	hc_book_close(book);
}

static void
evil(void **state)
{
	static const char opens[] = "elmsxz", reads[] = "dckun";
	struct hc_error error;
	struct hc_book_row row;
	struct hc_book *book;
	enum hc_status rc;
	const char *p;

	(void)state;
	for (p = opens; *p != '\0'; p++) {
		error.text[0] = '\0';
		rc = hc_book_apart_open(&book, &how, p, 1, &error);
		assert_int_equal(rc, *p == 'e' ? HC_DENIED : HC_INVALID);
		assert_null(book);
		assert_string_not_equal(error.text, "");
	}
	for (p = reads; *p != '\0'; p++) {
		assert_int_equal(hc_book_apart_open(&book, &how, p, 1,
		    &error), HC_OK);
		rc = hc_book_select(book, 0);
		while (rc == HC_OK)
			rc = hc_book_next(book, &row);
		assert_int_equal(rc, *p == 'n' ? HC_NOMEM : HC_INVALID);
		assert_string_not_equal(book->error.text, "");
		assert_int_equal(hc_book_next(book, &row), HC_NOTFOUND);
		hc_book_close(book);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows),
		cmocka_unit_test(evil),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
