/* Mails that came back, from a Maildir into the messages that they are of. */
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bounce.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/int.h"
#include "store/access.h"
#include "store/run.h"
#include "record/record.h"
#include "task/notify_row.h"

#include "task/notify_bounce.h"

#define MAIL_MAX 262144	/* bytes of one that are looked at */

struct work {
	struct hc_notify_bounce *b;
	char *address;
	struct dirent **names;	/* in new */
	int len;
	bool *done;		/* goes to cur */
	int64_t *persons;	/* whose messages failed */
	size_t npersons;
};

static enum hc_status
fail(struct work *w, const char *what)
{
	enum hc_status rc = errno == ENOENT || errno == ENOTDIR ?
	    HC_NOINPUT : errno == EACCES || errno == EPERM ? HC_DENIED :
	    errno == ENOMEM ? HC_NOMEM : HC_IO;

	return hc_db_fail(w->b->store->db, rc, _("cannot read '%s': %s"),
	    what, strerror(errno));
}

/* Where messages that cannot be delivered are sent back to. */
static enum hc_status
find_address(struct work *w)
{
	const char *stated = w->b->address;
	struct hc_store *store = w->b->store;
	enum hc_status rc = HC_OK;

	if (stated == NULL)
		rc = hc_store_setting(store, "mail_bounce", &w->address);
	if (rc == HC_OK && stated == NULL && w->address == NULL)
		stated = w->b->from;
	if (stated != NULL) {
		w->address = strdup(stated);
		return w->address != NULL ? HC_OK : hc_db_nomem(store->db);
	}
	if (rc == HC_OK && w->address == NULL)
		rc = hc_store_setting(store, "mail_from", &w->address);
	if (rc == HC_OK && w->address == NULL)
		rc = hc_db_fail(store->db, HC_CONFIG, _("the setting '%s' is "
		    "empty; mails need it"), "mail_bounce");
	return rc;
}

static int
is_mail(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static enum hc_status
list_mails(struct work *w)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/new", w->b->maildir);
	w->len = scandir(path, &w->names, is_mail, alphasort);
	if (w->len < 0) {
		w->len = 0;
		return fail(w, path);
	}
	w->done = calloc((size_t)w->len + 1, sizeof(*w->done));
	w->persons = calloc((size_t)w->len + 1, sizeof(*w->persons));
	return w->done != NULL && w->persons != NULL ? HC_OK :
	    hc_db_nomem(w->b->store->db);
}

/* The beginning of a file; HC_NOTFOUND if it is none, or gone. */
static enum hc_status
read_mail(struct work *w, const char *name, struct hc_buf *text)
{
	char path[PATH_MAX], piece[16384];
	enum hc_status rc = HC_OK;
	struct stat st;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/new/%s", w->b->maildir, name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd == -1)
		return errno == ENOENT || errno == ELOOP ? HC_NOTFOUND :
		    fail(w, path);
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode))
		rc = HC_NOTFOUND;
	hc_buf_clear(text);
	while (rc == HC_OK && text->len < MAIL_MAX &&
	    (n = read(fd, piece, sizeof(piece))) != 0) {
		if (n < 0)
			rc = fail(w, path);
		else
			hc_buf_add(text, piece, (size_t)n);
	}
	close(fd);
	return rc == HC_OK && hc_buf_failed(text) ?
	    hc_db_nomem(w->b->store->db) : rc;
}

static enum hc_status
add_failed(struct work *w, const struct hc_row *row, const char *reason)
{
	char id[HC_INT_SIZE];
	const char *cells[] = { hc_int_format(row->id, 0, id),
	    hc_row_value(row, "episode"), hc_row_value(row, "person"),
	    hc_row_value(row, "address"), hc_row_value(row, "day"), reason };
	const char *person = cells[2];

	w->b->failed++;
	if (person != NULL)
		w->persons[w->npersons++] = strtoll(person, NULL, 10);
	if (hc_table_row(w->b->table, cells) != HC_OK)
		return hc_db_nomem(w->b->store->db);
	return HC_OK;
}

