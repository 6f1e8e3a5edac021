/* Opening, checking and storing the answers of the form machine. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/seal.h"
#include "record/check.h"
#include "record/record.h"
#include "record/value.h"
#include "task/keys.h"

#include "task/collect.h"

#define PER_LINK 30		/* reports of one link, at most */
#define AHEAD 86400		/* seconds that its clock may be fast */
#define REFUSED_MAX (64 << 20)	/* bytes of the file of refused answers */

static const char reports_sql[] =
	"SELECT id, submission FROM observation WHERE office = :office"
	" AND invitation = :invitation AND episode = :episode ORDER BY id";

static const char items_sql[] =
	"SELECT name FROM form_item WHERE office = :office AND form = :form";

static const char form_sql[] =
	"SELECT entity FROM form WHERE office = :office AND name = :form";

struct hc_collect {
	struct hc_store *store;
	const struct hc_expr_clock *clock;
	struct hc_keys keys;
	struct hc_check *check;
	struct hc_value_rule rule;
	const struct hc_entity *observation, *invitation;
	struct hc_stmt *reports, *items, *form;
	struct hc_buf refused;		/* rows for DB.refused */
};

/* One answer as it came, and what was found in it. */
struct answer {
	struct hc_collect_item *item;
	char *link, *sealed;
	struct hc_json *json;
	const char *at;			/* the JSON's own */
	struct hc_row *invitation;
};

const struct hc_table_word hc_collect_states[] = {
	[HC_COLLECT_STORED] = { "stored", N_("stored") },
	[HC_COLLECT_BEFORE] = { "stored-before", N_("stored before") },
	[HC_COLLECT_LATE] = { "late", N_("too late") },
	[HC_COLLECT_UNKNOWN] = { "unknown", N_("unknown link") },
	[HC_COLLECT_BAD] = { "bad", N_("bad") },
	{ NULL, NULL }
};

const char *
hc_collect_state_name(enum hc_collect_state state)
{
	return hc_collect_states[state].code;
}

static enum hc_status
load_keys(struct hc_collect *c)
{
	struct hc_error *err = hc_db_error_buffer(c->store->db);
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc;

	if ((rc = hc_keys_path(hc_db_path(c->store->db), &path, err)) ==
	    HC_OK)
		rc = hc_keys_load(hc_buf_text(&path), &c->keys, err);
	hc_buf_free(&path);
	return rc;
}

enum hc_status
hc_collect_new(struct hc_collect **collect, struct hc_store *store,
    const struct hc_expr_clock *clock)
{
	struct hc_collect *c;
	enum hc_status rc;

	if ((*collect = c = calloc(1, sizeof(*c))) == NULL)
		return hc_db_nomem(store->db);
	c->store = store;
	c->clock = clock;
	c->observation = hc_catalogue_entity(store->catalogue, "observation");
	c->invitation = hc_catalogue_entity(store->catalogue, "invitation");
	hc_value_rule_plain(&c->rule, store->office, clock->today,
	    clock->zone);
	if ((rc = load_keys(c)) != HC_OK ||
	    (rc = hc_stmt_new(&c->reports, store->db, reports_sql)) !=
	    HC_OK ||
	    (rc = hc_stmt_new(&c->items, store->db, items_sql)) != HC_OK ||
	    (rc = hc_stmt_new(&c->form, store->db, form_sql)) != HC_OK)
		return rc;
	return hc_check_new(&c->check, store, c->observation);
}

void
hc_collect_free(struct hc_collect *c)
{
	if (c == NULL)
		return;
	hc_seal_wipe(&c->keys, sizeof(c->keys));
	hc_check_free(c->check);
	hc_stmt_free(c->reports);
	hc_stmt_free(c->items);
	hc_stmt_free(c->form);
	hc_buf_free(&c->refused);
	free(c);
}

/* The answer is no good; why, is for IT staff. */
static enum hc_status
bad(struct answer *a, const char *why)
{
	a->item->state = HC_COLLECT_BAD;
	snprintf(a->item->why, sizeof(a->item->why), "%s", why);
	return HC_INVALID;
}

