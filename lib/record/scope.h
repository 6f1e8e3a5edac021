/*
 * The names that an expression over records of one entity may use: the
 * fields, "id" and the other common columns, fields of referenced records
 * ("person.birth_date", "facility.kind"), and such a field without its
 * prefix where only one reference has it.
 */
#ifndef HC_RECORD_SCOPE_H
#define HC_RECORD_SCOPE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/expr.h"
#include "store/row.h"
#include "store/store.h"

struct hc_scope {
	struct hc_store *store;
	const struct hc_entity *entity;
	bool in_sql;			/* "overlaps" is known too */
	struct hc_arena arena;		/* texts made for names */
	struct hc_expr_scope expr;	/* to give to hc_expr_parse() */
};

/*
 * hc_scope_init(scope, store, entity):
 * For SQL the entity's table has the alias "t".  The caller empties it with
 * hc_scope_clear(), after the expressions parsed with it.
 *
 * Of what lasts from a begin_date to an end_date and belongs to something,
 * "overlaps" says that another one of the same does at the same time.  Only
 * the database knows: set ${in_sql} where expressions become SQL alone.
 */
void hc_scope_init(struct hc_scope *scope, struct hc_store *store,
    const struct hc_entity *entity);
void hc_scope_clear(struct hc_scope *scope);

/* hc_scope_choices(scope): the choices of names whose "field" is a struct
   hc_field, for scopes that find their names elsewhere. */
void hc_scope_choices(struct hc_expr_scope *scope);

/*
 * hc_scope_resolve(scope, name, field, sql, err):
 * What a name means: the field (NULL for the common columns) and, appended
 * to ${sql} (may be NULL), the SQL of its value.  HC_OK, HC_NOTFOUND,
 * HC_INVALID if two references have a field of that name.
 */
enum hc_status hc_scope_resolve(struct hc_scope *scope, const char *name,
    const struct hc_field **field, struct hc_buf *sql, struct hc_error *err);

/* Values of a row for evaluation in memory; referenced records are loaded
   when they are asked for. */
struct hc_scope_values {
	struct hc_scope *scope;
	const struct hc_row *row;
	struct hc_row *loaded[8];	/* referenced records */
	size_t nloaded;
	enum hc_status status;	/* why one could not be loaded, else HC_OK;
				   ask it before the answer is believed */
	char id[24];
	struct hc_expr_values expr;	/* to give to hc_expr_true() */
};

void hc_scope_values_init(struct hc_scope_values *values,
    struct hc_scope *scope, const struct hc_row *row);
void hc_scope_values_clear(struct hc_scope_values *values);

#endif
