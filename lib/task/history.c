/*
 * What was done.  One query serves the changes of a run and the history of a
 * record; their rows are made from the JSON of the change log.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "record/value.h"
#include "store/access.h"

#include "task/history.h"

/* Columns of a table, of which those for reading are marked. */
struct column {
	struct hc_table_column column;
	bool shown;
};

/* Append ${label} with the ${len} bytes of ${what} for its %s. */
static void
put_named(const char *label, const char *what, size_t len,
    struct hc_buf *out)
{
	const char *mark = strstr(label, "%s");

	if (mark == NULL)
		return;
	hc_buf_add(out, label, (size_t)(mark - label));
	hc_buf_add(out, what, len);
	hc_buf_puts(out, mark + 2);
}

/* Notes of runs are in English, whoever made them; those that name something
   have it between two words. */
static void
show_note(const void *arg, const char *note, struct hc_buf *out)
{
	static const struct {
		const char *begin, *end, *label;
	} naming[] = {
		{ "import of ", " rows", N_("import of %s rows") },
		{ "undo of run ", "", N_("undo of run %s") },
		{ "outbox: ", "", N_("outbox: %s") },
		{ "upgrade ", "", N_("upgrade %s") },
	};
	const char *words = _(note);
	size_t i, begin, end, len = strlen(note);

	(void)arg;
	for (i = 0; words == note && i < sizeof(naming) / sizeof(naming[0]);
	    i++) {
		begin = strlen(naming[i].begin);
		end = strlen(naming[i].end);
		if (len <= begin + end ||
		    strncmp(note, naming[i].begin, begin) != 0 ||
		    strcmp(note + len - end, naming[i].end) != 0)
			continue;
		put_named(_(naming[i].label), note + begin,
		    len - begin - end, out);
		return;
	}
	hc_buf_puts(out, words);
}

static const struct column run_columns[] = {
	{ { "run", N_("run"), HC_TYPE_INTEGER }, true },
	{ { "at", N_("when"), HC_TYPE_INSTANT }, true },
	{ { "login", N_("who"), HC_TYPE_TEXT }, true },
	{ { "program", N_("program"), HC_TYPE_TEXT }, true },
	{ { "changes", N_("changes"), HC_TYPE_INTEGER }, true },
	{ { "undoes", N_("takes back"), HC_TYPE_INTEGER }, true },
	{ { "note", N_("what"), HC_TYPE_TEXT, show_note, NULL }, true },
	{ { "options", N_("options"), HC_TYPE_TEXT }, false },
	{ { "version", N_("version"), HC_TYPE_TEXT }, false },
};
static const struct column change_columns[] = {
	{ { "run", N_("run"), HC_TYPE_INTEGER }, true },
	{ { "at", N_("when"), HC_TYPE_INSTANT }, true },
	{ { "login", N_("who"), HC_TYPE_TEXT }, true },
	{ { "program", N_("program"), HC_TYPE_TEXT }, true },
	{ { "entity", N_("kind"), HC_TYPE_TEXT }, true },
	{ { "record", N_("number"), HC_TYPE_INTEGER }, true },
	{ { "operation", N_("done"), HC_TYPE_TEXT }, true },
	{ { "revision", N_("revision"), HC_TYPE_INTEGER }, false },
	{ { "field", N_("field"), HC_TYPE_TEXT }, true },
	{ { "old", N_("before"), HC_TYPE_TEXT }, true },
	{ { "new", N_("after"), HC_TYPE_TEXT }, true },
};
static const struct column access_columns[] = {
	{ { "record", N_("number"), HC_TYPE_INTEGER }, true },
	{ { "entity", N_("kind"), HC_TYPE_TEXT }, true },
	{ { "at", N_("when"), HC_TYPE_INSTANT }, true },
	{ { "login", N_("who"), HC_TYPE_TEXT }, true },
	{ { "program", N_("program"), HC_TYPE_TEXT }, true },
};

#define MANY 11		/* columns of the widest table */
#define NCOLUMNS(c) (sizeof(c) / sizeof((c)[0]))

/* A table in the making. */
struct sheet {
	struct hc_store *store;
	const struct hc_history_filter *filter;
	const struct column *columns;
	size_t ncolumns;
	struct hc_table *table;
};

static enum hc_status
sheet_new(struct sheet *s)
{
	struct hc_table_column wanted[MANY];
	size_t i, n = 0;

	for (i = 0; i < s->ncolumns; i++) {
		if (s->filter->shown && !s->columns[i].shown)
			continue;
		wanted[n] = s->columns[i].column;
		wanted[n++].label = _(s->columns[i].column.label);
	}
	return hc_table_new(&s->table, wanted, n) == HC_OK ? HC_OK :
	    hc_db_nomem(s->store->db);
}

