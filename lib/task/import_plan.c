/* The plan of an import, out of its run's change log. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/tsv.h"
#include "store/run.h"

#include "task/import_plan.h"

static const char *const names[] = { "row", "action", "entity", "record",
	"revision", "field", "old", "new", "reason" };

#define COLUMNS ((int)(sizeof(names) / sizeof(names[0])))

struct note {
	size_t line;
	enum hc_import_act act;
	const char *words;
};

struct hc_import_plan {
	struct hc_store *store;
	struct hc_tsv_writer out;
	bool ended;
	struct hc_arena arena;
	struct note *notes;	/* in the order of their lines */
	size_t nnotes, room;
	size_t told;		/* of them */
	struct hc_stmt *changes;
	int64_t last;		/* change row that was told */
	int64_t *first;		/* id that the run gave first, by entity */
};

enum hc_status
hc_import_plan_new(struct hc_import_plan **plan, struct hc_store *store,
    FILE *out)
{
	struct hc_import_plan *made;

	if ((*plan = made = calloc(1, sizeof(*made))) == NULL)
		return hc_db_nomem(store->db);
	made->store = store;
	hc_tsv_write_begin(&made->out, out, names, COLUMNS);
	made->first = calloc(store->catalogue->nentities,
	    sizeof(*made->first));
	return made->first != NULL ? HC_OK : hc_db_nomem(store->db);
}

void
hc_import_plan_free(struct hc_import_plan *plan)
{
	if (plan == NULL)
		return;
	if (!plan->ended)
		hc_tsv_write_end(&plan->out, NULL);
	hc_stmt_free(plan->changes);
	hc_arena_free(&plan->arena);
	free(plan->notes);
	free(plan->first);
	free(plan);
}

/* ---- What only the list knows ---- */

enum hc_status
hc_import_plan_note(struct hc_import_plan *plan, size_t line,
    enum hc_import_act act, const char *words)
{
	struct note *n;

	if (plan->nnotes == plan->room) {
		plan->room = plan->room > 0 ? plan->room * 2 : 64;
		n = realloc(plan->notes, plan->room * sizeof(*n));
		if (n == NULL)
			return hc_db_nomem(plan->store->db);
		plan->notes = n;
	}
	n = &plan->notes[plan->nnotes++];
	n->line = line;
	n->act = act;
	n->words = hc_arena_text(&plan->arena, words);
	return words == NULL || n->words != NULL ? HC_OK :
	    hc_db_nomem(plan->store->db);
}

static void
tell_line(struct hc_import_plan *plan, size_t line)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", line);
	hc_tsv_write_cell(&plan->out, text);
}

static void
tell_notes(struct hc_import_plan *plan, size_t line)
{
	static const char *const acts[] = { "unchanged", "conflict",
	    "duplicate" };
	const struct note *n;
	int i;

	for (; plan->told < plan->nnotes &&
	    plan->notes[plan->told].line <= line; plan->told++) {
		n = &plan->notes[plan->told];
		tell_line(plan, n->line);
		hc_tsv_write_cell(&plan->out, acts[n->act]);
		for (i = 2; i < COLUMNS - 1; i++)
			hc_tsv_write_cell(&plan->out, NULL);
		hc_tsv_write_cell(&plan->out, n->words);
		hc_tsv_write_row(&plan->out);
	}
}

/* ---- What the run wrote ---- */

/* An id as the plan has it: those that the run gave are counted. */
static void
put_id(const struct hc_import_plan *plan, const struct hc_entity *e,
    int64_t id, char text[32])
{
	int64_t first = e != NULL ? plan->first[e->index] : 0;

	if (first != 0 && id >= first)
		snprintf(text, 32, "+%lld", (long long)(id - first + 1));
	else
		snprintf(text, 32, "%lld", (long long)id);
}

/* One change of one record. */
struct change {
	const struct hc_entity *entity;
	const struct hc_entity *of;	/* what a note is about; NULL */
	const char *action;
	char record[32], revision[24];
	size_t line;
};

/* The entity whose id the value of ${field} is; NULL if it is none. */
static const struct hc_entity *
target_of(const struct change *c, const struct hc_field *field)
{
	if (field->type == HC_TYPE_REF)
		return field->target;
	return strcmp(field->name, "record") == 0 ? c->of : NULL;
}

