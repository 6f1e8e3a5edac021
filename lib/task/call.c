/* Calls and the reports that they bring. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/check.h"
#include "record/record.h"
#include "record/value.h"
#include "task/claim.h"
#include "task/desk.h"
#include "task/round.h"

#include "task/call.h"

struct work {
	struct hc_store *store;
	const struct hc_expr_clock *clock;
	struct hc_call *call;
	struct hc_row *said;		/* the call */
	struct hc_row *report;		/* the observation, or NULL */
	struct hc_value_rule rule;
};

static enum hc_status
set(struct work *w, struct hc_row *row, const char *name, const char *text)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);

	if (f == NULL)
		return hc_db_fail(w->store->db, HC_CONFIG,
		    _("the catalogue has no '%s' of '%s'"), name,
		    row->entity->name);
	if (hc_row_set(row, f, text) != HC_OK)
		return hc_db_nomem(w->store->db);
	return HC_OK;
}

/* What the program sets itself is not for the command line. */
static bool
is_ours(const char *name)
{
	static const char *const ours[] = { "episode", "observation", "staff",
	    "invitation", "submission", "amends", "via", NULL };
	size_t i;

	for (i = 0; ours[i] != NULL; i++)
		if (strcmp(ours[i], name) == 0)
			return true;
	return false;
}

static enum hc_status
unknown(struct work *w, const char *name)
{
	const struct hc_entity *e = hc_catalogue_entity(w->store->catalogue,
	    "observation");
	const char *near = hc_catalogue_near_field(e, name);

	if (near != NULL && !is_ours(near))
		return hc_db_fail(w->store->db, HC_INVALID, _("unknown field "
		    "'%s', did you mean '%s'?"), name, near);
	return hc_db_fail(w->store->db, HC_INVALID, _("unknown field '%s'"),
	    name);
}

/* "15:30" alone is that time today. */
static bool
read_time(struct work *w, const char *text, char at[HC_INSTANT_SIZE])
{
	int32_t today;
	int minute;

	if (hc_time_read(text, &minute, NULL) != HC_OK ||
	    hc_date_parse_iso(w->clock->today, &today) != HC_OK)
		return false;
	hc_instant_format(hc_instant_make(today, minute, w->clock->zone), at);
	return true;
}

static enum hc_status
read_value(struct work *w, struct hc_row *row, const struct hc_field *f,
    const char *text)
{
	struct hc_buf value = HC_BUF_INIT;
	struct hc_error err = { "" };
	char at[HC_INSTANT_SIZE];
	enum hc_status rc;

	if (f->type == HC_TYPE_INSTANT && read_time(w, text, at))
		return set(w, row, f->name, at);
	rc = hc_value_read(f, &w->rule, text, &value, &err);
	if (rc == HC_OK)
		rc = hc_value_check(f, w->clock->today, hc_buf_text(&value),
		    &err);
	if (rc == HC_OK)
		rc = set(w, row, f->name, hc_buf_text(&value));
	else if (rc == HC_NOTFOUND)
		rc = HC_OK;	/* empty: nothing was said of it */
	else if (rc == HC_NOMEM)
		rc = hc_db_nomem(w->store->db);
	else
		rc = hc_db_fail(w->store->db, rc, "%s: %s", f->name,
		    err.text);
	hc_buf_free(&value);
	return rc;
}

/* By its name, its label or a heading that means it: "cough", "咳". */
static const struct hc_field *
find_field(const struct hc_entity *e, const char *name)
{
	const struct hc_field *f = hc_catalogue_field(e, name);
	size_t i;

	for (i = 0; f == NULL && i < e->nfields; i++)
		if (strcmp(e->fields[i]->label_ja, name) == 0 ||
		    strcmp(e->fields[i]->label_en, name) == 0 ||
		    (e->fields[i]->headings != NULL && hc_catalogue_has(
		    e->fields[i]->headings, '|', name, strlen(name))))
			f = e->fields[i];
	return f == NULL || f->retired || is_ours(f->name) ? NULL : f;
}

static enum hc_status
read_field(struct work *w, const char *name, const char *text)
{
	const struct hc_field *f = find_field(w->said->entity, name);
	struct hc_row *row = w->said;

	if (f != NULL && strcmp(f->name, "day") == 0)
		f = NULL;	/* a report for another day */
	if (f == NULL) {
		if (w->report == NULL && hc_row_new(&w->report,
		    hc_catalogue_entity(w->store->catalogue,
		    "observation")) != HC_OK)
			return hc_db_nomem(w->store->db);
		row = w->report;
		f = find_field(row->entity, name);
	}
	if (f == NULL)
		return unknown(w, name);
	return read_value(w, row, f, text);
}

static enum hc_status
check(struct work *w, struct hc_row *row)
{
	struct hc_check *c = NULL;
	enum hc_status rc;

	if ((rc = hc_check_new(&c, w->store, row->entity)) == HC_OK)
		rc = hc_check_row(c, row, w->clock, NULL, NULL);
	hc_check_free(c);
	return rc;
}

