/* The files beside hc-import's lists: plans and rejects. */
#include <sys/stat.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#include "import_side.h"
#include "program.h"

void
import_plan_make(struct import_plan *plan)
{
	if (plan->name == NULL)
		return;
	if ((plan->file = fopen(plan->name, "we")) == NULL)
		program_fail(errno == EACCES ? HC_DENIED : HC_IO,
		    _("cannot make '%s': %s"), plan->name, strerror(errno));
	plan->made = true;
}

void
import_plan_take(struct import_plan *plan)
{
	if (plan->name != NULL &&
	    (plan->file = fopen(plan->name, "re")) == NULL)
		program_fail(errno == EACCES ? HC_DENIED : HC_NOINPUT,
		    _("cannot open '%s': %s"), plan->name, strerror(errno));
}

void
import_plan_end(struct import_plan *plan, bool failed)
{
	if (plan->file == NULL)
		return;
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
