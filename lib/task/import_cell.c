/* One cell of a list as the field that its column means. */
#include <stdlib.h>
#include <string.h>

#include "base/absence.h"
#include "base/age.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "task/import_state.h"

#include "task/import_cell.h"

#define PHONES 8		/* numbers in one cell */

/* A cell while it is read. */
struct reading {
	struct hc_buf out, names;
	const char *band;
	bool part;		/* the field takes only a part of it */
};

/* ---- One value ---- */

/* The catalogue's reason for the word that base/absence.h found. */
static const char *
reason_code(const char *found)
{
	static const char *const codes[][2] = {
	    { "no_symptoms", "none" }, { "dash", "not_applicable" },
	    { "not_entered", "unknown" }, { "pending", "investigating" },
	    { "refused", "withheld" } };
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(codes[i][0], found) == 0)
			return codes[i][1];
	return found;
}

/* 無症状 is a degree of severity, (-) the result of a test.  A bare dash is
   neither: in some lists it is the result, in others there is none yet. */
static bool
is_choice(const struct hc_field *f, const char *text)
{
	struct hc_buf code = HC_BUF_INIT;
	struct hc_value_rule rule;
	const char *p = text;
	bool is;

	if (f->type != HC_TYPE_CHOICE)
		return false;
	hc_utf8_next(&p);
	hc_value_rule_plain(&rule, 0, NULL, 0);
	is = *p != '\0' &&
	    hc_value_read(f, &rule, text, &code, NULL) == HC_OK;
	hc_buf_free(&code);
	return is;
}

/* Does the word say why nothing is there?  In some fields it is a value. */
static const char *
absence(const struct hc_field *f, const char *text)
{
	const char *found = hc_absence_read(text);

	if (strcmp(text, "?") == 0 || strcmp(text, "？") == 0)
		return "unknown";
	if (found == NULL)
		return NULL;
	if (f->of != NULL && strcmp(f->of, "lines") == 0)
		return strcmp(found, "dash") == 0 ? reason_code(found) : NULL;
	if (f->type == HC_TYPE_YESNO && strcmp(found, "none") == 0)
		return NULL;
	if (is_choice(f, text))
		return NULL;
	return reason_code(found);
}

static enum hc_status
read_phones(const char *text, struct hc_buf *out, struct hc_error *err)
{
	struct hc_phone list[PHONES];
	enum hc_status rc;
	size_t i, n;

	if ((rc = hc_phone_split(text, list, PHONES, &n, err)) != HC_OK)
		return rc;
	for (i = 0; i < n; i++) {
		if (i > 0)
			hc_buf_putc(out, '\n');
		hc_phone_put(out, &list[i]);
	}
	return HC_OK;
}

static enum hc_status
read_age(const struct hc_value_rule *rule, const struct hc_field *f,
    const char *text, struct hc_buf *out, const char **band,
    struct hc_error *err)
{
	struct hc_age age;
	enum hc_status rc;

	if ((rc = hc_age_read(text, &age, err)) != HC_OK)
		return rc;
	if (age.years < 0) {
		*band = age.band;
		return HC_OK;
	}
	hc_buf_printf(out, "%d", age.years);
	return hc_value_check(f, rule->today, hc_buf_text(out), err);
}

/* Lists write a case's number in many ways: No.12, １２, 第12例目. */
static enum hc_status
read_number(const char *text, struct hc_buf *out, struct hc_error *err)
{
	static const char *const before[] = { "No.", "NO.", "no.", "No",
	    "№", "#", "第" };
	static const char *const after[] = { "例目", "番", "号" };
	struct hc_buf stored = HC_BUF_INIT, plain = HC_BUF_INIT;
	enum hc_status rc;
	const char *p;
	size_t i, n, len;

	if ((rc = hc_norm_store(&stored, text, err)) != HC_OK)
		goto out;
	hc_norm_ascii(&plain, hc_buf_text(&stored));
	p = hc_buf_text(&plain);
	len = strlen(p);
	for (i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		n = strlen(before[i]);
		if (strncmp(p, before[i], n) == 0 && len > n) {
			p += n;
			p += strspn(p, " .");
			break;
		}
	}
	len = strlen(p);
	for (i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		n = strlen(after[i]);
		if (len > n && strcmp(p + len - n, after[i]) == 0) {
			len -= n;
			break;
		}
	}
	hc_buf_add(out, p, len);
out:
	hc_buf_free(&stored);
	hc_buf_free(&plain);
	return rc == HC_OK && hc_buf_failed(out) ? hc_error_nomem(err) : rc;
}

/* A person's name and reading: one plain space between their parts, however
   a list writes it, so that editions do not differ in spaces. */
