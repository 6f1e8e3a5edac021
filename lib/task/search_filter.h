/*
 * The conditions of a search (task/search.h): which of those whom the words
 * find they hold of, or, without words, of whom they hold at all.
 */
#ifndef HC_TASK_SEARCH_FILTER_H
#define HC_TASK_SEARCH_FILTER_H

#include "record/scope.h"
#include "task/search_find.h"

/* The joined condition over one kind of record. */
struct hc_search_part {
	struct hc_scope scope;
	struct hc_buf text;		/* "(kind = case) and (...)" */
	struct hc_expr *expr;
};

struct hc_search_filter {
	struct hc_store *store;
	const struct hc_entity *entity;	/* of the first kept filter; NULL */
	char **kept;			/* their expressions */
	size_t nkept;
	struct hc_search_part own, episode;
	struct hc_expr_params params;
	struct hc_stmt *st;
};

/*
 * hc_search_filter_read(store, question, filter):
 * Read the kept filters of the question.  HC_INVALID if there is none of that
 * name.
 *
 * hc_search_filter_parse(filter, entity, question):
 * Read all conditions as such on records of ${entity}; of a person, those
 * that make no sense of it are asked of an episode.  HC_INVALID with the
 * place; a kept filter must be about ${entity}, or the episodes of people.
 *
 * hc_search_filter_keep(filter, question, list):
 * Within a snapshot: of ${list} keep whom they hold of; if the question has
 * no words, fill it.  No condition keeps all.
 *
 * The caller empties ${filter} with hc_search_filter_clear() in any case,
 * once hc_search_filter_read() was called.
 */
enum hc_status hc_search_filter_read(struct hc_store *store,
    const struct hc_search_question *question,
    struct hc_search_filter *filter);
enum hc_status hc_search_filter_parse(struct hc_search_filter *filter,
    const struct hc_entity *entity,
    const struct hc_search_question *question);
enum hc_status hc_search_filter_keep(struct hc_search_filter *filter,
    const struct hc_search_question *question, struct hc_search_list *list);
void hc_search_filter_clear(struct hc_search_filter *filter);

#endif
