/*
 * How fast rows are read: our CSV reader beside bare libcsv and a search for
 * newlines, TSV, and CP932 beside iconv(3).  One run, interleaved, medians,
 * since only the ratios mean something on a busy machine.
 *
 *	csv [MEGABYTES]
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <csv.h>

#include "base/charset.h"
#include "base/csv.h"
#include "base/tsv.h"

#define ROUNDS 7

static struct hc_buf csv, tsv, cp932, quoted;
static struct hc_buf converted;	/* kept, so that all write to warm memory */
static size_t sink;	/* so that nothing is optimized away */

static double
now(void)
{
	struct timespec ts;

	/* Of this process: others may be busy too. */
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* A row as lists of cases have it. */
static void
add_row(struct hc_buf *out, const char *delimiter, const char *quote,
    unsigned int n)
{
	static const char *const cells[] = { "高橋　一郎", "ﾀｶﾊｼ ｲﾁﾛｳ", "男性",
		"30代", "2020/12/25", "埼玉県川口市本町1-2-3", "048-000-0000",
		"taro@example.jp", "2020/12/28 10:30", "陽性", "発熱、咳",
		"36.8", "自宅療養", "", "" };
	size_t i;

	hc_buf_printf(out, "%u", n);
	for (i = 0; i < 29; i++) {
		hc_buf_puts(out, delimiter);
		hc_buf_puts(out, quote);
		hc_buf_puts(out, cells[(i * 7 + n) % 15]);
		hc_buf_puts(out, quote);
	}
	hc_buf_putc(out, '\n');
}

static void
make_data(size_t bytes)
{
	struct hc_charset_faults faults;
	unsigned int n;

	for (n = 0; csv.len < bytes; n++) {
		add_row(&csv, ",", n % 7 == 0 ? "\"" : "", n);
		add_row(&quoted, ",", "\"", n);
		add_row(&tsv, "\t", "", n);
	}
	if (hc_charset_from_utf8(&cp932, HC_CHARSET_CP932, csv.data, csv.len,
	    &faults) != HC_OK)
		abort();
}

static void
run_memchr(void)
{
	const char *at = csv.data, *end = at + csv.len;

	while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		sink++;
		at++;
	}
}

static void
on_field(void *text, size_t len, void *arg)
{
	(void)text;
	(void)arg;
	sink += len;
}

static void
on_row(int end, void *arg)
{
	(void)end;
	(void)arg;
	sink++;
}

static void
by_libcsv(const struct hc_buf *data)
{
	struct csv_parser parser;

	csv_init(&parser, 0);
	csv_parse(&parser, data->data, data->len, on_field, on_row, NULL);
	csv_fini(&parser, on_field, on_row, NULL);
	csv_free(&parser);
}

static void
by_hc_csv(const struct hc_buf *data)
{
	struct hc_csv_reader *r;

	if (hc_csv_open(&r, data->data, data->len, ',', "bench") != HC_OK)
		abort();
	while (hc_csv_next(r) == HC_OK)
		sink += hc_csv_fields(r);
	hc_csv_close(r);
}

static void
run_libcsv(void)
{
	by_libcsv(&csv);
}

static void
run_csv(void)
{
	by_hc_csv(&csv);
}

static void
run_libcsv_quoted(void)
{
	by_libcsv(&quoted);
}

static void
run_csv_quoted(void)
{
	by_hc_csv(&quoted);
}

static void
run_tsv(void)
{
	struct hc_tsv_reader *r;
	enum hc_status rc;

	rc = hc_tsv_open_bytes(&r, tsv.data, tsv.len, "bench");
	while (rc == HC_OK && (rc = hc_tsv_next(r)) == HC_OK)
		sink += (size_t)hc_tsv_line(r);
	if (rc != HC_NOTFOUND) {
		fprintf(stderr, "%s\n", hc_tsv_error(r));
		exit(1);
	}
	hc_tsv_close(r);
}

static void
run_iconv(void)
{
	static char *out;
	size_t left = cp932.len, room = csv.len + 16;
	char *in = cp932.data, *at;
	iconv_t cd = iconv_open("UTF-8", "CP932");

	if (out == NULL && (out = malloc(room)) == NULL)
		abort();
	at = out;
	if (iconv(cd, &in, &left, &at, &room) != 0)
		abort();
	sink += (size_t)(at - out);
	iconv_close(cd);
}

static void
run_charset(void)
{
	struct hc_charset_faults faults;

	hc_buf_clear(&converted);
	if (hc_charset_to_utf8(&converted, HC_CHARSET_CP932, cp932.data,
	    cp932.len, &faults) != HC_OK)
		abort();
	sink += converted.len;
}

static void
run_detect(void)
{
	enum hc_charset charset;

	if (hc_charset_detect(cp932.data, cp932.len, &charset, NULL) !=
	    HC_OK || charset != HC_CHARSET_CP932)
		abort();
	sink += charset;
}

static struct {
	const char *name;
	void (*run)(void);
	const struct hc_buf *data;
	double seconds[ROUNDS];
} runs[] = {
	{ "memchr newline", run_memchr, &csv, { 0 } },
	{ "libcsv", run_libcsv, &csv, { 0 } },
	{ "hc_csv", run_csv, &csv, { 0 } },
	{ "libcsv, all quoted", run_libcsv_quoted, &quoted, { 0 } },
	{ "hc_csv, all quoted", run_csv_quoted, &quoted, { 0 } },
	{ "hc_tsv", run_tsv, &tsv, { 0 } },
	{ "iconv(3) CP932", run_iconv, &cp932, { 0 } },
	{ "hc_charset CP932", run_charset, &cp932, { 0 } },
	{ "hc_charset_detect", run_detect, &cp932, { 0 } },
};

enum { MEMCHR, LIBCSV, CSV, LIBCSV_QUOTED, CSV_QUOTED, TSV, ICONV, CHARSET,
	DETECT, NRUNS };

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(int i)
{
	qsort(runs[i].seconds, ROUNDS, sizeof(double), compare);
	return runs[i].seconds[ROUNDS / 2];
}

int
main(int argc, char *argv[])
{
	size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 40;
	int i, round;
	double start;

	hc_buf_puts(&tsv, "id");
	for (i = 1; i < 30; i++)
		hc_buf_printf(&tsv, "\tf%d", i);
	hc_buf_putc(&tsv, '\n');
	make_data(megabytes * 1000000);
	for (round = 0; round < ROUNDS; round++)
		for (i = 0; i < NRUNS; i++) {
			start = now();
			runs[i].run();
			runs[i].seconds[round] = now() - start;
		}
	for (i = 0; i < NRUNS; i++)
		printf("%-18s %7.3f s %7.0f MB/s\n", runs[i].name, median(i),
		    (double)runs[i].data->len / median(i) / 1e6);
	printf("hc_csv takes %.2f of libcsv's time, %.1f of memchr's\n",
	    median(CSV) / median(LIBCSV), median(CSV) / median(MEMCHR));
	printf("where all is quoted, %.2f of libcsv's time\n",
	    median(CSV_QUOTED) / median(LIBCSV_QUOTED));
	printf("hc_charset is %.1f times as fast as iconv(3)\n",
	    median(ICONV) / median(CHARSET));
	return sink == 0;
}
