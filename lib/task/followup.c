/* Who is asked, and how many stand on each list. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/value.h"
#include "task/worklist.h"

#include "task/followup.h"

void
hc_followup_clear(struct hc_followup *f)
{
	hc_table_free(f->table);
	free(f->persons);
	f->table = NULL;
	f->persons = NULL;
	f->npersons = f->persons_room = 0;
}

enum hc_status
hc_followup_note(struct hc_followup *f, int64_t person)
{
	int64_t *grown;
	size_t room;

	if (person == 0)	/* nobody knows who asked */
		return HC_OK;
	if (f->npersons == f->persons_room) {
		room = f->persons_room ? f->persons_room * 2 : 256;
		grown = realloc(f->persons, room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(f->store->db);
		f->persons = grown;
		f->persons_room = room;
	}
	f->persons[f->npersons++] = person;
	return HC_OK;
}

/* ---- Who is asked ---- */

enum { DUE_EPISODE, DUE_PERSON, DUE_PURPOSE, DUE_DAY, DUE_SLOT, DUE_EMAIL,
    DUE_LANGUAGE, DUE_UNTIL, DUE_REASON, DUE_COLUMNS };

static const char *const due_wants[] = { "observed", "answered",
    "mailed", "mail_failed", "has_email", "mail_ok", "person.email",
    "language", "observe_until", "episode", "person", "day", "slot" };
enum { OBSERVED, ANSWERED, MAILED, MAIL_FAILED, HAS_EMAIL, MAIL_OK,
    EMAIL, LANGUAGE, UNTIL, EPISODE, PERSON, DAY, SLOT, DUE_WANTS };

static bool
says(const char *value, const char *wanted)
{
	return value != NULL && strcmp(value, wanted) == 0;
}

static enum hc_status
due_row(struct hc_followup *f, struct hc_situation *s, const int *slots,
    bool remind)
{
	const char *v[DUE_WANTS], *cells[DUE_COLUMNS];
	int i;

	for (i = 0; i < DUE_WANTS; i++)
		v[i] = hc_situation_value(s, slots[i]);
	if (!says(v[OBSERVED], "1") || says(v[ANSWERED], "1") ||
	    (remind && !says(v[MAILED], "1")))
		return HC_OK;
	cells[DUE_EPISODE] = v[EPISODE];
	cells[DUE_PERSON] = v[PERSON];
	cells[DUE_PURPOSE] = remind ? "reminder" : "daily";
	cells[DUE_DAY] = v[DAY];
	cells[DUE_SLOT] = v[SLOT];
	cells[DUE_EMAIL] = v[EMAIL];
	cells[DUE_LANGUAGE] = v[LANGUAGE];
	cells[DUE_UNTIL] = v[UNTIL];
	cells[DUE_REASON] = says(v[HAS_EMAIL], "0") ? "no_email" :
	    says(v[MAIL_OK], "0") ? "mail_off" :
	    says(v[MAIL_FAILED], "1") ? "mail_failed" : NULL;
	if (hc_table_row(f->table, cells) != HC_OK)
		return hc_db_nomem(f->store->db);
	return hc_followup_note(f, hc_situation_person(s));
}

/* The round of today that runs; before the first, the first. */
static enum hc_status
choose_round(struct hc_followup *f, struct hc_situation *s, int slot)
{
	int32_t today;

	if (slot < 0 || slot > hc_situation_plan(s)->slots)
		return hc_db_fail(f->store->db, HC_INVALID, _("there is no "
		    "round %d: setting 'slots' says %d a day"), slot,
		    hc_situation_plan(s)->slots);
	hc_date_parse_iso(f->clock->today, &today);
	if (slot == 0)
		slot = hc_situation_round(s)->day == today ?
		    hc_situation_round(s)->slot : 1;
	hc_situation_set_round(s, today, slot);
	return HC_OK;
}

