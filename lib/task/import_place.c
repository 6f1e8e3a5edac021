/*
 * A row of a list among the records.
 *
 * First the person and the episode that it is about are found, then what the
 * row itself is, then what else it makes.  The same steps run twice: dry,
 * without the lock, to see which rows change anything, and in the run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/phone.h"
#include "base/seal.h"
#include "record/change.h"
#include "record/record.h"
#include "task/import_note.h"

#include "task/import_place.h"

#define KINDS 9			/* the main entity and the others */

/* A record that the row means or makes. */
struct target {
	const struct hc_entity *entity;
	struct hc_row *before;	/* as it is; NULL: new */
	struct hc_row *row;	/* as it will be; NULL: none */
};

/* How often a row without a number was met with just these cells; or the row
   that had a number first, and its cells. */
struct seen {
	unsigned char hash[16];
	unsigned int count;	/* 0: a free place */
	unsigned char cells[16];
	size_t line;
};

struct hc_import_place {
	struct hc_store *store;
	const struct hc_import_map *map;
	struct hc_import_place_options options;
	struct hc_import_match *match;
	struct hc_import_notes *notes;
	struct hc_check *checks[KINDS];		/* as targets */
	struct target targets[KINDS];		/* [0] is the main one */
	size_t ntargets;
	const struct hc_entity *person, *episode, *facility;
	struct seen *seen;	/* open addressing; room a power of two */
	size_t nseen, seen_room;
	struct hc_buf scratch;
	/* The present row: */
	const struct hc_import_row *in;
	bool write, changed, bad;
	bool numbered;				/* key is the list's number */
	hc_import_fault *fault;
	void *arg;
	char key[300];				/* in the list */
};

enum hc_status
hc_import_place_new(struct hc_import_place **out, struct hc_store *store,
    const struct hc_import_map *map,
    const struct hc_import_place_options *options)
{
	const struct hc_catalogue *c = store->catalogue;
	struct hc_import_place *p;
	enum hc_status rc;
	size_t i;

	if ((*out = p = calloc(1, sizeof(*p))) == NULL)
		return hc_db_nomem(store->db);
	p->store = store;
	p->map = map;
	p->options = *options;
	p->person = hc_catalogue_entity(c, "person");
	p->episode = hc_catalogue_entity(c, "episode");
	p->facility = hc_catalogue_entity(c, "facility");
	p->targets[p->ntargets++].entity = map->main;
	for (i = 0; i < map->nalso; i++)
		p->targets[p->ntargets++].entity = map->also[i];
	if ((rc = hc_import_match_new(&p->match, store)) == HC_OK)
		rc = hc_import_note_new(&p->notes, store);
	for (i = 0; rc == HC_OK && i < p->ntargets; i++)
		rc = hc_check_new(&p->checks[i], store,
		    p->targets[i].entity);
	if (rc != HC_OK) {
		hc_import_place_free(p);
		*out = NULL;
	}
	return rc;
}

static void
clear_targets(struct hc_import_place *p)
{
	size_t i;

	for (i = 0; i < p->ntargets; i++) {
		hc_row_free(p->targets[i].before);
		hc_row_free(p->targets[i].row);
		p->targets[i].before = p->targets[i].row = NULL;
	}
}

void
hc_import_place_free(struct hc_import_place *p)
{
	size_t i;

	if (p == NULL)
		return;
	clear_targets(p);
	for (i = 0; i < p->ntargets; i++)
		hc_check_free(p->checks[i]);
	hc_import_match_free(p->match);
	hc_import_note_free(p->notes);
	hc_buf_free(&p->scratch);
	free(p->seen);
	free(p);
}

void
hc_import_place_restart(struct hc_import_place *p)
{
	if (p->seen != NULL)
		memset(p->seen, 0, p->seen_room * sizeof(*p->seen));
	p->nseen = 0;
}

static struct target *
target_of(struct hc_import_place *p, const struct hc_entity *entity)
{
	size_t i;

	for (i = 0; i < p->ntargets; i++)
		if (p->targets[i].entity == entity)
			return &p->targets[i];
	return NULL;
}

/* ---- What the row says ---- */

/* The column of ${entity}'s field ${name}; -1 if the list has none. */
static int
column_of(const struct hc_import_place *p, const struct hc_entity *entity,
    const char *name)
{
	const struct hc_import_column *c;
	size_t i;

	for (i = 0; i < p->map->ncolumns; i++) {
		c = &p->map->columns[i];
		if (c->how != HC_IMPORT_NONE && c->field != NULL &&
		    c->entity == entity && strcmp(c->field->name, name) == 0)
			return (int)i;
	}
	return -1;
}

/* A cell's value; NULL where it is empty or only says why. */
static const char *
value_of(const struct hc_import_place *p, const struct hc_entity *entity,
    const char *name)
{
	int i = column_of(p, entity, name);

	return i >= 0 && p->in->cells[i].reason == NULL ?
	    p->in->cells[i].text : NULL;
}

