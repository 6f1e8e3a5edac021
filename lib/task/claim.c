/* Claims: one row for each episode that was ever claimed and not called. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/record.h"

#include "task/claim.h"

#define MINUTES 15	/* unless the setting says otherwise */

static const struct hc_entity *
entity(struct hc_store *store)
{
	return hc_catalogue_entity(store->catalogue, "claim");
}

static enum hc_status
find(struct hc_store *store, int64_t episode, struct hc_row **row)
{
	const char *names[] = { "episode", NULL };
	char id[24];
	const char *values[] = { id };

	snprintf(id, sizeof(id), "%" PRId64, episode);
	return hc_record_find(store, entity(store), names, values, row);
}

static enum hc_status
set(struct hc_store *store, struct hc_row *row, const char *name,
    const char *text)
{
	return hc_row_set(row, hc_catalogue_field(row->entity, name), text) ==
	    HC_OK ? HC_OK : hc_db_nomem(store->db);
}

static enum hc_status
set_end(struct hc_store *store, const struct hc_expr_clock *clock,
    struct hc_row *row)
{
	char until[HC_INSTANT_SIZE];
	enum hc_status rc;
	int64_t now;
	int minutes;

	if ((rc = hc_store_setting_number(store, "claim_minutes", MINUTES,
	    &minutes)) != HC_OK)
		return rc;
	if (hc_instant_parse(clock->now, &now) != HC_OK)
		return HC_INVALID;
	hc_instant_format(now + minutes * INT64_C(60), until);
	return set(store, row, "until", until);
}

enum hc_status
hc_claim_take(struct hc_store *store, const struct hc_expr_clock *clock,
    const char *list, int64_t episode)
{
	struct hc_row *row = NULL;
	enum hc_status rc;
	char id[24];

	if ((rc = find(store, episode, &row)) == HC_OK) {
		if (strcmp(hc_row_value(row, "until"), clock->now) > 0)
			rc = hc_db_fail(store->db, HC_CONFLICT,
			    _("'%s' has claimed it"),
			    hc_row_value(row, "login"));
	} else if (rc == HC_NOTFOUND)
		rc = hc_row_new(&row, entity(store)) == HC_OK ? HC_OK :
		    hc_db_nomem(store->db);
	if (rc != HC_OK)
		goto out;
	snprintf(id, sizeof(id), "%" PRId64, episode);
	if ((rc = set(store, row, "episode", id)) == HC_OK &&
	    (rc = set(store, row, "login", store->who.login)) == HC_OK &&
	    (rc = set(store, row, "worklist", list)) == HC_OK &&
	    (rc = set(store, row, "at", clock->now)) == HC_OK &&
	    (rc = set_end(store, clock, row)) == HC_OK)
		rc = row->id != 0 ? hc_record_update(store, row) :
		    hc_record_insert(store, row);
out:
	hc_row_free(row);
	return rc;
}

enum hc_status
hc_claim_end(struct hc_store *store, int64_t episode)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = find(store, episode, &row)) == HC_OK)
		rc = hc_record_delete(store, row->entity, row->id);
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}
