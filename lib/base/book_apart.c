/*
 * A workbook that is read in a process of its own.
 *
 * The parent writes the number of a sheet, 4 bytes; the child answers with
 * messages: their length, 4 bytes, what they are, one byte, and the rest:
 *
 *	O	opened: of each sheet a byte, hidden or not, and its name
 *	S	sheet selected: a bit of each column, hidden or not
 *	R	a row: number and hidden, 4 and 1 bytes; of each cell its kind
 *		and whether merged, 1 byte each, text, 1 or 0, and then kana
 *	Z	no more rows
 *	E	it failed: the status, one byte, and the words
 *
 * A text is its length, 4 bytes, and its bytes with a NUL behind them, so
 * that the parent uses it where it stands.  Numbers are as the machine has
 * them.  The child sends rows until there are no more, or until the parent
 * asks for another sheet.
 */
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/jail.h"
#include "base/utf8.h"

#include "base/book_apart.h"

#define MESSAGE_MAX	(32 << 20)
#define BLOCK		65536
#define PATIENCE	60000	/* milliseconds for one answer */

/* ---- The child ---- */

struct child {
	struct hc_book *book;
	struct hc_buf out;
	size_t start;		/* of the message that is being written */
	int from, to;
};

static void
put_number(struct child *c, size_t n)
{
	uint32_t number = (uint32_t)n;

	hc_buf_add(&c->out, &number, sizeof(number));
}

static void
put_text(struct child *c, const char *text)
{
	size_t len = strlen(text);

	put_number(c, len);
	hc_buf_add(&c->out, text, len + 1);
}

static void
begin(struct child *c, int type)
{
	c->start = c->out.len;
	put_number(c, 0);
	hc_buf_putc(&c->out, type);
}

/* Without memory there is nothing to be said; the parent sees the end. */
static void
end(struct child *c)
{
	uint32_t len = (uint32_t)(c->out.len - c->start - sizeof(len));

	if (hc_buf_failed(&c->out))
		hc_jail_leave(1);
	memcpy(c->out.data + c->start, &len, sizeof(len));
}

static void
flush(struct child *c)
{
	size_t at = 0;
	ssize_t n;

	for (; at < c->out.len; at += (size_t)n)
		if ((n = write(c->to, c->out.data + at,
		    c->out.len - at)) <= 0)
			hc_jail_leave(1);
	hc_buf_clear(&c->out);
}

static void
send_error(struct child *c, enum hc_status status, const char *words)
{
	begin(c, 'E');
	hc_buf_putc(&c->out, (int)status);
	put_text(c, words);
	end(c);
	flush(c);
}

static void
send_row(struct child *c, const struct hc_book_row *row)
{
	const struct hc_book_cell *cell;

	begin(c, 'R');
	put_number(c, row->number);
	hc_buf_putc(&c->out, row->hidden);
	for (cell = row->cells; cell < row->cells + row->ncells; cell++) {
		hc_buf_putc(&c->out, (int)cell->kind);
		hc_buf_putc(&c->out, cell->merged);
		put_text(c, cell->text);
		hc_buf_putc(&c->out, cell->kana != NULL);
		if (cell->kana != NULL)
			put_text(c, cell->kana);
	}
	end(c);
}

static bool
is_asked(const struct child *c)
{
	struct pollfd in = { .fd = c->from, .events = POLLIN };

	return poll(&in, 1, 0) > 0;
}

