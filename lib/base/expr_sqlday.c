/*
 * The calendar in SQL that SQLite and PostgreSQL share: no date functions,
 * only integers, substr() and CAST.  The same reckoning as expr_day.c.
 *
 * A value that is needed more than once is given a name by a derived table
 * of one row, "(SELECT f(hc_v) FROM (SELECT x AS hc_v LIMIT 1) AS hc_t1)";
 * LIMIT keeps the engines from putting x back in each place.
 *
 * hc_k counts months from March of year 0, hc_d is the day of the month.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/expr_tree.h"

/* So many eras of 400 years are added before a division, so that what is
   divided is positive and cutting off is rounding down. */
#define ERAS 100000
#define ERA_DAYS "14609700000"		/* ERAS * 146097 */
#define ERA_MONTHS "480000000"		/* ERAS * 4800 */
#define ERA_YEARS "40000000"		/* ERAS * 400 */

/* Entries of SQLite's stack that wait around an inside (expr_sqlpart.c). */
#define LEVEL 6			/* one SELECT in another's FROM */
#define DIGITS 13
#define NUMBER_SPLIT 18

static void split(struct hc_expr_out *o, const struct hc_expr_node *node);

/* The first day of the month ${k}, counted from 0000-03-01. */
static void
month_begin(struct hc_expr_out *o, const char *k)
{
	hc_expr_sql_printf(o, "365 * (%s / 12) + %s / 48 - %s / 1200 + "
	    "%s / 4800 + (153 * (%s %% 12) + 2) / 5", k, k, k, k, k);
}

static void
end_table(struct hc_expr_out *o)
{
	hc_expr_sql_printf(o, " LIMIT 1) AS hc_t%d", ++o->tables);
}

/* Digits of a column, or of the text called hc_x, as a number. */
static void
digits(struct hc_expr_out *o, const struct hc_expr_node *name, int from,
    int len)
{
	hc_expr_sql_puts(o, "CAST(substr(");
	if (name != NULL)
		hc_expr_sql_column(o, name);
	else
		hc_expr_sql_puts(o, "hc_x");
	hc_expr_sql_printf(o, ", %d, %d) AS BIGINT)", from, len);
}

/*
 * " FROM" and the text itself as hc_x, unless it is a bare column; the
 * digits before it look there.
 */
static void
from_text(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (hc_expr_sql_is_column(node) || !hc_expr_sql_enter(o, LEVEL))
		return;
	hc_expr_sql_puts(o, " FROM (SELECT ");
	hc_expr_sql_text(o, node);
	hc_expr_sql_puts(o, " AS hc_x");
	end_table(o);
	hc_expr_sql_leave(o, LEVEL);
}

/* A derived table of hc_k and hc_d of a text; of an instant also hc_s, the
   seconds of the day. */
static void
text_split(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *name;
	int weight;

	name = hc_expr_sql_is_column(node) ? node : NULL;
	weight = name != NULL ? DIGITS : LEVEL;
	if (!hc_expr_sql_enter(o, weight))
		return;
	hc_expr_sql_puts(o, "(SELECT ");
	digits(o, name, 1, 4);
	hc_expr_sql_puts(o, " * 12 + ");
	digits(o, name, 6, 2);
	hc_expr_sql_puts(o, " - 3 AS hc_k, ");
	digits(o, name, 9, 2);
	hc_expr_sql_puts(o, " AS hc_d");
	if (node->class == HC_EXPR_INSTANT) {
		hc_expr_sql_puts(o, ", ");
		digits(o, name, 12, 2);
		hc_expr_sql_puts(o, " * 3600 + ");
		digits(o, name, 15, 2);
		hc_expr_sql_puts(o, " * 60 + ");
		digits(o, name, 18, 2);
		hc_expr_sql_puts(o, " AS hc_s");
	}
	from_text(o, node);
	end_table(o);
	hc_expr_sql_leave(o, weight);
}

