/* Which records fit the words of a search. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/norm.h"

#include "task/search_find.h"

struct words {
	struct hc_searchkey_word *items;
	size_t len;
};

/* One search in progress. */
struct search {
	struct hc_store *store;
	const struct hc_search_question *question;
	const struct hc_entity *entity;
	bool people;
	struct hc_stmt *household, *facility;
};

enum hc_status
hc_search_list_add(struct hc_search_list *list,
    const struct hc_search_found *found)
{
	struct hc_search_found *grown;
	size_t room;

	if (list->len == list->room) {
		room = list->room > 0 ? list->room * 2 : 64;
		grown = realloc(list->items, room * sizeof(*grown));
		if (grown == NULL)
			return HC_NOMEM;
		list->items = grown;
		list->room = room;
	}
	list->items[list->len++] = *found;
	return HC_OK;
}

void
hc_search_list_clear(struct hc_search_list *list)
{
	free(list->items);
	memset(list, 0, sizeof(*list));
}

/* ---- Words ---- */

static void
clear_words(struct words *words)
{
	size_t i;

	for (i = 0; i < words->len; i++)
		hc_searchkey_word_clear(&words->items[i]);
	free(words->items);
	memset(words, 0, sizeof(*words));
}

/* Take "phone:" off ${text}; a word may hold a colon without being one. */
static unsigned int
take_classes(const char **text)
{
	enum hc_searchkey_class class;
	size_t n = strcspn(*text, ":");
	char name[16];

	if ((*text)[n] != ':' || n >= sizeof(name))
		return HC_SEARCH_ANYWHERE;
	memcpy(name, *text, n);
	name[n] = '\0';
	if (hc_searchkey_class(name, &class) == -1)
		return HC_SEARCH_ANYWHERE;
	*text += n + 1;
	/* A name may be written in kana, and a reading is a name. */
	return class == HC_SEARCH_NAME ?
	    1u << HC_SEARCH_NAME | 1u << HC_SEARCH_KANA :
	    1u << class;
}

