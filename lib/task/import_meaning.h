/*
 * What a heading means by a mapping: a field of the main entity or of one
 * that a row makes besides, or nothing.
 */
#ifndef HC_TASK_IMPORT_MEANING_H
#define HC_TASK_IMPORT_MEANING_H

#include "task/import_map.h"
#include "task/import_top.h"

/*
 * hc_import_meaning_find(map, store, row, i, column, more):
 * Give ${column} the meaning of the heading ${i} of ${row}: of several that
 * a heading of the mapping has the first, with the others left in ${more}
 * ("" if there are none).  HC_OK, also where it means nothing; HC_CONFIG;
 * a failure.
 */
enum hc_status hc_import_meaning_find(const struct hc_import_map *map,
    struct hc_store *store, const struct hc_import_top_row *row, size_t i,
    struct hc_import_column *column, const char **more);

/* hc_import_meaning_take(column, name): the meaning that ${name} says. */
void hc_import_meaning_take(struct hc_import_column *column,
    const struct hc_import_target_name *name);

#endif
