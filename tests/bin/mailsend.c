/*
 * Sends the messages of a TSV by the transport, for the shell tests.
 *
 *	mailsend [-c N] [-t SECONDS] [-H HELO] [-U USER -P FILE] [-C CA]
 *	    [-w MS] URL <messages.tsv >outcomes.tsv
 *	mailsend -o DIR <messages.tsv		write DIR/ID.eml only
 *
 * Columns, by name, absent ones have a default: id, from, to (envelope),
 * header_to, to_name, from_name, reply_to, subject, text, html, message_id,
 * language, extra (an X-Test header), repeat (the text so many times), raw
 * (the whole message instead of a built one).  -w waits between messages.
 * Prints id, outcome, stage, code, reply; a message that is not even built
 * or submitted has the outcome "invalid".
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mime.h"
#include "base/status.h"
#include "task/transport.h"

enum column {
	ID, FROM, TO, HEADER_TO, TO_NAME, FROM_NAME, REPLY_TO, SUBJECT, TEXT,
	HTML, MESSAGE_ID, LANGUAGE, EXTRA, REPEAT, RAW, COLUMNS
};

static const char *const names[COLUMNS] = {
	"id", "from", "to", "header_to", "to_name", "from_name", "reply_to",
	"subject", "text", "html", "message_id", "language", "extra",
	"repeat", "raw"
};

static int where[COLUMNS];	/* column of the file, or -1 */
static char *fields[64];

/* Cut ${line} at the tabs and undo \t \n \r \\. */
static int
split(char *line)
{
	int n = 0;
	char *to;

	line[strcspn(line, "\n")] = '\0';
	for (fields[n++] = to = line; *line != '\0'; line++) {
		if (*line == '\t') {
			*to++ = '\0';
			if (n == 64)
				errx(65, "too many columns");
			fields[n++] = to;
		} else if (*line == '\\' && line[1] != '\0') {
			line++;
			*to++ = *line == 't' ? '\t' : *line == 'n' ? '\n' :
			    *line == 'r' ? '\r' : *line;
		} else
			*to++ = *line;
	}
	*to = '\0';
	return n;
}

static void
read_header(char *line)
{
	int n = split(line), i, k;

	for (k = 0; k < COLUMNS; k++)
		where[k] = -1;
	for (i = 0; i < n; i++) {
		for (k = 0; k < COLUMNS; k++)
			if (strcmp(fields[i], names[k]) == 0)
				break;
		if (k == COLUMNS)
			errx(65, "no column '%s'", fields[i]);
		where[k] = i;
	}
}

static const char *
get(enum column column, int n, const char *absent)
{
	int i = where[column];

	return i == -1 || i >= n || fields[i][0] == '\0' ? absent : fields[i];
}

static enum hc_status
build(struct hc_buf *out, int n, struct hc_error *e)
{
	struct hc_mail_header extra = { "X-Test", get(EXTRA, n, NULL) };
	struct hc_buf text = HC_BUF_INIT, id = HC_BUF_INIT;
	struct hc_mail mail = { 0 };
	enum hc_status rc;
	int i;

	if (get(RAW, n, NULL) != NULL) {
		hc_buf_puts(out, get(RAW, n, NULL));
		return HC_OK;
	}
	for (i = atoi(get(REPEAT, n, "1")); i > 0; i--)
		hc_buf_puts(&text, get(TEXT, n, "hello"));
	hc_buf_printf(&id, "%s@hc.example.jp", get(ID, n, "0"));
	mail.from.name = get(FROM_NAME, n, NULL);
	mail.from.address = "hc@example.jp";
	mail.to.name = get(TO_NAME, n, NULL);
	mail.to.address = get(HEADER_TO, n, get(TO, n, "to@example.jp"));
	mail.reply_to.address = get(REPLY_TO, n, NULL);
	mail.subject = get(SUBJECT, n, "test");
	mail.text = hc_buf_text(&text);
	mail.html = get(HTML, n, NULL);
	mail.message_id = get(MESSAGE_ID, n, hc_buf_text(&id));
	mail.date = 1606003200;		/* 2020-11-22T00:00:00Z */
	mail.utc_offset = 540;
	mail.auto_submitted = "auto-generated";
	mail.language = get(LANGUAGE, n, NULL);
	mail.extra = &extra;
	mail.extra_len = extra.value != NULL;
	rc = hc_mime_build(out, &mail, e);
	hc_buf_free(&text);
	hc_buf_free(&id);
	return rc;
}