/* Does the row say anything of ${entity}? */
static bool
says(const struct hc_import_place *p, const struct hc_entity *entity)
{
	const struct hc_import_cell *cell;
	size_t i;

	for (i = 0; i < p->map->ncolumns; i++) {
		cell = &p->in->cells[i];
		if (p->map->columns[i].entity == entity &&
		    p->map->columns[i].how != HC_IMPORT_NONE &&
		    cell->reason == NULL &&
		    (cell->text != NULL || cell->band != NULL ||
		    cell->fields != NULL))
			return true;
	}
	return false;
}

/* The row cannot go in: tell it at the column ${i}, or at none (-1). */
static void
refuse(struct hc_import_place *p, int i, const char *words)
{
	const char *text = i >= 0 ? p->in->cells[i].text : NULL;

	p->bad = true;
	p->fault(p->arg, p->in->line, i >= 0 ? (size_t)i : SIZE_MAX,
	    text != NULL ? text : "", words);
}

/* It goes in, but somebody should know. */
static void
warn(struct hc_import_place *p, int i, const char *words)
{
	if (!p->write)
		p->fault(p->arg, p->in->line, i >= 0 ? (size_t)i : SIZE_MAX,
		    NULL, words);
}

/* ---- Which records ---- */

static enum hc_status
load(struct hc_import_place *p, struct target *t, int64_t id)
{
	enum hc_status rc;

	rc = hc_row_load(p->store, t->entity, id, &t->before);
	if (rc == HC_OK && hc_row_copy(&t->row, t->before) != HC_OK)
		rc = hc_db_nomem(p->store->db);
	return rc;
}

static enum hc_status
make(struct hc_import_place *p, struct target *t)
{
	const struct hc_import_constant *c;
	size_t i;

	if (hc_row_new(&t->row, t->entity) != HC_OK)
		return hc_db_nomem(p->store->db);
	for (i = 0; i < p->map->nconstants; i++) {
		c = &p->map->constants[i];
		if (c->entity == t->entity &&
		    hc_row_set(t->row, c->field, c->value) != HC_OK)
			return hc_db_nomem(p->store->db);
	}
	return HC_OK;
}

static struct seen *
seen_place(struct seen *table, size_t room, const unsigned char hash[16])
{
	uint64_t h;
	size_t i;

	memcpy(&h, hash, sizeof(h));
	for (i = h & (room - 1); table[i].count != 0 &&
	    memcmp(table[i].hash, hash, 16) != 0; i = (i + 1) & (room - 1))
		continue;
	return &table[i];
}

static enum hc_status
seen_room(struct hc_import_place *p)
{
	size_t i, room = p->seen_room ? p->seen_room * 2 : 1024;
	struct seen *bigger;

	if (p->nseen * 2 < p->seen_room)
		return HC_OK;
	if ((bigger = calloc(room, sizeof(*bigger))) == NULL)
		return hc_db_nomem(p->store->db);
	for (i = 0; i < p->seen_room; i++)
		if (p->seen[i].count != 0)
			*seen_place(bigger, room, p->seen[i].hash) =
			    p->seen[i];
	free(p->seen);
	p->seen = bigger;
	p->seen_room = room;
	return HC_OK;
}

static void
hash_cells(struct hc_import_place *p, unsigned char hash[16])
{
	const struct hc_import_cell *cell;
	size_t i;

	hc_buf_clear(&p->scratch);
	for (i = 0; i < p->in->ncells; i++) {
		cell = &p->in->cells[i];
		hc_buf_puts(&p->scratch, cell->text != NULL ? cell->text :
		    cell->band != NULL ? cell->band : "");
		if (cell->fields != NULL)
			hc_buf_puts(&p->scratch, cell->fields);
		hc_buf_putc(&p->scratch, '\n');
	}
	hc_hash_short(hash, 16, NULL, 0, hc_buf_text(&p->scratch));
}

/* A number that another row of the list has, which says something else: one
   of the two is wrong, and nobody knows which. */
static enum hc_status
check_twice(struct hc_import_place *p)
{
	unsigned char hash[16], cells[16];
	struct seen *seen;
	enum hc_status rc;
	char words[160];

	if ((rc = seen_room(p)) != HC_OK)
		return rc;
	hc_hash_short(hash, sizeof(hash), NULL, 0, p->key);
	hash_cells(p, cells);
	seen = seen_place(p->seen, p->seen_room, hash);
	if (seen->count > 0 && memcmp(seen->cells, cells, 16) != 0) {
		snprintf(words, sizeof(words),
		    _("row %zu has the same number"), seen->line);
		refuse(p, p->map->key_column, words);
	}
	if (seen->count > 0)
		return HC_OK;
	p->nseen++;
	memcpy(seen->hash, hash, sizeof(hash));
	memcpy(seen->cells, cells, sizeof(cells));
	seen->count = 1;
	seen->line = p->in->line;
	return HC_OK;
}

/* The hash of all cells, and how often it was met in this list. */
static enum hc_status
key_of_cells(struct hc_import_place *p)
{
	struct hc_buf hex = HC_BUF_INIT;
	unsigned char hash[16];
	struct seen *seen;
	enum hc_status rc;

	hash_cells(p, hash);
	if ((rc = seen_room(p)) != HC_OK)
		return rc;
	seen = seen_place(p->seen, p->seen_room, hash);
	p->nseen += seen->count == 0;
	memcpy(seen->hash, hash, sizeof(hash));
	hc_hex_format(&hex, hash, sizeof(hash));
	snprintf(p->key, sizeof(p->key), "row:%s:%u", hc_buf_text(&hex),
	    ++seen->count);
	hc_buf_free(&hex);
	return HC_OK;
}

