/*
 * The pages of the form.
 *
 * Layout and colours stand in lib/web/form.css.  Radio buttons and boxes are
 * real inputs inside their labels, so that the whole button is a target and
 * keyboards and screen readers work.  Nothing is preset: a program that
 * submits the empty page submits nothing.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/html.h"

#include "task/form_page.h"

/* More choices than these become a list to open. */
#define BUTTONS 8

static void
escape(struct hc_buf *out, const char *text)
{
	hc_html_text(out, text, strlen(text));
}

/* Texts of the office may have several lines. */
static void
put_lines(struct hc_buf *out, const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
		hc_html_text(out, text, (size_t)(end - text));
		hc_buf_puts(out, "<br>");
	}
	escape(out, text);
}

static void
put_text(struct hc_buf *out, const struct hc_form_view *view,
    const char *name)
{
	put_lines(out, hc_form_def_text(view->def, name, view->lang));
}

static void
put_pick(struct hc_buf *out, const struct hc_form_view *view,
    const struct hc_json *text)
{
	put_lines(out, hc_form_def_pick(text, view->lang));
}

/* A telephone number to tap: its digits behind tel:, itself to read, the
   word before it where there is one. */
static void
put_phone(struct hc_buf *out, const struct hc_form_view *view,
    const char *word)
{
	const char *phone, *p;

	phone = hc_form_def_pick(view->def->office_phone, view->lang);

	hc_buf_puts(out, "<a class=\"call\" href=\"tel:");
	for (p = phone; *p != '\0'; p++)
		if (isdigit((unsigned char)*p) || (*p == '+' && p == phone))
			hc_buf_putc(out, *p);
	hc_buf_puts(out, "\">");
	if (word[0] != '\0') {
		escape(out, word);
		hc_buf_putc(out, ' ');
	}
	escape(out, phone);
	hc_buf_puts(out, "</a>");
}

static void
put_head(struct hc_buf *out, const char *lang, const char *title)
{
	hc_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"");
	escape(out, lang);
	hc_buf_puts(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"robots\" content=\"noindex\">\n"
	    "<meta name=\"format-detection\" content=\"telephone=no\">\n"
	    "<link rel=\"stylesheet\" href=\"/style.css\">\n<title>");
	escape(out, title);
	hc_buf_puts(out, "</title>\n</head>\n<body>\n");
}

static void
put_office(struct hc_buf *out, const struct hc_form_view *view)
{
	hc_buf_puts(out, "<p class=\"office\">");
	put_pick(out, view, view->def->office_name);
	hc_buf_puts(out, "</p>\n");
}

static void
put_foot(struct hc_buf *out, const struct hc_form_view *view)
{
	hc_buf_puts(out, "<footer>\n<p>");
	put_pick(out, view, view->def->office_name);
	hc_buf_putc(out, ' ');
	put_phone(out, view, "");
	hc_buf_puts(out, "</p>\n</footer>\n</body>\n</html>\n");
}

/* The other languages, each in its own words. */
static void
put_languages(struct hc_buf *out, const struct hc_form_view *view)
{
	const struct hc_form_def *def = view->def;
	const char *lang;
	size_t i;

	if (def->nlanguages < 2)
		return;
	hc_buf_puts(out, "<nav aria-label=\"Language\">");
	for (i = 0; i < def->nlanguages; i++) {
		lang = def->languages[i];
		if (lang == view->lang)
			hc_buf_printf(out, "<b lang=\"%s\">", lang);
		else
			hc_buf_printf(out, "<a href=\"?lang=%s\" lang=\"%s\" "
			    "hreflang=\"%s\">", lang, lang, lang);
		escape(out, hc_form_def_text(def, "language",
		    lang));
		hc_buf_puts(out, lang == view->lang ? "</b>" : "</a>");
	}
	hc_buf_puts(out, "</nav>\n");
}

/* One item of one row while it is written. */
struct place {
	struct hc_buf *out;
	const struct hc_form_view *view;
	const struct hc_form_item *item;	/* NULL for a group */
	const struct hc_form_group *group;	/* NULL for an item */
	const struct hc_form_cell *cell;	/* NULL in an empty form */
	const char *id;		/* name of the field, "A.temperature" */
};

static void
put_bound(struct hc_buf *out, const struct hc_form_item *item, int64_t value)
{
	int64_t unit = 1;
	int i;

	for (i = 0; i < item->decimals; i++)
		unit *= 10;
	if (item->decimals == 0)
		hc_buf_printf(out, "%" PRId64, value);
	else
		hc_buf_printf(out, "%" PRId64 ".%0*" PRId64, value / unit,
		    item->decimals, value % unit);
}

