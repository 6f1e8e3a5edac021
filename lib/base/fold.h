/*
 * Keys under which texts that people take for the same meet: for searching,
 * for matching of persons and facilities, and for comparing words of lists.
 * Keys are only compared, never shown.
 *
 * The tables are generated from Debian's unicode-data and from variants.tsv
 * by scripts/gen-fold.  All functions append to ${out}, take any bytes (what
 * is not UTF-8 counts as U+FFFD) and give valid UTF-8; out of memory shows
 * in hc_buf_failed().  A key folded again stays the same.
 */
#ifndef HC_BASE_FOLD_H
#define HC_BASE_FOLD_H

#include "base/buf.h"

/*
 * hc_fold_text(out, in):
 * The general key: NFKC with case folded, accents off (Nguyễn: nguyen;
 * ø: o, ß: ss), katakana of both widths as hiragana, small ke and ka of
 * place names as large, variants of kanji as one representative
 * (高髙, 崎﨑嵜), variation selectors off, 々 as the kanji before it,
 * apostrophes and invisible characters off.  Spaces, line breaks, middle
 * dots and hyphens become one space between words, none at the ends; but a
 * hyphen that stands for a long vowel mark (コ-ヒ-) is one.
 */
void hc_fold_text(struct hc_buf *out, const char *in);

/*
 * hc_fold_name(out, in):
 * The same without any space, comma or full stop: 'Nguyễn Văn A' and
 * 'NGUYEN VAN-A' meet, so do '髙橋　花子' and '高橋花子'.
 */
void hc_fold_name(struct hc_buf *out, const char *in);

/*
 * hc_fold_romaji(out, in):
 * hc_fold_name() with kana spelt in letters, and Latin letters brought to
 * the same spelling, so that 'takahashi', 'たかはし' and 'ﾀｶﾊｼ' meet, si and
 * shi, tu and tsu, syo and sho, hu and fu, and Ohno, Ōno, Oono, おおの and
 * Ono.  Long o and u are short, 'm' before b, m, p is 'n'.  Kanji stay, and
 * so do letters of other scripts.
 */
void hc_fold_romaji(struct hc_buf *out, const char *in);

/*
 * hc_fold_sound(out, in):
 * A rougher key for names heard wrongly on the telephone, made from
 * hc_fold_romaji()'s: long vowels short (おおの: おの, さとう: さと, ei: e),
 * voiced as unvoiced (が: か, ば and ぱ: は, ず and づ: す, じ and ぢ: し),
 * ヴ as ブ, small kana as large (しょ: しよ, っ: つ); in Latin letters l is r,
 * v is b, double letters are one, h after a vowel is off.
 */
void hc_fold_sound(struct hc_buf *out, const char *in);

#endif
