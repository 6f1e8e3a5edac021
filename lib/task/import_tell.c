/* How a list was understood, for whom it concerns. */
#include <stdarg.h>
#include <stdio.h>

#include "base/i18n.h"

#include "task/import_tell.h"

/* Say something by one of the options' ways. */
static void __attribute__((format(printf, 3, 4)))
say(const struct hc_import_options *o,
    void (*how)(void *arg, const char *words), const char *fmt, ...)
{
	struct hc_error words;
	va_list ap;

	if (how == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(words.text, sizeof(words.text), fmt, ap);
	va_end(ap);
	how(o->arg, words.text);
}

/* Sheets that are not read, so that nobody thinks they were. */
void
hc_import_tell_sheets(const struct hc_import_options *o,
    const struct hc_import_sheet *sheet)
{
	struct hc_buf names = HC_BUF_INIT;
	size_t i;

	for (i = 0; i < sheet->nsheets; i++)
		if (i != sheet->sheet)
			hc_buf_printf(&names, "%s'%s'%s", names.len > 0 ?
			    ", " : "", hc_import_sheet_title(sheet, i),
			    hc_import_sheet_visible(sheet, i) ? "" :
			    _(" (hidden)"));
	if (names.len > 0)
		say(o, o->tell, _("%s: sheet '%s' is read, not %s"),
		    o->name, hc_import_sheet_title(sheet,
		    sheet->sheet), hc_buf_text(&names));
	hc_buf_free(&names);
}

/* What a spreadsheet does not show was read all the same. */
void
hc_import_tell_hidden(const struct hc_import_options *o,
    const struct hc_import_sheet *sheet, const struct hc_import_map *map,
    const struct hc_import_hidden *hidden)
{
	char letter[8];
	size_t i, at;

	if (hidden->rows > 0)
		say(o, o->tell,
		    _("%s: hidden rows are read too (%zu, the first is %zu)"),
		    sheet->name, hidden->rows, hidden->first);
	for (i = 0; i < map->ncolumns; i++) {
		at = map->columns[i].at;
		if (map->columns[i].how == HC_IMPORT_NONE ||
		    !hc_import_sheet_hidden_column(sheet, at))
			continue;
		hc_book_letter(at, letter);
		say(o, o->tell,
		    _("%s: the hidden column %s (%s) is read too"),
		    sheet->name, letter, map->columns[i].heading);
	}
}

/* Nearly every byte is a letter of a Western encoding, so that this is what
   remains. */
static bool
is_western(const struct hc_import_sheet *sheet)
{
	return sheet->book == NULL && (sheet->charset == HC_CHARSET_CP1252 ||
	    sheet->charset == HC_CHARSET_LATIN1);
}

/* How the list was understood. */
void
hc_import_tell_headings(const struct hc_import_options *o,
    const struct hc_import_sheet *sheet, const struct hc_import_map *map)
{
	const struct hc_import_column *c;
	size_t i;

	if (is_western(sheet))
		say(o, o->tell, _("%s: it is neither UTF-8 nor Japanese, and "
		    "is read as %s: see that names with accents are right"),
		    sheet->name, hc_charset_name(sheet->charset));
	if (o->mapping == NULL)
		say(o, o->note, _("%s: its headings are those of "
		    "'%s'"), sheet->name, map->name);
	say(o, o->note, _("%s: %s, headings in row %zu"),
	    sheet->name, sheet->book != NULL ? _("a workbook") :
	    hc_charset_name(sheet->charset), map->header_row);
	for (i = 0; i < map->ncolumns; i++) {
		c = &map->columns[i];
		if (c->how == HC_IMPORT_NONE && c->heading[0] != '\0')
			say(o, o->note, _("%s: no field takes '%s'; "
			    "its cells are kept in source_row"),
			    sheet->name, c->heading);
	}
}
