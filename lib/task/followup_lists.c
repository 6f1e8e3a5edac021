/* How many stand on each list, and who stands on none. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "record/value.h"
#include "task/worklist.h"

#include "task/followup.h"

static bool
says(const char *value, const char *wanted)
{
	return value != NULL && strcmp(value, wanted) == 0;
}

enum { R_ANSWERED, R_REACHED, R_EXPECTED, R_PAUSED, R_LATER, R_UNOBSERVED,
    R_NONE, REASONS };

static const struct {
	const char *name, *label;
} reasons[REASONS] = {
	{ "answered", N_("answered and well: on no list") },
	{ "reached", N_("reached by telephone: on no list") },
	{ "expected", N_("answer expected: on no list") },
	{ "paused", N_("not asked, paused: on no list") },
	{ "later", N_("observation not begun: on no list") },
	{ "unobserved", N_("not observed by the rules: on no list") },
	{ "none", N_("on no list, without a reason") },
};

static const char *const reason_wants[] = { "observed", "answered",
    "reached", "overdue", "paused", "observe_from", "policy" };
enum { W_OBSERVED, W_ANSWERED, W_REACHED, W_OVERDUE, W_PAUSED, W_FROM, W_POLICY,
    REASON_WANTS };

/* Why the present row, which is on no list, is on none. */
static int
find_reason(struct hc_followup *f, struct hc_situation *s, const int *slots)
{
	const char *v[REASON_WANTS];
	int i;

	for (i = 0; i < REASON_WANTS; i++)
		v[i] = hc_situation_value(s, slots[i]);
	if (says(v[W_OBSERVED], "1")) {
		if (says(v[W_ANSWERED], "1"))
			return R_ANSWERED;
		if (says(v[W_REACHED], "1"))
			return R_REACHED;
		if (says(v[W_PAUSED], "1"))
			return R_PAUSED;
		return says(v[W_OVERDUE], "1") ? R_NONE : R_EXPECTED;
	}
	if (v[W_FROM] != NULL && strcmp(v[W_FROM], f->clock->today) > 0)
		return R_LATER;
	return v[W_POLICY] != NULL ? R_UNOBSERVED : R_NONE;
}

/* What is done with each open episode that stands on no list. */
typedef enum hc_status unlisted(struct hc_followup *f, struct hc_situation *s,
    int reason, void *arg);

/*
 * Look at each open episode once: ${counts} gets how many stand on each list
 * of episodes and, after these, how many on none by reason.
 */
static enum hc_status
look(struct hc_followup *f, struct hc_situation *s,
    const struct hc_worklists *lists, int64_t *counts, unlisted *each,
    void *arg)
{
	int slots[REASON_WANTS], i, reason;
	enum hc_status rc = HC_OK;
	bool any;
	size_t l;

	for (i = 0; rc == HC_OK && i < REASON_WANTS; i++)
		rc = hc_situation_want(s, reason_wants[i], &slots[i],
		    hc_db_error_buffer(f->store->db));
	if (rc == HC_OK)
		rc = hc_situation_begin(s, NULL);
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK) {
		any = false;
		for (l = 0; l < lists->len; l++)
			if (lists->items[l].records == NULL &&
			    hc_worklist_stands(&lists->items[l], NULL,
			    NULL)) {
				counts[l]++;
				any = true;
			}
		if (any)
			continue;
		reason = find_reason(f, s, slots);
		counts[lists->len + (size_t)reason]++;
		if (each != NULL)
			rc = each(f, s, reason, arg);
	}
	hc_situation_end(s);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
count_all(struct hc_followup *f, struct hc_situation *s,
    const struct hc_worklists *lists, int64_t *counts)
{
	enum hc_status rc;
	size_t l;

	rc = look(f, s, lists, counts, NULL, NULL);
	for (l = 0; rc == HC_OK && l < lists->len; l++)
		if (lists->items[l].records != NULL)
			rc = hc_worklist_count(&lists->items[l], &counts[l]);
	return rc;
}

