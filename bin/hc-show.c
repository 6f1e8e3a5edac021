/* hc-show: one person's whole record. */
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/visible.h"
#include "store/access.h"
#include "record/asof.h"
#include "record/refer.h"
#include "task/show.h"

#include "ids.h"
#include "office.h"
#include "print.h"

static const char *const examples[] = {
	N_("What is known of a person?"),
	"hc-show 1",
	N_("And of all whom a search finds?"),
	"hc-search たかはし | hc-show",
	NULL
};
static const char *const usage[] = {
	"[option ...] PERSON ...",
	"[option ...] <ROWS",
	NULL
};
static const struct hc_options_spec spec = {
	.name = "hc-show",
	.summary = N_("show people's whole records"),
	.examples = examples,
	.usage = usage,
	.common = HC_OPTIONS_READING,
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
print_page(const struct hc_buf *page)
{
	struct hc_buf visible = HC_BUF_INIT;
	const char *line, *end;
	struct hc_buf one = HC_BUF_INIT;

	for (line = hc_buf_text(page); *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		hc_buf_clear(&one);
		hc_buf_add(&one, line, (size_t)(end - line));
		hc_visible(&visible, hc_buf_text(&one));
		hc_buf_putc(&visible, '\n');
	}
	if (visible.failed || one.failed)
		program_fail(HC_NOMEM, _("out of memory"));
	fputs(hc_buf_text(&visible), program_output());
	hc_buf_free(&visible);
	hc_buf_free(&one);
}

/* Load one person and append them to what will be printed. */
static void
load(const struct program *p, struct hc_store *store, int64_t id,
    struct hc_table *table, struct hc_buf *text)
{
	struct hc_show show;
	enum hc_status rc;

	if ((rc = hc_show_load(store, id, p->offset, &show)) != HC_OK)
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

int
main(int argc, char **argv)
{
	const struct program *p = program_start(argc, argv, &spec);
	struct hc_buf text = HC_BUF_INIT;
	struct hc_table *table = NULL;
	struct hc_store *store;
	enum hc_status rc;
	size_t i;

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
	if (hc_show_table(&table) != HC_OK)
		program_fail(HC_NOMEM, _("out of memory"));
	for (i = 0; i < people.len; i++)
		load(p, store, people.items[i], table, &text);
	if (people.len > 0 && (rc = hc_access_note(store, "person",
	    people.items, people.len)) != HC_OK)
		office_fail(store, rc);
	hc_store_close(store);

	if (p->format == HC_FORMAT_TABLE)
		print_page(&text);
	else if (p->format == HC_FORMAT_JSON)
		fprintf(program_output(), "%s]\n",
		    text.len > 0 ? hc_buf_text(&text) : "[");
	else {
		print_table(p, table);
		table = NULL;
	}
	if (people.len == 0)
		program_note(_("nobody is named"));
	hc_table_free(table);
	hc_buf_free(&text);
	i = people.len;
	ids_clear(&people);
	return program_finish(i > 0 ? HC_OK : HC_NOTFOUND);
}
