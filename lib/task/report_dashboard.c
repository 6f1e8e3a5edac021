/*
 * Where we stand: a few queries, each of which finds what it needs by an
 * index or by way of the open episodes, so that a large past costs little.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/report.h"

/* Parameters: ":today", ":yesterday"; ":begin" and ":end" of the day as
   instants; ":slot" of the round, ":fever" in tenths of a degree, ":over" 1
   after the round's cut-off.  A query's columns are as many figures. */
static const struct group {
	const char *section, *label;
	const char *sql;
	struct {
		const char *name, *label;
	} figures[8];
} groups_sql[] = {
	{ "cases", N_("cases"),
	    "SELECT count(*) FILTER (WHERE reported_date = :today),"
	    " count(*) FILTER (WHERE reported_date = :yesterday)"
	    " FROM episode WHERE office = :office"
	    " AND reported_date IN (:today, :yesterday) AND kind = 'case'"
	    " AND status IN ('open', 'closed')",
	    { { "new_today", N_("new today") },
	    { "new_yesterday", N_("new yesterday") } } },
	{ "cases", N_("cases"),
	    "SELECT count(*) FILTER (WHERE status = 'open'), count(*)"
	    " FROM episode WHERE office = :office AND kind = 'case'"
	    " AND status IN ('open', 'closed')",
	    { { "open", N_("open") }, { "total", N_("in total") } } },
	{ "contacts", N_("contacts"),
	    "SELECT count(*) FILTER (WHERE kind = 'contact'),"
	    " count(*) FILTER (WHERE kind = 'suspected')"
	    " FROM episode WHERE office = :office AND status = 'open'"
	    " AND kind IN ('contact', 'suspected')",
	    { { "open", N_("contacts, open") },
	    { "suspected", N_("suspected, open") } } },
	{ "observation", N_("observation"),
	    "SELECT count(*), coalesce(sum(r.asked), 0),"
	    " coalesce(sum(1 - r.asked), 0), coalesce(sum(r.answered), 0),"
	    " coalesce(sum(r.asked * (1 - r.answered) * (1 - r.rung)"
	    " * :over), 0),"
	    " coalesce(sum(r.fever), 0), coalesce(sum(r.wants), 0)"
	    " FROM (SELECT"
	    " CASE WHEN EXISTS (SELECT 1 FROM invitation i"
	    " WHERE i.office = :office AND i.episode = e.id"
	    " AND i.purpose = 'daily' AND i.day = :today"
	    " AND i.slot = :slot) THEN 1 ELSE 0 END AS asked,"
	    " CASE WHEN EXISTS (SELECT 1 FROM observation o"
	    " WHERE o.office = :office AND o.episode = e.id"
	    " AND o.day = :today AND o.slot = :slot)"
	    " THEN 1 ELSE 0 END AS answered,"
	    " CASE WHEN EXISTS (SELECT 1 FROM observation o"
	    " WHERE o.office = :office AND o.episode = e.id"
	    " AND o.day = :today AND o.slot = :slot"
	    " AND o.temperature >= :fever) THEN 1 ELSE 0 END AS fever,"
	    " CASE WHEN EXISTS (SELECT 1 FROM observation o"
	    " WHERE o.office = :office AND o.episode = e.id"
	    " AND o.day = :today AND o.slot = :slot"
	    " AND o.wants_call = 1) THEN 1 ELSE 0 END AS wants,"
	    " CASE WHEN EXISTS (SELECT 1 FROM call c"
	    " WHERE c.office = :office AND c.episode = e.id"
	    " AND c.day = :today AND c.outcome = 'reached')"
	    " THEN 1 ELSE 0 END AS rung"
	    " FROM episode e WHERE e.office = :office AND e.status = 'open'"
	    " AND e.observe_until >= :today"
	    " AND coalesce(e.observe_from, :today) <= :today) r",
	    { { "observed", N_("under observation") },
	    { "asked", N_("asked by mail this round") },
	    { "not_asked", N_("not asked by mail") },
	    { "answered", N_("answered") },
	    { "silent", N_("silent after the cut-off") },
	    { "fever", N_("with fever") },
	    { "wants_call", N_("ask for a call") } } },
	{ "tests", N_("tests"),
	    "SELECT count(*), count(*) FILTER (WHERE result = 'positive')"
	    " FROM test WHERE office = :office AND result_date = :today",
	    { { "results_today", N_("results today") },
	    { "positive_today", N_("of these positive") } } },
	{ "tests", N_("tests"),
	    "SELECT count(*) FROM test WHERE office = :office"
	    " AND sampled_date = :today",
	    { { "sampled_today", N_("samples today") } } },
	{ "tests", N_("tests"),
	    "SELECT count(*) FILTER (WHERE sampled_date IS NULL),"
	    " count(*) FILTER (WHERE sampled_date IS NOT NULL)"
	    " FROM test WHERE office = :office AND result IS NULL",
	    { { "to_sample", N_("requested, without a sample") },
	    { "waiting", N_("waiting for a result") } } },
	{ "places", N_("open cases by place"),
	    "SELECT count(*) FILTER (WHERE p.kind = 'home'),"
	    " count(*) FILTER (WHERE p.kind = 'hotel'),"
	    " count(*) FILTER (WHERE p.kind = 'hospital'),"
	    " count(*) FILTER (WHERE p.kind = 'care'),"
	    " count(*) FILTER (WHERE p.kind = 'waiting'),"
	    " count(*) FILTER (WHERE p.kind = 'other'),"
	    " count(*) FILTER (WHERE p.kind IS NULL)"
	    " FROM (SELECT (SELECT s.kind FROM stay s"
	    " WHERE s.office = :office AND s.episode = e.id"
	    " AND coalesce(s.begin_date, :today) <= :today"
	    " AND (s.end_date IS NULL OR s.end_date > :today)"
	    " ORDER BY s.begin_date DESC NULLS LAST, s.id DESC LIMIT 1)"
	    " AS kind FROM episode e WHERE e.office = :office"
	    " AND e.status = 'open' AND e.kind = 'case') p",
	    { { "home", N_("at home") }, { "hotel", N_("in hotels") },
	    { "hospital", N_("in hospital") },
	    { "care", N_("in care homes") },
	    { "waiting", N_("waiting for a place") },
	    { "other", N_("elsewhere") },
	    { "unknown", N_("not known") } } },
	{ "calls", N_("telephone"),
	    "SELECT count(*), count(*) FILTER (WHERE outcome = 'reached')"
	    " FROM call WHERE office = :office AND day = :today",
	    { { "tries_today", N_("tries today") },
	    { "reached_today", N_("of these reached") } } },
	{ "calls", N_("telephone"),
	    "SELECT count(*) FROM consultation WHERE office = :office"
	    " AND at >= :begin AND at < :end",
	    { { "consultations_today", N_("enquiries today") } } },
	{ "mails", N_("mails"),
	    "SELECT count(*) FILTER (WHERE state = 'sent'),"
	    " count(*) FILTER (WHERE state IN ('waiting', 'sending')),"
	    " count(*) FILTER (WHERE state = 'doubtful'),"
	    " count(*) FILTER (WHERE state = 'held'),"
	    " count(*) FILTER (WHERE state = 'failed'),"
	    " count(*) FILTER (WHERE bounced_at IS NOT NULL)"
	    " FROM message WHERE office = :office AND day = :today",
	    { { "sent", N_("sent today") }, { "waiting", N_("waiting") },
	    { "doubtful", N_("in doubt") }, { "held", N_("held") },
	    { "failed", N_("failed") }, { "bounced", N_("came back") } } },
};

