/*
 * Dates by column.  Each unclear cell is read in every form; a form in which
 * some cell is no day is out, and where several are left they must agree on
 * every cell.
 */
#include <string.h>

#include "base/buf.h"
#include "base/datescan.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/utf8.h"

#include "base/date.h"

#define BIT(form) (1U << (form))
#define THREE (BIT(HC_DATE_YMD) | BIT(HC_DATE_MDY) | BIT(HC_DATE_DMY))
#define TWO (BIT(HC_DATE_MDY) | BIT(HC_DATE_DMY))

void
hc_date_column_init(struct hc_date_column *column,
    const struct hc_date_rule *rule)
{
	memset(column, 0, sizeof(*column));
	column->rule = *rule;
	column->possible = THREE;
	column->possible_short = TWO;
}

/* Keep ${cell} as an example, if there is none yet. */
static void
keep(char example[64], const char *cell)
{
	size_t fits, len = strlen(cell);

	if (example[0] != '\0')
		return;
	/* No longer one is a date; cut it between characters. */
	for (fits = len < 63 ? len : 63; fits > 0 && fits < len &&
	    ((unsigned char)cell[fits] & 0xc0) == 0x80; fits--)
		;
	memcpy(example, cell, fits);
	example[fits] = '\0';
}

/* The day of ${scan} in ${form}, HC_DATE_NONE if it is none or outside what
   the rule says of the column. */
static int32_t
try(const struct hc_date_column *column, const struct hc_date_scan *scan,
    enum hc_date_form form)
{
	const struct hc_date_rule *rule = &column->rule;
	struct hc_date_value value;
	const char *why;

	if (hc_date_resolve(scan, rule, form, &value, &why) != HC_OK)
		return HC_DATE_NONE;
	if (value.year_given && ((rule->earliest != HC_DATE_NONE &&
	    value.date < rule->earliest) || (rule->latest != HC_DATE_NONE &&
	    value.date > rule->latest)))
		return HC_DATE_NONE;
	return value.date;
}

/* An unclear cell: which of ${forms} fit?  0 if none does. */
static unsigned int
weigh(struct hc_date_column *column, const struct hc_date_scan *scan,
    const char *cell, unsigned int forms, char against[5][64], bool differ)
{
	int32_t date[5];
	unsigned int fit = 0;
	int i, k;

	for (i = HC_DATE_YMD; i <= HC_DATE_DMY; i++) {
		date[i] = (forms & BIT(i)) != 0 ?
		    try(column, scan, (enum hc_date_form)i) : HC_DATE_NONE;
		if (date[i] != HC_DATE_NONE)
			fit |= BIT(i);
	}
	if (fit == 0)
		return 0;	/* a slip of the pen speaks for nothing */
	for (i = HC_DATE_YMD; i <= HC_DATE_DMY; i++) {
		if ((forms & ~fit & BIT(i)) != 0)
			keep(against[i], cell);
		for (k = i + 1; differ && k <= HC_DATE_DMY; k++)
			if ((fit & BIT(i)) != 0 && (fit & BIT(k)) != 0 &&
			    date[i] != date[k])
				keep(column->differs[i][k], cell);
	}
	return fit;
}

enum hc_status
hc_date_column_see(struct hc_date_column *column, const char *cell)
{
	struct hc_date_scan scan;
	enum hc_status rc;
	unsigned int fit;
	const char *why;

	rc = hc_date_scan(cell, &scan, &why);
	if (rc == HC_NOTFOUND || rc == HC_NOMEM)
		return rc == HC_NOMEM ? rc : HC_OK;
	column->cells++;
	if (rc != HC_OK)
		return HC_OK;
	switch (scan.shape) {
	case HC_DATE_SHAPE_THREE:
	case HC_DATE_SHAPE_YEAR_LAST:
		fit = weigh(column, &scan, cell, THREE, column->against, true);
		column->unclear += fit != 0;
		column->dates += fit != 0;
		column->possible &= fit != 0 ? fit : THREE;
		break;
	case HC_DATE_SHAPE_SHORT:
		fit = weigh(column, &scan, cell, TWO, column->against_short,
		    false);
		column->dates += fit != 0;
		column->possible_short &= fit != 0 ? fit : TWO;
		break;
	default:
		column->dates += try(column, &scan, column->rule.form) !=
		    HC_DATE_NONE;
		break;
	}
	return HC_OK;
}

