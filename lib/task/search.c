/* Finding people: filtering and showing what task/search_find.h found. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/age.h"
#include "base/date.h"
#include "base/i18n.h"
#include "store/row.h"
#include "record/asof.h"
#include "record/value.h"
#include "task/search_filter.h"
#include "task/search_find.h"

#include "task/search.h"

#define MOST_COLUMNS 64

void
hc_search_answer_clear(struct hc_search_answer *answer)
{
	hc_table_free(answer->table);
	free(answer->ids);
	memset(answer, 0, sizeof(*answer));
}

/* ---- Showing ---- */

/* "name,phone" in the order of classes. */
static void
show_matched(unsigned int classes, struct hc_buf *out)
{
	int i;

	for (i = 0; i < HC_SEARCH_CLASSES; i++)
		if (classes & 1u << i)
			hc_buf_printf(out, "%s%s", out->len > 0 ? "," : "",
			    hc_searchkey_class_name(
			    (enum hc_searchkey_class)i));
}

/* The columns that say why a record is found. */
static void
add_reasons(struct hc_table_column columns[2])
{
	static const struct hc_table_word words[] = {
		{ "name", N_("name") }, { "kana", N_("kana") },
		{ "phone", N_("telephone") }, { "facility", N_("facility") },
		{ "address", N_("address") }, { "number", N_("number") },
		{ "note", N_("note") }, { "exact", N_("exact") },
		{ "prefix", N_("beginning") }, { "inside", N_("inside") },
		{ "near", N_("near") }, { NULL, NULL }
	};

	columns[0] = (struct hc_table_column){ "matched", _("matched"),
	    HC_TYPE_TEXT, hc_table_show_words, words };
	columns[1] = (struct hc_table_column){ "rank", _("rank"),
	    HC_TYPE_TEXT, hc_table_show_words, words };
}

static enum hc_status
new_people_table(struct hc_store *store, struct hc_table **table)
{
	const struct hc_catalogue *c = store->catalogue;
	struct hc_table_column columns[12] = {
		{ "person", hc_catalogue_entity_label(
		    hc_catalogue_entity(c, "person")), HC_TYPE_REF },
		hc_value_column_of(c, "person", "name"),
		hc_value_column_of(c, "person", "kana"),
		hc_value_column_of(c, "person", "birth_date"),
		{ "age", _("age"), HC_TYPE_INTEGER },
		{ "phone", _("telephone"), HC_TYPE_PHONE },
		hc_value_column_of(c, "person", "address"),
		hc_value_column_of(c, "episode", "number"),
		hc_value_column_of(c, "episode", "kind"),
		hc_value_column_of(c, "episode", "status"),
	};

	add_reasons(&columns[10]);
	return hc_table_new(table, columns,
	    sizeof(columns) / sizeof(columns[0])) == HC_OK ? HC_OK :
	    hc_db_nomem(store->db);
}

static void
age_of(const char *birth, const char *today, char out[16])
{
	int32_t a, b;

	out[0] = '\0';
	if (birth != NULL && hc_date_parse_iso(birth, &a) == HC_OK &&
	    hc_date_parse_iso(today, &b) == HC_OK && b >= a)
		snprintf(out, 16, "%d", hc_age_at(a, b));
}

static enum hc_status
show_person(struct hc_store *store, struct hc_stmt *st,
    const struct hc_search_question *q, const struct hc_search_found *found,
    struct hc_table *table)
{
	struct hc_buf matched = HC_BUF_INIT;
	const char *cells[12] = { NULL };
	char id[24], age[16];
	enum hc_status rc;
	int i;

	if ((rc = hc_stmt_int(st, ":id", found->id)) != HC_OK ||
	    (rc = hc_stmt_next(st)) != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	snprintf(id, sizeof(id), "%lld", (long long)found->id);
	age_of(hc_stmt_get_text(st, 2), q->clock->today, age);
	show_matched(found->classes, &matched);
	cells[0] = id;
	for (i = 0; i < 3; i++)
		cells[1 + i] = hc_stmt_get_text(st, i);
	cells[4] = age[0] != '\0' ? age : NULL;
	for (i = 3; i < 8; i++)
		cells[2 + i] = hc_stmt_get_text(st, i);
	cells[10] = matched.len > 0 ? matched.data : NULL;
	cells[11] = q->nwords > 0 ? hc_searchkey_kind_name(found->kind) :
	    NULL;
	rc = hc_table_row(table, cells) == HC_OK && !matched.failed ? HC_OK :
	    hc_db_nomem(store->db);
	hc_stmt_reset(st);
	hc_buf_free(&matched);
	return rc;
}

static enum hc_status
show_people(struct hc_store *store, const struct hc_search_question *q,
    const struct hc_search_list *list, struct hc_search_answer *answer)
{
	static const char person_sql[] = "SELECT p.name, p.kana,"
	    " p.birth_date, (SELECT number FROM phone WHERE person = p.id"
	    " AND office = p.office ORDER BY kind <> 'own', id LIMIT 1),"
	    " p.address, e.number, e.kind, e.status FROM person p"
	    " LEFT JOIN episode e ON e.id = (SELECT id FROM episode"
	    " WHERE person = p.id AND office = p.office"
	    " ORDER BY status <> 'open', id DESC LIMIT 1)"
	    " WHERE p.id = :id AND p.office = :office";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	size_t i;

	if ((rc = new_people_table(store, &answer->table)) == HC_OK)
		rc = hc_stmt_new(&st, store->db, person_sql);
	for (i = 0; rc == HC_OK && i < answer->shown; i++)
		rc = show_person(store, st, q, &list->items[i],
		    answer->table);
	hc_stmt_free(st);
	return rc;
}

/* The fields of an entity's lists, in their order. */
static size_t
list_fields(const struct hc_entity *e, const struct hc_field *fields[])
{
	const struct hc_field *f;
	size_t i, j, n = 0;

	for (i = 0; i < e->nfields && n < MOST_COLUMNS; i++) {
		f = e->fields[i];
		if (f->list == 0 || f->retired)
			continue;
		for (j = n++; j > 0 && fields[j - 1]->list > f->list; j--)
			fields[j] = fields[j - 1];
		fields[j] = f;
	}
	return n;
}

static enum hc_status
show_record(struct hc_store *store, const struct hc_search_question *q,
    const struct hc_search_found *found, const struct hc_entity *e,
    struct hc_table *table)
{
	const struct hc_field *fields[MOST_COLUMNS];
	const char *cells[MOST_COLUMNS + 3];
	struct hc_buf matched = HC_BUF_INIT;
	size_t n = list_fields(e, fields), i;
	struct hc_row *row = NULL;
	enum hc_status rc;
	char id[24];

