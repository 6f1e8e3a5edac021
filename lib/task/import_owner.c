/* The person and the episode that a row of a list is about. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "task/import_save.h"
#include "task/import_value.h"

#include "task/import_owner.h"

/* The episode of a row that is a test, a stay, a report: its number stands
   in a column of its own, or in one of the record's. */
static enum hc_status
find_episode(struct hc_import_place *p)
{
	struct hc_import_target *t = hc_import_target_of(p, p->episode);
	int i = hc_import_target_column(p, p->episode, "number");
	enum hc_status rc;
	int64_t id;

	if (t == NULL || t == &p->targets[0])
		return HC_OK;
	if (i == -1)
		i = hc_import_target_column(p, p->map->main, "episode");
	if (i == -1 || p->in->cells[i].reason != NULL ||
	    p->in->cells[i].text == NULL)
		return HC_OK;
	rc = hc_import_target_case(p, i, false, &id);
	if (rc == HC_OK)
		return hc_import_target_load(p, t, id);
	if (rc != HC_CONFLICT && rc != HC_NOTFOUND)
		return rc;
	p->held = p->awaits != NULL;
	if (p->held)
		return HC_OK;
	hc_import_target_refuse(p, i, rc == HC_CONFLICT ?
	    _("several lists have an episode of this number") :
	    _("no episode has this number; import the cases first"));
	return HC_OK;
}

/* The person whom a record refers to. */
static enum hc_status
load_person_of(struct hc_import_place *p, const struct hc_row *row)
{
	const char *id = hc_row_value(row, "person");

	return id == NULL ? HC_OK :
	    hc_import_target_load(p, hc_import_target_of(p, p->person),
	    strtoll(id, NULL, 10));
}

/* What the row says of its person. */
static void
read_who(struct hc_import_place *p, struct hc_import_who *who)
{
	const struct hc_entity *phone = hc_catalogue_entity(
	    p->store->catalogue, "phone"), *e = p->person;

	who->said.name = hc_import_target_value(p, e, "name");
	who->said.kana = hc_import_target_value(p, e, "kana");
	who->said.birth_date = hc_import_target_value(p, e, "birth_date");
	who->said.sex = hc_import_target_value(p, e, "sex");
	who->said.address = hc_import_target_value(p, e, "address");
	who->said.email = hc_import_target_value(p, e, "email");
	who->phones = hc_import_target_value(p, phone, "number");
}

/*
 * Whoever was there before is told while the rows are looked at; of somebody
 * whom an earlier row of the list made, only the run itself knows.
 */
static enum hc_status
tell_doubt(struct hc_import_place *p, const struct hc_import_doubt *doubt)
{
	struct hc_buf words = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	p->doubtful = true;
	if (p->write && doubt->person <= p->last_person)
		return HC_OK;
	hc_buf_printf(&words, _("perhaps the same person as %lld: "),
	    (long long)(doubt->person % HC_ID_SPAN));
	hc_alike_words(doubt->alike.reasons, &words);
	if (hc_buf_failed(&words))
		rc = hc_db_nomem(p->store->db);
	else if (p->options.on_doubt == HC_IMPORT_REFUSE && !p->write)
		hc_import_target_refuse(p, hc_import_target_column(p,
		    p->person, "name"), hc_buf_text(&words));
	else
		hc_import_target_tell(p, hc_import_target_column(p, p->person,
		    "name"), hc_buf_text(&words));
	hc_buf_free(&words);
	return rc;
}

static enum hc_status
match_person(struct hc_import_place *p, struct hc_import_target *t)
{
	struct hc_import_who who;
	struct hc_import_doubt doubt;
	enum hc_status rc;
	int64_t id;

	if (p->options.on_match == HC_IMPORT_MAKE)
		return HC_OK;
	read_who(p, &who);
	rc = hc_import_person_find(p->people, &who, &id);
	if (rc == HC_OK)
		return hc_import_target_load(p, t, id);
	/* It is told before anything is written. */
	if (rc == HC_NOTFOUND && !p->write)
		rc = hc_import_person_doubt(p->people, &who, &doubt);
	if (rc == HC_OK)
		rc = tell_doubt(p, &doubt);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* Must every record of the main entity have a person? */
static bool
needs_person(const struct hc_import_place *p)
{
	const struct hc_field *f = hc_catalogue_field(p->map->main, "person");

	return f != NULL && f->required != NULL;
}

static enum hc_status
find_person(struct hc_import_place *p)
{
	struct hc_import_target *t = hc_import_target_of(p, p->person);
	struct hc_import_target *main = &p->targets[0];
	struct hc_import_target *episode = hc_import_target_of(p, p->episode);
	enum hc_status rc = HC_OK;

	if (t == NULL)
		return HC_OK;
	if (t->row == NULL && main->row != NULL && main != t)
		rc = load_person_of(p, main->row);
	if (rc == HC_OK && t->row == NULL && episode != NULL &&
	    episode->row != NULL)
		rc = load_person_of(p, episode->row);
	if (rc == HC_OK && t->row == NULL)
		rc = match_person(p, t);
	if (rc == HC_OK && t->row == NULL &&
	    (hc_import_target_says(p, t) || needs_person(p)))
		rc = hc_import_target_make(p, t);
	return rc;
}

/* Of a test or stay whose list names persons, not numbers. */
static enum hc_status
episode_of_person(struct hc_import_place *p)
{
	static const char latest_sql[] =
	    "SELECT id FROM episode WHERE office = :office"
	    " AND person = :person"
	    " ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, id DESC"
	    " LIMIT 1";
	struct hc_import_target *person = hc_import_target_of(p, p->person);
	struct hc_import_target *t = hc_import_target_of(p, p->episode);
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t id = 0;

	if (t == NULL || t == &p->targets[0] || t->row != NULL ||
	    person == NULL || person->before == NULL)
		return HC_OK;
	if ((rc = hc_stmt_new(&st, p->store->db, latest_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":person", person->row->id)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		id = hc_stmt_get_int(st, 0);
	hc_stmt_free(st);
	if (rc == HC_OK)
		return hc_import_target_load(p, t, id);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* The person and the episode first, since what follows refers to them. */
enum hc_status
hc_import_owner_place(struct hc_import_place *p)
{
	struct hc_import_target *person = hc_import_target_of(p, p->person);
	struct hc_import_target *main = &p->targets[0];
	enum hc_status rc;

	if ((rc = find_episode(p)) != HC_OK || p->held ||
	    (rc = find_person(p)) != HC_OK ||
	    (rc = episode_of_person(p)) != HC_OK || person == NULL ||
	    person == main || person->row == NULL || p->bad)
		return rc;
	if (person->before != NULL && p->options.on_match == HC_IMPORT_SKIP)
		return HC_OK;
	if ((rc = hc_import_value_set(p, person)) != HC_OK)
		return rc;
	if ((rc = hc_import_save_target(p, person)) != HC_OK || p->bad)
		return rc;
	return hc_import_save_absences(p, person);
}
