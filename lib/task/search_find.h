/*
 * The first half of a search (task/search.h): which records fit the words,
 * and how well.  The second half shows them.
 */
#ifndef HC_TASK_SEARCH_FIND_H
#define HC_TASK_SEARCH_FIND_H

#include "store/index.h"
#include "task/search.h"

/* One that fits. */
struct hc_search_found {
	int64_t id;
	enum hc_searchkey_kind kind;	/* the worst of all words */
	enum hc_searchkey_class class;	/* of the first word, for the order */
	unsigned int classes;		/* bits of all words */
};

struct hc_search_list {
	struct hc_search_found *items;
	size_t len, room;
};

/*
 * hc_search_find(store, question, entity, list):
 * All records of ${entity} that fit the words, best first; ${list} is
 * freed with hc_search_list_clear() in any case.
 */
enum hc_status hc_search_find(struct hc_store *store,
    const struct hc_search_question *question,
    const struct hc_entity *entity, struct hc_search_list *list);
enum hc_status hc_search_list_add(struct hc_search_list *list,
    const struct hc_search_found *found);
void hc_search_list_clear(struct hc_search_list *list);

/* hc_search_past(store, instant, word, near, hits): as hc_index_find(), but
   what the records held at ${instant}, after hc_asof(). */
enum hc_status hc_search_past(struct hc_store *store, const char *instant,
    const struct hc_searchkey_word *word, bool near,
    struct hc_index_hits *hits);

#endif
