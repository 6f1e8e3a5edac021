/*
 * Who met whom: from one person over their contacts and those of these, and
 * the other way to whom they may have it from.
 */
#ifndef HC_TASK_CONTACT_H
#define HC_TASK_CONTACT_H

#include "base/table.h"
#include "store/store.h"

/* One contact record, as an edge from its source to its contact. */
struct hc_contact_edge {
	int64_t contact;	/* the record */
	int64_t source, episode;	/* its two ends */
	int64_t person;		/* whose episode the far end is */
	char *name, *number, *kind, *status, *last_date, *setting;	/* of
				   the far end and the record; may be NULL */
	int depth;		/* 1 is the person's own; below 0 towards the
				   sources */
	size_t next;		/* 1 + the edge on which it goes on, 0: none */
	bool again;		/* the far end stands in another edge too and
				   goes on there */
};

struct hc_contact_tree {
	int64_t person;
	char *name;
	struct hc_contact_edge *edges;	/* nearer ones first */
	size_t len;
};

/*
 * hc_contact_load(store, person, depth, tree):
 * All contacts of the episodes of ${person}, ${depth} steps far.  The caller
 * empties ${tree} with hc_contact_clear() in any case.  HC_OK; HC_NOTFOUND
 * if there is no such person; a failure.
 */
enum hc_status hc_contact_load(struct hc_store *store, int64_t person,
    int depth, struct hc_contact_tree *tree);
void hc_contact_clear(struct hc_contact_tree *tree);

/*
 * hc_contact_page(store, tree, out): append the tree for people.
 * hc_contact_rows(tree, table): append the edges: contact, source, episode,
 * person, name, number, kind, status, last_date, setting, depth.
 * hc_contact_table() makes such a table.
 */
void hc_contact_page(struct hc_store *store,
    const struct hc_contact_tree *tree, struct hc_buf *out);
enum hc_status hc_contact_table(struct hc_store *store,
    struct hc_table **table);
enum hc_status hc_contact_rows(const struct hc_contact_tree *tree,
    struct hc_table *table);

#endif
