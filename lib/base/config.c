/*
 * Settings from INI files, by inih, which has its home here.
 *
 * inih cuts lines of 200 bytes in two without a word, calls its handler
 * without the line's number, and takes an indented line as more of the one
 * before.  So lines are read here, counted and looked at first.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/near.h"

#include "base/config.h"

#define KIND_TEXT 0
#define KIND_FILE 1	/* meant from the folder of the settings */

static const struct {
	const char *name;	/* with its section: "smtp.url" */
	int kind;
} keys[HC_CONFIG_KEYS] = {
	[HC_CONFIG_DB] = { "db", KIND_FILE },
	[HC_CONFIG_LANG] = { "lang", KIND_TEXT },
	[HC_CONFIG_FORMAT] = { "format", KIND_TEXT },
	[HC_CONFIG_SMTP_URL] = { "smtp.url", KIND_TEXT },
	[HC_CONFIG_SMTP_USER] = { "smtp.user", KIND_TEXT },
	[HC_CONFIG_SMTP_PASSWORD_FILE] = { "smtp.password_file", KIND_FILE },
	[HC_CONFIG_SMTP_CONNECTIONS] = { "smtp.connections", KIND_TEXT },
	[HC_CONFIG_MAIL_FROM] = { "mail.from", KIND_TEXT },
	[HC_CONFIG_MAIL_BOUNCE] = { "mail.bounce", KIND_TEXT },
	[HC_CONFIG_MAIL_REPLY_TO] = { "mail.reply_to", KIND_TEXT },
	[HC_CONFIG_MAIL_RATE] = { "mail.rate", KIND_TEXT },
	[HC_CONFIG_FORM_URL] = { "form.url", KIND_TEXT },
	[HC_CONFIG_FORM_LISTEN] = { "form.listen", KIND_TEXT },
	[HC_CONFIG_FORM_STORE] = { "form.store", KIND_FILE },
	[HC_CONFIG_KEY_FILE] = { "office.key_file", KIND_FILE },
};

struct setting {
	char *value;	/* NULL: not set */
	char *where;
};

struct hc_config {
	struct setting settings[HC_CONFIG_KEYS];
};

/* Reading one file. */
struct reading {
	struct hc_config *config;
	const char *path;
	FILE *file;
	struct hc_error *err;
	enum hc_status rc;		/* the first failure */
	int line;			/* its number */
	bool seen[HC_CONFIG_KEYS];	/* in this file */
};

enum hc_status
hc_config_new(struct hc_config **config)
{
	*config = calloc(1, sizeof(**config));
	return *config != NULL ? HC_OK : HC_NOMEM;
}

void
hc_config_free(struct hc_config *config)
{
	size_t i;

	if (config == NULL)
		return;
	for (i = 0; i < HC_CONFIG_KEYS; i++) {
		free(config->settings[i].value);
		free(config->settings[i].where);
	}
	free(config);
}

const char *
hc_config_name(enum hc_config_key key)
{
	return keys[key].name;
}

const char *
hc_config_get(const struct hc_config *config, enum hc_config_key key)
{
	return config->settings[key].value;
}

const char *
hc_config_where(const struct hc_config *config, enum hc_config_key key)
{
	const char *where = config->settings[key].where;

	return where != NULL ? where : "";
}

enum hc_status
hc_config_set(struct hc_config *config, enum hc_config_key key,
    const char *value, const char *where)
{
	struct setting *setting = &config->settings[key];

	if (setting->value != NULL || value == NULL || *value == '\0')
		return HC_OK;
	setting->value = strdup(value);
	setting->where = strdup(where);
	if (setting->value != NULL && setting->where != NULL)
		return HC_OK;
	free(setting->value);
	free(setting->where);
	memset(setting, 0, sizeof(*setting));
	return HC_NOMEM;
}

/* Remember the first thing that is wrong with the file. */
static void
refuse(struct reading *r, const char *words, const char *subject)
{
	if (r->rc != HC_OK)
		return;
	r->rc = HC_CONFIG;
	if (subject != NULL)
		hc_error_set(r->err, HC_CONFIG, "%s:%d: %s: '%s'", r->path,
		    r->line, words, subject);
	else
		hc_error_set(r->err, HC_CONFIG, "%s:%d: %s", r->path,
		    r->line, words);
}

static void
refuse_key(struct reading *r, const char *name)
{
	const char *best = NULL;
	size_t i;

	for (i = 0; i < HC_CONFIG_KEYS; i++)
		best = hc_near_better(name, keys[i].name, best);
	if (best == NULL) {
		refuse(r, _("unknown setting"), name);
	} else if (r->rc == HC_OK) {
		r->rc = HC_CONFIG;
		hc_error_set(r->err, HC_CONFIG,
		    _("%s:%d: unknown setting '%s': did you mean '%s'?"),
		    r->path, r->line, name, best);
	}
}

