/*
 * Generations of backups in a folder: their names, and which of them go.
 */
#ifndef HC_TASK_GENERATION_H
#define HC_TASK_GENERATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

/* Of so many days, weeks and months that have any, the newest is kept. */
struct hc_generation_keep {
	size_t days, weeks, months;
};

/*
 * hc_generation_name(out, folder, instant, sealed):
 * Append the name of a backup made at ${instant} ("2020-12-25T00:30:00Z"):
 * "FOLDER/hc-20201225T003000Z.db", or ".sealed".
 */
void hc_generation_name(struct hc_buf *out, const char *folder,
    const char *instant, bool sealed);

/*
 * hc_generation_parse(text, keep): read "14:8:24"; 0, or -1.
 */
int hc_generation_parse(const char *text, struct hc_generation_keep *keep);

/*
 * hc_generation_thin(folder, keep, removed, err):
 * Remove the backups of ${folder} that ${keep} does not keep, never the
 * newest, and nothing that is not named like one.  ${removed} gets how many.
 * HC_OK, HC_IO, HC_NOMEM.
 */
enum hc_status hc_generation_thin(const char *folder,
    const struct hc_generation_keep *keep, size_t *removed,
    struct hc_error *err);

#endif
