/* The mails themselves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mime.h"
#include "base/seal.h"
#include "task/keys.h"
#include "task/notify_html.h"
#include "task/token.h"

#include "task/notify_letter.h"

#define LOCAL_FROM "hc@localhost"
#define SAMPLE "xxxxxxxxxxxxxxxxxxxxxxxxxx"

struct template {
	char *name, *lang, *subject, *body;
};

struct hc_notify_letter {
	struct hc_store *store;
	char *office, *office_en, *phone;
	char *from, *reply_to, *bounce, *form_url, *language;
	int offset;			/* minutes east of UTC */
	int html;			/* mails have an HTML part, too */
	struct template *templates;
	size_t len;
	struct hc_keys keys;
};

/* The words of one language that are put into a template. */
struct words {
	const char *lang;
	const char *office, *phone;
	struct hc_buf link, day, until;
};

/* A setting, or what the configuration says instead. */
static enum hc_status
read_setting(struct hc_store *store, const char *name, const char *instead,
    char **value)
{
	if (instead == NULL)
		return hc_store_setting(store, name, value);
	if ((*value = strdup(instead)) == NULL)
		return hc_db_nomem(store->db);
	return HC_OK;
}

static enum hc_status
check_address(struct hc_store *store, const char *name, const char *address)
{
	if (address == NULL || hc_mime_address_fit(address))
		return HC_OK;
	return hc_db_fail(store->db, HC_CONFIG,
	    _("'%s' in the setting '%s' is no mail address"), address, name);
}

static enum hc_status
read_addresses(struct hc_notify_letter *l, struct hc_store *store,
    const struct hc_notify_letter_options *o)
{
	enum hc_status rc;

	if ((rc = read_setting(store, "mail_from", o->from, &l->from)) !=
	    HC_OK ||
	    (rc = read_setting(store, "mail_bounce", o->bounce,
	    &l->bounce)) != HC_OK)
		return rc;
	if (l->from == NULL && !o->local)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("nobody is set as the sender: set '%s' in hc.conf, or "
		    "the setting 'mail_from'"), "[mail] from");
	if (l->from == NULL && (l->from = strdup(LOCAL_FROM)) == NULL)
		return hc_db_nomem(store->db);
	if (o->reply_to != NULL &&
	    (l->reply_to = strdup(o->reply_to)) == NULL)
		return hc_db_nomem(store->db);
	if ((rc = check_address(store, "mail_from", l->from)) != HC_OK ||
	    (rc = check_address(store, "mail_bounce", l->bounce)) != HC_OK)
		return rc;
	return check_address(store, "mail.reply_to", l->reply_to);
}

static enum hc_status
read_settings(struct hc_notify_letter *l, struct hc_store *store,
    const struct hc_notify_letter_options *o)
{
	enum hc_status rc;

	if ((rc = hc_store_setting(store, "office_name", &l->office)) !=
	    HC_OK ||
	    (rc = hc_store_setting(store, "office_name_en",
	    &l->office_en)) != HC_OK ||
	    (rc = hc_store_setting(store, "office_phone", &l->phone)) !=
	    HC_OK ||
	    (rc = hc_store_setting(store, "default_language",
	    &l->language)) != HC_OK ||
	    (rc = read_setting(store, "form_url", o->form_url,
	    &l->form_url)) != HC_OK)
		return rc;
	/* A mail that tells the ill to ring up and not where is no help. */
	if (l->phone == NULL || l->office == NULL || l->form_url == NULL)
		return hc_db_fail(store->db, HC_CONFIG,
		    _("the setting '%s' is empty; mails need it"),
		    l->phone == NULL ? "office_phone" :
		    l->office == NULL ? "office_name" : "form_url");
	if ((rc = hc_store_setting_number(store, "mail_html", 1,
	    &l->html)) != HC_OK)
		return rc;
	return hc_store_setting_number(store, "utc_offset_minutes", 540,
	    &l->offset);
}

