/* The round in figures. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "task/worklist.h"

#include "task/report_round.h"

/* Columns of the situation that are yes for those counted. */
static const struct {
	const char *column, *label;
} parts[] = {
	{ "observed", N_("under observation") },
	{ "asked", N_("asked by mail this round") },
	{ "answered", N_("answered") },
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

static enum hc_status
count(struct hc_store *store, struct hc_situation *s,
    const struct hc_worklists *lists, int64_t *counts)
{
	enum hc_status rc = HC_OK;
	int slots[PARTS];
	const char *value;
	int64_t points;
	size_t i;

	for (i = 0; rc == HC_OK && i < PARTS; i++)
		rc = hc_situation_want(s, parts[i].column, &slots[i],
		    hc_db_error_buffer(store->db));
	if (rc == HC_OK)
		rc = hc_situation_begin(s, NULL);
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK) {
		for (i = 0; i < PARTS; i++) {
			value = hc_situation_value(s, slots[i]);
			counts[i] += value != NULL && strcmp(value, "1") == 0;
		}
		for (i = 0; i < lists->len; i++)
			counts[PARTS + i] += hc_worklist_stands(
			    &lists->items[i], s, &points, NULL);
	}
	hc_situation_end(s);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_report_round(struct hc_store *store, const struct hc_expr_clock *clock,
    enum hc_status (*figure)(void *arg, const struct hc_report_figure *f),
    void *arg)
{
	struct hc_worklists lists = { 0 };
	struct hc_situation *s = NULL;
	struct hc_report_figure f;
	int64_t *counts = NULL;
	enum hc_status rc;
	size_t i;

	if ((rc = hc_situation_new(&s, store, clock)) != HC_OK ||
	    (rc = hc_worklist_load(&lists, store, s, NULL)) != HC_OK)
		goto out;
	if ((counts = calloc(PARTS + lists.len, sizeof(*counts))) == NULL) {
		rc = hc_db_nomem(store->db);
		goto out;
	}
	rc = count(store, s, &lists, counts);
	for (i = 0; rc == HC_OK && i < PARTS + lists.len; i++) {
		f.list = i >= PARTS;
		f.name = f.list ? lists.items[i - PARTS].name :
		    parts[i].column;
		f.label = f.list ? lists.items[i - PARTS].label :
		    _(parts[i].label);
		f.count = counts[i];
		rc = figure(arg, &f);
	}
out:
	free(counts);
	hc_worklist_clear(&lists);
	hc_situation_free(s);
	return rc;
}
