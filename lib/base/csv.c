/*
 * Reading CSV: libcsv, and what it leaves out.
 *
 * libcsv is given one physical line at a time.  So a record's lines can be
 * counted, a blank line is seen before libcsv drops it, and a record that is
 * not complete at the end of a line means an open quote.  The space function
 * that knows no space keeps it from trimming.  Strict mode stops at each
 * quote where none should be; the harmless one, inside a field without
 * quotes, is then let through on its own.
 *
 * A file is read by blocks, each of which holds at least one whole line.
 *
 * A line without any quote needs none of this: it is cut at its delimiters
 * here.  Most lines of most lists are such, and libcsv, which asks the space
 * function about every byte, would take several times as long for them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csv.h>

#include "base/i18n.h"

#include "base/csv.h"

#define STRICT (CSV_STRICT | CSV_APPEND_NULL)
#define SNIFF_RECORDS 100
#define BLOCK (2 * HC_CSV_ROW_MAX)

struct hc_csv_reader {
	struct csv_parser parser;
	char *name;		/* for messages */
	int fd;			/* of the file; -1: all is in memory */
	off_t offset;		/* what follows in it */
	char *block;		/* of the file */
	const char *at;		/* what was not read yet */
	const char *end;
	bool more;		/* the file goes on behind it */
	const char *line_end;	/* where the line after this one begins */
	const char *next[3];	/* the next LF, CR, NUL at or after at */
	size_t line;		/* number of the line last read */
	bool report_blank;
	size_t blanks;

	struct hc_buf text;	/* of the present record, each field closed
				   by a NUL */
	size_t *fields;		/* where each begins in text */
	size_t nfields;
	size_t room;
	size_t first_line;
	size_t quote_line;	/* where the open quote was opened */
	bool complete;
	enum hc_status status;	/* of the present record */
	struct hc_error err;
};

static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static enum hc_status
fault(struct hc_csv_reader *r, size_t line, const char *words)
{
	/* The first fault of a record is the one to be told. */
	if (r->status != HC_OK)
		return r->status;
	return r->status = hc_error_set(&r->err, HC_INVALID, "%s:%zu: %s",
	    r->name, line, words);
}

static enum hc_status
nomem(struct hc_csv_reader *r)
{
	return r->status = hc_error_nomem(&r->err);
}

/* A field of ${len} bytes begins at ${at} of the text: is that too much? */
static bool
note_field(struct hc_csv_reader *r, size_t at, size_t len)
{
	size_t room;
	size_t *fields;

	if (len > HC_CSV_CELL_MAX || at + len > HC_CSV_ROW_MAX) {
		fault(r, r->first_line, len > HC_CSV_CELL_MAX ?
		    _("a field is too long") : _("the record is too long"));
		return false;
	}
	if (r->nfields == HC_CSV_FIELDS_MAX) {
		fault(r, r->first_line, _("too many fields"));
		return false;
	}
	if (r->nfields == r->room) {
		room = r->room == 0 ? 64 : r->room * 2;
		fields = realloc(r->fields, room * sizeof(*fields));
		if (fields == NULL) {
			nomem(r);
			return false;
		}
		r->fields = fields;
		r->room = room;
	}
	r->fields[r->nfields++] = at;
	return true;
}

/* libcsv has a field.  Too much is noted, and the rest passed over. */
static void
on_field(void *bytes, size_t len, void *arg)
{
	struct hc_csv_reader *r = arg;

	if (r->status != HC_OK || !note_field(r, r->text.len, len))
		return;
	/* With CSV_APPEND_NULL a NUL stands behind the field. */
	hc_buf_add(&r->text, bytes, len + 1);
	if (hc_buf_failed(&r->text))
		nomem(r);
}

static void
on_record(int end, void *arg)
{
	struct hc_csv_reader *r = arg;

	(void)end;
	r->complete = true;
}

static struct hc_csv_reader *
new_reader(const char *name)
{
	struct hc_csv_reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->fd = -1;
	if (csv_init(&r->parser, STRICT) != 0) {
		free(r);
		return NULL;
	}
	csv_set_space_func(&r->parser, no_space);
	csv_set_blk_size(&r->parser, 4096);
	if ((r->name = strdup(name)) == NULL) {
		hc_csv_close(r);
		return NULL;
	}
	return r;
}

