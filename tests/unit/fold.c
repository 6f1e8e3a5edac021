/* base/fold.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include <cmocka.h>

#include "base/fold.h"
#include "base/utf8.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define VARIANTS "lib/base/variants.tsv"
#define SHARED "../shared/data/names/"

typedef void folding(struct hc_buf *, const char *);

/* The key of ${in}; good until the next call but three. */
static const char *
key(folding *fold, const char *in)
{
	static struct hc_buf bufs[4];
	static size_t next;
	struct hc_buf *buf = &bufs[next++ % N(bufs)];

	hc_buf_clear(buf);
	fold(buf, in);
	assert_false(hc_buf_failed(buf));
	return hc_buf_text(buf);
}

static const struct {
	const char *in, *text, *name;
} keys[] = {
	{ "", "", "" },
	{ " \t\n", "", "" },
	{ "高橋花子", "高橋花子", "高橋花子" },
	{ "　髙橋 　花子 ", "高橋 花子", "高橋花子" },
	{ "タカハシ", "たかはし", "たかはし" },
	{ "ﾀｶﾊｼ ｼﾞﾛｳ", "たかはし じろう", "たかはしじろう" },
	{ "ﾊﾟｯﾊﾟ", "ぱっぱ", "ぱっぱ" },
	{ "カ゛イ゜", "がい", "がい" },		/* spacing marks */
	{ "か\xe3\x82\x99う\xe3\x82\x99", "がゔ", "がゔ" },
	{ "ヴァージニア", "ゔぁーじにあ", "ゔぁーじにあ" },
	{ "Nguyễn Văn Đức", "nguyen van duc", "nguyenvanduc" },
	{ "NGUYE\xcc\x82\xcc\x83N", "nguyen", "nguyen" },
	{ "Đặng Øystein Łukasz Straße Æ", "dang oystein lukasz strasse ae",
	    "dangoysteinlukaszstrasseae" },
	{ "O'Brien-Smith", "obrien smith", "obriensmith" },
	{ "O’Brien", "obrien", "obrien" },
	{ "Ｏ＇ＢＲＩＥＮ", "obrien", "obrien" },
	{ "ジョン・スミス", "じょん すみす", "じょんすみす" },
	{ "ｼﾞｮﾝ･ｽﾐｽ", "じょん すみす", "じょんすみす" },
	{ "Dr. Nguyen, A", "dr. nguyen, a", "drnguyena" },
	{ "佐々木", "佐佐木", "佐佐木" },
	{ "々", "々", "々" },
	{ "みすゞ", "みすず", "みすず" },
	{ "いすヾ", "いすず", "いすず" },
	{ "ゝ", "ゝ", "ゝ" },
	{ "コ-ヒ-", "こーひー", "こーひー" },
	{ "コ－ヒ－ 2", "こーひー 2", "こーひー2" },
	{ "コーポ-201", "こーぽ 201", "こーぽ201" },
	{ "1-2-3", "1 2 3", "123" },
	{ "1−2‐3", "1 2 3", "123" },
	{ "茅ヶ崎", "茅け崎", "茅け崎" },
	{ "茅ケ崎", "茅け崎", "茅け崎" },
	{ "㈱①Ａ", "(株)1a", "(株)1a" },
	{ "⒈ⅳ", "1.iv", "1iv" },
	{ "辻\xf3\xa0\x84\x81", "辻", "辻" },
	{ "\xef\xa8\x90本", "塚本", "塚本" },	/* U+FA10 */
	{ "⼭⽥", "山田", "山田" },		/* Kangxi radicals */
	{ "ａ\xe2\x80\x8b\xc2\xad\xef\xbb\xbfｂ", "ab", "ab" },
	{ "한국", "한국", "한국" },
	{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한", "한" },
	{ "ИВАНОВ", "иванов", "иванов" },
	{ "\xff" "a", "\xef\xbf\xbd" "a", "\xef\xbf\xbd" "a" },
};

static void
test_keys(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N(keys); i++) {
		assert_string_equal(key(hc_fold_text, keys[i].in),
		    keys[i].text);
		assert_string_equal(key(hc_fold_name, keys[i].in),
		    keys[i].name);
	}
}

/* The words of each line meet under the key (or, after "!", do not). */
static void
check_groups(folding *fold, const char *const *lines, size_t n)
{
	char line[512], first[128], *word, *rest;
	size_t i;
	bool meet;

	for (i = 0; i < n; i++) {
		snprintf(line, sizeof(line), "%s", lines[i]);
		rest = line;
		meet = true;
		first[0] = '\0';
		while ((word = strsep(&rest, " ")) != NULL) {
			if (strcmp(word, "!") == 0)
				meet = false;
			else if (first[0] == '\0')
				snprintf(first, sizeof(first), "%s",
				    key(fold, word));
			else if ((strcmp(key(fold, word), first) == 0) != meet)
				fail_msg("%s: '%s' has '%s', not '%s'",
				    lines[i], word, key(fold, word), first);
		}
	}
}