static enum hc_status
count_rows(struct hc_followup *f, const struct hc_worklists *lists,
    const int64_t *counts)
{
	const struct hc_table_column columns[] = {
		{ "list", _("list"), HC_TYPE_TEXT },
		{ "count", _("count"), HC_TYPE_INTEGER },
		hc_value_column_of(f->store->catalogue, "worklist", "team"),
		{ "label", _("what"), HC_TYPE_TEXT },
	};
	const struct hc_worklist *w;
	enum hc_status rc;
	const char *cells[4];
	char number[24];
	size_t i;

	rc = hc_table_new(&f->table, columns, 4);
	for (i = 0; rc == HC_OK && i < lists->len + REASONS; i++) {
		w = i < lists->len ? &lists->items[i] : NULL;
		cells[0] = w != NULL ? w->name : reasons[i - lists->len].name;
		cells[2] = w != NULL ? w->team : NULL;
		cells[3] = w != NULL ? w->label :
		    _(reasons[i - lists->len].label);
		snprintf(number, sizeof(number), "%" PRId64, counts[i]);
		cells[1] = number;
		rc = hc_table_row(f->table, cells);
	}
	return rc == HC_NOMEM ? hc_db_nomem(f->store->db) : rc;
}

/* All lists, what they look at, and room for their counts. */
static enum hc_status
load_all(struct hc_followup *f, struct hc_worklists *lists,
    struct hc_situation **s, int64_t **counts)
{
	enum hc_status rc;

	if ((rc = hc_situation_new(s, f->store, f->clock)) != HC_OK ||
	    (rc = hc_worklist_load(lists, f->store, *s, NULL)) != HC_OK)
		return rc;
	*counts = calloc(lists->len + REASONS, sizeof(**counts));
	return *counts != NULL ? HC_OK : hc_db_nomem(f->store->db);
}

enum hc_status
hc_followup_lists(struct hc_followup *f)
{
	struct hc_worklists lists = { 0 };
	struct hc_situation *s = NULL;
	int64_t *counts = NULL;
	enum hc_status rc;

	if ((rc = load_all(f, &lists, &s, &counts)) == HC_OK &&
	    (rc = count_all(f, s, &lists, counts)) == HC_OK)
		rc = count_rows(f, &lists, counts);
	free(counts);
	hc_worklist_clear(&lists);
	hc_situation_free(s);
	return rc;
}

/* ---- Who stands on none ---- */

static const char *const unlisted_wants[] = { "episode", "person",
    "person.name", "phones", "number", "age", "kind", "last_at",
    "observe_from", "observe_until", "staff" };
#define UNLISTED (sizeof(unlisted_wants) / sizeof(unlisted_wants[0]))

struct unlisted_job {
	int reason, slots[UNLISTED];
};

static int
find_name(const char *name)
{
	int i;

	for (i = 0; i < REASONS; i++)
		if (hc_near_same(name, reasons[i].name))
			return i;
	return -1;
}

bool
hc_followup_is_reason(const char *name)
{
	return find_name(name) != -1;
}

static enum hc_status
add_unlisted(struct hc_followup *f, struct hc_situation *s, int reason,
    void *arg)
{
	const struct unlisted_job *job = arg;
	const char *cells[UNLISTED];
	size_t i;

	if (reason != job->reason)
		return HC_OK;
	for (i = 0; i < UNLISTED; i++)
		cells[i] = hc_situation_value(s, job->slots[i]);
	if (hc_table_row(f->table, cells) != HC_OK)
		return hc_db_nomem(f->store->db);
	return hc_followup_note(f, hc_situation_person(s));
}

static enum hc_status
begin_unlisted(struct hc_followup *f, struct hc_situation *s,
    struct unlisted_job *job)
{
	struct hc_table_column columns[UNLISTED];
	const struct hc_field *field;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < UNLISTED; i++) {
		if ((rc = hc_situation_want(s, unlisted_wants[i],
		    &job->slots[i], hc_db_error_buffer(f->store->db))) !=
		    HC_OK)
			return rc;
		field = hc_situation_field(s, job->slots[i]);
		columns[i] = hc_value_column(field);
	}
	columns[3].type = HC_TYPE_PHONE;	/* never cut */
	if (hc_table_new(&f->table, columns, UNLISTED) != HC_OK)
		return hc_db_nomem(f->store->db);
	return HC_OK;
}

enum hc_status
hc_followup_unlisted(struct hc_followup *f, const char *name)
{
	struct unlisted_job job = { .reason = find_name(name) };
	struct hc_worklists lists = { 0 };
	struct hc_situation *s = NULL;
	int64_t *counts = NULL;
	enum hc_status rc;

	if ((rc = load_all(f, &lists, &s, &counts)) == HC_OK &&
	    (rc = begin_unlisted(f, s, &job)) == HC_OK)
		rc = look(f, s, &lists, counts, add_unlisted, &job);
	free(counts);
	hc_worklist_clear(&lists);
	hc_situation_free(s);
	return rc;
}
