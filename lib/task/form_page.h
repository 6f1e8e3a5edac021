/*
 * The pages of the form, as HTML: made from the definition alone, in the
 * person's language, without scripts and without a name on them.
 */
#ifndef HC_TASK_FORM_PAGE_H
#define HC_TASK_FORM_PAGE_H

#include "base/buf.h"
#include "task/form_answer.h"
#include "task/form_def.h"

/* Whose form it is and how it is shown. */
struct hc_form_view {
	const struct hc_form_def *def;
	const struct hc_json *rows;	/* the link's, or NULL */
	const char *lang;		/* one of the form's languages */
	const char *submission;		/* text of the page's number */
};

/*
 * hc_form_page_form(out, view, answer):
 * Append the form: empty where ${answer} is NULL, else with what was typed
 * in this same request and with the faults beside the items.
 */
void hc_form_page_form(struct hc_buf *out, const struct hc_form_view *view,
    const struct hc_form_answer *answer);

/*
 * hc_form_page_thanks(out, view, red_flag):
 * Append the page that says the answer has arrived, and with ${red_flag}
 * first of all whom to telephone now.
 */
void hc_form_page_thanks(struct hc_buf *out, const struct hc_form_view *view,
    bool red_flag);

enum hc_form_notice {
	HC_FORM_EXPIRED,	/* no such link, or not now */
	HC_FORM_BUSY,		/* not kept; try again */
	HC_FORM_LIMIT,		/* too many unknown links asked for, or
				   too many answers to one */
	HC_FORM_WRONG		/* a request that no form makes */
};

/*
 * hc_form_page_notice(out, def, notice):
 * Append a page that belongs to no link: the notice with the office's name
 * and telephone number in all languages of ${def}, so that nothing on it
 * tells a known link from an unknown one.  ${def} may be NULL where no
 * bundle has ever come in.
 */
void hc_form_page_notice(struct hc_buf *out, const struct hc_form_def *def,
    enum hc_form_notice notice);

#endif
