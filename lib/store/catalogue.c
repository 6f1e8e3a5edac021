/*
 * The catalogue in memory: reading it from the built-in files or from the
 * database, and finding things in it.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/near.h"
#include "store/builtin.h"

#include "store/catalogue.h"

#define DECIMALS_MAX 6	/* with 12 digits before them it fits 64 bits */

#define MOST_COLUMNS 18

/*
 * What is read of a definition, wherever it comes from: the columns' names
 * stand in the order of the numbers by which add_...() asks for the cells.
 */
enum { ENTITY_NAME, ENTITY_KIND, ENTITY_LABEL_JA, ENTITY_LABEL_EN, ENTITY_KEY,
	ENTITY_PARENT, ENTITY_TITLE, ENTITY_INDEXES, ENTITY_MATCH,
	ENTITY_NOTE };
static const char *const entity_columns[] = { "name", "kind", "label_ja",
	"label_en", "key", "parent", "title", "indexes", "match", "note",
	NULL };

enum { FIELD_ENTITY, FIELD_NAME, FIELD_TYPE, FIELD_OF, FIELD_UNIT,
	FIELD_LABEL_JA, FIELD_LABEL_EN, FIELD_REQUIRED, FIELD_LOW, FIELD_HIGH,
	FIELD_PATTERN, FIELD_CHECK, FIELD_SEARCH, FIELD_LIST, FIELD_HEADINGS,
	FIELD_NOTE, FIELD_INITIAL, FIELD_RETIRED };
static const char *const field_columns[] = { "entity", "name", "type", "of",
	"unit", "label_ja", "label_en", "required", "low", "high", "pattern",
	"check", "search", "list", "headings", "note", "initial", "retired",
	NULL };

enum { CHOICE_LIST, CHOICE_CODE, CHOICE_LABEL_JA, CHOICE_LABEL_EN,
	CHOICE_SPELLINGS, CHOICE_POSITION, CHOICE_RETIRED };
static const char *const choice_columns[] = { "list", "code", "label_ja",
	"label_en", "spellings", "position", "retired", NULL };

/* A copy; NULL where it is absent.  A failure is kept in ${c}->starved, so
   that a field never loses its "required" for want of memory. */
static char *
keep(struct hc_catalogue *c, const char *text)
{
	char *copy = hc_arena_text(&c->arena, text);

	if (text != NULL && copy == NULL)
		c->starved = true;
	return copy;
}

static bool
is_yes(const char *text)
{
	return text != NULL && strcmp(text, "1") == 0;
}

static int
number(const char *text)
{
	long n = text != NULL ? strtol(text, NULL, 10) : 0;

	return n > INT_MAX || n < INT_MIN ? 0 : (int)n;
}

