/* A file that can be read again and from anywhere. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#include "base/spool.h"

static int
duplicate(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

/* Copy all that comes; false with errno. */
static bool
copy(FILE *to, int fd)
{
	char bytes[65536];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 ||
		    fwrite(bytes, 1, (size_t)n, to) != (size_t)n)
			return false;
	}
	return fflush(to) == 0 && lseek(fileno(to), 0, SEEK_SET) == 0;
}

enum hc_status
hc_spool_open(int *spool, int fd, struct hc_error *err)
{
	FILE *file = NULL;

	*spool = -1;
	if (lseek(fd, 0, SEEK_SET) == 0)
		*spool = duplicate(fd);
	else if ((file = tmpfile()) != NULL && copy(file, fd))
		*spool = duplicate(fileno(file));
	if (*spool == -1)
		hc_error_set(err, HC_IO, _("cannot read: %s"),
		    strerror(errno));
	if (file != NULL)
		fclose(file);
	return *spool == -1 ? HC_IO : HC_OK;
}
