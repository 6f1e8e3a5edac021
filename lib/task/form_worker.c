/*
 * The form server's thread for its store.
 *
 * Only this thread touches the store.  The memory of open links is shared
 * with the threads that ask, under the mutex; what it holds is counted, so
 * that forgetting takes nothing from a page that is being made.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "task/form_clock.h"
#include "task/form_store.h"

#include "task/form_worker.h"

#define SLOTS 65536		/* of the memory; a power of two */
#define REMEMBERED 200000	/* links; then it forgets them all */
#define BUNDLES 16		/* forms in use at a time */
#define GROUP 256		/* answers of one transaction, at most */
#define PATIENCE 8		/* seconds for hc-form open to finish */

struct hc_form_worker {
	pthread_t thread;
	pthread_mutex_t lock;	/* for all below but the store */
	pthread_cond_t wake;
	struct hc_form_job *first, **last;
	bool stop;
	struct hc_form_target *slots[SLOTS];
	size_t remembered;
	struct hc_form_bundle *newest;
	bool joined;
	/* The thread's own: */
	char *path;
	int64_t ahead;		/* of the clock */
	struct hc_form_store *store;
	int64_t generation;
	struct hc_form_bundle *bundles[BUNDLES];
};

void
hc_form_worker_drop_bundle(struct hc_form_bundle *bundle)
{
	if (bundle == NULL || atomic_fetch_sub(&bundle->refs, 1) != 1)
		return;
	hc_form_def_free(bundle->def);
	free(bundle);
}

void
hc_form_worker_drop_target(struct hc_form_target *target)
{
	if (target == NULL || atomic_fetch_sub(&target->refs, 1) != 1)
		return;
	hc_form_worker_drop_bundle(target->bundle);
	hc_json_free(target->rows);
	free(target->round);
	free(target);
}

static struct hc_form_bundle *
bundle_ref(struct hc_form_bundle *bundle)
{
	if (bundle != NULL)
		atomic_fetch_add(&bundle->refs, 1);
	return bundle;
}

/* Hashes are chance already; their first bytes choose the slot. */
static size_t
slot_of(const unsigned char *hash)
{
	return ((size_t)hash[0] << 8 | hash[1]) & (SLOTS - 1);
}

struct hc_form_target *
hc_form_worker_recall(struct hc_form_worker *worker,
    const unsigned char hash[HC_TOKEN_HASH])
{
	struct hc_form_target *target;

	pthread_mutex_lock(&worker->lock);
	for (target = worker->slots[slot_of(hash)]; target != NULL;
	    target = target->next)
		if (memcmp(target->hash, hash, HC_TOKEN_HASH) == 0) {
			atomic_fetch_add(&target->refs, 1);
			break;
		}
	pthread_mutex_unlock(&worker->lock);
	return target;
}

struct hc_form_bundle *
hc_form_worker_newest(struct hc_form_worker *worker)
{
	struct hc_form_bundle *bundle;

	pthread_mutex_lock(&worker->lock);
	bundle = bundle_ref(worker->newest);
	pthread_mutex_unlock(&worker->lock);
	return bundle;
}

static void
remember(struct hc_form_worker *worker, struct hc_form_target *target)
{
	struct hc_form_target **slot = &worker->slots[slot_of(target->hash)];

	pthread_mutex_lock(&worker->lock);
	atomic_fetch_add(&target->refs, 1);
	target->next = *slot;
	*slot = target;
	worker->remembered++;
	pthread_mutex_unlock(&worker->lock);
}

static void
forget(struct hc_form_worker *worker)
{
	struct hc_form_target *target;
	size_t i;

	pthread_mutex_lock(&worker->lock);
	for (i = 0; i < SLOTS; i++)
		while ((target = worker->slots[i]) != NULL) {
			worker->slots[i] = target->next;
			hc_form_worker_drop_target(target);
		}
	worker->remembered = 0;
	hc_form_worker_drop_bundle(worker->newest);
	worker->newest = NULL;
	pthread_mutex_unlock(&worker->lock);
	for (i = 0; i < BUNDLES; i++) {
		hc_form_worker_drop_bundle(worker->bundles[i]);
		worker->bundles[i] = NULL;
	}
}

/* Read the bundle ${id} (0: the newest); a reference for the caller. */
static enum hc_status
load_bundle(struct hc_form_worker *worker, int64_t id,
    struct hc_form_bundle **out)
{
	struct hc_form_bundle *bundle = NULL;
	struct hc_buf text = HC_BUF_INIT;
	enum hc_status rc;

	*out = NULL;
	rc = hc_form_store_get_bundle(worker->store, id, &text);
	if (rc == HC_OK && (bundle = calloc(1, sizeof(*bundle))) == NULL)
		rc = HC_NOMEM;
	if (rc == HC_OK)
		rc = hc_form_def_parse(&bundle->def, hc_buf_text(&text),
		    text.len, NULL);
	hc_buf_free(&text);
	if (rc != HC_OK) {
		free(bundle);
		return rc;
	}
	bundle->id = id;
	atomic_init(&bundle->refs, 1);
	*out = bundle;
	return HC_OK;
}

