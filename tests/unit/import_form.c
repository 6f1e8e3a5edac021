/* Tests of task/import_form.h and task/import_tick.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "task/import_form.h"
#include "task/import_tick.h"

static const struct {
	const char *text, *chosen;
	bool has, alone;
} ticks[] = {
	{ "", "", false, false },
	{ "男", "", false, false },
	{ "レントゲン", "", false, false },
	{ "☑男 □女", "男", true, false },
	{ "□男　■女", "女", true, false },
	{ "☑発熱 □咳 ☑頭痛（強い）", "発熱、頭痛（強い）", true, false },
	{ "☐発熱\n☒咳\n", "咳", true, false },
	{ "□あり □なし", "", true, false },
	{ "発熱☑ 咳□ 頭痛☑", "発熱、頭痛", true, false },
	{ "症状: ☑発熱 □咳", "発熱", true, false },
	{ "[レ]有 [ ]無", "有", true, false },
	{ "［　］有 ［レ］無", "無", true, false },
	{ "☑", "○", true, true },
	{ " レ ", "○", true, true },
	{ "□", "", true, true },
	{ "☑ 発熱\n", "発熱", true, false },
	{ "☑☑発熱", "発熱", true, false },
};

static void
chooses(void **state)
{
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++) {
		hc_buf_clear(&out);
		if (ticks[i].has)
			hc_import_tick_chosen(ticks[i].text, &out);
		assert_string_equal(hc_buf_text(&out), ticks[i].chosen);
		assert_int_equal(hc_import_tick_has(ticks[i].text),
		    ticks[i].has);
		assert_int_equal(hc_import_tick_alone(ticks[i].text),
		    ticks[i].alone);
	}
	hc_buf_free(&out);
	assert_true(hc_import_tick_is_yes_no("○"));
	assert_true(hc_import_tick_is_yes_no(" なし "));
	assert_true(hc_import_tick_is_yes_no("☑あり □なし"));
	assert_false(hc_import_tick_is_yes_no("3日前から"));
	assert_false(hc_import_tick_is_yes_no(""));
}

/* Rows between ';' (a blank one is not there), cells between '|', "*" before
   the text of a cell that repeats a merged one. */
static void
draw(struct hc_grid *grid, const char *text)
{
	struct hc_book_cell cells[16];
	struct hc_book_row row = { .cells = cells };
	char *copy = strdup(text), *line, *cell, *rest = copy, *in;

	assert_non_null(copy);
	while ((line = strsep(&rest, ";")) != NULL) {
		row.number++;
		row.ncells = 0;
		if (*line == '\0')
			continue;
		for (in = line; (cell = strsep(&in, "|")) != NULL; ) {
			cells[row.ncells++] = (struct hc_book_cell){
			    .text = cell + (*cell == '*'),
			    .kind = *cell == '\0' ? HC_BOOK_EMPTY :
			    HC_BOOK_TEXT, .merged = *cell == '*' };
		}
		assert_int_equal(hc_grid_add(grid, &row, NULL), HC_OK);
	}
	free(copy);
}

static enum hc_import_form_word
word(void *arg, const char *text)
{
	static const char *const labels[] = { "氏名", "年齢", "性別", "症状",
		"備考", "検査日", "結果" };
	static const char *const marks[] = { "発熱", "咳" };
	size_t i;

	(void)arg;
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (strcmp(text, labels[i]) == 0)
			return HC_IMPORT_FORM_LABEL;
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(text, marks[i]) == 0)
			return HC_IMPORT_FORM_MARK;
	return HC_IMPORT_FORM_TEXT;
}

