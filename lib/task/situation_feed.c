/*
 * The queries behind the situation.  All go over the open episodes in the
 * same order, so that they are merged by asking each whether its present row
 * is of the present episode.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/row.h"
#include "store/schema.h"

#include "task/situation_part.h"

/* Mails of so many days are looked at, and reports where those suffice. */
#define RECENT_DAYS 7

/* The parts of a query between the columns and the filter. */
static const char open_sql[] =
	" WHERE e.office = :office AND e.status = 'open'";
static const char episode_sql[] =
	" FROM episode e JOIN person p ON p.id = e.person";
static const char reports_sql[] =
	" FROM episode e JOIN observation o ON o.episode = e.id"
	" AND o.day <= :today AND o.day >= :since";
static const char calls_sql[] =
	"SELECT e.id, c.at, c.day, c.outcome, c.observation, c.next_at"
	" FROM episode e JOIN call c ON c.episode = e.id"
	" AND c.at <= :now";
static const char mails_sql[] =
	"SELECT e.id, m.day, m.slot, m.state, m.bounced_at, m.sent_at"
	" FROM episode e JOIN message m ON m.episode = e.id"
	" AND m.purpose IN ('daily', 'reminder') AND m.day >= :since"
	" AND m.day <= :today";
static const char stays_sql[] =
	"SELECT e.id, s.kind, s.facility, s.room, s.begin_date,"
	" s.requested_at, s.severity"
	" FROM episode e JOIN stay s ON s.episode = e.id"
	" AND (s.end_date IS NULL OR s.end_date >= :today)"
	" AND (s.begin_date IS NULL OR s.begin_date <= :today)";
static const char tests_sql[] =
	"SELECT e.id, x.requested_at, x.slot_at, x.sampled_date, x.result,"
	" x.result_date, x.told_at"
	" FROM episode e JOIN test x ON x.episode = e.id"
	" AND (x.result IS NULL OR x.result <> 'cancelled')";
static const char phones_sql[] =
	"SELECT e.id, ph.number, ph.kind"
	" FROM episode e JOIN phone ph ON ph.person = e.person";

static const char activities_sql[] =
	"SELECT e.id FROM episode e JOIN activity a ON a.episode = e.id";

static const char *const heads[HC_SITUATION_FEEDS] = {
	episode_sql, reports_sql, calls_sql, mails_sql, stays_sql, tests_sql,
	phones_sql, activities_sql
};
static const char *const orders[HC_SITUATION_FEEDS] = {
	"", ", o.day DESC, o.slot DESC, o.id DESC", ", c.id", ", m.id",
	", s.id", ", x.id", ", ph.id", ""
};

static enum hc_status
add_columns(struct hc_buf *sql, const struct hc_entity *e, const char *alias,
    int *columns, int *next)
{
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < e->nfields; i++) {
		if (columns[i] < 0)
			continue;
		hc_buf_printf(sql, ", %s.", alias);
		rc = hc_schema_name(sql, e->fields[i]->name);
		columns[i] = (*next)++;
	}
	return rc;
}

/* SQL by the catalogue: the columns that somebody asked for. */
static enum hc_status
put_columns(struct hc_situation *s, enum hc_situation_source source,
    struct hc_buf *sql)
{
	enum hc_status rc = HC_OK;
	int next = 3;
	size_t i;

	if (source == HC_SITUATION_EPISODE) {
		hc_buf_puts(sql, "SELECT e.id, e.person, e.created_at");
		rc = add_columns(sql, s->episode, "e", s->episode_column,
		    &next);
		if (rc == HC_OK)
			rc = add_columns(sql, s->person, "p",
			    s->person_column, &next);
	}
	if (source == HC_SITUATION_REPORTS) {
		/* Day and slot alone are found in an index. */
		hc_buf_puts(sql, s->history_wanted ? "SELECT e.id, o.day,"
		    " o.slot, o.at, o.temperature, o.antipyretic" :
		    "SELECT e.id, o.day, o.slot, NULL, NULL, NULL");
		for (i = 0; rc == HC_OK && i < s->nobs; i++) {
			hc_buf_puts(sql, ", o.");
			rc = hc_schema_name(sql, s->obs[i]->name);
		}
	}
	return rc;
}

