/*
 * SMTP by libcurl.
 *
 * Whether a message may have been delivered is a question libcurl does not
 * answer: its error codes say CURLE_SEND_ERROR both for a broken connection
 * and for "550 no such user".  So the conversation is watched through the
 * debug callback: which command was sent last, and the reply to it, if any.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/status.h"
#include "task/relay.h"
#include "task/transport.h"

#include "task/smtp.h"

struct hc_smtp {
	CURL *easy;
	char words[CURL_ERROR_SIZE];	/* libcurl's, of the last failure */
	/* The message being sent. */
	const char *data;
	size_t left;
	bool begun;			/* the relay asked for the message */
	/* What was said last, and the answer. */
	enum hc_transport_stage stage;
	bool quit;			/* after QUIT nothing counts */
	int code;			/* 0 while there is no whole reply */
	char reply[sizeof(((struct hc_transport_result *)0)->reply)];
	size_t reply_len;
};

static void
expect_reply(struct hc_smtp *smtp)
{
	smtp->code = 0;
	smtp->reply_len = 0;
	smtp->reply[0] = '\0';
}

static bool
begins(const char *s, size_t len, const char *with)
{
	return len >= strlen(with) && memcmp(s, with, strlen(with)) == 0;
}

static void
note_command(struct hc_smtp *smtp, const char *line, size_t len)
{
	if (begins(line, len, "QUIT\r\n"))
		smtp->quit = true;
	if (smtp->quit)
		return;
	if (begins(line, len, "MAIL FROM:"))
		smtp->stage = HC_TRANSPORT_MAIL;
	else if (begins(line, len, "RCPT TO:"))
		smtp->stage = HC_TRANSPORT_RCPT;
	else if (smtp->stage == HC_TRANSPORT_RCPT &&
	    begins(line, len, "DATA\r\n"))
		smtp->stage = HC_TRANSPORT_DATA;
	else if (smtp->stage == HC_TRANSPORT_CONNECT)
		smtp->stage = HC_TRANSPORT_HELLO;
	expect_reply(smtp);
}

/* Keep what fits of a reply's line, unprintable bytes made harmless. */
static void
add_reply(struct hc_smtp *smtp, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len && smtp->reply_len < sizeof(smtp->reply) - 1; i++)
		smtp->reply[smtp->reply_len++] =
		    text[i] >= 0x20 && text[i] <= 0x7e ? text[i] : '?';
	smtp->reply[smtp->reply_len] = '\0';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "550-5.1.1 No such", "550 5.1.1 user": joined, the code once. */
static void
note_reply(struct hc_smtp *smtp, const char *line, size_t len)
{
	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		len--;
	if (smtp->quit || smtp->code != 0 || len < 3 || !is_digit(line[0]) ||
	    !is_digit(line[1]) || !is_digit(line[2]))
		return;
	if (smtp->reply_len == 0)
		add_reply(smtp, line, 3);
	if (len > 4) {
		add_reply(smtp, " ", 1);
		add_reply(smtp, line + 4, len - 4);
	}
	if (len == 3 || line[3] != '-')
		smtp->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 +
		    (line[2] - '0');
}

static int
watch(CURL *easy, curl_infotype type, char *data, size_t len, void *arg)
{
	(void)easy;
	if (type == CURLINFO_HEADER_OUT)
		note_command(arg, data, len);
	else if (type == CURLINFO_HEADER_IN)
		note_reply(arg, data, len);
	return 0;
}

/*
 * The relay asked for the message.  As soon as libcurl has the last of it,
 * it may also have sent the end.
 */
static size_t
read_message(char *to, size_t size, size_t n, void *arg)
{
	struct hc_smtp *smtp = arg;
	size_t len = size * n < smtp->left ? size * n : smtp->left;

	memcpy(to, smtp->data, len);
	smtp->data += len;
	smtp->left -= len;
	smtp->begun = true;
	if (smtp->left == 0 && smtp->stage == HC_TRANSPORT_DATA) {
		smtp->stage = HC_TRANSPORT_END;
		expect_reply(smtp);
	}
	return len;
}

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;
static CURLcode curl_ready;

static void
start_curl(void)
{
	curl_ready = curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* Remember the first failure of many curl_easy_setopt(). */
#define SET(option, value) do { \
	if (rc == CURLE_OK) \
		rc = curl_easy_setopt(smtp->easy, option, value); \
} while (0)

static CURLcode
set_connection(struct hc_smtp *smtp, const struct hc_relay *relay)
{
	CURLcode rc = CURLE_OK;

	SET(CURLOPT_URL, hc_buf_text(&relay->url));
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_PROXY, "");		/* whatever the environment says */
	SET(CURLOPT_NOSIGNAL, 1L);	/* we are one thread of several */
	SET(CURLOPT_CONNECTTIMEOUT, (long)relay->timeout);
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)relay->timeout);
	SET(CURLOPT_TIMEOUT, 4L * relay->timeout);	/* a relay that drips */
	SET(CURLOPT_USE_SSL, (long)(relay->starttls ? CURLUSESSL_ALL :
	    CURLUSESSL_NONE));
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (relay->ca_file != NULL) {
		SET(CURLOPT_CAINFO, relay->ca_file);
		SET(CURLOPT_CAPATH, NULL);
	}
	if (relay->user != NULL) {
		SET(CURLOPT_USERNAME, relay->user);
		SET(CURLOPT_PASSWORD, hc_buf_text(&relay->password));
		SET(CURLOPT_SASL_IR, 1L);	/* a round trip less */
	}
	return rc;
}

