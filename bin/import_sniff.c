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

/* In the order of the columns; what only a program asks for comes last. */
enum { COLUMN, HEADING, FIELD, WHY, MAYBE, FILLED, EXAMPLES, READ_COLUMNS,
    COUNTS = READ_COLUMNS, NCOUNTS = 6, NCOLUMNS = COUNTS + NCOUNTS };

static const struct hc_table_word whys[] = {
	[HC_IMPORT_UNKNOWN] = { "unknown", N_("no field") },
	[HC_IMPORT_OWN] = { "mapping", N_("by the mapping") },
	[HC_IMPORT_EXACT] = { "exact", N_("the same word") },
	[HC_IMPORT_FOLDED] = { "folded", N_("nearly the same word") },
	[HC_IMPORT_TAKEN] = { "taken", N_("an earlier column has it") },
	{ NULL, NULL }
};

/* "person.name" as "person: name". */
static void
show_field(const void *catalogue, const char *value, struct hc_buf *out)
{
	const struct hc_catalogue *c = *(struct hc_catalogue *const *)catalogue;
	size_t n = strcspn(value, ".");
	char name[64];
	const struct hc_entity *e;
	const struct hc_field *f = NULL;

	snprintf(name, sizeof(name), "%.*s", (int)n, value);
	if ((e = hc_catalogue_entity(c, name)) != NULL && value[n] == '.')
		f = hc_catalogue_field(e, value + n + 1);
	if (f == NULL)
		hc_buf_puts(out, value);
	else
		hc_buf_printf(out, "%s: %s", hc_catalogue_entity_label(e),
		    hc_catalogue_label(f));
}

/* For people the first columns only, which fit a terminal. */
static struct hc_table *
new_table(const struct program *p, struct hc_store *store)
{
	const struct hc_table_column columns[NCOLUMNS] = {
		[COLUMN] = { "column", _("column"), HC_TYPE_TEXT },
		[HEADING] = { "heading", _("heading"), HC_TYPE_TEXT },
		[FIELD] = { "field", _("field"), HC_TYPE_TEXT, show_field,
		    &store->catalogue },
		[WHY] = { "why", _("why"), HC_TYPE_TEXT, hc_table_show_words,
		    whys },
		[MAYBE] = { "maybe", _("perhaps"), HC_TYPE_TEXT },
		[FILLED] = { "filled", _("filled"), HC_TYPE_INTEGER },
		[EXAMPLES] = { "examples", _("examples"), HC_TYPE_TEXT },
		[COUNTS] = { "absences", _("absences"), HC_TYPE_INTEGER },
		{ "dates", _("dates"), HC_TYPE_INTEGER },
		{ "numbers", _("numbers"), HC_TYPE_INTEGER },
		{ "phones", _("telephones"), HC_TYPE_INTEGER },
		{ "emails", _("mails"), HC_TYPE_INTEGER },
		{ "words", _("words"), HC_TYPE_INTEGER },
	};
	struct hc_table *table;

	if (hc_table_new(&table, columns, p->format == HC_FORMAT_TABLE ?
	    READ_COLUMNS : NCOLUMNS) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	return table;
}

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
	size_t counts[NCOUNTS] = { c->absences, c->dates, c->numbers,
	    c->phones, c->emails, c->words };
	struct hc_buf guesses = HC_BUF_INIT, examples = HC_BUF_INIT;
	char filled[24], numbers[NCOUNTS][24];
	const char *cells[NCOLUMNS] = { [COLUMN] = place,
	    [HEADING] = c->heading, [FIELD] = c->field,
	    [WHY] = whys[c->why].code, [FILLED] = filled };
	size_t i;

	if (c->filled == 0 && c->heading[0] == '\0')
		return;		/* nothing at all stands there */
	put_guesses(c, &guesses);
	put_examples(c, &examples);
	snprintf(filled, sizeof(filled), "%zu", c->filled);
	for (i = 0; i < NCOUNTS; i++) {
		snprintf(numbers[i], sizeof(numbers[i]), "%zu", counts[i]);
		cells[COUNTS + i] = numbers[i];
	}
	cells[MAYBE] = hc_buf_text(&guesses);
	cells[EXAMPLES] = hc_buf_text(&examples);
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
	look.store = office_open(p, what->save != NULL ? HC_DB_WRITE :
	    HC_DB_READ);
	look.table = new_table(p, look.store);
	rc = sniff(&look);
	import_take_close(look.fd);
	return print_and_end(p, look.store, rc, look.table);
}
