/*
 * Writing messages into the outbox.
 *
 * All input is read before the run begins, so that no lock is held while
 * another program still thinks about its next row.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/email.h"
#include "base/i18n.h"
#include "base/seal.h"
#include "record/record.h"
#include "task/keys.h"
#include "task/notify_letter.h"
#include "task/notify_row.h"
#include "task/token.h"

#include "task/notify_send.h"

#define SHARED_MAX 6	/* persons that one address may serve */
#define LONG_DAYS 7	/* that questions without a round stay open */

/* One row of the input. */
struct ask {
	int64_t episode, test;	/* test: 0 for none */
	int slot;
	char day[HC_DATE_SIZE];
	char until[HC_DATE_SIZE];	/* "" for none */
};

/* What the record says of an episode. */
struct addressee {
	bool found, open, mail_ok;
	int64_t person;
	char *email, *language;
	char until[HC_DATE_SIZE];
};

struct sending {
	struct hc_store *store;
	const struct hc_notify_send_options *o;
	const char *form;	/* of the purpose, NULL: no link */
	const char *invite;	/* purpose of its invitation */
	struct hc_keys keys;
	struct hc_buf domain;
	char *cutoff;		/* "12:00,18:00": a time for each slot */
	int offset, grace;
	int64_t now;
	struct ask *asks;
	size_t len, room;
	struct hc_stmt *find, *known, *known_test, *shared, *invited;
	struct hc_table *refused;
	struct hc_notify_send_count *count;
};

static enum hc_status
set_purpose(struct sending *s)
{
	static const struct {
		const char *purpose, *form, *invite;
	} purposes[] = {
		{ "daily", "daily", "daily" },
		{ "reminder", "daily", "daily" },
		{ "investigation", "investigation", "investigation" },
		{ "result", NULL, NULL },
		{ "end", NULL, NULL },
	};
	size_t i;

	for (i = 0; i < sizeof(purposes) / sizeof(purposes[0]); i++)
		if (strcmp(purposes[i].purpose, s->o->purpose) == 0) {
			s->form = purposes[i].form;
			s->invite = purposes[i].invite;
			return HC_OK;
		}
	return hc_db_fail(s->store->db, HC_INVALID,
	    _("'%s' is no purpose of a mail: daily, reminder, result, end, "
	    "investigation"), s->o->purpose);
}

/* ---- The input ---- */

static bool
read_number(const char *text, int64_t *out)
{
	char *end;

	*out = 0;
	if (text == NULL)
		return true;
	if (text[0] < '0' || text[0] > '9' || strlen(text) > 15)
		return false;
	*out = strtoll(text, &end, 10);
	return *end == '\0';
}

static bool
read_day(const char *text, const char *otherwise, char out[HC_DATE_SIZE])
{
	int32_t date;

	if (text == NULL)
		text = otherwise;
	if (text[0] != '\0' && hc_date_parse_iso(text, &date) != HC_OK)
		return false;
	snprintf(out, HC_DATE_SIZE, "%s", text);
	return true;
}

static enum hc_status
read_row(struct sending *s, struct hc_tsv_reader *in, struct ask *ask)
{
	const char *name = "episode", *text;
	int64_t slot;

	text = hc_tsv_get(in, hc_tsv_column(in, name));
	if (text == NULL || !read_number(text, &ask->episode))
		goto wrong;
	ask->episode = hc_store_id(s->store, ask->episode);
	text = hc_tsv_get(in, hc_tsv_column(in, name = "test"));
	if (!read_number(text, &ask->test))
		goto wrong;
	if (text != NULL)
		ask->test = hc_store_id(s->store, ask->test);
	text = hc_tsv_get(in, hc_tsv_column(in, name = "slot"));
	if (!read_number(text, &slot) || slot > 9)
		goto wrong;
	ask->slot = slot > 0 ? (int)slot : 1;
	text = hc_tsv_get(in, hc_tsv_column(in, name = "day"));
	if (!read_day(text, s->o->today, ask->day))
		goto wrong;
	text = hc_tsv_get(in, hc_tsv_column(in, name = "until"));
	if (!read_day(text, "", ask->until))
		goto wrong;
	return HC_OK;
wrong:
	return hc_db_fail(s->store->db, HC_INVALID,
	    _("-:%lu: '%s' does not fit the column '%s'"), hc_tsv_line(in),
	    text != NULL ? text : "", name);
}

