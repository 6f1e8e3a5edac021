/* Legacy lists into records: the way of a list from its file to its run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "store/index.h"
#include "store/run.h"
#include "task/import_fit.h"
#include "task/import_plan.h"
#include "task/import_reject.h"
#include "task/import_tell.h"
#include "task/import_wait.h"

#include "task/import.h"

#define SLICE 100		/* rows of one snapshot */

struct import {
	struct hc_store *store;
	const struct hc_import_options *options;
	struct hc_import_result *result;
	struct hc_import_sheet sheet;
	struct hc_import_headings headings;
	struct hc_import_map map;
	struct hc_import_place *place;
	struct hc_import_reader *reader;
	struct hc_import_reject reject;
	FILE *stage;
	struct hc_import_plan *plan;	/* NULL: none is made */
	FILE *made;		/* the plan, to be compared */
	size_t staged;
	size_t looked_up;	/* rows since the snapshot began; 0: none */
	struct hc_import_hidden hidden;
	struct hc_buf reasons;	/* of the present row's refusal */
	struct hc_buf warned;	/* of the present row too */
	struct hc_import_waits *waits;
	struct hc_buf line;	/* the present row as CSV */
};

/*
 * Rows are looked up some at a time in one snapshot: locking the file for
 * each query would cost more than the queries, and a long snapshot would
 * hold up those who write.
 */
static enum hc_status
look(struct import *m)
{
	if (m->looked_up == SLICE) {
		hc_db_snapshot_end(m->store->db);
		m->looked_up = 0;
	}
	return m->looked_up++ > 0 ? HC_OK : hc_db_snapshot(m->store->db);
}

/* Before anything is said, too: a terminal may take its time. */
static void
look_away(struct import *m)
{
	if (m->looked_up > 0)
		hc_db_snapshot_end(m->store->db);
	m->looked_up = 0;
}

/* In a list of forms, the form and its cell is what must be mended. */
static void
find_in_form(struct import *m, struct hc_import_problem *problem, size_t *at)
{
	struct hc_import_forms_place place;

	place = hc_import_forms_place(m->options->forms, problem->row, *at);
	problem->file = place.file;
	problem->row = place.row;
	*at = place.column;
}

static void
fault(void *arg, size_t line, size_t column, const char *value,
    const char *words)
{
	struct import *m = arg;
	struct hc_import_problem problem = { .file = m->sheet.name,
	    .row = line, .column = "", .heading = "", .value = value,
	    .words = words };
	struct hc_buf *to;
	size_t at = 0;
	char letter[8];

	if (column < m->map.ncolumns) {
		at = m->map.columns[column].at;
		problem.column = letter;
		problem.heading = m->map.columns[column].heading;
	}
	if (m->options->forms != NULL)
		find_in_form(m, &problem, &at);
	hc_book_letter(at, letter);
	to = value == NULL ? &m->warned : &m->reasons;
	m->result->warnings += value == NULL;
	hc_buf_printf(to, "%s%s%s%s", to->len > 0 ? "; " : "",
	    problem.heading, problem.heading[0] != '\0' ? ": " : "", words);
	look_away(m);
	m->options->problem(m->options->arg, &problem);
}

/* ---- Rejects ---- */

/* What the row at ${line} does, for the plan. */
static enum hc_status
plan_note(struct import *m, size_t line, enum hc_import_act act,
    const struct hc_buf *words)
{
	return m->plan == NULL ? HC_OK : hc_import_plan_note(m->plan, line,
	    act, words != NULL && words->len > 0 ? hc_buf_text(words) : NULL);
}

static enum hc_status
refuse(struct import *m)
{
	m->result->refused++;
	if (m->options->rejects != NULL)
		hc_import_reject_row(&m->reject, m->reader,
		    hc_buf_text(&m->reasons));
	return plan_note(m, hc_import_sheet_row(&m->sheet),
	    HC_IMPORT_ACT_CONFLICT, &m->reasons);
}

/* ---- The two passes ---- */

static enum hc_status
go_on(struct import *m)
{
	m->options->progress(m->options->arg, m->result->rows);
	if (m->options->stop == NULL || *m->options->stop == 0)
		return HC_OK;
	return hc_db_fail(m->store->db, HC_BUSY,
	    _("interrupted; nothing was imported"));
}

