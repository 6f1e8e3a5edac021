/*
 * How fast names are folded: hc_fold_text() beside utf8proc's NFKC with case
 * folding, over the same names in one run, and the ratio of both.  utf8proc
 * does less: no accents off, no katakana, no variants of kanji.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <utf8proc.h>

#include "base/fold.h"

#define ROUNDS 7
#define TIMES 40000

static const char *const names[] = {
	"髙橋　花子", "佐々木 健太郎", "渡邉 翔", "タカハシ　ハナコ",
	"ｻｻｷ ｹﾝﾀﾛｳ", "Nguyễn Văn Đức", "NGUYEN VAN A", "さいとう　ゆうこ",
	"医療法人 髙仁会 川口病院", "김민준", "張 偉", "山田太郎",
	"埼玉県川口市本町１丁目２－３ コーポ斎藤２０１号",
	"Maria Conceição dos Santos",
};

#define NAMES (sizeof(names) / sizeof(names[0]))

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double
with_fold(void)
{
	struct hc_buf out = HC_BUF_INIT;
	double begin = now();
	size_t i;

	for (i = 0; i < TIMES * NAMES; i++) {
		hc_buf_clear(&out);
		hc_fold_text(&out, names[i % NAMES]);
	}
	hc_buf_free(&out);
	return now() - begin;
}

static double
with_utf8proc(void)
{
	double begin = now();
	utf8proc_uint8_t *out;
	size_t i;

	for (i = 0; i < TIMES * NAMES; i++) {
		if (utf8proc_map((const utf8proc_uint8_t *)names[i % NAMES],
		    0, &out, UTF8PROC_NULLTERM | UTF8PROC_STABLE |
		    UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
		    UTF8PROC_CASEFOLD) < 0)
			exit(1);
		free(out);
	}
	return now() - begin;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int
main(void)
{
	double fold[ROUNDS], proc[ROUNDS], bytes = 0;
	size_t i;

	for (i = 0; i < NAMES; i++)
		bytes += (double)strlen(names[i]) * TIMES;
	for (i = 0; i < ROUNDS; i++) {
		fold[i] = with_fold();
		proc[i] = with_utf8proc();
	}
	qsort(fold, ROUNDS, sizeof(double), compare);
	qsort(proc, ROUNDS, sizeof(double), compare);
	i = ROUNDS / 2;
	printf("what\tns_each\tMB_s\n");
	printf("hc_fold_text\t%.0f\t%.0f\n", fold[i] * 1e9 / TIMES / NAMES,
	    bytes / fold[i] / 1e6);
	printf("utf8proc\t%.0f\t%.0f\n", proc[i] * 1e9 / TIMES / NAMES,
	    bytes / proc[i] / 1e6);
	printf("ratio\t%.1f\t\n", proc[i] / fold[i]);
	return 0;
}