/*
 * The key of a record by what its entity is matched by, as the person, day
 * and method of a test; "" where that says too little: nobody whom the next
 * edition would find again, or no value of its own.
 */
static void
key_of_match(struct hc_import_place *p, const struct hc_row *row,
    char key[300])
{
	const struct hc_entity *e = row->entity;
	const struct hc_field *f;
	const char *word, *value;
	bool any = false;
	char name[48];
	size_t n;

	key[0] = '\0';
	hc_buf_clear(&p->scratch);
	for (word = e->match; word != NULL && *word != '\0' && *word != '|';
	    word += n + (word[n] == ',')) {
		n = strcspn(word, ",|");
		snprintf(name, sizeof(name), "%.*s", (int)n, word);
		if ((f = hc_catalogue_field(e, name)) == NULL)
			return;
		value = hc_row_get(row, f);
		if (f->type == HC_TYPE_REF && value == NULL)
			return;
		any |= f->type != HC_TYPE_REF && f->type != HC_TYPE_CHOICE &&
		    value != NULL;
		hc_buf_printf(&p->scratch, "|%s", value != NULL ? value : "");
	}
	if (any && p->scratch.len < 290)
		snprintf(key, 300, "match:%s", hc_buf_text(&p->scratch));
}

/* Does the row name the person or episode, so that they are found again? */
static bool
names_owner(const struct hc_import_place *p)
{
	return value_of(p, p->person, "name") != NULL ||
	    value_of(p, p->episode, "number") != NULL;
}

/* The number that the row has in this list; NULL if it has none. */
static const char *
number_of(const struct hc_import_place *p)
{
	int i = p->map->key_column;

	return i >= 0 && p->in->cells[i].reason == NULL ?
	    p->in->cells[i].text : NULL;
}

/* Is the number that of the record itself, or does it name the episode? */
static bool
own_number(const struct hc_import_place *p)
{
	int i = p->map->key_column;

	return i >= 0 && (p->map->columns[i].how == HC_IMPORT_KEY ||
	    p->map->columns[i].entity == p->map->main);
}

/*
 * The main record by its number in the list, else by the whole of the row
 * (the same row again means the same record); its place stays empty if it is
 * new.
 */
