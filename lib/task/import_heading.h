/*
 * What the headings of lists mean: the words of the catalogue for each field,
 * and the headings that hold within one mapping only.  Headings are compared
 * after folding, without brackets and marks.
 */
#ifndef HC_TASK_IMPORT_HEADING_H
#define HC_TASK_IMPORT_HEADING_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/store.h"

/* One way to write the heading of a field. */
struct hc_import_heading {
	const char *key;	/* folded */
	const char *written;	/* as the catalogue has it */
	const struct hc_field *field;
};

struct hc_import_headings {
	struct hc_arena arena;
	struct hc_import_heading *items;	/* sorted by key */
	size_t len, room;
};

/* hc_import_heading_fold(heading, out): append the key under which headings
   meet; "" where nothing but marks is written. */
void hc_import_heading_fold(const char *heading, struct hc_buf *out);

/*
 * hc_import_heading_load(headings, store):
 * All headings, labels and names of all fields that are not retired.  The
 * caller empties it with hc_import_heading_clear() in any case.
 * HC_OK or HC_NOMEM.
 */
enum hc_status hc_import_heading_load(struct hc_import_headings *headings,
    struct hc_store *store);
void hc_import_heading_clear(struct hc_import_headings *headings);

/* hc_import_heading_find(headings, entity, key): which field of ${entity}
   the key means, the first of several; NULL if none. */
const struct hc_import_heading *hc_import_heading_find(
    const struct hc_import_headings *headings,
    const struct hc_entity *entity, const char *key);

/* hc_import_heading_mark(headings, entity, word): the field of ${entity} to
   which the word in a cell says yes (咳); NULL if none. */
const struct hc_field *hc_import_heading_mark(
    const struct hc_import_headings *headings,
    const struct hc_entity *entity, const char *word);

#endif
