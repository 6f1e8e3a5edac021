/*
 * bench-office [-o OPEN] [-t DAY] DB PERSONS
 *
 * Makes an office of so many invented persons, each with a telephone and an
 * episode.  OPEN of them (none) are under observation on DAY (2020-12-28):
 * cases and contacts with a mail a day, nine of ten with a report of that
 * and the last day, one of ten with a call.  The others' are long closed.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "record/record.h"
#include "store/index.h"
#include "task/init.h"

#define BATCH 20000		/* persons saved in one run */

static const struct {
	const char *kanji, *kana;
} families[] = {
	{ "佐藤", "さとう" }, { "鈴木", "すずき" },
	{ "高橋", "たかはし" }, { "田中", "たなか" },
	{ "伊藤", "いとう" }, { "渡辺", "わたなべ" },
	{ "山本", "やまもと" }, { "中村", "なかむら" },
	{ "小林", "こばやし" }, { "加藤", "かとう" },
	{ "吉田", "よしだ" }, { "山田", "やまだ" },
	{ "佐々木", "ささき" }, { "山口", "やまぐち" },
	{ "松本", "まつもと" }, { "井上", "いのうえ" },
	{ "木村", "きむら" }, { "林", "はやし" },
	{ "斎藤", "さいとう" }, { "清水", "しみず" },
	{ "山崎", "やまざき" }, { "森", "もり" },
	{ "池田", "いけだ" }, { "橋本", "はしもと" },
	{ "阿部", "あべ" }, { "石川", "いしかわ" },
	{ "山下", "やました" }, { "中島", "なかじま" },
	{ "石井", "いしい" }, { "小川", "おがわ" },
	{ "前田", "まえだ" }, { "岡田", "おかだ" },
	{ "長谷川", "はせがわ" }, { "藤田", "ふじた" },
	{ "後藤", "ごとう" }, { "近藤", "こんどう" },
	{ "村上", "むらかみ" }, { "遠藤", "えんどう" },
	{ "青木", "あおき" }, { "坂本", "さかもと" },
	{ "斉藤", "さいとう" }, { "福田", "ふくだ" },
	{ "太田", "おおた" }, { "西村", "にしむら" },
	{ "藤井", "ふじい" }, { "岡本", "おかもと" },
	{ "藤原", "ふじわら" }, { "金子", "きんす" },
	{ "三浦", "みうら" }, { "中野", "なかの" },
	{ "中川", "なかがわ" }, { "原田", "はらだ" },
	{ "松田", "まつだ" }, { "竹内", "たけうち" },
	{ "小野", "おの" }, { "田村", "たむら" },
	{ "中山", "なかやま" }, { "和田", "わだ" },
	{ "石田", "いしだ" }, { "森田", "もりた" }
}, givens[] = {
	{ "一太", "たかひろ" }, { "偉", "たかし" },
	{ "拡志", "こうじ" }, { "宇基", "ひろき" },
	{ "逸統", "まさのり" }, { "維浩", "まさひろ" },
	{ "位悟", "たかのり" }, { "偉至", "ひろし" },
	{ "央光", "ひろあき" }, { "亜紀弘", "あきひろ" },
	{ "央典", "ひろのり" }, { "享希", "こうき" },
	{ "叡", "さとし" }, { "杏介", "こうすけ" },
	{ "維紀", "まさき" }, { "亜貴憲", "あきのり" },
	{ "位之", "たかゆき" }, { "央祥", "たかよし" },
	{ "維", "まさし" }, { "演孝", "ひろたか" },
	{ "綾香", "さやか" }, { "亜葵子", "あきこ" },
	{ "愛梨佳", "えりか" }, { "郁", "かおり" },
	{ "弓加利", "ゆかり" }, { "育美", "さとみ" },
	{ "亜哉香", "あやか" }, { "愛絵", "かなえ" },
	{ "愛子", "のりこ" }, { "亜葵", "あき" },
	{ "愛絵", "のりえ" }, { "亜右美", "あゆみ" },
	{ "羽留香", "はるか" }, { "栄緒里", "さおり" },
	{ "委美", "ともみ" }, { "宇玲", "ひろえ" },
	{ "亜喜江", "あきえ" }, { "愛子", "かなこ" },
	{ "何代子", "かよこ" }, { "馨美", "きよみ" }
};
#define FAMILIES (sizeof(families) / sizeof(families[0]))
#define GIVENS (sizeof(givens) / sizeof(givens[0]))

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void
check(struct hc_store *store, enum hc_status rc)
{
	if (rc != HC_OK)
		errx(1, "%s", hc_store_error(store));
}

static unsigned int
draw(unsigned int most)
{
	static unsigned int state = 12345;

	state = state * 1103515245u + 12345u;
	return (state >> 8) % most;
}

/* One record; ${pairs} are names and texts, up to NULL. */
static void
save(struct hc_store *store, char id[24], const char *entity,
    const char *const *pairs)
{
	struct hc_row *row;

	if (hc_row_new(&row, hc_catalogue_entity(store->catalogue, entity)) !=
	    HC_OK)
		errx(1, "out of memory");
	for (; pairs[0] != NULL; pairs += 2)
		if (hc_row_set(row, hc_catalogue_field(row->entity,
		    pairs[0]), pairs[1]) != HC_OK)
			errx(1, "out of memory");
	check(store, hc_record_insert(store, row));
	snprintf(id, 24, "%lld", (long long)row->id);
	hc_row_free(row);
}

