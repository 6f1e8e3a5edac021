/*
 * Runs and the change log.
 *
 * Digest of a change row: BLAKE2b keyed by its salt over its columns, each
 * followed by a NUL.  Hash of a run: BLAKE2b over the hash of the run before
 * (none for the first), the run's columns and the digests of its changes in
 * the order of their ids.  Without the salt nobody can guess an emptied row
 * from its digest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/seal.h"
#include "store/index.h"
#include "store/schema.h"

#include "store/run.h"

#define SALT 16
#define SALTS 256		/* taken from the system at once */
#define INSTANT 25		/* 2020-12-25T00:30:00.123Z and a NUL */

/* Ids given out in this run, written back at its end. */
struct counter {
	char entity[41];
	int64_t next;
};

struct hc_run {
	int64_t id;
	char now[21];		/* when it began, whole seconds */
	char *note;
	int64_t undoes;
	int64_t changes;
	bool keep;		/* to be committed without changes too */
	struct hc_hash digests;	/* of all change rows so far */
	struct hc_stmt *insert_change;
	unsigned char salts[SALTS][SALT];
	size_t nsalts;		/* not used yet */
	struct counter *counters;
	size_t ncounters;
};

/* The columns of a run's row that its hash covers. */
struct run_row {
	int64_t id;
	const char *at, *login, *program, *version, *options, *note, *process;
	int64_t undoes, changes;
};

static void
instant(char out[INSTANT], bool milliseconds)
{
	struct timespec ts;
	struct tm tm;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	n = strftime(out, INSTANT, "%Y-%m-%dT%H:%M:%S", &tm);
	if (milliseconds)
		snprintf(out + n, INSTANT - n, ".%03dZ",
		    (int)(ts.tv_nsec / 1000000) % 1000);
	else
		snprintf(out + n, INSTANT - n, "Z");
}

/* Each part with its NUL, so that no two rows look alike. */
static void
hash_text(struct hc_hash *hash, const char *text)
{
	if (text == NULL)
		hc_hash_add(hash, "\1", 2);
	else
		hc_hash_add(hash, text, strlen(text) + 1);
}

/* As text; there are several in each change, and snprintf() is slow. */
static void
hash_number(struct hc_hash *hash, int64_t number)
{
	uint64_t n = number < 0 ? -(uint64_t)number : (uint64_t)number;
	char text[24], *p = text + sizeof(text);

	*--p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	if (number < 0)
		*--p = '-';
	hash_text(hash, p);
}

static const char *
operation_name(enum hc_operation operation)
{
	return operation == HC_INSERT ? "insert" :
	    operation == HC_UPDATE ? "update" : "delete";
}

static void
digest_change(struct hc_hash *hash, int64_t id, int64_t run,
    const struct hc_change *c)
{
	hash_number(hash, id);
	hash_number(hash, run);
	hash_text(hash, c->entity);
	hash_number(hash, c->record);
	hash_text(hash, operation_name(c->operation));
	hash_number(hash, c->revision);
	hash_text(hash, c->fields);
}

/* ${before} is the hash of the run before, of ${beforelen} bytes or none. */
static void
hash_run(const struct run_row *r, const void *before, size_t beforelen,
    const unsigned char digests[HC_HASH_SIZE],
    unsigned char out[HC_HASH_SIZE])
{
	struct hc_hash hash;

	hc_hash_begin(&hash, NULL, 0);
	if (beforelen > 0)
		hc_hash_add(&hash, before, beforelen);
	hash_number(&hash, r->id);
	hash_text(&hash, r->at);
	hash_text(&hash, r->login);
	hash_text(&hash, r->program);
	hash_text(&hash, r->version);
	hash_text(&hash, r->options);
	hash_text(&hash, r->note);
	hash_text(&hash, r->process);
	hash_number(&hash, r->undoes);
	hash_number(&hash, r->changes);
	hc_hash_add(&hash, digests, HC_HASH_SIZE);
	hc_hash_end(&hash, out);
}

