/*
 * Reports of the present episode, the newest first: the last one, the worst
 * of its round, the worst of the round before, and how long there was fever
 * or a symptom.
 *
 * The worst of a round is taken field by field: the highest temperature, the
 * lowest oxygen, every symptom that any of its reports names.  A second
 * answer that takes a fever back so does not take the person off the list.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/int.h"
#include "store/row.h"

#include "task/situation_part.h"

enum { EPISODE, DAY, SLOT, AT, TEMPERATURE, ANTIPYRETIC };

static void
report_free(struct hc_situation_report *report, size_t n)
{
	size_t i;

	for (i = 0; report->cells != NULL && i < n; i++)
		free(report->cells[i].own);
	free(report->cells);
	report->cells = NULL;
}

void
hc_situation_report_free(struct hc_situation *s)
{
	report_free(&s->last, s->nobs);
	report_free(&s->worst, s->nobs);
	report_free(&s->previous, s->nobs);
	report_free(&s->scratch, s->nobs);
}

enum hc_status
hc_situation_report_new(struct hc_situation *s)
{
	struct hc_situation_report *all[] = { &s->last, &s->worst,
	    &s->previous, &s->scratch };
	size_t i;

	for (i = 0; i < 4; i++) {
		if (all[i]->cells != NULL)
			continue;
		all[i]->cells = calloc(s->nobs + 1, sizeof(*all[i]->cells));
		if (all[i]->cells == NULL)
			return hc_db_nomem(s->store->db);
	}
	return HC_OK;
}

static void
report_clear(struct hc_situation_report *report, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		free(report->cells[i].own);
		report->cells[i].own = NULL;
		report->cells[i].there = false;
	}
}

/* A code's place in its list; later is worse (good ... awful). */
static void
set_choice(struct hc_situation_cell *cell, const struct hc_field *f,
    const char *code)
{
	const struct hc_choice *choice = f->choices != NULL ?
	    hc_catalogue_choice(f->choices, code) : NULL;

	cell->there = choice != NULL;
	if (choice != NULL) {
		cell->n = choice - f->choices->items;
		cell->text = choice->code;
	}
}

static enum hc_status
set_cell(struct hc_situation_cell *cell, const struct hc_field *f,
    const struct hc_stmt *st, int column)
{
	const char *text;

	cell->there = !hc_stmt_is_null(st, column);
	if (!cell->there)
		return HC_OK;
	cell->text = cell->small;
	switch (f->type) {
	case HC_TYPE_YESNO:
		cell->n = hc_stmt_get_int(st, column);
		cell->text = cell->n == 1 ? "1" : "0";
		return HC_OK;
	case HC_TYPE_INTEGER:
	case HC_TYPE_REF:
		cell->n = hc_stmt_get_int(st, column);
		hc_int_format(cell->n, 0, cell->small);
		return HC_OK;
	case HC_TYPE_DECIMAL:
		cell->n = hc_stmt_get_int(st, column);
		hc_int_format(cell->n, f->decimals, cell->small);
		return HC_OK;
	default:
		text = hc_stmt_get_text(st, column);
		break;
	}
	if (f->type == HC_TYPE_CHOICE) {
		set_choice(cell, f, text);
		return HC_OK;
	}
	cell->n = 0;
	cell->text = cell->own = strdup(text);
	return cell->own != NULL ? HC_OK : HC_NOMEM;
}

static enum hc_status
report_read(struct hc_situation *s, struct hc_situation_report *report)
{
	const struct hc_stmt *st = s->feeds[HC_SITUATION_REPORTS].st;
	enum hc_status rc = HC_OK;
	size_t i;

	report_clear(report, s->nobs);
	for (i = 0; rc == HC_OK && i < s->nobs; i++)
		rc = set_cell(&report->cells[i], s->obs[i], st,
		    HC_SITUATION_REPORT_FIXED + (int)i);
	return rc == HC_NOMEM ? hc_db_nomem(s->store->db) : rc;
}

static enum hc_status
copy_cell(struct hc_situation_cell *to, const struct hc_situation_cell *from)
{
	free(to->own);
	*to = *from;
	to->own = NULL;
	if (from->text == from->small)
		to->text = to->small;
	if (from->there && from->own != NULL) {
		to->text = to->own = strdup(from->own);
		if (to->own == NULL) {
			to->there = false;
			return HC_NOMEM;
		}
	}
	return HC_OK;
}

/* Of oxygen, less is worse. */
static bool
is_worse(const struct hc_field *f, const struct hc_situation_cell *a,
    const struct hc_situation_cell *b)
{
	if (!a->there || !b->there)
		return a->there;
	if (strcmp(f->name, "spo2") == 0)
		return a->n < b->n;
	return a->n > b->n;
}

static enum hc_status
merge(struct hc_situation *s, struct hc_situation_report *worst,
    const struct hc_situation_report *report)
{
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < s->nobs; i++)
		if (is_worse(s->obs[i], &report->cells[i], &worst->cells[i]))
			rc = copy_cell(&worst->cells[i], &report->cells[i]);
	return rc == HC_NOMEM ? hc_db_nomem(s->store->db) : rc;
}

static const char *
cell_value(void *arg, const struct hc_expr_name *name)
{
	const struct hc_situation_report *report = arg;
	const struct hc_situation_cell *cell = &report->cells[name->slot];

	return cell->there ? cell->text : NULL;
}

