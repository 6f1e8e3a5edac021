/*
 * The search index, on SQLite's FTS5.  Its tables are its own: they are
 * made from the records, are under no change log, and can be made anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/gram.h"
#include "store/namekey.h"
#include "store/run.h"
#include "store/schema.h"

#include "store/index.h"

#define SETTLE 1000		/* rows fed in the transaction of a run */
#define BATCH 2000		/* rows fed in one of their own */

struct hc_index {
	struct hc_stmt *insert, *remove, *feed, *gram, *ungram;
	struct hc_buf keys, before;	/* kept, to save allocations */
	struct hc_buf pieces[HC_SEARCH_CLASSES];
	/* Whom the record last written leads to: what follows in a list is
	   mostly its. */
	const struct hc_entity *written;
	int64_t written_id, written_person;
	int64_t run;		/* for which fed and last were read */
	int64_t fed, last;
	bool changed;
};

/* The columns of search_gram, and the letters of the lines. */
static const char letters[HC_SEARCH_CLASSES + 1] = "nkpfxatrs";

static enum hc_status
need_index(struct hc_store *store)
{
	if (store->index == NULL &&
	    (store->index = calloc(1, sizeof(*store->index))) == NULL)
		return hc_db_nomem(store->db);
	return HC_OK;
}

void
hc_index_forget(struct hc_store *store)
{
	struct hc_index *x = store->index;
	size_t i;

	hc_namekey_forget(store);
	if (x == NULL)
		return;
	hc_stmt_free(x->insert);
	hc_stmt_free(x->remove);
	hc_stmt_free(x->feed);
	hc_stmt_free(x->gram);
	hc_stmt_free(x->ungram);
	hc_buf_free(&x->keys);
	hc_buf_free(&x->before);
	for (i = 0; i < HC_SEARCH_CLASSES; i++)
		hc_buf_free(&x->pieces[i]);
	free(x);
	store->index = NULL;
}

/* ---- The mark ---- */

static enum hc_status
read_mark(struct hc_store *store, int64_t *fed, int64_t *last)
{
	static const char mark_sql[] =
	    "SELECT fed, last FROM search_mark WHERE office = :office";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*fed = *last = 0;
	if ((rc = hc_stmt_new(&st, store->db, mark_sql)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK) {
		*fed = hc_stmt_get_int(st, 0);
		*last = hc_stmt_get_int(st, 1);
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
write_mark(struct hc_store *store, int64_t fed, int64_t last)
{
	static const char mark_sql[] =
	    "INSERT INTO search_mark (office, fed, last)"
	    " VALUES (:office, :fed, :last)"
	    " ON CONFLICT (office) DO UPDATE SET fed = :fed, last = :last";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, mark_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":fed", fed)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":last", last)) == HC_OK)
		rc = hc_stmt_run(st);
	hc_stmt_free(st);
	return rc;
}

/*
 * The mark as the open run (or a rebuilding outside of one) sees it; others
 * may have moved it before.
 */
static enum hc_status
begin(struct hc_store *store)
{
	int64_t run = store->run != NULL ? hc_run_id(store) : 0;
	struct hc_index *x;
	enum hc_status rc;

	if ((rc = need_index(store)) != HC_OK)
		return rc;
	x = store->index;
	if (x->changed && x->run == run)
		return HC_OK;
	if ((rc = read_mark(store, &x->fed, &x->last)) != HC_OK)
		return rc;
	x->run = run;
	x->changed = true;
	return HC_OK;
}

/* ---- Whom a record leads to ---- */

/* The first reference to an owner; NULL where there is none. */
static const struct hc_field *
owner_field(const struct hc_entity *entity)
{
	const struct hc_field *f;
	char name[41];

	if (entity->parent == NULL)
		return NULL;
	snprintf(name, sizeof(name), "%.*s",
	    (int)strcspn(entity->parent, ","), entity->parent);
	f = hc_catalogue_field(entity, name);
	return f != NULL && f->type == HC_TYPE_REF ? f : NULL;
}

/* Records that are noted of any other one name it by entity and id. */
static bool
is_note(const struct hc_entity *entity)
{
	return hc_catalogue_field(entity, "entity") != NULL &&
	    hc_catalogue_field(entity, "record") != NULL;
}

