/* CSV as offices have it; the suites of others where they are at hand. */
#include <dirent.h>
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
#include <jansson.h>

#include "base/csv.h"

#define LEN(array) (sizeof(array) / sizeof((array)[0]))
#define SUITE "../shared/data/csv-suite/"

/* Records as LINE[field][field], LINE!words for a refused one. */
static void
dump(struct hc_csv_reader *r, bool lines, struct hc_buf *out)
{
	enum hc_status rc;
	size_t i;

	hc_buf_clear(out);
	while ((rc = hc_csv_next(r)) != HC_NOTFOUND) {
		assert_int_not_equal(rc, HC_NOMEM);
		if (lines)
			hc_buf_printf(out, "%zu", hc_csv_line(r));
		if (rc == HC_INVALID)
			hc_buf_printf(out, "!%s", hc_csv_error(r));
		for (i = 0; i < hc_csv_fields(r); i++)
			hc_buf_printf(out, "[%s]", hc_csv_get(r, i));
		assert_null(hc_csv_get(r, i));
		hc_buf_putc(out, ' ');
	}
	if (out->len > 0)
		hc_buf_cut(out, out->len - 1);
}

#define AFTER "something stands between a closing quote and the next field"
#define UNCLOSED "the quote that is opened here is never closed"

static const struct {
	const char *name, *input, *wanted;
	size_t len;		/* where the input holds a NUL; else 0 */
} cases[] = {
	{ "nothing", "", "", 0 },
	{ "a BOM alone", "\xef\xbb\xbf", "", 0 },
	{ "one field", "a", "1[a]", 0 },
	{ "BOM", "\xef\xbb\xbf" "a,b\n", "1[a][b]", 0 },
	{ "BOM before a quote", "\xef\xbb\xbf\"a,b\"\n", "1[a,b]", 0 },
	{ "LF", "a,b\nc,d\n", "1[a][b] 2[c][d]", 0 },
	{ "CRLF", "a,b\r\nc,d\r\n", "1[a][b] 2[c][d]", 0 },
	{ "CR", "a,b\rc,d\r", "1[a][b] 2[c][d]", 0 },
	{ "CR, no last one", "a,b\rc,d", "1[a][b] 2[c][d]", 0 },
	{ "mixed ends", "a\r\nb\nc\rd\n\re", "1[a] 2[b] 3[c] 4[d] 6[e]", 0 },
	{ "blank lines count", "\n\na\n\r\n\nb\n\n", "3[a] 6[b]", 0 },
	{ "spaces are kept", " a , b \n", "1[ a ][ b ]", 0 },
	{ "a line of spaces", "a\n  \nb\n", "1[a] 2[  ] 3[b]", 0 },
	{ "tabs are kept", "\ta\t,b\n", "1[\ta\t][b]", 0 },
	{ "spaces in quotes", "\" a \",\"\t\"\n", "1[ a ][\t]", 0 },
	{ "empty fields", ",,\n\"\",\n", "1[][][] 2[][]", 0 },
	{ "an empty quoted line", "\"\"\n", "1[]", 0 },
	{ "ragged", "a\nb,c\nd,e,f\n", "1[a] 2[b][c] 3[d][e][f]", 0 },
	{ "quotes", "\"a,b\",\"c\"\"d\",\"\"\"\"\n", "1[a,b][c\"d][\"]", 0 },
	{ "newlines in quotes", "\"a\nb\",\"c\r\nd\"\r\ne\n",
	    "1[a\nb][c\r\nd] 4[e]", 0 },
	{ "CR in quotes", "\"a\rb\"\re\r", "1[a\rb] 3[e]", 0 },
	{ "blank lines in quotes", "\"a\n\n\nb\"\nc\n", "1[a\n\n\nb] 5[c]", 0 },
	{ "quote in a field", "a\"b,c\"\nd\n", "1[a\"b][c\"] 2[d]", 0 },
	{ "quotes in a field", "5\"6\"\"7,\"x\"\n", "1[5\"6\"\"7][x]", 0 },
	{ "formulas are texts", "=1+1,-2\n", "1[=1+1][-2]", 0 },
	{ "Japanese", "氏名,住所\n\"高橋　一郎\",①㈱\n",
	    "1[氏名][住所] 2[高橋　一郎][①㈱]", 0 },
	/* What must be refused, and that reading goes on. */
	{ "NUL", "a,b\nc\0d,e\nf,g\n", "1[a][b] 2!t:2: holds a NUL byte "
	    "3[f][g]", 14 },
	{ "NUL in quotes", "\"a\n\0\"\nb\n",
	    "1!t:2: holds a NUL byte 3[b]", 8 },
	{ "unclosed", "a,b\nc,\"d\ne,f\n", "1[a][b] 2!t:2: " UNCLOSED, 0 },
	{ "unclosed later", "\"a\nb\",c,\"d\ne\n", "1!t:2: " UNCLOSED, 0 },
	{ "unclosed later 2", "\"a\nb\nc\",\"d\ne\nf\"\",", "1!t:3: "
	    UNCLOSED, 0 },
	{ "unclosed, no last newline", "\"a,b", "1!t:1: " UNCLOSED, 0 },
	{ "a quote alone", "\"", "1!t:1: " UNCLOSED, 0 },
	{ "after a quote", "\"a\"b,c\nd,e\n", "1!t:1: " AFTER " 2[d][e]", 0 },
	{ "space after a quote", "\"a\" ,b\nc\n", "1!t:1: " AFTER " 2[c]", 0 },
	{ "space before a quote", "a, \"b,c\"\nd\n",
	    "1!t:1: a space stands before a quote 2[d]", 0 },
	{ "quote forgotten above", "a,\"b\nc,\"d\"\ne,f\n",
	    "1!t:2: " AFTER " 3[e][f]", 0 },
};

