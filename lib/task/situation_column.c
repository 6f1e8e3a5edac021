/* The columns of the situation, one function each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/age.h"
#include "base/i18n.h"
#include "base/int.h"

#include "task/situation_part.h"

#define N(need) (UINT32_C(1) << HC_NEED_##need)
#define F(feed) (1u << HC_SITUATION_##feed)

static const char *const needs[HC_SITUATION_NEEDS] = {
	"episode.number", "episode.kind", "episode.age",
	"person.birth_date", "episode.symptomatic", "episode.onset_date",
	"episode.risk_factors", "episode.diagnosed_date",
	"episode.sampled_date", "episode.last_exposure_date",
	"episode.observe_from", "episode.observe_until",
	"episode.died_date", "episode.severity", "episode.next_call_at",
	"person.email", "person.mail_ok", "episode.no_mail",
	"person.language", "episode.paused_until",
};

static const char *
number(struct hc_situation_slot *slot, int64_t n)
{
	char text[HC_INT_SIZE];

	hc_buf_puts(&slot->buf, hc_int_format(n, 0, text));
	return hc_buf_text(&slot->buf);
}

static const char *
yes(bool holds)
{
	return holds ? "1" : "0";
}

static bool
is_yes(const char *text)
{
	return text != NULL && strcmp(text, "1") == 0;
}

/* A date's day, HC_DATE_NONE where there is none. */
static int32_t
day_of(const char *text)
{
	int32_t day;

	if (text == NULL || hc_date_parse_iso(text, &day) != HC_OK)
		return HC_DATE_NONE;
	return day;
}

static int64_t
instant_of(const char *text)
{
	int64_t at;

	return text != NULL && hc_instant_parse(text, &at) == HC_OK ? at : 0;
}

/* Days from ${day} to today; NULL without it. */
static const char *
days_since(struct hc_situation *s, struct hc_situation_slot *slot,
    int32_t day)
{
	return day != HC_DATE_NONE ? number(slot, s->today - day) : NULL;
}

static const char *
get_id(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return number(slot, s->f.episode);
}

static const char *
get_person(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return number(slot, s->f.person);
}

static const char *
get_age(struct hc_situation *s, struct hc_situation_slot *slot)
{
	const char *age = hc_situation_need(s, HC_NEED_AGE);
	int32_t birth;

	if (age != NULL)
		return age;
	birth = day_of(hc_situation_need(s, HC_NEED_BIRTH));
	if (birth == HC_DATE_NONE || birth > s->today)
		return NULL;
	return number(slot, hc_age_at(birth, s->today));
}

static const char *
get_symptomatic(struct hc_situation *s, struct hc_situation_slot *slot)
{
	const char *stated = hc_situation_need(s, HC_NEED_SYMPTOMATIC);

	(void)slot;
	if (hc_situation_need(s, HC_NEED_ONSET) != NULL)
		return "1";
	return stated;
}

static const char *
get_risk_count(struct hc_situation *s, struct hc_situation_slot *slot)
{
	const char *p = hc_situation_need(s, HC_NEED_RISKS);
	int64_t n = p != NULL;

	for (; p != NULL && *p != '\0'; p++)
		n += *p == ';';
	return number(slot, n);
}

static const char *
get_language(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return hc_situation_need(s, HC_NEED_LANGUAGE);
}

static const char *
put_day(struct hc_situation_slot *slot, int32_t day)
{
	char text[HC_DATE_SIZE];

	hc_date_format(day, text);
	hc_buf_puts(&slot->buf, text);
	return hc_buf_text(&slot->buf);
}

static const char *
get_day(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return put_day(slot, s->round.day);
}

static const char *
get_slot(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return number(slot, s->round.slot);
}

/* The last day of observation: as stated, else by the policy. */
static const char *
until(struct hc_situation *s)
{
	const char *stated = hc_situation_need(s, HC_NEED_UNTIL);

	if (stated != NULL)
		return stated;
	hc_situation_policy_find(s);
	return s->f.policy_until[0] != '\0' ? s->f.policy_until : NULL;
}