static void
test_variants_meet(void **state)
{
	static const char *const lines[] = {
		"高 髙 ! 橋",
		"崎 﨑 嵜 ! 埼 碕",
		"辺 邊 邉 边 ! 迎",
		"斎 齋 斉 齊 斋",
		"沢 澤 泽", "浜 濱 濵 滨", "広 廣", "国 國 国 囯 圀",
		"島 嶋 嶌 岛", "吉 𠮷 ! 古", "桜 櫻 樱", "弥 彌", "恵 惠",
		"真 眞", "薮 藪 籔", "館 舘", "富 冨", "峰 峯", "桑 桒",
		"柳 栁", "竜 龍 龙", "亀 龜", "礼 禮", "徳 德", "曽 曾",
		"野 埜", "鶴 靏 靍 鸖", "鉄 鐵 銕", "蔵 藏", "寿 壽", "梅 楳",
		"張 张", "陳 陈", "劉 刘", "楊 杨",
		/* different characters */
		"太 ! 大 犬", "未 ! 末", "土 ! 士", "已 ! 己 巳",
		"栃 ! 担", "財 ! 賊", "堺 ! 界", "畑 ! 畠", "藤 ! 籐",
		"著 ! 着", "祇 ! 祗", "埼 ! 崎", "干 ! 于 千",
	};

	(void)state;
	check_groups(hc_fold_name, lines, N(lines));
}

static void
test_romaji(void **state)
{
	static const char *const lines[] = {
		"takahashi たかはし タカハシ ﾀｶﾊｼ TAKAHASHI takahasi "
		    "! takanashi tanahashi",
		"shoko syoko しょこ", "Shoko syouko しょうこ shohko Shōko",
		"tsuji tuji つじ tsuzi", "jiro zirou じろう ジロー ぢろう",
		"fumi humi ふみ", "Ohno Ono Oono Ōno おおの オオノ おの",
		"sato satou satoh satō さとう サトー", "yuki yuuki yūki ゆうき",
		"Ohtsuka otsuka おおつか", "Ohara おおはら おはら",
		"honma homma ほんま", "shimbashi shinbashi sinbasi しんばし",
		"hattori はっとり ハットリ ! hatori",
		"maccha matcha mattya まっちゃ",
		"junichi jun'ichi じゅんいち zyuniti", "kyoko kyouko きょうこ",
		"fa ファ", "william ! ウィリアム", "che チェ tye cye",
		"wi ウィ", "kwa クァ", "chu ちゅ tyu", "ja じゃ ぢゃ jya zya",
		"ou o おう おー", "inoue いのうえ", "niigata にいがた",
		"高橋たかし 髙橋タカシ 高橋takashi",
	};

	(void)state;
	check_groups(hc_fold_romaji, lines, N(lines));
}

static void
test_sound(void **state)
{
	static const char *const lines[] = {
		"おおの おの オーノ Ohno", "さとう さと サトー sato",
		"ヴァイオレット バイオレット", "ヴ ブ", "づ ず", "ぢ じ",
		"がとう かとう", "しょうこ しようこ ｼﾖｳｺ",
		"はっとり はつとり ﾊﾂﾄﾘ",
		"Lee Ree ! Mee", "Victor Bictor", "Scott Scot", "Anna Ana",
		"Kahn Kan", "けいこ けえこ けこ keiko", "たなか だなか タナガ",
		"ばば はは ぱぱ", "Zhang Jang", "Phan Fan",
		"きょうこ きようこ kiyoko",
		"たなか ! たかな なかた", "すずき ! すぎた",
		"やまだ ! やまぐち",
	};

	(void)state;
	check_groups(hc_fold_sound, lines, N(lines));
}

static folding *const foldings[] = { hc_fold_text, hc_fold_name,
    hc_fold_romaji, hc_fold_sound };

/* Every character alone: valid, and a key of itself. */
static void
test_stable(void **state)
{
	struct hc_buf in = HC_BUF_INIT;
	const char *once;
	unsigned int c;
	size_t i;

	(void)state;
	for (c = 1; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		hc_buf_clear(&in);
		hc_buf_codepoint(&in, c);
		for (i = 0; i < N(foldings); i++) {
			once = key(foldings[i], hc_buf_text(&in));
			if (!hc_utf8_valid(once, strlen(once), NULL) ||
			    strcmp(once, key(foldings[i], once)) != 0)
				fail_msg("U+%04X: '%s'", c, once);
		}
	}
	hc_buf_free(&in);
}

