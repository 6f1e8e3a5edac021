/* Sharing episodes out among the staff on duty. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#include "task/assign.h"

/* Their open episodes are their load. */
static const char staff_sql[] =
	"SELECT s.id, s.login, s.languages, s.team, s.role,"
	" coalesce(s.active, 1), (SELECT count(*) FROM episode e"
	" WHERE e.office = :office AND e.status = 'open' AND"
	" e.staff = s.id) FROM staff s WHERE s.office = :office"
	" ORDER BY s.id";

static const char episode_sql[] =
	"SELECT e.person, e.staff, coalesce(p.language, 'ja')"
	" FROM episode e JOIN person p ON p.id = e.person"
	" AND p.office = :office WHERE e.office = :office AND e.id = :id"
	" AND e.status = 'open'";

struct member {
	int64_t id, load;
	char *login, *languages;
};

struct job {
	int64_t episode, person;
	char language[8];
	bool special;		/* another language than Japanese */
};

struct work {
	struct hc_assign *a;
	struct hc_store *store;
	struct member *members;
	size_t nmembers;
	struct job *jobs;
	size_t njobs;
};

/* ---- Who is on duty ---- */

static bool
rings_up(const char *role)
{
	static const char *const desk[] = { "clerk", "it", "manager",
	    "analyst", NULL };
	size_t i;

	for (i = 0; role != NULL && desk[i] != NULL; i++)
		if (strcmp(desk[i], role) == 0)
			return false;
	return true;
}

static bool
on_duty(const struct hc_assign *a, const struct hc_stmt *st)
{
	const char *team = hc_stmt_get_text(st, 3);
	size_t i;

	for (i = 0; i < a->nstaff; i++)
		if (a->staff[i] == hc_stmt_get_int(st, 0))
			return true;
	return a->nstaff == 0 && hc_stmt_get_int(st, 5) != 0 &&
	    rings_up(hc_stmt_get_text(st, 4)) && (a->team == NULL ||
	    (team != NULL && strcmp(team, a->team) == 0));
}

