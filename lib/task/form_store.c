/*
 * The form machine's store.
 *
 * Statements are prepared when first needed and kept: the server runs the
 * same few all day.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/seal.h"
#include "store/db.h"

#include "task/form_store.h"

#define VERSION 1

static const char schema_sql[] =
	"CREATE TABLE state ("
	"	name	TEXT NOT NULL PRIMARY KEY,"
	"	value	INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"
	"INSERT INTO state (name, value) VALUES ('generation', 1);"
	"CREATE TABLE bundle ("
	"	id	INTEGER NOT NULL PRIMARY KEY,"
	"	digest	BLOB NOT NULL UNIQUE,"	/* BLAKE2b-256 of content */
	"	content	TEXT NOT NULL"		/* JSON */
	") STRICT;"
	"CREATE TABLE link ("
	"	hash	BLOB NOT NULL PRIMARY KEY,"	/* of the token */
	"	bundle	INTEGER NOT NULL REFERENCES bundle,"
	"	lang	TEXT NOT NULL,"
	"	round	TEXT,"
	"	rows	TEXT,"			/* JSON: family members */
	"	opens_at	TEXT NOT NULL,"
	"	expires_at	TEXT NOT NULL,"
	"	closed	INTEGER NOT NULL"	/* 1: taken back */
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX link_expires ON link (expires_at);"
	"CREATE TABLE answer ("
	"	number	INTEGER NOT NULL PRIMARY KEY,"	/* order of arrival */
	"	id	BLOB NOT NULL,"
	"	link	BLOB NOT NULL,"		/* kept even without its link */
	"	at	TEXT NOT NULL,"
	"	sealed	BLOB NOT NULL,"
	"	UNIQUE (link, id)"
	") STRICT;";

static const char generation_sql[] =
	"SELECT value FROM state WHERE name = 'generation'";

static const char grow_sql[] =
	"UPDATE state SET value = value + 1 WHERE name = 'generation'";

static const char find_bundle_sql[] =
	"SELECT id FROM bundle WHERE digest = :digest";

static const char add_bundle_sql[] =
	"INSERT INTO bundle (id, digest, content)"
	" SELECT coalesce(max(id), 0) + 1, :digest, :content FROM bundle"
	" WHERE true"
	" RETURNING id";

static const char get_bundle_sql[] =
	"SELECT content FROM bundle WHERE id = :id OR :id = 0"
	" ORDER BY id DESC LIMIT 1";

static const char put_link_sql[] =
	"INSERT INTO link (hash, bundle, lang, round, rows, opens_at,"
	"	expires_at, closed)"
	" VALUES (:hash, :bundle, :lang, :round, :rows, :opens_at,"
	"	:expires_at, :closed)"
	" ON CONFLICT (hash) DO UPDATE SET bundle = excluded.bundle,"
	"	lang = excluded.lang, round = excluded.round,"
	"	rows = excluded.rows, opens_at = excluded.opens_at,"
	"	expires_at = excluded.expires_at, closed = excluded.closed"
	" WHERE link.bundle <> excluded.bundle OR link.lang <> excluded.lang"
	"	OR coalesce(link.round, '') <> coalesce(excluded.round, '')"
	"	OR coalesce(link.rows, '') <> coalesce(excluded.rows, '')"
	"	OR link.opens_at <> excluded.opens_at"
	"	OR link.expires_at <> excluded.expires_at"
	"	OR link.closed <> excluded.closed"
	" RETURNING 1";

static const char get_link_sql[] =
	"SELECT bundle, lang, round, rows, opens_at, expires_at, closed"
	" FROM link WHERE hash = :hash";

static const char add_answer_sql[] =
	"INSERT INTO answer (number, id, link, at, sealed)"
	" SELECT coalesce(max(number), 0) + 1, :id, :link, :at, :sealed"
	" FROM answer WHERE true"
	" ON CONFLICT (link, id) DO NOTHING";

