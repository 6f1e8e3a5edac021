/* Boxes that people tick. */
#include <stddef.h>
#include <string.h>

#include "task/import_tick.h"

/* The boxes: ticked ones, then empty ones. */
static const char *const boxes[] = { "☑", "☒", "■", "✓", "✔", "✅", "[レ]",
	"［レ］", "[x]", "[X]", "[✓]", "□", "☐", "◻", "▢", "[ ]", "［ ］",
	"［　］", "[　]" };

#define NBOXES (sizeof(boxes) / sizeof(boxes[0]))
#define NTICKED 11

/* Which box begins ${p}; NBOXES if none. */
static size_t
box_at(const char *p)
{
	size_t i;

	for (i = 0; i < NBOXES; i++)
		if (strncmp(p, boxes[i], strlen(boxes[i])) == 0)
			break;
	return i;
}

/* The first box from ${p} on, or the end. */
static const char *
next_box(const char *p)
{
	while (*p != '\0' && box_at(p) == NBOXES)
		p++;
	return p;
}

/* The bytes of white space, ASCII or full width, that begin ${p}. */
static size_t
space_at(const char *p)
{
	if (strncmp(p, "　", strlen("　")) == 0)
		return strlen("　");
	return *p != '\0' && strchr(" \t\r\n", *p) != NULL;
}

static const char *
skip_space(const char *p)
{
	size_t n;

	while ((n = space_at(p)) > 0)
		p += n;
	return p;
}

/* ${end} without the spaces before it. */
static const char *
cut_space(const char *p, const char *end)
{
	const char *last = p;

	while (p < end)
		if (space_at(p) > 0)
			p += space_at(p);
		else
			last = ++p;
	return last;
}

bool
hc_import_tick_has(const char *text)
{
	return *next_box(text) != '\0' || hc_import_tick_alone(text);
}

bool
hc_import_tick_alone(const char *text)
{
	const char *p = skip_space(text);
	size_t box = box_at(p);

	if (strncmp(p, "レ", strlen("レ")) == 0)
		p += strlen("レ");
	else if (box < NBOXES)
		p += strlen(boxes[box]);
	else
		return false;
	return *skip_space(p) == '\0';
}

bool
hc_import_tick_is_yes_no(const char *text)
{
	static const char *const words[] = { "○", "〇", "◯", "●", "×", "✕",
		"有", "無", "あり", "なし", "有り", "無し", "はい", "いいえ",
		"+", "-", "＋", "－", "1", "0", "Y", "N", "yes", "no",
		"TRUE", "FALSE", "不明" };
	const char *p = skip_space(text);
	const char *end = cut_space(p, p + strlen(p));
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if ((size_t)(end - p) == strlen(words[i]) &&
		    strncmp(p, words[i], strlen(words[i])) == 0)
			return true;
	return hc_import_tick_has(text);
}

static void
add_word(const char *p, const char *end, struct hc_buf *out)
{
	p = skip_space(p);
	if (p >= end || (end = cut_space(p, end)) == p)
		return;
	if (out->len > 0)
		hc_buf_puts(out, "、");
	hc_buf_add(out, p, (size_t)(end - p));
}

/* Words before their boxes: 発熱☑ 咳□. */
static void
chosen_before(const char *text, struct hc_buf *out)
{
	const char *p = text, *box;
	size_t n;

	for (; *(box = next_box(p)) != '\0'; p = box + strlen(boxes[n]))
		if ((n = box_at(box)) < NTICKED)
			add_word(p, box, out);
}

static void
chosen_behind(const char *text, struct hc_buf *out)
{
	const char *p, *end;
	size_t n;

	for (p = next_box(text); *p != '\0'; p = end) {
		n = box_at(p);
		p += strlen(boxes[n]);
		end = next_box(p);
		if (n < NTICKED)
			add_word(p, end, out);
	}
}

void
hc_import_tick_chosen(const char *text, struct hc_buf *out)
{
	const char *p, *last = text;

	if (hc_import_tick_alone(text)) {
		p = skip_space(text);
		if (box_at(p) < NTICKED || box_at(p) == NBOXES)
			hc_buf_puts(out, "○");
		return;
	}
	for (p = next_box(text); *p != '\0'; p = next_box(last))
		last = p + strlen(boxes[box_at(p)]);
	if (box_at(skip_space(text)) == NBOXES && *skip_space(last) == '\0')
		chosen_before(text, out);
	else
		chosen_behind(text, out);
}