/* Begin at r->at: past a BOM, with that delimiter or the one that fits. */
static enum hc_status
begin(struct hc_csv_reader *r, int delimiter)
{
	if (r->end - r->at >= 3 && memcmp(r->at, "\xef\xbb\xbf", 3) == 0)
		r->at += 3;
	if (delimiter == 0)
		delimiter = hc_csv_sniff(r->at, (size_t)(r->end - r->at));
	if (strchr(",;\t|", delimiter) == NULL)
		return HC_INVALID;
	csv_set_delim(&r->parser, (unsigned char)delimiter);
	return HC_OK;
}

enum hc_status
hc_csv_open(struct hc_csv_reader **out, const char *bytes, size_t len,
    int delimiter, const char *name)
{
	enum hc_status rc;

	if ((*out = new_reader(name)) == NULL)
		return HC_NOMEM;
	(*out)->at = bytes;
	(*out)->end = bytes + len;
	if ((rc = begin(*out, delimiter)) != HC_OK) {
		hc_csv_close(*out);
		*out = NULL;
	}
	return rc;
}

/* Move what is left to the block's beginning, and read behind it. */
static enum hc_status
fill(struct hc_csv_reader *r)
{
	size_t rest = (size_t)(r->end - r->at);
	ssize_t n = 0;

	memmove(r->block, r->at, rest);
	while (rest < BLOCK && ((n = pread(r->fd, r->block + rest,
	    BLOCK - rest, r->offset)) > 0 || (n == -1 && errno == EINTR)))
		if (n > 0) {
			rest += (size_t)n;
			r->offset += n;
		}
	r->at = r->block;
	r->end = r->block + rest;
	memset(r->next, 0, sizeof(r->next));
	r->more = rest == BLOCK;
	if (n != -1)
		return HC_OK;
	r->more = false;
	return r->status = hc_error_set(&r->err, HC_IO,
	    _("cannot read '%s': %s"), r->name, strerror(errno));
}

enum hc_status
hc_csv_open_file(struct hc_csv_reader **out, int fd, int delimiter,
    const char *name)
{
	struct hc_csv_reader *r;
	enum hc_status rc;

	if ((*out = r = new_reader(name)) == NULL)
		return HC_NOMEM;
	r->fd = fd;
	if ((r->block = malloc(BLOCK)) == NULL)
		rc = HC_NOMEM;
	else {
		r->at = r->end = r->block;
		if ((rc = fill(r)) == HC_OK)
			rc = begin(r, delimiter);
	}
	if (rc != HC_OK) {
		hc_csv_close(r);
		*out = NULL;
	}
	return rc;
}

void
hc_csv_close(struct hc_csv_reader *r)
{
	if (r == NULL)
		return;
	csv_free(&r->parser);
	hc_buf_free(&r->text);
	free(r->fields);
	free(r->name);
	free(r->block);
	free(r);
}

static int
delimiter_of(const struct hc_csv_reader *r)
{
	return csv_get_delim((struct csv_parser *)&r->parser);
}

void
hc_csv_set_blank(struct hc_csv_reader *r, bool report)
{
	r->report_blank = report;
}

/*
 * The next place of one of LF, CR, NUL; the end if there is none.  Kept, so
 * that a file without any LF is not searched to its end for every line.
 */
static const char *
next_of(struct hc_csv_reader *r, int which)
{
	static const char bytes[] = { '\n', '\r', '\0' };
	const char **next = &r->next[which];

	if (*next == NULL || *next < r->at) {
		*next = memchr(r->at, bytes[which], (size_t)(r->end - r->at));
		if (*next == NULL)
			*next = r->end;
	}
	return *next;
}

/*
 * The line at r->at, ${len} bytes and a terminator of ${eol} bytes.  Of one
 * that no block holds only the end is there, and ${len} is too large.
 */