static enum hc_status
find_by_key(struct hc_import_place *p)
{
	const char *number = own_number(p) ? number_of(p) : NULL;
	struct target *t = &p->targets[0];
	enum hc_status rc;
	int64_t id;

	p->numbered = number != NULL;
	if (p->numbered)
		snprintf(p->key, sizeof(p->key), "%s", number);
	rc = !p->numbered ? key_of_cells(p) : !p->write ? check_twice(p) :
	    HC_OK;
	if (rc != HC_OK || p->bad)
		return rc;
	rc = hc_import_match_key(p->match, p->options.source, p->key,
	    t->entity->name, &id);
	if (rc == HC_OK)
		rc = load(p, t, id);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* The episode of a row that is a test, a stay, a report ... */
static enum hc_status
find_episode(struct hc_import_place *p)
{
	struct target *t = target_of(p, p->episode);
	const char *number = value_of(p, p->episode, "number");
	enum hc_status rc;
	int64_t id;

	if (t == NULL || t == &p->targets[0] || number == NULL)
		return HC_OK;
	rc = hc_import_match_key(p->match, NULL, number, "episode", &id);
	if (rc == HC_OK)
		return load(p, t, id);
	if (rc == HC_CONFLICT)
		refuse(p, column_of(p, p->episode, "number"),
		    _("several lists have an episode of this number"));
	else if (rc == HC_NOTFOUND)
		refuse(p, column_of(p, p->episode, "number"),
		    _("no episode has this number; import the cases first"));
	else
		return rc;
	return HC_OK;
}

/* The person whom a record refers to. */
static enum hc_status
load_person_of(struct hc_import_place *p, const struct hc_row *row)
{
	const char *id = hc_row_value(row, "person");

	return id == NULL ? HC_OK :
	    load(p, target_of(p, p->person), strtoll(id, NULL, 10));
}

static enum hc_status
match_person(struct hc_import_place *p, struct target *t)
{
	struct hc_import_who who = { .name = value_of(p, p->person, "name"),
	    .birth_date = value_of(p, p->person, "birth_date"),
	    .phones = NULL };
	const struct hc_entity *phone = hc_catalogue_entity(
	    p->store->catalogue, "phone");
	int64_t id, doubt;
	enum hc_status rc;
	char words[160];

	who.phones = value_of(p, phone, "number");
	rc = hc_import_match_person(p->match, &who, &id, &doubt);
	if (rc == HC_OK)
		return load(p, t, id);
	if (rc != HC_NOTFOUND)
		return rc;
	if (doubt != 0) {
		snprintf(words, sizeof(words),
		    _("perhaps the same person as %lld, who has the same name"),
		    (long long)(doubt % HC_ID_SPAN));
		warn(p, column_of(p, p->person, "name"), words);
	}
	return HC_OK;
}

/* Must every record of the main entity have a person? */
static bool
needs_person(const struct hc_import_place *p)
{
	const struct hc_field *f = hc_catalogue_field(p->map->main, "person");

	return f != NULL && f->required != NULL;
}

static enum hc_status
find_person(struct hc_import_place *p)
{
	struct target *t = target_of(p, p->person), *main = &p->targets[0];
	struct target *episode = target_of(p, p->episode);
	enum hc_status rc = HC_OK;

	if (t == NULL)
		return HC_OK;
	if (t->row == NULL && main->row != NULL && main != t)
		rc = load_person_of(p, main->row);
	if (rc == HC_OK && t->row == NULL && episode != NULL &&
	    episode->row != NULL)
		rc = load_person_of(p, episode->row);
	if (rc == HC_OK && t->row == NULL)
		rc = match_person(p, t);
	if (rc == HC_OK && t->row == NULL &&
	    (says(p, p->person) || needs_person(p)))
		rc = make(p, t);
	return rc;
}

/* Of a test or stay whose list names persons, not numbers. */
static enum hc_status
episode_of_person(struct hc_import_place *p)
{
	static const char latest_sql[] =
	    "SELECT id FROM episode WHERE office = :office"
	    " AND person = :person"
	    " ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, id DESC"
	    " LIMIT 1";
	struct target *person = target_of(p, p->person);
	struct target *t = target_of(p, p->episode);
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t id = 0;

	if (t == NULL || t == &p->targets[0] || t->row != NULL ||
	    person == NULL || person->before == NULL)
		return HC_OK;
	if ((rc = hc_stmt_new(&st, p->store->db, latest_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":person", person->row->id)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		id = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	if (rc == HC_OK)
		return load(p, t, id);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* ---- What they will say ---- */

static enum hc_status
set(struct hc_import_place *p, struct hc_row *row,
    const struct hc_field *field, const char *text)
{
	return hc_row_set(row, field, text) == HC_OK ? HC_OK :
	    hc_db_nomem(p->store->db);
}

/* A record that is not yet written has the id 0: any reference will do. */
static enum hc_status
set_ref(struct hc_import_place *p, struct hc_row *row, const char *name,
    const struct hc_row *to)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);
	char id[24];

	if (f == NULL || to == NULL)
		return HC_OK;
	snprintf(id, sizeof(id), "%lld", to->id != 0 ? (long long)to->id :
	    1LL);
	return set(p, row, f, id);
}

/* A facility by its name; one that is new is made in the run. */
static enum hc_status
named_id(struct hc_import_place *p, const struct hc_field *field,
    const char *name, int64_t *id)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_import_match_named(p->match, field->target, name, id);
	if (rc != HC_NOTFOUND || field->target != p->facility)
		return rc;
	*id = 1;
	if (!p->write)
		return HC_OK;
	if (hc_row_new(&row, p->facility) != HC_OK)
		return hc_db_nomem(p->store->db);
	if ((rc = set(p, row, hc_catalogue_field(p->facility, "name"),
	    name)) == HC_OK &&
	    (rc = hc_record_insert(p->store, row)) == HC_OK) {
		*id = row->id;
		rc = hc_import_match_add(p->match, p->facility, name, *id);
	}
	hc_row_free(row);
	return rc;
}

/* 自宅 where a hospital or hotel is expected: the kind of the stay. */
static bool
says_kind(struct hc_import_place *p, struct hc_row *row,
    const struct hc_field *field, const char *text, enum hc_status *rc)
{
	const struct hc_field *kind = hc_catalogue_field(row->entity, "kind");
	struct hc_buf code = HC_BUF_INIT;
	struct hc_value_rule rule;
	bool says;

	if (strcmp(row->entity->name, "stay") != 0 || kind == NULL ||
	    field->target != p->facility)
		return false;
	hc_value_rule_plain(&rule, p->store->office, p->options.clock->today,
	    p->options.clock->zone);
	says = hc_value_read(kind, &rule, text, &code, NULL) == HC_OK;
	if (says)
		*rc = set(p, row, kind, hc_buf_text(&code));
	hc_buf_free(&code);
	return says;
}

static enum hc_status
set_named(struct hc_import_place *p, struct hc_row *row, size_t column)
{
	const struct hc_import_column *c = &p->map->columns[column];
	enum hc_status rc;
	char text[24];
	int64_t id;

	if (says_kind(p, row, c->field, p->in->cells[column].text, &rc))
		return rc;
	rc = named_id(p, c->field, p->in->cells[column].text, &id);
	if (rc == HC_NOTFOUND)
		return HC_OK;	/* nobody of that name: source_row has it */
	if (rc != HC_OK)
		return rc;
	snprintf(text, sizeof(text), "%lld", (long long)id);
	return set(p, row, c->field, text);
}

static enum hc_status
set_case(struct hc_import_place *p, struct hc_row *row, size_t column)
{
	const struct hc_import_column *c = &p->map->columns[column];
	enum hc_status rc;
	char text[24];
	int64_t id;

	rc = hc_import_match_key(p->match, NULL, p->in->cells[column].text,
	    "episode", &id);
	if (rc == HC_NOTFOUND || rc == HC_CONFLICT) {
		warn(p, (int)column, rc == HC_NOTFOUND ?
		    _("no episode has this number; the contact is not "
		    "linked") :
		    _("several lists have an episode of this number; the "
		    "contact is not linked"));
		return HC_OK;
	}
	if (rc != HC_OK)
		return rc;
	snprintf(text, sizeof(text), "%lld", (long long)id);
	return set(p, row, c->field, text);
}

/* Age and band come from one column: 34, or ３０代. */
static enum hc_status
set_age(struct hc_import_place *p, struct hc_row *row, size_t column)
{
	const struct hc_import_cell *cell = &p->in->cells[column];
	const struct hc_field *band = hc_catalogue_field(row->entity,
	    "age_band");

	if (cell->text != NULL)
		return set(p, row, p->map->columns[column].field, cell->text);
	return set(p, row, band, cell->band);
}

/* Symptoms that have a field each. */
static enum hc_status
set_fields(struct hc_import_place *p, struct hc_row *row, const char *names)
{
	enum hc_status rc = HC_OK;
	char name[48];
	size_t n;

	for (; rc == HC_OK && *names != '\0'; names += n + 1) {
		n = strcspn(names, "\n");
		snprintf(name, sizeof(name), "%.*s", (int)n, names);
		rc = set(p, row, hc_catalogue_field(row->entity, name), "1");
	}
	return rc;
}

/* Is it the same name but for spaces, or the same reading in other kana? */
static bool
same_but_form(const struct hc_field *field, const char *a, const char *b)
{
	struct hc_buf one = HC_BUF_INIT, two = HC_BUF_INIT;
	bool same;

	if (strcmp(field->entity->name, "person") != 0)
		return false;
	if (strcmp(field->name, "kana") == 0) {
		hc_fold_name(&one, a);
		hc_fold_name(&two, b);
	} else if (strcmp(field->name, "name") == 0) {
		for (; *a != '\0'; a++)
			if (*a != ' ')
				hc_buf_putc(&one, *a);
		for (; *b != '\0'; b++)
			if (*b != ' ')
				hc_buf_putc(&two, *b);
	}
	same = one.len > 0 && strcmp(hc_buf_text(&one),
	    hc_buf_text(&two)) == 0;
	hc_buf_free(&one);
	hc_buf_free(&two);
	return same;
}

/* A time alone belongs to the day that another column has. */
static enum hc_status
set_field(struct hc_import_place *p, struct hc_row *row,
    const struct hc_field *field, const char *text)
{
	const char *day = value_of(p, row->entity, "day");
	char instant[HC_INSTANT_SIZE];
	int32_t date;

	if (row->id != 0 && hc_row_get(row, field) != NULL &&
	    same_but_form(field, hc_row_get(row, field), text))
		return HC_OK;
	if (field->type != HC_TYPE_INSTANT || text[0] != 'T')
		return set(p, row, field, text);
	if (day == NULL)
		day = value_of(p, row->entity, "date");
	if (day == NULL || hc_date_parse_iso(day, &date) != HC_OK)
		return HC_OK;	/* kept in source_row */
	hc_instant_format(hc_instant_make(date, (int)strtol(text + 1, NULL,
	    10), p->options.clock->zone), instant);
	return set(p, row, field, instant);
}

/* Everything that the row says of the target's entity. */
static enum hc_status
set_values(struct hc_import_place *p, struct target *t)
{
	const struct hc_import_column *c;
	const struct hc_import_cell *cell;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < p->map->ncolumns; i++) {
		c = &p->map->columns[i];
		cell = &p->in->cells[i];
		if (c->entity != t->entity || cell->reason != NULL)
			continue;
		if (cell->fields != NULL)
			rc = set_fields(p, t->row, cell->fields);
		if (rc != HC_OK || (cell->text == NULL && cell->band == NULL))
			continue;
		if (c->how == HC_IMPORT_FIELD)
			rc = set_field(p, t->row, c->field, cell->text);
		else if (c->how == HC_IMPORT_AGE)
			rc = set_age(p, t->row, i);
		else if (c->how == HC_IMPORT_NAMED)
			rc = set_named(p, t->row, i);
		else if (c->how == HC_IMPORT_CASE)
			rc = set_case(p, t->row, i);
	}
	return rc;
}