static enum hc_status
bind(struct hc_situation *s, enum hc_situation_source source,
    struct hc_stmt *st, const struct hc_situation_filter *of)
{
	enum hc_status rc = HC_OK;
	char day[HC_DATE_SIZE];

	hc_date_format(s->today - RECENT_DAYS, day);
	if (source == HC_SITUATION_REPORTS || source == HC_SITUATION_MAILS ||
	    source == HC_SITUATION_STAYS)
		rc = hc_stmt_text(st, ":today", s->clock->today);
	if (rc == HC_OK && source == HC_SITUATION_CALLS)
		rc = hc_stmt_text(st, ":now", s->clock->now);
	if (rc == HC_OK && source == HC_SITUATION_MAILS)
		rc = hc_stmt_text(st, ":since", day);
	if (rc == HC_OK && source == HC_SITUATION_REPORTS)
		rc = hc_stmt_text(st, ":since", s->history_wanted ? "" :
		    day);
	if (rc == HC_OK && of != NULL && of->episode != 0)
		rc = hc_stmt_int(st, ":episode", of->episode);
	if (rc == HC_OK && of != NULL && of->person != 0)
		rc = hc_stmt_int(st, ":person", of->person);
	return rc;
}

static enum hc_status
step(struct hc_situation_feed *feed)
{
	enum hc_status rc = hc_stmt_next(feed->st);

	feed->episode = rc == HC_OK ? hc_stmt_get_int(feed->st, 0) : 0;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_situation_feed_open(struct hc_situation *s,
    enum hc_situation_source source, const struct hc_situation_filter *of)
{
	struct hc_situation_feed *feed = &s->feeds[source];
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc;

	rc = put_columns(s, source, &sql);
	hc_buf_puts(&sql, heads[source]);
	hc_buf_puts(&sql, open_sql);
	if (of != NULL && of->episode != 0)
		hc_buf_puts(&sql, " AND e.id = :episode");
	if (of != NULL && of->person != 0)
		hc_buf_puts(&sql, " AND e.person = :person");
	hc_buf_puts(&sql, " ORDER BY e.kind, e.id");
	hc_buf_puts(&sql, orders[source]);
	if (rc == HC_OK && hc_buf_failed(&sql))
		rc = hc_db_nomem(s->store->db);
	if (rc == HC_OK)
		rc = hc_stmt_new(&feed->st, s->store->db, hc_buf_text(&sql));
	if (rc == HC_OK)
		rc = bind(s, source, feed->st, of);
	if (rc == HC_OK)
		rc = step(feed);
	hc_buf_free(&sql);
	return rc;
}

enum hc_status
hc_situation_feed_next(struct hc_situation *s,
    enum hc_situation_source source)
{
	return step(&s->feeds[source]);
}

const char *
hc_situation_feed_text(const struct hc_stmt *st, int column,
    const struct hc_field *field, struct hc_buf *buf)
{
	if (field->type != HC_TYPE_DECIMAL)
		return hc_stmt_get_text(st, column);
	return hc_row_text(field, st, column, buf) == HC_OK ?
	    hc_buf_text(buf) : NULL;
}

static void
copy(char *to, size_t room, const char *text)
{
	size_t len = text != NULL ? strnlen(text, room - 1) : 0;

	if (len > 0)
		memcpy(to, text, len);
	to[len] = '\0';
}

static int32_t
day_of(const struct hc_stmt *st, int column)
{
	const char *text = hc_stmt_get_text(st, column);
	int32_t day;

	return text != NULL && hc_date_parse_iso(text, &day) == HC_OK ?
	    day : HC_DATE_NONE;
}

static enum hc_status
add_call(struct hc_situation *s, const struct hc_stmt *st)
{
	struct hc_situation_facts *f = &s->f;
	struct hc_situation_call *call;
	int64_t at;

	if (f->ncalls == f->calls_room) {
		f->calls_room = f->calls_room ? f->calls_room * 2 : 16;
		call = realloc(f->calls, f->calls_room * sizeof(*call));
		if (call == NULL)
			return hc_db_nomem(s->store->db);
		f->calls = call;
	}
	call = &f->calls[f->ncalls++];
	copy(call->at, sizeof(call->at), hc_stmt_get_text(st, 1));
	copy(call->outcome, sizeof(call->outcome), hc_stmt_get_text(st, 3));
	copy(call->next_at, sizeof(call->next_at), hc_stmt_get_text(st, 5));
	call->reached = strcmp(call->outcome, "reached") == 0 ||
	    !hc_stmt_is_null(st, 4);
	call->day = day_of(st, 2);
	if (call->day == HC_DATE_NONE &&
	    hc_instant_parse(call->at, &at) == HC_OK)
		hc_instant_split(at, s->clock->zone, &call->day, NULL);
	return HC_OK;
}

static int
compare_calls(const void *a, const void *b)
{
	const struct hc_situation_call *x = a, *y = b;

	return strcmp(x->at, y->at);
}

static enum hc_status
read_calls(struct hc_situation *s)
{
	struct hc_situation_feed *feed = &s->feeds[HC_SITUATION_CALLS];
	enum hc_status rc = HC_OK;

	s->f.ncalls = 0;
	while (rc == HC_OK && feed->episode == s->f.episode)
		if ((rc = add_call(s, feed->st)) == HC_OK)
			rc = step(feed);
	if (s->f.ncalls > 1)
		qsort(s->f.calls, s->f.ncalls, sizeof(*s->f.calls),
		    compare_calls);
	return rc;
}

/* Is the row the latest so far, of the day on which ${at} is?  Rows come in
   the order of their ids, so that of equal ones the newest is kept. */
static bool
better(struct hc_situation_pick *best, const char *at, int64_t order)
{
	char day[HC_DATE_SIZE];
	int later;

	copy(day, sizeof(day), at);
	later = best->there ? strcmp(day, best->day) : 1;
	if (later < 0 || (later == 0 && order < best->order))
		return false;
	best->there = true;
	copy(best->day, sizeof(best->day), day);
	best->order = order;
	return true;
}

static void
keep(struct hc_situation_pick *best, const struct hc_stmt *st, int first,
    int n)
{
	int i;

	for (i = 0; i < n; i++)
		copy(best->text[i], sizeof(best->text[i]),
		    hc_stmt_get_text(st, first + i));
}

static void
keep_mail(struct hc_situation_pick *best, const struct hc_stmt *st,
    int64_t slot)
{
	if (!better(best, hc_stmt_get_text(st, 1), slot))
		return;
	keep(best, st, 3, 2);	/* state, bounced_at */
	copy(best->text[2], sizeof(best->text[2]), hc_stmt_get_text(st, 1));
	copy(best->text[3], sizeof(best->text[3]),
	    hc_stmt_is_null(st, 2) ? "1" : hc_stmt_get_text(st, 2));
}

static enum hc_status
read_mails(struct hc_situation *s)
{
	struct hc_situation_feed *feed = &s->feeds[HC_SITUATION_MAILS];
	enum hc_status rc = HC_OK;
	struct hc_stmt *st = feed->st;
	const char *sent;
	int64_t slot, at;

	s->f.mail.there = s->f.round_mail.there = false;
	s->f.asked_at = 0;
	for (; rc == HC_OK && feed->episode == s->f.episode;
	    rc = step(feed)) {
		slot = hc_stmt_is_null(st, 2) ? 1 : hc_stmt_get_int(st, 2);
		keep_mail(&s->f.mail, st, slot);
		if (day_of(st, 1) != s->round.day || slot != s->round.slot)
			continue;
		keep_mail(&s->f.round_mail, st, slot);
		sent = hc_stmt_get_text(st, 5);
		if (sent != NULL && s->f.asked_at == 0 &&
		    hc_instant_parse(sent, &at) == HC_OK)
			s->f.asked_at = at;
	}
	return rc;
}

/* The stay that began last; who waits for a place since then waits. */
static enum hc_status
read_stays(struct hc_situation *s)
{
	struct hc_situation_feed *feed = &s->feeds[HC_SITUATION_STAYS];
	enum hc_status rc = HC_OK;
	struct hc_stmt *st = feed->st;
	const char *begin;

	s->f.stay.there = false;
	for (; rc == HC_OK && feed->episode == s->f.episode;
	    rc = step(feed)) {
		begin = hc_stmt_get_text(st, 4);
		if (begin == NULL)
			begin = hc_stmt_get_text(st, 5);
		if (better(&s->f.stay, begin,
		    strcmp(hc_stmt_get_text(st, 1), "waiting") == 0))
			keep(&s->f.stay, st, 1, 6);
	}
	return rc;
}

static enum hc_status
read_tests(struct hc_situation *s)
{
	struct hc_situation_feed *feed = &s->feeds[HC_SITUATION_TESTS];
	enum hc_status rc = HC_OK;
	struct hc_stmt *st = feed->st;
	const char *day;

	s->f.test.there = false;
	s->f.tests = 0;
	for (; rc == HC_OK && feed->episode == s->f.episode;
	    rc = step(feed)) {
		s->f.tests++;
		day = hc_stmt_get_text(st, 3);
		if (day == NULL)
			day = hc_stmt_get_text(st, 2);
		if (day == NULL)
			day = hc_stmt_get_text(st, 1);
		if (better(&s->f.test, day, 0))
			keep(&s->f.test, st, 1, 6);
	}
	return rc;
}

static enum hc_status
read_phones(struct hc_situation *s)
{
	struct hc_situation_feed *feed = &s->feeds[HC_SITUATION_PHONES];
	enum hc_status rc = HC_OK;

	hc_buf_clear(&s->f.phones);
	for (; rc == HC_OK && feed->episode == s->f.episode; rc = step(feed))
		hc_buf_printf(&s->f.phones, "%s%s",
		    s->f.phones.len > 0 ? ";" : "",
		    hc_stmt_get_text(feed->st, 1));
	return rc == HC_OK && hc_buf_failed(&s->f.phones) ?
	    hc_db_nomem(s->store->db) : rc;
}

static enum hc_status
read_activities(struct hc_situation *s)
{
	struct hc_situation_feed *feed = &s->feeds[HC_SITUATION_ACTIVITIES];
	enum hc_status rc = HC_OK;

	for (s->f.activities = 0; rc == HC_OK &&
	    feed->episode == s->f.episode; rc = step(feed))
		s->f.activities++;
	return rc;
}

enum hc_status
hc_situation_feed_read(struct hc_situation *s)
{
	static enum hc_status (*const readers[HC_SITUATION_FEEDS])
	    (struct hc_situation *s) = {
		NULL, hc_situation_report_read, read_calls, read_mails,
		read_stays, read_tests, read_phones, read_activities
	};
	const struct hc_stmt *st = s->feeds[HC_SITUATION_EPISODE].st;
	enum hc_status rc = HC_OK;
	int i;

	s->f.episode = hc_stmt_get_int(st, 0);
	s->f.person = hc_stmt_get_int(st, 1);
	copy(s->created_at, sizeof(s->created_at), hc_stmt_get_text(st, 2));
	s->f.policy_known = false;
	for (i = 1; rc == HC_OK && i < HC_SITUATION_FEEDS; i++)
		if (s->wanted & 1u << i)
			rc = readers[i](s);
	return rc;
}
