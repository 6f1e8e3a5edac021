/*
 * A mapping laid on a sheet.  A heading is looked for among the mapping's
 * own headings, then the headings of the main entity's fields, then of the
 * others in their order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "task/import_fit.h"

#define HEADER_ROWS 20		/* where headings are looked for */
#define TITLE_COLUMNS 40	/* cells of a title that are looked at */
#define TITLE_LENGTH 300	/* bytes; longer cells are no titles */

/* A row at the top of the sheet. */
struct top_row {
	size_t row;		/* as a spreadsheet counts */
	size_t n;
	const char **cells;
};

struct top {
	struct hc_arena arena;
	struct top_row rows[HEADER_ROWS];
	size_t len;
};

/* ---- The top of the sheet ---- */

static enum hc_status
keep_row(struct top *top, const struct hc_import_sheet *sheet)
{
	struct top_row *row = &top->rows[top->len];
	size_t i;

	row->row = hc_import_sheet_row(sheet);
	row->n = hc_import_sheet_cells(sheet);
	row->cells = hc_arena_alloc(&top->arena,
	    (row->n + 1) * sizeof(*row->cells));
	if (row->cells == NULL)
		return HC_NOMEM;
	for (i = 0; i < row->n; i++)
		if ((row->cells[i] = hc_arena_text(&top->arena,
		    hc_import_sheet_cell(sheet, i))) == NULL)
			return HC_NOMEM;
	top->len++;
	return HC_OK;
}

/* The first rows; the sheet is rewound before. */
static enum hc_status
read_top(struct top *top, struct hc_store *store,
    struct hc_import_sheet *sheet)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	enum hc_status rc;
	size_t i;

	memset(top, 0, sizeof(*top));
	if ((rc = hc_import_sheet_rewind(sheet, err)) != HC_OK)
		return rc;
	for (i = 0; i < HEADER_ROWS; i++) {
		rc = hc_import_sheet_next(sheet, err);
		if (rc == HC_INVALID)
			continue;	/* told when rows are read */
		if (rc != HC_OK)
			break;
		if ((rc = keep_row(top, sheet)) != HC_OK)
			return hc_db_nomem(store->db);
	}
	return rc == HC_NOTFOUND || rc == HC_INVALID ? HC_OK : rc;
}

/* ---- Days and years in titles and headings ---- */

/* The last day that a title names, as 令和2年12月25日現在; HC_DATE_NONE. */
static int32_t
day_of_title(const char *text)
{
	static const struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_date_value value;
	struct hc_buf part = HC_BUF_INIT;
	const char *p = text, *end;
	int32_t day = HC_DATE_NONE;

	if (strlen(text) > TITLE_LENGTH)
		return HC_DATE_NONE;
	while (*p != '\0' && (end = strstr(p, "日")) != NULL) {
		hc_buf_clear(&part);
		hc_buf_add(&part, p, (size_t)(end - p) + strlen("日"));
		if (((unsigned char)*p & 0xc0) != 0x80 &&
		    hc_date_read(hc_buf_text(&part), &rule, &value, NULL) ==
		    HC_OK && value.year_given) {
			if (day == HC_DATE_NONE || value.date > day)
				day = value.date;
			p = end;
		} else
			p++;
	}
	hc_buf_free(&part);
	return day;
}

/* The year that a heading names: 公表日（令和2年）; 0. */
static int
year_of_heading(const char *heading)
{
	const char *end = strstr(heading, "年"), *p;
	struct hc_buf text = HC_BUF_INIT;
	int year = 0;
	int32_t day;

	if (strlen(heading) > TITLE_LENGTH)
		return 0;
	for (p = heading; end != NULL && p < end && year == 0; p++) {
		hc_buf_clear(&text);
		hc_buf_printf(&text, "%.*s年1月1日", (int)(end - p), p);
		if ((day = day_of_title(hc_buf_text(&text))) != HC_DATE_NONE)
			hc_date_split(day, &year, NULL, NULL);
	}
	hc_buf_free(&text);
	return year >= 1900 ? year : 0;
}

/* 公表日（令和2年） is the 公表日 of a year. */
static void
fold_without_year(const char *heading, struct hc_buf *key)
{
	struct hc_buf plain = HC_BUF_INIT;
	const char *bracket = strstr(heading, "（");

	if (bracket == NULL)
		bracket = strchr(heading, '(');
	if (bracket != NULL && bracket > heading &&
	    year_of_heading(bracket) != 0)
		hc_buf_add(&plain, heading, (size_t)(bracket - heading));
	else
		hc_buf_puts(&plain, heading);
	hc_import_heading_fold(hc_buf_text(&plain), key);
	hc_buf_free(&plain);
}

/* ---- What a heading means ---- */

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