static enum hc_status
read_keys(struct hc_notify_letter *l, struct hc_store *store,
    const char *path)
{
	struct hc_error *err = hc_db_error_buffer(store->db);
	struct hc_buf beside = HC_BUF_INIT;
	enum hc_status rc = HC_OK;

	if (path == NULL) {
		rc = hc_keys_path(hc_db_path(store->db), &beside, err);
		path = hc_buf_text(&beside);
	}
	if (rc == HC_OK)
		rc = hc_keys_load(path, &l->keys, err);
	hc_buf_free(&beside);
	return rc;
}

/* Copies of the four columns of the present row. */
static bool
copy_template(struct template *t, const struct hc_stmt *st)
{
	char **to[] = { &t->name, &t->lang, &t->subject, &t->body };
	const char *text;
	int i;

	for (i = 0; i < 4; i++) {
		text = hc_stmt_get_text(st, i);
		if ((*to[i] = strdup(text != NULL ? text : "")) == NULL)
			return false;
	}
	return true;
}

static enum hc_status
read_templates(struct hc_notify_letter *l, struct hc_store *store)
{
	static const char templates_sql[] =
	    "SELECT name, lang, subject, body FROM template"
	    " WHERE office = :office AND coalesce(retired, 0) = 0"
	    " ORDER BY id";
	struct template *grown;
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	rc = hc_stmt_new(&st, store->db, templates_sql);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		grown = realloc(l->templates, (l->len + 1) * sizeof(*grown));
		if (grown == NULL) {
			rc = hc_db_nomem(store->db);
			break;
		}
		l->templates = grown;
		memset(&grown[l->len], 0, sizeof(*grown));
		if (!copy_template(&grown[l->len++], st))
			rc = hc_db_nomem(store->db);
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

enum hc_status
hc_notify_letter_new(struct hc_notify_letter **out, struct hc_store *store,
    const struct hc_notify_letter_options *options)
{
	struct hc_notify_letter *l;
	enum hc_status rc;

	*out = NULL;
	if ((l = calloc(1, sizeof(*l))) == NULL)
		return hc_db_nomem(store->db);
	l->store = store;
	if ((rc = read_addresses(l, store, options)) != HC_OK ||
	    (rc = read_settings(l, store, options)) != HC_OK ||
	    (rc = read_templates(l, store)) != HC_OK ||
	    (rc = read_keys(l, store, options->key_file)) != HC_OK) {
		hc_notify_letter_free(l);
		return rc;
	}
	*out = l;
	return HC_OK;
}

void
hc_notify_letter_free(struct hc_notify_letter *l)
{
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < l->len; i++) {
		free(l->templates[i].name);
		free(l->templates[i].lang);
		free(l->templates[i].subject);
		free(l->templates[i].body);
	}
	free(l->templates);
	free(l->office);
	free(l->office_en);
	free(l->phone);
	free(l->from);
	free(l->reply_to);
	free(l->bounce);
	free(l->form_url);
	free(l->language);
	hc_seal_wipe(&l->keys, sizeof(l->keys));
	free(l);
}

static const struct template *
find_template(const struct hc_notify_letter *l, const char *name,
    const char *lang)
{
	size_t i;

	for (i = 0; lang != NULL && i < l->len; i++)
		if (strcmp(l->templates[i].name, name) == 0 &&
		    strcmp(l->templates[i].lang, lang) == 0)
			return &l->templates[i];
	return NULL;
}

/* Their own language, else English, else Japanese. */
static const struct template *
choose_template(const struct hc_notify_letter *l, const struct hc_row *message)
{
	const char *name = hc_row_value(message, "purpose");
	const char *lang = hc_row_value(message, "language");
	const struct template *t;

	if (lang == NULL)
		lang = l->language;
	if ((t = find_template(l, name, lang)) == NULL &&
	    (t = find_template(l, name, "en")) == NULL)
		t = find_template(l, name, "ja");
	return t;
}

