/* The status of an episode by what its row says in words. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "task/import_state.h"

#include "task/import_status.h"

/* Words of the cell that may say so: remarks, and what no field took. */
static const char *
words_of(const struct hc_import_place *p, size_t i)
{
	const struct hc_import_column *c = &p->map->columns[i];
	const struct hc_import_cell *cell = &p->in->cells[i];

	if (cell->rest != NULL)
		return cell->rest;
	if (c->how == HC_IMPORT_NONE || (c->how == HC_IMPORT_FIELD &&
	    c->field->of != NULL && strcmp(c->field->of, "lines") == 0))
		return cell->text;
	return NULL;
}

void
hc_import_status_find(struct hc_import_place *p)
{
	const char *text;
	size_t i;

	p->state = NULL;
	if (p->map->main != p->episode ||
	    hc_import_target_value(p, p->episode, "status") != NULL)
		return;
	for (i = 0; i < p->map->ncolumns && p->state == NULL; i++)
		if ((text = words_of(p, i)) != NULL) {
			p->state = hc_import_state_read(text, NULL);
			p->state_column = i;
		}
}

static enum hc_status
set(struct hc_import_place *p, struct hc_import_target *t, const char *name,
    const char *text)
{
	return hc_import_target_set(p, t->row, hc_catalogue_field(t->entity,
	    name), text);
}

/* The episode that the present row repeats, by the number in its words. */
static enum hc_status
find_other(struct hc_import_place *p, const struct hc_import_target *t,
    int64_t *id)
{
	struct hc_buf number = HC_BUF_INIT;
	enum hc_status rc = HC_NOTFOUND;

	hc_import_state_read(words_of(p, p->state_column), &number);
	if (number.len > 0)
		rc = hc_import_match_key(p->match, p->options.source,
		    hc_buf_text(&number), t->entity->name, id);
	if (rc == HC_NOTFOUND && number.len > 0)
		rc = hc_import_match_episode(p->match, hc_buf_text(&number),
		    false, id);
	hc_buf_free(&number);
	return rc == HC_OK && *id == t->row->id ? HC_NOTFOUND : rc;
}

/* A duplicate needs the one that it repeats. */
static enum hc_status
set_duplicate(struct hc_import_place *p, struct hc_import_target *t)
{
	enum hc_status rc;
	char text[24];
	int64_t id;

	rc = find_other(p, t, &id);
	if (rc == HC_NOTFOUND || rc == HC_CONFLICT) {
		p->waits = true;
		hc_import_target_warn(p, (int)p->state_column, _("which "
		    "episode it repeats is not known; it stays open"));
		return HC_OK;
	}
	if (rc != HC_OK)
		return rc;
	snprintf(text, sizeof(text), "%lld", (long long)id);
	if ((rc = set(p, t, "duplicate_of", text)) != HC_OK)
		return rc;
	return set(p, t, "status", "duplicate");
}

enum hc_status
hc_import_status_set(struct hc_import_place *p, struct hc_import_target *t)
{
	const char *status = hc_row_value(t->row, "status");
	enum hc_status rc;

	if (p->state == NULL && t->before != NULL && status != NULL &&
	    hc_import_said_state(&p->said, status)) {
		rc = set(p, t, "duplicate_of", NULL);
		return rc == HC_OK ? set(p, t, "status", "open") : rc;
	}
	/* What it said before may be settled otherwise by now. */
	if (p->state == NULL || (t->before != NULL &&
	    hc_import_said_cell(&p->said, p->in, p->state_column) ==
	    HC_IMPORT_SAID_SAME))
		return HC_OK;
	return strcmp(p->state, "duplicate") == 0 ? set_duplicate(p, t) :
	    set(p, t, "status", p->state);
}
