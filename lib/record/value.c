/* One value of a field. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/age.h"
#include "base/email.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/phone.h"

#include "record/value.h"

typedef enum hc_status reader(const struct hc_field *field,
    const struct hc_value_rule *rule, const char *text, struct hc_buf *out,
    struct hc_error *err);

void
hc_value_rule_plain(struct hc_value_rule *rule, int64_t office,
    const char *today, int offset)
{
	static const struct hc_date_rule plain = HC_DATE_RULE_INIT;

	memset(rule, 0, sizeof(*rule));
	rule->date = plain;
	rule->office = office;
	rule->today = today;
	rule->offset = offset;
	if (today != NULL)
		hc_date_parse_iso(today, &rule->date.latest);
}

/* ---- Numbers ---- */

/* Cut a unit off the end: that of the field, or what stands for it. */
static void
cut_unit(const struct hc_field *field, struct hc_buf *plain)
{
	static const char *const others[] = { "度", "℃", "C", "%", "％",
	    "歳", "才", "人", "回", "日", "時" };
	size_t i, n, len;

	for (i = 0; i <= sizeof(others) / sizeof(others[0]); i++) {
		const char *unit = i == 0 ? field->unit : others[i - 1];

		if (unit == NULL || (i > 0 && field->unit == NULL))
			continue;
		n = strlen(unit);
		len = plain->len;
		if (len > n && memcmp(plain->data + len - n, unit, n) == 0)
			hc_buf_cut(plain, len - n);
	}
	while (plain->len > 0 && plain->data[plain->len - 1] == ' ')
		hc_buf_cut(plain, plain->len - 1);
}

/* Take the commas out of "1,234,567"; "37,5" stays as it is. */
static void
cut_thousands(struct hc_buf *plain)
{
	const char *digits = "0123456789", *p = hc_buf_text(plain);
	size_t i, n;

	p += *p == '-' || *p == '+';
	if ((n = strspn(p, digits)) < 1 || n > 3 || p[n] != ',')
		return;
	for (p += n; *p == ','; p += 4)
		if (strspn(p + 1, digits) != 3)
			return;
	if (*p != '\0' && *p != '.')
		return;
	for (i = n = 0; i < plain->len; i++)
		if (plain->data[i] != ',')
			plain->data[n++] = plain->data[i];
	hc_buf_cut(plain, n);
}

/*
 * Read "-12", "+37.5" or "37,5" with at most ${decimals} decimals (zeros
 * beyond are fine) and write it canonically.
 */
static enum hc_status
canonical_number(const char *p, int decimals, struct hc_buf *out)
{
	bool negative = *p == '-';
	const char *digits;
	size_t whole, part = 0;
	int i;

	if (*p == '-' || *p == '+')
		p++;
	/* There is one zero. */
	if (p[strspn(p, "0.,")] == '\0')
		negative = false;
	whole = strspn(p, "0123456789");
	digits = p;
	p += whole;
	if (*p == '.' || (*p == ',' && decimals > 0)) {
		part = strspn(p + 1, "0123456789");
		if (part == 0 && decimals == 0)
			return HC_INVALID;
		p += 1 + part;
	}
	if (*p != '\0' || whole == 0 || whole > 15)
		return HC_INVALID;
	for (i = decimals; i < (int)part; i++)
		if (digits[whole + 1 + (size_t)i] != '0')
			return HC_INVALID;
	while (whole > 1 && *digits == '0') {
		digits++;
		whole--;
	}
	if (negative)
		hc_buf_putc(out, '-');
	hc_buf_add(out, digits, whole);
	if (decimals > 0) {
		hc_buf_putc(out, '.');
		for (i = 0; i < decimals; i++)
			hc_buf_putc(out, i < (int)part ?
			    digits[whole + 1 + (size_t)i] : '0');
	}
	return hc_buf_failed(out) ? HC_NOMEM : HC_OK;
}

static enum hc_status
read_number(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	struct hc_buf plain = HC_BUF_INIT;
	enum hc_status rc;

	(void)rule;
	hc_norm_ascii(&plain, text);
	cut_unit(field, &plain);
	cut_thousands(&plain);
	rc = hc_buf_failed(&plain) ? HC_NOMEM :
	    canonical_number(hc_buf_text(&plain), field->decimals, out);
	hc_buf_free(&plain);
	if (rc == HC_INVALID && field->decimals > 0)
		return hc_error_set(err, rc,
		    _("'%s' is no number with at most %d decimals"), text,
		    field->decimals);
	if (rc == HC_INVALID)
		return hc_error_set(err, rc, _("'%s' is no whole number"),
		    text);
	return rc == HC_NOMEM ? hc_error_nomem(err) : rc;
}

