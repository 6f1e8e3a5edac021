/*
 * The days' figures: one row a day.
 *
 * Each figure is one query that is grouped by day.  Those that count how
 * many were in a state return the first and the last day of it; they are
 * added up over the days here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

#include "task/report.h"

#define MOST_DAYS 4000

enum kind {
	ON_DAY,		/* day, count */
	ON_HOUR,	/* instant's first 13 characters, count */
	FROM_TO,	/* first day, last day, count */
	UNTIL		/* first day, day on which it is over, count */
};

/* Stays of the kind that the figure is called. */
static const char stays_sql[] =
	"SELECT s.begin_date, coalesce(s.end_date, e.closed_at), count(*)"
	" FROM stay s JOIN episode e ON e.id = s.episode"
	" WHERE s.office = :office AND e.office = :office"
	" AND e.status IN ('open', 'closed') AND s.begin_date <= :to"
	" AND s.kind = :name GROUP BY 1, 2";

/* ":from" and ":to" are days, ":begin" and ":end" instants,
   ":name" is the figure's. */
static const struct {
	const char *name, *label;
	enum kind kind;
	const char *sql;
} figures_sql[] = {
	{ "new_cases", N_("new cases"), ON_DAY,
	    "SELECT coalesce(reported_date, diagnosed_date), count(*)"
	    " FROM episode WHERE office = :office AND kind = 'case'"
	    " AND status IN ('open', 'closed')"
	    " AND (reported_date BETWEEN :from AND :to"
	    " OR (reported_date IS NULL"
	    " AND diagnosed_date BETWEEN :from AND :to)) GROUP BY 1" },
	{ "tests", N_("tests"), ON_DAY,
	    "SELECT sampled_date, count(*) FROM test"
	    " WHERE office = :office AND sampled_date BETWEEN :from AND :to"
	    " AND coalesce(result, '') <> 'cancelled' GROUP BY 1" },
	{ "positive_tests", N_("positive"), ON_DAY,
	    "SELECT sampled_date, count(*) FROM test"
	    " WHERE office = :office AND sampled_date BETWEEN :from AND :to"
	    " AND result = 'positive' GROUP BY 1" },
	{ "consultations", N_("enquiries"), ON_HOUR,
	    "SELECT substr(at, 1, 13), count(*) FROM consultation"
	    " WHERE office = :office AND at >= :begin AND at < :end"
	    " GROUP BY 1" },
	{ "calls", N_("telephone tries"), ON_DAY,
	    "SELECT day, count(*) FROM call"
	    " WHERE office = :office AND day BETWEEN :from AND :to"
	    " GROUP BY 1" },
	{ "answered", N_("reports"), ON_DAY,
	    "SELECT day, count(DISTINCT episode) FROM observation"
	    " WHERE office = :office AND day BETWEEN :from AND :to"
	    " GROUP BY 1" },
	{ "observed", N_("observed"), FROM_TO,
	    "SELECT coalesce(observe_from, :from),"
	    " CASE WHEN closed_at < observe_until THEN closed_at"
	    " ELSE observe_until END, count(*) FROM episode"
	    " WHERE office = :office AND status IN ('open', 'closed')"
	    " AND observe_until >= :from"
	    " AND coalesce(observe_from, :from) <= :to GROUP BY 1, 2" },
	{ "home", N_("at home"), UNTIL, stays_sql },
	{ "hotel", N_("in hotels"), UNTIL, stays_sql },
	{ "hospital", N_("in hospital"), UNTIL, stays_sql },
	{ "care", N_("in care homes"), UNTIL, stays_sql },
	{ "waiting", N_("waiting for a place"), UNTIL, stays_sql },
	{ "admitted", N_("admitted"), ON_DAY,
	    "SELECT s.begin_date, count(*)"
	    " FROM stay s JOIN episode e ON e.id = s.episode"
	    " WHERE s.office = :office AND e.office = :office"
	    " AND e.status IN ('open', 'closed')"
	    " AND s.begin_date BETWEEN :from AND :to"
	    " AND s.kind = 'hospital' GROUP BY 1" },
	{ "closed", N_("closed"), ON_DAY,
	    "SELECT closed_at, count(*) FROM episode"
	    " WHERE office = :office AND closed_at BETWEEN :from AND :to"
	    " AND status IN ('open', 'closed') GROUP BY 1" },
	{ "died", N_("died"), ON_DAY,
	    "SELECT died_date, count(*) FROM episode"
	    " WHERE office = :office AND died_date BETWEEN :from AND :to"
	    " AND status IN ('open', 'closed') GROUP BY 1" },
};

#define FIGURES (sizeof(figures_sql) / sizeof(figures_sql[0]))

struct days {
	struct hc_store *store;
	int32_t first, last;
	const char *from, *to;
	char begin[HC_INSTANT_SIZE], end[HC_INSTANT_SIZE];
	int zone;
	int64_t *n;	/* by day and figure */
};

static void
count(struct days *d, int32_t date, size_t figure, int64_t n)
{
	if (date >= d->first && date <= d->last)
		d->n[(size_t)(date - d->first) * FIGURES + figure] += n;
}

