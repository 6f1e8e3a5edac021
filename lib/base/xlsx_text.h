/*
 * The text of a cell or a shared string in a workbook: runs of rich text put
 * together, furigana apart.  Used only by the xlsx readers.
 */
#ifndef HC_BASE_XLSX_TEXT_H
#define HC_BASE_XLSX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

struct hc_xlsx_text {
	struct hc_buf text;
	struct hc_buf kana;	/* of all the text; empty if it has none */
	struct hc_buf piece;	/* of the t or rPh that is open */
	bool in_t, in_kana, too_long;
	size_t at;		/* how much of text is in kana already */
	size_t units;		/* the same, as furigana count it */
};

/* hc_xlsx_text_clear(t), hc_xlsx_text_free(t): make it empty; give back. */
void hc_xlsx_text_clear(struct hc_xlsx_text *t);
void hc_xlsx_text_free(struct hc_xlsx_text *t);

/* What stands inside si or is: elements begin and end, characters come. */
void hc_xlsx_text_start(struct hc_xlsx_text *t, const char *name,
    const char **attributes);
void hc_xlsx_text_end(struct hc_xlsx_text *t, const char *name);
void hc_xlsx_text_add(struct hc_xlsx_text *t, const char *bytes, size_t len);

/*
 * hc_xlsx_text_finish(t):
 * The si or is has ended: ${t}->text is the text; ${t}->kana is what Excel's
 * PHONETIC() gives: the text with the characters that have furigana replaced
 * by these.  HC_OK, HC_INVALID if it is longer than HC_BOOK_CELL_MAX,
 * HC_NOMEM.
 */
enum hc_status hc_xlsx_text_finish(struct hc_xlsx_text *t);

/* hc_xlsx_text_unescape(out, bytes, len): append with _x000D_ and the like
   undone (ECMA-376 part 1, 22.9.2.19). */
void hc_xlsx_text_unescape(struct hc_buf *out, const char *bytes,
    size_t len);

#endif
