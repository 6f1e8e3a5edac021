/*
 * Excel workbooks: the package leads to the workbook, this to its sheets, and
 * to the texts and styles that they share.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/relation.h"
#include "base/xlsx_sheet.h"
#include "base/xml.h"

#include "base/xlsx.h"

struct hc_xlsx {
	struct hc_book book;	/* first, so that one is the other */
	struct hc_zip *zip;
	struct hc_relations relations;	/* of the workbook */
	const char **parts;	/* of the sheets, as book.sheets */
	struct hc_arena arena;
	struct hc_xlsx_source source;
	bool loaded;		/* texts and styles were read */
	struct hc_xlsx_sheet *sheet;	/* NULL until one is selected */

	/* While the workbook is read. */
	struct hc_xml *xml;
	bool is_workbook;
};

static enum hc_status
add_sheet(struct hc_xlsx *x, const char *name, const char *state,
    const char *part)
{
	size_t n = x->book.nsheets;
	struct hc_book_sheet *sheets;
	const char **parts;

	sheets = realloc(x->book.sheets, (n + 1) * sizeof(*sheets));
	if (sheets == NULL)
		return hc_error_nomem(&x->book.error);
	x->book.sheets = sheets;
	parts = realloc(x->parts, (n + 1) * sizeof(*parts));
	if (parts == NULL)
		return hc_error_nomem(&x->book.error);
	x->parts = parts;
	/* Hidden, or veryHidden, which only a macro can undo. */
	sheets[n].hidden = state != NULL && strcmp(state, "visible") != 0;
	sheets[n].name = hc_arena_text(&x->arena, name);
	parts[n] = part;
	if (sheets[n].name == NULL)
		return hc_error_nomem(&x->book.error);
	x->book.nsheets++;
	return HC_OK;
}

static void
note_sheet(struct hc_xlsx *x, const char **attributes)
{
	const char *id = hc_xml_attribute(attributes, "r:id");
	const char *name = hc_xml_attribute(attributes, "name");
	const struct hc_relation *relation;
	enum hc_status rc;

	relation = id != NULL ? hc_relation_by_id(&x->relations, id) : NULL;
	if (relation == NULL || strcmp(relation->type, "worksheet") != 0 ||
	    x->book.nsheets == HC_RELATION_MAX)
		return;
	rc = add_sheet(x, name != NULL ? name : "",
	    hc_xml_attribute(attributes, "state"), relation->part);
	if (rc != HC_OK)
		hc_xml_fail(x->xml, rc);
}

static void
on_start(void *arg, const char *name, const char **attributes)
{
	struct hc_xlsx *x = arg;

	if (strcmp(name, "workbook") == 0) {
		x->is_workbook = true;
	} else if (strcmp(name, "workbookPr") == 0) {
		x->source.from1904 = hc_xlsx_row_true(
		    hc_xml_attribute(attributes, "date1904"));
	} else if (strcmp(name, "sheet") == 0) {
		note_sheet(x, attributes);
	}
}

static enum hc_status
read_workbook(struct hc_xlsx *x, const char *part)
{
	static const struct hc_xml_handler handler = { .start = on_start };
	struct hc_error *err = &x->book.error;
	enum hc_status rc;

	rc = hc_relation_read(&x->relations, x->zip, part, err);
	if (rc == HC_OK)
		rc = hc_xml_open(&x->xml, x->zip, part, &handler, x, err);
	if (rc == HC_OK && (rc = hc_xml_run(x->xml)) == HC_NOTFOUND)
		rc = HC_OK;
	hc_xml_close(x->xml);
	x->xml = NULL;
	if (rc == HC_NOTFOUND || (rc == HC_OK && !x->is_workbook))
		return hc_error_set(err, HC_INVALID, _("it holds no Excel "
		    "workbook"));
	if (rc == HC_OK && x->book.nsheets == 0)
		return hc_error_set(err, HC_INVALID, _("the workbook has no "
		    "sheet of cells"));
	return rc;
}