/* The day in a column; ${otherwise} where there is none. */
static int32_t
day(const struct hc_stmt *st, int column, int32_t otherwise)
{
	const char *text = hc_stmt_get_text(st, column);
	int32_t date;

	return text != NULL && hc_date_parse_iso(text, &date) == HC_OK ?
	    date : otherwise;
}

static int32_t
day_of_hour(const struct days *d, const char *hour)
{
	char text[32];
	int64_t instant;
	int32_t date = HC_DATE_NONE;

	snprintf(text, sizeof(text), "%s:00Z", hour != NULL ? hour : "");
	if (hc_instant_parse(text, &instant) == HC_OK)
		hc_instant_split(instant, d->zone, &date, NULL);
	return date;
}

static void
take_row(struct days *d, size_t figure, const struct hc_stmt *st)
{
	enum kind kind = figures_sql[figure].kind;
	int32_t date, last;

	if (kind == ON_DAY || kind == ON_HOUR) {
		date = kind == ON_DAY ? day(st, 0, HC_DATE_NONE) :
		    day_of_hour(d, hc_stmt_get_text(st, 0));
		count(d, date, figure, hc_stmt_get_int(st, 1));
		return;
	}
	date = day(st, 0, d->first);
	last = day(st, 1, INT32_MAX);
	if (kind == UNTIL && last != INT32_MAX)
		last--;
	if (date < d->first)
		date = d->first;
	for (; date <= last && date <= d->last; date++)
		count(d, date, figure, hc_stmt_get_int(st, 2));
}

/* Bind what the statement holds of from, to, begin, end and name. */
static enum hc_status
bind(struct days *d, struct hc_stmt *st, size_t figure)
{
	const struct {
		const char *name, *value;
	} values[] = {
		{ ":from", d->from }, { ":to", d->to },
		{ ":begin", d->begin }, { ":end", d->end },
		{ ":name", figures_sql[figure].name },
	};
	const char *sql = figures_sql[figure].sql;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < 5; i++)
		if (strstr(sql, values[i].name) != NULL)
			rc = hc_stmt_text(st, values[i].name,
			    values[i].value);
	return rc;
}

static enum hc_status
read_figure(struct days *d, size_t figure)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, d->store->db,
	    figures_sql[figure].sql)) == HC_OK &&
	    (rc = bind(d, st, figure)) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK)
			take_row(d, figure, st);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
make_table(struct days *d, struct hc_table **table)
{
	struct hc_table_column columns[FIGURES + 1];
	char date[HC_DATE_SIZE], numbers[FIGURES][24];
	const char *cells[FIGURES + 1];
	int32_t at;
	size_t i;

	columns[0] = (struct hc_table_column){ "day", _("day"), HC_TYPE_DATE };
	cells[0] = date;
	for (i = 0; i < FIGURES; i++) {
		columns[i + 1] = (struct hc_table_column){
		    figures_sql[i].name, _(figures_sql[i].label),
		    HC_TYPE_INTEGER };
		cells[i + 1] = numbers[i];
	}
	if (hc_table_new(table, columns, FIGURES + 1) != HC_OK)
		return hc_db_nomem(d->store->db);
	for (at = d->first; at <= d->last; at++) {
		hc_date_format(at, date);
		for (i = 0; i < FIGURES; i++)
			snprintf(numbers[i], sizeof(numbers[i]), "%lld",
			    (long long)d->n[(size_t)(at - d->first) *
			    FIGURES + i]);
		if (hc_table_row(*table, cells) != HC_OK)
			return hc_db_nomem(d->store->db);
	}
	return HC_OK;
}

static enum hc_status
set_days(struct days *d)
{
	struct hc_db *db = d->store->db;

	if (hc_date_parse_iso(d->from, &d->first) != HC_OK)
		return hc_db_fail(db, HC_INVALID, _("'%s' is no day"),
		    d->from);
	if (hc_date_parse_iso(d->to, &d->last) != HC_OK)
		return hc_db_fail(db, HC_INVALID, _("'%s' is no day"), d->to);
	if (d->first > d->last)
		return hc_db_fail(db, HC_INVALID,
		    _("'%s' is after '%s'"), d->from, d->to);
	if (d->last - d->first >= MOST_DAYS)
		return hc_db_fail(db, HC_INVALID,
		    _("more than %d days at once"), MOST_DAYS);
	hc_instant_format(hc_instant_make(d->first, 0, d->zone), d->begin);
	hc_instant_format(hc_instant_make(d->last + 1, 0, d->zone), d->end);
	d->n = calloc((size_t)(d->last - d->first + 1) * FIGURES,
	    sizeof(*d->n));
	return d->n != NULL ? HC_OK : hc_db_nomem(db);
}

enum hc_status
hc_report_daily(struct hc_store *store, const char *from, const char *to,
    const struct hc_report_manner *manner, struct hc_table **table)
{
	struct days d = { .store = store, .from = from, .to = to,
	    .zone = manner->clock.zone };
	enum hc_status rc;
	size_t i;

	*table = NULL;
	if ((rc = set_days(&d)) != HC_OK)
		goto out;
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		goto out;
	for (i = 0; rc == HC_OK && i < FIGURES; i++)
		rc = read_figure(&d, i);
	hc_db_snapshot_end(store->db);
	if (rc == HC_OK)
		rc = make_table(&d, table);
out:
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	free(d.n);
	return rc;
}