static enum hc_status
read_ref(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	struct hc_buf plain = HC_BUF_INIT;
	long long n;
	size_t len;
	bool sound;

	hc_norm_ascii(&plain, text);
	if (hc_buf_failed(&plain)) {
		hc_buf_free(&plain);
		return hc_error_nomem(err);
	}
	/* Ids have at most 15 digits. */
	len = strspn(hc_buf_text(&plain), "0123456789");
	n = strtoll(hc_buf_text(&plain), NULL, 10);
	sound = len > 0 && len == plain.len && n > 0 &&
	    n < INT64_C(1000000000000000);
	hc_buf_free(&plain);
	if (!sound)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is no number of a record of '%s'"), text,
		    hc_catalogue_entity_label(field->target));
	/* The bare number means a record of one's own office. */
	if (n < 1000000000)
		n += rule->office * 1000000000;
	hc_buf_printf(out, "%lld", n);
	return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
}

/* ---- Texts ---- */

static enum hc_status
read_text(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	size_t before = out->len, i;

	(void)rule;
	if (field->of != NULL && strcmp(field->of, "lines") == 0) {
		hc_buf_puts(out, text);
		return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
	}
	/* Names, readings and addresses stand on one line in one width. */
	hc_norm_wide_kana(out, text);
	if (hc_buf_failed(out))
		return hc_error_nomem(err);
	for (i = before; i < out->len; i++)
		if (out->data[i] == '\n' || out->data[i] == '\t')
			out->data[i] = ' ';
	return HC_OK;
}

static enum hc_status
read_phone(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	struct hc_phone phone;
	enum hc_status rc;

	(void)field;
	(void)rule;
	if ((rc = hc_phone_parse(text, &phone, err)) != HC_OK)
		return rc;
	hc_phone_put(out, &phone);
	return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
}

static enum hc_status
read_email(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	(void)field;
	(void)rule;
	return hc_email_check(out, text, err);
}

/* ---- Days and instants ---- */

static enum hc_status
read_date(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	struct hc_date_value value;
	char date[HC_DATE_SIZE];
	enum hc_status rc;

	(void)field;
	if (strcmp(text, "today") == 0 && rule->today != NULL) {
		hc_buf_puts(out, rule->today);
		return HC_OK;
	}
	if ((rc = hc_date_read(text, &rule->date, &value, err)) != HC_OK)
		return rc;
	hc_date_format(value.date, date);
	hc_buf_puts(out, date);
	return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
}

static enum hc_status
read_instant(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	char instant[HC_INSTANT_SIZE];
	struct hc_date_value value;
	enum hc_status rc;
	int64_t seconds;

	(void)field;
	if (hc_instant_parse(text, &seconds) != HC_OK) {
		rc = hc_date_read(text, &rule->date, &value, err);
		if (rc != HC_OK)
			return rc;
		seconds = hc_instant_make(value.date,
		    value.minute >= 0 ? value.minute : 0, rule->offset);
	}
	hc_instant_format(seconds, instant);
	hc_buf_puts(out, instant);
	return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
}

/* ---- Choices ---- */

/* Is the folded ${key} the folded form of one of the joined spellings? */
static bool
spelt(const char *spellings, const char *key, struct hc_buf *one,
    struct hc_buf *folded)
{
	const char *p;
	size_t n;

	for (p = spellings; p != NULL && *p != '\0'; p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		hc_buf_clear(one);
		hc_buf_clear(folded);
		hc_buf_add(one, p, n);
		hc_fold_name(folded, hc_buf_text(one));
		if (hc_buf_failed(one) || hc_buf_failed(folded))
			return false;	/* which the caller asks again */
		if (strcmp(hc_buf_text(folded), key) == 0)
			return true;
	}
	return false;
}

/*
 * A sign such as + or ○ folds to nothing; it is compared as it stands, of
 * either width.
 */
static bool
sign(const char *spellings, const char *text)
{
	return hc_catalogue_has(spellings, '|', text, strlen(text));
}

