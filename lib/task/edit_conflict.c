/* What others changed while somebody edited (task/edit_part.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"

#include "task/edit_part.h"

bool
hc_edit_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* For a script: a row of the table of conflicts. */
static enum hc_status
note_conflict(struct hc_edit_save *s, const struct hc_field *f,
    const char *login, const char *at)
{
	char id[24];
	const char *cells[7] = { id, s->row->entity->name, f->name,
	    hc_row_get(s->before, f), login, at, hc_row_get(s->row, f) };

	snprintf(id, sizeof(id), "%lld", (long long)s->row->id);
	return hc_table_row(s->e->conflicts, cells) == HC_OK ? HC_OK :
	    hc_db_nomem(s->e->store->db);
}

/* For people: in words. */
static enum hc_status
tell_conflict(struct hc_edit_save *s, const struct hc_field *f,
    const char *login, const char *at)
{
	struct hc_buf theirs = HC_BUF_INIT, ours = HC_BUF_INIT,
	    when = HC_BUF_INIT, words = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	hc_value_show(f, hc_row_get(s->before, f), &theirs);
	hc_value_show(f, hc_row_get(s->row, f), &ours);
	hc_instant_show(at, s->e->clock->zone, &when);
	hc_buf_printf(&words,
	    _("%s changed it to '%s' at %s; yours is '%s'"), login,
	    hc_buf_text(&theirs), hc_buf_text(&when), hc_buf_text(&ours));
	if (hc_buf_failed(&words) || hc_buf_failed(&theirs) ||
	    hc_buf_failed(&ours) || hc_buf_failed(&when))
		rc = hc_db_nomem(s->e->store->db);
	else
		hc_edit_tell(s, HC_EDIT_CONFLICT, hc_catalogue_label(f),
		    hc_buf_text(&words));
	hc_buf_free(&theirs);
	hc_buf_free(&ours);
	hc_buf_free(&when);
	hc_buf_free(&words);
	return rc == HC_OK ? note_conflict(s, f, login, at) : rc;
}

/* A change that was made since: of the fields that we set as well?  The last
   one of a field counts. */
static enum hc_status
compare_change(struct hc_edit_save *s, struct hc_stmt *st, bool *told)
{
	const char *text = hc_stmt_get_text(st, 0);
	struct hc_json *fields = NULL;
	const struct hc_field *f;
	enum hc_status rc;
	size_t i;

	if (text == NULL)
		return HC_OK;
	rc = hc_json_parse(&fields, text, strlen(text),
	    hc_db_error_buffer(s->e->store->db));
	for (i = 0; rc == HC_OK && i < s->e->entity->nfields; i++) {
		f = s->e->entity->fields[i];
		if (s->touched[i] && !told[i] &&
		    hc_json_get(fields, f->name) != NULL &&
		    !hc_edit_same(s->before->values[i], s->row->values[i])) {
			told[i] = true;
			rc = tell_conflict(s, f, hc_stmt_get_text(st, 1),
			    hc_stmt_get_text(st, 2));
		}
	}
	hc_json_free(fields);
	return rc;
}

static enum hc_status
tell_future(struct hc_edit_save *s, int64_t revision)
{
	struct hc_error err;

	hc_error_set(&err, HC_INVALID,
	    _("there is no revision %lld yet; the last is %lld"),
	    (long long)revision, (long long)s->before->revision);
	hc_edit_tell(s, HC_EDIT_WRONG, NULL, err.text);
	return HC_OK;
}

enum hc_status
hc_edit_conflicts(struct hc_edit_save *s, int64_t revision)
{
	static const char since_sql[] = "SELECT c.fields, r.login, r.at"
	    " FROM change c JOIN run r ON r.id = c.run AND"
	    " r.office = c.office WHERE c.entity = :entity"
	    " AND c.record = :record AND c.revision > :revision"
	    " AND c.office = :office ORDER BY c.id DESC";
	struct hc_db *db = s->e->store->db;
	struct hc_stmt *st = NULL;
	bool *told = NULL;
	enum hc_status rc;

	if (revision == 0 || revision == s->before->revision)
		return HC_OK;
	if (revision > s->before->revision)
		return tell_future(s, revision);
	if ((told = calloc(s->e->entity->nfields + 1, sizeof(*told))) == NULL)
		return hc_db_nomem(db);
	if ((rc = hc_stmt_new(&st, db, since_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":entity", s->e->entity->name)) ==
	    HC_OK &&
	    (rc = hc_stmt_int(st, ":record", s->before->id)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":revision", revision)) == HC_OK)
		while ((rc = hc_stmt_next(st)) == HC_OK)
			if ((rc = compare_change(s, st, told)) != HC_OK)
				break;
	hc_stmt_free(st);
	free(told);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}