/* The same from memory where it is; the memory's own reference. */
static enum hc_status
find_bundle(struct hc_form_worker *worker, int64_t id,
    struct hc_form_bundle **out)
{
	struct hc_form_bundle **place = &worker->bundles[id % BUNDLES];
	enum hc_status rc;

	if (*place == NULL || (*place)->id != id) {
		if ((rc = load_bundle(worker, id, out)) != HC_OK)
			return rc;
		hc_form_worker_drop_bundle(*place);
		*place = *out;
	}
	*out = *place;
	return HC_OK;
}

static enum hc_status
fill_target(struct hc_form_target *target, const struct hc_form_link *link,
    struct hc_form_bundle *bundle)
{
	const struct hc_form_def *def = bundle->def;

	atomic_init(&target->refs, 1);
	target->bundle = bundle_ref(bundle);
	memcpy(target->hash, link->hash, sizeof(target->hash));
	if ((target->lang = hc_form_def_language(def, link->lang)) == NULL)
		target->lang = def->languages[0];
	snprintf(target->opens_at, sizeof(target->opens_at), "%s",
	    link->opens_at);
	snprintf(target->expires_at, sizeof(target->expires_at), "%s",
	    link->expires_at);
	if (link->round != NULL &&
	    (target->round = strdup(link->round)) == NULL)
		return HC_NOMEM;
	if (link->rows == NULL)
		return HC_OK;
	return hc_json_parse(&target->rows, link->rows, strlen(link->rows),
	    NULL);
}

/*
 * Find a link that is open now.  Others are found anew each time, as links
 * that never were: nobody can tell by a clock which they are.
 */
static void
find(struct hc_form_worker *worker, struct hc_form_job *job)
{
	struct hc_form_target *target = NULL;
	struct hc_form_bundle *bundle;
	struct hc_form_link link;
	char now[HC_INSTANT_SIZE];

	hc_form_clock(worker->ahead, now);
	job->status = hc_form_store_get_link(worker->store, job->hash, &link);
	if (job->status != HC_OK)
		return;
	if (link.closed || strcmp(now, link.opens_at) < 0 ||
	    strcmp(now, link.expires_at) >= 0) {
		job->status = HC_NOTFOUND;
		return;
	}
	if ((target = calloc(1, sizeof(*target))) == NULL) {
		job->status = HC_NOMEM;
		return;
	}
	/* The bundle is read first where it must be: the link's strings are
	   good only until the store is asked again. */
	bundle = worker->bundles[link.bundle % BUNDLES];
	if (bundle == NULL || bundle->id != link.bundle) {
		job->status = find_bundle(worker, link.bundle, &bundle);
		if (job->status == HC_OK)
			job->status = hc_form_store_get_link(worker->store,
			    job->hash, &link);
	}
	if (job->status == HC_OK)
		job->status = fill_target(target, &link, bundle);
	if (job->status == HC_OK) {
		remember(worker, target);
		job->target = target;
	} else if (target->bundle != NULL)
		hc_form_worker_drop_target(target);
	else
		free(target);
}

/* After a failure of the disk what SQLite holds in memory may differ from
   what lies there (a failed fsync is not to be tried again): open anew. */
static void
reopen(struct hc_form_worker *worker)
{
	hc_form_store_close(worker->store);
	if (hc_form_store_open(&worker->store, worker->path) != HC_OK) {
		hc_form_store_close(worker->store);
		worker->store = NULL;
		return;
	}
	hc_form_store_patience(worker->store, PATIENCE);
}

/* Commit the answers of ${jobs} together: HC_OK if that went well, and each
   has its own status. */
static enum hc_status
keep(struct hc_form_worker *worker, struct hc_form_job *jobs)
{
	struct hc_form_job *job;
	enum hc_status rc;

	if ((rc = hc_form_store_begin(worker->store)) != HC_OK)
		return rc;
	for (job = jobs; job != NULL; job = job->next) {
		job->status = rc = hc_form_store_add_answer(worker->store,
		    job->id, job->hash, job->at, &job->sealed);
		if (rc != HC_OK && rc != HC_DENIED) {
			hc_form_store_rollback(worker->store);
			return rc;
		}
	}
	return hc_form_store_commit(worker->store);
}

/* Was anything changed from outside?  Then forget what was remembered. */
static void
refresh(struct hc_form_worker *worker)
{
	struct hc_form_bundle *newest;
	int64_t generation = 0;

	if (worker->store == NULL)
		reopen(worker);
	if (worker->store == NULL || hc_form_store_generation(worker->store,
	    &generation) != HC_OK)
		return;
	if (generation == worker->generation &&
	    worker->remembered < REMEMBERED)
		return;
	forget(worker);
	worker->generation = generation;
	if (load_bundle(worker, 0, &newest) == HC_OK) {
		pthread_mutex_lock(&worker->lock);
		worker->newest = newest;
		pthread_mutex_unlock(&worker->lock);
	}
}

