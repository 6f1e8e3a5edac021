/*
 * gnuplot as a child: its script, picture and complaints are files in
 * memory, so that neither side ever waits for the other, and no shell and no
 * file name is involved.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#include "task/plot.h"

static enum hc_status
write_all(int fd, const struct hc_buf *buf, struct hc_error *err)
{
	return hc_file_write(fd, buf->data, buf->len) == -1 ||
	    lseek(fd, 0, SEEK_SET) == -1 ?
	    hc_error_set(err, HC_IO, "%s", strerror(errno)) : HC_OK;
}

static enum hc_status
read_all(int fd, struct hc_buf *out, struct hc_error *err)
{
	char bytes[65536];
	ssize_t n;

	if (lseek(fd, 0, SEEK_SET) == -1)
		return hc_error_set(err, HC_IO, "%s", strerror(errno));
	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return hc_error_set(err, HC_IO, "%s", strerror(errno));
		hc_buf_add(out, bytes, (size_t)n);
	}
	return hc_buf_failed(out) ? hc_error_nomem(err) : HC_OK;
}

/* Start it with the three files; HC_UNAVAILABLE if it is not installed. */
static enum hc_status
start(const int fds[3], pid_t *pid, struct hc_error *err)
{
	/* No settings of the user's own: -d; no terminal of a desktop. */
	char name[] = "gnuplot", defaults[] = "-d", from[] = "-";
	char *argv[] = { name, defaults, from, NULL };
	char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
	char locale[] = "LC_ALL=C.UTF-8", home[] = "HOME=/nonexistent";
	char *envp[] = { path, locale, home, NULL };
	posix_spawn_file_actions_t actions;
	int i, error;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return hc_error_nomem(err);
	for (i = 0, error = 0; i < 3 && error == 0; i++)
		error = posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	if (error == 0)
		error = posix_spawnp(pid, "gnuplot", &actions, NULL, argv,
		    envp);
	posix_spawn_file_actions_destroy(&actions);
	if (error == ENOENT)
		return hc_error_set(err, HC_UNAVAILABLE,
		    _("gnuplot is not installed; '--type text' draws bars "
		    "without it"));
	if (error != 0)
		return hc_error_set(err, HC_UNAVAILABLE,
		    _("cannot start gnuplot: %s"), strerror(error));
	return HC_OK;
}

/* Wait for it and say in its own words what went wrong. */
static enum hc_status
finish(pid_t pid, int errors, struct hc_error *err)
{
	struct hc_buf words = HC_BUF_INIT;
	char *newline;
	int status = 0;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return hc_error_set(err, HC_ERROR, "%s",
			    strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return HC_OK;
	read_all(errors, &words, err);
	while (words.len > 0 &&
	    (newline = strpbrk(words.data, "\n\r\t")) != NULL)
		*newline = ' ';
	hc_error_set(err, HC_ERROR, _("gnuplot failed: %s"),
	    hc_buf_text(&words));
	hc_buf_free(&words);
	return HC_ERROR;
}

enum hc_status
hc_plot_draw(const struct hc_buf *script, struct hc_buf *out,
    struct hc_error *err)
{
	int fds[3] = { -1, -1, -1 }, i;
	enum hc_status rc = HC_OK;
	pid_t pid;

	for (i = 0; i < 3 && rc == HC_OK; i++)
		if ((fds[i] = memfd_create("plot", MFD_CLOEXEC)) == -1)
			rc = hc_error_set(err, HC_IO, "%s", strerror(errno));
	if (rc == HC_OK && (rc = write_all(fds[0], script, err)) == HC_OK &&
	    (rc = start(fds, &pid, err)) == HC_OK &&
	    (rc = finish(pid, fds[2], err)) == HC_OK)
		rc = read_all(fds[1], out, err);
	if (rc == HC_OK && out->len == 0)
		rc = hc_error_set(err, HC_ERROR, _("gnuplot drew nothing"));
	for (i = 0; i < 3; i++)
		if (fds[i] != -1)
			close(fds[i]);
	return rc;
}
