/* The command line and the help text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/help.h"
#include "base/options.h"

static bool all;
static const char *kind, *plan;
static long rows;
static struct hc_option_list list;

static const struct hc_option own[] = {
	{ 'a', "all", NULL, "everything", HC_OPTION_FLAG, &all, NULL },
	{ 'k', "kind", "KIND", "of this kind", HC_OPTION_TEXT, &kind, NULL },
	{ 0, "plan", "FILE", "by this plan", HC_OPTION_FILE, &plan, "send" },
	{ 0, "rows", "N", "this many", HC_OPTION_COUNT, &rows, NULL },
	{ 'w', "where", "RULE", "only these", HC_OPTION_LIST, &list, NULL },
	{ 0, NULL, NULL, NULL, HC_OPTION_FLAG, NULL, NULL }
};
static const struct hc_verb verbs[] = {
	{ "send", "send mails", 1, 2, 1 },
	{ "status", "say how far it is", 0, 0, 2 },
	{ NULL, NULL, 0, 0, 0 }
};
static const struct hc_verb verbs_or_none[] = {
	{ "send", "send mails", 1, 2, 1 },
	{ "", "", 1, -1, 3 },
	{ NULL, NULL, 0, 0, 0 }
};
static const char *const examples[] = { "Who rang?", "hc-x 1234", NULL };
static const char *const usage[] = { "[option ...] text ...", NULL };

static const struct hc_options_spec plain = {
	.name = "hc-x", .summary = "try things", .examples = examples,
	.usage = usage, .common = HC_OPTIONS_READING, .options = own,
	.max_args = -1
};
static const struct hc_options_spec with_verbs = {
	.name = "hc-x", .summary = "try things", .usage = usage,
	.common = HC_OPTIONS_WRITING, .options = own, .verbs = verbs
};
static const struct hc_options_spec with_default_verb = {
	.name = "hc-x", .summary = "try things", .usage = usage,
	.common = HC_OPTIONS_DB, .options = own, .verbs = verbs_or_none
};
static const struct hc_options_spec one_word = {
	.name = "hc-x", .summary = "try things", .usage = usage,
	.min_args = 1, .max_args = 1, .keep_args = true
};
static const struct hc_options_spec first_word = {
	.name = "hc-x", .summary = "try things", .usage = usage,
	.max_args = -1, .stop_at_word = true
};

/* Cut ${line} at '|' into an argv and parse it. */
static enum hc_status
parse(const struct hc_options_spec *spec, const char *line,
    struct hc_options *options, struct hc_error *err)
{
	static char copy[1000];
	static char *argv[50];
	char *at = copy;
	int argc = 0;

	all = false;
	kind = plan = NULL;
	rows = 0;
	free(list.items);
	memset(&list, 0, sizeof(list));
	memset(err, 0, sizeof(*err));
	strncpy(copy, line, sizeof(copy) - 1);
	argv[argc++] = (char *)(uintptr_t)"hc-x";
	while (at != NULL && *line != '\0')
		argv[argc++] = strsep(&at, "|");
	argv[argc] = NULL;
	return hc_options_parse(options, spec, argc, argv, err);
}

static void
test_refused(void **state)
{
	static const struct {
		const struct hc_options_spec *spec;
		const char *line, *words;
	} cases[] = {
		{ &plain, "--formta|tsv",
		    "unknown option '--formta': did you mean '--format'?" },
		{ &plain, "--formta=tsv",
		    "unknown option '--formta': did you mean '--format'?" },
		{ &plain, "--xyzzy", "unknown option '--xyzzy'" },
		{ &plain, "-z", "unknown option '-z'" },
		{ &plain, "-az", "unknown option '-z'" },
		{ &plain, "-あ", "unknown option '-あ'" },
		{ &plain, "－－ｄｒｙ", "unknown option '--dry'" },
		{ &plain, "-n", "unknown option '-n'" },
		{ &plain, "-d", "option '-d' needs a value: DB" },
		{ &plain, "--db", "option '--db' needs a value: DB" },
		{ &plain, "--all=1", "option '--all' takes no value" },
		{ &plain, "--rows|x",
		    "option '--rows' needs a whole number, not 'x'" },
		{ &plain, "--rows|-1",
		    "option '--rows' needs a whole number, not '-1'" },
		{ &plain, "--rows=",
		    "option '--rows' needs a whole number, not ''" },
		{ &plain, "--rows|99999999999999999999",
		    "option '--rows' needs a whole number, not "
		    "'99999999999999999999'" },
		{ &plain, "-f|tvs",
		    "unknown format 'tvs': did you mean 'tsv'?" },
		{ &plain, "-f|pdfx",
		    "unknown format 'pdfx': table, tsv, csv, json or xlsx" },
		{ &with_verbs, "",
		    "a word that says what to do is missing" },
		{ &with_verbs, "sned|x",
		    "unknown word 'sned': did you mean 'send'?" },
		{ &with_verbs, "fly", "unknown word 'fly'" },
		{ &with_verbs, "send", "something is missing after 'send'" },
		{ &with_verbs, "send|a|b|c", "unexpected word 'c'" },
		{ &with_verbs, "status|a", "unexpected word 'a'" },
		{ &with_verbs, "status|--plan|p",
		    "option '--plan' goes with: send" },
		{ &with_default_verb, "",
		    "something is missing on the command line" },
		{ &with_default_verb, "12|--plan|p",
		    "option '--plan' goes with: send" },
		{ &one_word, "", "something is missing on the command line" },
		{ &one_word, "a|b", "unexpected word 'b'" },
		{ &one_word, "-d|x", "unknown option '-d'" },
	};
	struct hc_options options;
	struct hc_error err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(parse(cases[i].spec, cases[i].line, &options,
		    &err), HC_INVALID);
		assert_string_equal(err.text, cases[i].words);
		hc_options_clear(&options);
	}
}

