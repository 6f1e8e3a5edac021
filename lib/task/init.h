/*
 * A new database for an office, and an older one brought up to date.
 */
#ifndef HC_TASK_INIT_H
#define HC_TASK_INIT_H

#include <stdint.h>

#include "store/store.h"

struct hc_init_options {
	int64_t office;		/* 全国地方公共団体コード, 6 digits */
	const char *name;	/* 川口市保健所; NULL */
	const char *phone;	/* the number on mails and pages; NULL */
};

/*
 * hc_init_create(store, path, options, who):
 * Make the database ${path} with its tables and all built-in definitions,
 * and the key file beside it.  ${store} as hc_store_open() gives it.
 *
 * HC_OK; HC_CONFIG if ${path} exists or the office's code is none; else a
 * failure, after which nothing is left behind.
 */
enum hc_status hc_init_create(struct hc_store **store, const char *path,
    const struct hc_init_options *options, const struct hc_who *who);

#endif
