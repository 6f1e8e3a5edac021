/* Files that a program writes beside its output. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#include "program.h"
#include "side.h"

void
side_open(struct side *side)
{
	if (side->name == NULL)
		return;
	side->fd = open(side->name, O_WRONLY | O_CREAT | O_CLOEXEC, 0660);
	if (side->fd == -1)
		program_fail(errno == EACCES ? HC_DENIED : HC_IO,
		    _("cannot make '%s': %s"), side->name, strerror(errno));
	if ((side->file = open_memstream(&side->text, &side->len)) == NULL)
		program_fail(HC_NOMEM, "%s", _("out of memory"));
}

/* A device cannot be cut, and need not be. */
static bool
write_side(struct side *side)
{
	if (fclose(side->file) == EOF)
		return false;
	if (ftruncate(side->fd, 0) == -1 && errno != EINVAL)
		return false;
	return hc_file_write(side->fd, side->text, side->len) == 0 &&
	    close(side->fd) == 0;
}

void
side_save(struct side *side)
{
	if (side->name != NULL && !write_side(side))
		program_fail(HC_IO, _("cannot write '%s': %s"), side->name,
		    strerror(errno));
	free(side->text);
}
