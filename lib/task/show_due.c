/* What has to be done for a person next (task/show.h). */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/value.h"
#include "task/worklist.h"

#include "task/show.h"

/* Columns of the situation that say when something is to happen. */
static const char *const whens[] = { "next_call_at", "test_slot_at",
    "observe_until" };
#define WHENS (sizeof(whens) / sizeof(whens[0]))

void
hc_show_due_clear(struct hc_show *show)
{
	size_t i;

	for (i = 0; i < show->ndue; i++) {
		free(show->due[i].name);
		free(show->due[i].label);
		free(show->due[i].value);
		free(show->due[i].text);
	}
	free(show->due);
	show->due = NULL;
	show->ndue = 0;
}

/* ${value} for programs, ${text} for people. */
static enum hc_status
add(struct hc_show *show, int64_t episode, const char *name,
    const char *label, const char *value, const char *text)
{
	struct hc_show_due *grown, *due;

	grown = realloc(show->due, (show->ndue + 1) * sizeof(*grown));
	if (grown == NULL)
		return HC_NOMEM;
	show->due = grown;
	due = &grown[show->ndue++];
	due->episode = episode;
	due->name = strdup(name);
	due->label = strdup(label);
	due->value = strdup(value);
	due->text = strdup(text);
	return due->name != NULL && due->label != NULL &&
	    due->value != NULL && due->text != NULL ? HC_OK : HC_NOMEM;
}

static enum hc_status
add_when(struct hc_show *show, struct hc_situation *s, int slot,
    const char *name)
{
	const struct hc_field *f = hc_situation_field(s, slot);
	const char *value = hc_situation_value(s, slot);
	struct hc_buf text = HC_BUF_INIT;
	enum hc_status rc;

	if (value == NULL)
		return HC_OK;
	if (f->type == HC_TYPE_INSTANT)
		hc_instant_show(value, hc_situation_clock(s)->zone, &text);
	else
		hc_value_show(f, value, &text);
	rc = hc_buf_failed(&text) ? HC_NOMEM :
	    add(show, hc_situation_episode(s), name, hc_catalogue_label(f),
	    value, hc_buf_text(&text));
	hc_buf_free(&text);
	return rc;
}

/* The list, if the present row stands on it, and why. */
static enum hc_status
add_list(struct hc_show *show, const struct hc_worklist *list)
{
	struct hc_buf names = HC_BUF_INIT, labels = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	int64_t points;
	bool *holding;
	size_t i;

	holding = calloc(list->nconditions + 1, sizeof(*holding));
	if (holding == NULL)
		return HC_NOMEM;
	if (hc_worklist_stands(list, &points, holding)) {
		for (i = 0; i < list->nconditions; i++) {
			if (!holding[i])
				continue;
			hc_buf_printf(&names, "%s%s", names.len > 0 ? ";" :
			    "", list->conditions[i].name);
			hc_buf_printf(&labels, "%s%s", labels.len > 0 ?
			    "; " : "", list->conditions[i].label);
		}
		rc = hc_buf_failed(&names) || hc_buf_failed(&labels) ?
		    HC_NOMEM : add(show, hc_worklist_episode(list),
		    list->name, list->label, hc_buf_text(&names),
		    hc_buf_text(&labels));
	}
	hc_buf_free(&names);
	hc_buf_free(&labels);
	free(holding);
	return rc;
}

/* The open episodes. */
static enum hc_status
read_episodes(struct hc_show *show, struct hc_situation *s,
    const struct hc_worklists *lists, const int slots[WHENS])
{
	const struct hc_situation_filter filter = { .person = show->person };
	enum hc_status rc;
	size_t i;

	rc = hc_situation_begin(s, &filter);
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK) {
		for (i = 0; rc == HC_OK && i < WHENS; i++)
			rc = add_when(show, s, slots[i], whens[i]);
		for (i = 0; rc == HC_OK && i < lists->len; i++)
			if (lists->items[i].records == NULL)
				rc = add_list(show, &lists->items[i]);
	}
	hc_situation_end(s);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* The tests, stays ... that stand on a list of their own. */
static enum hc_status
read_records(struct hc_show *show, const struct hc_worklist *list)
{
	const struct hc_situation_filter filter = { .person = show->person };
	enum hc_status rc;

	rc = hc_worklist_begin(list, &filter);
	while (rc == HC_OK && (rc = hc_worklist_next(list)) == HC_OK)
		rc = add_list(show, list);
	hc_worklist_end(list);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_show_due(struct hc_store *store, const struct hc_expr_clock *clock,
    struct hc_show *show)
{
	struct hc_worklists lists = { 0 };
	struct hc_situation *s = NULL;
	int slots[WHENS];
	enum hc_status rc;
	size_t i;

	if ((rc = hc_situation_new(&s, store, clock)) == HC_OK)
		rc = hc_worklist_load(&lists, store, s, NULL);
	for (i = 0; rc == HC_OK && i < WHENS; i++)
		rc = hc_situation_want(s, whens[i], &slots[i],
		    hc_db_error_buffer(store->db));
	if (rc == HC_OK)
		rc = read_episodes(show, s, &lists, slots);
	for (i = 0; rc == HC_OK && i < lists.len; i++)
		if (lists.items[i].records != NULL)
			rc = read_records(show, &lists.items[i]);
	hc_worklist_clear(&lists);
	hc_situation_free(s);
	return rc == HC_NOMEM ? hc_db_nomem(store->db) : rc;
}