/* What a stay is, where the list only names the place: by the facility's
   kind, and a hospital as long as that is not known. */
static enum hc_status
stay_kind(struct hc_import_place *p, const struct hc_row *stay,
    const char **kind)
{
	static const char *const kinds[][2] = { { "hotel", "hotel" },
	    { "dormitory", "hotel" }, { "care_home", "care" },
	    { "welfare", "care" }, { "household", "home" } };
	const char *id = hc_row_value(stay, "facility"), *place;
	struct hc_row *facility = NULL;
	enum hc_status rc;
	size_t i;

	*kind = "hospital";
	if (id == NULL)
		return HC_OK;
	rc = hc_row_load(p->store, p->facility, strtoll(id, NULL, 10),
	    &facility);
	if (rc != HC_OK)	/* a new one is not yet written when dry */
		return rc == HC_NOTFOUND ? HC_OK : rc;
	place = hc_row_value(facility, "kind");
	for (i = 0; place != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i][0], place) == 0)
			*kind = kinds[i][1];
	hc_row_free(facility);
	return HC_OK;
}

/* Values that lists leave out because they are plain from others. */
static enum hc_status
complete(struct hc_import_place *p, struct target *t)
{
	const struct hc_field *kind = hc_catalogue_field(t->entity, "kind");
	const struct hc_field *last = hc_catalogue_field(t->entity,
	    "last_date");
	struct target *episode = target_of(p, p->episode);
	enum hc_status rc;
	const char *text;

	if (strcmp(t->entity->name, "stay") == 0 &&
	    hc_row_get(t->row, kind) == NULL) {
		rc = stay_kind(p, t->row, &text);
		return rc == HC_OK ? set(p, t->row, kind, text) : rc;
	}
	if (strcmp(t->entity->name, "contact") == 0 && episode != NULL &&
	    episode->row != NULL && hc_row_get(t->row, last) == NULL &&
	    (text = hc_row_value(episode->row, "last_exposure_date")) != NULL)
		return set(p, t->row, last, text);
	return HC_OK;
}