static enum hc_status
open_box(struct hc_collect *c, struct answer *a)
{
	struct hc_buf box = HC_BUF_INIT, text = HC_BUF_INIT;
	struct hc_error err = { "" };
	enum hc_status rc;

	if ((rc = hc_base64_parse(a->sealed, &box)) == HC_INVALID)
		rc = bad(a, _("no sealed box"));
	else if (rc == HC_OK && (rc = hc_seal_open(&text, box.data, box.len,
	    c->keys.public_key, c->keys.secret_key)) == HC_INVALID)
		rc = bad(a, _("not sealed for this office's key, or "
		    "damaged"));
	if (rc == HC_OK && (rc = hc_json_parse(&a->json, hc_buf_text(&text),
	    text.len, &err)) == HC_INVALID)
		rc = bad(a, _("the sealed text is no JSON"));
	if (text.data != NULL)
		hc_seal_wipe(text.data, text.len);
	hc_buf_free(&box);
	hc_buf_free(&text);
	return rc == HC_NOMEM ? hc_db_nomem(c->store->db) : rc;
}

static bool
same(const struct hc_json *json, const char *key, const char *text)
{
	const char *value = hc_json_text(hc_json_get(json, key));

	return value != NULL && text != NULL && strcmp(value, text) == 0;
}

/* What stands outside of the box must stand inside too. */
static enum hc_status
check_envelope(struct hc_collect *c, struct answer *a)
{
	unsigned char id[16], hash[32];
	int64_t at, now;

	if (!same(a->json, "submission", a->item->answer) ||
	    hc_hex_parse(a->item->answer, id, sizeof(id)) != HC_OK)
		return bad(a, _("its number is not the one inside"));
	if (!same(a->json, "link", a->link) ||
	    hc_hex_parse(a->link, hash, sizeof(hash)) != HC_OK)
		return bad(a, _("its link is not the one inside"));
	a->at = hc_json_text(hc_json_get(a->json, "at"));
	if (a->at == NULL || strlen(a->at) != 20 ||
	    hc_instant_parse(a->at, &at) != HC_OK)
		return bad(a, _("it has no time"));
	if (hc_instant_parse(c->clock->now, &now) == HC_OK &&
	    at > now + AHEAD)
		return bad(a, _("its time lies in the future"));
	return HC_OK;
}

static enum hc_status
find_invitation(struct hc_collect *c, struct answer *a)
{
	const char *names[] = { "hash", NULL }, *values[] = { a->link };
	const char *opens, *expires;
	enum hc_status rc;

	rc = hc_record_find(c->store, c->invitation, names, values,
	    &a->invitation);
	if (rc == HC_NOTFOUND) {
		a->item->state = HC_COLLECT_UNKNOWN;
		return HC_INVALID;
	}
	if (rc != HC_OK)
		return rc;
	opens = hc_row_value(a->invitation, "opens_at");
	expires = hc_row_value(a->invitation, "expires_at");
	if (opens != NULL && strcmp(a->at, opens) < 0)
		return bad(a, _("older than its link"));
	if (expires != NULL && strcmp(a->at, expires) > 0) {
		a->item->state = HC_COLLECT_LATE;
		return HC_INVALID;
	}
	return HC_OK;
}

/* Only forms that ask for reports are collected here. */
static enum hc_status
check_form(struct hc_collect *c, struct answer *a)
{
	const char *form = hc_row_value(a->invitation, "form");
	const char *entity;
	enum hc_status rc;
	bool good;

	if (!same(a->json, "form", form))
		return bad(a, _("it is of another form than its link"));
	if ((rc = hc_stmt_text(c->form, ":form", form)) != HC_OK)
		return rc;
	rc = hc_stmt_next(c->form);
	entity = rc == HC_OK ? hc_stmt_get_text(c->form, 0) : NULL;
	good = entity != NULL && strcmp(entity, "observation") == 0;
	hc_stmt_reset(c->form);
	if (rc != HC_OK && rc != HC_NOTFOUND)
		return rc;
	return good ? HC_OK : bad(a, _("its form asks for no health report"));
}

static enum hc_status
read_value(struct hc_collect *c, struct answer *a, struct hc_row *row,
    const char *name, const char *text)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);
	struct hc_buf value = HC_BUF_INIT;
	struct hc_error err = { "" };
	enum hc_status rc;

	if (f == NULL || f->retired)
		return HC_OK;	/* taken away since the form was sent */
	rc = hc_value_read(f, &c->rule, text, &value, &err);
	if (rc == HC_OK)
		rc = hc_value_check(f, c->clock->today, hc_buf_text(&value),
		    &err);
	if (rc == HC_OK)
		rc = hc_row_set(row, f, hc_buf_text(&value));
	hc_buf_free(&value);
	if (rc == HC_NOTFOUND)
		return HC_OK;
	if (rc == HC_NOMEM)
		return hc_db_nomem(c->store->db);
	return rc == HC_OK ? HC_OK : bad(a, err.text);
}

