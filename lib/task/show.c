/* Gathering one person's whole record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/refer.h"
#include "record/value.h"

#include "task/show.h"

/* Entities of the timeline; the first of the times that a record has says
   when it was. */
static const char *const events[] = { "consultation", "observation", "call",
    "test", "stay", "message", "activity", "vaccination", "contact" };
static const char *const times[] = { "at", "day", "date", "sampled_date",
    "slot_at", "requested_at", "begin_date", "sent_at", "last_date",
    "onset_date", "diagnosed_date", "reported_date" };

void
hc_show_clear(struct hc_show *show)
{
	size_t i, j;

	for (i = 0; i < show->len; i++) {
		struct hc_show_record *r = &show->items[i];

		for (j = 0; r->texts != NULL && j < r->row->entity->nfields;
		    j++)
			free(r->texts[j]);
		free(r->texts);
		hc_row_free(r->row);
	}
	free(show->items);
	hc_show_due_clear(show);
	memset(show, 0, sizeof(*show));
}

static bool
among(const char *name, const char *const *names, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* ---- One value as staff read it ---- */

/* Whose episode it is, if somebody else's: of a contact that is what
   matters. */
static enum hc_status
show_owner(struct hc_store *store, const struct hc_field *f, int64_t id,
    int64_t person, struct hc_buf *out)
{
	struct hc_row *episode = NULL, *owner = NULL;
	const char *text;
	enum hc_status rc;

	rc = hc_row_load(store, f->target, id, &episode);
	if (rc == HC_OK && (text = hc_row_value(episode, "person")) != NULL &&
	    strtoll(text, NULL, 10) != person)
		rc = hc_row_load(store, hc_catalogue_field(f->target,
		    "person")->target, strtoll(text, NULL, 10), &owner);
	if (owner != NULL && (text = hc_row_value(owner, "name")) != NULL)
		hc_buf_printf(out, " (%lld %s)",
		    (long long)(owner->id % HC_ID_SPAN), text);
	hc_row_free(episode);
	hc_row_free(owner);
	return rc;
}

static enum hc_status
show_reference(struct hc_store *store, const struct hc_field *f,
    const char *value, int64_t person, struct hc_buf *out)
{
	int64_t id = strtoll(value, NULL, 10);
	enum hc_status rc;

	hc_buf_printf(out, "%lld ", (long long)(id % HC_ID_SPAN));
	rc = hc_refer_title(store, f->target, id, out);
	if (rc == HC_OK && strcmp(f->target->name, "episode") == 0)
		rc = show_owner(store, f, id, person, out);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
show_value(struct hc_store *store, const struct hc_field *f,
    const char *value, const struct hc_show *show, char **text)
{
	struct hc_buf out = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	if (value == NULL)
		return HC_OK;
	if (f->type == HC_TYPE_REF)
		rc = show_reference(store, f, value, show->person, &out);
	else if (f->type == HC_TYPE_INSTANT)
		hc_instant_show(value, show->offset, &out);
	else
		hc_value_show(f, value, &out);
	if (rc == HC_OK && f->unit != NULL)
		hc_buf_puts(&out, f->unit);
	if (rc == HC_OK && (*text = hc_buf_take(&out)) == NULL)
		rc = hc_db_nomem(store->db);
	hc_buf_free(&out);
	return rc;
}

/* ---- Gathering ---- */

static void
set_time(struct hc_show_record *r)
{
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if ((value = hc_row_value(r->row, times[i])) != NULL) {
			snprintf(r->at, sizeof(r->at), "%s", value);
			return;
		}
}

/* Take over ${row}. */
static enum hc_status
add(struct hc_store *store, struct hc_show *show, struct hc_row *row)
{
	struct hc_show_record *grown, *r;
	enum hc_status rc = HC_OK;
	size_t i;

	if (show->len == show->room) {
		show->room = show->room > 0 ? show->room * 2 : 64;
		grown = realloc(show->items, show->room * sizeof(*grown));
		if (grown == NULL) {
			hc_row_free(row);
			return hc_db_nomem(store->db);
		}
		show->items = grown;
	}
	r = &show->items[show->len++];
	memset(r, 0, sizeof(*r));
	r->row = row;
	r->event = among(row->entity->name, events,
	    sizeof(events) / sizeof(events[0]));
	set_time(r);
	r->texts = calloc(row->entity->nfields + 1, sizeof(*r->texts));
	if (r->texts == NULL)
		return hc_db_nomem(store->db);
	for (i = 0; rc == HC_OK && i < row->entity->nfields; i++)
		rc = show_value(store, row->entity->fields[i],
		    row->values[i], show, &r->texts[i]);
	return rc;
}

/* SQL by the catalogue: add all rows for which ${condition} holds. */
static enum hc_status
gather(struct hc_store *store, struct hc_show *show,
    const struct hc_entity *entity, const char *condition)
{
	struct hc_buf rest = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	struct hc_row *row = NULL;
	enum hc_status rc;

	hc_buf_printf(&rest, " AND (%s) ORDER BY t.id", condition);
	rc = hc_buf_failed(&rest) ? hc_db_nomem(store->db) :
	    hc_row_query(store, entity, hc_buf_text(&rest), &st);
	if (rc == HC_OK)
		rc = hc_stmt_int(st, ":id", show->person);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		if (hc_row_new(&row, entity) != HC_OK)
			rc = hc_db_nomem(store->db);
		else if ((rc = hc_row_read(store, st, row)) == HC_OK)
			rc = add(store, show, row);
		else
			hc_row_free(row);
	}
	hc_stmt_free(st);
	hc_buf_free(&rest);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* SQL by the catalogue needs it within. */
#define EPISODES "(SELECT id FROM episode WHERE person = :id" \
	" AND office = :office)"

/* SQL by the catalogue: what makes a row of ${entity} the person's; nothing
   where none can be. */
static void
condition_of(const struct hc_entity *entity, struct hc_buf *out)
{
	const struct hc_field *f;
	const char *to;
	size_t i;

	for (i = 0; i < entity->nfields; i++) {
		f = entity->fields[i];
		if (f->type != HC_TYPE_REF || entity->parent == NULL ||
		    !hc_catalogue_has(entity->parent, ',', f->name,
		    strlen(f->name)))
			continue;
		to = f->target->name;
		if (strcmp(to, "person") == 0)
			hc_buf_printf(out, "%st.\"%s\" = :id",
			    out->len > 0 ? " OR " : "", f->name);
		else if (strcmp(to, "episode") == 0)
			hc_buf_printf(out, "%st.\"%s\" IN " EPISODES,
			    out->len > 0 ? " OR " : "", f->name);
	}
	if (hc_catalogue_field(entity, "record") != NULL &&
	    hc_catalogue_field(entity, "entity") != NULL)
		hc_buf_puts(out, "(t.entity = 'person' AND t.record = :id) OR"
		    " (t.entity = 'episode' AND t.record IN " EPISODES ")");
}

/* SQL by the catalogue: all that belongs to the person. */
static enum hc_status
gather_all(struct hc_store *store, struct hc_show *show)
{
	static const char others[] = "t.merged_into = :id OR (t.id <> :id AND"
	    " t.household IN (SELECT household FROM person WHERE id = :id"
	    " AND office = :office))";
	const struct hc_catalogue *c = store->catalogue;
	struct hc_buf condition = HC_BUF_INIT;
	enum hc_status rc;
	size_t i;

	rc = gather(store, show, hc_catalogue_entity(c, "person"), others);
	for (i = 0; rc == HC_OK && i < c->nentities; i++) {
		if (c->entities[i].kind != HC_ENTITY_RECORD)
			continue;
		hc_buf_clear(&condition);
		condition_of(&c->entities[i], &condition);
		if (hc_buf_failed(&condition))
			rc = hc_db_nomem(store->db);
		else if (condition.len > 0)
			rc = gather(store, show, &c->entities[i],
			    condition.data);
	}
	hc_buf_free(&condition);
	return rc;
}

static int
in_order(const void *a, const void *b)
{
	const struct hc_show_record *x = a, *y = b;
	int order;

	if (x->event != y->event)
		return x->event - y->event;
	if (!x->event && x->row->entity != y->row->entity)
		return x->row->entity->index < y->row->entity->index ? -1 : 1;
	if ((order = strcmp(x->at, y->at)) != 0)
		return order;
	if (x->row->entity != y->row->entity)
		return x->row->entity->index < y->row->entity->index ? -1 : 1;
	return x->row->id < y->row->id ? -1 : x->row->id > y->row->id;
}

enum hc_status
hc_show_load(struct hc_store *store, int64_t person, int offset,
    struct hc_show *show)
{
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    "person");
	struct hc_row *row = NULL;
	enum hc_status rc;

	memset(show, 0, sizeof(*show));
	show->person = person;
	show->offset = offset;
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	rc = hc_row_load(store, e, person, &row);
	if (rc == HC_OK)
		rc = add(store, show, row);
	else if (rc == HC_NOTFOUND)
		rc = hc_refer_missing(store, e, person);
	if (rc == HC_OK)
		rc = gather_all(store, show);
	hc_db_snapshot_end(store->db);
	if (rc == HC_OK && show->len > 2)
		qsort(show->items + 1, show->len - 1, sizeof(*show->items),
		    in_order);
	return rc;
}
