/*
 * A cell that several fields share.  All ways to cut it are tried, longest
 * pieces first: such cells are short, and each is cut once (import_row.c
 * remembers words).
 */
#include <string.h>

#include "base/absence.h"
#include "base/i18n.h"

#include "task/import_share.h"

#define SHARERS 4
#define LONGEST 240	/* bytes; a longer cell is a text */

struct share {
	const struct hc_import_cell_rule *rule;
	const struct hc_import_column *columns[SHARERS];
	size_t n;
	const char *at[SHARERS];	/* whose piece begins where; NULL */
	size_t len[SHARERS];
};

/* The length of the mark at ${p}; 0 if a word begins there. */
static size_t
mark(const char *p)
{
	static const char *const marks[] = { " ", "\u3000", "\n", "\t", "・",
	    "、", "，", ",", "/", "／", "(", ")", "（", "）", ":", "：", ";",
	    "；", "-", "－", "の" };
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strncmp(p, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static bool
readable(const struct share *s, size_t k, const char *text, size_t len)
{
	struct hc_arena arena = { NULL };
	struct hc_buf piece = HC_BUF_INIT;
	struct hc_import_cell cell;
	bool can;

	hc_buf_add(&piece, text, len);
	can = hc_import_cell_read(s->rule, s->columns[k],
	    hc_buf_text(&piece), &arena, &cell, NULL) == HC_OK &&
	    (cell.text != NULL || cell.band != NULL);
	hc_buf_free(&piece);
	hc_arena_free(&arena);
	return can;
}

static bool
takes_words(const struct hc_import_column *c)
{
	return c->how == HC_IMPORT_FIELD && c->field->type == HC_TYPE_TEXT;
}

static bool
ends_in_mark(const char *text, size_t len)
{
	size_t i;

	for (i = len; i-- > 0;)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return mark(text + i) > 0;
	return false;
}

static bool solve(struct share *s, const char *text, size_t want,
    bool words);

/* Let column ${k} take the beginning of ${text}, as much as it can. */
static bool
take(struct share *s, size_t k, const char *text, size_t want, bool words)
{
	size_t len;

	for (len = strlen(text); len > 0; len--) {
		if (((unsigned char)text[len] & 0xc0) == 0x80 ||
		    ends_in_mark(text, len) || !readable(s, k, text, len))
			continue;
		s->at[k] = text;
		s->len[k] = len;
		if (solve(s, text + len, want, words))
			return true;
		s->at[k] = NULL;
	}
	return false;
}

/*
 * Share ${text} out among ${want} columns that have nothing yet and, with
 * ${words}, one of plain text, which takes what they cannot read.
 */
static bool
solve(struct share *s, const char *text, size_t want, bool words)
{
	size_t k;

	while (mark(text) > 0)
		text += mark(text);
	if (*text == '\0')
		return want == 0 && !words;
	for (k = 0; want > 0 && k < s->n; k++)
		if (s->at[k] == NULL && !takes_words(s->columns[k]) &&
		    take(s, k, text, want - 1, words))
			return true;
	for (k = 0; words && k < s->n; k++)
		if (s->at[k] == NULL && takes_words(s->columns[k]) &&
		    take(s, k, text, want, false))
			return true;
	return false;
}

/* As many columns as possible, and words only if there are some left. */
static bool
share_out(struct share *s, const char *text)
{
	size_t k, want = 0;

	for (k = 0; k < s->n; k++)
		want += !takes_words(s->columns[k]);
	if (strlen(text) > LONGEST)
		return false;
	for (; ; want--) {
		if (solve(s, text, want, false) || solve(s, text, want, true))
			return true;
		if (want == 0)
			return false;
	}
}

static size_t
find_sharers(struct share *s, const struct hc_import_map *map, size_t column)
{
	const struct hc_import_column *c = &map->columns[column];
	size_t i, own = 0;

	for (i = 0; i < map->ncolumns && s->n < SHARERS; i++)
		if (map->columns[i].at == c->at && map->columns[i].shared &&
		    map->columns[i].how != HC_IMPORT_NONE) {
			if (&map->columns[i] == c)
				own = s->n;
			s->columns[s->n++] = &map->columns[i];
		}
	return own;
}

static enum hc_status
no_share(const struct share *s, const char *text, struct hc_error *err)
{
	struct hc_buf labels = HC_BUF_INIT;
	size_t i;

	for (i = 0; i < s->n; i++)
		hc_buf_printf(&labels, "%s%s", i > 0 ? ", " : "",
		    hc_catalogue_label(s->columns[i]->field));
	hc_error_set(err, HC_INVALID, _("'%s' holds words that are none of "
	    "these: %s"), text, hc_buf_text(&labels));
	hc_buf_free(&labels);
	return HC_INVALID;
}

enum hc_status
hc_import_share_part(const struct hc_import_cell_rule *rule,
    const struct hc_import_map *map, size_t column, const char *text,
    struct hc_buf *part, struct hc_error *err)
{
	struct share s = { .rule = rule };
	size_t own = find_sharers(&s, map, column);

	if (hc_absence_read(text) != NULL) {
		if (!takes_words(&map->columns[column]))
			hc_buf_puts(part, text);
		return hc_buf_failed(part) ? hc_error_nomem(err) : HC_OK;
	}
	if (!share_out(&s, text) && own == 0)
		return no_share(&s, text, err);
	if (s.at[own] != NULL)
		hc_buf_add(part, s.at[own], s.len[own]);
	return hc_buf_failed(part) ? hc_error_nomem(err) : HC_OK;
}
