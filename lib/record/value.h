/*
 * One value of a field: from what people write to its canonical text, what
 * the catalogue's checks say of it, and how it is shown.
 */
#ifndef HC_RECORD_VALUE_H
#define HC_RECORD_VALUE_H

#include "base/buf.h"
#include "base/date.h"
#include "base/status.h"
#include "base/table.h"
#include "store/catalogue.h"

/* What reading needs to know besides the field. */
struct hc_value_rule {
	struct hc_date_rule date;	/* how dates are written */
	int offset;		/* the office's minutes east of UTC */
	int64_t office;		/* its code: 12 is its own record 12 */
	const char *today;	/* 2020-12-25, for the bound "today"; NULL */
};

/*
 * hc_value_rule_plain(rule, office, today, offset):
 * The rule for what is typed at a command line: dates without a year are
 * the last ones not after ${today}.
 */
void hc_value_rule_plain(struct hc_value_rule *rule, int64_t office,
    const char *today, int offset);

/*
 * hc_value_read(field, rule, text, out, err):
 * Read ${text} as people write it (full-width digits, eras, units, labels
 * and spellings of choices, "○") and append the canonical text to ${out}.
 * Texts of one line, names and addresses among them, get full-width kana for
 * half-width ones (hc_norm_wide_kana()); texts of lines stay as written.
 * Telephone numbers stay as written too (hc_phone_put()).
 *
 * Returns HC_OK; HC_NOTFOUND if it is empty or spaces; HC_INVALID with the
 * reason and what would be accepted; HC_NOMEM.
 */
enum hc_status hc_value_read(const struct hc_field *field,
    const struct hc_value_rule *rule, const char *text, struct hc_buf *out,
    struct hc_error *err);

/*
 * hc_value_read_known(field, text, out, unknown, err):
 * hc_value_read() of a field of several choices, but words that are none of
 * them are passed over: ${unknown} says that there are some, and ${err} why
 * the first is none.  HC_NOTFOUND if no word is a choice.
 */
enum hc_status hc_value_read_known(const struct hc_field *field,
    const char *text, struct hc_buf *out, bool *unknown,
    struct hc_error *err);

/*
 * hc_value_check(field, today, value, err):
 * Do the field's range and pattern allow the canonical ${value}?  HC_OK,
 * HC_INVALID with the reason, HC_NOMEM.
 */
enum hc_status hc_value_check(const struct hc_field *field,
    const char *today, const char *value, struct hc_error *err);

/*
 * hc_value_show(field, value, out):
 * Append ${value} as staff read it: labels of choices, はい/yes.  NULL appends
 * nothing.
 */
void hc_value_show(const struct hc_field *field, const char *value,
    struct hc_buf *out);

/*
 * hc_value_column(field):
 * The field as a column of a table, where its choices are shown by their
 * labels.  hc_value_column_of(catalogue, entity, name): the same by name; a
 * text of that name if the catalogue has no such field.
 */
struct hc_table_column hc_value_column(const struct hc_field *field);
struct hc_table_column hc_value_column_of(const struct hc_catalogue *c,
    const char *entity, const char *name);

#endif
