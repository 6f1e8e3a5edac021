/* Memory that is given back all at once. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define BLOCK 32768

struct hc_arena_block {
	struct hc_arena_block *next;
	size_t used, room;
	_Alignas(16) char bytes[];
};

void *
hc_arena_alloc(struct hc_arena *arena, size_t size)
{
	struct hc_arena_block *b = arena->blocks;
	size_t room;

	size = (size + 15) & ~(size_t)15;
	if (b == NULL || b->room - b->used < size) {
		room = size > BLOCK ? size : BLOCK;
		if ((b = calloc(1, sizeof(*b) + room)) == NULL)
			return NULL;
		b->room = room;
		b->next = arena->blocks;
		arena->blocks = b;
	}
	b->used += size;
	return b->bytes + b->used - size;
}

char *
hc_arena_text(struct hc_arena *arena, const char *text)
{
	size_t size;
	char *copy;

	if (text == NULL)
		return NULL;
	size = strlen(text) + 1;
	if ((copy = hc_arena_alloc(arena, size)) != NULL)
		memcpy(copy, text, size);
	return copy;
}

static void
free_blocks(struct hc_arena_block *b)
{
	struct hc_arena_block *next;

	for (; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
}

void
hc_arena_clear(struct hc_arena *arena)
{
	struct hc_arena_block *b = arena->blocks;

	if (b == NULL)
		return;
	free_blocks(b->next);
	b->next = NULL;
	memset(b->bytes, 0, b->used);
	b->used = 0;
}

void
hc_arena_free(struct hc_arena *arena)
{
	free_blocks(arena->blocks);
	arena->blocks = NULL;
}