static enum hc_status
read_input(struct sending *s, struct hc_tsv_reader *in)
{
	struct ask *grown;
	enum hc_status rc;

	if (hc_tsv_columns(in) == 0)
		return HC_OK;
	if (hc_tsv_column(in, "episode") == -1)
		return hc_db_fail(s->store->db, HC_INVALID,
		    _("the input has no column 'episode'"));
	while ((rc = hc_tsv_next(in)) == HC_OK) {
		if (s->len == s->room) {
			s->room = s->room > 0 ? s->room * 2 : 256;
			grown = realloc(s->asks, s->room * sizeof(*grown));
			if (grown == NULL)
				return hc_db_nomem(s->store->db);
			s->asks = grown;
		}
		rc = read_row(s, in, &s->asks[s->len]);
		if (rc != HC_OK)
			return rc;
		s->len++;
	}
	return rc == HC_NOTFOUND ? HC_OK :
	    hc_db_fail(s->store->db, rc, "%s", hc_tsv_error(in));
}

/* ---- What is known ---- */

static enum hc_status
prepare(struct sending *s)
{
	static const char find_sql[] =
	    "SELECT e.person, e.status, coalesce(e.no_mail, 0),"
	    " coalesce(p.mail_ok, 1), p.email, p.language, e.observe_until"
	    " FROM episode e JOIN person p"
	    " ON p.id = e.person AND p.office = :office"
	    " WHERE e.id = :episode AND e.office = :office";
	static const char known_sql[] =
	    "SELECT id FROM message WHERE office = :office"
	    " AND purpose = :purpose AND episode = :episode"
	    " AND day = :day AND slot = :slot";
	static const char known_test_sql[] =
	    "SELECT id FROM message WHERE office = :office"
	    " AND purpose = :purpose AND test = :test";
	static const char shared_sql[] =
	    "SELECT count(*) FROM (SELECT 1 FROM person"
	    " WHERE office = :office AND email = :email"
	    " AND merged_into IS NULL LIMIT 7) AS t";
	static const char invited_sql[] =
	    "SELECT id, state FROM invitation WHERE office = :office"
	    " AND purpose = :purpose AND episode = :episode"
	    " AND day = :day AND slot = :slot";
	struct hc_db *db = s->store->db;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&s->find, db, find_sql)) != HC_OK ||
	    (rc = hc_stmt_new(&s->known, db, known_sql)) != HC_OK ||
	    (rc = hc_stmt_new(&s->known_test, db, known_test_sql)) != HC_OK ||
	    (rc = hc_stmt_new(&s->shared, db, shared_sql)) != HC_OK)
		return rc;
	return hc_stmt_new(&s->invited, db, invited_sql);
}

static enum hc_status
copy_text(struct sending *s, int column, char **out)
{
	const char *text = hc_stmt_get_text(s->find, column);

	*out = NULL;
	if (text != NULL && (*out = strdup(text)) == NULL)
		return hc_db_nomem(s->store->db);
	return HC_OK;
}

static enum hc_status
find_addressee(struct sending *s, const struct ask *ask,
    struct addressee *to)
{
	struct hc_stmt *st = s->find;
	enum hc_status rc;
	const char *text;

	memset(to, 0, sizeof(*to));
	if ((rc = hc_stmt_int(st, ":episode", ask->episode)) != HC_OK)
		return rc;
	if ((rc = hc_stmt_next(st)) == HC_NOTFOUND)
		return HC_OK;
	if (rc != HC_OK)
		return rc;
	to->found = true;
	to->person = hc_stmt_get_int(st, 0);
	text = hc_stmt_get_text(st, 1);
	to->open = text != NULL && strcmp(text, "open") == 0;
	to->mail_ok = hc_stmt_get_int(st, 2) == 0 &&
	    hc_stmt_get_int(st, 3) != 0;
	if ((rc = copy_text(s, 4, &to->email)) == HC_OK)
		rc = copy_text(s, 5, &to->language);
	text = hc_stmt_get_text(st, 6);
	snprintf(to->until, sizeof(to->until), "%s", ask->until[0] != '\0' ?
	    ask->until : text != NULL ? text : "");
	hc_stmt_reset(st);
	return rc;
}

