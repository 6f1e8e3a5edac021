/* hc-import sniff: what a list seems to be. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "task/import_forms.h"
#include "task/import_learn.h"
#include "task/import_sniff.h"

#include "import_sniff.h"
#include "import_take.h"
#include "office.h"
#include "print.h"

static const struct hc_table_column columns[] = {
	{ "column", N_("column"), HC_TYPE_TEXT },
	{ "heading", N_("heading"), HC_TYPE_TEXT },
	{ "field", N_("field"), HC_TYPE_TEXT },
	{ "why", N_("why"), HC_TYPE_TEXT },
	{ "maybe", N_("perhaps"), HC_TYPE_TEXT },
	{ "filled", N_("filled"), HC_TYPE_INTEGER },
	{ "absences", N_("absences"), HC_TYPE_INTEGER },
	{ "dates", N_("dates"), HC_TYPE_INTEGER },
	{ "numbers", N_("numbers"), HC_TYPE_INTEGER },
	{ "phones", N_("telephones"), HC_TYPE_INTEGER },
	{ "emails", N_("mails"), HC_TYPE_INTEGER },
	{ "words", N_("words"), HC_TYPE_INTEGER },
	{ "examples", N_("examples"), HC_TYPE_TEXT },
};

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))

static void
put_guesses(const struct hc_import_sniff_column *c, struct hc_buf *out)
{
	const struct hc_import_sniff_guess *g = c->guesses;
	size_t i;

	for (i = 0; i < HC_IMPORT_SNIFF_GUESSES && g[i].field != NULL; i++)
		hc_buf_printf(out, "%s%s.%s", i > 0 ? "|" : "",
		    g[i].field->entity->name, g[i].field->name);
}

static void
put_examples(const struct hc_import_sniff_column *c, struct hc_buf *out)
{
	size_t i;

	for (i = 0; i < HC_IMPORT_SNIFF_EXAMPLES && c->examples[i] != NULL;
	    i++)
		hc_buf_printf(out, "%s%s", i > 0 ? " | " : "",
		    c->examples[i]);
}

/* One line of what was found; ${place} is the column's letter, or the cell of
   a form. */
