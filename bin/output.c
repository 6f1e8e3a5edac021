/*
 * Where data goes: standard output, or a file that appears whole or not at
 * all: it is written under another name and renamed in the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"

#include "parts.h"
#include "program.h"

static FILE *output;
static char *final_path;	/* NULL: standard output, or a device */
static char *temp_path;
static volatile sig_atomic_t temp_exists;

/* Killed by the keyboard or the system: leave no half file behind. */
static void
on_signal(int signo)
{
	if (temp_exists)
		unlink(temp_path);
	signal(signo, SIG_DFL);
	raise(signo);
}

static void
catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction action, old;
	size_t i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_signal;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		sigaction(signals[i], NULL, &old);
		if (old.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
	}
}

static void
cannot(int exit_status, const char *words, const char *path, int error)
{
	struct hc_error err;

	hc_error_set(&err, HC_IO, "%s '%s': %s", words, path,
	    strerror(error));
	program_exit(exit_status, err.text);
}

static void
open_file(const char *path)
{
	struct hc_buf name = HC_BUF_INIT;
	struct stat st;
	mode_t mode = 0660;
	int fd;

	if (stat(path, &st) == 0) {
		if (!S_ISREG(st.st_mode)) {
			if ((output = fopen(path, "we")) == NULL)
				cannot(EX_CANTCREAT, _("cannot write"), path,
				    errno);
			return;
		}
		mode = st.st_mode & 0777;
		/* Replace what a symbolic link points to, not the link. */
		final_path = realpath(path, NULL);
	} else {
		final_path = strdup(path);
	}
	if (final_path == NULL)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	if ((fd = hc_file_beside(final_path, &name)) == -1)
		cannot(EX_CANTCREAT, _("cannot create"), path, errno);
	temp_path = hc_buf_take(&name);
	temp_exists = 1;
	catch_signals();
	if (fchmod(fd, mode) == -1 || (output = fdopen(fd, "w")) == NULL)
		cannot(EX_CANTCREAT, _("cannot create"), path, errno);
}

FILE *
program_output(void)
{
	const char *path = program.options.output;

	if (output == NULL) {
		if (path == NULL || strcmp(path, "-") == 0)
			output = stdout;
		else
			open_file(path);
	}
	return output;
}

void
program_output_drop(void)
{
	if (temp_exists)
		unlink(temp_path);
	temp_exists = 0;
}

/* Has the reader at the other end of the pipe gone? */
static bool
reader_gone(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return poll(&p, 1, 0) == 1 && (p.revents & POLLERR) != 0;
}

static void
finish_stdout(void)
{
	int error = 0;

	if (ferror(stdout))
		error = EIO;
	if (fflush(stdout) == EOF)
		error = errno;
	if (error != 0 && (error == EPIPE || reader_gone(STDOUT_FILENO)))
		return;
	if (error == 0 && fclose(stdout) == EOF)
		error = errno;
	if (error != 0) {
		struct hc_error err;

		hc_error_set(&err, HC_IO, _("cannot write: %s"),
		    strerror(error));
		program_exit(EX_IOERR, err.text);
	}
}

static void
finish_file(void)
{
	const char *path = program.options.output;
	int error = ferror(output) ? EIO : 0;

	if (fflush(output) == EOF)
		error = errno;
	if (error == 0 && temp_exists && fsync(fileno(output)) == -1)
		error = errno;
	if (fclose(output) == EOF && error == 0)
		error = errno;
	if (error == 0 && temp_exists &&
	    rename(temp_path, final_path) == -1)
		error = errno;
	if (error == EPIPE && !temp_exists)
		return;
	if (error != 0)
		cannot(EX_IOERR, _("cannot write"), path, error);
	temp_exists = 0;
	if (final_path != NULL)
		hc_file_sync_folder(final_path);
}

int
program_finish(enum hc_status status)
{
	program_progress_end();
	if (output != NULL && output != stdout)
		finish_file();
	finish_stdout();
	return hc_status_exit(status);
}
