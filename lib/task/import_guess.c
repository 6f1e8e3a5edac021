/*
 * Which fields the unknown heading of a list may mean.  A heading that holds a
 * known one (陽性者の氏名（漢字）) or differs in a few characters is like it; of
 * the values only kinds are asked that say much.
 */
#include <string.h>

#include "base/buf.h"
#include "base/near.h"

#include "task/import_guess.h"

#define LONG_ENOUGH 6		/* bytes of a heading: two kanji */

/* Has a column the field? */
static bool
taken(const struct hc_import_map *map, const struct hc_field *field)
{
	size_t i;

	for (i = 0; i < map->ncolumns; i++)
		if (map->columns[i].field == field &&
		    map->columns[i].how != HC_IMPORT_NONE)
			return true;
	return false;
}

static bool
makes(const struct hc_import_map *map, const struct hc_entity *entity)
{
	size_t i;

	for (i = 0; i < map->nalso; i++)
		if (map->also[i] == entity)
			return true;
	return entity == map->main;
}

/* How much of a hundred the two have in common; 0: too little. */
static size_t
likeness(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), far;

	if (lb >= LONG_ENOUGH && strstr(a, b) != NULL)
		return lb * 100 / la;
	if (la >= LONG_ENOUGH && strstr(b, a) != NULL)
		return la * 100 / lb;
	far = hc_near_distance(a, b);
	return la >= LONG_ENOUGH && far * 3 <= la ? 100 - far * 100 / la : 0;
}

static bool
guessed(const struct hc_import_sniff_column *c, const struct hc_field *field)
{
	size_t i;

	for (i = 0; i < HC_IMPORT_SNIFF_GUESSES; i++)
		if (c->guesses[i].field == field)
			return true;
	return false;
}

static void
add(struct hc_import_sniff_column *c, const struct hc_field *field,
    bool by_values)
{
	size_t i;

	if (field == NULL || guessed(c, field))
		return;
	for (i = 0; i < HC_IMPORT_SNIFF_GUESSES; i++)
		if (c->guesses[i].field == NULL) {
			c->guesses[i].field = field;
			c->guesses[i].by_values = by_values;
			return;
		}
}

/* The field with the heading most like ${key} that was not guessed yet. */
static const struct hc_field *
nearest(const struct hc_import_sniff_column *c,
    const struct hc_import_map *map, const char *key)
{
	const struct hc_import_heading *h, *best = NULL;
	size_t i, like, most = 0;

	for (i = 0; i < map->headings->len; i++) {
		h = &map->headings->items[i];
		if (!makes(map, h->field->entity) || taken(map, h->field) ||
		    guessed(c, h->field))
			continue;
		if ((like = likeness(key, h->key)) > most) {
			most = like;
			best = h;
		}
	}
	return best != NULL ? best->field : NULL;
}

/* Can the field read the examples, and is that no accident? */
static bool
reads(const struct hc_field *field, const struct hc_import_sniff_column *c)
{
	struct hc_buf out = HC_BUF_INIT;
	struct hc_value_rule rule;
	size_t i, read = 0;

	hc_value_rule_plain(&rule, 0, NULL, 0);
	for (i = 0; i < HC_IMPORT_SNIFF_EXAMPLES && c->examples[i] != NULL;
	    i++)
		read += hc_value_read(field, &rule, c->examples[i], &out,
		    NULL) == HC_OK;
	hc_buf_free(&out);
	return i > 0 && read == i;
}

/* May the field hold what the column has most of? */
static bool
suits(const struct hc_field *f, const struct hc_import_sniff_column *c)
{
	size_t most = c->filled - c->absences;

	switch (f->type) {
	case HC_TYPE_DATE:
		return c->dates * 5 >= most * 4;
	case HC_TYPE_PHONE:
		return c->phones * 5 >= most * 4;
	case HC_TYPE_EMAIL:
		return c->emails * 5 >= most * 4;
	case HC_TYPE_CHOICE:
		/* Digits are codes of many lists. */
		return c->words * 5 >= most * 4 && reads(f, c);
	default:
		return strcmp(f->entity->name, "phone") == 0 &&
		    strcmp(f->name, "number") == 0 &&
		    c->phones * 5 >= most * 4;
	}
}

static void
guess_by_values(struct hc_import_sniff_column *c,
    const struct hc_import_map *map, const struct hc_entity *e)
{
	size_t i;

	for (i = 0; i < e->nfields; i++)
		if (!e->fields[i]->retired && !taken(map, e->fields[i]) &&
		    suits(e->fields[i], c))
			add(c, e->fields[i], true);
}

enum hc_status
hc_import_guess_column(struct hc_import_sniff_column *c,
    const struct hc_import_map *map)
{
	struct hc_buf key = HC_BUF_INIT;
	enum hc_status rc;
	size_t i;

	hc_import_heading_fold(c->heading, &key);
	if (key.len > 0)
		for (i = 0; i < 2; i++)
			add(c, nearest(c, map, hc_buf_text(&key)), false);
	if (c->filled > c->absences) {
		guess_by_values(c, map, map->main);
		for (i = 0; i < map->nalso; i++)
			guess_by_values(c, map, map->also[i]);
	}
	rc = hc_buf_failed(&key) ? HC_NOMEM : HC_OK;
	hc_buf_free(&key);
	return rc;
}