/* The items of the form, and nothing else, are taken from the values. */
static enum hc_status
read_values(struct hc_collect *c, struct answer *a,
    const struct hc_json *values, struct hc_row *row)
{
	const struct hc_json *v;
	enum hc_status rc;
	size_t taken = 0;

	rc = hc_stmt_text(c->items, ":form",
	    hc_row_value(a->invitation, "form"));
	while (rc == HC_OK && (rc = hc_stmt_next(c->items)) == HC_OK) {
		v = hc_json_get(values, hc_stmt_get_text(c->items, 0));
		if (v == NULL)
			continue;
		taken++;
		if (hc_json_text(v) == NULL)
			rc = bad(a, _("a value that is no text"));
		else
			rc = read_value(c, a, row, hc_stmt_get_text(c->items,
			    0), hc_json_text(v));
	}
	hc_stmt_reset(c->items);
	if (rc == HC_NOTFOUND)
		rc = taken == hc_json_size(values) && taken > 0 ? HC_OK :
		    bad(a, _("values that the form does not ask for"));
	return rc;
}

static enum hc_status
set(struct hc_collect *c, struct hc_row *row, const char *name,
    const char *text)
{
	const struct hc_field *f = hc_catalogue_field(row->entity, name);

	if (f == NULL)
		return hc_db_fail(c->store->db, HC_CONFIG,
		    _("the catalogue has no '%s' of '%s'"), name,
		    row->entity->name);
	return hc_row_set(row, f, text) == HC_OK ? HC_OK :
	    hc_db_nomem(c->store->db);
}

