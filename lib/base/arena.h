/*
 * Memory that is given back all at once: for things that are read once and
 * kept as long as their owner, as the catalogue.
 */
#ifndef HC_BASE_ARENA_H
#define HC_BASE_ARENA_H

#include <stddef.h>

struct hc_arena_block;

struct hc_arena {
	struct hc_arena_block *blocks;
};

/* hc_arena_alloc(arena, size): zeroed memory, or NULL. */
void *hc_arena_alloc(struct hc_arena *arena, size_t size);

/* hc_arena_text(arena, text): a copy of ${text}; NULL for NULL or when out
   of memory. */
char *hc_arena_text(struct hc_arena *arena, const char *text);

/* hc_arena_clear(arena): empty it; memory for a next round of about the same
   size is kept. */
void hc_arena_clear(struct hc_arena *arena);

/* hc_arena_free(arena): give all of it back; it is empty and usable. */
void hc_arena_free(struct hc_arena *arena);

#endif