static const char count_answers_sql[] =
	"SELECT count(*) FILTER (WHERE id <> :id),"
	"	count(*) FILTER (WHERE id = :id)"
	" FROM answer WHERE link = :link";

static const char take_sql[] =
	"SELECT number, id, link, at, sealed FROM answer"
	" WHERE number > :after ORDER BY number LIMIT :limit";

static const char list_sql[] =
	"SELECT number, id FROM answer ORDER BY number";

static const char drop_sql[] =
	"DELETE FROM answer WHERE number = :number";

static const char sweep_links_sql[] =
	"DELETE FROM link WHERE expires_at < :before"
	" AND NOT EXISTS (SELECT 1 FROM answer"
	"	WHERE answer.link = link.hash)"
	" RETURNING 1";

static const char sweep_bundles_sql[] =
	"DELETE FROM bundle WHERE id < (SELECT max(id) FROM bundle)"
	" AND NOT EXISTS (SELECT 1 FROM link WHERE link.bundle = bundle.id)";

enum query {
	GENERATION, GROW, FIND_BUNDLE, ADD_BUNDLE, GET_BUNDLE, PUT_LINK,
	GET_LINK, COUNT_ANSWERS, ADD_ANSWER, TAKE, LIST, DROP,
	SWEEP_LINKS, SWEEP_BUNDLES, QUERIES
};

static const char *const query_sql[QUERIES] = {
	generation_sql, grow_sql, find_bundle_sql, add_bundle_sql,
	get_bundle_sql, put_link_sql, get_link_sql,
	count_answers_sql, add_answer_sql, take_sql, list_sql,
	drop_sql, sweep_links_sql, sweep_bundles_sql
};

struct hc_form_store {
	struct hc_db *db;
	struct hc_stmt *stmts[QUERIES];
	struct hc_stmt *row;	/* whose row hc_form_link points into */
	bool changed;		/* links or bundles, in this transaction */
};

/* The statement, prepared and at its beginning. */
static enum hc_status
query(struct hc_form_store *store, enum query which, struct hc_stmt **stmt)
{
	enum hc_status rc = HC_OK;

	if (store->row != NULL)
		hc_stmt_reset(store->row);
	store->row = NULL;
	if (store->stmts[which] == NULL)
		rc = hc_stmt_new(&store->stmts[which], store->db,
		    query_sql[which]);
	*stmt = store->stmts[which];
	return rc;
}

/* Under the write lock: is it new, ours, or something else? */
static enum hc_status
make_schema(struct hc_form_store *store)
{
	enum hc_status rc;
	int version;

	if ((rc = hc_db_version(store->db, &version)) != HC_OK)
		return rc;
	if (version == VERSION)
		return HC_OK;
	if (version > VERSION)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("'%s' belongs to a newer hc (version %d, this one knows"
		    " %d)"), hc_db_path(store->db), version, VERSION);
	if ((rc = hc_db_begin(store->db)) != HC_OK)
		return rc;
	if ((rc = hc_db_version(store->db, &version)) == HC_OK &&
	    version == 0 &&
	    (rc = hc_db_exec(store->db, schema_sql)) == HC_OK)
		rc = hc_db_set_version(store->db, VERSION);
	if (rc == HC_OK)
		return hc_db_commit(store->db);
	hc_db_rollback(store->db);
	return rc;
}

enum hc_status
hc_form_store_open(struct hc_form_store **out, const char *path)
{
	struct hc_form_store *store;
	enum hc_status rc;

	if ((*out = store = calloc(1, sizeof(*store))) == NULL)
		return HC_NOMEM;
	rc = hc_db_open(&store->db, path, HC_DB_WRITE);
	if (rc == HC_NOINPUT) {
		hc_db_close(store->db);
		rc = hc_db_open(&store->db, path, HC_DB_CREATE);
		if (rc == HC_CONFIG) {
			/* Another program made it just now. */
			hc_db_close(store->db);
			rc = hc_db_open(&store->db, path, HC_DB_WRITE);
		}
	}
	return rc != HC_OK ? rc : make_schema(store);
}

