/*
 * Delivering into a Maildir.  A message is either whole in new/ and safe on
 * disk, or not there: readers never look into tmp/.
 */
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mime.h"
#include "base/status.h"
#include "task/transport.h"

#include "task/maildir.h"

static enum hc_status
make_folder(const char *path, struct hc_error *err)
{
	enum hc_status rc;
	struct stat st;

	/* Mails in a folder that a power cut takes away would be lost. */
	if (mkdir(path, 0700) == 0 && hc_file_sync_folder(path) == 0)
		return HC_OK;
	if (errno == EEXIST && stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode) && access(path, W_OK | X_OK) == 0)
			return HC_OK;
		if (!S_ISDIR(st.st_mode))
			errno = ENOTDIR;
	}
	rc = errno == EACCES || errno == EPERM || errno == EROFS ? HC_DENIED :
	    errno == ENOENT || errno == ENOTDIR ? HC_NOINPUT : HC_IO;
	return hc_error_set(err, rc, _("cannot make the folder '%s': %s"),
	    path, strerror(errno));
}

enum hc_status
hc_maildir_make(const char *path, struct hc_error *err)
{
	static const char *const folders[] = { "tmp", "new", "cur" };
	char folder[PATH_MAX];
	enum hc_status rc;
	size_t i;

	/* Room for the names of messages, see unique_name(). */
	if (strlen(path) + 5 + NAME_MAX >= sizeof(folder))
		return hc_error_set(err, HC_INVALID,
		    _("the path of the Maildir is too long"));
	if ((rc = make_folder(path, err)) != HC_OK)
		return rc;
	for (i = 0; i < 3; i++) {
		snprintf(folder, sizeof(folder), "%s/%s", path, folders[i]);
		if ((rc = make_folder(folder, err)) != HC_OK)
			return rc;
	}
	return HC_OK;
}

/* Time, process, a counter and the host: never the same twice. */
static void
unique_name(char *name, size_t size)
{
	static atomic_uint counter;
	struct timespec now;
	char host[65];
	char *s;

	clock_gettime(CLOCK_REALTIME, &now);
	if (gethostname(host, sizeof(host)) != 0)
		snprintf(host, sizeof(host), "localhost");
	host[sizeof(host) - 1] = '\0';
	for (s = host; *s != '\0'; s++)
		if (*s == '/' || *s == ':')
			*s = '_';
	snprintf(name, size, "%lld.M%ldP%ldQ%u.%s", (long long)now.tv_sec,
	    now.tv_nsec / 1000, (long)getpid(),
	    atomic_fetch_add(&counter, 1), host);
}

static void
make_text(struct hc_buf *text, const struct hc_transport_job *job)
{
	const char *s = job->data, *end = s + job->len, *cr;

	hc_buf_puts(text, "Return-Path: <");
	if (job->from[0] != '\0')
		hc_mime_address_put(text, job->from);
	hc_buf_puts(text, ">\nDelivered-To: ");
	hc_mime_address_put(text, job->to);
	hc_buf_putc(text, '\n');
	for (; s < end && (cr = memchr(s, '\r', (size_t)(end - s))) != NULL;
	    s = cr + 1)
		hc_buf_add(text, s, (size_t)(cr - s));
	hc_buf_add(text, s, (size_t)(end - s));
}

/* A new file with ${text}, synced.  On failure none is left, errno says. */
static int
write_file(const char *path, const struct hc_buf *text)
{
	int fd, saved;

	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		return -1;
	if (hc_file_write(fd, text->data, text->len) == 0 && fsync(fd) == 0) {
		if (close(fd) == 0)
			return 0;
		fd = -1;
	}
	saved = errno;
	if (fd != -1)
		close(fd);
	unlink(path);
	errno = saved;
	return -1;
}

static void
failed(struct hc_transport_result *result, enum hc_transport_outcome outcome)
{
	result->outcome = outcome;
	if (outcome == HC_TRANSPORT_UNREACHABLE && (errno == ENOSPC ||
	    errno == EDQUOT || errno == ENOMEM || errno == EMFILE ||
	    errno == ENFILE))
		result->outcome = HC_TRANSPORT_DEFERRED;
	snprintf(result->reply, sizeof(result->reply), "%s", strerror(errno));
}

void
hc_maildir_deliver(const char *path, const struct hc_transport_job *job,
    struct hc_transport_result *result)
{
	char name[NAME_MAX], tmp[PATH_MAX], new[PATH_MAX];
	struct hc_buf text = HC_BUF_INIT;

	result->code = 0;
	result->stage = HC_TRANSPORT_DATA;
	unique_name(name, sizeof(name));
	snprintf(tmp, sizeof(tmp), "%s/tmp/%s", path, name);
	snprintf(new, sizeof(new), "%s/new/%s", path, name);
	make_text(&text, job);
	if (hc_buf_failed(&text)) {
		errno = ENOMEM;
		failed(result, HC_TRANSPORT_UNREACHABLE);
		goto out;
	}
	if (write_file(tmp, &text) != 0) {
		failed(result, HC_TRANSPORT_UNREACHABLE);
		goto out;
	}
	/* link(), since rename() would silently replace. */
	if (link(tmp, new) != 0) {
		failed(result, HC_TRANSPORT_UNREACHABLE);
		unlink(tmp);
		goto out;
	}
	unlink(tmp);
	result->stage = HC_TRANSPORT_END;
	if (hc_file_sync_folder(new) != 0) {
		failed(result, HC_TRANSPORT_DOUBTFUL);
		goto out;
	}
	result->outcome = HC_TRANSPORT_DELIVERED;
	result->code = 250;
	snprintf(result->reply, sizeof(result->reply),
	    "250 stored as new/%s", name);
out:
	hc_buf_free(&text);
}
