/*
 * Delivering the outbox.
 *
 * Everything that was learnt since the last commit and the marks of the next
 * messages are one run, so there is one commit for as many messages as ended
 * while the last one was made durable.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "record/record.h"
#include "task/notify_pace.h"
#include "task/notify_row.h"

#include "task/notify_run.h"

#define TRIES_MAX 12		/* so often put off: failed, somebody rings */
#define DOUBTS_MAX 4		/* no more copies of one mail than that */
#define PATIENCE 600		/* seconds that others may keep the lock: an
				   outcome must not get lost */
#define CONNECTIONS_MAX 64

/* A message that is ready to be handed over, or was. */
struct parcel {
	struct hc_row *row;
	struct hc_buf data, from;
	bool marked;		/* "sending" is committed */
	bool unfit;		/* the mail cannot be made; why: reply */
	char reply[512];
};

struct courier {
	struct hc_store *store;
	const struct hc_notify_run_options *o;
	struct hc_notify_run_count *count;
	struct hc_transport *transport;
	struct hc_notify_letter *letter;
	struct hc_error *err;
	struct hc_notify_pace pace;
	int64_t start;		/* by the office's clock */
	struct timespec began;
	int64_t *queue;
	size_t len, room, at;	/* of the queue; the next one */
	size_t skipped;		/* of it: their domain must wait */
	size_t total;		/* all that were in a queue */
	struct hc_transport_result results[CONNECTIONS_MAX];
	size_t nresults;	/* not yet committed */
	struct parcel parcels[CONNECTIONS_MAX];
	size_t nparcels;	/* to be marked and handed over */
	size_t taken;		/* handed over so far */
	size_t in_hand;
	size_t ended;		/* outcomes so far */
	size_t unreached, put_off;	/* in a row */
	double commit_time;	/* of the last one, in seconds */
	enum hc_status stopped;
};

static double
elapsed(const struct courier *c)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - c->began.tv_sec) +
	    (double)(now.tv_nsec - c->began.tv_nsec) / 1e9;
}

static int64_t
current(const struct courier *c)
{
	return c->start + (int64_t)elapsed(c);
}

/* ---- One at a time ---- */

/* The lock file lies beside the database and ends with the process. */
static enum hc_status
lock(struct hc_store *store, int *fd)
{
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	hc_buf_printf(&path, "%s.sender", hc_db_path(store->db));
	if (hc_buf_failed(&path))
		rc = hc_db_nomem(store->db);
	else if ((*fd = open(hc_buf_text(&path), O_RDWR | O_CREAT |
	    O_CLOEXEC | O_NOFOLLOW, 0660)) == -1)
		rc = hc_db_fail(store->db, errno == EACCES ? HC_DENIED :
		    HC_IO, _("cannot open '%s': %s"), hc_buf_text(&path),
		    strerror(errno));
	else if (flock(*fd, LOCK_EX | LOCK_NB) == -1)
		rc = errno == EWOULDBLOCK ? hc_db_fail(store->db, HC_BUSY,
		    _("another hc-notify delivers at present")) :
		    hc_db_fail(store->db, HC_IO, _("cannot lock '%s': %s"),
		    hc_buf_text(&path), strerror(errno));
	hc_buf_free(&path);
	return rc;
}

/* ---- Lists of messages ---- */

static enum hc_status
add_id(struct courier *c, int64_t id)
{
	int64_t *grown;

	if (c->len == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 256;
		grown = realloc(c->queue, c->room * sizeof(*grown));
		if (grown == NULL)
			return hc_db_nomem(c->store->db);
		c->queue = grown;
	}
	c->queue[c->len++] = id;
	return HC_OK;
}