/* ${cells} holds all columns; those that are not wanted fall out. */
static enum hc_status
sheet_row(struct sheet *s, const char *const *cells)
{
	const char *wanted[MANY];
	size_t i, n = 0;

	for (i = 0; i < s->ncolumns; i++)
		if (!s->filter->shown || s->columns[i].shown)
			wanted[n++] = cells[i];
	return hc_table_row(s->table, wanted) == HC_OK ? HC_OK :
	    hc_db_nomem(s->store->db);
}

/* An id as it is written: in full, or for reading its number alone. */
static void
write_id(const struct sheet *s, int64_t id, char out[24])
{
	if (s->filter->shown && id / HC_ID_SPAN == s->store->office)
		id %= HC_ID_SPAN;
	snprintf(out, 24, "%lld", (long long)id);
}

/* "2020-12-25T00:30:00.123Z" for reading: 2020-12-25 09:30:00. */
static void
write_instant(const struct sheet *s, const char *at, char out[32])
{
	int64_t instant;
	char text[32];

	snprintf(out, 32, "%s", at != NULL ? at : "");
	if (!s->filter->shown || strlen(out) < 20)
		return;
	snprintf(text, sizeof(text), "%.19sZ", out);
	if (hc_instant_parse(text, &instant) != HC_OK)
		return;
	hc_instant_format(instant + s->filter->offset * 60, text);
	text[10] = ' ';
	snprintf(out, 32, "%.19s", text);
}

/* The instants at which the wanted day begins and ends; "" if any day. */
struct bounds {
	char from[HC_INSTANT_SIZE], until[HC_INSTANT_SIZE];
};

static enum hc_status
find_bounds(struct hc_store *store, const struct hc_history_filter *filter,
    struct bounds *b)
{
	int32_t day;

	memset(b, 0, sizeof(*b));
	if (filter->day == NULL)
		return HC_OK;
	if (hc_date_parse_iso(filter->day, &day) != HC_OK)
		return hc_db_fail(store->db, HC_INVALID,
		    _("'%s' is no day, as 2020-12-25"), filter->day);
	hc_instant_format(hc_instant_make(day, 0, filter->offset), b->from);
	hc_instant_format(hc_instant_make(day + 1, 0, filter->offset),
	    b->until);
	return HC_OK;
}

/* Bind what the WHERE of the queries below asks for. */
static enum hc_status
bind_filter(struct hc_stmt *st, const struct hc_history_filter *filter,
    const struct bounds *b)
{
	enum hc_status rc;

	if ((rc = hc_stmt_text(st, ":login", filter->login)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":program", filter->program)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":from", b->from)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":until", filter->day != NULL ? b->until :
	    "9999")) != HC_OK)
		return rc;
	return hc_stmt_int(st, ":limit", filter->limit > 0 ? filter->limit :
	    INT64_MAX);
}

static enum hc_status
run_row(struct sheet *s, struct hc_stmt *st)
{
	char run[24], undoes[24], at[32];
	const char *cells[] = { run, at, hc_stmt_get_text(st, 2),
	    hc_stmt_get_text(st, 3), NULL, NULL, hc_stmt_get_text(st, 6),
	    hc_stmt_get_text(st, 7), hc_stmt_get_text(st, 8) };

	write_id(s, hc_stmt_get_int(st, 0), run);
	write_instant(s, hc_stmt_get_text(st, 1), at);
	cells[4] = hc_stmt_get_text(st, 4);
	if (!hc_stmt_is_null(st, 5)) {
		write_id(s, hc_stmt_get_int(st, 5), undoes);
		cells[5] = undoes;
	}
	return sheet_row(s, cells);
}

enum hc_status
hc_history_runs(struct hc_store *store,
    const struct hc_history_filter *filter, struct hc_table **table)
{
	static const char runs_sql[] =
	    "SELECT id, at, login, program, changes, undoes, note, options,"
	    " version FROM run WHERE office = :office AND at >= :from"
	    " AND at < :until AND login = coalesce(:login, login)"
	    " AND program = coalesce(:program, program)"
	    " ORDER BY id DESC LIMIT :limit";
	struct sheet s = { .store = store, .filter = filter,
	    .columns = run_columns, .ncolumns = NCOLUMNS(run_columns) };
	struct hc_stmt *st = NULL;
	struct bounds bounds;
	enum hc_status rc;

	*table = NULL;
	if ((rc = find_bounds(store, filter, &bounds)) != HC_OK ||
	    (rc = sheet_new(&s)) != HC_OK ||
	    (rc = hc_stmt_new(&st, store->db, runs_sql)) != HC_OK ||
	    (rc = bind_filter(st, filter, &bounds)) != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = run_row(&s, st)) != HC_OK)
			goto out;
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
out:
	hc_stmt_free(st);
	if (rc == HC_OK)
		*table = s.table;
	else
		hc_table_free(s.table);
	return rc;
}

