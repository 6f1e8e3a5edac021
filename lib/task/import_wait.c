/* Rows of lists that wait for other lists. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/i18n.h"
#include "record/record.h"

#include "task/import_wait.h"

struct kept {
	size_t line;
	const char *cells;
};

struct hc_import_waits {
	struct hc_store *store;
	const struct hc_entity *entity;
	struct hc_arena arena;
	struct hc_import_wait_list list;
	struct kept *kept;		/* by line */
	size_t len, room;
	bool any;	/* rows of the list wait, or will */
};

static enum hc_status
look_for_any(struct hc_import_waits *w)
{
	static const char any_sql[] = "SELECT 1 FROM waiting_row"
	    " WHERE office = :office AND source = :source LIMIT 1";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, w->store->db, any_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":source", w->list.source)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		w->any = true;
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static const char *
copy(struct hc_import_waits *w, const char *text)
{
	return hc_arena_text(&w->arena, text);
}

enum hc_status
hc_import_wait_new(struct hc_import_waits **out, struct hc_store *store,
    const struct hc_import_wait_list *list)
{
	struct hc_import_waits *w;

	if ((*out = w = calloc(1, sizeof(*w))) == NULL)
		return hc_db_nomem(store->db);
	w->store = store;
	w->entity = hc_catalogue_entity(store->catalogue, "waiting_row");
	w->list.source = copy(w, list->source);
	w->list.mapping = copy(w, list->mapping);
	w->list.file = copy(w, list->file);
	w->list.link = copy(w, list->link);
	w->list.headings = copy(w, list->headings);
	if (w->list.source == NULL || w->list.mapping == NULL ||
	    w->list.headings == NULL)
		return hc_db_nomem(store->db);
	return look_for_any(w);
}

void
hc_import_wait_free(struct hc_import_waits *w)
{
	if (w == NULL)
		return;
	hc_arena_free(&w->arena);
	free(w->kept);
	free(w);
}

/* ---- One row ---- */

static enum hc_status
find_row(struct hc_import_waits *w, const char *key, struct hc_row **row)
{
	static const char *const names[] = { "source", "key", NULL };
	const char *const values[] = { w->list.source, key };

	*row = NULL;
	return w->any ? hc_record_find(w->store, w->entity, names, values,
	    row) : HC_NOTFOUND;
}

