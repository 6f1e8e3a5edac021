/* The rows of a list that were met already. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "task/import_seen.h"

static struct hc_import_seen_row *
place_of(struct hc_import_seen_row *rows, size_t room,
    uint64_t hash)
{
	size_t i;

	for (i = hash & (room - 1); rows[i].count != 0 &&
	    rows[i].hash != hash; i = (i + 1) & (room - 1))
		continue;
	return &rows[i];
}

/* Room for one more: at most half of the places are taken. */
static bool
grow(struct hc_import_seen *seen)
{
	size_t i, room = seen->room ? seen->room * 2 : 1024;
	struct hc_import_seen_row *bigger;

	if (seen->nrows * 2 < seen->room)
		return true;
	if ((bigger = calloc(room, sizeof(*bigger))) == NULL)
		return false;
	for (i = 0; i < seen->room; i++)
		if (seen->rows[i].count != 0)
			*place_of(bigger, room, seen->rows[i].hash) =
			    seen->rows[i];
	free(seen->rows);
	seen->rows = bigger;
	seen->room = room;
	return true;
}

struct hc_import_seen_row *
hc_import_seen_find(struct hc_import_seen *seen, uint64_t hash)
{
	struct hc_import_seen_row *row;

	if (!grow(seen))
		return NULL;
	row = place_of(seen->rows, seen->room, hash);
	if (row->count == 0) {
		row->hash = hash;
		seen->nrows++;
	}
	return row;
}

void
hc_import_seen_clear(struct hc_import_seen *seen)
{
	free(seen->rows);
	memset(seen, 0, sizeof(*seen));
}
