/* One work list as a table, and the next person to ring up from it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "task/claim.h"
#include "task/desk.h"
#include "task/followup_rows.h"

#include "task/followup.h"

/* Only those that are assigned to ${staff}, in the same order. */
static void
keep_own(struct hc_followup_rows *rows, int64_t staff)
{
	size_t i, n = 0;

	for (i = 0; i < rows->len; i++)
		if (rows->items[i].staff == staff)
			rows->items[n++] = rows->items[i];
	rows->len = n;
}

static enum hc_status
read_rows(struct hc_followup_rows *rows, struct hc_followup *f,
    const char *name)
{
	enum hc_status rc;
	int64_t staff;

	if ((rc = hc_followup_rows_read(rows, f, name)) != HC_OK ||
	    !f->mine || (rc = hc_desk_staff(f->store, &staff)) != HC_OK)
		return rc;
	if (staff == 0)
		return hc_db_fail(f->store->db, HC_INVALID, _("no staff "
		    "member has the login '%s'"), f->store->who.login);
	if (rows->list->records != NULL)
		return hc_db_fail(f->store->db, HC_INVALID, _("the list '%s' "
		    "is not of episodes, which are assigned to staff"),
		    rows->list->name);
	keep_own(rows, staff);
	return HC_OK;
}

enum hc_status
hc_followup_list(struct hc_followup *f, const char *name)
{
	struct hc_followup_rows *rows;
	enum hc_status rc;

	if (hc_followup_is_reason(name))
		return hc_followup_unlisted(f, name);
	if ((rows = malloc(sizeof(*rows))) == NULL)
		return hc_db_nomem(f->store->db);
	if ((rc = read_rows(rows, f, name)) == HC_OK)
		rc = hc_followup_rows_table(rows, 0, rows->len);
	hc_followup_rows_clear(rows);
	free(rows);
	return rc;
}

/* The first whom nobody has claimed, nor is to be called later. */
static enum hc_status
take_first(struct hc_followup *f, struct hc_followup_rows *rows, size_t *i)
{
	const struct hc_followup_row *row;
	enum hc_status rc;

	for (*i = 0; *i < rows->len; ++*i) {
		row = &rows->items[*i];
		if (row->episode == 0 ||
		    strcmp(row->next_call_at, f->clock->now) > 0)
			continue;
		rc = hc_claim_take(f->store, f->clock, rows->list->name,
		    row->episode);
		if (rc != HC_CONFLICT)
			return rc;
	}
	return hc_db_fail(f->store->db, HC_NOTFOUND, rows->len == 0 ?
	    _("nobody stands on the list '%s'") :
	    _("nobody on the list '%s' is to be called now"),
	    rows->list->name);
}

enum hc_status
hc_followup_next(struct hc_followup *f, const char *name)
{
	struct hc_followup_rows *rows;
	enum hc_status rc;
	size_t i;

	if ((rows = malloc(sizeof(*rows))) == NULL)
		return hc_db_nomem(f->store->db);
	if ((rc = read_rows(rows, f, name)) == HC_OK &&
	    (rc = take_first(f, rows, &i)) == HC_OK)
		rc = hc_followup_rows_table(rows, i, 1);
	hc_followup_rows_clear(rows);
	free(rows);
	return rc;
}