/* A form in words, as it stands in a cell. */
static const char *
words(int form)
{
	return form == HC_DATE_YMD ? _("year/month/day") :
	    form == HC_DATE_MDY ? _("month/day/year") : _("day/month/year");
}

/* What ${cell} is in ${form}. */
static void
day_in(const struct hc_date_column *column, const char *cell, int form,
    char text[HC_DATE_SIZE])
{
	struct hc_date_scan scan;
	const char *why;
	int32_t date = HC_DATE_NONE;

	if (hc_date_scan(cell, &scan, &why) == HC_OK)
		date = try(column, &scan, (enum hc_date_form)form);
	hc_date_format(date, text);
}

/* No form fits: name a cell against each. */
static enum hc_status
refuse_mixed(const char against[5][64], unsigned int forms,
    struct hc_error *err)
{
	struct hc_buf text = HC_BUF_INIT;
	enum hc_status rc;
	int i;

	for (i = HC_DATE_YMD; i <= HC_DATE_DMY; i++)
		if ((forms & BIT(i)) != 0) {
			hc_buf_puts(&text, text.len > 0 ? ", " : "");
			hc_buf_printf(&text, forms == TWO ?
			    i == HC_DATE_MDY ? _("'%s' is not month/day") :
			    _("'%s' is not day/month") : _("'%s' is not %s"),
			    against[i], words(i));
		}
	rc = text.failed ? hc_error_nomem(err) : hc_error_set(err, HC_INVALID,
	    _("no one way of reading fits all dates of the column: %s"),
	    hc_buf_text(&text));
	hc_buf_free(&text);
	return rc;
}

/* Of the possible forms, the one that stands for all; two that differ on
   some cell are refused. */
static enum hc_status
choose(const struct hc_date_column *column, enum hc_date_form *form,
    struct hc_error *err)
{
	char first[HC_DATE_SIZE], second[HC_DATE_SIZE];
	const char *cell;
	int i, k;

	*form = HC_DATE_CLEAR;
	for (i = HC_DATE_YMD; i <= HC_DATE_DMY; i++) {
		if ((column->possible & BIT(i)) == 0)
			continue;
		if (*form == HC_DATE_CLEAR)
			*form = (enum hc_date_form)i;
		for (k = i + 1; k <= HC_DATE_DMY; k++) {
			cell = column->differs[i][k];
			if ((column->possible & BIT(k)) == 0 ||
			    cell[0] == '\0')
				continue;
			day_in(column, cell, i, first);
			day_in(column, cell, k, second);
			return hc_error_set(err, HC_INVALID,
			    _("the column may be read in two ways: '%s' is %s "
			    "as %s, or %s as %s"), cell, first, words(i),
			    second, words(k));
		}
	}
	return *form == HC_DATE_CLEAR ?
	    refuse_mixed(column->against, THREE, err) : HC_OK;
}

enum hc_status
hc_date_column_decide(const struct hc_date_column *column,
    struct hc_date_rule *rule, struct hc_error *err)
{
	enum hc_date_form form = column->rule.form;
	enum hc_status rc;

	if (form == HC_DATE_CLEAR && column->unclear > 0) {
		if ((rc = choose(column, &form, err)) != HC_OK)
			return rc;
	} else if (form == HC_DATE_CLEAR) {
		if (column->possible_short == 0)
			return refuse_mixed(column->against_short, TWO, err);
		/* In Japan 1/2 is 2 January, unless the column says else. */
		if (column->possible_short == BIT(HC_DATE_DMY))
			form = HC_DATE_DMY;
	}
	*rule = column->rule;
	rule->form = form;
	return HC_OK;
}
