/*
 * Definitions behind the situation: the policies, which say until when
 * somebody is observed, and the forms' red flags and symptom items.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "task/situation_part.h"

#define FLAGS_MAX 64	/* bits of a mask */

static const char policies_sql[] =
	"SELECT name, subject, applies, valid_from, valid_until, until"
	" FROM policy WHERE office = :office AND coalesce(retired, 0) = 0"
	" ORDER BY coalesce(position, 9999), valid_from DESC, id";

static const char items_sql[] =
	"SELECT i.name, i.red_flag, i.tick_group FROM form_item i"
	" JOIN form f ON f.name = i.form AND f.office = i.office"
	" WHERE i.office = :office AND f.entity = 'observation'"
	" AND coalesce(i.retired, 0) = 0 AND coalesce(f.retired, 0) = 0"
	" ORDER BY i.position, i.id";

/* An expression of a definition; NULL text gives NULL. */
static enum hc_status
parse(struct hc_situation *s, const char *what, const char *name,
    const char *text, struct hc_expr **expr)
{
	bool condition = strcmp(what, "until") != 0;
	bool flag = strcmp(what, "red_flag") == 0;
	const struct hc_expr_scope *scope = flag ? &s->flag_scope :
	    &s->episode_scope;
	struct hc_error err = { "" };
	enum hc_status rc;

	if (text == NULL)
		return HC_OK;
	rc = condition ?
	    hc_expr_parse_condition(expr, text, scope, NULL, &err) :
	    hc_expr_parse(expr, text, scope, NULL, &err);
	if (rc == HC_NOMEM)
		return hc_db_nomem(s->store->db);
	if (rc == HC_OK && !condition && hc_expr_type(*expr) != HC_TYPE_DATE)
		rc = hc_error_set(&err, HC_INVALID, _("'%s' is no date; "
		    "write one as 'onset_date + 10 days'"), text);
	if (rc != HC_OK)
		return hc_db_fail(s->store->db, HC_CONFIG,
		    _("'%s' of '%s': %s"), what, name, err.text);
	return HC_OK;
}

static enum hc_status
add_policy(struct hc_situation *s, const struct hc_stmt *st)
{
	struct hc_situation_policy *p, *grown;
	enum hc_status rc;

	grown = realloc(s->policies, (s->npolicies + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(s->store->db);
	s->policies = grown;
	p = &grown[s->npolicies++];
	memset(p, 0, sizeof(*p));
	p->name = hc_arena_text(&s->arena, hc_stmt_get_text(st, 0));
	p->subject = hc_arena_text(&s->arena, hc_stmt_get_text(st, 1));
	p->from = hc_arena_text(&s->arena, hc_stmt_get_text(st, 3));
	p->until_day = hc_arena_text(&s->arena, hc_stmt_get_text(st, 4));
	if (p->name == NULL || p->subject == NULL || p->from == NULL)
		return hc_db_nomem(s->store->db);
	/* A policy that does not hold today needs no parsing, but a mistake
	   in it shall be told before its day comes. */
	rc = parse(s, "applies", p->name, hc_stmt_get_text(st, 2),
	    &p->applies);
	if (rc == HC_OK)
		rc = parse(s, "until", p->name, hc_stmt_get_text(st, 5),
		    &p->until);
	return rc;
}

enum hc_status
hc_situation_policy_load(struct hc_situation *s)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, s->store->db, policies_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		rc = add_policy(s, st);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
add_item(struct hc_situation *s, const struct hc_stmt *st)
{
	const char *name = hc_stmt_get_text(st, 0);
	const char *flag = hc_stmt_get_text(st, 1);
	const struct hc_field *f = hc_catalogue_field(s->observation, name);
	struct hc_situation_flag *grown;
	enum hc_status rc;
	int index;

	if (f != NULL && f->type == HC_TYPE_YESNO &&
	    !hc_stmt_is_null(st, 2)) {
		if ((rc = hc_situation_cell(s, f, &index)) != HC_OK)
			return hc_db_nomem(s->store->db);
		s->symptom[index] = true;
	}
	if (flag == NULL || s->nflags == FLAGS_MAX)
		return HC_OK;
	grown = realloc(s->flags, (s->nflags + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(s->store->db);
	s->flags = grown;
	memset(&grown[s->nflags], 0, sizeof(*grown));
	grown[s->nflags].name = hc_arena_text(&s->arena, name);
	rc = parse(s, "red_flag", name, flag, &grown[s->nflags].expr);
	if (grown[s->nflags].expr != NULL)
		s->nflags++;
	return rc;
}

enum hc_status
hc_situation_flag_load(struct hc_situation *s)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, s->store->db, items_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		rc = add_item(s, st);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* Suspected cases are observed as contacts are. */
static bool
is_for(const struct hc_situation_policy *p, const char *kind)
{
	if (strcmp(kind, "case") == 0)
		return strcmp(p->subject, "case") == 0;
	return strcmp(p->subject, "contact") == 0 &&
	    (strcmp(kind, "contact") == 0 || strcmp(kind, "suspected") == 0);
}

static bool
in_force(const struct hc_situation_policy *p, const char *today)
{
	return strcmp(p->from, today) <= 0 &&
	    (p->until_day == NULL || strcmp(p->until_day, today) >= 0);
}

static const char *
slot_value(void *arg, const struct hc_expr_name *name)
{
	return hc_situation_value(arg, name->slot);
}

void
hc_situation_policy_find(struct hc_situation *s)
{
	struct hc_expr_values values = { .arg = s, .value = slot_value };
	const char *kind = hc_situation_need(s, HC_NEED_KIND);
	const struct hc_situation_policy *p = s->policies;
	const struct hc_situation_policy *end = p + s->npolicies;
	struct hc_buf day = HC_BUF_INIT;

	if (s->f.policy_known)
		return;
	s->f.policy_known = true;
	s->f.policy = NULL;
	s->f.policy_until[0] = '\0';
	for (; kind != NULL && p < end; p++)
		if (is_for(p, kind) && in_force(p, s->clock->today) &&
		    (p->applies == NULL ||
		    hc_expr_true(p->applies, &values, s->clock)))
			break;
	if (kind == NULL || p == end)
		return;
	s->f.policy = p;
	if (p->until != NULL && hc_expr_eval(p->until, &values, s->clock,
	    &day) == HC_OK)
		snprintf(s->f.policy_until, sizeof(s->f.policy_until), "%s",
		    hc_buf_text(&day));
	hc_buf_free(&day);
}