static void
work(struct hc_form_worker *worker, struct hc_form_job *jobs)
{
	struct hc_form_job *job, *next, *answers = NULL, **tail = &answers;
	enum hc_status rc = HC_UNAVAILABLE;

	for (job = jobs; job != NULL; job = next) {
		next = job->next;
		if (job->task == HC_FORM_KEEP) {
			*tail = job;
			tail = &job->next;
			continue;
		}
		if (worker->store == NULL)
			job->status = HC_UNAVAILABLE;
		else
			find(worker, job);
		job->done(job);
	}
	*tail = NULL;
	if (answers == NULL)
		return;
	if (worker->store != NULL) {
		rc = keep(worker, answers);
		if (rc != HC_OK && rc != HC_BUSY)
			reopen(worker);
	}
	for (job = answers; job != NULL; job = next) {
		next = job->next;
		if (rc != HC_OK)
			job->status = rc;
		job->done(job);
	}
}

/* Wait for jobs, a second at most; false when there will be no more. */
static bool
wait_for_jobs(struct hc_form_worker *worker, struct hc_form_job **jobs)
{
	struct hc_form_job *job;
	struct timespec until;
	bool more;
	int n;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	pthread_mutex_lock(&worker->lock);
	while (worker->first == NULL && !worker->stop &&
	    pthread_cond_timedwait(&worker->wake, &worker->lock,
	    &until) == 0)
		continue;
	*jobs = job = worker->first;
	if (job == NULL) {
		more = !worker->stop;
		pthread_mutex_unlock(&worker->lock);
		return more;
	}
	for (n = 1; job->next != NULL && n < GROUP; n++)
		job = job->next;
	worker->first = job->next;
	if (worker->first == NULL)
		worker->last = &worker->first;
	job->next = NULL;
	pthread_mutex_unlock(&worker->lock);
	return true;
}

static void *
run(void *arg)
{
	struct hc_form_worker *worker = arg;
	struct timespec now;
	struct hc_form_job *jobs;
	time_t looked = 0;

	while (wait_for_jobs(worker, &jobs)) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec != looked)
			refresh(worker);
		looked = now.tv_sec;
		work(worker, jobs);
	}
	return NULL;
}

static enum hc_status
start(struct hc_form_worker *worker, struct hc_error *err)
{
	pthread_condattr_t attr;
	int failed;

	refresh(worker);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&worker->wake, &attr);
	pthread_condattr_destroy(&attr);
	failed = pthread_create(&worker->thread, NULL, run, worker);
	if (failed != 0)
		return hc_error_set(err, HC_ERROR,
		    _("cannot start a thread: %s"), strerror(failed));
	return HC_OK;
}

static void
release(struct hc_form_worker *worker)
{
	forget(worker);
	hc_form_store_close(worker->store);
	free(worker->path);
	free(worker);
}

enum hc_status
hc_form_worker_new(struct hc_form_worker **out, const char *path,
    int64_t ahead, struct hc_error *err)
{
	struct hc_form_worker *worker;
	enum hc_status rc;

	*out = NULL;
	if ((worker = calloc(1, sizeof(*worker))) == NULL)
		return hc_error_nomem(err);
	worker->last = &worker->first;
	worker->ahead = ahead;
	pthread_mutex_init(&worker->lock, NULL);
	if ((worker->path = strdup(path)) == NULL)
		rc = hc_error_nomem(err);
	else if ((rc = hc_form_store_open(&worker->store, path)) != HC_OK)
		hc_error_set(err, rc, "%s",
		    hc_form_store_error(worker->store));
	else {
		hc_form_store_patience(worker->store, PATIENCE);
		rc = start(worker, err);
	}
	if (rc == HC_OK)
		*out = worker;
	else
		release(worker);
	return rc;
}

void
hc_form_worker_stop(struct hc_form_worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	worker->stop = true;
	pthread_cond_signal(&worker->wake);
	pthread_mutex_unlock(&worker->lock);
	pthread_join(worker->thread, NULL);
	worker->joined = true;
}

void
hc_form_worker_free(struct hc_form_worker *worker)
{
	if (worker == NULL)
		return;
	if (!worker->joined)
		hc_form_worker_stop(worker);
	release(worker);
}

void
hc_form_worker_give(struct hc_form_worker *worker, struct hc_form_job *job)
{
	bool stopped;

	job->next = NULL;
	job->target = NULL;
	pthread_mutex_lock(&worker->lock);
	stopped = worker->stop;
	if (!stopped) {
		*worker->last = job;
		worker->last = &job->next;
		pthread_cond_signal(&worker->wake);
	}
	pthread_mutex_unlock(&worker->lock);
	if (stopped) {
		job->status = HC_UNAVAILABLE;
		job->done(job);
	}
}
