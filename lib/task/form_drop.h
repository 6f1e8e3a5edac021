/*
 * Answers that the office has are removed.  It may be done again without
 * harm.
 */
#ifndef HC_TASK_FORM_DROP_H
#define HC_TASK_FORM_DROP_H

#include <stdint.h>

#include "base/status.h"
#include "task/form_store.h"

/*
 * hc_form_drop(store, fd, now, dropped, err):
 * Read TSV from ${fd} whose column "answer" has ids of answers that the
 * office keeps now, and remove these; then what hc_form_store_sweep()
 * removes at ${now}.  ${dropped} is the number of answers removed.
 *
 * Returns HC_OK; HC_INVALID (no column "answer", an id that is none: then
 * nothing is removed); HC_IO; HC_BUSY; HC_NOMEM.
 */
enum hc_status hc_form_drop(struct hc_form_store *store, int fd,
    const char *now, int64_t *dropped, struct hc_error *err);

#endif
