/* Where output goes, and the first thing that went wrong with it. */
#include <errno.h>
#include <string.h>

#include "base/i18n.h"

#include "base/sink.h"

void
hc_sink_write(struct hc_sink *sink, const struct hc_buf *buf)
{
	if (sink->error != 0)
		return;
	if (hc_buf_failed(buf)) {
		sink->error = ENOMEM;
		return;
	}
	errno = 0;
	if (buf->len > 0 &&
	    fwrite_unlocked(buf->data, 1, buf->len, sink->file) != buf->len)
		sink->error = errno != 0 ? errno : EIO;
}

enum hc_status
hc_sink_finish(struct hc_sink *sink, struct hc_error *err)
{
	/* A stream that failed before we came keeps no errno: say EIO. */
	errno = 0;
	if ((fflush(sink->file) != 0 || ferror(sink->file)) &&
	    sink->error == 0)
		sink->error = errno != 0 ? errno : EIO;
	switch (sink->error) {
	case 0:
		return HC_OK;
	case EPIPE:
		return hc_error_set(err, HC_UNAVAILABLE, "%s",
		    _("the reader of the output has gone"));
	case ENOMEM:
		return hc_error_nomem(err);
	default:
		return hc_error_set(err, HC_IO, _("cannot write: %s"),
		    strerror(sink->error));
	}
}
