/*
 * Which column of a list means which field: a mapping of the definitions,
 * and the columns of a sheet as import_fit.h reads them by it.
 */
#ifndef HC_TASK_IMPORT_MAP_H
#define HC_TASK_IMPORT_MAP_H

#include "base/arena.h"
#include "base/date.h"
#include "store/store.h"
#include "task/import_heading.h"

enum hc_import_how {
	HC_IMPORT_NONE,		/* no field: kept in source_row */
	HC_IMPORT_FIELD,	/* the value of a field */
	HC_IMPORT_PHONES,	/* one or more telephone numbers */
	HC_IMPORT_AGE,		/* an age, or the band of one */
	HC_IMPORT_NAMED,	/* a reference, by the name of the record */
	HC_IMPORT_CASE,		/* an episode, by the number in a list */
	HC_IMPORT_KEY,		/* source_key.key: the number in this list */
	HC_IMPORT_PIECE,	/* a piece of what another column holds: the
				   year and month of its day, the given name */
	HC_IMPORT_REASONS	/* what an earlier rejects file said */
};

/* Why a column means what it means. */
enum hc_import_why {
	HC_IMPORT_UNKNOWN,	/* it means nothing */
	HC_IMPORT_OWN,		/* a heading of the mapping */
	HC_IMPORT_EXACT,	/* a heading of the field, as written */
	HC_IMPORT_FOLDED,	/* the same after folding */
	HC_IMPORT_TAKEN		/* an earlier column has the field */
};

/* The same whoever's language it is: another may import what one wrote. */
#define HC_IMPORT_REASONS_HEADING "取込不可の理由"

/*
 * One meaning of a column.  Those of the sheet's columns come first, in their
 * order; further meanings of a column that has several stand behind them.
 */
struct hc_import_column {
	const char *heading;
	size_t at;			/* column of the sheet */
	enum hc_import_how how;
	enum hc_import_why why;
	const struct hc_entity *entity;	/* NULL for NONE and KEY */
	const struct hc_field *field;
	unsigned int nth;		/* which of several records: 1, 2 ... */
	char piece;			/* 'y', 'm', 'd' of a date in three
					   columns, '1', '2' of a text; 0 */
	bool shared;			/* takes its part of the cell only */
	bool kana;			/* takes the cell's furigana */
	const char *words;		/* "written=value|..."; NULL */
	struct hc_date_rule date;	/* of dates and instants */
};

/* A constant of the mapping: episode.kind=case. */
struct hc_import_constant {
	const struct hc_entity *entity;
	const struct hc_field *field;
	unsigned int nth;
	const char *value;
};

/* A heading of the mapping. */
struct hc_import_own {
	const char *key;	/* folded */
	const char *target;	/* "episode.age|person.sex" */
	const char *words;	/* NULL */
};

struct hc_import_map {
	struct hc_arena arena;
	const struct hc_import_headings *headings;	/* the caller's */
	const char *name;		/* "cases" */
	const struct hc_entity *main;	/* what a row is */
	const struct hc_entity *also[8];	/* what it makes besides */
	size_t nalso;
	struct hc_import_constant constants[8];
	size_t nconstants;
	const struct hc_field *key;	/* the field with the number; NULL */
	enum hc_date_form dates;	/* CLEAR: by the cells */
	struct hc_import_own *own;
	size_t nown, own_room;
	/* Of a sheet (import_fit.h): */
	struct hc_import_column *columns;
	size_t ncolumns;
	size_t nsheet;			/* those of the sheet itself */
	int key_column;			/* -1: the list has none */
	size_t header_row;
	int32_t title_day;		/* that the rows above name as the
					   list's; HC_DATE_NONE */
	size_t known;			/* columns that mean something */
};

/* hc_import_map_check(store, name): is there such a mapping?  As
   hc_import_map_load() returns it. */
enum hc_status hc_import_map_check(struct hc_store *store, const char *name);

/*
 * hc_import_map_load(map, store, headings, name):
 * The mapping ${name}, or an entity of that name with its own headings.
 * The caller empties it with hc_import_map_clear() in any case.
 * HC_OK; HC_NOTFOUND with the nearest name; HC_CONFIG; a failure.
 */
enum hc_status hc_import_map_load(struct hc_import_map *map,
    struct hc_store *store, const struct hc_import_headings *headings,
    const char *name);
void hc_import_map_clear(struct hc_import_map *map);

/* One "ENTITY.FIELD", "ENTITY#2.FIELD", "ENTITY#*.FIELD",
   "ENTITY.FIELD:year" or "ENTITY.FIELD:1" of what a heading means. */
struct hc_import_target_name {
	const struct hc_entity *entity;
	const struct hc_field *field;
	unsigned int nth;	/* 0: #*, as often as the heading comes */
	char piece;		/* its first letter; 0 */
};

/* hc_import_map_target(catalogue, text, len, name): take such a name apart;
   false if it is none. */
bool hc_import_map_target(const struct hc_catalogue *catalogue,
    const char *text, size_t len, struct hc_import_target_name *name);

#endif