/* The words of a fault with {low}, {high}, {unit} and {max} put in. */
static void
put_fault_words(const struct place *at)
{
	struct hc_buf text = HC_BUF_INIT;
	const char *s, *brace;

	s = hc_form_def_text(at->view->def, at->cell->fault, at->view->lang);
	while (at->item != NULL && (brace = strchr(s, '{')) != NULL) {
		hc_buf_add(&text, s, (size_t)(brace - s));
		s = strchr(brace, '}');
		if (strncmp(brace, "{low}", 5) == 0)
			put_bound(&text, at->item, at->item->low);
		else if (strncmp(brace, "{high}", 6) == 0)
			put_bound(&text, at->item, at->item->high);
		else if (strncmp(brace, "{unit}", 6) == 0)
			hc_buf_puts(&text, hc_form_def_pick(at->item->unit,
			    at->view->lang));
		else if (strncmp(brace, "{max}", 5) == 0)
			hc_buf_printf(&text, "%zu", at->item->max);
		else
			s = brace;
		if (s == NULL || s == brace) {
			s = brace;
			break;
		}
		s++;
	}
	hc_buf_puts(&text, s);
	put_lines(at->out, hc_buf_text(&text));
	at->out->failed |= hc_buf_failed(&text);
	hc_buf_free(&text);
}

static bool
is_faulty(const struct place *at)
{
	return at->cell != NULL && at->cell->fault != NULL;
}

static bool
was_typed(const struct place *at, const char *value)
{
	return at->cell != NULL && at->cell->typed != NULL &&
	    strcmp(at->cell->typed, value) == 0;
}

/* Help and fault, which the field names as its description. */
static void
put_help(const struct place *at, const struct hc_json *help)
{
	if (help != NULL) {
		hc_buf_printf(at->out, "<p class=\"help\" id=\"%s-help\">",
		    at->id);
		put_pick(at->out, at->view, help);
		hc_buf_puts(at->out, "</p>\n");
	}
	if (is_faulty(at)) {
		hc_buf_printf(at->out, "<p class=\"fault\" id=\"%s-fault\">",
		    at->id);
		put_fault_words(at);
		hc_buf_puts(at->out, "</p>\n");
	}
}

static void
put_described(const struct place *at, const struct hc_json *help)
{
	bool faulty = is_faulty(at);

	if (help == NULL && !faulty)
		return;
	hc_buf_puts(at->out, " aria-describedby=\"");
	if (help != NULL)
		hc_buf_printf(at->out, "%s-help", at->id);
	if (faulty)
		hc_buf_printf(at->out, "%s%s-fault", help != NULL ? " " : "",
		    at->id);
	hc_buf_putc(at->out, '"');
	if (faulty && at->item != NULL && at->item->type != HC_TYPE_YESNO &&
	    at->item->type != HC_TYPE_CHOICE)
		hc_buf_puts(at->out, " aria-invalid=\"true\"");
}

/* A radio button or a box, as large as its label. */
static void
put_button(const struct place *at, const char *kind, const char *value,
    const char *label)
{
	hc_buf_printf(at->out, "<label class=\"button\"><input type=\"%s\" "
	    "name=\"%s\" value=\"%s\"%s><span>", kind, at->id, value,
	    was_typed(at, value) ? " checked" : "");
	put_lines(at->out, label);
	hc_buf_puts(at->out, "</span></label>\n");
}

static void
put_fieldset(const struct place *at, const struct hc_json *label,
    const struct hc_json *help)
{
	hc_buf_printf(at->out, "<fieldset id=\"%s\" class=\"item%s\"", at->id,
	    is_faulty(at) ? " faulty" : "");
	put_described(at, help);
	hc_buf_puts(at->out, ">\n<legend>");
	put_pick(at->out, at->view, label);
	hc_buf_puts(at->out, "</legend>\n");
	put_help(at, help);
}

static void
put_yesno(const struct place *at)
{
	const struct hc_form_view *view = at->view;

	put_fieldset(at, at->item->label, at->item->help);
	hc_buf_puts(at->out, "<div class=\"pair\">\n");
	put_button(at, "radio", "0", hc_form_def_text(view->def, "no",
	    view->lang));
	put_button(at, "radio", "1", hc_form_def_text(view->def, "yes",
	    view->lang));
	hc_buf_puts(at->out, "</div>\n</fieldset>\n");
}