static void
check(const char *name, const struct hc_buf *got, const char *wanted)
{
	if (strcmp(hc_buf_text(got), wanted) != 0)
		fail_msg("%s: got '%s', wanted '%s'", name, hc_buf_text(got),
		    wanted);
}

static void
test_cases(void **state)
{
	struct hc_csv_reader *r;
	struct hc_buf got = HC_BUF_INIT;
	size_t i, len;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		len = cases[i].len > 0 ? cases[i].len :
		    strlen(cases[i].input);
		assert_int_equal(hc_csv_open(&r, cases[i].input, len, ',',
		    "t"), HC_OK);
		dump(r, true, &got);
		hc_csv_close(r);
		check(cases[i].name, &got, cases[i].wanted);
	}
	hc_buf_free(&got);
}

static void
test_blanks(void **state)
{
	static const char text[] = "\na\n\n\"\n\"\n\n";
	struct hc_csv_reader *r;
	struct hc_buf got = HC_BUF_INIT;

	(void)state;
	assert_int_equal(hc_csv_open(&r, text, strlen(text), ',', "t"), HC_OK);
	hc_csv_set_blank(r, true);
	dump(r, true, &got);
	check("blank records", &got, "1 2[a] 3 4[\n] 6");
	assert_int_equal(hc_csv_blanks(r), 3);
	hc_csv_close(r);
	hc_buf_free(&got);
}

static void
test_last_line(void **state)
{
	static const char text[] = "a\n\"b\nc\"\n";
	struct hc_csv_reader *r;

	(void)state;
	assert_int_equal(hc_csv_open(&r, text, strlen(text), ',', "t"), HC_OK);
	assert_int_equal(hc_csv_next(r), HC_OK);
	assert_int_equal(hc_csv_next(r), HC_OK);
	assert_int_equal(hc_csv_line(r), 2);
	assert_int_equal(hc_csv_last_line(r), 3);
	hc_csv_close(r);
	assert_int_equal(hc_csv_open(&r, NULL, 0, 0, "t"), HC_OK);
	assert_int_equal(hc_csv_next(r), HC_NOTFOUND);
	hc_csv_close(r);
	assert_int_equal(hc_csv_open(&r, text, 1, 'x', "t"), HC_INVALID);
	assert_null(r);
	hc_csv_close(NULL);
}

