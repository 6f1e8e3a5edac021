/*
 * One answer to a form: what was typed, read by the form's definition, with
 * the fault beside each item that has one; and the JSON that goes sealed to
 * the office.
 *
 * A link may be a family's: then each member is a row with all items, and
 * fields are called "A.temperature"; a link without rows has one row, and
 * fields are called "temperature".
 */
#ifndef HC_TASK_FORM_ANSWER_H
#define HC_TASK_FORM_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"
#include "task/form_body.h"
#include "task/form_def.h"
#include "task/token.h"

#define HC_FORM_ROWS 12		/* members of a family, at most */

struct hc_form_cell {
	const char *typed;	/* the body's own; NULL: not sent */
	char *value;		/* canonical (base/type.h); NULL: absent */
	const char *fault;	/* name of a text of the form, or NULL */
};

struct hc_form_answer {
	const struct hc_form_def *def;
	const struct hc_json *rows;	/* the link's, or NULL */
	size_t nrows;			/* at least 1 */
	struct hc_form_cell *cells;	/* nrows * def->nitems */
	struct hc_form_cell *groups;	/* nrows * def->ngroups: the boxes
					   "none of these" */
	size_t faults;
	bool red_flag;			/* someone must telephone at once */
};

/*
 * hc_form_answer_rows(rows, err):
 * May ${rows} be a link's: an array of at most HC_FORM_ROWS objects
 * {"row": "A", "label": TEXT}?  NULL may.  HC_OK or HC_INVALID.
 */
enum hc_status hc_form_answer_rows(const struct hc_json *rows,
    struct hc_error *err);

/* hc_form_answer_row(rows, i): the name of the ${i}th row; "" without. */
const char *hc_form_answer_row(const struct hc_json *rows, size_t i);

/* hc_form_answer_field(out, rows, row, name): append "temperature" or
   "A.temperature". */
void hc_form_answer_field(struct hc_buf *out, const struct hc_json *rows,
    size_t row, const char *name);

/*
 * hc_form_answer_read(answer, def, rows, body, now):
 * Read ${body}.  ${now} is the present instant, for rules that ask for the
 * day.  Numbers are taken as people type them: full-width digits, a comma
 * for the point, "37 C", and 375 for 37.5 where only that can be
 * meant.  More decimals than the item has are rounded, half up: 37.45 is
 * 37.5, so that no fever is rounded away.
 *
 * On HC_OK ${answer} is filled (it is good when faults is 0) and refers to
 * ${def}, ${rows} and ${body}.  The caller empties it with
 * hc_form_answer_clear() in any case.  HC_NOMEM is the only failure.
 */
enum hc_status hc_form_answer_read(struct hc_form_answer *answer,
    const struct hc_form_def *def, const struct hc_json *rows,
    const struct hc_form_body *body, const char *now);
void hc_form_answer_clear(struct hc_form_answer *answer);

/* Where and when an answer was given. */
struct hc_form_envelope {
	const unsigned char *link;	/* the token's hash */
	const char *at;			/* an instant */
	const char *lang;		/* of the page */
	const char *round;		/* the link's, or NULL */
	const unsigned char *submission;	/* of the page: HC_TOKEN_SIZE
						   random bytes */
};

#define HC_FORM_ID 16		/* bytes of an answer's id */

/*
 * hc_form_answer_seal(answer, envelope, id, sealed):
 * Append the answer, sealed for the office, to ${sealed}:
 *
 *	{"link": HEX, "at": INSTANT, "submission": HEX, "form": "daily",
 *	 "version": "1", "round": ..., "lang": "ja", "values": {...}}
 *
 * with "rows": {"A": {...}, ...} for "values" where the link has rows.
 * ${id} is the answer's own: a hash of the values under the page's
 * submission number.  It also stands in the JSON, as "submission".  The
 * same page sent twice has the same id; the page gone back to, changed and
 * sent again has another, so that a correction is never taken for a double
 * click.
 *
 * Returns HC_OK, HC_INVALID (no key), HC_NOMEM.
 */
enum hc_status hc_form_answer_seal(const struct hc_form_answer *answer,
    const struct hc_form_envelope *envelope, unsigned char id[HC_FORM_ID],
    struct hc_buf *sealed);

#endif
