/*
 * A process that gives up its rights, before it reads what nobody vouches
 * for: it can compute, use the memory it may have, and read and write what
 * it was left open, nothing else.
 */
#ifndef HC_BASE_JAIL_H
#define HC_BASE_JAIL_H

#include <stddef.h>

/*
 * hc_jail_enter(in, out, memory, seconds):
 * Close all files but ${in} and ${out}, which are above 2, allow ${memory}
 * bytes more than are in use now and ${seconds} of processor time, and let
 * the kernel refuse every call but those for memory, time, reading, writing
 * and the end; for good.  0, or -1 if that cannot be had.
 *
 * Linux: setrlimit(2), seccomp(2).
 */
int hc_jail_enter(int in, int out, size_t memory, unsigned int seconds);

/* hc_jail_leave(status): end the process and nothing else: buffers and
   handlers are those of the one that it was made from. */
void hc_jail_leave(int status) __attribute__((noreturn));

#endif