/* Is it there already; which earlier answer of the link does it amend? */
static enum hc_status
find_earlier(struct hc_collect *c, struct answer *a, int64_t episode,
    int64_t *amends, bool *before)
{
	enum hc_status rc;
	int n = 0;

	*amends = 0;
	*before = false;
	if ((rc = hc_stmt_int(c->reports, ":invitation",
	    a->invitation->id)) != HC_OK ||
	    (rc = hc_stmt_int(c->reports, ":episode", episode)) != HC_OK)
		return rc;
	while ((rc = hc_stmt_next(c->reports)) == HC_OK) {
		n++;
		*amends = hc_stmt_get_int(c->reports, 0);
		if (!hc_stmt_is_null(c->reports, 1) &&
		    strcmp(hc_stmt_get_text(c->reports, 1),
		    a->item->answer) == 0)
			*before = true;
	}
	if (rc == HC_NOTFOUND && n >= PER_LINK && !*before)
		return bad(a, _("too many answers on one link"));
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
fill(struct hc_collect *c, struct answer *a, struct hc_row *row,
    int64_t amends)
{
	char invitation[24], earlier[24] = "";
	const char *slot = hc_row_value(a->invitation, "slot");
	enum hc_status rc;

	snprintf(invitation, sizeof(invitation), "%" PRId64,
	    a->invitation->id);
	if (amends != 0)
		snprintf(earlier, sizeof(earlier), "%" PRId64, amends);
	if ((rc = set(c, row, "day", hc_row_value(a->invitation, "day"))) !=
	    HC_OK || (rc = set(c, row, "slot", slot != NULL ? slot : "1")) !=
	    HC_OK || (rc = set(c, row, "at", a->at)) != HC_OK ||
	    (rc = set(c, row, "via", "web")) != HC_OK ||
	    (rc = set(c, row, "invitation", invitation)) != HC_OK ||
	    (rc = set(c, row, "amends", earlier)) != HC_OK)
		return rc;
	return set(c, row, "submission", a->item->answer);
}

/* The report of one episode; ${before} if it is there already. */
static enum hc_status
make_report(struct hc_collect *c, struct answer *a, const char *episode,
    const struct hc_json *values, struct hc_row **out)
{
	struct hc_row *row = NULL;
	enum hc_status rc;
	int64_t amends;
	bool before;

	*out = NULL;
	if ((rc = find_earlier(c, a, strtoll(episode, NULL, 10), &amends,
	    &before)) != HC_OK || before)
		return rc;
	if (hc_row_new(&row, c->observation) != HC_OK)
		return hc_db_nomem(c->store->db);
	if ((rc = read_values(c, a, values, row)) == HC_OK &&
	    (rc = set(c, row, "episode", episode)) == HC_OK &&
	    (rc = fill(c, a, row, amends)) == HC_OK &&
	    (rc = hc_check_row(c->check, row, c->clock, NULL, NULL)) ==
	    HC_INVALID)
		rc = bad(a, hc_store_error(c->store));
	if (rc == HC_OK)
		*out = row;
	else
		hc_row_free(row);
	return rc;
}

#define MEMBERS 12

/* Who answers on the link, and each one's values. */
struct members {
	char episode[MEMBERS][24];
	const struct hc_json *values[MEMBERS];
	size_t len;
};

/* A family's rows are called A, B, ... in the order of its members. */
static enum hc_status
find_family(struct answer *a, const char *list, struct members *m)
{
	const struct hc_json *rows = hc_json_get(a->json, "rows"), *v;
	char name[2] = "A";
	size_t n = 0, len;

	for (; *list != '\0' && name[0] < 'A' + MEMBERS; name[0]++) {
		len = strcspn(list, ";");
		if ((v = hc_json_get(rows, name)) != NULL) {
			snprintf(m->episode[m->len], sizeof(m->episode[0]),
			    "%.*s", (int)len, list);
			m->values[m->len++] = v;
		}
		n++;
		list += len + (list[len] == ';');
	}
	return m->len > 0 && m->len == hc_json_size(rows) ? HC_OK :
	    bad(a, _("rows that the link does not have"));
}

static enum hc_status
find_members(struct answer *a, struct members *m)
{
	const char *list = hc_row_value(a->invitation, "members");
	const char *episode = hc_row_value(a->invitation, "episode");

	m->len = 0;
	if (list != NULL)
		return find_family(a, list, m);
	m->values[0] = hc_json_get(a->json, "values");
	if (episode == NULL || !hc_json_is_object(m->values[0]))
		return bad(a, _("it holds no values"));
	snprintf(m->episode[0], sizeof(m->episode[0]), "%s", episode);
	m->len = 1;
	return HC_OK;
}

static enum hc_status
note_answered(struct hc_collect *c, struct answer *a)
{
	const char *last = hc_row_value(a->invitation, "answered_at");
	enum hc_status rc;

	if (last != NULL && strcmp(last, a->at) >= 0)
		return HC_OK;
	if ((rc = set(c, a->invitation, "answered_at", a->at)) != HC_OK ||
	    (rc = set(c, a->invitation, "state", "answered")) != HC_OK)
		return rc;
	return hc_record_update(c->store, a->invitation);
}

/* What fails once writing has begun fails the run, not one answer. */
static enum hc_status
written(enum hc_status rc)
{
	return rc == HC_INVALID ? HC_ERROR : rc;
}

/* All members' reports are made before any is written. */
static enum hc_status
store_answer(struct hc_collect *c, struct answer *a)
{
	struct hc_row *rows[MEMBERS] = { NULL };
	struct members m;
	enum hc_status rc;
	size_t i, made = 0;

	if ((rc = find_members(a, &m)) != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < m.len; i++) {
		rc = make_report(c, a, m.episode[i], m.values[i], &rows[i]);
		made += rows[i] != NULL;
	}
	for (i = 0; rc == HC_OK && i < m.len; i++)
		if (rows[i] != NULL)
			rc = written(hc_record_insert(c->store, rows[i]));
	if (rc == HC_OK && (rc = written(note_answered(c, a))) == HC_OK)
		a->item->state = made > 0 ? HC_COLLECT_STORED :
		    HC_COLLECT_BEFORE;
	for (i = 0; i < m.len; i++)
		hc_row_free(rows[i]);
	return rc;
}

static void
keep_apart(struct hc_collect *c, const struct answer *a)
{
	hc_buf_printf(&c->refused, "%s\t%s\t%s\t", c->clock->now,
	    hc_collect_state_name(a->item->state), a->item->answer);
	hc_tsv_escape(&c->refused, a->link != NULL ? a->link : "");
	hc_buf_putc(&c->refused, '\t');
	hc_tsv_escape(&c->refused, a->sealed != NULL ? a->sealed : "");
	hc_buf_putc(&c->refused, '\n');
}

/* HC_INVALID of a step means that the answer is done with. */
static enum hc_status
take_answer(struct hc_collect *c, struct answer *a)
{
	enum hc_status rc = HC_OK;

	a->item->state = HC_COLLECT_BAD;	/* until it is known better */
	a->item->why[0] = '\0';
	if (a->link == NULL || a->sealed == NULL)
		rc = bad(a, _("a column is empty"));
	if (rc == HC_OK && (rc = open_box(c, a)) == HC_OK &&
	    (rc = check_envelope(c, a)) == HC_OK &&
	    (rc = find_invitation(c, a)) == HC_OK &&
	    (rc = check_form(c, a)) == HC_OK)
		rc = store_answer(c, a);
	if (rc == HC_INVALID) {
		keep_apart(c, a);
		rc = HC_OK;
	}
	hc_json_free(a->json);
	a->json = NULL;
	hc_row_free(a->invitation);
	a->invitation = NULL;
	return rc;
}

/* Append to DB.refused, durably, before anybody is told. */
static enum hc_status
write_refused(struct hc_collect *c)
{
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	int fd = -1;

	if (c->refused.len == 0)
		return HC_OK;
	hc_buf_printf(&path, "%s.refused", hc_db_path(c->store->db));
	if (hc_buf_failed(&path) || hc_buf_failed(&c->refused)) {
		rc = hc_db_nomem(c->store->db);
		goto out;
	}
	fd = open(hc_buf_text(&path), O_RDWR | O_APPEND | O_CREAT |
	    O_CLOEXEC | O_NOFOLLOW, 0660);
	if (fd == -1 || lseek(fd, 0, SEEK_END) > REFUSED_MAX ||
	    hc_file_append(fd, c->refused.data, c->refused.len) == -1 ||
	    fsync(fd) == -1 || hc_file_sync_folder(hc_buf_text(&path)) == -1)
		rc = hc_db_fail(c->store->db, HC_IO, _("cannot keep refused "
		    "answers in '%s': it is full or cannot be written; look "
		    "at it and move it away"), hc_buf_text(&path));
out:
	if (fd != -1)
		close(fd);
	hc_buf_free(&path);
	return rc;
}

static char *
copy(const char *text)
{
	return text != NULL ? strdup(text) : NULL;
}

/* Rows into memory, so that no lock is held while a network is slow. */
static enum hc_status
read_rows(struct hc_collect *c, struct hc_tsv_reader *rows,
    struct answer *answers, size_t *len)
{
	int id = hc_tsv_column(rows, "answer");
	int link = hc_tsv_column(rows, "link");
	int sealed = hc_tsv_column(rows, "sealed");
	enum hc_status rc = HC_OK;
	struct answer *a;

	if (hc_tsv_columns(rows) > 0 && (id < 0 || link < 0 || sealed < 0))
		return hc_db_fail(c->store->db, HC_INVALID, _("the columns "
		    "answer, link and sealed of 'hc-form take' are "
		    "missing"));
	while (*len < HC_COLLECT_BATCH && (rc = hc_tsv_next(rows)) == HC_OK) {
		a = &answers[(*len)++];
		snprintf(a->item->answer, sizeof(a->item->answer), "%s",
		    hc_tsv_get(rows, id) != NULL ? hc_tsv_get(rows, id) : "");
		a->link = copy(hc_tsv_get(rows, link));
		a->sealed = copy(hc_tsv_get(rows, sealed));
	}
	if (rc != HC_OK && rc != HC_NOTFOUND)
		return hc_db_fail(c->store->db, rc, "%s",
		    hc_tsv_error(rows));
	return *len > 0 ? HC_OK : HC_NOTFOUND;
}

static enum hc_status
run(struct hc_collect *c, struct answer *answers, size_t len, bool dry_run)
{
	enum hc_status rc;
	size_t i;

	hc_buf_clear(&c->refused);
	if ((rc = hc_run_begin(c->store, N_("answers of the form"))) != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < len; i++)
		rc = take_answer(c, &answers[i]);
	if (rc == HC_OK && !dry_run)
		rc = write_refused(c);
	if (rc != HC_OK || dry_run)
		hc_run_rollback(c->store);
	else
		rc = hc_run_commit(c->store, NULL);
	return rc;
}

enum hc_status
hc_collect_batch(struct hc_collect *c, struct hc_tsv_reader *rows,
    bool dry_run, struct hc_collect_item *items, size_t *len)
{
	struct answer *answers;
	enum hc_status rc;
	size_t i;

	*len = 0;
	answers = calloc(HC_COLLECT_BATCH, sizeof(*answers));
	if (answers == NULL)
		return hc_db_nomem(c->store->db);
	for (i = 0; i < HC_COLLECT_BATCH; i++)
		answers[i].item = &items[i];
	rc = read_rows(c, rows, answers, len);
	if (rc == HC_OK)
		rc = run(c, answers, *len, dry_run);
	if (rc != HC_OK)
		*len = 0;
	for (i = 0; i < HC_COLLECT_BATCH; i++) {
		free(answers[i].link);
		free(answers[i].sealed);
	}
	free(answers);
	return rc;
}
