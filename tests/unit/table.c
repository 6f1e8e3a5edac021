/* One table in all its formats. */
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
#include <jansson.h>

#include "base/csv.h"
#include "base/formula.h"
#include "base/table.h"
#include "base/tsv.h"
#include "base/utf8.h"

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

static const struct hc_table_column columns[] = {
	{ "person", "番号", HC_TYPE_REF },
	{ "name", "氏名", HC_TYPE_TEXT },
	{ "temperature", "体温", HC_TYPE_DECIMAL },
	{ "note", NULL, HC_TYPE_TEXT },
};

static const char *const rows[][4] = {
	{ "12", "高橋 一郎", "37.5", "=1+1" },
	{ "3", "Nguyễn", NULL, "a,\"b\"\n\tc\\d" },
	{ "104", NULL, "007", "\033[8m\xc2\x9b" },
};

static struct hc_table *
make_table(size_t nrows)
{
	struct hc_table *table;
	size_t i;

	assert_int_equal(hc_table_new(&table, columns, LEN(columns)), HC_OK);
	for (i = 0; i < nrows; i++)
		assert_int_equal(hc_table_row(table, rows[i]), HC_OK);
	assert_int_equal(hc_table_rows(table), nrows);
	return table;
}

/* What is printed, for the caller to free. */
static char *
print(struct hc_table *table, const struct hc_table_options *options)
{
	struct hc_error err;
	char *text;
	size_t len;
	FILE *file = open_memstream(&text, &len);

	assert_non_null(file);
	assert_int_equal(hc_table_print(table, file, options, &err), HC_OK);
	fclose(file);
	return text;
}

static const struct {
	const char *name;
	struct hc_table_options options;
	size_t rows;
	const char *wanted;
} cases[] = {
	{ "table", { .format = HC_FORMAT_TABLE }, 3,
	    "番号  氏名       体温  note\n"
	    "----  ---------  ----  ------------\n"
	    "  12  高橋 一郎  37.5  =1+1\n"
	    "   3  Nguyễn           a,\"b\"\\n\\tc\\d\n"
	    " 104              007  \\x1b[8m\\x9b\n" },
	{ "narrow table", { .format = HC_FORMAT_TABLE, .width = 30 }, 3,
	    "番号 氏名      体温 note\n"
	    "---- --------- ---- ----------\n"
	    "  12 高橋 一郎 37.5 =1+1\n"
	    "   3 Nguyễn         a,\"b\"\\n\\t…\n"
	    " 104            007 \\x1b[8m\\x…\n" },
	{ "no rows in a table", { .format = HC_FORMAT_TABLE }, 0,
	    "番号  氏名  体温  note\n----  ----  ----  ----\n" },
	{ "tsv", { .format = HC_FORMAT_TSV }, 3,
	    "person\tname\ttemperature\tnote\n"
	    "12\t高橋 一郎\t37.5\t=1+1\n"
	    "3\tNguyễn\t\ta,\"b\"\\n\\tc\\\\d\n"
	    "104\t\t007\t\033[8m\xc2\x9b\n" },
	{ "tsv on a terminal", { .format = HC_FORMAT_TSV, .terminal = true },
	    3,
	    "person\tname\ttemperature\tnote\n"
	    "12\t高橋 一郎\t37.5\t=1+1\n"
	    "3\tNguyễn\t\ta,\"b\"\\n\\tc\\\\d\n"
	    "104\t\t007\t\\x1b[8m\\x9b\n" },
	{ "csv", { .format = HC_FORMAT_CSV }, 3,
	    "person,name,temperature,note\r\n"
	    "12,高橋 一郎,37.5,=1+1\r\n"
	    "3,Nguyễn,,\"a,\"\"b\"\"\n\tc\\d\"\r\n"
	    "104,,007,\033[8m\xc2\x9b\r\n" },
	{ "csv for Excel", { .format = HC_FORMAT_CSV, .excel = true,
	    .bom = true, .labels = true }, 2,
	    "\xef\xbb\xbf番号,氏名,体温,note\r\n"
	    "12,高橋 一郎,37.5,'=1+1\r\n"
	    "3,Nguyễn,,\"a,\"\"b\"\"\n\tc\\d\"\r\n" },
	{ "json", { .format = HC_FORMAT_JSON }, 3,
	    "[\n{\"person\":12,\"name\":\"高橋 一郎\",\"temperature\":37.5,"
	    "\"note\":\"=1+1\"},\n"
	    "{\"person\":3,\"name\":\"Nguyễn\",\"temperature\":null,"
	    "\"note\":\"a,\\\"b\\\"\\n\\tc\\\\d\"},\n"
	    "{\"person\":104,\"name\":null,\"temperature\":\"007\","
	    "\"note\":\"\\u001b[8m\\u009b\"}\n]\n" },
	{ "no rows in tsv", { .format = HC_FORMAT_TSV }, 0,
	    "person\tname\ttemperature\tnote\n" },
	{ "no rows in csv", { .format = HC_FORMAT_CSV }, 0,
	    "person,name,temperature,note\r\n" },
	{ "no rows in json", { .format = HC_FORMAT_JSON }, 0, "[]\n" },
};

