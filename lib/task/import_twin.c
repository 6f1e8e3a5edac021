/* What another list, or staff, has told already. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "task/import_twin.h"

/* What an entity is matched by, as far as this needs it. */
struct twin {
	const struct hc_field *owner, *day;
};

/* The first field is the owner's, as test.person; then a day is needed. */
static bool
find_fields(const struct hc_entity *e, struct twin *twin)
{
	const struct hc_field *f;
	const char *word;
	char name[48];
	size_t n;

	twin->owner = twin->day = NULL;
	for (word = e->match; word != NULL && *word != '\0' && *word != '|';
	    word += n + (word[n] == ',')) {
		n = strcspn(word, ",|");
		snprintf(name, sizeof(name), "%.*s", (int)n, word);
		if ((f = hc_catalogue_field(e, name)) == NULL)
			return false;
		if (twin->owner == NULL)
			twin->owner = f;
		else if (twin->day == NULL && (f->type == HC_TYPE_DATE ||
		    f->type == HC_TYPE_INSTANT))
			twin->day = f;
	}
	return twin->day != NULL && twin->owner->type == HC_TYPE_REF;
}

/* Nobody whom this very row makes has any record yet. */
static bool
owner_is_known(struct hc_import_place *p, const struct twin *twin)
{
	const struct hc_import_target *owner =
	    hc_import_target_of(p, twin->owner->target);

	return owner != NULL && owner->before != NULL;
}

static enum hc_status
ask(struct hc_import_place *p, const struct hc_import_target *t,
    const struct twin *twin)
{
	size_t i = (size_t)(t - p->targets);
	struct hc_buf rest = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	if (p->twins[i] == NULL) {
		hc_buf_printf(&rest, " AND t.\"%s\" = :owner"
		    " AND t.\"%s\" = :day AND NOT EXISTS (SELECT 1"
		    " FROM source_key k WHERE k.office = t.office"
		    " AND k.entity = :entity AND k.record = t.id"
		    " AND k.source = :source) ORDER BY t.id",
		    twin->owner->name, twin->day->name);
		rc = hc_buf_failed(&rest) ? hc_db_nomem(p->store->db) :
		    hc_row_query(p->store, t->entity, hc_buf_text(&rest),
		    &p->twins[i]);
		hc_buf_free(&rest);
	}
	if (rc != HC_OK || (rc = hc_row_bind(p->store, p->twins[i], ":owner",
	    twin->owner, hc_row_get(t->row, twin->owner))) != HC_OK ||
	    (rc = hc_row_bind(p->store, p->twins[i], ":day", twin->day,
	    hc_row_get(t->row, twin->day))) != HC_OK ||
	    (rc = hc_stmt_text(p->twins[i], ":entity", t->entity->name)) !=
	    HC_OK)
		return rc;
	return hc_stmt_text(p->twins[i], ":source", p->options.source);
}

/* Do both say something, and not the same? */
static bool
contradicts(const struct hc_row *a, const struct hc_row *b)
{
	size_t i;

	for (i = 0; i < a->entity->nfields; i++)
		if (a->values[i] != NULL && b->values[i] != NULL &&
		    strcmp(a->values[i], b->values[i]) != 0)
			return true;
	return false;
}

/* The id of the only one that will do; 0. */
static enum hc_status
only_one(struct hc_import_place *p, const struct hc_import_target *t,
    int64_t *id)
{
	struct hc_stmt *st = p->twins[t - p->targets];
	struct hc_row *other = NULL;
	enum hc_status rc;
	size_t n = 0;

	*id = 0;
	if (hc_row_new(&other, t->entity) != HC_OK)
		return hc_db_nomem(p->store->db);
	while ((rc = hc_stmt_next(st)) == HC_OK &&
	    (rc = hc_row_read(p->store, st, other)) == HC_OK)
		if (!contradicts(t->row, other) && n++ == 0)
			*id = other->id;
	if (n > 1)
		*id = 0;
	hc_stmt_reset(st);
	hc_row_free(other);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_import_twin_find(struct hc_import_place *p, struct hc_import_target *t)
{
	struct twin twin;
	enum hc_status rc;
	int64_t id;

	if (t->before != NULL || p->options.on_match != HC_IMPORT_UPDATE ||
	    !find_fields(t->entity, &twin) || !owner_is_known(p, &twin) ||
	    hc_row_get(t->row, twin.owner) == NULL ||
	    hc_row_get(t->row, twin.day) == NULL)
		return HC_OK;
	if ((rc = ask(p, t, &twin)) != HC_OK ||
	    (rc = only_one(p, t, &id)) != HC_OK || id == 0)
		return rc;
	return hc_import_target_meet(p, t, id);
}
