/* Rows of a list that hold no data. */
#include <string.h>

#include "base/fold.h"
#include "task/import_top.h"

#include "task/import_skip.h"

/* What stands in a row: a cell that is merged over several counts once. */
struct line {
	const char *first;	/* NULL if the row is empty */
	size_t filled;
};

static struct line
line_of(const struct hc_import_map *map, const struct hc_import_sheet *sheet)
{
	struct line line = { NULL, 0 };
	const char *text, *last = "";
	size_t i;

	for (i = 0; i < map->nsheet; i++) {
		text = hc_import_sheet_cell(sheet, i);
		if (text[0] != '\0' && strcmp(text, last) != 0) {
			last = text;
			if (line.filled++ == 0)
				line.first = text;
		}
	}
	return line;
}

/* Is ${text} the heading, or one of two rows of it? */
static bool
says(const char *heading, const char *text)
{
	size_t n = strlen(text), len = strlen(heading);

	if (len <= n)
		return strcmp(heading, text) == 0;
	return (heading[n] == ' ' && strncmp(heading, text, n) == 0) ||
	    (heading[len - n - 1] == ' ' &&
	    strcmp(heading + len - n, text) == 0);
}

/* The headings once more, as on each printed page? */
static bool
is_heading(const struct hc_import_map *map,
    const struct hc_import_sheet *sheet)
{
	size_t i, same = 0, filled = 0;
	const char *text;

	for (i = 0; i < map->nsheet; i++) {
		text = hc_import_sheet_cell(sheet, i);
		filled += text[0] != '\0';
		same += text[0] != '\0' &&
		    says(map->columns[i].heading, text);
	}
	return same > 1 && same * 2 > filled;
}

/* 合計 123人 at the end, and not much beside it? */
static bool
is_total(const struct line *line)
{
	static const char *const words[] = { "合計", "総計", "小計", "計",
	    "総数" };
	struct hc_buf key = HC_BUF_INIT;
	bool total = false;
	size_t i;

	if (line->first == NULL || line->filled > 3)
		return false;
	hc_fold_name(&key, line->first);
	for (i = 0; i < sizeof(words) / sizeof(words[0]) && !total; i++)
		total = strncmp(hc_buf_text(&key), words[i],
		    strlen(words[i])) == 0;
	hc_buf_free(&key);
	return total;
}

/* ※ and what one should know, alone in its row; or ## of programs. */
static bool
is_note(const struct line *line)
{
	static const char *const marks[] = { "※", "＊", "*", "注）", "注)",
	    "（注", "(注", "注：", "注:" };
	size_t i;

	if (line->first == NULL)
		return false;
	if (strncmp(line->first, "##", 2) == 0)
		return true;
	for (i = 0; line->filled == 1 &&
	    i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strncmp(line->first, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

/* 令和3年 alone in a row: the year of the dates below it; 0. */
static int
year_of(const struct line *line)
{
	size_t len = line->filled == 1 ? strlen(line->first) : 0;

	if (len < strlen("年") ||
	    strcmp(line->first + len - strlen("年"), "年") != 0)
		return 0;
	return hc_import_top_year(line->first);
}

bool
hc_import_skip(const struct hc_import_map *map,
    const struct hc_import_sheet *sheet, int *year)
{
	struct line line = line_of(map, sheet);

	*year = year_of(&line);
	return *year != 0 || is_heading(map, sheet) || is_total(&line) ||
	    is_note(&line);
}
