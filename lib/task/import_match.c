/*
 * Which record a row means.  Names are found through a table in memory from
 * the hash of the folded name to the records that have it; what it finds is
 * then compared in full.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fold.h"
#include "base/phone.h"
#include "store/row.h"

#include "task/import_match.h"

struct entry {
	uint64_t hash;		/* of the folded name; 0: free */
	int64_t id;
	int32_t birth;		/* a person's day; HC_DATE_NONE: not known */
};

/* The names of one entity. */
struct names {
	const struct hc_entity *entity;
	struct entry *slots;
	size_t len, room;	/* room is a power of two */
};

struct hc_import_match {
	struct hc_store *store;
	struct names names[4];	/* person, facility, staff */
	size_t nnames;
	struct hc_stmt *key, *number, *any_key, *phone;
	struct hc_buf folded, said;
};

enum hc_status
hc_import_match_new(struct hc_import_match **match, struct hc_store *store)
{
	if ((*match = calloc(1, sizeof(**match))) == NULL)
		return hc_db_nomem(store->db);
	(*match)->store = store;
	return HC_OK;
}

void
hc_import_match_free(struct hc_import_match *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->nnames; i++)
		free(m->names[i].slots);
	hc_stmt_free(m->key);
	hc_stmt_free(m->number);
	hc_stmt_free(m->any_key);
	hc_stmt_free(m->phone);
	hc_buf_free(&m->folded);
	hc_buf_free(&m->said);
	free(m);
}

/* ---- By the number in a list ---- */

enum hc_status
hc_import_match_row(struct hc_import_match *m, const char *source,
    const char *key, const char *entity, struct hc_import_known *known)
{
	static const char key_sql[] =
	    "SELECT record, id, said FROM source_key WHERE office = :office"
	    " AND source = :source AND \"key\" = :key AND entity = :entity";
	enum hc_status rc = HC_OK;

	if (m->key == NULL)
		rc = hc_stmt_new(&m->key, m->store->db, key_sql);
	if (rc != HC_OK ||
	    (rc = hc_stmt_text(m->key, ":source", source)) != HC_OK ||
	    (rc = hc_stmt_text(m->key, ":key", key)) != HC_OK ||
	    (rc = hc_stmt_text(m->key, ":entity", entity)) != HC_OK ||
	    (rc = hc_stmt_next(m->key)) != HC_OK)
		return rc;
	known->record = hc_stmt_get_int(m->key, 0);
	known->note = hc_stmt_get_int(m->key, 1);
	hc_buf_clear(&m->said);
	hc_buf_puts(&m->said, hc_stmt_is_null(m->key, 2) ? "" :
	    hc_stmt_get_text(m->key, 2));
	known->said = m->said.len > 0 ? hc_buf_text(&m->said) : NULL;
	hc_stmt_reset(m->key);
	return hc_buf_failed(&m->said) ? hc_db_nomem(m->store->db) : HC_OK;
}

enum hc_status
hc_import_match_key(struct hc_import_match *m, const char *source,
    const char *key, const char *entity, int64_t *id)
{
	struct hc_import_known known;
	enum hc_status rc;

	rc = hc_import_match_row(m, source, key, entity, &known);
	if (rc == HC_OK)
		*id = known.record;
	return rc;
}

/* The episode that ${*st}, made of ${sql}, finds. */
static enum hc_status
only_episode(struct hc_import_match *m, struct hc_stmt **st,
    const char *sql, const char *number, bool contact, int64_t *id)
{
	size_t all = 0, of_kind = 0;
	enum hc_status rc = HC_OK;
	int64_t first = 0;

	if (*st == NULL)
		rc = hc_stmt_new(st, m->store->db, sql);
	if (rc == HC_OK)
		rc = hc_stmt_text(*st, ":number", number);
	while (rc == HC_OK && (rc = hc_stmt_next(*st)) == HC_OK) {
		if (all++ == 0)
			first = hc_stmt_get_int(*st, 0);
		if ((strcmp(hc_stmt_get_text(*st, 1), "contact") == 0) ==
		    contact && of_kind++ == 0)
			*id = hc_stmt_get_int(*st, 0);
	}
	if (rc != HC_NOTFOUND || all == 0)
		return rc;
	if (all == 1)
		*id = first;
	return all == 1 || of_kind == 1 ? HC_OK : HC_CONFLICT;
}

