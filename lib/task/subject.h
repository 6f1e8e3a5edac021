/*
 * The records that a work list looks at whose subject is not the episode:
 * tests, stays, consultations and whatever else refers to an episode.
 *
 * Expressions over them name the record's own fields and those of what it
 * refers to, as "result" or "episode.kind" (record/scope.h); a wanted column
 * may also be "phones", those of its person.  Only what was named is read,
 * in one query.
 */
#ifndef HC_TASK_SUBJECT_H
#define HC_TASK_SUBJECT_H

#include "task/situation.h"

struct hc_subject;

/*
 * hc_subject_new(s, store, clock, name):
 * Records of the entity ${name}.  ${clock} must stay.  The caller frees it
 * with hc_subject_free(), after the expressions, in any case.  HC_OK;
 * HC_INVALID if there is no such entity, or none that a list may look at;
 * HC_NOMEM.
 */
enum hc_status hc_subject_new(struct hc_subject **s, struct hc_store *store,
    const struct hc_expr_clock *clock, const char *name);
void hc_subject_free(struct hc_subject *s);

/* hc_subject_fits(entity): may a work list look at its records?  They must
   have an episode, and through it or by themselves a person. */
bool hc_subject_fits(const struct hc_entity *entity);

/* These do what those of task/situation.h do. */
const struct hc_expr_scope *hc_subject_scope(struct hc_subject *s);
enum hc_status hc_subject_want(struct hc_subject *s, const char *name,
    int *slot, struct hc_error *err);
const struct hc_field *hc_subject_field(const struct hc_subject *s,
    int slot);

/*
 * hc_subject_begin(s, where, filter) / hc_subject_next(s) / _end(s):
 * Begin to read, once: those for which the expression ${where} holds (NULL:
 * all), of one episode or person, or one of them (NULL: any); the next; stop.
 * HC_OK; HC_NOTFOUND after the last; a failure of the store, which _next() also
 * returns for the record before if a value of that could not be had.
 */
enum hc_status hc_subject_begin(struct hc_subject *s, const char *where,
    const struct hc_situation_filter *filter);
enum hc_status hc_subject_next(struct hc_subject *s);
void hc_subject_end(struct hc_subject *s);

/* Of the present record; 0 where it has none. */
int64_t hc_subject_id(const struct hc_subject *s);
int64_t hc_subject_episode(const struct hc_subject *s);
int64_t hc_subject_person(const struct hc_subject *s);
const char *hc_subject_value(struct hc_subject *s, int slot);
bool hc_subject_holds(struct hc_subject *s, const struct hc_expr *expr);

#endif