static enum hc_status
add_word(struct search *s, struct words *words, unsigned int classes,
    const char *text)
{
	struct hc_searchkey_word *grown;

	grown = realloc(words->items, (words->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(s->store->db);
	words->items = grown;
	return hc_searchkey_word(&grown[words->len++], classes, text,
	    hc_db_error_buffer(s->store->db));
}

/* One argument may hold several words; a number's spaces do not part it. */
static enum hc_status
add_words(struct search *s, struct words *words, const char *argument)
{
	struct hc_buf plain = HC_BUF_INIT, one = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	unsigned int classes;
	const char *p;
	size_t n;

	hc_norm_ascii(&plain, argument);
	p = hc_buf_text(&plain);
	classes = take_classes(&p);
	if (p[strspn(p, "0123456789-+() ")] == '\0')
		rc = add_word(s, words, classes, p);
	else
		for (; rc == HC_OK && *(p += strspn(p, " ")) != '\0';
		    p += n) {
			n = strcspn(p, " ");
			hc_buf_clear(&one);
			hc_buf_add(&one, p, n);
			rc = add_word(s, words, classes, hc_buf_text(&one));
		}
	if (rc == HC_OK && words->len == 0)
		rc = hc_db_fail(s->store->db, HC_INVALID,
		    _("nothing to look for in '%s'"), argument);
	if (plain.failed || one.failed)
		rc = hc_db_nomem(s->store->db);
	hc_buf_free(&plain);
	hc_buf_free(&one);
	return rc;
}

/* ---- From records to people ---- */

/* Add all ids of a statement that asks for one record's. */
static enum hc_status
add_each(struct search *s, struct hc_stmt **st, const char *sql, int64_t id,
    const struct hc_search_found *like, struct hc_search_list *list)
{
	struct hc_search_found found = *like;
	enum hc_status rc = HC_OK;

	if (*st == NULL)
		rc = hc_stmt_new(st, s->store->db, sql);
	if (rc == HC_OK)
		rc = hc_stmt_int(*st, ":id", id);
	while (rc == HC_OK && (rc = hc_stmt_next(*st)) == HC_OK) {
		found.id = hc_stmt_get_int(*st, 0);
		if (hc_search_list_add(list, &found) != HC_OK)
			rc = hc_db_nomem(s->store->db);
	}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
add_people(struct search *s, const struct hc_index_hit *hit,
    struct hc_search_list *list)
{
	static const char household_sql[] =
	    "SELECT b.id FROM person a JOIN person b"
	    " ON b.household = a.household AND b.office = a.office"
	    " WHERE a.id = :id AND a.office = :office AND b.id <> a.id";
	static const char facility_sql[] =
	    "SELECT id FROM person WHERE workplace = :id AND office = :office"
	    " UNION SELECT e.person FROM stay s JOIN episode e"
	    " ON e.id = s.episode AND e.office = s.office"
	    " WHERE s.facility = :id AND s.office = :office";
	struct hc_search_found found = { .id = hit->person,
	    .kind = hit->kind, .class = hit->class,
	    .classes = 1u << hit->class };
	enum hc_status rc = HC_OK;

	if (hit->person != 0 && hc_search_list_add(list, &found) != HC_OK)
		return hc_db_nomem(s->store->db);
	if (strcmp(hit->entity->name, "facility") == 0)
		return add_each(s, &s->facility, facility_sql, hit->record,
		    &found, list);
	if (hit->class == HC_SEARCH_PHONE && hit->person != 0) {
		/* The number rings at a relative's. */
		if (found.kind < HC_SEARCH_INSIDE)
			found.kind = HC_SEARCH_INSIDE;
		rc = add_each(s, &s->household, household_sql, hit->person,
		    &found, list);
	}
	return rc;
}

static enum hc_status
add_hits(struct search *s, const struct hc_index_hits *hits,
    struct hc_search_list *list)
{
	struct hc_search_found found;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < hits->len; i++) {
		const struct hc_index_hit *hit = &hits->items[i];

		if (s->people) {
			rc = add_people(s, hit, list);
			continue;
		}
		if (hit->entity != s->entity)
			continue;
		found.id = hit->record;
		found.kind = hit->kind;
		found.class = hit->class;
		found.classes = 1u << hit->class;
		if (hc_search_list_add(list, &found) != HC_OK)
			rc = hc_db_nomem(s->store->db);
	}
	return rc;
}

/* ---- Lists ---- */

static int
by_id(const void *a, const void *b)
{
	const struct hc_search_found *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->class < y->class ? -1 : x->class > y->class;
}

static size_t
rank(const struct hc_search_found *f)
{
	return (size_t)f->kind * HC_SEARCH_CLASSES + (size_t)f->class;
}

/* Most lists come in the order of ids, and of many people sorting would
   take as long as finding them. */
static void
sort_by_id(struct hc_search_list *list)
{
	size_t i;

	for (i = 1; i < list->len; i++)
		if (by_id(&list->items[i - 1], &list->items[i]) > 0) {
			qsort(list->items, list->len, sizeof(*list->items),
			    by_id);
			return;
		}
}

/*
 * Best first: by kind, then by class, then by id.  The list is in the order
 * of ids, and there are few kinds and classes, so that each item is put
 * behind those that go before it.
 */
static enum hc_status
sort_best_first(struct hc_search_list *list)
{
	size_t begin[(HC_SEARCH_NONE + 1) * HC_SEARCH_CLASSES + 1] = { 0 };
	struct hc_search_found *sorted;
	size_t i, place;

	sorted = malloc((list->len + 1) * sizeof(*sorted));
	if (sorted == NULL)
		return HC_NOMEM;
	for (i = 0; i < list->len; i++)
		begin[rank(&list->items[i]) + 1]++;
	for (i = 1; i < sizeof(begin) / sizeof(begin[0]); i++)
		begin[i] += begin[i - 1];
	for (i = 0; i < list->len; i++) {
		place = begin[rank(&list->items[i])]++;
		sorted[place] = list->items[i];
	}
	free(list->items);
	list->items = sorted;
	list->room = list->len + 1;
	return HC_OK;
}

/* Each id once, in the order of ids, as it fits best. */
static void
unite(struct hc_search_list *list)
{
	size_t from, to = 0;

	sort_by_id(list);
	for (from = 0; from < list->len; from++)
		if (to == 0 || list->items[to - 1].id !=
		    list->items[from].id)
			list->items[to++] = list->items[from];
	list->len = to;
}

/* Keep in ${list} what ${other} has too; both are in the order of ids. */
static void
intersect(struct hc_search_list *list, const struct hc_search_list *other)
{
	size_t i, j = 0, to = 0;

	for (i = 0; i < list->len; i++) {
		struct hc_search_found *f = &list->items[i];

		while (j < other->len && other->items[j].id < f->id)
			j++;
		if (j == other->len || other->items[j].id != f->id)
			continue;
		if (other->items[j].kind > f->kind)
			f->kind = other->items[j].kind;
		f->classes |= other->items[j].classes;
		list->items[to++] = *f;
	}
	list->len = to;
}

/* ---- The search ---- */

static enum hc_status
find_hits(struct search *s, const struct hc_searchkey_word *word, bool near,
    struct hc_search_list *list)
{
	struct hc_index_hits hits = { 0 };
	enum hc_status rc;

	rc = s->question->as_of != NULL ?
	    hc_search_past(s->store, s->question->as_of, word, near, &hits) :
	    hc_index_find(s->store, word, near, &hits);
	if (rc == HC_OK)
		rc = add_hits(s, &hits, list);
	hc_index_hits_clear(&hits);
	return rc;
}

static enum hc_status
find_all(struct search *s, const struct words *words, bool near,
    struct hc_search_list *list)
{
	struct hc_search_list one = { 0 };
	enum hc_status rc = HC_OK;
	size_t i;

	list->len = 0;
	for (i = 0; rc == HC_OK && i < words->len; i++) {
		one.len = 0;
		rc = find_hits(s, &words->items[i], false, &one);
		if (rc == HC_OK && near)
			rc = find_hits(s, &words->items[i], true, &one);
		if (rc != HC_OK)
			break;
		unite(&one);
		if (i == 0) {
			struct hc_search_list empty = *list;

			*list = one;
			one = empty;
		} else
			intersect(list, &one);
	}
	hc_search_list_clear(&one);
	return rc;
}

static int
same_id(const void *a, const void *b)
{
	const struct hc_search_found *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* Take out what was marked, put in those that are left. */
static enum hc_status
replace_merged(struct search *s, struct hc_search_list *list,
    const struct hc_search_list *left)
{
	size_t i, to = 0;

	for (i = 0; i < list->len; i++)
		if (list->items[i].kind != HC_SEARCH_NONE)
			list->items[to++] = list->items[i];
	list->len = to;
	for (i = 0; i < left->len; i++)
		if (hc_search_list_add(list, &left->items[i]) != HC_OK)
			return hc_db_nomem(s->store->db);
	unite(list);
	return HC_OK;
}

/*
 * A merged person leads to the one that is left.  Few are merged, so that
 * they are asked for and looked up in the list, which is in the order of ids.
 */
static enum hc_status
follow_merged(struct search *s, struct hc_search_list *list)
{
	static const char merged_sql[] = "SELECT id, merged_into FROM person"
	    " WHERE merged_into > 0 AND office = :office"
	    " ORDER BY merged_into";
	struct hc_search_found key = { 0 }, *found;
	struct hc_search_list left = { 0 };
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, s->store->db, merged_sql);
	while (rc == HC_OK && list->len > 0 &&
	    (rc = hc_stmt_next(st)) == HC_OK) {
		key.id = hc_stmt_get_int(st, 0);
		found = bsearch(&key, list->items, list->len, sizeof(key),
		    same_id);
		if (found == NULL)
			continue;
		key = *found;
		key.id = hc_stmt_get_int(st, 1);
		found->kind = HC_SEARCH_NONE;
		if (hc_search_list_add(&left, &key) != HC_OK)
			rc = hc_db_nomem(s->store->db);
	}
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
	if (rc == HC_OK && left.len > 0)
		rc = replace_merged(s, list, &left);
	hc_search_list_clear(&left);
	return rc;
}

static bool
any_sound(const struct words *words)
{
	size_t i;

	for (i = 0; i < words->len; i++)
		if (words->items[i].sound.len > 0)
			return true;
	return false;
}

enum hc_status
hc_search_find(struct hc_store *store,
    const struct hc_search_question *question,
    const struct hc_entity *entity, struct hc_search_list *list)
{
	struct search s = { .store = store, .question = question,
	    .entity = entity,
	    .people = strcmp(entity->name, "person") == 0 };
	struct words words = { 0 };
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < question->nwords; i++)
		rc = add_words(&s, &words, question->words[i]);
	if (rc == HC_OK)
		rc = find_all(&s, &words, false, list);
	if (rc == HC_OK && list->len < (size_t)question->limit &&
	    any_sound(&words))
		rc = find_all(&s, &words, true, list);
	if (rc == HC_OK && s.people)
		rc = follow_merged(&s, list);
	if (rc == HC_OK && sort_best_first(list) != HC_OK)
		rc = hc_db_nomem(store->db);
	hc_stmt_free(s.household);
	hc_stmt_free(s.facility);
	clear_words(&words);
	return rc;
}