static void
one_space(struct hc_buf *text)
{
	struct hc_buf plain = HC_BUF_INIT;
	const char *p = hc_buf_text(text);
	bool space = false;

	for (; *p != '\0'; p++) {
		bool wide = strncmp(p, "\u3000", 3) == 0;

		if (wide || *p == ' ' || *p == '\n' || *p == '\t') {
			p += wide ? 2 : 0;
			space = true;
			continue;
		}
		if (space)
			hc_buf_putc(&plain, ' ');
		space = false;
		hc_buf_putc(&plain, *p);
	}
	hc_buf_clear(text);
	hc_buf_puts(text, hc_buf_text(&plain));
	hc_buf_free(&plain);
}

static bool
is_name(const struct hc_field *f)
{
	return strcmp(f->entity->name, "person") == 0 &&
	    (strcmp(f->name, "name") == 0 || strcmp(f->name, "kana") == 0);
}

static bool
is_number(const struct hc_field *f)
{
	return strcmp(f->entity->name, "episode") == 0 &&
	    strcmp(f->name, "number") == 0;
}

static enum hc_status
read_field(const struct hc_import_cell_rule *rule,
    const struct hc_import_column *c, const char *text, struct hc_buf *out,
    struct hc_error *err)
{
	struct hc_value_rule dated = rule->value;
	enum hc_status rc;
	int minute;

	if (is_number(c->field))
		return read_number(text, out, err);
	if (c->field->type == HC_TYPE_INSTANT &&
	    hc_time_read(text, &minute, err) == HC_OK) {
		hc_buf_printf(out, "T%d", minute);
		return HC_OK;
	}
	dated.date = c->date;
	if (rule->year != 0)
		dated.date.year = rule->year;
	if ((rc = hc_value_read(c->field, &dated, text, out, err)) != HC_OK)
		return rc;
	if (is_name(c->field))
		one_space(out);
	return hc_value_check(c->field, dated.today, hc_buf_text(out), err);
}

/* ---- Cells that say several things ---- */

/* The length of the first word of a list of symptoms, and what follows. */
static size_t
word_length(const char *text, size_t *gap)
{
	static const char *const gaps[] = { "、", "，", ",", "・", "／", "/",
	    "\n", ";", " ", "\u3000" };
	size_t i, n;

	for (n = 0; text[n] != '\0'; n++)
		for (i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++)
			if (strncmp(text + n, gaps[i], strlen(gaps[i])) ==
			    0) {
				*gap = strlen(gaps[i]);
				return n;
			}
	*gap = 0;
	return n;
}

/*
 * 発熱、咳 in a column of symptoms of a health report: fields of their own
 * take what they can, the column's field the other words.
 */
static enum hc_status
spread(const struct hc_import_cell_rule *rule,
    const struct hc_import_column *c, const char *text, struct hc_buf *out,
    struct hc_buf *names, struct hc_error *err)
{
	const struct hc_field *f;
	struct hc_buf word = HC_BUF_INIT, rest = HC_BUF_INIT;
	size_t n, gap;
	enum hc_status rc = HC_OK;

	for (; *text != '\0'; text += n + gap) {
		n = word_length(text, &gap);
		hc_buf_clear(&word);
		hc_buf_add(&word, text, n);
		f = n > 0 ? hc_import_heading_mark(rule->headings,
		    c->entity, hc_buf_text(&word)) : NULL;
		if (f != NULL)
			hc_buf_printf(names, "%s\n", f->name);
		else if (n > 0)
			hc_buf_printf(&rest, "%s%s", rest.len > 0 ? "、" : "",
			    hc_buf_text(&word));
	}
	if (rest.len > 0)
		rc = read_field(rule, c, hc_buf_text(&rest), out, err);
	hc_buf_free(&word);
	hc_buf_free(&rest);
	return rc;
}

/* The first of several telephone numbers, for a field that takes one. */
static enum hc_status
read_first_phone(const char *text, struct hc_buf *out)
{
	struct hc_phone list[PHONES];
	size_t n;

	if (hc_phone_split(text, list, PHONES, &n, NULL) != HC_OK || n < 2)
		return HC_INVALID;
	hc_buf_clear(out);
	hc_phone_put(out, &list[0]);
	return HC_OK;
}

/* What a field refuses as a whole it may take in part. */
static enum hc_status
read_in_part(const struct hc_import_column *c, const char *text,
    struct hc_buf *out, bool *part)
{
	*part = true;
	if (c->field->type == HC_TYPE_MULTI)
		return hc_value_read_known(c->field, text, out, part, NULL);
	if (c->field->type == HC_TYPE_PHONE)
		return read_first_phone(text, out);
	return HC_INVALID;
}

/* ---- The whole cell ---- */