static void
check_fault(void *arg, const struct hc_field *field, const char *value,
    const char *words)
{
	struct hc_import_place *p = arg;
	struct hc_buf text = HC_BUF_INIT;

	(void)value;
	hc_buf_printf(&text, "%s: %s", hc_catalogue_label(field), words);
	refuse(p, column_of(p, field->entity, field->name),
	    hc_buf_text(&text));
	hc_buf_free(&text);
}

/* Write the target, or see whether that would change anything. */
static enum hc_status
save(struct hc_import_place *p, struct target *t)
{
	enum hc_status rc;

	hc_buf_clear(&p->scratch);
	if (t->before != NULL && hc_change_difference(t->before, t->row,
	    &p->scratch) == HC_NOTFOUND)
		return HC_OK;	/* as it was when it was checked */
	rc = hc_check_row(p->checks[t - p->targets], t->row,
	    p->options.clock, check_fault, p);
	if (rc == HC_INVALID || p->bad)
		return HC_OK;	/* told; the row will be refused */
	if (rc != HC_OK)
		return rc;
	p->changed = true;
	if (!p->write)
		return HC_OK;
	return t->before == NULL ? hc_record_insert(p->store, t->row) :
	    hc_record_update(p->store, t->row);
}

/* Why fields of the target have no value. */
static enum hc_status
save_absences(struct hc_import_place *p, const struct target *t)
{
	const struct hc_import_column *c;
	const struct hc_import_cell *cell;
	enum hc_status rc;
	bool has;
	size_t i;

	rc = hc_import_note_read(p->notes, t->row);
	for (i = 0; rc == HC_OK && i < p->map->ncolumns; i++) {
		c = &p->map->columns[i];
		cell = &p->in->cells[i];
		if (c->entity != t->entity || c->field == NULL ||
		    c->how == HC_IMPORT_NONE)
			continue;
		has = hc_row_get(t->row, c->field) != NULL;
		if (t->before == NULL && cell->reason == NULL)
			continue;
		if (cell->reason != NULL || has)
			rc = hc_import_note_absence(p->notes, t->row, c->field,
			    has ? NULL : cell->reason, p->write,
			    &p->changed);
	}
	return rc;
}

/* ---- Telephone numbers ---- */

static enum hc_status
save_phone(struct hc_import_place *p, const struct hc_row *person,
    const char *number)
{
	static const char *const names[] = { "person", "digits", NULL };
	const struct hc_entity *e = hc_catalogue_entity(
	    p->store->catalogue, "phone");
	const char *values[2];
	struct hc_phone phone;
	struct hc_row *row = NULL;
	enum hc_status rc = HC_NOTFOUND;
	char id[24];

	if (hc_phone_parse(number, &phone, NULL) != HC_OK)
		return HC_OK;
	snprintf(id, sizeof(id), "%lld", (long long)person->id);
	values[0] = id;
	values[1] = phone.digits;
	if (person->id != 0)
		rc = hc_record_find(p->store, e, names, values, &row);
	if (rc != HC_NOTFOUND) {
		hc_row_free(row);
		return rc;
	}
	p->changed = true;
	if (!p->write)
		return HC_OK;
	if (hc_row_new(&row, e) != HC_OK)
		return hc_db_nomem(p->store->db);
	if ((rc = set_ref(p, row, "person", person)) == HC_OK &&
	    (rc = set(p, row, hc_catalogue_field(e, "number"), number)) ==
	    HC_OK)
		rc = hc_record_insert(p->store, row);
	hc_row_free(row);
	return rc;
}