static const char *
operation_label(const char *operation)
{
	if (operation == NULL)
		return NULL;
	return strcmp(operation, "insert") == 0 ? _("added") :
	    strcmp(operation, "update") == 0 ? _("changed") : _("deleted");
}

/* One value for reading, or as it is. */
static const char *
write_value(const struct sheet *s, const struct hc_field *f,
    const char *value, struct hc_buf *out)
{
	char at[32];

	if (value == NULL || !s->filter->shown || f == NULL)
		return value;
	if (f->type == HC_TYPE_INSTANT) {
		write_instant(s, value, at);
		hc_buf_puts(out, at);
	} else if (f->type == HC_TYPE_REF) {
		write_id(s, strtoll(value, NULL, 10), at);
		hc_buf_puts(out, at);
	} else {
		hc_value_show(f, value, out);
	}
	return hc_buf_text(out);
}

/* A change row; ${cells} has all but the last three. */
struct line {
	const struct hc_entity *entity;	/* NULL: the catalogue lost it */
	const char *cells[MANY];
	bool deleted;
};

/* A member of the JSON as a row. */
static enum hc_status
field_row(struct sheet *s, struct line *line, const char *name,
    const struct hc_json *value)
{
	const struct hc_entity *e = line->entity;
	const char **cells = line->cells;
	struct hc_buf before = HC_BUF_INIT, after = HC_BUF_INIT;
	const struct hc_field *f;
	const char *old = NULL, *new = NULL;
	enum hc_status rc;

	if (hc_json_is_array(value)) {
		old = hc_json_text(hc_json_at(value, 0));
		new = hc_json_text(hc_json_at(value, 1));
	} else if (line->deleted)
		old = hc_json_text(value);
	else
		new = hc_json_text(value);
	f = e != NULL ? hc_catalogue_field(e, name) : NULL;
	cells[8] = s->filter->shown && f != NULL ? hc_catalogue_label(f) :
	    name;
	cells[9] = write_value(s, f, old, &before);
	cells[10] = write_value(s, f, new, &after);
	rc = hc_buf_failed(&before) || hc_buf_failed(&after) ?
	    hc_db_nomem(s->store->db) : sheet_row(s, cells);
	hc_buf_free(&before);
	hc_buf_free(&after);
	return rc;
}

/* All fields of one change row. */
static enum hc_status
change_rows(struct sheet *s, struct hc_stmt *st)
{
	const char *json = hc_stmt_get_text(st, 8), *name;
	const char *operation = hc_stmt_get_text(st, 6);
	const char *entity = hc_stmt_get_text(st, 4);
	struct line line = { .deleted = operation != NULL &&
	    strcmp(operation, "delete") == 0 };
	const char **cells = line.cells;
	const struct hc_json *value;
	const struct hc_entity *e;
	struct hc_json *fields = NULL;
	char run[24], record[24], at[32];
	enum hc_status rc = HC_OK;
	void *iterator = NULL;

	line.entity = e = hc_catalogue_entity(s->store->catalogue,
	    entity != NULL ? entity : "");
	write_id(s, hc_stmt_get_int(st, 0), run);
	write_instant(s, hc_stmt_get_text(st, 1), at);
	write_id(s, hc_stmt_get_int(st, 5), record);
	cells[0] = run;
	cells[1] = at;
	cells[2] = hc_stmt_get_text(st, 2);
	cells[3] = hc_stmt_get_text(st, 3);
	cells[4] = s->filter->shown && e != NULL ?
	    hc_catalogue_entity_label(e) : entity;
	cells[5] = record;
	cells[6] = s->filter->shown ? operation_label(operation) : operation;
	cells[7] = hc_stmt_get_text(st, 7);
	if (json == NULL)
		return sheet_row(s, cells);	/* emptied by retention */
	if ((rc = hc_json_parse(&fields, json, strlen(json),
	    hc_db_error_buffer(s->store->db))) != HC_OK)
		return rc;
	while (rc == HC_OK &&
	    (value = hc_json_next(fields, &iterator, &name)) != NULL)
		rc = field_row(s, &line, name, value);
	hc_json_free(fields);
	return rc;
}

