/* Writing files so that they are whole and stay. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

int
hc_file_write(int fd, const void *data, size_t len)
{
	const char *p = data;
	ssize_t n;

	for (; len > 0; p += n, len -= (size_t)n)
		if ((n = write(fd, p, len)) == -1) {
			if (errno != EINTR)
				return -1;
			n = 0;
		}
	return 0;
}

int
hc_file_append(int fd, const void *lines, size_t len)
{
	off_t end = lseek(fd, 0, SEEK_END);
	char last = '\n';

	if (end > 0 && pread(fd, &last, 1, end - 1) == -1)
		return -1;
	if (last != '\n' && hc_file_write(fd, "\n", 1) == -1)
		return -1;
	return hc_file_write(fd, lines, len);
}

/* The length of the folder's part of ${path}, its '/' included. */
static size_t
folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

int
hc_file_beside(const char *path, struct hc_buf *name)
{
	size_t len = folder_len(path);

	hc_buf_clear(name);
	hc_buf_add(name, path, len);
	/* Leave room for the ending: names have 255 bytes at most. */
	hc_buf_printf(name, ".%.*s.XXXXXX", 200, path + len);
	if (hc_buf_failed(name)) {
		errno = ENOMEM;
		return -1;
	}
	return mkostemp(name->data, O_CLOEXEC);
}

int
hc_file_place(const char *from, const char *to)
{
	int rc = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);

	/* File systems that cannot see to it themselves. */
	if (rc == -1 && errno == EINVAL) {
		if (access(to, F_OK) == 0) {
			errno = EEXIST;
			return -1;
		}
		rc = rename(from, to);
	}
	return rc == 0 ? hc_file_sync_folder(to) : -1;
}

static int
write_beside(const char *path, mode_t mode, const void *data, size_t len)
{
	struct hc_buf name = HC_BUF_INIT;
	int fd = hc_file_beside(path, &name), rc = -1, saved;

	if (fd != -1 && fchmod(fd, mode) == 0 &&
	    hc_file_write(fd, data, len) == 0 && fsync(fd) == 0 &&
	    rename(hc_buf_text(&name), path) == 0)
		rc = hc_file_sync_folder(path);
	else if (fd != -1) {
		saved = errno;
		unlink(hc_buf_text(&name));
		errno = saved;
	}
	if (fd != -1)
		close(fd);
	hc_buf_free(&name);
	return rc;
}

static int
write_device(const char *path, const void *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), rc;

	if (fd == -1)
		return -1;
	rc = hc_file_write(fd, data, len);
	return close(fd) == 0 ? rc : -1;
}

int
hc_file_replace(const char *path, const void *data, size_t len)
{
	struct stat st;
	char *real;
	int rc;

	if (stat(path, &st) == -1)
		return write_beside(path, 0660, data, len);
	if (!S_ISREG(st.st_mode))
		return write_device(path, data, len);
	/* Replace what a symbolic link points to, not the link. */
	if ((real = realpath(path, NULL)) == NULL)
		return -1;
	rc = write_beside(real, st.st_mode & 0777, data, len);
	free(real);
	return rc;
}

int
hc_file_unnamed(const char *folder)
{
	struct hc_buf name = HC_BUF_INIT;
	int fd, saved;

	fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
	if (fd != -1 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	/* File systems that need a name for a moment. */
	hc_buf_printf(&name, "%s/hc.XXXXXX", folder);
	if (hc_buf_failed(&name))
		errno = ENOMEM;
	else if ((fd = mkostemp(name.data, O_CLOEXEC)) != -1)
		unlink(name.data);
	saved = errno;
	hc_buf_free(&name);
	errno = saved;
	return fd;
}

int
hc_file_sync_folder(const char *path)
{
	char folder[PATH_MAX];
	size_t len = folder_len(path);
	int fd, rc, saved;

	if (len >= sizeof(folder)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(folder, len > 0 ? path : ".", len > 0 ? len : 1);
	folder[len > 0 ? len : 1] = '\0';
	if ((fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		return -1;
	rc = fsync(fd);
	saved = errno;
	close(fd);
	errno = saved;
	return rc;
}