/*
 * Every character between letters has the key of its NFKC form with case
 * folded, and of its decomposition, as utf8proc makes them: the table is
 * right about all of Unicode.  Except spacing accents, which are an accent
 * on a space there, and two Arabic phrases in one character.
 */
static void
test_against_utf8proc(void **state)
{
	static const int forms[] = {
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
		    UTF8PROC_CASEFOLD,
		UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
		UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
	};
	struct hc_buf in = HC_BUF_INIT;
	utf8proc_uint8_t *form;
	unsigned int c;
	size_t i;

	(void)state;
	for (c = 1; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		hc_buf_clear(&in);
		hc_buf_codepoint(&in, c);
		for (i = 0; i < N(forms); i++) {
			assert_true(utf8proc_map((const utf8proc_uint8_t *)
			    hc_buf_text(&in), 0, &form, UTF8PROC_NULLTERM |
			    (utf8proc_option_t)forms[i]) >= 0);
			if ((strchr((char *)form, ' ') == NULL ||
			    form[1] == '\0') &&
			    strcmp(key(hc_fold_text, hc_buf_text(&in)),
			    key(hc_fold_text, (char *)form)) != 0)
				fail_msg("U+%04X: '%s', '%s'", c,
				    key(hc_fold_text, hc_buf_text(&in)),
				    key(hc_fold_text, (char *)form));
			free(form);
		}
	}
	hc_buf_free(&in);
}

/* Open a file of the data that may lie beside the repository, or skip. */
static FILE *
open_or_skip(const char *path)
{
	FILE *file = fopen(path, "r");

	if (file == NULL) {
		print_message("no %s\n", path);
		skip();
	}
	return file;
}

static void
test_variants_file(void **state)
{
	FILE *file = open_or_skip(VARIANTS);
	char line[256], variant[16], to[16];
	size_t pairs = 0;

	(void)state;
	while (fgets(line, sizeof(line), file) != NULL) {
		if (line[0] == '#' ||
		    sscanf(line, "%15s %15s", variant, to) != 2 ||
		    strcmp(variant, "variant") == 0)
			continue;
		pairs++;
		assert_string_equal(key(hc_fold_name, variant), to);
		assert_string_equal(key(hc_fold_name, to), to);
	}
	assert_true(pairs > 1000);
	fclose(file);
}

/* Different characters that look alike never meet. */
static void
test_non_cognates(void **state)
{
	FILE *file = open_or_skip(SHARED "variants/non-cognates.txt");
	char line[256], *a, *b, *rest;
	utf8proc_uint8_t *na, *nb;
	size_t pairs = 0;
	bool same;

	(void)state;
	while (fgets(line, sizeof(line), file) != NULL) {
		rest = line;
		a = strsep(&rest, ",");
		if (a[0] == '#' || strsep(&rest, ",") == NULL || rest == NULL ||
		    strncmp(a, "cjkvi", 5) == 0)
			continue;
		b = strsep(&rest, "\r\n");
		/* Some are one character to Unicode itself. */
		na = utf8proc_NFC((utf8proc_uint8_t *)a);
		nb = utf8proc_NFC((utf8proc_uint8_t *)b);
		same = strcmp((char *)na, (char *)nb) == 0;
		free(na);
		free(nb);
		if (same)
			continue;
		pairs++;
		if (strcmp(key(hc_fold_name, a), key(hc_fold_name, b)) == 0)
			fail_msg("'%s' and '%s' meet", a, b);
	}
	assert_true(pairs > 500);
	fclose(file);
}

/* All 1,999 family names of a public list: kana and romaji meet. */
static void
test_family_names(void **state)
{
	FILE *file = open_or_skip(SHARED "people/last_name_org.csv");
	char line[256], *cell[4], *rest, a[128];
	size_t names = 0, i;

	(void)state;
	while (fgets(line, sizeof(line), file) != NULL) {
		rest = line;
		for (i = 0; i < 4; i++)
			cell[i] = strsep(&rest, ",\r\n");
		if (cell[3] == NULL)
			continue;
		snprintf(a, sizeof(a), "%s", key(hc_fold_romaji, cell[2]));
		if (strcmp(a, key(hc_fold_romaji, cell[3])) == 0)
			names++;
		else
			print_message("%s %s: '%s'\n", cell[2], cell[3], a);
	}
	fclose(file);
	assert_true(names > 1900);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_variants_meet),
		cmocka_unit_test(test_romaji),
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_stable),
		cmocka_unit_test(test_against_utf8proc),
		cmocka_unit_test(test_variants_file),
		cmocka_unit_test(test_non_cognates),
		cmocka_unit_test(test_family_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