static enum hc_status
person_of(struct hc_store *store, const struct hc_entity *entity, int64_t id,
    int64_t *person)
{
	const struct hc_index *x = store->index;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (strcmp(entity->name, "person") == 0) {
		*person = id;
		return HC_OK;
	}
	if (x != NULL && x->written == entity && x->written_id == id) {
		*person = x->written_person;
		return HC_OK;
	}
	if ((rc = hc_row_load(store, entity, id, &row)) == HC_OK)
		rc = hc_index_person(store, row, person);
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_index_person(struct hc_store *store, const struct hc_row *row,
    int64_t *person)
{
	const struct hc_field *owner = owner_field(row->entity);
	const struct hc_entity *e = NULL;
	const char *id = NULL;

	*person = 0;
	if (strcmp(row->entity->name, "person") == 0) {
		*person = row->id;
		return HC_OK;
	}
	if (owner != NULL) {
		e = owner->target;
		id = hc_row_get(row, owner);
	} else if (is_note(row->entity) &&
	    hc_row_value(row, "entity") != NULL) {
		e = hc_catalogue_entity(store->catalogue,
		    hc_row_value(row, "entity"));
		id = hc_row_value(row, "record");
	}
	/* A note of a note would lead nowhere, and may lead in a circle. */
	if (e == NULL || id == NULL || is_note(e))
		return HC_OK;
	return person_of(store, e, strtoll(id, NULL, 10), person);
}

/* ---- Pieces ---- */

static void
cut_pieces(struct hc_index *x, const char *keys)
{
	const char *line, *end, *at;
	struct hc_buf one = HC_BUF_INIT, *to;
	size_t i;

	for (i = 0; i < HC_SEARCH_CLASSES; i++)
		hc_buf_clear(&x->pieces[i]);
	for (line = keys; *line != '\0'; line = end + (*end == '\n')) {
		end = strchrnul(line, '\n');
		if ((at = strchr(letters, line[0])) == NULL)
			continue;
		to = &x->pieces[at - letters];
		hc_buf_clear(&one);
		hc_buf_add(&one, line + 1, (size_t)(end - line) - 1);
		hc_gram_text(to, hc_buf_text(&one));
		if (at - letters == HC_SEARCH_NUMBER)
			hc_gram_whole(to, hc_buf_text(&one));
		to->failed = to->failed || one.failed;
	}
	hc_buf_free(&one);
}

/* Run ${sql} about the row ${id} of search_gram and the pieces of ${keys}. */
static enum hc_status
run_pieces(struct hc_store *store, struct hc_stmt **place, const char *sql,
    int64_t id, const char *keys)
{
	struct hc_index *x = store->index;
	enum hc_status rc;
	int i, first;

	cut_pieces(x, keys);
	if ((rc = hc_stmt_once(place, store->db, sql)) != HC_OK ||
	    (rc = hc_stmt_int(*place, ":id", id)) != HC_OK)
		return rc;
	if ((first = hc_stmt_place(*place, ":c0")) == 0)
		return HC_ERROR;
	for (i = 0; i < HC_SEARCH_CLASSES; i++) {
		if (hc_buf_failed(&x->pieces[i]))
			return hc_db_nomem(store->db);
		if ((rc = hc_stmt_text_at(*place, first + i,
		    hc_buf_text(&x->pieces[i]))) != HC_OK)
			return rc;
	}
	return hc_stmt_run(*place);
}

static enum hc_status
insert_pieces(struct hc_store *store, int64_t id, const char *keys)
{
	static const char gram_sql[] = "INSERT INTO search_gram (rowid, name,"
	    " kana, phone, facility, number, address, note, romaji, sound)"
	    " VALUES (:id, :c0, :c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8)";

	return run_pieces(store, &store->index->gram, gram_sql, id, keys);
}

/* The table keeps no text of its own: what is taken out must be just what
   was put in, which the keys still say. */
static enum hc_status
remove_pieces(struct hc_store *store, int64_t id, const char *keys)
{
	static const char ungram_sql[] = "INSERT INTO search_gram"
	    " (search_gram, rowid, name, kana, phone, facility, number,"
	    " address, note, romaji, sound) VALUES ('delete', :id,"
	    " :c0, :c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8)";

	return run_pieces(store, &store->index->ungram, ungram_sql, id, keys);
}

/* ---- Writing ---- */

static enum hc_status
insert_key(struct hc_store *store, const struct hc_row *row,
    int64_t person)
{
	static const char insert_sql[] =
	    "INSERT INTO search_key (id, office, entity, record, person, keys)"
	    " VALUES (:id, :office, :entity, :record, :person, :keys)";
	enum { ID = 1, OFFICE, ENTITY, RECORD, PERSON, KEYS };
	struct hc_index *x = store->index;
	enum hc_status rc;

	if ((rc = hc_stmt_once(&x->insert, store->db, insert_sql)) != HC_OK ||
	    (rc = hc_stmt_int_at(x->insert, ID, ++x->last)) != HC_OK ||
	    (rc = hc_stmt_text_at(x->insert, ENTITY,
	    row->entity->name)) != HC_OK ||
	    (rc = hc_stmt_int_at(x->insert, RECORD, row->id)) != HC_OK ||
	    (rc = hc_stmt_text_at(x->insert, KEYS,
	    hc_buf_text(&x->keys))) != HC_OK ||
	    (rc = person != 0 ? hc_stmt_int_at(x->insert, PERSON, person) :
	    hc_stmt_null(x->insert, ":person")) != HC_OK)
		return rc;
	return hc_stmt_run(x->insert);
}

static enum hc_status
remove_lines(struct hc_store *store, const struct hc_entity *entity,
    int64_t id)
{
	static const char remove_sql[] = "DELETE FROM search_key"
	    " WHERE entity = :entity AND record = :record AND office = :office"
	    " RETURNING id, keys";
	struct hc_stmt *st;
	enum hc_status rc;

	if (store->index != NULL)
		store->index->written = NULL;
	if (!hc_searchkey_entity(entity))
		return HC_OK;
	if ((rc = begin(store)) != HC_OK ||
	    (rc = hc_stmt_once(&store->index->remove, store->db,
	    remove_sql)) != HC_OK)
		return rc;
	st = store->index->remove;
	if ((rc = hc_stmt_text(st, ":entity", entity->name)) != HC_OK ||
	    (rc = hc_stmt_int(st, ":record", id)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if (hc_stmt_get_int(st, 0) <= store->index->fed &&
		    (rc = remove_pieces(store, hc_stmt_get_int(st, 0),
		    hc_stmt_get_text(st, 1))) != HC_OK)
			break;
	hc_stmt_reset(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_index_remove(struct hc_store *store, const struct hc_row *row)
{
	enum hc_status rc;

	if ((rc = hc_namekey_remove(store, row)) != HC_OK)
		return rc;
	return remove_lines(store, row->entity, row->id);
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Do the two lead to different persons? */
static bool
moved(const struct hc_row *before, const struct hc_row *row)
{
	const struct hc_field *owner = owner_field(row->entity);

	if (owner != NULL)
		return !same_text(hc_row_get(before, owner),
		    hc_row_get(row, owner));
	return is_note(row->entity) &&
	    (!same_text(hc_row_value(before, "entity"),
	    hc_row_value(row, "entity")) ||
	    !same_text(hc_row_value(before, "record"),
	    hc_row_value(row, "record")));
}

/* One statement that gives keys of a kind their owner's person. */
static enum hc_status
lead(struct hc_store *store, struct hc_buf *sql, const struct hc_row *owner,
    int64_t person)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_buf_failed(sql) ? hc_db_nomem(store->db) :
	    hc_stmt_new(&st, store->db, hc_buf_text(sql));
	if (rc == HC_OK && (rc = hc_stmt_int(st, ":owner", owner->id)) ==
	    HC_OK &&
	    (rc = person != 0 ? hc_stmt_int(st, ":person", person) :
	    hc_stmt_null(st, ":person")) == HC_OK)
		rc = hc_stmt_run(st);
	hc_stmt_free(st);
	hc_buf_free(sql);
	return rc;
}

/*
 * What belongs to ${row} leads to its new person too: observations of an
 * episode that was moved to another person.
 */
static enum hc_status
lead_owned(struct hc_store *store, const struct hc_row *row, int64_t person)
{
	const struct hc_catalogue *c = store->catalogue;
	struct hc_buf sql = HC_BUF_INIT;
	const struct hc_field *owner;
	const struct hc_entity *e;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < c->nentities; i++) {
		e = &c->entities[i];
		owner = owner_field(e);
		if (!hc_searchkey_entity(e) ||
		    !(is_note(e) || (owner != NULL &&
		    owner->target == row->entity)))
			continue;
		hc_buf_printf(&sql, "UPDATE search_key SET person = :person"
		    " WHERE office = :office AND entity = '%s' AND record IN"
		    " (SELECT id FROM \"%s\" WHERE office = :office AND ",
		    e->name, e->name);
		if (owner != NULL)
			hc_buf_printf(&sql, "\"%s\" = :owner)", owner->name);
		else
			hc_buf_printf(&sql, "entity = '%s' AND"
			    " record = :owner)", row->entity->name);
		rc = lead(store, &sql, row, person);
	}
	return rc;
}

static enum hc_status
replace(struct hc_store *store, const struct hc_row *row, bool there)
{
	struct hc_index *x = store->index;
	enum hc_status rc = HC_OK;
	int64_t person = 0;

	if (there)
		rc = remove_lines(store, row->entity, row->id);
	if (rc != HC_OK || x->keys.len == 0)
		return rc;
	if ((rc = hc_index_person(store, row, &person)) != HC_OK)
		return rc;
	if (strcmp(row->entity->name, "episode") == 0) {
		x->written = row->entity;
		x->written_id = row->id;
		x->written_person = person;
	}
	return insert_key(store, row, person);
}

enum hc_status
hc_index_put(struct hc_store *store, const struct hc_row *before,
    const struct hc_row *row)
{
	struct hc_index *x;
	enum hc_status rc = HC_OK;
	int64_t person = 0;
	bool away;

	if (row->entity->kind != HC_ENTITY_RECORD)
		return HC_OK;
	if ((rc = hc_namekey_put(store, before, row)) != HC_OK)
		return rc;
	away = before != NULL && moved(before, row);
	if (away && store->index != NULL)
		store->index->written = NULL;
	if (hc_searchkey_entity(row->entity)) {
		if ((rc = begin(store)) != HC_OK)
			return rc;
		x = store->index;
		hc_buf_clear(&x->keys);
		hc_buf_clear(&x->before);
		hc_searchkey_row(row, &x->keys);
		if (before != NULL)
			hc_searchkey_row(before, &x->before);
		if (x->keys.failed || x->before.failed)
			return hc_db_nomem(store->db);
		if (before == NULL || away || !same_text(
		    hc_buf_text(&x->keys), hc_buf_text(&x->before)))
			rc = replace(store, row, before != NULL);
	}
	if (rc != HC_OK || !away)
		return rc;
	if ((rc = hc_index_person(store, row, &person)) == HC_OK)
		rc = lead_owned(store, row, person);
	return rc;
}

/* ---- Feeding ---- */

/* Feed rows behind ${fed}, which moves on; ${most} of them. */
static enum hc_status
feed(struct hc_store *store, int64_t *fed, int64_t last, int64_t most)
{
	static const char feed_sql[] = "SELECT id, keys FROM search_key"
	    " WHERE id > :fed AND id <= :last AND office = :office"
	    " ORDER BY id LIMIT :most";
	struct hc_index *x = store->index;
	enum hc_status rc;
	int64_t n = 0;

	if ((rc = hc_stmt_once(&x->feed, store->db, feed_sql)) != HC_OK ||
	    (rc = hc_stmt_int(x->feed, ":fed", *fed)) != HC_OK ||
	    (rc = hc_stmt_int(x->feed, ":last", last)) != HC_OK ||
	    (rc = hc_stmt_int(x->feed, ":most", most)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(x->feed)) == HC_OK) {
		*fed = hc_stmt_get_int(x->feed, 0);
		rc = insert_pieces(store, *fed,
		    hc_stmt_get_text(x->feed, 1));
		if (rc != HC_OK)
			break;
		n++;
	}
	hc_stmt_reset(x->feed);
	if (rc == HC_NOTFOUND && n < most)
		*fed = last;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_index_settle(struct hc_store *store)
{
	struct hc_index *x = store->index;
	enum hc_status rc;

	if (x == NULL || !x->changed || x->run != hc_run_id(store))
		return HC_OK;
	x->changed = false;
	if ((rc = feed(store, &x->fed, x->last, SETTLE)) != HC_OK)
		return rc;
	return write_mark(store, x->fed, x->last);
}

enum hc_status
hc_index_feed(struct hc_store *store, int64_t *left)
{
	int64_t fed, last;
	enum hc_status rc;

	*left = 0;
	if ((rc = need_index(store)) != HC_OK ||
	    (rc = read_mark(store, &fed, &last)) != HC_OK || fed >= last)
		return rc;
	hc_db_note_holder(store->db, store->who.program);
	if ((rc = hc_db_begin(store->db)) != HC_OK)
		return rc;
	/* Others may have fed some meanwhile. */
	if ((rc = read_mark(store, &fed, &last)) == HC_OK &&
	    (rc = feed(store, &fed, last, BATCH)) == HC_OK &&
	    (rc = write_mark(store, fed, last)) == HC_OK) {
		*left = last - fed;
		return hc_db_commit(store->db);
	}
	hc_db_rollback(store->db);
	return rc;
}

static enum hc_status
put_all(struct hc_store *store, const struct hc_entity *entity)
{
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_row_new(&row, entity) != HC_OK ? hc_db_nomem(store->db) :
	    hc_row_query(store, entity, NULL, &st);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = hc_row_read(store, st, row)) == HC_OK)
			rc = hc_index_put(store, NULL, row);
	hc_stmt_free(st);
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
rebuild(struct hc_store *store)
{
	static const char clear_sql[] = "DELETE FROM search_key;"
	    "DELETE FROM name_key;"
	    "INSERT INTO search_gram (search_gram) VALUES ('delete-all')";
	const struct hc_catalogue *c = store->catalogue;
	struct hc_index *x;
	enum hc_status rc;
	size_t i;

	if ((rc = begin(store)) != HC_OK ||
	    (rc = hc_db_exec(store->db, clear_sql)) != HC_OK)
		return rc;
	x = store->index;
	x->fed = x->last = 0;
	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (hc_searchkey_entity(&c->entities[i]))
			rc = put_all(store, &c->entities[i]);
	if (rc == HC_OK)
		rc = feed(store, &x->fed, x->last, x->last);
	if (rc == HC_OK)
		rc = write_mark(store, x->fed, x->last);
	x->changed = false;
	return rc;
}

enum hc_status
hc_index_rebuild(struct hc_store *store)
{
	enum hc_status rc;

	if (hc_db_in_transaction(store->db))
		return rebuild(store);
	hc_index_forget(store);
	hc_db_note_holder(store->db, store->who.program);
	if ((rc = hc_db_begin(store->db)) != HC_OK)
		return rc;
	if ((rc = rebuild(store)) == HC_OK)
		return hc_db_commit(store->db);
	hc_db_rollback(store->db);
	return rc;
}

/* ---- Checking ---- */

/* Are the keys of ${row} what they should be? */
static enum hc_status
check_row(struct hc_store *store, const struct hc_row *row, bool *right)
{
	static const char keys_sql[] = "SELECT keys, person FROM search_key"
	    " WHERE entity = :entity AND record = :record AND office = :office";
	struct hc_index *x = store->index;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t person;

	hc_buf_clear(&x->keys);
	hc_searchkey_row(row, &x->keys);
	if ((rc = hc_index_person(store, row, &person)) == HC_OK &&
	    (rc = hc_stmt_new(&st, store->db, keys_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":entity", row->entity->name)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":record", row->id)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		*right = same_text(hc_stmt_get_text(st, 0),
		    hc_buf_text(&x->keys)) &&
		    hc_stmt_get_int(st, 1) == person &&
		    hc_stmt_next(st) == HC_NOTFOUND;
	else if (rc == HC_NOTFOUND)
		*right = x->keys.len == 0;
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
check_all(struct hc_store *store, const struct hc_entity *entity,
    int64_t *keys, int64_t *wrong)
{
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;
	bool right = true, named = true;

	rc = hc_row_new(&row, entity) != HC_OK ? hc_db_nomem(store->db) :
	    hc_row_query(store, entity, NULL, &st);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = hc_row_read(store, st, row)) == HC_OK &&
		    (rc = check_row(store, row, &right)) == HC_OK &&
		    (rc = hc_namekey_check(store, row, keys, &named)) ==
		    HC_OK)
			*wrong += !right || !named;
	hc_stmt_free(st);
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* Keys of records that are no more. */
static enum hc_status
check_strays(struct hc_store *store, const struct hc_entity *entity,
    int64_t *wrong)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	hc_buf_printf(&sql, "SELECT count(*) FROM search_key k"
	    " WHERE k.office = :office AND k.entity = :entity"
	    " AND NOT EXISTS (SELECT 1 FROM \"%s\" t WHERE t.id = k.record"
	    " AND t.office = :office)", entity->name);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(store->db) :
	    hc_stmt_new(&st, store->db, hc_buf_text(&sql));
	if (rc == HC_OK && (rc = hc_stmt_text(st, ":entity", entity->name)) ==
	    HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		*wrong += hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc;
}

/* Keys of names beyond the ${keys} that there should be. */
static enum hc_status
check_names(struct hc_store *store, int64_t keys, int64_t *wrong)
{
	static const char count_sql[] =
	    "SELECT count(*) FROM name_key WHERE office = :office";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, count_sql)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK &&
	    hc_stmt_get_int(st, 0) > keys)
		*wrong += hc_stmt_get_int(st, 0) - keys;
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_index_check(struct hc_store *store, int64_t *wrong)
{
	const struct hc_catalogue *c = store->catalogue;
	enum hc_status rc;
	int64_t keys = 0;
	size_t i;

	*wrong = 0;
	rc = need_index(store);
	for (i = 0; rc == HC_OK && i < c->nentities; i++)
		if (hc_searchkey_entity(&c->entities[i]) &&
		    (rc = check_all(store, &c->entities[i], &keys, wrong)) ==
		    HC_OK)
			rc = check_strays(store, &c->entities[i], wrong);
	return rc == HC_OK ? check_names(store, keys, wrong) : rc;
}
