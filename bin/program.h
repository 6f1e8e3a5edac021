/*
 * What all programs share: the start, the messages, the output, the end.
 * Here alone hc speaks to the terminal, reads the environment and exits.
 *
 *	int
 *	main(int argc, char **argv)
 *	{
 *		const struct program *p = program_start(argc, argv, &spec);
 *		...
 *		if (hc_db_open(&db, p->db, HC_DB_READ) != HC_OK)
 *			program_fail(rc, "%s", hc_db_error(db));
 *		...read all that is to be shown, and close the database...
 *		fprintf(program_output(), ...);
 *		return program_finish(HC_OK);
 *	}
 */
#ifndef HC_PROGRAM_H
#define HC_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/config.h"
#include "base/options.h"
#include "base/status.h"

struct program {
	const char *name;	/* "hc-search" */
	struct hc_options options;	/* what was typed */
	const struct hc_config *config;	/* environment and files */
	const char *db;		/* the database: file or URL; never NULL */
	enum hc_format format;	/* of what program_output() gets */
	bool terminal;		/* that goes to a terminal */
	bool color;		/* and colour is welcome there */
	int width;		/* its columns, or 0 */
	const char *lang;	/* of messages and labels: "ja" or "en" */
	const char *tmp;	/* folder for private files: TMPDIR, /tmp */
	const char *login;	/* who runs it: a login, or "uid 1000" */

	/* The office's day and time: by the clock, or as --today says.  A
	   past day without a time counts as over (23:59), a coming one as
	   just begun (00:00). */
	char today[11];		/* 2020-12-25 */
	char time[6];		/* 08:00 */
	char now[21];		/* the same as an instant:
				   2020-12-24T23:00:00Z */
	int offset;		/* the office's minutes east of UTC: 540 */
	int64_t first_id, last_id;	/* which ids are the office's own; 0
					   before office_open() */
	char clock[21];		/* the instant by the clock, whatever --today
				   says: for logs */
	char as_of[21];		/* --as-of as an instant; "" if not given */
};

/*
 * program_start(argc, argv, spec):
 * Set up language, umask, descriptors and signals, read command line,
 * environment and configuration; answer --help and --version.  Exits 64
 * when the command line and 78 when the configuration is wrong.
 */
const struct program *program_start(int argc, char **argv,
    const struct hc_options_spec *spec);

/*
 * program_clock_zone(offset):
 * Reckon the day, the time and --as-of anew for an office that is so many
 * minutes east of UTC.  office_open() calls it.
 */
void program_clock_zone(int offset);

/* program_own_ids(first, last): which ids are the office's own.
   office_open() calls it. */
void program_own_ids(int64_t first, int64_t last);

/* program_fail(status, fmt, ...): say "hc-x: words" and exit with
   hc_status_exit(${status}).  An output file is left as it was. */
void program_fail(enum hc_status status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* program_usage(fmt, ...): the command line is wrong: words, where help is,
   exit 64. */
void program_usage(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), noreturn));

/* program_warn(fmt, ...): say "hc-x: words" and go on. */
void program_warn(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* program_note(fmt, ...): the same for news that --quiet silences. */
void program_note(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* program_detail(fmt, ...): the same, only with --verbose. */
void program_detail(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * program_output():
 * Where data goes: standard output, or the file of -o, which appears under
 * its name only in program_finish(), whole.  Opened at the first call; a
 * file that cannot be made ends the program with 73.
 */
FILE *program_output(void);

/*
 * program_finish(status):
 * Make sure that all that was printed has arrived, and give -o its name.
 * Returns hc_status_exit(${status}) for main() to return; exits 74 when
 * something could not be written (disk full).  A reader that left early
 * (head) is no failure.
 */
int program_finish(enum hc_status status);

/*
 * program_progress(done, total, label):
 * Show how far the work is, on a terminal's stderr, once it takes longer
 * than half a second: rows done, rate, time left.  ${total} is 0 if not
 * known.  Cheap: call it for each row.
 */
void program_progress(uint64_t done, uint64_t total, const char *label);

/* program_progress_end(): wipe that line away; program_finish() and the
   messages do it too. */
void program_progress_end(void);

#endif
