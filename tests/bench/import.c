/*
 * How long a list of cases takes into an office, and how much memory.
 *
 *	import [-k] [-p] [-w] [ROWS]
 *
 * Makes a list of so many rows (100,000) of 30 columns in CP932 with invented
 * people, and takes it in by hc-import, beside a bare program that reads the
 * same file and binds its cells as text into one plain table, in one
 * transaction, with one prepared statement.  -p: also sqlite-utils and
 * csvsql, which only fill such a table.  -w: instead, how long one waits
 * who adds a consultation with hc-edit again and again meanwhile.  -k keeps
 * the folder.
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/csv.h"
#include "store/db.h"

#define COLUMNS 30

static const char headings[] = "番号,氏名,フリガナ,性別,生年月日,年齢,"
    "電話番号,郵便番号,住所,職業,勤務先・学校,メールアドレス,国籍,言語,"
    "発症日,検体採取日,陽性判明日,検査方法,検査結果,症状,重症度,療養先,"
    "入院・入所日,療養解除日,感染経路,基礎疾患,備考,保健所メモ,ＦＡＸ受付,"
    "報告書No\r\n";

static const char *const families[][2] = { { "佐藤", "サトウ" },
	{ "鈴木", "スズキ" }, { "髙橋", "タカハシ" }, { "田中", "タナカ" },
	{ "伊藤", "イトウ" }, { "渡邉", "ワタナベ" }, { "山本", "ヤマモト" },
	{ "中村", "ナカムラ" }, { "小林", "コバヤシ" }, { "加藤", "カトウ" },
	{ "吉田", "ヨシダ" }, { "山﨑", "ヤマザキ" }, { "斎藤", "サイトウ" } };
static const char *const givens[][2] = { { "健太", "ケンタ" },
	{ "美咲", "ミサキ" }, { "大輔", "ダイスケ" }, { "陽子", "ヨウコ" },
	{ "翔", "ショウ" }, { "恵子", "ケイコ" }, { "拓也", "タクヤ" },
	{ "さくら", "サクラ" }, { "誠", "マコト" }, { "由美", "ユミ" },
	{ "隆之", "タカユキ" } };
static const char *const jobs[] = { "会社員", "主婦", "学生", "無職",
	"自営業", "医療従事者", "公務員" };
static const char *const symptoms[] = { "発熱、咳", "倦怠感", "発熱", "",
	"咳、頭痛、下痢", "味覚障害" };
static const char *const severities[] = { "軽症", "無症状", "中等症Ⅰ",
	"重症" };

static void
add_date(struct hc_buf *out, unsigned int n)
{
	hc_buf_printf(out, "2020/%u/%u,", 1 + n % 12, 1 + n / 12 % 28);
}

static void
add_row(struct hc_buf *out, unsigned int n)
{
	const char *const *family = families[n % 13];
	const char *const *given = givens[n / 13 % 11];
	const char *const *middle = givens[n / 143 % 11];
	const char *const *last = givens[n / 1573 % 11];
	unsigned int day = n * 7 / 2000;

	/* 17,303 names, so that a large office has some of the same. */
	hc_buf_printf(out, "%u,%s　%s%s%s,%s　%s%s%s,%s,", n, family[0],
	    given[0], middle[0], last[0], family[1], given[1], middle[1],
	    last[1], n % 2 ? "男" : "女");
	hc_buf_printf(out, "%u/%u/%u,%u,", 1930 + n * 31 % 88, 1 + n % 12,
	    1 + n / 7 % 28, 2020 - 1930 - n * 31 % 88);
	hc_buf_printf(out, "090-0%03u-%04u,332-%04u,", n / 10000 % 1000,
	    n % 10000, n % 10000);
	hc_buf_printf(out, "川口市本町%u-%u-%u,%s,", 1 + n % 9, 1 + n % 31,
	    1 + n % 17, jobs[n % 7]);
	hc_buf_printf(out, "第%u商事,p%u@example.jp,日本,日本語,", n % 997,
	    n);
	add_date(out, day);
	add_date(out, day + 12);
	add_date(out, day + 24);
	hc_buf_printf(out, "PCR,陽性,%s,%s,第%u病院,", n % 6 % 2 ?
	    symptoms[n % 6] : "発熱", severities[n % 4], n % 211);
	add_date(out, day + 24);
	add_date(out, day + 36);
	hc_buf_printf(out, "%s,%s,,FAX受領,%u,%u\r\n", n % 3 ? "調査中" :
	    "家庭内", n % 5 ? "なし" : "糖尿病", n % 60, 20000000 + n);
}

