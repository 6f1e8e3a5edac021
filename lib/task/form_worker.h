/*
 * The form server's one thread for its store: it finds links and commits
 * answers, all that wait at a time in one transaction, so that a hundred
 * people at eight in the morning share the disk's slow part.
 *
 * What it found it remembers, so that a link's page needs no second look;
 * every second it asks the store whether anything was changed from outside
 * (hc-form open, drop) and then forgets.
 */
#ifndef HC_TASK_FORM_WORKER_H
#define HC_TASK_FORM_WORKER_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "task/form_answer.h"
#include "task/form_def.h"
#include "task/token.h"

/* A form that links show.  Shared; never changed. */
struct hc_form_bundle {
	atomic_int refs;
	int64_t id;
	struct hc_form_def *def;
};

/* An open link.  Shared; never changed. */
struct hc_form_target {
	atomic_int refs;
	unsigned char hash[HC_TOKEN_HASH];
	struct hc_form_bundle *bundle;
	const char *lang;		/* one of the form's */
	char *round;			/* or NULL */
	struct hc_json *rows;		/* or NULL */
	char opens_at[32], expires_at[32];
	struct hc_form_target *next;	/* private */
};

enum hc_form_task {
	HC_FORM_FIND,		/* hash to target */
	HC_FORM_KEEP		/* id, hash, at, sealed: on the disk */
};

/*
 * One thing to do.  The caller's; it must stay until done() is called, from
 * the worker's thread.
 */
struct hc_form_job {
	enum hc_form_task task;
	unsigned char hash[HC_TOKEN_HASH];
	unsigned char id[HC_FORM_ID];
	char at[32];
	struct hc_buf sealed;
	enum hc_status status;	/* HC_OK: found, or kept for good;
				   HC_NOTFOUND: no such link is open;
				   HC_DENIED: it has too many answers */
	struct hc_form_target *target;	/* found: the caller's to unref */
	void (*done)(struct hc_form_job *job);
	struct hc_form_job *next;	/* private */
};

struct hc_form_worker;

/*
 * hc_form_worker_new(worker, path, ahead, err):
 * Open the store ${path} and start the thread, whose clock is ${ahead} (see
 * task/form_clock.h).  On HC_OK the caller ends it
 * with hc_form_worker_free(); on failure ${worker} is NULL.  Returns what
 * hc_form_store_open() returns, HC_NOMEM, HC_ERROR (no thread).
 */
enum hc_status hc_form_worker_new(struct hc_form_worker **worker,
    const char *path, int64_t ahead, struct hc_error *err);

/* hc_form_worker_stop(worker): do all that was given and end the thread;
   what is given from now on fails with HC_UNAVAILABLE. */
void hc_form_worker_stop(struct hc_form_worker *worker);

/* hc_form_worker_free(worker): stop, and give the memory back. */
void hc_form_worker_free(struct hc_form_worker *worker);

/* hc_form_worker_give(worker, job): have it done. */
void hc_form_worker_give(struct hc_form_worker *worker,
    struct hc_form_job *job);

/* hc_form_worker_recall(worker, hash): a link that is open and remembered,
   the caller's to unref; else NULL, and a job must find out. */
struct hc_form_target *hc_form_worker_recall(struct hc_form_worker *worker,
    const unsigned char hash[HC_TOKEN_HASH]);

/* hc_form_worker_newest(worker): the newest form, the caller's to unref, for
   pages that belong to no link; NULL if there is none. */
struct hc_form_bundle *hc_form_worker_newest(struct hc_form_worker *worker);

/* Give a reference back; NULL is fine. */
void hc_form_worker_drop_target(struct hc_form_target *target);
void hc_form_worker_drop_bundle(struct hc_form_bundle *bundle);

#endif