static void
put_box(const struct place *at)
{
	hc_buf_printf(at->out, "<div class=\"item box%s\" id=\"%s\">\n",
	    is_faulty(at) ? " faulty" : "", at->id);
	put_button(at, "checkbox", "1", hc_form_def_pick(at->item->label,
	    at->view->lang));
	put_help(at, at->item->help);
	hc_buf_puts(at->out, "</div>\n");
}

static void
put_choices(const struct place *at)
{
	const struct hc_form_choice *choice;
	size_t i;

	put_fieldset(at, at->item->label, at->item->help);
	for (i = 0; i < at->item->nchoices; i++) {
		choice = &at->item->choices[i];
		put_button(at, "radio", choice->code,
		    hc_form_def_pick(choice->label, at->view->lang));
	}
	hc_buf_puts(at->out, "</fieldset>\n");
}

/* The label above a field that is typed or opened. */
static void
put_label(const struct place *at)
{
	hc_buf_printf(at->out, "<div class=\"item%s\">\n<label for=\"%s\">",
	    is_faulty(at) ? " faulty" : "", at->id);
	put_pick(at->out, at->view, at->item->label);
	hc_buf_puts(at->out, "</label>\n");
	put_help(at, at->item->help);
}

static void
put_select(const struct place *at)
{
	const struct hc_form_choice *choice;
	size_t i;

	put_label(at);
	hc_buf_printf(at->out, "<select id=\"%s\" name=\"%s\"", at->id,
	    at->id);
	put_described(at, at->item->help);
	hc_buf_puts(at->out, ">\n<option value=\"\">");
	put_text(at->out, at->view, "choose");
	hc_buf_puts(at->out, "</option>\n");
	for (i = 0; i < at->item->nchoices; i++) {
		choice = &at->item->choices[i];
		hc_buf_printf(at->out, "<option value=\"%s\"%s>",
		    choice->code, was_typed(at, choice->code) ?
		    " selected" : "");
		escape(at->out, hc_form_def_pick(choice->label,
		    at->view->lang));
		hc_buf_puts(at->out, "</option>\n");
	}
	hc_buf_puts(at->out, "</select>\n</div>\n");
}

static void
put_number(const struct place *at)
{
	put_label(at);
	hc_buf_printf(at->out, "<div class=\"number\"><input type=\"text\" "
	    "id=\"%s\" name=\"%s\" inputmode=\"%s\" autocomplete=\"off\" "
	    "maxlength=\"20\" value=\"", at->id, at->id,
	    at->item->type == HC_TYPE_DECIMAL ? "decimal" : "numeric");
	if (at->cell != NULL && at->cell->typed != NULL)
		escape(at->out, at->cell->typed);
	hc_buf_putc(at->out, '"');
	put_described(at, at->item->help);
	hc_buf_putc(at->out, '>');
	if (at->item->unit != NULL) {
		hc_buf_puts(at->out, "<span>");
		put_pick(at->out, at->view, at->item->unit);
		hc_buf_puts(at->out, "</span>");
	}
	hc_buf_puts(at->out, "</div>\n</div>\n");
}

static void
put_area(const struct place *at)
{
	put_label(at);
	hc_buf_printf(at->out, "<textarea id=\"%s\" name=\"%s\" rows=\"3\" "
	    "autocomplete=\"off\" maxlength=\"%zu\"", at->id, at->id,
	    at->item->max);
	put_described(at, at->item->help);
	/* HTML drops one line break after the tag. */
	hc_buf_puts(at->out, ">\n");
	if (at->cell != NULL && at->cell->typed != NULL)
		escape(at->out, at->cell->typed);
	hc_buf_puts(at->out, "</textarea>\n</div>\n");
}

static void
put_item(const struct place *at)
{
	switch (at->item->type) {
	case HC_TYPE_YESNO:
		if (at->item->box)
			put_box(at);
		else
			put_yesno(at);
		break;
	case HC_TYPE_CHOICE:
		if (at->item->nchoices > BUTTONS)
			put_select(at);
		else
			put_choices(at);
		break;
	case HC_TYPE_TEXT:
		put_area(at);
		break;
	default:
		put_number(at);
		break;
	}
}

/* One row while it is written; answers are NULL in an empty form. */
struct row {
	struct hc_buf *out;
	const struct hc_form_view *view;
	size_t number;
	const struct hc_form_cell *cells;
	const struct hc_form_cell *groups;
};

