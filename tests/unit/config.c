/* Settings files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/config.h"

static char folder[] = "/tmp/hc-config.XXXXXX";
static char path[64];

static void
write_file(const char *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
test_read(void **state)
{
	static const char text[] =
		"\xef\xbb\xbf# settings\r\n"
		"db = 川口.db\n"
		"  lang = ja ; the nurses'\n"
		"\n"
		"[smtp]\n"
		"url = smtp://127.0.0.1:2525\n"
		"password_file = /etc/hc/secret\n"
		"[mail]\n"
		"from = kansatsu@example.jp";
	struct hc_config *c;
	struct hc_error err;
	char wanted[128];

	(void)state;
	write_file(text, sizeof(text) - 1);
	assert_int_equal(hc_config_new(&c), HC_OK);
	assert_int_equal(hc_config_set(c, HC_CONFIG_LANG, "en", "HC_LANG"),
	    HC_OK);
	assert_int_equal(hc_config_set(c, HC_CONFIG_FORMAT, NULL, "-f"),
	    HC_OK);
	assert_int_equal(hc_config_set(c, HC_CONFIG_FORMAT, "", "-f"), HC_OK);
	assert_int_equal(hc_config_read(c, path, &err), HC_OK);

	/* What was set first stays. */
	assert_string_equal(hc_config_get(c, HC_CONFIG_LANG), "en");
	assert_string_equal(hc_config_where(c, HC_CONFIG_LANG), "HC_LANG");
	assert_null(hc_config_get(c, HC_CONFIG_FORMAT));
	assert_string_equal(hc_config_where(c, HC_CONFIG_FORMAT), "");
	/* Files are meant from the folder of the settings. */
	snprintf(wanted, sizeof(wanted), "%s/川口.db", folder);
	assert_string_equal(hc_config_get(c, HC_CONFIG_DB), wanted);
	snprintf(wanted, sizeof(wanted), "%s:2", path);
	assert_string_equal(hc_config_where(c, HC_CONFIG_DB), wanted);
	assert_string_equal(hc_config_get(c, HC_CONFIG_SMTP_PASSWORD_FILE),
	    "/etc/hc/secret");
	assert_string_equal(hc_config_get(c, HC_CONFIG_SMTP_URL),
	    "smtp://127.0.0.1:2525");
	assert_string_equal(hc_config_get(c, HC_CONFIG_MAIL_FROM),
	    "kansatsu@example.jp");

	/* A second file fills only what the first left open. */
	write_file("db = other.db\nformat = csv\n", 27);
	assert_int_equal(hc_config_read(c, path, &err), HC_OK);
	snprintf(wanted, sizeof(wanted), "%s/川口.db", folder);
	assert_string_equal(hc_config_get(c, HC_CONFIG_DB), wanted);
	assert_string_equal(hc_config_get(c, HC_CONFIG_FORMAT), "csv");
	hc_config_free(c);
	hc_config_free(NULL);
}

static void
test_database_elsewhere(void **state)
{
	static const char url[] = "db = postgresql://db.example.jp/hc\n";
	struct hc_config *c;
	struct hc_error err;

	(void)state;
	write_file(url, sizeof(url) - 1);
	assert_int_equal(hc_config_new(&c), HC_OK);
	assert_int_equal(hc_config_read(c, path, &err), HC_OK);
	assert_string_equal(hc_config_get(c, HC_CONFIG_DB),
	    "postgresql://db.example.jp/hc");
	hc_config_free(c);
}

#define LONG "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void
test_refused(void **state)
{
	static const struct {
		const char *text;
		size_t len;	/* 0: strlen */
		const char *words;	/* behind "PATH:" */
	} cases[] = {
		{ "nonsense = 1\n", 0, "1: unknown setting: 'nonsense'" },
		{ "lang = ja\nformta = csv\n", 0,
		    "2: unknown setting 'formta': did you mean 'format'?" },
		{ "[mail]\nform = a\n", 0,
		    "2: unknown setting 'mail.form': did you mean "
		    "'mail.from'?" },
		{ "[smtp]\ndb = a\n", 0, "2: unknown setting: 'smtp.db'" },
		{ "db = a\nlang = ja\ndb = b\n", 0,
		    "3: set a second time: 'db'" },
		{ "db = a\n  b\n", 0,
		    "2: neither [section] nor name = value" },
		{ "db = a\n  lang = en\n lang = ja\n", 0,
		    "3: set a second time: 'lang'" },
		{ "db =\n", 0, "1: no value: 'db'" },
		{ "db\n", 0, "1: neither [section] nor name = value" },
		{ "\n[mail\n", 0, "2: neither [section] nor name = value" },
		{ "db = a\0b\n", 9, "1: control characters, or not UTF-8" },
		{ "db = \x90\xec\x8c\xfb\n", 0,
		    "1: control characters, or not UTF-8" },
		{ "db = a\x1b[1m\n", 0,
		    "1: control characters, or not UTF-8" },
		{ "db = a\rlang = ja\n", 0,
		    "1: control characters, or not UTF-8" },
		{ "# " LONG LONG LONG LONG "\n", 0,
		    "1: the line is too long" },
		{ "db = " LONG LONG LONG "xxxxxxxxxx\nlang = ja\n", 0,
		    "1: the line is too long" },
	};
	struct hc_config *c;
	struct hc_error err;
	char wanted[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_file(cases[i].text, cases[i].len != 0 ? cases[i].len :
		    strlen(cases[i].text));
		assert_int_equal(hc_config_new(&c), HC_OK);
		memset(&err, 0, sizeof(err));
		assert_int_equal(hc_config_read(c, path, &err), HC_CONFIG);
		snprintf(wanted, sizeof(wanted), "%s:%s", path,
		    cases[i].words);
		assert_string_equal(err.text, wanted);
		hc_config_free(c);
	}
}

static void
test_no_file(void **state)
{
	struct hc_config *c;
	struct hc_error err;

	(void)state;
	assert_int_equal(hc_config_new(&c), HC_OK);
	assert_int_equal(hc_config_read(c, "/nonexistent/hc.conf", &err),
	    HC_NOTFOUND);
	assert_int_equal(hc_config_read(c, folder, &err), HC_IO);
	write_file("", 0);
	assert_int_equal(hc_config_read(c, path, &err), HC_OK);
	hc_config_free(c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_database_elsewhere),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_file),
	};
	int failed;

	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/hc.conf", folder);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	rmdir(folder);
	return failed;
}
