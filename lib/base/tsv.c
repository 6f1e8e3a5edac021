/*
 * Rows between programs: reading and writing hc-tsv(5).
 *
 * The reader splits and unescapes each line where it lies in the buffer,
 * which is possible since no escape is shorter than what it stands for.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/utf8.h"

#include "base/tsv.h"

#define BLOCK 65536

struct hc_tsv_reader {
	int fd;			/* -1: from memory */
	const char *bytes;	/* what memory still holds */
	size_t nbytes;

	char *buf;		/* a line and what was read after it */
	size_t room;
	size_t begin;		/* of what was not handed out yet */
	size_t end;
	bool eof;
	bool skipping;		/* in the midst of a line that was refused */

	char *name;		/* for messages */
	unsigned long line;
	char *header;		/* what names[] point into */
	char **names;
	char **cells;		/* of the present row, in buf */
	int columns;
	enum hc_status final;	/* a failure that no next call mends */
	struct hc_error err;
};

/* Read up to ${len} bytes; -1 with errno on failure. */
static ssize_t
read_some(struct hc_tsv_reader *r, char *into, size_t len)
{
	ssize_t n;

	if (r->fd < 0) {
		if (len > r->nbytes)
			len = r->nbytes;
		if (len > 0)
			memcpy(into, r->bytes, len);
		r->bytes += len;
		r->nbytes -= len;
		return (ssize_t)len;
	}
	do
		n = read(r->fd, into, len);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Make room behind what the buffer holds; HC_INVALID at the limit. */
static enum hc_status
make_room(struct hc_tsv_reader *r)
{
	size_t room;
	char *buf;

	if (r->begin > 0) {
		memmove(r->buf, r->buf + r->begin, r->end - r->begin);
		r->end -= r->begin;
		r->begin = 0;
	}
	/* A byte more than is read, for the NUL after a last line. */
	if (r->end + 1 < r->room)
		return HC_OK;
	if (r->end > HC_TSV_ROW_MAX)
		return HC_INVALID;
	room = r->room == 0 ? BLOCK : r->room * 2;
	if ((buf = realloc(r->buf, room)) == NULL)
		return hc_error_nomem(&r->err);
	r->buf = buf;
	r->room = room;
	return HC_OK;
}

/* Read on.  HC_NOTFOUND at the end, HC_INVALID if the buffer is full. */
static enum hc_status
fill(struct hc_tsv_reader *r)
{
	enum hc_status rc;
	ssize_t n;

	if (r->eof)
		return HC_NOTFOUND;
	if ((rc = make_room(r)) != HC_OK)
		return rc;
	n = read_some(r, r->buf + r->end, r->room - 1 - r->end);
	if (n < 0)
		return hc_error_set(&r->err, HC_IO, _("cannot read '%s': %s"),
		    r->name, strerror(errno));
	if (n == 0) {
		r->eof = true;
		return HC_NOTFOUND;
	}
	r->end += (size_t)n;
	return HC_OK;
}

/* Pass over the rest of a line that was too long to keep. */
static enum hc_status
skip_line(struct hc_tsv_reader *r)
{
	enum hc_status rc = HC_OK;
	char *nl;

	while (rc == HC_OK) {
		nl = memchr(r->buf + r->begin, '\n', r->end - r->begin);
		if (nl != NULL) {
			r->begin = (size_t)(nl + 1 - r->buf);
			r->skipping = false;
			return HC_OK;
		}
		r->begin = r->end;
		rc = fill(r);
	}
	return rc;
}

/*
 * The next line, without its end and closed by a NUL.  HC_NOTFOUND after the
 * last, HC_INVALID if it is too long.
 */
static enum hc_status
next_line(struct hc_tsv_reader *r, char **line, size_t *len)
{
	enum hc_status rc;
	size_t seen = 0;
	char *nl = NULL;

	if (r->skipping && (rc = skip_line(r)) != HC_OK)
		return rc;
	for (;;) {
		if (r->end - r->begin > seen)
			nl = memchr(r->buf + r->begin + seen, '\n',
			    r->end - r->begin - seen);
		if (nl != NULL)
			break;
		seen = r->end - r->begin;
		if ((rc = fill(r)) == HC_NOTFOUND && seen > 0)
			break;
		if (rc != HC_OK) {
			if (rc == HC_INVALID) {
				r->line++;
				r->skipping = true;
			}
			return rc;
		}
	}
	*line = r->buf + r->begin;
	*len = nl != NULL ? (size_t)(nl - *line) : r->end - r->begin;
	r->begin += *len + (nl != NULL);
	if (*len > 0 && (*line)[*len - 1] == '\r')
		--*len;
	(*line)[*len] = '\0';
	r->line++;
	return *len > HC_TSV_ROW_MAX ? HC_INVALID : HC_OK;
}

/* Refuse the present line, with words after "NAME:LINE: ". */
static enum hc_status
refuse(struct hc_tsv_reader *r, const char *words)
{
	return hc_error_set(&r->err, HC_INVALID, "%s:%lu: %s", r->name,
	    r->line, words);
}

/* The same, where a field of the row is to blame. */
static enum hc_status
refuse_field(struct hc_tsv_reader *r, int column, const char *words)
{
	if (r->names == NULL || column >= r->columns)
		return hc_error_set(&r->err, HC_INVALID,
		    _("%s:%lu: field %d: %s"), r->name, r->line, column + 1,
		    words);
	return hc_error_set(&r->err, HC_INVALID, _("%s:%lu: field '%s': %s"),
	    r->name, r->line, r->names[column], words);
}

/* What no line may hold, whatever its fields are. */
static enum hc_status
check_line(struct hc_tsv_reader *r, const char *line, size_t len)
{
	if (memchr(line, '\0', len) != NULL)
		return refuse(r, _("holds a NUL byte"));
	if (memchr(line, '\r', len) != NULL)
		return refuse(r, _("holds a carriage return that is not "
				   "written as \\r"));
	if (!hc_utf8_valid(line, len, NULL))
		return refuse(r, _("is not valid UTF-8"));
	return HC_OK;
}

/* Undo the escapes of a cell where it lies; NULL or what is wrong. */
static const char *
unescape(char *cell, size_t len)
{
	char *from, *to, *end = cell + len;

	if ((from = to = memchr(cell, '\\', len)) == NULL)
		return len > HC_TSV_CELL_MAX ? _("is too long") : NULL;
	while (from < end) {
		if (*from != '\\') {
			*to++ = *from++;
			continue;
		}
		switch (from[1]) {
		case 't':
			*to++ = '\t';
			break;
		case 'n':
			*to++ = '\n';
			break;
		case 'r':
			*to++ = '\r';
			break;
		case '\\':
			*to++ = '\\';
			break;
		default:
			return _("unknown escape: only \\t, \\n, \\r and \\\\ "
				 "may follow a backslash");
		}
		from += 2;
	}
	*to = '\0';
	return to - cell > HC_TSV_CELL_MAX ? _("is too long") : NULL;
}

/* Absent is NULL; else the cell with its escapes undone. */
static enum hc_status
take_cell(struct hc_tsv_reader *r, int column, char *cell, size_t len)
{
	const char *fault = NULL;

	if (len == 0 || strcmp(cell, "\\N") == 0)
		cell = NULL;
	else if ((fault = unescape(cell, len)) != NULL)
		return refuse_field(r, column, fault);
	r->cells[column] = cell;
	return HC_OK;
}

static int
count_fields(const char *line, size_t len)
{
	const char *end = line + len;
	int n = 1;

	while ((line = memchr(line, '\t', (size_t)(end - line))) != NULL) {
		n++;
		line++;
	}
	return n;
}

/* Cut the line at its tabs into r->cells. */
static enum hc_status
split(struct hc_tsv_reader *r, char *line, size_t len)
{
	enum hc_status rc;
	char *tab, *end = line + len;
	int i;

	for (i = 0; i < r->columns; i++) {
		if ((tab = memchr(line, '\t', (size_t)(end - line))) == NULL)
			tab = end;
		*tab = '\0';
		rc = take_cell(r, i, line, (size_t)(tab - line));
		if (rc != HC_OK)
			return rc;
		line = tab + 1;
	}
	return HC_OK;
}

static enum hc_status
check_names(struct hc_tsv_reader *r)
{
	int i, j;

	for (i = 0; i < r->columns; i++) {
		if (r->names[i] == NULL)
			return hc_error_set(&r->err, HC_INVALID,
			    _("%s:%lu: column %d has no name"), r->name,
			    r->line, i + 1);
		for (j = 0; j < i; j++)
			if (strcmp(r->names[i], r->names[j]) == 0)
				return hc_error_set(&r->err, HC_INVALID,
				    _("%s:%lu: column '%s' stands twice"),
				    r->name, r->line, r->names[i]);
	}
	return HC_OK;
}

/* Take the header line apart into r->names. */
static enum hc_status
take_header(struct hc_tsv_reader *r, const char *line, size_t len)
{
	enum hc_status rc;
	int columns = count_fields(line, len);

	if (columns > HC_TSV_COLUMNS_MAX)
		return refuse(r, _("has too many columns"));
	if ((rc = check_line(r, line, len)) != HC_OK)
		return rc;
	r->header = strdup(line);
	r->cells = calloc((size_t)columns, sizeof(*r->cells));
	if (r->header == NULL || r->cells == NULL)
		return hc_error_nomem(&r->err);
	r->columns = columns;
	if ((rc = split(r, r->header, len)) != HC_OK)
		return rc;
	r->names = r->cells;
	r->cells = calloc((size_t)columns, sizeof(*r->cells));
	if (r->cells == NULL)
		return hc_error_nomem(&r->err);
	return check_names(r);
}

static enum hc_status
read_header(struct hc_tsv_reader *r)
{
	enum hc_status rc;
	char *line;
	size_t len;

	rc = next_line(r, &line, &len);
	if (rc == HC_NOTFOUND)
		return HC_OK;
	if (rc == HC_INVALID)
		return refuse(r, _("the line is too long"));
	if (rc != HC_OK)
		return rc;
	if (len >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) {
		line += 3;
		len -= 3;
		/* A BOM alone is no input either. */
		if (len == 0 && r->eof && r->begin == r->end)
			return HC_OK;
	}
	return take_header(r, line, len);
}

static enum hc_status
open_reader(struct hc_tsv_reader **out, struct hc_tsv_reader from,
    const char *name)
{
	struct hc_tsv_reader *r;

	if ((*out = r = malloc(sizeof(*r))) == NULL)
		return HC_NOMEM;
	*r = from;
	if ((r->name = strdup(name)) == NULL) {
		hc_tsv_close(r);
		*out = NULL;
		return HC_NOMEM;
	}
	r->final = read_header(r);
	if (r->final != HC_OK)
		r->columns = 0;
	return r->final;
}

enum hc_status
hc_tsv_open(struct hc_tsv_reader **r, int fd, const char *name)
{
	return open_reader(r, (struct hc_tsv_reader){ .fd = fd }, name);
}

enum hc_status
hc_tsv_open_bytes(struct hc_tsv_reader **r, const char *bytes, size_t len,
    const char *name)
{
	return open_reader(r, (struct hc_tsv_reader){ .fd = -1,
	    .bytes = bytes, .nbytes = len }, name);
}

void
hc_tsv_close(struct hc_tsv_reader *r)
{
	if (r == NULL)
		return;
	free(r->buf);
	free(r->name);
	free(r->header);
	free(r->names);
	free(r->cells);
	free(r);
}

const char *
hc_tsv_error(const struct hc_tsv_reader *r)
{
	return r != NULL ? r->err.text : _("out of memory");
}

int
hc_tsv_columns(const struct hc_tsv_reader *r)
{
	return r->columns;
}

const char *
hc_tsv_name(const struct hc_tsv_reader *r, int column)
{
	return column >= 0 && column < r->columns ? r->names[column] : NULL;
}

int
hc_tsv_column(const struct hc_tsv_reader *r, const char *name)
{
	int i;

	for (i = 0; i < r->columns; i++)
		if (strcmp(r->names[i], name) == 0)
			return i;
	return -1;
}

/* Take the fields of a row, which must be as many as the header has. */
static enum hc_status
take_row(struct hc_tsv_reader *r, char *line, size_t len)
{
	enum hc_status rc;
	int fields;

	if (len == 0)
		return refuse(r, _("is an empty line"));
	if ((rc = check_line(r, line, len)) != HC_OK)
		return rc;
	if ((fields = count_fields(line, len)) != r->columns)
		return hc_error_set(&r->err, HC_INVALID,
		    _("%s:%lu: %d fields, but the header line has %d"),
		    r->name, r->line, fields, r->columns);
	return split(r, line, len);
}

enum hc_status
hc_tsv_next(struct hc_tsv_reader *r)
{
	enum hc_status rc;
	char *line;
	size_t len;

	if (r->final != HC_OK)
		return r->final;
	if (r->columns == 0)
		return r->final = HC_NOTFOUND;
	rc = next_line(r, &line, &len);
	if (rc == HC_INVALID)
		rc = refuse(r, _("the line is too long"));
	else if (rc == HC_OK)
		rc = take_row(r, line, len);
	if (rc != HC_OK)
		memset(r->cells, 0, (size_t)r->columns * sizeof(*r->cells));
	if (rc != HC_OK && rc != HC_INVALID)
		r->final = rc;
	return rc;
}

unsigned long
hc_tsv_line(const struct hc_tsv_reader *r)
{
	return r->line;
}

const char *
hc_tsv_get(const struct hc_tsv_reader *r, int column)
{
	return column >= 0 && column < r->columns ? r->cells[column] : NULL;
}

void
hc_tsv_escape(struct hc_buf *out, const char *text)
{
	static const char letters[] = { ['\t'] = 't', ['\n'] = 'n',
		['\r'] = 'r', ['\\'] = '\\' };
	size_t n;

	for (;;) {
		n = strcspn(text, "\t\n\r\\");
		hc_buf_add(out, text, n);
		text += n;
		if (*text == '\0')
			return;
		hc_buf_putc(out, '\\');
		hc_buf_putc(out, letters[(unsigned char)*text++]);
	}
}

void
hc_tsv_write_begin(struct hc_tsv_writer *w, FILE *file,
    const char *const *names, int columns)
{
	int i;

	*w = (struct hc_tsv_writer){ .sink = { file, 0 },
	    .columns = columns };
	if (columns < 2)
		w->misuse = HC_ERROR;
	for (i = 0; i < columns; i++)
		hc_tsv_write_cell(w, names[i]);
	hc_tsv_write_row(w);
}

void
hc_tsv_write_cell(struct hc_tsv_writer *w, const char *text)
{
	if (w->cells++ > 0)
		hc_buf_putc(&w->row, '\t');
	if (text != NULL)
		hc_tsv_escape(&w->row, text);
}

void
hc_tsv_write_row(struct hc_tsv_writer *w)
{
	if (w->cells != w->columns)
		w->misuse = HC_ERROR;
	hc_buf_putc(&w->row, '\n');
	/* Nothing ragged goes out, not even before the end tells of it. */
	if (w->misuse == HC_OK)
		hc_sink_write(&w->sink, &w->row);
	hc_buf_clear(&w->row);
	w->cells = 0;
}

enum hc_status
hc_tsv_write_end(struct hc_tsv_writer *w, struct hc_error *err)
{
	enum hc_status rc = hc_sink_finish(&w->sink, err);

	if (rc == HC_OK && (w->misuse != HC_OK || w->cells != 0))
		rc = hc_error_set(err, HC_ERROR,
		    "rows of TSV with different numbers of fields");
	hc_buf_free(&w->row);
	return rc;
}