/* ${found} is NULL where ${text} is none of the list.  HC_OK or HC_NOMEM. */
static enum hc_status
find_choice(const struct hc_choice_list *list, const char *text,
    const struct hc_choice **found)
{
	struct hc_buf key = HC_BUF_INIT, one = HC_BUF_INIT;
	struct hc_buf folded = HC_BUF_INIT, ascii = HC_BUF_INIT;
	const struct hc_choice *c;
	bool failed;
	size_t i;

	*found = NULL;
	hc_norm_ascii(&ascii, text);
	hc_fold_name(&key, text);
	failed = hc_buf_failed(&ascii) || hc_buf_failed(&key);
	for (i = 0; i < list->len && *found == NULL; i++)
		if (strcmp(list->items[i].code, hc_buf_text(&ascii)) == 0)
			*found = &list->items[i];
	for (i = 0; i < list->len && *found == NULL && !failed; i++) {
		c = &list->items[i];
		if (sign(c->spellings, text) ||
		    sign(c->spellings, hc_buf_text(&ascii)))
			*found = c;
		else if (key.len > 0 && (
		    spelt(c->label_ja, hc_buf_text(&key), &one, &folded) ||
		    spelt(c->label_en, hc_buf_text(&key), &one, &folded) ||
		    spelt(c->spellings, hc_buf_text(&key), &one, &folded)))
			*found = c;
		failed = hc_buf_failed(&one) || hc_buf_failed(&folded);
	}
	hc_buf_free(&key);
	hc_buf_free(&one);
	hc_buf_free(&folded);
	hc_buf_free(&ascii);
	return failed ? HC_NOMEM : HC_OK;
}

/* "...; accepted: 男性, 女性, その他" for as many as fit a message. */
static enum hc_status
no_choice(const struct hc_field *field, const char *text,
    struct hc_error *err)
{
	struct hc_buf known = HC_BUF_INIT;
	size_t i;

	if (err == NULL)
		return HC_INVALID;	/* many ask only whether it is one */
	for (i = 0; i < field->choices->len && known.len < 400; i++) {
		const struct hc_choice *c = &field->choices->items[i];

		if (!c->retired)
			hc_buf_printf(&known, "%s%s",
			    known.len > 0 ? ", " : "",
			    hc_catalogue_choice_label(c));
	}
	if (i < field->choices->len)
		hc_buf_puts(&known, " ...");
	hc_error_set(err, HC_INVALID,
	    _("'%s' is none of the choices: %s"), text, hc_buf_text(&known));
	hc_buf_free(&known);
	return HC_INVALID;
}

static enum hc_status
read_choice(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	const struct hc_choice *choice;
	struct hc_age age;

	(void)rule;
	if (find_choice(field->choices, text, &choice) != HC_OK)
		return hc_error_nomem(err);
	if (choice != NULL)
		hc_buf_puts(out, choice->code);
	else if (strcmp(field->choices->name, "age_band") == 0 &&
	    hc_age_read(text, &age, NULL) == HC_OK)
		hc_buf_puts(out, age.band);
	else
		return no_choice(field, text, err);
	return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
}

/* The length of the first of several values in one cell, and of the mark. */
static size_t
first_value(const char *p, size_t *mark)
{
	static const char *const marks[] = { ";", "；", "、", ",", "，", "・",
	    "\n", "/", "／", " ", "　" };
	size_t n, i;

	for (n = 0; p[n] != '\0'; n++)
		for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
			*mark = strlen(marks[i]);
			if (strncmp(p + n, marks[i], *mark) == 0)
				return n;
		}
	*mark = 0;
	return n;
}

static enum hc_status
write_codes(const struct hc_choice_list *list, const bool *chosen,
    struct hc_buf *out)
{
	bool any = false;
	size_t i;

	for (i = 0; i < list->len; i++)
		if (chosen[i]) {
			hc_buf_printf(out, "%s%s", any ? ";" : "",
			    list->items[i].code);
			any = true;
		}
	if (hc_buf_failed(out))
		return HC_NOMEM;
	return any ? HC_OK : HC_NOTFOUND;
}

/* The choice at ${text}: the one word there, or the two around a mark that
   stands in a choice's own name (味覚・嗅覚障害); ${n} becomes its length. */
static enum hc_status
first_choice(const struct hc_choice_list *list, const char *text,
    struct hc_buf *one, size_t *n, const struct hc_choice **choice)
{
	size_t mark, next, after;
	enum hc_status rc;