/*
 * The headings, or (with ${row}) the present row, as CSV.  Days are those that
 * were understood: another year's reader must not guess theirs anew.
 */
static const char *
line_of(struct import *m, const struct hc_import_row *row)
{
	const struct hc_import_column *c;
	const char *text;
	size_t i;

	hc_buf_clear(&m->line);
	for (i = 0; i < m->map.nsheet; i++) {
		c = &m->map.columns[i];
		text = row == NULL ? c->heading :
		    c->how == HC_IMPORT_FIELD &&
		    c->field->type == HC_TYPE_DATE &&
		    row->cells[i].reason == NULL &&
		    row->cells[i].text != NULL ? row->cells[i].text :
		    hc_import_reader_written(m->reader, i);
		if (i > 0)
			hc_buf_putc(&m->line, ',');
		hc_csv_cell(&m->line, text != NULL ? text : "");
	}
	hc_buf_puts(&m->line, "\r\n");
	return hc_buf_text(&m->line);
}

/* Keep a row that waits for another list; ${known}: it did so already. */
static enum hc_status
stage_waiting(struct import *m, const struct hc_import_row *row, bool *known)
{
	struct hc_import_wait_row wait = { .line = row->line };

	*known = true;
	wait.number = hc_import_place_awaits(m->place, &wait.key);
	return wait.number == NULL ? HC_OK : hc_import_wait_keep(m->waits,
	    &wait, line_of(m, row), known);
}

/* Read, check and compare one row; stage it if it changes anything. */
static enum hc_status
stage_row(struct import *m, const struct hc_import_row *row)
{
	enum hc_import_outcome outcome;
	enum hc_status rc;
	bool waited;

	if ((rc = look(m)) != HC_OK)
		return rc;
	rc = hc_import_place_row(m->place, row, false, &outcome, fault, m);
	if (rc == HC_INVALID)
		return refuse(m);
	if (rc != HC_OK || (rc = stage_waiting(m, row, &waited)) != HC_OK)
		return rc;
	if (waited && (outcome == HC_IMPORT_UNCHANGED ||
	    outcome == HC_IMPORT_WAITING)) {
		m->result->unchanged += outcome == HC_IMPORT_UNCHANGED;
		m->result->waiting += outcome == HC_IMPORT_WAITING;
		return plan_note(m, row->line, HC_IMPORT_ACT_UNCHANGED, NULL);
	}
	if (outcome == HC_IMPORT_DOUBTFUL && (rc = plan_note(m, row->line,
	    HC_IMPORT_ACT_DUPLICATE, &m->warned)) != HC_OK)
		return rc;
	m->staged++;
	if (hc_import_row_write(row, m->stage) != HC_OK)
		return hc_db_fail(m->store->db, HC_IO,
		    _("cannot write the staging file: %s"), strerror(errno));
	return HC_OK;
}

static enum hc_status
stage_all(struct import *m)
{
	struct hc_import_row *row;
	enum hc_status rc;

	for (;;) {
		hc_buf_clear(&m->reasons);
		hc_buf_clear(&m->warned);
		rc = hc_import_reader_next(m->reader, &row, fault, m);
		if (rc == HC_NOTFOUND)
			break;
		m->result->rows++;
		if (hc_import_sheet_hidden_row(&m->sheet) &&
		    m->hidden.rows++ == 0)
			m->hidden.first = hc_import_sheet_row(&m->sheet);
		if (rc == HC_INVALID)
			rc = refuse(m);
		else if (rc == HC_OK)
			rc = stage_row(m, row);
		if (rc != HC_OK)
			return rc;
		if ((rc = go_on(m)) != HC_OK)
			return rc;
	}
	m->result->skipped = hc_import_reader_skipped(m->reader);
	if (m->options->rejects != NULL && (fflush(m->options->rejects) ==
	    EOF || ferror(m->options->rejects)))
		return hc_db_fail(m->store->db, HC_IO,
		    _("cannot write the rejects: %s"), strerror(errno));
	return HC_OK;
}

