/*
 * Where we stand: a few queries, each of which finds what it needs by an
 * index or by way of the open episodes, so that a large past costs little.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "task/report_round.h"

#include "task/report.h"

/* Parameters: ":today", ":yesterday"; ":begin" and ":end" of the day as
   instants.  A query's columns are as many figures. */
static const struct group {
	const char *section, *label;
	const char *sql;
	struct {
		const char *name, *label;
	} figures[8];
} groups_sql[] = {
	{ "cases", N_("cases"),
	    "SELECT count(*) FILTER (WHERE"
	    " coalesce(reported_date, diagnosed_date) = :today),"
	    " count(*) FILTER (WHERE"
	    " coalesce(reported_date, diagnosed_date) = :yesterday)"
	    " FROM episode WHERE office = :office AND kind = 'case'"
	    " AND status IN ('open', 'closed')"
	    " AND (reported_date IN (:today, :yesterday)"
	    " OR (reported_date IS NULL"
	    " AND diagnosed_date IN (:today, :yesterday)))",
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
};

static enum hc_status
find_moment(struct hc_store *store, const struct hc_expr_clock *clock,
    struct moment *m)
{
	int32_t today;

	m->today = clock->today;
	if (hc_date_parse_iso(clock->today, &today) != HC_OK)
		return hc_db_fail(store->db, HC_INVALID, _("'%s' is no day"),
		    clock->today);
	hc_date_format(today - 1, m->yesterday);
	hc_instant_format(hc_instant_make(today, 0, clock->zone), m->begin);
	hc_instant_format(hc_instant_make(today + 1, 0, clock->zone), m->end);
	return HC_OK;
}

/* ---- The table ---- */

static enum hc_status
bind(struct hc_stmt *st, const char *sql, const struct moment *m)
{
	const struct {
		const char *name, *text;
	} values[] = {
		{ ":today", m->today }, { ":yesterday", m->yesterday },
		{ ":begin", m->begin }, { ":end", m->end },
	};
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < sizeof(values) / sizeof(values[0]);
	    i++) {
		if (strstr(sql, values[i].name) == NULL)
			continue;
		rc = hc_stmt_text(st, values[i].name, values[i].text);
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

/* Where the round's figures go. */
struct round {
	const struct hc_report_manner *manner;
	struct hc_table *table;
	bool begun[2];		/* the section's name was shown */
};

static enum hc_status
put_round(void *arg, const struct hc_report_figure *f)
{
	struct round *r = arg;
	const char *cells[3], *label;
	char value[24];

	label = f->list ? _("work lists") : _("observation");
	snprintf(value, sizeof(value), "%lld", (long long)f->count);
	if (r->manner->labels) {
		cells[0] = r->begun[f->list] ? NULL : label;
		cells[1] = f->label;
	} else {
		cells[0] = f->list ? "lists" : "observation";
		cells[1] = f->name;
	}
	cells[2] = value;
	r->begun[f->list] = true;
	return hc_table_row(r->table, cells);
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
	struct round round = { .manner = manner };
	struct moment m = { 0 };
	enum hc_status rc;
	size_t i;

	*table = NULL;
	if ((rc = find_moment(store, &manner->clock, &m)) != HC_OK)
		return rc;
	if (hc_table_new(table, columns, 3) != HC_OK)
		return hc_db_nomem(store->db);
	round.table = *table;
	/* All figures of one state. */
	if ((rc = hc_db_snapshot(store->db)) == HC_OK) {
		rc = hc_report_round(store, &manner->clock, put_round,
		    &round);
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
