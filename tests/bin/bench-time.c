/*
 * bench-time ROUNDS -- COMMAND [ARG...] [-- COMMAND [ARG...]]...
 *
 * Runs the commands in turns, their output thrown away, and prints for each
 * a line of TSV: the middle of its times in milliseconds, how many times
 * that of the first, and the command, of a long argument its first line.  In
 * turns, since only ratios mean something on a busy machine.
 */
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COMMANDS 20
#define ROUNDS 999

extern char **environ;

static double times[COMMANDS][ROUNDS];

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static double
run(char **argv, posix_spawn_file_actions_t *actions)
{
	double begin = now();
	int error, status;
	pid_t pid;

	if ((error = posix_spawnp(&pid, argv[0], actions, NULL, argv,
	    environ)) != 0)
		errx(1, "%s: %s", argv[0], strerror(error));
	if (waitpid(pid, &status, 0) == -1 || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > 1)
		errx(1, "%s failed", argv[0]);
	return now() - begin;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
report(char **argv, double *of, int rounds, double first)
{
	printf("%.2f ms\t%.2f\t", of[rounds / 2], of[rounds / 2] / first);
	for (; *argv != NULL; argv++)
		printf("%.*s%s", (int)strcspn(*argv, "\n"), *argv,
		    argv[1] != NULL ? " " : "\n");
}

int
main(int argc, char **argv)
{
	posix_spawn_file_actions_t actions;
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;
	char **commands[COMMANDS];
	int i, n = 0, round;

	for (i = 2; i < argc; i++)
		if (strcmp(argv[i], "--") == 0 && n < COMMANDS) {
			argv[i] = NULL;
			commands[n++] = &argv[i + 1];
		}
	if (rounds < 1 || rounds > ROUNDS || n == 0)
		errx(64, "usage: bench-time ROUNDS -- COMMAND...");
	posix_spawn_file_actions_init(&actions);
	for (i = 1; i <= 2; i++)
		posix_spawn_file_actions_addopen(&actions, i, "/dev/null",
		    O_WRONLY, 0);
	for (round = -1; round < rounds; round++)	/* -1: to warm up */
		for (i = 0; i < n; i++)
			times[i][round < 0 ? 0 : round] =
			    run(commands[i], &actions);
	for (i = 0; i < n; i++)
		qsort(times[i], (size_t)rounds, sizeof(double), compare);
	for (i = 0; i < n; i++)
		report(commands[i], times[i], rounds, times[0][rounds / 2]);
	posix_spawn_file_actions_destroy(&actions);
	return 0;
}
