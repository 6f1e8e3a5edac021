/* The records that a row means or makes, and what the row says of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "task/import_target.h"

struct hc_import_target *
hc_import_target_of(struct hc_import_place *p, const struct hc_entity *entity)
{
	size_t i;

	for (i = 0; i < p->ntargets; i++)
		if (p->targets[i].entity == entity)
			return &p->targets[i];
	return NULL;
}

/* The column of ${entity}'s field ${name}; -1 if the list has none. */
int
hc_import_target_column(const struct hc_import_place *p,
    const struct hc_entity *entity, const char *name)
{
	const struct hc_import_column *c;
	size_t i;

	for (i = 0; i < p->map->ncolumns; i++) {
		c = &p->map->columns[i];
		if (c->how != HC_IMPORT_NONE && c->how != HC_IMPORT_PIECE &&
		    c->field != NULL && c->entity == entity && c->nth == 1 &&
		    strcmp(c->field->name, name) == 0)
			return (int)i;
	}
	return -1;
}

/* A cell's value; NULL where it is empty or only says why. */
const char *
hc_import_target_value(const struct hc_import_place *p,
    const struct hc_entity *entity, const char *name)
{
	int i = hc_import_target_column(p, entity, name);

	return i >= 0 && p->in->cells[i].reason == NULL ?
	    p->in->cells[i].text : NULL;
}

bool
hc_import_target_takes(const struct hc_import_target *t,
    const struct hc_import_column *column)
{
	return column->how != HC_IMPORT_NONE &&
	    column->how != HC_IMPORT_PIECE &&
	    column->entity == t->entity && column->nth == t->nth;
}

bool
hc_import_target_says(const struct hc_import_place *p,
    const struct hc_import_target *t)
{
	const struct hc_import_cell *cell;
	size_t i;

	for (i = 0; i < p->map->ncolumns; i++) {
		cell = &p->in->cells[i];
		if (hc_import_target_takes(t, &p->map->columns[i]) &&
		    cell->reason == NULL &&
		    (cell->text != NULL || cell->band != NULL ||
		    cell->fields != NULL))
			return true;
	}
	return false;
}

/* The row cannot go in: tell it at the column ${i}, or at none (-1). */
void
hc_import_target_refuse(struct hc_import_place *p, int i, const char *words)
{
	const char *text = i >= 0 ? p->in->cells[i].text : NULL;

	p->bad = true;
	p->fault(p->arg, p->in->line, i >= 0 ? (size_t)i : SIZE_MAX,
	    text != NULL ? text : "", words);
}

/* It goes in, but somebody should know. */
void
hc_import_target_tell(struct hc_import_place *p, int i, const char *words)
{
	p->fault(p->arg, p->in->line, i >= 0 ? (size_t)i : SIZE_MAX, NULL,
	    words);
}

void
hc_import_target_warn(struct hc_import_place *p, int i, const char *words)
{
	if (!p->write)
		hc_import_target_tell(p, i, words);
}

enum hc_status
hc_import_target_case(struct hc_import_place *p, int i, bool contact,
    int64_t *id)
{
	const char *number = p->in->cells[i].text;
	enum hc_status rc;
	char words[400];

	if (p->options.link == NULL)
		return hc_import_match_episode(p->match, number, contact, id);
	rc = hc_import_match_key(p->match, p->options.link, number, "episode",
	    id);
	if (rc == HC_NOTFOUND) {
		p->awaits = number;
		snprintf(words, sizeof(words), _("the list '%s' has no row "
		    "'%s' yet; this one waits for it"), p->options.link,
		    number);
		hc_import_target_warn(p, i, words);
	}
	return rc;
}

enum hc_status
hc_import_target_load(struct hc_import_place *p, struct hc_import_target *t,
    int64_t id)
{
	enum hc_status rc;

	rc = hc_row_load(p->store, t->entity, id, &t->before);
	if (rc == HC_OK && hc_row_copy(&t->row, t->before) != HC_OK)
		rc = hc_db_nomem(p->store->db);
	return rc;
}

enum hc_status
hc_import_target_meet(struct hc_import_place *p, struct hc_import_target *t,
    int64_t id)
{
	struct hc_row *said = t->row;
	enum hc_status rc;
	size_t i;

	t->row = NULL;
	if ((rc = hc_import_target_load(p, t, id)) == HC_OK)
		for (i = 0; rc == HC_OK && i < said->entity->nfields; i++)
			if (said->values[i] != NULL)
				rc = hc_import_target_set(p, t->row,
				    said->entity->fields[i], said->values[i]);
	hc_row_free(said);
	return rc;
}

enum hc_status
hc_import_target_make(struct hc_import_place *p, struct hc_import_target *t)
{
	const struct hc_import_constant *c;
	size_t i;

	if (hc_row_new(&t->row, t->entity) != HC_OK)
		return hc_db_nomem(p->store->db);
	for (i = 0; i < p->map->nconstants; i++) {
		c = &p->map->constants[i];
		if (c->entity == t->entity && c->nth == t->nth &&
		    hc_row_set(t->row, c->field, c->value) != HC_OK)
			return hc_db_nomem(p->store->db);
	}
	return HC_OK;
}

enum hc_status
hc_import_target_set(struct hc_import_place *p, struct hc_row *row,
    const struct hc_field *field, const char *text)
{
	return hc_row_set(row, field, text) == HC_OK ? HC_OK :
	    hc_db_nomem(p->store->db);
}

/* A record that is not yet written has the id 0: any reference will do. */
enum hc_status
hc_import_target_set_ref(struct hc_import_place *p, struct hc_row *row,
    const char *name, const struct hc_row *to)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);
	char id[24];

	if (f == NULL || to == NULL)
		return HC_OK;
	snprintf(id, sizeof(id), "%lld", to->id != 0 ? (long long)to->id :
	    1LL);
	return hc_import_target_set(p, row, f, id);
}