static void
add_column(struct hc_table *table, const struct hc_import_sniff_column *c,
    const char *place)
{
	static const char *const whys[] = { "unknown", "mapping", "exact",
	    "folded", "taken" };
	size_t counts[] = { c->filled, c->absences, c->dates, c->numbers,
	    c->phones, c->emails, c->words };
	struct hc_buf guesses = HC_BUF_INIT, examples = HC_BUF_INIT;
	const char *cells[NCOLUMNS] = { NULL };
	char numbers[7][24];
	size_t i;

	put_guesses(c, &guesses);
	put_examples(c, &examples);
	cells[0] = place;
	cells[1] = c->heading;
	cells[2] = c->field;
	cells[3] = whys[c->why];
	cells[4] = hc_buf_text(&guesses);
	for (i = 0; i < 7; i++) {
		snprintf(numbers[i], sizeof(numbers[i]), "%zu", counts[i]);
		cells[5 + i] = numbers[i];
	}
	cells[12] = hc_buf_text(&examples);
	if (hc_buf_failed(&guesses) || hc_buf_failed(&examples) ||
	    hc_table_row(table, cells) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	hc_buf_free(&guesses);
	hc_buf_free(&examples);
}

/* ${text} as one word of a shell. */
static void
put_word(struct hc_buf *out, const char *text)
{
	hc_buf_putc(out, '\'');
	for (; *text != '\0'; text++)
		if (*text == '\'')
			hc_buf_puts(out, "'\\''");
		else
			hc_buf_putc(out, *text);
	hc_buf_putc(out, '\'');
}

/* The command that would import it. */
static void
tell_command(const struct import_sniff *what,
    const struct hc_import_sheet *sheet, const struct hc_import_sniff *s)
{
	struct hc_buf command = HC_BUF_INIT;

	hc_buf_puts(&command, "hc-import --source ");
	put_word(&command, s->source);
	if (sheet->nsheets > 1)
		hc_buf_printf(&command, " --sheet %zu", sheet->sheet + 1);
	hc_buf_printf(&command, " %s%s ", s->key_column == -1 ?
	    "--no-key " : "", what->save != NULL ? what->save : s->mapping);
	put_word(&command, what->file);
	program_note(_("this would import it: %s"), hc_buf_text(&command));
	hc_buf_free(&command);
}

static void
tell(const struct import_sniff *what, const struct hc_import_sheet *sheet,
    const struct hc_import_sniff *s)
{
	char letter[8];

	if (sheet->book == NULL)
		program_note(_("%s: text in %s, headings in row %zu"),
		    sheet->name, hc_charset_name(sheet->charset),
		    s->header_row);
	else
		program_note(_("%s: sheet %zu of %zu ('%s'), headings in row "
		    "%zu"), sheet->name, sheet->sheet + 1, sheet->nsheets,
		    hc_import_sheet_title(sheet, sheet->sheet),
		    s->header_row);
	program_note(_("mapping '%s' knows %zu of %zu headings%s"),
	    s->mapping, s->rank[0].known, s->rank[0].filled,
	    s->sure ? "" : _(", which is few: name it to take it"));
	if (s->rank[1].mapping[0] != '\0')
		program_note(_("next best: '%s' knows %zu"),
		    s->rank[1].mapping, s->rank[1].known);
	if (s->key_column == -1)
		program_note("%s", _("no column holds numbers by which rows "
		    "are known"));
	else {
		hc_book_letter((size_t)s->key_column, letter);
		program_note(_("rows are known by column %s"), letter);
	}
	if (s->more)
		program_note(_("only the first %zu rows were looked at"),
		    s->rows);
	tell_command(what, sheet, s);
}

/* The first visible sheet in which a mapping knows headings. */
static enum hc_status
sniff_sheets(const struct import_sniff *what, struct hc_store *store,
    struct hc_import_sheet *sheet,
    const struct hc_import_sniff_options *options, struct hc_import_sniff *s)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	enum hc_status rc;
	size_t n = sheet->sheet;

	if (what->sheet != NULL && hc_import_sheet_find(sheet, what->sheet,
	    &n, err) != HC_OK)
		return HC_INVALID;
	if ((rc = hc_import_sheet_select(sheet, n, err)) != HC_OK)
		return rc;
	while ((rc = hc_import_sniff(s, store, sheet, options)) ==
	    HC_INVALID && what->sheet == NULL && ++n < sheet->nsheets) {
		if (!hc_import_sheet_visible(sheet, n))
			continue;
		hc_import_sniff_clear(s);
		if ((rc = hc_import_sheet_select(sheet, n, err)) != HC_OK)
			return rc;
	}
	return rc;
}

/* ---- A form ---- */

#define LABELS 4	/* with the file's name; fewer are no form, and as many
			   headings are a list */

static void
add_labels(struct hc_table *table, const struct hc_import_sniff *s,
    const struct hc_import_forms *forms)
{
	struct hc_import_forms_place place;
	char letter[8], cell[32];
	size_t i;

	for (i = 0; i < s->ncolumns; i++) {
		place = hc_import_forms_place(forms, s->header_row + 1,
		    s->columns[i].at);
		/* The last column is the file's name. */
		if (place.row == 0 || s->columns[i].field == NULL)
			continue;
		hc_book_letter(place.column, letter);
		snprintf(cell, sizeof(cell), "%s%zu", letter, place.row);
		add_column(table, &s->columns[i], cell);
	}
}

static void
tell_form(const struct import_sniff *what, const struct hc_import_sniff *s)
{
	struct hc_buf command = HC_BUF_INIT;

	program_note(_("%s: a form of one record, of whose labels '%s' knows "
	    "%zu"), import_take_name(what->file), s->mapping,
	    s->rank[0].known - 1);
	hc_buf_puts(&command, "hc-import --form --source ");
	put_word(&command, s->source);
	hc_buf_printf(&command, " %s ", s->mapping);
	put_word(&command, what->file);
	program_note(_("this would import it: %s"), hc_buf_text(&command));
	hc_buf_free(&command);
}

/* What is looked at, and where it goes. */
struct look {
	const struct program *p;
	const struct import_sniff *what;
	struct hc_store *store;
	int fd;
	struct hc_table *table;
};