/* One line of ${len} letters (in quotes or not), then "b". */
static void
test_limits(void **state)
{
	static const struct {
		size_t len;
		bool quoted;
		enum hc_status wanted;
	} lines[] = {
		{ HC_CSV_CELL_MAX, false, HC_OK },
		{ HC_CSV_CELL_MAX, true, HC_OK },
		{ HC_CSV_CELL_MAX + 1, false, HC_INVALID },
		{ HC_CSV_CELL_MAX + 1, true, HC_INVALID },
		{ HC_CSV_ROW_MAX + 1, false, HC_INVALID },
		{ HC_CSV_ROW_MAX * 20, true, HC_INVALID },
	};
	struct hc_csv_reader *r;
	struct hc_buf text = HC_BUF_INIT;
	size_t i, j;

	(void)state;
	for (i = 0; i < LEN(lines); i++) {
		hc_buf_clear(&text);
		if (lines[i].quoted)
			hc_buf_putc(&text, '"');
		for (j = 0; j < lines[i].len; j++)
			hc_buf_putc(&text, 'x');
		hc_buf_puts(&text, lines[i].quoted ? "\"\nb\n" : "\nb\n");
		assert_int_equal(hc_csv_open(&r, text.data, text.len, ',',
		    "t"), HC_OK);
		assert_int_equal(hc_csv_next(r), lines[i].wanted);
		assert_int_equal(hc_csv_next(r), HC_OK);
		assert_string_equal(hc_csv_get(r, 0), "b");
		assert_int_equal(hc_csv_line(r), 2);
		assert_int_equal(hc_csv_next(r), HC_NOTFOUND);
		hc_csv_close(r);
	}
	/* A million fields. */
	hc_buf_clear(&text);
	for (i = 0; i < 1000000; i++)
		hc_buf_putc(&text, ',');
	assert_int_equal(hc_csv_open(&r, text.data, text.len, ',', "t"),
	    HC_OK);
	assert_int_equal(hc_csv_next(r), HC_INVALID);
	assert_string_equal(hc_csv_error(r), "t:1: too many fields");
	hc_csv_close(r);
	hc_buf_free(&text);
}

/* An unclosed quote does not swallow a large file into one field. */
static void
test_open_quote_in_large_file(void **state)
{
	struct hc_csv_reader *r;
	struct hc_buf text = HC_BUF_INIT;
	size_t i;

	(void)state;
	hc_buf_puts(&text, "a\n\"b\n");
	for (i = 0; i < 100000; i++)
		hc_buf_printf(&text, "line %zu\n", i);
	assert_int_equal(hc_csv_open(&r, text.data, text.len, ',', "t"),
	    HC_OK);
	assert_int_equal(hc_csv_next(r), HC_OK);
	assert_int_equal(hc_csv_next(r), HC_INVALID);
	assert_int_equal(hc_csv_line(r), 2);
	assert_string_equal(hc_csv_error(r), "t:2: the quote that is opened "
	    "here is not closed, or its field is too long");
	assert_true(hc_csv_last_line(r) < 10000);
	assert_int_equal(hc_csv_next(r), HC_OK);
	hc_csv_close(r);
	hc_buf_free(&text);
}

static const struct {
	const char *input;
	int wanted;
} sniffs[] = {
	{ "", ',' },
	{ "a\nb\n", ',' },
	{ "a,b\n1,2\n", ',' },
	{ "a\tb\n1\t2\n", '\t' },
	{ "a;b\n1;2\n", ';' },
	{ "a|b\n1|2\n", '|' },
	{ "a\tb\n1,000\t2,000\n3,000\t4,000\n", '\t' },
	{ "a,b\n1;2,3\n4;5,6\n", ',' },
	{ "a;b;c\n1,5;2,5;x\n3,5;4,5;y\n", ';' },
	{ "title\n\nnote: x\na\tb\tc\n1\t2\t3\n4\t5\t6\n7\t8\t9\n", '\t' },
	{ "\"a;b\",\"c;d\"\n\"e;f\",\"g;h\"\n", ',' },
	{ "a;\"x,y\nz\"\nb;\"1,2\n3\"\n", ';' },
	{ "症状\n咳,発熱\n咳\n咳\n咳,発熱,倦怠感\n", ',' },
};

static void
test_sniff(void **state)
{
	size_t i;
	int got;

	(void)state;
	for (i = 0; i < LEN(sniffs); i++) {
		got = hc_csv_sniff(sniffs[i].input, strlen(sniffs[i].input));
		if (got != sniffs[i].wanted)
			fail_msg("'%s': '%c'", sniffs[i].input, got);
	}
}

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
	static const char *const pieces[] = { "\t", "\n", "\r", "\"", ",",
		" ", "'", "\r\n", "高", "ｶﾞ", "=", "a", "\"\"", "\xef\xbb\xbf" };
	size_t n = next_random(seed) % 6;

	hc_buf_clear(cell);
	while (n-- > 0)
		hc_buf_puts(cell, pieces[next_random(seed) % LEN(pieces)]);
}

