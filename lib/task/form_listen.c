/* The socket on which the form server listens. */
#include <sys/socket.h>

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#include "task/form_listen.h"

#define BACKLOG 1024

/* "[::1]:8080" to "::1" and "8080". */
static bool
split(const char *address, char host[HC_FORM_ADDRESS],
    char port[HC_FORM_ADDRESS])
{
	const char *colon = strrchr(address, ':');
	size_t len;

	if (colon == NULL || colon == address || colon[1] == '\0' ||
	    strlen(address) >= HC_FORM_ADDRESS ||
	    colon[1 + strspn(colon + 1, "0123456789")] != '\0')
		return false;
	len = (size_t)(colon - address);
	if (address[0] == '[' && address[len - 1] == ']') {
		address++;
		len -= 2;
	} else if (memchr(address, ':', len) != NULL)
		return false;
	memcpy(host, address, len);
	host[len] = '\0';
	snprintf(port, HC_FORM_ADDRESS, "%s", colon + 1);
	return true;
}

static void
name(int fd, char actual[HC_FORM_ADDRESS])
{
	struct sockaddr_storage ss;
	socklen_t len = sizeof(ss);
	char host[HC_FORM_ADDRESS], port[16];

	actual[0] = '\0';
	if (getsockname(fd, (struct sockaddr *)&ss, &len) != 0 ||
	    getnameinfo((struct sockaddr *)&ss, len, host, sizeof(host), port,
	    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return;
	/* An address is never as long as the buffer. */
	snprintf(actual, HC_FORM_ADDRESS, ss.ss_family == AF_INET6 ?
	    "[%.46s]:%.5s" : "%.46s:%.5s", host, port);
}

static enum hc_status
no_socket(const char *address, int error, struct hc_error *err)
{
	enum hc_status rc = HC_ERROR;

	if (error == EADDRINUSE || error == EADDRNOTAVAIL)
		rc = HC_UNAVAILABLE;
	else if (error == EACCES || error == EPERM)
		rc = HC_DENIED;
	return hc_error_set(err, rc, _("cannot listen at '%s': %s"), address,
	    strerror(error));
}

enum hc_status
hc_form_listen_open(const char *address, int *fd,
    char actual[HC_FORM_ADDRESS], struct hc_error *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
	    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	char host[HC_FORM_ADDRESS], port[HC_FORM_ADDRESS];
	struct addrinfo *found = NULL;
	enum hc_status rc;
	int on = 1;

	*fd = -1;
	if (!split(address, host, port) ||
	    getaddrinfo(host, port, &hints, &found) != 0)
		return hc_error_set(err, HC_INVALID,
		    _("'%s' is no address and port, as 127.0.0.1:8080"),
		    address);
	*fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC |
	    SOCK_NONBLOCK, 0);
	if (*fd != -1 &&
	    setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
	    bind(*fd, found->ai_addr, found->ai_addrlen) == 0 &&
	    listen(*fd, BACKLOG) == 0) {
		name(*fd, actual);
		rc = HC_OK;
	} else {
		rc = no_socket(address, errno, err);
		if (*fd != -1)
			close(*fd);
		*fd = -1;
	}
	freeaddrinfo(found);
	return rc;
}

void
hc_form_listen_format(const struct sockaddr *address,
    char text[HC_FORM_ADDRESS])
{
	socklen_t len = address->sa_family == AF_INET6 ?
	    sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);

	if (getnameinfo(address, len, text, HC_FORM_ADDRESS, NULL, 0,
	    NI_NUMERICHOST) != 0)
		text[0] = '\0';
}

bool
hc_form_listen_is_local(const char *text)
{
	return strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0 ||
	    strncmp(text, "::ffff:127.", 11) == 0;
}
