/* What a list seems to be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/absence.h"
#include "base/email.h"
#include "base/i18n.h"
#include "base/norm.h"
#include "base/phone.h"
#include "task/import_guess.h"

#include "task/import_sniff.h"

#define ROWS 5000		/* looked at */
#define EXAMPLE 60		/* bytes; longer ones are cut */

/* ---- One cell ---- */

static bool
is_number(const char *text)
{
	size_t digits;

	text += *text == '-' || *text == '+';
	digits = strspn(text, "0123456789,");
	text += digits;
	if (digits > 0 && *text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	return digits > 0 && (*text == '\0' || strcmp(text, "%") == 0);
}

/* A telephone number of this country is written with its zero; a number of
   many digits without may be anything. */
static bool
is_phone(const char *text)
{
	struct hc_phone phone;

	return hc_phone_parse(text, &phone, NULL) == HC_OK &&
	    (text[0] == '0' || text[0] == '(' || text[0] == '+' ||
	    strchr(text, '-') != NULL);
}

static bool
is_email(const char *text)
{
	struct hc_buf out = HC_BUF_INIT;
	bool is;

	is = strchr(text, '@') != NULL &&
	    hc_email_check(&out, text, NULL) == HC_OK;
	hc_buf_free(&out);
	return is;
}

static bool
is_date(const char *text)
{
	static const enum hc_date_form forms[] = { HC_DATE_YMD, HC_DATE_MDY,
	    HC_DATE_DMY };
	struct hc_date_rule rule = HC_DATE_RULE_INIT;
	struct hc_date_value value;
	size_t i;

	rule.year = 2000;	/* any: 2月29日 is one */
	for (i = 0; i < 3; i++) {
		rule.form = forms[i];
		if (hc_date_read(text, &rule, &value, NULL) == HC_OK)
			return true;
	}
	return false;
}

static enum hc_status
add_example(struct hc_import_sniff *s, struct hc_import_sniff_column *c,
    const char *text)
{
	size_t i, n = strlen(text);
	char *copy;

	for (i = 0; i < HC_IMPORT_SNIFF_EXAMPLES && c->examples[i] != NULL;
	    i++)
		if (strncmp(c->examples[i], text, EXAMPLE) == 0)
			return HC_OK;
	if (i == HC_IMPORT_SNIFF_EXAMPLES)
		return HC_OK;
	for (n = n < EXAMPLE ? n : EXAMPLE;
	    n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80; n--)
		continue;
	if ((copy = hc_arena_alloc(&s->arena, n + 1)) == NULL)
		return HC_NOMEM;
	memcpy(copy, text, n);
	c->examples[i] = copy;
	return HC_OK;
}

static enum hc_status
see_cell(struct hc_import_sniff *s, struct hc_import_sniff_column *c,
    const char *text)
{
	struct hc_buf plain = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *p;

	hc_norm_ascii(&plain, text);
	p = hc_buf_text(&plain);
	c->filled += *p != '\0';
	if (*p == '\0')
		goto out;
	if (hc_absence_read(p) != NULL)
		c->absences++;
	else {
		if (is_date(p))
			c->dates++;
		else if (is_email(p))
			c->emails++;
		else if (is_phone(p))
			c->phones++;
		else if (is_number(p))
			c->numbers++;
		else
			c->words++;
		rc = add_example(s, c, text);
	}
out:
	if (hc_buf_failed(&plain))
		rc = HC_NOMEM;
	hc_buf_free(&plain);
	return rc;
}

/* ---- The columns ---- */

/* What a column means, as a row of heading says it. */
static enum hc_status
write_field(struct hc_import_sniff *s, const struct hc_import_map *map,
    struct hc_import_sniff_column *column)
{
	static const char *const pieces[] = { "year", "month", "day", "1",
	    "2" };
	const struct hc_import_column *c;
	struct hc_buf text = HC_BUF_INIT;
	size_t i, j;

	for (i = 0; i < map->ncolumns; i++) {
		c = &map->columns[i];
		if (c->at != column->at || c->field == NULL ||
		    c->how == HC_IMPORT_NONE)
			continue;
		if (text.len > 0)
			hc_buf_putc(&text, c->shared ? '|' : '+');
		hc_buf_puts(&text, c->entity->name);
		if (c->nth > 1)
			hc_buf_printf(&text, "#%u", c->nth);
		hc_buf_printf(&text, ".%s", c->field->name);
		for (j = 0; c->piece != '\0' && j < 5; j++)
			if (pieces[j][0] == c->piece)
				hc_buf_printf(&text, ":%s", pieces[j]);
	}
	if (text.len > 0)
		column->field = hc_arena_text(&s->arena, hc_buf_text(&text));
	i = hc_buf_failed(&text) || (text.len > 0 && column->field == NULL);
	hc_buf_free(&text);
	return i ? HC_NOMEM : HC_OK;
}

static enum hc_status
take_columns(struct hc_import_sniff *s, const struct hc_import_map *map)
{
	struct hc_import_sniff_column *c;
	size_t i;

	s->columns = calloc(map->nsheet + 1, sizeof(*s->columns));
	if (s->columns == NULL)
		return HC_NOMEM;
	s->ncolumns = map->nsheet;
	for (i = 0; i < s->ncolumns; i++) {
		c = &s->columns[i];
		c->at = map->columns[i].at;
		c->why = map->columns[i].why;
		c->heading = hc_arena_text(&s->arena,
		    map->columns[i].heading);
		if (c->heading == NULL ||
		    write_field(s, map, c) != HC_OK)
			return HC_NOMEM;
	}
	s->header_row = map->header_row;
	s->key_column = map->key_column == -1 ? -1 :
	    (int)map->columns[map->key_column].at;
	return HC_OK;
}

static enum hc_status
see_rows(struct hc_import_sniff *s, struct hc_store *store,
    struct hc_import_sheet *sheet)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	enum hc_status rc = HC_OK;
	size_t i;

	while (!s->more) {
		rc = hc_import_sheet_next(sheet, err);
		if (rc != HC_OK && rc != HC_INVALID)
			break;
		s->more = s->rows == ROWS;
		s->rows += !s->more;
		for (i = 0; rc == HC_OK && !s->more && i < s->ncolumns; i++)
			if (see_cell(s, &s->columns[i], hc_import_sheet_cell(
			    sheet, s->columns[i].at)) != HC_OK)
				return hc_db_nomem(store->db);
	}
	return rc == HC_NOTFOUND || rc == HC_INVALID ? HC_OK : rc;
}