/* Whose records are shown, for the access log. */
struct looks {
	const struct hc_entity *entity;
	int64_t *ids;
	size_t len, room;
};

static enum hc_status
look_add(struct hc_store *store, struct looks *looks, struct hc_stmt *st)
{
	const char *name = hc_stmt_get_text(st, 4);
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    name != NULL ? name : "");
	int64_t id = hc_stmt_get_int(st, 5), *grown;
	struct looks *l;

	if (e == NULL || e->kind != HC_ENTITY_RECORD)
		return HC_OK;
	l = &looks[e->index];
	l->entity = e;
	if (l->len > 0 && l->ids[l->len - 1] == id)
		return HC_OK;
	if (l->len == l->room) {
		l->room = l->room ? l->room * 2 : 16;
		grown = realloc(l->ids, l->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(store->db);
		l->ids = grown;
	}
	l->ids[l->len++] = id;
	return HC_OK;
}

static enum hc_status
note_looks(struct hc_store *store, const struct looks *looks)
{
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < store->catalogue->nentities; i++)
		if (looks[i].len > 0)
			rc = hc_access_note(store, looks[i].entity->name,
			    looks[i].ids, looks[i].len);
	return rc;
}

/* Step through the changes that ${st} finds. */
static enum hc_status
collect(struct hc_store *store, struct hc_stmt *st,
    const struct hc_history_filter *filter, struct hc_table **table)
{
	struct sheet s = { .store = store, .filter = filter,
	    .columns = change_columns, .ncolumns = NCOLUMNS(change_columns) };
	size_t i, n = store->catalogue->nentities;
	struct looks *looks;
	enum hc_status rc;

	if ((looks = calloc(n, sizeof(*looks))) == NULL)
		return hc_db_nomem(store->db);
	if ((rc = sheet_new(&s)) != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if ((rc = change_rows(&s, st)) != HC_OK ||
		    (rc = look_add(store, looks, st)) != HC_OK)
			goto out;
	if (rc == HC_NOTFOUND)
		rc = note_looks(store, looks);
out:
	if (rc == HC_OK)
		*table = s.table;
	else
		hc_table_free(s.table);
	for (i = 0; i < n; i++)
		free(looks[i].ids);
	free(looks);
	return rc;
}

/* The beginning of all change_sql[]. */
#define CHANGE_SQL \
	"SELECT c.run, r.at, r.login, r.program, c.entity, c.record," \
	" c.operation, c.revision, c.fields FROM change c" \
	" JOIN run r ON r.id = c.run AND r.office = c.office" \
	" WHERE c.office = :office AND r.at >= :from AND r.at < :until" \
	" AND r.login = coalesce(:login, r.login)" \
	" AND r.program = coalesce(:program, r.program)"

enum hc_status
hc_history_run(struct hc_store *store, int64_t run,
    const struct hc_history_filter *filter, struct hc_table **table)
{
	static const char changes_sql[] = CHANGE_SQL
	    " AND c.run = :run ORDER BY c.id LIMIT :limit";
	struct hc_stmt *st = NULL;
	struct bounds bounds;
	enum hc_status rc;

	*table = NULL;
	if ((rc = find_bounds(store, filter, &bounds)) == HC_OK &&
	    (rc = hc_stmt_new(&st, store->db, changes_sql)) == HC_OK &&
	    (rc = bind_filter(st, filter, &bounds)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":run", run)) == HC_OK)
		rc = collect(store, st, filter, table);
	hc_stmt_free(st);
	if (rc == HC_OK && hc_table_rows(*table) == 0) {
		hc_table_free(*table);
		*table = NULL;
		rc = hc_db_fail(store->db, HC_NOTFOUND,
		    _("there is no run %lld"), (long long)(run % HC_ID_SPAN));
	}
	return rc;
}

enum hc_status
hc_history_record(struct hc_store *store, const struct hc_entity *entity,
    int64_t id, const struct hc_history_filter *filter,
    struct hc_table **table)
{
	static const char changes_sql[] = CHANGE_SQL
	    " AND c.entity = :entity AND c.record = :record"
	    " ORDER BY c.id LIMIT :limit";
	struct hc_stmt *st = NULL;
	struct bounds bounds;
	enum hc_status rc;

