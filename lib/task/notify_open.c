/* The form machine's reply to a bundle. */
#include <string.h>

#include "base/i18n.h"
#include "record/record.h"
#include "task/notify_row.h"

#include "task/notify_open.h"

/* All hashes, each with a NUL behind it: no lock while others write. */
static enum hc_status
read_links(struct hc_store *store, struct hc_tsv_reader *in,
    struct hc_buf *links)
{
	int link = hc_tsv_column(in, "link"), state;
	enum hc_status rc;
	const char *text;

	if (hc_tsv_columns(in) == 0)
		return HC_OK;
	state = hc_tsv_column(in, "state");
	if (link == -1 || state == -1)
		return hc_db_fail(store->db, HC_INVALID,
		    _("the input has no column '%s'"),
		    link == -1 ? "link" : "state");
	while ((rc = hc_tsv_next(in)) == HC_OK) {
		text = hc_tsv_get(in, state);
		if (text == NULL || strcmp(text, "open") != 0)
			continue;
		if ((text = hc_tsv_get(in, link)) == NULL)
			return hc_db_fail(store->db, HC_INVALID,
			    _("-:%lu: there is no link"), hc_tsv_line(in));
		hc_buf_add(links, text, strlen(text) + 1);
	}
	if (rc != HC_NOTFOUND)
		return hc_db_fail(store->db, rc, "%s", hc_tsv_error(in));
	return hc_buf_failed(links) ? hc_db_nomem(store->db) : HC_OK;
}

static enum hc_status
note_open(struct hc_store *store, int64_t id, const char *now,
    struct hc_notify_open_count *count)
{
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    "invitation");
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = hc_row_load(store, e, id, &row)) == HC_OK) {
		if (hc_row_value(row, "opened_at") != NULL) {
			count->known++;
		} else if ((rc = hc_notify_row_set(store, row, "opened_at",
		    now)) == HC_OK) {
			count->opened++;
			if (strcmp(hc_row_value(row, "state"), "waiting") ==
			    0)
				rc = hc_notify_row_set(store, row, "state",
				    "open");
			if (rc == HC_OK)
				rc = hc_record_update(store, row);
		}
	}
	hc_row_free(row);
	return rc;
}

static enum hc_status
note_links(struct hc_store *store, const struct hc_buf *links,
    const char *now, struct hc_notify_open_count *count)
{
	static const char hash_sql[] = "SELECT id FROM invitation"
	    " WHERE office = :office AND hash = :hash";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int64_t id;
	size_t at;

	rc = hc_stmt_new(&st, store->db, hash_sql);
	for (at = 0; rc == HC_OK && at < links->len;
	    at += strlen(links->data + at) + 1) {
		if ((rc = hc_stmt_text(st, ":hash", links->data + at)) !=
		    HC_OK)
			break;
		rc = hc_stmt_next(st);
		if (rc == HC_NOTFOUND) {
			count->unknown++;
			rc = HC_OK;
		} else if (rc == HC_OK) {
			id = hc_stmt_get_int(st, 0);
			hc_stmt_reset(st);
			rc = note_open(store, id, now, count);
		}
	}
	hc_stmt_free(st);
	return rc;
}

enum hc_status
hc_notify_open(struct hc_store *store, struct hc_tsv_reader *in,
    const char *now, struct hc_notify_open_count *count)
{
	struct hc_buf links = HC_BUF_INIT;
	enum hc_status rc;

	memset(count, 0, sizeof(*count));
	if ((rc = read_links(store, in, &links)) == HC_OK && links.len > 0 &&
	    (rc = hc_run_begin(store, N_("links opened"))) == HC_OK) {
		rc = note_links(store, &links, now, count);
		if (rc == HC_OK)
			rc = hc_run_commit(store, NULL);
		else
			hc_run_rollback(store);
	}
	hc_buf_free(&links);
	return rc;
}
