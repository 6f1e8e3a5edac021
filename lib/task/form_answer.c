/* Reading an answer by the form's definition, and sealing it. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/expr.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/seal.h"
#include "base/utf8.h"

#include "task/form_answer.h"



#define PADDING 1024	/* answers are sealed in multiples of this */

enum hc_status
hc_form_answer_rows(const struct hc_json *rows, struct hc_error *err)
{
	const char *name, *other;
	size_t i, j;

	if (rows == NULL)
		return HC_OK;
	if (!hc_json_is_array(rows) || hc_json_size(rows) > HC_FORM_ROWS)
		return hc_error_set(err, HC_INVALID,
		    _("'rows' is no list of at most %d"), HC_FORM_ROWS);
	for (i = 0; i < hc_json_size(rows); i++) {
		name = hc_form_answer_row(rows, i);
		if (name[0] == '\0' || strlen(name) > 8 ||
		    name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "abcdefghijklmnopqrstuvwxyz0123456789")] != '\0')
			return hc_error_set(err, HC_INVALID,
			    _("a row without a good name in 'rows'"));
		for (j = 0; j < i; j++) {
			other = hc_form_answer_row(rows, j);
			if (strcmp(name, other) == 0)
				return hc_error_set(err, HC_INVALID,
				    _("the row '%s' twice in 'rows'"), name);
		}
	}
	return HC_OK;
}

const char *
hc_form_answer_row(const struct hc_json *rows, size_t i)
{
	const char *name;

	name = hc_json_text(hc_json_get(hc_json_at(rows, i), "row"));
	return name != NULL ? name : "";
}

void
hc_form_answer_field(struct hc_buf *out, const struct hc_json *rows,
    size_t row, const char *name)
{
	if (hc_json_size(rows) > 0)
		hc_buf_printf(out, "%s.", hc_form_answer_row(rows, row));
	hc_buf_puts(out, name);
}

static int64_t
power(int decimals)
{
	int64_t p = 1;

	while (decimals-- > 0)
		p *= 10;
	return p;
}

/* Does ${s} begin with one of the signs?  Its length in bytes, or 0. */
static size_t
sign(const char *s, const char *const *signs)
{
	for (; *signs != NULL; signs++)
		if (strncmp(s, *signs, strlen(*signs)) == 0)
			return strlen(*signs);
	return 0;
}

/* A number as typed, its digits and where its point stood. */
struct number {
	int64_t digits;
	int count;		/* of digits */
	int places;		/* of them behind the point; -1: no point */
};

/*
 * Take a number apart, all spaces gone and everything narrow.  "37\u5ea65"
 * and "37\u5ea65\u5206" are how a temperature is said.
 */
static bool
take_apart(const char *s, struct number *n)
{
	static const char *const points[] = { ".", ",", "\u3001", "\u3002",
	    "\u30fb", "\uff65", "\u5ea6", "\u00b7", ":", NULL };
	static const char *const units[] = { "\u5ea6", "\u5206", "\u2103",
	    "\u00b0", "C", "c", "%", "bpm", "/min", ".", "\u3002", NULL };
	size_t len;

	*n = (struct number){ 0, 0, -1 };
	for (; *s != '\0'; s += len) {
		len = 1;
		if (*s == ' ')
			continue;
		if (isdigit((unsigned char)*s)) {
			n->digits = n->digits * 10 + (*s - '0');
			if (++n->count > 9)
				return false;
			n->places += n->places >= 0;
			continue;
		}
		len = sign(s, points);
		if (n->count == 0 || n->places >= 0 || len == 0 ||
		    !isdigit((unsigned char)s[len]))
			break;
		n->places = 0;
	}
	while (*s != '\0') {
		if ((len = *s == ' ' ? 1 : sign(s, units)) == 0)
			return false;
		s += len;
	}
	return n->count > 0;
}

/* The number scaled by the item's decimals, half rounded up. */
static int64_t
scale(const struct number *n, int decimals)
{
	int places = n->places < 0 ? 0 : n->places;
	int64_t unit;

	if (places <= decimals)
		return n->digits * power(decimals - places);
	unit = power(places - decimals);
	return (n->digits + unit / 2) / unit;
}

/*
 * Read a number; NULL or the name of the fault.  Without a point, 375 is
 * 37.5 where 375 itself cannot be and 37.5 can.
 */
static const char *
read_number(const struct hc_form_item *item, const char *typed,
    struct hc_buf *value)
{
	struct hc_buf plain = HC_BUF_INIT;
	struct number n;
	int64_t scaled;
	bool good;

