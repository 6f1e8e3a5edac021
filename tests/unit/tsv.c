/* hc-tsv(5): what the reader takes and refuses, and that rows survive. */
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

#include "base/tsv.h"

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

/* What the reader makes of it: cells in [], ~ for absent, ! for an error. */
static void
dump(struct hc_tsv_reader *r, enum hc_status rc, struct hc_buf *out)
{
	int i;

	if (rc != HC_OK) {
		hc_buf_printf(out, "!%s", hc_tsv_error(r));
		return;
	}
	for (i = 0; i < hc_tsv_columns(r); i++)
		hc_buf_printf(out, "<%s>", hc_tsv_name(r, i));
	while ((rc = hc_tsv_next(r)) != HC_NOTFOUND) {
		hc_buf_printf(out, " %lu", hc_tsv_line(r));
		if (rc != HC_OK) {
			hc_buf_printf(out, "!%s", hc_tsv_error(r));
			if (rc != HC_INVALID)
				return;
			continue;
		}
		for (i = 0; i < hc_tsv_columns(r); i++)
			if (hc_tsv_get(r, i) == NULL)
				hc_buf_puts(out, "~");
			else
				hc_buf_printf(out, "[%s]", hc_tsv_get(r, i));
	}
}

#define BAD_ESCAPE "unknown escape: only \\t, \\n, \\r and \\\\ may " \
	"follow a backslash"
#define BARE_CR "holds a carriage return that is not written as \\r"

static const struct {
	const char *name, *input, *wanted;
	size_t len;		/* where the input holds a NUL; else 0 */
} cases[] = {
	/* What is taken. */
	{ "nothing", "", "", 0 },
	{ "a BOM alone", "\xef\xbb\xbf", "", 0 },
	{ "no rows", "id\tname\n", "<id><name>", 0 },
	{ "no newline at all", "id\tname", "<id><name>", 0 },
	{ "one row", "id\tname\n1\t高橋\n", "<id><name> 2[1][高橋]", 0 },
	{ "no last newline", "a\tb\n1\t2", "<a><b> 2[1][2]", 0 },
	{ "CRLF", "a\tb\r\n1\t2\r\n", "<a><b> 2[1][2]", 0 },
	{ "CR at the very end", "a\tb\r\n1\t2\r", "<a><b> 2[1][2]", 0 },
	{ "BOM", "\xef\xbb\xbf" "a\tb\n1\t2\n", "<a><b> 2[1][2]", 0 },
	{ "absent", "a\tb\tc\n\t\\N\t\n", "<a><b><c> 2~~~", 0 },
	{ "escapes", "a\tb\n\\t\\n\\r\\\\\tx\\\\ny\n",
	    "<a><b> 2[\t\n\r\\][x\\ny]", 0 },
	{ "a real \\N", "a\tb\n\\\\N\t2\n", "<a><b> 2[\\N][2]", 0 },
	{ "quotes mean nothing", "a\tb\n\"1\t2\"\n",
	    "<a><b> 2[\"1][2\"]", 0 },
	{ "spaces stay", "a\tb\n 1 \t \n", "<a><b> 2[ 1 ][ ]", 0 },
	{ "one column", "a\n1\n2\n", "<a> 2[1] 3[2]", 0 },
	{ "other controls", "a\tb\n\033\t\177\n", "<a><b> 2[\033][\177]", 0 },
	/* What is refused, and that the next row is read all the same. */
	{ "too few fields", "a\tb\n1\n3\t4\n",
	    "<a><b> 2!t:2: 1 fields, but the header line has 2 3[3][4]", 0 },
	{ "too many fields", "a\tb\n1\t2\t3\n",
	    "<a><b> 2!t:2: 3 fields, but the header line has 2", 0 },
	{ "an empty line", "a\tb\n\n1\t2\n",
	    "<a><b> 2!t:2: is an empty line 3[1][2]", 0 },
	{ "an empty line of one column", "a\n\n1\n",
	    "<a> 2!t:2: is an empty line 3[1]", 0 },
	{ "unknown escape", "a\tb\n1\t\\x\n3\t4\n",
	    "<a><b> 2!t:2: field 'b': " BAD_ESCAPE " 3[3][4]", 0 },
	{ "backslash at the end", "a\tb\nx\\\t1\n",
	    "<a><b> 2!t:2: field 'a': " BAD_ESCAPE, 0 },
	{ "\\N with more", "a\tb\n\\Nx\t1\n",
	    "<a><b> 2!t:2: field 'a': " BAD_ESCAPE, 0 },
	{ "bare CR", "a\tb\n1\r2\t3\n", "<a><b> 2!t:2: " BARE_CR, 0 },
	{ "lines that end in CR", "a\tb\r1\t2\r", "!t:1: " BARE_CR, 0 },
	{ "NUL", "a\tb\n1\0\t2\n", "<a><b> 2!t:2: holds a NUL byte", 9 },
	{ "NUL in the header", "a\0\tb\n", "!t:1: holds a NUL byte", 5 },
	{ "overlong", "a\tb\n\xc0\xaf\t1\n",
	    "<a><b> 2!t:2: is not valid UTF-8", 0 },
	{ "surrogate", "a\tb\n\xed\xa0\x80\t1\n",
	    "<a><b> 2!t:2: is not valid UTF-8", 0 },
	{ "CP932", "a\tb\n\x8d\x82\x8b\xb4\t1\n",
	    "<a><b> 2!t:2: is not valid UTF-8", 0 },
	{ "double name", "a\tb\ta\n", "!t:1: column 'a' stands twice", 0 },
	{ "no name", "a\t\tb\n", "!t:1: column 2 has no name", 0 },
	{ "empty header", "\n1\t2\n", "!t:1: column 1 has no name", 0 },
	{ "BOM and an empty header", "\xef\xbb\xbf\n1\n",
	    "!t:1: column 1 has no name", 0 },
	{ "bad header", "a\t\\q\n", "!t:1: field 2: " BAD_ESCAPE, 0 },
};