static void
test_cases(void **state)
{
	struct hc_table *table;
	char *got;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		table = make_table(cases[i].rows);
		got = print(table, &cases[i].options);
		if (strcmp(got, cases[i].wanted) != 0)
			fail_msg("%s: got\n%swanted\n%s", cases[i].name, got,
			    cases[i].wanted);
		free(got);
		hc_table_free(table);
	}
	hc_table_free(NULL);
}

/* Row by row comes out the same as all at once. */
static void
test_stream(void **state)
{
	struct hc_table *table;
	struct hc_error err;
	char *text;
	size_t i, j, len;
	FILE *file;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		file = open_memstream(&text, &len);
		table = make_table(0);
		hc_table_stream(table, file, &cases[i].options);
		for (j = 0; j < cases[i].rows; j++)
			assert_int_equal(hc_table_row(table, rows[j]), HC_OK);
		assert_int_equal(hc_table_finish(table, &err), HC_OK);
		fclose(file);
		assert_string_equal(text, cases[i].wanted);
		free(text);
		hc_table_free(table);
	}
}

static void
test_one_column(void **state)
{
	static const struct hc_table_column one[] = {
		{ "n", "数", HC_TYPE_INTEGER } };
	static const struct {
		enum hc_format format;
		const char *wanted;
	} wanted[] = {
		{ HC_FORMAT_TSV, "row\tn\n1\t42\n2\t\n" },
		{ HC_FORMAT_CSV, "n\r\n42\r\n\"\"\r\n" },
		{ HC_FORMAT_JSON, "[\n{\"n\":42},\n{\"n\":null}\n]\n" },
		{ HC_FORMAT_TABLE, "数\n--\n42\n\n" },
	};
	struct hc_table_options options = { .format = HC_FORMAT_TSV };
	struct hc_table *table;
	const char *cell = "42", *absent = NULL;
	char *got;
	size_t i;

	(void)state;
	assert_int_equal(hc_table_new(&table, one, 1), HC_OK);
	assert_int_equal(hc_table_row(table, &cell), HC_OK);
	assert_int_equal(hc_table_row(table, &absent), HC_OK);
	for (i = 0; i < LEN(wanted); i++) {
		options.format = wanted[i].format;
		got = print(table, &options);
		assert_string_equal(got, wanted[i].wanted);
		free(got);
	}
	hc_table_free(table);
}

static void
show_kind(const void *arg, const char *value, struct hc_buf *out)
{
	hc_buf_printf(out, "%s %s", (const char *)arg, value);
}

static const struct hc_table_word states[] = {
	{ "late", "too late" }, { "unknown", "not known" }, { NULL, NULL } };
static const struct hc_table_column spoken[] = {
	{ "record", "番号", HC_TYPE_REF },
	{ "asked", "聞いた", HC_TYPE_YESNO },
	{ "at", "いつ何時に聞いたか", HC_TYPE_INSTANT },
	{ "phone", "電話番号", HC_TYPE_PHONE },
	{ "state", "how it stands", HC_TYPE_TEXT, hc_table_show_words,
	    states },
	{ "kind", "kind", HC_TYPE_CHOICE, show_kind, "die" },
};
static const char *const spoken_rows[][6] = {
	{ "112038000000012", "1", "2020-12-24T23:00:00Z", "048-000-0001",
	    "late", "x" },
	{ "112039000000012", "0", "2019-12-30T15:30:00Z", NULL,
	    "late;unknown,other", NULL },
	{ NULL, "", "soon", "090-0000-0000", "", "" },
};

/* What stands in a table is for people, all else for programs; labels are
   broken and texts cut, but no numbers. */
