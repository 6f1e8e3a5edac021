/*
 * Figures: cross tables over any entity and field, the days' figures, where
 * we stand, and the office's named reports.
 *
 * All read the office's records as the connection shows them (record/asof.h
 * may have turned it back) and make a table that is printed after the
 * database is closed.  The same records and the same question give the same
 * bytes.  Failures leave ${table} NULL and their words in the store.
 */
#ifndef HC_TASK_REPORT_H
#define HC_TASK_REPORT_H

#include <stdbool.h>

#include "base/expr.h"
#include "base/table.h"
#include "store/store.h"

/* How it is asked: by programs or by people. */
struct hc_report_manner {
	struct hc_expr_clock clock;	/* today, now, the office's zone */
	bool labels;	/* cells hold labels: it is for reading, not a pipe */
	bool plain;	/* without the row and column of totals */
};

struct hc_report_question {
	const char *entity;
	const char *rows;	/* "age_band", "onset_date:week" */
	const char *cols;	/* the same; NULL: only a count */
	const char *where;	/* hc-expr(5); NULL */
	const char *narrower;	/* another condition; NULL */
	const char *sum;	/* a number's field to add up; NULL: count */
	const char *date_field;	/* what from and to are about; NULL: the
				   field of the rows */
	const char *from, *to;	/* first and last day; NULL */
};

/*
 * hc_report_pivot(store, question, manner, table):
 * A cross table.  The first column is the rows' field, then one column for
 * each value of the columns' field (or "count", or the name of the field
 * that is added up), "absent" where that field may have no value, and
 * "total"; the last rows are "absent" and "total" likewise.  Where the rows
 * refer to records that have a name, "FIELD_name" is the second column.
 *
 * A record with several choices counts once in each and once in the total.
 *
 * HC_OK; HC_INVALID if the question makes no sense.
 */
enum hc_status hc_report_pivot(struct hc_store *store,
    const struct hc_report_question *question,
    const struct hc_report_manner *manner, struct hc_table **table);

/*
 * hc_report_named(store, name, narrow, manner, table):
 * The office's report ${name} (definition "report").  ${narrow} may give
 * narrower, from and to, and nothing else.  HC_NOTFOUND, with the nearest
 * name in words, if there is none.
 */
enum hc_status hc_report_named(struct hc_store *store, const char *name,
    const struct hc_report_question *narrow,
    const struct hc_report_manner *manner, struct hc_table **table);

/* hc_report_list(store, manner, table): the named reports. */
enum hc_status hc_report_list(struct hc_store *store,
    const struct hc_report_manner *manner, struct hc_table **table);

/*
 * hc_report_daily(store, from, to, manner, table):
 * One row for each day from ${from} to ${to}: what came, what was done, and
 * how many were where at the end of that day.  hc-report(1) says what each
 * column counts.  HC_INVALID if these are no days or too many.
 */
enum hc_status hc_report_daily(struct hc_store *store, const char *from,
    const char *to, const struct hc_report_manner *manner,
    struct hc_table **table);

/*
 * hc_report_dashboard(store, manner, table):
 * Where we stand on the clock's day: section, figure, value.
 */
enum hc_status hc_report_dashboard(struct hc_store *store,
    const struct hc_report_manner *manner, struct hc_table **table);

/*
 * hc_report_sql(store, sql, seconds, table):
 * Run one SELECT that somebody wrote.  Only tables of the catalogue can be
 * read, nothing can be written, and it ends after ${seconds}.  The
 * connection can do nothing else afterwards.
 *
 * HC_OK; HC_INVALID with the engine's words, for more than one statement or
 * for a million rows; HC_DENIED for other tables and statements; HC_BUSY if
 * it took too long.
 */
enum hc_status hc_report_sql(struct hc_store *store, const char *sql,
    int seconds, struct hc_table **table);

#endif