static void
send_sheet(struct child *c, size_t sheet)
{
	struct hc_book_row row;
	enum hc_status rc;
	size_t i;
	int bits = 0;

	if ((rc = hc_book_select(c->book, sheet)) != HC_OK) {
		send_error(c, rc, c->book->error.text);
		return;
	}
	begin(c, 'S');
	for (i = 0; i < HC_BOOK_COLUMNS_MAX; i++) {
		bits |= hc_book_hidden(c->book, i) << i % 8;
		if (i % 8 == 7) {
			hc_buf_putc(&c->out, bits);
			bits = 0;
		}
	}
	end(c);
	while ((rc = hc_book_next(c->book, &row)) == HC_OK) {
		send_row(c, &row);
		if (c->out.len < BLOCK)
			continue;
		flush(c);
		if (is_asked(c))
			return;
	}
	if (rc != HC_NOTFOUND) {
		send_error(c, rc, c->book->error.text);
		return;
	}
	begin(c, 'Z');
	end(c);
	flush(c);
}

/* Does not return. */
static void
run_child(const struct hc_book_apart *how, const void *bytes, size_t len,
    int from, int to)
{
	struct child c = { .from = from, .to = to };
	struct hc_error error = { "" };
	enum hc_status rc;
	uint32_t sheet;
	size_t i;

	if (hc_jail_enter(from, to, how->memory, how->seconds) != 0) {
		send_error(&c, HC_UNAVAILABLE,
		    _("this system has no safe way to read such a file: "
		    "save it as xlsx"));
		hc_jail_leave(1);
	}
	if ((rc = how->open(&c.book, bytes, len, &error)) != HC_OK) {
		send_error(&c, rc, error.text);
		hc_jail_leave(1);
	}
	begin(&c, 'O');
	for (i = 0; i < c.book->nsheets; i++) {
		hc_buf_putc(&c.out, c.book->sheets[i].hidden);
		put_text(&c, c.book->sheets[i].name);
	}
	end(&c);
	flush(&c);
	while (read(from, &sheet, sizeof(sheet)) == sizeof(sheet))
		send_sheet(&c, sheet);
	hc_jail_leave(0);
}

/* ---- The parent ---- */

struct apart {
	struct hc_book book;
	pid_t pid;
	int from, to;
	bool more;		/* rows of the sheet may come */
	char *in;		/* what came, from at to end */
	size_t at, end, room;
	const char *p, *last;	/* of the message: what is left of it */
	char *names;		/* the message that has the sheets' names */
	unsigned char hidden[HC_BOOK_COLUMNS_MAX / 8];
	struct hc_book_cell *cells;
};

/* The child ended, or sent what no reader sends. */
static enum hc_status
gone(struct apart *a)
{
	a->more = false;
	return hc_error_set(&a->book.error, HC_INVALID,
	    _("the workbook cannot be read, as it is damaged or takes too "
	    "much time or memory: open it in Excel and save it as xlsx"));
}

/* Have ${n} bytes from a->at on. */
static enum hc_status
fetch(struct apart *a, size_t n)
{
	struct pollfd in = { .fd = a->from, .events = POLLIN };
	ssize_t got;
	char *bigger;

	if (a->end - a->at >= n)
		return HC_OK;
	memmove(a->in, a->in + a->at, a->end - a->at);
	a->end -= a->at;
	a->at = 0;
	if (n > a->room) {
		if ((bigger = realloc(a->in, n + BLOCK)) == NULL)
			return hc_error_nomem(&a->book.error);
		a->in = bigger;
		a->room = n + BLOCK;
	}
	while (a->end < n) {
		if ((got = poll(&in, 1, PATIENCE)) > 0)
			got = read(a->from, a->in + a->end,
			    a->room - a->end);
		if (got > 0)
			a->end += (size_t)got;
		else if (got == 0 || errno != EINTR)
			return gone(a);
	}
	return HC_OK;
}

static bool
get_number(struct apart *a, size_t *n)
{
	uint32_t number;

	if ((size_t)(a->last - a->p) < sizeof(number))
		return false;
	memcpy(&number, a->p, sizeof(number));
	a->p += sizeof(number);
	*n = number;
	return true;
}

static bool
get_byte(struct apart *a, unsigned int most, unsigned int *byte)
{
	if (a->p == a->last)
		return false;
	*byte = (unsigned char)*a->p++;
	return *byte <= most;
}