/* A policy without an end says that nobody is observed under it. */
static bool
nobody_observed(struct hc_situation *s)
{
	if (hc_situation_need(s, HC_NEED_UNTIL) != NULL)
		return false;
	hc_situation_policy_find(s);
	return s->f.policy != NULL && s->f.policy->until == NULL;
}

static bool
observed(struct hc_situation *s)
{
	int32_t from = day_of(hc_situation_need(s, HC_NEED_FROM));
	int32_t died = day_of(hc_situation_need(s, HC_NEED_DIED));
	const char *severity = hc_situation_need(s, HC_NEED_SEVERITY);
	int32_t end = day_of(until(s)), day = s->round.day;

	if (from != HC_DATE_NONE && from > day)
		return false;
	if (end != HC_DATE_NONE && end < day)
		return false;
	if (died != HC_DATE_NONE && died <= s->today)
		return false;
	if (severity != NULL && strcmp(severity, "dead") == 0)
		return false;
	return !nobody_observed(s);
}

static const char *
get_observed(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(observed(s));
}

/* Who came under observation after the round's ask time and has no mail of
   this round was not asked in it.  A time after "now" says nothing: then
   the question is about a day in the past. */
static bool
came_late(struct hc_situation *s)
{
	int64_t created = instant_of(s->created_at);

	return created > s->round.ask_at && created <= s->now &&
	    !s->f.round_mail.there;
}

/* Nobody asks them in this round: a day off, or a pause of their own. */
static bool
paused(struct hc_situation *s)
{
	int32_t until = day_of(hc_situation_need(s, HC_NEED_PAUSED));

	return s->day_off || (until != HC_DATE_NONE && until >= s->round.day);
}

static const char *
get_paused(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(paused(s));
}

static bool
asked(struct hc_situation *s)
{
	return s->now >= s->round.ask_at && observed(s) && !paused(s) &&
	    !came_late(s);
}

static const char *
get_asked(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(asked(s));
}

static const char *
get_answered(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(s->f.answered);
}

static const char *
get_answered_at(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return s->f.answered_at;
}

/* Who was asked late has as much time as the others had. */
static bool
past_cutoff(struct hc_situation *s)
{
	int64_t late = s->f.asked_at - s->round.ask_at;

	if (late < 0 || s->f.asked_at > s->now)
		late = 0;
	return s->now >= s->round.cutoff_at + late;
}

static const char *
get_past_cutoff(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(past_cutoff(s));
}

static const char *
get_overdue(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(!s->f.answered && past_cutoff(s) && asked(s));
}

static const char *
get_hours_silent(struct hc_situation *s, struct hc_situation_slot *slot)
{
	int32_t from = day_of(hc_situation_need(s, HC_NEED_FROM));
	int64_t since = instant_of(s->f.last_at);

	if (since == 0 && s->f.reports > 0)
		since = hc_instant_make(s->f.last_day, 0, s->clock->zone);
	if (since == 0 && from == HC_DATE_NONE)
		return NULL;
	if (since == 0)
		since = hc_instant_make(from, 0, s->clock->zone);
	return number(slot, since > s->now ? 0 : (s->now - since) / 3600);
}

static const char *
get_days_silent(struct hc_situation *s, struct hc_situation_slot *slot)
{
	int32_t last = s->f.last_day;

	if (s->f.reports == 0) {
		last = day_of(hc_situation_need(s, HC_NEED_FROM));
		if (last == HC_DATE_NONE)
			return NULL;
		last--;
	}
	return number(slot, last > s->round.day ? 0 : s->round.day - last);
}

static const char *
get_reports(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return number(slot, s->f.reports);
}

static const char *
get_last_at(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return s->f.last_at;
}

static const char *
get_last_day(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return s->f.reports > 0 ? put_day(slot, s->f.last_day) : NULL;
}

static const char *
get_last_slot(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return s->f.reports > 0 ? number(slot, s->f.last_slot) : NULL;
}

