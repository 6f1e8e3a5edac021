/* Which mapping a list is for, by its headings. */
#include <stdio.h>
#include <string.h>

#include "task/import_meaning.h"

#include "task/import_choose.h"

/* How many of the row's cells mean something, and how much that says: a
   field of what the mapping's rows are says more than one of a person, and a
   heading of the mapping's own more than one that every mapping knows. */
static enum hc_status
count_known(const struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_top_row *row, struct hc_import_choice *choice)
{
	struct hc_import_column c;
	const char *more;
	enum hc_status rc;
	size_t i;

	memset(choice, 0, sizeof(*choice));
	snprintf(choice->mapping, sizeof(choice->mapping), "%s", map->name);
	choice->row = row;
	for (i = 0; i < row->n; i++) {
		if ((rc = hc_import_meaning_find(map, store, row, i, &c,
		    &more)) != HC_OK)
			return rc;
		choice->filled += row->cells[i][0] != '\0';
		if (c.how == HC_IMPORT_NONE)
			continue;
		choice->known++;
		choice->weight += (c.entity == map->main ? 3 : 2) +
		    (c.why == HC_IMPORT_OWN);
	}
	return HC_OK;
}

enum hc_status
hc_import_choose_row(const struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_top *top, struct hc_import_choice *best)
{
	struct hc_import_choice one;
	enum hc_status rc;
	size_t i;

	memset(best, 0, sizeof(*best));
	/* One row before two: data below headings would add nothing. */
	for (i = 0; i < top->len * 2; i++) {
		if ((rc = count_known(map, store, i < top->len ?
		    &top->rows[i] : &top->joined[i - top->len], &one)) !=
		    HC_OK)
			return rc;
		if (one.known > best->known) {
			*best = one;
			best->at = i % top->len + i / top->len;
		}
	}
	return HC_OK;
}

static bool
good_enough(const struct hc_import_choice *choice)
{
	return choice->known >= 6 || (choice->known >= 2 &&
	    choice->known * 2 >= choice->filled);
}

/* Try the mapping ${name} and put it in its place among the best two. */
static enum hc_status
try_mapping(struct hc_store *store,
    const struct hc_import_headings *headings,
    const struct hc_import_top *top, const char *name,
    struct hc_import_choice best[2])
{
	struct hc_import_choice one;
	struct hc_import_map map;
	enum hc_status rc;

	rc = hc_import_map_load(&map, store, headings, name);
	if (rc == HC_OK)
		rc = hc_import_choose_row(&map, store, top, &one);
	hc_import_map_clear(&map);
	if (rc != HC_OK)
		return rc;
	if (one.weight > best[0].weight) {
		best[1] = best[0];
		best[0] = one;
	} else if (one.weight > best[1].weight)
		best[1] = one;
	return HC_OK;
}

/* The names of all mappings, each with a newline; the office's own last. */
static enum hc_status
mapping_names(struct hc_store *store, struct hc_buf *names)
{
	static const char names_sql[] =
	    "SELECT name FROM mapping WHERE office = :office"
	    " AND coalesce(retired, 0) = 0"
	    " ORDER BY position IS NULL, position, id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, store->db, names_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		hc_buf_printf(names, "%s\n", hc_stmt_get_text(st, 0));
	hc_stmt_free(st);
	if (rc != HC_NOTFOUND)
		return rc;
	return hc_buf_failed(names) ? hc_db_nomem(store->db) : HC_OK;
}

enum hc_status
hc_import_choose(struct hc_store *store,
    const struct hc_import_headings *headings,
    const struct hc_import_top *top, struct hc_import_choice best[2])
{
	struct hc_buf names = HC_BUF_INIT;
	enum hc_status rc;
	const char *p;
	char name[48];
	size_t n;

	memset(best, 0, 2 * sizeof(*best));
	rc = mapping_names(store, &names);
	for (p = hc_buf_text(&names); rc == HC_OK && *p != '\0'; p += n + 1) {
		n = strcspn(p, "\n");
		snprintf(name, sizeof(name), "%.*s", (int)n, p);
		rc = try_mapping(store, headings, top, name, best);
	}
	hc_buf_free(&names);
	return rc != HC_OK || good_enough(&best[0]) ? rc : HC_NOTFOUND;
}