static void
free_run(struct hc_store *store)
{
	struct hc_run *run = store->run;

	if (run == NULL)
		return;
	hc_stmt_free(run->insert_change);
	free(run->counters);
	free(run->note);
	free(run);
	store->run = NULL;
}

static enum hc_status
new_run(struct hc_store *store, const char *note)
{
	struct hc_run *run;
	char now[INSTANT];

	if ((run = calloc(1, sizeof(*run))) == NULL)
		return hc_db_nomem(store->db);
	store->run = run;
	instant(now, false);
	memcpy(run->now, now, sizeof(run->now));
	hc_hash_begin(&run->digests, NULL, 0);
	if (note != NULL && (run->note = strdup(note)) == NULL)
		return hc_db_nomem(store->db);
	return HC_OK;
}

/* Others who wait are told who works and at what. */
static void
note_holder(struct hc_store *store, const char *note)
{
	struct hc_buf text = HC_BUF_INIT;

	hc_buf_printf(&text, "%s, %s%s%s", store->who.login,
	    store->who.program, note != NULL ? ": " : "",
	    note != NULL ? note : "");
	if (!hc_buf_failed(&text))
		hc_db_note_holder(store->db, hc_buf_text(&text));
	hc_buf_free(&text);
}

/*
 * Two may make the same database at once: the file was empty when both
 * looked, but only the first in turn finds it so.
 */
static enum hc_status
make_tables(struct hc_store *store)
{
	enum hc_status rc;
	int version;

	if ((rc = hc_db_version(store->db, &version)) != HC_OK)
		return rc;
	if (version != 0)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("'%s' exists already"), hc_db_path(store->db));
	return hc_schema_create(store->db, store->catalogue);
}

static enum hc_status
start(struct hc_store *store, const char *note, bool first)
{
	enum hc_status rc;

	if (store->run != NULL)
		return hc_db_fail(store->db, HC_ERROR, "a run is open");
	note_holder(store, note);
	if ((rc = hc_db_begin(store->db)) != HC_OK)
		return rc;
	rc = new_run(store, note);
	if (rc == HC_OK && first)
		rc = make_tables(store);
	if (rc == HC_OK)
		rc = hc_run_number(store, "run", &store->run->id);
	if (rc != HC_OK) {
		hc_run_rollback(store);
		return rc;
	}
	hc_db_guard(store->db, true);
	return HC_OK;
}

enum hc_status
hc_run_begin(struct hc_store *store, const char *note)
{
	return start(store, note, false);
}

enum hc_status
hc_run_begin_first(struct hc_store *store)
{
	return start(store, N_("new database"), true);
}

void
hc_run_rollback(struct hc_store *store)
{
	free_run(store);
	hc_index_forget(store);
	hc_db_rollback(store->db);
}

const char *
hc_run_now(const struct hc_store *store)
{
	return store->run->now;
}

int64_t
hc_run_id(const struct hc_store *store)
{
	return store->run->id;
}

void
hc_run_undoes(struct hc_store *store, int64_t run)
{
	store->run->undoes = run;
}

void
hc_run_keep(struct hc_store *store)
{
	store->run->keep = true;
}

int64_t
hc_run_changes(const struct hc_store *store)
{
	return store->run->changes;
}

