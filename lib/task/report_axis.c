/* One side of a cross table. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/value.h"

#include "task/report_axis.h"

#define MOST_KEYS 40000		/* a hundred years of days */

static enum hc_status
fail_name(struct hc_report_axis *a, const char *name)
{
	struct hc_db *db = a->query->store->db;
	const char *near = hc_catalogue_near_field(a->query->entity, name);

	if (near != NULL)
		return hc_db_fail(db, HC_INVALID,
		    _("'%s' has no field '%s': did you mean '%s'?"),
		    a->query->entity->name, name, near);
	return hc_db_fail(db, HC_INVALID, _("'%s' has no field '%s'"),
	    a->query->entity->name, name);
}

static bool
unit_parse(const char *word, size_t len, enum hc_report_unit *unit)
{
	static const char *const words[] = {
		[HC_REPORT_DAY] = "day", [HC_REPORT_WEEK] = "week",
		[HC_REPORT_MONTH] = "month",
	};
	size_t i;

	for (i = HC_REPORT_DAY; i <= HC_REPORT_MONTH; i++)
		if (strlen(words[i]) == len &&
		    strncmp(words[i], word, len) == 0) {
			*unit = (enum hc_report_unit)i;
			return true;
		}
	return false;
}

/* Take "week:onset_date" or "onset_date:week" apart; ${name} gets the field
   with a NUL behind it. */
static enum hc_status
split_name(struct hc_report_axis *a, const char *text, const char **name)
{
	const char *colon = strchr(text, ':');
	size_t len = colon != NULL ? (size_t)(colon - text) : strlen(text);
	char *copy = hc_arena_text(&a->arena, text);

	*name = copy;
	if (copy == NULL)
		return hc_db_nomem(a->query->store->db);
	if (colon == NULL)
		return HC_OK;
	if (unit_parse(text, len, &a->unit)) {
		*name = copy + len + 1;
		return HC_OK;
	}
	copy[len] = '\0';
	if (unit_parse(colon + 1, strlen(colon + 1), &a->unit))
		return HC_OK;
	return hc_db_fail(a->query->store->db, HC_INVALID,
	    _("'%s': '%s' is not one of day, week, month"), text, colon + 1);
}

static bool
is_time(const struct hc_report_axis *a)
{
	return a->field == NULL ? strstr(a->name, "_at") != NULL :
	    a->field->type == HC_TYPE_DATE ||
	    a->field->type == HC_TYPE_INSTANT;
}

static bool
is_instant(const struct hc_report_axis *a)
{
	return is_time(a) && (a->field == NULL ||
	    a->field->type == HC_TYPE_INSTANT);
}

/* The SQL of the value to group by: of an instant the hour is enough, for
   zones by the whole hour, to know the day. */
static enum hc_status
value_sql(struct hc_report_axis *a, const char *name, int offset)
{
	struct hc_store *store = a->query->store;
	struct hc_buf sql = HC_BUF_INIT;
	enum hc_status rc;

	rc = hc_scope_resolve(&a->query->scope, name, &a->field, &sql,
	    hc_db_error_buffer(store->db));
	if (rc == HC_NOTFOUND)
		rc = fail_name(a, name);
	if (rc == HC_OK && is_instant(a))
		hc_buf_printf(&a->sql, "substr(%s, 1, %d)", hc_buf_text(&sql),
		    offset % 60 == 0 ? 13 : 16);
	else if (rc == HC_OK)
		hc_buf_puts(&a->sql, hc_buf_text(&sql));
	if (rc == HC_OK && (hc_buf_failed(&sql) || hc_buf_failed(&a->sql)))
		rc = hc_db_nomem(store->db);
	hc_buf_free(&sql);
	return rc;
}

/* ---- Keys ---- */

static size_t
hash(const char *text)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (size_t)(h ^ (h >> 29));
}

/* Where ${text} stands or would stand. */
static size_t *
slot(struct hc_report_axis *a, const char *text)
{
	size_t i = hash(text) & (a->nslots - 1);

	while (a->slots[i] != 0 &&
	    strcmp(a->keys[a->slots[i] - 1].text, text) != 0)
		i = (i + 1) & (a->nslots - 1);
	return &a->slots[i];
}

