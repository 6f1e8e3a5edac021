/* The office's named reports: rows of the definition "report". */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/near.h"

#include "task/report.h"

/* The nearest name, kept in ${arena}; NULL if none is near. */
static enum hc_status
near_name(struct hc_store *store, const char *name, struct hc_arena *arena,
    const char **near)
{
	static const char names_sql[] = "SELECT name FROM report"
	    " WHERE office = :office ORDER BY name";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	const char *word;

	*near = NULL;
	if ((rc = hc_stmt_new(&st, store->db, names_sql)) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK)
			if ((word = hc_arena_text(arena,
			    hc_stmt_get_text(st, 0))) != NULL)
				*near = hc_near_better(name, word, *near);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
not_found(struct hc_store *store, const char *name)
{
	struct hc_arena arena = { NULL };
	const char *near;
	enum hc_status rc;

	rc = near_name(store, name, &arena, &near);
	if (rc == HC_OK && near != NULL)
		rc = hc_db_fail(store->db, HC_NOTFOUND,
		    _("there is no report '%s': did you mean '%s'?"), name,
		    near);
	else if (rc == HC_OK)
		rc = hc_db_fail(store->db, HC_NOTFOUND,
		    _("there is no report '%s'; 'hc-report list' shows all"),
		    name);
	hc_arena_free(&arena);
	return rc;
}

/* The definition's texts, kept in ${arena}. */
static enum hc_status
load(struct hc_store *store, const char *name, struct hc_arena *arena,
    struct hc_report_question *q)
{
	static const char report_sql[] =
	    "SELECT entity, \"rows\", cols, where_expr, date_field"
	    " FROM report WHERE office = :office AND name = :name";
	const char **texts[] = { &q->entity, &q->rows, &q->cols, &q->where,
	    &q->date_field };
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int i;

	if ((rc = hc_stmt_new(&st, store->db, report_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":name", name)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		for (i = 0; i < 5; i++) {
			if (hc_stmt_is_null(st, i))
				continue;
			*texts[i] = hc_arena_text(arena,
			    hc_stmt_get_text(st, i));
			if (*texts[i] == NULL)
				rc = hc_db_nomem(store->db);
		}
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_report_named(struct hc_store *store, const char *name,
    const struct hc_report_question *narrow,
    const struct hc_report_manner *manner, struct hc_table **table)
{
	struct hc_report_question q = *narrow;
	struct hc_arena arena = { NULL };
	enum hc_status rc;

	*table = NULL;
	rc = load(store, name, &arena, &q);
	if (rc == HC_NOTFOUND)
		rc = not_found(store, name);
	else if (rc == HC_OK)
		rc = hc_report_pivot(store, &q, manner, table);
	hc_arena_free(&arena);
	return rc;
}

enum hc_status
hc_report_list(struct hc_store *store, const struct hc_report_manner *manner,
    struct hc_table **table)
{
	static const char list_sql[] =
	    "SELECT name, entity, \"rows\", cols, where_expr, label_ja,"
	    " label_en FROM report WHERE office = :office"
	    " ORDER BY position NULLS LAST, name";
	struct hc_table_column columns[] = {
		{ "report", _("report"), HC_TYPE_TEXT },
		{ "label", _("label"), HC_TYPE_TEXT },
		{ "entity", _("of"), HC_TYPE_TEXT },
		{ "rows", _("rows"), HC_TYPE_TEXT },
		{ "cols", _("columns"), HC_TYPE_TEXT },
		{ "where_expr", _("condition"), HC_TYPE_TEXT },
	};
	const char *cells[6];
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int i, label;

	/* As in store/catalogue.c: the message catalogue names itself. */
	label = strcmp(_("language code"), "ja") == 0 ? 5 : 6;
	(void)manner;
	if (hc_table_new(table, columns, 6) != HC_OK)
		return hc_db_nomem(store->db);
	if ((rc = hc_stmt_new(&st, store->db, list_sql)) != HC_OK)
		goto out;
	while ((rc = hc_stmt_next(st)) == HC_OK) {
		cells[0] = hc_stmt_get_text(st, 0);
		cells[1] = hc_stmt_get_text(st, label);
		for (i = 1; i < 5; i++)
			cells[i + 1] = hc_stmt_get_text(st, i);
		if (hc_table_row(*table, cells) != HC_OK) {
			rc = hc_db_nomem(store->db);
			goto out;
		}
	}
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
out:
	hc_stmt_free(st);
	if (rc != HC_OK) {
		hc_table_free(*table);
		*table = NULL;
	}
	return rc;
}
