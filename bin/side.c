/* Files that a program writes beside its output. */
#include <errno.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#include "program.h"
#include "side.h"

/* Can it be written?  Better said now than after a long import. */
static bool
is_writable(const char *path)
{
	char *copy;
	bool yes;

	if (access(path, W_OK) == 0)
		return true;
	if (errno != ENOENT || (copy = strdup(path)) == NULL)
		return false;
	yes = access(dirname(copy), W_OK | X_OK) == 0;
	free(copy);
	return yes;
}

bool
side_is_stdout(const char *name)
{
	return name != NULL && strcmp(name, "-") == 0;
}

void
side_open(struct side *side)
{
	if (side->name == NULL)
		return;
	if (!side_is_stdout(side->name) && !is_writable(side->name))
		program_fail(errno == EACCES ? HC_DENIED : HC_IO,
		    _("cannot make '%s': %s"), side->name, strerror(errno));
	if ((side->file = open_memstream(&side->text, &side->len)) == NULL)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
}

void
side_save(struct side *side)
{
	int failed = 0;

	if (side->name == NULL)
		return;
	if (fclose(side->file) == EOF)
		failed = -1;
	else if (side_is_stdout(side->name))
		/* program_finish() sees whether it arrived. */
		fwrite(side->text, 1, side->len, stdout);
	else
		failed = hc_file_replace(side->name, side->text, side->len);
	if (failed == -1)
		program_fail(HC_IO, _("cannot write '%s': %s"), side->name,
		    strerror(errno));
	free(side->text);
}
