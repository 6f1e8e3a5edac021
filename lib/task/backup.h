/*
 * Backups that only the owner of a secret key can read.
 *
 * A sealed backup is the line "hc-sealed 1", then the copy in pieces: the
 * length of each in four bytes, high first, and a sealed box (base/seal.h) of
 * 16 random bytes that are the same in all of them, the piece's number in
 * four bytes, one byte that is 1 in the last, and up to 1 MiB of the copy.
 * Pieces that were changed, exchanged, left out or cut off are found.
 */
#ifndef HC_TASK_BACKUP_H
#define HC_TASK_BACKUP_H

#include <stdio.h>

#include "base/seal.h"
#include "task/check_db.h"
#include "task/keys.h"

/*
 * hc_backup_seal(store, path, key, fault, arg, result):
 * As hc_check_db_backup(), but what is checked is a copy beside the database,
 * and ${path} gets that sealed for the public ${key}; the copy goes.
 */
enum hc_status hc_backup_seal(struct hc_store *store, const char *path,
    const unsigned char key[HC_SEAL_KEY], hc_check_db_fault *fault,
    void *arg, struct hc_check_db *result);

/*
 * hc_backup_open(path, keys, out, err):
 * Write to ${out} what is sealed in the file ${path}.  HC_OK; HC_NOINPUT;
 * HC_INVALID if it is none, is not for these keys, or was changed or cut: some
 * of it may be written then; HC_IO; HC_NOMEM.
 */
enum hc_status hc_backup_open(const char *path, const struct hc_keys *keys,
    FILE *out, struct hc_error *err);

#endif
