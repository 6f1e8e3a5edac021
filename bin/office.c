/* The office's database as programs open it. */
#include "base/i18n.h"

#include "office.h"

void
office_who(const struct program *p, struct hc_who *who)
{
	who->login = p->login;
	who->program = p->name;
	who->version = HC_VERSION;
	who->options = p->options.used.len > 0 ?
	    hc_buf_text(&p->options.used) : NULL;
}

static void
waiting(void *arg, const char *holder)
{
	(void)arg;
	if (holder[0] != '\0')
		program_note(_("waiting for another writer (%s)"), holder);
	else
		program_note(_("waiting for another writer"));
}

struct hc_store *
office_open(const struct program *p, enum hc_db_mode mode)
{
	struct hc_store *store;
	struct hc_who who;
	enum hc_status rc;

	office_who(p, &who);
	if ((rc = hc_store_open(&store, p->db, mode, &who)) != HC_OK) {
		if (rc == HC_NOINPUT)
			program_fail(rc, _("cannot open '%s': %s; hc-init "
			    "makes a new database"), p->db,
			    hc_store_error(store));
		program_fail(rc, "%s", hc_store_error(store));
	}
	program_clock_zone(store->offset);
	program_own_ids(store->office * HC_ID_SPAN,
	    store->office * HC_ID_SPAN + HC_ID_SPAN - 1);
	hc_db_on_wait(store->db, waiting, NULL);
	return store;
}

void
office_fail(struct hc_store *store, enum hc_status status)
{
	program_fail(status, "%s", hc_store_error(store));
}

void
office_clock(const struct program *p, struct hc_expr_clock *clock)
{
	clock->today = p->today;
	clock->now = p->now;
	clock->zone = p->offset;
}