/* Fill the queue with what ${sql} finds; ":now" is bound if ${timed}. */
static enum hc_status
fill_queue(struct courier *c, const char *sql, bool timed)
{
	struct hc_stmt *st = NULL;
	char now[HC_INSTANT_SIZE];
	enum hc_status rc;

	c->len = c->at = 0;
	hc_instant_format(current(c), now);
	rc = hc_stmt_new(&st, c->store->db, sql);
	if (rc == HC_OK && timed)
		rc = hc_stmt_text(st, ":now", now);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		rc = add_id(c, hc_stmt_get_int(st, 0));
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
find_due(struct courier *c)
{
	static const char due_sql[] =
	    "SELECT m.id FROM message m LEFT JOIN invitation i"
	    " ON i.id = m.invitation AND i.office = :office"
	    " WHERE m.office = :office AND m.state IN ('waiting', 'doubtful')"
	    " AND (m.next_at IS NULL OR m.next_at <= :now)"
	    " AND (m.invitation IS NULL OR i.opened_at IS NOT NULL)"
	    " ORDER BY m.id";
	enum hc_status rc;

	if ((rc = fill_queue(c, due_sql, true)) == HC_OK)
		c->total += c->len - c->skipped;
	c->skipped = 0;
	return rc;
}

static enum hc_status
count_waiting(struct courier *c)
{
	static const char waiting_sql[] =
	    "SELECT count(*) FILTER (WHERE m.invitation IS NOT NULL"
	    " AND i.opened_at IS NULL),"
	    " count(*) FILTER (WHERE (m.invitation IS NULL"
	    " OR i.opened_at IS NOT NULL) AND m.next_at > :now),"
	    " count(*) FILTER (WHERE (m.invitation IS NULL"
	    " OR i.opened_at IS NOT NULL)"
	    " AND (m.next_at IS NULL OR m.next_at <= :now))"
	    " FROM message m LEFT JOIN invitation i"
	    " ON i.id = m.invitation AND i.office = :office"
	    " WHERE m.office = :office"
	    " AND m.state IN ('waiting', 'doubtful')";
	struct hc_stmt *st = NULL;
	char now[HC_INSTANT_SIZE];
	enum hc_status rc;

	hc_instant_format(current(c), now);
	if ((rc = hc_stmt_new(&st, c->store->db, waiting_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":now", now)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK) {
		c->count->not_open = (size_t)hc_stmt_get_int(st, 0);
		c->count->later = (size_t)hc_stmt_get_int(st, 1);
		c->count->left = (size_t)hc_stmt_get_int(st, 2);
	}
	hc_stmt_free(st);
	return rc;
}

/* ---- Before anything is sent ---- */

static enum hc_status
load(struct courier *c, int64_t id, struct hc_row **row)
{
	return hc_row_load(c->store, hc_catalogue_entity(
	    c->store->catalogue, "message"), id, row);
}

/* Give all messages of the queue another state, within a run. */
static enum hc_status
move_queue(struct courier *c, const char *state, const char *reply,
    size_t *moved)
{
	struct hc_row *row;
	enum hc_status rc = HC_OK;

	for (; rc == HC_OK && c->at < c->len; c->at++) {
		row = NULL;
		if ((rc = load(c, c->queue[c->at], &row)) == HC_OK &&
		    (rc = hc_notify_row_set(c->store, row, "state", state)) ==
		    HC_OK &&
		    (rc = hc_notify_row_set(c->store, row, "next_at",
		    NULL)) == HC_OK &&
		    (rc = hc_notify_row_set(c->store, row, "reply", reply)) ==
		    HC_OK)
			rc = hc_record_update(c->store, row);
		hc_row_free(row);
		if (rc == HC_OK)
			(*moved)++;
	}
	return rc;
}

/*
 * What a killed run left, and what is not to be sent any more.  Nobody else
 * marks messages "sending": we have the lock.
 */
static enum hc_status
tidy(struct courier *c)
{
	static const char sending_sql[] = "SELECT id FROM message"
	    " WHERE office = :office AND state = 'sending' ORDER BY id";
	static const char over_sql[] =
	    "SELECT m.id FROM message m JOIN invitation i"
	    " ON i.id = m.invitation AND i.office = :office"
	    " WHERE m.office = :office AND m.state IN ('waiting', 'doubtful')"
	    " AND i.state IN ('answered', 'closed', 'cancelled')"
	    " ORDER BY m.id";
	static const char late_sql[] =
	    "SELECT m.id FROM message m JOIN invitation i"
	    " ON i.id = m.invitation AND i.office = :office"
	    " WHERE m.office = :office AND m.state IN ('waiting', 'doubtful')"
	    " AND i.expires_at <= :now ORDER BY m.id";
	enum hc_status rc;

	if ((rc = hc_run_begin(c->store, N_("outbox: tidy"))) != HC_OK)
		return rc;
	if ((rc = fill_queue(c, sending_sql, false)) == HC_OK)
		rc = move_queue(c, "doubtful", "the run that sent it died",
		    &c->count->recovered);
	if (rc == HC_OK && (rc = fill_queue(c, over_sql, false)) == HC_OK)
		rc = move_queue(c, "cancelled", NULL, &c->count->cancelled);
	if (rc == HC_OK && (rc = fill_queue(c, late_sql, true)) == HC_OK)
		rc = move_queue(c, "failed", "not sent while its link held",
		    &c->count->expired);
	if (rc == HC_OK)
		return hc_run_commit(c->store, NULL);
	hc_run_rollback(c->store);
	return rc;
}

/* ---- Marking and handing over ---- */

static void
clear_parcel(struct parcel *p)
{
	hc_row_free(p->row);
	hc_buf_free(&p->data);
	hc_buf_free(&p->from);
	memset(p, 0, sizeof(*p));
}

/* Load message ${id} and make its mail; HC_NOTFOUND if it is not to be sent
   any more. */
static enum hc_status
wrap(struct courier *c, int64_t id, struct parcel *p)
{
	struct hc_error err = { "" };
	enum hc_status rc;
	const char *state;

	memset(p, 0, sizeof(*p));
	if ((rc = load(c, id, &p->row)) != HC_OK)
		return rc;
	state = hc_row_value(p->row, "state");
	if (strcmp(state, "waiting") != 0 && strcmp(state, "doubtful") != 0)
		return HC_NOTFOUND;
	rc = hc_notify_pace_take(&c->pace, hc_row_value(p->row, "address"),
	    elapsed(c));
	if (rc == HC_BUSY) {
		c->skipped++;
		return HC_NOTFOUND;
	}
	if (rc != HC_OK)
		return hc_db_nomem(c->store->db);
	rc = hc_notify_letter_build(c->letter, p->row, false, &p->data, &err);
	hc_notify_letter_sender(c->letter, p->row, &p->from);
	if (rc == HC_INVALID) {
		p->unfit = true;
		snprintf(p->reply, sizeof(p->reply), "%s", err.text);
		return HC_OK;
	}
	if (rc == HC_OK && hc_buf_failed(&p->from))
		return hc_db_nomem(c->store->db);
	return rc == HC_OK ? rc : hc_db_fail(c->store->db, rc, "%s",
	    err.text);
}

static bool
may_go_on(const struct courier *c)
{
	if (c->stopped != HC_OK || (c->o->stop != NULL && *c->o->stop))
		return false;
	if (!hc_notify_pace_open(&c->pace, current(c)))
		return false;
	return c->o->limit == 0 || c->taken < c->o->limit;
}

/* How many more may be handed over now. */
static size_t
allowance(const struct courier *c)
{
	size_t n = (size_t)hc_transport_connections(c->transport) -
	    c->in_hand, allowed;

	if (!may_go_on(c))
		return 0;
	if (c->o->limit > 0 && n > c->o->limit - c->taken)
		n = c->o->limit - c->taken;
	allowed = hc_notify_pace_allowed(&c->pace, elapsed(c));
	if (allowed <= c->taken)
		return 0;
	return n < allowed - c->taken ? n : allowed - c->taken;
}

static enum hc_status
wrap_next(struct courier *c)
{
	size_t n = allowance(c);
	enum hc_status rc = HC_OK;
	struct parcel *p;

	if (n == 0 || c->at == c->len)
		return HC_OK;
	/* One lock for all that are read. */
	if ((rc = hc_db_snapshot(c->store->db)) != HC_OK)
		return rc;
	while (rc == HC_OK && c->nparcels < n && c->at < c->len) {
		p = &c->parcels[c->nparcels];
		rc = wrap(c, c->queue[c->at++], p);
		if (rc == HC_OK)
			c->nparcels++;
		else
			clear_parcel(p);
		if (rc == HC_NOTFOUND)
			rc = HC_OK;
	}
	hc_db_snapshot_end(c->store->db);
	return rc;
}

/* Within a run.  Who changed the message meanwhile keeps it. */
static enum hc_status
mark(struct courier *c, struct parcel *p)
{
	const char *tries = hc_row_value(p->row, "tries");
	struct hc_store *store = c->store;
	enum hc_status rc;

	if (p->unfit) {
		if ((rc = hc_notify_row_set(store, p->row, "reply",
		    p->reply)) == HC_OK)
			rc = hc_notify_row_set(store, p->row, "state",
			    "failed");
	} else if ((rc = hc_notify_row_int(store, p->row, "tries",
	    (tries != NULL ? strtoll(tries, NULL, 10) : 0) + 1)) == HC_OK)
		rc = hc_notify_row_set(store, p->row, "state", "sending");
	if (rc == HC_OK)
		rc = hc_record_update(store, p->row);
	if (rc == HC_CONFLICT || rc == HC_NOTFOUND)
		return HC_OK;
	p->marked = rc == HC_OK && !p->unfit;
	if (rc == HC_OK && p->unfit)
		c->count->failed++;
	return rc;
}

/* An outcome that the transport never saw. */
static void
note_refused(struct courier *c, int64_t id, const char *words)
{
	struct hc_transport_result *r = &c->results[c->nresults++];

	*r = (struct hc_transport_result){ .id = id,
	    .outcome = HC_TRANSPORT_REFUSED };
	snprintf(r->reply, sizeof(r->reply), "%s", words);
}

static enum hc_status
hand_over(struct courier *c)
{
	struct hc_transport_job job = { .id = 0 };
	struct hc_error err = { "" };
	enum hc_status rc = HC_OK;
	struct parcel *p;
	size_t i;

	for (i = 0; i < c->nparcels; i++) {
		p = &c->parcels[i];
		if (p->marked && rc == HC_OK) {
			job.id = p->row->id;
			job.from = hc_buf_text(&p->from);
			job.to = hc_row_value(p->row, "address");
			job.data = p->data.data;
			job.len = p->data.len;
			rc = hc_transport_submit(c->transport, &job, &err);
			c->taken++;
			if (rc == HC_OK)
				c->in_hand++;
			else if (rc == HC_INVALID)
				note_refused(c, job.id, err.text);
			rc = rc == HC_INVALID ? HC_OK : rc;
		}
		clear_parcel(p);
	}
	c->nparcels = 0;
	return rc == HC_OK ? rc : hc_db_fail(c->store->db, rc, "%s",
	    err.text);
}

/* ---- Outcomes ---- */

/* When to try again after so many tries. */
static int64_t
pause_after(int64_t tries)
{
	static const int minutes[] = { 1, 5, 15, 60 };

	return minutes[tries < 1 ? 0 : tries > 4 ? 3 : tries - 1] * 60;
}

static enum hc_status
put_off(struct courier *c, struct hc_row *row,
    const struct hc_transport_result *r)
{
	const char *text = hc_row_value(row, "tries");
	int64_t tries = text != NULL ? strtoll(text, NULL, 10) : 1;
	enum hc_status rc;

	if (tries >= (r->outcome == HC_TRANSPORT_DOUBTFUL ? DOUBTS_MAX :
	    TRIES_MAX)) {
		c->count->failed++;
		return hc_notify_row_set(c->store, row, "state", "failed");
	}
	if (r->outcome == HC_TRANSPORT_DOUBTFUL)
		c->count->doubtful++;
	else
		c->count->deferred++;
	if ((rc = hc_notify_row_instant(c->store, row, "next_at",
	    current(c) + pause_after(tries))) != HC_OK)
		return rc;
	return hc_notify_row_set(c->store, row, "state",
	    r->outcome == HC_TRANSPORT_DOUBTFUL ? "doubtful" : "waiting");
}

static enum hc_status
set_outcome(struct courier *c, struct hc_row *row,
    const struct hc_transport_result *r)
{
	struct hc_store *store = c->store;
	enum hc_status rc;

	if ((rc = hc_notify_row_set(store, row, "reply", r->reply)) !=
	    HC_OK ||
	    (rc = hc_notify_row_set(store, row, "next_at", NULL)) != HC_OK)
		return rc;
	switch (r->outcome) {
	case HC_TRANSPORT_DELIVERED:
		c->count->sent++;
		if ((rc = hc_notify_row_instant(store, row, "sent_at",
		    current(c))) != HC_OK)
			return rc;
		return hc_notify_row_set(store, row, "state", "sent");
	case HC_TRANSPORT_REFUSED:
		c->count->failed++;
		return hc_notify_row_set(store, row, "state", "failed");
	default:
		return put_off(c, row, r);
	}
}

/* Within a run.  A message that staff deleted meanwhile is passed over. */
static enum hc_status
write_outcome(struct courier *c, const struct hc_transport_result *r)
{
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = load(c, r->id, &row)) == HC_OK &&
	    (rc = set_outcome(c, row, r)) == HC_OK)
		rc = hc_record_update(c->store, row);
	hc_row_free(row);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* Outcomes and marks, in one run. */
static enum hc_status
commit(struct courier *c)
{
	double begin = elapsed(c);
	enum hc_status rc;
	size_t i;

	if (c->nresults == 0 && c->nparcels == 0)
		return HC_OK;
	if ((rc = hc_run_begin(c->store, N_("outbox: delivery"))) != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < c->nresults; i++)
		rc = write_outcome(c, &c->results[i]);
	for (i = 0; rc == HC_OK && i < c->nparcels; i++)
		rc = mark(c, &c->parcels[i]);
	if (rc != HC_OK) {
		hc_run_rollback(c->store);
		return rc;
	}
	/* Where this fails they are tried once more: see wind_up(). */
	if ((rc = hc_run_commit(c->store, NULL)) == HC_OK)
		c->nresults = 0;
	c->commit_time = elapsed(c) - begin;
	return rc;
}

/* Does it make sense to go on? */
static void
consider(struct courier *c, const struct hc_transport_result *r)
{
	size_t n = (size_t)hc_transport_connections(c->transport);

	c->ended++;
	c->put_off = r->outcome == HC_TRANSPORT_DEFERRED ? c->put_off + 1 : 0;
	c->unreached = r->outcome == HC_TRANSPORT_UNREACHABLE ?
	    c->unreached + 1 : 0;
	if (c->stopped != HC_OK)
		return;
	if (c->unreached >= 2 * n || (c->unreached == c->ended &&
	    c->in_hand == 0 && c->at == c->len))
		c->stopped = hc_db_fail(c->store->db, HC_UNAVAILABLE,
		    _("stopped: the mail server does not serve us: %s"),
		    r->reply);
	else if (c->put_off > 20)
		c->stopped = hc_db_fail(c->store->db, HC_UNAVAILABLE,
		    _("stopped: the mail server put off %zu messages in a "
		    "row: %s"), c->put_off, r->reply);
	else if (r->outcome == HC_TRANSPORT_REFUSED &&
	    c->count->failed + 1 > 5 && (c->count->failed + 1) * 20 > c->ended)
		c->stopped = hc_db_fail(c->store->db, HC_UNAVAILABLE,
		    _("stopped: the mail server refuses too many messages "
		    "(%zu of %zu): %s"), c->count->failed + 1, c->ended,
		    r->reply);
}

/*
 * Wait for one outcome, and for others no longer than a commit takes: what
 * it saves is a commit, most often.
 */
static void
collect(struct courier *c)
{
	struct hc_transport_result *r;
	double first = 0, left;
	int wait = -1;

	while (c->in_hand > 0) {
		r = &c->results[c->nresults];
		if (hc_transport_next(c->transport, r, wait) != HC_OK)
			break;
		c->nresults++;
		c->in_hand--;
		consider(c, r);
		if (wait == -1)
			first = elapsed(c);
		left = first + c->commit_time - elapsed(c);
		wait = left > 0 ? (int)(left * 1000) + 1 : 0;
	}
	if (c->o->progress != NULL)
		c->o->progress(c->ended, c->total);
}

/* Nothing is in hand: sleep until the rate, or that of a domain, allows the
   next one. */
static void
sleep_for_rate(const struct courier *c)
{
	double wait = c->skipped > 0 ? 0.2 : (double)c->taken * 60 /
	    c->pace.rate - elapsed(c);
	struct timespec ts = { 0, 1000000 };

	if (wait > 0.2)
		wait = 0.2;	/* to hear of a wish to stop */
	if (wait > 0.001)
		ts.tv_nsec = (long)(wait * 1e9);
	nanosleep(&ts, NULL);
}

static enum hc_status
deliver(struct courier *c)
{
	enum hc_status rc;

	for (;;) {
		if (c->at == c->len && may_go_on(c) &&
		    c->in_hand + c->nresults == 0 &&
		    (rc = find_due(c)) != HC_OK)
			return rc;
		if ((rc = wrap_next(c)) != HC_OK ||
		    (rc = commit(c)) != HC_OK ||
		    (rc = hand_over(c)) != HC_OK)
			return rc;
		if (c->in_hand > 0)
			collect(c);
		else if (c->nresults == 0 && (!may_go_on(c) ||
		    (c->at == c->len && c->skipped == 0)))
			return HC_OK;
		else if (c->nresults == 0 &&
		    (c->pace.rate > 0 || c->skipped > 0))
			sleep_for_rate(c);
	}
}

/* ---- Beginning and end ---- */

/* "maildir:/FOLDER/outbox", FOLDER being the database's. */
static enum hc_status
beside(struct hc_store *store, struct hc_buf *url)
{
	char *path = realpath(hc_db_path(store->db), NULL);

	if (path == NULL)
		return hc_db_fail(store->db, HC_IO, _("cannot find '%s': %s"),
		    hc_db_path(store->db), strerror(errno));
	hc_buf_printf(url, "maildir:%s/outbox", dirname(path));
	free(path);
	return hc_buf_failed(url) ? hc_db_nomem(store->db) : HC_OK;
}

static enum hc_status
open_courier(struct courier *c)
{
	struct hc_notify_letter_options letter = c->o->letter;
	struct hc_buf url = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	if (c->o->url != NULL)
		hc_buf_puts(&url, c->o->url);
	else
		rc = beside(c->store, &url);
	letter.local = strncmp(hc_buf_text(&url), "maildir:", 8) == 0;
	if (rc == HC_OK)
		rc = hc_notify_letter_new(&c->letter, c->store, &letter);
	if (rc == HC_OK)
		rc = hc_transport_open(&c->transport, hc_buf_text(&url),
		    &c->o->transport, c->err);
	hc_buf_free(&url);
	return rc;
}

/* After a failure: what was handed over ends, and its outcome is kept if the
   database lets us. */
static void
wind_up(struct courier *c)
{
	struct hc_error why = *c->err;
	size_t i;

	for (i = 0; i < c->nparcels; i++)
		clear_parcel(&c->parcels[i]);
	c->nparcels = 0;
	while (c->in_hand > 0)
		collect(c);
	if (c->nresults > 0)
		commit(c);
	*c->err = why;
}

enum hc_status
hc_notify_run(struct hc_store *store,
    const struct hc_notify_run_options *options,
    struct hc_notify_run_count *count)
{
	struct courier *c;
	enum hc_status rc;
	int fd = -1;

	memset(count, 0, sizeof(*count));
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return hc_db_nomem(store->db);
	c->store = store;
	c->o = options;
	c->count = count;
	c->err = hc_db_error_buffer(store->db);
	hc_db_set_patience(store->db, PATIENCE);
	clock_gettime(CLOCK_MONOTONIC, &c->began);
	if ((rc = lock(store, &fd)) != HC_OK)
		goto out;
	if (hc_instant_parse(options->now, &c->start) != HC_OK) {
		rc = HC_ERROR;
		goto out;
	}
	c->pace.rate = options->rate;
	c->pace.domain_rate = options->domain_rate;
	if ((rc = hc_notify_pace_load(&c->pace, store)) == HC_OK &&
	    (rc = open_courier(c)) == HC_OK && (rc = tidy(c)) == HC_OK &&
	    (rc = deliver(c)) != HC_OK)
		wind_up(c);
	count->closed = !hc_notify_pace_open(&c->pace, current(c));
	if (rc == HC_OK) {
		struct hc_error why = *c->err;

		if ((rc = count_waiting(c)) == HC_OK &&
		    (rc = c->stopped) != HC_OK)
			*c->err = why;
	}
out:
	hc_transport_close(c->transport);
	hc_notify_letter_free(c->letter);
	hc_notify_pace_clear(&c->pace);
	free(c->queue);
	free(c);
	if (fd != -1)
		close(fd);
	return rc;
}
