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

#include "base/i18n.h"
#include "task/import_key.h"
#include "task/import_owner.h"
#include "task/import_save.h"
#include "task/import_status.h"
#include "task/import_target.h"
#include "task/import_twin.h"
#include "task/import_value.h"

#include "task/import_place.h"

/* Once. */
static enum hc_status
add_target(struct hc_import_place *p, const struct hc_entity *entity,
    unsigned int nth)
{
	struct hc_import_target *t;

	for (t = p->targets; t < p->targets + p->ntargets; t++)
		if (t->entity == entity && t->nth == nth)
			return HC_OK;
	if (p->ntargets == HC_IMPORT_TARGETS)
		return hc_db_fail(p->store->db, HC_CONFIG,
		    _("mapping '%s' makes more than %d records of a row"),
		    p->map->name, HC_IMPORT_TARGETS);
	t->entity = entity;
	t->nth = nth;
	p->ntargets++;
	return HC_OK;
}

/* What rows are, what else they make, and the second and third of these. */
static enum hc_status
add_targets(struct hc_import_place *p)
{
	const struct hc_import_map *map = p->map;
	const struct hc_import_column *c;
	enum hc_status rc;
	size_t i;

	rc = add_target(p, map->main, 1);
	for (i = 0; rc == HC_OK && i < map->nalso; i++)
		rc = add_target(p, map->also[i], 1);
	for (i = 0; rc == HC_OK && i < map->ncolumns; i++) {
		c = &map->columns[i];
		if (c->how != HC_IMPORT_NONE && c->nth > 1)
			rc = add_target(p, c->entity, c->nth);
	}
	return rc;
}

static enum hc_status
find_last_person(struct hc_import_place *p)
{
	static const char last_sql[] = "SELECT max(id) FROM person"
	    " WHERE office = :office";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, p->store->db, last_sql)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		p->last_person = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	return rc;
}

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
	if (hc_import_said_new(&p->said, map) != HC_OK)
		rc = hc_db_nomem(store->db);
	else if ((rc = add_targets(p)) == HC_OK &&
	    (rc = hc_import_match_new(&p->match, store)) == HC_OK &&
	    (rc = hc_import_person_new(&p->people, store)) == HC_OK &&
	    (rc = find_last_person(p)) == HC_OK)
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
	for (i = 0; i < p->ntargets; i++) {
		hc_check_free(p->checks[i]);
		hc_stmt_free(p->twins[i]);
	}
	hc_import_match_free(p->match);
	hc_import_person_free(p->people);
	hc_import_note_free(p->notes);
	hc_buf_free(&p->scratch);
	hc_buf_free(&p->known_others);
	hc_buf_free(&p->others);
	hc_import_seen_clear(&p->seen);
	hc_import_said_clear(&p->said);
	free(p);
}

const char *
hc_import_place_awaits(const struct hc_import_place *p, const char **key)
{
	*key = p->key;
	return p->awaits;
}

void
hc_import_place_restart(struct hc_import_place *p)
{
	hc_import_seen_clear(&p->seen);
}

/* Whose a new record is. */
static enum hc_status
set_owners(struct hc_import_place *p, struct hc_import_target *t)
{
	const struct hc_entity *owners[] = { p->episode, p->person };
	struct hc_import_target *owner;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; i < 2 && rc == HC_OK && t->before == NULL; i++) {
		owner = hc_import_target_of(p, owners[i]);
		if (owner != NULL && owner != t)
			rc = hc_import_target_set_ref(p, t->row,
			    owner->entity->name, owner->row);
	}
	return rc;
}

/* What the row is. */
static enum hc_status
place_main(struct hc_import_place *p)
{
	struct hc_import_target *t = &p->targets[0];
	const char *name = hc_import_target_value(p, p->facility, "name");
	enum hc_status rc = HC_OK;
	int64_t id;

	if (t->row == NULL && t->entity == p->facility && name != NULL &&
	    hc_import_match_named(p->match, p->facility, name, &id) == HC_OK)
		rc = hc_import_target_load(p, t, id);
	if (rc == HC_OK && t->row == NULL)
		rc = hc_import_target_make(p, t);
	if (rc != HC_OK || (rc = hc_import_value_set(p, t)) != HC_OK ||
	    (rc = set_owners(p, t)) != HC_OK ||
	    (t->entity == p->episode &&
	    (rc = hc_import_status_set(p, t)) != HC_OK))
		return rc;
	return hc_import_value_complete(p, t);
}