static void
look_for_flags(struct hc_situation *s, struct hc_situation_report *report)
{
	struct hc_expr_values values = { .arg = report,
	    .value = cell_value };
	size_t i;

	for (i = 0; i < s->nflags; i++)
		if (hc_expr_true(s->flags[i].expr, &values, s->clock))
			s->f.flags |= UINT64_C(1) << i;
}

/* One day of the run of fever, counted backwards, is complete. */
static void
close_day(struct hc_situation_facts *f)
{
	if (f->run_open && f->run_fever)
		f->fever_run++;
	else
		f->run_open = false;
}

static bool
has_symptom(const struct hc_situation *s, const struct hc_stmt *st)
{
	size_t i;

	for (i = 0; i < s->nobs; i++)
		if (s->symptom[i] && hc_stmt_get_int(st,
		    HC_SITUATION_REPORT_FIXED + (int)i) == 1)
			return true;
	return false;
}

/* What every report counts for, however old. */
static void
count(struct hc_situation *s, const struct hc_stmt *st, int32_t day)
{
	struct hc_situation_facts *f = &s->f;
	bool there = !hc_stmt_is_null(st, TEMPERATURE);
	int64_t t = there ? hc_stmt_get_int(st, TEMPERATURE) : 0;
	bool fever = there && t >= s->fever;

	if (f->reports++ == 0) {
		f->last_day = f->run_day = day;
		f->run_open = true;
	}
	f->first_day = day;
	if (day != f->run_day) {
		close_day(f);
		f->run_open = f->run_open && day == f->run_day - 1;
		f->run_day = day;
		f->run_fever = false;
	}
	f->run_fever = f->run_fever || fever;
	if ((fever || hc_stmt_get_int(st, ANTIPYRETIC) == 1) &&
	    f->fever_day == HC_DATE_NONE)
		f->fever_day = day;
	if (f->ill_day == HC_DATE_NONE && (fever || has_symptom(s, st)))
		f->ill_day = day;
	if (there && day > s->today - 3 && t > f->max_3d)
		f->max_3d = t;
}

static void
note_answer(struct hc_situation *s, int32_t day, int slot, const char *at)
{
	if (s->f.answered || day != s->round.day || slot != s->round.slot)
		return;
	s->f.answered = true;
	snprintf(s->f.answered_at, sizeof(s->f.answered_at), "%s",
	    at != NULL ? at : "");
}

/* The first report is the last one given; with others of its round it makes
   the worst; the next round makes the previous. */
static enum hc_status
place(struct hc_situation *s, int32_t day, int slot, const char *at)
{
	struct hc_situation_facts *f = &s->f;
	enum hc_status rc = HC_OK;

	if (f->reports == 0) {
		f->last_slot = slot;
		snprintf(f->last_at, sizeof(f->last_at), "%s",
		    at != NULL ? at : "");
		if ((rc = report_read(s, &s->last)) == HC_OK)
			rc = merge(s, &s->worst, &s->last);
		look_for_flags(s, &s->last);
	} else if (day == f->last_day && slot == f->last_slot) {
		if ((rc = report_read(s, &s->scratch)) == HC_OK)
			rc = merge(s, &s->worst, &s->scratch);
		look_for_flags(s, &s->scratch);
	} else if (f->previous_day == HC_DATE_NONE ||
	    (day == f->previous_day && slot == f->previous_slot)) {
		f->previous_day = day;
		f->previous_slot = slot;
		if ((rc = report_read(s, &s->scratch)) == HC_OK)
			rc = merge(s, &s->previous, &s->scratch);
	}
	return rc;
}

static void
clear(struct hc_situation *s)
{
	struct hc_situation_facts *f = &s->f;

	f->reports = 0;
	f->last_day = f->first_day = f->previous_day = HC_DATE_NONE;
	f->fever_day = f->ill_day = f->run_day = HC_DATE_NONE;
	f->last_slot = f->previous_slot = f->fever_run = 0;
	f->last_at[0] = f->answered_at[0] = '\0';
	f->answered = f->run_fever = f->run_open = false;
	f->max_3d = INT64_MIN;
	f->flags = 0;
	report_clear(&s->last, s->nobs);
	report_clear(&s->worst, s->nobs);
	report_clear(&s->previous, s->nobs);
}

enum hc_status
hc_situation_report_read(struct hc_situation *s)
{
	struct hc_situation_feed *feed = &s->feeds[HC_SITUATION_REPORTS];
	const struct hc_stmt *st = feed->st;
	enum hc_status rc = HC_OK;
	const char *at;
	int32_t day;
	int slot;

	clear(s);
	for (; rc == HC_OK && feed->episode == s->f.episode;
	    rc = hc_situation_feed_next(s, HC_SITUATION_REPORTS)) {
		if (hc_stmt_is_null(st, DAY) || hc_date_parse_iso(
		    hc_stmt_get_text(st, DAY), &day) != HC_OK)
			continue;
		slot = hc_stmt_is_null(st, SLOT) ? 1 :
		    (int)hc_stmt_get_int(st, SLOT);
		at = hc_stmt_get_text(st, AT);
		note_answer(s, day, slot, at);
		if ((rc = place(s, day, slot, at)) != HC_OK)
			return rc;
		count(s, st, day);
	}
	close_day(&s->f);
	return rc;
}
