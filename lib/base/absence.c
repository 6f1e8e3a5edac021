/* Reasons for absence: a table of words, compared as keys of base/fold.h. */
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/utf8.h"

#include "base/absence.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define LONGEST 120	/* bytes; longer cells are values unread */

/* Words are written as hc_fold_name() gives them; tests read each. */
static const struct {
	const char *code;
	const char *words;	/* parted by spaces */
} reasons[] = {
	{ "investigating", "調査中 確認中 聞き取り中 聞取り中 聞取中 聴取中 "
	    "問い合わせ中 照会中 現在調査中 疫学調査中 現在確認中 精査中" },
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

static const char dash[] = "dash";

/* Marks that stand for nothing. */
static bool
is_mark(unsigned int c)
{
	static const unsigned int marks[] = { '-', '/', '.', '~', 0xb7, 0x2010,
	    0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2025, 0x2026, 0x2212,
	    0x2500, 0x2501, 0x301c, 0x30fb, 0x30fc, 0xfe63, 0xff0d, 0xff0e,
	    0xff0f, 0xff5e, 0xff65, 0xff70 };
	size_t i;

	for (i = 0; i < N(marks); i++)
		if (marks[i] == c)
			return true;
	return false;
}

static bool
is_bracket(unsigned int c)
{
	return c == '(' || c == ')' || c == '[' || c == ']' || c == '<' ||
	    c == '>' || (c >= 0x3008 && c <= 0x3011) || c == 0x3014 ||
	    c == 0x3015 || c == 0xff08 || c == 0xff09 || c == 0xff3b ||
	    c == 0xff3d || c == 0xff1c || c == 0xff1e;
}

/* Nothing but marks, brackets and spaces, and at least one mark? */
static bool
all_marks(const char *cell)
{
	bool mark = false;
	unsigned int c;

	while ((c = hc_utf8_next(&cell)) != 0) {
		if (is_mark(c))
			mark = true;
		else if (!is_bracket(c) && c != ' ' && c != '\t' && c != '\n' &&
		    c != '\r' && c != 0x3000 && c != 0xa0)
			return false;
	}
	return mark;
}

/* Cut brackets off both ends of ${key}; it may be changed. */
static char *
unbracket(char *key)
{
	const char *p = key;
	char *end = key + strlen(key), *last;

	while (is_bracket(hc_utf8_next(&p)))
		key += p - key;
	for (;;) {
		for (last = end; last > key &&
		    ((unsigned char)*--last & 0xc0) == 0x80;)
			;
		p = last;
		if (last >= end || !is_bracket(hc_utf8_next(&p)))
			break;
		end = last;
	}
	*end = '\0';
	return key;
}

/* Is ${key} one of ${words}? */
static bool
one_of(const char *words, const char *key, size_t len)
{
	const char *at = words;

	while ((at = strstr(at, key)) != NULL) {
		if ((at == words || at[-1] == ' ') &&
		    (at[len] == ' ' || at[len] == '\0'))
			return true;
		at += len;
	}
	return false;
}

const char *
hc_absence_read(const char *cell)
{
	struct hc_buf key = HC_BUF_INIT;
	const char *found = NULL, *text;
	size_t i;

	if (strlen(cell) > LONGEST)
		return NULL;
	if (all_marks(cell))
		return dash;
	hc_fold_name(&key, cell);
	if (key.len > 0 && !key.failed) {
		text = unbracket(key.data);
		for (i = 0; i < N(reasons) && text[0] != '\0'; i++)
			if (one_of(reasons[i].words, text, strlen(text)))
				found = reasons[i].code;
	}
	hc_buf_free(&key);
	return found;
}
