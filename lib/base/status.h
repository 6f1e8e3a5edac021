/*
 * How a call ended, and the words for it.
 *
 * Every function that can fail returns an hc_status.  What went wrong, in
 * words for the person at the keyboard, is kept in a struct hc_error: given
 * by the caller to functions of lib/base, kept in the handle (hc_db_error())
 * above that.  Programs print it and turn the status into an exit status.
 */
#ifndef HC_BASE_STATUS_H
#define HC_BASE_STATUS_H

enum hc_status {
	HC_OK = 0,
	HC_NOTFOUND,	/* nothing there, or no more rows */
	HC_INVALID,	/* the data or the question is wrong */
	HC_BUSY,	/* somebody else has it; try again */
	HC_CONFLICT,	/* changed by somebody else meanwhile */
	HC_DENIED,	/* not permitted */
	HC_NOINPUT,	/* no such file */
	HC_UNAVAILABLE,	/* a service is not there */
	HC_CONFIG,	/* settings or schema do not fit this program */
	HC_IO,		/* reading or writing failed, disk full */
	HC_NOMEM,	/* out of memory */
	HC_ERROR	/* a bug, or a state that should not be */
};

struct hc_error {
	char text[1024];	/* no capital, no full stop, no newline */
};

/*
 * hc_error_set(err, status, fmt, ...):
 * Put the formatted words into ${err}, which may be NULL, cutting what does
 * not fit at a character's edge.  Returns ${status}, so that a function can
 * end with "return hc_error_set(...)".
 */
enum hc_status hc_error_set(struct hc_error *err, enum hc_status status,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/*
 * hc_error_nomem(err):
 * Say "out of memory".  Returns HC_NOMEM.
 */
enum hc_status hc_error_nomem(struct hc_error *err);

/*
 * hc_status_exit(status):
 * The exit status of a program that ended so: 0, 1 for NOTFOUND and
 * CONFLICT, else as in sysexits.h (DESIGN.md, section 3).
 */
int hc_status_exit(enum hc_status status);

#endif