static enum hc_status
find_line(struct hc_csv_reader *r, size_t *len, size_t *eol)
{
	const char *lf, *cr, *first;
	enum hc_status rc;
	size_t before = 0;

	for (;;) {
		lf = next_of(r, 0);
		cr = next_of(r, 1);
		first = cr < lf ? cr : lf;
		/* The LF of a CR may stand in the next block. */
		if (first + (first == cr) < r->end || !r->more)
			break;
		if (first - r->at > HC_CSV_ROW_MAX) {
			before += (size_t)(first - r->at);
			r->at = first;
		}
		if ((rc = fill(r)) != HC_OK)
			return rc;
	}
	*len = before + (size_t)(first - r->at);
	*eol = cr < lf ? (cr + 1 == lf && lf < r->end ? 2 : 1) :
	    lf < r->end;
	r->line_end = first + *eol;
	return HC_OK;
}

/* Is all read?  The next block is fetched where needed. */
static bool
at_end(struct hc_csv_reader *r)
{
	if (r->at == r->end && r->more)
		fill(r);
	return r->at == r->end;
}

/* Is there nothing but white space before the quote that libcsv refused? */
static bool
only_space(const struct csv_parser *p)
{
	size_t i;

	for (i = 0; i < p->entry_pos; i++)
		if (p->entry_buf[i] != ' ' && p->entry_buf[i] != '\t')
			return false;
	return true;
}

/* libcsv stopped at a quote out of place; let it through or refuse. */
static enum hc_status
stray_quote(struct hc_csv_reader *r, const char *quote)
{
	struct csv_parser *p = &r->parser;
	size_t done;

	if (csv_error(p) != CSV_EPARSE)
		return nomem(r);
	if (p->quoted)
		return fault(r, r->line, _("something stands between a "
					   "closing quote and the next field"));
	if (only_space(p))
		return fault(r, r->line, _("a space stands before a quote"));
	csv_set_opts(p, CSV_APPEND_NULL);
	done = csv_parse(p, quote, 1, on_field, on_record, r);
	csv_set_opts(p, STRICT);
	return done == 1 ? HC_OK : nomem(r);
}

static enum hc_status
feed(struct hc_csv_reader *r, const char *s, size_t len)
{
	enum hc_status rc;
	size_t done;

	while (len > 0) {
		done = csv_parse(&r->parser, s, len, on_field, on_record, r);
		if (done < len) {
			if ((rc = stray_quote(r, s + done)) != HC_OK)
				return rc;
			done++;
		}
		s += done;
		len -= done;
	}
	return r->status;
}

/* A record on one line without quotes: a copy, cut at its delimiters. */
static enum hc_status
split(struct hc_csv_reader *r, const char *line, size_t len)
{
	int delimiter = delimiter_of(r);
	char *at, *end, *next;

	hc_buf_add(&r->text, line, len);
	if (hc_buf_failed(&r->text))
		return nomem(r);
	r->complete = true;
	at = r->text.data;
	end = at + len;
	while ((next = memchr(at, delimiter, (size_t)(end - at))) != NULL) {
		if (!note_field(r, (size_t)(at - r->text.data),
		    (size_t)(next - at)))
			return r->status;
		*next = '\0';
		at = next + 1;
	}
	note_field(r, (size_t)(at - r->text.data), (size_t)(end - at));
	return r->status;
}

/* Take one line; libcsv gets an end with it if the file's last has none. */
static enum hc_status
feed_line(struct hc_csv_reader *r, size_t len, size_t eol)
{
	const char *line = r->at;
	enum hc_status rc;

	if (len > HC_CSV_ROW_MAX)
		return fault(r, r->line, _("the line is too long"));
	if (next_of(r, 2) < line + len)
		return fault(r, r->line, _("holds a NUL byte"));
	if (r->line == r->first_line && memchr(line, '"', len) == NULL)
		return split(r, line, len);
	rc = feed(r, line, len + eol);
	if (rc == HC_OK && eol == 0)
		rc = feed(r, "\n", 1);
	return rc;
}

/* The record goes on after this line: remember where its quote began. */
static enum hc_status
note_open(struct hc_csv_reader *r, size_t fields_before)
{
	if (r->line == r->first_line || r->nfields > fields_before)
		r->quote_line = r->line;
	if (r->parser.entry_pos > HC_CSV_CELL_MAX)
		return fault(r, r->quote_line,
		    _("the quote that is opened here is not closed, or its "
		      "field is too long"));
	if (at_end(r) && r->status == HC_OK)
		return fault(r, r->quote_line,
		    _("the quote that is opened here is never closed"));
	return r->status;
}