void
hc_form_store_close(struct hc_form_store *store)
{
	size_t i;

	if (store == NULL)
		return;
	for (i = 0; i < QUERIES; i++)
		hc_stmt_free(store->stmts[i]);
	hc_db_close(store->db);
	free(store);
}

const char *
hc_form_store_error(const struct hc_form_store *store)
{
	return hc_db_error(store != NULL ? store->db : NULL);
}

void
hc_form_store_patience(struct hc_form_store *store, int seconds)
{
	hc_db_set_patience(store->db, seconds);
}

enum hc_status
hc_form_store_begin(struct hc_form_store *store)
{
	if (store->row != NULL)
		hc_stmt_reset(store->row);
	store->row = NULL;
	store->changed = false;
	return hc_db_begin(store->db);
}

enum hc_status
hc_form_store_commit(struct hc_form_store *store)
{
	struct hc_stmt *stmt;
	enum hc_status rc;

	if (store->changed &&
	    ((rc = query(store, GROW, &stmt)) != HC_OK ||
	    (rc = hc_stmt_run(stmt)) != HC_OK)) {
		hc_db_rollback(store->db);
		return rc;
	}
	return hc_db_commit(store->db);
}

void
hc_form_store_rollback(struct hc_form_store *store)
{
	hc_db_rollback(store->db);
}

enum hc_status
hc_form_store_generation(struct hc_form_store *store, int64_t *generation)
{
	struct hc_stmt *stmt;
	enum hc_status rc;

	if ((rc = query(store, GENERATION, &stmt)) != HC_OK ||
	    (rc = hc_stmt_next(stmt)) != HC_OK)
		return rc;
	*generation = hc_stmt_get_int(stmt, 0);
	hc_stmt_reset(stmt);
	return HC_OK;
}

/* Step a statement that returns one row with a number, or none. */
static enum hc_status
first_number(struct hc_stmt *stmt, int64_t *number)
{
	enum hc_status rc;

	if ((rc = hc_stmt_next(stmt)) != HC_OK)
		return rc;
	*number = hc_stmt_get_int(stmt, 0);
	/* What RETURNING returned is done when the statement is at its end. */
	while ((rc = hc_stmt_next(stmt)) == HC_OK)
		continue;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_form_store_add_bundle(struct hc_form_store *store, const char *text,
    size_t len, int64_t *id)
{
	unsigned char digest[HC_HASH_SIZE];
	struct hc_hash hash;
	struct hc_stmt *stmt;
	enum hc_status rc;

	hc_hash_begin(&hash, NULL, 0);
	hc_hash_add(&hash, text, len);
	hc_hash_end(&hash, digest);
	if ((rc = query(store, FIND_BUNDLE, &stmt)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":digest", digest,
	    sizeof(digest))) != HC_OK)
		return rc;
	if ((rc = first_number(stmt, id)) != HC_NOTFOUND)
		return rc;
	store->changed = true;
	if ((rc = query(store, ADD_BUNDLE, &stmt)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":digest", digest,
	    sizeof(digest))) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":content", text)) != HC_OK)
		return rc;
	return first_number(stmt, id);
}

enum hc_status
hc_form_store_get_bundle(struct hc_form_store *store, int64_t id,
    struct hc_buf *text)
{
	struct hc_stmt *stmt;
	enum hc_status rc;

	if ((rc = query(store, GET_BUNDLE, &stmt)) != HC_OK ||
	    (rc = hc_stmt_int(stmt, ":id", id)) != HC_OK ||
	    (rc = hc_stmt_next(stmt)) != HC_OK)
		return rc;
	hc_buf_puts(text, hc_stmt_get_text(stmt, 0));
	hc_stmt_reset(stmt);
	return hc_buf_failed(text) ? hc_db_nomem(store->db) : HC_OK;
}