	*table = NULL;
	if ((rc = find_bounds(store, filter, &bounds)) == HC_OK &&
	    (rc = hc_stmt_new(&st, store->db, changes_sql)) == HC_OK &&
	    (rc = bind_filter(st, filter, &bounds)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":entity", entity->name)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":record", id)) == HC_OK)
		rc = collect(store, st, filter, table);
	hc_stmt_free(st);
	if (rc == HC_OK && hc_table_rows(*table) == 0) {
		hc_table_free(*table);
		*table = NULL;
		rc = hc_db_fail(store->db, HC_NOTFOUND,
		    _("nothing is known of %s %lld"),
		    hc_catalogue_entity_label(entity),
		    (long long)(id % HC_ID_SPAN));
	}
	return rc;
}

/* One line of the access log, taken apart in place. */
static bool
split_line(char *line, char *part[5])
{
	size_t i;

	line[strcspn(line, "\n")] = '\0';
	for (i = 0; i < 5; i++) {
		part[i] = line;
		line += strcspn(line, "\t");
		if (*line == '\t')
			*line++ = '\0';
		else if (i < 4)
			return false;
	}
	return true;
}

static bool
wanted_line(const struct hc_history_filter *filter, const struct bounds *b,
    char *const part[5])
{
	return (filter->login == NULL ||
	    strcmp(filter->login, part[1]) == 0) &&
	    (filter->program == NULL ||
	    strcmp(filter->program, part[2]) == 0) &&
	    (filter->day == NULL || (strcmp(part[0], b->from) >= 0 &&
	    strcmp(part[0], b->until) < 0));
}

static bool
is_full(const struct sheet *s)
{
	return s->filter->limit > 0 &&
	    hc_table_rows(s->table) >= (size_t)s->filter->limit;
}

/* The ids of one line, each a row. */
static enum hc_status
access_rows(struct sheet *s, char *const part[5], int64_t wanted)
{
	char record[24], at[32], *end, *ids = part[4];
	const struct hc_entity *e = hc_catalogue_entity(s->store->catalogue,
	    part[3]);
	const char *cells[] = { record, s->filter->shown && e != NULL ?
	    hc_catalogue_entity_label(e) : part[3], at, part[1], part[2] };
	enum hc_status rc = HC_OK;
	int64_t id;

	write_instant(s, part[0], at);
	for (; rc == HC_OK && *ids != '\0' && !is_full(s);
	    ids = end + (*end == ';')) {
		id = strtoll(ids, &end, 10);
		if (end == ids)
			break;
		if (wanted != 0 && id != wanted)
			continue;
		write_id(s, id, record);
		rc = sheet_row(s, cells);
	}
	return rc;
}

static enum hc_status
read_access(struct sheet *s, FILE *file, const char *entity, int64_t id)
{
	const struct hc_history_filter *filter = s->filter;
	char *line = NULL, *part[5];
	size_t room = 0;
	struct bounds bounds;
	enum hc_status rc;

	if ((rc = find_bounds(s->store, filter, &bounds)) != HC_OK)
		return rc;
	while (rc == HC_OK && !is_full(s) &&
	    getline(&line, &room, file) != -1)
		if (split_line(line, part) &&
		    wanted_line(filter, &bounds, part) &&
		    (entity == NULL || strcmp(entity, part[3]) == 0))
			rc = access_rows(s, part, id);
	free(line);
	if (rc == HC_OK && ferror(file))
		rc = hc_db_fail(s->store->db, HC_IO,
		    _("cannot read the access log"));
	return rc;
}

enum hc_status
hc_history_access(struct hc_store *store, const char *entity, int64_t id,
    const struct hc_history_filter *filter, struct hc_table **table)
{
	struct sheet s = { .store = store, .filter = filter,
	    .columns = access_columns, .ncolumns = NCOLUMNS(access_columns) };
	struct hc_buf path = HC_BUF_INIT;
	FILE *file = NULL;
	enum hc_status rc;

	*table = NULL;
	hc_buf_printf(&path, "%s.access", hc_db_path(store->db));
	if (hc_buf_failed(&path))
		rc = hc_db_nomem(store->db);
	else
		rc = sheet_new(&s);
	/* Where there is no file, nobody has looked yet. */
	if (rc == HC_OK && (file = fopen(hc_buf_text(&path), "re")) != NULL)
		rc = read_access(&s, file, entity, id);
	if (file != NULL)
		fclose(file);
	hc_buf_free(&path);
	if (rc == HC_OK)
		*table = s.table;
	else
		hc_table_free(s.table);
	return rc;
}
