/* Removing the answers that the office has. */
#include "base/i18n.h"
#include "base/seal.h"
#include "base/tsv.h"

#include "task/form_drop.h"

/* Collect the ids of the answers to be dropped. */
static enum hc_status
read_ids(struct hc_tsv_reader *rows, struct hc_buf *ids,
    struct hc_error *err)
{
	unsigned char id[HC_FORM_ID];
	int column = hc_tsv_column(rows, "answer");
	const char *text;
	enum hc_status rc;

	if (column < 0 && hc_tsv_columns(rows) > 0)
		return hc_error_set(err, HC_INVALID,
		    _("no column 'answer'"));
	while ((rc = hc_tsv_next(rows)) == HC_OK) {
		if ((text = hc_tsv_get(rows, column)) == NULL)
			continue;
		if (hc_hex_parse(text, id, sizeof(id)) != HC_OK)
			return hc_error_set(err, HC_INVALID,
			    _("-:%lu: '%.40s' is no answer"),
			    hc_tsv_line(rows), text);
		hc_buf_add(ids, id, sizeof(id));
	}
	if (rc != HC_NOTFOUND)
		return hc_error_set(err, rc, "%s", hc_tsv_error(rows));
	return hc_buf_failed(ids) ? hc_error_nomem(err) : HC_OK;
}

static enum hc_status
drop_ids(struct hc_form_store *store, struct hc_buf *ids, const char *now,
    int64_t *dropped)
{
	int64_t swept = 0;
	enum hc_status rc;

	if ((rc = hc_form_store_begin(store)) != HC_OK)
		return rc;
	if ((rc = hc_form_store_drop(store, ids, dropped)) == HC_OK &&
	    (rc = hc_form_store_sweep(store, now, &swept)) == HC_OK)
		return hc_form_store_commit(store);
	hc_form_store_rollback(store);
	return rc;
}

enum hc_status
hc_form_drop(struct hc_form_store *store, int fd, const char *now,
    int64_t *dropped, struct hc_error *err)
{
	struct hc_tsv_reader *rows = NULL;
	struct hc_buf ids = HC_BUF_INIT;
	enum hc_status rc;

	*dropped = 0;
	if ((rc = hc_tsv_open(&rows, fd, "-")) != HC_OK)
		hc_error_set(err, rc, "%s", rows != NULL ?
		    hc_tsv_error(rows) : _("out of memory"));
	else if ((rc = read_ids(rows, &ids, err)) == HC_OK &&
	    (rc = drop_ids(store, &ids, now, dropped)) != HC_OK) {
		*dropped = 0;
		hc_error_set(err, rc, "%s", hc_form_store_error(store));
	}
	hc_buf_free(&ids);
	hc_tsv_close(rows);
	return rc;
}
