/*
 * Which column of a list means which field: a mapping of the definitions,
 * applied to the headings of a sheet.
 */
#ifndef HC_TASK_IMPORT_MAP_H
#define HC_TASK_IMPORT_MAP_H

#include "base/arena.h"
#include "base/date.h"
#include "store/store.h"
#include "task/import_sheet.h"

enum hc_import_how {
	HC_IMPORT_NONE,		/* no field: kept in source_row */
	HC_IMPORT_FIELD,	/* the value of a field */
	HC_IMPORT_PHONES,	/* one or more telephone numbers */
	HC_IMPORT_AGE,		/* an age, or the band of one */
	HC_IMPORT_NAMED,	/* a reference, by the name of the record */
	HC_IMPORT_CASE,		/* contact.source, by the number in a list */
	HC_IMPORT_KEY,		/* source_key.key: the number in this list */
	HC_IMPORT_REASONS	/* what an earlier rejects file said */
};

/* The same whoever's language it is: another may import what one wrote. */
#define HC_IMPORT_REASONS_HEADING "取込不可の理由"

struct hc_import_column {
	const char *heading;
	enum hc_import_how how;
	const struct hc_entity *entity;	/* NULL for NONE and KEY */
	const struct hc_field *field;
	struct hc_date_rule date;	/* of dates and instants */
};

/* A constant of the mapping: episode.kind=case. */
struct hc_import_constant {
	const struct hc_entity *entity;
	const struct hc_field *field;
	const char *value;
};

struct hc_import_map {
	struct hc_arena arena;
	const char *name;		/* "cases" */
	const struct hc_entity *main;	/* what a row is */
	const struct hc_entity *also[8];	/* what it makes besides */
	size_t nalso;
	struct hc_import_constant constants[8];
	size_t nconstants;
	const struct hc_field *key;	/* the field with the number; NULL */
	struct hc_import_column *columns;
	size_t ncolumns;
	int key_column;			/* -1: the list has none */
	size_t header_row;
	size_t known;			/* columns that mean something */
};

/*
 * hc_import_map_load(map, store, name):
 * The mapping ${name}, or an entity of that name with its own headings.
 * The caller empties it with hc_import_map_clear() in any case.
 * HC_OK; HC_NOTFOUND with the nearest name; a failure.
 */
enum hc_status hc_import_map_load(struct hc_import_map *map,
    struct hc_store *store, const char *name);
void hc_import_map_clear(struct hc_import_map *map);

/*
 * hc_import_map_fit(map, store, sheet, today):
 * Find the row of headings (the one among the first 20 that has the most
 * known ones), give each column its meaning, and decide from all its cells
 * how each column of dates is read.  The sheet is rewound and stands behind
 * the headings.
 *
 * HC_OK; HC_INVALID if no heading is known, or a column of dates can be read
 * in two ways; a failure.
 */
enum hc_status hc_import_map_fit(struct hc_import_map *map,
    struct hc_store *store, struct hc_import_sheet *sheet,
    const char *today);

/* hc_import_map_mark(entity, word): the field of ${entity} to which the word
   in a cell says yes (咳); NULL if none. */
const struct hc_field *hc_import_map_mark(const struct hc_entity *entity,
    const char *word);

/* hc_import_map_has(map, entity): does a row make records of it? */
bool hc_import_map_has(const struct hc_import_map *map,
    const struct hc_entity *entity);

#endif
