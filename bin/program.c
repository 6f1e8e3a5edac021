/*
 * The start of every program: language, descriptors, signals, settings and
 * command line.
 */
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/help.h"
#include "base/i18n.h"

#include "parts.h"
#include "program.h"

struct program program;

static struct hc_config *config;

/* An environment variable, NULL also where it is empty. */
static const char *
env(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : NULL;
}

/*
 * A file opened later must not become descriptor 0, 1 or 2, or messages
 * would be written into the database.  /dev/null is opened the wrong way
 * round, so that a program that does use them still fails.
 */
static void
open_descriptors(void)
{
	int fd, null;

	for (fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) != -1)
			continue;
		null = open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
		if (null == -1 || (null != fd && dup2(null, fd) == -1))
			_exit(EX_OSERR);
		if (null != fd)
			close(null);
	}
}

/* "ja_JP.UTF-8" to "ja"; anything but Japanese is English. */
static const char *
language(const char *name)
{
	return name != NULL && strncmp(name, "ja", 2) == 0 &&
	    strchr("_.@-", name[2]) != NULL ? "ja" : "en";
}

/*
 * A bare machine has no Japanese locale, but it has C.UTF-8, and gettext
 * obeys LANGUAGE in every locale but "C".  Calling setlocale() again makes
 * it forget what it has looked up.
 */
static void
set_language(const char *lang)
{
	program.lang = language(lang);
	setenv("LANGUAGE", program.lang, 1);
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C.UTF-8");
}

/* Put the folder of this program and ${more} into ${path}; is it there? */
static bool
is_beside(const char *more, char *path, size_t size)
{
	ssize_t len = readlink("/proc/self/exe", path, size - 1);
	char *slash;

	path[len > 0 ? len : 0] = '\0';
	if ((slash = strrchr(path, '/')) == NULL ||
	    strlen(more) >= size - (size_t)(slash - path))
		return false;
	memcpy(slash, more, strlen(more) + 1);
	return access(path, X_OK) == 0;
}

/* Catalogues lie beside the program: bin/ and share/locale/; one folder
   higher for programs of the tests. */
static void
find_messages(void)
{
	char path[PATH_MAX];

	if (is_beside("/../share/locale", path, sizeof(path)) ||
	    is_beside("/../../share/locale", path, sizeof(path)))
		bindtextdomain("hc", path);
	else
		bindtextdomain("hc", HC_PREFIX "/share/locale");
	bind_textdomain_codeset("hc", "UTF-8");
}

/* $XDG_CONFIG_HOME/hc/hc.conf, or ~/.config; NULL if there is no home. */
static char *
own_config_path(void)
{
	struct hc_buf buf = HC_BUF_INIT;
	const char *folder = env("XDG_CONFIG_HOME");
	const char *home = env("HOME");

	if (folder != NULL && *folder == '/')
		hc_buf_printf(&buf, "%s/hc/hc.conf", folder);
	else if (home != NULL)
		hc_buf_printf(&buf, "%s/.config/hc/hc.conf", home);
	else
		return NULL;
	return hc_buf_take(&buf);
}

static enum hc_status
read_config(struct hc_error *err)
{
	enum hc_status rc;
	const char *paths[3];
	char *own;
	size_t i;

	if ((rc = hc_config_new(&config)) != HC_OK)
		return hc_error_nomem(err);
	program.config = config;
	own = own_config_path();
	paths[0] = "./hc.conf";
	paths[1] = own;
	paths[2] = "/etc/hc/hc.conf";
	if ((rc = hc_config_set(config, HC_CONFIG_DB, env("HC_DB"),
	    "HC_DB")) == HC_OK)
		rc = hc_config_set(config, HC_CONFIG_LANG, env("HC_LANG"),
		    "HC_LANG");
	if (rc != HC_OK)
		hc_error_nomem(err);
	for (i = 0; i < 3 && rc == HC_OK; i++)
		if (paths[i] != NULL) {
			rc = hc_config_read(config, paths[i], err);
			if (rc == HC_NOTFOUND)
				rc = HC_OK;
		}
	free(own);
	return rc;
}

static const char *
who_runs(void)
{
	static char text[32];
	const struct passwd *pw = getpwuid(getuid());

	if (pw != NULL && pw->pw_name[0] != '\0')
		return pw->pw_name;
	snprintf(text, sizeof(text), "uid %ld", (long)getuid());
	return text;
}