/* parse(print(x)) == x */
static void
test_round_trip(void **state)
{
	struct hc_buf text = HC_BUF_INIT, cell = HC_BUF_INIT;
	uint64_t seed = 20210116, again = seed;
	struct hc_csv_reader *r;
	size_t i;

	(void)state;
	for (i = 0; i < 90000; i++) {
		random_cell(&seed, &cell);
		if (i == 0)
			hc_buf_puts(&text, "\xef\xbb\xbf");
		hc_csv_cell(&text, hc_buf_text(&cell));
		hc_buf_puts(&text, i % 3 == 2 ? "\r\n" : ",");
	}
	assert_int_equal(hc_csv_open(&r, text.data, text.len, ',', "t"),
	    HC_OK);
	for (i = 0; i < 90000; i++) {
		if (i % 3 == 0) {
			if (hc_csv_next(r) != HC_OK)
				fail_msg("%s", hc_csv_error(r));
			assert_int_equal(hc_csv_fields(r), 3);
		}
		random_cell(&again, &cell);
		assert_string_equal(hc_csv_get(r, i % 3), hc_buf_text(&cell));
	}
	assert_int_equal(hc_csv_next(r), HC_NOTFOUND);
	hc_csv_close(r);
	hc_buf_free(&text);
	hc_buf_free(&cell);
}

static bool
read_file(const char *path, struct hc_buf *buf)
{
	char block[4096];
	FILE *file = fopen(path, "r");
	size_t n;

	hc_buf_clear(buf);
	if (file == NULL)
		return false;
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		hc_buf_add(buf, block, n);
	fclose(file);
	return true;
}

/* One object of the JSON against one record under the header. */
static void
compare_object(const char *name, json_t *object, char **heads, size_t n,
    struct hc_csv_reader *r)
{
	const char *wanted;
	size_t i;

	if (hc_csv_next(r) != HC_OK)
		fail_msg("%s: %s", name, hc_csv_error(r));
	assert_int_equal(hc_csv_fields(r), n);
	assert_int_equal(json_object_size(object), n);
	for (i = 0; i < n; i++) {
		wanted = json_string_value(json_object_get(object, heads[i]));
		if (wanted == NULL || strcmp(wanted, hc_csv_get(r, i)) != 0)
			fail_msg("%s: %s: got '%s'", name, heads[i],
			    hc_csv_get(r, i));
	}
}

static void
compare_spectrum(const char *name, const struct hc_buf *csv, json_t *rows)
{
	struct hc_csv_reader *r;
	char *heads[64];
	size_t i, n;

	assert_int_equal(hc_csv_open(&r, csv->data, csv->len, 0, name), HC_OK);
	assert_int_equal(hc_csv_next(r), HC_OK);
	n = hc_csv_fields(r);
	assert_true(n <= LEN(heads));
	for (i = 0; i < n; i++)
		heads[i] = strdup(hc_csv_get(r, i));
	for (i = 0; i < json_array_size(rows); i++)
		compare_object(name, json_array_get(rows, i), heads, n, r);
	assert_int_equal(hc_csv_next(r), HC_NOTFOUND);
	for (i = 0; i < n; i++)
		free(heads[i]);
	hc_csv_close(r);
}

/* The copy at hand has lost its CRs; give them back. */
static void
to_crlf(struct hc_buf *buf)
{
	struct hc_buf with = HC_BUF_INIT;
	size_t i;

	if (memchr(buf->data, '\r', buf->len) != NULL)
		return;
	for (i = 0; i < buf->len; i++) {
		if (buf->data[i] == '\n')
			hc_buf_putc(&with, '\r');
		hc_buf_putc(&with, buf->data[i]);
	}
	hc_buf_free(buf);
	*buf = with;
}