static enum hc_status
read_counter(struct hc_store *store, const char *entity, int64_t *next)
{
	static const char next_sql[] = "SELECT next FROM counter"
	    " WHERE office = :office AND entity = :entity";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*next = 1;
	if ((rc = hc_stmt_new(&st, store->db, next_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":entity", entity)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		*next = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_run_number(struct hc_store *store, const char *entity, int64_t *id)
{
	struct hc_run *run = store->run;
	struct counter *c, *grown;
	enum hc_status rc;
	size_t i;

	for (i = 0; i < run->ncounters; i++)
		if (strcmp(run->counters[i].entity, entity) == 0)
			break;
	if (i == run->ncounters) {
		grown = realloc(run->counters, (i + 1) * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(store->db);
		run->counters = grown;
		c = &run->counters[i];
		snprintf(c->entity, sizeof(c->entity), "%s", entity);
		if ((rc = read_counter(store, entity, &c->next)) != HC_OK)
			return rc;
		run->ncounters++;
	}
	c = &run->counters[i];
	if (c->next >= HC_ID_SPAN)
		return hc_db_fail(store->db, HC_ERROR,
		    _("no numbers are left for '%s'"), entity);
	*id = store->office * HC_ID_SPAN + c->next++;
	return HC_OK;
}

static enum hc_status
write_counters(struct hc_store *store)
{
	static const char counter_sql[] =
	    "INSERT INTO counter (office, entity, next)"
	    " VALUES (:office, :entity, :next)"
	    " ON CONFLICT (office, entity) DO UPDATE SET next = :next";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	size_t i;

	rc = hc_stmt_new(&st, store->db, counter_sql);
	for (i = 0; rc == HC_OK && i < store->run->ncounters; i++) {
		struct counter *c = &store->run->counters[i];

		if ((rc = hc_stmt_text(st, ":entity", c->entity)) == HC_OK &&
		    (rc = hc_stmt_int(st, ":next", c->next)) == HC_OK)
			rc = hc_stmt_run(st);
	}
	hc_stmt_free(st);
	return rc;
}

static enum hc_status
insert_change(struct hc_store *store, int64_t id, const struct hc_change *c,
    const unsigned char salt[SALT], const unsigned char digest[HC_HASH_SIZE])
{
	static const char change_sql[] =
	    "INSERT INTO change (id, office, run, entity, record, operation,"
	    " revision, fields, salt, digest) VALUES (:id, :office, :run,"
	    " :entity, :record, :operation, :revision, :fields, :salt,"
	    " :digest)";
	enum { ID = 1, OFFICE, RUN, ENTITY, RECORD, OPERATION, REVISION,
	    FIELDS, SALT_AT, DIGEST };
	struct hc_run *run = store->run;
	struct hc_stmt *st;
	enum hc_status rc;

	if (run->insert_change == NULL && (rc = hc_stmt_new(
	    &run->insert_change, store->db, change_sql)) != HC_OK)
		return rc;
	st = run->insert_change;
	if ((rc = hc_stmt_int_at(st, ID, id)) != HC_OK ||
	    (rc = hc_stmt_int_at(st, RUN, run->id)) != HC_OK ||
	    (rc = hc_stmt_text_at(st, ENTITY, c->entity)) != HC_OK ||
	    (rc = hc_stmt_int_at(st, RECORD, c->record)) != HC_OK ||
	    (rc = hc_stmt_text_at(st, OPERATION,
	    operation_name(c->operation))) != HC_OK ||
	    (rc = hc_stmt_int_at(st, REVISION, c->revision)) != HC_OK ||
	    (rc = hc_stmt_text_at(st, FIELDS, c->fields)) != HC_OK ||
	    (rc = hc_stmt_blob_at(st, SALT_AT, salt, SALT)) != HC_OK ||
	    (rc = hc_stmt_blob_at(st, DIGEST, digest, HC_HASH_SIZE)) != HC_OK)
		return rc;
	return hc_stmt_run(st);
}

/* A salt of its own for each row, so that one can be emptied alone. */
static const unsigned char *
next_salt(struct hc_run *run)
{
	if (run->nsalts == 0) {
		if (hc_seal_random(run->salts, sizeof(run->salts)) != HC_OK)
			return NULL;
		run->nsalts = SALTS;
	}
	return run->salts[--run->nsalts];
}

enum hc_status
hc_run_log(struct hc_store *store, const struct hc_change *change)
{
	unsigned char digest[HC_HASH_SIZE];
	const unsigned char *salt;
	struct hc_run *run = store->run;
	struct hc_hash hash;
	enum hc_status rc;
	int64_t id;

	if (run == NULL)
		return hc_db_fail(store->db, HC_ERROR,
		    "a change outside of a run");
	if ((rc = hc_run_number(store, "change", &id)) != HC_OK)
		return rc;
	if ((salt = next_salt(run)) == NULL)
		return hc_db_fail(store->db, HC_ERROR,
		    "the system gives no random bytes");
	hc_hash_begin(&hash, salt, SALT);
	digest_change(&hash, id, run->id, change);
	hc_hash_end(&hash, digest);
	hc_hash_add(&run->digests, digest, sizeof(digest));
	run->changes++;
	return insert_change(store, id, change, salt, digest);
}

/* The last run's instant and hash; both stay empty before the first. */
struct last_run {
	char at[INSTANT];
	unsigned char hash[HC_HASH_SIZE];
	size_t hashlen;
};

static enum hc_status
read_last(struct hc_store *store, struct last_run *last)
{
	static const char last_sql[] = "SELECT at, hash FROM run"
	    " WHERE office = :office ORDER BY id DESC LIMIT 1";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	const void *hash;
	size_t len;

	memset(last, 0, sizeof(*last));
	if ((rc = hc_stmt_new(&st, store->db, last_sql)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK) {
		if (!hc_stmt_is_null(st, 0))
			snprintf(last->at, sizeof(last->at), "%s",
			    hc_stmt_get_text(st, 0));
		hash = hc_stmt_get_blob(st, 1, &len);
		if (hash != NULL && len == sizeof(last->hash)) {
			memcpy(last->hash, hash, len);
			last->hashlen = len;
		}
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
insert_run(struct hc_store *store, const struct run_row *r,
    const unsigned char hash[HC_HASH_SIZE])
{
	static const char run_sql[] =
	    "INSERT INTO run (id, office, at, login, program, version,"
	    " options, note, process, undoes, changes, hash) VALUES (:id,"
	    " :office, :at, :login, :program, :version, :options, :note,"
	    " :process, :undoes, :changes, :hash)";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, store->db, run_sql)) != HC_OK ||
	    (rc = hc_stmt_int(st, ":id", r->id)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":at", r->at)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":login", r->login)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":program", r->program)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":version", r->version)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":options", r->options)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":note", r->note)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":process", r->process)) != HC_OK ||
	    (rc = hc_stmt_int(st, ":changes", r->changes)) != HC_OK ||
	    (r->undoes != 0 &&
	    (rc = hc_stmt_int(st, ":undoes", r->undoes)) != HC_OK) ||
	    (rc = hc_stmt_blob(st, ":hash", hash, HC_HASH_SIZE)) != HC_OK)
		goto out;
	rc = hc_stmt_run(st);
