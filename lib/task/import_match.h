/*
 * Which record a row means: by its number in the list, or by name for a
 * facility.  Persons: import_person.h.
 */
#ifndef HC_TASK_IMPORT_MATCH_H
#define HC_TASK_IMPORT_MATCH_H

#include <stdint.h>

#include "base/phone.h"
#include "store/row.h"
#include "store/store.h"

struct hc_import_match;

/* hc_import_match_new(match, store): nothing is read before it is needed. */
enum hc_status hc_import_match_new(struct hc_import_match **match,
    struct hc_store *store);
void hc_import_match_free(struct hc_import_match *match);

/*
 * hc_import_match_key(match, source, key, entity, id):
 * The record of ${entity} that is known as ${key} in the list ${source}.
 * HC_OK, HC_NOTFOUND.
 */
enum hc_status hc_import_match_key(struct hc_import_match *match,
    const char *source, const char *key, const char *entity, int64_t *id);

/* Under which source_key a row is known, and what it said then. */
struct hc_import_known {
	int64_t record;
	int64_t note;		/* the source_key's id */
	const char *said;	/* valid until the next call; NULL */
	const char *others;	/* what else the row made; so too */
};

/* hc_import_match_row(match, source, key, entity, known): the same with all
   that is noted. */
enum hc_status hc_import_match_row(struct hc_import_match *match,
    const char *source, const char *key, const char *entity,
    struct hc_import_known *known);

/*
 * hc_import_match_episode(match, number, kind, id):
 * The episode that has this number, whatever list it is from, else the one
 * that any list knows under it.  Lists of cases and of contacts both count
 * from 1: of several the only one that is a contact, or none, as ${contact}
 * says.  HC_OK, HC_NOTFOUND; HC_CONFLICT if several have it.
 */
enum hc_status hc_import_match_episode(struct hc_import_match *match,
    const char *number, bool contact, int64_t *id);

/* hc_import_match_same(a, b): are the two names the same after folding?
   NULL is like nothing. */
bool hc_import_match_same(const char *a, const char *b);

/* hc_import_match_phone(match, person, phones, n, has): has the person one of
   the ${n} numbers? */
enum hc_status hc_import_match_phone(struct hc_import_match *match,
    int64_t person, const struct hc_phone *phones, size_t n, bool *has);

/*
 * hc_import_match_named(match, entity, name, id):
 * The record of ${entity} (facility, staff) with the name ${name} after
 * folding.  HC_OK, HC_NOTFOUND.
 */
enum hc_status hc_import_match_named(struct hc_import_match *match,
    const struct hc_entity *entity, const char *name, int64_t *id);

#endif
