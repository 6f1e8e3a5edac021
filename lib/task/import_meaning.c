/*
 * What a heading means: looked for among the mapping's own headings, then the
 * headings of the main entity's fields, then of the others in their order.
 */
#include <string.h>

#include "base/i18n.h"

#include "task/import_meaning.h"

/* 公表日（令和2年） is the 公表日 of a year. */
static void
fold_without_year(const char *heading, struct hc_buf *key)
{
	struct hc_buf plain = HC_BUF_INIT;
	const char *bracket = strstr(heading, "（");

	if (bracket == NULL)
		bracket = strchr(heading, '(');
	if (bracket != NULL && bracket > heading &&
	    hc_import_top_year(bracket) != 0)
		hc_buf_add(&plain, heading, (size_t)(bracket - heading));
	else
		hc_buf_puts(&plain, heading);
	hc_import_heading_fold(hc_buf_text(&plain), key);
	hc_buf_free(&plain);
}

/* What a column does, now that its field is known. */
static enum hc_import_how
how_of(const struct hc_import_column *c)
{
	const struct hc_field *f = c->field;

	if (c->piece == 'y' || c->piece == 'm' || c->piece == '2')
		return HC_IMPORT_PIECE;
	if (strcmp(c->entity->name, "source_key") == 0)
		return HC_IMPORT_KEY;
	if (strcmp(c->entity->name, "phone") == 0 &&
	    strcmp(f->name, "number") == 0)
		return HC_IMPORT_PHONES;
	if (f->type == HC_TYPE_REF && strcmp(f->target->name, "episode") == 0)
		return HC_IMPORT_CASE;
	if (f->type == HC_TYPE_REF)
		return HC_IMPORT_NAMED;
	if (strcmp(f->name, "age") == 0 &&
	    hc_catalogue_field(c->entity, "age_band") != NULL)
		return HC_IMPORT_AGE;
	return HC_IMPORT_FIELD;
}

static const struct hc_import_own *
find_own(const struct hc_import_map *map, const char *key)
{
	size_t i;

	for (i = 0; i < map->nown; i++)
		if (strcmp(map->own[i].key, key) == 0)
			return &map->own[i];
	return NULL;
}

/* The field of the main entity, else of another, that has the heading. */
static const struct hc_import_heading *
find_field(const struct hc_import_map *map, const char *key)
{
	const struct hc_import_heading *found;
	size_t i;

	found = hc_import_heading_find(map->headings, map->main, key);
	for (i = 0; found == NULL && i < map->nalso; i++)
		found = hc_import_heading_find(map->headings, map->also[i],
		    key);
	return found;
}

void
hc_import_meaning_take(struct hc_import_column *column,
    const struct hc_import_target_name *name)
{
	column->entity = name->entity;
	column->field = name->field;
	column->nth = name->nth;
	column->piece = name->piece;
	column->how = how_of(column);
}

/* As the mapping's own heading ${own} says. */
static enum hc_status
take_own(const struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_own *own, struct hc_import_column *column,
    const char **more)
{
	size_t n = strcspn(own->target, "|+");
	struct hc_import_target_name name;

	column->why = HC_IMPORT_OWN;
	if (strcmp(own->target, "-") == 0)
		return HC_OK;
	if (!hc_import_map_target(store->catalogue, own->target, n, &name))
		return hc_db_fail(store->db, HC_CONFIG,
		    _("mapping '%s': '%s' is no field"), map->name,
		    own->target);
	hc_import_meaning_take(column, &name);
	column->words = own->words;
	column->shared = strchr(own->target, '|') != NULL;
	*more = own->target + n;
	return HC_OK;
}

/* The meaning of ${text}; a column without a heading goes by its letter. */
static enum hc_status
find(const struct hc_import_map *map, struct hc_store *store,
    const char *text, size_t at, struct hc_import_column *column,
    const char **more)
{
	const struct hc_import_heading *found;
	const struct hc_import_own *own;
	struct hc_buf key = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	char letter[8];

	memset(column, 0, sizeof(*column));
	column->nth = 1;
	*more = "";
	if (strcmp(text, HC_IMPORT_REASONS_HEADING) == 0) {
		column->how = HC_IMPORT_REASONS;
		return HC_OK;
	}
	hc_book_letter(at, letter);
	if (text[0] != '\0')
		fold_without_year(text, &key);
	else
		hc_buf_printf(&key, "%s:%s", letter, letter);
	if (key.len > 0 && (own = find_own(map, hc_buf_text(&key))) != NULL)
		rc = take_own(map, store, own, column, more);
	else if (key.len > 0 && text[0] != '\0' &&
	    (found = find_field(map, hc_buf_text(&key))) != NULL) {
		column->entity = found->field->entity;
		column->field = found->field;
		column->why = strcmp(found->written, text) == 0 ?
		    HC_IMPORT_EXACT : HC_IMPORT_FOLDED;
		column->how = how_of(column);
	}
	hc_buf_free(&key);
	return rc;
}

enum hc_status
hc_import_meaning_find(const struct hc_import_map *map,
    struct hc_store *store, const struct hc_import_top_row *row, size_t i,
    struct hc_import_column *column, const char **more)
{
	enum hc_status rc;

	rc = find(map, store, row->cells[i], i, column, more);
	if (rc == HC_OK && column->why == HC_IMPORT_UNKNOWN &&
	    column->how == HC_IMPORT_NONE && row->lower != NULL &&
	    row->lower[i][0] != '\0')
		rc = find(map, store, row->lower[i], i, column, more);
	return rc;
}
