/*
 * The text of a paragraph or a cell of a Word document, put together from its
 * runs.  Used only by docx.c.
 */
#ifndef HC_BASE_DOCX_TEXT_H
#define HC_BASE_DOCX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct hc_docx_text {
	struct hc_buf text;
	struct hc_buf kana;	/* the same with ruby texts for what they
				   stand over */
	bool ruby;		/* there are any */
	size_t paragraphs;
};

/* Where in the document the reader is. */
struct hc_docx_place {
	int run;		/* depth of runs */
	int reading;		/* of ruby texts */
	int base;		/* of what these stand over */
	int deleted;		/* of what was deleted or moved away */
	bool hidden;		/* the run is not shown */
	bool in_text;		/* in an element of text */
	bool box;		/* a check box is ticked */
};

/* hc_docx_text_start(t, place, name, attributes), hc_docx_text_end(t, place,
   name): an element begins or ends within what ${t} is the text of. */
void hc_docx_text_start(struct hc_docx_text *t, struct hc_docx_place *place,
    const char *name, const char **attributes);
void hc_docx_text_end(struct hc_docx_text *t, struct hc_docx_place *place,
    const char *name);

/* hc_docx_text_add(t, place, bytes, len): characters. */
void hc_docx_text_add(struct hc_docx_text *t,
    const struct hc_docx_place *place, const char *bytes, size_t len);

/* hc_docx_text_finish(t): cut empty lines at the end; false when out of
   memory. */
bool hc_docx_text_finish(struct hc_docx_text *t);

/* hc_docx_text_is_on(attributes): is a property that may be switched by
   "val" on? */
bool hc_docx_text_is_on(const char **attributes);

/* hc_docx_text_clear(t), hc_docx_text_free(t): make it empty; give back. */
void hc_docx_text_clear(struct hc_docx_text *t);
void hc_docx_text_free(struct hc_docx_text *t);

#endif
