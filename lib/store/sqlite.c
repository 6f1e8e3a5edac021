/*
 * The database interface (store/db.h) on SQLite.  The only file that knows
 * sqlite3.h.
 *
 * Journal: TRUNCATE with synchronous=FULL.  WAL is used only with an SQLite
 * that has the WAL-reset fix (3.51.3, 3.50.7, 3.44.6): Debian 12's 3.40.1
 * loses acknowledged commits in WAL with several processes.
 */
#include <sys/stat.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/lock.h"

#include "store/db.h"

struct hc_db {
	sqlite3 *sql;
	char *path;
	struct hc_lock *lock;	/* NULL when opened for reading */
	dev_t device;		/* of the file that was opened */
	ino_t inode;
	struct hc_error error;
	enum hc_db_mode mode;
	int64_t office;
	int patience;		/* seconds to wait for a busy database */
	struct timespec busy_since;	/* first refusal of the present wait */
	bool in_transaction;
	int snapshots;		/* open ones, one in the other */
	const struct hc_stmt *starved;	/* who could not give a text for want
					   of memory; NULL */
	bool doubtful;		/* the transaction went on after that */
	char *note;		/* what others read who wait for us */
	void (*waiting)(void *arg, const char *holder);
	void *waiting_arg;
	bool (*readable)(void *arg, const char *table, const char *column);
	void *readable_arg;
	int time_limit;		/* seconds for one confined query */
	struct timespec query_begin;
};

struct hc_stmt {
	struct hc_db *db;
	sqlite3_stmt *st;
	char **names;		/* of the parameters; one allocation */
	int nnames;
	int next;		/* the one behind the last that was found */
};

static enum hc_status
status_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return HC_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return HC_BUSY;
	case SQLITE_NOMEM:
		return HC_NOMEM;
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return HC_IO;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return HC_INVALID;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return HC_DENIED;
	case SQLITE_CANTOPEN:
		return HC_NOINPUT;
	case SQLITE_CONSTRAINT:
		return HC_CONFLICT;
	case SQLITE_TOOBIG:
	case SQLITE_ERROR:
		return HC_INVALID;
	default:
		return HC_ERROR;
	}
}

/* Keep SQLite's words and say what they mean to the person. */
static enum hc_status
failed(struct hc_db *db, int code)
{
	enum hc_status rc = status_of(code);
	const char *words = db->sql != NULL ? sqlite3_errmsg(db->sql) :
	    sqlite3_errstr(code);

	if ((code & 0xff) == SQLITE_INTERRUPT)
		return hc_db_fail(db, rc,
		    _("the query took longer than %d seconds"),
		    db->time_limit);
	if (rc == HC_BUSY)
		return hc_db_fail(db, rc,
		    _("'%s' is in use by others; try again"), db->path);
	if (rc == HC_NOMEM)
		return hc_db_nomem(db);
	if (rc == HC_IO)
		return hc_db_fail(db, rc, (code & 0xff) == SQLITE_FULL ?
		    _("'%s': the disk is full (%s)") :
		    _("'%s': the disk cannot be read or written (%s)"),
		    db->path, words);
	if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
		return hc_db_fail(db, rc,
		    _("'%s' is damaged or no database (%s); "
		    "restore it from a backup"), db->path, words);
	return hc_db_fail(db, rc, "%s", words);
}