static CURLcode
set_callbacks(struct hc_smtp *smtp)
{
	CURLcode rc = CURLE_OK;

	SET(CURLOPT_ERRORBUFFER, smtp->words);
	SET(CURLOPT_VERBOSE, 1L);	/* for the next one; nothing printed */
	SET(CURLOPT_DEBUGFUNCTION, watch);
	SET(CURLOPT_DEBUGDATA, smtp);
	SET(CURLOPT_READFUNCTION, read_message);
	SET(CURLOPT_READDATA, smtp);
	SET(CURLOPT_UPLOAD, 1L);
	return rc;
}

enum hc_status
hc_smtp_new(struct hc_smtp **out, const struct hc_relay *relay,
    struct hc_error *err)
{
	struct hc_smtp *smtp = NULL;
	CURLcode rc = CURLE_OUT_OF_MEMORY;

	*out = NULL;
	pthread_once(&curl_once, start_curl);
	if (curl_ready != CURLE_OK) {
		rc = curl_ready;
		goto fail;
	}
	if ((smtp = calloc(1, sizeof(*smtp))) == NULL ||
	    (smtp->easy = curl_easy_init()) == NULL)
		goto fail;
	if ((rc = set_connection(smtp, relay)) != CURLE_OK ||
	    (rc = set_callbacks(smtp)) != CURLE_OK)
		goto fail;
	*out = smtp;
	return HC_OK;
fail:
	hc_smtp_free(smtp);
	if (rc == CURLE_OUT_OF_MEMORY)
		return hc_error_nomem(err);
	return hc_error_set(err, HC_ERROR, _("libcurl: %s"),
	    curl_easy_strerror(rc));
}

void
hc_smtp_free(struct hc_smtp *smtp)
{
	if (smtp == NULL)
		return;
	curl_easy_cleanup(smtp->easy);
	free(smtp);
}

/* One try; *reused says whether it went over an old connection. */
static CURLcode
attempt(struct hc_smtp *smtp, const struct hc_transport_job *job, bool fresh,
    bool *reused)
{
	struct curl_slist *to = NULL;
	CURLcode rc = CURLE_OK;
	long connects = 1;

	smtp->data = job->data;
	smtp->left = job->len;
	smtp->begun = smtp->quit = false;
	smtp->stage = HC_TRANSPORT_CONNECT;
	smtp->words[0] = '\0';
	expect_reply(smtp);

	*reused = false;
	if ((to = curl_slist_append(NULL, job->to)) == NULL)
		return CURLE_OUT_OF_MEMORY;
	SET(CURLOPT_MAIL_FROM, job->from);
	SET(CURLOPT_MAIL_RCPT, to);
	SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)job->len);
	SET(CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L);
	if (rc == CURLE_OK) {
		rc = curl_easy_perform(smtp->easy);
		if (curl_easy_getinfo(smtp->easy, CURLINFO_NUM_CONNECTS,
		    &connects) == CURLE_OK)
			*reused = connects == 0;
	}
	/* The handle keeps the pointer, so it must not outlive the list. */
	curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	return rc;
}

/*
 * RFC 5321 4.2: the first digit decides.  5xx before MAIL, and 530 anywhere
 * (RFC 4954: authenticate first; RFC 3207: STARTTLS first), speak of us and
 * not of the message.  A send that failed did not get the whole end of the
 * message out, so that the relay cannot have taken it.
 */
static enum hc_transport_outcome
judge(const struct hc_smtp *smtp, CURLcode rc)
{
	switch (smtp->code / 100) {
	case 5:
		return smtp->stage < HC_TRANSPORT_MAIL || smtp->code == 530 ?
		    HC_TRANSPORT_UNREACHABLE : HC_TRANSPORT_REFUSED;
	case 4:
		return HC_TRANSPORT_DEFERRED;
	case 2:
		if (smtp->stage == HC_TRANSPORT_END)
			return HC_TRANSPORT_DELIVERED;
		break;
	default:
		break;
	}
	return smtp->stage == HC_TRANSPORT_END && rc != CURLE_SEND_ERROR ?
	    HC_TRANSPORT_DOUBTFUL : HC_TRANSPORT_UNREACHABLE;
}

void
hc_smtp_send(struct hc_smtp *smtp, const struct hc_transport_job *job,
    struct hc_transport_result *result)
{
	CURLcode rc;
	bool reused;

	rc = attempt(smtp, job, false, &reused);
	if (rc != CURLE_OK && reused && !smtp->begun &&
	    (smtp->code == 0 || smtp->code == 421))
		rc = attempt(smtp, job, true, &reused);

	result->outcome = judge(smtp, rc);
	result->stage = smtp->stage;
	result->code = smtp->code;
	if (smtp->code < 400 && result->outcome != HC_TRANSPORT_DELIVERED) {
		/* Not the reply to what went well, but what broke. */
		result->code = 0;
		smtp->reply_len = 0;
		if (smtp->words[0] == '\0')
			add_reply(smtp, curl_easy_strerror(rc),
			    strlen(curl_easy_strerror(rc)));
		else
			add_reply(smtp, smtp->words, strlen(smtp->words));
	}
	memcpy(result->reply, smtp->reply, sizeof(result->reply));
}