static const struct {
	const char *sheet, *values;
} cases[] = {
	/* To the right; two in a row; blank ones. */
	{ "調査票;氏名|保健 太郎;年齢|36", "氏名=保健 太郎@B2 年齢=36@B3" },
	{ "氏名|保健|年齢|36;性別||備考|x",
	    "氏名=保健@B1 年齢=36@D1 性別=@B2 備考=x@D2" },
	{ "氏名:|保健;年齢 ：|36", "氏名:=保健@B1 年齢 ：=36@B2" },
	{ "性別||;氏名|保健", "性別=@B1 氏名=保健@B2" },
	{ "年齢", "年齢=@B1" },
	/* Merged labels and values. */
	{ "氏名|*氏名|保健|*保健|年齢|36", "氏名=保健@C1 年齢=36@F1" },
	{ "氏名|保健;*氏名|ほけん;年齢|36", "氏名=保健@B1 年齢=36@B3" },
	/* Below, where labels stand side by side. */
	{ "氏名|年齢|性別;保健|36|男", "氏名=保健@A2 年齢=36@B2 性別=男@C2" },
	{ "氏名|年齢|性別;|36|", "氏名=@A2 年齢=36@B2 性別=@C2" },
	{ "氏名|年齢;保健|36;健康|40", "氏名=保健@A2+ 年齢=36@B2+" },
	{ "氏名|年齢;保健|36;検査日|3/1",
	    "氏名=保健@A2 年齢=36@B2 検査日=3/1@B3" },
	/* Below, where the label has the row; not a hint below a blank. */
	{ "備考|*備考|*備考;よく休む|*よく休む", "備考=よく休む@A2" },
	{ "備考|*備考;氏名|保健", "備考=@C1 氏名=保健@B2" },
	{ "年齢|;※満年齢", "年齢=@B1" },
	/* In the same cell. */
	{ "氏名：保健 太郎|年齢: 36", "氏名=保健 太郎@A1 年齢= 36@B1" },
	{ "氏名：保健\n年齢：36\n住所：x", "氏名=保健@A1 年齢=36@A1" },
	{ "性別：☑男 □女", "性別=男@A1" },
	{ "連絡先：x|時刻 10:30", "" },
	/* Ticks. */
	{ "性別|□男 ☑女|年齢|36", "性別=女@B1 年齢=36@D1" },
	{ "症状|☑発熱|□咳|☑頭痛;年齢|36",
	    "症状=発熱、頭痛@B1 年齢=36@B2" },
	{ "症状|☑|発熱|□|咳|☑|頭痛", "症状=発熱、頭痛@B1" },
	{ "症状|□発熱|*□発熱|☑咳|*☑咳|備考|x",
	    "症状=咳@B1 備考=x@G1" },
	{ "症状|☑発熱|検査日|3/1", "症状=発熱@B1 検査日=3/1@D1" },
	/* Words that are labels only before a yes or no. */
	{ "症状|発熱|検査日|3/1", "症状=発熱@B1 検査日=3/1@D1" },
	{ "発熱|○|咳|×", "発熱=○@B1 咳=×@D1" },
	{ "発熱|咳;あり|なし", "発熱=あり@A2 咳=なし@B2" },
	{ "発熱|☑;咳|□", "発熱=○@B1 咳=@B2" },
	{ "", "" },
};

static void
dump(const struct hc_import_form *form, struct hc_buf *out)
{
	const struct hc_import_form_value *v;
	char letter[8];
	size_t i;

	hc_buf_clear(out);
	for (i = 0; i < form->count; i++) {
		v = &form->values[i];
		hc_book_letter(v->column, letter);
		hc_buf_printf(out, "%s%s=%s@%s%zu%s", i > 0 ? " " : "",
		    v->heading, v->cell.text, letter, v->row,
		    v->more ? "+" : "");
	}
}

static void
reads(void **state)
{
	const struct hc_import_form_ways ways = { .word = word };
	struct hc_import_form form = { .count = 0 };
	struct hc_grid grid = { .count = 0 };
	struct hc_buf out = HC_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		draw(&grid, cases[i].sheet);
		assert_int_equal(hc_import_form_read(&form, &grid, &ways),
		    HC_OK);
		dump(&form, &out);
		assert_string_equal(hc_buf_text(&out), cases[i].values);
		hc_import_form_clear(&form);
		hc_grid_free(&grid);
	}
	hc_buf_free(&out);
}

static void
places(void **state)
{
	static const char *const names[] = { "B2", "A9", "ZZZZ1", "B0", "2",
		"XFD1048576", "a1", "C1x", "C1" };
	const struct hc_import_form_ways ways = { word, NULL, names,
		sizeof(names) / sizeof(names[0]) };
	struct hc_import_form form = { .count = 0 };
	struct hc_grid grid = { .count = 0 };
	struct hc_buf out = HC_BUF_INIT;

	(void)state;
	draw(&grid, "表|x|□男 ☑女;|保健 太郎");
	assert_int_equal(hc_import_form_read(&form, &grid, &ways), HC_OK);
	dump(&form, &out);
	assert_string_equal(hc_buf_text(&out),
	    "B2=保健 太郎@B2 A9=@A9 XFD1048576=@XFD1048576 C1=女@C1");
	hc_import_form_clear(&form);
	hc_grid_free(&grid);
	hc_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chooses),
		cmocka_unit_test(reads),
		cmocka_unit_test(places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
