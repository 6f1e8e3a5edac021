/*
 * Relationships between the parts of an Office file (ECMA-376 part 2, 9.3):
 * which part is the workbook, its styles, its sheets.
 */
#ifndef HC_BASE_RELATION_H
#define HC_BASE_RELATION_H

#include <stddef.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/zip.h"

#define HC_RELATION_MAX 10000

struct hc_relation {
	const char *id;
	const char *type;	/* its last word: "worksheet" */
	const char *part;	/* the part's name in the archive */
};

struct hc_relations {
	struct hc_relation *list;
	size_t count;
	struct hc_arena arena;
};

/*
 * hc_relation_read(relations, zip, part, err):
 * Read what ${part} is related to ("" is the whole file), but not what lies
 * outside the file.  A part without relationships has none.  HC_OK,
 * HC_INVALID, HC_IO, HC_NOMEM.  The caller gives ${relations}, empty ({ 0 })
 * at first, back with hc_relation_free() in any case.
 */
enum hc_status hc_relation_read(struct hc_relations *relations,
    struct hc_zip *zip, const char *part, struct hc_error *err);

/* hc_relation_by_type(relations, type), hc_relation_by_id(relations, id):
   the first such one; NULL if there is none. */
const struct hc_relation *hc_relation_by_type(
    const struct hc_relations *relations, const char *type);
const struct hc_relation *hc_relation_by_id(
    const struct hc_relations *relations, const char *id);

void hc_relation_free(struct hc_relations *relations);

#endif
