/*
 * The definition of a form, read from a bundle's JSON.
 *
 * A bundle is checked as a whole when it comes in: what the pages need must
 * be there in every language, so that no one meets half a page at night.
 */
#include <stdlib.h>
#include <string.h>

#include "base/expr.h"
#include "base/i18n.h"

#include "task/form_def.h"



const char *const hc_form_def_text_names[] = {
	"language",		/* the language's own name */
	"title", "intro", "submit", "yes", "no", "choose", "optional",
	"errors",		/* above the form: something is missing */
	"required", "group_required", "none_and_some", "number_wrong",
	"range_wrong",		/* has {low}, {high}, {unit} */
	"text_long",		/* has {max} */
	"choice_wrong",
	"thanks_title", "thanks", "again",
	"red_flag_title", "red_flag", "call",
	"expired_title", "expired",
	"busy_title", "busy", "limit_title", "limit", "wrong_title", "wrong",
	NULL
};

static enum hc_status
wrong(struct hc_error *err, const char *what, const char *name)
{
	return hc_error_set(err, HC_INVALID,
	    _("bundle: '%s' is missing or wrong in '%s'; make it anew "
	    "with hc-notify invitations"), what, name);
}

const char *
hc_form_def_language(const struct hc_form_def *def, const char *lang)
{
	size_t i;

	for (i = 0; lang != NULL && i < def->nlanguages; i++)
		if (strcmp(def->languages[i], lang) == 0)
			return def->languages[i];
	return NULL;
}

const char *
hc_form_def_pick(const struct hc_json *text, const char *lang)
{
	const char *s;

	if ((s = hc_json_text(text)) == NULL)
		s = hc_json_text(hc_json_get(text, lang));
	return s != NULL ? s : "";
}

const char *
hc_form_def_text(const struct hc_form_def *def, const char *name,
    const char *lang)
{
	const char *s;

	s = hc_json_text(hc_json_get(hc_json_get(def->texts, lang), name));
	return s != NULL ? s : "";
}