enum hc_status
hc_import_match_episode(struct hc_import_match *m, const char *number,
    bool contact, int64_t *id)
{
	static const char number_sql[] =
	    "SELECT id, kind FROM episode WHERE office = :office"
	    " AND number = :number";
	static const char any_key_sql[] =
	    "SELECT DISTINCT e.id, e.kind FROM source_key k"
	    " JOIN episode e ON e.id = k.record AND e.office = k.office"
	    " WHERE k.office = :office AND k.\"key\" = :number"
	    " AND k.entity = 'episode'";
	enum hc_status rc;

	rc = only_episode(m, &m->number, number_sql, number, contact, id);
	return rc != HC_NOTFOUND ? rc :
	    only_episode(m, &m->any_key, any_key_sql, number, contact, id);
}

/* ---- By name ---- */

/* FNV-1a of the folded name, never 0. */
static uint64_t
name_hash(struct hc_import_match *m, const char *name)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	size_t i;

	hc_buf_clear(&m->folded);
	hc_fold_name(&m->folded, name);
	for (i = 0; i < m->folded.len; i++)
		h = (h ^ (unsigned char)m->folded.data[i]) *
		    UINT64_C(0x100000001b3);
	return h != 0 ? h : 1;
}

static int32_t
birth_of(const char *text)
{
	int32_t day;

	return text != NULL && hc_date_parse_iso(text, &day) == HC_OK ? day :
	    HC_DATE_NONE;
}

/* Are they two, though they have one name?  Most are. */
static bool
apart(int32_t a, int32_t b)
{
	return a != HC_DATE_NONE && b != HC_DATE_NONE && a != b;
}

static void
put(struct names *n, const struct entry *entry)
{
	size_t i;

	for (i = entry->hash & (n->room - 1); n->slots[i].hash != 0;
	    i = (i + 1) & (n->room - 1))
		continue;
	n->slots[i] = *entry;
	n->len++;
}

static enum hc_status
make_room(struct hc_import_match *m, struct names *n)
{
	struct names bigger = { .entity = n->entity,
	    .room = n->room ? n->room * 2 : 1024 };
	size_t i;

	if (n->len * 2 < n->room)
		return HC_OK;
	bigger.slots = calloc(bigger.room, sizeof(*bigger.slots));
	if (bigger.slots == NULL)
		return hc_db_nomem(m->store->db);
	for (i = 0; i < n->room; i++)
		if (n->slots[i].hash != 0)
			put(&bigger, &n->slots[i]);
	free(n->slots);
	*n = bigger;
	return HC_OK;
}

static enum hc_status
add_name(struct hc_import_match *m, struct names *n, const char *name,
    struct entry entry)
{
	enum hc_status rc;

	entry.hash = name_hash(m, name);
	if ((rc = make_room(m, n)) == HC_OK)
		put(n, &entry);
	return rc;
}

static enum hc_status
read_names(struct hc_import_match *m, struct names *n)
{
	bool births = hc_catalogue_field(n->entity, "birth_date") != NULL;
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	struct entry entry;
	enum hc_status rc;

	/* SQL by the catalogue. */
	hc_buf_printf(&sql, "SELECT id, name, %s FROM \"%s\""
	    " WHERE office = :office AND name IS NOT NULL",
	    births ? "birth_date" : "NULL", n->entity->name);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(m->store->db) :
	    hc_stmt_new(&st, m->store->db, hc_buf_text(&sql));
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		entry.id = hc_stmt_get_int(st, 0);
		entry.birth = birth_of(hc_stmt_get_text(st, 2));
		rc = add_name(m, n, hc_stmt_get_text(st, 1), entry);
	}
	hc_stmt_free(st);
	hc_buf_free(&sql);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
names_of(struct hc_import_match *m, const struct hc_entity *entity,
    struct names **out)
{
	struct names *n;
	enum hc_status rc;
	size_t i;

	for (i = 0; i < m->nnames; i++)
		if (m->names[i].entity == entity) {
			*out = &m->names[i];
			return HC_OK;
		}
	if (m->nnames == sizeof(m->names) / sizeof(m->names[0]))
		return hc_db_fail(m->store->db, HC_ERROR,
		    "too many entities to be found by name");
	n = *out = &m->names[m->nnames++];
	n->entity = entity;
	if ((rc = make_room(m, n)) != HC_OK)
		return rc;
	return read_names(m, n);
}

static bool
same_value(const struct hc_row *a, const struct hc_row *b, const char *name)
{
	const char *one = hc_row_value(a, name), *two = hc_row_value(b, name);

	return one == two || (one != NULL && two != NULL &&
	    strcmp(one, two) == 0);
}

enum hc_status
hc_import_match_saved(struct hc_import_match *m, const struct hc_row *before,
    const struct hc_row *row)
{
	struct entry entry = { .id = row->id,
	    .birth = birth_of(hc_row_value(row, "birth_date")) };
	const char *name = hc_row_value(row, "name");
	struct names *n;
	enum hc_status rc;

	if (name == NULL || (before != NULL && same_value(before, row,
	    "name") && same_value(before, row, "birth_date")))
		return HC_OK;
	if ((rc = names_of(m, row->entity, &n)) != HC_OK)
		return rc;
	return add_name(m, n, name, entry);
}