/* Purpose, episode, day and slot of a round. */
static enum hc_status
bind_round(struct hc_stmt *st, const char *purpose, const struct ask *ask)
{
	enum hc_status rc;

	if ((rc = hc_stmt_text(st, ":purpose", purpose)) != HC_OK ||
	    (rc = hc_stmt_int(st, ":episode", ask->episode)) != HC_OK ||
	    (rc = hc_stmt_text(st, ":day", ask->day)) != HC_OK)
		return rc;
	return hc_stmt_int(st, ":slot", ask->slot);
}

/* HC_OK if there is such a message, HC_NOTFOUND if not. */
static enum hc_status
find_known(struct sending *s, const struct ask *ask)
{
	struct hc_stmt *st = s->known;
	enum hc_status rc;

	rc = bind_round(st, s->o->purpose, ask);
	if (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_NOTFOUND &&
	    ask->test != 0) {
		st = s->known_test;
		if ((rc = hc_stmt_text(st, ":purpose", s->o->purpose)) ==
		    HC_OK &&
		    (rc = hc_stmt_int(st, ":test", ask->test)) == HC_OK)
			rc = hc_stmt_next(st);
	}
	hc_stmt_reset(st);
	return rc;
}

/* Does the address serve more than a family? */
static enum hc_status
find_shared(struct sending *s, const char *email, bool *shared)
{
	enum hc_status rc;

	if ((rc = hc_stmt_text(s->shared, ":email", email)) == HC_OK &&
	    (rc = hc_stmt_next(s->shared)) == HC_OK)
		*shared = hc_stmt_get_int(s->shared, 0) > SHARED_MAX;
	hc_stmt_reset(s->shared);
	return rc;
}

/* ---- Who is not written to ---- */

enum reason { NONE, NO_EPISODE, CLOSED, NO_ADDRESS, MAIL_OFF, BAD_ADDRESS,
    SHARED_ADDRESS, ANSWERED };

static const struct hc_table_word reasons[] = {
	{ "", "" },
	{ "no_episode", N_("there is no such episode") },
	{ "closed", N_("the episode is not open") },
	{ "no_address", N_("no mail address is known") },
	{ "mail_off", N_("does not want mail") },
	{ "bad_address", N_("no mail can be sent to this address") },
	{ "shared_address", N_("more than 6 persons have this address") },
	{ "answered", N_("has answered already") },
	{ NULL, NULL }
};

static enum hc_status
refuse(struct sending *s, const struct ask *ask, enum reason reason,
    const char *note)
{
	const char *cells[4];
	char episode[24];

	snprintf(episode, sizeof(episode), "%lld", (long long)ask->episode);
	cells[0] = episode;
	cells[1] = "refused";
	cells[2] = reasons[reason].code;
	cells[3] = note != NULL ? note : _(reasons[reason].label);
	s->count->refused++;
	if (hc_table_row(s->refused, cells) != HC_OK)
		return hc_db_nomem(s->store->db);
	return HC_OK;
}

/* ${reason} is NONE if they can be written to, at ${address}. */
static enum hc_status
judge(struct sending *s, const struct addressee *to, struct hc_buf *address,
    enum reason *reason, struct hc_error *err)
{
	bool shared = false;
	enum hc_status rc;

	*reason = NONE;
	if (!to->found)
		*reason = NO_EPISODE;
	else if (!to->open && strcmp(s->o->purpose, "end") != 0 &&
	    strcmp(s->o->purpose, "result") != 0)
		*reason = CLOSED;
	else if (to->email == NULL)
		*reason = NO_ADDRESS;
	else if (!to->mail_ok)
		*reason = MAIL_OFF;
	if (*reason != NONE)
		return HC_OK;
	if ((rc = hc_email_check(address, to->email, err)) == HC_NOMEM)
		return hc_db_nomem(s->store->db);
	if (rc != HC_OK) {
		*reason = BAD_ADDRESS;
		return HC_OK;
	}
	rc = find_shared(s, to->email, &shared);
	if (shared)
		*reason = SHARED_ADDRESS;
	return rc;
}

/* ---- Writing ---- */

