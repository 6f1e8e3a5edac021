/*
 * A row of a list among the records: which ones it means, what it changes.
 */
#ifndef HC_TASK_IMPORT_PLACE_H
#define HC_TASK_IMPORT_PLACE_H

#include "record/check.h"
#include "task/import_match.h"
#include "task/import_row.h"

struct hc_import_place;

/* What to do where a row means a record that is known. */
enum hc_import_on_match {
	HC_IMPORT_UPDATE,	/* it takes what the row says */
	HC_IMPORT_SKIP,		/* it stays as it is */
	HC_IMPORT_MAKE		/* a person is known by the list's number, never
				   by name: a new one is made */
};

/* And where it is perhaps about a person who is known. */
enum hc_import_on_doubt {
	HC_IMPORT_DOUBLE,	/* a new one is made, and that is said */
	HC_IMPORT_REFUSE	/* it does not go in */
};

struct hc_import_place_options {
	enum hc_import_on_match on_match;
	enum hc_import_on_doubt on_doubt;
	const char *source;	/* name of the list */
	const char *link;	/* whose numbers of cases it names; NULL: any
				   list's */
	const char *file;	/* for source_row, without folders */
	bool keep_cleared;	/* an empty cell takes nothing away */
	const struct hc_expr_clock *clock;
};

/*
 * hc_import_place_new(place, store, map, options):
 * The caller frees it with hc_import_place_free().
 */
enum hc_status hc_import_place_new(struct hc_import_place **place,
    struct hc_store *store, const struct hc_import_map *map,
    const struct hc_import_place_options *options);
void hc_import_place_free(struct hc_import_place *place);

enum hc_import_outcome {
	HC_IMPORT_UNCHANGED,
	HC_IMPORT_CHANGED,
	HC_IMPORT_NEW,
	HC_IMPORT_DOUBTFUL,	/* new, of a person who may be known */
	HC_IMPORT_WAITING	/* it waits whole for a number of the list
				   that it names */
};

/*
 * hc_import_place_row(place, row, write, outcome, fault, arg):
 * Find the records that ${row} means, and say what it would do to them; with
 * ${write}, within a run, do it.  Faults of the catalogue's checks and
 * things that only should be known (a person who may be the same) go to
 * ${fault}, the latter with a value of NULL.
 *
 * HC_OK; HC_INVALID if the row cannot go in; a failure.
 */
enum hc_status hc_import_place_row(struct hc_import_place *place,
    const struct hc_import_row *row, bool write,
    enum hc_import_outcome *outcome, hc_import_fault *fault, void *arg);

/* hc_import_place_awaits(place, key): the number for which the row last
   placed waits, though it may have gone in without it; NULL if for none.
   ${key} is how the row is known. */
const char *hc_import_place_awaits(const struct hc_import_place *place,
    const char **key);

/* hc_import_place_restart(place): the rows come once more from the first;
   equal rows without a number are counted anew. */
void hc_import_place_restart(struct hc_import_place *place);

#endif