enum hc_status
hc_import_wait_keep(struct hc_import_waits *w,
    const struct hc_import_wait_row *said, const char *cells, bool *known)
{
	struct hc_row *row;
	struct kept *grown;
	enum hc_status rc;

	*known = false;
	rc = find_row(w, said->key, &row);
	if (rc == HC_OK)
		*known = strcmp(hc_row_value(row, "number"),
		    said->number) == 0 && strcmp(hc_row_value(row, "cells"),
		    cells) == 0;
	hc_row_free(row);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		return rc;
	if (w->len == w->room) {
		w->room = w->room > 0 ? w->room * 2 : 64;
		grown = realloc(w->kept, w->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(w->store->db);
		w->kept = grown;
	}
	w->kept[w->len].line = said->line;
	w->kept[w->len].cells = copy(w, cells);
	return w->kept[w->len++].cells != NULL ? HC_OK :
	    hc_db_nomem(w->store->db);
}

static int
by_line(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

static const char *
cells_of(const struct hc_import_waits *w, size_t line)
{
	const struct kept key = { .line = line }, *found;

	found = w->len > 0 ? bsearch(&key, w->kept, w->len, sizeof(key),
	    by_line) : NULL;
	return found != NULL ? found->cells : NULL;
}

/* What the record of a waiting row says. */
static enum hc_status
set_row(struct hc_import_waits *w, struct hc_row *row,
    const struct hc_import_wait_row *said)
{
	char line[24];
	const struct {
		const char *name, *value;
	} values[] = {
		{ "source", w->list.source }, { "key", said->key },
		{ "link", w->list.link }, { "number", said->number },
		{ "mapping", w->list.mapping }, { "file", w->list.file },
		{ "row", line }, { "headings", w->list.headings },
		{ "cells", cells_of(w, said->line) },
	};
	size_t i;

	snprintf(line, sizeof(line), "%zu", said->line);
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (hc_row_set(row, hc_catalogue_field(w->entity,
		    values[i].name), values[i].value) != HC_OK)
			return hc_db_nomem(w->store->db);
	return HC_OK;
}

enum hc_status
hc_import_wait_settle(struct hc_import_waits *w,
    const struct hc_import_wait_row *said)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (said->number == NULL && !w->any)
		return HC_OK;
	rc = find_row(w, said->key, &row);
	if (said->number == NULL) {
		if (rc == HC_OK)
			rc = hc_record_delete(w->store, w->entity, row->id);
	} else if (rc == HC_OK) {
		if ((rc = set_row(w, row, said)) == HC_OK)
			rc = hc_record_update(w->store, row);
	} else if (rc == HC_NOTFOUND) {
		w->any = true;
		rc = hc_row_new(&row, w->entity) == HC_OK ?
		    set_row(w, row, said) : hc_db_nomem(w->store->db);
		if (rc == HC_OK)
			rc = hc_record_insert(w->store, row);
	}
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* ---- When the other list has come ---- */

/* Rows of one list with the same headings, in a file of their own. */
struct again {
	struct hc_arena arena;
	const char *source, *mapping, *link, *file, *headings;
	FILE *list;
	size_t rows;
};

static enum hc_status
run_again(struct hc_store *store, struct again *a,
    const struct hc_import_options *options)
{
	struct hc_import_options o = { .mapping = a->mapping,
	    .source = a->source, .link = a->link, .name = a->file,
	    .again = true, .no_key = true, .keep_cleared = true,
	    .folder = options->folder, .clock = options->clock,
	    .problem = options->problem, .progress = options->progress,
	    .arg = options->arg, .stop = options->stop };
	struct hc_import_result result;
	enum hc_status rc;
	char words[300];

	if (a->list == NULL || fflush(a->list) == EOF ||
	    fseek(a->list, 0, SEEK_SET) == -1)
		return hc_db_fail(store->db, HC_IO,
		    _("cannot write the staging file: %s"), strerror(errno));
	o.fd = fileno(a->list);
	rc = hc_import(store, &o, &result);
	if ((rc != HC_OK && rc != HC_CONFLICT) || result.run == 0 ||
	    options->tell == NULL)
		return rc;
	snprintf(words, sizeof(words), _("%zu rows of '%s' that waited for "
	    "'%s' are in, as run %lld"), result.added + result.changed,
	    a->source, a->link, (long long)(result.run % HC_ID_SPAN));
	options->tell(options->arg, words);
	return rc;
}

static bool
same_list(const struct again *a, const struct hc_stmt *st)
{
	return a->list != NULL &&
	    strcmp(a->source, hc_stmt_get_text(st, 0)) == 0 &&
	    strcmp(a->mapping, hc_stmt_get_text(st, 1)) == 0 &&
	    strcmp(a->link, hc_stmt_get_text(st, 2)) == 0 &&
	    strcmp(a->headings, hc_stmt_get_text(st, 3)) == 0;
}

static enum hc_status
begin_list(struct hc_store *store, struct again *a, const struct hc_stmt *st,
    const char *folder)
{
	int fd = hc_file_unnamed(folder);

	a->source = hc_arena_text(&a->arena, hc_stmt_get_text(st, 0));
	a->mapping = hc_arena_text(&a->arena, hc_stmt_get_text(st, 1));
	a->link = hc_arena_text(&a->arena, hc_stmt_get_text(st, 2));
	a->headings = hc_arena_text(&a->arena, hc_stmt_get_text(st, 3));
	a->file = hc_arena_text(&a->arena, hc_stmt_is_null(st, 5) ? "-" :
	    hc_stmt_get_text(st, 5));
	if (a->source == NULL || a->mapping == NULL || a->link == NULL ||
	    a->headings == NULL || a->file == NULL) {
		if (fd != -1)
			close(fd);
		return hc_db_nomem(store->db);
	}
	if (fd == -1 || (a->list = fdopen(fd, "w+")) == NULL) {
		if (fd != -1)
			close(fd);
		return hc_db_fail(store->db, HC_IO,
		    _("cannot make a staging file in '%s': %s"), folder,
		    strerror(errno));
	}
	fputs(a->headings, a->list);
	return HC_OK;
}

/* Collect the rows of the first list that has some; HC_NOTFOUND if none. */
static enum hc_status
collect(struct hc_store *store, struct again *a, const char *folder,
    int64_t *after)
{
	static const char ready_sql[] = "SELECT w.source, w.mapping, w.link,"
	    " w.headings, w.cells, w.file, w.id FROM waiting_row w"
	    " JOIN source_key k ON k.\"key\" = w.number"
	    " AND k.source = w.link AND k.entity = 'episode'"
	    " AND k.office = w.office"
	    " WHERE w.office = :office AND w.id > :after ORDER BY w.id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, ready_sql)) == HC_OK)
		rc = hc_stmt_int(st, ":after", *after);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		if (a->list == NULL)
			rc = begin_list(store, a, st, folder);
		else if (!same_list(a, st))
			break;
		*after = hc_stmt_get_int(st, 6);
		if (rc == HC_OK)
			fputs(hc_stmt_get_text(st, 4), a->list);
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND && a->list != NULL ? HC_OK : rc;
}

void
hc_import_wait_take(struct hc_store *store,
    const struct hc_import_options *options)
{
	enum hc_status rc;
	int64_t after = 0;

	do {
		struct again a = { .list = NULL };

		rc = collect(store, &a, options->folder, &after);
		if (rc == HC_OK)
			rc = run_again(store, &a, options);
		if (a.list != NULL)
			fclose(a.list);
		hc_arena_free(&a.arena);
	} while (rc == HC_OK || rc == HC_CONFLICT);
	/* The list itself is in: that is not taken back. */
	if (rc != HC_NOTFOUND && options->tell != NULL)
		options->tell(options->arg, hc_store_error(store));
}
