/*
 * Files of one person each, put together as one list: a row a file, or a
 * sheet of one, and a column for every label (import_form.h).
 */
#ifndef HC_TASK_IMPORT_FORMS_H
#define HC_TASK_IMPORT_FORMS_H

#include "base/book.h"
#include "store/store.h"

struct hc_import_forms;

/*
 * hc_import_forms_new(forms, store, mapping, named):
 * Labels are what ${mapping} knows as headings; headings of its own such as
 * "C4" name cells.  The last column of the list has the files' names, which
 * are the numbers of rows that have no other if ${named}.  The caller frees
 * it with hc_import_forms_free().  HC_OK; HC_NOTFOUND if there is no such
 * mapping; a failure.
 */
enum hc_status hc_import_forms_new(struct hc_import_forms **forms,
    struct hc_store *store, const char *mapping, bool named);
void hc_import_forms_free(struct hc_import_forms *forms);

/* A file with a form, or with several. */
struct hc_import_forms_file {
	int fd;			/* the caller's */
	const char *name;	/* for messages */
	const char *sheet;	/* name or number; NULL: all visible ones with
				   two labels, or a cell that is named */
	/* Told of what was not read, if not NULL. */
	void (*tell)(void *arg, const char *words);
	void *arg;
};

/*
 * hc_import_forms_add(forms, file, err):
 * Add a row for each sheet of a workbook that is a form, or one for all the
 * tables of a document.  HC_OK; HC_INVALID if it is neither, is damaged, or
 * no sheet is a form that was filled in; HC_NOTFOUND if it has no such sheet;
 * HC_IO; HC_NOMEM.
 */
enum hc_status hc_import_forms_add(struct hc_import_forms *forms,
    const struct hc_import_forms_file *file, struct hc_error *err);

/* hc_import_forms_count(forms): the rows so far. */
size_t hc_import_forms_count(const struct hc_import_forms *forms);

/*
 * hc_import_forms_book(forms):
 * The list as a book of one sheet: a row of headings, then a row of each
 * form.  It is ${forms}' own, stands as long as nothing is added, and
 * need not be closed.
 */
struct hc_book *hc_import_forms_book(struct hc_import_forms *forms);

/* Where a cell of the list came from. */
struct hc_import_forms_place {
	const char *file;	/* "a.xlsx", or "a.xlsx[Sheet2]" */
	size_t row;		/* 0: the form lacks it */
	size_t column;
};

/* hc_import_forms_place(forms, row, column): of the list's row, as it is
   numbered, and column from 0. */
struct hc_import_forms_place hc_import_forms_place(
    const struct hc_import_forms *forms, size_t row, size_t column);

#endif