/*
 * Is the file rather a form, whose labels are more than ${known}, the
 * headings of it as a list?  Then it is told as one.
 */
static enum hc_status
sniff_form(const struct look *look, size_t known)
{
	const struct import_sniff *what = look->what;
	struct hc_import_forms_file file = { .fd = look->fd,
	    .sheet = what->sheet, .name = import_take_name(what->file) };
	struct hc_import_sniff_options o = { .file = file.name,
	    .mapping = what->mapping != NULL ? what->mapping : "cases",
	    .today = look->p->today };
	struct hc_import_forms *forms = NULL;
	struct hc_import_sheet sheet = { .name = NULL };
	struct hc_import_sniff s = { .mapping = NULL };
	struct hc_error err;
	enum hc_status rc;

	if ((rc = hc_import_forms_new(&forms, look->store, o.mapping,
	    true)) == HC_OK &&
	    (rc = hc_import_forms_add(forms, &file, &err)) == HC_OK &&
	    (rc = hc_import_sheet_open_book(&sheet,
	    hc_import_forms_book(forms), file.name, &err)) == HC_OK)
		rc = hc_import_sniff(&s, look->store, &sheet, &o);
	/* It knows the file's name, too. */
	if (rc == HC_OK && (s.rank[0].known < LABELS ||
	    s.rank[0].known <= known + 1))
		rc = HC_NOTFOUND;
	if (rc == HC_OK) {
		add_labels(look->table, &s, forms);
		tell_form(what, &s);
	}
	hc_import_sniff_clear(&s);
	hc_import_sheet_close(&sheet);
	hc_import_forms_free(forms);
	return rc;
}

/* ---- The whole ---- */

static void
add_columns(struct hc_table *table, const struct hc_import_sniff *s)
{
	char letter[8];
	size_t i;

	for (i = 0; i < s->ncolumns; i++) {
		hc_book_letter(s->columns[i].at, letter);
		add_column(table, &s->columns[i], letter);
	}
}

static enum hc_status
sniff(const struct look *look)
{
	const struct import_sniff *what = look->what;
	const struct program *p = look->p;
	struct hc_store *store = look->store;
	struct hc_import_sniff_options o = { .mapping = what->mapping,
	    .file = import_take_name(what->file), .today = p->today };
	struct hc_import_sniff s = { .mapping = NULL };
	struct hc_import_sheet sheet;
	struct hc_value_rule rule;
	struct hc_expr_clock clock;
	enum hc_status rc;

	office_clock(p, &clock);
	rc = hc_import_sheet_open(&sheet, look->fd, p->tmp, o.file,
	    hc_db_error_buffer(store->db));
	if (rc == HC_OK)
		rc = sniff_sheets(what, store, &sheet, &o, &s);
	if (sheet.book != NULL && what->save == NULL && (rc == HC_OK ||
	    rc == HC_INVALID) && (!s.sure || s.rank[0].known < LABELS) &&
	    sniff_form(look, s.rank[0].known) == HC_OK) {
		rc = HC_OK;
		goto out;
	}
	hc_value_rule_plain(&rule, store->office, p->today, p->offset);
	if (rc == HC_OK)
		add_columns(look->table, &s);
	/* The catalogue is another one afterwards. */
	if (rc == HC_OK && what->save != NULL)
		rc = hc_import_learn_mapping(&s, store, what->save, &rule,
		    &clock);
	if (rc == HC_OK)
		tell(what, &sheet, &s);
out:
	hc_import_sniff_clear(&s);
	hc_import_sheet_close(&sheet);
	return rc == HC_NOTFOUND ? HC_INVALID : rc;
}

int
import_sniff(const struct program *p, const struct import_sniff *what)
{
	struct look look = { .p = p, .what = what };
	enum hc_status rc;

	if ((rc = import_take_open(what->file, &look.fd)) != HC_OK)
		return program_finish(rc);
	if (hc_table_new(&look.table, columns, NCOLUMNS) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	look.store = office_open(p, what->save != NULL ? HC_DB_WRITE :
	    HC_DB_READ);
	rc = sniff(&look);
	import_take_close(look.fd);
	return print_and_end(p, look.store, rc, look.table);
}
