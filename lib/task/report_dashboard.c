/*
 * Where we stand: a few queries, each of which finds what it needs by an
 * index or by way of the open episodes, so that a large past costs little.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "task/worklist.h"

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

struct board {
	struct hc_store *store;
	const struct hc_report_manner *manner;
	struct moment moment;
	const char *section;	/* of the row before */
	struct hc_table *table;
};

/* ---- The figures of single queries ---- */

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
	    i++)
		if (strstr(sql, values[i].name) != NULL)
			rc = hc_stmt_text(st, values[i].name,
			    values[i].text);
	return rc;
}

/* One figure; a person reads each section's name once. */
static enum hc_status
put_figure(struct board *b, const char *section, const char *label,
    const char *figure, int64_t n)
{
	const char *cells[3] = { section, figure, NULL };
	char value[24];

	snprintf(value, sizeof(value), "%lld", (long long)n);
	cells[2] = value;
	if (b->manner->labels)
		cells[0] = b->section != NULL &&
		    strcmp(b->section, label) == 0 ? NULL : label;
	b->section = label;
	return hc_table_row(b->table, cells) == HC_OK ? HC_OK :
	    hc_db_nomem(b->store->db);
}

static enum hc_status
put_group(struct board *b, const struct group *g)
{
	const bool labels = b->manner->labels;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int i;

	if ((rc = hc_stmt_new(&st, b->store->db, g->sql)) != HC_OK ||
	    (rc = bind(st, g->sql, &b->moment)) != HC_OK ||
	    (rc = hc_stmt_next(st)) != HC_OK)
		goto out;
	for (i = 0; rc == HC_OK && i < hc_stmt_columns(st); i++)
		rc = put_figure(b, g->section, _(g->label), labels ?
		    _(g->figures[i].label) : g->figures[i].name,
		    hc_stmt_get_int(st, i));
out:
	hc_stmt_free(st);
	return rc;
}

/* ---- The round and the work lists, by their own rules ---- */

static const struct {
	const char *column, *name, *label;
} round_figures[] = {
	{ "observed", "observed", N_("under observation") },
	{ "asked", "asked", N_("asked this round") },
	{ "answered", "answered", N_("answered") },
	{ "overdue", "overdue", N_("no answer after the cut-off") },
};

#define ROUND_FIGURES (sizeof(round_figures) / sizeof(round_figures[0]))

/* Of those under observation, how many are so; and who stands where. */
static void
count_row(struct hc_situation *s, const int *slots, int64_t *n,
    const struct hc_worklists *lists, int64_t *standing)
{
	const char *observed = hc_situation_value(s, slots[0]), *value;
	size_t i;

	for (i = 0; i < ROUND_FIGURES && observed != NULL &&
	    *observed == '1'; i++) {
		value = hc_situation_value(s, slots[i]);
		n[i] += value != NULL && *value == '1';
	}
	for (i = 0; i < lists->len; i++)
		if (lists->items[i].records == NULL)
			standing[i] += hc_worklist_stands(&lists->items[i],
			    NULL, NULL);
}

static enum hc_status
count_all(struct board *b, struct hc_situation *s,
    const struct hc_worklists *lists, int64_t *n, int64_t *standing)
{
	struct hc_error *err = hc_db_error_buffer(b->store->db);
	const struct hc_situation_filter all = { 0 };
	int slots[ROUND_FIGURES];
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < ROUND_FIGURES; i++)
		rc = hc_situation_want(s, round_figures[i].column, &slots[i],
		    err);
	if (rc == HC_OK && (rc = hc_situation_begin(s, &all)) == HC_OK)
		while ((rc = hc_situation_next(s)) == HC_OK)
			count_row(s, slots, n, lists, standing);
	hc_situation_end(s);
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
	for (i = 0; rc == HC_OK && i < lists->len; i++)
		if (lists->items[i].records != NULL)
			rc = hc_worklist_count(&lists->items[i],
			    &standing[i]);
	return rc;
}

static enum hc_status
put_counts(struct board *b, const struct hc_worklists *lists,
    const int64_t *n, const int64_t *standing)
{
	const bool labels = b->manner->labels;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < ROUND_FIGURES; i++)
		rc = put_figure(b, "observation", _("observation"), labels ?
		    _(round_figures[i].label) : round_figures[i].name, n[i]);
	for (i = 0; rc == HC_OK && i < lists->len; i++)
		rc = put_figure(b, "lists", _("work lists"), labels ?
		    lists->items[i].label : lists->items[i].name,
		    standing[i]);
	return rc;
}

static enum hc_status
put_round(struct board *b)
{
	struct hc_situation *s = NULL;
	struct hc_worklists lists = { 0 };
	int64_t n[ROUND_FIGURES] = { 0 }, *standing = NULL;
	enum hc_status rc;

	if ((rc = hc_situation_new(&s, b->store, &b->manner->clock)) !=
	    HC_OK || (rc = hc_worklist_load(&lists, b->store, s, NULL)) !=
	    HC_OK)
		goto out;
	standing = calloc(lists.len + 1, sizeof(*standing));
	if (standing == NULL)
		rc = hc_db_nomem(b->store->db);
	else if ((rc = count_all(b, s, &lists, n, standing)) == HC_OK)
		rc = put_counts(b, &lists, n, standing);
out:
	hc_worklist_clear(&lists);
	hc_situation_free(s);
	free(standing);
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
	struct board b = { .store = store, .manner = manner };
	enum hc_status rc;
	size_t i;

	*table = NULL;
	if ((rc = find_moment(store, &manner->clock, &b.moment)) != HC_OK)
		return rc;
	if (hc_table_new(&b.table, columns, 3) != HC_OK)
		return hc_db_nomem(store->db);
	/* All figures of one state. */
	if ((rc = hc_db_snapshot(store->db)) == HC_OK) {
		for (i = 0; rc == HC_OK && i < GROUPS; i++)
			rc = put_group(&b, &groups_sql[i]);
		if (rc == HC_OK)
			rc = put_round(&b);
		hc_db_snapshot_end(store->db);
	}
	if (rc != HC_OK)
		hc_table_free(b.table);
	else
		*table = b.table;
	return rc;
}
