/*
 * The office's secrets, in a file beside the database that never leaves it:
 * the key under which links are made, and the pair of keys with which
 * answers are sealed and opened.
 *
 * The file has one line a key, "link HEX" and "secret HEX", and is readable
 * by its owner and group alone.
 */
#ifndef HC_TASK_KEYS_H
#define HC_TASK_KEYS_H

#include "base/seal.h"
#include "base/status.h"

struct hc_keys {
	unsigned char link[32];		/* of task/token.h */
	unsigned char public_key[HC_SEAL_KEY];
	unsigned char secret_key[HC_SEAL_KEY];
};

/*
 * hc_keys_path(db, path, err): append "${db}.key", the file for a database.
 */
enum hc_status hc_keys_path(const char *db, struct hc_buf *path,
    struct hc_error *err);

/*
 * hc_keys_create(path, err):
 * Make new keys in a new file, synced.  HC_CONFIG if it exists, HC_IO.
 */
enum hc_status hc_keys_create(const char *path, struct hc_error *err);

/*
 * hc_keys_load(path, keys, err):
 * HC_OK; HC_NOINPUT; HC_DENIED, also where others may read the file;
 * HC_CONFIG if it does not hold both keys.  Wipe ${keys} after use with
 * hc_seal_wipe().
 */
enum hc_status hc_keys_load(const char *path, struct hc_keys *keys,
    struct hc_error *err);

#endif