/* A day as the language writes it; elsewhere as 2021-01-16. */
static void
write_day(struct hc_buf *out, const char *day, const char *lang)
{
	static const char *const weekdays[] = { "日", "月", "火", "水", "木",
	    "金", "土" };
	static const char *const months[] = { "January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December" };
	int y, m, d;
	int32_t date;

	if (day == NULL)
		return;
	if (hc_date_parse_iso(day, &date) != HC_OK) {
		hc_buf_puts(out, day);
		return;
	}
	hc_date_split(date, &y, &m, &d);
	if (strcmp(lang, "ja") == 0)
		hc_buf_printf(out, "%d月%d日（%s）", m, d,
		    weekdays[hc_date_weekday(date)]);
	else if (strcmp(lang, "zh") == 0)
		hc_buf_printf(out, "%d月%d日", m, d);
	else if (strcmp(lang, "ko") == 0)
		hc_buf_printf(out, "%d월 %d일", m, d);
	else if (strcmp(lang, "en") == 0)
		hc_buf_printf(out, "%d %s %d", d, months[m - 1], y);
	else
		hc_buf_puts(out, day);
}

/* The token's text of the invitation ${id}. */
static enum hc_status
write_token(const struct hc_notify_letter *l, int64_t id,
    char text[HC_TOKEN_TEXT + 1])
{
	unsigned char token[HC_TOKEN_SIZE];
	struct hc_row *row = NULL;
	const char *nonce;
	enum hc_status rc;

	rc = hc_row_load(l->store, hc_catalogue_entity(l->store->catalogue,
	    "invitation"), id, &row);
	if (rc != HC_OK)
		return rc;
	nonce = hc_row_value(row, "nonce");
	hc_token_make(token, l->keys.link, id, nonce != NULL ? nonce : "");
	hc_token_format(text, token);
	hc_seal_wipe(token, sizeof(token));
	hc_row_free(row);
	return HC_OK;
}

/* Stays empty without an invitation; the caller sees to that. */
static void
write_link(const struct hc_notify_letter *l, const struct hc_row *message,
    bool sample, struct hc_buf *out)
{
	const char *invitation = hc_row_value(message, "invitation");
	char text[HC_TOKEN_TEXT + 1] = SAMPLE;

	if (invitation == NULL || (!sample && write_token(l,
	    strtoll(invitation, NULL, 10), text) != HC_OK))
		return;
	hc_buf_printf(out, "%s%s%s", l->form_url,
	    l->form_url[strlen(l->form_url) - 1] == '/' ? "" : "/", text);
}

/* What stands for {name}; NULL if that is no word of ours. */
static const char *
find_word(const struct words *w, const char *name, size_t len)
{
	const struct {
		const char *name, *value;
	} words[] = {
		{ "office", w->office }, { "phone", w->phone },
		{ "link", hc_buf_text(&w->link) },
		{ "day", hc_buf_text(&w->day) },
		{ "until", hc_buf_text(&w->until) },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].name) == len &&
		    memcmp(words[i].name, name, len) == 0)
			return words[i].value != NULL ? words[i].value : "";
	return NULL;
}

/* One line with its words; false if one of them has no value. */
static bool
fill_line(const struct words *w, const char *line, size_t len,
    struct hc_buf *out)
{
	const char *end = line + len, *close, *value;
	bool whole = true;

	while (line < end) {
		close = *line != '{' ? NULL :
		    memchr(line, '}', (size_t)(end - line));
		value = close == NULL ? NULL : find_word(w, line + 1,
		    (size_t)(close - line - 1));
		if (value == NULL) {
			hc_buf_putc(out, (unsigned char)*line++);
			continue;
		}
		if (value[0] == '\0')
			whole = false;
		hc_buf_puts(out, value);
		line = close + 1;
	}
	return whole;
}

static void
fill_body(const struct words *w, const char *text, struct hc_buf *out)
{
	size_t len, before;

	while (*text != '\0') {
		len = strcspn(text, "\n");
		before = out->len;
		if (fill_line(w, text, len, out))
			hc_buf_putc(out, '\n');
		else
			hc_buf_cut(out, before);
		text += len + (text[len] == '\n');
	}
}

static void
set_words(const struct hc_notify_letter *l, const struct hc_row *message,
    bool sample, struct words *w)
{
	w->office = strcmp(w->lang, "ja") == 0 || l->office_en == NULL ?
	    l->office : l->office_en;
	w->phone = l->phone;
	write_link(l, message, sample, &w->link);
	write_day(&w->day, hc_row_value(message, "day"), w->lang);
	write_day(&w->until, hc_row_value(message, "until"), w->lang);
}