static int
item_index(const struct hc_form_def *def, const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < def->nitems; i++)
		if (strcmp(def->items[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* Is the TEXT there in every language? */
static bool
complete(const struct hc_form_def *def, const struct hc_json *text)
{
	size_t i;

	for (i = 0; i < def->nlanguages; i++)
		if (hc_form_def_pick(text, def->languages[i])[0] == '\0')
			return false;
	return true;
}

/* A word that may stand in HTML attributes and as a name of hc-expr(5). */
static bool
is_word(const char *s)
{
	size_t n;

	if (s == NULL || s[0] < 'a' || s[0] > 'z')
		return false;
	n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return n <= 40 && s[n] == '\0';
}

/* "ja", "zh-Hans": letters, digits and hyphens. */
static bool
is_language(const char *s)
{
	size_t n;

	if (s == NULL || s[0] == '\0')
		return false;
	n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-");
	return n <= 20 && s[n] == '\0';
}

/* "34.5" with 1 decimal is 345. */
static bool
read_scaled(const char *s, int decimals, int64_t *out)
{
	bool negative = *s == '-';
	int64_t value = 0;
	int places = -1;

	for (s += negative; *s != '\0'; s++) {
		if (*s == '.' && places < 0) {
			places = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || value > INT64_C(1000000000000))
			return false;
		if (places >= 0 && ++places > decimals)
			return false;
		value = value * 10 + (*s - '0');
	}
	for (places = places < 0 ? 0 : places; places < decimals; places++)
		value *= 10;
	*out = negative ? -value : value;
	return true;
}

/* The form's items are the names that its rules may use. */
static enum hc_status
resolve(void *arg, const char *name, struct hc_expr_name *out,
    struct hc_error *err)
{
	const struct hc_form_def *def = arg;
	int i = item_index(def, name);

	(void)err;
	if (i < 0)
		return HC_NOTFOUND;
	out->name = def->items[i].name;
	out->type = def->items[i].type;
	out->decimals = def->items[i].decimals;
	out->sql = NULL;
	out->slot = i;
	out->field = &def->items[i];
	return HC_OK;
}

static bool
choice_known(void *arg, const struct hc_expr_name *name, const char *code)
{
	const struct hc_form_item *item = name->field;
	size_t i;

	(void)arg;
	for (i = 0; i < item->nchoices; i++)
		if (strcmp(item->choices[i].code, code) == 0)
			return true;
	return false;
}

static enum hc_status
read_rule(struct hc_form_def *def, const struct hc_json *json,
    struct hc_form_rule *rule, struct hc_error *err)
{
	struct hc_expr_scope scope = { .arg = def, .resolve = resolve,
	    .choice_known = choice_known };
	const char *text;

	if (json == NULL)
		return HC_OK;
	rule->always = hc_json_true(json);
	if (rule->always)
		return HC_OK;
	if ((text = hc_json_text(json)) == NULL)
		return wrong(err, "required", def->name);
	return hc_expr_parse_condition(&rule->expr, text, &scope, NULL, err);
}

static enum hc_status
read_choices(struct hc_form_def *def, struct hc_form_item *item,
    const struct hc_json *json, struct hc_error *err)
{
	const struct hc_json *choice;
	size_t i, n = hc_json_size(json);

	if (!hc_json_is_array(json) || n == 0 || n > HC_FORM_CHOICES)
		return wrong(err, "choices", item->name);
	if ((item->choices = calloc(n, sizeof(*item->choices))) == NULL)
		return hc_error_nomem(err);
	for (i = 0; i < n; i++) {
		choice = hc_json_at(json, i);
		item->choices[i].code = hc_json_text(hc_json_get(choice,
		    "code"));
		item->choices[i].label = hc_json_get(choice, "label");
		item->nchoices = i + 1;
		if (!is_word(item->choices[i].code) ||
		    !complete(def, item->choices[i].label))
			return wrong(err, "choices", item->name);
	}
	return HC_OK;
}

static enum hc_status
read_bounds(struct hc_form_item *item, const struct hc_json *json,
    struct hc_error *err)
{
	const char *low = hc_json_text(hc_json_get(json, "low"));
	const char *high = hc_json_text(hc_json_get(json, "high"));

	item->decimals = item->type != HC_TYPE_DECIMAL ? 0 :
	    (int)hc_json_integer(hc_json_get(json, "decimals"), 1);
	if (item->decimals < 0 || item->decimals > 6)
		return wrong(err, "decimals", item->name);
	if (low == NULL && high == NULL)
		return HC_OK;
	if (low == NULL || high == NULL ||
	    !read_scaled(low, item->decimals, &item->low) ||
	    !read_scaled(high, item->decimals, &item->high))
		return wrong(err, "low, high", item->name);
	item->bounded = true;
	return HC_OK;
}

/* All of an item but its rules, which may speak of later items. */
static enum hc_status
read_item(struct hc_form_def *def, struct hc_form_item *item,
    const struct hc_json *json, struct hc_error *err)
{
	const char *type = hc_json_text(hc_json_get(json, "type"));
	const char *group = hc_json_text(hc_json_get(json, "group"));
	const char *name = hc_json_text(hc_json_get(json, "name"));
	int64_t max;
	size_t i;

	/* The page has "lang" and "submission" of its own. */
	if (!is_word(name) || strcmp(name, "lang") == 0 ||
	    strcmp(name, "submission") == 0 ||
	    item_index(def, name) >= 0)
		return wrong(err, "name", name != NULL ? name : def->name);
	item->name = name;
	if (type == NULL || hc_type_parse(type, &item->type) != 0 ||
	    (item->type != HC_TYPE_DECIMAL && item->type != HC_TYPE_INTEGER &&
	    item->type != HC_TYPE_YESNO && item->type != HC_TYPE_CHOICE &&
	    item->type != HC_TYPE_TEXT))
		return wrong(err, "type", name);
	item->label = hc_json_get(json, "label");
	item->help = hc_json_get(json, "help");
	item->section = hc_json_get(json, "section");
	item->unit = hc_json_get(json, "unit");
	item->box = hc_json_true(hc_json_get(json, "box"));
	if (!complete(def, item->label))
		return wrong(err, "label", name);
	item->group = -1;
	for (i = 0; group != NULL && i < def->ngroups; i++)
		if (strcmp(def->groups[i].name, group) == 0)
			item->group = (int)i;
	if (group != NULL &&
	    (item->group < 0 || item->type != HC_TYPE_YESNO))
		return wrong(err, "group", name);
	if (item->box && item->type != HC_TYPE_YESNO)
		return wrong(err, "box", name);
	/* The box "none of these" bears the group's name. */
	for (i = 0; i < def->ngroups; i++)
		if (strcmp(def->groups[i].name, name) == 0)
			return wrong(err, "name", name);
	max = hc_json_integer(hc_json_get(json, "max"), 500);
	if (max < 1 || max > 10000)
		return wrong(err, "max", name);
	item->max = (size_t)max;
	if (item->type == HC_TYPE_CHOICE)
		return read_choices(def, item, hc_json_get(json, "choices"),
		    err);
	return read_bounds(item, json, err);
}

static enum hc_status
read_groups(struct hc_form_def *def, const struct hc_json *groups,
    struct hc_error *err)
{
	const struct hc_json *json;
	struct hc_form_group *group;
	size_t i, n = hc_json_size(groups);

	if (n > HC_FORM_GROUPS)
		return wrong(err, "groups", def->name);
	for (i = 0; i < n; i++) {
		json = hc_json_at(groups, i);
		group = &def->groups[i];
		group->name = hc_json_text(hc_json_get(json, "name"));
		group->label = hc_json_get(json, "label");
		group->help = hc_json_get(json, "help");
		group->none = hc_json_get(json, "none");
		if (!is_word(group->name) || !complete(def, group->label) ||
		    !complete(def, group->none))
			return wrong(err, "groups", def->name);
		def->ngroups = i + 1;
	}
	return HC_OK;
}

static enum hc_status
read_items(struct hc_form_def *def, const struct hc_json *items,
    struct hc_error *err)
{
	const struct hc_json *json;
	struct hc_form_item *item;
	const char *unless;
	enum hc_status rc;
	size_t i, n = hc_json_size(items);

	if (!hc_json_is_array(items) || n == 0 || n > HC_FORM_ITEMS)
		return wrong(err, "items", def->name);
	if ((def->items = calloc(n, sizeof(*def->items))) == NULL)
		return hc_error_nomem(err);
	for (i = 0; i < n; i++) {
		rc = read_item(def, &def->items[i], hc_json_at(items, i),
		    err);
		if (rc != HC_OK) {
			free(def->items[i].choices);
			return rc;
		}
		def->nitems = i + 1;
	}
	for (i = 0; i < n; i++) {
		json = hc_json_at(items, i);
		item = &def->items[i];
		unless = hc_json_text(hc_json_get(json, "unless"));
		item->unless = item_index(def, unless);
		if (unless != NULL && item->unless < 0)
			return wrong(err, "unless", item->name);
		if ((rc = read_rule(def, hc_json_get(json, "required"),
		    &item->required, err)) != HC_OK ||
		    (rc = read_rule(def, hc_json_get(json, "red_flag"),
		    &item->red_flag, err)) != HC_OK)
			return rc;
	}
	return HC_OK;
}

static enum hc_status
read_group_rules(struct hc_form_def *def, const struct hc_json *groups,
    struct hc_error *err)
{
	enum hc_status rc = HC_OK;
	size_t i;

	for (i = 0; i < def->ngroups && rc == HC_OK; i++)
		rc = read_rule(def, hc_json_get(hc_json_at(groups, i),
		    "required"), &def->groups[i].required, err);
	return rc;
}

static enum hc_status
read_languages(struct hc_form_def *def, const struct hc_json *languages,
    struct hc_error *err)
{
	size_t i, n = hc_json_size(languages);

	if (!hc_json_is_array(languages) || n == 0 || n > HC_FORM_LANGUAGES)
		return wrong(err, "languages", def->name);
	for (i = 0; i < n; i++) {
		def->languages[i] = hc_json_text(hc_json_at(languages, i));
		if (!is_language(def->languages[i]))
			return wrong(err, "languages", def->name);
		def->nlanguages = i + 1;
	}
	return HC_OK;
}

static enum hc_status
read_texts(struct hc_form_def *def, struct hc_error *err)
{
	size_t i, l;

	for (l = 0; l < def->nlanguages; l++)
		for (i = 0; hc_form_def_text_names[i] != NULL; i++)
			if (hc_form_def_text(def, hc_form_def_text_names[i],
			    def->languages[l])[0] == '\0')
				return wrong(err, hc_form_def_text_names[i],
				    def->languages[l]);
	return HC_OK;
}

static enum hc_status
read_office(struct hc_form_def *def, const struct hc_json *office,
    struct hc_error *err)
{
	const char *key = hc_json_text(hc_json_get(def->json, "public_key"));
	struct hc_buf raw = HC_BUF_INIT;
	enum hc_status rc;
	int64_t zone;

	def->office_name = hc_json_get(office, "name");
	def->office_phone = hc_json_get(office, "phone");
	if (!complete(def, def->office_name) ||
	    !complete(def, def->office_phone))
		return wrong(err, "office", def->name);
	zone = hc_json_integer(hc_json_get(office, "zone"), 540);
	if (zone < -840 || zone > 840)
		return wrong(err, "zone", def->name);
	def->zone = (int)zone;
	if (key == NULL)
		return wrong(err, "public_key", def->name);
	if ((rc = hc_base64_parse(key, &raw)) == HC_NOMEM)
		return hc_error_nomem(err);
	if (rc == HC_OK && raw.len == HC_SEAL_KEY)
		memcpy(def->public_key, raw.data, HC_SEAL_KEY);
	else
		rc = wrong(err, "public_key", def->name);
	hc_buf_free(&raw);
	return rc;
}

static enum hc_status
read_def(struct hc_form_def *def, struct hc_error *err)
{
	const struct hc_json *form = hc_json_get(def->json, "form");
	const struct hc_json *groups = hc_json_get(form, "groups");
	const char *kind = hc_json_text(hc_json_get(def->json, "hc"));
	enum hc_status rc;

	if (kind == NULL || strcmp(kind, "bundle") != 0)
		return hc_error_set(err, HC_INVALID, _("not a bundle"));
	if (hc_json_integer(hc_json_get(def->json, "version"), 0) != 1)
		return hc_error_set(err, HC_CONFIG,
		    _("a bundle of another version than 1"));
	def->name = hc_json_text(hc_json_get(form, "name"));
	def->version = hc_json_text(hc_json_get(form, "version"));
	if (!is_word(def->name))
		return wrong(err, "name", "form");
	if (def->version == NULL)
		return wrong(err, "version", def->name);
	def->texts = hc_json_get(form, "texts");
	if ((rc = read_languages(def, hc_json_get(form, "languages"),
	    err)) != HC_OK)
		return rc;
	if ((rc = read_texts(def, err)) != HC_OK)
		return rc;
	if ((rc = read_office(def, hc_json_get(def->json, "office"),
	    err)) != HC_OK)
		return rc;
	if ((rc = read_groups(def, groups, err)) != HC_OK)
		return rc;
	if ((rc = read_items(def, hc_json_get(form, "items"), err)) != HC_OK)
		return rc;
	return read_group_rules(def, groups, err);
}

/* Not every 32 bytes are a key: seal nothing with it, to see. */
static enum hc_status
try_key(struct hc_form_def *def, struct hc_error *err)
{
	struct hc_buf box = HC_BUF_INIT;
	enum hc_status rc;

	if ((rc = hc_seal_close(&box, "", 0, def->public_key)) == HC_INVALID)
		rc = wrong(err, "public_key", def->name);
	hc_buf_free(&box);
	return rc;
}

enum hc_status
hc_form_def_parse(struct hc_form_def **out, const char *text, size_t len,
    struct hc_error *err)
{
	struct hc_form_def *def;
	enum hc_status rc;

	*out = NULL;
	if ((def = calloc(1, sizeof(*def))) == NULL)
		return hc_error_nomem(err);
	if ((rc = hc_json_parse(&def->json, text, len, err)) == HC_OK &&
	    (rc = read_def(def, err)) == HC_OK)
		rc = try_key(def, err);
	if (rc == HC_OK)
		*out = def;
	else
		hc_form_def_free(def);
	return rc;
}

void
hc_form_def_free(struct hc_form_def *def)
{
	size_t i;

	if (def == NULL)
		return;
	for (i = 0; i < def->nitems; i++) {
		hc_expr_free(def->items[i].required.expr);
		hc_expr_free(def->items[i].red_flag.expr);
		free(def->items[i].choices);
	}
	for (i = 0; i < def->ngroups; i++)
		hc_expr_free(def->groups[i].required.expr);
	free(def->items);
	hc_json_free(def->json);
	free(def);
}
