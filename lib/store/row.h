/*
 * Rows of any entity, as the catalogue describes them: between the database
 * and canonical texts.  Nothing is checked or logged here; that is
 * record/record.h, which alone calls the writing half.
 */
#ifndef HC_STORE_ROW_H
#define HC_STORE_ROW_H

#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "store/store.h"

struct hc_row {
	const struct hc_entity *entity;
	int64_t id;
	int64_t revision;
	char created_at[21], updated_at[21];
	char **values;		/* canonical text by field->index; NULL */
};

/* hc_row_new(row, entity): an empty one; HC_OK or HC_NOMEM. */
enum hc_status hc_row_new(struct hc_row **row,
    const struct hc_entity *entity);
void hc_row_free(struct hc_row *row);

/* hc_row_set(row, field, text): a copy of ${text}; NULL or "" is absent. */
enum hc_status hc_row_set(struct hc_row *row, const struct hc_field *field,
    const char *text);
const char *hc_row_get(const struct hc_row *row,
    const struct hc_field *field);

/* hc_row_value(row, name): the same by a name that is known to exist. */
const char *hc_row_value(const struct hc_row *row, const char *name);

/* hc_row_copy(copy, row): a copy with all values; HC_OK or HC_NOMEM. */
enum hc_status hc_row_copy(struct hc_row **copy, const struct hc_row *row);

/* hc_row_load(store, entity, id, row): HC_OK, HC_NOTFOUND or a failure. */
enum hc_status hc_row_load(struct hc_store *store,
    const struct hc_entity *entity, int64_t id, struct hc_row **row);

/*
 * hc_row_query(store, entity, rest, stmt) / hc_row_read(store, stmt, row):
 * Prepare a query of the office's whole rows.  Its table has the alias "t";
 * ${rest} follows ":office" in the WHERE clause, as " AND t.person = :person
 * ORDER BY t.id"; NULL is all, by their ids.  Read the present row into
 * ${row} of that entity.  The caller frees ${stmt} with hc_stmt_free().
 */
enum hc_status hc_row_query(struct hc_store *store,
    const struct hc_entity *entity, const char *rest, struct hc_stmt **stmt);
enum hc_status hc_row_read(struct hc_store *store, struct hc_stmt *stmt,
    struct hc_row *row);

/* hc_row_text(field, stmt, column, out): one value in canonical form
   appended to ${out}; HC_NOTFOUND where it is NULL. */
enum hc_status hc_row_text(const struct hc_field *field,
    const struct hc_stmt *stmt, int column, struct hc_buf *out);

/* hc_row_bind(store, stmt, name, field, text): the reverse. */
enum hc_status hc_row_bind(struct hc_store *store, struct hc_stmt *stmt,
    const char *name, const struct hc_field *field, const char *text);

/* hc_row_write(store, stmt, row): bind a whole row's :id, :revision,
   :created_at, :updated_at and, following each other, :f0, :f1 ...; run. */
enum hc_status hc_row_write(struct hc_store *store, struct hc_stmt *stmt,
    const struct hc_row *row);

/* Write the whole row, or of an update the fields that differ from
   ${before}: indexes of the others need no work.  Within a run.  HC_CONFLICT
   where a key is taken. */
enum hc_status hc_row_insert(struct hc_store *store,
    const struct hc_row *row);
enum hc_status hc_row_update(struct hc_store *store,
    const struct hc_row *before, const struct hc_row *row);
enum hc_status hc_row_delete(struct hc_store *store,
    const struct hc_entity *entity, int64_t id);

/* hc_row_forget(store): free the prepared statements. */
void hc_row_forget(struct hc_store *store);

#endif