static void
take_name(struct hc_import_column *column,
    const struct hc_import_target_name *name)
{
	column->entity = name->entity;
	column->field = name->field;
	column->nth = name->nth;
	column->piece = name->piece;
}

/*
 * Give ${column} with the heading ${text} its meaning: of several that a
 * heading of the mapping has the first, with the others left in ${more}
 * ("" if there are none).
 */
static enum hc_status
find_meaning(const struct hc_import_map *map, struct hc_store *store,
    const char *text, struct hc_import_column *column, const char **more)
{
	const struct hc_import_heading *found;
	struct hc_import_target_name name;
	const struct hc_import_own *own;
	struct hc_buf key = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	size_t n;

	memset(column, 0, sizeof(*column));
	column->nth = 1;
	*more = "";
	fold_without_year(text, &key);
	if (key.len == 0)
		goto out;
	if (strcmp(text, HC_IMPORT_REASONS_HEADING) == 0) {
		column->how = HC_IMPORT_REASONS;
		goto out;
	}
	if ((own = find_own(map, hc_buf_text(&key))) != NULL &&
	    strcmp(own->target, "-") == 0)
		column->why = HC_IMPORT_OWN;	/* to no field */
	else if (own != NULL) {
		n = strcspn(own->target, "|+");
		if (!hc_import_map_target(store->catalogue, own->target, n,
		    &name)) {
			rc = hc_db_fail(store->db, HC_CONFIG,
			    _("mapping '%s': '%s' is no field"), map->name,
			    own->target);
			goto out;
		}
		take_name(column, &name);
		column->why = HC_IMPORT_OWN;
		column->words = own->words;
		column->shared = strchr(own->target, '|') != NULL;
		*more = own->target + n;
	} else if ((found = find_field(map, hc_buf_text(&key))) != NULL) {
		column->entity = found->field->entity;
		column->field = found->field;
		column->why = strcmp(found->written, text) == 0 ?
		    HC_IMPORT_EXACT : HC_IMPORT_FOLDED;
	}
	if (column->field != NULL)
		column->how = how_of(column);
out:
	hc_buf_free(&key);
	return rc;
}

/* ---- The row of headings ---- */

/* How many of the row's cells mean something, and how much that says: a
   field of what the mapping's rows are says more than one of a person. */
static enum hc_status
count_known(const struct hc_import_map *map, struct hc_store *store,
    const struct top_row *row, struct hc_import_fit_rank *rank,
    size_t *weight)
{
	struct hc_import_column c;
	const char *more;
	enum hc_status rc;
	size_t i;

	memset(rank, 0, sizeof(*rank));
	snprintf(rank->mapping, sizeof(rank->mapping), "%s", map->name);
	*weight = 0;
	for (i = 0; i < row->n; i++) {
		if ((rc = find_meaning(map, store, row->cells[i], &c,
		    &more)) != HC_OK)
			return rc;
		rank->filled += row->cells[i][0] != '\0';
		if (c.how == HC_IMPORT_NONE)
			continue;
		rank->known++;
		*weight += c.entity == map->main ? 3 : 2;
	}
	return HC_OK;
}

/* The row of the top with the most known headings, the first of several. */
static enum hc_status
find_header(const struct hc_import_map *map, struct hc_store *store,
    const struct top *top, struct hc_import_fit_rank *best, size_t *weight,
    size_t *at)
{
	struct hc_import_fit_rank rank;
	enum hc_status rc;
	size_t i, w;

	memset(best, 0, sizeof(*best));
	*at = *weight = 0;
	for (i = 0; i < top->len; i++) {
		if ((rc = count_known(map, store, &top->rows[i], &rank,
		    &w)) != HC_OK)
			return rc;
		if (rank.known > best->known) {
			*best = rank;
			*weight = w;
			*at = i;
		}
	}
	return HC_OK;
}

static bool
good_enough(const struct hc_import_fit_rank *rank)
{
	return rank->known >= 6 || (rank->known >= 2 &&
	    rank->known * 2 >= rank->filled);
}

/* Try the mapping ${name} and put it in its place among the best two. */
static enum hc_status
try_mapping(struct hc_store *store,
    const struct hc_import_headings *headings, const struct top *top,
    const char *name, struct hc_import_fit_rank rank[2], size_t weights[2])
{
	struct hc_import_fit_rank one;
	struct hc_import_map map;
	enum hc_status rc;
	size_t weight, at;

	rc = hc_import_map_load(&map, store, headings, name);
	if (rc == HC_OK)
		rc = find_header(&map, store, top, &one, &weight, &at);
	hc_import_map_clear(&map);
	if (rc != HC_OK)
		return rc;
	if (weight > weights[0]) {
		rank[1] = rank[0];
		weights[1] = weights[0];
		rank[0] = one;
		weights[0] = weight;
	} else if (weight > weights[1]) {
		rank[1] = one;
		weights[1] = weight;
	}
	return HC_OK;
}

