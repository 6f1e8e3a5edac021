/*
 * bench-insert DB <CSV
 *
 * Puts the rows into a table of texts by one prepared statement in one
 * durable transaction, and does nothing else: the limit of an import.  Cells
 * are parted by commas and never quoted.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define COLUMNS 8

static void
run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		errx(1, "%s", sqlite3_errmsg(db));
}

static void
insert(sqlite3_stmt *st, char *line)
{
	int i;

	line[strcspn(line, "\r\n")] = '\0';
	for (i = 1; i <= COLUMNS && line != NULL; i++)
		sqlite3_bind_text(st, i, strsep(&line, ","), -1,
		    SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_DONE)
		errx(1, "a row cannot be put in");
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

int
main(int argc, char **argv)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	char *line = NULL;
	size_t size = 0;

	if (argc != 2 || sqlite3_open(argv[1], &db) != SQLITE_OK)
		errx(64, "usage: bench-insert DB <CSV");
	run(db, "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;"
	    "CREATE TABLE list (a, b, c, d, e, f, g, h); BEGIN");
	if (sqlite3_prepare_v2(db, "INSERT INTO list VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?)", -1, &st, NULL) != SQLITE_OK)
		errx(1, "%s", sqlite3_errmsg(db));
	while (getline(&line, &size, stdin) > 0)
		insert(st, line);
	sqlite3_finalize(st);
	run(db, "COMMIT");
	sqlite3_close(db);
	free(line);
	return 0;
}