static bool
get_text(struct apart *a, const char **text)
{
	size_t len;

	if (!get_number(a, &len) || len > HC_BOOK_CELL_MAX ||
	    (size_t)(a->last - a->p) <= len || a->p[len] != '\0' ||
	    !hc_utf8_valid(a->p, len, NULL))
		return false;
	*text = a->p;
	a->p += len + 1;
	return true;
}

static enum hc_status
get_error(struct apart *a)
{
	unsigned int status;
	const char *words;

	a->more = false;
	if (!get_byte(a, HC_ERROR, &status) || status == HC_OK ||
	    status == HC_NOTFOUND || !get_text(a, &words))
		return gone(a);
	return hc_error_set(&a->book.error, (enum hc_status)status, "%s",
	    words);
}

/* The next message, its type put into ${*type}; an error is not returned as
   a message. */
static enum hc_status
get_message(struct apart *a, unsigned int *type)
{
	enum hc_status rc;
	size_t len;

	if ((rc = fetch(a, sizeof(uint32_t))) != HC_OK)
		return rc;
	a->p = a->in + a->at;
	a->last = a->p + sizeof(uint32_t);
	get_number(a, &len);
	if (len == 0 || len > MESSAGE_MAX)
		return gone(a);
	if ((rc = fetch(a, sizeof(uint32_t) + len)) != HC_OK)
		return rc;
	a->p = a->in + a->at + sizeof(uint32_t);
	a->last = a->p + len;
	a->at += sizeof(uint32_t) + len;
	get_byte(a, UINT8_MAX, type);
	return *type == 'E' ? get_error(a) : HC_OK;
}

static enum hc_status
apart_select(struct hc_book *book, size_t sheet)
{
	struct apart *a = (struct apart *)book;
	uint32_t number = (uint32_t)sheet;
	unsigned int type;
	enum hc_status rc;

	if (write(a->to, &number, sizeof(number)) != sizeof(number))
		return gone(a);
	/* What was not read of the sheet before comes first. */
	do {
		if ((rc = get_message(a, &type)) != HC_OK)
			return rc;
	} while (a->more && (type == 'R' || type == 'Z'));
	if (type != 'S' || a->last - a->p != sizeof(a->hidden))
		return gone(a);
	memcpy(a->hidden, a->p, sizeof(a->hidden));
	a->more = true;
	return HC_OK;
}

static bool
get_row(struct apart *a, struct hc_book_row *row)
{
	struct hc_book_cell *cell = a->cells;
	unsigned int kind, flag;

	if (!get_number(a, &row->number) || !get_byte(a, 1, &flag))
		return false;
	row->hidden = flag != 0;
	for (; a->p < a->last; cell++) {
		if (cell == a->cells + HC_BOOK_COLUMNS_MAX ||
		    !get_byte(a, HC_BOOK_ERROR, &kind) ||
		    !get_byte(a, 1, &flag) || !get_text(a, &cell->text))
			return false;
		cell->kind = (enum hc_book_kind)kind;
		cell->merged = flag != 0;
		cell->kana = NULL;
		if (!get_byte(a, 1, &flag) ||
		    (flag != 0 && !get_text(a, &cell->kana)))
			return false;
	}
	row->cells = a->cells;
	row->ncells = (size_t)(cell - a->cells);
	return true;
}

static enum hc_status
apart_next(struct hc_book *book, struct hc_book_row *row)
{
	struct apart *a = (struct apart *)book;
	unsigned int type;
	enum hc_status rc;

	if (!a->more)
		return HC_NOTFOUND;
	if ((rc = get_message(a, &type)) != HC_OK) {
		a->more = false;
		return rc;
	}
	if (type == 'Z') {
		a->more = false;
		return HC_NOTFOUND;
	}
	return type == 'R' && get_row(a, row) ? HC_OK : gone(a);
}