	*choice = NULL;
	if ((*n = first_value(text, &mark)) == 0)
		return HC_OK;
	next = mark > 0 ? first_value(text + *n + mark, &after) : 0;
	if (next > 0 && (strncmp(text + *n, "・", mark) == 0 ||
	    text[*n] == '/')) {
		hc_buf_clear(one);
		hc_buf_add(one, text, *n + mark + next);
		rc = hc_buf_failed(one) ? HC_NOMEM :
		    find_choice(list, hc_buf_text(one), choice);
		if (rc != HC_OK || *choice != NULL) {
			*n += mark + next;
			return rc;
		}
	}
	hc_buf_clear(one);
	hc_buf_add(one, text, *n);
	return hc_buf_failed(one) ? HC_NOMEM :
	    find_choice(list, hc_buf_text(one), choice);
}

enum hc_status
hc_value_read_known(const struct hc_field *field, const char *text,
    struct hc_buf *out, bool *unknown, struct hc_error *err)
{
	const struct hc_choice_list *list = field->choices;
	const struct hc_choice *choice = NULL;
	struct hc_buf one = HC_BUF_INIT;
	enum hc_status rc;
	bool *chosen;
	size_t n, mark;

	*unknown = false;
	if ((chosen = calloc(list->len + 1, sizeof(*chosen))) == NULL)
		return hc_error_nomem(err);
	/* A choice's own name may hold a mark: 嗅覚・味覚障害. */
	rc = find_choice(list, text, &choice);
	if (choice != NULL) {
		chosen[choice - list->items] = true;
		text = "";
	}
	for (; rc == HC_OK && *text != '\0'; text += n + mark) {
		rc = first_choice(list, text, &one, &n, &choice);
		first_value(text + n, &mark);
		if (choice != NULL)
			chosen[choice - list->items] = true;
		else if (rc == HC_OK && n > 0 && !*unknown) {
			*unknown = true;
			no_choice(field, hc_buf_text(&one), err);
		}
	}
	if (rc == HC_OK)
		rc = write_codes(list, chosen, out);
	hc_buf_free(&one);
	free(chosen);
	return rc == HC_NOMEM ? hc_error_nomem(err) : rc;
}

static enum hc_status
read_multi(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	enum hc_status rc;
	bool unknown;

	(void)rule;
	rc = hc_value_read_known(field, text, out, &unknown, err);
	return rc != HC_NOMEM && unknown ? HC_INVALID : rc;
}

static enum hc_status
read_yesno(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	static const char yes[] = "1|yes|y|true|on|はい|有|有り|あり|ある|可|済|"
	    "済み|該当|要|○|〇|◯|●|◎|✓|✔|レ|Ｙ|TRUE|YES";
	static const char no[] = "0|no|n|false|off|いいえ|無|無し|なし|ない|不可|"
	    "未|非該当|不要|×|✕|✗|Ｎ|FALSE|NO";
	struct hc_buf key = HC_BUF_INIT, one = HC_BUF_INIT;
	struct hc_buf folded = HC_BUF_INIT;
	int answer = -1;
	bool starved;

	(void)field;
	(void)rule;
	hc_fold_name(&key, text);
	if (sign(yes, text) || (key.len > 0 &&
	    spelt(yes, hc_buf_text(&key), &one, &folded)))
		answer = 1;
	else if (sign(no, text) || (key.len > 0 &&
	    spelt(no, hc_buf_text(&key), &one, &folded)))
		answer = 0;
	starved = hc_buf_failed(&key) || hc_buf_failed(&one) ||
	    hc_buf_failed(&folded);
	hc_buf_free(&key);
	hc_buf_free(&one);
	hc_buf_free(&folded);
	if (starved)
		return hc_error_nomem(err);
	if (answer == -1)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is neither yes (1, はい, 有, ○) nor no (0, いいえ, "
		    "無, ×)"), text);
	hc_buf_putc(out, '0' + answer);
	return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
}

static reader *const readers[] = {
	[HC_TYPE_TEXT] = read_text,
	[HC_TYPE_INTEGER] = read_number,
	[HC_TYPE_DECIMAL] = read_number,
	[HC_TYPE_DATE] = read_date,
	[HC_TYPE_INSTANT] = read_instant,
	[HC_TYPE_YESNO] = read_yesno,
	[HC_TYPE_CHOICE] = read_choice,
	[HC_TYPE_MULTI] = read_multi,
	[HC_TYPE_REF] = read_ref,
	[HC_TYPE_PHONE] = read_phone,
	[HC_TYPE_EMAIL] = read_email,
};