	hc_norm_ascii(&plain, typed);
	good = !hc_buf_failed(&plain) && take_apart(hc_buf_text(&plain), &n);
	hc_buf_free(&plain);
	if (!good)
		return "number_wrong";
	scaled = scale(&n, item->decimals);
	if (item->bounded && n.places < 0 && scaled > item->high &&
	    n.digits >= item->low && n.digits <= item->high)
		scaled = n.digits;
	if (item->bounded && (scaled < item->low || scaled > item->high))
		return "range_wrong";
	if (item->decimals == 0)
		hc_buf_printf(value, "%" PRId64, scaled);
	else
		hc_buf_printf(value, "%" PRId64 ".%0*" PRId64,
		    scaled / power(item->decimals), item->decimals,
		    scaled % power(item->decimals));
	return NULL;
}

static const char *
read_choice(const struct hc_form_item *item, const char *typed,
    struct hc_buf *value)
{
	size_t i;

	for (i = 0; i < item->nchoices; i++)
		if (strcmp(item->choices[i].code, typed) == 0) {
			hc_buf_puts(value, typed);
			return NULL;
		}
	return "choice_wrong";
}

static const char *
read_yesno(const char *typed, struct hc_buf *value)
{
	if (strcmp(typed, "1") != 0 && strcmp(typed, "0") != 0)
		return "choice_wrong";
	hc_buf_puts(value, typed);
	return NULL;
}

static const char *
read_text(const struct hc_form_item *item, const char *typed,
    struct hc_buf *value)
{
	const char *p;
	size_t n = 0;

	if (hc_norm_store(value, typed, NULL) == HC_INVALID)
		return "choice_wrong";
	for (p = hc_buf_text(value); hc_utf8_next(&p) != 0;)
		n++;
	return n > item->max ? "text_long" : NULL;
}

static bool
is_blank(const char *s)
{
	unsigned int c;

	while ((c = hc_utf8_next(&s)) != 0)
		if (!hc_norm_is_space(c) && c != '\n' && c != '\t')
			return false;
	return true;
}

static enum hc_status
read_cell(struct hc_form_cell *cell, const struct hc_form_item *item)
{
	struct hc_buf value = HC_BUF_INIT;

	if (cell->typed == NULL || is_blank(cell->typed))
		return HC_OK;
	switch (item->type) {
	case HC_TYPE_YESNO:
		cell->fault = read_yesno(cell->typed, &value);
		break;
	case HC_TYPE_CHOICE:
		cell->fault = read_choice(item, cell->typed, &value);
		break;
	case HC_TYPE_TEXT:
		cell->fault = read_text(item, cell->typed, &value);
		break;
	default:
		cell->fault = read_number(item, cell->typed, &value);
		break;
	}
	if (hc_buf_failed(&value)) {
		hc_buf_free(&value);
		return HC_NOMEM;
	}
	if (cell->fault == NULL && value.len > 0)
		cell->value = hc_buf_take(&value);
	hc_buf_free(&value);
	return HC_OK;
}

/* Replace a cell's value; NULL on absent. */
static enum hc_status
set(struct hc_form_cell *cell, const char *value)
{
	free(cell->value);
	cell->value = value != NULL ? strdup(value) : NULL;
	return value != NULL && cell->value == NULL ? HC_NOMEM : HC_OK;
}

static bool
is_yes(const struct hc_form_cell *cell)
{
	return cell->value != NULL && strcmp(cell->value, "1") == 0;
}

/* One row while its rules are asked. */
struct row {
	struct hc_form_answer *answer;
	struct hc_form_cell *cells;
	struct hc_form_cell *groups;
	struct hc_expr_clock clock;
};

static const char *
value_of(void *arg, const struct hc_expr_name *name)
{
	const struct row *row = arg;

	return row->cells[name->slot].value;
}

static bool
holds(struct row *row, const struct hc_form_rule *rule)
{
	struct hc_expr_values values = { .arg = row, .value = value_of };

	return rule->always || (rule->expr != NULL &&
	    hc_expr_true(rule->expr, &values, &row->clock));
}

/*
 * The boxes of a group: what is ticked is yes.  The others are no as soon
 * as any box or "none of these" is ticked; before that, nobody looked.
 */
