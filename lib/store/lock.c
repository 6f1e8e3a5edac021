/*
 * The advisory lock under which writers of one database take turns.
 *
 * Byte 0 of the file is the door, byte 1 the room, the rest from byte 16 on
 * the holder's note.  Open file description locks belong to our descriptor
 * alone, so that another part of the program that opens and closes the file
 * does not lose them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/lock.h"

#define DOOR 0
#define ROOM 1
#define NOTE 16
#define NOTE_MAX 200

struct hc_lock {
	int fd;
	volatile sig_atomic_t *stop;
};

enum hc_status
hc_lock_new(struct hc_lock **lock, const char *path)
{
	struct hc_lock *l;

	*lock = NULL;
	if ((l = calloc(1, sizeof(*l))) == NULL)
		return HC_NOMEM;
	if ((l->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660)) == -1) {
		free(l);
		return errno == EACCES || errno == EROFS ? HC_DENIED : HC_IO;
	}
	*lock = l;
	return HC_OK;
}

void
hc_lock_free(struct hc_lock *lock)
{
	if (lock == NULL)
		return;
	close(lock->fd);
	free(lock);
}

void
hc_lock_stop(struct hc_lock *lock, volatile sig_atomic_t *stop)
{
	lock->stop = stop;
}

static int
set_byte(struct hc_lock *lock, short type, off_t byte)
{
	struct flock fl = { .l_type = type, .l_whence = SEEK_SET,
	    .l_start = byte, .l_len = 1 };

	return fcntl(lock->fd, F_OFD_SETLK, &fl);
}

void
hc_lock_wait(unsigned int round)
{
	struct timespec now, ts = { 0, 0 };
	long us;

	clock_gettime(CLOCK_MONOTONIC, &now);
	us = 200 + (long)(round < 9 ? round : 9) * 100;
	us += (now.tv_nsec / 37 + getpid() * 101L) % 900;
	ts.tv_nsec = us * 1000;
	nanosleep(&ts, NULL);
}

static double
seconds_since(const struct timespec *begin)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - begin->tv_sec) +
	    (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

/* What one wait needs to know. */
struct wait {
	struct timespec begin;
	int seconds;
	void (*waiting)(void *arg, const char *holder);
	void *arg;
};

static void
tell(struct hc_lock *lock, struct wait *w)
{
	char note[NOTE_MAX + 1];
	ssize_t n;

	if (w->waiting == NULL || seconds_since(&w->begin) < 1)
		return;
	n = pread(lock->fd, note, NOTE_MAX, NOTE);
	note[n > 0 ? n : 0] = '\0';
	w->waiting(w->arg, note);
	w->waiting = NULL;
}

static enum hc_status
take_byte(struct hc_lock *lock, off_t byte, struct wait *w)
{
	unsigned int round;

	for (round = 0; set_byte(lock, F_WRLCK, byte) == -1; round++) {
		if (errno != EAGAIN && errno != EACCES && errno != EINTR)
			return HC_IO;
		if (seconds_since(&w->begin) >= w->seconds ||
		    (lock->stop != NULL && *lock->stop != 0))
			return HC_BUSY;
		tell(lock, w);
		hc_lock_wait(byte == ROOM ? 0 : round);
	}
	return HC_OK;
}

/* A note that cannot be written only makes a message poorer. */
static void
write_note(struct hc_lock *lock, const char *note)
{
	size_t len = note != NULL ? strnlen(note, NOTE_MAX) : 0;

	if (ftruncate(lock->fd, NOTE) == 0 && len > 0 &&
	    pwrite(lock->fd, note, len, NOTE) == -1)
		return;
}

enum hc_status
hc_lock_take(struct hc_lock *lock, int seconds, const char *note,
    void (*waiting)(void *arg, const char *holder), void *arg)
{
	struct wait w = { .seconds = seconds, .waiting = waiting, .arg = arg };
	enum hc_status rc;

	clock_gettime(CLOCK_MONOTONIC, &w.begin);
	if ((rc = take_byte(lock, DOOR, &w)) != HC_OK)
		return rc;
	rc = take_byte(lock, ROOM, &w);
	set_byte(lock, F_UNLCK, DOOR);
	if (rc == HC_OK)
		write_note(lock, note);
	return rc;
}

void
hc_lock_give(struct hc_lock *lock)
{
	set_byte(lock, F_UNLCK, ROOM);
}