out:
	hc_stmt_free(st);
	return rc;
}

static enum hc_status
close_run(struct hc_store *store)
{
	unsigned char digests[HC_HASH_SIZE], hash[HC_HASH_SIZE];
	struct hc_run *run = store->run;
	struct last_run last;
	struct run_row row;
	char at[INSTANT];
	enum hc_status rc;

	if ((rc = read_last(store, &last)) != HC_OK)
		return rc;
	/* A clock that was set back must not disturb the order. */
	instant(at, true);
	row = (struct run_row){ .id = run->id,
	    .at = strcmp(at, last.at) > 0 ? at : last.at,
	    .login = store->who.login, .program = store->who.program,
	    .version = store->who.version, .options = store->who.options,
	    .note = run->note, .process = store->process,
	    .undoes = run->undoes, .changes = run->changes };
	hc_hash_end(&run->digests, digests);
	hash_run(&row, last.hash, last.hashlen, digests, hash);
	if ((rc = insert_run(store, &row, hash)) != HC_OK)
		return rc;
	return write_counters(store);
}

enum hc_status
hc_run_commit(struct hc_store *store, int64_t *id)
{
	enum hc_status rc;

	if (id != NULL)
		*id = 0;
	if (store->run == NULL)
		return hc_db_fail(store->db, HC_ERROR, "no run is open");
	if (store->run->changes == 0 && !store->run->keep) {
		hc_run_rollback(store);
		return HC_OK;
	}
	if ((rc = hc_index_settle(store)) != HC_OK ||
	    (rc = close_run(store)) != HC_OK) {
		hc_run_rollback(store);
		return rc;
	}
	if (id != NULL)
		*id = store->run->id;
	free_run(store);
	return hc_db_commit(store->db);
}