#define SAVE(store, id, entity, ...) \
	save(store, id, entity, (const char *const []){ __VA_ARGS__, NULL })

/* Open on ${day}: what the office and the person did yesterday and today. */
static void
observe(struct hc_store *store, const char *person, const char *episode,
    const char *address, int32_t today)
{
	char day[HC_DATE_SIZE], at[32], temperature[16],
	    id[24];
	bool answers = draw(10) != 0;
	int back;

	for (back = 1; back >= 0; back--) {
		hc_date_format(today - back, day);
		snprintf(at, sizeof(at), "%sT00:%02u:00Z", day, draw(60));
		SAVE(store, id, "message", "person", person, "episode", episode,
		    "purpose", "daily", "day", day, "slot", "1", "address",
		    address, "state", "sent", "sent_at", at);
		if (!answers)
			continue;
		snprintf(temperature, sizeof(temperature), "%u",
		    358 + draw(25));
		SAVE(store, id, "observation", "episode", episode, "day", day,
		    "slot", "1", "at", at, "via", "web", "temperature",
		    temperature, "spo2", draw(9) == 0 ? "94" : "98", "cough",
		    draw(4) == 0 ? "1" : "0", "fatigue", "0");
	}
	if (draw(10) == 0)
		SAVE(store, id, "call", "episode", episode, "at", at, "day",
		    day, "outcome", "reached");
	SAVE(store, id, "stay", "episode", episode, "kind", "home",
	    "begin_date", day);
}

static void
add_person(struct hc_store *store, int n, bool open, int32_t today)
{
	size_t f = draw(FAMILIES), g = draw(GIVENS);
	char name[200], kana[200], address[200], birth[40], number[40],
	    email[40], from[HC_DATE_SIZE], id[24], person[24],
	    episode[24];

	snprintf(name, sizeof(name), "%s　%s", families[f].kanji,
	    givens[g].kanji);
	snprintf(kana, sizeof(kana), "%s　%s", families[f].kana,
	    givens[g].kana);
	snprintf(address, sizeof(address), "みどり市本町%u丁目%u-%u",
	    draw(9) + 1, draw(40) + 1, draw(30) + 1);
	snprintf(birth, sizeof(birth), "%u-%02u-%02u", 1930 + draw(90),
	    draw(12) + 1, draw(28) + 1);
	snprintf(email, sizeof(email), "p%d@example.jp", n);
	SAVE(store, person, "person", "name", name, "kana", kana, "address",
	    address, "birth_date", birth, "email", email);
	snprintf(number, sizeof(number), "090-0%03u-%04u", draw(1000),
	    draw(10000));
	SAVE(store, id, "phone", "person", person, "number", number);
	hc_date_format(open ? today - 4 : today - 300, from);
	snprintf(number, sizeof(number), "%d", n + 1);
	SAVE(store, episode, "episode", "person", person, "kind",
	    n % 3 == 0 ? "contact" : "case", "number", number, "status",
	    open ? "open" : "closed", "reported_date", from, "onset_date",
	    from, "last_exposure_date", from, "observe_from", from,
	    "closed_at", open ? NULL : from);
	if (open)
		observe(store, person, episode, email, today);
}

static void
make(const char *path, int persons, int open, int32_t today)
{
	struct hc_init_options init = { .office = 112038 };
	struct hc_who who = { "bench", "bench-office", "0", NULL };
	struct hc_store *store = NULL;
	double begin, saved;
	int64_t left;
	int i;

	check(store, hc_init_create(&store, path, &init, &who));
	begin = now();
	for (i = 0; i < persons; i++) {
		if (i % BATCH == 0)
			check(store, hc_run_begin(store, "people"));
		add_person(store, i, i >= persons - open, today);
		if ((i + 1) % BATCH == 0 || i + 1 == persons)
			check(store, hc_run_commit(store, NULL));
	}
	saved = now();
	do
		check(store, hc_index_feed(store, &left));
	while (left > 0);
	printf("%d persons, %d under observation: saved in %.1f s, "
	    "indexed in %.1f s\n", persons, open, saved - begin,
	    now() - saved);
	hc_store_close(store);
}

int
main(int argc, char **argv)
{
	int32_t today = 0;
	int opt, open = 0;

	hc_date_parse_iso("2020-12-28", &today);
	while ((opt = getopt(argc, argv, "o:t:")) != -1)
		if (opt == 'o')
			open = (int)strtol(optarg, NULL, 10);
		else if (opt != 't' ||
		    hc_date_parse_iso(optarg, &today) != HC_OK)
			argc = 0;
	if (argc != optind + 2)
		errx(64, "usage: bench-office [-o OPEN] [-t DAY] DB PERSONS");
	make(argv[optind], (int)strtol(argv[optind + 1], NULL, 10), open,
	    today);
	return 0;
}