#define GROUPS (sizeof(groups_sql) / sizeof(groups_sql[0]))

/* The values of the parameters. */
struct moment {
	const char *today;
	char yesterday[HC_DATE_SIZE];
	char begin[HC_INSTANT_SIZE], end[HC_INSTANT_SIZE];
	int64_t slot, fever, over;
};

/* ---- The round ---- */

/* The minutes of "08:00,16:00" in their order; how many, at most ${room}. */
static int
read_times(const char *text, int *minutes, int room)
{
	char one[16];
	size_t n;
	int len = 0;

	for (; text != NULL && *text != '\0' && len < room;
	    text += n + (text[n] == ',')) {
		n = strcspn(text, ",");
		snprintf(one, sizeof(one), "%.*s", (int)n, text);
		if (hc_time_read(one, &minutes[len], NULL) == HC_OK)
			len++;
	}
	return len;
}

/* The round that was begun last today, the first before it began; and is its
   cut-off over? */
static enum hc_status
find_round(struct hc_store *store, int minute, struct moment *m)
{
	enum { ROUNDS = 8 };
	char *ask = NULL, *cutoff = NULL;
	int asks[ROUNDS], cutoffs[ROUNDS], nask, ncutoff, i;
	enum hc_status rc;

	if ((rc = hc_store_setting(store, "ask_time", &ask)) != HC_OK ||
	    (rc = hc_store_setting(store, "cutoff_time", &cutoff)) != HC_OK)
		goto out;
	nask = read_times(ask, asks, ROUNDS);
	ncutoff = read_times(cutoff, cutoffs, ROUNDS);
	m->slot = 1;
	for (i = 1; i < nask; i++)
		if (minute >= asks[i])
			m->slot = i + 1;
	m->over = m->slot <= ncutoff && minute >= cutoffs[m->slot - 1];
out:
	free(ask);
	free(cutoff);
	return rc;
}