static enum hc_status
due_rows(struct hc_followup *f, struct hc_situation *s, bool remind)
{
	int slots[DUE_WANTS];
	enum hc_status rc = HC_OK;
	int i;

	for (i = 0; rc == HC_OK && i < DUE_WANTS; i++)
		rc = hc_situation_want(s, due_wants[i], &slots[i],
		    hc_db_error_buffer(f->store->db));
	if (rc == HC_OK)
		rc = hc_situation_begin(s, NULL);
	while (rc == HC_OK && (rc = hc_situation_next(s)) == HC_OK)
		rc = due_row(f, s, slots, remind);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_followup_due(struct hc_followup *f, int slot, bool remind)
{
	static const struct hc_table_word why[] = {
		{ "no_email", N_("no mail address") },
		{ "mail_off", N_("wants no mail") },
		{ "mail_failed", N_("mail failed") },
		{ NULL, NULL }
	};
	const struct hc_table_column columns[DUE_COLUMNS] = {
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "person", _("person"), HC_TYPE_REF },
		hc_value_column_of(f->store->catalogue, "message", "purpose"),
		{ "day", _("day"), HC_TYPE_DATE },
		{ "slot", _("round"), HC_TYPE_INTEGER },
		{ "email", _("e-mail address"), HC_TYPE_EMAIL },
		hc_value_column_of(f->store->catalogue, "person", "language"),
		{ "until", _("observed until"), HC_TYPE_DATE },
		{ "reason", _("why no mail"), HC_TYPE_TEXT,
		    hc_table_show_words, why },
	};
	struct hc_situation *s = NULL;
	enum hc_status rc;

	if (hc_table_new(&f->table, columns, DUE_COLUMNS) != HC_OK)
		return hc_db_nomem(f->store->db);
	if ((rc = hc_situation_new(&s, f->store, f->clock)) == HC_OK &&
	    (rc = choose_round(f, s, slot)) == HC_OK)
		rc = due_rows(f, s, remind);
	hc_situation_free(s);
	return rc;
}

/* ---- Counts ---- */

enum { R_ANSWERED, R_REACHED, R_EXPECTED, R_LATER, R_UNOBSERVED, R_NONE,
    REASONS };

static const struct {
	const char *name, *label;
} reasons[REASONS] = {
	{ "answered", N_("answered and well: on no list") },
	{ "reached", N_("reached by telephone: on no list") },
	{ "expected", N_("answer expected: on no list") },
	{ "later", N_("observation not begun: on no list") },
	{ "unobserved", N_("not observed by the rules: on no list") },
	{ "none", N_("on no list, without a reason") },
};

static const char *const reason_wants[] = { "observed", "answered",
    "reached", "overdue", "observe_from", "policy" };
enum { W_OBSERVED, W_ANSWERED, W_REACHED, W_OVERDUE, W_FROM, W_POLICY,
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
		return says(v[W_OVERDUE], "1") ? R_NONE : R_EXPECTED;
	}
	if (v[W_FROM] != NULL && strcmp(v[W_FROM], f->clock->today) > 0)
		return R_LATER;
	return v[W_POLICY] != NULL ? R_UNOBSERVED : R_NONE;
}

static enum hc_status
count_all(struct hc_followup *f, struct hc_situation *s,
    const struct hc_worklists *lists, int64_t *counts)
{
	int slots[REASON_WANTS], i;
	enum hc_status rc = HC_OK;
	int64_t points;
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
			    hc_worklist_stands(&lists->items[l], &points,
			    NULL)) {
				counts[l]++;
				any = true;
			}
		if (!any)
			counts[lists->len +
			    (size_t)find_reason(f, s, slots)]++;
	}
	hc_situation_end(s);
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
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

enum hc_status
hc_followup_lists(struct hc_followup *f)
{
	struct hc_worklists lists = { 0 };
	struct hc_situation *s = NULL;
	int64_t *counts = NULL;
	enum hc_status rc;

	if ((rc = hc_situation_new(&s, f->store, f->clock)) != HC_OK ||
	    (rc = hc_worklist_load(&lists, f->store, s, NULL)) != HC_OK)
		goto out;
	if ((counts = calloc(lists.len + REASONS, sizeof(*counts))) == NULL) {
		rc = hc_db_nomem(f->store->db);
		goto out;
	}
	if ((rc = count_all(f, s, &lists, counts)) == HC_OK)
		rc = count_rows(f, &lists, counts);
out:
	free(counts);
	hc_worklist_clear(&lists);
	hc_situation_free(s);
	return rc;
}