static enum hc_status
read_group(struct row *row, size_t g)
{
	const struct hc_form_def *def = row->answer->def;
	struct hc_form_cell *none = &row->groups[g];
	size_t i, ticked = 0;

	for (i = 0; i < def->nitems; i++)
		if (def->items[i].group == (int)g)
			ticked += is_yes(&row->cells[i]);
	if (none->typed != NULL && ticked > 0)
		none->fault = "none_and_some";
	if (none->typed == NULL && ticked == 0)
		return HC_OK;
	for (i = 0; i < def->nitems; i++)
		if (def->items[i].group == (int)g &&
		    row->cells[i].value == NULL &&
		    set(&row->cells[i], "0") != HC_OK)
			return HC_NOMEM;
	return HC_OK;
}

/*
 * A temperature beside "no thermometer" was measured all the same: the
 * number counts, and the box becomes no.
 */
static enum hc_status
settle(struct row *row)
{
	const struct hc_form_def *def = row->answer->def;
	size_t i;

	for (i = 0; i < def->nitems; i++)
		if (def->items[i].unless >= 0 && row->cells[i].value != NULL &&
		    is_yes(&row->cells[def->items[i].unless]) &&
		    set(&row->cells[def->items[i].unless], "0") != HC_OK)
			return HC_NOMEM;
	return HC_OK;
}

static void
check_required(struct row *row)
{
	const struct hc_form_def *def = row->answer->def;
	const struct hc_form_item *item;
	struct hc_form_cell *cell;
	size_t i, g, given = 0;

	for (i = 0; i < def->nitems; i++) {
		item = &def->items[i];
		cell = &row->cells[i];
		given += cell->value != NULL || cell->fault != NULL;
		if (cell->value != NULL || cell->fault != NULL ||
		    !holds(row, &item->required))
			continue;
		if (item->unless < 0 || !is_yes(&row->cells[item->unless]))
			cell->fault = "required";
	}
	for (g = 0; g < def->ngroups; g++) {
		for (i = 0; i < def->nitems; i++)
			if (def->items[i].group == (int)g &&
			    row->cells[i].value != NULL)
				break;
		if (i == def->nitems && holds(row, &def->groups[g].required))
			row->groups[g].fault = "group_required";
	}
	/* Nothing at all is no answer, whatever the form requires. */
	if (given == 0 && row->cells[0].fault == NULL)
		row->cells[0].fault = "required";
}

static void
count(struct row *row)
{
	const struct hc_form_def *def = row->answer->def;
	size_t i;

	for (i = 0; i < def->nitems; i++) {
		row->answer->faults += row->cells[i].fault != NULL;
		if (holds(row, &def->items[i].red_flag))
			row->answer->red_flag = true;
	}
	for (i = 0; i < def->ngroups; i++)
		row->answer->faults += row->groups[i].fault != NULL;
}

static enum hc_status
read_row(struct row *row, const struct hc_form_body *body, size_t r)
{
	struct hc_form_answer *answer = row->answer;
	const struct hc_form_def *def = answer->def;
	struct hc_buf name = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; i < def->nitems + def->ngroups && rc == HC_OK; i++) {
		hc_buf_clear(&name);
		hc_form_answer_field(&name, answer->rows, r,
		    i < def->nitems ? def->items[i].name :
		    def->groups[i - def->nitems].name);
		if (hc_buf_failed(&name))
			rc = HC_NOMEM;
		else if (i < def->nitems) {
			row->cells[i].typed = hc_form_body_get(body,
			    hc_buf_text(&name));
			rc = read_cell(&row->cells[i], &def->items[i]);
		} else
			row->groups[i - def->nitems].typed =
			    hc_form_body_get(body, hc_buf_text(&name));
	}
	for (i = 0; i < def->ngroups && rc == HC_OK; i++)
		rc = read_group(row, i);
	if (rc == HC_OK)
		rc = settle(row);
	if (rc == HC_OK) {
		check_required(row);
		count(row);
	}
	hc_buf_free(&name);
	return rc;
}

/* The day of an instant in the office's zone. */
static void
find_today(const char *now, int zone, char today[HC_DATE_SIZE])
{
	int64_t instant;
	int32_t day;

	today[0] = '\0';
	if (hc_instant_parse(now, &instant) != HC_OK)
		return;
	hc_instant_split(instant, zone, &day, NULL);
	hc_date_format(day, today);
}