/* "37.5" in tenths. */
static enum hc_status
find_fever(struct hc_store *store, struct moment *m)
{
	char *text = NULL;
	enum hc_status rc;

	rc = hc_store_setting(store, "fever_threshold", &text);
	m->fever = 375;
	if (rc == HC_OK && text != NULL)
		m->fever = (int64_t)(strtod(text, NULL) * 10 + 0.5);
	free(text);
	return rc;
}

static enum hc_status
find_moment(struct hc_store *store, const struct hc_expr_clock *clock,
    struct moment *m)
{
	int64_t now;
	int32_t today;
	int minute;
	enum hc_status rc;

	m->today = clock->today;
	if (hc_date_parse_iso(clock->today, &today) != HC_OK ||
	    hc_instant_parse(clock->now, &now) != HC_OK)
		return hc_db_fail(store->db, HC_INVALID, _("'%s' is no day"),
		    clock->today);
	hc_date_format(today - 1, m->yesterday);
	hc_instant_format(hc_instant_make(today, 0, clock->zone), m->begin);
	hc_instant_format(hc_instant_make(today + 1, 0, clock->zone), m->end);
	hc_instant_split(now, clock->zone, NULL, &minute);
	if ((rc = find_round(store, minute, m)) != HC_OK)
		return rc;
	return find_fever(store, m);
}

/* ---- The table ---- */

static enum hc_status
bind(struct hc_stmt *st, const char *sql, const struct moment *m)
{
	const struct {
		const char *name, *text;
		int64_t number;
	} values[] = {
		{ ":today", m->today, 0 }, { ":yesterday", m->yesterday, 0 },
		{ ":begin", m->begin, 0 }, { ":end", m->end, 0 },
		{ ":slot", NULL, m->slot }, { ":fever", NULL, m->fever },
		{ ":over", NULL, m->over },
	};
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < sizeof(values) / sizeof(values[0]);
	    i++) {
		if (strstr(sql, values[i].name) == NULL)
			continue;
		rc = values[i].text != NULL ?
		    hc_stmt_text(st, values[i].name, values[i].text) :
		    hc_stmt_int(st, values[i].name, values[i].number);
	}
	return rc;
}

/* A person reads each section's name once. */
static enum hc_status
put_figure(size_t group, int i, const char *value,
    const struct hc_report_manner *manner, struct hc_table *table)
{
	const struct group *g = &groups_sql[group];
	bool again = i > 0 || (group > 0 &&
	    strcmp(g->section, groups_sql[group - 1].section) == 0);
	const char *cells[3];

	if (manner->labels) {
		cells[0] = again ? NULL : _(g->label);
		cells[1] = _(g->figures[i].label);
	} else {
		cells[0] = g->section;
		cells[1] = g->figures[i].name;
	}
	cells[2] = value;
	return hc_table_row(table, cells);
}

static enum hc_status
put_group(struct hc_store *store, size_t group, const struct moment *m,
    const struct hc_report_manner *manner, struct hc_table *table)
{
	const char *sql = groups_sql[group].sql;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	char value[24];
	int i;

	if ((rc = hc_stmt_new(&st, store->db, sql)) != HC_OK ||
	    (rc = bind(st, sql, m)) != HC_OK ||
	    (rc = hc_stmt_next(st)) != HC_OK)
		goto out;
	for (i = 0; rc == HC_OK && i < hc_stmt_columns(st); i++) {
		snprintf(value, sizeof(value), "%lld",
		    (long long)hc_stmt_get_int(st, i));
		rc = put_figure(group, i, value, manner, table);
		if (rc != HC_OK)
			rc = hc_db_nomem(store->db);
	}
out:
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_report_dashboard(struct hc_store *store,
    const struct hc_report_manner *manner, struct hc_table **table)
{
	const struct hc_table_column columns[] = {
		{ "section", _("section"), HC_TYPE_TEXT },
		{ "figure", _("figure"), HC_TYPE_TEXT },
		{ "value", _("count"), HC_TYPE_INTEGER },
	};
	struct moment m = { 0 };
	enum hc_status rc;
	size_t i;

	*table = NULL;
	if ((rc = find_moment(store, &manner->clock, &m)) != HC_OK)
		return rc;
	if (hc_table_new(table, columns, 3) != HC_OK)
		return hc_db_nomem(store->db);
	/* All figures of one state. */
	if ((rc = hc_db_snapshot(store->db)) == HC_OK) {
		for (i = 0; rc == HC_OK && i < GROUPS; i++)
			rc = put_group(store, i, &m, manner, *table);
		hc_db_snapshot_end(store->db);
	}
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	return rc;
}