/* From the file to its workbook. */
static enum hc_status
read_package(struct hc_xlsx *x)
{
	static const char usual[] = "xl/workbook.xml";
	struct hc_relations package = { .count = 0 };
	const struct hc_relation *main_part;
	enum hc_status rc;
	const char *part;
	size_t len;

	rc = hc_relation_read(&package, x->zip, "", &x->book.error);
	main_part = hc_relation_by_type(&package, "officeDocument");
	part = main_part != NULL ? main_part->part : usual;
	len = strlen(part);
	if (rc == HC_OK && len > 4 && strcmp(part + len - 4, ".bin") == 0)
		rc = hc_error_set(&x->book.error, HC_INVALID, _("it is a "
		    "binary Excel workbook (xlsb): open it in Excel, and save "
		    "it as an Excel workbook (xlsx)"));
	if (rc == HC_OK)
		rc = read_workbook(x, part);
	hc_relation_free(&package);
	return rc;
}

/* Texts and styles of all sheets; a workbook need not have any. */
static enum hc_status
load(struct hc_xlsx *x)
{
	const struct hc_relation *part;
	enum hc_status rc = HC_OK;

	part = hc_relation_by_type(&x->relations, "sharedStrings");
	if (part != NULL && x->source.strings == NULL)
		rc = hc_xlsx_strings_read(&x->source.strings, x->zip,
		    part->part, &x->book.error);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		return rc;
	part = hc_relation_by_type(&x->relations, "styles");
	if (part != NULL)
		rc = hc_xlsx_style_read(&x->source.style, x->zip, part->part,
		    &x->book.error);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		return rc;
	x->loaded = true;
	return HC_OK;
}

static enum hc_status
xlsx_select(struct hc_book *book, size_t sheet)
{
	struct hc_xlsx *x = (struct hc_xlsx *)book;
	enum hc_status rc;

	hc_xlsx_sheet_close(x->sheet);
	x->sheet = NULL;
	if (!x->loaded && (rc = load(x)) != HC_OK)
		return rc;
	rc = hc_xlsx_sheet_open(&x->sheet, &x->source, x->parts[sheet]);
	/* HC_NOTFOUND would mean that the workbook has no such sheet. */
	return rc == HC_NOTFOUND ? HC_INVALID : rc;
}

static enum hc_status
xlsx_next(struct hc_book *book, struct hc_book_row *row)
{
	struct hc_xlsx *x = (struct hc_xlsx *)book;

	if (x->sheet == NULL)
		return HC_NOTFOUND;
	return hc_xlsx_sheet_next(x->sheet, row);
}

static bool
xlsx_hidden(const struct hc_book *book, size_t column)
{
	const struct hc_xlsx *x = (const struct hc_xlsx *)book;

	return x->sheet != NULL && hc_xlsx_sheet_hidden(x->sheet, column);
}

static void
xlsx_close(struct hc_book *book)
{
	struct hc_xlsx *x = (struct hc_xlsx *)book;

	hc_xlsx_sheet_close(x->sheet);
	hc_xlsx_strings_free(x->source.strings);
	hc_xlsx_style_free(x->source.style);
	hc_relation_free(&x->relations);
	hc_arena_free(&x->arena);
	free(x->book.sheets);
	free(x->parts);
	hc_zip_close(x->zip);
	free(x);
}

enum hc_status
hc_xlsx_open(struct hc_book **book, struct hc_zip *zip,
    struct hc_error *err)
{
	static const struct hc_book_driver driver = {
		xlsx_select, xlsx_next, xlsx_hidden, xlsx_close
	};
	struct hc_xlsx *x;
	enum hc_status rc;

	*book = NULL;
	if ((x = calloc(1, sizeof(*x))) == NULL) {
		hc_zip_close(zip);
		return hc_error_nomem(err);
	}
	x->book.driver = &driver;
	x->zip = zip;
	x->source.zip = zip;
	x->source.err = &x->book.error;
	if ((rc = read_package(x)) != HC_OK) {
		*err = x->book.error;
		xlsx_close(&x->book);
		return rc;
	}
	*book = &x->book;
	return HC_OK;
}