static void
save(const char *folder, const char *id, const struct hc_buf *message)
{
	struct hc_buf path = HC_BUF_INIT;
	FILE *f;

	hc_buf_printf(&path, "%s/%s.eml", folder, id);
	if ((f = fopen(hc_buf_text(&path), "w")) == NULL ||
	    fwrite(hc_buf_text(message), 1, message->len, f) != message->len ||
	    fclose(f) != 0)
		err(74, "%s", hc_buf_text(&path));
	hc_buf_free(&path);
}

static void
take(struct hc_transport *t)
{
	struct hc_transport_result r;
	enum hc_status rc;

	if ((rc = hc_transport_next(t, &r, -1)) != HC_OK)
		errx(70, "next: %d", rc);
	printf("%lld\t%s\t%s\t%d\t%s\n", (long long)r.id,
	    hc_transport_outcome_name(r.outcome),
	    hc_transport_stage_name(r.stage), r.code, r.reply);
}

static void
send_one(struct hc_transport *t, int n, const struct hc_buf *message,
    int *under_way)
{
	struct hc_transport_job job = {
		.id = atoll(get(ID, n, "0")),
		.from = get(FROM, n, "hc@example.jp"),
		.to = get(TO, n, "to@example.jp"),
		.data = hc_buf_text(message), .len = message->len
	};
	struct hc_error e = { "" };
	enum hc_status rc;

	if (strcmp(job.from, "<>") == 0)
		job.from = "";
	while ((rc = hc_transport_submit(t, &job, &e)) == HC_BUSY) {
		take(t);
		--*under_way;
	}
	if (rc == HC_OK)
		++*under_way;
	else
		printf("%lld\tinvalid\t-\t0\t%s\n", (long long)job.id, e.text);
}

static void
send_all(struct hc_transport *t, const char *folder, int pause)
{
	struct hc_buf message = HC_BUF_INIT;
	struct hc_error e = { "" };
	char *line = NULL;
	size_t room = 0;
	int n, under_way = 0;

	if (getline(&line, &room, stdin) == -1)
		errx(65, "no header line");
	read_header(line);
	while (getline(&line, &room, stdin) != -1) {
		n = split(line);
		hc_buf_clear(&message);
		if (build(&message, n, &e) != HC_OK)
			printf("%s\tinvalid\t-\t0\t%s\n", get(ID, n, "0"),
			    e.text);
		else if (folder != NULL)
			save(folder, get(ID, n, "0"), &message);
		else
			send_one(t, n, &message, &under_way);
		if (pause > 0) {
			for (; under_way > 0; under_way--)
				take(t);
			fflush(stdout);
			usleep((unsigned int)pause * 1000);
		}
	}
	for (; under_way > 0; under_way--)
		take(t);
	free(line);
	hc_buf_free(&message);
}

int
main(int argc, char **argv)
{
	struct hc_transport_options o = { 0 };
	struct hc_transport *t = NULL;
	const char *folder = NULL;
	struct hc_error e = { "" };
	enum hc_status rc;
	int ch, pause = 0;

	while ((ch = getopt(argc, argv, "C:H:P:U:c:o:t:w:")) != -1)
		switch (ch) {
		case 'C':
			o.ca_file = optarg;
			break;
		case 'H':
			o.helo = optarg;
			break;
		case 'P':
			o.password_file = optarg;
			break;
		case 'U':
			o.user = optarg;
			break;
		case 'c':
			o.connections = atoi(optarg);
			break;
		case 'o':
			folder = optarg;
			break;
		case 't':
			o.timeout = atoi(optarg);
			break;
		case 'w':
			pause = atoi(optarg);
			break;
		default:
			return 64;
		}
	if (folder == NULL) {
		if (optind + 1 != argc)
			errx(64, "no URL");
		rc = hc_transport_open(&t, argv[optind], &o, &e);
		if (rc != HC_OK)
			errx(hc_status_exit(rc), "%s", e.text);
	}
	printf("id\toutcome\tstage\tcode\treply\n");
	send_all(t, folder, pause);
	hc_transport_close(t);
	return fflush(stdout) == EOF ? 74 : 0;
}
