/*
 * Which column of a list means which field.  A heading is looked for among
 * the mapping's own headings, then the headings of the main entity's fields,
 * then of the others in their order, each compared after folding.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/i18n.h"
#include "base/near.h"

#include "task/import_map.h"

#define HEADER_ROWS 20

/* ---- The mapping's definition ---- */

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

/* "episode.kind" to its entity and field. */
static bool
parse_target(struct hc_store *store, const char *text, size_t len,
    const struct hc_entity **entity, const struct hc_field **field)
{
	const char *dot = memchr(text, '.', len);
	char word[48];

	if (dot == NULL)
		return false;
	snprintf(word, sizeof(word), "%.*s", (int)(dot - text), text);
	if ((*entity = hc_catalogue_entity(store->catalogue, word)) == NULL)
		return false;
	snprintf(word, sizeof(word), "%.*s", (int)(text + len - dot - 1),
	    dot + 1);
	return (*field = hc_catalogue_field(*entity, word)) != NULL;
}

static enum hc_status
take_constants(struct hc_import_map *map, struct hc_store *store,
    const char *text)
{
	struct hc_import_constant *c;
	const char *sign;
	char value[80];
	size_t n;

	for (; text != NULL && *text != '\0'; text += n + (text[n] == '|')) {
		n = strcspn(text, "|");
		c = &map->constants[map->nconstants];
		if ((sign = memchr(text, '=', n)) == NULL ||
		    !parse_target(store, text, (size_t)(sign - text),
		    &c->entity, &c->field) || map->nconstants + 1 ==
		    sizeof(map->constants) / sizeof(map->constants[0]))
			return hc_db_fail(store->db, HC_CONFIG,
			    _("mapping '%s': '%s' is no constant"), map->name,
			    text);
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
	const struct hc_entity *e;
	const char *key = hc_stmt_get_text(st, 3);

	map->main = hc_catalogue_entity(store->catalogue,
	    hc_stmt_get_text(st, 0));
	if (map->main == NULL)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("mapping '%s' names no entity"), map->name);
	take_also(map, store, hc_stmt_get_text(st, 1));
	if (key != NULL && !parse_target(store, key, strlen(key), &e,
	    &map->key))
		return hc_db_fail(store->db, HC_CONFIG,
		    _("mapping '%s': the key '%s' is no field"), map->name,
		    key);
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
	    _("there is no mapping or entity '%s'"), map->name);
}