/* The end of the link's time: the round's cut-off and some grace. */
static enum hc_status
set_expiry(struct sending *s, const struct ask *ask, struct hc_row *row)
{
	const char *time = s->cutoff != NULL ? s->cutoff : "12:00";
	char one[16];
	int32_t date = 0;
	int i, minute;

	if (strcmp(s->invite, "daily") != 0)
		return hc_notify_row_instant(s->store, row, "expires_at",
		    s->now + LONG_DAYS * INT64_C(86400));
	for (i = 1; i < ask->slot && strchr(time, ',') != NULL; i++)
		time = strchr(time, ',') + 1;
	snprintf(one, sizeof(one), "%.*s", (int)strcspn(time, ","), time);
	if (hc_time_read(one, &minute, NULL) != HC_OK)
		return hc_db_fail(s->store->db, HC_CONFIG,
		    _("setting '%s' is '%s', not a time of day"),
		    "cutoff_time", s->cutoff);
	if (hc_date_parse_iso(ask->day, &date) != HC_OK)
		return HC_ERROR;
	return hc_notify_row_instant(s->store, row, "expires_at",
	    hc_instant_make(date, minute, s->offset) + s->grace * 3600);
}

/* 16 hexadecimal digits that nobody can guess and none had before. */
static enum hc_status
add_random(struct sending *s, struct hc_buf *out)
{
	unsigned char random[8];

	if (hc_seal_random(random, sizeof(random)) != HC_OK)
		return hc_db_fail(s->store->db, HC_ERROR,
		    _("the system gives no random bytes"));
	hc_hex_format(out, random, sizeof(random));
	return hc_buf_failed(out) ? hc_db_nomem(s->store->db) : HC_OK;
}

static enum hc_status
set_hash(struct sending *s, struct hc_row *row)
{
	unsigned char token[HC_TOKEN_SIZE], hash[HC_TOKEN_HASH];
	struct hc_buf hex = HC_BUF_INIT, nonce = HC_BUF_INIT;
	enum hc_status rc;

	if ((rc = add_random(s, &nonce)) == HC_OK)
		rc = hc_notify_row_set(s->store, row, "nonce",
		    hc_buf_text(&nonce));
	if (rc != HC_OK) {
		hc_buf_free(&nonce);
		return rc;
	}
	hc_token_make(token, s->keys.link, row->id, hc_buf_text(&nonce));
	hc_buf_free(&nonce);
	hc_token_hash(hash, token);
	hc_hex_format(&hex, hash, sizeof(hash));
	hc_seal_wipe(token, sizeof(token));
	rc = hc_buf_failed(&hex) ? hc_db_nomem(s->store->db) :
	    hc_notify_row_set(s->store, row, "hash", hc_buf_text(&hex));
	hc_buf_free(&hex);
	return rc;
}

/* What messages and invitations have in common. */
static enum hc_status
set_round(struct sending *s, const struct ask *ask,
    const struct addressee *to, struct hc_row *row)
{
	struct hc_store *store = s->store;
	enum hc_status rc;

	if ((rc = hc_run_number(store, row->entity->name, &row->id)) !=
	    HC_OK ||
	    (rc = hc_notify_row_int(store, row, "person", to->person)) !=
	    HC_OK ||
	    (rc = hc_notify_row_int(store, row, "episode", ask->episode)) !=
	    HC_OK ||
	    (rc = hc_notify_row_set(store, row, "day", ask->day)) != HC_OK ||
	    (rc = hc_notify_row_int(store, row, "slot", ask->slot)) != HC_OK)
		return rc;
	return hc_notify_row_set(store, row, "language", to->language);
}

static enum hc_status
insert_invitation(struct sending *s, const struct ask *ask,
    const struct addressee *to, int64_t *id)
{
	struct hc_store *store = s->store;
	struct hc_row *row = NULL;
	enum hc_status rc;
	int32_t date = 0;

	hc_date_parse_iso(ask->day, &date);
	if ((rc = hc_notify_row_new(store, "invitation", &row)) == HC_OK &&
	    (rc = set_round(s, ask, to, row)) == HC_OK &&
	    (rc = set_hash(s, row)) == HC_OK &&
	    (rc = set_expiry(s, ask, row)) == HC_OK &&
	    (rc = hc_notify_row_instant(store, row, "opens_at",
	    hc_instant_make(date, 0, s->offset))) == HC_OK &&
	    (rc = hc_notify_row_set(store, row, "purpose", s->invite)) ==
	    HC_OK &&
	    (rc = hc_notify_row_set(store, row, "form", s->form)) == HC_OK)
		rc = hc_record_insert(store, row);
	if (rc == HC_OK)
		*id = row->id;
	hc_row_free(row);
	return rc;
}