enum hc_status
hc_value_read(const struct hc_field *field, const struct hc_value_rule *rule,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	struct hc_buf tidy = HC_BUF_INIT;
	size_t before = out->len;
	enum hc_status rc;

	if ((rc = hc_norm_store(&tidy, text, err)) == HC_OK) {
		if (hc_buf_failed(&tidy))
			rc = hc_error_nomem(err);
		else if (tidy.len == 0)
			rc = HC_NOTFOUND;
		else
			rc = readers[field->type](field, rule,
			    hc_buf_text(&tidy), out, err);
	}
	if (rc != HC_OK)
		hc_buf_cut(out, before);
	hc_buf_free(&tidy);
	return rc;
}

/* ---- Checks ---- */

/* A bound of the catalogue, where dates may say "today". */
static const char *
bound(const struct hc_field *field, const char *text, const char *today)
{
	if (text != NULL && field->type == HC_TYPE_DATE &&
	    strcmp(text, "today") == 0)
		return today;
	return text;
}

static int
compare(const struct hc_field *field, const char *a, const char *b)
{
	double x, y;

	if (field->type == HC_TYPE_DATE || field->type == HC_TYPE_INSTANT)
		return strcmp(a, b);
	x = strtod(a, NULL);
	y = strtod(b, NULL);
	return (x > y) - (x < y);
}

static enum hc_status
check_pattern(const struct hc_field *field, const char *value,
    struct hc_error *err)
{
	const char *pattern = field->pattern->text;
	enum hc_status rc = hc_pattern_fits(field->pattern, value, err);

	if (rc == HC_INVALID)
		return hc_error_set(err, HC_CONFIG,
		    _("field '%s.%s': the pattern '%s' is no regular "
		    "expression"), field->entity->name, field->name, pattern);
	if (rc == HC_NOTFOUND)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' does not have the form '%s'"), value, pattern);
	return rc;
}

enum hc_status
hc_value_check(const struct hc_field *field, const char *today,
    const char *value, struct hc_error *err)
{
	const char *low = bound(field, field->low, today);
	const char *high = bound(field, field->high, today);

	if (low != NULL && compare(field, value, low) < 0)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is below %s"), value, low);
	if (high != NULL && compare(field, value, high) > 0)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is above %s"), value, high);
	if (field->pattern != NULL)
		return check_pattern(field, value, err);
	return HC_OK;
}

/* ---- Showing ---- */

static void
show_code(const struct hc_choice_list *list, const char *code, size_t len,
    struct hc_buf *out)
{
	const struct hc_choice *c;
	size_t i;

	for (i = 0; i < list->len; i++) {
		c = &list->items[i];
		if (strncmp(c->code, code, len) == 0 && c->code[len] == '\0') {
			hc_buf_puts(out, hc_catalogue_choice_label(c));
			return;
		}
	}
	hc_buf_add(out, code, len);
}

static void
show_codes(const struct hc_choice_list *list, const char *value,
    struct hc_buf *out)
{
	const char *p;
	size_t n;

	for (p = value; *p != '\0'; p += n + (p[n] == ';')) {
		n = strcspn(p, ";");
		if (p != value)
			hc_buf_puts(out, ", ");
		show_code(list, p, n, out);
	}
}

void
hc_value_show(const struct hc_field *field, const char *value,
    struct hc_buf *out)
{
	if (value == NULL)
		return;
	if (field->choices != NULL)
		show_codes(field->choices, value, out);
	else if (field->type == HC_TYPE_YESNO)
		hc_buf_puts(out, strcmp(value, "1") == 0 ? _("yes") : _("no"));
	else
		hc_buf_puts(out, value);
}

static void
show_cell(const void *field, const char *value, struct hc_buf *out)
{
	hc_value_show(field, value, out);
}

struct hc_table_column
hc_value_column(const struct hc_field *f)
{
	struct hc_table_column column = { .name = f->name,
	    .label = hc_catalogue_label(f), .type = f->type };

	if (f->choices != NULL) {
		column.show = show_cell;
		column.arg = f;
	}
	return column;
}

struct hc_table_column
hc_value_column_of(const struct hc_catalogue *c, const char *entity,
    const char *name)
{
	const struct hc_entity *e = hc_catalogue_entity(c, entity);
	const struct hc_field *f = e != NULL ? hc_catalogue_field(e, name) :
	    NULL;

	return f != NULL ? hc_value_column(f) : (struct hc_table_column){
	    .name = name, .label = name, .type = HC_TYPE_TEXT };
}
