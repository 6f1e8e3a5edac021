/* What each row of a list said when it was imported last. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "task/import_said.h"

#define TAG 3		/* characters of six bits */
#define HASH 6
#define CELL (TAG + HASH)

/* FNV-1a; ends with a byte that no text has, so that parts stay apart. */
static uint64_t
mix(uint64_t h, const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return (h ^ 0xff) * UINT64_C(0x100000001b3);
}

static const uint64_t seed = UINT64_C(0xcbf29ce484222325);

static void
write_bits(uint64_t h, size_t n, char *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-_";

	/* The low bits of FNV are the poorer ones. */
	h ^= h >> 29;
	h *= UINT64_C(0xbf58476d1ce4e5b9);
	for (; n > 0; n--, h <<= 6)
		*out++ = digits[h >> 58];
}

static void
hash_cell(const struct hc_import_cell *cell, char out[HASH])
{
	uint64_t h = seed;

	h = mix(h, cell->text);
	h = mix(h, cell->reason);
	h = mix(h, cell->band);
	h = mix(h, cell->fields);
	h = mix(h, cell->rest);
	write_bits(h, HASH, out);
}

static bool
filled(const struct hc_import_cell *cell)
{
	return cell->text != NULL || cell->band != NULL ||
	    cell->fields != NULL || cell->rest != NULL;
}

enum hc_status
hc_import_said_new(struct hc_import_said *said,
    const struct hc_import_map *map)
{
	const struct hc_import_column *c;
	char nth[24];
	uint64_t h;
	size_t i;

	memset(said, 0, sizeof(*said));
	said->map = map;
	said->tags = calloc(map->ncolumns + 1, sizeof(*said->tags));
	if (said->tags == NULL)
		return HC_NOMEM;
	for (i = 0; i < map->ncolumns; i++) {
		c = &map->columns[i];
		snprintf(nth, sizeof(nth), "%u%c", c->nth, c->piece);
		h = mix(seed, nth);
		if (c->how == HC_IMPORT_NONE || c->entity == NULL)
			h = mix(h, c->heading);
		else
			h = mix(mix(h, c->entity->name), c->field->name);
		write_bits(h, TAG, said->tags[i]);
	}
	return HC_OK;
}

void
hc_import_said_clear(struct hc_import_said *said)
{
	free(said->tags);
	hc_buf_free(&said->now);
	hc_buf_free(&said->before);
	memset(said, 0, sizeof(*said));
}

/* No tag of a column has a full stop. */
static const char extra_tag[] = "...", state_tag[] = "..s";

static const char *
find_tag(const struct hc_import_said *said, const char *tag)
{
	const char *p = hc_buf_text(&said->before);
	size_t at;

	for (at = 0; at + CELL <= said->before.len; at += CELL)
		if (memcmp(p + at, tag, TAG) == 0)
			return p + at + TAG;
	return NULL;
}

enum hc_status
hc_import_said_row(struct hc_import_said *said,
    const struct hc_import_row *row, const char *state)
{
	char hash[HASH];
	size_t i;

	hc_buf_clear(&said->now);
	hc_buf_clear(&said->before);
	for (i = 0; i < row->ncells; i++) {
		if (!filled(&row->cells[i]))
			continue;
		hash_cell(&row->cells[i], hash);
		hc_buf_add(&said->now, said->tags[i], TAG);
		hc_buf_add(&said->now, hash, HASH);
	}
	/* What stands to the right of the headings has no column. */
	if (row->extra != NULL) {
		write_bits(mix(seed, row->extra), HASH, hash);
		hc_buf_puts(&said->now, extra_tag);
		hc_buf_add(&said->now, hash, HASH);
	}
	if (state != NULL) {
		write_bits(mix(seed, state), HASH, hash);
		hc_buf_puts(&said->now, state_tag);
		hc_buf_add(&said->now, hash, HASH);
	}
	return hc_buf_failed(&said->now) ? HC_NOMEM : HC_OK;
}

bool
hc_import_said_state(const struct hc_import_said *said, const char *state)
{
	const char *before = find_tag(said, state_tag);
	char hash[HASH];

	write_bits(mix(seed, state), HASH, hash);
	return before != NULL && memcmp(before, hash, HASH) == 0;
}

enum hc_import_said_how
hc_import_said_cell(const struct hc_import_said *said,
    const struct hc_import_row *row, size_t column)
{
	const char *before = find_tag(said, said->tags[column]);
	char hash[HASH];

	if (before == NULL)
		return HC_IMPORT_SAID_NEVER;
	hash_cell(&row->cells[column], hash);
	return filled(&row->cells[column]) && memcmp(before, hash, HASH) ==
	    0 ? HC_IMPORT_SAID_SAME : HC_IMPORT_SAID_OTHER;
}

bool
hc_import_said_value(const struct hc_import_said *said, size_t column,
    const char *text)
{
	struct hc_import_cell cell = { .text = text };
	const char *before = find_tag(said, said->tags[column]);
	char hash[HASH];

	hash_cell(&cell, hash);
	return before != NULL && memcmp(before, hash, HASH) == 0;
}