static const char *
get_any_flag(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return s->f.reports > 0 ? yes(s->f.flags != 0) : NULL;
}

static const char *
get_flags(struct hc_situation *s, struct hc_situation_slot *slot)
{
	size_t i;

	for (i = 0; i < s->nflags; i++)
		if (s->f.flags & UINT64_C(1) << i)
			hc_buf_printf(&slot->buf, "%s%s",
			    slot->buf.len > 0 ? ";" : "", s->flags[i].name);
	return hc_buf_text(&slot->buf);
}

static int64_t
count_symptoms(const struct hc_situation *s,
    const struct hc_situation_report *report)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < s->nobs; i++)
		n += s->symptom[i] && report->cells[i].there &&
		    report->cells[i].n == 1;
	return n;
}

static const char *
get_items(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return s->f.reports > 0 ?
	    number(slot, count_symptoms(s, &s->worst)) : NULL;
}

static const char *
get_previous_items(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return s->f.previous_day != HC_DATE_NONE ?
	    number(slot, count_symptoms(s, &s->previous)) : NULL;
}

static const char *
get_max_3d(struct hc_situation *s, struct hc_situation_slot *slot)
{
	char text[HC_INT_SIZE];

	if (s->f.max_3d == INT64_MIN)
		return NULL;
	hc_buf_puts(&slot->buf, hc_int_format(s->f.max_3d, 1, text));
	return hc_buf_text(&slot->buf);
}

static const char *
get_fever_days(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return number(slot, s->f.fever_run);
}

/* Days up to the last report since ${bad}, or since the first report. */
static const char *
days_free(struct hc_situation *s, struct hc_situation_slot *slot,
    int32_t bad)
{
	if (s->f.reports == 0)
		return NULL;
	if (bad == HC_DATE_NONE)
		bad = s->f.first_day - 1;
	return number(slot, s->f.last_day - bad);
}

static const char *
get_days_well(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return days_free(s, slot, s->f.ill_day);
}

static const char *
get_days_cool(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return days_free(s, slot, s->f.fever_day);
}

static const char *
get_tries(struct hc_situation *s, struct hc_situation_slot *slot)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < s->f.ncalls; i++)
		n += s->f.calls[i].day == s->round.day;
	return number(slot, n);
}

static const char *
get_unreached(struct hc_situation *s, struct hc_situation_slot *slot)
{
	int64_t n = 0;
	size_t i;

	for (i = s->f.ncalls; i > 0 && !s->f.calls[i - 1].reached; i--)
		n++;
	return number(slot, n);
}

static const char *
get_reached(struct hc_situation *s, struct hc_situation_slot *slot)
{
	bool reached = false;
	size_t i;

	(void)slot;
	for (i = 0; i < s->f.ncalls; i++)
		reached = reached || (s->f.calls[i].reached &&
		    s->f.calls[i].day == s->round.day);
	return yes(reached);
}

static const char *
get_reached_at(struct hc_situation *s, struct hc_situation_slot *slot)
{
	size_t i;

	(void)slot;
	for (i = s->f.ncalls; i > 0; i--)
		if (s->f.calls[i - 1].reached)
			return s->f.calls[i - 1].at;
	return NULL;
}

static const char *
get_outcome(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return s->f.ncalls > 0 ? s->f.calls[s->f.ncalls - 1].outcome : NULL;
}

/* The time agreed last that lies after the last call; instants of one form
   compare as texts. */
static const char *
get_next_call(struct hc_situation *s, struct hc_situation_slot *slot)
{
	const char *kept = hc_situation_need(s, HC_NEED_CALL_AT);
	const char *last = "";
	size_t i;

	(void)slot;
	if (s->f.ncalls > 0)
		last = s->f.calls[s->f.ncalls - 1].at;
	for (i = s->f.ncalls; i > 0; i--)
		if (strcmp(s->f.calls[i - 1].next_at, last) > 0)
			return s->f.calls[i - 1].next_at;
	return kept != NULL && strcmp(kept, last) > 0 ? kept : NULL;
}

