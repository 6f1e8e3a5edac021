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
#define LONGEST 90	/* bytes; a longer cell is a sentence */

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
	    "；", "-", "－" };
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

static bool solve(struct share *s, const char *text, size_t want);

/* Let column ${k} take the beginning of ${text}, as much as it can. */
static bool
take(struct share *s, size_t k, const char *text, size_t want)
{
	size_t len;

	for (len = strlen(text); len > 0; len--) {
		if (((unsigned char)text[len] & 0xc0) == 0x80 ||
		    !readable(s, k, text, len))
			continue;
		s->at[k] = text;
		s->len[k] = len;
		if (solve(s, text + len, want - 1))
			return true;
		s->at[k] = NULL;
	}
	return false;
}

/* Share ${text} out among ${want} columns that have nothing yet; a field of
   words takes what the others cannot read. */
static bool
solve(struct share *s, const char *text, size_t want)
{
	bool words;
	size_t k, pass;

	while (mark(text) > 0)
		text += mark(text);
	if (*text == '\0' || want == 0)
		return *text == '\0' && want == 0;
	for (pass = 0; pass < 2; pass++)
		for (k = 0; k < s->n; k++) {
			words = s->columns[k]->field->type == HC_TYPE_TEXT;
			if (s->at[k] == NULL && words == (pass == 1) &&
			    take(s, k, text, want))
				return true;
		}
	return false;
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
	size_t own = find_sharers(&s, map, column), want;
	bool solved = false;

	if (hc_absence_read(text) != NULL) {
		hc_buf_puts(part, text);
		return hc_buf_failed(part) ? hc_error_nomem(err) : HC_OK;
	}
	for (want = s.n; want > 0 && !solved && strlen(text) <= LONGEST;
	    want--)
		solved = solve(&s, text, want);
	if (!solved && own == 0)
		return no_share(&s, text, err);
	if (s.at[own] != NULL)
		hc_buf_add(part, s.at[own], s.len[own]);
	return hc_buf_failed(part) ? hc_error_nomem(err) : HC_OK;
}
