/* A work list under rules that are not live yet, beside the live ones. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "task/define_file.h"
#include "task/followup_rows.h"

#include "task/followup_with.h"

struct sides {
	struct hc_followup *f;
	struct hc_followup_trial *trial;
	struct hc_followup_rows before, after;
	char subject[64];	/* of the list; "" if neither has it */
};

static const struct hc_table_word changes[] = {
	{ "enters", N_("enters") }, { "leaves", N_("leaves") },
	{ "moves", N_("moves") }, { NULL, NULL }
};

/*
 * A list that is not there is an empty one, if the other side has it.  Its
 * rules go at once, as the catalogue under them will; the rows stay.
 */
static enum hc_status
read_side(struct sides *s, struct hc_followup_rows *rows, const char *name)
{
	enum hc_status rc = hc_followup_rows_read(rows, s->f, name);

	if (rc == HC_NOTFOUND && rows->list == NULL)
		rc = HC_OK;
	else if (rc == HC_OK)
		snprintf(s->subject, sizeof(s->subject), "%s",
		    rows->list->subject);
	hc_worklist_clear(&rows->lists);
	hc_situation_free(rows->s);
	rows->list = NULL;
	rows->s = NULL;
	return rc;
}

static enum hc_status
apply(struct sides *s)
{
	struct hc_store *store = s->f->store;
	struct hc_value_rule rule;
	struct hc_define *define = NULL;
	enum hc_status rc;

	hc_value_rule_plain(&rule, store->office, s->f->clock->today,
	    s->f->clock->zone);
	if ((rc = hc_define_new(&define, store, &rule, s->f->clock)) ==
	    HC_OK && (rc = hc_define_apply(define, s->trial->rules, NULL,
	    s->trial->fault, s->trial->arg)) == HC_OK)
		rc = hc_define_settle(define, s->trial->fault, s->trial->arg);
	hc_define_free(define);
	return rc;
}

static enum hc_status
begin_table(struct sides *s)
{
	const struct hc_table_column columns[] = {
		{ s->subject, hc_catalogue_entity_label(hc_catalogue_entity(
		    s->f->store->catalogue, s->subject)), HC_TYPE_REF },
		{ "person", _("person"), HC_TYPE_REF },
		{ "name", _("name"), HC_TYPE_TEXT },
		{ "change", _("change"), HC_TYPE_TEXT, hc_table_show_words,
		    changes },
		{ "priority_before", _("priority before"), HC_TYPE_INTEGER },
		{ "priority", _("priority"), HC_TYPE_INTEGER },
		{ "conditions_before", _("conditions before"),
		    HC_TYPE_TEXT },
		{ "conditions", _("conditions"), HC_TYPE_TEXT },
	};

	if (hc_table_new(&s->f->table, columns, 8) != HC_OK)
		return hc_db_nomem(s->f->store->db);
	return HC_OK;
}

/* One that stands on either list, or on both. */
static enum hc_status
add(struct sides *s, const struct hc_followup_row *a,
    const struct hc_followup_row *b)
{
	const char *cells[8] = { NULL };

	if (a != NULL && b != NULL) {
		s->trial->stays++;
		if (a->priority == b->priority)
			return HC_OK;
	} else if (a != NULL)
		s->trial->leaves++;
	else
		s->trial->enters++;
	cells[3] = changes[a == NULL ? 0 : b == NULL ? 1 : 2].code;
	if (a != NULL) {
		memcpy(cells, a->cells, 3 * sizeof(*cells));
		cells[4] = a->cells[s->before.fixed];
		cells[6] = a->cells[s->before.fixed + 1];
	}
	if (b != NULL) {
		memcpy(cells, b->cells, 3 * sizeof(*cells));
		cells[5] = b->cells[s->after.fixed];
		cells[7] = b->cells[s->after.fixed + 1];
	}
	if (hc_table_row(s->f->table, cells) != HC_OK)
		return hc_db_nomem(s->f->store->db);
	return hc_followup_note(s->f, a != NULL ? a->person : b->person);
}

static int
compare(const void *a, const void *b)
{
	const struct hc_followup_row *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

/* By the subject's number, the rows of both side by side. */
static enum hc_status
compare_sides(struct sides *s)
{
	struct hc_followup_rows *a = &s->before, *b = &s->after;
	enum hc_status rc = HC_OK;
	size_t i = 0, j = 0;
	int order;

	if (a->len > 1)
		qsort(a->items, a->len, sizeof(*a->items), compare);
	if (b->len > 1)
		qsort(b->items, b->len, sizeof(*b->items), compare);
	while (rc == HC_OK && (i < a->len || j < b->len)) {
		order = i == a->len ? 1 : j == b->len ? -1 :
		    compare(&a->items[i], &b->items[j]);
		rc = add(s, order <= 0 ? &a->items[i] : NULL,
		    order >= 0 ? &b->items[j] : NULL);
		i += order <= 0;
		j += order >= 0;
	}
	return rc;
}

enum hc_status
hc_followup_with(struct hc_followup *f, const char *name,
    struct hc_followup_trial *trial)
{
	struct sides *s;
	enum hc_status rc;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		return hc_db_nomem(f->store->db);
	s->f = f;
	s->trial = trial;
	if ((rc = read_side(s, &s->before, name)) == HC_OK &&
	    (rc = apply(s)) == HC_OK &&
	    (rc = read_side(s, &s->after, name)) == HC_OK) {
		if (s->subject[0] == '\0')
			rc = HC_NOTFOUND;	/* with the words of that */
		else if ((rc = begin_table(s)) == HC_OK)
			rc = compare_sides(s);
	}
	hc_followup_rows_clear(&s->after);
	hc_followup_rows_clear(&s->before);
	free(s);
	return rc;
}