static enum hc_status
add_entity(struct hc_catalogue *c, const char *const *row, struct hc_error *err)
{
	struct hc_entity *e, *grown;
	const char *kind = row[ENTITY_KIND];

	grown = realloc(c->entities, (c->nentities + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_error_nomem(err);
	c->entities = grown;
	e = &c->entities[c->nentities];
	memset(e, 0, sizeof(*e));
	if (kind != NULL && strcmp(kind, "record") == 0)
		e->kind = HC_ENTITY_RECORD;
	else if (kind != NULL && strcmp(kind, "definition") == 0)
		e->kind = HC_ENTITY_DEFINITION;
	else if (kind != NULL && strcmp(kind, "computed") == 0)
		e->kind = HC_ENTITY_COMPUTED;
	else
		return hc_error_set(err, HC_ERROR,
		    "entity.tsv: unknown kind '%s'", kind != NULL ? kind : "");
	e->name = keep(c, row[ENTITY_NAME]);
	e->label_ja = keep(c, row[ENTITY_LABEL_JA]);
	e->label_en = keep(c, row[ENTITY_LABEL_EN]);
	e->key = keep(c, row[ENTITY_KEY]);
	e->parent = keep(c, row[ENTITY_PARENT]);
	e->title = keep(c, row[ENTITY_TITLE]);
	e->indexes = keep(c, row[ENTITY_INDEXES]);
	e->match = keep(c, row[ENTITY_MATCH]);
	e->note = keep(c, row[ENTITY_NOTE]);
	if (c->starved)
		return hc_error_nomem(err);
	if (e->name == NULL || e->label_ja == NULL || e->label_en == NULL)
		return hc_error_set(err, HC_ERROR,
		    "entity.tsv: an entity without name or label");
	e->index = c->nentities++;
	return HC_OK;
}

/* Text of a field that may not be missing. */
static enum hc_status
check_named(const struct hc_field *f, const char *entity,
    struct hc_error *err)
{
	if (f->name != NULL && f->label_ja != NULL && f->label_en != NULL)
		return HC_OK;
	return hc_error_set(err, HC_CONFIG,
	    _("field '%s.%s' has no name or label"), entity,
	    f->name != NULL ? f->name : "");
}

static struct hc_pattern *
keep_pattern(struct hc_catalogue *c, const char *text)
{
	struct hc_pattern *pattern;

	if (text == NULL)
		return NULL;
	pattern = hc_arena_alloc(&c->arena, sizeof(*pattern));
	if (pattern == NULL)
		c->starved = true;
	else
		pattern->text = keep(c, text);
	return pattern;
}

static enum hc_status
add_field(struct hc_catalogue *c, const char *const *row, struct hc_error *err)
{
	const char *name = row[FIELD_ENTITY], *type = row[FIELD_TYPE];
	struct hc_entity *e;
	struct hc_field *f, **grown;
	enum hc_status rc;

	e = (struct hc_entity *)hc_catalogue_entity(c, name ? name : "");
	if (e == NULL)
		return hc_error_set(err, HC_CONFIG,
		    _("a field of the unknown entity '%s'"), name ? name : "");
	if ((f = hc_arena_alloc(&c->arena, sizeof(*f))) == NULL)
		return hc_error_nomem(err);
	f->entity = e;
	f->name = keep(c, row[FIELD_NAME]);
	f->of = keep(c, row[FIELD_OF]);
	f->unit = keep(c, row[FIELD_UNIT]);
	f->label_ja = keep(c, row[FIELD_LABEL_JA]);
	f->label_en = keep(c, row[FIELD_LABEL_EN]);
	f->required = keep(c, row[FIELD_REQUIRED]);
	f->low = keep(c, row[FIELD_LOW]);
	f->high = keep(c, row[FIELD_HIGH]);
	f->pattern = keep_pattern(c, row[FIELD_PATTERN]);
	f->check = keep(c, row[FIELD_CHECK]);
	f->search = keep(c, row[FIELD_SEARCH]);
	f->headings = keep(c, row[FIELD_HEADINGS]);
	f->note = keep(c, row[FIELD_NOTE]);
	f->initial = keep(c, row[FIELD_INITIAL]);
	f->list = number(row[FIELD_LIST]);
	f->retired = is_yes(row[FIELD_RETIRED]);
	if (c->starved)
		return hc_error_nomem(err);
	if ((rc = check_named(f, e->name, err)) != HC_OK)
		return rc;
	f->office_made = strncmp(f->name, "x_", 2) == 0;
	if (type == NULL || hc_type_parse(type, &f->type) == -1)
		return hc_error_set(err, HC_CONFIG,
		    _("field '%s.%s' has the unknown type '%s'"), e->name,
		    f->name, type != NULL ? type : "");
	if (f->type == HC_TYPE_DECIMAL)
		f->decimals = f->of != NULL ? number(f->of) : 1;
	if (f->decimals < 0 || f->decimals > DECIMALS_MAX)
		return hc_error_set(err, HC_CONFIG,
		    _("field '%s.%s' has '%s' decimals; 0 to %d are possible"),
		    e->name, f->name, f->of, DECIMALS_MAX);
	if (e->nfields == e->room) {
		e->room = e->room ? e->room * 2 : 16;
		grown = realloc(e->fields, e->room * sizeof(*grown));
		if (grown == NULL)
			return hc_error_nomem(err);
		e->fields = grown;
	}
	f->index = e->nfields;
	e->fields[e->nfields++] = f;
	return HC_OK;
}

static struct hc_choice_list *
list_of(struct hc_catalogue *c, const char *name)
{
	struct hc_choice_list *grown, *list;

	/* Most often that of the choice before. */
	if (c->nlists > 0 &&
	    strcmp(c->lists[c->nlists - 1].name, name) == 0)
		return &c->lists[c->nlists - 1];
	if ((list = (struct hc_choice_list *)hc_catalogue_choices(c, name)) !=
	    NULL)
		return list;
	if (c->nlists == c->lists_room) {
		c->lists_room = c->lists_room ? c->lists_room * 2 : 32;
		grown = realloc(c->lists, c->lists_room * sizeof(*grown));
		if (grown == NULL)
			return NULL;
		c->lists = grown;
	}
	list = &c->lists[c->nlists];
	memset(list, 0, sizeof(*list));
	if ((list->name = hc_arena_text(&c->arena, name)) == NULL)
		return NULL;
	c->nlists++;
	return list;
}

/* The new item goes before those of a higher position; none is the highest,
   and of equal ones the new one is last. */
static void
settle(struct hc_choice_list *list)
{
	struct hc_choice item = list->items[list->len];
	size_t at = list->len++;

	for (; at > 0 && list->items[at - 1].position > item.position; at--)
		list->items[at] = list->items[at - 1];
	list->items[at] = item;
}

static enum hc_status
add_choice(struct hc_catalogue *c, const char *const *row, struct hc_error *err)
{
	const char *name = row[CHOICE_LIST], *code = row[CHOICE_CODE];
	struct hc_choice_list *list;
	struct hc_choice *grown, *item;

	if (name == NULL || code == NULL)
		return hc_error_set(err, HC_CONFIG,
		    _("a choice without list or code"));
	if ((list = list_of(c, name)) == NULL)
		return hc_error_nomem(err);
	if (list->len == list->room) {
		list->room = list->room ? list->room * 2 : 8;
		grown = realloc(list->items, list->room * sizeof(*grown));
		if (grown == NULL)
			return hc_error_nomem(err);
		list->items = grown;
	}
	item = &list->items[list->len];
	item->code = keep(c, row[CHOICE_CODE]);
	item->label_ja = keep(c, row[CHOICE_LABEL_JA]);
	item->label_en = keep(c, row[CHOICE_LABEL_EN]);
	item->spellings = keep(c, row[CHOICE_SPELLINGS]);
	item->position = row[CHOICE_POSITION] != NULL ?
	    number(row[CHOICE_POSITION]) : INT_MAX;
	item->retired = is_yes(row[CHOICE_RETIRED]);
	if (c->starved)
		return hc_error_nomem(err);
	if (item->code == NULL || item->label_ja == NULL ||
	    item->label_en == NULL)
		return hc_error_set(err, HC_CONFIG,
		    _("choice '%s' of '%s' has no label"), code, name);
	settle(list);
	return HC_OK;
}

/* Once all is read: what fields refer to. */
static enum hc_status
link_fields(struct hc_catalogue *c, struct hc_error *err)
{
	struct hc_field *f;
	size_t i, j;

	for (i = 0; i < c->nentities; i++)
		for (j = 0; j < c->entities[i].nfields; j++) {
			f = c->entities[i].fields[j];
			if (f->type == HC_TYPE_CHOICE ||
			    f->type == HC_TYPE_MULTI)
				f->choices = hc_catalogue_choices(c,
				    f->of != NULL ? f->of : f->name);
			else if (f->type == HC_TYPE_REF)
				f->target = hc_catalogue_entity(c,
				    f->of != NULL ? f->of : f->name);
			else
				continue;
			if (f->choices == NULL && f->target == NULL)
				return hc_error_set(err, HC_CONFIG,
				    _("field '%s.%s': no choice list or "
				    "entity '%s'"), f->entity->name, f->name,
				    f->of != NULL ? f->of : f->name);
		}
	return HC_OK;
}

typedef enum hc_status add_row(struct hc_catalogue *c, const char *const *row,
    struct hc_error *err);

/* Rows of a built-in file. */
static enum hc_status
load_file(struct hc_catalogue *c, const char *name,
    const char *const *columns, add_row *add, struct hc_error *err)
{
	const char *row[MOST_COLUMNS];
	int places[MOST_COLUMNS];
	struct hc_builtin *file;
	enum hc_status rc;
	int i;

	if ((rc = hc_builtin_open(&file, name, err)) != HC_OK)
		return rc;
	for (i = 0; columns[i] != NULL; i++)
		places[i] = hc_builtin_column(file, columns[i]);
	while ((rc = hc_builtin_next(file, err)) == HC_OK) {
		for (i = 0; columns[i] != NULL; i++)
			row[i] = hc_builtin_cell(file, places[i]);
		if ((rc = add(c, row, err)) != HC_OK)
			break;
	}
	hc_builtin_close(file);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_catalogue_new(struct hc_catalogue **out, struct hc_error *err)
{
	struct hc_catalogue *c;
	enum hc_status rc;

	*out = NULL;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return hc_error_nomem(err);
	if ((rc = load_file(c, "entity", entity_columns, add_entity,
	    err)) != HC_OK) {
		hc_catalogue_free(c);
		return rc;
	}
	*out = c;
	return HC_OK;
}

static void
clear_patterns(const struct hc_entity *e)
{
	size_t i;

	for (i = 0; i < e->nfields; i++)
		if (e->fields[i]->pattern != NULL)
			hc_pattern_clear(e->fields[i]->pattern);
}

void
hc_catalogue_free(struct hc_catalogue *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->nentities; i++) {
		clear_patterns(&c->entities[i]);
		free(c->entities[i].fields);
	}
	for (i = 0; i < c->nlists; i++)
		free(c->lists[i].items);
	free(c->entities);
	free(c->lists);
	hc_arena_free(&c->arena);
	free(c);
}

enum hc_status
hc_catalogue_load_builtin(struct hc_catalogue *c, struct hc_error *err)
{
	enum hc_status rc;

	if ((rc = load_file(c, "field", field_columns, add_field, err)) !=
	    HC_OK || (rc = load_file(c, "choice", choice_columns, add_choice,
	    err)) != HC_OK)
		return rc;
	return link_fields(c, err);
}

/* Rows of a table, oldest first. */
static enum hc_status
load_table(struct hc_catalogue *c, struct hc_db *db, const char *name,
    const char *const *columns, add_row *add)
{
	const char *row[MOST_COLUMNS];
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int i;

	for (i = 0; columns[i] != NULL; i++)
		hc_buf_printf(&sql, "%s\"%s\"", i == 0 ? "SELECT " : ", ",
		    columns[i]);
	/* All are of this office: no index of it, which would not be in the
	   order of the ids. */
	hc_buf_printf(&sql, " FROM \"%s\" WHERE +office = :office"
	    " ORDER BY id", name);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(db) :
	    hc_stmt_new(&st, db, hc_buf_text(&sql));
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		for (i = 0; columns[i] != NULL; i++)
			row[i] = hc_stmt_get_text(st, i);
		rc = add(c, row, hc_db_error_buffer(db));
	}
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_catalogue_load(struct hc_catalogue *c, struct hc_db *db)
{
	enum hc_status rc;

	if ((rc = load_table(c, db, "field", field_columns, add_field)) !=
	    HC_OK || (rc = load_table(c, db, "choice", choice_columns,
	    add_choice)) != HC_OK)
		return rc;
	return link_fields(c, hc_db_error_buffer(db));
}

const struct hc_entity *
hc_catalogue_entity(const struct hc_catalogue *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->nentities; i++)
		if (strcmp(c->entities[i].name, name) == 0)
			return &c->entities[i];
	return NULL;
}

const struct hc_field *
hc_catalogue_field(const struct hc_entity *e, const char *name)
{
	size_t i;

	/* Most differ in the first letter. */
	for (i = 0; i < e->nfields; i++)
		if (e->fields[i]->name[0] == name[0] &&
		    strcmp(e->fields[i]->name, name) == 0)
			return e->fields[i];
	return NULL;
}

const struct hc_choice_list *
hc_catalogue_choices(const struct hc_catalogue *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->nlists; i++)
		if (strcmp(c->lists[i].name, name) == 0)
			return &c->lists[i];
	return NULL;
}

