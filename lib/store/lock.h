/*
 * The advisory lock under which writers of one database take turns.
 *
 * It is taken in two steps, first a place at the door and then the room, so
 * that a writer who has just finished goes behind those who wait.  The lock
 * is the process's and ends with it, however it ends.
 */
#ifndef HC_STORE_LOCK_H
#define HC_STORE_LOCK_H

#include <signal.h>

#include "base/status.h"

struct hc_lock;

/*
 * hc_lock_new(lock, path):
 * Prepare the lock in the file ${path}, which is made where it is missing.
 * The caller frees it with hc_lock_free().  HC_DENIED, HC_IO, HC_NOMEM.
 */
enum hc_status hc_lock_new(struct hc_lock **lock, const char *path);
void hc_lock_free(struct hc_lock *lock);

/*
 * hc_lock_take(lock, seconds, note, waiting, arg):
 * Wait for the turn, at most ${seconds}.  ${note} is what others may read
 * who wait meanwhile.  After a second ${waiting}(${arg}, note of the holder)
 * is called once; it may be NULL.  Returns HC_OK, HC_BUSY or HC_IO.
 */
enum hc_status hc_lock_take(struct hc_lock *lock, int seconds,
    const char *note, void (*waiting)(void *arg, const char *holder),
    void *arg);

/* hc_lock_stop(lock, stop): a wait ends with HC_BUSY as soon as ${stop} is
   not 0; NULL: never. */
void hc_lock_stop(struct hc_lock *lock, volatile sig_atomic_t *stop);

/* hc_lock_give(lock): let the next one in. */
void hc_lock_give(struct hc_lock *lock);

/* hc_lock_wait(round): sleep between two tries, 0.2 to 2 ms, no two alike. */
void hc_lock_wait(unsigned int round);

#endif