/* ---- The whole ---- */

/* positives_20201225.csv: positives. */
static void
propose_source(struct hc_import_sniff *s, const char *file)
{
	const char *slash = strrchr(file, '/'), *p;
	size_t n;

	if (slash != NULL)
		file = slash + 1;
	p = strrchr(file, '.');
	n = p != NULL && p > file ? (size_t)(p - file) : strlen(file);
	while (n > 0 && strchr("0123456789-_. ", file[n - 1]) != NULL)
		n--;
	for (; n > 0 && n >= sizeof(s->source); n--)
		continue;
	while (n > 0 && ((unsigned char)file[n] & 0xc0) == 0x80)
		n--;
	snprintf(s->source, sizeof(s->source), "%.*s", (int)n, file);
	if (n == 0)
		snprintf(s->source, sizeof(s->source), "%s", s->mapping);
}

static enum hc_status
choose(struct hc_import_sniff *s, struct hc_store *store,
    const struct hc_import_headings *headings, struct hc_import_sheet *sheet,
    const struct hc_import_sniff_options *options)
{
	struct hc_import_top top;
	enum hc_status rc;

	rc = hc_import_top_read(&top, store, sheet);
	if (rc == HC_OK)
		rc = hc_import_choose(store, headings, &top, s->rank);
	hc_arena_free(&top.arena);
	s->sure = rc == HC_OK;
	if (rc != HC_OK && rc != HC_NOTFOUND)
		return rc;
	s->mapping = hc_arena_text(&s->arena, options->mapping != NULL ?
	    options->mapping : s->rank[0].mapping);
	if (s->mapping == NULL)
		return hc_db_nomem(store->db);
	if (s->mapping[0] == '\0')
		return hc_db_fail(store->db, HC_INVALID,
		    _("%s: no row holds a heading that any mapping knows"),
		    sheet->name);
	return HC_OK;
}

enum hc_status
hc_import_sniff(struct hc_import_sniff *s, struct hc_store *store,
    struct hc_import_sheet *sheet,
    const struct hc_import_sniff_options *options)
{
	struct hc_import_fit_options fit = { .today = options->today,
	    .headings_only = true };
	struct hc_import_headings headings;
	struct hc_import_map map = { .name = NULL };
	enum hc_status rc;
	size_t i;

	memset(s, 0, sizeof(*s));
	if ((rc = hc_import_heading_load(&headings, store)) != HC_OK ||
	    (rc = choose(s, store, &headings, sheet, options)) != HC_OK)
		goto out;
	fit.mapping = s->mapping;
	if ((rc = hc_import_fit_sheet(&map, store, &headings, sheet,
	    &fit)) != HC_OK)
		goto out;
	propose_source(s, options->file);
	if (take_columns(s, &map) != HC_OK) {
		rc = hc_db_nomem(store->db);
		goto out;
	}
	if ((rc = see_rows(s, store, sheet)) != HC_OK)
		goto out;
	for (i = 0; rc == HC_OK && i < s->ncolumns; i++)
		if (s->columns[i].field == NULL &&
		    hc_import_guess_column(&s->columns[i], &map) != HC_OK)
			rc = hc_db_nomem(store->db);
out:
	hc_import_map_clear(&map);
	hc_import_heading_clear(&headings);
	return rc;
}

void
hc_import_sniff_clear(struct hc_import_sniff *s)
{
	free(s->columns);
	hc_arena_free(&s->arena);
	memset(s, 0, sizeof(*s));
}
