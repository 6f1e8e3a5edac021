/* SQL that staff write: one SELECT, confined, with a time limit. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/access.h"
#include "store/embed.h"

#include "task/report.h"

#define MOST_ROWS 1000000
#define MOST_BYTES ((size_t)256 << 20)

/* Is it one of our tables that the catalogue does not describe, or one of
   the engine's own? */
static bool
is_system(const char *table)
{
	const struct hc_embed *file = hc_embed_find("store/system.sql");
	struct hc_buf text = HC_BUF_INIT;
	bool found;

	hc_buf_printf(&text, "TABLE %s (", table);
	found = hc_buf_failed(&text) || file == NULL ||
	    strncmp(table, "sqlite_", 7) == 0 ||
	    strncmp(table, "pg_", 3) == 0 ||
	    strstr(file->begin, hc_buf_text(&text)) != NULL;
	hc_buf_free(&text);
	return found;
}

/* Tables of the catalogue, and those that record/asof.c puts before them.
   Without a column the question is only whether rows may be counted; the
   name may then be one that the statement itself has made (WITH). */
static bool
readable(void *arg, const char *table, const char *column)
{
	const struct hc_catalogue *c = arg;
	const struct hc_entity *e;

	if (strcmp(table, "asof_id") == 0)
		return true;
	if (strncmp(table, "asof_", 5) == 0)
		table += 5;
	e = hc_catalogue_entity(c, table);
	if (e == NULL && (column == NULL || *column == '\0'))
		return !is_system(table);
	return e != NULL && e->kind != HC_ENTITY_COMPUTED;
}

static enum hc_status
new_table(struct hc_store *store, const struct hc_stmt *st,
    struct hc_table **table)
{
	int i, n = hc_stmt_columns(st);
	struct hc_table_column *columns;
	enum hc_status rc = HC_NOMEM;

	columns = calloc((size_t)n, sizeof(*columns));
	for (i = 0; columns != NULL && i < n; i++) {
		columns[i].name = hc_stmt_column_name(st, i);
		columns[i].type = HC_TYPE_TEXT;
		if (columns[i].name == NULL)
			goto out;
	}
	if (columns != NULL)
		rc = hc_table_new(table, columns, (size_t)n);
out:
	free(columns);
	return rc == HC_OK ? HC_OK : hc_db_nomem(store->db);
}

static enum hc_status
read_rows(struct hc_store *store, struct hc_stmt *st, struct hc_table *table)
{
	int i, n = hc_stmt_columns(st);
	const char **cells = calloc((size_t)n, sizeof(*cells));
	size_t bytes = 0;
	enum hc_status rc;

	if (cells == NULL)
		return hc_db_nomem(store->db);
	while ((rc = hc_stmt_next(st)) == HC_OK) {
		for (i = 0; i < n; i++) {
			cells[i] = hc_stmt_get_text(st, i);
			bytes += cells[i] != NULL ? strlen(cells[i]) + 1 : 1;
		}
		if (bytes > MOST_BYTES || hc_table_rows(table) >= MOST_ROWS) {
			rc = hc_db_fail(store->db, HC_INVALID,
			    _("more than %d rows or %zu bytes"), MOST_ROWS,
			    MOST_BYTES);
			break;
		}
		if (hc_table_row(table, cells) != HC_OK) {
			rc = hc_db_nomem(store->db);
			break;
		}
	}
	free(cells);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* "there is no table 'run' that could be read" is more than "not
   authorized". */
static enum hc_status
explain(struct hc_store *store, enum hc_status rc)
{
	char words[512];

	if (rc != HC_DENIED)
		return rc;
	strncpy(words, hc_db_error(store->db), sizeof(words) - 1);
	words[sizeof(words) - 1] = '\0';
	return hc_db_fail(store->db, rc, _("%s: one query of the tables of "
	    "the catalogue is allowed, nothing else"), words);
}

enum hc_status
hc_report_sql(struct hc_store *store, const char *sql, int seconds,
    struct hc_table **table)
{
	static const int64_t nobody = 0;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	*table = NULL;
	/* Whom it will show nobody knows: that somebody asked is noted. */
	if ((rc = hc_access_note(store, "sql", &nobody, 1)) != HC_OK ||
	    (rc = hc_db_confine(store->db, seconds, readable,
	    store->catalogue)) != HC_OK)
		return rc;
	if ((rc = hc_stmt_new(&st, store->db, sql)) != HC_OK)
		goto out;
	if (hc_stmt_columns(st) == 0) {
		rc = hc_db_fail(store->db, HC_DENIED,
		    _("this statement returns no rows"));
		goto out;
	}
	if ((rc = new_table(store, st, table)) == HC_OK)
		rc = read_rows(store, st, *table);
out:
	hc_stmt_free(st);
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	return explain(store, rc);
}