/* The message that the bounce names was sent, and has not come back yet. */
static enum hc_status
note_failed(struct work *w, const struct hc_bounce *bounce, bool *ours)
{
	struct hc_store *store = w->b->store;
	struct hc_row *row = NULL;
	const char *state;
	enum hc_status rc;

	*ours = false;
	rc = hc_row_load(store, hc_catalogue_entity(store->catalogue,
	    "message"), hc_store_id(store, bounce->number), &row);
	if (rc != HC_OK)
		return rc == HC_NOTFOUND ? HC_OK : rc;
	state = hc_row_value(row, "state");
	*ours = state != NULL && (strcmp(state, "sent") == 0 ||
	    strcmp(state, "doubtful") == 0);
	if (*ours && hc_row_value(row, "bounced_at") != NULL)
		w->b->known++;
	else if (*ours &&
	    (rc = hc_notify_row_set(store, row, "bounced_at", w->b->now)) ==
	    HC_OK && (bounce->reason[0] == '\0' ||
	    (rc = hc_notify_row_set(store, row, "reply", bounce->reason)) ==
	    HC_OK) && (rc = hc_record_update(store, row)) == HC_OK)
		rc = add_failed(w, row, bounce->reason);
	hc_row_free(row);
	return rc;
}

static enum hc_status
read_all(struct work *w)
{
	struct hc_buf text = HC_BUF_INIT;
	struct hc_bounce bounce;
	enum hc_status rc = HC_OK;
	int i;

	for (i = 0; rc == HC_OK && i < w->len; i++) {
		rc = read_mail(w, w->names[i]->d_name, &text);
		if (rc == HC_NOTFOUND) {
			rc = HC_OK;
			continue;
		}
		if (rc != HC_OK)
			break;
		hc_bounce_read(hc_buf_text(&text), text.len, w->address,
		    &bounce);
		if (bounce.failed && bounce.number > 0)
			rc = note_failed(w, &bounce, &w->done[i]);
		else if (bounce.delayed && bounce.number > 0)
			w->done[i] = ++w->b->delayed > 0;
		w->b->other += !w->done[i];
	}
	hc_buf_free(&text);
	return rc;
}

/* What was read is moved as Maildir readers do. */
static void
move_read(struct work *w)
{
	char from[PATH_MAX], to[PATH_MAX];
	int i, n;

	for (i = 0; i < w->len; i++) {
		if (!w->done[i])
			continue;
		snprintf(from, sizeof(from), "%s/new/%s", w->b->maildir,
		    w->names[i]->d_name);
		n = snprintf(to, sizeof(to), "%s/cur/%s:2,S", w->b->maildir,
		    w->names[i]->d_name);
		/* One that is left there is known the next time. */
		if (n < (int)sizeof(to))
			rename(from, to);
	}
}

static enum hc_status
begin_table(struct hc_notify_bounce *b)
{
	const struct hc_table_column columns[] = {
		{ "message", _("message"), HC_TYPE_REF },
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "person", _("person"), HC_TYPE_REF },
		{ "address", _("e-mail address"), HC_TYPE_EMAIL },
		{ "day", _("day"), HC_TYPE_DATE },
		{ "reason", _("mail server's words"), HC_TYPE_TEXT },
	};

	return hc_table_new(&b->table, columns, 6) == HC_OK ? HC_OK :
	    hc_db_nomem(b->store->db);
}

enum hc_status
hc_notify_bounce_read(struct hc_notify_bounce *b)
{
	struct work w = { .b = b };
	struct hc_store *store = b->store;
	enum hc_status rc;

	if ((rc = begin_table(b)) == HC_OK &&
	    (rc = find_address(&w)) == HC_OK &&
	    (rc = list_mails(&w)) == HC_OK &&
	    (rc = hc_run_begin(store, N_("mails that came back"))) == HC_OK) {
		rc = read_all(&w);
		if (rc == HC_OK && !b->dry_run)
			rc = hc_run_commit(store, NULL);
		else
			hc_run_rollback(store);
	}
	if (rc == HC_OK && !b->dry_run)
		move_read(&w);
	if (rc == HC_OK && w.npersons > 0)
		rc = hc_access_note(store, "person", w.persons, w.npersons);
	while (w.len > 0)
		free(w.names[--w.len]);
	free(w.names);
	free(w.done);
	free(w.persons);
	free(w.address);
	return rc;
}
