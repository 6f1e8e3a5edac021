/* Files of definitions, and what is wrong with them. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#include "program.h"

#include "definitions.h"

void
definitions_open(const char *name, struct hc_tsv_reader **tsv, int *fd)
{
	enum hc_status rc;

	*fd = STDIN_FILENO;
	if (strcmp(name, "-") != 0 &&
	    (*fd = open(name, O_RDONLY | O_CLOEXEC)) == -1)
		program_fail(HC_NOINPUT, _("cannot open '%s': %s"), name,
		    strerror(errno));
	if ((rc = hc_tsv_open(tsv, *fd, name)) != HC_OK)
		program_fail(rc, "%s", hc_tsv_error(*tsv));
	if (hc_tsv_columns(*tsv) > 0 && hc_tsv_column(*tsv, "kind") == -1)
		program_fail(HC_INVALID, _("'%s' has no column 'kind'"), name);
}

void
definitions_close(struct hc_tsv_reader *tsv, int fd)
{
	hc_tsv_close(tsv);
	if (fd != STDIN_FILENO)
		close(fd);
}

void
definitions_fault(void *arg, const char *what, const char *field,
    const char *words)
{
	if (what == NULL)
		program_warn("%s", words);
	else if (arg != NULL && field == NULL)
		program_warn("%s:%s: %s", (const char *)arg, what, words);
	else if (arg != NULL)
		program_warn("%s:%s: %s: %s", (const char *)arg, what, field,
		    words);
	else if (field == NULL)
		program_warn("%s: %s", what, words);
	else
		program_warn("%s: %s: %s", what, field, words);
}