static enum hc_status
save_phones(struct hc_import_place *p)
{
	struct target *person = target_of(p, p->person);
	enum hc_status rc = HC_OK;
	const char *text, *end;
	char number[80];
	size_t i;

	for (i = 0; rc == HC_OK && i < p->map->ncolumns; i++) {
		text = p->in->cells[i].text;
		if (p->map->columns[i].how != HC_IMPORT_PHONES ||
		    p->in->cells[i].reason != NULL || person == NULL ||
		    person->row == NULL)
			continue;
		for (; rc == HC_OK && text != NULL && *text != '\0';
		    text = *end != '\0' ? end + 1 : end) {
			end = text + strcspn(text, "\n");
			snprintf(number, sizeof(number), "%.*s",
			    (int)(end - text), text);
			rc = save_phone(p, person->row, number);
		}
	}
	return rc;
}

/* ---- What no field took ---- */

static bool
left_over(const struct hc_import_place *p, size_t i)
{
	const struct hc_import_column *c = &p->map->columns[i];
	const struct target *t;
	size_t j;

	if (p->in->cells[i].rest != NULL)
		return true;
	if (p->in->cells[i].text == NULL)
		return false;
	if (c->how == HC_IMPORT_NONE)
		return true;
	if (c->how != HC_IMPORT_NAMED && c->how != HC_IMPORT_CASE &&
	    (c->how != HC_IMPORT_FIELD || c->field->type !=
	    HC_TYPE_INSTANT))
		return false;
	for (j = 0; j < p->ntargets; j++) {
		t = &p->targets[j];
		if (t->entity == c->entity && t->row != NULL &&
		    (hc_row_get(t->row, c->field) != NULL ||
		    (strcmp(t->entity->name, "stay") == 0 &&
		    hc_row_value(t->row, "kind") != NULL)))
			return false;
	}
	return p->in->cells[i].reason == NULL;
}

static enum hc_status
save_left_over(struct hc_import_place *p)
{
	struct hc_import_note_origin origin = { .source = p->options.source,
	    .file = p->options.file, .line = p->in->line };
	struct hc_buf json = HC_BUF_INIT;
	const char *mark = "{";
	enum hc_status rc;
	size_t i;

	for (i = 0; i < p->map->ncolumns; i++) {
		if (!left_over(p, i))
			continue;
		hc_buf_puts(&json, mark);
		hc_json_quote(p->map->columns[i].heading, &json);
		hc_buf_putc(&json, ':');
		hc_json_quote(p->in->cells[i].rest != NULL ?
		    p->in->cells[i].rest : p->in->cells[i].text, &json);
		mark = ",";
	}
	if (p->in->extra != NULL) {
		hc_buf_printf(&json, "%s\"\":", mark);
		hc_json_quote(p->in->extra, &json);
		mark = ",";
	}
	if (*mark == ',') {
		hc_buf_putc(&json, '}');
		origin.cells = hc_buf_text(&json);
	}
	rc = hc_buf_failed(&json) ? hc_db_nomem(p->store->db) :
	    hc_import_note_cells(p->notes, p->targets[0].row, &origin, p->write,
	    &p->changed);
	hc_buf_free(&json);
	return rc;
}

/* ---- The whole ---- */

/* The person and the episode first, since what follows refers to them. */
static enum hc_status
place_owners(struct hc_import_place *p)
{
	struct target *person = target_of(p, p->person);
	struct target *main = &p->targets[0];
	enum hc_status rc;

	if ((rc = find_episode(p)) != HC_OK ||
	    (rc = find_person(p)) != HC_OK ||
	    (rc = episode_of_person(p)) != HC_OK || person == NULL ||
	    person == main || person->row == NULL || p->bad)
		return rc;
	if ((rc = set_values(p, person)) != HC_OK)
		return rc;
	if ((rc = save(p, person)) != HC_OK || p->bad)
		return rc;
	if (p->write && person->before == NULL &&
	    hc_row_value(person->row, "name") != NULL &&
	    (rc = hc_import_match_add(p->match, p->person, hc_row_value(
	    person->row, "name"), person->row->id)) != HC_OK)
		return rc;
	return save_absences(p, person);
}

/* What the row is. */
static enum hc_status
place_main(struct hc_import_place *p)
{
	struct target *t = &p->targets[0], *episode, *person;
	enum hc_status rc = HC_OK;
	int64_t id;

	episode = target_of(p, p->episode);
	person = target_of(p, p->person);
	if (t->row == NULL && t->entity == p->facility &&
	    value_of(p, p->facility, "name") != NULL &&
	    hc_import_match_named(p->match, p->facility, value_of(p,
	    p->facility, "name"), &id) == HC_OK)
		rc = load(p, t, id);
	if (rc == HC_OK && t->row == NULL)
		rc = make(p, t);
	if (rc != HC_OK || (rc = set_values(p, t)) != HC_OK)
		return rc;
	if (episode != NULL && episode != t && t->before == NULL &&
	    (rc = set_ref(p, t->row, "episode", episode->row)) != HC_OK)
		return rc;
	if (person != NULL && person != t && t->before == NULL &&
	    (rc = set_ref(p, t->row, "person", person->row)) != HC_OK)
		return rc;
	return complete(p, t);
}

/* A row that differs from the one before, without number: the record is
   known by whose it is and what it says. */
