/*
 * The tables of Word documents (docx; ECMA-376 part 1, 17, transitional and
 * strict), each as a sheet.
 */
#ifndef HC_BASE_DOCX_H
#define HC_BASE_DOCX_H

#include <stdbool.h>

#include "base/book.h"
#include "base/zip.h"

#define HC_DOCX_TABLES_MAX	10000
#define HC_DOCX_DEPTH_MAX	16	/* of tables within tables */

/* hc_docx_is(zip): is it a Word document? */
bool hc_docx_is(struct hc_zip *zip);

/*
 * hc_docx_open(book, zip, err):
 * Read the tables of the document in ${zip}, which belongs to the book from
 * here on, even if this fails.  A table is called as the paragraph before it
 * if that is short, else "table 1" and so on; a table within another one is a
 * sheet of its own.  Of merged cells all but the first are marked so, ruby
 * texts are kana, paragraphs of a cell are lines; check boxes become ☑ and
 * ☐; what was deleted while changes were tracked, and what is hidden, is left
 * out.
 *
 * HC_OK; HC_INVALID if it has no table, is damaged or too large; HC_IO;
 * HC_NOMEM.
 */
enum hc_status hc_docx_open(struct hc_book **book, struct hc_zip *zip,
    struct hc_error *err);

#endif