/* Forget what libcsv has of a refused record. */
static void
abandon(struct hc_csv_reader *r)
{
	csv_fini(&r->parser, NULL, NULL, NULL);
	r->nfields = 0;
}

static void
begin_record(struct hc_csv_reader *r)
{
	hc_buf_clear(&r->text);
	r->nfields = 0;
	r->complete = false;
	r->status = HC_OK;
	r->first_line = r->line + 1;
}

enum hc_status
hc_csv_next(struct hc_csv_reader *r)
{
	size_t len, eol, before;

	begin_record(r);
	while (r->status == HC_OK && !r->complete) {
		if (at_end(r) && r->status == HC_OK)
			return HC_NOTFOUND;
		if (r->status != HC_OK || find_line(r, &len, &eol) != HC_OK)
			break;
		r->line++;
		before = r->nfields;
		if (len == 0 && r->line == r->first_line) {
			r->at = r->line_end;
			r->blanks++;
			if (r->report_blank)
				return HC_OK;
			r->first_line++;
			continue;
		}
		feed_line(r, len, eol);
		r->at = r->line_end;
		if (r->status == HC_OK && !r->complete)
			note_open(r, before);
	}
	if (r->status != HC_OK)
		abandon(r);
	return r->status;
}

const char *
hc_csv_error(const struct hc_csv_reader *r)
{
	return r->err.text;
}

size_t
hc_csv_fields(const struct hc_csv_reader *r)
{
	return r->nfields;
}

const char *
hc_csv_get(const struct hc_csv_reader *r, size_t field)
{
	return field < r->nfields ? r->text.data + r->fields[field] : NULL;
}

size_t
hc_csv_line(const struct hc_csv_reader *r)
{
	return r->first_line;
}

size_t
hc_csv_last_line(const struct hc_csv_reader *r)
{
	return r->line;
}

size_t
hc_csv_blanks(const struct hc_csv_reader *r)
{
	return r->blanks;
}

/* How well a delimiter fits: records in a thousand that have the commonest
   number of fields above one, which is put into ${fields}. */
static int
fit(const char *bytes, size_t len, int delimiter, size_t *fields)
{
	struct hc_csv_reader *r;
	enum hc_status rc;
	int seen[SNIFF_RECORDS] = { 0 }, records = 0;
	size_t i, best = 0;

	if (hc_csv_open(&r, bytes, len, delimiter, "") != HC_OK)
		return 0;
	while (records < SNIFF_RECORDS && (rc = hc_csv_next(r)) !=
	    HC_NOTFOUND && rc != HC_NOMEM) {
		records++;
		/* Very wide lists share the last place. */
		i = r->nfields < SNIFF_RECORDS ? r->nfields :
		    SNIFF_RECORDS - 1;
		seen[i]++;
		if (i > 1 && seen[i] >= seen[best])
			best = i;
	}
	hc_csv_close(r);
	*fields = best;
	return best > 1 ? seen[best] * 1000 / records : 0;
}

int
hc_csv_sniff(const char *bytes, size_t len)
{
	static const char delimiters[] = ",\t;|";
	size_t i, fields, most = 0;
	int score, best = 500, found = ',';

	for (i = 0; delimiters[i] != '\0'; i++) {
		score = fit(bytes, len, delimiters[i], &fields);
		if (score > best || (score == best && fields > most)) {
			best = score;
			most = fields;
			found = delimiters[i];
		}
	}
	return found;
}

void
hc_csv_cell(struct hc_buf *out, const char *text)
{
	size_t n;

	if (text == NULL || *text == '\0')
		return;
	n = strlen(text);
	if (strpbrk(text, ",\"\r\n") == NULL && text[0] != ' ' &&
	    text[n - 1] != ' ') {
		hc_buf_add(out, text, n);
		return;
	}
	hc_buf_putc(out, '"');
	for (; *text != '\0'; text += n) {
		n = strcspn(text, "\"");
		if (text[n] == '"') {
			/* Up to the quote, and the quote once more. */
			hc_buf_add(out, text, ++n);
			hc_buf_putc(out, '"');
		} else {
			hc_buf_add(out, text, n);
		}
	}
	hc_buf_putc(out, '"');
}
