/*
 * Delivering into a Maildir (cr.yp.to/proto/maildir.html): a folder that mail
 * readers open, for trying things out without a relay.
 */
#ifndef HC_TASK_MAILDIR_H
#define HC_TASK_MAILDIR_H

#include "base/status.h"
#include "task/transport.h"

/*
 * hc_maildir_make(path, err):
 * Make the folder ${path} and tmp, new and cur in it where they are missing,
 * for their owner only.  Returns HC_OK, HC_INVALID if the path is too long,
 * HC_NOINPUT if the folder above is not there, HC_DENIED, HC_IO.
 */
enum hc_status hc_maildir_make(const char *path, struct hc_error *err);

/*
 * hc_maildir_deliver(path, job, result):
 * Write the message to tmp, sync it, move it into new under a name that was
 * never used, sync the folder.  Lines end in LF, and before them stand
 * Return-Path and Delivered-To.  Nothing is compared: the same message twice
 * is two files.  ${result} says how it ended; its id and when are left.
 */
void hc_maildir_deliver(const char *path, const struct hc_transport_job *job,
    struct hc_transport_result *result);

#endif
