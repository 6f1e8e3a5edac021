/* What the program itself knows of a record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/age.h"
#include "base/date.h"
#include "base/phone.h"

#include "record/derive.h"

static enum hc_status
set(struct hc_store *store, struct hc_row *row, const char *name,
    const char *text)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);

	if (f != NULL && hc_row_set(row, f, text) != HC_OK)
		return hc_db_nomem(store->db);
	return HC_OK;
}

static enum hc_status
derive_phone(struct hc_store *store, struct hc_row *row)
{
	const char *number = hc_row_value(row, "number");
	struct hc_phone phone;

	if (number == NULL || hc_phone_parse(number, &phone, NULL) != HC_OK)
		return set(store, row, "digits", NULL);
	return set(store, row, "digits", phone.digits);
}

/* The day for which an episode's age is told. */
static int32_t
event_day(const struct hc_row *row, const char *today)
{
	static const char *const days[] = { "diagnosed_date", "onset_date",
	    "reported_date", "last_exposure_date" };
	const char *text;
	int32_t day;
	size_t i;

	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		if ((text = hc_row_value(row, days[i])) != NULL &&
		    hc_date_parse_iso(text, &day) == HC_OK)
			return day;
	return hc_date_parse_iso(today, &day) == HC_OK ? day : HC_DATE_NONE;
}

static enum hc_status
age_from_birth(struct hc_store *store, struct hc_row *row, const char *today)
{
	const struct hc_field *ref = hc_catalogue_field(row->entity,
	    "person");
	const char *id = hc_row_get(row, ref), *birth;
	struct hc_row *person = NULL;
	enum hc_status rc;
	int32_t born, day;
	char text[12];
	int age;

	if (id == NULL)
		return HC_OK;
	rc = hc_row_load(store, ref->target, strtoll(id, NULL, 10), &person);
	if (rc == HC_NOTFOUND)
		return HC_OK;
	if (rc != HC_OK)
		return rc;
	birth = hc_row_value(person, "birth_date");
	day = event_day(row, today);
	if (birth != NULL && day != HC_DATE_NONE &&
	    hc_date_parse_iso(birth, &born) == HC_OK &&
	    (age = hc_age_at(born, day)) >= 0 && age <= 120) {
		snprintf(text, sizeof(text), "%d", age);
		rc = set(store, row, "age", text);
	}
	hc_row_free(person);
	return rc;
}

static enum hc_status
derive_episode(struct hc_store *store, struct hc_row *row, const char *today)
{
	enum hc_status rc = HC_OK;
	const char *age;

	if (hc_row_value(row, "age") == NULL &&
	    hc_row_value(row, "age_band") == NULL)
		rc = age_from_birth(store, row, today);
	age = hc_row_value(row, "age");
	if (rc == HC_OK && age != NULL &&
	    hc_row_value(row, "age_band") == NULL)
		rc = set(store, row, "age_band",
		    hc_age_band((int)strtol(age, NULL, 10)));
	return rc;
}

bool
hc_derive_has(const struct hc_entity *entity)
{
	return strcmp(entity->name, "phone") == 0 ||
	    strcmp(entity->name, "episode") == 0;
}

enum hc_status
hc_derive(struct hc_store *store, struct hc_row *row, const char *today)
{
	if (strcmp(row->entity->name, "phone") == 0)
		return derive_phone(store, row);
	if (strcmp(row->entity->name, "episode") == 0)
		return derive_episode(store, row, today);
	return HC_OK;
}
