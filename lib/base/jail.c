/* A process that gives up its rights. */
#include <sys/prctl.h>
#include <sys/resource.h>

#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/jail.h"

/* Allow no more than ${most}; it may be less already. */
static int
limit(int what, rlim_t most)
{
	struct rlimit r;

	if (getrlimit((__rlimit_resource_t)what, &r) != 0)
		return -1;
	if (r.rlim_max > most)
		r.rlim_max = most;
	r.rlim_cur = r.rlim_max;
	return setrlimit((__rlimit_resource_t)what, &r);
}

/* How much address space is in use; 0 if that is not known. */
static size_t
in_use(void)
{
	char text[64] = "";
	ssize_t n = -1;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	return n <= 0 ? 0 : (size_t)strtoull(text, NULL, 10) *
	    (size_t)sysconf(_SC_PAGESIZE);
}

static int
close_others(int in, int out)
{
	unsigned int low = (unsigned int)(in < out ? in : out);
	unsigned int high = (unsigned int)(in < out ? out : in);

	if (low > 0 && close_range(0, low - 1, 0) != 0)
		return -1;
	if (high > low + 1 && close_range(low + 1, high - 1, 0) != 0)
		return -1;
	return close_range(high + 1, ~0U, 0);
}

/* What else is called gets EPERM: the C library may try more, as it differs
   from version to version, and then does without. */
static int
filter(void)
{
	static const int calls[] = {
		SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(poll),
		SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap),
		SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(getrandom),
		SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn),
		SCMP_SYS(exit), SCMP_SYS(exit_group),
	};
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(1));
	size_t i;
	int rc = context == NULL ? -1 : 0;

	for (i = 0; rc == 0 && i < sizeof(calls) / sizeof(calls[0]); i++)
		rc = seccomp_rule_add(context, SCMP_ACT_ALLOW, calls[i], 0);
	/* Memory that is no file's and no code. */
	if (rc == 0)
		rc = seccomp_rule_add(context, SCMP_ACT_ALLOW,
		    SCMP_SYS(mmap), 2, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0),
		    SCMP_A3(SCMP_CMP_MASKED_EQ, 0x20, 0x20));
	if (rc == 0)
		rc = seccomp_load(context);
	seccomp_release(context);
	return rc == 0 ? 0 : -1;
}

int
hc_jail_enter(int in, int out, size_t memory, unsigned int seconds)
{
	size_t used = in_use();

	/* Ctrl-C is for the parent; when that ends, so does this one. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	/* poll(2) wants one file at least. */
	if (used == 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
	    close_others(in, out) != 0 || limit(RLIMIT_CORE, 0) != 0 ||
	    limit(RLIMIT_FSIZE, 0) != 0 || limit(RLIMIT_NOFILE, 1) != 0 ||
	    limit(RLIMIT_CPU, seconds) != 0 ||
	    limit(RLIMIT_AS, used + memory) != 0)
		return -1;
	return filter();
}

void
hc_jail_leave(int status)
{
	_exit(status);
}