/* The staged rows, one after the other, within the run. */
static enum hc_status
write_rows(struct import *m)
{
	struct hc_import_row row = { .ncells = m->map.ncolumns };
	struct hc_import_wait_row wait;
	enum hc_import_outcome outcome;
	enum hc_status rc;

	row.cells = calloc(row.ncells, sizeof(*row.cells));
	if (row.cells == NULL)
		return hc_db_nomem(m->store->db);
	while ((rc = hc_import_row_read(&row, m->stage)) == HC_OK) {
		hc_buf_clear(&m->warned);
		rc = hc_import_place_row(m->place, &row, true, &outcome,
		    fault, m);
		if (rc == HC_INVALID)
			rc = hc_db_fail(m->store->db, HC_BUSY,
			    _("%s:%zu: the records changed while the list was "
			    "read; import it again"), m->options->name,
			    row.line);
		wait.line = row.line;
		wait.number = hc_import_place_awaits(m->place, &wait.key);
		if (rc != HC_OK || (rc = hc_import_wait_settle(m->waits,
		    &wait)) != HC_OK || (rc = go_on(m)) != HC_OK)
			break;
		if (m->plan != NULL && (rc = hc_import_plan_row(m->plan,
		    row.line)) != HC_OK)
			break;
		m->result->added += outcome == HC_IMPORT_NEW ||
		    outcome == HC_IMPORT_DOUBTFUL;
		m->result->changed += outcome == HC_IMPORT_CHANGED;
		m->result->unchanged += outcome == HC_IMPORT_UNCHANGED;
		m->result->waiting += outcome == HC_IMPORT_WAITING;
	}
	if (rc == HC_IO)
		hc_db_fail(m->store->db, rc,
		    _("cannot read the staging file: %s"), strerror(errno));
	hc_arena_free(&row.arena);
	free(row.cells);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/*
 * The search index is fed after the commit, batch by batch, so that others
 * write between; until then what waits is searched one by one.
 */
static void
feed_index(struct import *m)
{
	int64_t left = 1;

	/* What was saved is saved; where this fails, the next run does it. */
	while (left > 0 && (m->options->stop == NULL ||
	    *m->options->stop == 0) &&
	    hc_index_feed(m->store, &left) == HC_OK)
		continue;
}

static bool
same_files(FILE *a, FILE *b)
{
	char one[8192], two[8192];
	size_t n;

	rewind(a);
	rewind(b);
	do {
		n = fread(one, 1, sizeof(one), a);
		if (fread(two, 1, sizeof(two), b) != n ||
		    memcmp(one, two, n) != 0)
			return false;
	} while (n > 0);
	return !ferror(a) && !ferror(b);
}

/* The plan is whole; is it the one to be applied? */
static enum hc_status
end_plan(struct import *m)
{
	enum hc_status rc;

	if (m->plan == NULL)
		return HC_OK;
	if ((rc = hc_import_plan_end(m->plan)) != HC_OK)
		return rc;
	if (m->made != NULL && !same_files(m->made, m->options->apply))
		return hc_db_fail(m->store->db, HC_BUSY,
		    _("%s: the list or the records are no longer as they were "
		    "when the plan was made; nothing was imported, make a new "
		    "plan"), m->sheet.name);
	return HC_OK;
}

static enum hc_status
write_all(struct import *m)
{
	struct hc_buf note = HC_BUF_INIT;
	enum hc_status rc;

	if (m->staged == 0)
		return end_plan(m);
	if (fflush(m->stage) == EOF || fseek(m->stage, 0, SEEK_SET) == -1)
		return hc_db_fail(m->store->db, HC_IO,
		    _("cannot write the staging file: %s"), strerror(errno));
	hc_import_place_restart(m->place);
	hc_buf_printf(&note, "import of %s, %zu rows", m->map.name,
	    m->staged);
	rc = hc_run_begin(m->store, hc_buf_text(&note));
	hc_buf_free(&note);
	if (rc == HC_OK)
		rc = write_rows(m);
	else if (rc == HC_BUSY)
		go_on(m);	/* it says so if that is why */
	if (rc == HC_OK)
		rc = end_plan(m);
	if (rc == HC_OK && !m->options->dry_run && m->options->plan == NULL) {
		rc = hc_run_commit(m->store, &m->result->run);
		if (rc == HC_OK)
			feed_index(m);
		return rc;
	}
	hc_run_rollback(m->store);
	return rc;
}

/* ---- The whole ---- */

/* Does a column hold ${entity}'s field ${name}? */
static bool
has_column(const struct hc_import_map *map, const char *entity,
    const char *name)
{
	size_t i;

	for (i = 0; i < map->ncolumns; i++)
		if (map->columns[i].how != HC_IMPORT_NONE &&
		    map->columns[i].field != NULL &&
		    strcmp(map->columns[i].entity->name, entity) == 0 &&
		    strcmp(map->columns[i].field->name, name) == 0)
			return true;
	return false;
}

/* A list of cases that could be known by numbers should be; tests and stays
   are known by whose they are. */
static enum hc_status
check_key(struct import *m)
{
	const struct hc_field *key = m->map.key;

	if (key == NULL || key->entity != m->map.main ||
	    m->map.key_column != -1 || m->options->no_key ||
	    strcmp(m->map.main->name, "facility") == 0 ||
	    has_column(&m->map, "episode", "number") ||
	    (strcmp(m->map.main->name, "episode") != 0 &&
	    has_column(&m->map, "person", "name")))
		return HC_OK;
	if (m->options->forms != NULL)
		return hc_db_fail(m->store->db, HC_INVALID,
		    _("%s: no label is the %s; with --source NAME the files' "
		    "names are the numbers of that list, with --no-key there "
		    "are none"), m->options->name, hc_catalogue_label(key));
	return hc_db_fail(m->store->db, HC_INVALID,
	    _("%s: no column holds the %s, so that a later edition could not "
	    "be told from new rows; --no-key imports it all the same"),
	    m->options->name, hc_catalogue_label(key));
}

static enum hc_status
open_stage(struct import *m, FILE **stage)
{
	int fd = hc_file_unnamed(m->options->folder);

	if (fd != -1 && (*stage = fdopen(fd, "w+")) != NULL)
		return HC_OK;
	hc_db_fail(m->store->db, HC_IO,
	    _("cannot make a staging file in '%s': %s"), m->options->folder,
	    strerror(errno));
	if (fd != -1)
		close(fd);
	return HC_IO;
}

static enum hc_status
fit_sheet(struct import *m, size_t n)
{
	struct hc_import_fit_options fit = { .mapping = m->options->mapping,
	    .today = m->options->clock->today, .year = m->options->year };
	enum hc_status rc;

	hc_import_map_clear(&m->map);
	rc = hc_import_sheet_select(&m->sheet, n,
	    hc_db_error_buffer(m->store->db));
	return rc != HC_OK ? rc : hc_import_fit_sheet(&m->map, m->store,
	    &m->headings, &m->sheet, &fit);
}

/*
 * The sheet that is asked for, else the first visible one with headings that
 * are known; if none is, the first one's words say so.
 */
static enum hc_status
choose_sheet(struct import *m)
{
	struct hc_error *err = hc_db_error_buffer(m->store->db), first;
	const char *word = m->options->forms == NULL ? m->options->sheet :
	    NULL;	/* the forms were found by it */
	enum hc_status rc;
	size_t n = m->sheet.sheet;

	if (word != NULL && hc_import_sheet_find(&m->sheet, word, &n, err) !=
	    HC_OK)
		return HC_INVALID;
	rc = fit_sheet(m, n);
	first = *err;
	while (rc == HC_INVALID && m->map.known == 0 && word == NULL &&
	    ++n < m->sheet.nsheets)
		if (hc_import_sheet_visible(&m->sheet, n))
			rc = fit_sheet(m, n);
	if (rc == HC_INVALID && m->map.known == 0)
		*err = first;
	return rc;
}

static enum hc_status
begin_plan(struct import *m)
{
	FILE *out = m->options->plan;
	enum hc_status rc;

	if (m->options->apply != NULL) {
		if ((rc = open_stage(m, &m->made)) != HC_OK)
			return rc;
		out = m->made;
	}
	return out == NULL ? HC_OK :
	    hc_import_plan_new(&m->plan, m->store, out);
}

static enum hc_status
open_sheet(struct import *m)
{
	const struct hc_import_options *o = m->options;
	struct hc_error *err = hc_db_error_buffer(m->store->db);

	if (o->forms == NULL)
		return hc_import_sheet_open(&m->sheet, o->fd, o->folder,
		    o->name, err);
	return hc_import_sheet_open_book(&m->sheet,
	    hc_import_forms_book(o->forms), o->name, err);
}

static enum hc_status
begin_waits(struct import *m)
{
	const struct hc_import_wait_list list = {
	    .source = m->result->source, .mapping = m->map.name,
	    .file = m->options->name, .link = m->options->link,
	    .headings = line_of(m, NULL) };

	return hc_buf_failed(&m->line) ? hc_db_nomem(m->store->db) :
	    hc_import_wait_new(&m->waits, m->store, &list);
}

static enum hc_status
prepare(struct import *m)
{
	const struct hc_import_options *o = m->options;
	struct hc_import_place_options place = { .on_match = o->on_match,
	    .on_doubt = o->on_doubt, .file = o->name,
	    .clock = o->clock, .keep_cleared = o->keep_cleared,
	    .link = o->link };
	struct hc_value_rule rule;
	enum hc_status rc;

	if ((rc = hc_import_heading_load(&m->headings, m->store)) != HC_OK ||
	    (rc = open_sheet(m)) != HC_OK ||
	    (rc = choose_sheet(m)) != HC_OK ||
	    (rc = check_key(m)) != HC_OK)
		return rc;
	hc_import_tell_sheets(o, &m->sheet);
	hc_import_tell_headings(o, &m->sheet, &m->map);
	snprintf(m->result->mapping, sizeof(m->result->mapping), "%s",
	    m->map.name);
	m->result->source = o->source != NULL ? o->source :
	    m->result->mapping;
	place.source = m->result->source;
	hc_value_rule_plain(&rule, m->store->office, o->clock->today,
	    o->clock->zone);
	if ((rc = hc_import_place_new(&m->place, m->store, &m->map,
	    &place)) != HC_OK ||
	    (rc = hc_import_reader_new(&m->reader, m->store, &m->map,
	    &m->sheet, &rule)) != HC_OK)
		return rc;
	if ((rc = begin_waits(m)) != HC_OK ||
	    (rc = open_stage(m, &m->stage)) != HC_OK)
		return rc;
	return begin_plan(m);
}

static void
clear(struct import *m)
{
	if (m->stage != NULL)
		fclose(m->stage);
	hc_import_plan_free(m->plan);
	if (m->made != NULL)
		fclose(m->made);
	hc_buf_free(&m->warned);
	hc_import_reader_free(m->reader);
	hc_import_place_free(m->place);
	hc_import_sheet_close(&m->sheet);
	hc_import_map_clear(&m->map);
	hc_import_heading_clear(&m->headings);
	hc_import_wait_free(m->waits);
	hc_buf_free(&m->line);
	hc_buf_free(&m->reasons);
}

enum hc_status
hc_import(struct hc_store *store, const struct hc_import_options *options,
    struct hc_import_result *result)
{
	struct import m = { .store = store, .options = options,
	    .result = result };
	enum hc_status rc;

	memset(result, 0, sizeof(*result));
	if ((rc = prepare(&m)) == HC_OK) {
		m.reject = (struct hc_import_reject){
		    .file = options->rejects, .map = &m.map,
		    .sheet = &m.sheet, .year = options->year };
		if (options->rejects != NULL)
			hc_import_reject_headings(&m.reject);
		rc = stage_all(&m);
		look_away(&m);
	}
	if (rc == HC_IO && m.sheet.damaged)
		rc = HC_INVALID;
	if (rc == HC_OK) {
		result->read = true;
		hc_import_tell_hidden(options, &m.sheet, &m.map, &m.hidden);
		if (options->strict && result->refused > 0)
			rc = hc_db_fail(store->db, HC_INVALID,
			    _("%s: %zu rows are wrong; nothing was imported"),
			    options->name, result->refused);
		else
			rc = write_all(&m);
	}
	clear(&m);
	if (rc == HC_OK && result->run != 0 && !options->again)
		hc_import_wait_take(store, options);
	return rc == HC_OK && result->refused > 0 ? HC_CONFLICT : rc;
}