static void
test_spectrum(void **state)
{
	struct hc_buf csv = HC_BUF_INIT, text = HC_BUF_INIT;
	struct dirent *entry;
	char path[512];
	json_t *rows;
	DIR *dir;
	int n = 0;

	(void)state;
	if ((dir = opendir(SUITE "csv-spectrum/csvs")) == NULL)
		skip();
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), SUITE "csv-spectrum/csvs/%s",
		    entry->d_name);
		assert_true(read_file(path, &csv));
		if (strstr(path, "_crlf") != NULL)
			to_crlf(&csv);
		snprintf(path, sizeof(path),
		    SUITE "csv-spectrum/json/%.*s.json",
		    (int)strlen(entry->d_name) - 4, entry->d_name);
		assert_true(read_file(path, &text));
		/* This one's JSON tells of another telephone number. */
		if (strncmp(entry->d_name, "location", 8) == 0)
			continue;
		rows = json_loadb(hc_buf_text(&text), text.len, 0, NULL);
		assert_non_null(rows);
		compare_spectrum(entry->d_name, &csv, rows);
		json_decref(rows);
		n++;
	}
	closedir(dir);
	assert_int_equal(n, 11);
	hc_buf_free(&csv);
	hc_buf_free(&text);
}

/*
 * JavaCsvComparison: a little YAML of lines like
 *	settings: / exceptionAllowed: true / skipEmptyLines: true /
 *	commentMode: READ
 *	input: 'A⏎"B"'
 *	records: []
 *	- [ 'A', 'B' ]
 */
struct yaml {
	bool may_refuse, skip_empty, comments, pending;
	struct hc_buf input, wanted;
	int checks;
};

/* The quoted text at ${s} with its placeholders undone; what follows it. */
static const char *
yaml_text(const char *s, const char *newline, struct hc_buf *out)
{
	static const struct {
		const char *sign, *text;
	} signs[] = { { "␍", "\r" }, { "␊", "\n" }, { "␤", "\r\n" },
		{ "␠", " " }, { "⏎", NULL } };
	char quote = *s++;
	size_t i;

	assert_true(quote == '\'' || quote == '"');
	while (*s != quote) {
		for (i = 0; i < LEN(signs); i++)
			if (strncmp(s, signs[i].sign, 3) == 0)
				break;
		if (i < LEN(signs)) {
			hc_buf_puts(out, signs[i].text != NULL ?
			    signs[i].text : newline);
			s += 3;
		} else {
			hc_buf_putc(out, *s++);
		}
	}
	return s + 1;
}

static void
yaml_record(const char *s, const char *newline, struct hc_buf *out)
{
	if (out->len > 0)
		hc_buf_putc(out, ' ');
	while ((s = strpbrk(s, "'\"")) != NULL) {
		hc_buf_putc(out, '[');
		s = yaml_text(s, newline, out);
		hc_buf_putc(out, ']');
	}
}

/* Compare what was gathered of one check. */
static void
yaml_check(const char *path, struct yaml *y)
{
	struct hc_buf got = HC_BUF_INIT;
	struct hc_csv_reader *r;

	assert_int_equal(hc_csv_open(&r, hc_buf_text(&y->input),
	    y->input.len, ',', "t"), HC_OK);
	hc_csv_set_blank(r, !y->skip_empty);
	dump(r, false, &got);
	/* A blank line is a record without fields here, one empty one there. */
	if (strcmp(hc_buf_text(&got), " [D]") == 0) {
		hc_buf_clear(&got);
		hc_buf_puts(&got, "[] [D]");
	}
	if (!(y->may_refuse && strchr(hc_buf_text(&got), '!') != NULL))
		check(path, &got, hc_buf_text(&y->wanted));
	hc_csv_close(r);
	hc_buf_free(&got);
	y->checks++;
}

static void
yaml_line(const char *path, struct yaml *y, const char *line,
    const char *newline)
{
	const char *s = line + strspn(line, " ");

	if (strncmp(s, "exceptionAllowed: true", 22) == 0) {
		y->may_refuse = true;
	} else if (strncmp(s, "skipEmptyLines: true", 20) == 0) {
		y->skip_empty = true;
	} else if (strncmp(s, "commentMode: ", 13) == 0) {
		y->comments = strncmp(s + 13, "NONE", 4) != 0;
	} else if (strncmp(s, "input: ", 7) == 0) {
		hc_buf_clear(&y->input);
		hc_buf_clear(&y->wanted);
		yaml_text(s + 7, newline, &y->input);
		y->pending = true;
	} else if (strncmp(s, "- [", 3) == 0) {
		yaml_record(s + 3, newline, &y->wanted);
		return;
	}
	/* The next check, or the end: that is the end of this one. */
	if (strncmp(s, "- id:", 5) == 0 || strncmp(s, "END", 3) == 0) {
		if (!y->comments && y->pending)
			yaml_check(path, y);
		y->pending = false;
	}
}

