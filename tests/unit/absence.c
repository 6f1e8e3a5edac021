/* base/absence.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/absence.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *cell, *code;	/* NULL: a value */
} cells[] = {
	{ "調査中", "investigating" }, { " 調査中　", "investigating" },
	{ "（調査中）", "investigating" }, { "【調査中】", "investigating" },
	{ "((調査中))", "investigating" }, { "調 査 中", "investigating" },
	{ "調査中。", "investigating" }, { "確認中", "investigating" },
	{ "聞き取り中", "investigating" },
	{ "不明", "unknown" }, { "わからない", "unknown" },
	{ "ワカラナイ", "unknown" }, { "ﾜｶﾗﾅｲ", "unknown" },
	{ "Unknown", "unknown" },
	{ "非公表", "withheld" }, { "非公表 ", "withheld" },
	{ "非公開", "withheld" }, { "公表しない", "withheld" },
	{ "症状なし", "no_symptoms" }, { "無症状", "no_symptoms" },
	{ "なし", "none" }, { "ナシ", "none" }, { "ﾅｼ", "none" },
	{ "無し", "none" }, { "無", "none" }, { "特になし", "none" },
	{ "該当なし", "not_applicable" }, { "N/A", "not_applicable" },
	{ "Ｎ／Ａ", "not_applicable" }, { "対象外", "not_applicable" },
	{ "未入力", "not_entered" }, { "記載なし", "not_entered" },
	{ "未定", "pending" }, { "結果待ち", "pending" },
	{ "回答拒否", "refused" },
	{ "-", "dash" }, { "－", "dash" }, { "−", "dash" }, { "‐", "dash" },
	{ "―", "dash" }, { "ー", "dash" }, { "ｰ", "dash" }, { "--", "dash" },
	{ "－－", "dash" }, { "・・・", "dash" }, { "…", "dash" },
	{ "（－）", "dash" }, { " － ", "dash" }, { "/", "dash" },

	{ "", NULL }, { " ", NULL }, { "()", NULL }, { "　", NULL },
	{ "50代", NULL }, { "無職", NULL }, { "不明瞭", NULL },
	{ "調査中学校", NULL }, { "なしだ", NULL }, { "主婦", NULL },
	{ "0", NULL }, { "-1", NULL }, { "1-2", NULL }, { "a", NULL },
	{ "n", NULL }, { "○", NULL }, { "×", NULL }, { "症状", NULL },
	{ "調査中 不明", NULL }, { "#N/A", NULL }, { "エラー:502", NULL },
	{ "\xff", NULL }, { "〃", NULL }, { "同上", NULL },
};

static void
test_read(void **state)
{
	const char *code;
	size_t i;

	(void)state;
	for (i = 0; i < N(cells); i++) {
		code = hc_absence_read(cells[i].cell);
		if ((code == NULL) != (cells[i].code == NULL) ||
		    (code != NULL && strcmp(code, cells[i].code) != 0))
			fail_msg("'%s': %s", cells[i].cell,
			    code != NULL ? code : "a value");
	}
}

/* Every word of the table, as people write it. */
static const struct {
	const char *code, *words;
} all[] = {
	{ "investigating", "調査中 確認中 聞き取り中 聞取り中 聞取中 聴取中 "
	    "問い合わせ中 照会中 現在調査中 疫学調査中 現在確認中 "
	    "精査中" },
	{ "unknown", "不明 不詳 未詳 わからない 分からない 判らない わからず "
	    "不明です 詳細不明 未確認 確認できず 覚えていない unknown" },
	{ "withheld", "非公表 非公開 公表しない 公表せず 未公表 不公表 "
	    "公表不可 本人の希望により非公表 withheld" },
	{ "no_symptoms", "症状なし 症状無し 症状無 無症状 自覚症状なし "
	    "自覚症状無し 特に症状なし" },
	{ "none", "なし 無し 無 特になし 特に無し 特記なし 特記事項なし "
	    "特記事項無し 特段なし none" },
	{ "not_applicable", "該当なし 該当無し 該当せず 非該当 該当しない "
	    "対象外 n/a na" },
	{ "not_entered", "未入力 未記入 無記入 空欄 空白 記載なし 記載無し "
	    "記入なし 記入無し 未記載 入力なし blank" },
	{ "pending", "未定 調整中 結果待ち 結果待 検査中 判定中 未判明 "
	    "判明待ち 判明次第 検討中 後日 後日確認 未決定" },
	{ "refused", "拒否 回答拒否 聴取拒否 調査拒否 協力拒否 回答を拒否 "
	    "回答せず 本人拒否" },
};

static void
test_words(void **state)
{
	char line[512], *word, *rest;
	const char *code;
	size_t i;

	(void)state;
	for (i = 0; i < N(all); i++) {
		strncpy(line, all[i].words, sizeof(line) - 1);
		line[sizeof(line) - 1] = '\0';
		rest = line;
		while ((word = strsep(&rest, " ")) != NULL) {
			code = hc_absence_read(word);
			if (code == NULL || strcmp(code, all[i].code) != 0)
				fail_msg("'%s'", word);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
