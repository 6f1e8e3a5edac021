/*
 * Text as it is stored, and text made plain before it is parsed.
 *
 * All functions append to ${out}; out of memory shows in hc_buf_failed(),
 * and as HC_NOMEM where a status is returned.
 */
#ifndef HC_BASE_NORM_H
#define HC_BASE_NORM_H

#include "base/buf.h"
#include "base/status.h"

/*
 * hc_norm_store(out, in, err):
 * Append ${in} in the one form in which text is stored:
 *  - valid UTF-8, else HC_INVALID naming the byte, and nothing is appended;
 *  - NFC.  (This makes U+FA10 the same as U+585A, as Unicode has it; the
 *    variants that Japanese names need, U+9AD9, U+FA11 and ideographic
 *    variation sequences, are not touched by NFC.)
 *  - CR LF, CR, vertical tab, form feed, U+0085, U+2028 and U+2029 are LF;
 *  - other control characters but tab, U+FEFF, zero-width characters, soft
 *    hyphens and marks of writing direction are removed: nobody sees them,
 *    and a name that holds one is never found again.  The joiners U+200C
 *    and U+200D stay where Nepali, Arabic or an emoji needs them: after a
 *    character of such a script;
 *  - spaces (U+3000, U+00A0 and tab among them) before and after the whole
 *    and at the end of each line are cut, empty lines at both ends too.
 * Spaces inside stay as written.  Nothing appended on HC_OK means: absent.
 *
 * Returns HC_OK, HC_INVALID, HC_NOMEM.
 */
enum hc_status hc_norm_store(struct hc_buf *out, const char *in,
    struct hc_error *err);

/*
 * hc_norm_nfc(out, in):
 * Append ${in}, valid UTF-8, in Unicode normalisation form C.  Bytes that
 * are not UTF-8 become U+FFFD.
 */
void hc_norm_nfc(struct hc_buf *out, const char *in);

/*
 * hc_norm_ascii(out, in):
 * Append ${in} with full-width ASCII and all spaces as plain ASCII, and
 * the many hyphens, dashes and minus signs as '-', for numbers, dates,
 * telephone numbers and the command line.  The long vowel marks U+30FC and
 * U+FF70 become '-' only where no kana stands before them.  All else,
 * kana and kanji too, stays as it is.  Not for text that is stored.
 */
void hc_norm_ascii(struct hc_buf *out, const char *in);

/*
 * hc_norm_wide_kana(out, in):
 * Append ${in} with half-width katakana and their punctuation in full
 * width, voiced marks put together with the kana before them: ﾀｶﾊｼ ﾊﾅｺ is
 * タカハシ ハナコ.  All else stays as it is.
 */
void hc_norm_wide_kana(struct hc_buf *out, const char *in);

/*
 * hc_norm_is_space(c):
 * Is the character a space of any width (not a line break)?
 */
int hc_norm_is_space(unsigned int c);

/*
 * hc_norm_refuse(err, words, cell):
 * Say "${words}: '${cell}'" in ${err}, the cell on one line and cut to 80
 * columns, since nobody knows what is in it.  Returns HC_INVALID.
 */
enum hc_status hc_norm_refuse(struct hc_error *err, const char *words,
    const char *cell);

#endif
