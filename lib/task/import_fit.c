/* A mapping laid on a sheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "task/import_meaning.h"

#include "task/import_fit.h"

/* ---- The columns ---- */

/* Has an earlier column the meaning?  Telephone numbers may be many. */
static bool
taken(const struct hc_import_map *map, const struct hc_import_column *c)
{
	const struct hc_import_column *other;

	for (other = map->columns; other < map->columns + map->ncolumns;
	    other++)
		if (other != c && other->field == c->field &&
		    other->nth == c->nth && other->piece == c->piece &&
		    other->how != HC_IMPORT_NONE &&
		    c->how != HC_IMPORT_PHONES)
			return true;
	return false;
}

/* Which record of its entity a column is of whose heading comes again for
   each: the next one. */
static unsigned int
next_nth(const struct hc_import_map *map, const struct hc_import_column *c)
{
	const struct hc_import_column *other;
	unsigned int nth = 1;

	for (other = map->columns; other < map->columns + map->ncolumns;
	    other++)
		if (other != c && other->field == c->field &&
		    other->how != HC_IMPORT_NONE && other->nth >= nth)
			nth = other->nth + 1;
	return nth;
}

/* Of two columns with one meaning the first has it. */
static void
settle(struct hc_import_map *map, struct hc_import_column *c)
{
	if (c->nth == 0)
		c->nth = next_nth(map, c);
	if (c->how != HC_IMPORT_NONE && taken(map, c)) {
		c->how = HC_IMPORT_NONE;
		c->why = HC_IMPORT_TAKEN;
	}
}

/* The further meanings of the sheet's column ${at}, whose first is ${c}. */
static enum hc_status
add_more(struct hc_import_map *map, struct hc_store *store, size_t at,
    const char *more)
{
	const struct hc_import_column *first;
	struct hc_import_target_name name;
	struct hc_import_column *c;
	size_t n;

	for (; *more != '\0'; more += 1 + n) {
		n = strcspn(more + 1, "|+");
		if (!hc_import_map_target(store->catalogue, more + 1, n,
		    &name))
			return hc_db_fail(store->db, HC_CONFIG,
			    _("mapping '%s': '%s' is no field"), map->name,
			    more + 1);
		c = realloc(map->columns, (map->ncolumns + 1) * sizeof(*c));
		if (c == NULL)
			return hc_db_nomem(store->db);
		map->columns = c;
		first = &map->columns[at];
		c = &map->columns[map->ncolumns++];
		*c = *first;
		hc_import_meaning_take(c, &name);
		if (!c->shared)
			c->words = NULL;
		settle(map, c);
	}
	return HC_OK;
}

/* A column beside those of the year and the month has the day, whether its
   heading says so or not. */
static void
join_dates(struct hc_import_map *map)
{
	struct hc_import_column *c, *other;

	for (c = map->columns; c < map->columns + map->ncolumns; c++)
		for (other = map->columns; c->how == HC_IMPORT_FIELD &&
		    other < map->columns + map->ncolumns; other++)
			if (other->piece == 'm' && other->field == c->field &&
			    other->nth == c->nth)
				c->piece = 'd';
}

static enum hc_status
take_columns(struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_top_row *row)
{
	struct hc_import_column *c;
	const char *more;
	enum hc_status rc;
	size_t i;

	map->columns = calloc(row->n + 1, sizeof(*map->columns));
	if (map->columns == NULL)
		return hc_db_nomem(store->db);
	map->ncolumns = map->nsheet = row->n;
	for (i = 0; i < row->n; i++) {
		c = &map->columns[i];
		if ((rc = hc_import_meaning_find(map, store, row, i,
		    c, &more)) != HC_OK)
			return rc;
		c->at = i;
		c->heading = hc_arena_text(&map->arena, row->cells[i]);
		if (c->heading == NULL)
			return hc_db_nomem(store->db);
		settle(map, c);
		if (map->key_column == -1 && (c->how == HC_IMPORT_KEY ||
		    (c->how != HC_IMPORT_NONE && map->key != NULL &&
		    c->field == map->key)))
			map->key_column = (int)i;
		if (c->how != HC_IMPORT_NONE &&
		    (rc = add_more(map, store, i, more)) != HC_OK)
			return rc;
	}
	join_dates(map);
	return HC_OK;
}

/* Furigana of names stand for their reading where no column has it. */
static enum hc_status
add_kana(struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_sheet *sheet)
{
	const struct hc_entity *person = hc_catalogue_entity(
	    store->catalogue, "person");
	struct hc_import_column kana, *c;

	for (c = map->columns; c < map->columns + map->ncolumns; c++)
		if (c->how == HC_IMPORT_FIELD && c->entity == person &&
		    strcmp(c->field->name, "name") == 0)
			break;
	if (sheet->book == NULL || c == map->columns + map->ncolumns)
		return HC_OK;
	kana = *c;
	kana.field = hc_catalogue_field(person, "kana");
	kana.words = NULL;
	kana.shared = false;
	kana.piece = '\0';
	kana.kana = true;
	if (kana.field == NULL || taken(map, &kana))
		return HC_OK;
	c = realloc(map->columns, (map->ncolumns + 1) * sizeof(*c));
	if (c == NULL)
		return hc_db_nomem(store->db);
	map->columns = c;
	map->columns[map->ncolumns++] = kana;
	return HC_OK;
}

/* ---- Dates ---- */