static void
test_common(void **state)
{
	struct hc_options o;
	struct hc_error err;

	(void)state;
	assert_int_equal(parse(&plain, "-d|a.db|word|-f|csv|-qv|--today|"
	    "2020-12-25|--as-of=2020-12-24T00:00:00Z|-o|-|--no-color|-a",
	    &o, &err), HC_OK);
	assert_string_equal(o.db, "a.db");
	assert_true(o.format_given);
	assert_int_equal(o.format, HC_FORMAT_CSV);
	assert_true(o.quiet && o.verbose && o.no_color && all);
	assert_false(o.dry_run || o.help || o.version);
	assert_string_equal(o.today, "2020-12-25");
	assert_string_equal(o.as_of, "2020-12-24T00:00:00Z");
	assert_string_equal(o.output, "-");
	assert_int_equal(o.nargs, 1);
	assert_string_equal(o.args[0], "word");
	assert_null(o.args[1]);
	assert_string_equal(hc_buf_text(&o.used), "--db --format --quiet "
	    "--verbose --today --as-of --output --no-color --all");
	hc_options_clear(&o);

	assert_int_equal(parse(&plain, "", &o, &err), HC_OK);
	assert_null(o.db);
	assert_false(o.format_given);
	assert_int_equal(o.nargs, 0);
	hc_options_clear(&o);

	/* Help is answered whatever else is wrong behind it. */
	assert_int_equal(parse(&one_word, "-h|--nonsense", &o, &err), HC_OK);
	assert_true(o.help);
	hc_options_clear(&o);
	assert_int_equal(parse(&with_verbs, "--version", &o, &err), HC_OK);
	assert_true(o.version);
	hc_options_clear(&o);
}

static void
test_own(void **state)
{
	struct hc_options o;
	struct hc_error err;

	(void)state;
	assert_int_equal(parse(&plain, "-w|a=1|--where=b＝２|--rows|５０|-kx"
	    "|-k|case|--al|--plan|計画１.tsv", &o, &err), HC_OK);
	assert_int_equal(list.len, 2);
	assert_string_equal(list.items[0], "a=1");
	assert_string_equal(list.items[1], "b=2");
	assert_int_equal(rows, 50);
	assert_string_equal(kind, "case");
	assert_true(all);
	/* A file is called what it is called. */
	assert_string_equal(plan, "計画１.tsv");
	assert_string_equal(hc_buf_text(&o.used),
	    "--where --rows --kind --all --plan");
	hc_options_clear(&o);
}

static void
test_wide(void **state)
{
	struct hc_options o;
	struct hc_error err;

	(void)state;
	assert_int_equal(parse(&plain, "－ｄ|川口１.db|－－ｆｏｒｍａｔ＝ｔｓｖ|"
	    "−a|--kind＝ＡＢＣ|高橋　花子|０４８|ＮＡＭＥ＝タカハシ|データー", &o,
	    &err), HC_OK);
	assert_string_equal(o.db, "川口１.db");
	assert_int_equal(o.format, HC_FORMAT_TSV);
	assert_true(all);
	assert_string_equal(kind, "ABC");
	assert_int_equal(o.nargs, 4);
	assert_string_equal(o.args[0], "高橋 花子");
	assert_string_equal(o.args[1], "048");
	assert_string_equal(o.args[2], "NAME=タカハシ");
	assert_string_equal(o.args[3], "データー");
	hc_options_clear(&o);

	/* What the hyphen's key gives while kana are typed. */
	assert_int_equal(parse(&plain, "ーー＄ｔｏｄａｙ＝２０２０ー１２ー２５",
	    &o, &err), HC_INVALID);
	hc_options_clear(&o);
	assert_int_equal(parse(&plain, "ーーｔｏｄａｙ＝２０２０ー１２ー２５|ーメン",
	    &o, &err), HC_OK);
	assert_string_equal(o.today, "2020-12-25");
	assert_string_equal(o.args[0], "-メン");
	hc_options_clear(&o);

	/* After "--", and for a program that keeps words, all stay. */
	assert_int_equal(parse(&plain, "--|－ｄ|-x", &o, &err), HC_OK);
	assert_int_equal(o.nargs, 2);
	assert_string_equal(o.args[0], "-d");
	assert_string_equal(o.args[1], "-x");
	hc_options_clear(&o);
	assert_int_equal(parse(&one_word, "表１　新.xlsx", &o, &err), HC_OK);
	assert_string_equal(o.args[0], "表１　新.xlsx");
	hc_options_clear(&o);
	assert_int_equal(parse(&one_word, "-", &o, &err), HC_OK);
	assert_string_equal(o.args[0], "-");
	hc_options_clear(&o);
	assert_int_equal(parse(&one_word, "－５", &o, &err), HC_OK);
	assert_string_equal(o.args[0], "－５");
	hc_options_clear(&o);

	/* Broken UTF-8 goes through untouched. */
	assert_int_equal(parse(&plain, "\xef\xbc|\xe3\x80|-k|\xef", &o, &err),
	    HC_OK);
	assert_string_equal(o.args[0], "\xef\xbc");
	assert_string_equal(kind, "\xef");
	hc_options_clear(&o);
}

