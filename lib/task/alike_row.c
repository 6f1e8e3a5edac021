/* A person's record, read for comparing. */
#include "task/alike_row.h"

static enum hc_status
read_phones(struct hc_alike_reader *r, struct hc_store *store, int64_t id,
    struct hc_alike_person *person)
{
	static const char phones_sql[] = "SELECT digits FROM phone"
	    " WHERE office = :office AND person = :person"
	    " AND digits IS NOT NULL ORDER BY id";
	enum hc_status rc = HC_OK;

	if (r->phones == NULL)
		rc = hc_stmt_new(&r->phones, store->db, phones_sql);
	if (rc != HC_OK ||
	    (rc = hc_stmt_int(r->phones, ":person", id)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(r->phones)) == HC_OK)
		hc_alike_phone(person, hc_stmt_get_text(r->phones, 0));
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_alike_row_read(struct hc_alike_reader *r, struct hc_store *store,
    const struct hc_row *row, struct hc_alike_person *person)
{
	const struct hc_alike_said said = {
	    .name = hc_row_value(row, "name"),
	    .kana = hc_row_value(row, "kana"),
	    .birth_date = hc_row_value(row, "birth_date"),
	    .sex = hc_row_value(row, "sex"),
	    .address = hc_row_value(row, "address"),
	    .email = hc_row_value(row, "email") };

	return hc_alike_read(person, &said) == HC_OK ?
	    read_phones(r, store, row->id, person) : hc_db_nomem(store->db);
}

void
hc_alike_row_clear(struct hc_alike_reader *r)
{
	hc_stmt_free(r->phones);
	r->phones = NULL;
}