static void
test_cases(void **state)
{
	struct hc_tsv_reader *r;
	struct hc_buf got = HC_BUF_INIT;
	enum hc_status rc;
	size_t i, len;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		len = cases[i].len > 0 ? cases[i].len :
		    strlen(cases[i].input);
		rc = hc_tsv_open_bytes(&r, cases[i].input, len, "t");
		hc_buf_clear(&got);
		dump(r, rc, &got);
		hc_tsv_close(r);
		if (strcmp(hc_buf_text(&got), cases[i].wanted) != 0)
			fail_msg("%s: got '%s', wanted '%s'", cases[i].name,
			    hc_buf_text(&got), cases[i].wanted);
	}
	hc_buf_free(&got);
}

static void
test_columns(void **state)
{
	struct hc_tsv_reader *r;
	const char text[] = "person\tname\n12\t\n";

	(void)state;
	assert_int_equal(hc_tsv_open_bytes(&r, text, strlen(text), "t"),
	    HC_OK);
	assert_int_equal(hc_tsv_column(r, "name"), 1);
	assert_int_equal(hc_tsv_column(r, "nam"), -1);
	assert_null(hc_tsv_name(r, 2));
	assert_int_equal(hc_tsv_next(r), HC_OK);
	assert_string_equal(hc_tsv_get(r, 0), "12");
	assert_null(hc_tsv_get(r, hc_tsv_column(r, "none")));
	assert_null(hc_tsv_get(r, 2));
	assert_int_equal(hc_tsv_next(r), HC_NOTFOUND);
	assert_int_equal(hc_tsv_next(r), HC_NOTFOUND);
	hc_tsv_close(r);
}

/* A row of one cell of ${len} letters before "\t2\n3\t4\n". */
static char *
long_row(size_t len, size_t *total)
{
	static const char head[] = "a\tb\n", tail[] = "\t2\n3\t4\n";
	char *text = malloc(len + sizeof(head) + sizeof(tail));

	assert_non_null(text);
	memcpy(text, head, 4);
	memset(text + 4, 'x', len);
	memcpy(text + 4 + len, tail, 7);
	*total = len + 11;
	return text;
}

static void
test_limits(void **state)
{
	static const struct {
		size_t len;
		enum hc_status wanted;
	} lengths[] = {
		{ HC_TSV_CELL_MAX, HC_OK },
		{ HC_TSV_CELL_MAX + 1, HC_INVALID },
		{ HC_TSV_ROW_MAX - 2, HC_INVALID },
		{ HC_TSV_ROW_MAX + 1, HC_INVALID },
		{ HC_TSV_ROW_MAX * 10, HC_INVALID },
	};
	struct hc_tsv_reader *r;
	size_t i, len;
	char *text;

	(void)state;
	for (i = 0; i < LEN(lengths); i++) {
		text = long_row(lengths[i].len, &len);
		assert_int_equal(hc_tsv_open_bytes(&r, text, len, "t"), HC_OK);
		assert_int_equal(hc_tsv_next(r), lengths[i].wanted);
		assert_int_equal(hc_tsv_line(r), 2);
		assert_int_equal(hc_tsv_next(r), HC_OK);
		assert_int_equal(hc_tsv_line(r), 3);
		assert_string_equal(hc_tsv_get(r, 0), "3");
		assert_int_equal(hc_tsv_next(r), HC_NOTFOUND);
		hc_tsv_close(r);
		free(text);
	}
}

