/*
 * The catalogue: one description of every entity and field, from which come
 * tables, import, validation, forms, search keys, reports and the change log.
 *
 * Entities are built in (lib/catalogue/entity.tsv).  Fields and choices come
 * from the database's tables "field" and "choice", so that what an office
 * adds works everywhere at once; a new database's are those of
 * lib/catalogue/field.tsv and choice.tsv.  See hc-catalogue(5).
 */
#ifndef HC_STORE_CATALOGUE_H
#define HC_STORE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/pattern.h"
#include "base/status.h"
#include "base/type.h"
#include "store/db.h"

struct hc_choice {
	const char *code;
	const char *label_ja, *label_en;
	const char *spellings;	/* as legacy lists write it, joined by '|' */
	int position;		/* in its list; INT_MAX: at the end */
	bool retired;		/* still shown, no longer offered */
};

struct hc_choice_list {
	const char *name;
	struct hc_choice *items;	/* in their order */
	size_t len, room;
};

struct hc_field {
	const struct hc_entity *entity;
	size_t index;		/* place in entity->fields */
	const char *name;
	enum hc_type type;
	const char *of;		/* list, entity, "lines"; NULL */
	int decimals;		/* of HC_TYPE_DECIMAL, else 0 */
	const struct hc_choice_list *choices;	/* of choice and multi */
	const struct hc_entity *target;		/* of ref */
	const char *unit;
	const char *label_ja, *label_en;
	const char *required;	/* NULL, "yes" or an expression */
	const char *low, *high;	/* canonical texts; NULL */
	struct hc_pattern *pattern;	/* of its text; NULL */
	const char *check;	/* expression that must hold; NULL */
	const char *search;	/* class of search key; NULL */
	int list;		/* place in default lists, 0: not shown */
	const char *headings;	/* joined by '|'; NULL */
	const char *note;	/* one English sentence */
	const char *initial;	/* value of a new record; NULL */
	bool office_made;	/* column x_NAME, added by the office */
	bool retired;
};

enum hc_entity_kind {
	HC_ENTITY_RECORD,	/* what the centre works with */
	HC_ENTITY_DEFINITION,	/* settings, addressed by their key */
	HC_ENTITY_COMPUTED	/* no table */
};

struct hc_entity {
	const char *name;
	enum hc_entity_kind kind;
	const char *label_ja, *label_en;
	const char *key;	/* "entity,name": identifies a row; NULL */
	const char *parent;	/* refs to whom it belongs, by commas; NULL */
	const char *title;	/* fields that name a record; NULL */
	const char *indexes;	/* "episode,day|status": further ones; NULL */
	const char *match;	/* "episode,day": what a list's row is known
				   by where it has no number; NULL */
	const char *note;
	size_t index;		/* place in the catalogue */
	struct hc_field **fields;	/* without the common five */
	size_t nfields, room;
};

struct hc_catalogue {
	struct hc_arena arena;
	struct hc_entity *entities;
	size_t nentities;
	struct hc_choice_list *lists;
	size_t nlists, lists_room;
	bool starved;		/* memory ran out while it was read */
};

/*
 * hc_catalogue_new(catalogue, err):
 * The entities alone, without any field or choice.  The caller frees it
 * with hc_catalogue_free().  HC_NOMEM, HC_ERROR (the built-in file is bad).
 */
enum hc_status hc_catalogue_new(struct hc_catalogue **catalogue,
    struct hc_error *err);
void hc_catalogue_free(struct hc_catalogue *catalogue);

/*
 * hc_catalogue_load_builtin(catalogue, err) / hc_catalogue_load(catalogue, db):
 * Add the fields and choices: the built-in ones, or those of the database.
 * HC_ERROR or HC_CONFIG with words that name the row that makes no sense.
 */
enum hc_status hc_catalogue_load_builtin(struct hc_catalogue *catalogue,
    struct hc_error *err);
enum hc_status hc_catalogue_load(struct hc_catalogue *catalogue,
    struct hc_db *db);

/* Find by name; NULL if there is none. */
const struct hc_entity *hc_catalogue_entity(const struct hc_catalogue *c,
    const char *name);
const struct hc_field *hc_catalogue_field(const struct hc_entity *entity,
    const char *name);
const struct hc_choice_list *hc_catalogue_choices(const struct hc_catalogue *c,
    const char *name);
const struct hc_choice *hc_catalogue_choice(const struct hc_choice_list *list,
    const char *code);

/*
 * hc_catalogue_label(field) / _entity_label / _choice_label:
 * The label in the language of messages.  Never NULL.
 */
const char *hc_catalogue_label(const struct hc_field *field);
const char *hc_catalogue_entity_label(const struct hc_entity *entity);
const char *hc_catalogue_choice_label(const struct hc_choice *choice);

/*
 * hc_catalogue_near(names..., word): the name most like ${word}, for "did
 * you mean", or NULL if none is near.
 */
const char *hc_catalogue_near_field(const struct hc_entity *entity,
    const char *word);
const char *hc_catalogue_near_entity(const struct hc_catalogue *c,
    const char *word);

/*
 * hc_catalogue_has(joined, mark, word, len):
 * Is the word one of those in ${joined}, which are parted by ${mark}?
 */
bool hc_catalogue_has(const char *joined, char mark, const char *word,
    size_t len);

#endif