static double
seconds_since(const struct timespec *begin)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - begin->tv_sec) +
	    (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

/* SQLite's own handler sleeps up to 100 ms; colleagues should not wait so. */
static int
on_busy(void *arg, int count)
{
	struct hc_db *db = arg;

	if (count == 0)
		clock_gettime(CLOCK_MONOTONIC, &db->busy_since);
	else if (seconds_since(&db->busy_since) >= db->patience)
		return 0;
	hc_lock_wait((unsigned int)count);
	return 1;
}

/* SQL function hc_guard(), called by the triggers of guarded tables, which
   hc_db_guard() switches off. */
static void
guard(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	(void)argv;
	sqlite3_result_error(context,
	    "a guarded table changes only within a run", -1);
}

/* sqlite.org's release notes of 3.51.3 and the back ports. */
bool
hc_db_wal_is_safe(int version)
{
	return version >= 3051003 ||
	    (version >= 3050007 && version < 3051000) ||
	    (version >= 3044006 && version < 3045000);
}

/* Locks of network file systems cannot be relied on. */
static bool
on_network(const char *path)
{
	/* NFS, SMB, CIFS, SMB2, AFS, Coda, Ceph (linux/magic.h). */
	static const unsigned long kinds[] = { 0x6969, 0x517b, 0xff534d42,
	    0xfe534d42, 0x5346414f, 0x73757245, 0x00c36400 };
	struct statfs fs;
	size_t i;

	if (statfs(path, &fs) == -1)
		return false;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if ((unsigned long)(fs.f_type & 0xffffffff) == kinds[i])
			return true;
	return false;
}

static enum hc_status
pragma(struct hc_db *db, const char *sql)
{
	int code = sqlite3_exec(db->sql, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? HC_OK : failed(db, code);
}

static enum hc_status
configure(struct hc_db *db)
{
	enum hc_status rc;
	int code;

	sqlite3_extended_result_codes(db->sql, 1);
	sqlite3_busy_handler(db->sql, on_busy, db);
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_limit(db->sql, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db->sql, SQLITE_LIMIT_LENGTH, 16 << 20);
	code = sqlite3_create_function_v2(db->sql, "hc_guard", 0,
	    SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, guard, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		return failed(db, code);
	if ((rc = pragma(db, hc_db_wal_is_safe(sqlite3_libversion_number()) ?
	    "PRAGMA journal_mode=WAL" :
	    "PRAGMA journal_mode=TRUNCATE")) != HC_OK)
		return rc;
	if ((rc = pragma(db, "PRAGMA synchronous=FULL;"
	    "PRAGMA cache_size=-16384;PRAGMA temp_store=MEMORY")) != HC_OK)
		return rc;
	if (db->mode == HC_DB_READ)
		rc = pragma(db, "PRAGMA query_only=ON");
	return rc;
}

/* Before SQLite makes or opens the file: is it what the caller expects? */
static enum hc_status
look(struct hc_db *db, enum hc_db_mode mode)
{
	struct hc_buf folder = HC_BUF_INIT;
	struct stat st;
	const char *slash;
	enum hc_status rc = HC_OK;

	slash = strrchr(db->path, '/');
	if (slash == NULL)
		hc_buf_puts(&folder, ".");
	else
		hc_buf_add(&folder, db->path,
		    slash == db->path ? 1 : (size_t)(slash - db->path));
	if (hc_buf_failed(&folder))
		rc = hc_db_nomem(db);
	else if (on_network(hc_buf_text(&folder)))
		rc = hc_db_fail(db, HC_CONFIG,
		    _("'%s' lies on a network file system, where locks "
		    "cannot be relied on; use a local disk"), db->path);
	else if (stat(db->path, &st) == -1) {
		if (errno != ENOENT || mode != HC_DB_CREATE)
			rc = hc_db_fail(db, errno == EACCES ? HC_DENIED :
			    HC_NOINPUT, "%s", strerror(errno));
	} else if (!S_ISREG(st.st_mode))
		rc = hc_db_fail(db, HC_INVALID, _("not a regular file"));
	else if (mode == HC_DB_CREATE && st.st_size > 0)
		rc = hc_db_fail(db, HC_CONFIG, _("'%s' exists already"),
		    db->path);
	hc_buf_free(&folder);
	return rc;
}

/* Which file it is: see is_same(). */
static enum hc_status
remember(struct hc_db *db)
{
	struct stat st;

	if (stat(db->path, &st) == -1)
		return hc_db_fail(db, HC_IO, "'%s': %s", db->path,
		    strerror(errno));
	db->device = st.st_dev;
	db->inode = st.st_ino;
	return HC_OK;
}

/*
 * Does the name still stand for the file that we opened?  A backup may have
 * been put in its place, or a failed hc-init have taken it away: what we
 * wrote then would be lost without a word.
 */
static enum hc_status
is_same(struct hc_db *db)
{
	struct stat st;

	if (stat(db->path, &st) == 0 && st.st_dev == db->device &&
	    st.st_ino == db->inode)
		return HC_OK;
	return hc_db_fail(db, HC_BUSY,
	    _("'%s' was replaced or removed meanwhile; try again"), db->path);
}

static enum hc_status
open_lock(struct hc_db *db)
{
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc;

	hc_buf_printf(&path, "%s.lock", db->path);
	if (hc_buf_failed(&path))
		rc = hc_db_nomem(db);
	else if ((rc = hc_lock_new(&db->lock, hc_buf_text(&path))) != HC_OK)
		rc = hc_db_fail(db, rc, _("cannot open '%s': %s"),
		    hc_buf_text(&path), strerror(errno));
	hc_buf_free(&path);
	return rc;
}

/* SQLite would make it without the group's right to write. */
static enum hc_status
make_file(struct hc_db *db)
{
	int fd = open(db->path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);

	if (fd == -1)
		return hc_db_fail(db, errno == EACCES ? HC_DENIED : HC_IO,
		    _("cannot make '%s': %s"), db->path, strerror(errno));
	close(fd);
	return HC_OK;
}

/* Nobody asks how much memory SQLite uses: counting it takes a lock for each
   piece. */
static void
tune(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum hc_status
hc_db_open(struct hc_db **out, const char *path, enum hc_db_mode mode)
{
	static pthread_once_t tuned = PTHREAD_ONCE_INIT;
	struct hc_db *db;
	enum hc_status rc;
	int code, flags = SQLITE_OPEN_NOMUTEX;

	if ((*out = db = calloc(1, sizeof(*db))) == NULL)
		return HC_NOMEM;
	db->mode = mode;
	db->patience = 60;
	if ((db->path = strdup(path)) == NULL)
		return hc_db_nomem(db);
	if ((rc = look(db, mode)) != HC_OK)
		return rc;
	if (mode != HC_DB_READ && (rc = open_lock(db)) != HC_OK)
		return rc;
	if (mode == HC_DB_CREATE && (rc = make_file(db)) != HC_OK)
		return rc;
	/*
	 * Reading too is done on a writable file where we may: only so can
	 * the journal of a writer that was killed be rolled back.
	 */
	if (mode == HC_DB_READ && access(path, W_OK) == -1)
		flags |= SQLITE_OPEN_READONLY;
	else
		flags |= SQLITE_OPEN_READWRITE;
	pthread_once(&tuned, tune);
	if ((code = sqlite3_open_v2(path, &db->sql, flags, NULL)) != SQLITE_OK)
		return failed(db, code);
	if ((rc = remember(db)) != HC_OK)
		return rc;
	return configure(db);
}

void
hc_db_close(struct hc_db *db)
{
	if (db == NULL)
		return;
	hc_db_rollback(db);
	sqlite3_close_v2(db->sql);
	hc_lock_free(db->lock);
	free(db->note);
	free(db->path);
	free(db);
}

const char *
hc_db_error(const struct hc_db *db)
{
	return db != NULL ? db->error.text : _("out of memory");
}

const char *
hc_db_path(const struct hc_db *db)
{
	return db->path;
}

enum hc_status
hc_db_fail(struct hc_db *db, enum hc_status status, const char *fmt, ...)
{
	char words[sizeof(db->error.text)];
	va_list ap;

	/* The old words may be among the arguments. */
	va_start(ap, fmt);
	vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	return hc_error_set(&db->error, status, "%s", words);
}

enum hc_status
hc_db_nomem(struct hc_db *db)
{
	return hc_error_nomem(&db->error);
}

struct hc_error *
hc_db_error_buffer(struct hc_db *db)
{
	return &db->error;
}

void
hc_db_set_office(struct hc_db *db, int64_t office)
{
	db->office = office;
}

enum hc_status
hc_db_begin(struct hc_db *db)
{
	enum hc_status rc;

	if (db->in_transaction || db->snapshots > 0)
		return hc_db_fail(db, HC_ERROR, "a transaction is open");
	if (db->lock == NULL)
		return hc_db_fail(db, HC_DENIED,
		    _("'%s' is open for reading only"), db->path);
	rc = hc_lock_take(db->lock, db->patience, db->note, db->waiting,
	    db->waiting_arg);
	if (rc == HC_BUSY)
		return failed(db, SQLITE_BUSY);
	if (rc != HC_OK)
		return hc_db_fail(db, rc, _("cannot lock '%s'"), db->path);
	if ((rc = is_same(db)) != HC_OK ||
	    (rc = pragma(db, "BEGIN IMMEDIATE")) != HC_OK)
		hc_lock_give(db->lock);
	else
		db->in_transaction = true;
	db->doubtful = false;
	return rc;
}

enum hc_status
hc_db_commit(struct hc_db *db)
{
	enum hc_status rc;

	if (!db->in_transaction)
		return hc_db_fail(db, HC_ERROR, "no transaction is open");
	/* What was written may rest on a text that could not be read. */
	rc = db->doubtful ? hc_db_nomem(db) : pragma(db, "COMMIT");
	if (rc != HC_OK) {
		hc_db_rollback(db);
		return rc;
	}
	db->in_transaction = false;
	hc_db_guard(db, false);
	hc_lock_give(db->lock);
	return HC_OK;
}

void
hc_db_rollback(struct hc_db *db)
{
	if (!db->in_transaction)
		return;
	/* SQLite may have rolled back already; then this says so, no harm. */
	sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
	db->in_transaction = false;
	hc_db_guard(db, false);
	hc_lock_give(db->lock);
}

bool
hc_db_in_transaction(const struct hc_db *db)
{
	return db->in_transaction;
}

enum hc_status
hc_db_snapshot(struct hc_db *db)
{
	enum hc_status rc;

	/* A transaction is a snapshot of its own. */
	if (db->snapshots == 0 && !db->in_transaction &&
	    (rc = pragma(db, "BEGIN")) != HC_OK)
		return rc;
	db->snapshots++;
	return HC_OK;
}

void
hc_db_snapshot_end(struct hc_db *db)
{
	if (db->snapshots > 0 && --db->snapshots == 0 && !db->in_transaction)
		sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
}

void
hc_db_set_patience(struct hc_db *db, int seconds)
{
	db->patience = seconds;
}

void
hc_db_note_holder(struct hc_db *db, const char *text)
{
	free(db->note);
	db->note = strdup(text);
}

void
hc_db_stop_on(struct hc_db *db, volatile sig_atomic_t *stop)
{
	if (db->lock != NULL)
		hc_lock_stop(db->lock, stop);
}

void
hc_db_on_wait(struct hc_db *db,
    void (*waiting)(void *arg, const char *holder), void *arg)
{
	db->waiting = waiting;
	db->waiting_arg = arg;
}

enum hc_status
hc_db_exec(struct hc_db *db, const char *sql)
{
	return pragma(db, sql);
}

/*
 * A trigger costs more than the row that it guards: for its sake SQLite
 * copies each page that a statement touches.  Prepared statements follow.
 */
void
hc_db_guard(struct hc_db *db, bool open)
{
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_ENABLE_TRIGGER, !open,
	    NULL);
}

enum hc_status
hc_db_temporary(struct hc_db *db, bool allowed)
{
	if (db->mode != HC_DB_READ)
		return HC_OK;
	return pragma(db, allowed ? "PRAGMA query_only=OFF" :
	    "PRAGMA query_only=ON");
}

static int
authorize(void *arg, int action, const char *table, const char *column,
    const char *database, const char *trigger)
{
	struct hc_db *db = arg;

	(void)database;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		/* ${column} is the function's name. */
		return strcmp(column, "load_extension") == 0 ?
		    SQLITE_DENY : SQLITE_OK;
	case SQLITE_READ:
		return db->readable(db->readable_arg, table, column) ?
		    SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static int
on_progress(void *arg)
{
	struct hc_db *db = arg;

	return seconds_since(&db->query_begin) >= db->time_limit;
}

enum hc_status
hc_db_confine(struct hc_db *db, int seconds,
    bool (*readable)(void *arg, const char *table, const char *column),
    void *arg)
{
	enum hc_status rc;

	if ((rc = pragma(db, "PRAGMA query_only=ON")) != HC_OK)
		return rc;
	db->readable = readable;
	db->readable_arg = arg;
	db->time_limit = seconds;
	clock_gettime(CLOCK_MONOTONIC, &db->query_begin);
	sqlite3_set_authorizer(db->sql, authorize, db);
	sqlite3_progress_handler(db->sql, 10000, on_progress, db);
	return HC_OK;
}

enum hc_status
hc_db_version(struct hc_db *db, int *version)
{
	static const char version_sql[] = "PRAGMA user_version";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*version = 0;
	if ((rc = hc_stmt_new(&st, db, version_sql)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		*version = (int)hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_db_set_version(struct hc_db *db, int version)
{
	char sql[64];

	/* A pragma takes no bound value; a number cannot do harm. */
	snprintf(sql, sizeof(sql), "PRAGMA user_version=%d", version);
	return pragma(db, sql);
}

/* Copy all pages; small steps let writers in between, who restart it. */
static int
copy_pages(struct hc_db *db, sqlite3 *to)
{
	sqlite3_backup *backup;
	unsigned int round;
	int code;

	if ((backup = sqlite3_backup_init(to, "main", db->sql, "main")) == NULL)
		return sqlite3_errcode(to);
	for (round = 0;; round++) {
		code = sqlite3_backup_step(backup, -1);
		if (code != SQLITE_BUSY && code != SQLITE_LOCKED)
			break;
		if (round > 30000)
			break;
		hc_lock_wait(round);
	}
	sqlite3_backup_finish(backup);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static enum hc_status
cannot_write(struct hc_db *db, const char *path)
{
	if (errno == EEXIST)
		return hc_db_fail(db, HC_CONFIG, _("'%s' exists already"),
		    path);
	return hc_db_fail(db, HC_IO, _("cannot write '%s': %s"), path,
	    strerror(errno));
}

/* Into the new file ${temp}, which has no other use: it needs no journal. */
static int
copy_into(struct hc_db *db, const char *temp)
{
	sqlite3 *to = NULL;
	int code;

	code = sqlite3_open_v2(temp, &to, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(to, "PRAGMA journal_mode=OFF;"
		    "PRAGMA synchronous=OFF", NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = copy_pages(db, to);
	sqlite3_close(to);
	return code;
}

/* Nothing that is there is written over, whoever made it when; and what is
   there under this name is whole. */
enum hc_status
hc_db_backup(struct hc_db *db, const char *path)
{
	struct hc_buf temp = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	int code, fd;

	if (access(path, F_OK) == 0)
		return hc_db_fail(db, HC_CONFIG, _("'%s' exists already"),
		    path);
	if ((fd = hc_file_beside(path, &temp)) == -1) {
		hc_buf_free(&temp);
		return cannot_write(db, path);
	}
	code = copy_into(db, hc_buf_text(&temp));
	if (code != SQLITE_OK)
		rc = hc_db_fail(db, code == SQLITE_CANTOPEN ? HC_IO :
		    status_of(code), _("cannot write '%s': %s"), path,
		    sqlite3_errstr(code));
	else if (fchmod(fd, 0660) == -1 || fsync(fd) == -1 ||
	    hc_file_place(hc_buf_text(&temp), path) == -1)
		rc = cannot_write(db, path);
	if (rc != HC_OK)
		unlink(hc_buf_text(&temp));
	close(fd);
	hc_buf_free(&temp);
	return rc;
}

enum hc_status
hc_db_integrity(struct hc_db *db, void (*found)(void *arg, const char *words),
    void *arg)
{
	static const char integrity_sql[] = "PRAGMA integrity_check(100)";
	static const char keys_sql[] =
	    "SELECT \"table\" || ' ' || coalesce(rowid, 0) || ' -> ' || parent"
	    " FROM pragma_foreign_key_check LIMIT 100";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	bool sound = true;

	if ((rc = hc_stmt_new(&st, db, integrity_sql)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(st)) == HC_OK)
		if (strcmp(hc_stmt_get_text(st, 0), "ok") != 0) {
			sound = false;
			found(arg, hc_stmt_get_text(st, 0));
		}
	hc_stmt_free(st);
	st = NULL;
	if (rc == HC_NOTFOUND)
		rc = hc_stmt_new(&st, db, keys_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		sound = false;
		found(arg, hc_stmt_get_text(st, 0));
	}
	hc_stmt_free(st);
	if (rc != HC_NOTFOUND)
		return rc;
	return sound ? HC_OK : hc_db_fail(db, HC_INVALID,
	    _("'%s' is damaged; restore it from a backup"), db->path);
}

/* Nothing but spaces and comments may stand behind a statement. */
static bool
ends(struct hc_db *db, const char *rest)
{
	sqlite3_stmt *more = NULL;
	int code = sqlite3_prepare_v2(db->sql, rest, -1, &more, NULL);

	sqlite3_finalize(more);
	return code == SQLITE_OK && more == NULL;
}

static const char *
name_at(const struct hc_stmt *stmt, int place)
{
	const char *name = sqlite3_bind_parameter_name(stmt->st, place);

	return name != NULL ? name : "";
}

/* SQLite's own search for a name is slow, and its names go when it prepares
   the statement anew. */
static enum hc_status
keep_names(struct hc_stmt *stmt)
{
	int i, n = sqlite3_bind_parameter_count(stmt->st);
	size_t size = (size_t)n * sizeof(*stmt->names);
	char *text;

	if (n == 0)
		return HC_OK;
	for (i = 0; i < n; i++)
		size += strlen(name_at(stmt, i + 1)) + 1;
	if ((stmt->names = malloc(size)) == NULL)
		return HC_NOMEM;
	text = (char *)(stmt->names + n);
	for (i = 0; i < n; i++) {
		stmt->names[i] = text;
		text = stpcpy(text, name_at(stmt, i + 1)) + 1;
	}
	stmt->nnames = n;
	return HC_OK;
}

/* The number of a parameter, or 0.  Most are bound in their order. */
static int
find_name(struct hc_stmt *stmt, const char *name)
{
	int i;

	for (i = 0; i < stmt->nnames; i++) {
		if (stmt->next == stmt->nnames)
			stmt->next = 0;
		if (strcmp(stmt->names[stmt->next++], name) == 0)
			return stmt->next;
	}
	return 0;
}

enum hc_status
hc_stmt_new(struct hc_stmt **out, struct hc_db *db, const char *sql)
{
	struct hc_stmt *stmt;
	const char *rest;
	int code, i;

	if ((*out = stmt = calloc(1, sizeof(*stmt))) == NULL)
		return hc_db_nomem(db);
	stmt->db = db;
	code = sqlite3_prepare_v2(db->sql, sql, -1, &stmt->st, &rest);
	if (code == SQLITE_OK && *rest != '\0' && !ends(db, rest)) {
		hc_stmt_free(stmt);
		*out = NULL;
		return hc_db_fail(db, HC_INVALID,
		    _("more than one statement of SQL"));
	}
	if (code == SQLITE_OK && keep_names(stmt) != HC_OK)
		code = SQLITE_NOMEM;
	if (code == SQLITE_OK && (i = find_name(stmt, ":office")) > 0)
		code = sqlite3_bind_int64(stmt->st, i, db->office);
	if (code == SQLITE_OK)
		return HC_OK;
	failed(db, code);
	hc_stmt_free(stmt);
	*out = NULL;
	return status_of(code);
}

void
hc_stmt_free(struct hc_stmt *stmt)
{
	if (stmt == NULL)
		return;
	hc_stmt_reset(stmt);
	sqlite3_finalize(stmt->st);
	free(stmt->names);
	free(stmt);
}

int
hc_stmt_place(struct hc_stmt *stmt, const char *name)
{
	int i = find_name(stmt, name);

	if (i == 0)
		hc_db_fail(stmt->db, HC_ERROR, "no parameter '%s' in: %s",
		    name, sqlite3_sql(stmt->st));
	return i;
}

static enum hc_status
bound(struct hc_stmt *stmt, int code)
{
	return code == SQLITE_OK ? HC_OK : failed(stmt->db, code);
}

enum hc_status
hc_stmt_text_at(struct hc_stmt *stmt, int place, const char *value)
{
	return bound(stmt, sqlite3_bind_text(stmt->st, place, value, -1,
	    SQLITE_STATIC));
}

enum hc_status
hc_stmt_blob_at(struct hc_stmt *stmt, int place, const void *value, size_t len)
{
	return bound(stmt, sqlite3_bind_blob64(stmt->st, place, value, len,
	    SQLITE_STATIC));
}

enum hc_status
hc_stmt_int_at(struct hc_stmt *stmt, int place, int64_t value)
{
	return bound(stmt, sqlite3_bind_int64(stmt->st, place, value));
}

enum hc_status
hc_stmt_text(struct hc_stmt *stmt, const char *name, const char *value)
{
	int i = hc_stmt_place(stmt, name);

	return i == 0 ? HC_ERROR : bound(stmt, sqlite3_bind_text(stmt->st, i,
	    value, -1, SQLITE_TRANSIENT));
}

enum hc_status
hc_stmt_int(struct hc_stmt *stmt, const char *name, int64_t value)
{
	int i = hc_stmt_place(stmt, name);

	return i == 0 ? HC_ERROR :
	    bound(stmt, sqlite3_bind_int64(stmt->st, i, value));
}

enum hc_status
hc_stmt_blob(struct hc_stmt *stmt, const char *name, const void *value,
    size_t len)
{
	int i = hc_stmt_place(stmt, name);

	return i == 0 ? HC_ERROR : bound(stmt, sqlite3_bind_blob64(stmt->st,
	    i, value, len, SQLITE_TRANSIENT));
}

enum hc_status
hc_stmt_null(struct hc_stmt *stmt, const char *name)
{
	int i = hc_stmt_place(stmt, name);

	return i == 0 ? HC_ERROR :
	    bound(stmt, sqlite3_bind_null(stmt->st, i));
}

enum hc_status
hc_stmt_next(struct hc_stmt *stmt)
{
	enum hc_status rc;
	int code;

	if ((rc = hc_stmt_check(stmt)) != HC_OK) {
		hc_stmt_reset(stmt);
		return rc;
	}
	if ((code = sqlite3_step(stmt->st)) == SQLITE_ROW)
		return HC_OK;
	rc = code == SQLITE_DONE ? HC_NOTFOUND : failed(stmt->db, code);
	sqlite3_reset(stmt->st);
	return rc;
}

void
hc_stmt_reset(struct hc_stmt *stmt)
{
	if (stmt->db->starved == stmt)
		stmt->db->starved = NULL;
	sqlite3_reset(stmt->st);
}

enum hc_status
hc_stmt_run(struct hc_stmt *stmt)
{
	enum hc_status rc;

	while ((rc = hc_stmt_next(stmt)) == HC_OK)
		continue;
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

int
hc_stmt_columns(const struct hc_stmt *stmt)
{
	return sqlite3_column_count(stmt->st);
}

const char *
hc_stmt_column_name(const struct hc_stmt *stmt, int column)
{
	return sqlite3_column_name(stmt->st, column);
}

bool
hc_stmt_is_null(const struct hc_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt->st, column) == SQLITE_NULL;
}

const char *
hc_stmt_get_text(const struct hc_stmt *stmt, int column)
{
	const unsigned char *text;
	bool null = hc_stmt_is_null(stmt, column);

	if ((text = sqlite3_column_text(stmt->st, column)) != NULL || null)
		return (const char *)text;
	stmt->db->starved = stmt;
	stmt->db->doubtful = true;
	return "";
}

enum hc_status
hc_stmt_check(const struct hc_stmt *stmt)
{
	return stmt->db->starved == stmt ? hc_db_nomem(stmt->db) : HC_OK;
}

int64_t
hc_stmt_get_int(const struct hc_stmt *stmt, int column)
{
	return sqlite3_column_int64(stmt->st, column);
}

const void *
hc_stmt_get_blob(const struct hc_stmt *stmt, int column, size_t *len)
{
	const void *blob = sqlite3_column_blob(stmt->st, column);

	*len = (size_t)sqlite3_column_bytes(stmt->st, column);
	return blob;
}