enum hc_status
hc_form_store_put_link(struct hc_form_store *store,
    const struct hc_form_link *link)
{
	struct hc_stmt *stmt;
	enum hc_status rc;
	int64_t changed;

	if ((rc = query(store, PUT_LINK, &stmt)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":hash", link->hash,
	    sizeof(link->hash))) != HC_OK ||
	    (rc = hc_stmt_int(stmt, ":bundle", link->bundle)) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":lang", link->lang)) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":round", link->round)) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":rows", link->rows)) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":opens_at", link->opens_at)) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":expires_at",
	    link->expires_at)) != HC_OK ||
	    (rc = hc_stmt_int(stmt, ":closed", link->closed)) != HC_OK)
		return rc;
	if ((rc = first_number(stmt, &changed)) == HC_NOTFOUND)
		return HC_OK;
	store->changed = true;
	return rc;
}

enum hc_status
hc_form_store_get_link(struct hc_form_store *store,
    const unsigned char hash[HC_TOKEN_HASH], struct hc_form_link *link)
{
	struct hc_stmt *stmt;
	enum hc_status rc;

	if ((rc = query(store, GET_LINK, &stmt)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":hash", hash, HC_TOKEN_HASH)) != HC_OK ||
	    (rc = hc_stmt_next(stmt)) != HC_OK)
		return rc;
	memcpy(link->hash, hash, HC_TOKEN_HASH);
	link->bundle = hc_stmt_get_int(stmt, 0);
	link->lang = hc_stmt_get_text(stmt, 1);
	link->round = hc_stmt_get_text(stmt, 2);
	link->rows = hc_stmt_get_text(stmt, 3);
	link->opens_at = hc_stmt_get_text(stmt, 4);
	link->expires_at = hc_stmt_get_text(stmt, 5);
	link->closed = hc_stmt_get_int(stmt, 6) != 0;
	store->row = stmt;
	return HC_OK;
}

/* May the link have one more?  HC_CONFLICT: it has this one already. */
static enum hc_status
check_room(struct hc_form_store *store, const unsigned char *id,
    const unsigned char *link)
{
	struct hc_stmt *stmt;
	int64_t others, same;
	enum hc_status rc;

	if ((rc = query(store, COUNT_ANSWERS, &stmt)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":id", id, HC_FORM_ID)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":link", link, HC_TOKEN_HASH)) != HC_OK ||
	    (rc = hc_stmt_next(stmt)) != HC_OK)
		return rc;
	others = hc_stmt_get_int(stmt, 0);
	same = hc_stmt_get_int(stmt, 1);
	hc_stmt_reset(stmt);
	if (same > 0)
		return HC_CONFLICT;
	return others >= HC_FORM_WAITING ? HC_DENIED : HC_OK;
}

enum hc_status
hc_form_store_add_answer(struct hc_form_store *store,
    const unsigned char id[HC_FORM_ID],
    const unsigned char link[HC_TOKEN_HASH], const char *at,
    const struct hc_buf *sealed)
{
	struct hc_stmt *stmt;
	enum hc_status rc;

	if ((rc = check_room(store, id, link)) != HC_OK)
		return rc == HC_CONFLICT ? HC_OK : rc;
	if ((rc = query(store, ADD_ANSWER, &stmt)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":id", id, HC_FORM_ID)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":link", link, HC_TOKEN_HASH)) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":at", at)) != HC_OK ||
	    (rc = hc_stmt_blob(stmt, ":sealed", sealed->data,
	    sealed->len)) != HC_OK)
		return rc;
	return hc_stmt_run(stmt);
}

