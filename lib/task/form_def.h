/*
 * The definition of a form, as the office sends it to the form machine in a
 * bundle: items with their labels in every language, rules, texts, and the
 * office's public key.  One JSON object:
 *
 *	{"hc": "bundle", "version": 1, "public_key": "BASE64",
 *	 "office": {"name": TEXT, "phone": TEXT, "zone": 540},
 *	 "form": {"name": "daily", "version": "1", "languages": ["ja", "en"],
 *	  "groups": [{"name", "label", "help", "none", "required"}, ...],
 *	  "items": [{"name", "type", "label", "help", "section", "group",
 *	   "box", "required", "unless", "red_flag", "decimals", "low", "high",
 *	   "unit", "max", "choices": [{"code", "label"}]}, ...],
 *	  "texts": {"ja": {"title": "...", ...}, "en": {...}}}}
 *
 * A TEXT is a string, or an object with a string for each language.  An
 * item's type is decimal, integer, yesno, choice or text (the names of
 * base/type.h).  "required" and "red_flag" are true or expressions of
 * hc-expr(5) over the items; "required" counts only where the item "unless"
 * is not answered with yes.  A yesno item of a group is a box to tick; such
 * a group has one more box, its "none", and a required group needs one
 * ticked.  A yesno item outside of groups is a question with two answers, or
 * with "box": true a single box.
 */
#ifndef HC_TASK_FORM_DEF_H
#define HC_TASK_FORM_DEF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/seal.h"
#include "base/status.h"
#include "base/type.h"

#define HC_FORM_LANGUAGES 16	/* at most */
#define HC_FORM_ITEMS 120
#define HC_FORM_GROUPS 16
#define HC_FORM_CHOICES 60

struct hc_expr;

/* When something holds: never, always, or as an expression says. */
struct hc_form_rule {
	bool always;
	struct hc_expr *expr;	/* or NULL */
};

/* Strings and values below belong to the definition's JSON. */
struct hc_form_choice {
	const char *code;
	const struct hc_json *label;
};

struct hc_form_group {
	const char *name;
	const struct hc_json *label;
	const struct hc_json *help;	/* NULL: none */
	const struct hc_json *none;	/* "none of these" */
	struct hc_form_rule required;
};

struct hc_form_item {
	const char *name;
	enum hc_type type;
	const struct hc_json *label;
	const struct hc_json *help;	/* NULL: none */
	const struct hc_json *section;	/* a heading before it, or NULL */
	const struct hc_json *unit;	/* or NULL */
	int group;			/* index of its group, or -1 */
	bool box;			/* a yesno that is one box to tick */
	int unless;			/* index of that item, or -1 */
	struct hc_form_rule required;
	struct hc_form_rule red_flag;
	int decimals;			/* of a decimal */
	bool bounded;			/* low and high were given */
	int64_t low, high;		/* scaled by ${decimals} */
	size_t max;			/* characters of a text */
	struct hc_form_choice *choices;
	size_t nchoices;
};

struct hc_form_def {
	struct hc_json *json;		/* owns all strings */
	const char *name;
	const char *version;
	const char *languages[HC_FORM_LANGUAGES];
	size_t nlanguages;
	struct hc_form_group groups[HC_FORM_GROUPS];
	size_t ngroups;
	struct hc_form_item *items;
	size_t nitems;
	const struct hc_json *texts;
	const struct hc_json *office_name;
	const struct hc_json *office_phone;
	int zone;			/* minutes east of UTC, for "today" */
	unsigned char public_key[HC_SEAL_KEY];
};

/* The texts that every language of a form must have. */
extern const char *const hc_form_def_text_names[];

/*
 * hc_form_def_parse(def, text, len, err):
 * Read a bundle's JSON and compile its expressions.  On HC_OK the caller
 * frees ${def} with hc_form_def_free(); on failure it is NULL.
 *
 * Returns HC_OK; HC_INVALID naming the first thing that is missing, unknown
 * or impossible (a label without one of the languages, an expression over
 * an item that is not there ...); HC_CONFIG for a bundle of a newer kind;
 * HC_NOMEM.
 */
enum hc_status hc_form_def_parse(struct hc_form_def **def, const char *text,
    size_t len, struct hc_error *err);
void hc_form_def_free(struct hc_form_def *def);

/* hc_form_def_language(def, lang): the definition's own string equal to
   ${lang}, or NULL if the form does not speak it; NULL is no language. */
const char *hc_form_def_language(const struct hc_form_def *def,
    const char *lang);

/* hc_form_def_text(def, name, lang): a text of the page; "" if there is no
   such text.  ${lang} is one of the form's. */
const char *hc_form_def_text(const struct hc_form_def *def, const char *name,
    const char *lang);

/* hc_form_def_pick(text, lang): a TEXT of the definition in ${lang}; "" for
   NULL. */
const char *hc_form_def_pick(const struct hc_json *text, const char *lang);


#endif
