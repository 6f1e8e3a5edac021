/*
 * How fast people are found, and what finding costs when they are saved.
 *
 *	search [-k] [PERSONS [DB]]
 *
 * Makes an office of so many invented persons (20000) with a telephone and
 * an episode each, then runs hc-search as a whole process for each kind of
 * question, beside /bin/true, and prints the middle of 41 rounds.  -k keeps
 * the database.
 */
#include <sys/wait.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "record/record.h"
#include "store/index.h"
#include "task/init.h"

#define ROUNDS 41

extern char **environ;

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
	if (rc == HC_OK)
		return;
	fprintf(stderr, "search: %s\n", hc_store_error(store));
	exit(1);
}

static void
set(struct hc_row *row, const char *name, const char *text)
{
	if (hc_row_set(row, hc_catalogue_field(row->entity, name), text) !=
	    HC_OK)
		exit(1);
}

static struct hc_row *
new_row(struct hc_store *store, const char *entity)
{
	struct hc_row *row;

	if (hc_row_new(&row, hc_catalogue_entity(store->catalogue, entity)) !=
	    HC_OK)
		exit(1);
	return row;
}

static unsigned int
draw(void)
{
	static unsigned int state = 12345;

	state = state * 1103515245u + 12345u;
	return state >> 8;
}

static void
add_person(struct hc_store *store, int n)
{
	struct hc_row *row = new_row(store, "person");
	size_t f = draw() % FAMILIES, g = draw() % GIVENS;
	char text[200], id[24];

	snprintf(text, sizeof(text), "%s　%s", families[f].kanji,
	    givens[g].kanji);
	set(row, "name", text);
	snprintf(text, sizeof(text), "%s　%s", families[f].kana,
	    givens[g].kana);
	set(row, "kana", text);
	snprintf(text, sizeof(text), "みどり市本町%u丁目%u-%u", draw() % 9 + 1,
	    draw() % 40 + 1, draw() % 30 + 1);
	set(row, "address", text);
	snprintf(text, sizeof(text), "%u-%02u-%02u", 1930 + draw() % 90,
	    draw() % 12 + 1, draw() % 28 + 1);
	set(row, "birth_date", text);
	check(store, hc_record_insert(store, row));
	snprintf(id, sizeof(id), "%lld", (long long)row->id);
	hc_row_free(row);
	row = new_row(store, "phone");
	set(row, "person", id);
	snprintf(text, sizeof(text), "090-0%03u-%04u", draw() % 1000,
	    draw() % 10000);
	set(row, "number", text);
	check(store, hc_record_insert(store, row));
	hc_row_free(row);
	row = new_row(store, "episode");
	set(row, "person", id);
	set(row, "kind", "case");
	snprintf(text, sizeof(text), "%d", n + 1);
	set(row, "number", text);
	check(store, hc_record_insert(store, row));
	hc_row_free(row);
}

static void
make(const char *path, int persons)
{
	struct hc_init_options init = { .office = 112038 };
	struct hc_who who = { "bench", "search", "0", NULL };
	struct hc_store *store = NULL;
	double begin, saved, fed;
	int64_t left;
	int i;

	check(store, hc_init_create(&store, path, &init, &who));
	begin = now();
	check(store, hc_run_begin(store, "people"));
	for (i = 0; i < persons; i++)
		add_person(store, i);
	check(store, hc_run_commit(store, NULL));
	saved = now();
	do
		check(store, hc_index_feed(store, &left));
	while (left > 0);
	fed = now();
	printf("saved %d persons, %d records\t%.2f s\n", persons,
	    3 * persons, saved - begin);
	printf("fed the pieces after the commit\t%.2f s\n", fed - saved);
	hc_store_close(store);
}

static int
by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
middle(const char *const argv[])
{
	posix_spawn_file_actions_t actions;
	double times[ROUNDS], begin;
	int i, status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY,
	    0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY,
	    0);
	for (i = 0; i < ROUNDS; i++) {
		begin = now();
		if (posix_spawnp(&pid, argv[0], &actions, NULL,
		    (char *const *)(uintptr_t)argv, environ) != 0)
			exit(1);
		waitpid(pid, &status, 0);
		times[i] = now() - begin;
	}
	posix_spawn_file_actions_destroy(&actions);
	qsort(times, ROUNDS, sizeof(times[0]), by_value);
	return times[ROUNDS / 2] * 1000;
}

static void
ask_all(const char *path)
{
	static const char *const questions[] = { "佐藤", "渡邊",
	    "佐", "さとう", "suzuki", "090-0123",
	    "123", "佐藤 090", "本町3丁目", "かどう", "777", "鷲沼" };
	const char *nothing[] = { "/bin/true", NULL };
	const char *search[] = { "hc-search", "-d", path, NULL, NULL };
	size_t i;

	printf("/bin/true\t%.2f ms\n", middle(nothing));
	for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		search[3] = questions[i];
		printf("hc-search %s\t%.2f ms\n", questions[i],
		    middle(search));
	}
}

static void
sweep(const char *path)
{
	static const char *const ends[] = { "", ".key", ".lock", ".access",
	    "-journal" };
	char name[4200];
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
}

int
main(int argc, char **argv)
{
	bool keep = argc > 1 && strcmp(argv[1], "-k") == 0;
	char own[64];
	const char *path = own;
	int persons;

	argc -= keep;
	argv += keep;
	persons = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 20000;
	snprintf(own, sizeof(own), "/tmp/hc-bench-search.%d", (int)getpid());
	if (argc > 2)
		path = argv[2];
	if (access(path, F_OK) == -1)
		make(path, persons);
	ask_all(path);
	if (!keep)
		sweep(path);
	return 0;
}