/* Where data goes, and how it looks there. */
static void
set_output(const struct hc_options_spec *spec)
{
	const struct hc_options *o = &program.options;
	const char *name = hc_config_get(config, HC_CONFIG_FORMAT);
	const char *dot = NULL;
	struct winsize size;
	bool file = o->output != NULL && strcmp(o->output, "-") != 0;

	program.terminal = !file && isatty(STDOUT_FILENO);
	if (program.terminal &&
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		program.width = size.ws_col;
	program.color = program.terminal && !o->no_color &&
	    env("NO_COLOR") == NULL && env("TERM") != NULL &&
	    strcmp(env("TERM"), "dumb") != 0;

	/* Another program at the end of a pipe always gets TSV: hc.conf must
	   not be able to break that. */
	program.format = HC_FORMAT_TSV;
	if (file)
		dot = strrchr(o->output, '.');
	if (o->format_given) {
		program.format = o->format;
	} else if (dot == NULL ||
	    hc_table_format(dot + 1, &program.format) != 0) {
		if (program.terminal)
			program.format = HC_FORMAT_TABLE;
		if (name != NULL && (program.terminal || file) &&
		    hc_table_format(name, &program.format) != 0)
			program_fail(HC_CONFIG, _("%s: unknown format '%s'"),
			    hc_config_where(config, HC_CONFIG_FORMAT), name);
	}
	if (program.format == HC_FORMAT_XLSX &&
	    (spec->common & HC_OPTIONS_FORMAT) != 0 &&
	    (spec->common & HC_OPTIONS_XLSX) == 0)
		program_usage("%s", _("only hc-export writes workbooks: "
		    "choose table, tsv, csv or json"));
	if (program.format == HC_FORMAT_XLSX && program.terminal)
		program_usage("%s", _("a workbook cannot be shown on a "
		    "terminal: add --output FILE.xlsx"));
}

static void
set_clock(const struct hc_options_spec *spec)
{
	const struct hc_options *o = &program.options;
	const char *today = env("HC_TODAY"), *from = "HC_TODAY";

	if (o->today != NULL) {
		today = o->today;
		from = "--today";
	} else if ((spec->common & HC_OPTIONS_TODAY) == 0) {
		today = NULL;
	}
	program_clock_set(today, from, o->as_of);
}

void
program_own_ids(int64_t first, int64_t last)
{
	program.first_id = first;
	program.last_id = last;
}

static void
answer_help(const struct hc_options_spec *spec)
{
	struct hc_buf buf = HC_BUF_INIT;

	if (program.options.help)
		hc_help_text(spec, &buf);
	else
		hc_buf_printf(&buf, "%s %s\n", spec->name, HC_VERSION);
	if (hc_buf_failed(&buf))
		program_fail(HC_NOMEM, "%s", _("out of memory"));
	fputs(hc_buf_text(&buf), stdout);
	hc_buf_free(&buf);
	exit(program_finish(HC_OK));
}

const struct program *
program_start(int argc, char **argv, const struct hc_options_spec *spec)
{
	struct hc_error err, config_err;
	enum hc_status rc, config_rc;
	const char *lang;

	open_descriptors();
	umask(007);
	/* A reader that leaves shows itself as EPIPE when we write; nothing
	   else that we do shall be cut short by it. */
	signal(SIGPIPE, SIG_IGN);
	program.name = spec->name;
	find_messages();
	lang = env("LC_ALL") != NULL ? env("LC_ALL") :
	    env("LC_MESSAGES") != NULL ? env("LC_MESSAGES") : env("LANG");
	set_language(env("HC_LANG") != NULL ? env("HC_LANG") : lang);
	config_rc = read_config(&config_err);
	if (config != NULL && hc_config_get(config, HC_CONFIG_LANG) != NULL)
		set_language(hc_config_get(config, HC_CONFIG_LANG));

	rc = hc_options_parse(&program.options, spec, argc, argv, &err);
	if (rc == HC_INVALID)
		program_usage("%s", err.text);
	if (rc != HC_OK)
		program_fail(rc, "%s", err.text);
	if (program.options.help || program.options.version)
		answer_help(spec);
	/* Who takes no common option uses no settings but the language. */
	if (config_rc != HC_OK && (spec->common != 0 || config == NULL))
		program_fail(config_rc, "%s", config_err.text);

	program.db = program.options.db;
	if (program.db == NULL)
		program.db = hc_config_get(config, HC_CONFIG_DB);
	if (program.db == NULL)
		program.db = "hc.db";
	program.tmp = env("TMPDIR") != NULL ? env("TMPDIR") : "/tmp";
	program.login = who_runs();
	set_output(spec);
	set_clock(spec);
	return &program;
}