static bool
make_room(struct hc_report_axis *a)
{
	struct hc_report_key *keys;
	size_t i, *slots;

	if (a->len < a->room)
		return true;
	a->room = a->room > 0 ? a->room * 2 : 64;
	if ((keys = realloc(a->keys, a->room * sizeof(*keys))) == NULL)
		return false;
	a->keys = keys;
	if ((slots = calloc(a->room * 2, sizeof(*slots))) == NULL)
		return false;
	free(a->slots);
	a->slots = slots;
	a->nslots = a->room * 2;
	for (i = 0; i < a->len; i++)
		*slot(a, a->keys[i].text) = i + 1;
	return true;
}

/* The number of the key ${text}, made at need. */
static enum hc_status
key_add(struct hc_report_axis *a, const char *text, int64_t order,
    size_t *number)
{
	size_t *at;

	if (!make_room(a))
		return hc_db_nomem(a->query->store->db);
	at = slot(a, text);
	if (*at == 0) {
		memset(&a->keys[a->len], 0, sizeof(a->keys[0]));
		a->keys[a->len].text = hc_arena_text(&a->arena, text);
		a->keys[a->len].order = order;
		if (a->keys[a->len].text == NULL)
			return hc_db_nomem(a->query->store->db);
		*at = ++a->len;
	}
	*number = *at - 1;
	return HC_OK;
}

static int
last_day(int32_t date)
{
	int year, month;

	hc_date_split(date, &year, &month, NULL);
	return hc_date_month_length(year, month);
}

/* The first day of the unit in which ${date} lies. */
static int32_t
unit_begin(const struct hc_report_axis *a, int32_t date)
{
	int year, month;

	if (a->unit == HC_REPORT_WEEK)
		return date - (hc_date_weekday(date) + 6) % 7;
	if (a->unit == HC_REPORT_MONTH) {
		hc_date_split(date, &year, &month, NULL);
		return hc_date_make(year, month, 1);
	}
	return date;
}

static enum hc_status
key_add_date(struct hc_report_axis *a, int32_t date, size_t *number)
{
	char text[32], day[HC_DATE_SIZE];
	int year, week;

	date = unit_begin(a, date);
	hc_date_format(date, day);
	if (a->unit == HC_REPORT_WEEK) {
		hc_date_iso_week(date, &year, &week);
		snprintf(text, sizeof(text), "%04d-W%02d", year, week);
	} else {
		snprintf(text, sizeof(text), "%.*s",
		    a->unit == HC_REPORT_MONTH ? 7 : 10, day);
	}
	return key_add(a, text, date, number);
}

/* All choices that are still offered stand there from the beginning. */
static enum hc_status
add_choices(struct hc_report_axis *a)
{
	const struct hc_choice_list *list = a->field->choices;
	enum hc_status rc = HC_OK;
	size_t i, number;

	for (i = 0; rc == HC_OK && list != NULL && i < list->len; i++)
		if (!list->items[i].retired)
			rc = key_add(a, list->items[i].code, (int64_t)i,
			    &number);
	if (rc == HC_OK && a->field->type == HC_TYPE_YESNO &&
	    (rc = key_add(a, "1", 0, &number)) == HC_OK)
		rc = key_add(a, "0", 1, &number);
	return rc;
}

enum hc_status
hc_report_axis_init(struct hc_report_axis *a, struct hc_query *query,
    const char *text, int offset)
{
	const char *name, *dot;
	enum hc_status rc;

	memset(a, 0, sizeof(*a));
	a->query = query;
	if (text == NULL) {
		hc_buf_puts(&a->sql, "NULL");
		return HC_OK;
	}
	if ((rc = split_name(a, text, &name)) != HC_OK)
		return rc;
	a->path = name;
	dot = strrchr(name, '.');
	a->name = dot != NULL ? dot + 1 : name;
	if ((rc = value_sql(a, name, offset)) != HC_OK)
		return rc;
	a->label = a->field != NULL ? hc_catalogue_label(a->field) : a->name;
	if (!is_time(a) && a->unit != HC_REPORT_VALUE)
		return hc_db_fail(query->store->db, HC_INVALID,
		    _("'%s' is no date: it has no days, weeks and months"),
		    name);
	if (is_time(a) && a->unit == HC_REPORT_VALUE)
		a->unit = HC_REPORT_DAY;
	a->always = a->field == NULL || (dot == NULL &&
	    a->field->entity == query->entity &&
	    a->field->required != NULL &&
	    strcmp(a->field->required, "yes") == 0);
	return a->field != NULL ? add_choices(a) : HC_OK;
}