static enum hc_status
add_member(struct work *w, const struct hc_stmt *st)
{
	const char *languages = hc_stmt_get_text(st, 2);
	struct member *grown, *m;

	grown = realloc(w->members, (w->nmembers + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(w->store->db);
	w->members = grown;
	m = &grown[w->nmembers++];
	m->id = hc_stmt_get_int(st, 0);
	m->load = hc_stmt_get_int(st, 6);
	m->login = strdup(hc_stmt_get_text(st, 1));
	m->languages = strdup(languages != NULL ? languages : "");
	if (m->login == NULL || m->languages == NULL)
		return hc_db_nomem(w->store->db);
	return HC_OK;
}

static enum hc_status
load_members(struct work *w)
{
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, w->store->db, staff_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		if (on_duty(w->a, st))
			rc = add_member(w, st);
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND && w->nmembers == 0)
		return hc_db_fail(w->store->db, HC_NOTFOUND,
		    _("nobody is on duty"));
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static struct member *
find_member(struct work *w, int64_t id)
{
	size_t i;

	for (i = 0; i < w->nmembers; i++)
		if (w->members[i].id == id)
			return &w->members[i];
	return NULL;
}

/* ---- What is to be shared out ---- */

static enum hc_status
add_job(struct work *w, struct hc_stmt *st, int64_t episode)
{
	struct job *job = &w->jobs[w->njobs];
	struct member *has;
	enum hc_status rc;

	if ((rc = hc_stmt_int(st, ":id", episode)) == HC_OK)
		rc = hc_stmt_next(st);
	if (rc == HC_NOTFOUND) {
		w->a->episode = episode;
		w->a->refused++;
		w->a->edit->fault(w->a->edit->arg, HC_EDIT_WRONG, NULL,
		    _("there is no such open episode"));
	} else if (rc == HC_OK) {
		has = find_member(w, hc_stmt_get_int(st, 1));
		if (has != NULL && !w->a->again)
			w->a->kept++;
		else {
			if (has != NULL)
				has->load--;
			job->episode = episode;
			job->person = hc_stmt_get_int(st, 0);
			snprintf(job->language, sizeof(job->language), "%s",
			    hc_stmt_get_text(st, 2));
			job->special = strcmp(job->language, "ja") != 0;
			w->njobs++;
		}
	}
	hc_stmt_reset(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* ---- Sharing out ---- */

/* The one with the least to do, of those who speak ${language} (NULL: of
   all); NULL if nobody speaks it. */
static struct member *
choose(struct work *w, const char *language)
{
	struct member *best = NULL, *m;
	size_t i;

	for (i = 0; i < w->nmembers; i++) {
		m = &w->members[i];
		if (language != NULL && !hc_catalogue_has(m->languages, ';',
		    language, strlen(language)))
			continue;
		if (best == NULL || m->load < best->load)
			best = m;
	}
	return best;
}

static enum hc_status
give(struct work *w, const struct job *job, struct member *to)
{
	struct hc_assign *a = w->a;
	char ids[3][24], load[24];
	const char *cells[] = { ids[0], ids[1], job->language, ids[2],
	    to->login, load };
	const struct hc_edit_pair pair = { "staff", ids[2] };
	enum hc_status rc;
	int64_t id = job->episode;

	snprintf(ids[0], sizeof(ids[0]), "%" PRId64, job->episode);
	snprintf(ids[1], sizeof(ids[1]), "%" PRId64, job->person);
	snprintf(ids[2], sizeof(ids[2]), "%" PRId64, to->id);
	a->episode = id;
	rc = hc_edit_save(a->edit, &id, 0, &pair, 1);
	if (rc == HC_INVALID) {
		a->refused++;
		return HC_OK;
	}
	snprintf(load, sizeof(load), "%" PRId64, ++to->load);
	if (rc == HC_OK && hc_table_row(a->table, cells) != HC_OK)
		rc = hc_db_nomem(w->store->db);
	return rc;
}

static enum hc_status
give_all(struct work *w, bool special)
{
	enum hc_status rc = HC_OK;
	struct member *to;
	size_t i;

	for (i = 0; rc == HC_OK && i < w->njobs; i++) {
		if (w->jobs[i].special != special)
			continue;
		to = special ? choose(w, w->jobs[i].language) : NULL;
		rc = give(w, &w->jobs[i], to != NULL ? to : choose(w, NULL));
	}
	return rc;
}

static enum hc_status
begin_table(struct hc_assign *a)
{
	const struct hc_catalogue *c = a->edit->store->catalogue;
	const struct hc_table_column columns[] = {
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "person", _("person"), HC_TYPE_REF },
		hc_value_column_of(c, "person", "language"),
		{ "staff", _("staff"), HC_TYPE_REF },
		hc_value_column_of(c, "staff", "login"),
		{ "load", _("open episodes"), HC_TYPE_INTEGER },
	};

	if (hc_table_new(&a->table, columns, 6) != HC_OK)
		return hc_db_nomem(a->edit->store->db);
	return HC_OK;
}

enum hc_status
hc_assign_episodes(struct hc_assign *a, const int64_t *ids, size_t n)
{
	struct work w = { .a = a, .store = a->edit->store };
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	size_t i;

	if ((w.jobs = calloc(n + 1, sizeof(*w.jobs))) == NULL)
		return hc_db_nomem(w.store->db);
	if ((rc = begin_table(a)) == HC_OK &&
	    (rc = load_members(&w)) == HC_OK)
		rc = hc_stmt_new(&st, w.store->db, episode_sql);
	for (i = 0; rc == HC_OK && i < n; i++)
		rc = add_job(&w, st, ids[i]);
	if (rc == HC_OK && (rc = give_all(&w, true)) == HC_OK)
		rc = give_all(&w, false);
	hc_stmt_free(st);
	for (i = 0; i < w.nmembers; i++) {
		free(w.members[i].login);
		free(w.members[i].languages);
	}
	free(w.members);
	free(w.jobs);
	return rc;
}