static void
make_list(const char *path, unsigned int rows)
{
	struct hc_buf text = HC_BUF_INIT, bytes = HC_BUF_INIT;
	struct hc_charset_faults faults;
	FILE *file = fopen(path, "w");
	unsigned int n;

	hc_buf_puts(&text, headings);
	for (n = 1; n <= rows; n++) {
		add_row(&text, n);
		if (n % 1000 != 0 && n != rows)
			continue;
		hc_buf_clear(&bytes);
		if (hc_charset_from_utf8(&bytes, HC_CHARSET_CP932, text.data,
		    text.len, &faults) != HC_OK || file == NULL ||
		    fwrite(bytes.data, bytes.len, 1, file) != 1)
			exit(1);
		hc_buf_clear(&text);
	}
	if (fclose(file) != 0)
		exit(1);
	hc_buf_free(&text);
	hc_buf_free(&bytes);
}

/* ---- The bare program ---- */

static void
read_file(const char *path, struct hc_buf *out)
{
	FILE *file = fopen(path, "r");
	char block[65536];
	size_t n;

	while (file != NULL && (n = fread(block, 1, sizeof(block), file)) > 0)
		hc_buf_add(out, block, n);
	if (file == NULL || ferror(file) || fclose(file) != 0)
		exit(1);
}

static void
plain_row(struct hc_stmt *st, const struct hc_csv_reader *r)
{
	char name[16];
	int i;

	for (i = 0; i < COLUMNS; i++) {
		snprintf(name, sizeof(name), ":c%d", i);
		if (hc_stmt_text(st, name, hc_csv_get(r, (size_t)i)) != HC_OK)
			exit(1);
	}
	if (hc_stmt_run(st) != HC_OK)
		exit(1);
}

static int
plain(const char *list, const char *path)
{
	struct hc_buf bytes = HC_BUF_INIT, text = HC_BUF_INIT;
	struct hc_buf create = HC_BUF_INIT, insert = HC_BUF_INIT;
	struct hc_charset_faults faults;
	struct hc_csv_reader *r;
	struct hc_stmt *st;
	struct hc_db *db;
	int i;

	read_file(list, &bytes);
	if (hc_charset_to_utf8(&text, HC_CHARSET_CP932, bytes.data, bytes.len,
	    &faults) != HC_OK)
		return 1;
	hc_buf_free(&bytes);
	for (i = 0; i < COLUMNS; i++) {
		hc_buf_printf(&create, "%sc%d TEXT", i ? ", " :
		    "CREATE TABLE list (", i);
		hc_buf_printf(&insert, "%s:c%d", i ? ", " :
		    "INSERT INTO list VALUES (", i);
	}
	hc_buf_puts(&create, ")");
	hc_buf_puts(&insert, ")");
	if (hc_db_open(&db, path, HC_DB_CREATE) != HC_OK ||
	    hc_db_begin(db) != HC_OK ||
	    hc_db_exec(db, hc_buf_text(&create)) != HC_OK ||
	    hc_stmt_new(&st, db, hc_buf_text(&insert)) != HC_OK ||
	    hc_csv_open(&r, text.data, text.len, ',', list) != HC_OK)
		return 1;
	while (hc_csv_next(r) == HC_OK)
		plain_row(st, r);
	hc_csv_close(r);
	hc_stmt_free(st);
	if (hc_db_commit(db) != HC_OK)
		return 1;
	hc_db_close(db);
	return 0;
}

