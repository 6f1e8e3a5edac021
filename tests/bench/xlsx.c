/*
 * How fast workbooks are read: ours beside unpacking alone (the limit), a
 * bare expat that only counts, and in2csv, which most would use.
 *
 *	xlsx [ROWS]		(100000)
 *
 * Makes a workbook of ROWS x 30 cells as lists of cases have them, and prints
 * seconds of processor time as TSV, and how many times as long each takes as
 * ours; medians of ROUNDS in turns, in2csv once.
 */
#include <sys/resource.h>
#include <sys/wait.h>
#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <expat.h>
#include <xlsxwriter.h>

#include "base/book.h"
#include "base/zip.h"

#define ROUNDS 5
#define COLUMNS 30

extern char **environ;

static char path[] = "/tmp/hc-bench-XXXXXX";
static size_t sink;	/* so that nothing is optimized away */

static double
now(void)
{
	struct timespec t;

	/* Of this process: others may be busy too. */
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A row as lists of cases have it: numbers, days, seven texts of its own,
   days as text, and words that repeat. */
static void
write_row(lxw_worksheet *sheet, lxw_row_t row, lxw_format *day)
{
	static const char *const own[] = { "高橋　一郎", "タカハシ　イチロウ",
		"埼玉県川口市本町", "048-000-", "taro", "川口小学校", "検体" };
	static const char *const words[][2] = { { "男性", "女性" },
		{ "30代", "40代" }, { "陽性", "陰性" },
		{ "発熱、咳", "症状なし" }, { "自宅療養", "入院" },
		{ "川口市", "戸田市" }, { "調査中", "なし" } };
	char text[64];
	lxw_col_t column;

	worksheet_write_number(sheet, row, 0, row + 1, NULL);
	worksheet_write_number(sheet, row, 1, 43800 + row % 400, day);
	worksheet_write_number(sheet, row, 2, 35 + row % 50 / 10.0, NULL);
	for (column = 3; column < 10; column++) {
		snprintf(text, sizeof(text), "%s%u", own[column - 3], row);
		worksheet_write_string(sheet, row, column, text, NULL);
	}
	for (; column < 13; column++) {
		snprintf(text, sizeof(text), "2020/%u/%u", row % 12 + 1,
		    (row + column) % 28 + 1);
		worksheet_write_string(sheet, row, column, text, NULL);
	}
	for (; column < COLUMNS; column++)
		worksheet_write_string(sheet, row, column,
		    words[column % 7][row / 3 % 2], NULL);
}

static void
make(unsigned int rows)
{
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "一覧");
	lxw_format *day = workbook_add_format(book);
	lxw_row_t row;

	format_set_num_format(day, "yyyy\"年\"m\"月\"d\"日\"");
	for (row = 0; row < rows; row++)
		write_row(sheet, row, day);
	if (workbook_close(book) != LXW_NO_ERROR)
		errx(1, "cannot make a workbook");
}

static double
with_hc(void)
{
	struct hc_error error = { "" };
	struct hc_book_row row;
	struct hc_book *book;
	double begin = now();
	int fd = open(path, O_RDONLY);
	size_t i;

	if (hc_book_open(&book, fd, &error) != HC_OK ||
	    hc_book_select(book, 0) != HC_OK)
		errx(1, "%s", error.text);
	while (hc_book_next(book, &row) == HC_OK)
		for (i = 0; i < row.ncells; i++)
			sink += strlen(row.cells[i].text);
	hc_book_close(book);
	close(fd);
	return now() - begin;
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	(void)arg;
	sink += (size_t)name[0];
	for (; *attributes != NULL; attributes += 2)
		sink++;
}

static void
on_text(void *arg, const char *text, int len)
{
	(void)arg;
	sink += (size_t)len + (size_t)text[0];
}

static void
read_part(struct hc_zip *zip, const char *name, XML_Parser parser)
{
	static char bytes[65536];
	struct hc_error error = { "" };
	struct hc_zip_part *part;
	size_t got = 1;

	if (hc_zip_part_open(&part, zip, name, &error) != HC_OK)
		errx(1, "%s", error.text);
	while (hc_zip_part_read(part, bytes, sizeof(bytes), &got,
	    &error) == HC_OK && got > 0)
		if (parser != NULL)
			XML_Parse(parser, bytes, (int)got, 0);
	hc_zip_part_close(part);
}

static double
with_parts(bool parse)
{
	static const char *const names[] = { "xl/sharedStrings.xml",
		"xl/worksheets/sheet1.xml" };
	struct hc_error error = { "" };
	struct hc_zip *zip;
	XML_Parser parser;
	double begin = now();
	int fd = open(path, O_RDONLY);
	size_t i;

	if (hc_zip_open(&zip, fd, &error) != HC_OK)
		errx(1, "%s", error.text);
	for (i = 0; i < 2; i++) {
		parser = parse ? XML_ParserCreate(NULL) : NULL;
		if (parser != NULL) {
			XML_SetStartElementHandler(parser, on_start);
			XML_SetCharacterDataHandler(parser, on_text);
		}
		read_part(zip, names[i], parser);
		if (parser != NULL)
			XML_ParserFree(parser);
	}
	hc_zip_close(zip);
	close(fd);
	return now() - begin;
}

/* 0 if it is not there. */
static double
with_in2csv(void)
{
	char *argv[] = { (char []){ "in2csv" }, (char []){ "-f" },
		(char []){ "xlsx" }, path, NULL };
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
	    O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO,
	    STDERR_FILENO);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) != 0 ||
	    wait4(pid, &status, 0, &usage) != pid || status != 0)
		return 0;
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char *argv[])
{
	double seconds[3][ROUNDS], own, csv;
	struct rusage usage;
	int i, round;

	if ((i = mkstemp(path)) == -1)
		err(1, "%s", path);
	close(i);
	make(argc > 1 ? (unsigned int)strtoul(argv[1], NULL, 10) : 100000);
	for (round = 0; round < ROUNDS; round++) {
		seconds[0][round] = with_hc();
		seconds[1][round] = with_parts(false);
		seconds[2][round] = with_parts(true);
	}
	for (i = 0; i < 3; i++)
		qsort(seconds[i], ROUNDS, sizeof(double), by_size);
	own = seconds[0][ROUNDS / 2];
	printf("what\tseconds\ttimes_ours\n");
	printf("hc\t%.3f\t1\n", own);
	for (i = 1; i < 3; i++)
		printf("%s\t%.3f\t%.2f\n", i == 1 ? "unpack" : "expat",
		    seconds[i][ROUNDS / 2], seconds[i][ROUNDS / 2] / own);
	fflush(stdout);
	csv = with_in2csv();
	if (csv > 0)
		printf("in2csv\t%.3f\t%.1f\n", csv, csv / own);
	else
		printf("in2csv\t\t\n");
	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr, "%zu\n", sink);
	unlink(path);
	return 0;
}
