/*
 * One row of a list, its cells read as the fields that they mean.  A column
 * has few different words (男, 女, 40代): each is read once and remembered.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/absence.h"
#include "base/age.h"
#include "base/date.h"
#include "base/fold.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/phone.h"
#include "base/utf8.h"

#include "task/import_row.h"

#define REMEMBERED 4096		/* words of one column, a power of two */
#define PHONES 8		/* numbers in one cell */

/* A word and what it was read as. */
struct memory {
	char *word;
	struct hc_import_cell cell;
	char *fault;		/* words, if it is wrong */
};

struct hc_import_reader {
	struct hc_store *store;
	const struct hc_import_map *map;
	struct hc_import_sheet *sheet;
	struct hc_value_rule rule;
	struct hc_import_row row;
	struct hc_arena words;		/* of the memories */
	struct memory **memories;	/* by column, REMEMBERED each; NULL */
	size_t *remembered;		/* by column: how many */
	char **above;			/* by column: the cell above */
	size_t skipped;
};

/* ---- Reading one cell ---- */

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
		hc_phone_format(out, list[i].digits);
		if (list[i].extension[0] != '\0')
			hc_buf_printf(out, " 内線%s", list[i].extension);
	}
	return HC_OK;
}

static enum hc_status
read_age(struct hc_import_reader *r, const struct hc_field *f,
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
	return hc_value_check(f, r->rule.today, hc_buf_text(out), err);
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
read_field(struct hc_import_reader *r, const struct hc_import_column *c,
    const char *text, struct hc_buf *out, struct hc_error *err)
{
	struct hc_value_rule rule = r->rule;
	enum hc_status rc;
	int minute;

	if (is_number(c->field))
		return read_number(text, out, err);
	if (c->field->type == HC_TYPE_INSTANT &&
	    hc_time_read(text, &minute, err) == HC_OK) {
		hc_buf_printf(out, "T%d", minute);
		return HC_OK;
	}
	rule.date = c->date;
	if ((rc = hc_value_read(c->field, &rule, text, out, err)) != HC_OK)
		return rc;
	if (is_name(c->field))
		one_space(out);
	return hc_value_check(c->field, rule.today, hc_buf_text(out), err);
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
spread(struct hc_import_reader *r, const struct hc_import_column *c,
    const char *text, struct hc_buf *out, struct hc_buf *names,
    struct hc_error *err)
{
	const struct hc_field *f;
	struct hc_buf word = HC_BUF_INIT, rest = HC_BUF_INIT;
	size_t n, gap;
	enum hc_status rc = HC_OK;

	for (; *text != '\0'; text += n + gap) {
		n = word_length(text, &gap);
		hc_buf_clear(&word);
		hc_buf_add(&word, text, n);
		f = n > 0 ? hc_import_map_mark(c->entity,
		    hc_buf_text(&word)) : NULL;
		if (f != NULL)
			hc_buf_printf(names, "%s\n", f->name);
		else if (n > 0)
			hc_buf_printf(&rest, "%s%s", rest.len > 0 ? "、" : "",
			    hc_buf_text(&word));
	}
	if (rest.len > 0)
		rc = read_field(r, c, hc_buf_text(&rest), out, err);
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
	hc_phone_format(out, list[0].digits);
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

/* Read ${text} of column ${c} into ${cell}, whose text is in ${arena}. */
static enum hc_status
read_cell(struct hc_import_reader *r, struct hc_arena *arena,
    const struct hc_import_column *c, const char *text,
    struct hc_import_cell *cell, struct hc_error *err)
{
	struct hc_buf out = HC_BUF_INIT, names = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	bool part = false;

	memset(cell, 0, sizeof(*cell));
	if (c->how != HC_IMPORT_NONE && c->how != HC_IMPORT_KEY &&
	    (cell->reason = absence(c->field, text)) != NULL)
		hc_buf_puts(&out, text);
	else if (c->how == HC_IMPORT_PHONES)
		rc = read_phones(text, &out, err);
	else if (c->how == HC_IMPORT_AGE)
		rc = read_age(r, c->field, text, &out, &cell->band, err);
	else if (c->how == HC_IMPORT_FIELD &&
	    strcmp(c->field->name, "other_symptom") == 0)
		rc = spread(r, c, text, &out, &names, err);
	else if (c->how == HC_IMPORT_FIELD) {
		rc = read_field(r, c, text, &out, err);
		if (rc == HC_INVALID && read_in_part(c, text, &out, &part) ==
		    HC_OK)
			rc = HC_OK;
	} else if (c->how == HC_IMPORT_CASE)
		rc = read_number(text, &out, err);
	else
		rc = hc_norm_store(&out, text, err);
	if (rc == HC_NOTFOUND)
		rc = HC_OK;	/* spaces only */
	if (rc == HC_OK && out.len > 0 && (cell->text = hc_arena_text(arena,
	    hc_buf_text(&out))) == NULL)
		rc = hc_error_nomem(err);
	if (rc == HC_OK && names.len > 0 && (cell->fields = hc_arena_text(
	    arena, hc_buf_text(&names))) == NULL)
		rc = hc_error_nomem(err);
	if (rc == HC_OK && part && (cell->rest = hc_arena_text(arena,
	    text)) == NULL)
		rc = hc_error_nomem(err);
	hc_buf_free(&out);
	hc_buf_free(&names);
	return rc;
}

/* ---- Memory ---- */

static size_t
hash(const char *text)
{
	size_t h = 5381;

	while (*text != '\0')
		h = h * 33 ^ (unsigned char)*text++;
	return h;
}

/* The place of ${text} in a column's memory; NULL if it is full. */
static struct memory *
recall(struct hc_import_reader *r, size_t column, const char *text)
{
	struct memory *m = r->memories[column];
	size_t i;

	if (m == NULL) {
		m = r->memories[column] = calloc(REMEMBERED, sizeof(*m));
		if (m == NULL)
			return NULL;
	}
	for (i = hash(text) & (REMEMBERED - 1); m[i].word != NULL &&
	    strcmp(m[i].word, text) != 0; i = (i + 1) & (REMEMBERED - 1))
		continue;
	if (m[i].word == NULL && r->remembered[column] > REMEMBERED / 2)
		return NULL;
	return &m[i];
}

/* read_cell(), but each word of a column once. */
static enum hc_status
read_remembered(struct hc_import_reader *r, size_t column, const char *text,
    struct hc_import_cell *cell, struct hc_error *err)
{
	const struct hc_import_column *c = &r->map->columns[column];
	struct memory *m = recall(r, column, text);
	enum hc_status rc;

	if (m == NULL)
		return read_cell(r, &r->row.arena, c, text, cell, err);
	if (m->word == NULL) {
		rc = read_cell(r, &r->words, c, text, &m->cell, err);
		if (rc != HC_OK && rc != HC_INVALID)
			return rc;
		if (rc == HC_INVALID && (m->fault = hc_arena_text(&r->words,
		    err->text)) == NULL)
			return hc_error_nomem(err);
		if ((m->word = hc_arena_text(&r->words, text)) == NULL)
			return hc_error_nomem(err);
		r->remembered[column]++;
	}
	*cell = m->cell;
	return m->fault == NULL ? HC_OK :
	    hc_error_set(err, HC_INVALID, "%s", m->fault);
}

/* ---- Rows ---- */

enum hc_status
hc_import_reader_new(struct hc_import_reader **out, struct hc_store *store,
    const struct hc_import_map *map, struct hc_import_sheet *sheet,
    const struct hc_value_rule *rule)
{
	struct hc_import_reader *r;
	size_t n = map->ncolumns;

	if ((*out = r = calloc(1, sizeof(*r))) == NULL)
		return hc_db_nomem(store->db);
	r->store = store;
	r->map = map;
	r->sheet = sheet;
	r->rule = *rule;
	r->row.ncells = n;
	r->row.cells = calloc(n, sizeof(*r->row.cells));
	r->memories = calloc(n, sizeof(*r->memories));
	r->remembered = calloc(n, sizeof(*r->remembered));
	r->above = calloc(n, sizeof(*r->above));
	if (r->row.cells == NULL || r->memories == NULL ||
	    r->remembered == NULL || r->above == NULL) {
		hc_import_reader_free(r);
		*out = NULL;
		return hc_db_nomem(store->db);
	}
	return HC_OK;
}

void
hc_import_reader_free(struct hc_import_reader *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->map->ncolumns; i++) {
		if (r->memories != NULL)
			free(r->memories[i]);
		if (r->above != NULL)
			free(r->above[i]);
	}
	free(r->memories);
	free(r->remembered);
	free(r->above);
	free(r->row.cells);
	hc_arena_free(&r->row.arena);
	hc_arena_free(&r->words);
	free(r);
}

size_t
hc_import_reader_skipped(const struct hc_import_reader *r)
{
	return r->skipped;
}

/* The headings once more, as on each printed page? */
static bool
is_heading(const struct hc_import_reader *r)
{
	size_t i, same = 0, filled = 0;

	for (i = 0; i < r->map->ncolumns; i++) {
		const char *text = hc_import_sheet_cell(r->sheet, i);

		filled += text[0] != '\0';
		same += text[0] != '\0' &&
		    strcmp(text, r->map->columns[i].heading) == 0;
	}
	return same > 1 && same * 2 > filled;
}

/* 合計 123人 at the end, and not much beside it? */
static bool
is_total(const struct hc_import_reader *r)
{
	static const char *const words[] = { "合計", "総計", "小計", "計",
	    "総数" };
	struct hc_buf key = HC_BUF_INIT;
	const char *first = NULL;
	size_t i, filled = 0;
	bool total = false;

	for (i = 0; i < r->map->ncolumns; i++) {
		const char *text = hc_import_sheet_cell(r->sheet, i);

		if (text[0] != '\0' && filled++ == 0)
			first = text;
	}
	if (first == NULL || filled > 3)
		return false;
	hc_fold_name(&key, first);
	for (i = 0; i < sizeof(words) / sizeof(words[0]) && !total; i++)
		total = strncmp(hc_buf_text(&key), words[i],
		    strlen(words[i])) == 0;
	hc_buf_free(&key);
	return total;
}

static bool
is_ditto(const char *text)
{
	static const char *const marks[] = { "〃", "同上", "″", "”", "\"",
	    "''", "々" };
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(text, marks[i]) == 0)
			return true;
	return false;
}

/* The cell's text, or that of the cell above for a ditto mark. */
static enum hc_status
resolve_ditto(struct hc_import_reader *r, size_t column, const char **text)
{
	char *copy;

	if (is_ditto(*text) && r->above[column] != NULL) {
		*text = r->above[column];
		return HC_OK;
	}
	if (r->above[column] != NULL && strcmp(r->above[column], *text) == 0)
		return HC_OK;
	if ((copy = strdup(*text)) == NULL)
		return HC_NOMEM;
	free(r->above[column]);
	r->above[column] = copy;
	return HC_OK;
}

/* Cells to the right of the last heading are kept too. */
static enum hc_status
take_extra(struct hc_import_reader *r)
{
	struct hc_buf all = HC_BUF_INIT;
	enum hc_status rc;
	size_t i, n = hc_import_sheet_cells(r->sheet);

	r->row.extra = NULL;
	for (i = r->map->ncolumns; i < n; i++) {
		const char *text = hc_import_sheet_cell(r->sheet, i);

		if (text[0] != '\0')
			hc_buf_printf(&all, "%s%s", all.len > 0 ? "; " : "",
			    text);
	}
	if (all.len > 0)
		r->row.extra = hc_arena_text(&r->row.arena,
		    hc_buf_text(&all));
	rc = all.len > 0 && r->row.extra == NULL ? HC_NOMEM : HC_OK;
	hc_buf_free(&all);
	return rc == HC_OK ? HC_OK : hc_db_nomem(r->store->db);
}

static enum hc_status
read_row(struct hc_import_reader *r, hc_import_fault *fault, void *arg)
{
	enum hc_status rc = HC_OK, cell;
	struct hc_error err;
	const char *text;
	size_t i;

	hc_arena_clear(&r->row.arena);
	r->row.line = hc_import_sheet_row(r->sheet);
	for (i = 0; i < r->map->ncolumns; i++) {
		text = hc_import_sheet_cell(r->sheet, i);
		memset(&r->row.cells[i], 0, sizeof(r->row.cells[i]));
		if (resolve_ditto(r, i, &text) != HC_OK)
			return hc_db_nomem(r->store->db);
		if (text[0] == '\0' ||
		    r->map->columns[i].how == HC_IMPORT_REASONS)
			continue;
		cell = read_remembered(r, i, text, &r->row.cells[i], &err);
		if (cell == HC_INVALID) {
			fault(arg, r->row.line, i, text, err.text);
			rc = HC_INVALID;
		} else if (cell != HC_OK)
			return hc_db_fail(r->store->db, cell, "%s",
			    err.text);
	}
	if ((cell = take_extra(r)) != HC_OK)
		return cell;
	return rc;
}

/* The CSV reader's "NAME:LINE: words" without what is told anyway. */
static const char *
without_place(const struct hc_import_reader *r, const char *words)
{
	size_t len = strlen(r->sheet->name);
	const char *colon = strncmp(words, r->sheet->name, len) == 0 ?
	    strstr(words + len, ": ") : NULL;

	return colon != NULL ? colon + 2 : words;
}

enum hc_status
hc_import_reader_next(struct hc_import_reader *r, struct hc_import_row **row,
    hc_import_fault *fault, void *arg)
{
	struct hc_error *err = hc_db_error_buffer(r->store->db);
	enum hc_status rc;

	*row = &r->row;
	for (;;) {
		rc = hc_import_sheet_next(r->sheet, err);
		if (rc == HC_INVALID) {
			r->row.line = hc_import_sheet_row(r->sheet);
			fault(arg, r->row.line, SIZE_MAX, "",
			    without_place(r, err->text));
		}
		if (rc != HC_OK)
			return rc;
		if (!is_heading(r) && !is_total(r))
			return read_row(r, fault, arg);
		r->skipped++;
	}
}

/* ---- Staging ---- */

static void
write_text(const char *text, FILE *file)
{
	size_t len = text != NULL ? strlen(text) + 1 : 0;

	fwrite(&len, sizeof(len), 1, file);
	if (len > 0)
		fwrite(text, len, 1, file);
}

enum hc_status
hc_import_row_write(const struct hc_import_row *row, FILE *file)
{
	size_t i;

	fwrite(&row->line, sizeof(row->line), 1, file);
	for (i = 0; i < row->ncells; i++) {
		write_text(row->cells[i].text, file);
		write_text(row->cells[i].reason, file);
		write_text(row->cells[i].band, file);
		write_text(row->cells[i].fields, file);
		write_text(row->cells[i].rest, file);
	}
	write_text(row->extra, file);
	return ferror(file) ? HC_IO : HC_OK;
}

/* ${text} is NULL after a failure too. */
static enum hc_status
read_text(struct hc_import_row *row, FILE *file, const char **text)
{
	size_t len;
	char *copy;

	*text = NULL;
	if (fread(&len, sizeof(len), 1, file) != 1)
		return HC_IO;
	if (len == 0)
		return HC_OK;
	if ((copy = hc_arena_alloc(&row->arena, len)) == NULL)
		return HC_NOMEM;
	if (fread(copy, len, 1, file) != 1)
		return HC_IO;
	*text = copy;
	return HC_OK;
}

static enum hc_status
read_staged(struct hc_import_row *row, FILE *file,
    struct hc_import_cell *cell)
{
	const char **texts[] = { &cell->text, &cell->reason, &cell->band,
	    &cell->fields, &cell->rest };
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; rc == HC_OK && i < sizeof(texts) / sizeof(texts[0]); i++)
		rc = read_text(row, file, texts[i]);
	return rc;
}

enum hc_status
hc_import_row_read(struct hc_import_row *row, FILE *file)
{
	enum hc_status rc = HC_OK;
	size_t i;

	hc_arena_clear(&row->arena);
	if (fread(&row->line, sizeof(row->line), 1, file) != 1)
		return ferror(file) ? HC_IO : HC_NOTFOUND;
	for (i = 0; rc == HC_OK && i < row->ncells; i++)
		rc = read_staged(row, file, &row->cells[i]);
	return rc == HC_OK ? read_text(row, file, &row->extra) : rc;
}