/* Did another list tell of it? */
static enum hc_status
meet_main(struct hc_import_place *p)
{
	struct hc_import_target *t = &p->targets[0];
	bool known = t->before != NULL;
	enum hc_status rc;

	rc = hc_import_twin_find(p, t);
	p->met = !known && t->before != NULL;
	return rc;
}

static enum hc_status
save_main(struct hc_import_place *p)
{
	struct hc_import_target *t = &p->targets[0];
	enum hc_status rc;

	if ((rc = hc_import_save_target(p, t)) != HC_OK || p->bad)
		return rc;
	return hc_import_save_absences(p, t);
}

/* What else the row makes: a test, a stay, a contact. */
static enum hc_status
place_other(struct hc_import_place *p, struct hc_import_target *t)
{
	enum hc_status rc;
	bool noted;

	if (t->entity == p->person || t->entity == p->episode ||
	    strcmp(t->entity->name, "phone") == 0 ||
	    strcmp(t->entity->name, "source_key") == 0 ||
	    !hc_import_target_says(p, t))
		return HC_OK;
	if ((rc = hc_import_key_find_other(p, t)) == HC_NOTFOUND)
		rc = hc_import_target_make(p, t);
	noted = t->before != NULL;
	if (rc != HC_OK || (rc = hc_import_value_set(p, t)) != HC_OK ||
	    (rc = set_owners(p, t)) != HC_OK ||
	    (rc = hc_import_value_complete(p, t)) != HC_OK ||
	    (rc = hc_import_twin_find(p, t)) != HC_OK)
		return rc;
	/* A contact whose case is not known has nothing to link. */
	if (strcmp(t->entity->name, "contact") == 0 &&
	    hc_row_value(t->row, "source") == NULL)
		return HC_OK;
	if ((rc = hc_import_save_target(p, t)) != HC_OK || p->bad)
		return rc;
	if (!noted && p->write &&
	    (rc = hc_import_key_note_other(p, t)) != HC_OK)
		return rc;
	return hc_import_save_absences(p, t);
}

/* Is the record known, and to stay as it is? */
static bool
skips(struct hc_import_place *p)
{
	if (p->options.on_match != HC_IMPORT_SKIP ||
	    p->targets[0].before == NULL)
		return false;
	p->changed = false;
	return true;
}

static enum hc_status
place(struct hc_import_place *p)
{
	enum hc_status rc;
	size_t i;

	if ((rc = hc_import_key_find(p)) != HC_OK || p->bad || p->same ||
	    skips(p) ||
	    (rc = hc_import_owner_place(p)) != HC_OK || p->bad || p->held ||
	    (rc = place_main(p)) != HC_OK || p->bad ||
	    (rc = hc_import_key_identify(p)) != HC_OK ||
	    (rc = meet_main(p)) != HC_OK || skips(p) ||
	    (rc = save_main(p)) != HC_OK || p->bad)
		return rc;
	if ((rc = hc_import_save_phones(p)) != HC_OK)
		return rc;
	for (i = 1; i < p->ntargets && !p->bad; i++)
		if ((rc = place_other(p, &p->targets[i])) != HC_OK)
			return rc;
	if (p->bad || (rc = hc_import_save_left_over(p)) != HC_OK)
		return rc;
	return p->write ? hc_import_key_note(p) : HC_OK;
}

enum hc_status
hc_import_place_row(struct hc_import_place *p,
    const struct hc_import_row *row, bool write,
    enum hc_import_outcome *outcome, hc_import_fault *fault, void *arg)
{
	enum hc_status rc;

	p->in = row;
	p->write = write;
	p->changed = p->bad = p->same = p->waits = false;
	p->doubtful = p->held = p->met = false;
	p->awaits = NULL;
	p->noted = 0;
	p->fault = fault;
	p->arg = arg;
	p->key[0] = '\0';
	hc_buf_clear(&p->known_others);
	hc_buf_clear(&p->others);
	hc_import_status_find(p);
	rc = hc_import_said_row(&p->said, row, p->state) == HC_OK ?
	    place(p) : hc_db_nomem(p->store->db);
	*outcome = p->held ? HC_IMPORT_WAITING :
	    !p->changed ? HC_IMPORT_UNCHANGED :
	    p->targets[0].before != NULL ? HC_IMPORT_CHANGED :
	    p->doubtful ? HC_IMPORT_DOUBTFUL : HC_IMPORT_NEW;
	clear_targets(p);
	return rc == HC_OK && p->bad ? HC_INVALID : rc;
}