enum hc_status
hc_import_map_load(struct hc_import_map *map, struct hc_store *store,
    const char *name)
{
	static const char mapping_sql[] =
	    "SELECT entity, also, constants, \"key\" FROM mapping"
	    " WHERE office = :office AND name = :name";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	memset(map, 0, sizeof(*map));
	map->key_column = -1;
	if ((map->name = hc_arena_text(&map->arena, name)) == NULL)
		return hc_db_nomem(store->db);
	if ((rc = hc_stmt_new(&st, store->db, mapping_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":name", name)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		rc = take_mapping(map, store, st);
	hc_stmt_free(st);
	if (rc != HC_NOTFOUND)
		return rc;
	map->main = hc_catalogue_entity(store->catalogue, name);
	if (map->main == NULL || map->main->kind != HC_ENTITY_RECORD)
		return no_mapping(map, store);
	return HC_OK;
}

void
hc_import_map_clear(struct hc_import_map *map)
{
	free(map->columns);
	hc_arena_free(&map->arena);
	memset(map, 0, sizeof(*map));
}

bool
hc_import_map_has(const struct hc_import_map *map,
    const struct hc_entity *entity)
{
	size_t i;

	if (entity == map->main)
		return true;
	for (i = 0; i < map->nalso; i++)
		if (map->also[i] == entity)
			return true;
	return false;
}

/* ---- Headings ---- */

/* The key under which headings meet: no brackets, underscores, marks. */
static void
fold_heading(const char *heading, struct hc_buf *out)
{
	struct hc_buf key = HC_BUF_INIT;
	size_t i;

	hc_fold_name(&key, heading);
	for (i = 0; i < key.len; i++)
		if (strchr("_()[]<>:;*#", key.data[i]) == NULL ||
		    key.data[i] == '\0')
			hc_buf_putc(out, key.data[i]);
	hc_buf_free(&key);
}

static bool
in_spellings(const char *spellings, const char *key, struct hc_buf *one,
    struct hc_buf *folded)
{
	const char *p;
	size_t n;

	for (p = spellings; p != NULL && *p != '\0'; p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		hc_buf_clear(one);
		hc_buf_clear(folded);
		hc_buf_add(one, p, n);
		fold_heading(hc_buf_text(one), folded);
		if (strcmp(hc_buf_text(folded), key) == 0)
			return true;
	}
	return false;
}

/* A field of ${e} whose headings, label or name are this; for ${mark} one
   that is yes or no. */
static const struct hc_field *
field_of(const struct hc_entity *e, const char *key, bool mark)
{
	struct hc_buf one = HC_BUF_INIT, folded = HC_BUF_INIT;
	const struct hc_field *f, *found = NULL;
	size_t i;

	for (i = 0; i < e->nfields && found == NULL; i++) {
		f = e->fields[i];
		if (!f->retired && (!mark || f->type == HC_TYPE_YESNO) && (
		    in_spellings(f->headings, key, &one, &folded) ||
		    in_spellings(f->label_ja, key, &one, &folded) ||
		    in_spellings(f->name, key, &one, &folded)))
			found = f;
	}
	hc_buf_free(&one);
	hc_buf_free(&folded);
	return found;
}

const struct hc_field *
hc_import_map_mark(const struct hc_entity *entity, const char *word)
{
	struct hc_buf key = HC_BUF_INIT;
	const struct hc_field *field = NULL;

	fold_heading(word, &key);
	if (key.len > 0)
		field = field_of(entity, hc_buf_text(&key), true);
	hc_buf_free(&key);
	return field;
}

/* The mapping's own heading: "entity.field" in ${target}. */
static enum hc_status
own_heading(struct hc_import_map *map, struct hc_store *store,
    const char *key, struct hc_import_column *column)
{
	static const char heading_sql[] =
	    "SELECT heading, field FROM heading WHERE office = :office"
	    " AND mapping = :mapping ORDER BY id";
	struct hc_buf one = HC_BUF_INIT, folded = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	const char *target;

	if ((rc = hc_stmt_new(&st, store->db, heading_sql)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":mapping", map->name)) != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if (in_spellings(hc_stmt_get_text(st, 0), key, &one,
		    &folded)) {
			target = hc_stmt_get_text(st, 1);
			if (!parse_target(store, target, strlen(target),
			    &column->entity, &column->field))
				rc = hc_db_fail(store->db, HC_CONFIG,
				    _("mapping '%s': '%s' is no field"),
				    map->name, target);
			break;
		}
out:
	hc_stmt_free(st);
	hc_buf_free(&one);
	hc_buf_free(&folded);
	return rc;
}

/* What a column does, now that its field is known. */
static enum hc_import_how
how_of(const struct hc_import_column *c)
{
	const struct hc_field *f = c->field;

	if (strcmp(c->entity->name, "source_key") == 0)
		return HC_IMPORT_KEY;
	if (strcmp(c->entity->name, "phone") == 0 &&
	    strcmp(f->name, "number") == 0)
		return HC_IMPORT_PHONES;
	if (strcmp(c->entity->name, "contact") == 0 &&
	    strcmp(f->name, "source") == 0)
		return HC_IMPORT_CASE;
	if (f->type == HC_TYPE_REF)
		return HC_IMPORT_NAMED;
	if (strcmp(f->name, "age") == 0 &&
	    hc_catalogue_field(c->entity, "age_band") != NULL)
		return HC_IMPORT_AGE;
	return HC_IMPORT_FIELD;
}

static bool
taken(const struct hc_import_map *map, size_t upto,
    const struct hc_import_column *c)
{
	size_t i;

	for (i = 0; i < upto; i++)
		if (map->columns[i].field == c->field &&
		    map->columns[i].how != HC_IMPORT_NONE &&
		    c->how != HC_IMPORT_PHONES)
			return true;
	return false;
}

/* Give column ${i} with the heading ${text} its meaning. */
static enum hc_status
find_meaning(struct hc_import_map *map, struct hc_store *store,
    const char *text, struct hc_import_column *column)
{
	struct hc_buf key = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	size_t i;

	memset(column, 0, sizeof(*column));
	fold_heading(text, &key);
	if (key.len == 0)
		goto out;
	if (strcmp(text, HC_IMPORT_REASONS_HEADING) == 0) {
		column->how = HC_IMPORT_REASONS;
		goto out;
	}
	rc = own_heading(map, store, hc_buf_text(&key), column);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		goto out;
	rc = HC_OK;
	if (column->field == NULL) {
		column->entity = map->main;
		column->field = field_of(map->main, hc_buf_text(&key),
		    false);
	}
	for (i = 0; i < map->nalso && column->field == NULL; i++) {
		column->entity = map->also[i];
		column->field = field_of(map->also[i], hc_buf_text(&key),
		    false);
	}
	if (column->field != NULL)
		column->how = how_of(column);
out:
	hc_buf_free(&key);
	return rc;
}

/* How many of the row's cells are headings that mean something? */
static enum hc_status
count_known(struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_sheet *sheet, size_t *known)
{
	struct hc_import_column column;
	size_t i, n = hc_import_sheet_cells(sheet);
	enum hc_status rc = HC_OK;

	*known = 0;
	for (i = 0; rc == HC_OK && i < n; i++) {
		rc = find_meaning(map, store, hc_import_sheet_cell(sheet, i),
		    &column);
		*known += column.how != HC_IMPORT_NONE;
	}
	return rc;
}

static enum hc_status
find_header(struct hc_import_map *map, struct hc_store *store,
    struct hc_import_sheet *sheet)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	enum hc_status rc = HC_OK;
	size_t row, known;

	for (row = 0; row < HEADER_ROWS; row++) {
		rc = hc_import_sheet_next(sheet, err);
		if (rc == HC_INVALID)
			continue;	/* told when rows are read */
		if (rc != HC_OK)
			break;
		if ((rc = count_known(map, store, sheet, &known)) != HC_OK)
			break;
		if (known > map->known) {
			map->known = known;
			map->header_row = hc_import_sheet_row(sheet);
		}
	}
	if (rc != HC_OK && rc != HC_NOTFOUND && rc != HC_INVALID)
		return rc;
	if (map->known == 0)
		return hc_db_fail(store->db, HC_INVALID,
		    _("%s: none of the first %d rows holds a heading that "
		    "'%s' knows"), sheet->name, HEADER_ROWS, map->name);
	return HC_OK;
}

/* Go to the row of headings. */
static enum hc_status
go_to_header(const struct hc_import_map *map, struct hc_import_sheet *sheet,
    struct hc_error *err)
{
	enum hc_status rc;

	if ((rc = hc_import_sheet_rewind(sheet, err)) != HC_OK)
		return rc;
	do
		rc = hc_import_sheet_next(sheet, err);
	while ((rc == HC_OK || rc == HC_INVALID) &&
	    hc_import_sheet_row(sheet) != map->header_row);
	return rc;
}

static enum hc_status
take_columns(struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_sheet *sheet)
{
	size_t i, n = hc_import_sheet_cells(sheet);
	struct hc_import_column *c;
	enum hc_status rc;

	if ((map->columns = calloc(n, sizeof(*map->columns))) == NULL)
		return hc_db_nomem(store->db);
	map->ncolumns = n;
	for (i = 0; i < n; i++) {
		c = &map->columns[i];
		if ((rc = find_meaning(map, store,
		    hc_import_sheet_cell(sheet, i), c)) != HC_OK)
			return rc;
		c->heading = hc_arena_text(&map->arena,
		    hc_import_sheet_cell(sheet, i));
		if (c->heading == NULL)
			return hc_db_nomem(store->db);
		/* Of two columns with one meaning the first has it. */
		if (c->how != HC_IMPORT_NONE && taken(map, i, c))
			c->how = HC_IMPORT_NONE;
		if (map->key_column == -1 && (c->how == HC_IMPORT_KEY ||
		    (c->how != HC_IMPORT_NONE && map->key != NULL &&
		    c->field == map->key)))
			map->key_column = (int)i;
	}
	return HC_OK;
}

static bool
has_dates(const struct hc_import_column *c)
{
	return c->how == HC_IMPORT_FIELD && (c->field->type == HC_TYPE_DATE ||
	    c->field->type == HC_TYPE_INSTANT);
}

/* Show every cell of the columns of dates to their judges, then ask them. */
static enum hc_status
decide_dates(struct hc_import_map *map, struct hc_store *store,
    struct hc_import_sheet *sheet, const char *today)
{
	static const struct hc_date_rule plain = HC_DATE_RULE_INIT;
	struct hc_error *err = hc_db_error_buffer(store->db), words;
	struct hc_date_column *judges;
	struct hc_date_rule rule = plain;
	enum hc_status rc;
	size_t i;

	hc_date_parse_iso(today, &rule.latest);
	if ((judges = calloc(map->ncolumns, sizeof(*judges))) == NULL)
		return hc_db_nomem(store->db);
	for (i = 0; i < map->ncolumns; i++)
		hc_date_column_init(&judges[i], &rule);
	while ((rc = hc_import_sheet_next(sheet, err)) == HC_OK ||
	    rc == HC_INVALID)
		for (i = 0; rc == HC_OK && i < map->ncolumns; i++)
			if (has_dates(&map->columns[i]))
				rc = hc_date_column_see(&judges[i],
				    hc_import_sheet_cell(sheet, i));
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
	for (i = 0; rc == HC_OK && i < map->ncolumns; i++)
		if (has_dates(&map->columns[i]) &&
		    (rc = hc_date_column_decide(&judges[i],
		    &map->columns[i].date, &words)) != HC_OK)
			hc_db_fail(store->db, rc, _("%s: column '%s': %s"),
			    sheet->name, map->columns[i].heading, words.text);
	free(judges);
	return rc;
}

enum hc_status
hc_import_map_fit(struct hc_import_map *map, struct hc_store *store,
    struct hc_import_sheet *sheet, const char *today)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	enum hc_status rc;

	if ((rc = find_header(map, store, sheet)) != HC_OK ||
	    (rc = go_to_header(map, sheet, err)) != HC_OK ||
	    (rc = take_columns(map, store, sheet)) != HC_OK ||
	    (rc = decide_dates(map, store, sheet, today)) != HC_OK)
		return rc;
	return go_to_header(map, sheet, err);
}
