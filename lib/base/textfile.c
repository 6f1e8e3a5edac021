/* A text file of any size as a private file in UTF-8. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#include "base/textfile.h"

#define BLOCK 1048576

/* A file that is read by blocks of whole lines. */
struct source {
	int fd;
	const char *name;
	enum hc_charset charset;	/* as far as known */
	char *block;
	size_t len;		/* of the present one */
	size_t rest;		/* what was read behind it */
	bool last;
	struct hc_error *err;
};

static enum hc_status
rewind_source(struct source *s)
{
	s->len = s->rest = 0;
	s->last = false;
	if (lseek(s->fd, 0, SEEK_SET) != 0)
		return hc_error_set(s->err, HC_IO, _("cannot read '%s': %s"),
		    s->name, strerror(errno));
	return HC_OK;
}

/* The next block; HC_NOTFOUND after the last. */
static enum hc_status
next_block(struct source *s)
{
	size_t len = s->rest;
	ssize_t n = 1;

	if (s->last)
		return HC_NOTFOUND;
	memmove(s->block, s->block + s->len, len);
	while (len < BLOCK && n != 0) {
		n = read(s->fd, s->block + len, BLOCK - len);
		if (n == -1 && errno != EINTR)
			return hc_error_set(s->err, HC_IO,
			    _("cannot read '%s': %s"), s->name,
			    strerror(errno));
		len += n > 0 ? (size_t)n : 0;
	}
	s->last = n == 0;
	s->len = s->last ? len : hc_charset_cut(s->charset, s->block, len);
	s->rest = len - s->len;
	return HC_OK;
}

static enum hc_status
detect(struct source *s)
{
	struct hc_charset_detector d = { .begun = false };
	struct hc_error words;
	enum hc_status rc;

	if ((rc = rewind_source(s)) != HC_OK)
		return rc;
	while (!d.known && (rc = next_block(s)) == HC_OK)
		if ((rc = hc_charset_detect_add(&d, s->block, s->len, s->last,
		    &words)) != HC_OK)
			break;
	if (rc == HC_IO)
		return rc;
	if (rc == HC_OK || rc == HC_NOTFOUND)
		rc = hc_charset_detect_end(&d, &s->charset, &words);
	return rc == HC_OK ? rc :
	    hc_error_set(s->err, rc, "%s: %s", s->name, words.text);
}

/* How many lines does the file ${fd} hold? */
static size_t
count_lines(int fd)
{
	char block[65536];
	size_t lines = 0;
	bool after_cr = false;
	off_t offset = 0;
	ssize_t n, i;

	while ((n = pread(fd, block, sizeof(block), offset)) > 0) {
		for (i = 0; i < n; i++) {
			lines += block[i] == '\r' ||
			    (block[i] == '\n' && !after_cr);
			after_cr = block[i] == '\r';
		}
		offset += n;
	}
	return lines;
}

/* Where the first undecodable bytes stand, and how many there are. */
static enum hc_status
tell_faults(const struct source *s, const struct hc_charset_fault *f,
    size_t lines, size_t count)
{
	struct hc_buf hex = HC_BUF_INIT;
	size_t i;

	for (i = 0; i < f->len; i++)
		hc_buf_printf(&hex, "%02X", f->bytes[i]);
	hc_error_set(s->err, HC_INVALID,
	    _("%s:%zu: the bytes %s at character %zu are no %s text (%zu such "
	    "places); save the list anew as CSV UTF-8"), s->name,
	    lines + f->line, hc_buf_text(&hex), f->column,
	    hc_charset_name(s->charset), count);
	hc_buf_free(&hex);
	return HC_INVALID;
}

static enum hc_status
decode(struct source *s, int to, struct hc_buf *text)
{
	struct hc_charset_faults faults;
	struct hc_charset_fault first;
	size_t count = 0, lines = 0;
	enum hc_status rc;

	if ((rc = rewind_source(s)) != HC_OK)
		return rc;
	while ((rc = next_block(s)) == HC_OK) {
		hc_buf_clear(text);
		rc = hc_charset_to_utf8(text, s->charset, s->block, s->len,
		    &faults);
		if (rc == HC_NOMEM)
			return hc_error_nomem(s->err);
		if (rc == HC_INVALID && count == 0) {
			first = faults.first[0];
			lines = count_lines(to);
		}
		count += faults.count;
		if (hc_file_write(to, text->data, text->len) != 0)
			return hc_error_set(s->err, HC_IO,
			    _("cannot write the staging file: %s"),
			    strerror(errno));
	}
	if (rc != HC_NOTFOUND)
		return rc;
	return count == 0 ? HC_OK : tell_faults(s, &first, lines, count);
}

enum hc_status
hc_textfile_open(struct hc_textfile *text, int fd, const char *folder,
    const char *name, struct hc_error *err)
{
	struct source s = { .fd = fd, .name = name, .err = err,
	    .charset = HC_CHARSET_ASCII };
	struct hc_buf block = HC_BUF_INIT;
	enum hc_status rc;

	text->fd = -1;
	if ((s.block = malloc(BLOCK)) == NULL)
		return hc_error_nomem(err);
	if ((rc = detect(&s)) != HC_OK)
		goto out;
	text->charset = s.charset;
	if ((text->fd = hc_file_unnamed(folder)) == -1)
		rc = hc_error_set(err, HC_IO,
		    _("cannot make a staging file in '%s': %s"), folder,
		    strerror(errno));
	else
		rc = decode(&s, text->fd, &block);
out:
	hc_buf_free(&block);
	free(s.block);
	return rc;
}

void
hc_textfile_close(struct hc_textfile *text)
{
	if (text->fd != -1)
		close(text->fd);
	text->fd = -1;
}
