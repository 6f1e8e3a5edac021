/* A file that can be read again and from anywhere, whatever it came from. */
#ifndef HC_BASE_SPOOL_H
#define HC_BASE_SPOOL_H

#include "base/status.h"

/*
 * hc_spool_open(spool, fd, err):
 * Set ${spool} to a descriptor of the caller's own that holds what ${fd}
 * holds, at its beginning: the same file, if it can seek, else (a pipe) a copy
 * in a temporary file without a name.  ${fd}'s position is lost.
 * HC_OK; HC_IO, and ${spool} is -1.
 */
enum hc_status hc_spool_open(int *spool, int fd, struct hc_error *err);

#endif
