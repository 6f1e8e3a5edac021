/*
 * A sheet of one person, as a form: labels (氏名, 生年月日) with what was
 * filled in beside them.
 */
#ifndef HC_TASK_IMPORT_FORM_H
#define HC_TASK_IMPORT_FORM_H

#include "base/grid.h"

enum hc_import_form_word {
	HC_IMPORT_FORM_TEXT,	/* no label: something filled in, or a hint */
	HC_IMPORT_FORM_LABEL,
	HC_IMPORT_FORM_MARK	/* a label if a yes or no is beside it (発熱),
				   else a text */
};

struct hc_import_form_ways {
	/* What a cell's text is, without a colon at its end. */
	enum hc_import_form_word (*word)(void *arg, const char *text);
	void *arg;
	const char *const *places;	/* "C4": the cells of these places are
					   values without a label */
	size_t nplaces;
};

struct hc_import_form_value {
	const char *heading;	/* the label, or the place */
	struct hc_book_cell cell;
	size_t row, column;	/* where it stands, from 1 and from 0 */
	bool more;		/* below it stand others of the same label,
				   which were not read */
};

/* An empty one is { 0 }. */
struct hc_import_form {
	struct hc_import_form_value *values;
	size_t count, room;
	struct hc_arena arena;
};

/*
 * hc_import_form_read(form, grid, ways):
 * Add the values of all labels in the order of the sheet, empty ones too,
 * then those of places.  A value stands
 *
 *	behind the label and a colon in the same cell or line (氏名：保健太郎),
 *	or in the cell to the right of it,
 *	or below it, where labels stand side by side and none has anything
 *	between, or where the label has the whole row.
 *
 * Of boxes, in one cell or in several to the right, what is ticked is the
 * value.  HC_OK or HC_NOMEM.  All texts are the form's own.
 */
enum hc_status hc_import_form_read(struct hc_import_form *form,
    const struct hc_grid *grid, const struct hc_import_form_ways *ways);

/* hc_import_form_clear(form): give all back; it is empty and usable. */
void hc_import_form_clear(struct hc_import_form *form);

#endif
