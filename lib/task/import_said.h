/*
 * What each row of a list said when it was imported last.
 *
 * It is kept with the row's number (source_key.said), so that the next
 * edition changes only what the list itself has changed since: what staff
 * have mended in between stays, and a row that says the same as before is
 * passed over.  Of each filled cell nine characters are kept: three of what
 * its column means and six of what it says, both hashes.
 */
#ifndef HC_TASK_IMPORT_SAID_H
#define HC_TASK_IMPORT_SAID_H

#include "base/buf.h"
#include "task/import_row.h"

struct hc_import_said {
	const struct hc_import_map *map;
	char (*tags)[4];	/* by column */
	struct hc_buf now;	/* of the present row */
	struct hc_buf before;	/* empty: nothing is known */
};

/* hc_import_said_new(said, map): HC_OK or HC_NOMEM; the caller empties it
   with hc_import_said_clear() in any case. */
enum hc_status hc_import_said_new(struct hc_import_said *said,
    const struct hc_import_map *map);
void hc_import_said_clear(struct hc_import_said *said);

/* hc_import_said_row(said, row, state): ${row} is the present one, whose words
   make its record ${state} ("withdrawn"; NULL: nothing); of what it said
   before nothing is known yet.  HC_OK or HC_NOMEM. */
enum hc_status hc_import_said_row(struct hc_import_said *said,
    const struct hc_import_row *row, const char *state);

/* hc_import_said_state(said, state): did it make its record that before? */
bool hc_import_said_state(const struct hc_import_said *said,
    const char *state);

enum hc_import_said_how {
	HC_IMPORT_SAID_NEVER,	/* the cell was empty, or nothing is known */
	HC_IMPORT_SAID_SAME,
	HC_IMPORT_SAID_OTHER	/* it said something else */
};

/* hc_import_said_cell(said, row, column): how the present cell stands to what
   it said before. */
enum hc_import_said_how hc_import_said_cell(const struct hc_import_said *said,
    const struct hc_import_row *row, size_t column);

/* hc_import_said_value(said, column, text): did the cell say just ${text}? */
bool hc_import_said_value(const struct hc_import_said *said, size_t column,
    const char *text);

#endif
