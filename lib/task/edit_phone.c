/* Telephone numbers given with a person (task/edit_part.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/phone.h"
#include "record/record.h"

#include "task/edit_part.h"

enum hc_status
hc_edit_phone_save(struct hc_edit_save *s, const struct hc_phone *phone)
{
	static const char *const names[] = { "person", "digits", NULL };
	struct hc_store *store = s->e->store;
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    "phone");
	const struct hc_field *number = hc_catalogue_field(e, "number");
	struct hc_buf text = HC_BUF_INIT;
	struct hc_row *row = NULL;
	const char *values[2];
	char id[24], *old = NULL;
	enum hc_status rc;

	snprintf(id, sizeof(id), "%lld", (long long)s->row->id);
	values[0] = id;
	values[1] = phone->digits;
	hc_phone_put(&text, phone);
	rc = hc_record_find(store, e, names, values, &row);
	if (rc == HC_NOTFOUND && hc_row_new(&row, e) != HC_OK)
		rc = HC_NOMEM;
	if (row != NULL && hc_row_get(row, number) != NULL &&
	    (old = strdup(hc_row_get(row, number))) == NULL)
		rc = HC_NOMEM;
	if (rc != HC_OK && rc != HC_NOTFOUND)
		goto out;
	if (hc_row_set(row, number, hc_buf_text(&text)) != HC_OK ||
	    hc_row_set(row, hc_catalogue_field(e, "person"), id) != HC_OK) {
		rc = HC_NOMEM;
		goto out;
	}
	rc = rc == HC_OK ? hc_record_update(store, row) :
	    hc_record_insert(store, row);
	if (rc == HC_OK && !hc_edit_same(old, hc_row_get(row, number)))
		rc = hc_edit_note(s->e, row, number, old,
		    hc_row_get(row, number));
out:
	hc_row_free(row);
	hc_buf_free(&text);
	free(old);
	return rc == HC_NOMEM ? hc_db_nomem(store->db) : rc;
}

enum hc_status
hc_edit_phone_read(struct hc_edit_save *s, struct hc_phone *phones,
    size_t room, size_t *count)
{
	struct hc_error err;
	enum hc_status rc;

	*count = 0;
	if (s->phone == NULL)
		return HC_OK;
	rc = hc_phone_split(s->phone, phones, room, count, &err);
	if (rc == HC_INVALID)
		hc_edit_tell(s, HC_EDIT_WRONG, "phone", err.text);
	else if (rc == HC_NOTFOUND && s->before != NULL)
		hc_edit_tell(s, HC_EDIT_DOUBTFUL, "phone", _("telephone "
		    "numbers are taken away one by one: hc-edit phone NUMBER "
		    "--delete"));
	return rc == HC_NOMEM ? hc_db_nomem(s->e->store->db) : HC_OK;
}