void
hc_report_axis_clear(struct hc_report_axis *a)
{
	hc_buf_free(&a->sql);
	free(a->keys);
	free(a->slots);
	free(a->place);
	hc_arena_free(&a->arena);
}

/* ---- Values ---- */

/* "2020-12-25T00" or "2020-12-25T00:30" to the office's day. */
static bool
local_day(const char *value, int offset, int32_t *date)
{
	char text[32];
	int64_t instant;

	snprintf(text, sizeof(text), "%s%sZ", value,
	    strlen(value) == 13 ? ":00" : "");
	if (hc_instant_parse(text, &instant) != HC_OK)
		return false;
	hc_instant_split(instant, offset, date, NULL);
	return true;
}

/* Decimals are kept as scaled integers: 375 is 37.5. */
static void
decimal_text(int64_t n, int decimals, char *text, size_t size)
{
	int64_t scale = 1;
	int i;

	for (i = 0; i < decimals; i++)
		scale *= 10;
	if (decimals == 0)
		snprintf(text, size, "%lld", (long long)n);
	else
		snprintf(text, size, "%s%lld.%0*lld", n < 0 ? "-" : "",
		    (long long)(llabs(n) / scale), decimals,
		    (long long)(llabs(n) % scale));
}

static int64_t
choice_order(const struct hc_choice_list *list, const char *code)
{
	const struct hc_choice *c = hc_catalogue_choice(list, code);

	return c != NULL ? c - list->items : INT_MAX;
}

/* "fever;cough": each code for itself. */
static enum hc_status
add_codes(struct hc_report_axis *a, const char *value, size_t *out,
    size_t room, size_t *len)
{
	struct hc_buf code = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	size_t n;

	for (; rc == HC_OK && *value != '\0' && *len < room;
	    value += n + (value[n] == ';')) {
		n = strcspn(value, ";");
		hc_buf_clear(&code);
		hc_buf_add(&code, value, n);
		if (hc_buf_failed(&code))
			rc = hc_db_nomem(a->query->store->db);
		else if (n > 0 && (rc = key_add(a, hc_buf_text(&code),
		    choice_order(a->field->choices, hc_buf_text(&code)),
		    &out[*len])) == HC_OK)
			(*len)++;
	}
	hc_buf_free(&code);
	return rc;
}

enum hc_status
hc_report_axis_add(struct hc_report_axis *a, const char *value, int offset,
    size_t *out, size_t room, size_t *len)
{
	char decimal[40];
	int32_t date;
	int64_t order = 0;
	enum hc_status rc;

	*len = 0;
	if (value == NULL || a->name == NULL)
		return HC_OK;
	if (a->field != NULL && a->field->choices != NULL)
		return add_codes(a, value, out, room, len);
	if (is_time(a)) {
		if (is_instant(a) ? !local_day(value, offset, &date) :
		    hc_date_parse_iso(value, &date) != HC_OK)
			return HC_OK;
		rc = key_add_date(a, date, &out[0]);
	} else {
		if (a->field == NULL || a->field->type == HC_TYPE_INTEGER ||
		    a->field->type == HC_TYPE_DECIMAL ||
		    a->field->type == HC_TYPE_REF)
			order = strtoll(value, NULL, 10);
		if (a->field != NULL && a->field->type == HC_TYPE_DECIMAL) {
			decimal_text(order, a->field->decimals, decimal,
			    sizeof(decimal));
			value = decimal;
		}
		rc = key_add(a, value, order, &out[0]);
	}
	*len = rc == HC_OK;
	return rc;
}

/* ---- Order ---- */