	if ((rc = hc_row_load(store, e, found->id, &row)) != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	snprintf(id, sizeof(id), "%lld", (long long)found->id);
	show_matched(found->classes, &matched);
	cells[0] = id;
	for (i = 0; i < n; i++)
		cells[1 + i] = hc_row_get(row, fields[i]);
	cells[n + 1] = matched.len > 0 ? matched.data : NULL;
	cells[n + 2] = q->nwords > 0 ? hc_searchkey_kind_name(found->kind) :
	    NULL;
	rc = hc_table_row(table, cells) == HC_OK && !matched.failed ? HC_OK :
	    hc_db_nomem(store->db);
	hc_buf_free(&matched);
	hc_row_free(row);
	return rc;
}

static enum hc_status
show_records(struct hc_store *store, const struct hc_search_question *q,
    const struct hc_search_list *list, const struct hc_entity *e,
    struct hc_search_answer *answer)
{
	struct hc_table_column columns[MOST_COLUMNS + 3] = { { 0 } };
	const struct hc_field *fields[MOST_COLUMNS];
	size_t n = list_fields(e, fields), i;
	enum hc_status rc = HC_OK;

	columns[0].name = e->name;
	columns[0].label = hc_catalogue_entity_label(e);
	columns[0].type = HC_TYPE_REF;
	for (i = 0; i < n; i++)
		columns[1 + i] = hc_value_column(fields[i]);
	add_reasons(&columns[n + 1]);
	if (hc_table_new(&answer->table, columns, n + 3) != HC_OK)
		return hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < answer->shown; i++)
		rc = show_record(store, q, &list->items[i], e, answer->table);
	return rc;
}

static enum hc_status
list_ids(struct hc_store *store, const struct hc_search_list *list,
    struct hc_search_answer *answer)
{
	size_t i;

	answer->ids = calloc(answer->shown + 1, sizeof(*answer->ids));
	if (answer->ids == NULL)
		return hc_db_nomem(store->db);
	for (i = 0; i < answer->shown; i++)
		answer->ids[i] = list->items[i].id;
	return HC_OK;
}

static enum hc_status
find_entity(struct hc_store *store, const char *name,
    const struct hc_entity **entity)
{
	const char *near;

	*entity = hc_catalogue_entity(store->catalogue, name);
	if (*entity != NULL && (*entity)->kind != HC_ENTITY_COMPUTED)
		return HC_OK;
	near = hc_catalogue_near_entity(store->catalogue, name);
	if (near != NULL)
		return hc_db_fail(store->db, HC_INVALID,
		    _("no entity '%s'; did you mean '%s'?"), name, near);
	return hc_db_fail(store->db, HC_INVALID, _("no entity '%s'"), name);
}

static enum hc_status
answer_question(struct hc_store *store, const struct hc_search_question *q,
    const struct hc_entity *entity, struct hc_search_filter *filter,
    struct hc_search_answer *answer)
{
	struct hc_search_list list = { 0 };
	enum hc_status rc = HC_OK;

	if (q->as_of != NULL)
		rc = hc_asof(store, q->as_of);
	if (rc == HC_OK &&
	    (rc = hc_search_find(store, q, entity, &list)) == HC_OK &&
	    (rc = hc_search_filter_keep(filter, q, &list)) == HC_OK) {
		answer->found = list.len;
		answer->shown = list.len < (size_t)q->limit ? list.len :
		    (size_t)q->limit;
		rc = list_ids(store, &list, answer);
	}
	if (rc == HC_OK)
		rc = strcmp(entity->name, "person") == 0 ?
		    show_people(store, q, &list, answer) :
		    show_records(store, q, &list, entity, answer);
	hc_search_list_clear(&list);
	return rc;
}

enum hc_status
hc_search(struct hc_store *store, const struct hc_search_question *q,
    struct hc_search_answer *answer)
{
	const struct hc_entity *entity = NULL;
	struct hc_search_filter filter;
	enum hc_status rc;

	memset(answer, 0, sizeof(*answer));
	if ((rc = hc_search_filter_read(store, q, &filter)) == HC_OK)
		rc = find_entity(store, q->entity != NULL ? q->entity :
		    filter.entity != NULL ? filter.entity->name : "person",
		    &entity);
	if (rc == HC_OK)
		rc = hc_search_filter_parse(&filter, entity, q);
	if (rc == HC_OK && (rc = hc_db_snapshot(store->db)) == HC_OK) {
		answer->entity = entity->name;
		rc = answer_question(store, q, entity, &filter, answer);
		hc_search_filter_clear(&filter);
		hc_db_snapshot_end(store->db);
		return rc;
	}
	hc_search_filter_clear(&filter);
	return rc;
}
