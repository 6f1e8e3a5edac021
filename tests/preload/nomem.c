/*
 * Preloaded into a program: the memory runs out.
 *
 *	NOMEM_AT=N	the Nth request for memory fails; 0 or absent: none
 *	NOMEM_EVER=1	and all after it
 *	NOMEM_COUNT=F	at the end, write the number of requests to the file F
 *
 * glibc asks for its own memory (printf, gettext, getpwuid) here too.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* glibc's own, under the names that it keeps for replacements. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long requests;
static long at;
static bool ever;

__attribute__((constructor)) static void
begin(void)
{
	const char *text = getenv("NOMEM_AT");

	at = text != NULL ? strtol(text, NULL, 10) : 0;
	ever = getenv("NOMEM_EVER") != NULL;
	/* Those before main() are the loader's and the libraries'. */
	requests = 0;
}

__attribute__((destructor)) static void
finish(void)
{
	const char *path = getenv("NOMEM_COUNT");
	char text[32];
	int fd, len;

	if (path == NULL)
		return;
	len = snprintf(text, sizeof(text), "%ld\n", (long)requests);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd == -1 || write(fd, text, (size_t)len) != len)
		_exit(99);
	close(fd);
}

static bool
refused(void)
{
	long n = atomic_fetch_add(&requests, 1) + 1;

	if (at == 0 || (ever ? n < at : n != at))
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return refused() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return refused() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t size)
{
	return refused() ? NULL : __libc_realloc(old, size);
}
