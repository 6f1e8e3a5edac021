/*
 * Text cut into overlapping pieces, so that a full-text engine that knows
 * only whole words finds any part of a key.
 *
 * A key (base/fold.h) is parted where digits, Latin letters and all other
 * characters meet; digits are cut in pieces of four, letters of three, kana,
 * kanji and the rest of two, each beginning one character further.  Pieces
 * stand between spaces and hold no ASCII but letters and digits, so that no
 * engine takes any of it for syntax.
 */
#ifndef HC_BASE_GRAM_H
#define HC_BASE_GRAM_H

#include "base/buf.h"

/*
 * hc_gram_text(out, key):
 * Append the pieces of ${key}, spaces in it left out, for the index; a
 * space first where ${out} holds something.
 */
void hc_gram_text(struct hc_buf *out, const char *key);

/*
 * hc_gram_phrase(out, key):
 * Append what finds all texts that hold ${key}: the pieces that stand one
 * behind the other, in double quotes, and " *" behind it where the last one
 * is only the beginning of a piece.  Nothing is appended where ${key} has
 * no character.
 */
void hc_gram_phrase(struct hc_buf *out, const char *key);

/*
 * hc_gram_whole(out, key):
 * Append one piece that stands for the whole ${key}, which no other piece
 * equals.
 */
void hc_gram_whole(struct hc_buf *out, const char *key);

#endif