/* Verification: all changes in order, run by run. */
struct verify {
	struct hc_store *store;
	void (*found)(void *arg, int64_t run, int64_t change,
	    const char *words);
	void *arg;
	bool sound;
	unsigned char hash[HC_HASH_SIZE];	/* of the run before */
	size_t hashlen;
};

static void
misfit(struct verify *v, int64_t run, int64_t change, const char *words)
{
	v->sound = false;
	v->found(v->arg, run, change, words);
}

/* One change row: does its digest fit what it says? */
static void
verify_change(struct verify *v, struct hc_stmt *st, int64_t run)
{
	unsigned char made[HC_HASH_SIZE];
	const void *salt, *digest;
	struct hc_change c = { 0 };
	struct hc_hash hash;
	const char *operation;
	size_t saltlen, len;

	digest = hc_stmt_get_blob(st, 7, &len);
	salt = hc_stmt_get_blob(st, 6, &saltlen);
	if (len != sizeof(made)) {
		misfit(v, run, hc_stmt_get_int(st, 0),
		    _("its digest is missing: it was changed outside of hc, "
		    "or is damaged"));
		return;
	}
	if (salt == NULL) {
		/* Emptied by retention, which leaves the digest alone. */
		if (!hc_stmt_is_null(st, 5))
			misfit(v, run, hc_stmt_get_int(st, 0),
			    _("its salt is "
			    "missing: it was changed outside of hc, or is "
			    "damaged"));
		return;
	}
	/* A damaged file may hold anything. */
	if ((operation = hc_stmt_get_text(st, 3)) == NULL)
		operation = "";
	c.entity = hc_stmt_get_text(st, 1);
	c.record = hc_stmt_get_int(st, 2);
	c.operation = strcmp(operation, "insert") == 0 ? HC_INSERT :
	    strcmp(operation, "update") == 0 ? HC_UPDATE : HC_DELETE;
	c.revision = hc_stmt_get_int(st, 4);
	c.fields = hc_stmt_get_text(st, 5);
	hc_hash_begin(&hash, salt, saltlen);
	digest_change(&hash, hc_stmt_get_int(st, 0), run, &c);
	hc_hash_end(&hash, made);
	if (memcmp(made, digest, sizeof(made)) != 0)
		misfit(v, run, hc_stmt_get_int(st, 0),
		    _("the row was changed"));
}