static bool
apart_hidden(const struct hc_book *book, size_t column)
{
	const struct apart *a = (const struct apart *)book;

	return column < HC_BOOK_COLUMNS_MAX &&
	    (a->hidden[column / 8] >> column % 8 & 1) != 0;
}

static void
apart_close(struct hc_book *book)
{
	struct apart *a = (struct apart *)book;

	if (a->to >= 0)
		close(a->to);
	if (a->from >= 0)
		close(a->from);
	if (a->pid > 0) {
		kill(a->pid, SIGKILL);
		while (waitpid(a->pid, NULL, 0) == -1 && errno == EINTR)
			;
	}
	free(book->sheets);
	free(a->names);
	free(a->cells);
	free(a->in);
	free(a);
}

/* Pipes both ways and the process between them. */
static enum hc_status
start(struct apart *a, const struct hc_book_apart *how, const void *bytes,
    size_t len)
{
	int down[2] = { -1, -1 }, up[2] = { -1, -1 };
	enum hc_status rc = HC_OK;

	if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0 ||
	    (a->pid = fork()) == -1)
		rc = hc_error_set(&a->book.error, HC_UNAVAILABLE,
		    _("cannot start a process to read the workbook: %s"),
		    strerror(errno));
	else if (a->pid == 0)
		run_child(how, bytes, len, down[0], up[1]);
	else {
		a->to = down[1];
		a->from = up[0];
		down[1] = up[0] = -1;
	}
	if (down[0] >= 0)
		close(down[0]);
	if (down[1] >= 0)
		close(down[1]);
	if (up[0] >= 0)
		close(up[0]);
	if (up[1] >= 0)
		close(up[1]);
	return rc;
}

static enum hc_status
get_sheets(struct apart *a)
{
	struct hc_book_sheet *sheets;
	unsigned int type, flag;
	enum hc_status rc;
	size_t len, n = 0, room;

	if ((rc = get_message(a, &type)) != HC_OK)
		return rc;
	len = (size_t)(a->last - a->p);
	if (type != 'O' || len > BLOCK)
		return gone(a);
	/* A sheet takes at least 6 bytes. */
	room = len / 6 + 1;
	if ((a->names = malloc(len + 1)) == NULL ||
	    (sheets = calloc(room, sizeof(*sheets))) == NULL)
		return hc_error_nomem(&a->book.error);
	a->book.sheets = sheets;
	memcpy(a->names, a->p, len);
	a->p = a->names;
	a->last = a->names + len;
	for (; a->p < a->last && n < room; n++) {
		if (!get_byte(a, 1, &flag) || !get_text(a, &sheets[n].name))
			return gone(a);
		sheets[n].hidden = flag != 0;
	}
	a->book.nsheets = n;
	return HC_OK;
}

enum hc_status
hc_book_apart_open(struct hc_book **book, const struct hc_book_apart *how,
    const void *bytes, size_t len, struct hc_error *err)
{
	static const struct hc_book_driver driver = { apart_select,
	    apart_next, apart_hidden, apart_close };
	struct apart *a;
	enum hc_status rc;

	*book = NULL;
	if ((a = calloc(1, sizeof(*a))) == NULL)
		return hc_error_nomem(err);
	a->book.driver = &driver;
	a->from = a->to = -1;
	a->room = BLOCK;
	a->in = malloc(a->room);
	a->cells = calloc(HC_BOOK_COLUMNS_MAX, sizeof(*a->cells));
	if (a->in == NULL || a->cells == NULL)
		rc = hc_error_nomem(&a->book.error);
	else if ((rc = start(a, how, bytes, len)) == HC_OK)
		rc = get_sheets(a);
	if (rc != HC_OK) {
		hc_error_set(err, rc, "%s", a->book.error.text);
		apart_close(&a->book);
		return rc;
	}
	*book = &a->book;
	return HC_OK;
}
