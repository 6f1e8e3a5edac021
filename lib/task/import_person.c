/*
 * Persons that a row of a list may mean.  Whoever shares something with it is
 * found by an index: the name or its sound (store/namekey.h), a telephone
 * number, the birth date; few of them are looked at in full.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/phone.h"
#include "store/namekey.h"
#include "store/row.h"
#include "task/alike_name.h"
#include "task/alike_row.h"
#include "task/import_match.h"

#include "task/import_person.h"

#define WITH_PHONE 64	/* persons of one row's telephone numbers */
#define LOOK 8		/* looked at in full of those who share one thing */
#define MERGES 8	/* one after the other */

struct hc_import_person {
	struct hc_store *store;
	const struct hc_entity *person;
	struct hc_stmt *by_phone, *by_birth;
	struct hc_alike_reader reader;
	struct hc_namekey_hits named, heard;
	int64_t with_phone[WITH_PHONE];
	size_t nwith_phone;
	struct hc_alike_person row, other;
	int64_t seen[4 * LOOK];
	size_t nseen;
};

enum hc_status
hc_import_person_new(struct hc_import_person **finder,
    struct hc_store *store)
{
	if ((*finder = calloc(1, sizeof(**finder))) == NULL)
		return hc_db_nomem(store->db);
	(*finder)->store = store;
	(*finder)->person = hc_catalogue_entity(store->catalogue, "person");
	return HC_OK;
}

void
hc_import_person_free(struct hc_import_person *f)
{
	if (f == NULL)
		return;
	hc_stmt_free(f->by_phone);
	hc_stmt_free(f->by_birth);
	hc_alike_row_clear(&f->reader);
	hc_namekey_hits_clear(&f->named);
	hc_namekey_hits_clear(&f->heard);
	hc_alike_clear(&f->row);
	hc_alike_clear(&f->other);
	free(f);
}

/* ---- Who it is ---- */

static enum hc_status
add_with_phone(struct hc_import_person *f, const char *digits)
{
	static const char phone_sql[] = "SELECT person FROM phone"
	    " WHERE office = :office AND digits = :digits ORDER BY id";
	enum hc_status rc;

	if ((rc = hc_stmt_once(&f->by_phone, f->store->db, phone_sql)) !=
	    HC_OK ||
	    (rc = hc_stmt_text(f->by_phone, ":digits", digits)) != HC_OK)
		return rc;
	while (f->nwith_phone < WITH_PHONE &&
	    (rc = hc_stmt_next(f->by_phone)) == HC_OK)
		f->with_phone[f->nwith_phone++] =
		    hc_stmt_get_int(f->by_phone, 0);
	hc_stmt_reset(f->by_phone);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* What the row says, ready to be compared, and who has its numbers. */
static enum hc_status
read_row(struct hc_import_person *f, const struct hc_import_who *who)
{
	struct hc_phone list[HC_ALIKE_PHONES];
	enum hc_status rc;
	size_t i, n = 0;

	f->nwith_phone = 0;
	if (hc_alike_read(&f->row, &who->said) != HC_OK)
		return hc_db_nomem(f->store->db);
	if (who->phones == NULL || hc_phone_split(who->phones, list,
	    HC_ALIKE_PHONES, &n, NULL) != HC_OK)
		return HC_OK;
	for (i = 0, rc = HC_OK; rc == HC_OK && i < n; i++) {
		hc_alike_phone(&f->row, list[i].digits);
		rc = add_with_phone(f, list[i].digits);
	}
	return rc;
}

static bool
has_phone(const struct hc_import_person *f, int64_t person)
{
	size_t i;

	for (i = 0; i < f->nwith_phone; i++)
		if (f->with_phone[i] == person)
			return true;
	return false;
}

/* Whom ${row} was merged into at last; it itself otherwise. */
static enum hc_status
survivor(struct hc_import_person *f, const struct hc_row *row, int64_t *id)
{
	const char *into = hc_row_value(row, "merged_into");
	struct hc_row *next = NULL;
	enum hc_status rc = HC_OK;
	int i;

	*id = row->id;
	for (i = 0; rc == HC_OK && into != NULL && i < MERGES; i++) {
		*id = strtoll(into, NULL, 10);
		hc_row_free(next);
		rc = hc_row_load(f->store, f->person, *id, &next);
		into = rc == HC_OK ? hc_row_value(next, "merged_into") : NULL;
	}
	hc_row_free(next);
	return rc;
}

/* Is ${hit} the one?  Its birth date or number fits; is its name the same? */
static enum hc_status
verify(struct hc_import_person *f, const struct hc_import_who *who,
    int64_t hit, int64_t *id)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = hc_row_load(f->store, f->person, hit, &row)) == HC_OK)
		rc = hc_import_match_same(who->said.name,
		    hc_row_value(row, "name")) ||
		    hc_import_match_same(who->said.name,
		    hc_row_value(row, "other_name")) ?
		    survivor(f, row, id) : HC_NOTFOUND;
	hc_row_free(row);
	return rc;
}