static bool
has_dates(const struct hc_import_column *c)
{
	return c->how == HC_IMPORT_FIELD && c->piece == '\0' &&
	    (c->field->type == HC_TYPE_DATE ||
	    c->field->type == HC_TYPE_INSTANT);
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

/* Show every cell of the columns of dates to their judges, then ask them. */
static enum hc_status
decide_dates(struct hc_import_map *map, struct hc_store *store,
    struct hc_import_sheet *sheet, const struct hc_date_rule *known)
{
	struct hc_error *err = hc_db_error_buffer(store->db), words;
	struct hc_date_rule rule = *known;
	struct hc_date_column *judges;
	struct hc_import_column *c;
	enum hc_status rc;
	size_t i;

	if ((judges = calloc(map->ncolumns, sizeof(*judges))) == NULL)
		return hc_db_nomem(store->db);
	for (i = 0; i < map->ncolumns; i++) {
		rule.year = known->year != 0 ? known->year :
		    hc_import_top_year(map->columns[i].heading);
		hc_date_column_init(&judges[i], &rule);
	}
	while ((rc = hc_import_sheet_next(sheet, err)) == HC_OK ||
	    rc == HC_INVALID)
		for (i = 0; rc == HC_OK && i < map->ncolumns; i++)
			if (has_dates(&map->columns[i]))
				rc = hc_date_column_see(&judges[i],
				    hc_import_sheet_cell(sheet,
				    map->columns[i].at));
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
	for (i = 0; rc == HC_OK && i < map->ncolumns; i++) {
		c = &map->columns[i];
		if (has_dates(c) && (rc = hc_date_column_decide(&judges[i],
		    &c->date, &words)) != HC_OK)
			hc_db_fail(store->db, rc, _("%s: column '%s': %s"),
			    sheet->name, c->heading, words.text);
	}
	free(judges);
	return rc;
}

/* ---- The whole ---- */

static enum hc_status
no_header(const struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_sheet *sheet)
{
	return hc_db_fail(store->db, HC_INVALID,
	    _("%s: none of the first %d rows holds a heading that '%s' "
	    "knows; write such headings above its columns, or add its own to "
	    "the mapping (see hc-import(1), Mappings)"), sheet->name,
	    HC_IMPORT_TOP_ROWS, map->name);
}

/* Nobody said what the list is, and no mapping fits. */
static enum hc_status
no_choice(struct hc_store *store, const struct hc_import_sheet *sheet,
    const struct hc_import_top *top, const struct hc_import_choice *best)
{
	if (best->known < 2 && hc_import_top_figures(top))
		return hc_db_fail(store->db, HC_INVALID,
		    _("%s: its rows are figures, not persons or events, under "
		    "headings that are not known; a mapping with the entity "
		    "'figure' can take them (see hc-import(1), Mappings)"),
		    sheet->name);
	if (best->known > 0)
		return hc_db_fail(store->db, HC_INVALID,
		    _("%s: its headings fit no mapping well; best is '%s' "
		    "with %zu of %zu: if it is that, name it ('hc-import %s "
		    "%s'); 'hc-import sniff' shows column by column"),
		    sheet->name, best->mapping, best->known, best->filled,
		    best->mapping, sheet->file);
	return hc_db_fail(store->db, HC_INVALID,
	    _("%s: the first %d rows hold no known heading; if it is a list, "
	    "write the headings above its columns, or make a mapping of them "
	    "(see hc-import(1), Mappings)"), sheet->name,
	    HC_IMPORT_TOP_ROWS);
}

/* With the mapping loaded. */
static enum hc_status
fit(struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_top *top, struct hc_import_sheet *sheet,
    const struct hc_import_fit_options *options)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_import_choice choice;
	enum hc_status rc;

	if ((rc = hc_import_choose_row(map, store, top, &choice)) != HC_OK)
		return rc;
	if ((map->known = choice.known) == 0)
		return no_header(map, store, sheet);
	map->header_row = choice.row->row;
	rule.form = map->dates;
	rule.year = options->year;
	/* No date is later than today, nor than what the titles say. */
	hc_date_parse_iso(options->today, &rule.latest);
	map->title_day = hc_import_top_day(top, choice.at);
	if (map->title_day != HC_DATE_NONE && (rule.latest == HC_DATE_NONE ||
	    map->title_day < rule.latest))
		rule.latest = map->title_day;
	if ((rc = take_columns(map, store, choice.row)) != HC_OK ||
	    (rc = add_kana(map, store, sheet)) != HC_OK ||
	    (rc = go_to_header(map, sheet, err)) != HC_OK ||
	    options->headings_only)
		return rc;
	if ((rc = decide_dates(map, store, sheet, &rule)) != HC_OK)
		return rc;
	return go_to_header(map, sheet, err);
}

enum hc_status
hc_import_fit_sheet(struct hc_import_map *map, struct hc_store *store,
    const struct hc_import_headings *headings, struct hc_import_sheet *sheet,
    const struct hc_import_fit_options *options)
{
	struct hc_import_choice best[2];
	const char *name = options->mapping;
	struct hc_import_top top;
	enum hc_status rc;

	memset(map, 0, sizeof(*map));
	rc = hc_import_top_read(&top, store, sheet);
	if (rc == HC_OK && name == NULL) {
		rc = hc_import_choose(store, headings, &top, best);
		name = best[0].mapping;
		if (rc == HC_NOTFOUND)
			rc = no_choice(store, sheet, &top, &best[0]);
	}
	if (rc == HC_OK && (rc = hc_import_map_load(map, store, headings,
	    name)) == HC_OK)
		rc = fit(map, store, &top, sheet, options);
	hc_arena_free(&top.arena);
	return rc;
}