/* All change rows of a run; ${digests} is the hash of their digests. */
static enum hc_status
verify_changes(struct verify *v, struct hc_stmt *st, int64_t run,
    int64_t expected, unsigned char digests[HC_HASH_SIZE])
{
	struct hc_hash hash;
	enum hc_status rc;
	const void *digest;
	int64_t count = 0;
	size_t len;

	hc_hash_begin(&hash, NULL, 0);
	if ((rc = hc_stmt_int(st, ":run", run)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(st)) == HC_OK) {
		verify_change(v, st, run);
		if ((digest = hc_stmt_get_blob(st, 7, &len)) != NULL)
			hc_hash_add(&hash, digest, len);
		count++;
	}
	hc_hash_end(&hash, digests);
	if (rc == HC_NOTFOUND && count != expected)
		misfit(v, run, 0, _("change rows are missing or too many"));
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
verify_run(struct verify *v, struct hc_stmt *st, struct hc_stmt *changes)
{
	unsigned char digests[HC_HASH_SIZE], made[HC_HASH_SIZE];
	struct run_row row = { .id = hc_stmt_get_int(st, 0),
	    .at = hc_stmt_get_text(st, 1), .login = hc_stmt_get_text(st, 2),
	    .program = hc_stmt_get_text(st, 3),
	    .version = hc_stmt_get_text(st, 4),
	    .options = hc_stmt_get_text(st, 5),
	    .note = hc_stmt_get_text(st, 6),
	    .process = hc_stmt_get_text(st, 7),
	    .undoes = hc_stmt_get_int(st, 8),
	    .changes = hc_stmt_get_int(st, 9) };
	const void *hash;
	enum hc_status rc;
	size_t len;

	if ((rc = verify_changes(v, changes, row.id, row.changes,
	    digests)) != HC_OK)
		return rc;
	hash_run(&row, v->hash, v->hashlen, digests, made);
	hash = hc_stmt_get_blob(st, 10, &len);
	if (hash == NULL || len != sizeof(made) ||
	    memcmp(hash, made, len) != 0)
		misfit(v, row.id, 0, _("the hash does not fit the run and "
		    "the runs before it"));
	/* Go on from what stands there, so that one fault is told once. */
	v->hashlen = hash == NULL ? 0 :
	    len < sizeof(v->hash) ? len : sizeof(v->hash);
	if (v->hashlen > 0)
		memcpy(v->hash, hash, v->hashlen);
	return HC_OK;
}

/* Change rows that belong to no run at all. */
static enum hc_status
verify_strays(struct verify *v)
{
	static const char stray_sql[] =
	    "SELECT id, run FROM change WHERE office = :office AND run NOT IN"
	    " (SELECT id FROM run WHERE office = :office) ORDER BY id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, v->store->db, stray_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		misfit(v, hc_stmt_get_int(st, 1), hc_stmt_get_int(st, 0),
		    _("the change belongs to no run"));
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_run_verify(struct hc_store *store,
    void (*found)(void *arg, int64_t run, int64_t change, const char *words),
    void *arg, char head[65])
{
	static const char run_sql[] =
	    "SELECT id, at, login, program, version, options, note, process,"
	    " coalesce(undoes, 0), changes, hash FROM run"
	    " WHERE office = :office ORDER BY id";
	static const char change_sql[] =
	    "SELECT id, entity, record, operation, revision, fields, salt,"
	    " digest FROM change WHERE office = :office AND run = :run"
	    " ORDER BY id";
	struct verify v = { .store = store, .found = found, .arg = arg,
	    .sound = true };
	struct hc_stmt *runs = NULL, *changes = NULL;
	struct hc_buf hex = HC_BUF_INIT;
	enum hc_status rc;

	head[0] = '\0';
	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	if ((rc = hc_stmt_new(&runs, store->db, run_sql)) != HC_OK ||
	    (rc = hc_stmt_new(&changes, store->db, change_sql)) != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(runs)) == HC_OK)
		if ((rc = verify_run(&v, runs, changes)) != HC_OK)
			break;
	if (rc == HC_NOTFOUND)
		rc = verify_strays(&v);
	hc_hex_format(&hex, v.hash, v.hashlen);
	snprintf(head, 65, "%s", hc_buf_text(&hex));
	if (rc == HC_OK && !v.sound)
		rc = hc_db_fail(store->db, HC_INVALID,
		    _("the change log does not fit its hashes"));
out:
	hc_buf_free(&hex);
	hc_stmt_free(changes);
	hc_stmt_free(runs);
	hc_db_snapshot_end(store->db);
	return rc;
}

enum hc_status
hc_run_find_hash(struct hc_store *store, const char *hex, int64_t *run)
{
	static const char hash_sql[] = "SELECT id FROM run"
	    " WHERE office = :office AND hash = :hash";
	unsigned char hash[HC_HASH_SIZE];
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*run = 0;
	if (hc_hex_parse(hex, hash, sizeof(hash)) != HC_OK)
		return hc_db_fail(store->db, HC_INVALID,
		    _("'%s' is no hash of 64 digits"), hex);
	if ((rc = hc_stmt_new(&st, store->db, hash_sql)) == HC_OK &&
	    (rc = hc_stmt_blob(st, ":hash", hash, sizeof(hash))) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		*run = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? hc_db_fail(store->db, rc,
	    _("no run has the noted hash: runs were cut off, or the log was "
	    "written anew")) : rc;
}
