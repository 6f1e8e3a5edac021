/* hc-init: makes an office's database, or brings an older one up to date. */
#include <stdlib.h>

#include "base/i18n.h"
#include "task/init.h"
#include "task/upgrade.h"

#include "office.h"
#include "print.h"

static const char *office, *name, *phone;
static bool upgrade;

static const struct hc_option options[] = {
	{ 0, "office", N_("CODE"), N_("the office's code of six digits, "
	    "as 112038"), HC_OPTION_TEXT, &office, NULL },
	{ 0, "name", N_("NAME"), N_("the office's name on mails and pages"),
	    HC_OPTION_TEXT, &name, NULL },
	{ 0, "phone", N_("NUMBER"), N_("the telephone number given there"),
	    HC_OPTION_TEXT, &phone, NULL },
	{ 0, "upgrade", NULL, N_("bring an older database up to date"),
	    HC_OPTION_FLAG, &upgrade, NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("How does an office begin?"),
	"hc-init --office 112038 --name みどり市保健所 --phone 048-000-0000",
	N_("A newer hc was installed: how do I go on with my database?"),
	"hc-init --upgrade",
	NULL
};
static const char *const usage[] = {
	"[option ...] --office CODE [--name NAME] [--phone NUMBER]",
	"[option ...] --upgrade",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-init",
	.summary = N_("create or upgrade a database"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_DB | HC_OPTIONS_QUIET | HC_OPTIONS_FORMAT |
	    HC_OPTIONS_OUTPUT,
	.options = options,
};

static int
do_upgrade(const struct program *p)
{
	struct hc_upgrade done;
	struct hc_store *store;
	struct hc_who who;
	enum hc_status rc;

	office_who(p, &who);
	if ((rc = hc_store_open_older(&store, p->db, &who)) != HC_OK ||
	    (rc = hc_upgrade(store, &done)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	if (done.from == done.to && done.run != 0)
		program_note(_("built-in definitions of '%s' were brought up "
		    "to date as run %lld; hc-log undo %lld takes it back"),
		    p->db, (long long)(done.run % HC_ID_SPAN),
		    (long long)(done.run % HC_ID_SPAN));
	else if (done.from == done.to)
		program_note(_("'%s' has the schema %d already"), p->db,
		    done.to);
	else
		program_note(_("'%s' has the schema %d now; as it was before "
		    "it is in '%s'"), p->db, done.to,
		    hc_buf_text(&done.backup));
	if (hc_table_rows(done.kept) > 0) {
		program_note(_("these stay as the office has them:"));
		print_table(p, done.kept);
		done.kept = NULL;
	}
	hc_upgrade_clear(&done);
	return program_finish(HC_OK);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_init_options init = { .name = name, .phone = phone };
	struct hc_store *store;
	struct hc_who who;
	enum hc_status rc;
	char *end;

	if (upgrade && (office != NULL || name != NULL || phone != NULL))
		program_usage(_("--upgrade stands alone"));
	if (upgrade)
		return do_upgrade(p);
	if (office == NULL)
		program_usage(_("--office is missing"));
	init.office = strtoll(office, &end, 10);
	if (*end != '\0')
		program_usage(_("'%s' is no office code"), office);
	office_who(p, &who);
	if ((rc = hc_init_create(&store, p->db, &init, &who)) != HC_OK)
		office_fail(store, rc);
	program_note(_("made '%s' and its key file '%s.key'; keep a copy of "
	    "the key file in a safe place"), p->db, p->db);
	hc_store_close(store);
	return program_finish(HC_OK);
}