/* Episode, time, round and staff, for both records. */
static enum hc_status
fill(struct work *w, struct hc_row *row, const struct hc_round *round)
{
	char episode[24], day[HC_DATE_SIZE], slot[8], staff[24] = "";
	enum hc_status rc;
	int64_t me;

	snprintf(episode, sizeof(episode), "%" PRId64, w->call->episode);
	snprintf(slot, sizeof(slot), "%d", round->slot);
	hc_date_format(round->day, day);
	if ((rc = set(w, row, "episode", episode)) != HC_OK ||
	    (rc = hc_desk_staff(w->store, &me)) != HC_OK)
		return rc;
	if (me != 0)
		snprintf(staff, sizeof(staff), "%" PRId64, me);
	if ((rc = set(w, row, "staff", staff)) != HC_OK)
		return rc;
	if (hc_row_value(row, "at") == NULL &&
	    (rc = set(w, row, "at", row == w->report ?
	    hc_row_value(w->said, "at") : w->clock->now)) != HC_OK)
		return rc;
	if (hc_row_value(row, "day") == NULL)
		rc = set(w, row, "day", day);
	if (rc == HC_OK && row == w->report &&
	    hc_row_value(row, "slot") == NULL)
		rc = set(w, row, "slot", slot);
	return rc;
}

static enum hc_status
save_report(struct work *w, const struct hc_round *round)
{
	enum hc_status rc;
	char number[24];

	if (w->report == NULL)
		return HC_OK;
	if ((rc = fill(w, w->report, round)) != HC_OK ||
	    (rc = set(w, w->report, "via", "phone")) != HC_OK)
		return rc;
	if (hc_row_value(w->report, "by") == NULL &&
	    (rc = set(w, w->report, "by", "self")) != HC_OK)
		return rc;
	if ((rc = check(w, w->report)) != HC_OK ||
	    (rc = hc_record_insert(w->store, w->report)) != HC_OK)
		return rc;
	w->call->observation = w->report->id;
	snprintf(number, sizeof(number), "%" PRId64, w->report->id);
	return set(w, w->said, "observation", number);
}

/* Nobody there: try again in some hours. */
static enum hc_status
set_next(struct work *w, const char *outcome)
{
	char at[HC_INSTANT_SIZE];
	enum hc_status rc;
	int64_t now;
	int hours;

	if (hc_row_value(w->said, "next_at") != NULL ||
	    (strcmp(outcome, "no_answer") != 0 &&
	    strcmp(outcome, "voicemail") != 0 &&
	    strcmp(outcome, "busy") != 0))
		return HC_OK;
	if ((rc = hc_store_setting_number(w->store, "no_answer_hours", 2,
	    &hours)) != HC_OK)
		return rc;
	if (hours <= 0 ||
	    hc_instant_parse(hc_row_value(w->said, "at"), &now) != HC_OK)
		return HC_OK;
	hc_instant_format(now + hours * INT64_C(3600), at);
	return set(w, w->said, "next_at", at);
}

static enum hc_status
save(struct work *w)
{
	struct hc_round_plan plan;
	struct hc_round round;
	const char *outcome;
	enum hc_status rc;
	int64_t now;

	if ((rc = hc_round_plan_load(w->store, w->clock->zone, &plan)) !=
	    HC_OK)
		return rc;
	if (hc_instant_parse(w->clock->now, &now) != HC_OK)
		return HC_INVALID;
	hc_round_at(&plan, now, &round);
	if (w->report != NULL && hc_row_value(w->said, "outcome") == NULL &&
	    (rc = set(w, w->said, "outcome", "reached")) != HC_OK)
		return rc;
	if ((rc = fill(w, w->said, &round)) != HC_OK ||
	    (rc = save_report(w, &round)) != HC_OK)
		return rc;
	outcome = hc_row_value(w->said, "outcome");
	if (outcome != NULL && (rc = set_next(w, outcome)) != HC_OK)
		return rc;
	if ((rc = check(w, w->said)) != HC_OK ||
	    (rc = hc_record_insert(w->store, w->said)) != HC_OK)
		return rc;
	w->call->call = w->said->id;
	if (hc_row_value(w->said, "next_at") != NULL)
		snprintf(w->call->next_at, sizeof(w->call->next_at), "%s",
		    hc_row_value(w->said, "next_at"));
	return HC_OK;
}

enum hc_status
hc_call_save(struct hc_store *store, const struct hc_expr_clock *clock,
    struct hc_call *call)
{
	struct work w = { .store = store, .clock = clock, .call = call };
	enum hc_status rc;
	size_t i;

	hc_value_rule_plain(&w.rule, store->office, clock->today,
	    clock->zone);
	if (hc_row_new(&w.said, hc_catalogue_entity(store->catalogue,
	    "call")) != HC_OK)
		return hc_db_nomem(store->db);
	rc = hc_desk_episode(store, &call->who, &call->episode);
	for (i = 0; rc == HC_OK && i < call->len; i++)
		rc = read_field(&w, call->pairs[i].name,
		    call->pairs[i].value);
	if (rc == HC_OK && (rc = save(&w)) == HC_OK)
		rc = hc_claim_end(store, call->episode);
	hc_row_free(w.said);
	hc_row_free(w.report);
	return rc;
}
