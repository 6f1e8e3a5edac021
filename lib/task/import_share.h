/* A cell that several fields share: 40代男性, 年代・性別. */
#ifndef HC_TASK_IMPORT_SHARE_H
#define HC_TASK_IMPORT_SHARE_H

#include "task/import_cell.h"

/*
 * hc_import_share_part(rule, map, column, text, part, err):
 * Append to ${part} what of ${text} is that column's: the fields that share
 * the cell take its words one after the other, in any order, with marks
 * between them or without.  A reason for absence is everybody's.
 *
 * HC_OK, also where nothing is left for the column; HC_INVALID, told for the
 * first of them only, where the words do not go round; HC_NOMEM.
 */
enum hc_status hc_import_share_part(const struct hc_import_cell_rule *rule,
    const struct hc_import_map *map, size_t column, const char *text,
    struct hc_buf *part, struct hc_error *err);

#endif