static void
put_line(const struct hc_stmt *stmt, struct hc_buf *out)
{
	const void *blob;
	size_t len;

	blob = hc_stmt_get_blob(stmt, 1, &len);
	hc_hex_format(out, blob, len);
	hc_buf_putc(out, '\t');
	blob = hc_stmt_get_blob(stmt, 2, &len);
	hc_hex_format(out, blob, len);
	hc_buf_printf(out, "\t%s\t", hc_stmt_get_text(stmt, 3));
	blob = hc_stmt_get_blob(stmt, 4, &len);
	hc_base64_format(out, blob, len);
	hc_buf_putc(out, '\n');
}

enum hc_status
hc_form_store_take(struct hc_form_store *store, int64_t *after, int limit,
    struct hc_buf *out)
{
	struct hc_stmt *stmt;
	enum hc_status rc;
	bool any = false;

	if ((rc = query(store, TAKE, &stmt)) != HC_OK ||
	    (rc = hc_stmt_int(stmt, ":after", *after)) != HC_OK ||
	    (rc = hc_stmt_int(stmt, ":limit", limit)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(stmt)) == HC_OK) {
		*after = hc_stmt_get_int(stmt, 0);
		put_line(stmt, out);
		any = true;
	}
	if (rc == HC_NOTFOUND && any)
		rc = hc_buf_failed(out) ? hc_db_nomem(store->db) : HC_OK;
	return rc;
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, HC_FORM_ID);
}

/* Append to ${numbers} those of the answers whose ids are in ${ids}. */
static enum hc_status
list_numbers(struct hc_form_store *store, const struct hc_buf *ids,
    struct hc_buf *numbers)
{
	struct hc_stmt *stmt;
	const void *id;
	int64_t number;
	size_t len;
	enum hc_status rc;

	if ((rc = query(store, LIST, &stmt)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(stmt)) == HC_OK) {
		number = hc_stmt_get_int(stmt, 0);
		id = hc_stmt_get_blob(stmt, 1, &len);
		if (len == HC_FORM_ID && bsearch(id, ids->data,
		    ids->len / HC_FORM_ID, HC_FORM_ID, compare) != NULL)
			hc_buf_add(numbers, &number, sizeof(number));
	}
	if (hc_buf_failed(numbers))
		return hc_db_nomem(store->db);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/*
 * An index by id would cost every answer a page more to write, at eight in
 * the morning, where dropping can as well read all answers once.
 */
enum hc_status
hc_form_store_drop(struct hc_form_store *store, struct hc_buf *ids,
    int64_t *dropped)
{
	struct hc_buf numbers = HC_BUF_INIT;
	struct hc_stmt *stmt;
	int64_t number;
	enum hc_status rc;
	size_t i;

	if (ids->len == 0)
		return HC_OK;
	qsort(ids->data, ids->len / HC_FORM_ID, HC_FORM_ID, compare);
	if ((rc = list_numbers(store, ids, &numbers)) != HC_OK ||
	    (rc = query(store, DROP, &stmt)) != HC_OK)
		goto out;
	for (i = 0; i < numbers.len; i += sizeof(number)) {
		memcpy(&number, numbers.data + i, sizeof(number));
		if ((rc = hc_stmt_int(stmt, ":number", number)) != HC_OK ||
		    (rc = hc_stmt_run(stmt)) != HC_OK)
			goto out;
		++*dropped;
	}
out:
	hc_buf_free(&numbers);
	return rc;
}

enum hc_status
hc_form_store_sweep(struct hc_form_store *store, const char *before,
    int64_t *swept)
{
	struct hc_stmt *stmt;
	enum hc_status rc;

	if ((rc = query(store, SWEEP_LINKS, &stmt)) != HC_OK ||
	    (rc = hc_stmt_text(stmt, ":before", before)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(stmt)) == HC_OK) {
		++*swept;
		store->changed = true;
	}
	if (rc != HC_NOTFOUND)
		return rc;
	if ((rc = query(store, SWEEP_BUNDLES, &stmt)) != HC_OK)
		return rc;
	return hc_stmt_run(stmt);
}