/* ---- Measuring ---- */

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Begin ${argv}, or the bare program where it is NULL. */
static pid_t
start(const char *const argv[])
{
	pid_t pid;

	fflush(stdout);
	if ((pid = fork()) == -1)
		exit(1);
	if (pid != 0)
		return pid;
	if (argv == NULL)
		_exit(plain("list.csv", "plain.db"));
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

/* Run it to its end and print its costs; its seconds of CPU. */
static double
run(const char *label, const char *const argv[], double beside)
{
	struct rusage usage;
	double from = now(), wall, cpu;
	int status;
	pid_t pid = start(argv);

	if (wait4(pid, &status, 0, &usage) != pid)
		exit(1);
	wall = now() - from;
	if (status != 0) {
		printf("%-14s not there, or failed\n", label);
		return 0;
	}
	cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	printf("%-14s %8.2f s, %8.2f s of CPU, %5ld MB", label, wall, cpu,
	    usage.ru_maxrss / 1024);
	if (beside > 0)
		printf(", %.2f x the bare program's CPU", cpu / beside);
	printf("\n");
	return cpu;
}

static int
compare(const void *a, const void *b)
{
	const double *one = a, *two = b;

	return (*one > *two) - (*one < *two);
}

/* Edit while ${argv} runs, and print how long that took. */
static void
edit_beside(const char *label, const char *const argv[])
{
	static const char *const edit[] = { "hc-edit", "-q", "-o",
		"/dev/null", "consultation", "content=熱がある", NULL };
	static double waits[100000];
	double from = now(), begun;
	pid_t pid = start(argv), editor;
	size_t n = 0;
	int status;

	while (n < sizeof(waits) / sizeof(waits[0]) &&
	    waitpid(pid, &status, WNOHANG) == 0) {
		begun = now();
		editor = start(edit);
		if (waitpid(editor, &status, 0) != editor || status != 0) {
			printf("hc-edit failed\n");
			return;
		}
		waits[n++] = now() - begun;
	}
	qsort(waits, n, sizeof(waits[0]), compare);
	if (n > 0)
		printf("%-14s %8.2f s, %zu edits meanwhile: median %.3f s,"
		    " p99 %.3f s, longest %.3f s\n", label, now() - from, n,
		    waits[n / 2], waits[n * 99 / 100], waits[n - 1]);
}

int
main(int argc, char *argv[])
{
	static const char *const init[] = { "hc-init", "-q", "--office",
		"112038", "--name", "みどり市保健所", NULL };
	static const char *const import[] = { "hc-import", "-q", "-o",
		"/dev/null", "cases", "list.csv", NULL };
	static const char *const utils[] = { "sqlite-utils", "insert",
		"u.db", "list", "list.csv", "--csv", "--encoding", "cp932",
		NULL };
	static const char *const csvsql[] = { "csvsql", "-e", "cp932",
		"--db", "sqlite:///c.db", "--insert", "list.csv", NULL };
	bool keep = false, peers = false, waits = false;
	char folder[] = "hc-bench.XXXXXX";
	const char *const remove[] = { "rm", "-rf", folder, NULL };
	unsigned int rows;
	double beside;
	int c;

	while ((c = getopt(argc, argv, "kpw")) != -1) {
		keep |= c == 'k';
		peers |= c == 'p';
		waits |= c == 'w';
	}
	rows = optind < argc ? (unsigned int)strtoul(argv[optind], NULL, 10) :
	    100000;
	if (mkdtemp(folder) == NULL || chdir(folder) != 0)
		return 1;
	make_list("list.csv", rows);
	printf("%u rows of %d columns, CP932\n", rows, COLUMNS);
	beside = waits ? 0 : run("bare program", NULL, 0);
	run("hc-init", init, 0);
	if (waits)
		edit_beside("hc-import", import);
	else {
		run("hc-import", import, beside);
		run("the same again", import, beside);
	}
	if (peers) {
		run("sqlite-utils", utils, beside);
		run("csvsql", csvsql, beside);
	}
	if (chdir("..") != 0)
		return 1;
	fflush(stdout);
	if (!keep)
		execvp(remove[0], (char *const *)remove);
	return 0;
}
