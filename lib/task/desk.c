/* Who sits at the desk, and which episode is meant there. */
#include <inttypes.h>

#include "base/i18n.h"
#include "record/record.h"

#include "task/desk.h"

static const char episodes_sql[] =
	"SELECT id FROM episode WHERE office = :office AND status = 'open'"
	" AND (id = :episode OR person = :person) ORDER BY id";

enum hc_status
hc_desk_staff(struct hc_store *store, int64_t *id)
{
	const char *names[] = { "login", NULL };
	const char *values[] = { store->who.login };
	struct hc_row *row = NULL;
	enum hc_status rc;

	rc = hc_record_find(store, hc_catalogue_entity(store->catalogue,
	    "staff"), names, values, &row);
	*id = rc == HC_OK ? row->id : 0;
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_desk_episode(struct hc_store *store, const struct hc_situation_filter *who,
    int64_t *id)
{
	struct hc_buf all = HC_BUF_INIT;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	int n = 0;

	if ((rc = hc_stmt_new(&st, store->db, episodes_sql)) == HC_OK &&
	    (rc = hc_stmt_int(st, ":episode", who->episode)) == HC_OK)
		rc = hc_stmt_int(st, ":person", who->person);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		*id = hc_stmt_get_int(st, 0);
		hc_buf_printf(&all, "%s%" PRId64, n++ > 0 ? ", " : "",
		    *id % HC_ID_SPAN);
	}
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND && n == 0)
		rc = hc_db_fail(store->db, rc,
		    _("there is no such open episode"));
	else if (rc == HC_NOTFOUND && n > 1)
		rc = hc_db_fail(store->db, HC_INVALID, _("several open "
		    "episodes: give one of %s"), hc_buf_text(&all));
	else if (rc == HC_NOTFOUND)
		rc = HC_OK;
	hc_buf_free(&all);
	return rc;
}