/* Call ${put} for a field of the row, with its name made. */
static void
with_place(const struct row *row, int item, int group,
    void (*put)(const struct place *at))
{
	const struct hc_form_def *def = row->view->def;
	struct hc_buf id = HC_BUF_INIT;
	struct place at = { .out = row->out, .view = row->view };

	at.item = item >= 0 ? &def->items[item] : NULL;
	at.group = item >= 0 ? NULL : &def->groups[group];
	if (row->cells != NULL)
		at.cell = item >= 0 ? &row->cells[item] : &row->groups[group];
	hc_form_answer_field(&id, row->view->rows, row->number, item >= 0 ?
	    def->items[item].name : def->groups[group].name);
	at.id = hc_buf_text(&id);
	put(&at);
	row->out->failed |= hc_buf_failed(&id);
	hc_buf_free(&id);
}

static void
put_tick(const struct place *at)
{
	put_button(at, "checkbox", "1", hc_form_def_pick(at->item->label,
	    at->view->lang));
}

static void
open_group(const struct place *at)
{
	put_fieldset(at, at->group->label, at->group->help);
}

static void
put_none(const struct place *at)
{
	hc_buf_puts(at->out, "<div class=\"none\">\n");
	put_button(at, "checkbox", "1", hc_form_def_pick(at->group->none,
	    at->view->lang));
	hc_buf_puts(at->out, "</div>\n");
}

/* The boxes of a group stand together where its first item does. */
static void
put_group(const struct row *row, int group)
{
	const struct hc_form_def *def = row->view->def;
	size_t i;

	with_place(row, -1, group, open_group);
	for (i = 0; i < def->nitems; i++)
		if (def->items[i].group == group)
			with_place(row, (int)i, -1, put_tick);
	with_place(row, -1, group, put_none);
	hc_buf_puts(row->out, "</fieldset>\n");
}

static void
put_row(const struct row *row)
{
	const struct hc_form_def *def = row->view->def;
	const struct hc_form_item *item;
	bool done[HC_FORM_GROUPS] = { false };
	size_t i;

	for (i = 0; i < def->nitems; i++) {
		item = &def->items[i];
		if (item->section != NULL) {
			hc_buf_printf(row->out, "<h%d>",
			    hc_json_size(row->view->rows) > 0 ? 3 : 2);
			put_pick(row->out, row->view, item->section);
			hc_buf_printf(row->out, "</h%d>\n",
			    hc_json_size(row->view->rows) > 0 ? 3 : 2);
		}
		if (item->group < 0)
			with_place(row, (int)i, -1, put_item);
		else if (!done[item->group])
			put_group(row, item->group);
		if (item->group >= 0)
			done[item->group] = true;
	}
}

static void
put_row_label(const struct row *row)
{
	const struct hc_json *json = hc_json_at(row->view->rows, row->number);
	const struct hc_json *label = hc_json_get(json, "label");

	if (json == NULL)
		return;
	hc_buf_puts(row->out, "<h2 class=\"row\">");
	if (label != NULL)
		put_pick(row->out, row->view, label);
	else
		escape(row->out, hc_form_answer_row(
		    row->view->rows, row->number));
	hc_buf_puts(row->out, "</h2>\n");
}

static void
put_fault_link(const struct place *at)
{
	if (!is_faulty(at))
		return;
	hc_buf_printf(at->out, "<li><a href=\"#%s\">", at->id);
	put_pick(at->out, at->view, at->item != NULL ? at->item->label :
	    at->group->label);
	hc_buf_puts(at->out, "</a></li>\n");
}

/* Above the form: what has to be looked at again. */
static void
put_faults(const struct row *first, const struct hc_form_answer *answer)
{
	const struct hc_form_def *def = answer->def;
	struct row row = *first;
	size_t i;

	hc_buf_puts(row.out, "<div class=\"faults\" role=\"alert\">\n<p>");
	put_text(row.out, row.view, "errors");
	hc_buf_puts(row.out, "</p>\n<ul>\n");
	for (row.number = 0; row.number < answer->nrows; row.number++) {
		row.cells = answer->cells + row.number * def->nitems;
		row.groups = answer->groups + row.number * def->ngroups;
		for (i = 0; i < def->nitems; i++)
			with_place(&row, (int)i, -1, put_fault_link);
		for (i = 0; i < def->ngroups; i++)
			with_place(&row, -1, (int)i, put_fault_link);
	}
	hc_buf_puts(row.out, "</ul>\n</div>\n");
}