enum hc_status
hc_import_person_find(struct hc_import_person *f,
    const struct hc_import_who *who, int64_t *id)
{
	const struct hc_namekey_hit *hit;
	enum hc_status rc;
	bool dated;
	size_t i;

	if (who->said.name == NULL)
		return HC_NOTFOUND;
	if ((rc = read_row(f, who)) != HC_OK ||
	    (rc = hc_namekey_find(f->store, f->person, HC_NAMEKEY_NAME,
	    who->said.name, &f->named)) != HC_OK)
		return rc;
	for (i = 0; i < f->named.len; i++) {
		hit = &f->named.items[i];
		dated = hit->day != HC_DATE_NONE &&
		    f->row.birth != HC_DATE_NONE;
		if (dated ? hit->day != f->row.birth :
		    !has_phone(f, hit->record))
			continue;
		rc = verify(f, who, hit->record, id);
		if (rc != HC_NOTFOUND)
			return rc;
	}
	return HC_NOTFOUND;
}

/* ---- Who it may be ---- */

/* Compare the row with ${person}, once. */
static enum hc_status
look_at(struct hc_import_person *f, int64_t person,
    struct hc_import_doubt *doubt)
{
	struct hc_row *row = NULL;
	struct hc_alike alike;
	enum hc_status rc;
	size_t i;

	for (i = 0; i < f->nseen; i++)
		if (f->seen[i] == person)
			return HC_OK;
	if (f->nseen == sizeof(f->seen) / sizeof(f->seen[0]))
		return HC_OK;
	f->seen[f->nseen++] = person;
	rc = hc_row_load(f->store, f->person, person, &row);
	if (rc == HC_OK && (rc = hc_alike_row_read(&f->reader, f->store,
	    row, &f->other)) == HC_OK) {
		alike = hc_alike_compare(&f->row, &f->other);
		if (hc_alike_doubtful(&alike) &&
		    (doubt->person == 0 ||
		    alike.points > doubt->alike.points)) {
			doubt->alike = alike;
			rc = survivor(f, row, &doubt->person);
		}
	}
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* Of those with the name or its sound, whom no birth date tells apart;
   first, whom one speaks for. */
static enum hc_status
look_at_hits(struct hc_import_person *f, const struct hc_namekey_hits *hits,
    struct hc_import_doubt *doubt)
{
	enum hc_status rc = HC_OK;
	bool unknown, near;
	size_t i, looked;
	int pass;

	for (pass = 0, looked = 0; pass < 2; pass++)
		for (i = 0; rc == HC_OK && i < hits->len && looked < LOOK;
		    i++) {
			unknown = hits->items[i].day == HC_DATE_NONE ||
			    f->row.birth == HC_DATE_NONE;
			near = !unknown && hc_alike_birth(hits->items[i].day,
			    f->row.birth) != 0;
			if (pass == 0 ? !near : !unknown)
				continue;
			rc = look_at(f, hits->items[i].record, doubt);
			looked++;
		}
	return rc;
}

/* Those of the same day whose name has letters in common. */
static enum hc_status
look_at_birth(struct hc_import_person *f, const struct hc_import_who *who,
    struct hc_import_doubt *doubt)
{
	static const char birth_sql[] = "SELECT id, name FROM person"
	    " WHERE office = :office AND birth_date = :birth_date";
	int64_t ids[LOOK];
	enum hc_status rc;
	const char *name;
	size_t i, n = 0;

	if (f->row.birth == HC_DATE_NONE || who->said.name == NULL)
		return HC_OK;
	if ((rc = hc_stmt_once(&f->by_birth, f->store->db, birth_sql)) !=
	    HC_OK ||
	    (rc = hc_stmt_text(f->by_birth, ":birth_date",
	    who->said.birth_date)) != HC_OK)
		return rc;
	while (n < LOOK && (rc = hc_stmt_next(f->by_birth)) == HC_OK) {
		name = hc_stmt_get_text(f->by_birth, 1);
		if (name != NULL && hc_alike_name_share(name,
		    who->said.name))
			ids[n++] = hc_stmt_get_int(f->by_birth, 0);
	}
	hc_stmt_reset(f->by_birth);
	if (rc == HC_NOTFOUND)
		rc = HC_OK;
	for (i = 0; rc == HC_OK && i < n; i++)
		rc = look_at(f, ids[i], doubt);
	return rc;
}

enum hc_status
hc_import_person_doubt(struct hc_import_person *f,
    const struct hc_import_who *who, struct hc_import_doubt *doubt)
{
	enum hc_status rc;
	size_t i;

	memset(doubt, 0, sizeof(*doubt));
	f->nseen = 0;
	if (who->said.name == NULL)
		return HC_NOTFOUND;
	rc = look_at_hits(f, &f->named, doubt);
	for (i = 0; rc == HC_OK && i < f->nwith_phone && i < LOOK; i++)
		rc = look_at(f, f->with_phone[i], doubt);
	if (rc == HC_OK)
		rc = hc_namekey_find(f->store, f->person, HC_NAMEKEY_SOUND,
		    who->said.kana != NULL ? who->said.kana : who->said.name,
		    &f->heard);
	if (rc == HC_OK)
		rc = look_at_hits(f, &f->heard, doubt);
	if (rc == HC_OK)
		rc = look_at_birth(f, who, doubt);
	if (rc != HC_OK)
		return rc;
	return doubt->person != 0 ? HC_OK : HC_NOTFOUND;
}