static enum hc_status
build_mail(const struct hc_notify_letter *l, const struct hc_row *message,
    const struct words *w, const struct hc_buf text[3],
    struct hc_buf *out, struct hc_error *err)
{
	struct hc_mail mail = { .subject = hc_buf_text(&text[0]),
	    .text = hc_buf_text(&text[1]), .html = l->html ?
	    hc_buf_text(&text[2]) : NULL, .language = w->lang,
	    .utc_offset = l->offset, .auto_submitted = "auto-generated",
	    .message_id = hc_row_value(message, "message_id") };

	mail.from.address = l->from;
	mail.from.name = w->office;
	mail.to.address = hc_row_value(message, "address");
	mail.reply_to.address = l->reply_to;
	if (hc_instant_parse(message->created_at, &mail.date) != HC_OK)
		return hc_error_set(err, HC_INVALID,
		    _("the message has no date"));
	return hc_mime_build(out, &mail, err);
}

enum hc_status
hc_notify_letter_build(const struct hc_notify_letter *l,
    const struct hc_row *message, bool sample, struct hc_buf *out,
    struct hc_error *err)
{
	const char *subject = hc_row_value(message, "subject");
	const char *body = hc_row_value(message, "body");
	const struct template *t = choose_template(l, message);
	struct hc_buf text[3] = { HC_BUF_INIT, HC_BUF_INIT, HC_BUF_INIT };
	struct words w = { .lang = "ja" };
	enum hc_status rc;

	if (t == NULL && (subject == NULL || body == NULL))
		return hc_error_set(err, HC_CONFIG,
		    _("there is no template '%s'; hc-define adds one"),
		    hc_row_value(message, "purpose"));
	if (t != NULL)
		w.lang = t->lang;
	set_words(l, message, sample, &w);
	if (subject == NULL)
		subject = t->subject;
	if (body == NULL)
		body = t->body;
	fill_line(&w, subject, strlen(subject), &text[0]);
	fill_body(&w, body, &text[1]);
	hc_notify_html_put(hc_buf_text(&text[1]), w.link.len > 0 ?
	    hc_buf_text(&w.link) : NULL, w.lang, &text[2]);
	if (w.link.len == 0 && strstr(body, "{link}") != NULL)
		rc = hc_error_set(err, HC_INVALID,
		    _("the message has no invitation for its link"));
	else if (hc_buf_failed(&text[0]) || hc_buf_failed(&text[1]) ||
	    hc_buf_failed(&text[2]) || hc_buf_failed(&w.link) ||
	    hc_buf_failed(&w.day) || hc_buf_failed(&w.until))
		rc = hc_error_nomem(err);
	else
		rc = build_mail(l, message, &w, text, out, err);
	hc_buf_free(&text[0]);
	hc_buf_free(&text[1]);
	hc_buf_free(&text[2]);
	hc_buf_free(&w.link);
	hc_buf_free(&w.day);
	hc_buf_free(&w.until);
	return rc;
}

void
hc_notify_letter_sender(const struct hc_notify_letter *l,
    const struct hc_row *message, struct hc_buf *out)
{
	const char *bounce = l->bounce != NULL ? l->bounce : l->from;
	const char *at = strrchr(bounce, '@');

	hc_buf_printf(out, "%.*s+%lld%s", (int)(at - bounce), bounce,
	    (long long)(message->id % HC_ID_SPAN), at);
}

enum hc_status
hc_notify_letter_domain(struct hc_store *store, const char *from,
    struct hc_buf *out)
{
	enum hc_status rc;
	char *address = NULL;
	const char *at;

	rc = read_setting(store, "mail_from", from, &address);
	at = address != NULL && hc_mime_address_fit(address) ?
	    strrchr(address, '@') : "@localhost";
	hc_buf_puts(out, at + 1);
	if (rc == HC_OK && hc_buf_failed(out))
		rc = hc_db_nomem(store->db);
	free(address);
	return rc;
}