static void
fold_bytes(const char *text, size_t len, struct hc_buf *out)
{
	struct hc_buf copy = HC_BUF_INIT;

	hc_buf_add(&copy, text, len);
	hc_import_heading_fold(hc_buf_text(&copy), out);
	hc_buf_free(&copy);
}

/* What the mapping says that the cell means ("written=value|..."), with its
   length; ${text} itself if nothing. */
static const char *
translate(const char *words, const char *text, size_t *len)
{
	struct hc_buf key = HC_BUF_INIT, one = HC_BUF_INIT;
	const char *p, *sign, *found = text;
	size_t n;

	*len = strlen(text);
	hc_import_heading_fold(text, &key);
	for (p = words; p != NULL && *p != '\0' && found == text;
	    p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		if ((sign = memchr(p, '=', n)) == NULL)
			continue;
		hc_buf_clear(&one);
		hc_buf_printf(&one, "%.*s", (int)(sign - p), p);
		if (strcmp(hc_buf_text(&one), text) != 0) {
			hc_buf_clear(&one);
			fold_bytes(p, (size_t)(sign - p), &one);
			if (key.len == 0 || strcmp(hc_buf_text(&one),
			    hc_buf_text(&key)) != 0)
				continue;
		}
		found = sign + 1;
		*len = n - (size_t)(found - p);
	}
	hc_buf_free(&key);
	hc_buf_free(&one);
	return found;
}

/* The value by what the column does. */
static enum hc_status
read_by_how(const struct hc_import_cell_rule *rule,
    const struct hc_import_column *c, const char *text,
    struct reading *r, struct hc_error *err)
{
	enum hc_status rc;

	switch (c->how) {
	case HC_IMPORT_PHONES:
		return read_phones(text, &r->out, err);
	case HC_IMPORT_AGE:
		return read_age(&rule->value, c->field, text, &r->out,
		    &r->band, err);
	case HC_IMPORT_CASE:
		return read_number(text, &r->out, err);
	case HC_IMPORT_FIELD:
		if (strcmp(c->field->name, "other_symptom") == 0)
			return spread(rule, c, text, &r->out, &r->names, err);
		rc = read_field(rule, c, text, &r->out, err);
		if (rc == HC_INVALID && read_in_part(c, text, &r->out,
		    &r->part) == HC_OK)
			rc = HC_OK;
		return rc;
	default:
		return hc_norm_store(&r->out, text, err);
	}
}

/* Keep ${text} in ${arena} as ${*copy}, if it is not empty. */
static bool
keep(struct hc_arena *arena, const char *text, const char **copy)
{
	*copy = NULL;
	return text[0] == '\0' || (*copy = hc_arena_text(arena, text)) != NULL;
}

/* 欠番 for a name, or a date that was withdrawn: what it says of the row is
   read with its remarks. */
static bool
says_state(const struct hc_import_column *c, const char *written,
    enum hc_status rc)
{
	return c->how == HC_IMPORT_FIELD &&
	    (rc == HC_INVALID || (rc == HC_OK && is_name(c->field))) &&
	    hc_import_state_read(written, NULL) != NULL;
}

enum hc_status
hc_import_cell_read(const struct hc_import_cell_rule *rule,
    const struct hc_import_column *c, const char *written,
    struct hc_arena *arena, struct hc_import_cell *cell,
    struct hc_error *err)
{
	struct reading r = { .band = NULL };
	struct hc_buf meant = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *text;
	size_t len;

	memset(cell, 0, sizeof(*cell));
	text = translate(c->words, written, &len);
	hc_buf_add(&meant, text, len);
	text = hc_buf_text(&meant);
	if (c->how != HC_IMPORT_NONE && c->how != HC_IMPORT_KEY &&
	    (cell->reason = absence(c->field, text)) != NULL)
		hc_buf_puts(&r.out, written);
	else if (len > 0)
		rc = read_by_how(rule, c, text, &r, err);
	if (rc == HC_NOTFOUND)
		rc = HC_OK;	/* spaces only */
	if (says_state(c, written, rc)) {
		hc_buf_clear(&r.out);
		r.part = true;
		rc = HC_OK;
	}
	cell->band = r.band;
	if (rc == HC_OK && (hc_buf_failed(&meant) || hc_buf_failed(&r.out) ||
	    hc_buf_failed(&r.names) ||
	    !keep(arena, hc_buf_text(&r.out), &cell->text) ||
	    !keep(arena, hc_buf_text(&r.names), &cell->fields) ||
	    !keep(arena, r.part ? written : "", &cell->rest)))
		rc = hc_error_nomem(err);
	hc_buf_free(&meant);
	hc_buf_free(&r.out);
	hc_buf_free(&r.names);
	return rc;
}
