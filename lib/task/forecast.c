/* How many calls to expect, hour by hour. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "task/worklist.h"

#include "task/forecast.h"

#define HOURS 24

/* What past days brought, and what is expected. */
struct curve {
	int64_t asked;			/* on all days and in all slots */
	int64_t answers[HOURS], unwell[HOURS], silent[HOURS];
	int64_t today;			/* how often somebody is asked */
};

/* One round of one day. */
struct look {
	struct hc_followup *f;
	struct curve *curve;
	int32_t day;
	int slot;
	bool past;		/* it is over; else only count who is asked */
	struct hc_situation *s;
	struct hc_worklists lists;
	int observed, answered_at;	/* slots */
};

static int
hour_of(const struct look *l, int64_t at)
{
	int32_t day;
	int minute;

	hc_instant_split(at, l->f->clock->zone, &day, &minute);
	return day > l->day ? HOURS - 1 : minute / 60;
}

/* Does a condition hold, whether they were called since or not? */
static bool
is_unwell(const struct look *l)
{
	const struct hc_worklist *list = &l->lists.items[0];
	size_t i;

	for (i = 0; i < list->nconditions; i++)
		if (hc_worklist_holds(list, list->conditions[i].expr))
			return true;
	return false;
}

static void
add_row(struct look *l)
{
	const char *observed = hc_situation_value(l->s, l->observed);
	const char *at = hc_situation_value(l->s, l->answered_at);
	struct curve *c = l->curve;
	int64_t instant;
	int hour;

	if (observed == NULL || strcmp(observed, "1") != 0)
		return;
	if (!l->past) {
		c->today++;
		return;
	}
	c->asked++;
	if (at == NULL || hc_instant_parse(at, &instant) != HC_OK) {
		hour = hour_of(l, hc_situation_round(l->s)->cutoff_at);
		c->silent[hour]++;
		return;
	}
	hour = hour_of(l, instant);
	c->answers[hour]++;
	if (is_unwell(l))
		c->unwell[hour]++;
}

static enum hc_status
prepare(struct look *l, const struct hc_expr_clock *clock)
{
	struct hc_store *store = l->f->store;
	struct hc_error *err = hc_db_error_buffer(store->db);
	enum hc_status rc;

	if ((rc = hc_situation_new(&l->s, store, clock)) != HC_OK ||
	    (rc = hc_worklist_load(&l->lists, store, l->s, "unwell")) !=
	    HC_OK ||
	    (rc = hc_situation_want(l->s, "observed", &l->observed, err)) !=
	    HC_OK)
		return rc;
	return hc_situation_want(l->s, "answered_at", &l->answered_at, err);
}

/* ${slots} gets how many rounds there are a day. */
static enum hc_status
look_at(struct look *l, int *slots)
{
	char today[HC_DATE_SIZE], now[HC_INSTANT_SIZE];
	const struct hc_expr_clock clock = { today, now,
	    l->f->clock->zone };
	enum hc_status rc;

	hc_date_format(l->day, today);
	hc_instant_format(hc_instant_make(l->day, 24 * 60 - 1, clock.zone),
	    now);
	if ((rc = prepare(l, &clock)) == HC_OK) {
		*slots = hc_situation_plan(l->s)->slots;
		hc_situation_set_round(l->s, l->day, l->slot);
		rc = hc_situation_begin(l->s, NULL);
	}
	if (rc == HC_OK) {
		while ((rc = hc_situation_next(l->s)) == HC_OK)
			add_row(l);
		if (rc == HC_NOTFOUND)
			rc = HC_OK;
	}
	hc_worklist_clear(&l->lists);
	hc_situation_free(l->s);
	l->s = NULL;
	return rc;
}

static enum hc_status
gather(struct hc_followup *f, struct curve *c)
{
	struct look l = { .f = f, .curve = c };
	enum hc_status rc = HC_OK;
	int slots = 1, back;
	int32_t today;

	if (hc_date_parse_iso(f->clock->today, &today) != HC_OK)
		return HC_INVALID;
	for (back = HC_FORECAST_DAYS; rc == HC_OK && back >= 0; back--) {
		l.day = today - back;
		l.past = back > 0;
		for (l.slot = 1; rc == HC_OK && l.slot <= slots; l.slot++)
			rc = look_at(&l, &slots);
	}
	return rc;
}

static enum hc_status
put_row(struct hc_followup *f, const struct curve *c, const char *hour,
    const int64_t counts[3])
{
	const int64_t n[] = { counts[0], counts[1], counts[2],
	    counts[1] + counts[2] };
	char numbers[4][32];
	const char *cells[] = { hour, numbers[0], numbers[1], numbers[2],
	    numbers[3] };
	int i;

	for (i = 0; i < 4; i++)
		snprintf(numbers[i], sizeof(numbers[i]), "%.1f",
		    (double)n[i] * (double)c->today / (double)c->asked);
	if (hc_table_row(f->table, cells) != HC_OK)
		return hc_db_nomem(f->store->db);
	return HC_OK;
}

static enum hc_status
put_rows(struct hc_followup *f, const struct curve *c)
{
	static const struct hc_table_word words[] = {
		{ "total", N_("total") }, { NULL, NULL }
	};
	const struct hc_table_column columns[] = {
		{ "hour", _("hour"), HC_TYPE_TEXT, hc_table_show_words,
		    words },
		{ "answers", _("answers"), HC_TYPE_DECIMAL },
		{ "unwell", _("unwell"), HC_TYPE_DECIMAL },
		{ "silent", _("silent"), HC_TYPE_DECIMAL },
		{ "calls", _("calls"), HC_TYPE_DECIMAL },
	};
	int64_t total[3] = { 0 };
	enum hc_status rc = HC_OK;
	char hour[8];
	int i, j;

	if (hc_table_new(&f->table, columns, 5) != HC_OK)
		return hc_db_nomem(f->store->db);
	for (i = 0; rc == HC_OK && i < HOURS; i++) {
		const int64_t counts[] = { c->answers[i], c->unwell[i],
		    c->silent[i] };

		if (counts[0] + counts[2] == 0)
			continue;
		for (j = 0; j < 3; j++)
			total[j] += counts[j];
		snprintf(hour, sizeof(hour), "%02d:00", i);
		rc = put_row(f, c, hour, counts);
	}
	return rc == HC_OK ? put_row(f, c, "total", total) : rc;
}

enum hc_status
hc_forecast_calls(struct hc_followup *f)
{
	struct curve c = { 0 };
	enum hc_status rc;

	if ((rc = gather(f, &c)) != HC_OK)
		return rc;
	if (c.asked == 0 || c.today == 0)
		return hc_db_fail(f->store->db, HC_NOTFOUND, c.today == 0 ?
		    _("nobody is under observation today") :
		    _("nobody was under observation in the %d days before"),
		    HC_FORECAST_DAYS);
	return put_rows(f, &c);
}
