/*
 * Under which key a row's record is known in its list: by its number there,
 * else by all its cells, else by whose it is and what it says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/seal.h"

#include "task/import_key.h"

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

/* Enough of a hash to tell rows of one list apart. */
static uint64_t
begin_of(const unsigned char hash[16])
{
	uint64_t begin;

	memcpy(&begin, hash, sizeof(begin));
	return begin;
}

/* A number that another row of the list has, which says something else: one
   of the two is wrong, and nobody knows which. */
static enum hc_status
check_twice(struct hc_import_place *p)
{
	unsigned char hash[16], cells[16];
	struct hc_import_seen_row *seen;
	char words[160];

	hc_hash_short(hash, sizeof(hash), NULL, 0, p->key);
	hash_cells(p, cells);
	seen = hc_import_seen_find(&p->seen, begin_of(hash));
	if (seen == NULL)
		return hc_db_nomem(p->store->db);
	if (seen->count > 0 && seen->cells != begin_of(cells)) {
		snprintf(words, sizeof(words),
		    _("row %zu has the same number"), (size_t)seen->line);
		hc_import_target_refuse(p, p->map->key_column, words);
	}
	if (seen->count > 0)
		return HC_OK;
	seen->cells = begin_of(cells);
	seen->count = 1;
	seen->line = (uint32_t)p->in->line;
	return HC_OK;
}

/* The hash of all cells, and how often it was met in this list. */
static enum hc_status
key_of_cells(struct hc_import_place *p)
{
	struct hc_buf hex = HC_BUF_INIT;
	unsigned char hash[16];
	struct hc_import_seen_row *seen;

	hash_cells(p, hash);
	seen = hc_import_seen_find(&p->seen, begin_of(hash));
	if (seen == NULL)
		return hc_db_nomem(p->store->db);
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

/* Does the row name the person or episode, so that they are found again?
   Figures are nobody's; facilities are found by their names. */
static bool
names_owner(const struct hc_import_place *p)
{
	if (p->map->main->parent == NULL)
		return p->map->main != p->facility;
	return hc_import_target_value(p, p->person, "name") != NULL ||
	    hc_import_target_value(p, p->episode, "number") != NULL;
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

/* What the row said last; the same, and there is nothing to do. */
static enum hc_status
recall(struct hc_import_place *p, const struct hc_import_known *known)
{
	p->noted = known->note;
	if (known->said == NULL)
		return HC_OK;
	hc_buf_puts(&p->said.before, known->said);
	p->same = strcmp(known->said, hc_buf_text(&p->said.now)) == 0;
	/* A row that says something else is a change, whatever it takes. */
	p->changed = !p->same;
	return hc_buf_failed(&p->said.before) ||
	    hc_buf_failed(&p->known_others) ? hc_db_nomem(p->store->db) :
	    HC_OK;
}

enum hc_status
hc_import_key_find(struct hc_import_place *p)
{
	const char *number = own_number(p) ? number_of(p) : NULL;
	struct hc_import_target *t = &p->targets[0];
	struct hc_import_known known;
	enum hc_status rc;

	p->numbered = number != NULL;
	if (p->numbered)
		snprintf(p->key, sizeof(p->key), "%s", number);
	rc = !p->numbered ? key_of_cells(p) : !p->write ? check_twice(p) :
	    HC_OK;
	if (rc != HC_OK || p->bad)
		return rc;
	rc = hc_import_match_row(p->match, p->options.source, p->key,
	    t->entity->name, &known);
	if (rc == HC_OK && known.others != NULL)
		hc_buf_puts(&p->known_others, known.others);
	if (rc == HC_OK && p->numbered)
		rc = recall(p, &known);
	if (rc == HC_OK && !p->same)
		rc = hc_import_target_load(p, t, known.record);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* A row that differs from the one before, without number: the record is
   known by whose it is and what it says. */
enum hc_status
hc_import_key_identify(struct hc_import_place *p)
{
	struct hc_import_target *t = &p->targets[0];
	enum hc_status rc;
	char key[300];
	int64_t id;

	if (p->numbered || t->before != NULL || !names_owner(p))
		return HC_OK;
	key_of_match(p, t->row, key);
	if (key[0] == '\0')
		return HC_OK;
	rc = hc_import_match_key(p->match, p->options.source, key,
	    t->entity->name, &id);
	if (rc != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	return hc_import_target_meet(p, t, id);
}

/* What is to be known of a row by its number; NULL if something in it waits
   for other lists, so that it is looked at again. */
static const char *
now_said(const struct hc_import_place *p)
{
	return p->numbered && !p->waits ? hc_buf_text(&p->said.now) : NULL;
}

enum hc_status
hc_import_key_note(struct hc_import_place *p)
{
	const struct hc_row *row = p->targets[0].row;
	struct hc_import_note_list list = { .source = p->options.source,
	    .key = p->key, .said = now_said(p),
	    .others = hc_buf_text(&p->others) };
	enum hc_status rc;
	char key[300];
	int64_t id;

	if (p->targets[0].before != NULL && !p->met)
		return p->noted == 0 ? HC_OK :
		    hc_import_note_said(p->notes, p->noted, now_said(p));
	if (hc_buf_failed(&p->others))
		return hc_db_nomem(p->store->db);
	rc = hc_import_note_key(p->notes, &list, row);
	if (rc != HC_OK || p->numbered || !names_owner(p))
		return rc;
	key_of_match(p, row, key);
	if (key[0] == '\0' || hc_import_match_key(p->match,
	    p->options.source, key, row->entity->name, &id) == HC_OK)
		return HC_OK;
	list.key = key;
	list.said = list.others = NULL;
	return hc_import_note_key(p->notes, &list, row);
}

/* ---- The other records of a row ---- */

#define MARK 64
#define OTHER_KEY 320

/* How the record's id begins among the others: "|test#1=". */
static void
other_mark(const struct hc_import_target *t, char mark[MARK])
{
	snprintf(mark, MARK, "|%s#%u=", t->entity->name, t->nth);
}

/* Its key where it was made later than the main record. */
static void
other_key(const struct hc_import_place *p, const struct hc_import_target *t,
    char key[OTHER_KEY])
{
	snprintf(key, OTHER_KEY, t->nth > 1 ? "%s#%u" : "%s", p->key, t->nth);
}

enum hc_status
hc_import_key_find_other(struct hc_import_place *p, struct hc_import_target *t)
{
	char mark[MARK], key[OTHER_KEY];
	enum hc_status rc = HC_NOTFOUND;
	const char *at;
	int64_t id;

	other_mark(t, mark);
	at = strstr(hc_buf_text(&p->known_others), mark);
	if (at != NULL)
		rc = hc_import_target_load(p, t, strtoll(at + strlen(mark),
		    NULL, 10));
	/* One that was deleted since may have been made anew. */
	if (rc != HC_NOTFOUND || p->targets[0].before == NULL)
		return rc;
	other_key(p, t, key);
	rc = hc_import_match_key(p->match, p->options.source, key,
	    t->entity->name, &id);
	return rc == HC_OK ? hc_import_target_load(p, t, id) : rc;
}

enum hc_status
hc_import_key_note_other(struct hc_import_place *p,
    const struct hc_import_target *t)
{
	char mark[MARK], key[OTHER_KEY];
	struct hc_import_note_list list = { .source = p->options.source,
	    .key = key };

	if (p->targets[0].before == NULL) {
		other_mark(t, mark);
		hc_buf_printf(&p->others, "%s%lld", mark,
		    (long long)t->row->id);
		return HC_OK;
	}
	other_key(p, t, key);
	return hc_import_note_key(p->notes, &list, t->row);
}
