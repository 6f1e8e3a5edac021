/* Who is asked, and whose records were looked at. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/value.h"

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
    "mailed", "paused", "mail_failed", "has_email", "mail_ok", "person.email",
    "language", "observe_until", "episode", "person", "day", "slot" };
enum { OBSERVED, ANSWERED, MAILED, PAUSED, MAIL_FAILED, HAS_EMAIL, MAIL_OK,
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
	    says(v[PAUSED], "1") || (remind && !says(v[MAILED], "1")))
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
