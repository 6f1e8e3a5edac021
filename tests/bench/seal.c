/*
 * How fast answers of the form are sealed: hc_seal_close() beside libsodium's
 * bare crypto_box_seal() on the same bytes in one run; medians of the
 * processor's time.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "base/seal.h"

#define ROUNDS 7
#define TIMES 2000

static const char answer[] = "{\"temperature\":\"37.8\",\"spo2\":\"96\","
    "\"cough\":\"1\",\"fatigue\":\"1\",\"feeling\":\"bad\",\"note\":"
    "\"昨夜から熱が下がりません。水分は取れています。\"}";
static unsigned char public_key[HC_SEAL_KEY], secret_key[HC_SEAL_KEY];

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double
bare(void)
{
	unsigned char box[sizeof(answer) + crypto_box_SEALBYTES];
	double begin = now();
	int i;

	for (i = 0; i < TIMES; i++)
		if (crypto_box_seal(box, (const unsigned char *)answer,
		    sizeof(answer), public_key) != 0)
			errx(1, "crypto_box_seal");
	return now() - begin;
}

static double
ours(void)
{
	struct hc_buf box = HC_BUF_INIT;
	double begin = now();
	int i;

	for (i = 0; i < TIMES; i++) {
		hc_buf_clear(&box);
		if (hc_seal_close(&box, answer, sizeof(answer),
		    public_key) != HC_OK)
			errx(1, "hc_seal_close");
	}
	begin = now() - begin;
	hc_buf_free(&box);
	return begin;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(void)
{
	double a[ROUNDS], b[ROUNDS];
	int i;

	if (hc_seal_ready() != HC_OK ||
	    hc_seal_keypair(public_key, secret_key) != HC_OK)
		errx(1, "no keys");
	for (i = 0; i < ROUNDS; i++) {
		a[i] = bare();
		b[i] = ours();
	}
	qsort(a, ROUNDS, sizeof(double), compare);
	qsort(b, ROUNDS, sizeof(double), compare);
	printf("crypto_box_seal\t%.0f answers/s\n", TIMES / a[ROUNDS / 2]);
	printf("hc_seal_close\t%.0f answers/s\t%.2f of its time\n",
	    TIMES / b[ROUNDS / 2], b[ROUNDS / 2] / a[ROUNDS / 2]);
	return 0;
}
