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

/*
 * One row of a definition, wherever it comes from: ${get} gives the text of
 * a column, NULL where it is absent.
 */
struct row {
	const char *(*get)(void *arg, const char *column);
	void *arg;
};

static const char *
cell(const struct row *row, const char *column)
{
	return row->get(row->arg, column);
}

/* A copy; NULL where it is absent.  A failure is kept in ${c}->starved, so
   that a field never loses its "required" for want of memory. */
static char *
keep(struct hc_catalogue *c, const struct row *row, const char *column)
{
	const char *text = cell(row, column);
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
add_entity(struct hc_catalogue *c, const struct row *row, struct hc_error *err)
{
	struct hc_entity *e, *grown;
	const char *kind = cell(row, "kind");

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
	e->name = keep(c, row, "name");
	e->label_ja = keep(c, row, "label_ja");
	e->label_en = keep(c, row, "label_en");
	e->key = keep(c, row, "key");
	e->parent = keep(c, row, "parent");
	e->title = keep(c, row, "title");
	e->indexes = keep(c, row, "indexes");
	e->match = keep(c, row, "match");
	e->note = keep(c, row, "note");
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

static enum hc_status
add_field(struct hc_catalogue *c, const struct row *row, struct hc_error *err)
{
	const char *name = cell(row, "entity"), *type = cell(row, "type");
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
	f->name = keep(c, row, "name");
	f->of = keep(c, row, "of");
	f->unit = keep(c, row, "unit");
	f->label_ja = keep(c, row, "label_ja");
	f->label_en = keep(c, row, "label_en");
	f->required = keep(c, row, "required");
	f->low = keep(c, row, "low");
	f->high = keep(c, row, "high");
	f->pattern = keep(c, row, "pattern");
	f->check = keep(c, row, "check");
	f->search = keep(c, row, "search");
	f->headings = keep(c, row, "headings");
	f->note = keep(c, row, "note");
	f->initial = keep(c, row, "initial");
	f->list = number(cell(row, "list"));
	f->retired = is_yes(cell(row, "retired"));
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

static enum hc_status
add_choice(struct hc_catalogue *c, const struct row *row, struct hc_error *err)
{
	const char *name = cell(row, "list"), *code = cell(row, "code");
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
	item->code = keep(c, row, "code");
	item->label_ja = keep(c, row, "label_ja");
	item->label_en = keep(c, row, "label_en");
	item->spellings = keep(c, row, "spellings");
	item->retired = is_yes(cell(row, "retired"));
	if (c->starved)
		return hc_error_nomem(err);
	if (item->code == NULL || item->label_ja == NULL ||
	    item->label_en == NULL)
		return hc_error_set(err, HC_CONFIG,
		    _("choice '%s' of '%s' has no label"), code, name);
	list->len++;
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

/* Rows of a built-in file. */
typedef enum hc_status add_row(struct hc_catalogue *c, const struct row *row,
    struct hc_error *err);

static const char *
builtin_cell(void *arg, const char *column)
{
	return hc_builtin_get(arg, column);
}

static enum hc_status
load_file(struct hc_catalogue *c, const char *name, add_row *add,
    struct hc_error *err)
{
	struct hc_builtin *file = NULL;
	struct row row = { .get = builtin_cell };
	enum hc_status rc;

	if ((rc = hc_builtin_open(&file, name, err)) != HC_OK)
		return rc;
	row.arg = file;
	while ((rc = hc_builtin_next(file, err)) == HC_OK)
		if ((rc = add(c, &row, err)) != HC_OK)
			break;
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
	if ((rc = load_file(c, "entity", add_entity, err)) != HC_OK) {
		hc_catalogue_free(c);
		return rc;
	}
	*out = c;
	return HC_OK;
}

void
hc_catalogue_free(struct hc_catalogue *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->nentities; i++)
		free(c->entities[i].fields);
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

	if ((rc = load_file(c, "field", add_field, err)) != HC_OK ||
	    (rc = load_file(c, "choice", add_choice, err)) != HC_OK)
		return rc;
	return link_fields(c, err);
}

/* Rows of a query, whose columns are found by their names. */
static const char *
column_cell(void *arg, const char *column)
{
	struct hc_stmt *st = arg;
	int i, n = hc_stmt_columns(st);

	for (i = 0; i < n; i++)
		if (strcmp(hc_stmt_column_name(st, i), column) == 0)
			return hc_stmt_get_text(st, i);
	return NULL;
}

static enum hc_status
load_query(struct hc_catalogue *c, struct hc_db *db, const char *sql,
    add_row *add)
{
	struct hc_stmt *st = NULL;
	struct row row = { .get = column_cell };
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, db, sql)) != HC_OK)
		return rc;
	row.arg = st;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = add(c, &row, hc_db_error_buffer(db))) != HC_OK)
			break;
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_catalogue_load(struct hc_catalogue *c, struct hc_db *db)
{
	static const char field_sql[] =
	    "SELECT entity, name, type, \"of\", unit, label_ja, label_en,"
	    " required, low, high, pattern, \"check\", search, list, headings,"
	    " note, initial, retired FROM field WHERE office = :office"
	    " ORDER BY id";
	static const char choice_sql[] =
	    "SELECT list, code, label_ja, label_en, spellings, retired"
	    " FROM choice WHERE office = :office"
	    " ORDER BY list, position NULLS LAST, id";
	enum hc_status rc;

	if ((rc = load_query(c, db, field_sql, add_field)) != HC_OK ||
	    (rc = load_query(c, db, choice_sql, add_choice)) != HC_OK)
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

	for (i = 0; i < e->nfields; i++)
		if (strcmp(e->fields[i]->name, name) == 0)
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