static int
yaml_file(const char *path, const char *newline)
{
	struct yaml y = { .checks = 0 };
	struct hc_buf text = HC_BUF_INIT;
	char *line, *rest;

	assert_true(read_file(path, &text));
	hc_buf_puts(&text, "END");
	rest = text.data;
	while ((line = strsep(&rest, "\n")) != NULL)
		yaml_line(path, &y, line, newline);
	hc_buf_free(&text);
	hc_buf_free(&y.input);
	hc_buf_free(&y.wanted);
	return y.checks;
}

static void
test_comparison(void **state)
{
	static const char *const newlines[] = { "\n", "\r\n", "\r" };
	struct dirent *entry;
	char path[512];
	DIR *dir;
	size_t i;
	int checks = 0;

	(void)state;
	if ((dir = opendir(SUITE "JavaCsvComparison/tests")) == NULL)
		skip();
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), SUITE "JavaCsvComparison/tests/%s",
		    entry->d_name);
		for (i = 0; i < LEN(newlines); i++)
			checks += yaml_file(path, newlines[i]);
	}
	closedir(dir);
	/* 60 with those for comments, which hc does not know. */
	assert_int_equal(checks, 3 * 46);
}

/* A file of ${text}, which goes when it is closed. */
static int
file_of(const struct hc_buf *text)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	assert_int_equal(fwrite(text->data, 1, text->len, file), text->len);
	assert_int_equal(fflush(file), 0);
	fd = dup(fileno(file));
	fclose(file);
	return fd;
}

/*
 * Lines of all kinds lie across the borders of blocks, which are 2 MiB: the
 * same comes out as from memory.
 */
static void
test_blocks(void **state)
{
	struct hc_buf text = HC_BUF_INIT, one = HC_BUF_INIT;
	struct hc_buf two = HC_BUF_INIT;
	struct hc_csv_reader *r;
	size_t shift, i;
	int fd;

	(void)state;
	for (shift = 0; shift < 24; shift++) {
		hc_buf_clear(&text);
		while (text.len < 2 * HC_CSV_ROW_MAX - 12 - 997)
			for (i = 0; i < 997; i++)
				hc_buf_putc(&text, i == 996 ? '\n' : 'x');
		while (text.len < 2 * HC_CSV_ROW_MAX - shift)
			hc_buf_putc(&text, 'y');
		hc_buf_puts(&text, "a,b\r\nc,\"d\r\ne\",f\r\rg\n\nh,i");
		assert_int_equal(hc_csv_open(&r, text.data, text.len, ',',
		    "t"), HC_OK);
		dump(r, true, &one);
		hc_csv_close(r);
		fd = file_of(&text);
		assert_int_equal(hc_csv_open_file(&r, fd, ',', "t"), HC_OK);
		dump(r, true, &two);
		hc_csv_close(r);
		close(fd);
		assert_int_equal(one.len, two.len);
		assert_memory_equal(one.data, two.data, one.len);
	}
	hc_buf_free(&text);
	hc_buf_free(&one);
	hc_buf_free(&two);
}

/* A line that no block holds is refused, and the next one is read. */
static void
test_long_line(void **state)
{
	struct hc_buf text = HC_BUF_INIT;
	struct hc_csv_reader *r;
	int fd;

	(void)state;
	hc_buf_puts(&text, "a,b\n");
	while (text.len < 7 * HC_CSV_ROW_MAX)
		hc_buf_putc(&text, 'x');
	hc_buf_puts(&text, "\r\nc,d\n");
	fd = file_of(&text);
	assert_int_equal(hc_csv_open_file(&r, fd, 0, "t"), HC_OK);
	assert_int_equal(hc_csv_next(r), HC_OK);
	assert_int_equal(hc_csv_next(r), HC_INVALID);
	assert_string_equal(hc_csv_error(r), "t:2: the line is too long");
	assert_int_equal(hc_csv_next(r), HC_OK);
	assert_int_equal(hc_csv_line(r), 3);
	assert_string_equal(hc_csv_get(r, 1), "d");
	assert_int_equal(hc_csv_next(r), HC_NOTFOUND);
	hc_csv_close(r);
	close(fd);
	assert_int_equal(hc_csv_open_file(&r, fd, 0, "t"), HC_IO);
	assert_null(r);
	hc_buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_last_line),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_open_quote_in_large_file),
		cmocka_unit_test(test_sniff),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_spectrum),
		cmocka_unit_test(test_comparison),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_long_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