static void
test_verbs(void **state)
{
	struct hc_options o;
	struct hc_error err;

	(void)state;
	assert_int_equal(parse(&with_verbs, "--plan|p|ｓｅｎｄ|-n|daily", &o,
	    &err), HC_OK);
	assert_int_equal(o.verb->id, 1);
	assert_true(o.dry_run);
	assert_int_equal(o.nargs, 1);
	assert_string_equal(o.args[0], "daily");
	assert_null(o.args[1]);
	hc_options_clear(&o);
	assert_int_equal(parse(&with_default_verb, "12|13|14", &o, &err),
	    HC_OK);
	assert_int_equal(o.verb->id, 3);
	assert_int_equal(o.nargs, 3);
	hc_options_clear(&o);
	assert_int_equal(parse(&first_word, "search|-x|--zzz", &o, &err),
	    HC_OK);
	assert_int_equal(o.nargs, 3);
	assert_string_equal(o.args[1], "-x");
	hc_options_clear(&o);
}

static void
test_pair(void **state)
{
	static const struct {
		const char *word, *name, *value;
	} cases[] = {
		{ "phone=048", "phone", "048" },
		{ "ｐｈｏｎｅ＝０４８", "phone", "０４８" },
		{ "note=a=b", "note", "a=b" },
		{ "note=＝", "note", "＝" },
		{ "note＝a=b", "note", "a=b" },
		{ "note=", "note", "" },
		{ "=x", NULL, NULL },
		{ "＝x", NULL, NULL },
		{ "note", NULL, NULL },
		{ "", NULL, NULL },
	};
	struct hc_buf name = HC_BUF_INIT;
	const char *value;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		hc_buf_clear(&name);
		if (cases[i].name == NULL) {
			assert_false(hc_options_pair(cases[i].word, &name,
			    &value));
			assert_int_equal(name.len, 0);
			continue;
		}
		assert_true(hc_options_pair(cases[i].word, &name, &value));
		assert_string_equal(hc_buf_text(&name), cases[i].name);
		assert_string_equal(value, cases[i].value);
	}
	hc_buf_free(&name);
}

static void
test_help(void **state)
{
	static const char expected[] =
		"hc-x: try things\n"
		"\n"
		"Examples:\n"
		"  Who rang?\n"
		"    $ hc-x 1234\n"
		"\n"
		"Usage:\n"
		"  hc-x [option ...] text ...\n"
		"\n"
		"Options:\n"
		"  -a, --all               everything\n"
		"  -k, --kind KIND         of this kind\n"
		"      --plan FILE         by this plan\n"
		"      --rows N            this many\n"
		"  -w, --where RULE        only these\n"
		"  -d, --db DB             the database: a file\n"
		"  -f, --format FORMAT     print a table, or tsv, csv, json "
		"(hc-export: xlsx)\n"
		"  -o, --output FILE       print into this file\n"
		"  -q, --quiet             only say what is wrong\n"
		"  -v, --verbose           say more\n"
		"      --today DATE        the office's day, or DATETHH:MM "
		"with the time\n"
		"      --as-of INSTANT     the data as they were known then\n"
		"      --no-color          print without colour\n"
		"  -h, --help              print this text\n"
		"      --version           print the version\n";
	struct hc_buf out = HC_BUF_INIT;

	(void)state;
	hc_help_text(&plain, &out);
	assert_string_equal(hc_buf_text(&out), expected);
	hc_buf_clear(&out);
	hc_help_text(&with_verbs, &out);
	assert_non_null(strstr(hc_buf_text(&out),
	    "What to do:\n  send                    send mails\n"));
	assert_non_null(strstr(hc_buf_text(&out), "--dry-run"));
	assert_null(strstr(hc_buf_text(&out), "--as-of"));
	hc_buf_free(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_common),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_verbs),
		cmocka_unit_test(test_pair),
		cmocka_unit_test(test_help),
	};
	int failed;

	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(list.items);
	return failed;
}
