/* The files beside hc-import's lists: plans and rejects. */
#include <sys/stat.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#include "import_side.h"

/* What is not to be seen before it is whole, or is read twice. */
static FILE *
open_unnamed(const struct program *p)
{
	FILE *file = NULL;
	int fd = hc_file_unnamed(p->tmp);

	if (fd == -1 || (file = fdopen(fd, "w+")) == NULL)
		program_fail(HC_IO, _("cannot make a file in '%s': %s"),
		    p->tmp, strerror(errno));
	return file;
}

/* All that ${from} holds; true if it could be had. */
static bool
copy(FILE *from, FILE *to)
{
	char block[8192];
	size_t n;

	while ((n = fread(block, 1, sizeof(block), from)) > 0)
		fwrite(block, 1, n, to);
	return ferror(from) == 0 && fflush(to) == 0 && ferror(to) == 0;
}

void
import_plan_make(const struct program *p, struct import_plan *plan)
{
	if (plan->name == NULL)
		return;
	if (side_is_stdout(plan->name))
		plan->file = open_unnamed(p);
	else if ((plan->file = fopen(plan->name, "we")) == NULL)
		program_fail(errno == EACCES ? HC_DENIED : HC_IO,
		    _("cannot make '%s': %s"), plan->name, strerror(errno));
	plan->made = true;
}

void
import_plan_take(const struct program *p, struct import_plan *plan)
{
	if (plan->name == NULL)
		return;
	if (side_is_stdout(plan->name)) {
		plan->file = open_unnamed(p);
		if (!copy(stdin, plan->file))
			program_fail(HC_IO, _("cannot read the plan: %s"),
			    strerror(errno));
		rewind(plan->file);
	} else if ((plan->file = fopen(plan->name, "re")) == NULL)
		program_fail(errno == EACCES ? HC_DENIED : HC_NOINPUT,
		    _("cannot open '%s': %s"), plan->name, strerror(errno));
}

void
import_plan_end(struct import_plan *plan, bool failed)
{
	if (plan->file == NULL)
		return;
	if (plan->made && side_is_stdout(plan->name)) {
		rewind(plan->file);
		if (!failed)
			copy(plan->file, stdout);
		fclose(plan->file);
		return;
	}
	if (fclose(plan->file) == EOF && plan->made && !failed)
		program_fail(HC_IO, _("cannot write '%s': %s"), plan->name,
		    strerror(errno));
	if (plan->made && failed)
		unlink(plan->name);
}

bool
import_rejects_folder(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

/* NAME.csv in the folder. */
static void
put_place(struct hc_buf *place, const char *folder, const char *list)
{
	const char *dot = strrchr(list, '.');
	size_t len = dot != NULL && dot != list ? (size_t)(dot - list) :
	    strlen(list);

	hc_buf_printf(place, "%s/%.*s.csv", folder, (int)len, list);
	if (hc_buf_failed(place))
		program_fail(HC_NOMEM, "%s", _("out of memory"));
}

void
import_rejects_open(struct import_rejects *rejects, const char *name,
    const char *list)
{
	memset(rejects, 0, sizeof(*rejects));
	rejects->side.name = name;
	if (name != NULL && import_rejects_folder(name)) {
		put_place(&rejects->place, name, list);
		rejects->side.name = hc_buf_text(&rejects->place);
	}
	side_open(&rejects->side);
}

void
import_rejects_close(struct import_rejects *rejects, bool save)
{
	if (save)
		side_save(&rejects->side);
	hc_buf_free(&rejects->place);
}
