/* What programs say on stderr: failures, warnings, progress. */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/visible.h"

#include "parts.h"
#include "program.h"

#define SHOW_AFTER 0.5		/* seconds */
#define SHOW_EVERY 0.1

static struct {
	struct timespec begin;
	double shown;		/* when, in seconds after begin */
	bool begun;
	bool visible;		/* a line stands on the terminal */
	int wanted;		/* 0: not known yet, else 1 or -1 */
} progress;

/* One line in one write, so that lines of several programs do not mix. */
static void
say(const char *words)
{
	/* The threads of hc-form serve have something to say, too. */
	static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
	struct hc_buf line = HC_BUF_INIT;

	pthread_mutex_lock(&turn);
	program_progress_end();
	hc_buf_printf(&line, "%s: ", program.name);
	hc_visible(&line, words);
	hc_buf_putc(&line, '\n');
	if (hc_buf_failed(&line))
		fprintf(stderr, "%s: %s\n", program.name, words);
	else
		fputs(hc_buf_text(&line), stderr);
	hc_buf_free(&line);
	pthread_mutex_unlock(&turn);
}

static void __attribute__((format(printf, 1, 0)))
vsay(const char *fmt, va_list ap)
{
	char words[4096];

	vsnprintf(words, sizeof(words), fmt, ap);
	say(words);
}

void
program_exit(int exit_status, const char *words)
{
	if (words != NULL)
		say(words);
	program_output_drop();
	exit(exit_status);
}

void
program_fail(enum hc_status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsay(fmt, ap);
	va_end(ap);
	program_exit(hc_status_exit(status), NULL);
}

void
program_usage(const char *fmt, ...)
{
	char hint[256];
	va_list ap;

	va_start(ap, fmt);
	vsay(fmt, ap);
	va_end(ap);
	snprintf(hint, sizeof(hint), _("see '%s --help'"), program.name);
	program_exit(EX_USAGE, hint);
}

void
program_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsay(fmt, ap);
	va_end(ap);
}

void
program_note(const char *fmt, ...)
{
	va_list ap;

	if (program.options.quiet)
		return;
	va_start(ap, fmt);
	vsay(fmt, ap);
	va_end(ap);
}

void
program_detail(const char *fmt, ...)
{
	va_list ap;

	if (!program.options.verbose)
		return;
	va_start(ap, fmt);
	vsay(fmt, ap);
	va_end(ap);
}

/* Seconds since the work began. */
static double
elapsed(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - progress.begin.tv_sec) +
	    (double)(now.tv_nsec - progress.begin.tv_nsec) / 1e9;
}

static void
show(uint64_t done, uint64_t total, const char *label, double seconds)
{
	double rate = (double)done / seconds;

	fprintf(stderr, "\r\033[K%s: ", program.name);
	if (total > 0)
		fprintf(stderr, _("%llu of %llu %s, %.0f/s"),
		    (unsigned long long)done, (unsigned long long)total,
		    label, rate);
	else
		fprintf(stderr, _("%llu %s, %.0f/s"),
		    (unsigned long long)done, label, rate);
	if (total > done && rate > 0)
		fprintf(stderr, _(", %.0f s left"),
		    (double)(total - done) / rate);
	fflush(stderr);
	progress.visible = true;
	progress.shown = seconds;
}

void
program_progress(uint64_t done, uint64_t total, const char *label)
{
	double seconds;

	if (progress.wanted == 0)
		progress.wanted = isatty(STDERR_FILENO) &&
		    !program.options.quiet ? 1 : -1;
	if (progress.wanted < 0)
		return;
	if (!progress.begun) {
		clock_gettime(CLOCK_MONOTONIC, &progress.begin);
		progress.begun = true;
		progress.shown = 0;
		return;
	}
	seconds = elapsed();
	if (seconds >= SHOW_AFTER && seconds - progress.shown >= SHOW_EVERY)
		show(done, total, label, seconds);
}

void
program_progress_end(void)
{
	if (progress.visible)
		fputs("\r\033[K", stderr);
	progress.visible = false;
	progress.begun = false;
}
