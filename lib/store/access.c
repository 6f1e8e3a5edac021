/* The access log. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"

#include "store/access.h"

static enum hc_status
append(struct hc_store *store, const struct hc_buf *line)
{
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	int fd = -1;

	hc_buf_printf(&path, "%s.access", hc_db_path(store->db));
	if (hc_buf_failed(&path) || hc_buf_failed(line))
		rc = hc_db_nomem(store->db);
	else if ((fd = open(hc_buf_text(&path), O_RDWR | O_APPEND |
	    O_CREAT | O_CLOEXEC, 0660)) == -1 ||
	    hc_file_append(fd, line->data, line->len) == -1)
		rc = hc_db_fail(store->db, HC_IO,
		    _("cannot note the access in '%s': %s"),
		    hc_buf_text(&path), strerror(errno));
	if (fd != -1)
		close(fd);
	hc_buf_free(&path);
	return rc;
}

enum hc_status
hc_access_note(struct hc_store *store, const char *entity,
    const int64_t *ids, size_t len)
{
	struct hc_buf line = HC_BUF_INIT;
	char now[HC_INSTANT_SIZE];
	enum hc_status rc;
	size_t i;

	if (len == 0)
		return HC_OK;
	hc_instant_format((int64_t)time(NULL), now);
	hc_buf_printf(&line, "%s\t%s\t%s\t%s\t", now, store->who.login,
	    store->who.program, entity);
	for (i = 0; i < len; i++)
		hc_buf_printf(&line, "%s%lld", i > 0 ? ";" : "",
		    (long long)ids[i]);
	hc_buf_putc(&line, '\n');
	rc = append(store, &line);
	hc_buf_free(&line);
	return rc;
}