static void
test_too_many_columns(void **state)
{
	struct hc_buf text = HC_BUF_INIT;
	struct hc_tsv_reader *r;
	int i;

	(void)state;
	for (i = 0; i <= HC_TSV_COLUMNS_MAX; i++)
		hc_buf_printf(&text, "c%d%c", i,
		    i == HC_TSV_COLUMNS_MAX ? '\n' : '\t');
	assert_int_equal(hc_tsv_open_bytes(&r, text.data, text.len, "t"),
	    HC_INVALID);
	assert_string_equal(hc_tsv_error(r), "t:1: has too many columns");
	assert_int_equal(hc_tsv_next(r), HC_INVALID);
	hc_tsv_close(r);
	hc_buf_free(&text);
}

static void
test_unreadable(void **state)
{
	struct hc_tsv_reader *r;

	(void)state;
	assert_int_equal(hc_tsv_open(&r, 1000, "gone"), HC_IO);
	assert_string_equal(hc_tsv_error(r),
	    "cannot read 'gone': Bad file descriptor");
	assert_int_equal(hc_tsv_next(r), HC_IO);
	hc_tsv_close(r);
	hc_tsv_close(NULL);
	assert_int_equal(hc_tsv_open_bytes(&r, NULL, 0, "t"), HC_OK);
	assert_int_equal(hc_tsv_next(r), HC_NOTFOUND);
	hc_tsv_close(r);
}

/* Rows that come in small pieces through a pipe. */
static void
test_pipe(void **state)
{
	static const char text[] = "a\tb\n1\t\xe9\xab\x98\xe6\xa9\x8b\n";
	struct hc_tsv_reader *r;
	int fd[2];
	size_t i;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	for (i = 0; i < strlen(text); i++)
		assert_int_equal(write(fd[1], text + i, 1), 1);
	close(fd[1]);
	assert_int_equal(hc_tsv_open(&r, fd[0], "-"), HC_OK);
	assert_int_equal(hc_tsv_next(r), HC_OK);
	assert_string_equal(hc_tsv_get(r, 1), "高橋");
	assert_int_equal(hc_tsv_next(r), HC_NOTFOUND);
	hc_tsv_close(r);
	close(fd[0]);
}

/* A row is read before the next one is written. */
static void
test_streaming(void **state)
{
	struct hc_tsv_reader *r;
	int fd[2];

	(void)state;
	assert_int_equal(pipe(fd), 0);
	assert_int_equal(write(fd[1], "a\tb\n1\t2\n", 8), 8);
	assert_int_equal(hc_tsv_open(&r, fd[0], "-"), HC_OK);
	assert_int_equal(hc_tsv_next(r), HC_OK);
	assert_string_equal(hc_tsv_get(r, 1), "2");
	assert_int_equal(write(fd[1], "3\t4\n", 4), 4);
	assert_int_equal(hc_tsv_next(r), HC_OK);
	assert_string_equal(hc_tsv_get(r, 1), "4");
	close(fd[1]);
	assert_int_equal(hc_tsv_next(r), HC_NOTFOUND);
	hc_tsv_close(r);
	close(fd[0]);
}

static void
test_writer(void **state)
{
	static const char *const names[] = { "person", "note" };
	struct hc_tsv_writer w;
	struct hc_error err;
	char *text;
	size_t len;
	FILE *file = open_memstream(&text, &len);

	(void)state;
	assert_non_null(file);
	hc_tsv_write_begin(&w, file, names, 2);
	hc_tsv_write_cell(&w, "-12");
	hc_tsv_write_cell(&w, "a\tb\nc\rd\\e\"");
	hc_tsv_write_row(&w);
	hc_tsv_write_cell(&w, NULL);
	hc_tsv_write_cell(&w, "");
	hc_tsv_write_row(&w);
	assert_int_equal(hc_tsv_write_end(&w, &err), HC_OK);
	fclose(file);
	assert_string_equal(text,
	    "person\tnote\n-12\ta\\tb\\nc\\rd\\\\e\"\n\t\n");
	free(text);
}

