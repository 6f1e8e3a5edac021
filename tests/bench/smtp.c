/*
 * How fast the mail transport is, beside Postfix's smtp-source, which does
 * nothing but send, into the same smtp-sink.
 *
 *	smtp [MESSAGES [ROUNDS]]
 *
 * Prints TSV: connections, messages a second of the transport (messages of
 * 1.4 kB are built for each, as for a real round), of smtp-source with as
 * many sessions, and the ratio; medians of ROUNDS, the two taken in turns.
 * Without smtp-sink and smtp-source it says so and prints no rows.
 */
#include <sys/socket.h>
#include <sys/wait.h>
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mime.h"
#include "base/status.h"
#include "task/transport.h"

#define SINK "/usr/sbin/smtp-sink"
#define SOURCE "/usr/sbin/smtp-source"
#define ROUNDS_MAX 99

extern char **environ;

static pid_t sink;

static void
stop_sink(void)
{
	if (sink > 0) {
		kill(sink, SIGTERM);
		waitpid(sink, NULL, 0);
	}
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static pid_t
start(char *const argv[])
{
	pid_t pid;
	int error;

	if ((error = posix_spawn(&pid, argv[0], NULL, NULL, argv, environ)))
		errx(71, "%s: %s", argv[0], strerror(error));
	return pid;
}

/* A port of loopback that is free now (given = 0), or does one answer? */
static int
loopback(int given)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0), port = 0;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons((uint16_t)given);
	if (given != 0)
		port = connect(fd, (void *)&a, len) == 0 ? given : 0;
	else if (bind(fd, (void *)&a, len) == 0 &&
	    getsockname(fd, (void *)&a, &len) == 0)
		port = ntohs(a.sin_port);
	close(fd);
	return port;
}

static void
start_sink(char *address)
{
	char program[] = SINK, u[] = "-u", nobody[] = "nobody",
	    backlog[] = "1000";
	char *as_root[] = { program, u, nobody, address, backlog, NULL };
	char *as_user[] = { program, address, backlog, NULL };
	int port = loopback(0), tries = 0;

	snprintf(address, 32, "127.0.0.1:%d", port);
	sink = start(geteuid() == 0 ? as_root : as_user);
	atexit(stop_sink);
	while (loopback(port) == 0) {
		if (++tries == 100)
			errx(69, "smtp-sink does not answer");
		usleep(50000);
	}
}

static void
build(struct hc_buf *out, int id)
{
	char message_id[64], text[2048];
	struct hc_mail mail = {
		.from = { "川口市保健所", "hc@example.jp" },
		.to = { NULL, "a@example.jp" },
		.subject = "健康観察のお願い", .text = text,
		.message_id = message_id, .auto_submitted = "auto-generated",
		.language = "ja", .date = 1606003200, .utc_offset = 540
	};
	int i, len;

	snprintf(message_id, sizeof(message_id), "%d@hc.example.jp", id);
	len = snprintf(text, sizeof(text), "https://form.example.jp/%032d\n",
	    id);
	for (i = 0; i < 10; i++)
		len += snprintf(text + len, sizeof(text) - (size_t)len,
		    "今朝の体温と体調を上の頁からお知らせください。\n");
	hc_buf_clear(out);
	if (hc_mime_build(out, &mail, NULL) != HC_OK)
		errx(70, "mime");
}

static void
take(struct hc_transport *t)
{
	struct hc_transport_result r;

	if (hc_transport_next(t, &r, -1) != HC_OK ||
	    r.outcome != HC_TRANSPORT_DELIVERED)
		errx(70, "message not delivered: %s", r.reply);
}

static double
transport(const char *address, int connections, int messages)
{
	struct hc_transport_options o = { .connections = connections };
	struct hc_buf message = HC_BUF_INIT;
	struct hc_transport_job job = { 0 };
	struct hc_transport *t;
	struct hc_error e;
	double begin;
	char url[64];
	int i;

	begin = now();
	snprintf(url, sizeof(url), "smtp://%s", address);
	if (hc_transport_open(&t, url, &o, &e) != HC_OK)
		errx(70, "%s", e.text);
	for (i = 0; i < messages; i++) {
		build(&message, i);
		job = (struct hc_transport_job){ i, "hc@example.jp",
		    "a@example.jp", message.data, message.len };
		if (i >= connections)
			take(t);
		if (hc_transport_submit(t, &job, &e) != HC_OK)
			errx(70, "%s", e.text);
	}
	for (i = 0; i < connections && i < messages; i++)
		take(t);
	hc_transport_close(t);
	hc_buf_free(&message);
	return messages / (now() - begin);
}

static double
smtp_source(char *address, int connections, int messages)
{
	char program[] = SOURCE, d[] = "-d", l[] = "-l", size[] = "1400",
	    s[] = "-s", m[] = "-m", sessions[16], count[16];
	char *argv[] = { program, d, l, size, s, sessions, m, count, address,
	    NULL };
	double begin = now();
	int status;

	snprintf(sessions, sizeof(sessions), "%d", connections);
	snprintf(count, sizeof(count), "%d", messages);
	if (waitpid(start(argv), &status, 0) == -1 || status != 0)
		errx(70, "smtp-source failed");
	return messages / (now() - begin);
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof(*values), compare);
	return values[n / 2];
}

int
main(int argc, char **argv)
{
	static const int connections[] = { 1, 4, 10 };
	double ours[ROUNDS_MAX], theirs[ROUNDS_MAX], a, b;
	int messages = argc > 1 ? atoi(argv[1]) : 3000;
	int rounds = argc > 2 ? atoi(argv[2]) : 5;
	char address[32];
	int i, k;

	if (messages < 1 || rounds < 1 || rounds > ROUNDS_MAX)
		errx(64, "usage: smtp [MESSAGES [ROUNDS]]");
	if (access(SINK, X_OK) != 0 || access(SOURCE, X_OK) != 0) {
		warnx("smtp-sink and smtp-source are not there");
		return 0;
	}
	start_sink(address);
	printf("connections\ttransport\tsmtp_source\tratio\n");
	for (k = 0; k < 3; k++) {
		for (i = 0; i < rounds; i++) {
			ours[i] = transport(address, connections[k], messages);
			theirs[i] = smtp_source(address, connections[k],
			    messages);
		}
		a = median(ours, rounds);
		b = median(theirs, rounds);
		printf("%d\t%.0f\t%.0f\t%.2f\n", connections[k], a, b, a / b);
		fflush(stdout);
	}
	return 0;
}