static bool
same_name(struct hc_import_match *m, const char *a, const char *b)
{
	struct hc_buf folded = HC_BUF_INIT;
	bool same;

	if (a == NULL || b == NULL)
		return false;
	hc_fold_name(&folded, a);
	hc_buf_clear(&m->folded);
	hc_fold_name(&m->folded, b);
	same = strcmp(hc_buf_text(&folded), hc_buf_text(&m->folded)) == 0;
	hc_buf_free(&folded);
	return same;
}

enum hc_status
hc_import_match_phone(struct hc_import_match *m, int64_t person,
    const struct hc_phone *phones, size_t n, bool *has)
{
	static const char phone_sql[] =
	    "SELECT digits FROM phone WHERE office = :office"
	    " AND person = :person AND digits IS NOT NULL";
	enum hc_status rc = HC_OK;
	size_t i;

	*has = false;
	if (m->phone == NULL)
		rc = hc_stmt_new(&m->phone, m->store->db, phone_sql);
	if (rc != HC_OK ||
	    (rc = hc_stmt_int(m->phone, ":person", person)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(m->phone)) == HC_OK)
		for (i = 0; i < n; i++)
			if (strcmp(phones[i].digits,
			    hc_stmt_get_text(m->phone, 0)) == 0)
				*has = true;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* HC_OK: it is this person; HC_CONFLICT: perhaps; HC_NOTFOUND: not. */
static enum hc_status
compare_person(struct hc_import_match *m, const struct hc_import_who *who,
    const struct hc_row *person)
{
	const char *birth = hc_row_value(person, "birth_date");
	struct hc_phone list[8];
	enum hc_status rc;
	bool has = false;
	size_t n = 0;

	if (!same_name(m, who->name, hc_row_value(person, "name")))
		return HC_NOTFOUND;
	if (birth != NULL && who->birth_date != NULL)
		return strcmp(birth, who->birth_date) == 0 ? HC_OK :
		    HC_NOTFOUND;
	if (who->phones != NULL &&
	    hc_phone_split(who->phones, list, 8, &n, NULL) == HC_OK &&
	    (rc = hc_import_match_phone(m, person->id, list, n, &has)) !=
	    HC_OK)
		return rc;
	return has ? HC_OK : HC_CONFLICT;
}

enum hc_status
hc_import_match_person(struct hc_import_match *m,
    const struct hc_import_who *who, int64_t *id, int64_t *doubt)
{
	const struct hc_entity *e = hc_catalogue_entity(
	    m->store->catalogue, "person");
	int32_t birth = birth_of(who->birth_date);
	struct hc_row *person;
	struct names *n;
	uint64_t hash;
	enum hc_status rc;
	size_t i;

	*doubt = 0;
	if (who->name == NULL)
		return HC_NOTFOUND;
	if ((rc = names_of(m, e, &n)) != HC_OK)
		return rc;
	hash = name_hash(m, who->name);
	for (i = hash & (n->room - 1); n->slots[i].hash != 0;
	    i = (i + 1) & (n->room - 1)) {
		if (n->slots[i].hash != hash ||
		    apart(n->slots[i].birth, birth))
			continue;
		rc = hc_row_load(m->store, e, n->slots[i].id, &person);
		if (rc == HC_NOTFOUND)
			continue;	/* deleted meanwhile */
		if (rc != HC_OK)
			return rc;
		rc = compare_person(m, who, person);
		*id = person->id;
		hc_row_free(person);
		if (rc == HC_CONFLICT)
			*doubt = *id;
		else if (rc != HC_NOTFOUND)
			return rc;
	}
	return HC_NOTFOUND;
}

enum hc_status
hc_import_match_named(struct hc_import_match *m,
    const struct hc_entity *entity, const char *name, int64_t *id)
{
	struct hc_row *row;
	struct names *n;
	uint64_t hash;
	enum hc_status rc;
	bool same;
	size_t i;

	if ((rc = names_of(m, entity, &n)) != HC_OK)
		return rc;
	hash = name_hash(m, name);
	for (i = hash & (n->room - 1); n->slots[i].hash != 0;
	    i = (i + 1) & (n->room - 1)) {
		if (n->slots[i].hash != hash)
			continue;
		rc = hc_row_load(m->store, entity, n->slots[i].id, &row);
		if (rc == HC_NOTFOUND)
			continue;
		if (rc != HC_OK)
			return rc;
		same = same_name(m, name, hc_row_value(row, "name"));
		*id = row->id;
		hc_row_free(row);
		if (same)
			return HC_OK;
	}
	return HC_NOTFOUND;
}
