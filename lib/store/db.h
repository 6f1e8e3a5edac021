/*
 * A database behind a small interface, so that SQLite today and PostgreSQL
 * later look the same from above.  Nothing here knows what is stored.
 *
 * SQL is the subset that both engines share (DESIGN.md, section 10), always
 * a constant called NAME_sql, values always bound by name.  Where a statement
 * holds ":office", every execution has the office's code bound to it.
 */
#ifndef HC_STORE_DB_H
#define HC_STORE_DB_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct hc_db;
struct hc_stmt;

enum hc_db_mode {
	HC_DB_READ,	/* must exist; nothing can be written */
	HC_DB_WRITE,	/* must exist */
	HC_DB_CREATE	/* must not exist, or be empty */
};

/*
 * hc_db_open(db, path, mode):
 * Open the database in the file ${path}.  Writers of one file take turns
 * under an advisory lock in "${path}.lock" (see hc_db_begin()).
 *
 * ${db} is set even on failure, for hc_db_error(), unless memory ran out
 * (then it is NULL); the caller closes it with hc_db_close() in any case.
 *
 * Returns HC_OK, HC_NOINPUT (no such file), HC_INVALID (not a database),
 * HC_DENIED, HC_CONFIG (on a network file system, or HC_DB_CREATE where
 * something is), HC_BUSY, HC_IO, HC_NOMEM.
 */
enum hc_status hc_db_open(struct hc_db **db, const char *path,
    enum hc_db_mode mode);

/*
 * hc_db_wal_is_safe(version):
 * Does the SQLite of this version number (3051003 is 3.51.3) keep what it
 * acknowledged in WAL mode with several processes?  3.7.0 to 3.51.2 do not
 * ("WAL-reset bug"), but 3.50.7 and 3.44.6 have the fix, too.
 */
bool hc_db_wal_is_safe(int version);

/* hc_db_close(db): roll back what is open and give all back; NULL is fine. */
void hc_db_close(struct hc_db *db);

/* hc_db_error(db): the words of the last failure, ${db}'s own. */
const char *hc_db_error(const struct hc_db *db);

/* hc_db_path(db): the path it was opened by, ${db}'s own. */
const char *hc_db_path(const struct hc_db *db);

/*
 * hc_db_fail(db, status, fmt, ...):
 * Keep words for hc_db_error().  Returns ${status}.
 */
