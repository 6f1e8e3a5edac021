/* hc-show: one person's whole record. */
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/visible.h"
#include "store/access.h"
#include "record/asof.h"
#include "record/refer.h"
#include "task/contact.h"
#include "task/show.h"

#include "ids.h"
#include "office.h"
#include "pager.h"
#include "print.h"

static bool contacts;
static long depth = 1;

static const struct hc_option options[] = {
	{ 0, "contacts", NULL, N_("whom they met, and whom these met"),
	    HC_OPTION_FLAG, &contacts, NULL },
	{ 0, "depth", "N", N_("with --contacts: so many steps far (1)"),
	    HC_OPTION_COUNT, &depth, NULL },
	{ 0 }
};
static const char *const examples[] = {
	N_("What is known of a person?"),
	"hc-show 1",
	N_("And of all whom a search finds?"),
	"hc-search たかはし | hc-show",
	N_("Whom did they meet, and whom did these meet?"),
	"hc-show --contacts --depth 3 1",
	NULL
};
static const char *const usage[] = {
	"[option ...] [--contacts [--depth N]] PERSON ...",
	"[option ...] [--contacts [--depth N]] <ROWS",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-show",
	.summary = N_("show people's whole records"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_READING,
	.options = options,
	.max_args = -1,
	.keep_args = true,
};

static struct ids people;

static void
name_people(struct hc_store *store, const char *const *words, int nwords)
{
	const struct hc_entity *e = hc_catalogue_entity(store->catalogue,
	    "person");
	enum hc_status rc;
	int64_t id;
	int i;

	for (i = 0; i < nwords; i++) {
		if ((rc = hc_refer_one(store, e, words[i], &id)) != HC_OK)
			office_fail(store, rc);
		ids_add(&people, id);
	}
}

static void
print_page(const struct program *p, const struct hc_buf *page)
{
	struct hc_buf visible = HC_BUF_INIT;
	const char *line, *end;
	struct hc_buf one = HC_BUF_INIT;
	size_t lines = 0;

	for (line = hc_buf_text(page); *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		hc_buf_clear(&one);
		hc_buf_add(&one, line, (size_t)(end - line));
		hc_visible(&visible, hc_buf_text(&one));
		hc_buf_putc(&visible, '\n');
		lines++;
	}
	if (visible.failed || one.failed)
		program_fail(HC_NOMEM, _("out of memory"));
	pager_start(p, lines);
	fputs(hc_buf_text(&visible), program_output());
	hc_buf_free(&visible);
	hc_buf_free(&one);
}

/* Load one person and append them to what will be printed. */
static void
load(const struct program *p, struct hc_store *store, int64_t id,
    struct hc_table *table, struct hc_buf *text)
{
	struct hc_expr_clock clock;
	struct hc_show show;
	enum hc_status rc;

	if ((rc = hc_show_load(store, id, p->offset, &show)) != HC_OK)
		office_fail(store, rc);
	office_clock(p, &clock);
	/* What was due then is nothing to be done. */
	if (p->as_of[0] == '\0' &&
	    (rc = hc_show_due(store, &clock, &show)) != HC_OK)
		office_fail(store, rc);
	if (p->format == HC_FORMAT_TABLE) {
		if (text->len > 0)
			hc_buf_putc(text, '\n');
		hc_show_page(&show, text);
	} else if (p->format == HC_FORMAT_JSON) {
		hc_buf_puts(text, text->len > 0 ? ",\n" : "[");
		hc_show_json(&show, text);
	} else
		rc = hc_show_rows(&show, table);
	if (rc != HC_OK || text->failed)
		program_fail(HC_NOMEM, _("out of memory"));
	hc_show_clear(&show);
}

/* The same of their contacts; whoever stands there is looked at as well. */
static void
load_contacts(const struct program *p, struct hc_store *store, int64_t id,
    struct hc_table *table, struct hc_buf *text)
{
	struct hc_contact_tree tree;
	enum hc_status rc;
	size_t i;

	rc = hc_contact_load(store, id, depth > 100 ? 100 : (int)depth,
	    &tree);
	if (rc != HC_OK)
		office_fail(store, rc);
	if (p->format == HC_FORMAT_TABLE) {
		if (text->len > 0)
			hc_buf_putc(text, '\n');
		hc_contact_page(store, &tree, text);
	} else
		rc = hc_contact_rows(&tree, table);
	if (rc != HC_OK || text->failed)
		program_fail(HC_NOMEM, _("out of memory"));
	for (i = 0; i < tree.len; i++)
		ids_add(&people, tree.edges[i].person);
	hc_contact_clear(&tree);
}

static void
print(const struct program *p, struct hc_table *table,
    const struct hc_buf *text)
{
	if (p->format != HC_FORMAT_TABLE &&
	    (p->format != HC_FORMAT_JSON || contacts)) {
		print_table(p, table);
		return;
	}
	if (p->format == HC_FORMAT_TABLE)
		print_page(p, text);
	else
		fprintf(program_output(), "%s]\n",
		    text->len > 0 ? hc_buf_text(text) : "[");
	hc_table_free(table);
}

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_buf text = HC_BUF_INIT;
	struct hc_table *table = NULL;
	struct hc_store *store;
	enum hc_status rc;
	size_t i, named;
	int status;

	if (p->options.nargs == 0 && isatty(STDIN_FILENO))
		program_usage(_("whom to show is missing"));
	store = office_open(p, HC_DB_READ);
	if (p->options.nargs > 0)
		name_people(store, p->options.args, p->options.nargs);
	else
		ids_read(&people, store, "person");
	ids_once(&people);
	/* From here on writers wait, so that nobody is read from any more. */
	if (p->as_of[0] != '\0' && (rc = hc_asof(store, p->as_of)) != HC_OK)
		office_fail(store, rc);
	if ((contacts ? hc_contact_table(store, &table) :
	    hc_show_table(&table)) != HC_OK)
		program_fail(HC_NOMEM, _("out of memory"));
	named = people.len;
	for (i = 0; i < named; i++)
		(contacts ? load_contacts : load)(p, store, people.items[i],
		    table, &text);
	ids_once(&people);
	if (people.len > 0 && (rc = hc_access_note(store, "person",
	    people.items, people.len)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);
	print(p, table, &text);
	if (named == 0)
		program_note(_("nobody is named"));
	hc_buf_free(&text);
	ids_clear(&people);
	status = program_finish(named > 0 ? HC_OK : HC_NOTFOUND);
	pager_end();
	return status;
}