static const char *
get_has_phone(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(s->f.phones.len > 0);
}

static const char *
get_phones(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return hc_buf_text(&s->f.phones);
}

static const char *
get_has_email(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(hc_situation_need(s, HC_NEED_EMAIL) != NULL);
}

static const char *
get_mail_ok(struct hc_situation *s, struct hc_situation_slot *slot)
{
	const char *ok = hc_situation_need(s, HC_NEED_MAIL_OK);

	(void)slot;
	return yes((ok == NULL || is_yes(ok)) &&
	    !is_yes(hc_situation_need(s, HC_NEED_NO_MAIL)));
}

/* What the feeds put where: see situation_feed.c. */
enum { MAIL_STATE, MAIL_BOUNCED, MAIL_DAY, MAIL_SLOT };

static const char *
pick(const struct hc_situation_pick *p, int column)
{
	return p->there ? p->text[column] : NULL;
}

static const char *
get_mailed(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return yes(s->f.asked_at != 0);
}

static const char *
get_mail_state(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return pick(s->f.round_mail.there ? &s->f.round_mail : &s->f.mail,
	    MAIL_STATE);
}

static const char *
get_mail_failed(struct hc_situation *s, struct hc_situation_slot *slot)
{
	const struct hc_situation_pick *m = &s->f.mail;
	int32_t day;
	int round;

	(void)slot;
	if (!m->there || (strcmp(m->text[MAIL_STATE], "failed") != 0 &&
	    m->text[MAIL_BOUNCED][0] == '\0'))
		return "0";
	day = day_of(m->text[MAIL_DAY]);
	round = (int)strtol(m->text[MAIL_SLOT], NULL, 10);
	return yes(s->f.reports == 0 || s->f.last_day < day ||
	    (s->f.last_day == day && s->f.last_slot < round));
}

static const char *
get_pick(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return pick(strncmp(slot->name, "stay_", 5) == 0 ? &s->f.stay :
	    &s->f.test, slot->index);
}

static const char *
get_tests(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return number(slot, s->f.tests);
}

static const char *
get_activities(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return number(slot, s->f.activities);
}

static const char *
get_policy(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	hc_situation_policy_find(s);
	return s->f.policy != NULL ? s->f.policy->name : NULL;
}

static const char *
get_policy_until(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	hc_situation_policy_find(s);
	return s->f.policy_until;
}

static const char *
get_until(struct hc_situation *s, struct hc_situation_slot *slot)
{
	(void)slot;
	return until(s);
}

static const char *
get_days_left(struct hc_situation *s, struct hc_situation_slot *slot)
{
	int32_t end = day_of(until(s));

	return end != HC_DATE_NONE ? number(slot, end - s->today) : NULL;
}

static const char *
get_since_onset(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return days_since(s, slot,
	    day_of(hc_situation_need(s, HC_NEED_ONSET)));
}

static const char *
get_since_diagnosis(struct hc_situation *s, struct hc_situation_slot *slot)
{
	int32_t day = day_of(hc_situation_need(s, HC_NEED_DIAGNOSED));

	if (day == HC_DATE_NONE)
		day = day_of(hc_situation_need(s, HC_NEED_SAMPLED));
	return days_since(s, slot, day);
}

static const char *
get_since_exposure(struct hc_situation *s, struct hc_situation_slot *slot)
{
	return days_since(s, slot,
	    day_of(hc_situation_need(s, HC_NEED_EXPOSURE)));
}

#define ASKED (OBSERVED | N(PAUSED))
#define OBSERVED (N(FROM) | N(UNTIL) | N(DIED) | N(SEVERITY) | N(KIND))
#define ILL 1u		/* asks for the symptom items */
#define FLAGS 2u	/* asks for the red flags */
#define PERIOD 4u	/* asks for the policies */
#define RECENT 8u	/* the rounds of reports of a few days will do */

