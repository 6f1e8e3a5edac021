/* The lists that hc-import is given, one after the other or as forms. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#include "import_say.h"
#include "import_side.h"
#include "import_take.h"
#include "office.h"

static const struct hc_table_column columns[] = {
	{ "file", N_("file"), HC_TYPE_TEXT },
	{ "mapping", N_("mapping"), HC_TYPE_TEXT },
	{ "source", N_("list"), HC_TYPE_TEXT },
	{ "rows", N_("rows"), HC_TYPE_INTEGER },
	{ "new", N_("new"), HC_TYPE_INTEGER },
	{ "changed", N_("changed"), HC_TYPE_INTEGER },
	{ "unchanged", N_("unchanged"), HC_TYPE_INTEGER },
	{ "refused", N_("refused"), HC_TYPE_INTEGER },
	{ "warnings", N_("warnings"), HC_TYPE_INTEGER },
	{ "run", N_("run"), HC_TYPE_INTEGER },
	{ "waiting", N_("waits"), HC_TYPE_INTEGER },
};

void
import_take_begin(struct import_take *take)
{
	if (hc_table_new(&take->summary, columns,
	    sizeof(columns) / sizeof(columns[0])) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
}

static void
add_result(struct import_take *take, const char *file,
    const struct hc_import_result *r)
{
	size_t counts[] = { r->rows, r->added, r->changed, r->unchanged,
	    r->refused, r->warnings };
	const char *cells[11] = { file, r->mapping, r->source };
	char numbers[6][24], run[24], waiting[24];
	size_t i;

	for (i = 0; i < 6; i++) {
		snprintf(numbers[i], sizeof(numbers[i]), "%zu", counts[i]);
		cells[3 + i] = numbers[i];
	}
	snprintf(run, sizeof(run), "%lld",
	    (long long)(r->run % HC_ID_SPAN));
	cells[9] = r->run != 0 ? run : NULL;
	snprintf(waiting, sizeof(waiting), "%zu", r->waiting);
	cells[10] = waiting;
	if (hc_table_row(take->summary, cells) != HC_OK)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
}

/* ---- Files ---- */

enum hc_status
import_take_open(const char *name, int *fd)
{
	struct stat st;
	enum hc_status rc;

	*fd = STDIN_FILENO;
	if (strcmp(name, "-") == 0)
		return HC_OK;
	if ((*fd = open(name, O_RDONLY | O_CLOEXEC)) == -1) {
		rc = errno == EACCES ? HC_DENIED : HC_NOINPUT;
		program_warn(_("cannot open '%s': %s"), name,
		    strerror(errno));
		if (name[0] != '\0' && name[1] == ':')
			program_note(_("that is a name of Windows: here '/' "
			    "stands between folders, and what is C: there is "
			    "/mnt/c, if anything"));
		return rc;
	}
	if (fstat(*fd, &st) == -1 || !S_ISDIR(st.st_mode))
		return HC_OK;
	close(*fd);
	program_warn(_("'%s' is a folder; name the files in it, as in "
	    "%s%s*.xlsx"), name, name,
	    name[strlen(name) - 1] == '/' ? "" : "/");
	return HC_NOINPUT;
}

void
import_take_close(int fd)
{
	if (fd != STDIN_FILENO)
		close(fd);
}

const char *
import_take_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* What Excel lays beside a file that somebody has open there; "*.xlsx" names
   it too. */
static bool
is_mark(const char *path)
{
	const char *name = import_take_name(path);

	if (strncmp(name, "~$", 2) != 0)
		return false;
	program_note(_("'%s' is passed over: it only says that somebody has "
	    "'%s' open in Excel; what was not saved there is not read"), path,
	    name + 2);
	return true;
}

/* ---- Lists ---- */

bool
import_take_failed(enum hc_status rc)
{
	return rc != HC_OK && rc != HC_CONFLICT;
}

/* Import what ${list} names; ${refused} are forms that could not be read. */
static enum hc_status
take_list(struct import_take *take, const struct hc_import_options *list,
    size_t refused)
{
	struct import_rejects rejects;
	struct hc_expr_clock clock;
	struct hc_import_options o = *list;
	struct hc_import_result result;
	enum hc_status rc;

	office_clock(take->p, &clock);
	o.clock = &clock;
	import_rejects_open(&rejects, take->rejects, o.name);
	o.rejects = rejects.side.file;
	rc = hc_import(take->store, &o, &result);
	program_progress_end();
	if (rc == HC_OK && refused > 0)
		rc = HC_CONFLICT;
	result.rows += refused;
	result.refused += refused;
	if (import_take_failed(rc))
		program_warn("%s", hc_store_error(take->store));
	else
		add_result(take, o.name, &result);
	import_rejects_close(&rejects, result.read);
	if (result.skipped > 0)
		program_detail(_("%s: %zu headings, totals and notes passed "
		    "over"), o.name, result.skipped);
	return rc;
}

static enum hc_status
take_file(struct import_take *take, const char *name)
{
	struct hc_import_options o = take->options;
	enum hc_status rc;

	o.name = import_take_name(name);
	if ((rc = import_take_open(name, &o.fd)) != HC_OK)
		return rc;
	rc = take_list(take, &o, 0);
	import_take_close(o.fd);
	return rc;
}

enum hc_status
import_take_files(struct import_take *take, const char *const *names,
    size_t n)
{
	enum hc_status rc, worst = HC_OK;
	size_t i;

	for (i = 0; i < n && !import_take_failed(worst); i++) {
		if (n > 1 && is_mark(names[i]))
			continue;
		if ((rc = take_file(take, names[i])) != HC_OK)
			worst = rc;
	}
	return worst;
}

static enum hc_status
add_form(struct import_take *take, struct hc_import_forms *forms,
    const char *name)
{
	struct hc_import_forms_file file = { .name = import_take_name(name),
	    .sheet = take->options.sheet, .tell = import_say_news };
	struct hc_error error;
	enum hc_status rc;

	if ((rc = import_take_open(name, &file.fd)) != HC_OK)
		return rc;
	rc = hc_import_forms_add(forms, &file, &error);
	import_take_close(file.fd);
	if (rc != HC_OK)
		program_warn(_("%s; it is left out"), error.text);
	return rc;
}

enum hc_status
import_take_forms(struct import_take *take, const char *const *names,
    size_t n)
{
	struct hc_import_options o = take->options;
	size_t i, refused = 0;
	enum hc_status rc;
	char name[64];

	o.fd = -1;
	if ((rc = hc_import_forms_new(&o.forms, take->store, o.mapping,
	    o.source != NULL)) != HC_OK)
		office_fail(take->store, rc);
	for (i = 0; i < n && *o.stop == 0; i++) {
		if (n > 1 && is_mark(names[i]))
			continue;
		rc = add_form(take, o.forms, names[i]);
		if (rc == HC_NOINPUT || rc == HC_DENIED || rc == HC_NOMEM)
			goto out;
		refused += rc != HC_OK;
	}
	snprintf(name, sizeof(name), _("%zu forms"),
	    hc_import_forms_count(o.forms));
	o.name = n == 1 ? import_take_name(names[0]) : name;
	if (hc_import_forms_count(o.forms) == 0 ||
	    (o.strict && refused > 0))
		rc = HC_INVALID;
	else
		rc = take_list(take, &o, refused);
out:
	hc_import_forms_free(o.forms);
	return rc;
}
