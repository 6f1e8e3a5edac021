/*
 * The rows of a list that were met already, by a hash: of their cells, or of
 * their number in the list.
 */
#ifndef HC_TASK_IMPORT_SEEN_H
#define HC_TASK_IMPORT_SEEN_H

#include <stddef.h>
#include <stdint.h>

/* How often a row without a number was met with just these cells; or the row
   that had a number first, and its cells. */
struct hc_import_seen_row {
	uint64_t hash, cells;
	uint32_t count;		/* 0: met for the first time */
	uint32_t line;
};

/* Open addressing; the room is a power of two.  Zeroes are an empty one. */
struct hc_import_seen {
	struct hc_import_seen_row *rows;
	size_t nrows, room;
};

/*
 * hc_import_seen_find(seen, hash):
 * The place of ${hash}, valid until the next call; who finds a count of 0
 * there counts it.  NULL: out of memory.
 */
struct hc_import_seen_row *hc_import_seen_find(struct hc_import_seen *seen,
    uint64_t hash);

/* hc_import_seen_clear(seen): nothing was met yet; all is given back. */
void hc_import_seen_clear(struct hc_import_seen *seen);

#endif