/* The names of all mappings, each with a newline. */
static enum hc_status
mapping_names(struct hc_store *store, struct hc_buf *names)
{
	static const char names_sql[] =
	    "SELECT name FROM mapping WHERE office = :office"
	    " AND coalesce(retired, 0) = 0 ORDER BY position, id";
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

static enum hc_status
choose(struct hc_store *store, const struct hc_import_headings *headings,
    const struct top *top, struct hc_import_fit_rank rank[2])
{
	struct hc_buf names = HC_BUF_INIT;
	size_t n, weights[2] = { 0, 0 };
	enum hc_status rc;
	const char *p;
	char name[48];

	memset(rank, 0, 2 * sizeof(*rank));
	rc = mapping_names(store, &names);
	for (p = hc_buf_text(&names); rc == HC_OK && *p != '\0'; p += n + 1) {
		n = strcspn(p, "\n");
		snprintf(name, sizeof(name), "%.*s", (int)n, p);
		rc = try_mapping(store, headings, top, name, rank, weights);
	}
	hc_buf_free(&names);
	return rc != HC_OK || good_enough(&rank[0]) ? rc : HC_NOTFOUND;
}

enum hc_status
hc_import_fit_choose(struct hc_store *store,
    const struct hc_import_headings *headings, struct hc_import_sheet *sheet,
    struct hc_import_fit_rank rank[2])
{
	struct top top;
	enum hc_status rc;

	memset(rank, 0, 2 * sizeof(*rank));
	if ((rc = read_top(&top, store, sheet)) == HC_OK)
		rc = choose(store, headings, &top, rank);
	hc_arena_free(&top.arena);
	return rc;
}

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
		take_name(c, &name);
		c->how = how_of(c);
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
    const struct top_row *row)
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
		if ((rc = find_meaning(map, store, row->cells[i], c,
		    &more)) != HC_OK)
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

/*
 * The last day that the list can know: its titles', or today.  It only
 * chooses the year of 1月16日.
 */
static int32_t
latest_day(const struct top *top, size_t header, const char *today)
{
	int32_t latest = HC_DATE_NONE, titles = HC_DATE_NONE, day;
	size_t i, j;

	hc_date_parse_iso(today, &latest);
	for (i = 0; i < header; i++)
		for (j = 0; j < top->rows[i].n && j < TITLE_COLUMNS; j++) {
			day = day_of_title(top->rows[i].cells[j]);
			if (day != HC_DATE_NONE && (titles == HC_DATE_NONE ||
			    day > titles))
				titles = day;
		}
	return titles != HC_DATE_NONE && (latest == HC_DATE_NONE ||
	    titles < latest) ? titles : latest;
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
		    year_of_heading(map->columns[i].heading);
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
	    "knows"), sheet->name, HEADER_ROWS, map->name);
}

static enum hc_status
no_choice(struct hc_store *store, const struct hc_import_sheet *sheet)
{
	return hc_db_fail(store->db, HC_INVALID,
	    _("%s: its headings are those of no mapping; name one, as in "
	    "'hc-import cases FILE'"), sheet->name);
}

/* With the mapping loaded. */
static enum hc_status
fit(struct hc_import_map *map, struct hc_store *store, const struct top *top,
    struct hc_import_sheet *sheet,
    const struct hc_import_fit_options *options)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_import_fit_rank rank;
	size_t weight, header;
	enum hc_status rc;

	if ((rc = find_header(map, store, top, &rank, &weight, &header)) !=
	    HC_OK)
		return rc;
	if ((map->known = rank.known) == 0)
		return no_header(map, store, sheet);
	map->header_row = top->rows[header].row;
	rule.form = map->dates;
	rule.year = options->year;
	rule.latest = latest_day(top, header, options->today);
	if ((rc = take_columns(map, store, &top->rows[header])) != HC_OK ||
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
	struct hc_import_fit_rank rank[2];
	const char *name = options->mapping;
	struct top top;
	enum hc_status rc;

	memset(map, 0, sizeof(*map));
	if ((rc = read_top(&top, store, sheet)) == HC_OK && name == NULL) {
		rc = choose(store, headings, &top, rank);
		name = rank[0].mapping;
		if (rc == HC_NOTFOUND)
			rc = no_choice(store, sheet);
	}
	if (rc == HC_OK && (rc = hc_import_map_load(map, store, headings,
	    name)) == HC_OK)
		rc = fit(map, store, &top, sheet, options);
	hc_arena_free(&top.arena);
	return rc;
}
