/* A page at a time. */
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pager.h"

extern char **environ;

static pid_t pager;

static bool
fits(size_t lines)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    lines < size.ws_row;
}

/* Where there is no less either, the page goes by. */
static bool
spawn(int in, int out)
{
	char *argv[] = { (char []){ "sh" }, (char []){ "-c" },
	    (char []){ "[ -z \"$PAGER\" ] || exec $PAGER\n"
	    "command -v less >/dev/null && exec less -FRX\nexec cat" },
	    NULL };
	posix_spawn_file_actions_t actions;
	bool ok;

	/* It would take a bare machine's Japanese for bytes. */
	setenv("LESSCHARSET", "utf-8", 0);
	signal(SIGPIPE, SIG_DFL);
	ok = posix_spawn_file_actions_init(&actions) == 0;
	if (ok) {
		ok = posix_spawn_file_actions_adddup2(&actions, in,
		    STDIN_FILENO) == 0 &&
		    posix_spawn_file_actions_addclose(&actions, in) == 0 &&
		    posix_spawn_file_actions_addclose(&actions, out) == 0 &&
		    posix_spawn(&pager, "/bin/sh", &actions, NULL, argv,
		    environ) == 0;
		posix_spawn_file_actions_destroy(&actions);
	}
	signal(SIGPIPE, SIG_IGN);
	return ok;
}

void
pager_start(const struct program *p, size_t lines)
{
	const char *name = getenv("PAGER"), *term = getenv("TERM");
	int fds[2];

	if (!p->terminal || fits(lines) || (name != NULL && name[0] == '\0'))
		return;
	/* On such a terminal a pager asks before each page, and rings. */
	if (term == NULL || strcmp(term, "dumb") == 0)
		return;
	if (pipe(fds) == -1)
		return;
	if (spawn(fds[0], fds[1]) && dup2(fds[1], STDOUT_FILENO) == -1)
		program_fail(HC_IO, "dup2");
	close(fds[0]);
	close(fds[1]);
}

void
pager_end(void)
{
	if (pager > 0)
		waitpid(pager, NULL, 0);
}
