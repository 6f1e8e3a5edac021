/*
 * Where output goes: a FILE and the first thing that went wrong with it.
 *
 * A writer hands over whole rows and asks once, at the end, whether all of
 * them arrived: a full disk shows itself at any write or only at the flush.
 */
#ifndef HC_BASE_SINK_H
#define HC_BASE_SINK_H

#include <stdio.h>

#include "base/buf.h"
#include "base/status.h"

struct hc_sink {
	FILE *file;	/* the caller's; never closed here */
	int error;	/* errno of the first failure, 0 while all is well */
};

/*
 * hc_sink_write(sink, buf):
 * Write what ${buf} holds.  After a failure, also one of ${buf}'s memory,
 * nothing more is written.
 */
void hc_sink_write(struct hc_sink *sink, const struct hc_buf *buf);

/*
 * hc_sink_finish(sink, err):
 * Flush, and say how all the writing went.
 *
 * Returns HC_OK; HC_UNAVAILABLE if the reader of the pipe has gone (EPIPE:
 * a program ends quietly, as "| head" wants it); HC_NOMEM; HC_IO with the
 * words of errno otherwise (disk full, a closed stdout).
 */
enum hc_status hc_sink_finish(struct hc_sink *sink, struct hc_error *err);

#endif
