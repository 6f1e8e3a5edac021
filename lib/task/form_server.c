/*
 * The public web server of the form, on libmicrohttpd.
 *
 * One epoll thread: with a thread for each connection, suspending them
 * brought a few requests a second (measured; performance.md, section 5).
 * A request that needs the store is suspended, given to the worker as a
 * job, and resumed by the job's done().  It is suspended before it is given
 * away, so that it cannot be resumed too early, and always in the last call
 * of the handler, when the whole body has come.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/seal.h"
#include "store/embed.h"
#include "task/form_clock.h"
#include "task/form_listen.h"
#include "task/form_limit.h"
#include "task/form_page.h"
#include "task/form_worker.h"

#include "task/form_server.h"

#define BODY_MAX 8192		/* bytes of one person's answer */
#define BODY_MOST (8 * BODY_MAX)	/* of a family's */
#define HEADERS_MAX 32768
#define TIMEOUT 10		/* seconds */
#define CONNECTIONS 1000
#define CONNECTIONS_EACH 20	/* of one address */

struct hc_form_server {
	struct MHD_Daemon *daemon;
	struct hc_form_worker *worker;
	struct hc_form_server_options options;
	char address[HC_FORM_ADDRESS];
	struct hc_form_limit limit;	/* the HTTP thread's */
	atomic_int at_hand;		/* requests begun and not ended */
	atomic_bool stopping;
};

enum route { LINK, STYLE, NOWHERE };

enum stage {
	BEGUN,			/* the body is coming */
	ASKED,			/* the worker looks for the link */
	GIVEN			/* the worker keeps the answer */
};

struct request {
	struct hc_form_server *server;
	struct MHD_Connection *connection;
	struct timespec begin;
	enum route route;
	enum stage stage;
	bool post;
	const char *method;	/* for the log */
	unsigned int status;
	bool refused;		/* answered before the body came */
	struct hc_buf body;
	bool too_long;
	unsigned char hash[HC_TOKEN_HASH];
	struct hc_form_job job;
	struct hc_form_target *target;
	const char *lang;
	bool red_flag;
};

/* ---- Answers to the browser ---- */

/* What every response bears, errors too (reliability.md, W4 and W5). */
static const char *const headers[][2] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; "
	    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cache-Control", "no-store" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "X-Robots-Tag", "noindex, nofollow" },
	{ "Strict-Transport-Security", "max-age=31536000" },
};

static enum MHD_Result
queue(struct request *r, unsigned int status, struct MHD_Response *response,
    const char *type)
{
	enum MHD_Result result;
	size_t i;

	if (response == NULL)
		return MHD_NO;
	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		MHD_add_response_header(response, headers[i][0],
		    headers[i][1]);
	MHD_add_response_header(response, "Content-Type", type);
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, "Allow",
		    r->route == LINK ? "GET, HEAD, POST" : "GET, HEAD");
	if (status == MHD_HTTP_TOO_MANY_REQUESTS)
		MHD_add_response_header(response, "Retry-After", "60");
	if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
		MHD_add_response_header(response, "Retry-After", "10");
	if (atomic_load(&r->server->stopping) || r->refused)
		MHD_add_response_header(response, "Connection", "close");
	r->status = status;
	result = MHD_queue_response(r->connection, status, response);
	MHD_destroy_response(response);
	return result;
}

/* Send ${page}, which is taken over; without memory, at least the status. */
static enum MHD_Result
send_page(struct request *r, unsigned int status, struct hc_buf *page)
{
	struct MHD_Response *response;
	size_t len = page->len;
	char *data;

	if ((data = hc_buf_take(page)) == NULL) {
		response = MHD_create_response_from_buffer(0, NULL,
		    MHD_RESPMEM_PERSISTENT);
		return queue(r, MHD_HTTP_SERVICE_UNAVAILABLE, response,
		    "text/html; charset=utf-8");
	}
	response = MHD_create_response_from_buffer(len, data,
	    MHD_RESPMEM_MUST_FREE);
	if (response == NULL)
		free(data);
	return queue(r, status, response, "text/html; charset=utf-8");
}