/* Misuse goes out as an error, never as a ragged row. */
static void
test_writer_misuse(void **state)
{
	static const char *const names[] = { "person", "note" };
	struct hc_tsv_writer w;
	struct hc_error err;
	char *text;
	size_t len;
	FILE *file;
	int cells, i;

	(void)state;
	for (cells = 1; cells <= 3; cells += 2) {
		file = open_memstream(&text, &len);
		hc_tsv_write_begin(&w, file, names, 2);
		for (i = 0; i < cells; i++)
			hc_tsv_write_cell(&w, "1");
		hc_tsv_write_row(&w);
		assert_int_equal(hc_tsv_write_end(&w, &err), HC_ERROR);
		fclose(file);
		assert_string_equal(text, "person\tnote\n");
		free(text);
	}
	file = open_memstream(&text, &len);
	hc_tsv_write_begin(&w, file, names, 1);
	assert_int_equal(hc_tsv_write_end(&w, &err), HC_ERROR);
	fclose(file);
	free(text);
}

static enum hc_status
write_many(FILE *file, struct hc_error *err)
{
	static const char *const names[] = { "a", "b" };
	struct hc_tsv_writer w;
	int i;

	hc_tsv_write_begin(&w, file, names, 2);
	for (i = 0; i < 100000; i++) {
		hc_tsv_write_cell(&w, "1");
		hc_tsv_write_cell(&w, "x");
		hc_tsv_write_row(&w);
	}
	return hc_tsv_write_end(&w, err);
}

static void
test_writer_failures(void **state)
{
	struct hc_error err;
	FILE *file;
	int fd[2];

	(void)state;
	assert_non_null(file = fopen("/dev/full", "w"));
	assert_int_equal(write_many(file, &err), HC_IO);
	assert_string_equal(err.text,
	    "cannot write: No space left on device");
	fclose(file);

	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(fd), 0);
	close(fd[0]);
	assert_non_null(file = fdopen(fd[1], "w"));
	assert_int_equal(write_many(file, &err), HC_UNAVAILABLE);
	fclose(file);
}

/* A small generator of its own, so that a failure can be had again. */
static uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void
random_cell(uint64_t *seed, struct hc_buf *cell)
{
	static const char *const pieces[] = { "\t", "\n", "\r", "\\", "\\N",
		"t", "n", "r", "N", "\"", " ", "'", ",", "\r\n", "高", "ｶﾞ",
		"\xf0\xa0\xae\xb7", "\xe2\x80\xa8", "\033", "0", "=" };
	size_t n = next_random(seed) % 8;

	hc_buf_clear(cell);
	while (n-- > 0)
		hc_buf_puts(cell, pieces[next_random(seed) % LEN(pieces)]);
}

/* parse(print(x)) == x; TSV_CELLS in the environment sets how many. */
static void
test_round_trip(void **state)
{
	static const char *const names[] = { "a", "b", "c" };
	const char *wanted_cells = getenv("TSV_CELLS");
	size_t i, len, n = wanted_cells != NULL ?
	    strtoul(wanted_cells, NULL, 10) : 200000;
	uint64_t seed = 20201225, again = seed;
	struct hc_buf cell = HC_BUF_INIT;
	struct hc_tsv_writer w;
	struct hc_tsv_reader *r;
	struct hc_error err;
	char *text;
	FILE *file = open_memstream(&text, &len);

	(void)state;
	n -= n % 3;
	hc_tsv_write_begin(&w, file, names, 3);
	for (i = 0; i < n; i++) {
		random_cell(&seed, &cell);
		hc_tsv_write_cell(&w, hc_buf_text(&cell));
		if (i % 3 == 2)
			hc_tsv_write_row(&w);
	}
	assert_int_equal(hc_tsv_write_end(&w, &err), HC_OK);
	fclose(file);
	assert_int_equal(hc_tsv_open_bytes(&r, text, len, "t"), HC_OK);
	for (i = 0; i < n; i++) {
		if (i % 3 == 0)
			assert_int_equal(hc_tsv_next(r), HC_OK);
		random_cell(&again, &cell);
		if (cell.len == 0)
			assert_null(hc_tsv_get(r, (int)(i % 3)));
		else
			assert_string_equal(hc_tsv_get(r, (int)(i % 3)),
			    hc_buf_text(&cell));
	}
	assert_int_equal(hc_tsv_next(r), HC_NOTFOUND);
	hc_tsv_close(r);
	free(text);
	hc_buf_free(&cell);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_too_many_columns),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_streaming),
		cmocka_unit_test(test_writer),
		cmocka_unit_test(test_writer_misuse),
		cmocka_unit_test(test_writer_failures),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