/* Days, weeks or months without a hole. */
static enum hc_status
fill(struct hc_report_axis *a, const char *from, const char *to)
{
	int32_t first = INT32_MAX, last = INT32_MIN, date;
	enum hc_status rc = HC_OK;
	size_t i, number;

	for (i = 0; i < a->len; i++) {
		date = (int32_t)a->keys[i].order;
		first = date < first ? date : first;
		last = date > last ? date : last;
	}
	if (from != NULL && hc_date_parse_iso(from, &date) == HC_OK)
		first = unit_begin(a, date);
	if (to != NULL && hc_date_parse_iso(to, &date) == HC_OK)
		last = unit_begin(a, date);
	if (first == INT32_MAX || last == INT32_MIN)
		return HC_OK;
	if (a->unit == HC_REPORT_DAY && last - first > MOST_KEYS)
		return hc_db_fail(a->query->store->db, HC_INVALID,
		    _("the days of '%s' are more than a hundred years apart: "
		    "give --from and --to"), a->name);
	for (date = first; rc == HC_OK && date <= last;
	    date += a->unit == HC_REPORT_DAY ? 1 :
	    a->unit == HC_REPORT_WEEK ? 7 : last_day(date))
		rc = key_add_date(a, date, &number);
	return rc;
}

/* What a referenced record is called; nothing of persons, whose names are
   not for tables of figures. */
static enum hc_status
title(struct hc_report_axis *a, const char *id, struct hc_buf *out)
{
	const struct hc_entity *e = a->field->target;
	const struct hc_field *f = hc_catalogue_field(e, "name");
	struct hc_row *row = NULL;
	enum hc_status rc;

	if (f == NULL || strcmp(e->name, "person") == 0)
		return HC_OK;
	rc = hc_row_load(a->query->store, e, strtoll(id, NULL, 10), &row);
	if (rc == HC_OK && hc_row_get(row, f) != NULL)
		hc_buf_puts(out, hc_row_get(row, f));
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
set_labels(struct hc_report_axis *a)
{
	struct hc_buf label = HC_BUF_INIT;
	struct hc_report_key *key;
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < a->len; i++) {
		key = &a->keys[i];
		key->label = key->text;
		if (a->field == NULL || is_time(a))
			continue;
		hc_buf_clear(&label);
		if (a->field->type == HC_TYPE_REF)
			rc = title(a, key->text, &label);
		else
			hc_value_show(a->field, key->text, &label);
		if (rc == HC_OK && label.len > 0)
			key->label = hc_arena_text(&a->arena,
			    hc_buf_text(&label));
		if (hc_buf_failed(&label) || key->label == NULL)
			rc = hc_db_nomem(a->query->store->db);
	}
	hc_buf_free(&label);
	return rc;
}

static int
compare(const void *left, const void *right)
{
	const struct hc_report_key *a = left, *b = right;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return strcmp(a->text, b->text);
}

enum hc_status
hc_report_axis_sort(struct hc_report_axis *a, const char *from,
    const char *to)
{
	const char **before = NULL;
	enum hc_status rc = HC_OK;
	size_t i, n;

	if (a->name != NULL && is_time(a) &&
	    (rc = fill(a, from, to)) != HC_OK)
		return rc;
	n = a->len;
	before = calloc(n + 1, sizeof(*before));
	a->place = calloc(n + 1, sizeof(*a->place));
	if (before == NULL || a->place == NULL) {
		rc = hc_db_nomem(a->query->store->db);
		goto out;
	}
	for (i = 0; i < n; i++)
		before[i] = a->keys[i].text;
	if (n > 0)
		qsort(a->keys, n, sizeof(*a->keys), compare);
	/* The slots lead to the new places, the numbers to the old texts. */
	if (a->slots != NULL)
		memset(a->slots, 0, a->nslots * sizeof(*a->slots));
	for (i = 0; i < n; i++)
		*slot(a, a->keys[i].text) = i + 1;
	for (i = 0; i < n; i++)
		a->place[i] = *slot(a, before[i]) - 1;
	rc = set_labels(a);
out:
	free(before);
	return rc;
}

bool
hc_report_axis_absent(const struct hc_report_axis *a)
{
	return a->name != NULL && !a->always;
}
