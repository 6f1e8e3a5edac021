/*
 * Definitions as staff change them: fields, choices, forms, rules, reports,
 * settings.  They are records like others, addressed by the key that
 * lib/catalogue/entity.tsv gives them, and each change of them is checked as
 * a whole before it is committed: whatever would make no sense any more
 * refuses the change.
 *
 *	hc_define_new(&define, store, &rule, &clock);
 *	hc_run_begin(store, "settings");
 *	hc_define_put(define, &change, plan);	(any number of times)
 *	hc_define_settle(define, fault, arg);
 *	hc_run_commit(store, &run);
 */
#ifndef HC_TASK_DEFINE_H
#define HC_TASK_DEFINE_H

#include <stddef.h>

#include "base/expr.h"
#include "base/table.h"
#include "record/value.h"
#include "store/row.h"
#include "store/store.h"

struct hc_define;

/* One "name=value"; an empty value takes the old one away. */
struct hc_define_value {
	const char *name;
	const char *text;	/* as people write it */
};

enum hc_define_mode {
	HC_DEFINE_ADD,		/* must not be there */
	HC_DEFINE_SET,		/* must be there */
	HC_DEFINE_EITHER
};

struct hc_define_change {
	enum hc_define_mode mode;
	const struct hc_entity *entity;
	const char *const *key;	/* as many words as its key has, or one with
				   dots: "person.x_class" */
	size_t nkey;
	const struct hc_define_value *values;
	size_t nvalues;
};

/* Is told one fault: what ("filter no_email"), where ("expr") and why. */
typedef void hc_define_fault(void *arg, const char *what, const char *field,
    const char *words);

/*
 * hc_define_entity(store, word, entity):
 * The entity of that name or label.  HC_INVALID, naming the nearest, if
 * there is none.
 */
enum hc_status hc_define_entity(struct hc_store *store, const char *word,
    const struct hc_entity **entity);

/*
 * hc_define_kind(store, word, entity):
 * The same where only a definition will do.
 */
enum hc_status hc_define_kind(struct hc_store *store, const char *word,
    const struct hc_entity **entity);

/*
 * hc_define_find(store, entity, key, nkey, row):
 * The definition under that key; the caller frees ${row}.  HC_OK; HC_INVALID
 * if the key has another number of words; HC_NOTFOUND with words.
 */
enum hc_status hc_define_find(struct hc_store *store,
    const struct hc_entity *entity, const char *const *key, size_t nkey,
    struct hc_row **row);

/*
 * hc_define_label(row, out):
 * Append what a definition is called in messages: "field person.x_class".
 */
void hc_define_label(const struct hc_row *row, struct hc_buf *out);

/*
 * hc_define_new(define, store, rule, clock):
 * Begin to change definitions: faults that are there already are noted, so
 * that nobody is stopped by what others left.  ${rule} and ${clock} stay the
 * caller's and must live as long.  The caller frees it with
 * hc_define_free(), before the store.
 */
enum hc_status hc_define_new(struct hc_define **define,
    struct hc_store *store, const struct hc_value_rule *rule,
    const struct hc_expr_clock *clock);
void hc_define_free(struct hc_define *define);

/* hc_define_store(define): the store that it works in. */
struct hc_store *hc_define_store(const struct hc_define *define);

/*
 * hc_define_plan(table):
 * A table for what hc_define_put() and hc_define_drop() do: kind, key,
 * action (new, changed, unchanged, retired, dropped), field, old, new.
 */
enum hc_status hc_define_plan(struct hc_table **table);

/*
 * hc_define_put(define, change, plan):
 * Add or change one definition within the open run; ${plan} (may be NULL)
 * gets a row for each field.
 *
 * HC_OK; HC_INVALID with words that name the definition, the field and what
 * would be accepted; HC_NOTFOUND and HC_CONFLICT if it is not there or there
 * already; a failure of the store.
 */
enum hc_status hc_define_put(struct hc_define *define,
    const struct hc_define_change *change, struct hc_table *plan);

/*
 * hc_define_drop(define, entity, key, nkey, plan):
 * Take a definition away: built-in ones, fields and choices are retired,
 * since records may hold their values; others are deleted.  HC_INVALID for a
 * built-in one that cannot be retired.
 */
enum hc_status hc_define_drop(struct hc_define *define,
    const struct hc_entity *entity, const char *const *key, size_t nkey,
    struct hc_table *plan);

/*
 * hc_define_settle(define, fault, arg):
 * At the end of the run, whatever changed the definitions: read the
 * catalogue again (all pointers into the old one are dead), add the columns
 * of new fields, and check everything.  HC_OK; HC_INVALID after each new
 * fault was told; a failure.
 */
enum hc_status hc_define_settle(struct hc_define *define,
    hc_define_fault *fault, void *arg);

/*
 * hc_define_list(store, entity, key, nkey, brief, table):
 * The definitions of one kind, in the order in which they are used, those
 * alone whose key begins with the ${nkey} words ${key}.  Columns: kind, then
 * all fields; ${brief}: for reading, key, label and what matters most.
 */
enum hc_status hc_define_list(struct hc_store *store,
    const struct hc_entity *entity, const char *const *key, size_t nkey,
    bool brief, struct hc_table **table);

/* hc_define_kinds(store, table): all kinds: kind, label, definitions,
   office_made, retired, note. */
enum hc_status hc_define_kinds(struct hc_store *store,
    struct hc_table **table);

/* hc_define_show(store, row, labels, table): field, value. */
enum hc_status hc_define_show(struct hc_store *store,
    const struct hc_row *row, bool labels, struct hc_table **table);

#endif
