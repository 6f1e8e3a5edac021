/* store/lock.h between processes, and the gate of WAL mode. */
#include <sys/wait.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/db.h"
#include "store/lock.h"

static char path[] = "/tmp/hc-lock.XXXXXX";

/* What the waiter was told, and how often. */
static char told[256];
static int times;

static void
waiting(void *arg, const char *holder)
{
	(void)arg;
	snprintf(told, sizeof(told), "%s", holder);
	times++;
}

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/*
 * Another process that takes the lock, says so and keeps it so many seconds.
 */
static pid_t
holder(const char *note, double seconds)
{
	struct timespec ts = { (time_t)seconds,
	    (long)((seconds - (double)(time_t)seconds) * 1e9) };
	struct hc_lock *lock = NULL;
	int fds[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (hc_lock_new(&lock, path) != HC_OK ||
		    hc_lock_take(lock, 5, note, NULL, NULL) != HC_OK ||
		    write(fds[1], "x", 1) != 1)
			_exit(1);
		nanosleep(&ts, NULL);
		hc_lock_give(lock);
		_exit(0);
	}
	close(fds[1]);
	assert_int_equal(read(fds[0], &byte, 1), 1);
	close(fds[0]);
	return pid;
}

static void
end(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
}

static void
test_busy(void **state)
{
	struct hc_lock *lock = NULL;
	pid_t pid = holder("sato, hc-import", 30);
	double begin = now();

	(void)state;
	times = 0;
	assert_int_equal(hc_lock_new(&lock, path), HC_OK);
	assert_int_equal(hc_lock_take(lock, 0, "me", waiting, NULL), HC_BUSY);
	assert_int_equal(times, 0);
	assert_int_equal(hc_lock_take(lock, 2, "me", waiting, NULL), HC_BUSY);
	assert_true(now() - begin >= 2 && now() - begin < 10);
	/* Told once, after a second, who has it. */
	assert_int_equal(times, 1);
	assert_string_equal(told, "sato, hc-import");

	/* It ends with its holder, however that ends. */
	kill(pid, SIGKILL);
	end(pid);
	assert_int_equal(hc_lock_take(lock, 0, "me", NULL, NULL), HC_OK);
	hc_lock_give(lock);
	hc_lock_free(lock);
}

static void
test_turn(void **state)
{
	struct hc_lock *lock = NULL, *other = NULL;
	pid_t pid = holder(NULL, 0.3);
	double begin = now();

	(void)state;
	assert_int_equal(hc_lock_new(&lock, path), HC_OK);
	assert_int_equal(hc_lock_take(lock, 10, "me", NULL, NULL), HC_OK);
	assert_true(now() - begin >= 0.2 && now() - begin < 5);
	end(pid);
	/* Another descriptor on the file, opened and closed, loses nothing. */
	fclose(fopen(path, "r"));
	assert_int_equal(hc_lock_new(&other, path), HC_OK);
	assert_int_equal(hc_lock_take(other, 0, NULL, NULL, NULL), HC_BUSY);
	hc_lock_free(other);
	hc_lock_free(lock);
}

/* Many take turns at a counter that only the lock guards. */
static void
test_many(void **state)
{
	enum { PROCESSES = 6, ROUNDS = 40 };
	char file[sizeof(path) + 8];
	struct hc_lock *lock = NULL;
	int i, j, n, status;
	pid_t pids[PROCESSES];
	FILE *f;

	(void)state;
	snprintf(file, sizeof(file), "%s.many", path);
	for (i = 0; i < PROCESSES; i++) {
		if ((pids[i] = fork()) != 0)
			continue;
		if (hc_lock_new(&lock, file) != HC_OK)
			_exit(1);
		for (j = 0; j < ROUNDS; j++) {
			if (hc_lock_take(lock, 30, "n", NULL, NULL) != HC_OK)
				_exit(2);
			n = 0;
			snprintf(told, sizeof(told), "%s.n", path);
			if ((f = fopen(told, "r")) != NULL) {
				if (fscanf(f, "%d", &n) != 1)
					_exit(3);
				fclose(f);
			}
			if ((f = fopen(told, "w")) == NULL)
				_exit(4);
			fprintf(f, "%d\n", n + 1);
			fclose(f);
			hc_lock_give(lock);
		}
		_exit(0);
	}
	for (i = 0; i < PROCESSES; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	snprintf(told, sizeof(told), "%s.n", path);
	assert_non_null(f = fopen(told, "r"));
	assert_int_equal(fscanf(f, "%d", &n), 1);
	fclose(f);
	assert_int_equal(n, PROCESSES * ROUNDS);
	unlink(told);
	unlink(file);
}

static void
test_bad(void **state)
{
	struct hc_lock *lock = NULL;

	(void)state;
	assert_int_not_equal(hc_lock_new(&lock, "/nonexistent/x"), HC_OK);
	assert_null(lock);
	assert_int_not_equal(hc_lock_new(&lock, "/tmp"), HC_OK);
	assert_null(lock);
	hc_lock_free(NULL);
}

static const struct {
	int version;
	bool safe;
} versions[] = {
	{ 3007000, false },
	{ 3040001, false },	/* Debian 12 */
	{ 3044005, false },
	{ 3044006, true },
	{ 3044999, true },
	{ 3045000, false },
	{ 3050006, false },
	{ 3050007, true },
	{ 3051000, false },
	{ 3051002, false },
	{ 3051003, true },
	{ 3052000, true },
	{ 4000000, true },
};

static void
test_wal(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(versions) / sizeof(versions[0]); i++)
		if (hc_db_wal_is_safe(versions[i].version) !=
		    versions[i].safe)
			fail_msg("%d", versions[i].version);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_busy),
		cmocka_unit_test(test_turn),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_wal),
	};
	int failed, fd = mkstemp(path);

	if (fd == -1)
		return 1;
	close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