static const struct column {
	const char *name;
	const char *(*get)(struct hc_situation *s,
	    struct hc_situation_slot *slot);
	unsigned int feeds;
	uint32_t needs;
	unsigned int more;
	int index;
} columns[] = {
	{ "episode", get_id, 0, 0, 0, 0 },
	{ "person", get_person, 0, 0, 0, 0 },
	{ "age", get_age, 0, N(AGE) | N(BIRTH), 0, 0 },
	{ "symptomatic", get_symptomatic, 0, N(SYMPTOMATIC) | N(ONSET), 0, 0 },
	{ "risk_count", get_risk_count, 0, N(RISKS), 0, 0 },
	{ "language", get_language, 0, N(LANGUAGE), 0, 0 },
	{ "day", get_day, 0, 0, 0, 0 },
	{ "slot", get_slot, 0, 0, 0, 0 },
	{ "observed", get_observed, 0, OBSERVED, PERIOD, 0 },
	{ "paused", get_paused, 0, N(PAUSED), 0, 0 },
	{ "asked", get_asked, F(MAILS), ASKED, PERIOD, 0 },
	{ "answered", get_answered, F(REPORTS), 0, RECENT, 0 },
	{ "answered_at", get_answered_at, F(REPORTS), 0, 0, 0 },
	{ "past_cutoff", get_past_cutoff, F(MAILS), 0, 0, 0 },
	{ "overdue", get_overdue, F(MAILS) | F(REPORTS), ASKED,
	    PERIOD | RECENT, 0 },
	{ "hours_silent", get_hours_silent, F(REPORTS), N(FROM), 0, 0 },
	{ "days_silent", get_days_silent, F(REPORTS), N(FROM), 0, 0 },
	{ "reports", get_reports, F(REPORTS), 0, 0, 0 },
	{ "last_at", get_last_at, F(REPORTS), 0, 0, 0 },
	{ "last_day", get_last_day, F(REPORTS), 0, 0, 0 },
	{ "last_slot", get_last_slot, F(REPORTS), 0, 0, 0 },
	{ "any_red_flag", get_any_flag, F(REPORTS), 0, FLAGS, 0 },
	{ "red_flags", get_flags, F(REPORTS), 0, FLAGS, 0 },
	{ "unwell_items", get_items, F(REPORTS), 0, ILL, 0 },
	{ "previous_unwell_items", get_previous_items, F(REPORTS), 0, ILL,
	    0 },
	{ "max_temperature_3d", get_max_3d, F(REPORTS), 0, 0, 0 },
	{ "fever_days", get_fever_days, F(REPORTS), 0, 0, 0 },
	{ "days_without_symptoms", get_days_well, F(REPORTS), 0, ILL, 0 },
	{ "days_without_fever", get_days_cool, F(REPORTS), 0, 0, 0 },
	{ "tries", get_tries, F(CALLS), 0, 0, 0 },
	{ "tries_unreached", get_unreached, F(CALLS), 0, 0, 0 },
	{ "reached", get_reached, F(CALLS), 0, 0, 0 },
	{ "reached_at", get_reached_at, F(CALLS), 0, 0, 0 },
	{ "last_outcome", get_outcome, F(CALLS), 0, 0, 0 },
	{ "next_call_at", get_next_call, F(CALLS), N(CALL_AT), 0, 0 },
	{ "has_phone", get_has_phone, F(PHONES), 0, 0, 0 },
	{ "phones", get_phones, F(PHONES), 0, 0, 0 },
	{ "has_email", get_has_email, 0, N(EMAIL), 0, 0 },
	{ "mail_ok", get_mail_ok, 0, N(MAIL_OK) | N(NO_MAIL), 0, 0 },
	{ "mailed", get_mailed, F(MAILS), 0, 0, 0 },
	{ "mail_state", get_mail_state, F(MAILS), 0, 0, 0 },
	{ "mail_failed", get_mail_failed, F(MAILS) | F(REPORTS), 0, RECENT,
	    0 },
	{ "stay_kind", get_pick, F(STAYS), 0, 0, 0 },
	{ "stay_facility", get_pick, F(STAYS), 0, 0, 1 },
	{ "stay_room", get_pick, F(STAYS), 0, 0, 2 },
	{ "stay_begin_date", get_pick, F(STAYS), 0, 0, 3 },
	{ "stay_requested_at", get_pick, F(STAYS), 0, 0, 4 },
	{ "stay_severity", get_pick, F(STAYS), 0, 0, 5 },
	{ "test_requested_at", get_pick, F(TESTS), 0, 0, 0 },
	{ "test_slot_at", get_pick, F(TESTS), 0, 0, 1 },
	{ "test_sampled_date", get_pick, F(TESTS), 0, 0, 2 },
	{ "test_result", get_pick, F(TESTS), 0, 0, 3 },
	{ "test_result_date", get_pick, F(TESTS), 0, 0, 4 },
	{ "test_told_at", get_pick, F(TESTS), 0, 0, 5 },
	{ "tests", get_tests, F(TESTS), 0, 0, 0 },
	{ "activities", get_activities, F(ACTIVITIES), 0, 0, 0 },
	{ "policy", get_policy, 0, N(KIND), PERIOD, 0 },
	{ "policy_until", get_policy_until, 0, N(KIND), PERIOD, 0 },
	{ "observe_until", get_until, 0, N(KIND) | N(UNTIL), PERIOD, 0 },
	{ "days_left", get_days_left, 0, N(KIND) | N(UNTIL), PERIOD, 0 },
	{ "days_since_onset", get_since_onset, 0, N(ONSET), 0, 0 },
	{ "days_since_diagnosis", get_since_diagnosis, 0,
	    N(DIAGNOSED) | N(SAMPLED), 0, 0 },
	{ "days_since_exposure", get_since_exposure, 0, N(EXPOSURE), 0, 0 },
};

