/*
 * Contacts of contacts, step by step: each episode is followed once, where
 * it is nearest, so that circles end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "record/refer.h"
#include "record/value.h"

#include "task/contact.h"

#define MOST 10000	/* edges: more is no tree that anybody reads */

/* An episode to go on from. */
struct node {
	int64_t episode;
	int depth;
	size_t edge;		/* 1 + the edge that led to it; 0: the root */
};

struct walk {
	struct hc_store *store;
	struct hc_contact_tree *tree;
	struct node *nodes;
	size_t len;
	struct hc_stmt *st;
	int step;		/* 1 towards contacts, -1 towards sources */
};

void
hc_contact_clear(struct hc_contact_tree *tree)
{
	struct hc_contact_edge *e;
	size_t i;

	for (i = 0; i < tree->len; i++) {
		e = &tree->edges[i];
		free(e->name);
		free(e->number);
		free(e->kind);
		free(e->status);
		free(e->last_date);
		free(e->setting);
	}
	free(tree->edges);
	free(tree->name);
	memset(tree, 0, sizeof(*tree));
}

static enum hc_status
add_node(struct walk *w, int64_t episode, int depth, size_t edge)
{
	struct node *grown;

	grown = realloc(w->nodes, (w->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(w->store->db);
	w->nodes = grown;
	grown[w->len].episode = episode;
	grown[w->len].depth = depth;
	grown[w->len++].edge = edge;
	return HC_OK;
}

static bool
is_known(const struct walk *w, int64_t episode)
{
	size_t i;

	for (i = 0; i < w->len; i++)
		if (w->nodes[i].episode == episode)
			return true;
	return false;
}

/* A text of the present row; false when memory runs out. */
static bool
take(const struct hc_stmt *st, int column, char **text)
{
	const char *value = hc_stmt_get_text(st, column);

	*text = NULL;
	return value == NULL || (*text = strdup(value)) != NULL;
}

static enum hc_status
add_edge(struct walk *w, const struct node *from)
{
	struct hc_contact_tree *tree = w->tree;
	struct hc_contact_edge *grown, *e;
	int64_t far;

	grown = realloc(tree->edges, (tree->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(w->store->db);
	tree->edges = grown;
	e = &grown[tree->len++];
	memset(e, 0, sizeof(*e));
	e->contact = hc_stmt_get_int(w->st, 0);
	e->source = hc_stmt_get_int(w->st, 1);
	e->episode = hc_stmt_get_int(w->st, 2);
	e->person = hc_stmt_get_int(w->st, 3);
	e->depth = from->depth + w->step;
	e->next = from->edge;
	if (!take(w->st, 4, &e->name) || !take(w->st, 5, &e->number) ||
	    !take(w->st, 6, &e->kind) || !take(w->st, 7, &e->status) ||
	    !take(w->st, 8, &e->last_date) || !take(w->st, 9, &e->setting))
		return hc_db_nomem(w->store->db);
	far = w->step > 0 ? e->episode : e->source;
	e->again = is_known(w, far);
	return e->again ? HC_OK : add_node(w, far, e->depth, tree->len);
}

static enum hc_status
begin(struct walk *w)
{
	static const char episodes_sql[] = "SELECT id FROM episode"
	    " WHERE person = :person AND office = :office ORDER BY id";
	enum hc_status rc;

	w->len = 0;
	if ((rc = hc_stmt_new(&w->st, w->store->db, episodes_sql)) == HC_OK)
		rc = hc_stmt_int(w->st, ":person", w->tree->person);
	while (rc == HC_OK && (rc = hc_stmt_next(w->st)) == HC_OK)
		rc = add_node(w, hc_stmt_get_int(w->st, 0), 0, 0);
	hc_stmt_free(w->st);
	w->st = NULL;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

#define EDGES_SQL(near, far) "SELECT c.id, c.source, c.episode, e.person," \
	" p.name, e.number, e.kind, e.status, c.last_date, c.setting" \
	" FROM contact c JOIN episode e ON e.id = c." far \
	" AND e.office = c.office LEFT JOIN person p ON p.id = e.person" \
	" AND p.office = c.office WHERE c." near " = :episode" \
	" AND c.office = :office ORDER BY c.last_date NULLS LAST, c.id"

/* Nodes grow while they are gone through. */
static enum hc_status
walk(struct walk *w, int depth)
{
	static const char contacts_sql[] = EDGES_SQL("source", "episode");
	static const char sources_sql[] = EDGES_SQL("episode", "source");
	struct node from;
	enum hc_status rc;
	size_t i;

	if ((rc = begin(w)) == HC_OK)
		rc = hc_stmt_new(&w->st, w->store->db, w->step > 0 ?
		    contacts_sql : sources_sql);
	for (i = 0; rc == HC_OK && i < w->len; i++) {
		from = w->nodes[i];
		if (abs(from.depth) >= depth || w->tree->len >= MOST)
			continue;
		rc = hc_stmt_int(w->st, ":episode", from.episode);
		while (rc == HC_OK && (rc = hc_stmt_next(w->st)) == HC_OK)
			rc = add_edge(w, &from);
		hc_stmt_reset(w->st);
		if (rc == HC_NOTFOUND)
			rc = HC_OK;
	}
	hc_stmt_free(w->st);
	w->st = NULL;
	return rc;
}

enum hc_status
hc_contact_load(struct hc_store *store, int64_t person, int depth,
    struct hc_contact_tree *tree)
{
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    "person");
	struct walk w = { .store = store, .tree = tree };
	struct hc_buf name = HC_BUF_INIT;
	enum hc_status rc;

	memset(tree, 0, sizeof(*tree));
	tree->person = person;
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	rc = hc_refer_title(store, e, person, &name);
	if (rc == HC_NOTFOUND)
		rc = hc_refer_missing(store, e, person);
	for (w.step = -1; rc == HC_OK && w.step <= 1; w.step += 2)
		rc = walk(&w, depth);
	hc_db_snapshot_end(store->db);
	if (rc == HC_OK && (tree->name = hc_buf_take(&name)) == NULL)
		rc = hc_db_nomem(store->db);
	hc_buf_free(&name);
	free(w.nodes);
	return rc;
}

/* ---- For people ---- */

static void
put_value(const struct hc_catalogue *c, const char *entity, const char *field,
    const char *value, struct hc_buf *out)
{
	if (value == NULL)
		return;
	hc_buf_puts(out, "  ");
	hc_value_show(hc_catalogue_field(hc_catalogue_entity(c, entity),
	    field), value, out);
}

static void
put_edges(const struct hc_catalogue *c, const struct hc_contact_tree *tree,
    size_t from, int step, struct hc_buf *out)
{
	const struct hc_contact_edge *e;
	size_t i;

	for (i = from; i < tree->len; i++) {
		e = &tree->edges[i];
		if (e->next != from || (e->depth > 0) != (step > 0))
			continue;
		hc_buf_printf(out, "  %*s- %lld %s",
		    2 * (abs(e->depth) - 1), "",
		    (long long)(e->person % HC_ID_SPAN),
		    e->name != NULL ? e->name : "");
		put_value(c, "episode", "kind", e->kind, out);
		put_value(c, "episode", "number", e->number, out);
		put_value(c, "episode", "status", e->status, out);
		put_value(c, "contact", "last_date", e->last_date, out);
		put_value(c, "contact", "setting", e->setting, out);
		if (e->again)
			hc_buf_printf(out, "  (%s)", _("again"));
		hc_buf_putc(out, '\n');
		put_edges(c, tree, i + 1, step, out);
	}
}

void
hc_contact_page(struct hc_store *store, const struct hc_contact_tree *tree,
    struct hc_buf *out)
{
	size_t before;

	hc_buf_printf(out, "%lld %s\n", (long long)(tree->person %
	    HC_ID_SPAN), tree->name);
	before = out->len;
	hc_buf_printf(out, "\n%s\n", _("perhaps from"));
	put_edges(store->catalogue, tree, 0, -1, out);
	if (tree->len == 0 || tree->edges[0].depth > 0)
		hc_buf_cut(out, before);
	hc_buf_printf(out, "\n%s\n", _("contacts"));
	put_edges(store->catalogue, tree, 0, 1, out);
}

/* ---- For programs ---- */

enum hc_status
hc_contact_table(struct hc_store *store, struct hc_table **table)
{
	const struct hc_catalogue *c = store->catalogue;
	const struct hc_table_column columns[] = {
		{ "contact", NULL, HC_TYPE_REF },
		{ "source", NULL, HC_TYPE_REF },
		{ "episode", NULL, HC_TYPE_REF },
		{ "person", NULL, HC_TYPE_REF },
		hc_value_column_of(c, "person", "name"),
		hc_value_column_of(c, "episode", "number"),
		hc_value_column_of(c, "episode", "kind"),
		hc_value_column_of(c, "episode", "status"),
		hc_value_column_of(c, "contact", "last_date"),
		hc_value_column_of(c, "contact", "setting"),
		{ "depth", NULL, HC_TYPE_INTEGER },
	};

	return hc_table_new(table, columns,
	    sizeof(columns) / sizeof(columns[0]));
}

enum hc_status
hc_contact_rows(const struct hc_contact_tree *tree, struct hc_table *table)
{
	const struct hc_contact_edge *e;
	char ids[4][24], depth[12];
	const char *cells[11] = { ids[0], ids[1], ids[2], ids[3] };
	size_t i;

	for (i = 0; i < tree->len; i++) {
		e = &tree->edges[i];
		snprintf(ids[0], 24, "%lld", (long long)e->contact);
		snprintf(ids[1], 24, "%lld", (long long)e->source);
		snprintf(ids[2], 24, "%lld", (long long)e->episode);
		snprintf(ids[3], 24, "%lld", (long long)e->person);
		snprintf(depth, sizeof(depth), "%d", e->depth);
		cells[4] = e->name;
		cells[5] = e->number;
		cells[6] = e->kind;
		cells[7] = e->status;
		cells[8] = e->last_date;
		cells[9] = e->setting;
		cells[10] = depth;
		if (hc_table_row(table, cells) != HC_OK)
			return HC_NOMEM;
	}
	return HC_OK;
}