static enum MHD_Result
send_notice(struct request *r, unsigned int status,
    enum hc_form_notice notice)
{
	struct hc_form_bundle *bundle;
	struct hc_buf page = HC_BUF_INIT;

	bundle = hc_form_worker_newest(r->server->worker);
	hc_form_page_notice(&page, bundle != NULL ? bundle->def : NULL,
	    notice);
	hc_form_worker_drop_bundle(bundle);
	return send_page(r, status, &page);
}

static enum MHD_Result
send_style(struct request *r)
{
	const struct hc_embed *css = hc_embed_find("web/form.css");

	if (css == NULL)
		return send_notice(r, MHD_HTTP_NOT_FOUND, HC_FORM_EXPIRED);
	return queue(r, MHD_HTTP_OK, MHD_create_response_from_buffer(
	    (size_t)(css->end - css->begin), (void *)(uintptr_t)css->begin,
	    MHD_RESPMEM_PERSISTENT), "text/css; charset=utf-8");
}

/* ---- Who asks ---- */

static const char *
header(struct request *r, const char *name)
{
	return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND,
	    name);
}

/*
 * The reader's address: the connection's, or where a proxy on this machine
 * stands before us, the last that it added to X-Forwarded-For.
 */
static void
find_reader(struct request *r, char text[HC_FORM_ADDRESS])
{
	const union MHD_ConnectionInfo *info;
	const char *forwarded, *comma;

	text[0] = '\0';
	info = MHD_get_connection_info(r->connection,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (info != NULL && info->client_addr != NULL)
		hc_form_listen_format(info->client_addr, text);
	if (!hc_form_listen_is_local(text) ||
	    (forwarded = header(r, "X-Forwarded-For")) == NULL)
		return;
	if ((comma = strrchr(forwarded, ',')) != NULL)
		forwarded = comma + 1 + strspn(comma + 1, " ");
	snprintf(text, HC_FORM_ADDRESS, "%s", forwarded);
}

static enum MHD_Result
send_unknown(struct request *r)
{
	char reader[HC_FORM_ADDRESS];
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	find_reader(r, reader);
	if (hc_form_limit_count(&r->server->limit, reader, now.tv_sec))
		return send_notice(r, MHD_HTTP_TOO_MANY_REQUESTS,
		    HC_FORM_LIMIT);
	return send_notice(r, MHD_HTTP_NOT_FOUND, HC_FORM_EXPIRED);
}

/*
 * Did another site's page send this?  Its token is the reader's right to
 * answer, so this is only a second lock.  Our own pages say "Origin: null",
 * since they send no referrer.
 */
static bool
is_foreign(struct request *r)
{
	const char *site = header(r, "Sec-Fetch-Site");
	const char *origin = header(r, "Origin");
	const char *host = header(r, "Host");
	const char *forwarded = header(r, "X-Forwarded-Host");
	const char *p;

	if (site != NULL && strcmp(site, "same-origin") != 0 &&
	    strcmp(site, "none") != 0)
		return true;
	if (origin == NULL || strcmp(origin, "null") == 0)
		return false;
	if ((p = strstr(origin, "://")) == NULL)
		return true;
	p += 3;
	return (host == NULL || strcmp(p, host) != 0) &&
	    (forwarded == NULL || strcmp(p, forwarded) != 0);
}

/* ---- The store ---- */

static void
done(struct hc_form_job *job)
{
	struct request *r;

	r = (struct request *)(void *)((char *)job -
	    offsetof(struct request, job));
	MHD_resume_connection(r->connection);
}

static enum MHD_Result
give(struct request *r, enum hc_form_task task, enum stage stage)
{
	r->stage = stage;
	r->job.task = task;
	r->job.done = done;
	memcpy(r->job.hash, r->hash, sizeof(r->hash));
	MHD_suspend_connection(r->connection);
	hc_form_worker_give(r->server->worker, &r->job);
	return MHD_YES;
}

/* ---- The form ---- */

/* The page's language: asked for, else the link's. */
static void
choose_language(struct request *r, const char *asked)
{
	r->lang = hc_form_def_language(r->target->bundle->def, asked);
	if (r->lang == NULL)
		r->lang = r->target->lang;
}

static struct hc_form_view
view_of(const struct request *r, const char *submission)
{
	struct hc_form_view view = { r->target->bundle->def, r->target->rows,
	    r->lang, submission };

	return view;
}

static enum MHD_Result
send_form(struct request *r)
{
	unsigned char number[HC_TOKEN_SIZE];
	char text[HC_TOKEN_TEXT + 1];
	struct hc_form_view view;
	struct hc_buf page = HC_BUF_INIT;

	choose_language(r, MHD_lookup_connection_value(r->connection,
	    MHD_GET_ARGUMENT_KIND, "lang"));
	if (hc_seal_random(number, sizeof(number)) != HC_OK)
		return send_notice(r, MHD_HTTP_SERVICE_UNAVAILABLE,
		    HC_FORM_BUSY);
	hc_token_format(text, number);
	view = view_of(r, text);
	hc_form_page_form(&page, &view, NULL);
	return send_page(r, MHD_HTTP_OK, &page);
}

static enum MHD_Result
send_thanks(struct request *r)
{
	struct hc_form_view view = view_of(r, "");
	struct hc_buf page = HC_BUF_INIT;

	hc_form_page_thanks(&page, &view, r->red_flag);
	return send_page(r, MHD_HTTP_OK, &page);
}

/* Seal the answer and have it kept; thanks come when it is. */
static enum MHD_Result
keep_answer(struct request *r, const struct hc_form_answer *answer,
    const unsigned char *submission)
{
	struct hc_form_envelope envelope = { .link = r->hash,
	    .at = r->job.at, .lang = r->lang, .round = r->target->round,
	    .submission = submission };

	r->red_flag = answer->red_flag;
	if (hc_form_answer_seal(answer, &envelope, r->job.id,
	    &r->job.sealed) != HC_OK)
		return send_notice(r, MHD_HTTP_SERVICE_UNAVAILABLE,
		    HC_FORM_BUSY);
	return give(r, HC_FORM_KEEP, GIVEN);
}

static enum MHD_Result
read_answer(struct request *r, const struct hc_form_body *body)
{
	const char *text = hc_form_body_get(body, "submission");
	unsigned char submission[HC_TOKEN_SIZE];
	struct hc_form_answer answer = { 0 };
	struct hc_form_view view;
	struct hc_buf page = HC_BUF_INIT;
	enum MHD_Result result;

	if (text == NULL || hc_token_parse(text, submission) != HC_OK)
		return send_notice(r, MHD_HTTP_BAD_REQUEST, HC_FORM_WRONG);
	choose_language(r, hc_form_body_get(body, "lang"));
	hc_form_clock(r->server->options.ahead, r->job.at);
	if (hc_form_answer_read(&answer, r->target->bundle->def,
	    r->target->rows, body, r->job.at) != HC_OK)
		result = send_notice(r, MHD_HTTP_SERVICE_UNAVAILABLE,
		    HC_FORM_BUSY);
	else if (answer.faults > 0) {
		view = view_of(r, text);
		hc_form_page_form(&page, &view, &answer);
		result = send_page(r, MHD_HTTP_UNPROCESSABLE_CONTENT, &page);
	} else
		result = keep_answer(r, &answer, submission);
	hc_form_answer_clear(&answer);
	return result;
}

static enum MHD_Result
take_post(struct request *r)
{
	const char *type = header(r, "Content-Type");
	size_t rows = hc_json_size(r->target->rows);
	struct hc_form_body body;
	enum MHD_Result result;

	if (r->too_long || r->body.len > (rows > 1 ? rows : 1) * BODY_MAX)
		return send_notice(r, MHD_HTTP_CONTENT_TOO_LARGE,
		    HC_FORM_WRONG);
	if (type == NULL || strncasecmp(type,
	    "application/x-www-form-urlencoded", 33) != 0)
		return send_notice(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
		    HC_FORM_WRONG);
	if (is_foreign(r))
		return send_notice(r, MHD_HTTP_FORBIDDEN, HC_FORM_WRONG);
	switch (hc_form_body_parse(&body, hc_buf_text(&r->body),
	    r->body.len)) {
	case HC_OK:
		result = read_answer(r, &body);
		break;
	case HC_INVALID:
		result = send_notice(r, MHD_HTTP_BAD_REQUEST, HC_FORM_WRONG);
		break;
	default:
		result = send_notice(r, MHD_HTTP_SERVICE_UNAVAILABLE,
		    HC_FORM_BUSY);
		break;
	}
	hc_form_body_clear(&body);
	return result;
}

/* The link is found: show the form or take the answer. */
static enum MHD_Result
use_link(struct request *r)
{
	char now[HC_INSTANT_SIZE];

	hc_form_clock(r->server->options.ahead, now);
	if (strcmp(now, r->target->opens_at) < 0 ||
	    strcmp(now, r->target->expires_at) >= 0)
		return send_unknown(r);
	return r->post ? take_post(r) : send_form(r);
}

/* The request has come as a whole, or its job is done. */
static enum MHD_Result
go_on(struct request *r)
{
	switch (r->stage) {
	case BEGUN:
		if (r->route == STYLE)
			return send_style(r);
		if (r->route == NOWHERE)
			return send_unknown(r);
		if (atomic_load(&r->server->stopping))
			return send_notice(r, MHD_HTTP_SERVICE_UNAVAILABLE,
			    HC_FORM_BUSY);
		r->target = hc_form_worker_recall(r->server->worker, r->hash);
		if (r->target != NULL)
			return use_link(r);
		return give(r, HC_FORM_FIND, ASKED);
	case ASKED:
		r->target = r->job.target;
		r->job.target = NULL;
		if (r->job.status == HC_NOTFOUND)
			return send_unknown(r);
		if (r->job.status != HC_OK)
			return send_notice(r, MHD_HTTP_SERVICE_UNAVAILABLE,
			    HC_FORM_BUSY);
		return use_link(r);
	case GIVEN:
		break;
	}
	if (r->job.status == HC_DENIED)
		return send_notice(r, MHD_HTTP_TOO_MANY_REQUESTS,
		    HC_FORM_LIMIT);
	if (r->job.status != HC_OK)
		return send_notice(r, MHD_HTTP_SERVICE_UNAVAILABLE,
		    HC_FORM_BUSY);
	return send_thanks(r);
}

/* ---- Requests ---- */

static void
find_route(struct request *r, const char *url)
{
	unsigned char token[HC_TOKEN_SIZE];

	r->route = NOWHERE;
	if (strcmp(url, "/style.css") == 0)
		r->route = STYLE;
	else if (strncmp(url, "/a/", 3) == 0 &&
	    hc_token_parse(url + 3, token) == HC_OK) {
		r->route = LINK;
		hc_token_hash(r->hash, token);
	}
	hc_seal_wipe(token, sizeof(token));
}

static struct request *
begin(struct hc_form_server *server, struct MHD_Connection *connection,
    const char *url)
{
	struct request *r;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		return NULL;
	r->server = server;
	r->connection = connection;
	clock_gettime(CLOCK_MONOTONIC, &r->begin);
	find_route(r, url);
	atomic_fetch_add(&server->at_hand, 1);
	return r;
}

/* What can be refused by its head alone: true if it was. */
static bool
refuse(struct request *r, const char *method, enum MHD_Result *result)
{
	bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	const char *length = header(r, "Content-Length");

	r->method = get ? "GET" : "other";
	r->post = strcmp(method, "POST") == 0;
	if (r->post)
		r->method = "POST";
	if (!get && !(r->post && r->route != STYLE)) {
		r->refused = true;
		*result = send_notice(r, MHD_HTTP_METHOD_NOT_ALLOWED,
		    HC_FORM_WRONG);
	} else if (length != NULL &&
	    strtoull(length, NULL, 10) > BODY_MOST) {
		r->refused = true;
		*result = send_notice(r, MHD_HTTP_CONTENT_TOO_LARGE,
		    HC_FORM_WRONG);
	}
	return r->refused;
}

static enum MHD_Result
handle(void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data,
    size_t *size, void **context)
{
	struct request *r = *context;
	enum MHD_Result result = MHD_NO;

	(void)version;
	if (r == NULL) {
		if ((*context = r = begin(arg, connection, url)) == NULL)
			return MHD_NO;
		return refuse(r, method, &result) ? result : MHD_YES;
	}
	if (*size > 0) {
		if (r->body.len + *size > BODY_MOST)
			r->too_long = true;
		else
			hc_buf_add(&r->body, data, *size);
		*size = 0;
		return MHD_YES;
	}
	if (hc_buf_failed(&r->body))
		return MHD_NO;
	return go_on(r);
}

static void
log_request(const struct request *r)
{
	static const char *const paths[] = { "/a/*", "/style.css", "*" };
	char line[80];
	struct timespec now;
	double seconds;

	if (r->server->options.log == NULL || r->method == NULL)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds = (double)(now.tv_sec - r->begin.tv_sec) +
	    (double)(now.tv_nsec - r->begin.tv_nsec) / 1e9;
	snprintf(line, sizeof(line), "%s %s %u %.4f s", r->method,
	    paths[r->route], r->status, seconds);
	r->server->options.log(r->server->options.arg, line);
}

static void
completed(void *arg, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode why)
{
	struct request *r = *context;

	(void)arg;
	(void)connection;
	(void)why;
	if (r == NULL)
		return;
	log_request(r);
	atomic_fetch_sub(&r->server->at_hand, 1);
	hc_form_worker_drop_target(r->target);
	hc_form_worker_drop_target(r->job.target);
	if (r->body.data != NULL)
		hc_seal_wipe(r->body.data, r->body.len);
	hc_buf_free(&r->body);
	hc_buf_free(&r->job.sealed);
	free(r);
	*context = NULL;
}

/* ---- Start and stop ---- */

static enum hc_status
start(struct hc_form_server *server, int fd, struct hc_error *err)
{
	unsigned int each = CONNECTIONS_EACH;

	/* Behind a proxy on this machine all readers have one address. */
	if (server->address[0] == '[' ?
	    strncmp(server->address, "[::1]", 5) == 0 :
	    hc_form_listen_is_local(server->address))
		each = 0;
	server->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD |
	    MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL, handle,
	    server,
	    MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, server,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned int)CONNECTIONS,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, each,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)TIMEOUT,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_END);
	if (server->daemon == NULL)
		return hc_error_set(err, HC_ERROR,
		    _("the web server does not start"));
	return HC_OK;
}

