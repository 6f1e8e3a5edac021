/* Bundles and links come in from the office. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/seal.h"
#include "task/form_def.h"

#include "task/form_open.h"

struct opening {
	struct hc_form_store *store;
	const char *now;
	struct hc_buf *out;
	struct hc_error *err;
	int64_t bundle;		/* of the links that follow; 0: none yet */
};

static enum hc_status
database(struct opening *o, enum hc_status rc)
{
	return rc == HC_OK ? rc : hc_error_set(o->err, rc, "%s",
	    hc_form_store_error(o->store));
}

static enum hc_status
add_bundle(struct opening *o, const char *line, size_t len)
{
	struct hc_form_def *def = NULL;
	enum hc_status rc;

	if ((rc = hc_form_def_parse(&def, line, len, o->err)) != HC_OK)
		return rc;
	hc_form_def_free(def);
	return database(o, hc_form_store_add_bundle(o->store, line, len,
	    &o->bundle));
}

/* An instant in the one form whose texts sort as the instants do. */
static enum hc_status
read_instant(struct opening *o, const struct hc_json *json, const char *key,
    char text[HC_INSTANT_SIZE])
{
	const char *s = hc_json_text(hc_json_get(json, key));
	int64_t instant;

	if (s == NULL || hc_instant_parse(s, &instant) != HC_OK)
		return hc_error_set(o->err, HC_INVALID,
		    _("'%s' is no instant"), key);
	hc_instant_format(instant, text);
	return HC_OK;
}

/* "open" or nothing, or "closed". */
static enum hc_status
read_state(struct opening *o, const struct hc_json *json, bool *closed)
{
	const char *state = hc_json_text(hc_json_get(json, "state"));

	*closed = state != NULL && strcmp(state, "closed") == 0;
	if (state == NULL || *closed || strcmp(state, "open") == 0)
		return HC_OK;
	return hc_error_set(o->err, HC_INVALID,
	    _("'%s' is no state of a link (open, closed)"), state);
}

static enum hc_status
read_link(struct opening *o, const struct hc_json *json,
    struct hc_form_link *link, struct hc_buf *rows)
{
	const struct hc_json *members = hc_json_get(json, "rows");
	const char *hash = hc_json_text(hc_json_get(json, "link"));
	enum hc_status rc;

	if (hash == NULL ||
	    hc_hex_parse(hash, link->hash, sizeof(link->hash)) != HC_OK)
		return hc_error_set(o->err, HC_INVALID,
		    _("neither a bundle nor a link"));
	if (o->bundle == 0)
		return hc_error_set(o->err, HC_INVALID,
		    _("a link before its bundle"));
	link->bundle = o->bundle;
	link->round = hc_json_text(hc_json_get(json, "round"));
	if ((link->lang = hc_json_text(hc_json_get(json, "lang"))) == NULL)
		return hc_error_set(o->err, HC_INVALID,
		    _("a link without 'lang'"));
	if ((rc = read_state(o, json, &link->closed)) != HC_OK ||
	    (rc = hc_form_answer_rows(members, o->err)) != HC_OK)
		return rc;
	if (hc_json_size(members) > 0) {
		hc_json_format(members, rows);
		if (hc_buf_failed(rows))
			return hc_error_nomem(o->err);
		link->rows = hc_buf_text(rows);
	}
	return HC_OK;
}

static enum hc_status
add_link(struct opening *o, const struct hc_json *json)
{
	char opens[HC_INSTANT_SIZE], expires[HC_INSTANT_SIZE];
	struct hc_form_link link = { .bundle = 0, .opens_at = opens,
	    .expires_at = expires };
	struct hc_buf rows = HC_BUF_INIT;
	enum hc_status rc;

	if ((rc = read_link(o, json, &link, &rows)) != HC_OK ||
	    (rc = read_instant(o, json, "opens", opens)) != HC_OK ||
	    (rc = read_instant(o, json, "expires", expires)) != HC_OK)
		goto out;
	if ((rc = database(o, hc_form_store_put_link(o->store,
	    &link))) != HC_OK)
		goto out;
	if (!link.closed && strcmp(o->now, expires) < 0) {
		hc_hex_format(o->out, link.hash, sizeof(link.hash));
		hc_buf_puts(o->out, "\topen\n");
	}
out:
	hc_buf_free(&rows);
	return rc;
}

static enum hc_status
add_line(struct opening *o, const char *line, size_t len)
{
	struct hc_json *json = NULL;
	enum hc_status rc;

	if (len > HC_FORM_LINE)
		return hc_error_set(o->err, HC_INVALID, _("too long"));
	if ((rc = hc_json_parse(&json, line, len, o->err)) != HC_OK)
		return rc;
	if (hc_json_get(json, "hc") != NULL)
		rc = add_bundle(o, line, len);
	else
		rc = add_link(o, json);
	hc_json_free(json);
	return rc;
}

/* Add to the words on which line it was. */
static enum hc_status
at_line(struct hc_error *err, enum hc_status rc, unsigned long number)
{
	struct hc_error why = *err;

	return hc_error_set(err, rc, _("line %lu: %.900s"), number, why.text);
}

static enum hc_status
add_lines(struct opening *o, FILE *in)
{
	unsigned long number = 0;
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	enum hc_status rc = HC_OK;

	errno = 0;
	while (rc == HC_OK && (len = getline(&line, &room, in)) != -1) {
		number++;
		if (len > 0 && line[len - 1] == '\n')
			line[--len] = '\0';
		if (len > 0 && (rc = add_line(o, line,
		    (size_t)len)) != HC_OK)
			rc = at_line(o->err, rc, number);
	}
	if (rc == HC_OK && ferror(in))
		rc = hc_error_set(o->err, HC_IO, _("cannot read: %s"),
		    strerror(errno));
	free(line);
	return rc;
}

enum hc_status
hc_form_open(struct hc_form_store *store, FILE *in, const char *now,
    struct hc_buf *out, struct hc_error *err)
{
	struct opening o = { store, now, out, err, 0 };
	enum hc_status rc;

	hc_buf_puts(out, "link\tstate\n");
	if ((rc = database(&o, hc_form_store_begin(store))) != HC_OK)
		return rc;
	if ((rc = add_lines(&o, in)) == HC_OK && hc_buf_failed(out))
		rc = hc_error_nomem(err);
	if (rc == HC_OK)
		return database(&o, hc_form_store_commit(store));
	hc_form_store_rollback(store);
	return rc;
}
