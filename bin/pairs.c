/* Lines "name=value". */
#include <sys/wait.h>

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/options.h"

#include "pairs.h"
#include "parts.h"
#include "program.h"

extern char **environ;

static void *
must(void *memory)
{
	if (memory == NULL)
		program_fail(HC_NOMEM, _("out of memory"));
	return memory;
}

static char *
keep(struct pairs *pairs, char *text)
{
	pairs->owned = must(realloc(pairs->owned,
	    (pairs->nowned + 1) * sizeof(*pairs->owned)));
	return pairs->owned[pairs->nowned++] = must(text);
}

static void
add(struct pairs *pairs, char *name, const char *value)
{
	pairs->items = must(realloc(pairs->items,
	    (pairs->len + 1) * sizeof(*pairs->items)));
	pairs->items[pairs->len].name = name;
	pairs->items[pairs->len++].value = value;
}

bool
pairs_add(struct pairs *pairs, const char *word)
{
	struct hc_buf name = HC_BUF_INIT;
	const char *value;

	if (!hc_options_pair(word, &name, &value)) {
		hc_buf_free(&name);
		return false;
	}
	add(pairs, keep(pairs, hc_buf_take(&name)), value);
	return true;
}

static void
unescape(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++)
		if (text[0] == '\\' && text[1] == 'n') {
			*to++ = '\n';
			text++;
		} else if (text[0] == '\\' && text[1] == '\\') {
			*to++ = '\\';
			text++;
		} else
			*to++ = *text;
	*to = '\0';
}

void
pairs_read(struct pairs *pairs, FILE *file, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int number = 0;

	while ((len = getline(&line, &room, file)) != -1) {
		number++;
		if (memchr(line, '\0', (size_t)len) != NULL)
			program_fail(HC_INVALID, _("%s:%d: a NUL byte"),
			    name, number);
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		unescape(line);
		if (!pairs_add(pairs, keep(pairs, strdup(line))))
			program_fail(HC_INVALID,
			    _("%s:%d: '%s' is not NAME=VALUE"), name, number,
			    line);
	}
	if (ferror(file))
		program_fail(HC_IO, _("cannot read '%s': %s"), name,
		    strerror(errno));
	free(line);
}

/* ---- The editor ---- */

static void
write_escaped(FILE *file, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '\n')
			fputs("\\n", file);
		else if (*text == '\\')
			fputs("\\\\", file);
		else
			putc(*text, file);
}

static void
write_row(FILE *file, const struct hc_row *row)
{
	const struct hc_field *f;
	size_t i;

	for (i = 0; i < row->entity->nfields; i++) {
		f = row->entity->fields[i];
		if (f->retired)
			continue;
		fprintf(file, "# %s\n%s=", hc_catalogue_label(f), f->name);
		if (row->values[i] != NULL)
			write_escaped(file, row->values[i]);
		putc('\n', file);
	}
}

static void
run_editor(const char *path)
{
	const char *editor = getenv("VISUAL");
	char *argv[] = { (char []){ "sh" }, (char []){ "-c" },
	    (char []){ "exec $HC_EDIT \"$0\"" }, NULL, NULL };
	pid_t pid;
	int status;

	if (editor == NULL || editor[0] == '\0')
		editor = getenv("EDITOR");
	if (editor == NULL || editor[0] == '\0')
		editor = "vi";
	argv[3] = must(strdup(path));
	/* An editor may be "vi -u NONE", which a shell takes apart. */
	if (setenv("HC_EDIT", editor, 1) == -1)
		must(NULL);
	if (posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) == -1 || status != 0) {
		unlink(path);
		program_fail(HC_UNAVAILABLE,
		    _("the editor '%s' failed; nothing is changed"), editor);
	}
	unsetenv("HC_EDIT");
	free(argv[3]);
}

/* Keep of what was read only what is not as it was. */
static void
drop_unchanged(struct pairs *pairs, const struct hc_row *row)
{
	const char *old;
	size_t from, to = 0;

	for (from = 0; from < pairs->len; from++) {
		old = hc_row_value(row, pairs->items[from].name);
		if (strcmp(old != NULL ? old : "",
		    pairs->items[from].value) != 0)
			pairs->items[to++] = pairs->items[from];
	}
	pairs->len = to;
}

/* A private file; its name goes into ${name}. */
static FILE *
open_file(struct hc_buf *name)
{
	struct hc_buf path = HC_BUF_INIT;
	FILE *file;
	int fd;

	hc_buf_printf(&path, "%s/hc-edit", program.tmp);
	fd = hc_file_beside(hc_buf_text(&path), name);
	if (fd == -1 || (file = fdopen(fd, "w")) == NULL)
		program_fail(HC_IO, _("cannot make '%s': %s"),
		    hc_buf_text(&path), strerror(errno));
	hc_buf_free(&path);
	return file;
}

static void
close_file(FILE *file, const struct hc_buf *name)
{
	if (fclose(file) == EOF) {
		unlink(hc_buf_text(name));
		program_fail(HC_IO, _("cannot write '%s': %s"),
		    hc_buf_text(name), strerror(errno));
	}
}

void
pairs_edit(struct pairs *pairs, const struct hc_row *row)
{
	struct hc_buf name = HC_BUF_INIT;
	const char *path;
	FILE *file;

	file = open_file(&name);
	write_row(file, row);
	close_file(file, &name);
	path = hc_buf_text(&name);
	run_editor(path);
	file = fopen(path, "re");
	unlink(path);
	if (file == NULL)
		program_fail(HC_IO, _("cannot read '%s': %s"), path,
		    strerror(errno));
	pairs_read(pairs, file, path);
	fclose(file);
	hc_buf_free(&name);
	drop_unchanged(pairs, row);
}

void
pairs_keep(const struct pairs *pairs)
{
	struct hc_buf name = HC_BUF_INIT;
	FILE *file = open_file(&name);
	size_t i;

	for (i = 0; i < pairs->len; i++) {
		fprintf(file, "%s=", pairs->items[i].name);
		write_escaped(file, pairs->items[i].value);
		putc('\n', file);
	}
	close_file(file, &name);
	program_note(_("your changes are kept in '%s': hc-edit reads such "
	    "lines from standard input"), hc_buf_text(&name));
	hc_buf_free(&name);
}

void
pairs_clear(struct pairs *pairs)
{
	size_t i;

	for (i = 0; i < pairs->nowned; i++)
		free(pairs->owned[i]);
	free(pairs->owned);
	free(pairs->items);
	memset(pairs, 0, sizeof(*pairs));
}