enum hc_status
hc_form_server_start(struct hc_form_server **out,
    const struct hc_form_server_options *options, struct hc_error *err)
{
	struct hc_form_server *server;
	enum hc_status rc;
	int fd = -1;

	*out = NULL;
	if ((server = calloc(1, sizeof(*server))) == NULL)
		return hc_error_nomem(err);
	server->options = *options;
	if (hc_seal_ready() != HC_OK)
		rc = hc_error_set(err, HC_ERROR,
		    _("the system gives no random bytes"));
	else if ((rc = hc_form_worker_new(&server->worker, options->store,
	    options->ahead, err)) == HC_OK &&
	    (rc = hc_form_listen_open(options->listen, &fd,
	    server->address, err)) == HC_OK)
		rc = start(server, fd, err);
	if (rc == HC_OK) {
		*out = server;
		return HC_OK;
	}
	if (fd != -1)
		close(fd);
	hc_form_worker_free(server->worker);
	free(server);
	return rc;
}

const char *
hc_form_server_address(const struct hc_form_server *server)
{
	return server->address;
}

void
hc_form_server_stop(struct hc_form_server *server)
{
	static const struct timespec moment = { 0, 10 * 1000 * 1000 };
	int fd, tries;

	if (server == NULL)
		return;
	atomic_store(&server->stopping, true);
	fd = MHD_quiesce_daemon(server->daemon);
	if (fd != -1)
		close(fd);
	for (tries = 0; atomic_load(&server->at_hand) > 0 && tries < 500;
	    tries++)
		nanosleep(&moment, NULL);
	/*
	 * The daemon must not end with suspended connections, and the worker
	 * resumes all of them before it stops.  Whoever is still sending now
	 * is cut off without thanks.
	 */
	hc_form_worker_stop(server->worker);
	MHD_stop_daemon(server->daemon);
	hc_form_worker_free(server->worker);
	free(server);
}