const struct hc_choice *
hc_catalogue_choice(const struct hc_choice_list *list, const char *code)
{
	size_t i;

	for (i = 0; i < list->len; i++)
		if (strcmp(list->items[i].code, code) == 0)
			return &list->items[i];
	return NULL;
}

/*
 * Is the language of messages Japanese?  The message catalogue itself says
 * so: this one word is translated by the code of the language.
 */
static bool
japanese(void)
{
	/* TRANSLATORS: the code of your language, as "ja". */
	return strcmp(_("language code"), "ja") == 0;
}

const char *
hc_catalogue_label(const struct hc_field *f)
{
	return japanese() ? f->label_ja : f->label_en;
}

const char *
hc_catalogue_entity_label(const struct hc_entity *e)
{
	return japanese() ? e->label_ja : e->label_en;
}

const char *
hc_catalogue_choice_label(const struct hc_choice *choice)
{
	return japanese() ? choice->label_ja : choice->label_en;
}

const char *
hc_catalogue_near_field(const struct hc_entity *e, const char *word)
{
	const char *best = NULL;
	size_t i;

	for (i = 0; i < e->nfields; i++)
		best = hc_near_better(word, e->fields[i]->name, best);
	return best;
}

const char *
hc_catalogue_near_entity(const struct hc_catalogue *c, const char *word)
{
	const char *best = NULL;
	size_t i;

	for (i = 0; i < c->nentities; i++)
		best = hc_near_better(word, c->entities[i].name, best);
	return best;
}

bool
hc_catalogue_has(const char *joined, char mark, const char *word, size_t len)
{
	const char *end;

	while (joined != NULL && *joined != '\0') {
		if ((end = strchr(joined, mark)) == NULL)
			end = joined + strlen(joined);
		if ((size_t)(end - joined) == len &&
		    memcmp(joined, word, len) == 0)
			return true;
		joined = *end != '\0' ? end + 1 : end;
	}
	return false;
}