static void
tell_value(struct hc_import_plan *plan, const struct hc_entity *target,
    const char *value)
{
	char id[32];

	if (value != NULL && target != NULL) {
		put_id(plan, target, strtoll(value, NULL, 10), id);
		value = id;
	}
	hc_tsv_write_cell(&plan->out, value);
}

static void
tell_field(struct hc_import_plan *plan, const struct change *c,
    const char *name, const struct hc_json *value)
{
	const struct hc_field *f = hc_catalogue_field(c->entity, name);
	const struct hc_entity *target = f != NULL ? target_of(c, f) : NULL;
	bool both = hc_json_is_array(value);

	tell_line(plan, c->line);
	hc_tsv_write_cell(&plan->out, c->action);
	hc_tsv_write_cell(&plan->out, c->entity->name);
	hc_tsv_write_cell(&plan->out, c->record);
	hc_tsv_write_cell(&plan->out, c->revision);
	hc_tsv_write_cell(&plan->out, name);
	tell_value(plan, target, both ? hc_json_text(hc_json_at(value, 0)) :
	    NULL);
	tell_value(plan, target, hc_json_text(both ? hc_json_at(value, 1) :
	    value));
	hc_tsv_write_cell(&plan->out, NULL);
	hc_tsv_write_row(&plan->out);
}

static enum hc_status
tell_change(struct hc_import_plan *plan, size_t line)
{
	const struct hc_catalogue *c = plan->store->catalogue;
	struct hc_stmt *st = plan->changes;
	const char *json = hc_stmt_get_text(st, 5), *name, *of;
	int64_t id = hc_stmt_get_int(st, 2), *first;
	struct change change = { .action = hc_stmt_get_text(st, 3),
	    .line = line };
	const struct hc_json *value;
	struct hc_json *fields;
	enum hc_status rc;
	void *at = NULL;

	change.entity = hc_catalogue_entity(c, hc_stmt_get_text(st, 1));
	if (change.entity == NULL || json == NULL)
		return HC_OK;
	first = &plan->first[change.entity->index];
	if (*first == 0 && strcmp(change.action, "insert") == 0)
		*first = id;
	put_id(plan, change.entity, id, change.record);
	snprintf(change.revision, sizeof(change.revision), "%lld",
	    (long long)hc_stmt_get_int(st, 4));
	rc = hc_json_parse(&fields, json, strlen(json),
	    hc_db_error_buffer(plan->store->db));
	if (rc != HC_OK)
		return rc;
	of = hc_json_text(hc_json_get(fields, "entity"));
	change.of = of != NULL ? hc_catalogue_entity(c, of) : NULL;
	while ((value = hc_json_next(fields, &at, &name)) != NULL)
		tell_field(plan, &change, name, value);
	hc_json_free(fields);
	return HC_OK;
}

enum hc_status
hc_import_plan_row(struct hc_import_plan *plan, size_t line)
{
	static const char changes_sql[] = "SELECT id, entity, record,"
	    " operation, revision, fields FROM change WHERE office = :office"
	    " AND run = :run AND id > :last ORDER BY id";
	struct hc_db *db = plan->store->db;
	enum hc_status rc = HC_OK;

	tell_notes(plan, line);
	if (plan->changes == NULL)
		rc = hc_stmt_new(&plan->changes, db, changes_sql);
	if (rc != HC_OK || (rc = hc_stmt_int(plan->changes, ":run",
	    hc_run_id(plan->store))) != HC_OK ||
	    (rc = hc_stmt_int(plan->changes, ":last", plan->last)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(plan->changes)) == HC_OK) {
		plan->last = hc_stmt_get_int(plan->changes, 0);
		if ((rc = tell_change(plan, line)) != HC_OK)
			break;
	}
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_import_plan_end(struct hc_import_plan *plan)
{
	struct hc_error err;
	enum hc_status rc;

	tell_notes(plan, SIZE_MAX);
	plan->ended = true;
	rc = hc_tsv_write_end(&plan->out, &err);
	return rc == HC_OK ? HC_OK :
	    hc_db_fail(plan->store->db, rc, "%s", err.text);
}