enum hc_status
hc_form_answer_read(struct hc_form_answer *answer,
    const struct hc_form_def *def, const struct hc_json *rows,
    const struct hc_form_body *body, const char *now)
{
	char today[HC_DATE_SIZE];
	struct row row;
	enum hc_status rc = HC_OK;
	size_t r;

	*answer = (struct hc_form_answer){ .def = def, .rows = rows };
	answer->nrows = hc_json_size(rows) > 0 ? hc_json_size(rows) : 1;
	answer->cells = calloc(answer->nrows * def->nitems,
	    sizeof(*answer->cells));
	answer->groups = calloc(answer->nrows * def->ngroups + 1,
	    sizeof(*answer->groups));
	if (answer->cells == NULL || answer->groups == NULL)
		return HC_NOMEM;
	find_today(now, def->zone, today);
	row.answer = answer;
	row.clock = (struct hc_expr_clock){ today, now, def->zone };
	for (r = 0; r < answer->nrows && rc == HC_OK; r++) {
		row.cells = answer->cells + r * def->nitems;
		row.groups = answer->groups + r * def->ngroups;
		rc = read_row(&row, body, r);
	}
	return rc;
}

void
hc_form_answer_clear(struct hc_form_answer *answer)
{
	size_t i;

	/* What people wrote should not stay in memory longer than needed. */
	for (i = 0; answer->cells != NULL &&
	    i < answer->nrows * answer->def->nitems; i++)
		if (answer->cells[i].value != NULL) {
			hc_seal_wipe(answer->cells[i].value,
			    strlen(answer->cells[i].value));
			free(answer->cells[i].value);
		}
	free(answer->cells);
	free(answer->groups);
	*answer = (struct hc_form_answer){ 0 };
}

static void
put_values(const struct hc_form_answer *answer, size_t row,
    struct hc_buf *out)
{
	const struct hc_form_def *def = answer->def;
	const struct hc_form_cell *cells = answer->cells + row * def->nitems;
	const char *comma = "";
	size_t i;

	hc_buf_putc(out, '{');
	for (i = 0; i < def->nitems; i++) {
		if (cells[i].value == NULL)
			continue;
		hc_buf_printf(out, "%s\"%s\":", comma, def->items[i].name);
		hc_json_quote(cells[i].value, out);
		comma = ",";
	}
	hc_buf_putc(out, '}');
}

/* "values":{...} or "rows":{"A":{...},...} */
static void
put_rows(const struct hc_form_answer *answer, struct hc_buf *out)
{
	size_t r;

	if (hc_json_size(answer->rows) == 0) {
		hc_buf_puts(out, "\"values\":");
		put_values(answer, 0, out);
		return;
	}
	hc_buf_puts(out, "\"rows\":{");
	for (r = 0; r < answer->nrows; r++) {
		hc_buf_printf(out, "%s\"%s\":", r > 0 ? "," : "",
		    hc_form_answer_row(answer->rows, r));
		put_values(answer, r, out);
	}
	hc_buf_putc(out, '}');
}

enum hc_status
hc_form_answer_seal(const struct hc_form_answer *answer,
    const struct hc_form_envelope *envelope, unsigned char id[HC_FORM_ID],
    struct hc_buf *sealed)
{
	struct hc_buf text = HC_BUF_INIT, values = HC_BUF_INIT;
	enum hc_status rc = HC_NOMEM;

	put_rows(answer, &values);
	if (hc_buf_failed(&values))
		goto out;
	hc_hash_short(id, HC_FORM_ID, envelope->submission, HC_TOKEN_SIZE,
	    hc_buf_text(&values));
	hc_buf_puts(&text, "{\"link\":\"");
	hc_hex_format(&text, envelope->link, HC_TOKEN_HASH);
	hc_buf_printf(&text, "\",\"at\":\"%s\",\"submission\":\"",
	    envelope->at);
	hc_hex_format(&text, id, HC_FORM_ID);
	hc_buf_printf(&text, "\",\"form\":\"%s\",\"version\":",
	    answer->def->name);
	hc_json_quote(answer->def->version, &text);
	if (envelope->round != NULL) {
		hc_buf_puts(&text, ",\"round\":");
		hc_json_quote(envelope->round, &text);
	}
	hc_buf_puts(&text, ",\"lang\":");
	hc_json_quote(envelope->lang, &text);
	hc_buf_putc(&text, ',');
	hc_buf_puts(&text, hc_buf_text(&values));
	/* A box is as long as its text, and a long one would tell the form
	   machine who wrote a note: fill up with spaces, which JSON allows. */
	while (text.len % PADDING != PADDING - 1 && !hc_buf_failed(&text))
		hc_buf_putc(&text, ' ');
	hc_buf_putc(&text, '}');
	if (!hc_buf_failed(&text))
		rc = hc_seal_close(sealed, text.data, text.len,
		    answer->def->public_key);
out:
	if (text.data != NULL)
		hc_seal_wipe(text.data, text.len);
	if (values.data != NULL)
		hc_seal_wipe(values.data, values.len);
	hc_buf_free(&text);
	hc_buf_free(&values);
	return rc;
}
