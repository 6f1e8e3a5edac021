/* Small helpers of hc-notify's parts for rows. */
#include <stdio.h>

#include "base/date.h"

#include "task/notify_row.h"

enum hc_status
hc_notify_row_new(struct hc_store *store, const char *entity,
    struct hc_row **row)
{
	if (hc_row_new(row, hc_catalogue_entity(store->catalogue, entity)) !=
	    HC_OK)
		return hc_db_nomem(store->db);
	return HC_OK;
}

enum hc_status
hc_notify_row_set(struct hc_store *store, struct hc_row *row,
    const char *name, const char *text)
{
	if (hc_row_set(row, hc_catalogue_field(row->entity, name), text) !=
	    HC_OK)
		return hc_db_nomem(store->db);
	return HC_OK;
}

enum hc_status
hc_notify_row_int(struct hc_store *store, struct hc_row *row,
    const char *name, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	return hc_notify_row_set(store, row, name, text);
}

enum hc_status
hc_notify_row_instant(struct hc_store *store, struct hc_row *row,
    const char *name, int64_t instant)
{
	char text[HC_INSTANT_SIZE];

	hc_instant_format(instant, text);
	return hc_notify_row_set(store, row, name, text);
}