/* The round's invitation, made where there is none. */
static enum hc_status
find_invitation(struct sending *s, const struct ask *ask,
    const struct addressee *to, int64_t *id, bool *answered)
{
	enum hc_status rc;
	const char *state;

	*id = 0;
	*answered = false;
	if (s->form == NULL)
		return HC_OK;
	if ((rc = bind_round(s->invited, s->invite, ask)) == HC_OK &&
	    (rc = hc_stmt_next(s->invited)) == HC_OK) {
		*id = hc_stmt_get_int(s->invited, 0);
		state = hc_stmt_get_text(s->invited, 1);
		*answered = state != NULL && strcmp(state, "answered") == 0;
	}
	hc_stmt_reset(s->invited);
	return rc == HC_NOTFOUND ? insert_invitation(s, ask, to, id) : rc;
}

static enum hc_status
set_message_id(struct sending *s, struct hc_row *row)
{
	struct hc_buf id = HC_BUF_INIT;
	enum hc_status rc;

	hc_buf_printf(&id, "%lld.%lld.", (long long)(row->id % HC_ID_SPAN),
	    (long long)s->store->office);
	if ((rc = add_random(s, &id)) == HC_OK) {
		hc_buf_printf(&id, "@%s", hc_buf_text(&s->domain));
		rc = hc_buf_failed(&id) ? hc_db_nomem(s->store->db) :
		    hc_notify_row_set(s->store, row, "message_id",
		    hc_buf_text(&id));
	}
	hc_buf_free(&id);
	return rc;
}

static enum hc_status
insert_message(struct sending *s, const struct ask *ask,
    const struct addressee *to, const char *address, int64_t invitation)
{
	struct hc_store *store = s->store;
	struct hc_row *row = NULL;
	enum hc_status rc;

	if ((rc = hc_notify_row_new(store, "message", &row)) == HC_OK &&
	    (rc = set_round(s, ask, to, row)) == HC_OK &&
	    (rc = set_message_id(s, row)) == HC_OK &&
	    (rc = hc_notify_row_set(store, row, "purpose", s->o->purpose)) ==
	    HC_OK &&
	    (rc = hc_notify_row_set(store, row, "until", to->until)) ==
	    HC_OK)
		rc = hc_notify_row_set(store, row, "address", address);
	if (rc == HC_OK && invitation != 0)
		rc = hc_notify_row_int(store, row, "invitation", invitation);
	if (rc == HC_OK && ask->test != 0)
		rc = hc_notify_row_int(store, row, "test", ask->test);
	if (rc == HC_OK)
		rc = hc_record_insert(store, row);
	hc_row_free(row);
	return rc;
}

static enum hc_status
queue(struct sending *s, const struct ask *ask, const struct addressee *to,
    const char *address)
{
	int64_t invitation;
	enum hc_status rc;
	bool answered;

	rc = find_invitation(s, ask, to, &invitation, &answered);
	if (rc == HC_OK && answered)
		return refuse(s, ask, ANSWERED, NULL);
	if (rc == HC_OK)
		rc = insert_message(s, ask, to, address, invitation);
	if (rc == HC_OK)
		s->count->queued++;
	return rc;
}

static enum hc_status
send_one(struct sending *s, const struct ask *ask)
{
	struct hc_buf address = HC_BUF_INIT;
	struct addressee to = { .found = false };
	struct hc_error err = { "" };
	enum reason reason;
	enum hc_status rc;

	if ((rc = find_known(s, ask)) == HC_OK) {
		s->count->known++;
		return HC_OK;
	}
	if (rc != HC_NOTFOUND)
		return rc;
	if ((rc = find_addressee(s, ask, &to)) == HC_OK &&
	    (rc = judge(s, &to, &address, &reason, &err)) == HC_OK) {
		if (reason != NONE)
			rc = refuse(s, ask, reason,
			    reason == BAD_ADDRESS ? err.text : NULL);
		else
			rc = queue(s, ask, &to, hc_buf_text(&address));
	}
	free(to.email);
	free(to.language);
	hc_buf_free(&address);
	return rc;
}