void
hc_form_page_form(struct hc_buf *out, const struct hc_form_view *view,
    const struct hc_form_answer *answer)
{
	const struct hc_form_def *def = view->def;
	struct row row = { .out = out, .view = view };
	size_t rows = hc_json_size(view->rows);

	put_head(out, view->lang, hc_form_def_text(def, "title", view->lang));
	hc_buf_puts(out, "<header>\n");
	put_office(out, view);
	put_languages(out, view);
	hc_buf_puts(out, "</header>\n<main>\n<h1>");
	put_text(out, view, "title");
	hc_buf_puts(out, "</h1>\n");
	if (answer != NULL && answer->faults > 0)
		put_faults(&row, answer);
	else {
		hc_buf_puts(out, "<p>");
		put_text(out, view, "intro");
		hc_buf_puts(out, "</p>\n");
	}
	/* Without an action it goes where the page came from. */
	hc_buf_printf(out, "<form method=\"post\">\n"
	    "<input type=\"hidden\" name=\"submission\" value=\"%s\">\n"
	    "<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
	    view->submission, view->lang);
	do {
		if (answer != NULL) {
			row.cells = answer->cells + row.number * def->nitems;
			row.groups = answer->groups +
			    row.number * def->ngroups;
		}
		put_row_label(&row);
		put_row(&row);
	} while (++row.number < rows);
	hc_buf_puts(out, "<button type=\"submit\">");
	put_text(out, view, "submit");
	hc_buf_puts(out, "</button>\n</form>\n</main>\n");
	put_foot(out, view);
}

void
hc_form_page_thanks(struct hc_buf *out, const struct hc_form_view *view,
    bool red_flag)
{
	const char *title = red_flag ? "red_flag_title" : "thanks_title";

	put_head(out, view->lang, hc_form_def_text(view->def, title,
	    view->lang));
	hc_buf_puts(out, "<header>\n");
	put_office(out, view);
	hc_buf_puts(out, "</header>\n<main>\n");
	if (red_flag) {
		hc_buf_puts(out, "<div class=\"urgent\" role=\"alert\">\n"
		    "<h1>");
		put_text(out, view, "red_flag_title");
		hc_buf_puts(out, "</h1>\n<p>");
		put_text(out, view, "red_flag");
		hc_buf_puts(out, "</p>\n<p>");
		put_phone(out, view, hc_form_def_text(view->def, "call",
		    view->lang));
		hc_buf_puts(out, "</p>\n</div>\n<h2>");
		put_text(out, view, "thanks_title");
		hc_buf_puts(out, "</h2>\n<p>");
	} else {
		hc_buf_puts(out, "<div class=\"done\">\n<h1>");
		put_text(out, view, "thanks_title");
		hc_buf_puts(out, "</h1>\n</div>\n<p>");
	}
	put_text(out, view, "thanks");
	hc_buf_printf(out, "</p>\n<p><a href=\"?lang=%s\">", view->lang);
	put_text(out, view, "again");
	hc_buf_puts(out, "</a></p>\n</main>\n");
	put_foot(out, view);
}

/* Where no bundle ever came in there is no text of the office's. */
static void
put_bare_notice(struct hc_buf *out)
{
	put_head(out, "en", "hc-form");
	hc_buf_puts(out, "<main>\n<p lang=\"ja\">このページは今ご利用に"
	    "なれません。</p>\n<p>This page is not in use now.</p>\n"
	    "</main>\n</body>\n</html>\n");
}

void
hc_form_page_notice(struct hc_buf *out, const struct hc_form_def *def,
    enum hc_form_notice notice)
{
	static const char *const texts[][2] = {
		[HC_FORM_EXPIRED] = { "expired_title", "expired" },
		[HC_FORM_BUSY] = { "busy_title", "busy" },
		[HC_FORM_LIMIT] = { "limit_title", "limit" },
		[HC_FORM_WRONG] = { "wrong_title", "wrong" },
	};
	struct hc_form_view view = { .def = def };
	size_t i;

	if (def == NULL) {
		put_bare_notice(out);
		return;
	}
	put_head(out, def->languages[0], hc_form_def_text(def,
	    texts[notice][0], def->languages[0]));
	hc_buf_puts(out, "<main>\n");
	for (i = 0; i < def->nlanguages; i++) {
		view.lang = def->languages[i];
		hc_buf_printf(out, "<section class=\"notice\" lang=\"%s\">\n"
		    "<h%d>", view.lang, i == 0 ? 1 : 2);
		put_text(out, &view, texts[notice][0]);
		hc_buf_printf(out, "</h%d>\n<p>", i == 0 ? 1 : 2);
		put_text(out, &view, texts[notice][1]);
		hc_buf_puts(out, "</p>\n<p>");
		put_pick(out, &view, def->office_name);
		hc_buf_puts(out, "<br>");
		put_phone(out, &view, "");
		hc_buf_puts(out, "</p>\n</section>\n");
	}
	hc_buf_puts(out, "</main>\n</body>\n</html>\n");
}
