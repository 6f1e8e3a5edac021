/*
 * Is the database whole?  The replay reads the change log of one entity in
 * the order of its records, beside the records themselves, so that no more
 * than one record is in memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "store/index.h"
#include "store/row.h"
#include "store/run.h"

#include "task/check_db.h"

struct look {
	struct hc_store *store;
	hc_check_db_fault *fault;
	void *arg;
	struct hc_check_db *result;
};

static void tell(struct look *look, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
tell(struct look *look, const char *fmt, ...)
{
	char words[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	look->result->faults++;
	look->fault(look->arg, words);
}

static void
tell_engine(void *arg, const char *words)
{
	tell(arg, "%s", words);
}

static void
tell_chain(void *arg, int64_t run, int64_t change, const char *words)
{
	if (change != 0)
		tell(arg, _("run %lld, change %lld: %s"),
		    (long long)(run % HC_ID_SPAN),
		    (long long)(change % HC_ID_SPAN), words);
	else
		tell(arg, _("run %lld: %s"), (long long)(run % HC_ID_SPAN),
		    words);
}

/* ---- Counters ---- */

/* The last number that the counter says was given out. */
static enum hc_status
last_number(struct look *look, const char *entity, int64_t *last)
{
	static const char counter_sql[] = "SELECT next FROM counter"
	    " WHERE office = :office AND entity = :entity";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*last = 0;
	if ((rc = hc_stmt_new(&st, look->store->db, counter_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":entity", entity)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		*last = hc_stmt_get_int(st, 0) - 1;
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/*
 * Runs and changes are numbered without gaps, so that a tail that was cut
 * off shows; of records the counter must only be high enough.
 */
static enum hc_status
check_counter(struct look *look, const char *table, bool gapless,
    int64_t *rows)
{
	struct hc_buf sql = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	int64_t last, highest = 0;
	enum hc_status rc;

	*rows = 0;
	/* SQL by the catalogue. */
	hc_buf_printf(&sql, "SELECT count(*), coalesce(max(id), 0) FROM \"%s\""
	    " WHERE office = :office", table);
	rc = hc_buf_failed(&sql) ? hc_db_nomem(look->store->db) :
	    hc_stmt_new(&st, look->store->db, hc_buf_text(&sql));
	if (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		*rows = hc_stmt_get_int(st, 0);
		highest = hc_stmt_get_int(st, 1) % HC_ID_SPAN;
	}
	hc_stmt_free(st);
	hc_buf_free(&sql);
	if (rc != HC_OK || (rc = last_number(look, table, &last)) != HC_OK)
		return rc;
	if (gapless && (last != highest || *rows != last))
		tell(look, _("'%s' holds %lld rows up to %lld, but %lld were "
		    "written: some are missing"), table, (long long)*rows,
		    (long long)highest, (long long)last);
	else if (highest > last)
		tell(look, _("'%s' holds the number %lld, but only %lld were "
		    "given out"), table, (long long)highest, (long long)last);
	return HC_OK;
}

/* ---- The log replayed ---- */

struct replay {
	struct look *look;
	const struct hc_entity *entity;
	struct hc_stmt *log, *records;
	bool more_log, more_records;	/* a row is there to be looked at */
	struct hc_row *made, *found;	/* from the log; from the table */
	bool there;			/* the log says that it exists */
	bool emptied;			/* retention took a part of the log */
};

static enum hc_status
clear_row(struct replay *r)
{
	size_t i;

	for (i = 0; i < r->entity->nfields; i++)
		if (hc_row_set(r->made, r->entity->fields[i], NULL) != HC_OK)
			return hc_db_nomem(r->look->store->db);
	r->made->revision = 0;
	r->there = r->emptied = false;
	return HC_OK;
}

static enum hc_status
set_fields(struct replay *r, const struct hc_json *fields)
{
	const struct hc_json *value;
	const struct hc_field *f;
	void *iterator = NULL;
	const char *name;

	while ((value = hc_json_next(fields, &iterator, &name)) != NULL) {
		if ((f = hc_catalogue_field(r->entity, name)) == NULL)
			continue;
		if (hc_row_set(r->made, f, hc_json_text(
		    hc_json_is_array(value) ? hc_json_at(value, 1) :
		    value)) != HC_OK)
			return hc_db_nomem(r->look->store->db);
	}
	return HC_OK;
}

/* One change of the present record. */
static enum hc_status
replay_change(struct replay *r)
{
	struct hc_stmt *st = r->log;
	const char *operation = hc_stmt_get_text(st, 1);
	const char *json = hc_stmt_get_text(st, 3);
	struct hc_json *fields = NULL;
	enum hc_status rc;

	r->made->revision = hc_stmt_get_int(st, 2);
	if (json == NULL) {
		r->emptied = true;
		r->look->result->emptied++;
	}
	if (operation == NULL || strcmp(operation, "delete") == 0) {
		r->there = false;
		return HC_OK;
	}
	if (strcmp(operation, "insert") == 0) {
		bool emptied = json == NULL;

		if ((rc = clear_row(r)) != HC_OK)
			return rc;
		r->emptied = emptied;
		r->made->revision = hc_stmt_get_int(st, 2);
	}
	r->there = true;
	if (json == NULL)
		return HC_OK;
	rc = hc_json_parse(&fields, json, strlen(json), NULL);
	if (rc == HC_INVALID) {
		tell(r->look, _("%s %lld: a row of the change log cannot be "
		    "read"), r->entity->name,
		    (long long)(r->made->id % HC_ID_SPAN));
		r->emptied = true;
		return HC_OK;
	}
	if (rc == HC_OK)
		rc = set_fields(r, fields);
	hc_json_free(fields);
	return rc;
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void
compare(struct replay *r)
{
	const struct hc_row *made = r->made, *found = r->found;
	long long id = found->id % HC_ID_SPAN;
	size_t i;

	if (made->revision != found->revision)
		tell(r->look, _("%s %lld has revision %lld, the log says "
		    "%lld"), r->entity->name, id, (long long)found->revision,
		    (long long)made->revision);
	for (i = 0; !r->emptied && i < r->entity->nfields; i++)
		if (!same(made->values[i], found->values[i]))
			tell(r->look, _("%s %lld: '%s' is not what the log "
			    "says"), r->entity->name, id,
			    r->entity->fields[i]->name);
}

static enum hc_status
step_log(struct replay *r)
{
	enum hc_status rc = hc_stmt_next(r->log);

	r->more_log = rc == HC_OK;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
step_records(struct replay *r)
{
	enum hc_status rc = hc_stmt_next(r->records);

	r->more_records = rc == HC_OK;
	if (rc == HC_OK) {
		r->look->result->records++;
		rc = hc_row_read(r->look->store, r->records, r->found);
	}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* All changes of the record that the log is at, then the record itself. */
static enum hc_status
replay_record(struct replay *r)
{
	int64_t id = hc_stmt_get_int(r->log, 0);
	enum hc_status rc;

	if ((rc = clear_row(r)) != HC_OK)
		return rc;
	r->made->id = id;
	while (r->more_log && hc_stmt_get_int(r->log, 0) == id)
		if ((rc = replay_change(r)) != HC_OK ||
		    (rc = step_log(r)) != HC_OK)
			return rc;
	while (r->more_records && r->found->id < id) {
		tell(r->look, _("%s %lld stands in no row of the log"),
		    r->entity->name, (long long)(r->found->id % HC_ID_SPAN));
		if ((rc = step_records(r)) != HC_OK)
			return rc;
	}
	if (!r->more_records || r->found->id != id) {
		if (r->there)
			tell(r->look, _("%s %lld is gone, but the log knows of "
			    "no deletion"), r->entity->name,
			    (long long)(id % HC_ID_SPAN));
		return HC_OK;
	}
	if (r->there)
		compare(r);
	else
		tell(r->look, _("%s %lld is there, but the log says that it "
		    "was deleted"), r->entity->name,
		    (long long)(id % HC_ID_SPAN));
	return step_records(r);
}

static enum hc_status
prepare(struct replay *r)
{
	static const char log_sql[] =
	    "SELECT record, operation, revision, fields FROM change"
	    " WHERE office = :office AND entity = :entity"
	    " ORDER BY record, id";
	struct hc_store *store = r->look->store;
	enum hc_status rc;

	if (hc_row_new(&r->made, r->entity) != HC_OK ||
	    hc_row_new(&r->found, r->entity) != HC_OK)
		return hc_db_nomem(store->db);
	if ((rc = hc_row_query(store, r->entity, NULL, &r->records)) ==
	    HC_OK && (rc = hc_stmt_new(&r->log, store->db, log_sql)) == HC_OK)
		rc = hc_stmt_text(r->log, ":entity", r->entity->name);
	return rc;
}

static enum hc_status
replay_entity(struct look *look, const struct hc_entity *e)
{
	struct replay r = { .look = look, .entity = e };
	enum hc_status rc;

	if ((rc = prepare(&r)) != HC_OK || (rc = step_log(&r)) != HC_OK ||
	    (rc = step_records(&r)) != HC_OK)
		goto out;
	while (rc == HC_OK && r.more_log)
		rc = replay_record(&r);
	while (rc == HC_OK && r.more_records) {
		tell(look, _("%s %lld stands in no row of the log"), e->name,
		    (long long)(r.found->id % HC_ID_SPAN));
		rc = step_records(&r);
	}
out:
	hc_stmt_free(r.log);
	hc_stmt_free(r.records);
	hc_row_free(r.made);
	hc_row_free(r.found);
	return rc;
}

/* Change rows of what is no entity at all, and rows of other offices. */
static enum hc_status
check_strays(struct look *look)
{
	static const char strays_sql[] = "SELECT entity, count(*) FROM change"
	    " WHERE office = :office GROUP BY entity ORDER BY entity";
	struct hc_stmt *st = NULL;
	const char *name;
	enum hc_status rc;

	rc = hc_stmt_new(&st, look->store->db, strays_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		name = hc_stmt_get_text(st, 0);
		if (name == NULL || hc_catalogue_entity(
		    look->store->catalogue, name) == NULL)
			tell(look, _("the log has %lld rows of '%s', which is "
			    "no kind of record"),
			    (long long)hc_stmt_get_int(st, 1),
			    name != NULL ? name : "");
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
check_index(struct look *look)
{
	enum hc_status rc;
	int64_t wrong;

	if ((rc = hc_index_check(look->store, &wrong)) == HC_OK && wrong > 0)
		tell(look, _("%lld records are not found as they should be: "
		    "'hc-check --rebuild-index' mends that"),
		    (long long)wrong);
	return rc;
}

static enum hc_status
check_all(struct look *look)
{
	struct hc_store *store = look->store;
	const struct hc_catalogue *c = store->catalogue;
	enum hc_status rc;
	int64_t rows;
	size_t i;

	rc = hc_db_integrity(store->db, tell_engine, look);
	if (rc != HC_OK && rc != HC_INVALID)
		return rc;
	rc = hc_run_verify(store, tell_chain, look, look->result->head);
	if (rc != HC_OK && rc != HC_INVALID)
		return rc;
	if ((rc = check_counter(look, "run", true, &look->result->runs)) !=
	    HC_OK || (rc = check_counter(look, "change", true,
	    &look->result->changes)) != HC_OK ||
	    (rc = check_strays(look)) != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < c->nentities; i++) {
		if (c->entities[i].kind == HC_ENTITY_COMPUTED)
			continue;
		rc = check_counter(look, c->entities[i].name, false, &rows);
		if (rc == HC_OK)
			rc = replay_entity(look, &c->entities[i]);
	}
	return rc == HC_OK ? check_index(look) : rc;
}

enum hc_status
hc_check_db(struct hc_store *store, hc_check_db_fault *fault, void *arg,
    struct hc_check_db *result)
{
	struct look look = { .store = store, .fault = fault, .arg = arg,
	    .result = result };
	enum hc_status rc;

	memset(result, 0, sizeof(*result));
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	rc = check_all(&look);
	hc_db_snapshot_end(store->db);
	/* What SQLite finds damaged on the way is a fault as well. */
	if (rc == HC_INVALID)
		tell(&look, "%s", hc_store_error(store));
	if (rc == HC_OK && result->faults > 0)
		rc = hc_db_fail(store->db, HC_INVALID,
		    _("'%s' has faults; a backup may be sound"),
		    hc_db_path(store->db));
	return rc;
}

enum hc_status
hc_check_db_backup(struct hc_store *store, const char *path,
    hc_check_db_fault *fault, void *arg, struct hc_check_db *result)
{
	struct hc_store *copy = NULL;
	enum hc_status rc;
	int64_t run;

	memset(result, 0, sizeof(*result));
	if ((rc = hc_db_backup(store->db, path)) != HC_OK)
		return rc;
	rc = hc_store_open(&copy, path, HC_DB_READ, &store->who);
	if (rc == HC_OK)
		rc = hc_check_db(copy, fault, arg, result);
	if (rc != HC_OK)
		hc_db_fail(store->db, rc, "%s", hc_store_error(copy));
	hc_store_close(copy);
	if (rc == HC_OK)
		rc = hc_run_find_hash(store, result->head, &run);
	return rc == HC_NOTFOUND ? HC_INVALID : rc;
}

enum hc_status
hc_check_db_ballast(struct hc_store *store, int64_t size)
{
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	int fd = -1, error = 0;

	hc_buf_printf(&path, "%s.ballast", hc_db_path(store->db));
	if (hc_buf_failed(&path))
		rc = hc_db_nomem(store->db);
	else if ((fd = open(hc_buf_text(&path), O_WRONLY | O_CREAT | O_EXCL |
	    O_CLOEXEC, 0660)) == -1)
		rc = errno == EEXIST ? hc_db_fail(store->db, HC_CONFIG,
		    _("'%s' exists already"), hc_buf_text(&path)) :
		    hc_db_fail(store->db, HC_IO, _("cannot write '%s': %s"),
		    hc_buf_text(&path), strerror(errno));
	else if ((error = posix_fallocate(fd, 0, (off_t)size)) != 0 ||
	    (fsync(fd) == -1 && (error = errno) != 0)) {
		rc = hc_db_fail(store->db, HC_IO, _("cannot write '%s': %s"),
		    hc_buf_text(&path), strerror(error));
		unlink(hc_buf_text(&path));
	}
	if (fd != -1)
		close(fd);
	hc_buf_free(&path);
	return rc;
}

enum hc_status
hc_check_db_release(const char *db, struct hc_error *err)
{
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	hc_buf_printf(&path, "%s.ballast", db);
	if (hc_buf_failed(&path))
		rc = hc_error_nomem(err);
	else if (unlink(hc_buf_text(&path)) == -1)
		rc = hc_error_set(err, errno == ENOENT ? HC_NOTFOUND : HC_IO,
		    _("cannot remove '%s': %s"), hc_buf_text(&path),
		    strerror(errno));
	hc_buf_free(&path);
	return rc;
}