static enum hc_status
read_settings(struct sending *s)
{
	struct hc_store *store = s->store;
	struct hc_buf path = HC_BUF_INIT;
	enum hc_status rc;

	if ((rc = hc_store_setting(store, "cutoff_time", &s->cutoff)) !=
	    HC_OK ||
	    (rc = hc_store_setting_number(store, "utc_offset_minutes", 540,
	    &s->offset)) != HC_OK ||
	    (rc = hc_store_setting_number(store, "grace_hours", 24,
	    &s->grace)) != HC_OK ||
	    (rc = hc_notify_letter_domain(store, s->o->from, &s->domain)) !=
	    HC_OK)
		return rc;
	if (s->o->key_file != NULL)
		hc_buf_puts(&path, s->o->key_file);
	else
		rc = hc_keys_path(hc_db_path(store->db), &path,
		    hc_db_error_buffer(store->db));
	if (rc == HC_OK)
		rc = hc_keys_load(hc_buf_text(&path), &s->keys,
		    hc_db_error_buffer(store->db));
	hc_buf_free(&path);
	return rc;
}

static enum hc_status
new_table(struct sending *s)
{
	static const struct hc_table_word states[] = {
		{ "refused", N_("refused") }, { NULL, NULL }
	};
	const struct hc_table_column columns[] = {
		{ "episode", _("episode"), HC_TYPE_REF },
		{ "state", _("state"), HC_TYPE_TEXT, hc_table_show_words,
		    states },
		{ "reason", _("reason"), HC_TYPE_TEXT, hc_table_show_words,
		    reasons },
		{ "note", _("note"), HC_TYPE_TEXT },
	};

	if (hc_table_new(&s->refused, columns, 4) != HC_OK)
		return hc_db_nomem(s->store->db);
	return HC_OK;
}

static enum hc_status
write_all(struct sending *s)
{
	struct hc_buf note = HC_BUF_INIT;
	enum hc_status rc;
	size_t i;

	hc_buf_printf(&note, "outbox: %s", s->o->purpose);
	rc = hc_buf_failed(&note) ? hc_db_nomem(s->store->db) :
	    hc_run_begin(s->store, hc_buf_text(&note));
	hc_buf_free(&note);
	if (rc != HC_OK)
		return rc;
	for (i = 0; rc == HC_OK && i < s->len; i++)
		rc = send_one(s, &s->asks[i]);
	/* Before the commit, which no statement may hold up. */
	hc_stmt_free(s->find);
	hc_stmt_free(s->known);
	hc_stmt_free(s->known_test);
	hc_stmt_free(s->shared);
	hc_stmt_free(s->invited);
	s->find = s->known = s->known_test = s->shared = s->invited = NULL;
	if (rc == HC_OK && !s->o->dry_run)
		return hc_run_commit(s->store, NULL);
	hc_run_rollback(s->store);
	return rc;
}

enum hc_status
hc_notify_send(struct hc_store *store, struct hc_tsv_reader *in,
    const struct hc_notify_send_options *options, struct hc_table **refused,
    struct hc_notify_send_count *count)
{
	struct sending s = { .store = store, .o = options, .count = count };
	enum hc_status rc;

	memset(count, 0, sizeof(*count));
	hc_instant_parse(options->now, &s.now);
	if ((rc = set_purpose(&s)) == HC_OK &&
	    (rc = read_input(&s, in)) == HC_OK &&
	    (rc = read_settings(&s)) == HC_OK &&
	    (rc = new_table(&s)) == HC_OK &&
	    (rc = prepare(&s)) == HC_OK)
		rc = write_all(&s);
	hc_stmt_free(s.find);
	hc_stmt_free(s.known);
	hc_stmt_free(s.known_test);
	hc_stmt_free(s.shared);
	hc_stmt_free(s.invited);
	free(s.asks);
	free(s.cutoff);
	hc_buf_free(&s.domain);
	hc_seal_wipe(&s.keys, sizeof(s.keys));
	if (rc != HC_OK) {
		hc_table_free(s.refused);
		s.refused = NULL;
	}
	*refused = s.refused;
	return rc;
}
