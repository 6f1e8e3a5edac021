/* Which mapping a list is for, and in which row its headings stand. */
#ifndef HC_TASK_IMPORT_CHOOSE_H
#define HC_TASK_IMPORT_CHOOSE_H

#include "task/import_map.h"
#include "task/import_top.h"

/* How well a mapping fits a sheet. */
struct hc_import_choice {
	char mapping[48];	/* "" if there is none */
	const struct hc_import_top_row *row;	/* of headings; lives as long
						   as the top */
	size_t at;		/* where that ends in the top */
	size_t known;		/* columns that it knows */
	size_t filled;		/* columns with a heading */
	size_t weight;		/* how much the known ones say */
};

/* hc_import_choose_row(map, store, top, best): the row, or two rows, with the
   most known headings, the first of several.  HC_OK, HC_CONFIG, a failure. */
enum hc_status hc_import_choose_row(const struct hc_import_map *map,
    struct hc_store *store, const struct hc_import_top *top,
    struct hc_import_choice *best);

/*
 * hc_import_choose(store, headings, top, best):
 * The mapping whose headings fit best becomes ${best}[0], the next best one
 * ${best}[1].  HC_OK; HC_NOTFOUND if none knows six columns, or two and half
 * of them (${best} tells all the same); a failure.
 */
enum hc_status hc_import_choose(struct hc_store *store,
    const struct hc_import_headings *headings,
    const struct hc_import_top *top, struct hc_import_choice best[2]);

#endif
