/* Verbs of hc-followup that change episodes: open, close, assign. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "record/refer.h"
#include "store/run.h"
#include "task/assign.h"
#include "task/desk.h"
#include "task/observe.h"

#include "ids.h"
#include "office.h"
#include "pairs.h"
#include "print.h"
#include "who.h"

#include "episodes.h"

/* What is under way. */
struct job {
	const struct program *p;
	struct hc_store *store;
	struct hc_expr_clock clock;
	struct hc_edit *edit;
	struct ids ids;
	struct pairs pairs;
	int64_t person;		/* of an episode that is to be added; 0 */
	const int64_t *about;	/* the episode that a fault is about */
};

static void
fault(void *arg, enum hc_edit_grade grade, const char *label,
    const char *words)
{
	const struct job *job = arg;
	struct hc_buf text = HC_BUF_INIT;

	if (*job->about != 0)
		hc_buf_printf(&text, _("episode %lld: "),
		    (long long)*job->about % HC_ID_SPAN);
	if (label != NULL)
		hc_buf_printf(&text, "%s: ", label);
	hc_buf_puts(&text, words);
	program_warn(grade == HC_EDIT_DOUBTFUL ? _("%s (saved all the same)") :
	    "%s", hc_buf_text(&text));
	hc_buf_free(&text);
}

/* The words are whom it is about, then FIELD=VALUE; without anybody, rows on
   standard input say whom. */
static void
read_words(struct job *job, bool adding)
{
	const struct program *p = job->p;
	struct hc_situation_filter who;
	enum hc_status rc;
	int64_t id;
	int i;

	for (i = 0; i < p->options.nargs; i++) {
		const char *word = p->options.args[i];

		if (strchr(word, '=') != NULL &&
		    strncmp(word, "person=", 7) != 0 &&
		    strncmp(word, "episode=", 8) != 0) {
			pairs_add(&job->pairs, word);
			continue;
		}
		who_episode(job->store, word, &who);
		if (adding && who.person != 0)
			job->person = who.person;
		else if (who.person == 0)
			ids_add(&job->ids, who.episode);
		else if ((rc = hc_desk_episode(job->store, &who, &id)) ==
		    HC_OK)
			ids_add(&job->ids, id);
		else
			office_fail(job->store, rc);
	}
	if (job->ids.len > 0 || job->person != 0)
		return;
	if (isatty(STDIN_FILENO))
		program_usage(_("whose episode is missing"));
	ids_read(&job->ids, job->store, "episode");
	ids_once(&job->ids);
}

static void
begin(struct job *job, const struct program *p, bool adding,
    const char *note)
{
	enum hc_status rc;

	job->p = p;
	job->store = office_open(p, HC_DB_WRITE);
	office_clock(p, &job->clock);
	read_words(job, adding);
	if ((rc = hc_edit_new(&job->edit, job->store, "episode",
	    &job->clock)) != HC_OK ||
	    (rc = hc_run_begin(job->store, note)) != HC_OK)
		office_fail(job->store, rc);
	job->edit->fault = fault;
	job->edit->arg = job;
}

/* What was refused was told; the others are saved. */
static int
end(struct job *job, enum hc_status rc, struct hc_table *table,
    size_t refused)
{
	if (rc != HC_OK)
		office_fail(job->store, rc);
	if (job->p->options.dry_run)
		hc_run_rollback(job->store);
	else if ((rc = hc_run_commit(job->store, NULL)) != HC_OK)
		office_fail(job->store, rc);
	hc_edit_free(job->edit);
	hc_store_close(job->store);
	pairs_clear(&job->pairs);
	ids_clear(&job->ids);
	print_table(job->p, table);
	return program_finish(refused > 0 ? HC_NOTFOUND : HC_OK);
}

int
episodes_open(const struct program *p)
{
	struct job job = { 0 };
	struct hc_observe o = { 0 };
	enum hc_status rc = HC_OK;

	begin(&job, p, true, N_("observation begun"));
	job.about = &o.episode;
	o.edit = job.edit;
	o.pairs = job.pairs.items;
	o.len = job.pairs.len;
	if (job.person != 0)
		rc = hc_observe_add(&o, job.person);
	if (rc == HC_OK)
		rc = hc_observe_begin(&o, job.ids.items, job.ids.len);
	return end(&job, rc, o.table, o.refused);
}

int
episodes_close(const struct program *p)
{
	struct job job = { 0 };
	struct hc_observe o = { 0 };
	enum hc_status rc;

	begin(&job, p, false, N_("observation ended"));
	job.about = &o.episode;
	o.edit = job.edit;
	o.pairs = job.pairs.items;
	o.len = job.pairs.len;
	rc = hc_observe_end(&o, job.ids.items, job.ids.len);
	return end(&job, rc, o.table, o.refused);
}

/* "staff=sato,suzuki": who is on duty. */
static void
read_staff(struct job *job, const char *names, struct ids *staff)
{
	const struct hc_entity *e = hc_catalogue_entity(
	    job->store->catalogue, "staff");
	enum hc_status rc;
	int64_t id;
	char one[256];
	size_t len;

	while (*names != '\0') {
		len = strcspn(names, ",");
		snprintf(one, sizeof(one), "%.*s", (int)len, names);
		if ((rc = hc_refer_one(job->store, e, one, &id)) != HC_OK)
			office_fail(job->store, rc);
		ids_add(staff, id);
		names += len + (names[len] == ',');
	}
}

int
episodes_assign(const struct program *p,
    const struct episodes_assign *options)
{
	struct job job = { 0 };
	struct ids staff = { 0 };
	struct hc_assign a = { .team = options->team,
	    .again = options->again };
	enum hc_status rc;
	size_t i;
	int status;

	begin(&job, p, false, N_("episodes assigned"));
	job.about = &a.episode;
	for (i = 0; i < job.pairs.len; i++)
		if (strcmp(job.pairs.items[i].name, "staff") == 0)
			read_staff(&job, job.pairs.items[i].value, &staff);
		else
			program_usage(_("'%s=' is not staff=LOGIN"),
			    job.pairs.items[i].name);
	a.edit = job.edit;
	a.staff = staff.items;
	a.nstaff = staff.len;
	rc = hc_assign_episodes(&a, job.ids.items, job.ids.len);
	if (rc == HC_OK)
		program_note(_("%zu assigned, %zu have somebody on duty "
		    "already"), hc_table_rows(a.table), a.kept);
	status = end(&job, rc, a.table, a.refused);
	ids_clear(&staff);
	return status;
}
