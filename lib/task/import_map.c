/* A mapping as the definitions have it: mapping and its rows of heading. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"

#include "task/import_map.h"

/* Append ${map}'s also-entities named in "person|phone|...". */
static void
take_also(struct hc_import_map *map, struct hc_store *store,
    const char *names)
{
	const struct hc_entity *e;
	char word[48];
	size_t n;

	for (; names != NULL && *names != '\0';
	    names += n + (names[n] == '|')) {
		n = strcspn(names, "|");
		snprintf(word, sizeof(word), "%.*s", (int)n, names);
		e = hc_catalogue_entity(store->catalogue, word);
		if (e != NULL && map->nalso <
		    sizeof(map->also) / sizeof(map->also[0]))
			map->also[map->nalso++] = e;
	}
}

/* "#2" or "#*" of "vaccination#2"; false if neither. */
static bool
parse_nth(const char *text, size_t len, unsigned int *nth)
{
	*nth = 0;
	if (len == 1 && text[0] == '*')
		return true;
	while (len-- > 0 && *text >= '0' && *text <= '9' && *nth < 100)
		*nth = *nth * 10 + (unsigned int)(*text++ - '0');
	return len == SIZE_MAX && *nth > 0 && *nth < 100;
}

/* "year", "month" or "day" of a date, "1" or "2" of a text. */
static bool
parse_piece(const char *text, size_t len, const struct hc_field *field,
    char *piece)
{
	static const char *const names[] = { "year", "month", "day", "1",
	    "2" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (len == strlen(names[i]) &&
		    memcmp(text, names[i], len) == 0) {
			*piece = names[i][0];
			return field->type == (i < 3 ? HC_TYPE_DATE :
			    HC_TYPE_TEXT);
		}
	return false;
}

bool
hc_import_map_target(const struct hc_catalogue *catalogue, const char *text,
    size_t len, struct hc_import_target_name *name)
{
	const char *dot = memchr(text, '.', len), *end = text + len;
	const char *nth, *piece;
	char word[48];

	name->nth = 1;
	name->piece = '\0';
	if (dot == NULL)
		return false;
	nth = memchr(text, '#', (size_t)(dot - text));
	piece = memchr(dot, ':', (size_t)(end - dot));
	if (nth != NULL && !parse_nth(nth + 1, (size_t)(dot - nth - 1),
	    &name->nth))
		return false;
	snprintf(word, sizeof(word), "%.*s",
	    (int)((nth != NULL ? nth : dot) - text), text);
	if ((name->entity = hc_catalogue_entity(catalogue, word)) == NULL)
		return false;
	snprintf(word, sizeof(word), "%.*s",
	    (int)((piece != NULL ? piece : end) - dot - 1), dot + 1);
	name->field = hc_catalogue_field(name->entity, word);
	return name->field != NULL && (piece == NULL || parse_piece(piece + 1,
	    (size_t)(end - piece - 1), name->field, &name->piece));
}

static enum hc_status
take_constants(struct hc_import_map *map, struct hc_store *store,
    const char *text)
{
	struct hc_import_target_name name;
	struct hc_import_constant *c;
	const char *sign;
	char value[80];
	size_t n;

	for (; text != NULL && *text != '\0'; text += n + (text[n] == '|')) {
		n = strcspn(text, "|");
		c = &map->constants[map->nconstants];
		if ((sign = memchr(text, '=', n)) == NULL ||
		    !hc_import_map_target(store->catalogue, text,
		    (size_t)(sign - text), &name) || map->nconstants + 1 ==
		    sizeof(map->constants) / sizeof(map->constants[0]))
			return hc_db_fail(store->db, HC_CONFIG,
			    _("mapping '%s': '%s' is no constant"), map->name,
			    text);
		c->entity = name.entity;
		c->field = name.field;
		c->nth = name.nth;
		snprintf(value, sizeof(value), "%.*s",
		    (int)(text + n - sign - 1), sign + 1);
		if ((c->value = hc_arena_text(&map->arena, value)) == NULL)
			return hc_db_nomem(store->db);
		map->nconstants++;
	}
	return HC_OK;
}

static enum hc_status
take_mapping(struct hc_import_map *map, struct hc_store *store,
    struct hc_stmt *st)
{
	struct hc_import_target_name name;
	const char *key = hc_stmt_get_text(st, 3);
	const char *dates = hc_stmt_get_text(st, 4);

	map->main = hc_catalogue_entity(store->catalogue,
	    hc_stmt_get_text(st, 0));
	if (map->main == NULL)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("mapping '%s' names no entity"), map->name);
	take_also(map, store, hc_stmt_get_text(st, 1));
	if (key != NULL && !hc_import_map_target(store->catalogue, key,
	    strlen(key), &name))
		return hc_db_fail(store->db, HC_CONFIG,
		    _("mapping '%s': the key '%s' is no field"), map->name,
		    key);
	map->key = key != NULL ? name.field : NULL;
	if (dates != NULL && hc_date_form_parse(dates, &map->dates) != 0)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("mapping '%s': '%s' is no way to write dates"),
		    map->name, dates);
	return take_constants(map, store, hc_stmt_get_text(st, 2));
}

