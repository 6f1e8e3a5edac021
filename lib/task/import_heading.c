/*
 * What the headings of lists mean.  The some 1,500 spellings of the catalogue
 * are folded once and sorted, since every heading is looked for among them by
 * every mapping.
 */
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"

#include "task/import_heading.h"

void
hc_import_heading_fold(const char *heading, struct hc_buf *out)
{
	struct hc_buf key = HC_BUF_INIT;
	size_t i;

	hc_fold_name(&key, heading);
	for (i = 0; i < key.len; i++)
		if (strchr("_()[]<>:;*#", key.data[i]) == NULL ||
		    key.data[i] == '\0')
			hc_buf_putc(out, key.data[i]);
	if (hc_buf_failed(&key))
		out->failed = true;
	hc_buf_free(&key);
}

static enum hc_status
add(struct hc_import_headings *h, const struct hc_field *field,
    const char *written)
{
	struct hc_buf key = HC_BUF_INIT;
	struct hc_import_heading *item;
	enum hc_status rc = HC_OK;

	hc_import_heading_fold(written, &key);
	if (h->len == h->room) {
		h->room = h->room ? h->room * 2 : 2048;
		item = realloc(h->items, h->room * sizeof(*item));
		if (item == NULL)
			goto nomem;
		h->items = item;
	}
	item = &h->items[h->len];
	item->field = field;
	item->written = hc_arena_text(&h->arena, written);
	item->key = hc_arena_text(&h->arena, hc_buf_text(&key));
	if (hc_buf_failed(&key) || item->written == NULL || item->key == NULL)
		goto nomem;
	h->len += key.len > 0;
	goto out;
nomem:
	rc = HC_NOMEM;
out:
	hc_buf_free(&key);
	return rc;
}

/* Every word of ${spellings}, which are joined by '|'. */
static enum hc_status
add_all(struct hc_import_headings *h, const struct hc_field *field,
    const char *spellings)
{
	struct hc_buf one = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *p;
	size_t n;

	for (p = spellings; rc == HC_OK && p != NULL && *p != '\0';
	    p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		hc_buf_clear(&one);
		hc_buf_add(&one, p, n);
		rc = hc_buf_failed(&one) ? HC_NOMEM :
		    add(h, field, hc_buf_text(&one));
	}
	hc_buf_free(&one);
	return rc;
}

/* By key, then in the catalogue's order: of two fields the first has it. */
static int
compare(const void *a, const void *b)
{
	const struct hc_import_heading *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order != 0)
		return order;
	if (x->field->entity != y->field->entity)
		return x->field->entity->index < y->field->entity->index ?
		    -1 : 1;
	return x->field->index < y->field->index ? -1 :
	    x->field->index > y->field->index;
}

enum hc_status
hc_import_heading_load(struct hc_import_headings *h, struct hc_store *store)
{
	const struct hc_catalogue *c = store->catalogue;
	const struct hc_field *f;
	enum hc_status rc = HC_OK;
	size_t i, j;

	memset(h, 0, sizeof(*h));
	for (i = 0; i < c->nentities; i++)
		for (j = 0; rc == HC_OK && j < c->entities[i].nfields; j++) {
			f = c->entities[i].fields[j];
			if (f->retired)
				continue;
			if ((rc = add_all(h, f, f->headings)) == HC_OK &&
			    (rc = add_all(h, f, f->label_ja)) == HC_OK)
				rc = add_all(h, f, f->name);
		}
	if (rc != HC_OK)
		return hc_db_nomem(store->db);
	qsort(h->items, h->len, sizeof(*h->items), compare);
	return HC_OK;
}

void
hc_import_heading_clear(struct hc_import_headings *h)
{
	free(h->items);
	hc_arena_free(&h->arena);
	memset(h, 0, sizeof(*h));
}

/* The first item of the key; ${h->len} if there is none. */
static size_t
first(const struct hc_import_headings *h, const char *key)
{
	size_t low = 0, high = h->len, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(h->items[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct hc_import_heading *
hc_import_heading_find(const struct hc_import_headings *h,
    const struct hc_entity *entity, const char *key)
{
	size_t i;

	for (i = first(h, key); i < h->len &&
	    strcmp(h->items[i].key, key) == 0; i++)
		if (h->items[i].field->entity == entity)
			return &h->items[i];
	return NULL;
}

const struct hc_field *
hc_import_heading_mark(const struct hc_import_headings *h,
    const struct hc_entity *entity, const char *word)
{
	const struct hc_field *found = NULL;
	struct hc_buf key = HC_BUF_INIT;
	size_t i;

	hc_import_heading_fold(word, &key);
	for (i = first(h, hc_buf_text(&key)); i < h->len && found == NULL &&
	    strcmp(h->items[i].key, hc_buf_text(&key)) == 0; i++)
		if (h->items[i].field->entity == entity &&
		    h->items[i].field->type == HC_TYPE_YESNO)
			found = h->items[i].field;
	hc_buf_free(&key);
	return found;
}