enum hc_status hc_db_fail(struct hc_db *db, enum hc_status status,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* hc_db_nomem(db): the same for "out of memory".  Returns HC_NOMEM. */
enum hc_status hc_db_nomem(struct hc_db *db);

/* The same buffer for functions of lib/base that fill a struct hc_error. */
struct hc_error *hc_db_error_buffer(struct hc_db *db);

/* hc_db_set_office(db, office): what ":office" is bound to from now on. */
void hc_db_set_office(struct hc_db *db, int64_t office);

/*
 * hc_db_begin(db):
 * Wait for the turn to write (the advisory lock, fairly, then the engine's
 * own), and begin a transaction.  While waiting longer than a second, and
 * only then, ${waiting} of hc_db_on_wait() is told who has the lock.
 *
 * Returns HC_OK; HC_BUSY after hc_db_set_patience() seconds (60 at first),
 * or if another file has taken the place of the one that was opened;
 * HC_DENIED on a database opened for reading; HC_IO.
 */
enum hc_status hc_db_begin(struct hc_db *db);

/*
 * hc_db_commit(db):
 * Make all since hc_db_begin() durable and let the next writer go on.  On
 * any failure everything is rolled back: HC_IO when the disk is full or
 * broken, HC_BUSY when readers kept it too long.
 */
enum hc_status hc_db_commit(struct hc_db *db);

/* hc_db_rollback(db): undo all since hc_db_begin(); no transaction is fine. */
void hc_db_rollback(struct hc_db *db);

/* hc_db_in_transaction(db): between hc_db_begin() and its end? */
bool hc_db_in_transaction(const struct hc_db *db);

/*
 * hc_db_snapshot(db) / hc_db_snapshot_end(db):
 * Between them all queries see one state of the data; they may stand one
 * in the other.  Writers wait meanwhile, so nothing is printed and nobody
 * asked in between.
 */
enum hc_status hc_db_snapshot(struct hc_db *db);
void hc_db_snapshot_end(struct hc_db *db);

/* hc_db_set_patience(db, seconds): how long a busy database is waited for. */
void hc_db_set_patience(struct hc_db *db, int seconds);

/*
 * hc_db_note_holder(db, text):
 * What others are told who wait for this connection's transaction: who and
 * what, as "import of 20000 rows by sato".
 */
void hc_db_note_holder(struct hc_db *db, const char *text);

/* hc_db_stop_on(db, stop): hc_db_begin() waits no longer, and returns HC_BUSY,
   once ${stop} is not 0: somebody pressed Ctrl-C. */
void hc_db_stop_on(struct hc_db *db, volatile sig_atomic_t *stop);

/*
 * hc_db_on_wait(db, waiting, arg):
 * Call ${waiting}(${arg}, holder) once for each wait of over a second, with
 * what the holder noted, or "" if nothing.
 */
void hc_db_on_wait(struct hc_db *db,
    void (*waiting)(void *arg, const char *holder), void *arg);

/* hc_db_exec(db, sql): run statements that bind and return nothing (DDL). */
enum hc_status hc_db_exec(struct hc_db *db, const char *sql);

/*
 * hc_db_guard(db, open):
 * Entity tables are guarded: a row changes only while the guard is open,
 * which a run (store/run.h) does, so that no write goes without its trace.
 * Other programs, the sqlite3 shell too, cannot change a guarded table.  It
 * stops accidents, not attackers.
 */
void hc_db_guard(struct hc_db *db, bool open);

/*
 * hc_db_temporary(db, allowed):
 * Let a database opened for reading make temporary tables and views, which
 * hide permanent ones of the same name (and stop it again).
 */
enum hc_status hc_db_temporary(struct hc_db *db, bool allowed);

/*
 * hc_db_confine(db, seconds, readable, arg):
 * From now on statements may only read tables and columns for which
 * ${readable}(${arg}, table, column) says true, and a query that runs longer
 * than ${seconds} ends with HC_BUSY.  For SQL that staff write.  There is no
 * way back for this connection.
 */
enum hc_status hc_db_confine(struct hc_db *db, int seconds,
    bool (*readable)(void *arg, const char *table, const char *column),
    void *arg);

/*
 * hc_db_version(db, version) / hc_db_set_version(db, version):
 * The number of the schema, kept by the engine; 0 in a new database.
 */
enum hc_status hc_db_version(struct hc_db *db, int *version);
enum hc_status hc_db_set_version(struct hc_db *db, int version);

/*
 * hc_db_backup(db, path):
 * Write a consistent copy to the new file ${path} while others go on
 * working, and sync it.  HC_CONFIG if ${path} exists.
 */
enum hc_status hc_db_backup(struct hc_db *db, const char *path);

/*
 * hc_db_integrity(db, found, arg):
 * Let the engine examine itself; ${found}(${arg}, words) for each fault.
 * HC_OK if there is none, HC_INVALID if there are some.
 */
enum hc_status hc_db_integrity(struct hc_db *db,
    void (*found)(void *arg, const char *words), void *arg);

/*
 * hc_stmt_new(stmt, db, sql):
 * Prepare one statement.  The caller frees it with hc_stmt_free(), before
 * hc_db_close().  HC_INVALID with the engine's words if it is no SQL.
 */
enum hc_status hc_stmt_new(struct hc_stmt **stmt, struct hc_db *db,
    const char *sql);
void hc_stmt_free(struct hc_stmt *stmt);

/* hc_stmt_once(stmt, db, sql): the same where ${stmt} is NULL as yet. */
static inline enum hc_status
hc_stmt_once(struct hc_stmt **stmt, struct hc_db *db, const char *sql)
{
	return *stmt != NULL ? HC_OK : hc_stmt_new(stmt, db, sql);
}

/*
 * Bind a value to a name as ":name".  Text and blobs are copied.  NULL text
 * is bound as absent.  Names that the statement does not hold are HC_ERROR.
 */
enum hc_status hc_stmt_text(struct hc_stmt *stmt, const char *name,
    const char *value);
enum hc_status hc_stmt_int(struct hc_stmt *stmt, const char *name,
    int64_t value);
enum hc_status hc_stmt_blob(struct hc_stmt *stmt, const char *name,
    const void *value, size_t len);
enum hc_status hc_stmt_null(struct hc_stmt *stmt, const char *name);

/*
 * For statements that run very often: names are numbered from 1 in the order
 * in which they first stand in the statement.  hc_stmt_place() is the number
 * of ${name}, 0 (with words) if there is none; the others bind by number.
 * Text and blobs bound so are not copied: they must stay until the statement
 * has run.
 */
int hc_stmt_place(struct hc_stmt *stmt, const char *name);
enum hc_status hc_stmt_text_at(struct hc_stmt *stmt, int place,
    const char *value);
enum hc_status hc_stmt_blob_at(struct hc_stmt *stmt, int place,
    const void *value, size_t len);
enum hc_status hc_stmt_int_at(struct hc_stmt *stmt, int place,
    int64_t value);

/*
 * hc_stmt_next(stmt):
 * Step: HC_OK with a row, HC_NOTFOUND at the end (the statement is reset and
 * may be bound and stepped again, bindings stay).  Else the failure.
 */
enum hc_status hc_stmt_next(struct hc_stmt *stmt);

/* hc_stmt_reset(stmt): leave a result early; bindings stay. */
void hc_stmt_reset(struct hc_stmt *stmt);

/*
 * hc_stmt_run(stmt):
 * Step a statement that returns no rows to its end.  HC_OK when done,
 * HC_CONFLICT when a uniqueness or reference rule is broken.
 */
enum hc_status hc_stmt_run(struct hc_stmt *stmt);

/*
 * The present row: columns from 0.  Text is NULL where the value is, and only
 * there; it and blobs are the statement's, good until the next step.  Where
 * memory runs out text is "", the next hc_stmt_next() returns HC_NOMEM and
 * no transaction is committed; who reads one row alone asks hc_stmt_check().
 */
int hc_stmt_columns(const struct hc_stmt *stmt);
const char *hc_stmt_column_name(const struct hc_stmt *stmt, int column);
bool hc_stmt_is_null(const struct hc_stmt *stmt, int column);
const char *hc_stmt_get_text(const struct hc_stmt *stmt, int column);
int64_t hc_stmt_get_int(const struct hc_stmt *stmt, int column);
const void *hc_stmt_get_blob(const struct hc_stmt *stmt, int column,
    size_t *len);

/* hc_stmt_check(stmt): HC_NOMEM if a text could not be had, else HC_OK. */
enum hc_status hc_stmt_check(const struct hc_stmt *stmt);

#endif