static void
test_spoken(void **state)
{
	struct hc_table_options options = { .format = HC_FORMAT_TABLE,
	    .zone = 540, .today = "2020-12-25",
	    .first_id = INT64_C(112038000000000),
	    .last_id = INT64_C(112038999999999) };
	struct hc_table *table;
	char *got;
	size_t i;

	(void)state;
	assert_int_equal(hc_table_new(&table, spoken, 6), HC_OK);
	for (i = 0; i < 3; i++)
		assert_int_equal(hc_table_row(table, spoken_rows[i]), HC_OK);
	got = print(table, &options);
	assert_string_equal(got,
	    "           番号  聞いた  いつ何時に聞いたか  電話番号       "
	    "how it stands               kind\n"
	    "---------------  ------  ------------------  -------------  "
	    "--------------------------  -----\n"
	    "             12  yes     12-25 08:00         048-000-0001   "
	    "too late                    die x\n"
	    "112039000000012  no      2019-12-31 00:30                   "
	    "too late, not known, other\n"
	    "                         soon                090-0000-0000\n");
	free(got);
	options.width = 70;
	got = print(table, &options);
	assert_string_equal(got,
	    "           番号 聞い いつ何時に聞いた 電話番号      how it       "
	    "kind\n"
	    "                た   か                             stands\n"
	    "--------------- ---- ---------------- ------------- ------------ "
	    "-----\n"
	    "             12 yes  12-25 08:00      048-000-0001  too late     "
	    "die x\n"
	    "112039000000012 no   2019-12-31 00:30               too late, n…\n"
	    "                     soon             090-0000-0000\n");
	free(got);
	options.format = HC_FORMAT_TSV;
	got = print(table, &options);
	assert_string_equal(got, "record\tasked\tat\tphone\tstate\tkind\n"
	    "112038000000012\t1\t2020-12-24T23:00:00Z\t048-000-0001\tlate"
	    "\tx\n"
	    "112039000000012\t0\t2019-12-30T15:30:00Z\t\t"
	    "late;unknown,other\t\n"
	    "\t\tsoon\t090-0000-0000\t\t\n");
	free(got);
	hc_table_free(table);
}

/* No line is wider than the terminal, unless numbers alone are. */
static void
test_width(void **state)
{
	struct hc_table_options options = { .format = HC_FORMAT_TABLE };
	struct hc_table *table = make_table(3);
	char *got, *rest, *line;

	(void)state;
	for (options.width = 26; options.width < 60; options.width++) {
		got = rest = print(table, &options);
		while ((line = strsep(&rest, "\n")) != NULL)
			assert_true(hc_utf8_width(line) <= options.width);
		free(got);
	}
	options.width = 1;
	got = print(table, &options);
	assert_non_null(strstr(got, "37.5"));
	free(got);
	hc_table_free(table);
}

static enum hc_status
print_many(FILE *file, enum hc_format format, struct hc_error *err)
{
	struct hc_table_options options = { .format = format };
	struct hc_table *table = make_table(0);
	enum hc_status rc;
	int i;

	for (i = 0; i < 5000; i++)
		assert_int_equal(hc_table_row(table, rows[0]), HC_OK);
	rc = hc_table_print(table, file, &options, err);
	hc_table_free(table);
	return rc;
}

static void
test_failures(void **state)
{
	struct hc_error err;
	FILE *file;
	int fd[2], format;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	for (format = HC_FORMAT_TABLE; format <= HC_FORMAT_JSON; format++) {
		assert_non_null(file = fopen("/dev/full", "w"));
		assert_int_equal(print_many(file, (enum hc_format)format,
		    &err), HC_IO);
		assert_string_equal(err.text,
		    "cannot write: No space left on device");
		fclose(file);
		assert_int_equal(pipe(fd), 0);
		close(fd[0]);
		assert_non_null(file = fdopen(fd[1], "w"));
		assert_int_equal(print_many(file, (enum hc_format)format,
		    &err), HC_UNAVAILABLE);
		fclose(file);
	}
	assert_non_null(file = fopen("/dev/null", "w"));
	assert_int_equal(print_many(file, HC_FORMAT_XLSX, &err), HC_INVALID);
	fclose(file);
}

static void
test_format_names(void **state)
{
	enum hc_format format;

	(void)state;
	assert_int_equal(hc_table_format("json", &format), 0);
	assert_int_equal(format, HC_FORMAT_JSON);
	assert_int_equal(hc_table_format("xlsx", &format), 0);
	assert_int_equal(hc_table_format("xls", &format), -1);
	assert_int_equal(hc_table_format("", &format), -1);
}

static uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static const char *
random_cell(uint64_t *seed, struct hc_buf *cell)
{
	static const char *const pieces[] = { "\t", "\n", "\r", "\\", "\"",
		",", " ", "'", "=", "+", "\r\n", "高", "ｶﾞ", "\033", "-",
		"\xc2\x9b", "\xe2\x80\xae", "0", "＝" };
	size_t n = next_random(seed) % 8;

	hc_buf_clear(cell);
	while (n-- > 0)
		hc_buf_puts(cell, pieces[next_random(seed) % LEN(pieces)]);
	return cell->len == 0 ? NULL : hc_buf_text(cell);
}

#define NRANDOM 3000

static struct hc_table *
random_table(uint64_t seed)
{
	static const struct hc_table_column two[] = {
		{ "a", NULL, HC_TYPE_TEXT }, { "b", NULL, HC_TYPE_INTEGER } };
	struct hc_buf cell[2] = { HC_BUF_INIT, HC_BUF_INIT };
	const char *cells[2];
	struct hc_table *table;
	int i;

	assert_int_equal(hc_table_new(&table, two, 2), HC_OK);
	for (i = 0; i < NRANDOM; i++) {
		cells[0] = random_cell(&seed, &cell[0]);
		cells[1] = random_cell(&seed, &cell[1]);
		assert_int_equal(hc_table_row(table, cells), HC_OK);
	}
	hc_buf_free(&cell[0]);
	hc_buf_free(&cell[1]);
	return table;
}

static void
check_cell(const char *got, uint64_t *seed, struct hc_buf *cell)
{
	const char *wanted = random_cell(seed, cell);

	if (wanted == NULL)
		assert_true(got == NULL || *got == '\0');
	else
		assert_string_equal(got, wanted);
}

/* Whatever the cells hold, each format gives them back. */
static void
test_round_trip(void **state)
{
	struct hc_table_options options = { .format = HC_FORMAT_TSV };
	uint64_t start = 19991231, seed = start;
	struct hc_table *table = random_table(start);
	struct hc_buf cell = HC_BUF_INIT;
	struct hc_tsv_reader *tsv;
	struct hc_csv_reader *csv;
	json_t *json, *row;
	char *text;
	size_t i;
	int j;

	(void)state;
	text = print(table, &options);
	assert_int_equal(hc_tsv_open_bytes(&tsv, text, strlen(text), "t"),
	    HC_OK);
	while (hc_tsv_next(tsv) == HC_OK)
		for (j = 0; j < 2; j++)
			check_cell(hc_tsv_get(tsv, j), &seed, &cell);
	assert_int_equal(hc_tsv_line(tsv), NRANDOM + 1);
	hc_tsv_close(tsv);
	free(text);

	options = (struct hc_table_options){ .format = HC_FORMAT_CSV,
		.excel = true, .bom = true };
	seed = start;
	text = print(table, &options);
	assert_int_equal(hc_csv_open(&csv, text, strlen(text), ',', "t"),
	    HC_OK);
	assert_int_equal(hc_csv_next(csv), HC_OK);
	for (i = 0; hc_csv_next(csv) == HC_OK; i++)
		for (j = 0; j < 2; j++) {
			const char *got = hc_csv_get(csv, (size_t)j);

			/* A number is not defused: it may stay or not. */
			if (j == 0)
				assert_false(hc_formula_danger(got));
			check_cell(hc_formula_restore(got), &seed, &cell);
		}
	assert_int_equal(i, NRANDOM);
	hc_csv_close(csv);
	free(text);

	options.format = HC_FORMAT_JSON;
	seed = start;
	text = print(table, &options);
	assert_non_null(json = json_loads(text, 0, NULL));
	assert_int_equal(json_array_size(json), NRANDOM);
	json_array_foreach(json, i, row) {
		check_cell(json_string_value(json_object_get(row, "a")),
		    &seed, &cell);
		random_cell(&seed, &cell);
		if (json_is_string(json_object_get(row, "b")))
			assert_string_equal(hc_buf_text(&cell),
			    json_string_value(json_object_get(row, "b")));
	}
	json_decref(json);
	free(text);
	hc_table_free(table);
	hc_buf_free(&cell);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_one_column),
		cmocka_unit_test(test_spoken),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_format_names),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
