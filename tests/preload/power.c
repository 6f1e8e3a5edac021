/*
 * Preloaded into a program: writes down what it does to the files of a
 * folder, so that tests/powercut.pl can say what a power cut at any moment
 * would have left.
 *
 *	POWER_LOG=F	write to the file F
 *	POWER_FOLDER=D	about the files in the folder D (a real path)
 *	POWER_DROP=1	leave the syncs out: as if nobody had made them
 *
 * A record is one byte (W write, T truncate, S sync, C create, M make a
 * folder, L link, R rename, U unlink), a number of 8 bytes (where it writes,
 * the new length), then the path and the data, or the second path, each after
 * its length of 4 bytes.  Calls of several threads come one after the other.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static FILE *record;
static int drop;

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("POWER_LOG");

	folder = getenv("POWER_FOLDER");
	drop = getenv("POWER_DROP") != NULL;
	if (path == NULL || folder == NULL ||
	    (record = fopen(path, "we")) == NULL)
		_exit(99);
}

__attribute__((destructor)) static void
finish(void)
{
	if (fclose(record) == EOF)
		_exit(99);
}

/* The real function behind ours. */
#define REAL(name) \
	static __typeof__(&name) real; \
	if (real == NULL) \
		real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* Below the folder?  Its path there, "" for the folder itself. */
static const char *
inside(const char *path)
{
	size_t len = strlen(folder);

	if (strncmp(path, folder, len) != 0 ||
	    (path[len] != '/' && path[len] != '\0'))
		return NULL;
	return path + len + (path[len] == '/');
}

static const char *
path_of(int fd, char *buf)
{
	char link[64];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if ((len = readlink(link, buf, PATH_MAX - 1)) == -1)
		return NULL;
	buf[len] = '\0';
	return inside(buf);
}

/* What a name means from the present folder; its own folder must be there. */
static const char *
full(const char *name, char *buf)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(name, '/');
	int len = slash == NULL ? 1 : slash == name ? 1 : (int)(slash - name);

	snprintf(parent, sizeof(parent), "%.*s", len,
	    slash == NULL ? "." : name);
	if (realpath(parent, buf) == NULL ||
	    strlen(buf) + strlen(name) + 2 > PATH_MAX)
		return NULL;
	strcat(buf, "/");
	strcat(buf, slash != NULL ? slash + 1 : name);
	return inside(buf);
}

static void
put(char kind, int64_t number, const char *path, const void *data, size_t len)
{
	uint32_t sizes[2] = { path != NULL ? (uint32_t)strlen(path) : 0,
	    (uint32_t)len };

	if (path == NULL)
		return;
	putc(kind, record);
	fwrite(&number, 8, 1, record);
	fwrite(&sizes[0], 4, 1, record);
	fwrite(path, 1, sizes[0], record);
	fwrite(&sizes[1], 4, 1, record);
	fwrite(data, 1, len, record);
}

static void
put_fd(char kind, int fd, int64_t number, const void *data, size_t len)
{
	char path[PATH_MAX];

	put(kind, number, path_of(fd, path), data, len);
}

ssize_t
pwrite64(int fd, const void *data, size_t len, off64_t at)
{
	ssize_t n;

	REAL(pwrite64);
	pthread_mutex_lock(&lock);
	if ((n = real(fd, data, len, at)) > 0)
		put_fd('W', fd, at, data, (size_t)n);
	pthread_mutex_unlock(&lock);
	return n;
}

ssize_t
pwrite(int fd, const void *data, size_t len, off_t at)
{
	return pwrite64(fd, data, len, at);
}

ssize_t
write(int fd, const void *data, size_t len)
{
	ssize_t n;

	REAL(write);
	pthread_mutex_lock(&lock);
	if ((n = real(fd, data, len)) > 0)
		put_fd('W', fd, lseek(fd, 0, SEEK_CUR) - n, data, (size_t)n);
	pthread_mutex_unlock(&lock);
	return n;
}

int
ftruncate64(int fd, off64_t len)
{
	int rc;

	REAL(ftruncate64);
	pthread_mutex_lock(&lock);
	if ((rc = real(fd, len)) == 0)
		put_fd('T', fd, len, "", 0);
	pthread_mutex_unlock(&lock);
	return rc;
}

int
ftruncate(int fd, off_t len)
{
	return ftruncate64(fd, len);
}

static int
sync_with(int (*real)(int), int fd)
{
	int rc;

	pthread_mutex_lock(&lock);
	if ((rc = real(fd)) == 0 && !drop)
		put_fd('S', fd, 0, "", 0);
	pthread_mutex_unlock(&lock);
	return rc;
}

int
fsync(int fd)
{
	REAL(fsync);
	return sync_with(real, fd);
}

int
fdatasync(int fd)
{
	REAL(fdatasync);
	return sync_with(real, fd);
}

int
open64(const char *name, int flags, ...)
{
	char path[PATH_MAX];
	bool made;
	mode_t mode = 0;
	va_list ap;
	int fd;

	REAL(open64);
	va_start(ap, flags);
	if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	if ((flags & O_CREAT) == 0)
		return real(name, flags, mode);
	pthread_mutex_lock(&lock);
	made = access(name, F_OK) == -1;
	if ((fd = real(name, flags, mode)) != -1 && made)
		put('C', 0, full(name, path), "", 0);
	else if (fd != -1 && (flags & O_TRUNC) != 0)
		put('T', 0, full(name, path), "", 0);
	pthread_mutex_unlock(&lock);
	return fd;
}

int
open(const char *name, int flags, ...)
{
	mode_t mode = 0;
	va_list ap;

	va_start(ap, flags);
	if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	return open64(name, flags, mode);
}

int
mkdir(const char *name, mode_t mode)
{
	char path[PATH_MAX];
	int rc;

	REAL(mkdir);
	pthread_mutex_lock(&lock);
	if ((rc = real(name, mode)) == 0)
		put('M', 0, full(name, path), "", 0);
	pthread_mutex_unlock(&lock);
	return rc;
}

int
unlink(const char *name)
{
	char path[PATH_MAX];
	int rc;

	REAL(unlink);
	pthread_mutex_lock(&lock);
	if ((rc = real(name)) == 0)
		put('U', 0, full(name, path), "", 0);
	pthread_mutex_unlock(&lock);
	return rc;
}

/* ${kind} L or R; both names are in the folder, or it is none of ours. */
static int
two_names(char kind, int (*real)(const char *, const char *),
    const char *from, const char *to)
{
	char a[PATH_MAX], b[PATH_MAX];
	const char *old, *new;
	int rc;

	pthread_mutex_lock(&lock);
	old = full(from, a);
	new = full(to, b);
	if ((rc = real(from, to)) == 0 && old != NULL && new != NULL)
		put(kind, 0, old, new, strlen(new));
	pthread_mutex_unlock(&lock);
	return rc;
}

int
link(const char *from, const char *to)
{
	REAL(link);
	return two_names('L', real, from, to);
}

int
rename(const char *from, const char *to)
{
	REAL(rename);
	return two_names('R', real, from, to);
}
