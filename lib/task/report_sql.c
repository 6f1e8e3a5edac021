/* SQL that staff write: one SELECT, confined, with a time limit. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/access.h"

#include "task/report.h"

/* Tables of the catalogue, and those that record/asof.c puts before them. */
static bool
readable(void *arg, const char *table, const char *column)
{
	const struct hc_catalogue *c = arg;
	const struct hc_entity *e;

	(void)column;
	if (strcmp(table, "asof_id") == 0)
		return true;
	if (strncmp(table, "asof_", 5) == 0)
		table += 5;
	e = hc_catalogue_entity(c, table);
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
	enum hc_status rc;

	if (cells == NULL)
		return hc_db_nomem(store->db);
	while ((rc = hc_stmt_next(st)) == HC_OK) {
		for (i = 0; i < n; i++)
			cells[i] = hc_stmt_get_text(st, i);
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
	return hc_db_fail(store->db, rc, _("%s: one SELECT over the tables of "
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
