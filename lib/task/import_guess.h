/* Which fields the unknown heading of a list may mean. */
#ifndef HC_TASK_IMPORT_GUESS_H
#define HC_TASK_IMPORT_GUESS_H

#include "task/import_sniff.h"

/*
 * hc_import_guess_column(column, map):
 * Fill ${column->guesses} with fields that no column of ${map} has: those
 * with a heading much like its own, then those that can read its values.
 * HC_OK or HC_NOMEM.
 */
enum hc_status hc_import_guess_column(struct hc_import_sniff_column *column,
    const struct hc_import_map *map);

#endif