static enum hc_status
ask_for(struct hc_situation *s, uint32_t wanted, struct hc_error *err)
{
	enum hc_status rc;
	int i, slot;

	for (i = 0; i < HC_SITUATION_NEEDS; i++) {
		if ((wanted & UINT32_C(1) << i) == 0 || s->need[i] > 0)
			continue;
		if ((rc = hc_situation_slot(s, needs[i], &slot, err)) !=
		    HC_OK)
			return rc == HC_NOTFOUND ? hc_error_set(err,
			    HC_CONFIG, _("the catalogue has no '%s'"),
			    needs[i]) : rc;
		s->need[i] = slot + 1;
	}
	return HC_OK;
}

/* The store's words, where the caller does not look there anyway. */
static enum hc_status
tell(struct hc_situation *s, enum hc_status rc, struct hc_error *err)
{
	if (err == hc_db_error_buffer(s->store->db))
		return rc;
	return hc_error_set(err, rc, "%s", hc_store_error(s->store));
}

enum hc_status
hc_situation_column(struct hc_situation *s, int slot, struct hc_error *err)
{
	const struct column *c = columns;
	const struct column *end = c + sizeof(columns) / sizeof(columns[0]);
	enum hc_status rc;

	while (c < end && strcmp(c->name, s->slots[slot].name) != 0)
		c++;
	if (c == end)
		return HC_NOTFOUND;
	s->slots[slot].get = c->get;
	s->slots[slot].index = c->index;
	s->wanted |= c->feeds;
	if ((c->feeds & F(REPORTS)) && !(c->more & RECENT))
		s->history_wanted = true;
	if ((rc = ask_for(s, c->needs, err)) != HC_OK)
		return rc;
	if (c->more & PERIOD && !s->policies_wanted) {
		s->policies_wanted = true;
		if ((rc = hc_situation_policy_load(s)) != HC_OK)
			return tell(s, rc, err);
	}
	if ((c->more & (FLAGS | ILL)) && !s->symptoms_wanted) {
		s->symptoms_wanted = true;
		if ((rc = hc_situation_flag_load(s)) != HC_OK)
			return tell(s, rc, err);
	}
	return HC_OK;
}
