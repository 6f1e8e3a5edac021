/*
 * What the parts of import_place.c share: the present row, the records that
 * it means or makes, and what it says of each.
 */
#ifndef HC_TASK_IMPORT_TARGET_H
#define HC_TASK_IMPORT_TARGET_H

#include "base/buf.h"
#include "task/import_note.h"
#include "task/import_person.h"
#include "task/import_place.h"
#include "task/import_said.h"
#include "task/import_seen.h"

#define HC_IMPORT_TARGETS 32	/* the main entity and the others */

/* A record that the row means or makes. */
struct hc_import_target {
	const struct hc_entity *entity;
	unsigned int nth;	/* of several of the entity: 1, 2 ... */
	struct hc_row *before;	/* as it is; NULL: new */
	struct hc_row *row;	/* as it will be; NULL: none */
};

struct hc_import_place {
	struct hc_store *store;
	const struct hc_import_map *map;
	struct hc_import_place_options options;
	struct hc_import_match *match;
	struct hc_import_person *people;
	int64_t last_person;	/* the last one before this list */
	struct hc_import_notes *notes;
	struct hc_check *checks[HC_IMPORT_TARGETS];	/* as targets */
	struct hc_import_target targets[HC_IMPORT_TARGETS];
	struct hc_stmt *twins[HC_IMPORT_TARGETS];	/* import_twin.h */
	size_t ntargets;			/* [0] is the main one */
	const struct hc_entity *person, *episode, *facility;
	struct hc_import_seen seen;
	struct hc_import_said said;
	struct hc_buf scratch;
	/* The present row: */
	const struct hc_import_row *in;
	bool write, changed, bad;
	bool doubtful;				/* who it is about */
	bool numbered;				/* key is the list's number */
	bool same;		/* it says what it said last time */
	bool waits;		/* something in it waits for other lists */
	const char *awaits;	/* the number of a case that it waits for */
	bool met;		/* other lists know it (import_twin.h) */
	bool held;		/* and cannot go in without it */
	int64_t noted;		/* the source_key of the number; 0 */
	const char *state;	/* what words in it make of it; NULL */
	size_t state_column;	/* where they stand */
	hc_import_fault *fault;
	void *arg;
	char key[300];				/* in the list */
	struct hc_buf known_others, others;	/* import_key.h */
};

/* hc_import_target_of(p, entity): the first target of that entity; NULL if
   the list makes none. */
struct hc_import_target *hc_import_target_of(struct hc_import_place *p,
    const struct hc_entity *entity);

/* hc_import_target_column(p, entity, name): the column of ${entity}'s field
   ${name}; -1 if the list has none. */
int hc_import_target_column(const struct hc_import_place *p,
    const struct hc_entity *entity, const char *name);

/* hc_import_target_value(p, entity, name): that cell's value; NULL where it
   is empty or only says why. */
const char *hc_import_target_value(const struct hc_import_place *p,
    const struct hc_entity *entity, const char *name);

/* hc_import_target_takes(t, column): is the column's field the target's? */
bool hc_import_target_takes(const struct hc_import_target *t,
    const struct hc_import_column *column);

/* hc_import_target_says(p, t): does the row say anything of it? */
bool hc_import_target_says(const struct hc_import_place *p,
    const struct hc_import_target *t);

/* hc_import_target_refuse(p, i, words): the row cannot go in; told at the
   column ${i}, or at none (-1). */
void hc_import_target_refuse(struct hc_import_place *p, int i,
    const char *words);

/* hc_import_target_tell(p, i, words): it goes in, but somebody should know.
   hc_import_target_warn() is for what shows before the row is written. */
void hc_import_target_tell(struct hc_import_place *p, int i,
    const char *words);
void hc_import_target_warn(struct hc_import_place *p, int i,
    const char *words);

/*
 * hc_import_target_case(p, i, contact, id):
 * The episode that the number in column ${i} names, of the list that is
 * linked, else as hc_import_match_episode().  HC_NOTFOUND and HC_CONFLICT
 * are said; with a linked list, the row then waits for the number.
 */
enum hc_status hc_import_target_case(struct hc_import_place *p, int i,
    bool contact, int64_t *id);

/* hc_import_target_load(p, t, id): the target is that record.  HC_OK,
   HC_NOTFOUND. */
enum hc_status hc_import_target_load(struct hc_import_place *p,
    struct hc_import_target *t, int64_t id);

/* hc_import_target_meet(p, t, id): the same, and it takes what the new one
   says that ${t} was until now. */
enum hc_status hc_import_target_meet(struct hc_import_place *p,
    struct hc_import_target *t, int64_t id);

/* hc_import_target_make(p, t): it is a new one, with the mapping's
   constants. */
enum hc_status hc_import_target_make(struct hc_import_place *p,
    struct hc_import_target *t);

/* hc_import_target_set(p, row, field, text): hc_row_set() with words. */
enum hc_status hc_import_target_set(struct hc_import_place *p,
    struct hc_row *row, const struct hc_field *field, const char *text);

/* hc_import_target_set_ref(p, row, name, to): the field ${name}, if there is
   one, refers to the record ${to}, if there is one. */
enum hc_status hc_import_target_set_ref(struct hc_import_place *p,
    struct hc_row *row, const char *name, const struct hc_row *to);

#endif