/* A file's name in the settings is meant from their folder. */
static char *
from_folder(const char *path, const char *value)
{
	struct hc_buf buf = HC_BUF_INIT;
	const char *slash = strrchr(path, '/');

	if (value[0] != '/' && strstr(value, "://") == NULL &&
	    strcmp(value, "-") != 0 && slash != NULL &&
	    strncmp(path, "./", 2) != 0)
		hc_buf_add(&buf, path, (size_t)(slash - path) + 1);
	hc_buf_puts(&buf, value);
	return hc_buf_take(&buf);
}

static void
set_from_file(struct reading *r, enum hc_config_key key, const char *value)
{
	struct hc_buf where = HC_BUF_INIT;
	char *copy;
	enum hc_status rc = HC_NOMEM;

	hc_buf_printf(&where, "%s:%d", r->path, r->line);
	copy = keys[key].kind == KIND_FILE ? from_folder(r->path, value) :
	    strdup(value);
	if (copy != NULL && !hc_buf_failed(&where))
		rc = hc_config_set(r->config, key, copy,
		    hc_buf_text(&where));
	if (rc != HC_OK && r->rc == HC_OK)
		r->rc = hc_error_nomem(r->err);
	free(copy);
	hc_buf_free(&where);
}

/* inih: one setting was read. */
static int
setting_read(void *user, const char *section, const char *name,
    const char *value)
{
	struct reading *r = user;
	char full[256];
	size_t i;

	snprintf(full, sizeof(full), "%s%s%s", section,
	    *section != '\0' ? "." : "", name);
	for (i = 0; i < HC_CONFIG_KEYS; i++)
		if (strcmp(keys[i].name, full) == 0)
			break;
	if (i == HC_CONFIG_KEYS)
		refuse_key(r, full);
	else if (r->seen[i])
		refuse(r, _("set a second time"), full);
	else if (*value == '\0')
		refuse(r, _("no value"), full);
	else
		set_from_file(r, (enum hc_config_key)i, value);
	if (i < HC_CONFIG_KEYS)
		r->seen[i] = true;
	return 1;
}

/* Length of the UTF-8 sequence at ${s}; 0 if it is none.  Overlong forms
   and surrogates pass: a setting is compared or shown, never decoded. */
static size_t
sequence(const unsigned char *s)
{
	size_t i, len;

	if (s[0] < 0x80)
		return s[0] == '\t' || s[0] >= ' ' ? 1 : 0;
	len = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	for (i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

static bool
is_clean(const char *line)
{
	const unsigned char *s = (const unsigned char *)line;
	size_t len;

	for (; *s != '\0' && *s != '\r' && *s != '\n'; s += len)
		if ((len = sequence(s)) == 0)
			return false;
	return s[0] != '\r' || s[1] == '\n';
}

/* inih: give it the next line, or NULL at the end and at the first fault. */
static char *
next_line(char *text, int size, void *user)
{
	struct reading *r = user;
	ssize_t len;
	size_t room = 0;
	char *line = NULL, *given = NULL;

	if (r->rc != HC_OK)
		return NULL;
	r->line++;
	errno = 0;
	if ((len = getline(&line, &room, r->file)) < 0) {
		if (ferror(r->file) || errno != 0)
			r->rc = hc_error_set(r->err, HC_IO,
			    _("cannot read '%s': %s"), r->path,
			    strerror(errno));
		goto out;
	}
	if (strlen(line) != (size_t)len || !is_clean(line)) {
		refuse(r, _("control characters, or not UTF-8"), NULL);
		goto out;
	}
	if (len > 0 && line[len - 1] == '\n')
		line[--len] = '\0';
	if (len > 0 && line[len - 1] == '\r')
		line[--len] = '\0';
	if (len >= size) {
		refuse(r, _("the line is too long"), NULL);
		goto out;
	}
	/* inih would take it as more of the line before. */
	memcpy(text, line, (size_t)len + 1);
	given = text;
	while (*text == ' ' || *text == '\t')
		text++;
	memmove(given, text, strlen(text) + 1);
out:
	free(line);
	return given;
}

enum hc_status
hc_config_read(struct hc_config *config, const char *path,
    struct hc_error *err)
{
	struct reading r = { .config = config, .path = path, .err = err };
	int line;

	if ((r.file = fopen(path, "re")) == NULL) {
		if (errno == ENOENT || errno == ENOTDIR)
			return HC_NOTFOUND;
		return hc_error_set(err, errno == EACCES ? HC_DENIED : HC_IO,
		    _("cannot read '%s': %s"), path, strerror(errno));
	}
	line = ini_parse_stream(next_line, &r, setting_read, &r);
	fclose(r.file);
	if (r.rc != HC_OK)
		return r.rc;
	if (line < 0)
		return hc_error_nomem(err);
	r.line = line;
	if (line > 0)
		refuse(&r, _("neither [section] nor name = value"), NULL);
	return r.rc;
}