static enum hc_status
identify_main(struct hc_import_place *p)
{
	struct target *t = &p->targets[0];
	struct hc_row *said = t->row;
	enum hc_status rc;
	char key[300];
	int64_t id;
	size_t i;

	if (p->numbered || t->before != NULL || !names_owner(p))
		return HC_OK;
	key_of_match(p, said, key);
	if (key[0] == '\0')
		return HC_OK;
	rc = hc_import_match_key(p->match, p->options.source, key,
	    t->entity->name, &id);
	if (rc != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	t->row = NULL;
	if ((rc = load(p, t, id)) == HC_OK)
		for (i = 0; rc == HC_OK && i < said->entity->nfields; i++)
			if (said->values[i] != NULL)
				rc = set(p, t->row, said->entity->fields[i],
				    said->values[i]);
	hc_row_free(said);
	return rc;
}

/* Under which keys the new main record will be found again. */
static enum hc_status
note_keys(struct hc_import_place *p)
{
	const struct hc_row *row = p->targets[0].row;
	enum hc_status rc;
	char key[300];
	int64_t id;

	rc = hc_import_note_key(p->notes, p->options.source, p->key, row);
	if (rc != HC_OK || p->numbered || !names_owner(p))
		return rc;
	key_of_match(p, row, key);
	if (key[0] == '\0' || hc_import_match_key(p->match,
	    p->options.source, key, row->entity->name, &id) == HC_OK)
		return HC_OK;
	return hc_import_note_key(p->notes, p->options.source, key, row);
}

static enum hc_status
save_main(struct hc_import_place *p)
{
	struct target *t = &p->targets[0];
	enum hc_status rc;
	bool is_new = t->before == NULL;

	if ((rc = save(p, t)) != HC_OK || p->bad)
		return rc;
	if (is_new && p->write && (rc = note_keys(p)) != HC_OK)
		return rc;
	if (is_new && p->write && hc_row_value(t->row, "name") != NULL &&
	    (t->entity == p->facility || t->entity == p->person) &&
	    (rc = hc_import_match_add(p->match, t->entity, hc_row_value(
	    t->row, "name"), t->row->id)) != HC_OK)
		return rc;
	return save_absences(p, t);
}

/* What else the row makes: a test, a stay, a contact. */
static enum hc_status
place_other(struct hc_import_place *p, struct target *t)
{
	struct target *episode = target_of(p, p->episode);
	struct target *person = target_of(p, p->person);
	enum hc_status rc;
	int64_t id;

	if (t->entity == p->person || t->entity == p->episode ||
	    strcmp(t->entity->name, "phone") == 0 ||
	    strcmp(t->entity->name, "source_key") == 0 ||
	    !says(p, t->entity))
		return HC_OK;
	rc = hc_import_match_key(p->match, p->options.source, p->key,
	    t->entity->name, &id);
	if (rc == HC_OK)
		rc = load(p, t, id);
	else if (rc == HC_NOTFOUND)
		rc = make(p, t);
	if (rc != HC_OK || (rc = set_values(p, t)) != HC_OK ||
	    (episode != NULL && t->before == NULL && (rc = set_ref(p,
	    t->row, "episode", episode->row)) != HC_OK) ||
	    (person != NULL && t->before == NULL && (rc = set_ref(p, t->row,
	    "person", person->row)) != HC_OK) ||
	    (rc = complete(p, t)) != HC_OK)
		return rc;
	/* A contact whose case is not known has nothing to link. */
	if (strcmp(t->entity->name, "contact") == 0 &&
	    hc_row_value(t->row, "source") == NULL)
		return HC_OK;
	if ((rc = save(p, t)) != HC_OK || p->bad)
		return rc;
	if (t->before == NULL && p->write && (rc = hc_import_note_key(p->notes,
	    p->options.source, p->key, t->row)) != HC_OK)
		return rc;
	return save_absences(p, t);
}

static enum hc_status
place(struct hc_import_place *p)
{
	enum hc_status rc;
	size_t i;

	if ((rc = find_by_key(p)) != HC_OK || p->bad ||
	    (rc = place_owners(p)) != HC_OK || p->bad ||
	    (rc = place_main(p)) != HC_OK || p->bad ||
	    (rc = identify_main(p)) != HC_OK ||
	    (rc = save_main(p)) != HC_OK || p->bad)
		return rc;
	if ((rc = save_phones(p)) != HC_OK)
		return rc;
	for (i = 1; i < p->ntargets && !p->bad; i++)
		if ((rc = place_other(p, &p->targets[i])) != HC_OK)
			return rc;
	return p->bad ? HC_OK : save_left_over(p);
}

enum hc_status
hc_import_place_row(struct hc_import_place *p,
    const struct hc_import_row *row, bool write,
    enum hc_import_outcome *outcome, hc_import_fault *fault, void *arg)
{
	enum hc_status rc;

	p->in = row;
	p->write = write;
	p->changed = p->bad = false;
	p->fault = fault;
	p->arg = arg;
	p->key[0] = '\0';
	rc = place(p);
	*outcome = !p->changed ? HC_IMPORT_UNCHANGED :
	    p->targets[0].before == NULL ? HC_IMPORT_NEW : HC_IMPORT_CHANGED;
	clear_targets(p);
	return rc == HC_OK && p->bad ? HC_INVALID : rc;
}