/* The day number of a name. */
void
hc_expr_sql_day_name(struct hc_expr_out *o, const struct hc_expr_node *name)
{
	if (!hc_expr_sql_enter(o, LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT ");
	month_begin(o, "hc_k");
	hc_expr_sql_puts(o, " + hc_d - 719469 FROM ");
	text_split(o, name);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, LEVEL);
}

/* The seconds of a name. */
void
hc_expr_sql_instant_name(struct hc_expr_out *o,
    const struct hc_expr_node *name)
{
	if (!hc_expr_sql_enter(o, LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT (");
	month_begin(o, "hc_k");
	hc_expr_sql_puts(o, " + hc_d - 719469) * 86400 + hc_s FROM ");
	text_split(o, name);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, LEVEL);
}

/*
 * A table of hc_k and hc_d of any day number (Neri and Schneider's way); of
 * an instant also hc_s, the seconds of the day, all in UTC.
 */
static void
number_split(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	bool instant = node->class == HC_EXPR_INSTANT;
	const char *more = instant ? ", hc_s" : "";
	int weight = instant ? NUMBER_SPLIT + LEVEL : NUMBER_SPLIT;

	if (!hc_expr_sql_enter(o, weight))
		return;
	hc_expr_sql_printf(o, "(SELECT (hc_c * 100 + hc_z / 1461) * 12 + "
	    "(5 * (hc_z %% 1461 / 4) + 2) / 153 - " ERA_MONTHS " AS hc_k, "
	    "hc_z %% 1461 / 4 - (153 * ((5 * (hc_z %% 1461 / 4) + 2) / 153) + "
	    "2) / 5 + 1 AS hc_d%s FROM (SELECT (4 * hc_n + 3) / 146097 AS "
	    "hc_c, (4 * hc_n + 3) %% 146097 / 4 * 4 + 3 AS hc_z%s "
	    "FROM (SELECT ", more, more);
	if (instant)
		hc_expr_sql_puts(o, "hc_s / 86400 + 719468 AS hc_n, "
		    "hc_s % 86400 AS hc_s FROM (SELECT ");
	hc_expr_sql_number(o, node);
	if (instant) {
		hc_expr_sql_puts(o, " + " ERA_DAYS " * 86400 AS hc_s");
		end_table(o);
	} else
		hc_expr_sql_puts(o, " + 719468 + " ERA_DAYS " AS hc_n");
	end_table(o);
	end_table(o);
	end_table(o);
	hc_expr_sql_leave(o, weight);
}

static void
constant_split(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	struct hc_expr_datum v = hc_expr_node_eval(node, &o->state);
	int64_t k;
	int d;

	if (v.absent) {
		hc_expr_sql_puts(o, "(SELECT CAST(NULL AS BIGINT) AS hc_k, "
		    "CAST(NULL AS BIGINT) AS hc_d");
	} else {
		hc_expr_day_split(v.n, &k, &d);
		hc_expr_sql_puts(o, "(SELECT CAST(");
		hc_expr_sql_param_number(o, k);
		hc_expr_sql_puts(o, " AS BIGINT) AS hc_k, CAST(");
		hc_expr_sql_param_number(o, d);
		hc_expr_sql_puts(o, " AS BIGINT) AS hc_d");
	}
	end_table(o);
}

/* The day in a month that begins on hc_b and the next on hc_e. */
static const char shorter[] =
	"CASE WHEN hc_d < hc_e - hc_b THEN hc_d ELSE hc_e - hc_b END";

/* A table of hc_d, the month moved (hc_m), its beginning and its end. */
static void
months_table(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	const struct hc_expr_node *span = node->kids[1];

	if (!hc_expr_sql_enter(o, 2 * LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT hc_d, hc_m, ");
	month_begin(o, "hc_m");
	hc_expr_sql_puts(o, " AS hc_b, ");
	month_begin(o, "(hc_m + 1)");
	hc_expr_sql_printf(o, " AS hc_e FROM (SELECT hc_d, hc_k + " ERA_MONTHS
	    " %c ", node->op == HC_EXPR_OP_LATER ? '+' : '-');
	(void)hc_expr_sql_enter(o, 3);
	hc_expr_sql_number(o, span->kids[0]);
	hc_expr_sql_leave(o, 3);
	hc_expr_sql_printf(o, " * %d AS hc_m FROM ",
	    span->unit == HC_EXPR_YEARS ? 12 : 1);
	split(o, node->kids[0]);
	end_table(o);
	end_table(o);
	hc_expr_sql_leave(o, 2 * LEVEL);
}

static void
months_split(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT hc_m - " ERA_MONTHS " AS hc_k, ");
	hc_expr_sql_puts(o, shorter);
	hc_expr_sql_puts(o, " AS hc_d FROM ");
	months_table(o, node);
	end_table(o);
	hc_expr_sql_leave(o, LEVEL);
}

/* A derived table of hc_k and hc_d of a date. */
static void
split(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	bool moved = !node->constant && (node->op == HC_EXPR_OP_LATER ||
	    node->op == HC_EXPR_OP_EARLIER);

	if (node->constant)
		constant_split(o, node);
	else if (hc_expr_sql_textual(o, node))
		text_split(o, node);
	else if (moved && node->kids[1]->unit >= HC_EXPR_MONTHS)
		months_split(o, node);
	else
		number_split(o, node);
}

/* A date plus or minus months or years. */
void
hc_expr_sql_day_months(struct hc_expr_out *o,
    const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT hc_b + ");
	hc_expr_sql_puts(o, shorter);
	hc_expr_sql_puts(o, " - 719469 - " ERA_DAYS " FROM ");
	months_table(o, node);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, LEVEL);
}

/* Whole months between, a month not being whole before its day, by 12. */
void
hc_expr_sql_day_age(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, 2 * LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT (hc_k2 - hc_k - CASE WHEN hc_d2 < hc_d "
	    "THEN 1 ELSE 0 END + " ERA_MONTHS ") / 12 - " ERA_YEARS
	    " FROM ");
	split(o, node->kids[0]);
	hc_expr_sql_puts(o, ", (SELECT hc_k AS hc_k2, hc_d AS hc_d2 FROM ");
	split(o, node->kids[1]);
	end_table(o);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, 2 * LEVEL);
}

/* The day of an instant in the office's zone. */
void
hc_expr_sql_day_of(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, 2))
		return;
	hc_expr_sql_puts(o, "((");
	hc_expr_sql_number(o, node->kids[0]);
	hc_expr_sql_printf(o, " + %d + " ERA_DAYS " * 86400) / 86400 - "
	    ERA_DAYS ")", o->state.clock->zone * 60);
	hc_expr_sql_leave(o, 2);
}

/* hc_k and hc_d as text, NULL outside of the years 1 to 9999. */
static const char day_text[] =
	"CASE WHEN hc_k BETWEEN 10 AND 119997 THEN "
	"substr(CAST(10000 + (hc_k + 2) / 12 AS TEXT), 2, 4) || '-' || "
	"substr(CAST(101 + (hc_k + 2) % 12 AS TEXT), 2, 2) || '-' || "
	"substr(CAST(100 + hc_d AS TEXT), 2, 2) END";

void
hc_expr_sql_day_text(struct hc_expr_out *o, const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT ");
	hc_expr_sql_puts(o, day_text);
	hc_expr_sql_puts(o, " FROM ");
	split(o, node);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, LEVEL);
}

void
hc_expr_sql_instant_text(struct hc_expr_out *o,
    const struct hc_expr_node *node)
{
	if (!hc_expr_sql_enter(o, LEVEL))
		return;
	hc_expr_sql_puts(o, "(SELECT ");
	hc_expr_sql_puts(o, day_text);
	hc_expr_sql_puts(o, " || 'T' || "
	    "substr(CAST(100 + hc_s / 3600 AS TEXT), 2, 2) || ':' || "
	    "substr(CAST(100 + hc_s / 60 % 60 AS TEXT), 2, 2) || ':' || "
	    "substr(CAST(100 + hc_s % 60 AS TEXT), 2, 2) || 'Z' FROM ");
	number_split(o, node);
	hc_expr_sql_puts(o, ")");
	hc_expr_sql_leave(o, LEVEL);
}
