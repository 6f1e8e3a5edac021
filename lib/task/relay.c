/*
 * Which relay: nothing goes on to libcurl that was not looked at here, since
 * libcurl takes user, password, options and commands out of a URL.
 */
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/status.h"
#include "task/transport.h"

#include "task/relay.h"

/* A name or IPv4 address; or an IPv6 address, if it stands in brackets. */
static bool
is_host(const char *s, size_t len)
{
	const char *allowed = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	size_t i;

	if (len > 2 && s[0] == '[' && s[len - 1] == ']') {
		allowed = "0123456789abcdefABCDEF:.";
		s++;
		len -= 2;
	}
	for (i = 0; i < len; i++)
		if (s[i] == '\0' || strchr(allowed, s[i]) == NULL)
			return false;
	return len > 0 && len <= 255 && s[0] != '-';
}

static bool
is_port(const char *s, size_t len)
{
	long port = 0;
	size_t i;

	for (i = 0; i < len && i < 6; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		port = port * 10 + (s[i] - '0');
	}
	return len > 0 && len <= 5 && port >= 1 && port <= 65535;
}

static bool
is_loopback(const char *s, size_t len)
{
	return (len == 9 && strncmp(s, "localhost", 9) == 0) ||
	    (len == 5 && strncmp(s, "[::1]", 5) == 0) ||
	    (len > 4 && strncmp(s, "127.", 4) == 0 &&
	    strspn(s, "0123456789.") >= len);
}

/* smtp[s]://HOST[:PORT][?starttls], and nothing that libcurl would add. */
static enum hc_status
parse_url(struct hc_relay *relay, const char *url, const char *helo,
    struct hc_error *err)
{
	bool smtps = strncmp(url, "smtps://", 8) == 0;
	const char *host, *port = NULL;
	size_t len, host_len;

	if (!smtps && strncmp(url, "smtp://", 7) != 0)
		goto bad;
	host = url + (smtps ? 8 : 7);
	len = strcspn(host, "?");
	relay->starttls = strcmp(host + len, "?starttls") == 0;
	if (host[len] != '\0' && (!relay->starttls || smtps))
		goto bad;
	host_len = host[0] == '[' ? strcspn(host, "]") + 1 :
	    strcspn(host, ":?");
	if (host_len > len)
		goto bad;
	if (host_len < len) {
		port = host + host_len + 1;
		if (host[host_len] != ':' ||
		    !is_port(port, len - host_len - 1))
			goto bad;
	}
	if (!is_host(host, host_len))
		goto bad;
	if (helo != NULL && !is_host(helo, strlen(helo)))
		return hc_error_set(err, HC_INVALID,
		    _("the name to greet the mail relay with is not the name "
		    "of a host"));
	relay->secure = smtps || relay->starttls || is_loopback(host, host_len);
	hc_buf_printf(&relay->url, "%s://%.*s/%s", smtps ? "smtps" : "smtp",
	    (int)len, host, helo != NULL ? helo : "");
	return hc_buf_failed(&relay->url) ? hc_error_nomem(err) : HC_OK;
bad:
	/* It is not repeated: it may hold a password or line ends. */
	return hc_error_set(err, HC_INVALID, _("not a way to send mail: use "
	    "smtp://HOST:PORT, smtp://HOST:PORT?starttls, smtps://HOST:PORT "
	    "or maildir:/PATH"));
}

static enum hc_status
file_error(const char *path, struct hc_error *err)
{
	return hc_error_set(err, errno == ENOENT || errno == ENOTDIR ?
	    HC_NOINPUT : errno == EACCES || errno == EPERM || errno == ELOOP ?
	    HC_DENIED : HC_IO, _("cannot read '%s': %s"), path,
	    strerror(errno));
}

/* A password that others can read or write is none. */
static enum hc_status
check_password_file(int fd, const char *path, struct hc_error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return file_error(path, err);
	if (!S_ISREG(st.st_mode))
		return hc_error_set(err, HC_DENIED,
		    _("'%s' is not a plain file"), path);
	if ((st.st_mode & (S_IRWXO | S_IWGRP)) != 0)
		return hc_error_set(err, HC_DENIED,
		    _("the password file '%s' is open to others: "
		    "chmod 600 '%s'"), path, path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return hc_error_set(err, HC_DENIED,
		    _("the password file '%s' belongs to somebody else"),
		    path);
	return HC_OK;
}

static enum hc_status
read_password(struct hc_buf *password, const char *path, struct hc_error *err)
{
	enum hc_status rc;
	char bytes[1024];
	ssize_t len;
	size_t line;
	int fd;

	/* Not to wait for somebody to open the other end of a pipe. */
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1)
		return file_error(path, err);
	if ((rc = check_password_file(fd, path, err)) != HC_OK)
		goto out;
	if ((len = read(fd, bytes, sizeof(bytes) - 1)) < 0) {
		rc = file_error(path, err);
		goto out;
	}
	bytes[len] = '\0';
	line = strcspn(bytes, "\r\n");
	if (line == 0 || line == sizeof(bytes) - 1) {
		rc = hc_error_set(err, HC_CONFIG,
		    _("no password in the first line of '%s'"), path);
		goto out;
	}
	hc_buf_add(password, bytes, line);
	if (hc_buf_failed(password))
		rc = hc_error_nomem(err);
out:
	explicit_bzero(bytes, sizeof(bytes));
	close(fd);
	return rc;
}

static enum hc_status
check_options(const struct hc_relay *relay,
    const struct hc_transport_options *o, struct hc_error *err)
{
	if ((o->user == NULL) != (o->password_file == NULL))
		return hc_error_set(err, HC_CONFIG,
		    _("a user for the mail relay needs a password file, and "
		    "the other way round"));
	if (o->user != NULL && !relay->secure)
		return hc_error_set(err, HC_CONFIG,
		    _("the password for the mail relay would go over the "
		    "network in the clear: use ?starttls or smtps"));
	if (o->ca_file != NULL && access(o->ca_file, R_OK) != 0)
		return file_error(o->ca_file, err);
	return HC_OK;
}

enum hc_status
hc_relay_parse(struct hc_relay *relay, const char *url,
    const struct hc_transport_options *options, struct hc_error *err)
{
	enum hc_status rc;

	*relay = (struct hc_relay){ .timeout = options->timeout > 0 ?
	    options->timeout : 30 };
	if ((rc = parse_url(relay, url, options->helo, err)) != HC_OK ||
	    (rc = check_options(relay, options, err)) != HC_OK)
		goto out;
	relay->user = options->user;
	relay->ca_file = options->ca_file;
	if (options->user != NULL)
		rc = read_password(&relay->password, options->password_file,
		    err);
out:
	if (rc != HC_OK)
		hc_relay_clear(relay);
	return rc;
}

void
hc_relay_clear(struct hc_relay *relay)
{
	if (relay->password.data != NULL)
		explicit_bzero(relay->password.data, relay->password.len);
	hc_buf_free(&relay->password);
	hc_buf_free(&relay->url);
	*relay = (struct hc_relay){ 0 };
}
