/*
 * What the form machine is told.
 *
 * A form is put together twice: the first time to see for which languages
 * some text is missing, the second time without these.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/seal.h"
#include "task/form_def.h"
#include "task/keys.h"

#include "task/notify_bundle.h"

struct item {
	char *name, *required, *unless, *section, *group, *red_flag;
	const struct hc_field *field;
};

struct bundle {
	struct hc_store *store;
	struct hc_db *db;
	const char *form;
	char *entity;			/* whose fields the form asks */
	const char *languages[HC_FORM_LANGUAGES];
	bool incomplete[HC_FORM_LANGUAGES];	/* a text is missing */
	char missing[120];		/* the first of the first language */
	size_t nlanguages;
	struct item *items;
	size_t len;
	struct hc_stmt *text;
	char *office, *office_en, *phone;
	int offset;
	unsigned char public_key[HC_SEAL_KEY];
	struct hc_buf json;		/* the form so far */
};

/* ---- Texts ---- */

/* The text ${name}, or NULL; it is the statement's, until the next call. */
static enum hc_status
find_text(struct bundle *b, const char *name, const char *lang,
    const char **text)
{
	enum hc_status rc;

	*text = NULL;
	hc_stmt_reset(b->text);
	if ((rc = hc_stmt_text(b->text, ":name", name)) != HC_OK ||
	    (rc = hc_stmt_text(b->text, ":lang", lang)) != HC_OK)
		return rc;
	if ((rc = hc_stmt_next(b->text)) == HC_OK)
		*text = hc_stmt_get_text(b->text, 0);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

/* What a text is when the table has none: the catalogue's own labels. */
struct labels {
	const char *ja, *en;
};

/*
 * Append "key":{"ja":"...",...} for the text ${name}.  With ${needed}, a
 * language without it is noted as incomplete; else nothing stands there.
 */
static enum hc_status
put_text(struct bundle *b, const char *key, const char *name,
    const struct labels *labels, bool needed)
{
	size_t before = b->json.len, i, n = 0;
	enum hc_status rc;
	const char *text;

	hc_buf_printf(&b->json, ",\"%s\":{", key);
	for (i = 0; i < b->nlanguages; i++) {
		rc = find_text(b, name, b->languages[i], &text);
		if (rc != HC_OK)
			return rc;
		if (text == NULL && labels != NULL &&
		    strcmp(b->languages[i], "ja") == 0)
			text = labels->ja;
		if (text == NULL && labels != NULL &&
		    strcmp(b->languages[i], "en") == 0)
			text = labels->en;
		if (text == NULL) {
			if (needed && i == 0 && b->missing[0] == '\0')
				snprintf(b->missing, sizeof(b->missing), "%s",
				    name);
			if (needed)
				b->incomplete[i] = true;
			continue;
		}
		hc_buf_printf(&b->json, "%s\"%s\":", n++ > 0 ? "," : "",
		    b->languages[i]);
		hc_json_quote(text, &b->json);
	}
	hc_buf_putc(&b->json, '}');
	if (n == 0)
		hc_buf_cut(&b->json, before);
	return HC_OK;
}

/* The same with the name put together: "form.daily." and the rest. */
static enum hc_status
put_form_text(struct bundle *b, const char *key, const char *rest,
    const char *last, const struct labels *labels)
{
	struct hc_buf name = HC_BUF_INIT;
	enum hc_status rc;

	hc_buf_printf(&name, "form.%s.%s%s", b->form, rest, last);
	rc = hc_buf_failed(&name) ? hc_db_nomem(b->db) :
	    put_text(b, key, hc_buf_text(&name), labels,
	    strcmp(key, "help") != 0);
	hc_buf_free(&name);
	return rc;
}

static void
put_string(struct bundle *b, const char *key, const char *value)
{
	hc_buf_printf(&b->json, ",\"%s\":", key);
	hc_json_quote(value, &b->json);
}

/* "yes" is always, else it is an expression. */
static void
put_rule(struct bundle *b, const char *key, const char *rule)
{
	if (rule != NULL && strcmp(rule, "yes") == 0)
		hc_buf_printf(&b->json, ",\"%s\":true", key);
	else if (rule != NULL)
		put_string(b, key, rule);
}

/* ---- Items ---- */

static enum hc_status
put_choices(struct bundle *b, const struct hc_field *f)
{
	const struct hc_choice *choice;
	struct hc_buf name = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	struct labels labels;
	size_t i, n = 0;

	hc_buf_puts(&b->json, ",\"choices\":[");
	for (i = 0; rc == HC_OK && i < f->choices->len; i++) {
		choice = &f->choices->items[i];
		if (choice->retired)
			continue;
		labels.ja = choice->label_ja;
		labels.en = choice->label_en;
		hc_buf_printf(&b->json, "%s{\"code\":", n++ > 0 ? "," : "");
		hc_json_quote(choice->code, &b->json);
		hc_buf_clear(&name);
		hc_buf_printf(&name, "choice.%s.%s", f->choices->name,
		    choice->code);
		rc = hc_buf_failed(&name) ? hc_db_nomem(b->db) :
		    put_text(b, "label", hc_buf_text(&name), &labels, true);
		hc_buf_putc(&b->json, '}');
	}
	hc_buf_putc(&b->json, ']');
	hc_buf_free(&name);
	return rc;
}

static enum hc_status
put_type(struct bundle *b, const struct hc_field *f)
{
	enum hc_type type = f->type;

	switch (type) {
	case HC_TYPE_DECIMAL:
		hc_buf_printf(&b->json, ",\"decimals\":%d", f->decimals);
		break;
	case HC_TYPE_CHOICE:
	case HC_TYPE_INTEGER:
	case HC_TYPE_YESNO:
	case HC_TYPE_TEXT:
		break;
	case HC_TYPE_DATE:
		type = HC_TYPE_TEXT;
		hc_buf_puts(&b->json, ",\"max\":40");
		break;
	default:
		return hc_db_fail(b->db, HC_CONFIG,
		    _("form '%s' asks '%s', a field of type '%s', which no "
		    "form can ask"), b->form, f->name, hc_type_name(type));
	}
	put_string(b, "type", hc_type_name(type));
	if ((type == HC_TYPE_DECIMAL || type == HC_TYPE_INTEGER) &&
	    f->low != NULL && f->high != NULL) {
		put_string(b, "low", f->low);
		put_string(b, "high", f->high);
	}
	if (f->unit != NULL && type != HC_TYPE_TEXT)
		put_string(b, "unit", f->unit);
	return type == HC_TYPE_CHOICE ? put_choices(b, f) : HC_OK;
}

/* A yes or no that frees from another question is one box to tick. */
static bool
is_box(const struct bundle *b, const struct item *item)
{
	size_t i;

	if (item->field->type != HC_TYPE_YESNO || item->group != NULL)
		return false;
	for (i = 0; i < b->len; i++)
		if (b->items[i].unless != NULL &&
		    strcmp(b->items[i].unless, item->name) == 0)
			return true;
	return false;
}

static enum hc_status
put_item(struct bundle *b, const struct item *item)
{
	const struct labels labels = { item->field->label_ja,
	    item->field->label_en };
	struct hc_buf rest = HC_BUF_INIT;
	enum hc_status rc;

	hc_buf_puts(&b->json, "{\"name\":");
	hc_json_quote(item->name, &b->json);
	hc_buf_printf(&rest, "%s.", item->name);
	if (hc_buf_failed(&rest))
		rc = hc_db_nomem(b->db);
	else if ((rc = put_form_text(b, "label", hc_buf_text(&rest), "label",
	    &labels)) == HC_OK)
		rc = put_form_text(b, "help", hc_buf_text(&rest), "help",
		    NULL);
	hc_buf_free(&rest);
	if (rc == HC_OK && item->section != NULL)
		rc = put_form_text(b, "section", "section.", item->section,
		    NULL);
	if (rc != HC_OK)
		return rc;
	if (item->group != NULL)
		put_string(b, "group", item->group);
	if (is_box(b, item))
		hc_buf_puts(&b->json, ",\"box\":true");
	if (item->unless != NULL)
		put_string(b, "unless", item->unless);
	put_rule(b, "required", item->required);
	put_rule(b, "red_flag", item->red_flag);
	rc = put_type(b, item->field);
	hc_buf_putc(&b->json, '}');
	return rc;
}

/* Groups in the order of their first items.  One box must be ticked: the
   healthy tick "none of these". */
static enum hc_status
put_groups(struct bundle *b)
{
	struct hc_buf rest = HC_BUF_INIT;
	enum hc_status rc = HC_OK;
	const char *group;
	size_t i, j, n = 0;

	hc_buf_puts(&b->json, ",\"groups\":[");
	for (i = 0; rc == HC_OK && i < b->len; i++) {
		if ((group = b->items[i].group) == NULL)
			continue;
		for (j = 0; j < i; j++)
			if (b->items[j].group != NULL &&
			    strcmp(b->items[j].group, group) == 0)
				break;
		if (j < i)
			continue;
		hc_buf_printf(&b->json, "%s{\"name\":", n++ > 0 ? "," : "");
		hc_json_quote(group, &b->json);
		hc_buf_clear(&rest);
		hc_buf_printf(&rest, "group.%s.", group);
		if (hc_buf_failed(&rest))
			rc = hc_db_nomem(b->db);
		else if ((rc = put_form_text(b, "label", hc_buf_text(&rest),
		    "label", NULL)) == HC_OK)
			rc = put_form_text(b, "none", hc_buf_text(&rest),
			    "none", NULL);
		hc_buf_puts(&b->json, ",\"required\":true}");
	}
	hc_buf_putc(&b->json, ']');
	hc_buf_free(&rest);
	return rc;
}

/* One text of the page: the form's own or that of all pages. */
static enum hc_status
put_page_text(struct bundle *b, size_t language, const char *name, bool first)
{
	struct hc_buf key = HC_BUF_INIT;
	const char *text = NULL;
	enum hc_status rc;

	hc_buf_printf(&key, "form.%s.%s", b->form, name);
	rc = hc_buf_failed(&key) ? hc_db_nomem(b->db) : find_text(b,
	    hc_buf_text(&key), b->languages[language], &text);
	if (rc == HC_OK && text == NULL) {
		hc_buf_clear(&key);
		hc_buf_printf(&key, "page.%s", name);
		rc = hc_buf_failed(&key) ? hc_db_nomem(b->db) : find_text(b,
		    hc_buf_text(&key), b->languages[language], &text);
	}
	if (rc == HC_OK && text == NULL) {
		b->incomplete[language] = true;
		if (language == 0 && b->missing[0] == '\0')
			snprintf(b->missing, sizeof(b->missing), "%s",
			    hc_buf_text(&key));
	} else if (rc == HC_OK) {
		hc_buf_printf(&b->json, "%s\"%s\":", first ? "" : ",", name);
		hc_json_quote(text, &b->json);
	}
	hc_buf_free(&key);
	return rc;
}

static enum hc_status
put_texts(struct bundle *b)
{
	enum hc_status rc = HC_OK;
	size_t i, l;

	hc_buf_puts(&b->json, ",\"texts\":{");
	for (l = 0; rc == HC_OK && l < b->nlanguages; l++) {
		hc_buf_printf(&b->json, "%s\"%s\":{", l > 0 ? "," : "",
		    b->languages[l]);
		for (i = 0; rc == HC_OK && hc_form_def_text_names[i] != NULL;
		    i++)
			rc = put_page_text(b, l, hc_form_def_text_names[i],
			    i == 0);
		hc_buf_putc(&b->json, '}');
	}
	hc_buf_putc(&b->json, '}');
	return rc;
}

/* The form with the present languages, without its version. */
static enum hc_status
put_form(struct bundle *b)
{
	enum hc_status rc;
	size_t i;

	hc_buf_clear(&b->json);
	hc_buf_puts(&b->json, "\"languages\":[");
	for (i = 0; i < b->nlanguages; i++)
		hc_buf_printf(&b->json, "%s\"%s\"", i > 0 ? "," : "",
		    b->languages[i]);
	hc_buf_puts(&b->json, "]");
	if ((rc = put_groups(b)) != HC_OK)
		return rc;
	hc_buf_puts(&b->json, ",\"items\":[");
	for (i = 0; rc == HC_OK && i < b->len; i++) {
		if (i > 0)
			hc_buf_putc(&b->json, ',');
		rc = put_item(b, &b->items[i]);
	}
	hc_buf_putc(&b->json, ']');
	if (rc == HC_OK)
		rc = put_texts(b);
	return rc == HC_OK && hc_buf_failed(&b->json) ? hc_db_nomem(b->db) :
	    rc;
}

/* Leave out the languages in which something is missing. */
static enum hc_status
drop_languages(struct bundle *b)
{
	size_t i, n = 0;

	for (i = 0; i < b->nlanguages; i++)
		if (!b->incomplete[i])
			b->languages[n++] = b->languages[i];
	b->nlanguages = n;
	return n > 0 ? HC_OK : hc_db_fail(b->db, HC_CONFIG,
	    _("form '%s' has all its texts in no language; the text '%s' is "
	    "missing"), b->form, b->missing);
}

/* ---- Loading ---- */

static enum hc_status
keep(struct bundle *b, const struct hc_stmt *st, int column, char **out)
{
	const char *text = hc_stmt_get_text(st, column);

	*out = NULL;
	if (text != NULL && (*out = strdup(text)) == NULL)
		return hc_db_nomem(b->db);
	return HC_OK;
}

static enum hc_status
load_item(struct bundle *b, const struct hc_stmt *st)
{
	const struct hc_entity *e = hc_catalogue_entity(b->store->catalogue,
	    b->entity);
	struct item *grown, *item;
	enum hc_status rc;

	grown = realloc(b->items, (b->len + 1) * sizeof(*grown));
	if (grown == NULL)
		return hc_db_nomem(b->db);
	b->items = grown;
	item = &grown[b->len++];
	memset(item, 0, sizeof(*item));
	if ((rc = keep(b, st, 0, &item->name)) != HC_OK ||
	    (rc = keep(b, st, 1, &item->required)) != HC_OK ||
	    (rc = keep(b, st, 2, &item->unless)) != HC_OK ||
	    (rc = keep(b, st, 3, &item->section)) != HC_OK ||
	    (rc = keep(b, st, 4, &item->group)) != HC_OK ||
	    (rc = keep(b, st, 5, &item->red_flag)) != HC_OK)
		return rc;
	item->field = e != NULL ? hc_catalogue_field(e, item->name) : NULL;
	if (item->field == NULL)
		return hc_db_fail(b->db, HC_CONFIG,
		    _("form '%s' asks '%s', which is no field of '%s'"),
		    b->form, item->name, b->entity);
	return HC_OK;
}

static enum hc_status
load_items(struct bundle *b)
{
	static const char items_sql[] =
	    "SELECT name, required, unless, section, tick_group, red_flag"
	    " FROM form_item WHERE office = :office AND form = :form"
	    " AND coalesce(retired, 0) = 0"
	    " ORDER BY position NULLS LAST, id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, b->db, items_sql)) == HC_OK)
		rc = hc_stmt_text(st, ":form", b->form);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		rc = load_item(b, st);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
load_form(struct bundle *b)
{
	static const char form_sql[] = "SELECT entity FROM form"
	    " WHERE office = :office AND name = :form";
	static const char text_sql[] = "SELECT text FROM text"
	    " WHERE office = :office AND name = :name AND lang = :lang";
	const struct hc_choice_list *languages;
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	size_t i;

	if ((rc = hc_stmt_new(&st, b->db, form_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":form", b->form)) == HC_OK &&
	    (rc = hc_stmt_next(st)) == HC_OK)
		rc = keep(b, st, 0, &b->entity);
	hc_stmt_free(st);
	if (rc == HC_NOTFOUND || (rc == HC_OK && b->entity == NULL))
		return hc_db_fail(b->db, HC_CONFIG,
		    _("there is no form '%s'"), b->form);
	languages = hc_catalogue_choices(b->store->catalogue, "language");
	b->nlanguages = 0;
	for (i = 0; languages != NULL && i < languages->len &&
	    b->nlanguages < HC_FORM_LANGUAGES; i++)
		if (!languages->items[i].retired)
			b->languages[b->nlanguages++] =
			    languages->items[i].code;
	if (rc == HC_OK)
		rc = hc_stmt_new(&b->text, b->db, text_sql);
	return rc == HC_OK ? load_items(b) : rc;
}

static void
clear_form(struct bundle *b)
{
	size_t i;

	for (i = 0; i < b->len; i++) {
		free(b->items[i].name);
		free(b->items[i].required);
		free(b->items[i].unless);
		free(b->items[i].section);
		free(b->items[i].group);
		free(b->items[i].red_flag);
	}
	free(b->items);
	b->items = NULL;
	b->len = 0;
	free(b->entity);
	b->entity = NULL;
	hc_stmt_free(b->text);
	b->text = NULL;
	memset(b->incomplete, 0, sizeof(b->incomplete));
	b->missing[0] = '\0';
}

/* ---- The lines ---- */

/* The name in each language: Japanese, elsewhere English. */
static void
put_office(struct bundle *b, struct hc_buf *out)
{
	const char *name;
	size_t i;

	hc_buf_puts(out, "\"office\":{\"name\":{");
	for (i = 0; i < b->nlanguages; i++) {
		name = strcmp(b->languages[i], "ja") == 0 ||
		    b->office_en == NULL ? b->office : b->office_en;
		hc_buf_printf(out, "%s\"%s\":", i > 0 ? "," : "",
		    b->languages[i]);
		hc_json_quote(name, out);
	}
	hc_buf_puts(out, "},\"phone\":");
	hc_json_quote(b->phone, out);
	hc_buf_printf(out, ",\"zone\":%d}", b->offset);
}

/* The version is a hash of the form: another text is another version. */
static void
put_bundle(struct bundle *b, struct hc_buf *out)
{
	unsigned char hash[HC_HASH_SIZE];
	struct hc_hash state;

	hc_hash_begin(&state, NULL, 0);
	hc_hash_add(&state, b->json.data, b->json.len);
	hc_hash_end(&state, hash);
	hc_buf_puts(out, "{\"hc\":\"bundle\",\"version\":1,\"public_key\":\"");
	hc_base64_format(out, b->public_key, sizeof(b->public_key));
	hc_buf_puts(out, "\",");
	put_office(b, out);
	hc_buf_puts(out, ",\"form\":{\"name\":");
	hc_json_quote(b->form, out);
	hc_buf_puts(out, ",\"version\":\"");
	hc_hex_format(out, hash, 8);
	hc_buf_printf(out, "\",%s}}\n", hc_buf_text(&b->json));
}

/* Their own language if the form speaks it, else English, else the first. */
static const char *
link_language(const struct bundle *b, const char *lang)
{
	const char *english = NULL;
	size_t i;

	if (lang == NULL)
		return b->languages[0];
	for (i = 0; i < b->nlanguages; i++) {
		if (strcmp(b->languages[i], lang) == 0)
			return lang;
		if (strcmp(b->languages[i], "en") == 0)
			english = b->languages[i];
	}
	return english != NULL ? english : b->languages[0];
}

static void
put_link(const struct bundle *b, const struct hc_stmt *st, struct hc_buf *out)
{
	const char *state = hc_stmt_get_text(st, 6);
	bool closed = strcmp(state, "closed") == 0 ||
	    strcmp(state, "cancelled") == 0 || strcmp(state, "expired") == 0;

	hc_buf_puts(out, "{\"link\":");
	hc_json_quote(hc_stmt_get_text(st, 0), out);
	hc_buf_puts(out, ",\"lang\":");
	hc_json_quote(link_language(b, hc_stmt_get_text(st, 1)), out);
	hc_buf_printf(out, ",\"round\":\"%s", hc_stmt_get_text(st, 2));
	if (hc_stmt_get_int(st, 3) > 1)
		hc_buf_printf(out, "/%d", (int)hc_stmt_get_int(st, 3));
	hc_buf_puts(out, "\",\"opens\":");
	hc_json_quote(hc_stmt_get_text(st, 4), out);
	hc_buf_puts(out, ",\"expires\":");
	hc_json_quote(hc_stmt_get_text(st, 5), out);
	hc_buf_printf(out, ",\"state\":\"%s\"}\n", closed ? "closed" :
	    "open");
}

static enum hc_status
put_links(struct bundle *b, const char *now, struct hc_buf *out)
{
	static const char links_sql[] =
	    "SELECT hash, language, day, slot,"
	    " coalesce(opens_at, created_at), expires_at, state"
	    " FROM invitation WHERE office = :office AND form = :form"
	    " AND expires_at > :now ORDER BY id";
	struct hc_stmt *st = NULL;
	enum hc_status rc;

	if ((rc = hc_stmt_new(&st, b->db, links_sql)) == HC_OK &&
	    (rc = hc_stmt_text(st, ":form", b->form)) == HC_OK)
		rc = hc_stmt_text(st, ":now", now);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK)
		put_link(b, st, out);
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
put_one(struct bundle *b, const char *now, struct hc_buf *out)
{
	size_t all;
	enum hc_status rc;

	if ((rc = load_form(b)) == HC_OK && (rc = put_form(b)) == HC_OK) {
		all = b->nlanguages;
		if ((rc = drop_languages(b)) == HC_OK && b->nlanguages < all)
			rc = put_form(b);
	}
	if (rc == HC_OK) {
		put_bundle(b, out);
		rc = put_links(b, now, out);
	}
	clear_form(b);
	return rc == HC_OK && hc_buf_failed(out) ? hc_db_nomem(b->db) : rc;
}

/* Names of forms with links to be told, each with a NUL behind it. */
static enum hc_status
list_forms(struct bundle *b, const char *form, const char *now,
    struct hc_buf *names)
{
	static const char forms_sql[] = "SELECT DISTINCT form FROM invitation"
	    " WHERE office = :office AND expires_at > :now ORDER BY form";
	struct hc_stmt *st = NULL;
	enum hc_status rc;
	const char *name;

	if ((rc = hc_stmt_new(&st, b->db, forms_sql)) == HC_OK)
		rc = hc_stmt_text(st, ":now", now);
	while (rc == HC_OK && (rc = hc_stmt_next(st)) == HC_OK) {
		name = hc_stmt_get_text(st, 0);
		if (form == NULL || strcmp(form, name) == 0)
			hc_buf_add(names, name, strlen(name) + 1);
	}
	hc_stmt_free(st);
	return rc == HC_NOTFOUND ? HC_OK : rc;
}

static enum hc_status
read_office(struct bundle *b, const char *key_file)
{
	struct hc_error *err = hc_db_error_buffer(b->db);
	struct hc_buf path = HC_BUF_INIT;
	struct hc_keys keys;
	enum hc_status rc;

	if ((rc = hc_store_setting(b->store, "office_name", &b->office)) !=
	    HC_OK ||
	    (rc = hc_store_setting(b->store, "office_name_en",
	    &b->office_en)) != HC_OK ||
	    (rc = hc_store_setting(b->store, "office_phone", &b->phone)) !=
	    HC_OK ||
	    (rc = hc_store_setting_number(b->store, "utc_offset_minutes",
	    540, &b->offset)) != HC_OK)
		return rc;
	if (b->office == NULL || b->phone == NULL)
		return hc_db_fail(b->db, HC_CONFIG,
		    _("the setting '%s' is empty; the form needs it"),
		    b->phone == NULL ? "office_phone" : "office_name");
	if (key_file != NULL)
		hc_buf_puts(&path, key_file);
	else
		rc = hc_keys_path(hc_db_path(b->db), &path, err);
	if (rc == HC_OK &&
	    (rc = hc_keys_load(hc_buf_text(&path), &keys, err)) == HC_OK) {
		memcpy(b->public_key, keys.public_key,
		    sizeof(b->public_key));
		hc_seal_wipe(&keys, sizeof(keys));
	}
	hc_buf_free(&path);
	return rc;
}

enum hc_status
hc_notify_bundle(struct hc_store *store, const char *form, const char *now,
    const char *key_file, struct hc_buf *out)
{
	struct bundle b = { .store = store, .db = store->db };
	struct hc_buf names = HC_BUF_INIT;
	enum hc_status rc;
	size_t at;

	if ((rc = hc_db_snapshot(store->db)) != HC_OK)
		return rc;
	if ((rc = list_forms(&b, form, now, &names)) == HC_OK &&
	    names.len > 0)
		rc = read_office(&b, key_file);
	for (at = 0; rc == HC_OK && at < names.len;
	    at += strlen(names.data + at) + 1) {
		b.form = names.data + at;
		rc = put_one(&b, now, out);
	}
	hc_db_snapshot_end(store->db);
	hc_buf_free(&names);
	hc_buf_free(&b.json);
	free(b.office);
	free(b.office_en);
	free(b.phone);
	return rc;
}