static enum hc_status
no_mapping(struct hc_import_map *map, struct hc_store *store)
{
	static const char names_sql[] =
	    "SELECT name FROM mapping WHERE office = :office ORDER BY name";
	struct hc_stmt *st = NULL;
	char nearest[48] = "";
	const char *best;
	enum hc_status rc;

	rc = hc_stmt_new(&st, store->db, names_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		best = hc_near_better(map->name, hc_stmt_get_text(st, 0),
		    nearest[0] != '\0' ? nearest : NULL);
		if (best != NULL && best != nearest)
			snprintf(nearest, sizeof(nearest), "%s", best);
	}
	hc_stmt_free(st);
	if (rc != HC_NOTFOUND)
		return rc;
	if (nearest[0] != '\0')
		return hc_db_fail(store->db, HC_NOTFOUND,
		    _("there is no mapping or entity '%s', did you mean "
		    "'%s'?"), map->name, nearest);
	return hc_db_fail(store->db, HC_NOTFOUND,
	    _("there is no mapping or entity '%s'; 'hc-define list mapping' "
	    "shows the mappings"), map->name);
}

/* The key of a heading; A:A, as a spreadsheet names a column, is none that a
   folded one could be. */
static void
key_of(const char *heading, struct hc_buf *key)
{
	size_t n = strspn(heading, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (n > 0 && n < 4 && heading[n] == ':' &&
	    strlen(heading) == n * 2 + 1 &&
	    strncmp(heading, heading + n + 1, n) == 0)
		hc_buf_puts(key, heading);
	else
		hc_import_heading_fold(heading, key);
}

static enum hc_status
add_own(struct hc_import_map *map, struct hc_store *store,
    const struct hc_stmt *st)
{
	struct hc_buf key = HC_BUF_INIT;
	struct hc_import_own *own;

	if (map->nown == map->own_room) {
		map->own_room = map->own_room ? map->own_room * 2 : 64;
		own = realloc(map->own, map->own_room * sizeof(*own));
		if (own == NULL)
			return hc_db_nomem(store->db);
		map->own = own;
	}
	own = &map->own[map->nown];
	key_of(hc_stmt_get_text(st, 0), &key);
	own->key = hc_arena_text(&map->arena, hc_buf_text(&key));
	own->target = hc_arena_text(&map->arena, hc_stmt_get_text(st, 1));
	own->words = hc_arena_text(&map->arena, hc_stmt_get_text(st, 2));
	map->nown += key.len > 0;
	hc_buf_free(&key);
	if (own->key == NULL || own->target == NULL ||
	    (own->words == NULL && !hc_stmt_is_null(st, 2)))
		return hc_db_nomem(store->db);
	return HC_OK;
}

static enum hc_status
load_own(struct hc_import_map *map, struct hc_store *store)
{
	static const char heading_sql[] =
	    "SELECT heading, field, words FROM heading"
	    " WHERE office = :office AND mapping = :mapping"
	    " AND coalesce(retired, 0) = 0 ORDER BY id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, heading_sql)) == HC_OK)
		rc = hc_stmt_text(st, ":mapping", map->name);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		rc = add_own(map, store, st);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_import_map_load(struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_headings *headings, const char *name)
{
	static const char mapping_sql[] =
	    "SELECT entity, also, constants, \"key\", dates FROM mapping"
	    " WHERE office = :office AND name = :name";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	memset(map, 0, sizeof(*map));
	map->key_column = -1;
	map->headings = headings;
	if ((map->name = hc_arena_text(&map->arena, name)) == NULL)
		return hc_db_nomem(store->db);
	if ((rc = hc_stmt_new(&st, store->db, mapping_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":name", name)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		rc = take_mapping(map, store, st);
	hc_stmt_free(st);
	if (rc == HC_OK)
		return load_own(map, store);
	if (rc != HC_NOTFOUND)
		return rc;
	map->main = hc_catalogue_entity(store->catalogue, name);
	if (map->main == NULL || map->main->kind != HC_ENTITY_RECORD)
		return no_mapping(map, store);
	return HC_OK;
}

enum hc_status
hc_import_map_check(struct hc_store *store, const char *name)
{
	struct hc_import_map map;
	enum hc_status rc;

	rc = hc_import_map_load(&map, store, NULL, name);
	hc_import_map_clear(&map);
	return rc;
}

void
hc_import_map_clear(struct hc_import_map *map)
{
	free(map->columns);
	free(map->own);
	hc_arena_free(&map->arena);
	memset(map, 0, sizeof(*map));
}
