/*
 * Persons who are perhaps one: pairs with the reasons, best first, to be
 * looked at and merged.
 */
#ifndef HC_TASK_DUPLICATES_H
#define HC_TASK_DUPLICATES_H

#include <stdint.h>

#include "base/table.h"
#include "store/store.h"

/*
 * hc_duplicates(store, table):
 * Columns person (the older record), other, points, reasons, name,
 * birth_date, other_name, other_birth_date.  The caller frees ${table}.
 * HC_OK, also where there is none; a failure of the store.
 */
enum hc_status hc_duplicates(struct hc_store *store,
    struct hc_table **table);

/* Pairs of persons, the smaller id first. */
struct hc_duplicates_pair {
	int64_t a, b;
};

struct hc_duplicates_pairs {
	struct hc_duplicates_pair *items;
	size_t len, room;
};

/*
 * hc_duplicates_find(store, pairs):
 * All pairs that share a name or a sound and hardly differ in the birth
 * date, or a telephone number, or that day and nearly the name: far more
 * than are alike, but few beside all pairs.  Sorted, each once; the caller
 * frees ${items}.  Groups of people too large to tell anything, such as a
 * telephone number of hundreds, are passed over.
 */
enum hc_status hc_duplicates_find(struct hc_store *store,
    struct hc_duplicates_pairs *pairs);

#endif
